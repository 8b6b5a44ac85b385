"""Action sheets (fiches actions): forms, what is asked on the left and told right, or told below.

PILOTE : MTPM | FINANCEMENT AMI : 36 000 € | PARTENAIRE PRINCIPAL : FACE VAR
OBJECTIFS OPERATIONNELS | Remobiliser les jeunes…
INDICATEURS D’EVALUATION | Nombre de binômes constitués

PILOTE | MTPM and FINANCEMENT AMI | 36 000 € are understood as well.
Reference and label stand in the heading above ("Proposition de fiche n° 21 : Mentorat…"), in the
table's title or in its first row. The tables that follow under the same heading belong to the
sheet. A form that asks the label itself ("Nom de l'action | …") needs no heading; a table may hold
several, one below the other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from normalizers.actions.action_rows import ActionRow, numbered
from normalizers.actions.annexes import SURE_KEY
from normalizers.actions.funding import AMI, AUTHORITY, PAID_BY_AMI, Sum, read_sums
from normalizers.actions.headings import (
    ASKED,
    MONEY,
    STATED_AS,
    TEXTS,
    WITHOUT_SUM,
    Column,
    best_field,
)
from normalizers.actions.parts import Part, Statement, first_row
from normalizers.actions.payers import is_ami, is_state
from normalizers.actions.plans import financing_plan
from normalizers.actions.rows import is_total
from normalizers.actions.transposed import is_transposed, may_ask
from normalizers.amounts import read_amounts, read_cell
from normalizers.exercises import heading_exercise
from normalizers.references import IN_ANNEX, NUMBER, SHEET, split_reference
from normalizers.statuses import is_status_alone
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable
from pipeline.kinds import Stage

PILOT = re.compile(
    r"\s*pilotes?\b(?!\s+d(?:e|u|es)\b)\s*:?\s*(?P<pilot>[^:\n]+?)\s*(?::\s*(?P<own>\d[^\n]*))?\s*$",
    re.IGNORECASE,
)
FINANCED = re.compile(
    r"\s*financements?\s+(?P<funder>[^:\n]+?)\s*:\s*(?P<sum>\d[^\n]*)", re.IGNORECASE
)
LONGEST_ANSWER = 80  # characters: a longer one tells more than who pilots or how much
STAGES: dict[str, Stage] = {
    "total_cost": "total_cost",
    "ami_previous": "previous",
    "spent": "spent",
    "carry_over": "carry_over",
}
KNOWN_KEY = 0.8  # likeness to the vocabulary of headings of what stands in a question's place
ASKED_FIELDS = 4  # that a form asks for, its label among them
MOSTLY = 0.4  # of the rows of a form ask
ASKING_ROWS = 3  # a table asks in its head alone, a form all the way down
# Part CTM · Participation du Département
PAYER = re.compile(
    r"(?i:part|participation|contribution|contrepartie|financement|apport|subvention|concours)s?\s+"
    r"(?i:de la |du |de l['’]|des |de |d['’])?(?P<payer>[A-ZÀ-Ý].*)"
)
DONE = ("planned", "spent")  # Prévu en 2024, Réalisé en 2023: a sum, or what is done
OF_MONEY = re.compile(r"\b(?:montant|cout|budget|financ|depens|credit|somme|subvention|ami|etat|€)")
SUM_ALONE = re.compile(r"\d[\d\s.,]*(?:k?€|euros?)", re.IGNORECASE)
FEW_WORDS = 2
NUMBERED_ACTION = re.compile(r"(?:projet|action)\s+n°\s*\d{1,2}\s*:?", re.IGNORECASE)
SHEET_NUMBER = re.compile(rf"\s*{SHEET}\s*(?:n°\s*)?{NUMBER}", re.IGNORECASE)
ASIDE = re.compile(r"\s*(?:\([^()\d]{3,20}\))?\s*")  # Fiche action n° 6 (nouvelle)
SHEET_TITLE = re.compile(
    rf"{IN_ANNEX}(?P<proposed>propositions?\s+de\s+)?(?=fiches?\b)", re.IGNORECASE
)


def sheet_title(part: Part) -> tuple[str, str, bool] | None:
    """Reference, label and whether it is but proposed, of the sheet that `part` belongs to."""
    return next((title for text in _above(part) if (title := _title(text))), None)


def _above(part: Part) -> list[str]:
    """The texts that may name the sheet of `part`, over it and in its first rows."""
    head = [cell.text for row in part.table.head[:1] for cell in row]
    over = [part.heading, part.table.title, *_titles_across(part)]
    return [*over, *head, *part.table.columns, *first_row(part.table)]


def _titles_across(part: Part) -> list[str]:
    """The titles that the first row of `part` makes, be it a head or not."""
    head = [cell.text for row in part.table.head[:1] for cell in row]
    rows = (head, part.table.columns, first_row(part.table))
    return [title for row in rows if (title := _across(row))]


def _across(texts: Sequence[str]) -> str | None:
    """The title that a row makes of a sheet's number and its label: 'Fiche 1.A | Bail glissant'."""
    told = [text.strip() for text in texts if text.strip()]
    number = SHEET_NUMBER.match(told[0]) if len(told) == 2 else None
    parted = number and ASIDE.fullmatch(told[0], number.end()) and re.search(r"[^\W\d_]", told[1])
    return f"{number[0].strip()} – {told[1]}" if number and parted else None


