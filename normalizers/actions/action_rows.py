"""From the rows of an annex table to the actions and sums that they state."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from normalizers.actions.annexes import Vocabulary, is_funded
from normalizers.actions.contents import YEAR_ALONE
from normalizers.actions.dittos import without_dittos
from normalizers.actions.headings import Column
from normalizers.actions.likeness import KEPT, MONEY, TEXTS
from normalizers.actions.paired_payers import with_payers_beside
from normalizers.actions.row_stages import stage_column
from normalizers.actions.row_sums import Paid, SumReader
from normalizers.actions.row_texts import ADDING, TextReader, with_reference
from normalizers.actions.rows import PART_OF, TOTAL, entries, texts_by_column
from normalizers.actions.told_below import texts_below
from normalizers.funders import Funders
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable, Place

PART_WORD = re.compile(r"[^\W\d_]+")  # Axe 1, Objectif 1.2


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row with its number, body and totals rows counted from 1, and the section above it."""

    index: int
    row: ExtractedRow
    section: str | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as one row states it, or several: texts by field, sums with the cells that state
    them, and by heading what no field of an action holds. `index` is None where it is no row of a
    table."""

    index: int | None
    texts: Mapping[str, str]
    page: int
    section: str | None = None
    funded: bool | None = None
    bold: bool = False
    other: Mapping[str, str] = field(default_factory=dict)
    sums: Sequence[Paid] = ()


def numbered(table: ExtractedTable) -> Iterator[NumberedRow]:
    """The rows of `table` but for section titles, which go with the rows below them; one of a part
    goes on over those of its own parts: 'Axe 1 – Loger / Objectif 1.2 – Accueillir'. A row that
    adds up those below it is their title too: 'CCAS | 55 000 €' over its actions."""
    titles: list[str] = []
    total: list[str] = []
    above, index = "", 0
    adds_below = _adds_up_below(table)
    for row in table.rows:
        if row.kind == "section":
            if title := " ".join(c.text for c in row.cells if c.text.strip()):
                titles, total = [*_outer(titles, title, above), title], []
        else:
            index += 1
            name = _name_of_total(row)
            if adds_below and name:
                total = [name]
            yield NumberedRow(index, row, " / ".join([*titles, *total]) or None)
        above = row.kind


def _adds_up_below(table: ExtractedTable) -> bool:
    """Do rows of `table` that are named add up the rows below them: is the first row one?"""
    first = next((row for row in table.rows if row.kind != "section"), None)
    return first is not None and _name_of_total(first) is not None


def _name_of_total(row: ExtractedRow) -> str | None:
    """What a row of a total is called, if it is not 'Total': its first text in letters."""
    texts = [c.text for c in row.cells if PART_WORD.search(c.text)]
    named = row.kind == "total" and texts and not TOTAL.match(texts[0])
    return " ".join(texts[0].split()) if named else None


def _outer(titles: Sequence[str], title: str, above: str) -> Sequence[str]:
    """Those of the `titles` above `title` of which it heads a part: all before one that begins with
    its word, else all where it stands right below them."""
    words = [PART_WORD.match(fold(text)) for text in (*titles, title)]
    told = [word and word[0] for word in words]
    if told[-1] in told[:-1]:
        return titles[: told.index(told[-1])]
    return titles if above == "section" else ()


def read_actions(
    table: ExtractedTable,
    columns: Sequence[Column],
    vocabulary: Vocabulary,
    funders: Funders,
) -> Iterator[ActionRow]:
    """The actions of `table`, one a body row that has a label: in letters, not '(3)'."""
    titled = is_funded(table.title, vocabulary.annexes)
    table, below = texts_below(without_dittos(table, columns), columns, vocabulary)
    last: ActionRow | None = None
    part: tuple[str | None, str | None] = None, None  # the title above, and the axis told below it
    years, stages = _column_of_years(table, columns), stage_column(table, columns)
    reader = TextReader(table, columns, vocabulary, funders)
    sums = SumReader(table, columns, titled, years, stages, funders)
    for line, *others in _one_action_each(table, columns, years, stages):
        cells = {c.column: c for c in line.row.cells if c.text.strip() or c.notes}
        more = below.get(id(line.row))
        texts = None if more == {} else reader.read(cells, more or {})
        if texts is None:
            continue
        above = part[1] if part[0] == line.section else None
        part = line.section, texts.get("section", above)
        texts = with_reference(texts)
        label = next(c for k, c in cells.items() if columns[k - 1].field == "label")
        if last and PART_OF.match(texts["label"]):
            told = " ; ".join(c.text for _, c in sorted(cells.items()) if c is not label)
            last = replace(last, other={**last.other, label.text: told})
            continue
        if last:
            yield last
        paid = sums.read([each.row for each in (line, *others)])
        last = ActionRow(
            line.index,
            texts,
            page=min(c.place.page for c in cells.values()),
            section=texts.get("section") or part[1] or line.section,
            funded=sums.funded(paid),
            bold=label.bold,
            other=_other_of([each.row for each in (line, *others)], columns, table.columns),
            sums=paid,
        )
    if last:
        yield last


def _one_action_each(
    table: ExtractedTable, columns: Sequence[Column], years: int | None, stages: int | None
) -> Iterator[list[NumberedRow]]:
    """The body rows; together those that share all cells but who pays, when, how much and whether
    it was planned or spent, merged over them, a row a funder, a year, a stage or an expense, or
    left empty below the first: one action. A wording that is replaced comes behind the row that
    replaces it."""
    own = (*MONEY, *ADDING, *KEPT, "cofinancing_source", "category", None)
    shared = [
        k for k, c in enumerate(columns, 1) if c.field not in own and k not in (years, stages)
    ]
    by_source = any(c.by_source for c in columns)
    parted = (years, stages) != (None, None)
    category = next((k for k, c in enumerate(columns, 1) if c.field == "category"), None)

    def merged(line: NumberedRow) -> list[tuple[int, Place, bool]]:
        return [(c.column, c.place, c.spans_rows > 1) for c in line.row.cells if c.column in shared]

    def said(line: NumberedRow) -> list[str]:
        return [c.text.strip() for c in line.row.cells if c.column in shared]

    def kind(line: NumberedRow) -> list[str]:
        return [c.text for c in line.row.cells if c.column in (years, stages)]

    def expense(line: NumberedRow) -> str | None:
        return next((c.text.strip() for c in line.row.cells if c.column == category), None)

    def goes_on(line: NumberedRow) -> bool:
        texts, same = said(line), said(group[0])
        if parted and texts == same:
            return all(kind(line) != kind(other) for other in group)
        another = expense(line) not in {None, "", *map(expense, group)}
        empty = (by_source or parted or another) and not any(texts)
        place = merged(line)
        return empty or (place == merged(group[0]) and all(spans for *_, spans in place))

    group: list[NumberedRow] = []
    replaced: list[NumberedRow] = []
    for line in _entries(table):
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


def _entries(table: ExtractedTable) -> list[NumberedRow]:
    """The rows of `table` without those below its total."""
    lines = list(numbered(table))
    texts = [{c.column: c.text for c in line.row.cells if c.text.strip()} for line in lines]
    return lines[: entries([line.row.kind for line in lines], texts)]


def _column_of_years(table: ExtractedTable, columns: Sequence[Column]) -> int | None:
    """The column that says for which year each row's sums are: years alone, and several."""
    for k, (column, texts) in enumerate(zip(columns, texts_by_column(table), strict=True), 1):
        if column.field in ("schedule", "reference", None):
            told = [text for text in texts if text.strip()]
            if len(set(told)) > 1 and all(map(YEAR_ALONE.fullmatch, told)):
                return k
    return None


