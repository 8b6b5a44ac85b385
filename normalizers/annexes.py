"""From an annex table to the actions and sums that it states."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from normalizers.amounts import read_cell
from normalizers.exercises import YEARS, read_exercise
from normalizers.funding import AMI, PAID_BY_AMI, Sum, read_carry_over, read_sums
from normalizers.headings import (
    MONEY,
    TEXTS,
    Column,
    Contents,
    Phrase,
    best_field,
    explain,
    heading_exercise,
    heading_unit,
    over_years,
)
from normalizers.organisations import Directory
from normalizers.reference import pattern, read_rows
from normalizers.statuses import StatusPattern, read_status
from normalizers.terms import fold
from pipeline.models import ExtractedCell, ExtractedRow, ExtractedTable, Place

COMPANIONS = frozenset(("pilot", "status", "indicators", *MONEY))
LIKELY = 0.7  # likeness of a heading to the vocabulary, for a column whose title gives a unit
SURE_KEY = 0.87  # likeness to the vocabulary of headings of what may be a question or an answer
LONGEST_QUESTION = 60  # characters
ASKED_DOWNWARDS = 3  # fields that the first column of a transposed table names
SUBJECTS = ("label", "objective", "description")
# FA 5. Formation… · Fiche action n° 12 : … · Action 3 bis – …
REFERENCE = re.compile(
    r"\s*(?P<reference>(?:FA|F\.A\.|fiche[ -]action|action)\s*(?:n°\s*)?"
    r"\d{1,3}(?:\.\d{1,2})?(?:\s?(?:bis|ter)\b)?)(?:\s+adaptée?)?\s*[.:–—-]",
    re.IGNORECASE,
)
BOLD = re.compile(r"\ben\s+(?:caractères\s+)?gras\b", re.IGNORECASE)
# les actions portées directement par la métropole · que la ville met en œuvre elle-même
OWN = re.compile(
    r"\b(?:port|pilot|mett?|men|assur|r[ée]alis|condui|engag)\w*|\brégie\b|maîtrise d['’]ouvrage",
    re.IGNORECASE,
)
ITSELF = re.compile(r"\bdirectement\b|\b(?:elle|lui)-même\b|\brégie\b|\bpropre\b", re.IGNORECASE)
# CAF · Plan de financement Ville · Participation du Département (prévisionnelle)
PAYER = re.compile(
    r"(?:(?:plan de financement|budget|ressources|recettes)\W+)?"
    r"(?:(?:part|participation|contribution|co-?financement|financement|apport|subvention|concours"
    r"|crédit|aide)s?\s+)?(?:de la |du |de l['’]|des |de |d['’])?(?P<payer>.+?)(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
# Financements du Département · crédits AMI · actions financées par l'AMI en
PAID_BY = re.compile(
    r"\b(?i:(?:financements?|cr[ée]dits?|subventions?|participations?|contributions?|concours|aides?"
    r"|parts?|dotations?|apports?)|(?:financ|soutenu|subventionn|vers|accord)[ée]+s?\s+par)\s+"
    r"(?:de\s+la\s+|du\s+|de\s+l['’]\s*|des\s+|de\s+|la\s+|le\s+|l['’]\s*)?"
    r"(?P<payer>[A-ZÀ-Ý].*?)(?:\s+(?:en|pour|au\s+titre)\b.*)?$"
)
SEVERAL = re.compile(r"[,;/+&\n]|\set\s")
PART_OF = re.compile(r"\W*(?:dont|y compris)\b", re.IGNORECASE)
PARTED = re.compile(r"\s[–—-]\s|\s?:\s")
# Conseil départemental 64 · Agglo. : who pays, where no organisation is known by that name
AUTHORITY = re.compile(
    r"\W*(?:conseil |collectivite )?(?:departement\w*|region\w*|territoriale)\b"
    r"|\W*(?:villes?|communes?|communaute|intercommunalite|epci|metropole|agglo\w*)\b"
    r"|\W*(?:ccas|caf|msa|ars|cd|cr|cu|ca|cc)\b"
)
PER_YEAR = re.compile(r"\bpar an\b|\bannuel|/\s*an\b")
TOTAL = re.compile(r"\btotal\b|\btotaux\b|\bensemble\b|\bcumul\b")
PAYING = ("ami", "cofinancing")
PAID_BY_STATE = re.compile(r"\b(?:ami|etat|dihal|lda|logement d'abord|bop|p?\s?177)\b")
STATE_SERVICES = frozenset(("ddets", "ddt", "dreets", "dreal", "prefecture"))
ANNEX_NUMBER = re.compile(r"\bannexes?\s+(?:n°\s*)?(?P<number>\d+|[A-Z]\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BoldMeaning:
    """Whether a document says that actions in bold are run by the beneficiary itself, and in which
    annexes; in all of them where `annexes` is empty."""

    said: bool
    annexes: frozenset[str]

    @classmethod
    def of(cls, articles: Iterable[str]) -> "BoldMeaning":
        for sentence in (s for text in articles for s in re.split(r"[.;]\s", text)):
            if BOLD.search(sentence) and OWN.search(sentence) and ITSELF.search(sentence):
                numbers = (m["number"] for m in ANNEX_NUMBER.finditer(sentence))
                return cls(True, frozenset(numbers))
        return cls(False, frozenset())

    def holds_in(self, annex: str | None) -> bool:
        return self.said and (not self.annexes or annex in self.annexes)


@dataclass(frozen=True, slots=True)
class FundedPattern:
    """A wording of an annex's title that tells whether the AMI pays its actions."""

    pattern: re.Pattern[str]
    funded: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What people decided on the wording of annexes."""

    headings: tuple[Phrase, ...]
    statuses: Sequence[StatusPattern]
    annexes: Sequence[FundedPattern]


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row with its number, body and totals rows counted from 1, and the section above it."""

    index: int
    row: ExtractedRow
    section: str | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as one row states it, or several: texts by field, sums with the cells that state
    them. `index` is None where it is no row of a table, a sum's cell where a heading states it."""

    index: int | None
    texts: Mapping[str, str]
    section: str | None
    funded: bool | None
    bold: bool
    other: str | None
    sums: Sequence[tuple[Sum, ExtractedCell | None]]
    page: int