def _title(text: str) -> tuple[str, str, bool] | None:
    """Reference, label and whether it is but proposed, of the sheet that `text` names."""
    if match := SHEET_TITLE.match(text):
        reference, label = split_reference(text[match.end() :], parted=False)
        if reference:
            return reference, label, bool(match["proposed"])
    return None


def _numbered_title(part: Part) -> tuple[str, str, bool] | None:
    """Reference and label of the action that the first row of `part` numbers, or the row above."""
    for text in (*_titles_across(part), part.table.title):
        reference, label = split_reference(text)
        if reference:
            return reference, label, False
    return None


def _names_sheet(text: str) -> bool:
    """'Fiche action n° 2 : Bail glissant', or 'FICHE ACTION 1.2' alone."""
    return _title(text) is not None or SHEET_NUMBER.fullmatch(text.strip()) is not None


def _lists_sheets(part: Part) -> bool:
    """Do rows of a table of actions name a sheet each: 'Fiche 2 : Bail glissant | SOLIHA | …'?"""
    rows = [row for row in filled_rows(part.table) if len(row) > 2]
    return part.has_worded_label and sum(_names_sheet(row[0].text) for row in rows) > 1


def _sheets(part: Part) -> list[Part]:
    """`part`, parted where a row below the first names another sheet."""
    rows: list[list[ExtractedRow]] = [[]]
    titles = [part.table.title]
    for row in part.table.rows:
        texts = [c.text for c in row.cells if c.text.strip()]
        title = texts[0] if len(texts) == 1 and _names_sheet(texts[0]) else _across(texts)
        if title and any(rows):
            titles.append(title)
            rows.append([])
        rows[-1].append(row)
    first = part.table.model_copy(update={"rows": rows[0]})
    bare = {"head": [], "columns": [""] * len(first.columns)}
    others = (
        first.model_copy(update={"rows": some, "title": title, **bare})
        for title, some in zip(titles[1:], rows[1:], strict=True)
    )
    return [replace(part, table=first), *(replace(part, table=t, heading="") for t in others)]


def read_form(part: Part) -> Iterator[Statement] | None:
    """What an action sheet says of its action; None where `part` is none."""
    if _lists_sheets(part):
        return None
    places = {id(c): line.index for line in numbered(part.table) for c in line.row.cells}
    found = [one for sheet in _sheets(part) for one in _sheet(sheet, places)]
    return iter(replace(one, table=part.table) for one in found) if found else None


def _sheet(part: Part, places: Mapping[int, int]) -> Iterator[Statement]:
    """What one sheet says, or several forms that ask their labels; `places` are the rows of the
    cells in the whole table, by the cells' identity."""
    rows = filled_rows(part.table)
    beside, above = _asking(part, rows)
    titled = sheet_title(part)
    if titled is None and beside >= ASKING_ROWS:  # Action 1.1 | Bail glissant, over Pilote | …
        titled = _numbered_title(part)
    if titled is None:
        yield from _labelled(part, _forms(part, rows), places)
        return
    reference, label, proposed = titled
    texts = {"reference": reference, "label": label}
    told_below = above >= ASKING_ROWS and above > beside
    answers = _below(part, rows) if told_below else _answers(part)
    yield state(part, texts, answers, proposed, None)


