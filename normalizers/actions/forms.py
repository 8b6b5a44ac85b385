"""Action sheets (fiches actions): forms, what is asked on the left and told right, or told below.

PILOTE : MTPM | FINANCEMENT AMI : 36 000 € | PARTENAIRE PRINCIPAL : FACE VAR
OBJECTIFS OPERATIONNELS | Remobiliser les jeunes…
INDICATEURS D’EVALUATION | Nombre de binômes constitués

PILOTE | MTPM and FINANCEMENT AMI | 36 000 € are understood as well, and so are cells that tell
below what they ask in their first line, and a head over the one row that tells.
Reference and label stand in the heading above ("Proposition de fiche n° 21 : Mentorat…"), in the
table's title or in its first row. The tables that follow under the same heading belong to the
sheet. A form that asks the label itself ("Nom de l'action | …") needs no heading; a table may hold
several, one below the other.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from normalizers.actions.action_rows import numbered
from normalizers.actions.annexes import SURE_KEY, reported_exercise
from normalizers.actions.answers import Answer, asked_field, named, state, tells_alone
from normalizers.actions.contents import WITHOUT_SUM
from normalizers.actions.likeness import MONEY
from normalizers.actions.parts import Part, Statement
from normalizers.actions.rows import is_total
from normalizers.actions.titles import (
    Title,
    is_sheet,
    names_sheet,
    numbered_title,
    sheet_number,
    sheet_title,
    title_across,
)
from normalizers.terms import fold
from pipeline.extracted import SHEET, ExtractedCell, ExtractedRow, ExtractedTable

ASKED_FIELDS = 4  # that a form asks for, its label among them
MOSTLY = 0.4  # of the rows of a form ask
ASKING_ROWS = 3  # a table asks in its head alone, a form all the way down


def _lists_sheets(part: Part) -> bool:
    """Do rows of a table of actions name a sheet each: 'Fiche 2 : Bail glissant | SOLIHA | …'?"""
    rows = [row for row in filled_rows(part.table) if len(row) > 2]
    return part.has_worded_label and sum(names_sheet(row[0].text) for row in rows) > 1


def _sheets(part: Part) -> list[Part]:
    """`part`, parted where a row below the first names another sheet."""
    rows: list[list[ExtractedRow]] = [[]]
    titles = [part.table.title]
    for row in part.table.rows:
        texts = [c.text for c in row.cells if c.text.strip()]
        title = texts[0] if len(texts) == 1 and names_sheet(texts[0]) else title_across(texts)
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
    part = replace(part, exercise=reported_exercise(part.table) or part.exercise)
    places = {id(c): line.index for line in numbered(part.table) for c in line.row.cells}
    found = [one for sheet in _sheets(part) for one in _sheet(sheet, places)]
    return iter(replace(one, table=part.table) for one in found) if found else None


def _sheet(part: Part, places: Mapping[int, int]) -> Iterator[Statement]:
    """What one sheet says, or several forms that ask their labels; `places` are the rows of the
    cells in the whole table, by the cells' identity."""
    rows = _asking_rows(part.table)
    beside, above = _asking(part, rows)
    once = _told_once(part, rows)
    titled = sheet_title(part)
    if titled is None and (once or max(beside, above) >= ASKING_ROWS):
        titled = numbered_title(part)  # Action 1.1 | Bail glissant, over Pilote | …
    labelled = [] if titled else list(_labelled(part, _forms(part, rows), places))
    if titled is None and not labelled:
        titled = _written_title(part.table)
    if titled is None:
        yield from labelled
        return
    texts = {"reference": titled.reference} if titled.reference else {}
    texts["label"] = titled.label
    if within := _told_within(part, rows):
        bare = part.table.model_copy(update={"head": [], "rows": []})  # each cell is told
        yield state(replace(part, table=bare), texts, within, proposed=titled.proposed)
        return
    told_below = above >= ASKING_ROWS and above > beside
    answers = once or (_below(part, rows) if told_below else _answers(part))
    yield state(part, texts, answers, proposed=titled.proposed)


def _written_title(table: ExtractedTable) -> Title | None:
    """The title of a sheet that is written as text, which names its action without numbering it."""
    own = table.extractor == SHEET and table.title not in ("", table.annex_title)
    return Title(None, table.title) if own else None


def _labelled(
    part: Part,
    forms: Iterable[Sequence[Answer]],
    places: Mapping[int, int],
) -> Iterator[Statement]:
    """The actions of forms that ask their label, each with the row of the label's answer."""
    number = sheet_number(part)
    for answers in forms:
        texts, told = named(answers, part)
        label = next(cell for asked, cell in answers if asked_field(asked, part) == "label")
        if number:
            texts.setdefault("reference", number)
        yield state(part, texts, told, index=places.get(id(label), 1))


def filled_rows(table: ExtractedTable) -> list[list[ExtractedCell]]:
    """The cells with text of all rows, the head's among them, left to right."""
    rows = [*table.head, *(row.cells for row in table.rows)]
    filled = ([c for c in row if c.text.strip()] for row in rows)
    return [sorted(row, key=lambda c: c.column) for row in filled if row]


