"""From an annex table to the actions and sums that it states."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from normalizers.actions.adding_up import (
    PART_OF,
    TOTAL,
    changes,
    over_several_years,
    parts_of_grant,
    with_totals,
)
from normalizers.actions.choices import is_mark, with_choices
from normalizers.actions.funding import (
    AMI,
    CARRIED_OVER,
    PAID_BY_AMI,
    Sum,
    read_carry_over,
    read_sums,
)
from normalizers.actions.headings import (
    ACCEPTED,
    MONEY,
    NAMES_AMI,
    PAID_BY_STATE,
    TEXTS,
    UNKNOWN_UNIT,
    YEAR_ALONE,
    Column,
    Contents,
    Phrase,
    are_two_sums,
    best_field,
    explain,
    heading_unit,
    over_years,
)
from normalizers.actions.labels import LabelForm
from normalizers.actions.payers import (
    ALL_FUNDERS,
    AUTHORITY,
    OF_ONE_SIDE,
    SEVERAL,
    STAGED,
    is_state,
    names_authority,
    paid_by_source,
    paid_by_title,
    parts_of_cost,
    with_funder,
)
from normalizers.amounts import read_cell
from normalizers.exercises import YEARS, heading_exercise, read_exercise, with_years
from normalizers.organisations import Directory
from normalizers.reference import pattern, read_rows
from normalizers.statuses import StatusPattern, read_status
from normalizers.terms import fold
from pipeline.models import ExtractedCell, ExtractedRow, ExtractedTable, Place

STATE = "État"
COMPANIONS = frozenset(("pilot", "status", "indicators", *MONEY))
SHORTEST_LABEL = 8  # characters, on average, of the names of actions
LIKELY = 0.7  # likeness of a heading to the vocabulary, for a column whose title gives a unit
SURE_KEY = 0.87  # likeness to the vocabulary of headings of what may be a question or an answer
LONGEST_QUESTION = 60  # characters
ASKED_DOWNWARDS = 3  # fields that the first column of a transposed table names
# Demandeur · Mise en œuvre par · Portée par : over names, who runs it
RUN_BY = re.compile(
    r"\bdemandeu(?:r|se)s?\b|\bmise? en (?:œ|oe)uvre\b"
    r"|\b(?:portee?|menee?|conduite?|realisee?|assuree?|pilotee?)s? par\b"
)
LONGEST_PILOT = 40  # characters, on average, of the names of organisations
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
# Financements prévisionnels 2024 · Plan de financement · Montants : over those who pay
FINANCING = re.compile(
    r"(?:(?:plan|tableau|répartition) d(?:e|es|u) )?"
    r"(?:financements?|financeurs?|montants?|crédits|budgets?|programmations?|participations?)"
    r"(?: (?:prévisionnel|prévu|total|totaux|accordé|retenu|de l['’]action)\w*)*"
    rf"(?: {YEARS.pattern})? ",
    re.IGNORECASE,
)
PROGRAMME = re.compile(r"\b(?:bop|programme|p)\s?\d{3}\b", re.IGNORECASE)  # BOP 177
EUROS = re.compile(r"€|\beuros?\b|\beur\b", re.IGNORECASE)
PER_YEAR = re.compile(r"\bpar an\b|\bannuel|/\s*an\b")
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
    if len(table.columns) < 3 or len(set(heads)) < len(heads):
        return False
    if any(heading_exercise(h) or asks(h) for h in heads):
        return False
    rows = [
        {c.column: c.text for c in r.cells if c.text.strip() and c.spans_columns == 1}
        for r in table.rows
    ]
    known = [field for row in rows if (field := asks(row.get(1, "")))]
    known += ["cofinancing" for row in rows if _tells_payer(row, asks)]
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


def _tells_payer(row: Mapping[int, str], asks: Callable[[str], str | None]) -> bool:
    question = row.get(1, "")
    sums = [read_cell(text).amounts for column, text in row.items() if column > 1]
    return not asks(question) and bool(AUTHORITY.match(fold(question)) and sums and all(sums))


def may_ask(text: str) -> bool:
    """May `text` be the question of a form: short, without figures but years and programmes?"""
    bare = PROGRAMME.sub("", YEARS.sub("", text))
    return len(text) <= LONGEST_QUESTION and not re.search(r"\d", bare)


def explain_columns(
    table: ExtractedTable,
    vocabulary: Vocabulary,
    directory: Directory,
    first_year: int | None = None,
    own_year: int | None = None,
) -> list[Column]:
    """The field of each column of `table`; a table of actions without label column takes its
    objective, else its description, as the label. The act's first year and its own are those that
    headings count from: 'Année 2', 'N+1'."""
    if is_transposed(table, vocabulary.headings):
        return [Column(None, None, None, 0.0) for _ in table.columns]
    texts: list[list[str]] = [[] for _ in table.columns]
    for row in table.rows:
        if row.kind == "body":
            for cell in row.cells:
                if 0 < cell.column <= len(texts):
                    texts[cell.column - 1].append(cell.text)

    def is_status(text: str) -> bool:
        return read_status(text, vocabulary.statuses) != "unknown"

    contents = [Contents.of(t, directory.knows, is_status) for t in texts]
    written = [with_years(heading, first_year, own_year) for heading in table.columns]
    headings = over_years(_below_one_head(written, vocabulary, directory))
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
    columns = _with_guessed_pilot(columns, headings, contents)
    columns = _with_guessed_label(columns, contents)
    columns = [
        with_funder(column, heading, content, directory)
        for column, heading, content in zip(columns, headings, contents, strict=True)
    ]
    columns = paid_by_source(columns, headings, contents, texts)
    columns = with_totals(columns, table)
    columns = paid_by_title(columns, headings, contents, table, directory)
    columns = parts_of_cost(columns, contents, table, directory)
    columns = over_several_years(with_totals(columns, table), table)
    columns = changes(parts_of_grant(columns, table), table)
    columns = [
        replace(c, field=None, stage=None) if are_two_sums(heading, vocabulary.headings) else c
        for c, heading in zip(columns, headings, strict=True)
    ]
    columns = with_choices(
        columns,
        headings,
        texts,
        lambda heading: best_field(heading, vocabulary.headings, ACCEPTED),
        is_status,
    )
    return _without_guessed_unit(columns, contents, table)


def _without_guessed_unit(
    columns: list[Column], contents: Sequence[Contents], table: ExtractedTable
) -> list[Column]:
    """`columns`, those of sums in no known unit where none of them holds a sum that an action may
    cost in euros, and none says that these are euros: '22,5' under 'État'."""
    sums = [c for c, of in zip(columns, contents, strict=True) if c.field in MONEY and of.numbers]
    looks = (of.money for c, of in zip(columns, contents, strict=True) if c.field in MONEY)
    said = " ".join((table.title, *table.columns))
    if not sums or any(looks) or any(c.unit > 1 for c in sums) or EUROS.search(said):
        return columns
    return [replace(c, unit=UNKNOWN_UNIT) if c in sums else c for c in columns]


def _with_guessed_pilot(
    columns: list[Column], headings: Sequence[str], contents: Sequence[Contents]
) -> list[Column]:
    """`columns`, the only one on how actions are run holding who runs them where its cells are
    short and no other tells it."""
    told = [
        c
        for c, heading, of in zip(columns, headings, contents, strict=True)
        if c.field in ("description", None, *MONEY)
        and RUN_BY.search(fold(heading))
        and 0 < of.length < LONGEST_PILOT
        and not of.numbers
    ]
    if len(told) != 1 or any(c.field == "pilot" for c in columns):
        return columns
    return [replace(c, field="pilot") if c is told[0] else c for c in columns]


def _with_guessed_label(columns: list[Column], contents: Sequence[Contents]) -> list[Column]:
    """`columns`, the only one of texts that nothing explains holding the names of the actions where
    others say who runs each and what is paid for it."""
    fields = {c.field for c in columns}
    if fields & {*SUBJECTS} or "pilot" not in fields or not fields & {"ami", "cofinancing"}:
        return columns
    unknown = [
        c
        for c, of in zip(columns, contents, strict=True)
        if c.field is None and of.length > SHORTEST_LABEL and not of.numbers
    ]
    if len(unknown) != 1:
        return columns
    return [replace(c, field="label") if c is unknown[0] else c for c in columns]


def _below_one_head(
    headings: Sequence[str], vocabulary: Vocabulary, directory: Directory
) -> list[str]:
    """`headings`, those without the words over them and their neighbours that only say that there
    is money below: 'Financements prévisionnels 2024' over 'AMI', 'CAF' and 'Total'."""
    found = list(headings)
    matches = [FINANCING.match(heading) for heading in headings]
    start = 0
    for prefix, run in groupby(m[0] if m else "" for m in matches):
        end = start + len(list(run))
        below = [heading[len(prefix) :] for heading in headings[start:end]]
        told = [h for h in below if prefix and _says_who(h, vocabulary, directory)]
        if len(below) > 1 and 3 * len(told) >= 2 * len(below):
            year = heading_exercise(prefix)
            found[start:end] = [
                f"{h} {year}" if year and heading_exercise(h) is None else h for h in below
            ]
        start = end
    return found


def _says_who(heading: str, vocabulary: Vocabulary, directory: Directory) -> bool:
    """Does a heading say by itself what its sums are, or who pays them?"""
    known = best_field(heading, vocabulary.headings, ACCEPTED) in MONEY
    return known or bool(directory.one(heading) or AUTHORITY.match(fold(heading)))


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


def granted_before(columns: Sequence[Column], own: str | None) -> list[Column]:
    """`columns`, what was granted for an exercise before the act's `own` told as such, where
    another holds what the act grants: 'Accordé en 2023-2024' beside 'Concours de l'État'."""
    granted = [c for c in columns if c.field == "ami" and c.stage == "granted"]
    past = [c for c in granted if own and c.exercise and c.exercise[:4] < own[:4]]
    if len(past) == len(granted):
        return list(columns)
    return [replace(c, field="ami_previous", stage="previous") if c in past else c for c in columns]


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
    years = _column_of_years(table, columns)
    form = _label_form(table, columns)
    for line, *others in _one_action_each(table, columns, years):
        cells = {c.column: c for c in line.row.cells if c.text.strip()}
        texts = _with_inner_pilot(_texts(cells, columns), vocabulary)
        if "label" not in texts or _repeats_head(cells, table.columns):
            continue
        if form:
            texts = form.apart(texts)
        label = next(c for k, c in cells.items() if columns[k - 1].field == "label")
        if last and PART_OF.match(texts["label"]):
            last = replace(last, other=_with_part(last.other, label, cells))
            continue
        if last:
            yield last
        sums: list[tuple[Sum, ExtractedCell | None]] = []
        for each in (line, *others):
            stated = {c.column: c for c in each.row.cells if c.text.strip()}
            year = heading_exercise(stated[years].text) if years in stated else None
            said = _sums(stated, columns, table, _texts(stated, columns), name_funder)
            if titled is False:
                said = ((_of_state(s, table.columns[c.column - 1]), c) for s, c in said)
            if each.row.kind == "replaced":
                said = ((replace(s, stage="previous"), c) for s, c in said if s.funder == AMI)
            sums += ((replace(one, exercise=one.exercise or year), cell) for one, cell in said)
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