def _labelled(
    part: Part,
    forms: Iterable[Sequence[tuple[str, ExtractedCell]]],
    places: Mapping[int, int],
) -> Iterator[Statement]:
    """The actions of forms that ask their label, each with the row of the label's answer."""
    title = next((text for text in _above(part) if SHEET_TITLE.match(text)), "")
    for answers in forms:
        texts: dict[str, str] = {}
        asked = [(asked_field(question, part), question, cell) for question, cell in answers]
        for field, question, cell in asked:
            if field in ("label", "reference"):
                texts.setdefault(field, cell.text.strip())
            if NUMBERED_ACTION.fullmatch(question):
                texts.setdefault("reference", question.rstrip(" :"))
        label = next(cell for field, _, cell in asked if field == "label")
        if number := SHEET_NUMBER.match(title):
            texts.setdefault("reference", " ".join(number[0].split()))
        told = [(q, cell) for field, q, cell in asked if field not in ("label", "reference")]
        yield state(part, texts, told, False, places.get(id(label), 1))


def read_transposed(part: Part) -> Iterator[Statement] | None:
    """The actions that stand side by side, a column each; None where `part` holds none such."""
    if not is_transposed(part.table, part.vocabulary.headings):
        return None
    rows = [
        ({c.column: c for c in line.row.cells if c.text.strip()}, line.index)
        for line in numbered(part.table)
    ]
    return (
        one
        for column, heading in enumerate(part.table.columns[1:], 2)
        if (one := _column(part, rows, column, heading))
    )


def _column(
    part: Part,
    rows: Sequence[tuple[dict[int, ExtractedCell], int]],
    column: int,
    heading: str,
) -> Statement | None:
    """The action of one column, under its heading: its number, or its label."""
    texts: dict[str, str] = {}
    told = []
    for cells, _ in rows:
        if 1 not in cells or column not in cells:
            continue
        question = " ".join(cells[1].text.split())
        field = asked_field(question, part)
        if field in ("label", "reference"):
            texts[field] = cells[column].text.strip()
        elif cells[column].text.strip(" -–—"):
            payer = not field and AUTHORITY.match(fold(question))
            if payer and read_amounts(cells[column].text):
                question = f"Part {question[:1].upper()}{question[1:]}"
            told.append((question, cells[column]))
    reference, label = split_reference(heading)
    texts.setdefault("label", label)
    number = reference or (SHEET_NUMBER.match(heading) and heading)
    if number:
        texts.setdefault("reference", " ".join(number.split()))
    if not texts["label"] or is_total([texts["label"]]):
        return None
    return replace(state(part, texts, told, False, None), creates=True)


def filled_rows(table: ExtractedTable) -> list[list[ExtractedCell]]:
    """The cells with text of all rows, the head's among them, left to right."""
    rows = [*table.head, *(row.cells for row in table.rows)]
    filled = ([c for c in row if c.text.strip()] for row in rows)
    return [sorted(row, key=lambda c: c.column) for row in filled if row]


def asked_field(text: str, part: Part, least: float = SURE_KEY) -> str | None:
    """The field that a question asks for, by its wording; None where it is none."""
    if NUMBERED_ACTION.fullmatch(text.strip()):
        return "label"
    if not may_ask(text):
        return None
    field = best_field(text, part.vocabulary.headings, least)
    payer = PAYER.fullmatch(text.strip())
    if payer and field in (None, "cofinancing", "label") and not PAID_BY_AMI.search(fold(text)):
        return "cofinancing"
    return field


def _forms(
    part: Part, rows: Sequence[Sequence[ExtractedCell]]
) -> Iterator[list[tuple[str, ExtractedCell]]]:
    """The answers of each form of the table that asks its label; none where the table is none."""
    beside, above = _asking(part, rows)
    if max(beside, above) < max(ASKING_ROWS, MOSTLY * len(rows)):
        return
    told = _below(part, rows) if above > beside else told_beside(part, rows)
    form: list[tuple[str, ExtractedCell]] = []
    for asked, cell in [*told, ("", None)]:
        field = asked_field(asked, part)
        if cell is None or (field == "label" and "label" in _fields(form, part)):
            fields = _fields(form, part)
            if "label" in fields and len(fields) >= ASKED_FIELDS and fields & {"pilot", *MONEY}:
                yield form
            form = []
        if cell is not None:
            form.append((asked, cell))


def _fields(answers: Iterable[tuple[str, ExtractedCell]], part: Part) -> set[str]:
    return {field for asked, _ in answers if (field := asked_field(asked, part))}