def load_annexes(path: Path) -> list[FundedPattern]:
    """The patterns of `annexes.csv`; MalformedError names the line that is wrong."""
    return [
        FundedPattern(pattern(row["pattern"], path, line), row["funded"] == "true")
        for line, row in enumerate(read_rows(path, ("pattern", "funded")), 2)
    ]


def numbered(table: ExtractedTable) -> Iterator[NumberedRow]:
    """The rows of `table` but for section titles, which go with the rows below them."""
    section, index = None, 0
    for row in table.rows:
        if row.kind == "section":
            section = " ".join(c.text for c in row.cells if c.text.strip()) or None
        else:
            index += 1
            yield NumberedRow(index, row, section)


def is_transposed(table: ExtractedTable, phrases: tuple[Phrase, ...]) -> bool:
    """Do the rows of `table` ask on the left ('Pilote', 'Montant AMI') what each of its other
    columns, an action each, tells?"""

    def asks(text: str) -> str | None:
        return best_field(text, phrases, SURE_KEY) if may_ask(text) else None

    heads = [h for h in table.columns[1:] if h.strip()]
    if len(table.columns) < 3 or any(heading_exercise(h) or asks(h) for h in heads):
        return False
    rows = [
        {c.column: c.text for c in r.cells if c.text.strip() and c.spans_columns == 1}
        for r in table.rows
    ]
    known = [field for row in rows if (field := asks(row.get(1, "")))]
    named = "label" in known or len(heads) == len(table.columns) - 1
    told = sum(len(row) == len(table.columns) for row in rows)
    answers = [text for row in rows for k, text in row.items() if k > 1]
    return (
        named
        and len(set(known)) >= ASKED_DOWNWARDS
        and len(known) >= LIKELY * len(rows)
        and told >= len(rows) / 2
        and sum(bool(asks(text)) for text in answers) < len(answers) / 3
    )


def may_ask(text: str) -> bool:
    """May `text` be the question of a form: short, without figures but years?"""
    return len(text) <= LONGEST_QUESTION and not re.search(r"\d", YEARS.sub("", text))