def _repeats_head(cells: Mapping[int, ExtractedCell], headings: Sequence[str]) -> bool:
    """Do several cells of a row all say what stands over them, or the end of it?"""
    over = dict(enumerate(map(fold, headings), start=1))
    return len(cells) > 1 and all(
        over.get(column, "").endswith(fold(cell.text)) for column, cell in cells.items()
    )


def _of_state(one: Sum, heading: str) -> Sum:
    """`one` of an annex that the AMI does not pay: the State's, unless it was only asked for or
    `heading` names the AMI."""
    if (
        one.funder != AMI
        or one.stage in ("previous", "requested")
        or NAMES_AMI.search(fold(heading))
    ):
        return one
    return replace(one, funder=STATE)


def _with_part(other: str | None, label: ExtractedCell, cells: Mapping[int, ExtractedCell]) -> str:
    """What an action has no column for, and what a row below it says of a part of it ('dont …')."""
    told = " ; ".join(c.text for _, c in sorted(cells.items()) if c is not label)
    return json.dumps(json.loads(other or "{}") | {label.text: told}, ensure_ascii=False)


def _one_action_each(
    table: ExtractedTable, columns: Sequence[Column], years: int | None
) -> Iterator[list[NumberedRow]]:
    """The body rows; together those that share all cells but who pays, when and how much, merged
    over them or left empty below the first: one action, a row a funder or a year. A wording that is
    replaced comes behind the row that replaces it."""
    shared = [
        k
        for k, c in enumerate(columns, 1)
        if c.field not in (*MONEY, "cofinancing_source", None) and k != years
    ]
    by_source = any(c.by_source for c in columns)

    def places(line: NumberedRow) -> list[tuple[int, Place]]:
        return [(c.column, c.place) for c in line.row.cells if c.column in shared]

    def said(line: NumberedRow) -> list[str]:
        return [c.text.strip() for c in line.row.cells if c.column in shared]

    def year(line: NumberedRow) -> str | None:
        return next((c.text for c in line.row.cells if c.column == years), None)

    def goes_on(line: NumberedRow) -> bool:
        if not by_source and years is None:
            return False
        texts, same = said(line), said(group[0])
        if years is not None and texts == same:
            return all(year(line) != year(other) for other in group)
        return not any(texts) or places(line) == places(group[0])

    group: list[NumberedRow] = []
    replaced: list[NumberedRow] = []
    for line in numbered(table):
        if line.row.kind == "replaced":
            replaced = [line]
            continue
        if line.row.kind == "body":
            if group and not goes_on(line):
                yield group
                group = []
            group += [line, *replaced]
        replaced = []
    if group:
        yield group