def told_beside(
    part: Part, rows: Sequence[Sequence[ExtractedCell]]
) -> Iterator[tuple[str, ExtractedCell]]:
    """What each row asks on the left of what it tells, once or several times in the row."""
    asked = ""
    for row in rows:
        for k, cell in enumerate(row):
            if len(row) > 1 and _asks_at(k, row, part):
                asked = " ".join(cell.text.split())
            elif asked and not _asks_in_vain(k, row, part):
                yield asked, cell


def _asking(part: Part, rows: Sequence[Sequence[ExtractedCell]]) -> tuple[int, int]:
    """How many rows ask on the left of what they tell, and how many above it; 0 where they ask
    for one thing over and over."""
    beside, above = [], []
    for row, below in pairwise([*rows, []]):
        first = asked_field(row[0].text, part)
        if first is None:  # most rows: no other cell need be looked at
            continue
        if len(row) > 1 and not asked_field(row[1].text, part):
            if not is_total([c.text for c in row]):
                beside.append(first)
        elif below and all(_asked(row, part)) and not any(_asked(below, part)):
            above.append(first)
    return _various(beside), _various(above)


def _asked(row: Iterable[ExtractedCell], part: Part) -> Iterator[str | None]:
    return (asked_field(cell.text, part) for cell in row)


def _various(asked: Sequence[str]) -> int:
    return len(asked) if len(set(asked)) >= ASKING_ROWS else 0


def _below(
    part: Part, rows: Sequence[Sequence[ExtractedCell]]
) -> Iterator[tuple[str, ExtractedCell]]:
    """What rows of questions ask, with what the row below tells."""
    asked: Sequence[ExtractedCell] = ()
    for row in rows:
        if all(_asked(row, part)):
            asked = row
        elif asked:
            for cell in row:
                over = [q for q in asked if q.column <= cell.column] or asked[:1]
                yield " ".join(over[-1].text.split()), cell


def state(
    part: Part,
    texts: dict[str, str],
    answers: Iterable[tuple[str, ExtractedCell]],
    proposed: bool,
    index: int | None,
) -> Statement:
    others: dict[str, str] = {}
    sums: list[tuple[Sum, ExtractedCell]] = []
    for cell in _head(part.table):
        if (pilot := PILOT.match(cell.text)) and "pilot" not in texts:
            texts["pilot"] = pilot["pilot"]
            if pilot["own"]:
                sums += _sums(cell, part.name_funder(pilot["pilot"]), pilot["own"], proposed, part)
        elif money := FINANCED.match(cell.text):
            named = money["funder"]
            funder = AMI if PAID_BY_AMI.search(fold(named)) else part.name_funder(named)
            sums += _sums(cell, funder, money["sum"], proposed, part)
        elif cell.text.strip() and ":" in cell.text:
            others.setdefault(cell.text.split(":")[0].strip(), cell.text)
    for asked, cell in answers:
        field = asked_field(asked, part, KNOWN_KEY)
        told = cell.text.strip()
        if field in STATED_AS and is_status_alone(told, part.vocabulary.statuses):
            field = "status"
        elif field == "status" and is_state(asked) and read_cell(told).total is not None:
            field = "ami"
        elif _is_told_amiss(field, asked, told, texts):
            field = None
        if field == "pilot" and "pilot" not in texts and len(told) <= LONGEST_ANSWER:
            texts["pilot"] = told
        elif field in MONEY and field != "unfunded" and len(told) <= 2 * LONGEST_ANSWER:
            sums += _answered_sums(field, asked, cell, proposed, part)
        elif field == "status" and len(told) <= LONGEST_ANSWER and field not in texts:
            texts[field] = told
        elif field in TEXTS and (index or field not in ("label", "status", "comment")):
            texts[field] = f"{texts[field]}\n{told}" if field in texts else told
        else:
            others[asked] = f"{others[asked]}\n{told}" if asked in others else told
    ami = [s.amount for s, _ in sums if s.funder == AMI]
    row = ActionRow(
        index,
        texts,
        page=part.table.page_first,
        funded=any(ami) if ami else None,
        other=others,
        sums=sums,
    )
    creates = "pilot" in texts or index is not None
    return Statement(part.table, row, [part.exercise], creates=creates)