def explain_columns(
    table: ExtractedTable, vocabulary: Vocabulary, directory: Directory
) -> list[Column]:
    """The field of each column of `table`; a table of actions without label column takes its
    objective, else its description, as the label."""
    if is_transposed(table, vocabulary.headings):
        return [Column(None, None, None, 0.0) for _ in table.columns]
    texts: list[list[str]] = [[] for _ in table.columns]
    for row in table.rows:
        if row.kind == "body":
            for cell in row.cells:
                if 0 < cell.column <= len(texts):
                    texts[cell.column - 1].append(cell.text)
    contents = [
        Contents.of(t, directory.knows, lambda s: read_status(s, vocabulary.statuses) != "unknown")
        for t in texts
    ]
    headings = over_years(table.columns)
    whole = heading_unit(table.title)
    units = [
        whole if unit == 1 and _may_hold_sums(heading, vocabulary, directory) else unit
        for heading, unit in ((h, heading_unit(h)) for h in headings)
    ]
    contents = [_of_sums(c) if unit > 1 else c for c, unit in zip(contents, units, strict=True)]
    columns = explain(headings, contents, vocabulary.headings)
    units = [unit if unit > 1 else whole for unit in units]
    columns = [replace(c, unit=unit) for c, unit in zip(columns, units, strict=True)]
    contents = [_of_sums(c) if unit > 1 else c for c, unit in zip(contents, units, strict=True)]
    fields = {c.field for c in columns}
    subject = next((f for f in SUBJECTS if f in fields), "label")
    if subject != "label" and fields & COMPANIONS:
        columns = [replace(c, field="label") if c.field == subject else c for c in columns]
    columns = [
        _with_funder(column, heading, content, directory)
        for column, heading, content in zip(columns, headings, contents, strict=True)
    ]
    columns = _paid_by_source(columns, contents)
    columns = _paid_by_title(columns, contents, table, directory)
    return _with_totals(columns, table)


def _paid_by_source(columns: list[Column], contents: Sequence[Contents]) -> list[Column]:
    """`columns`, the one unexplained column of sums beside one that names the funder of each row
    ('Financeur | Montant') holding what they pay."""
    fields = {c.field for c in columns}
    sums = [c for c, of in zip(columns, contents, strict=True) if not c.field and of.money >= 0.5]
    if "cofinancing_source" not in fields or fields & {"ami", "cofinancing"} or len(sums) != 1:
        return columns
    paid = replace(sums[0], field="cofinancing", stage="granted", by_source=True)
    return [paid if c is sums[0] else c for c in columns]


def _paid_by_title(
    columns: list[Column], contents: Sequence[Contents], table: ExtractedTable, directory: Directory
) -> list[Column]:
    """`columns`, the one unexplained column of sums in a table whose title says who pays them
    ('Crédits de l'État (AMI) 2024', 'Actions financées par la Région') explained by it; a table
    of two columns without any head names its actions in the first."""
    payer = _titled_payer(table.title, directory)
    sums = [i for i, c in enumerate(contents) if c.money >= 0.9 and columns[i].field is None]
    if payer is None or len(sums) != 1 or any(c.field in MONEY for c in columns):
        return columns
    found = list(columns)
    bare = len(columns) == 2 and not any(h.strip() for h in table.columns) and sums == [1]
    if bare and (contents[0].filled < 2 or contents[0].money or contents[0].numbers):
        return columns
    if bare:
        found[0] = replace(found[0], field="label")
    at = sums[0]
    found[at] = replace(
        found[at],
        field="ami" if payer == AMI else "cofinancing",
        stage="granted",
        funder=None if payer == AMI else payer,
    )
    return found


def _titled_payer(title: str, directory: Directory) -> str | None:
    """The one funder that the title of a table names: AMI, or an organisation."""
    match = PAID_BY.search(" ".join(YEARS.sub(" ", title).split()))
    name = match["payer"].strip(" :.–—-") if match else ""
    if not name or SEVERAL.search(name):
        return None
    if is_state(name):
        return AMI
    payer = directory.one(name)
    if payer is None and not AUTHORITY.match(fold(name)):
        return None
    return payer.name if payer else name