def _asking_rows(table: ExtractedTable) -> list[list[ExtractedCell]]:
    """The filled rows of `table` without a first cell that goes down over several, each of which
    asks and tells beside it: 'Budget | État (AMI) | 9 000 €'."""
    rows = filled_rows(table)
    beside = Counter(row[0].place for row in rows if len(row) > 2 and row[0].spans_rows > 1)

    def asking(row: list[ExtractedCell]) -> list[ExtractedCell]:
        if beside[row[0].place] < max(2, row[0].spans_rows):
            return row
        _, asked, *told = row
        return [asked.model_copy(update={"column": row[0].column}), *told]

    return [asking(row) for row in rows]


def _forms(part: Part, rows: Sequence[Sequence[ExtractedCell]]) -> Iterator[list[Answer]]:
    """The answers of each form of the table that asks its label; none where the table is none."""
    beside, above = _asking(part, rows)
    if max(beside, above) < max(ASKING_ROWS, MOSTLY * len(rows)):
        return
    told = _below(part, rows) if above > beside else told_beside(part, rows)
    for form in _parted(list(told), part):
        fields = _fields(form, part)
        if "label" in fields and len(fields) >= ASKED_FIELDS and fields & {"pilot", *MONEY}:
            yield form


def _parted(told: Sequence[Answer], part: Part) -> Iterator[list[Answer]]:
    """`told`, parted before each label but the first: where the form asks what the table asks first
    (Fiche n° | 2, over Intitulé | …), if that stands between, else at the label."""
    labels = [i for i, (asked, _) in enumerate(told) if asked_field(asked, part) == "label"]
    starts = [0]
    for last, label in pairwise(labels):
        opening = (i for i in range(label, last, -1) if fold(told[i][0]) == fold(told[0][0]))
        starts.append(next(opening, label))
    for start, end in pairwise([*starts, len(told)]):
        yield list(told[start:end])


def _fields(answers: Iterable[Answer], part: Part) -> set[str]:
    return {field for asked, _ in answers if (field := asked_field(asked, part))}


def told_beside(part: Part, rows: Sequence[Sequence[ExtractedCell]]) -> Iterator[Answer]:
    """What each row asks on the left of what it tells, once or several times in the row."""
    asked = ""
    for row in rows:
        for k, cell in enumerate(row):
            if len(row) > 1 and asks_at(k, row, part):
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
        elif below and all(_asked(row, part)) and not any(_asked(below, part, 1.0)):
            above.append(first)
    return _various(beside), _various(above)


def _asked(
    row: Iterable[ExtractedCell], part: Part, least: float = SURE_KEY
) -> Iterator[str | None]:
    return (asked_field(cell.text, part, least) for cell in row)


def _told_once(part: Part, rows: Sequence[Sequence[ExtractedCell]]) -> list[Answer]:
    """What a head asks, for several things and no label, with what the one row below it tells; []
    where the table is another."""
    if len(rows) != 2 or len(part.table.rows) != 1:
        return []
    fields = {*_asked(rows[0], part)} - {None}
    if len(fields) < ASKING_ROWS or "label" in fields or not fields & {"pilot", *MONEY}:
        return []
    return [(_heading(part.table, cell.column), cell) for cell in rows[1]]


def _various(asked: Sequence[str]) -> int:
    return len(asked) if len(set(asked)) >= ASKING_ROWS else 0


def _below(part: Part, rows: Sequence[Sequence[ExtractedCell]]) -> Iterator[Answer]:
    """What rows of questions ask, with what the row below tells, which may be like a question:
    'Association La Passerelle'."""
    asked: Sequence[ExtractedCell] = ()
    waits = False
    for row in rows:
        if all(_asked(row, part, 1.0 if waits else SURE_KEY)):
            asked, waits = row, True
        elif asked:
            waits = False
            for cell in row:
                over = [q for q in asked if q.column <= cell.column] or asked[:1]
                yield " ".join(over[-1].text.split()), cell


def _told_within(part: Part, rows: Sequence[Sequence[ExtractedCell]]) -> list[Answer]:
    """What the cells ask in their first line, with the lines below; [] unless all but titles across
    the table do, for various things."""
    found = []
    for cell in (cell for row in rows if len(row) > 1 for cell in row):
        asked, _, told = cell.text.strip().partition("\n")
        asked = " ".join(asked.rstrip(" :").split())
        if not told or not (field := asked_field(asked, part)):
            return []
        found.append((field, (asked, cell.model_copy(update={"text": told}))))
    return [answer for _, answer in found] if _various([field for field, _ in found]) else []


def _answers(part: Part) -> Iterator[Answer]:
    """What the form asks, as one line, with the cell told; a row that asks nothing goes on."""
    asked = ""
    for texts in _asking_rows(part.table):
        if len(texts) == 1 and (is_sheet(texts[0].text) or texts[0].text == part.table.title):
            continue
        if title_across([cell.text for cell in texts]):
            continue
        if any(tells_alone(c.text) for c in texts):
            continue
        opens = texts[0].column == 1 and len(texts) > 1
        for k, cell in enumerate(texts):
            if opens and asks_at(k, texts, part):
                asked = " ".join(cell.text.split())
            elif not (opens and _asks_in_vain(k, texts, part)):
                yield asked or _heading(part.table, cell.column), cell


def asks_at(k: int, row: Sequence[ExtractedCell], part: Part) -> bool:
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