def _is_told_amiss(field: str | None, asked: str, told: str, texts: Mapping[str, str]) -> bool:
    """Is `told` no answer of its `field`: a sum behind a text, or more than what was spent?"""
    if field in DONE:
        return not OF_MONEY.search(fold(asked)) and _says_more(told)
    return field in TEXTS and field in texts and SUM_ALONE.fullmatch(told) is not None


def _says_more(text: str) -> bool:
    """Does `text` tell more than sums and who pays them: '40 000 € consommés sur 60 000 €'?"""
    said, sums = text, read_amounts(text)
    for amount in reversed(sums):
        said = said[: amount.start] + said[amount.end :]
    return len(re.findall(r"[^\W\d_]{2,}", said)) > (FEW_WORDS if sums else 0)


def _head(table: ExtractedTable) -> list[ExtractedCell]:
    """The cells of the first row, and the headings as cells where they hold the head."""
    first = table.rows[0].cells if table.rows else []
    if not first:
        return []
    headings = [
        ExtractedCell(column=k, text=text, bold=False, place=first[0].place)
        for k, text in enumerate(table.columns, 1)
    ]
    asked = [*headings, *first]
    return asked if any(PILOT.match(c.text) or FINANCED.match(c.text) for c in asked) else []


def _answers(part: Part) -> Iterator[tuple[str, ExtractedCell]]:
    """What the form asks, as one line, with the cell told; a row that asks nothing goes on."""
    asked = ""
    for texts in filled_rows(part.table):
        if len(texts) == 1 and SHEET_TITLE.match(texts[0].text):
            continue
        if _across([cell.text for cell in texts]):
            continue
        if any(PILOT.match(c.text) or FINANCED.match(c.text) for c in texts):
            continue
        opens = texts[0].column == 1 and len(texts) > 1
        for k, cell in enumerate(texts):
            if opens and _asks_at(k, texts, part):
                asked = " ".join(cell.text.split())
            elif not (opens and _asks_in_vain(k, texts, part)):
                yield asked or _heading(part.table, cell.column), cell


def _asks_at(k: int, row: Sequence[ExtractedCell], part: Part) -> bool:
    """Does cell `k` of a row ask for what stands on its right: the first, or a known question two
    cells after another, which figures or a dash answer where it asks for a sum?"""
    if k == 0:
        return True
    if k % 2 or k == len(row) - 1 or (field := asked_field(row[k].text, part)) is None:
        return False
    told = row[k + 1].text
    return field not in MONEY or bool(re.search(r"\d", told) or WITHOUT_SUM.fullmatch(fold(told)))


def _asks_in_vain(k: int, row: Sequence[ExtractedCell], part: Part) -> bool:
    """Is cell `k`, the last one with text of a row, a question that nothing answers?"""
    return 0 < k == len(row) - 1 and k % 2 == 0 and asked_field(row[k].text, part, 1.0) is not None


def _heading(table: ExtractedTable, column: int) -> str:
    return table.columns[column - 1] or f"colonne {column}"


def _sums(
    cell: ExtractedCell, funder: str | None, text: str, proposed: bool, part: Part
) -> list[tuple[Sum, ExtractedCell]]:
    stage = "requested" if proposed and funder == AMI else "planned"
    return [
        (Sum(funder, stage, a.value, part.exercise, cell.text, a.flag), cell)  # type: ignore[arg-type]
        for a in read_amounts(text)
    ]


def _answered_sums(
    field: str, asked: str, cell: ExtractedCell, proposed: bool, part: Part
) -> list[tuple[Sum, ExtractedCell]]:
    """The sums told beside a question: FINANCEMENT AMI | 12 000 €."""
    wanted = ASKED.search(fold(asked)) or (proposed and field == "ami")
    stage = STAGES.get(field, "requested" if wanted else "planned")
    payer = PAYER.fullmatch(asked.strip()) if field == "cofinancing" else None
    funder = part.name_funder(payer["payer"]) if payer else None
    column = Column(field, stage, heading_exercise(asked) or part.exercise, 1.0, funder)
    paid: Stage = "requested" if wanted else "planned"
    if plan := financing_plan(column, cell.text, paid, part.name_funder):
        return [(one, cell) for one in plan]
    sums = read_sums(column, asked, cell.text, (), part.name_funder)
    payers = [s.funder for s in sums if s.funder]
    return [(replace(s, funder=AMI) if is_ami(s.funder, payers) else s, cell) for s in sums]