def _may_hold_sums(heading: str, vocabulary: Vocabulary, directory: Directory) -> bool:
    """May a column so headed be one of sums, in a table whose title gives their unit: 'Coût',
    'État', 'État Total', 'Eurométropole 2025', 'CAF'?"""
    field = best_field(heading, vocabulary.headings, LIKELY)
    if field is None:
        return heading_exercise(heading) is not None or directory.one(heading) is not None
    return field in (*MONEY, "status") or bool(TOTAL.search(fold(heading)))


def _of_sums(content: Contents) -> Contents:
    """`content` of a column in a unit of money: its bare numbers are sums, no codes."""
    return replace(content, money=max(content.money, content.numbers), codes=0)


def _with_funder(column: Column, heading: str, content: Contents, directory: Directory) -> Column:
    """`column` with the organisation that its heading names alone, if it holds sums of others than
    the State: 'CAF', 'Part Ville', 'Participation du Département 2024'."""
    holds_sums = column.field in ("cofinancing", "ami") or (
        column.field is None and content.money >= 0.5
    )
    bare = " ".join(YEARS.sub(" ", heading).split())
    match = PAYER.fullmatch(bare) if holds_sums and not PAID_BY_STATE.search(fold(bare)) else None
    name = match["payer"] if match else ""
    behind = PARTED.split(name)[-1]  # Montant validé – Ville
    payer = (
        directory.one(name) or directory.one(behind) or directory.one("".join(name.split()))
    )  # CINO R, cut by the column
    if payer and payer.kind in STATE_SERVICES:
        return column
    if payer is None and not (column.field is None and AUTHORITY.match(fold(name))):
        return column
    stage = column.stage or "granted"
    funder = payer.name if payer else name
    return replace(column, field="cofinancing", stage=stage, similarity=1.0, funder=funder)


def _with_totals(columns: list[Column], table: ExtractedTable) -> list[Column]:
    """`columns`, those which only add up others proved to be totals: the 'Total' beside three
    years of AMI money is nobody's grant, that of all who pay is the cost of the action."""
    rows = [
        {c.column: read_cell(c.text).total or Decimal(0) for c in row.cells}
        for row in table.rows
        if row.kind == "body"
    ]
    found = list(columns)
    for i in _until_none_is_left(found):
        heading = fold(table.columns[i - 1])
        for parts in _addends(found, i, bool(TOTAL.search(heading))):
            if _adds_up(rows, i, parts):
                kinds = {found[j - 1].field for j in parts}
                whole = kinds == set(PAYING)
                found[i - 1] = replace(
                    found[i - 1],
                    field="total_cost" if whole else "total",
                    stage="total_cost" if whole else None,
                    adds=tuple(parts),
                )
                break
    return found


def _until_none_is_left(columns: Sequence[Column]) -> Iterator[int]:
    """The columns that may be totals, again and again as long as one more is proved."""
    proved = -1
    while proved < (known := sum(bool(c.adds) for c in columns)):
        proved = known
        for i, column in enumerate(columns, 1):
            if not column.adds and column.field in (*PAYING, "total_cost", None):
                yield i


def _addends(columns: Sequence[Column], total: int, named: bool) -> Iterator[list[int]]:
    """The columns that column `total` may add up: those of its kind, of all who pay, or the last
    ones on its left. Only one `named` a total adds up one column, or money of both kinds."""
    of = columns[total - 1]
    pays = [j for j, c in enumerate(columns, 1) if c.field in PAYING and not c.adds and j != total]
    both = {columns[j - 1].field for j in pays} == set(PAYING)
    if of.funder and not named:
        return
    for kind in PAYING:
        same = [j for j in pays if columns[j - 1].field == kind]
        alike = of.field in (kind, None) or (of.field == "total_cost" and both)
        if alike and len(same) > (not named):
            yield same
    if both and (named or of.field in ("total_cost", None)):
        yield pays
    left = [j for j in pays if j < total]
    for k in range(len(left) - 1):
        some = left[k:]
        mixed = len({columns[j - 1].field for j in some}) > 1
        if (named or not mixed) and (of.field != "ami" or named):
            yield some


def _adds_up(rows: Sequence[Mapping[int, Decimal]], total: int, parts: Sequence[int]) -> bool:
    """Does column `total` state the sum of `parts` on every row, each of which pays somewhere?"""
    zero = Decimal(0)
    sums = all(r.get(total, zero) == sum((r.get(j, zero) for j in parts), zero) for r in rows)
    return sums and all(any(r.get(j, zero) for r in rows) for j in parts)