def _column_of_years(table: ExtractedTable, columns: Sequence[Column]) -> int | None:
    """The column that says for which year each row's sums are: years alone, and several."""
    for k, column in enumerate(columns, 1):
        if column.field in ("schedule", "reference", None):
            rows = [row for row in table.rows if row.kind == "body"]
            told = [c.text for r in rows for c in r.cells if c.column == k and c.text.strip()]
            if len(set(told)) > 1 and all(YEAR_ALONE.fullmatch(t) for t in told):
                return k
    return None


def _texts(cells: Mapping[int, ExtractedCell], columns: Sequence[Column]) -> dict[str, str]:
    wanted = (*TEXTS, "reference", "pilot", "section", "category", "cofinancing_source")
    texts: dict[str, str] = {}
    for k, cell in sorted(cells.items()):
        field = columns[k - 1].field if k <= len(columns) else None
        if field in wanted and cell.text.strip(" -–—\n"):
            option = columns[k - 1].option if is_mark(cell.text) else None
            if option and field in texts:
                texts[field] += f"\n{option}"
            texts.setdefault(field, option or cell.text.strip())
    if "reference" not in texts and (match := REFERENCE.match(texts.get("label", ""))):
        texts["reference"] = " ".join(match["reference"].split())
    return texts


def _label_form(table: ExtractedTable, columns: Sequence[Column]) -> LabelForm | None:
    fields = [c.field for c in columns]
    if "label" not in fields:
        return None
    at = fields.index("label") + 1
    rows = [row for row in table.rows if row.kind == "body"]
    labels = [c.text.strip() for r in rows for c in r.cells if c.column == at and c.text.strip()]
    return LabelForm.of(table.columns[at - 1], labels, fields)


