"""Grids of all pages → logical tables: page breaks healed, heads told from rows, words joined.

A table goes on over a page break when nothing but its own repeated head stands between its parts
and their columns line up; a row goes on when its cells complete those above. Columns are aligned
by their place, never by their count.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz

from extractors.grid import Grid, GridCell, text_spans
from extractors.page import Box, Page, Word
from normalizers.amounts import read_cell
from normalizers.rows import is_total, replaces, subtotals
from normalizers.words import Vocabulary, join_lines
from pipeline.models import ExtractedCell, ExtractedRow, ExtractedTable, Place, RowKind

ALIGNED = 0.015  # of the table's width: column borders nearer than this are the same
SAME_HEAD = 90  # likeness, of 100, of a head that is repeated on the next page
NEAR = 14.0  # points between two grids of one page that may be one table
NARROW = 5.0  # points: an empty column this narrow is a double rule
PADDING = 6.0  # points, at most, between a cell's border and its text
SPACE = 0.4  # of the font size: what a blank may take, and a margin for doubt
WIDEST = 1.0  # of the font size: hardly a letter takes more
PARAGRAPH = 1.25  # of the lines' distance: a wider one parts paragraphs of a cell
HEAD_LENGTH = 90  # characters: a longer text is no heading
LABEL_VALUE = re.compile(r"^[^:]{2,40}\s?:\s*\S")
YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/(].*)?", re.DOTALL)
CUT_ABOVE = re.compile(r"(?:^|[:=+€])\s*(?P<figure>\d[\d\s.]*(?:,\d?)?)$")  # no unit behind it
CUT_BELOW = re.compile(
    r"(?P<figure>\d[\d\s.]*(?:,\d{1,2})?)(?![\d/:-])\s*(?P<unit>€|k€|M€|euros?)?", re.IGNORECASE
)
UNIT = re.compile(r"€|euros?", re.IGNORECASE)
UNIT_ALONE = re.compile(
    r"[(\[]?\s*(?:en\s+)?(?:k€|M€|€|euros?|%)(?:\s+TTC)?\s*[)\]]?", re.IGNORECASE
)
ONE_FIGURE = re.compile(r"(?:[1-9]\d{0,2}(?:[\s.]\d{3})+|[1-9]\d*)(?:,\d{1,2})?")
HALF_FIGURE = re.compile(
    r",\d?\n\d|\n0(?:0|\d\d)\b"
)  # what no whole figure ends with, or begins with
GROUPED = re.compile(r"\b\d{1,3}(?:[\s.]\d{3})+\b")
FEW_FIGURES = 3  # that a title over rows may say
DOUBTFUL = 0.5  # confidence in a figure that the end of a page may have cut
SENTENCE_END = re.compile(r"[.;:!?…»)]\s*$")
LIST_MARK = re.compile(r"^[•▪●◦■➔→➢➲✓‣⁃]\s")
BULLET = re.compile(r"^(?:[•▪●◦■➔→➢➲✓‣⁃*-]|\d{1,2}[./)°]|[a-z]\))(?:\s|$)")


_Set = tuple[tuple[Word, ...], Box]  # a line of a cell, and the box that it is set in


@dataclass(frozen=True)
class _Cell:
    """A cell of one page's part of a table; `lines` are its words, line by line."""

    lines: tuple[tuple[Word, ...], ...]
    page: int
    box: Box  # in the reading frame
    paper: Box  # on the page as displayed
    filled: bool
    spans_rows: int = 1
    spans_columns: int = 1

    @cached_property
    def words(self) -> list[Word]:
        return [w for line in self.lines for w in line]

    @cached_property
    def raw(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def bold(self) -> bool:
        words = self.words
        heavy = sum(len(w.text) for w in words if w.bold)
        return bool(words) and 2 * heavy > sum(len(w.text) for w in words)


@dataclass(slots=True)
class _Row:
    """Cells by logical column (from 0); a cell stands in the first column that it covers. `torn`:
    may its sums be halves that the end of a page parted?"""

    cells: dict[int, list[_Cell]]
    torn: bool = False

    def text(self, column: int) -> str:
        return " ".join(c.raw for c in self.cells.get(column, []) if c.raw)

    def texts(self, count: int) -> list[str]:
        return [self.text(i) for i in range(count)]

    @property
    def filled_columns(self) -> list[int]:
        return [c for c in sorted(self.cells) if self.text(c)]


@dataclass(frozen=True, slots=True)
class _Part:
    """One page's part of a table. `above`, `below`: does text stand there, outside tables?"""

    grid: Grid
    rows: tuple[_Row, ...]
    above: bool
    below: bool


def read_tables(
    pages: Iterable[Page], grids: Mapping[int, Sequence[Grid]], vocabulary: Vocabulary
) -> list[ExtractedTable]:
    """Logical tables in reading order, from the grids of each page (key: page number).

    `pages` hold neither furniture nor the words of tables: what is left between two grids parts
    them. Titles and annex numbers are left to the caller.
    """
    tables = enumerate(_logical(pages, grids), start=1)
    return [_table(position, parts, vocabulary) for position, parts in tables]


def judged(
    tables: Sequence[ExtractedTable], pages: Iterable[Page], grids: Mapping[int, Sequence[Grid]]
) -> list[ExtractedTable]:
    """`tables`, which `read_tables` read from the same, with what other readers say of `grids`."""
    return [
        table.model_copy(update=_opinion(parts))
        for table, parts in zip(tables, _logical(pages, grids), strict=True)
    ]


def _logical(
    pages: Iterable[Page], grids: Mapping[int, Sequence[Grid]]
) -> Iterator[Sequence[_Part]]:
    """The parts of each table."""
    parts: list[_Part] = []
    for page in pages:
        for part in _parts(page, grids.get(page.number, ())):
            if parts and not _goes_on(parts, part):
                yield parts
                parts = []
            parts.append(part)
    if parts:
        yield parts


# --- parts of tables -----------------------------------------------------------------------------


def _parts(page: Page, grids: Sequence[Grid]) -> list[_Part]:
    parts = []
    for i, grid in enumerate(grids):
        over = grids[i - 1].box.bottom if i else 0.0
        under = grids[i + 1].box.top if i + 1 < len(grids) else page.height
        tops = [w.box.middle[1] for w in page.words]
        rows = [_row(page, grid, r) for r in range(grid.row_count)]
        parts.append(
            _Part(
                grid,
                tuple(row for row in rows if row.filled_columns),
                above=any(over <= y < grid.box.top for y in tops),
                below=any(grid.box.bottom < y <= under for y in tops),
            )
        )
    return [part for part in parts if part.rows]


def _row(page: Page, grid: Grid, index: int) -> _Row:
    return _Row({cell.column: [_cell(page, grid, cell)] for cell in grid.row(index)})


def _cell(page: Page, grid: Grid, cell: GridCell) -> _Cell:
    return _Cell(
        cell.lines,
        grid.page,
        cell.box,
        page.on_paper(cell.box),
        cell.filled,
        cell.row_end - cell.row,
        cell.column_end - cell.column,
    )


# --- which parts make one table -------------------------------------------------------------------


def _goes_on(table: Sequence[_Part], part: _Part) -> bool:
    """Is `part` the continuation of `table`?"""
    last = table[-1]
    if _columns(table[0].grid, part.grid) is None:
        return False
    if part.grid.page == last.grid.page:
        gap = part.grid.box.top - last.grid.box.bottom
        return gap < NEAR and not part.above and _same_borders(last.grid, part.grid)
    if part.grid.page != last.grid.page + 1 or last.below:
        return False
    if _repeats_head(table[0], part):
        return not (part.above and is_total(last.rows[-1].texts(last.grid.column_count)))
    return not part.above and not _opens_with_head(table[0], part)


def _same_borders(one: Grid, other: Grid) -> bool:
    return one.column_count == other.column_count and all(
        abs(a - b) <= 3 for a, b in zip(one.xs, other.xs, strict=True)
    )


def _repeats_head(first: _Part, part: _Part) -> bool:
    """Do the first rows of `part` say what the head of `first` says?"""
    if not first.rows:
        return False
    head = first.rows[0]
    return any(_alike(head, row) or _under_head(head, row) for row in part.rows[:2])


def _alike(one: _Row, other: _Row) -> bool:
    ours = " ".join(one.text(c) for c in one.filled_columns)
    theirs = " ".join(other.text(c) for c in other.filled_columns)
    return len(one.filled_columns) > 1 and fuzz.ratio(ours, theirs) >= SAME_HEAD


def _opens_with_head(first: _Part, part: _Part) -> bool:
    """Does `part` start with a head of its own, unlike the one of `first`? A row on colour alone is
    none where others of `first` are."""
    head, row = first.rows[0], part.rows[0]
    bold = all(c.bold for c in _told(row))
    banded = any(all(c.filled for c in _told(r)) for r in first.rows[1:])
    return (
        _stands_out(head, first.rows)
        and _stands_out(row, part.rows)
        and len(part.rows) > 1
        and not (banded and not bold)
    )


def _stands_out(row: _Row, rows: Sequence[_Row]) -> bool:
    """Is every text of `row` bold or on colour, while the other rows' texts are not?"""

    def marked(row: _Row) -> float:
        return _marked(_told(row))

    others = [marked(r) for r in rows if r is not row]
    return marked(row) >= 0.99 and (not others or sum(others) / len(others) < 0.6)


def _columns(one: Grid, other: Grid) -> list[int] | None:
    """For each border of `other`, the border of `one` that it is; None when one has no match.

    A table may change its width on the next page: borders are compared by their place in it.
    """
    width, other_width = one.box.width, other.box.width
    result = []
    for x in other.xs:
        candidates = [
            min(range(len(one.xs)), key=lambda i: abs(one.xs[i] - x)),
            min(
                range(len(one.xs)),
                key=lambda i: abs(
                    (one.xs[i] - one.xs[0]) / width - (x - other.xs[0]) / other_width
                ),
            ),
        ]
        near = [
            i
            for i, off in (
                (candidates[0], abs(one.xs[candidates[0]] - x) / width),
                (
                    candidates[1],
                    abs(
                        (one.xs[candidates[1]] - one.xs[0]) / width
                        - (x - other.xs[0]) / other_width
                    ),
                ),
            )
            if off <= ALIGNED
        ]
        if not near:
            return None if one.ruled or other.ruled else _columns_of_texts(one, other)
        result.append(near[0])
    return result if all(a < b for a, b in pairwise(result)) else None


def _columns_of_texts(one: Grid, other: Grid) -> list[int] | None:
    """As `_columns`, where blanks alone part the columns: each column of `other` is the one of
    `one` whose texts stand over its own. A column may be empty on the next page."""
    ours, theirs = text_spans(one), text_spans(other)
    result = [0]
    for column in sorted(theirs):
        x0, x1 = theirs[column]
        over = [c for c, (a, b) in ours.items() if a < x1 and x0 < b]
        if len(over) != 1 or (column and over[0] < result[-1]):
            return None
        if column:
            result.append(over[0])
    result.append(one.column_count)
    fits = len(result) == other.column_count + 1 and all(a < b for a, b in pairwise(result))
    return result if fits else None


# --- one logical table ---------------------------------------------------------------------------


def _table(position: int, parts: Sequence[_Part], vocabulary: Vocabulary) -> ExtractedTable:
    first = parts[0].grid
    count = first.column_count
    titles, head, rows = _opened(list(parts[0].rows), parts, count)
    for part in parts[1:]:
        borders = _columns(first, part.grid) or list(range(part.grid.column_count + 1))
        more = [_moved(row, borders) for row in part.rows]
        more = _without_head(more, [*titles, *head])
        if rows and more and _completes(rows, more[0], count):
            _complete(rows, more.pop(0))
        elif rows and more and _has_sums_alone(rows[-1], more[0]):
            rows[-1].torn = more[0].torn = True
        _carry_down(rows, more, count)
        rows.extend(more)
    kept = _kept_columns([*head, *rows], first)
    levels = _spread([row for row in head if not _numbers(row, count)], count)
    columns = [_heading([r.cells.get(c, []) for r in levels], vocabulary) for c in kept]
    opening = [_extracted(row, kept, count, vocabulary).cells for row in (*titles, *head)]
    body = _told_apart([_extracted(row, kept, count, vocabulary) for row in rows])
    printed = sum(len(w.text) for p in parts for c in p.grid.cells for w in c.words)
    return ExtractedTable(
        position=position,
        annex=None,
        title=" ".join(
            _text(row.cells[c], vocabulary) for row in titles for c in row.filled_columns
        ),
        columns=columns,
        head=opening,
        rows=body,
        page_first=parts[0].grid.page,
        page_last=parts[-1].grid.page,
        extractor="pdfium" if first.ruled else "pdfium, sans filets",
        characters=printed,
        characters_in_cells=printed,
        **_opinion(parts),
    )


def _opinion(parts: Sequence[_Part]) -> dict[str, Any]:
    """On what share of cells readers agree (None where only one could read), and where not."""
    compared = sum(p.grid.compared for p in parts)
    agreed = sum(p.grid.agreed for p in parts)
    return {
        "agreement": round(agreed / compared, 4) if compared else None,
        "disagreements": [d for p in parts for d in p.grid.doubtful],
    }


def _opened(
    rows: list[_Row], parts: Sequence[_Part], count: int
) -> tuple[list[_Row], list[_Row], list[_Row]]:
    """The rows of a table's first part, parted in titles that span it, head and body."""
    titles: list[_Row] = []
    while len(rows) > 1 and count > 1 and _spans_all(rows[0], count):
        titles.append(rows.pop(0))
    if len(rows) == 1 and len(parts) > 1:  # at the foot of a page, its body on the next
        depth = int(count > 1 and _stands_out(rows[0], [rows[0], *parts[1].rows]))
    else:
        depth = _head_depth(rows, parts, count)
    while 0 < depth < len(rows) and (_says_units(rows[depth]) or _numbers(rows[depth], count)):
        depth += 1
    return titles, rows[:depth], rows[depth:]


def _says_units(row: _Row) -> bool:
    """Does `row` tell but the units of the columns under their headings: (en €)?"""
    return all(UNIT_ALONE.fullmatch(row.text(c)) for c in row.filled_columns)


def _numbers(row: _Row, count: int) -> bool:
    """Does `row` number the columns: (1) (2) (3)?"""
    texts = [text.strip("()[] ") for text in row.texts(count)]
    return count > 2 and texts == [str(n) for n in range(1, count + 1)]


def _spans_all(row: _Row, count: int) -> bool:
    filled = row.filled_columns
    return len(filled) == 1 and row.cells[filled[0]][0].spans_columns == count


def _head_depth(rows: Sequence[_Row], parts: Sequence[_Part], count: int) -> int:
    """How many of the first rows are the head: 0 for a form (labels down the first column)."""
    if len(rows) < 2 or count == 1:
        return 0
    top = rows[0]
    cells = [c for column in top.filled_columns for c in top.cells[column]]
    if any(_is_no_heading(c) for c in cells):
        return 0
    if all(LABEL_VALUE.match(c.raw) for c in cells):
        return 0
    if _is_subdivided(top, rows[1]):
        second = [c for column in rows[1].filled_columns for c in rows[1].cells[column]]
        if not any(_is_no_heading(c) for c in second):
            tall = max(c.spans_rows for c in cells)
            return min(max(tall, 2), len(rows))
    repeated = any(_alike(top, row) for part in parts[1:] for row in part.rows[:2])
    if repeated or _stands_out(top, rows):
        return 1
    if _is_form(rows, count):
        return 0
    return 1 if 2 * len(top.filled_columns) > count else 0


def _told(row: _Row) -> list[_Cell]:
    """The cells of its columns with text."""
    return [c for column in row.filled_columns for c in row.cells[column]]


def _is_no_heading(cell: _Cell) -> bool:
    """Is it a sum, or too long for a heading? One on colour may be longer."""
    return len(cell.raw) > HEAD_LENGTH * (2 if cell.filled else 1) or _is_sum(cell.raw)


def _is_subdivided(top: _Row, under: _Row) -> bool:
    """Has a cell of `top` that covers several columns several cells below it, and none across?"""
    below = _spans(under)
    wide = [(start, end) for start, end in _spans(top) if end - start > 1]
    for start, end in wide:
        under_it = [(a, b) for a, b in below if a < end and start < b]
        if any(a < start or b > end for a, b in under_it):
            return False
    return any(sum(start <= a < end for a, _ in below) > 1 for start, end in wide)


def _spans(row: _Row) -> list[tuple[int, int]]:
    return [(column, column + c[0].spans_columns) for column, c in row.cells.items()]


def _is_form(rows: Sequence[_Row], count: int) -> bool:
    """Are these label | text rows: labels that stand out all the way down, in the first of two
    columns, or in the first and third of four; or labels beside texts and sums by turns?"""
    if count not in (1, 2, 4) or len(rows) < 2:
        return False
    labels, told = ([c for r in rows for c in _filled(r, start)] for start in (0, 1))
    if any(len(c.raw) > HEAD_LENGTH for c in labels):
        return False
    if count == 1 or _marked(labels) >= 0.8 > 0.5 >= _marked(told):
        return True
    below = [c for row in rows[1:] for c in _filled(row, 1)]
    sums = sum(_is_sum(c.raw) for c in below)
    texts = sum(len(c.words) > 2 and not re.search(r"\d", c.raw) for c in below)
    return (
        len(told) == len(labels) == len({c.raw for c in labels})
        and min(sums, texts - 1) > 0
        and not any(_is_sum(c.raw) for c in labels)
    )


def _filled(row: _Row, start: int) -> list[_Cell]:
    """The cells with text of every other column, from `start`."""
    return [c for column in row.filled_columns if column % 2 == start for c in row.cells[column]]


def _marked(cells: Sequence[_Cell]) -> float:
    """Share of bold or coloured ones."""
    return sum(c.bold or c.filled for c in cells) / len(cells) if cells else 0.0


def _is_sum(text: str) -> bool:
    if YEAR.fullmatch(text):
        return False
    return bool(re.match(r"^[\d\s.,€]{3,}", text)) and read_cell(text).total is not None


def _moved(row: _Row, borders: Sequence[int]) -> _Row:
    """`row` with its cells in the columns of the table's first part."""
    cells: dict[int, list[_Cell]] = {}
    for column, members in row.cells.items():
        target = borders[column]
        cells.setdefault(target, []).extend(
            replace(c, spans_columns=borders[column + c.spans_columns] - target) for c in members
        )
    return _Row(cells)


def _without_head(rows: list[_Row], head: Sequence[_Row]) -> list[_Row]:
    """`rows` of a later part without the head that it repeats."""
    rest = list(rows)
    for line in head:
        ours = " ".join(line.text(c) for c in line.filled_columns)
        under = _under_head(line, rest[0]) if rest else None
        if under:
            rest[0] = under
        elif rest:
            theirs = " ".join(rest[0].text(c) for c in rest[0].filled_columns)
            if fuzz.ratio(ours, theirs) >= SAME_HEAD:
                rest.pop(0)
    return rest


def _under_head(head: _Row, row: _Row) -> _Row | None:
    """What `row` says under the texts of `head`, where no rule parts it from these; None where it
    does not repeat them all, or says no more."""
    columns = head.filled_columns
    if len(columns) < 2 or any(len(row.cells.get(c, ())) != 1 for c in columns):
        return None
    cells = dict(row.cells)
    for c in columns:
        told = sum(len(cell.words) for cell in head.cells[c])
        words = row.cells[c][0].words
        if [w.text for w in words[:told]] != head.text(c).split():
            return None
        below = {id(w) for w in words[told:]}
        lines = (tuple(w for w in line if id(w) in below) for line in row.cells[c][0].lines)
        cells[c] = [replace(row.cells[c][0], lines=tuple(filter(None, lines)))]
    under = _Row(cells)
    return under if under.filled_columns else None


def _carry_down(rows: Sequence[_Row], more: Sequence[_Row], count: int) -> None:
    """Give an empty cell at the top of a page the text of the merged cell that the page cut.

    Only in a column where cells are merged downwards and that is never empty elsewhere.
    """
    if not rows or not more:
        return
    for column in range(count):
        merged = any(c.spans_rows > 1 for r in (*rows, *more) for c in r.cells.get(column, []))
        always = all(r.text(column) for r in rows if not _is_heading_row(r, count))
        if not (merged and always):
            continue
        for row in more:
            if row.text(column) or _is_heading_row(row, count):
                break
            row.cells[column] = rows[-1].cells[column]


def _is_heading_row(row: _Row, count: int) -> bool:
    return _is_section(row, count) or is_total(row.texts(count))


def _completes(rows: Sequence[_Row], row: _Row, count: int) -> bool:
    """Is `row`, first of a page, the rest of the last of `rows`?"""
    last = rows[-1]
    if _carries_label(last, row):
        proof = 1.5 * all(r.text(min(last.cells)) for r in rows)
    elif _is_heading_row(row, count) or _is_heading_row(last, count):
        return False
    else:
        proof = 0.0
    if any(
        last.cells[c][0].spans_columns != row.cells[c][0].spans_columns
        for c in row.filled_columns
        if last.text(c)
    ):
        return False
    for column in range(count):
        above, here = last.text(column), row.text(column)
        if _cut_figure(above, here) is not None:
            if _is_certain(above, here):
                proof += 2.0
                continue
            others = [text for r in rows[:-1] if _is_sum(text := r.text(column))]
            if others and all(UNIT.search(text) for text in others):
                proof += (
                    -1.0 if _cut_with_room(last.cells[column][-1], row.cells[column][0]) else 2.0
                )
                continue
        if _is_sum(above) and _is_sum(here):
            return False
        if here and not above:
            proof -= 2.0
        elif here:
            proof += _flow(above, here)
            proof += _room(last.cells[column][-1], row.cells[column][0])
        elif above:
            proof += 1.0 if all(r.text(column) for r in rows) else 0.4
    return proof > 0


def _has_sums_alone(last: _Row, row: _Row) -> bool:
    """Does `row` tell nothing but sums, under sums of `last`: is it a row, or the rest of one?"""
    told = row.filled_columns
    return bool(told) and all(_is_sum(row.text(c)) and _is_sum(last.text(c)) for c in told)


def _cut_figure(above: str, here: str) -> str | None:
    """What stands between the halves of the one figure that the end of a page may cut between
    `above` and `here`, a blank or nothing; None where they do not make one.

    20 000,0|0 € · 1 250|000 € · 2000|0 €, but not 2031|12 000 €, not 12 000 €|600 €
    """
    start, end = CUT_ABOVE.search(above), CUT_BELOW.match(here)
    if not start or not end or not (end["unit"] or _is_certain(above, here)):
        return None
    halves = start["figure"], end["figure"].rstrip()
    if YEAR.fullmatch(halves[0]) and len(halves[1]) > 1:
        return None
    return next((gap for gap in (" ", "") if ONE_FIGURE.fullmatch(gap.join(halves))), None)


def _is_certain(above: str, here: str) -> bool:
    """Is one of them no whole figure by its looks?"""
    return HALF_FIGURE.search(f"{above}\n{here}") is not None


def _cut_with_room(above: _Cell, here: _Cell) -> bool:
    """Does `here` go on with the figure that ends `above`, though it need not have been cut?"""
    if not above.lines or not here.lines:
        return False
    line, following = above.lines[-1], here.lines[0]
    text, below = (" ".join(w.text for w in some) for some in (line, following))
    gap = _cut_figure(text, below)
    return (
        gap is not None
        and not _is_certain(text, below)
        and _had_room((line, above.box), following[0], gap)
    )


def _had_room(last: _Set, word: Word, gap: str) -> bool:
    """Would `word` have had room behind `last`; any digit of it, where no `gap` parts them?"""
    return word.box.width / (1 if gap else len(word.text)) + 1.0 <= _free(last)


def _free(last: _Set) -> float:
    """The room that a line leaves between the paddings of its cell."""
    line, box = last
    left, right = line[0].box.x0 - box.x0, box.x1 - line[-1].box.x1
    return left + right - 2 * min(left, right, PADDING)


def _carries_label(last: _Row, row: _Row) -> bool:
    """Is `row` one text under the text of `last`, beside a label that only `last` has?"""
    filled, label = row.filled_columns, min(last.cells)
    return (
        len(filled) == 1
        and filled[0] > label
        and label in row.cells
        and bool(last.text(label))
        and bool(last.text(filled[0]))
    )


def _flow(above: str, here: str) -> float:
    """How well `here` reads as the continuation of `above`."""
    if above == here:
        return -1.5
    if above.endswith("-") or here[:1].islower() or here[:1] in ",;.)»":
        return 2.0
    if not SENTENCE_END.search(above):
        return 0.3
    return -0.6


def _room(above: _Cell, here: _Cell) -> float:
    """How far the space in a cell lets `here` be the rest of `above`: its first word had to go
    below, and a text cut after its only line hardly has one line more."""
    if not above.lines or not here.lines:
        return 0.0
    line, word = above.lines[-1], here.lines[0][0]
    margin = max(min(x[0].box.x0 for x in above.lines) - above.box.x0, 0.0)
    room = above.box.x1 - margin - line[-1].box.x1
    if word.box.width + SPACE * word.size <= room - 1.0:
        return -1.5
    return -1.0 if len(above.lines) == len(here.lines) == 1 else 0.5


def _complete(rows: Sequence[_Row], rest: _Row) -> None:
    """Add `rest` to the last of `rows`, and to those that share a merged cell with it."""
    for column, cells in rest.cells.items():
        more = [c for c in cells if c.raw]
        cut = rows[-1].cells.setdefault(column, [])[:1]
        sharing = [r for r in rows[:-1] if cut and r.cells.get(column, [])[:1] == cut]
        for row in (*sharing, rows[-1]):
            row.cells[column].extend(more)


def _spread(head: Sequence[_Row], count: int) -> list[_Row]:
    """Head rows with each text standing over all columns that its cell covers."""
    result = []
    for row in head:
        cells: dict[int, list[_Cell]] = {}
        for column, members in row.cells.items():
            for c in range(column, min(column + members[0].spans_columns, count)):
                cells[c] = members
        result.append(_Row(cells))
    return result


def _heading(levels: Sequence[Sequence[_Cell]], vocabulary: Vocabulary) -> str:
    """A column's heading: the texts above it, top to bottom, each once."""
    texts: list[str] = []
    for cells in levels:
        text = _text(cells, vocabulary).replace("\n", " ")
        if text and text not in texts:
            texts.append(text)
    return " ".join(texts)


def _kept_columns(rows: Sequence[_Row], grid: Grid) -> list[int]:
    """Columns that say something, or are wide enough to be meant."""
    return [
        c
        for c in range(grid.column_count)
        if any(row.text(c) for row in rows)
        or (grid.xs[c + 1] - grid.xs[c] > NARROW and not _always_covered(rows, c))
    ]


def _always_covered(rows: Sequence[_Row], column: int) -> bool:
    return all(column not in row.cells for row in rows)


def _is_section(row: _Row, count: int) -> bool:
    """A title over the rows below: one cell across (nearly) the whole table."""
    filled = row.filled_columns
    if count < 3 or len(filled) != 1:
        return False
    cell = row.cells[filled[0]][0]
    if len(GROUPED.findall(cell.raw)) > FEW_FIGURES:  # rows that nothing parts
        return False
    return cell.spans_columns >= max(3, count - 1) and not is_total([cell.raw])


def _extracted(row: _Row, kept: Sequence[int], count: int, vocabulary: Vocabulary) -> ExtractedRow:
    cells = [
        _extracted_cell(number, row.cells[column], vocabulary, row.torn)
        for number, column in enumerate(kept, start=1)
        if row.cells.get(column)
    ]
    if is_total([cell.text for cell in cells]):
        return ExtractedRow(kind="total", cells=cells)
    return ExtractedRow(kind="section" if _is_section(row, count) else "body", cells=cells)


def _told_apart(rows: list[ExtractedRow]) -> list[ExtractedRow]:
    """`rows`, those that the next one replaces and those that add up the next ones named so."""
    texts = [{c.column: c.text for c in row.cells if c.text.strip()} for row in rows]
    kinds: dict[int, RowKind] = {
        i: "replaced" for i, pair in enumerate(pairwise(texts)) if replaces(*pair)
    }
    body = [i for i, row in enumerate(rows) if row.kind == "body" and i not in kinds]
    kinds |= {body[k]: "total" for k in subtotals([texts[i] for i in body])}
    return [row.model_copy(update={"kind": kinds.get(i, row.kind)}) for i, row in enumerate(rows)]


def _extracted_cell(
    number: int, members: Sequence[_Cell], vocabulary: Vocabulary, torn: bool
) -> ExtractedCell:
    first = members[0]
    words = [w for cell in members for w in cell.words]
    text = _text(members, vocabulary)
    doubtful = _may_be_cut(members) or (torn and _is_sum(text))
    heavy = sum(len(w.text) for w in words if w.bold)
    return ExtractedCell(
        column=number,
        text=text,
        bold=bool(words) and 2 * heavy > sum(len(w.text) for w in words),
        place=place(first.page, first.paper),
        spans_rows=first.spans_rows,
        spans_columns=first.spans_columns,
        rest=[place(c.page, c.paper) for c in members if c.page != first.page],
        confidence=DOUBTFUL if doubtful else _confidence(words),
    )


def place(page: int, box: Box) -> Place:
    """`box` of `page` as a Place, to a tenth of a point."""
    return Place(
        page=page,
        x0=round(box.x0, 1),
        top=round(box.top, 1),
        x1=round(box.x1, 1),
        bottom=round(box.bottom, 1),
    )


def _may_be_cut(members: Sequence[_Cell]) -> bool:
    """May a page's end have cut a figure of this cell, though nothing proves it?"""
    return any(_cut_with_room(above, here) for above, here in pairwise(members))


def _confidence(words: Sequence[Word]) -> float | None:
    """The least confidence of the words with figures, else the mean; None unless OCR read them."""
    figures = [w.confidence for w in words if w.confidence is not None and re.search(r"\d", w.text)]
    known = [w.confidence for w in words if w.confidence is not None]
    if figures:
        return round(min(figures), 3)
    return round(sum(known) / len(known), 3) if known else None


def _text(members: Sequence[_Cell], vocabulary: Vocabulary) -> str:
    """The text of a cell: cut words joined, a newline between paragraphs."""
    lines = [(line, cell.box) for cell in members for line in cell.lines]
    if not lines:
        return ""
    pitch = min((_pitch(a, b) for a, b in pairwise(lines) if a[1] == b[1]), default=0.0)
    listed = sum(bool(BULLET.match(" ".join(w.text for w in line))) for line, _ in lines) > 1
    paragraphs: list[list[str]] = [[]]
    full: list[set[int]] = [set()]  # in each paragraph, the lines that may end within a word
    last: tuple[tuple[Word, ...], Box] | None = None
    for line, box in lines:
        text = " ".join(w.text for w in line)
        item = listed and BULLET.match(text)
        gap = _cut_figure(paragraphs[-1][-1], text) if last else None
        if last and gap is not None and (last[1] != box or not _had_room(last, line[0], gap)):
            paragraphs[-1][-1] += gap + text
            last = (line, box)
            continue
        if last and (item or _breaks(last, (line, box), _margin(lines, box), pitch)):
            paragraphs.append([])
            full.append(set())
        elif last and _may_cut_word(last, line[0]):
            full[-1].add(len(paragraphs[-1]) - 1)
        paragraphs[-1].append(text)
        last = (line, box)
    return "\n".join(
        join_lines(p, vocabulary, some) for p, some in zip(paragraphs, full, strict=True)
    )


def _may_cut_word(last: _Set, word: Word) -> bool:
    """Had the line no room for one more letter, nor the column for its last word and `word` in
    one?"""
    line, free = last[0], _free(last)
    column = free + line[-1].box.x1 - line[0].box.x0
    letter = min(word.box.width, WIDEST * word.size)
    return letter >= free and line[-1].box.width + word.box.width > column


def _pitch(last: _Set, line: _Set) -> float:
    """From baseline to baseline, in sizes of the larger type."""
    distance = line[0][0].baseline - last[0][0].baseline
    return distance / max(w.size for w in (*last[0], *line[0]))


def _margin(lines: Sequence[_Set], box: Box) -> float:
    return min(line[0].box.x0 for line, other in lines if other == box) - box.x0


def _breaks(last: _Set, line: _Set, margin: float, pitch: float) -> bool:
    """Was the line broken on purpose: set lower than at `pitch`, or with room for the next word
    behind it, or does the next line open a paragraph by its looks?"""
    words, box = last
    following = line[0][0]
    text, here = (" ".join(w.text for w in some) for some in (words, line[0]))
    ended = SENTENCE_END.search(text)
    if text.endswith(("-", "/", "\u00ad")) and len(words[-1].text) > 1:
        return False
    page_cut = box != line[1]
    if LIST_MARK.match(here) or ((ended or page_cut) and BULLET.match(here)):
        return True
    if here[:1].isupper() and {w.bold for w in words} ^ {w.bold for w in line[0]} == {True, False}:
        return True
    if page_cut and not ended and here[:1].islower():
        return False
    if not page_cut and _pitch(last, line) > PARAGRAPH * pitch:
        return True
    room = box.x1 - max(margin, 0.0) - words[-1].box.x1
    return following.box.width + SPACE * following.size < room - 1.0
