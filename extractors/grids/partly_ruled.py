"""Tables whose rules part only some of their columns, or leave out their head: the text shows the
others."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.grids.grid import Grid, GridCell
from extractors.grids.nested import without_blank_rows
from extractors.grids.pieces import (
    COLUMN_SPACE,
    LEADING,
    WORD_SPACE,
    lines_of,
)
from extractors.grids.reach import (
    LARGER,
    LINE_REACH,
    MANY,
    SAME_EDGE,
    extended_area,
    fits,
    known_borders,
    text_lines,
    usual_size,
)
from extractors.grids.ruled import ruled_grids
from extractors.grids.rules import merged_rules
from extractors.grids.text_grid import ROWS, parted_cells, text_grid
from extractors.grids.unruled import SHORTEST_BAR, is_table
from extractors.pages.page import Box, Page, Word, around

FRAME = 6.0  # points: rules above and below a table stand as near to its texts
PIECES = 4  # of a line of a cell, each in a column that no rule parts


def with_columns(page: Page, grid: Grid) -> Grid:
    """`grid` with the columns that its text shows, where rules part only its rows, its head from
    a body that is framed as a whole, or few of many columns."""
    if grid.column_count > 1 and not _leaves_columns_to_text(grid):
        return grid
    area = extended_area(page, grid.box, grid.ys, page.words)
    words = [w for w in page.words if area.holds(*w.box.middle)]
    found = text_grid(page, area, grid.ys, words)
    if found and not any(_says_several(found, row) for row in range(found.row_count)):
        return grid
    if found and grid.column_count > 1:
        return _with_many_columns(page, grid, found)
    if found and _has_short_rules(page, grid):
        found = _with_borders(page, grid, found.xs) or found
    return found if found and (grid.row_count >= ROWS or is_table(found)) else grid


def _leaves_columns_to_text(grid: Grid) -> bool:
    """Has a cell of several rows of `grid` a line in many pieces?"""
    told = {
        c.row
        for c in grid.cells
        if c.words and any(len(line) >= PIECES for line in lines_of(c.words, COLUMN_SPACE))
    }
    return len(told) >= ROWS


def _with_many_columns(page: Page, grid: Grid, found: Grid) -> Grid:
    """`grid` with the columns that `found`, its text, shows, where rules part less than half of
    them: those beside a total, or the edge of a dark first column. The dark head of a scan shows
    no borders."""
    if found.column_count < 2 * grid.column_count:
        return grid
    parted = _with_borders(page, grid, found.xs)
    return parted or (found if found.row_count == grid.row_count else grid)


def _says_several(grid: Grid, row: int) -> bool:
    return sum(bool(cell.words) for cell in grid.row(row)) > 1


def _has_short_rules(page: Page, grid: Grid) -> bool:
    """Do rules part rows of `grid` in some columns only?"""
    across, _ = merged_rules(r for r in page.rules if grid.box.holds(*r.middle, slack=1.0))
    return any(r.end - r.start < grid.box.width - 2 * SAME_EDGE for r in across)


def _with_borders(page: Page, grid: Grid, xs: Sequence[float]) -> Grid | None:
    """`grid`, whose rules part some rows in some columns only, with borders at `xs` but where a
    text, a title over all its columns or a coloured cell over several goes over one; None where
    that makes no such columns."""
    rules = [rule for rule in page.rules if grid.box.holds(*rule.middle, slack=1.0)]
    fills = [fill.box for fill in page.fills if grid.box.holds(*fill.box.middle)]
    texts = [p.box for c in grid.cells for line in lines_of(c.words, WORD_SPACE) for p in line]
    ends = [x for box in (*rules, *fills) for x in (box.x0, box.x1)]
    drawn = [_at_an_end(x, ends, texts) for x in xs]
    over = [
        c
        for c in grid.cells
        for spans in [c.column_end - c.column]
        if spans > 1 and (c.filled or spans == grid.column_count)
    ]
    borders = [
        Box(x, top, x, bottom)
        for row, (top, bottom) in enumerate(pairwise(grid.ys))
        for x in drawn
        if not any(c.row <= row < c.row_end and c.box.x0 < x < c.box.x1 for c in over)
        if not any(t.x0 < x < t.x1 and top < t.middle[1] < bottom for t in texts)
    ]
    found = ruled_grids(replace(page, rules=(*rules, *borders)))
    fits = found and found[0].column_count == len(xs) - 1
    return replace(without_blank_rows(found[0]), drawn=False) if fits else None


def _at_an_end(border: float, ends: Sequence[float], texts: Sequence[Box]) -> float:
    """Where rules or colours begin or end in the same blank as `border`, else `border`."""
    left = max((t.x1 for t in texts if t.x1 <= border), default=border)
    right = min((t.x0 for t in texts if t.x0 >= border), default=border)
    within = [x for x in ends if left <= x <= right]
    return min(within, key=lambda x: abs(x - border), default=border)


def with_merged_cells(page: Page, grid: Grid) -> Grid:
    """`grid`, whose columns blanks part, with the cells that go down over several rows: rules part
    these in most columns, and not in theirs."""
    if grid.ruled or grid.row_count < ROWS or not page.rules:
        return grid
    top, *inner, bottom = grid.ys
    bars = [r.middle[1] for r in page.rules if r.width > SHORTEST_BAR]
    over = min((y for y in bars if top - FRAME < y < top), default=top)
    under = max((y for y in bars if bottom < y < bottom + FRAME), default=bottom)
    framed = replace(grid, ys=(over, *inner, under))
    if not _has_short_rules(page, framed):
        return grid
    rules = (*page.rules, *_under_leading(framed, bars), *_under_wide(framed))
    found = _with_borders(replace(page, rules=rules), framed, grid.xs)
    if found is None or _full(found) != _full(grid) or any(map(_says_two_texts, found.cells)):
        return grid
    return replace(found, ruled=False)


def _says_two_texts(cell: GridCell) -> bool:
    """Does `cell`, over several rows, hold lines further apart than those of a text?"""
    lines = cell.lines if cell.row_end - cell.row > 1 else []
    return any(
        below[0].box.top - line[0].box.bottom > LEADING * line[0].size
        for line, below in pairwise(lines)
    )


def _under_leading(grid: Grid, bars: Sequence[float]) -> Iterator[Box]:
    """A rule under each row between one of `bars` and a full row that says something in few columns
    beyond the first: the rest of a row that the page before cut, or a title, and no line of the row
    below it."""
    for r in range(1, grid.row_count - 1):
        told = [c for c in grid.row(r) if c.words]
        ruled = any(abs(y - grid.ys[r]) <= SAME_EDGE for y in bars)
        leads = told and told[0].column and 2 * len(told) <= grid.column_count
        below = [c for c in grid.row(r + 1) if c.words]
        if ruled and leads and _is_full(below, grid):
            yield Box(grid.xs[0], grid.ys[r + 1], grid.xs[-1], grid.ys[r + 1])


def _under_wide(grid: Grid) -> Iterator[Box]:
    """A rule under each text over several columns in which the next row has texts: a heading over
    the headings of these."""
    for cell in grid.cells:
        if cell.words and cell.column_end - cell.column > 1 and cell.row_end < grid.row_count:
            columns = range(cell.column, cell.column_end)
            below = [c for c in grid.row(cell.row_end) if c.words and c.column in columns]
            if len(below) > 1:
                y = grid.ys[cell.row_end]
                yield Box(grid.xs[cell.column], y, grid.xs[cell.column_end], y)


def _full(grid: Grid) -> int:
    """How many rows have a text in most columns, of their own."""
    rows = ([c for c in grid.cells if c.row == r and c.words] for r in range(grid.row_count))
    return sum(_is_full(row, grid) for row in rows)


def _is_full(told: Sequence[GridCell], grid: Grid) -> bool:
    return 2 * len(told) > grid.column_count


def with_columns_as_above(above: Grid, grid: Grid) -> Grid:
    """`grid`, on which the table `above` may go on, with the columns of `above` in its cells whose
    texts stand in several of them, none across a border."""
    near = [min(range(len(above.xs)), key=lambda i: abs(above.xs[i] - x)) for x in grid.xs]
    if any(abs(above.xs[i] - x) > SAME_EDGE for i, x in zip(near, grid.xs, strict=True)):
        return grid
    cells: list[GridCell] = []
    parted = False
    for cell in grid.cells:
        first, end = near[cell.column], near[cell.column_end]
        xs = above.xs[first : end + 1]
        moved = replace(cell, column=first, column_end=end)
        pieces = (
            [p.box for line in lines_of(cell.words, WORD_SPACE) for p in line] if cell.words else []
        )
        across = any(p.x0 + 1 < x < p.x1 - 1 for p in pieces for x in xs[1:-1])
        several = len({bisect_right(xs, p.middle[0]) for p in pieces}) > 1
        parted |= several and not across
        cells += parted_cells(moved, xs) if several and not across else [moved]
    return replace(grid, xs=above.xs, cells=tuple(cells), drawn=False) if parted else grid


def with_head(page: Page, grid: Grid) -> Grid:
    """`grid` with the columns of its head, where no rules part that but its texts stand over them:
    a band of colour right above the cells that are ruled."""
    top = grid.row(0)
    if len(top) > 1 or not top[0].filled:
        return grid
    columns = {bisect_right(grid.xs, w.box.middle[0]) - 1 for w in top[0].words}
    lines = text_lines(page, top[0].words)
    if 2 * len(columns) <= grid.column_count or not all(
        fits(line, known_borders(grid.xs)) for line in lines
    ):
        return grid
    head = parted_cells(top[0], grid.xs)
    return replace(grid, cells=(*head, *(c for c in grid.cells if c.row)), drawn=False)


def with_head_above(page: Page, grid: Grid) -> Grid:
    """`grid` with its head, where that stands right above the topmost rule: texts in bold type over
    most columns, none across a border, while hardly any other is bold."""
    if grid.column_count < MANY or not grid.ruled:
        return grid
    within = [w for c in grid.cells for w in c.words]
    top = grid.box.top
    over = [w for w in page.words if w.box.middle[1] < top]
    size = usual_size(within)
    words: list[Word] = []
    for line in reversed(text_lines(page, over)):
        here = [w for piece in line for w in piece.words]
        box = around([w.box for w in here])
        near = top - box.bottom <= LINE_REACH * size and here[0].size <= LARGER * size
        if not (near and all(w.bold for w in here) and fits(line, known_borders(grid.xs))):
            break
        words, top = [*here, *words], box.top
    columns = {bisect_right(grid.xs, w.box.middle[0]) for w in words}
    if 2 * len(columns) <= grid.column_count:
        return grid
    box = Box(grid.box.x0, top - 1, grid.box.x1, grid.box.top)
    head = parted_cells(GridCell(0, 1, 0, grid.column_count, box, tuple(words)), grid.xs)
    below = (replace(c, row=c.row + 1, row_end=c.row_end + 1) for c in grid.cells)
    return replace(grid, ys=(box.top, *grid.ys), cells=(*head, *below), drawn=False)