def holds_actions(columns: Sequence[Column]) -> bool:
    """Does a table with these columns state actions: a label, and what is done or paid for it?"""
    fields = {c.field for c in columns}
    return "label" in fields and bool(fields & COMPANIONS)


def is_funded(title: str, annexes: Sequence[FundedPattern]) -> bool | None:
    """Whether the title of an annex says that the AMI pays its actions; None where it doesn't."""
    folded = fold(title)
    return next((a.funded for a in annexes if a.pattern.search(folded)), None)


def titled_exercise(table: ExtractedTable) -> str | None:
    """The exercise that the title of a table names."""
    return read_exercise(table.title) or heading_exercise(table.title)


def headed_exercise(columns: Sequence[Column]) -> str | None:
    """The one exercise that the headings of AMI columns name."""
    exercises = paid_exercises(columns)
    return exercises[0] if len(exercises) == 1 else None


def paid_exercises(columns: Sequence[Column]) -> list[str]:
    """The exercises that the headings of AMI columns name, earliest first."""
    return sorted({c.exercise for c in columns if c.field == "ami" and c.exercise})


def opening_exercise(columns: Sequence[Column], start: str | None) -> str | None:
    """The first of several exercises that a table pays, where the act's period starts with it."""
    paid = paid_exercises(columns)
    return start if start and paid[:1] == [start] else None


def over_all_years(
    headings: Sequence[str], columns: Sequence[Column], own: str | None
) -> list[Column]:
    """`columns` of a table that pays in `own` and in later years: a cost or a cofunding without a
    year is that of all of them ('2024-2026'), unless its heading says that it is one year's."""
    paid = paid_exercises(columns)
    if len(paid) < 2 or paid[0] != own:
        return list(columns)
    span = f"{paid[0][:4]}-{paid[-1][-4:]}"
    return [
        replace(column, exercise=column.exercise or span)
        if column.field in MONEY and not PER_YEAR.search(fold(heading))
        else column
        for heading, column in zip(headings, columns, strict=True)
    ]


def read_actions(
    table: ExtractedTable,
    columns: Sequence[Column],
    vocabulary: Vocabulary,
    name_funder: Callable[[str], str],
) -> Iterator[ActionRow]:
    """The actions of `table`, one a body row that has a label."""
    titled = is_funded(table.title, vocabulary.annexes)
    last: ActionRow | None = None
    for group in _one_action_each(table, columns):
        line = group[0]
        cells = {c.column: c for c in line.row.cells if c.text.strip()}
        texts = _texts(cells, columns)
        if "label" not in texts:
            continue
        label = next(c for k, c in cells.items() if columns[k - 1].field == "label")
        if last and PART_OF.match(texts["label"]):
            last = replace(last, other=_with_part(last.other, label, cells))
            continue
        if last:
            yield last
        sums: list[tuple[Sum, ExtractedCell | None]] = []
        for one in group:
            told = {c.column: c for c in one.row.cells if c.text.strip()}
            year = _year(one, columns)
            for stated, cell in _sums(told, columns, table, _texts(told, columns), name_funder):
                sums.append((replace(stated, exercise=year or stated.exercise), cell))
        last = ActionRow(
            line.index,
            texts,
            texts.get("section") or line.section,
            titled if titled is not None else _pays(columns, sums),
            label.bold,
            _other(cells, columns, table.columns),
            sums,
            min(c.place.page for c in cells.values()),
        )
    if last:
        yield last


def _with_part(other: str | None, label: ExtractedCell, cells: Mapping[int, ExtractedCell]) -> str:
    """What an action has no column for, and what a row below it says of a part of it ('dont …')."""
    told = " ; ".join(c.text for _, c in sorted(cells.items()) if c is not label)
    return json.dumps(json.loads(other or "{}") | {label.text: told}, ensure_ascii=False)


def _year(line: NumberedRow, columns: Sequence[Column]) -> str | None:
    """The exercise that a row names in a column of its own."""
    named = (
        heading_exercise(c.text)
        for c in line.row.cells
        if c.column <= len(columns) and columns[c.column - 1].field == "exercise"
    )
    return next(named, None)