def _with_inner_pilot(texts: dict[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """`texts` with the pilot that a line of the label tells: 'Baux glissants', 'Porteur : CCAS'."""
    if "pilot" in texts or "\n" not in texts.get("label", ""):
        return texts
    first, *lines = texts["label"].split("\n")
    for i, line in enumerate(lines):
        asked, mark, told = line.partition(":")
        if mark and told.strip() and best_field(asked, vocabulary.headings, SURE_KEY) == "pilot":
            label = "\n".join([first, *lines[:i], *lines[i + 1 :]])
            return {**texts, "label": label, "pilot": told.strip()}
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
    whole = any(ALL_FUNDERS.match(fold(s)) for s in sources)
    fields = {c.field for c in columns}
    around = "" if _of_several_payers(columns) else f"{table.title} {totals}"
    for k, cell in sorted(cells.items()):
        column = columns[k - 1] if k <= len(columns) else None
        if column is None:
            continue
        if column.field in MONEY:
            heading = table.columns[k - 1]
            context = f"{heading} {around}"
            own = "ami" in fields and not names_authority(heading)
            if own and (CARRIED_OVER.search(heading) or _states_ami_only(table, columns)):
                context += f" {AMI}"
            others = "ami" in fields or OF_ONE_SIDE.search(fold(heading))
            for one in read_sums(column, context, cell.text, sources, name_funder):
                if column.by_source and whole:
                    one = replace(one, funder=None, stage="total_cost")
                elif (column.by_source and state) or (
                    is_state(one.funder) and (column.by_source or not others)
                ):
                    one = replace(one, funder=AMI)
                yield one, cell
        elif column.field == "comment":
            for one in read_carry_over(cell.text):
                yield one, cell


def _states_ami_only(table: ExtractedTable, columns: Sequence[Column]) -> bool:
    """Are the sums of which no heading says who pays them those of the AMI: nobody else pays in
    the table, or all others are named by their headings and the AMI is not?"""
    fields = {c.field for c in columns}
    alone = "cofinancing" not in fields and not _of_several_payers(columns)
    named = all(c.funder for c in columns if c.field == "cofinancing")
    bare = not any(
        PAID_BY_STATE.search(fold(heading))
        for heading, c in zip(table.columns, columns, strict=True)
        if c.field == "ami"
    )
    return "total_cost" not in fields and (alone or (named and bare))


def _of_several_payers(columns: Sequence[Column]) -> bool:
    """Do several columns tell what was planned, spent or left over in one exercise: each what its
    own payer did?"""
    told = [(c.field, c.exercise) for c in columns if c.field in STAGED]
    return len(set(told)) < len(told)


def _pays(
    columns: Sequence[Column], sums: Sequence[tuple[Sum, ExtractedCell | None]]
) -> bool | None:
    """Whether the AMI pays the action, by the sums of its row; None where no column would say."""
    by_source = any(c.field == "cofinancing_source" for c in columns)
    if any(c.field == "ami" for c in columns) or (
        by_source and any(s.funder == AMI for s, _ in sums)
    ):
        own = [s for s, _ in sums if s.funder == AMI and s.stage != "previous"]
        decided = [s for s in own if s.stage == "granted"]
        return any(s.amount != 0 for s in decided or own)
    return False if any(c.field == "ami_previous" for c in columns) else None


def _other(
    cells: Mapping[int, ExtractedCell], columns: Sequence[Column], headings: Sequence[str]
) -> str | None:
    """What has no column of its own in `action`, by heading, as JSON."""
    kept = {*TEXTS, "reference", "pilot", "section", *MONEY} - {"unfunded"}
    other: dict[str, str] = {}
    for k, cell in sorted(cells.items()):
        if k > len(columns) or columns[k - 1].field not in kept:
            heading = (headings[k - 1] if k <= len(headings) else "") or f"colonne {k}"
            other[heading if heading not in other else f"{heading} ({k})"] = cell.text
    return json.dumps(other, ensure_ascii=False) if other else None