def exercises_of_rows(table: ExtractedTable, columns: Sequence[Column]) -> list[str]:
    """The exercises that the rows of `table` pay, earliest first, where a column tells them."""
    k = _column_of_years(table, columns)
    texts = texts_by_column(table)[k - 1] if k else ()
    return sorted({text.strip() for text in texts} - {""})


def _other_of(
    rows: Sequence[ExtractedRow], columns: Sequence[Column], headings: Sequence[str]
) -> dict[str, str]:
    """What the `rows` of one action say that has no column of its own in `action`, by heading, each
    text once."""
    told: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        cells = {c.column: c for c in row.cells if c.text.strip()}
        for heading, text in _other(cells, columns, headings).items():
            if text not in told[heading]:
                told[heading].append(text)
    return {heading: " ; ".join(texts) for heading, texts in told.items()}


def _other(
    cells: Mapping[int, ExtractedCell], columns: Sequence[Column], headings: Sequence[str]
) -> dict[str, str]:
    """What has no column of its own in `action`, by heading."""
    kept = {*TEXTS, "reference", "pilot", "section", *MONEY} - {"unfunded"}
    other: dict[str, str] = {}
    for k, cell in with_payers_beside(cells, columns):
        if k > len(columns) or columns[k - 1].field not in kept:
            heading = (headings[k - 1] if k <= len(headings) else "") or f"colonne {k}"
            other[heading if heading not in other else f"{heading} ({k})"] = cell.text
        elif columns[k - 1].field == "label" and cell.note:
            other["Note"] = cell.note
    return other