def _one_action_each(
    table: ExtractedTable, columns: Sequence[Column]
) -> Iterator[list[NumberedRow]]:
    """The body rows; together those that share all cells but who pays and how much, merged over
    them (one action, a row a funder), or all texts but the year and its sums (a row a year)."""
    apart = (*MONEY, "cofinancing_source", "exercise", None)
    shared = [k for k, c in enumerate(columns, 1) if c.field not in apart]
    by_source = any(c.by_source for c in columns)

    def places(line: NumberedRow) -> list[tuple[int, Place]]:
        return [(c.column, c.place) for c in line.row.cells if c.column in shared]

    def texts(line: NumberedRow) -> list[tuple[int, str]]:
        return [(c.column, c.text) for c in line.row.cells if c.column in shared]

    def together(line: NumberedRow) -> bool:
        years = [_year(one, columns) for one in (*group, line)]
        dated = all(years) and len(set(years)) == len(years) and texts(line) == texts(group[0])
        return dated or (by_source and places(line) == places(group[0]))

    group: list[NumberedRow] = []
    for line in numbered(table):
        if line.row.kind != "body":
            continue
        if group and not together(line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _texts(cells: Mapping[int, ExtractedCell], columns: Sequence[Column]) -> dict[str, str]:
    wanted = (*TEXTS, "reference", "pilot", "section", "category", "cofinancing_source")
    texts: dict[str, str] = {}
    for k, cell in sorted(cells.items()):
        field = columns[k - 1].field if k <= len(columns) else None
        if field in wanted and cell.text.strip(" -–—\n"):
            texts.setdefault(field, cell.text.strip())
    if "reference" not in texts and (match := REFERENCE.match(texts.get("label", ""))):
        texts["reference"] = " ".join(match["reference"].split())
    return texts


def _sums(
    cells: Mapping[int, ExtractedCell],
    columns: Sequence[Column],
    table: ExtractedTable,
    texts: Mapping[str, str],
    name_funder: Callable[[str], str],
) -> Iterator[tuple[Sum, ExtractedCell]]:
    totals = " ".join(c.text for r in table.rows if r.kind == "total" for c in r.cells)
    sources = [texts["cofinancing_source"]] if "cofinancing_source" in texts else []
    state = any(PAID_BY_AMI.search(fold(s)) and not SEVERAL.search(s) for s in sources)
    for k, cell in sorted(cells.items()):
        column = columns[k - 1] if k <= len(columns) else None
        if column is None:
            continue
        if column.field in MONEY:
            context = f"{table.columns[k - 1]} {table.title} {totals}"
            for one in read_sums(column, context, cell.text, sources, name_funder):
                paid = column.by_source and (state or is_state(one.funder))
                yield (replace(one, funder=AMI) if paid else one), cell
        elif column.field == "comment":
            for one in read_carry_over(cell.text):
                yield one, cell


def is_state(funder: str | None) -> bool:
    """Is `funder` the State alone?"""
    return bool(funder and PAID_BY_STATE.search(fold(funder)) and not SEVERAL.search(funder))


def _pays(
    columns: Sequence[Column], sums: Sequence[tuple[Sum, ExtractedCell | None]]
) -> bool | None:
    """Whether the AMI pays the action, by the sums of its row; None where no column would say."""
    by_source = any(c.field == "cofinancing_source" for c in columns)
    if any(c.field == "ami" for c in columns) or (
        by_source and any(s.funder == AMI for s, _ in sums)
    ):
        return any(s.funder == "AMI" and s.stage != "previous" and s.amount != 0 for s, _ in sums)
    return False if any(c.field == "ami_previous" for c in columns) else None


def _other(
    cells: Mapping[int, ExtractedCell], columns: Sequence[Column], headings: Sequence[str]
) -> str | None:
    """What has no column of its own in `action`, by heading, as JSON."""
    kept = {*TEXTS, "reference", "pilot", "section", "exercise", *MONEY} - {"unfunded"}
    other: dict[str, str] = {}
    for k, cell in sorted(cells.items()):
        if k > len(columns) or columns[k - 1].field not in kept:
            heading = (headings[k - 1] if k <= len(headings) else "") or f"colonne {k}"
            other[heading if heading not in other else f"{heading} ({k})"] = cell.text
    return json.dumps(other, ensure_ascii=False) if other else None
