"""A table without rules that goes on over the page keeps its columns."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.grids.grid import Grid, GridCell
from extractors.grids.partly_ruled import with_columns_as_above, with_merged_cells
from extractors.grids.pieces import ALIKE, NOTE
from extractors.grids.reach import (
    ROW_REACH,
    fits,
    known_borders,
    same_places,
    text_lines,
)
from extractors.grids.rows_below import moved_aside, rows_in_columns
from extractors.grids.rows_within import (
    has_bars_alone,
    with_head_as_above,
    with_rows_as_above,
)
from extractors.grids.stripes import with_columns_left
from extractors.grids.text_grid import filled_grid, parted_cells, rows_between
from extractors.grids.unruled import stacked_areas
from extractors.numbering import is_heading
from extractors.pages.page import Box, Page, Word, around

ASTRAY = 8  # one line in so many may cross the columns of a table


def continued(above: Page, over: Sequence[Grid], page: Page, grids: list[Grid]) -> list[Grid]:
    """`grids` of `page` as they are where the last table of the page `above`, whose grids are
    `over`, goes on: with the rows that it has left at the top, and with its columns."""
    last = over[-1] if over else None
    if last is None or abs(above.width - page.width) > 1:
        return grids
    below = [w for w in above.words if w.box.top > last.box.bottom]
    if below and not NOTE.match(" ".join(w.text for w in below)):
        return grids
    if last.ruled and not grids:
        return [rest] if page.words and (rest := _rest_of_cells(page, last, last.xs)) else []
    if last.ruled:
        wide = (_with_first_columns_of(last, page, grid) for grid in grids[:1])
        headed = (with_head_as_above(last, grid) for grid in wide)
        if grids and has_bars_alone(above, last) and has_bars_alone(page, grids[0]):
            last = replace(last, drawn=False)
        found = (with_columns_as_above(last, with_rows_as_above(last, g)) for g in headed)
        return [*found, *grids[1:]]
    if grids and _is_bands_of(last, grids[0]):
        uncoloured = continued(above, over, page, grids[1:])
        return uncoloured if len(uncoloured) == len(grids) else grids
    first = grids[0] if grids and not grids[0].ruled else None
    end = min((g.box.top for g in grids), default=page.height)
    words = [w for w in page.words if w.box.bottom <= end]
    within = [w for w in page.words if first and w.box.middle[1] <= first.box.bottom]
    xs = moved_aside(last, text_lines(page, within or words))
    top = min((w.box.top for w in words), default=0.0) - 1
    rows = rows_in_columns(page, words, xs, top) if words else None
    again = _in_columns(page, first, within, xs) if first and (rows or not words) else None
    if first and words and not rows:
        below = [w for w in within if w.box.bottom > end]
        whole = first if _stands_in(first, xs) else _in_columns(page, first, below, xs)
        again = _with_rest(page, last, whole, words, xs) if whole else None
    if again:
        return [_with_head_of(last, again), *grids[1:]]
    if rest := rows or (_rest_of_cells(page, last, xs) if words and not grids else None):
        return [_with_head_of(last, rest), *grids]
    return [_with_title_of(last, first, words), *grids[1:]] if first and words else grids


def _with_first_columns_of(last: Grid, page: Page, grid: Grid) -> Grid:
    """`grid` with the first columns of `last`, which nothing draws on `page` and it lacks."""
    lefts = last.xs[: -len(grid.xs)]
    same = bool(lefts) and same_places(last.xs[len(lefts) :], grid.xs)
    return with_columns_left(page, grid, lefts) if same else grid


def _is_bands_of(last: Grid, grid: Grid) -> bool:
    """Is `grid` mere colour behind rows of `last`, as wide, in which nothing parts columns?"""
    ends = [(g.xs[0], g.xs[-1]) for g in (last, grid)]
    return grid.column_count == 1 and all(c.filled for c in grid.cells) and same_places(*ends)


def _with_title_of(last: Grid, first: Grid, words: Sequence[Word]) -> Grid:
    """`first`, which has no head, with the last line of `words`, all that stands above it, where
    that is set as the titles over rows of `last` are."""
    titles = [c for c in last.cells if c.row and c.column_end - c.column == last.column_count]
    line = [w for w in words if abs(w.baseline - words[-1].baseline) < ALIKE]
    box = around([w.box for w in line])
    far = first.box.top - box.bottom > ROW_REACH * line[0].size
    headed = all(w.bold for c in first.row(0) for w in c.words)
    heading = is_heading(" ".join(w.text for w in line))
    if (
        far
        or headed
        or heading
        or not any(
            title.words
            and {(w.bold, w.size) for w in line} == {(w.bold, w.size) for w in title.words}
            and min(abs(off), abs(off - first.xs[0] + last.xs[0])) < ALIKE
            and box.x1 <= first.xs[-1]
            for title in titles
            for off in [box.x0 - title.words[0].box.x0]
        )
    ):
        return first
    box = Box(first.xs[0], box.top - 1, first.xs[-1], first.box.top)
    title = GridCell(0, 1, 0, first.column_count, box, tuple(line))
    below = (replace(c, row=c.row + 1, row_end=c.row_end + 1) for c in first.cells)
    return replace(first, ys=(box.top, *first.ys), cells=(title, *below))


def _with_head_of(last: Grid, grid: Grid) -> Grid:
    """`grid`, whose first rows together say what the first of `last` does, in the same columns,
    with these as one: some heads have more lines than others."""
    head = last.row(0)
    said = [sorted(w.text for w in c.words) for c in head]
    for count in range(2, grid.row_count):
        top, below = ([c for c in grid.cells if (c.row < count) == over] for over in (True, False))
        parts = [[c for c in top if h.column <= c.column < h.column_end] for h in head]
        if [sorted(w.text for c in part for w in c.words) for part in parts] == said:
            break
    else:
        return grid
    whole = (
        replace(
            h,
            row_end=1,
            box=Box(grid.xs[h.column], grid.ys[0], grid.xs[h.column_end], grid.ys[count]),
            words=tuple(w for c in part for w in c.words),
            filled=any(c.filled for c in part),
        )
        for h, part in zip(head, parts, strict=True)
    )
    up = count - 1
    moved = (replace(c, row=c.row - up, row_end=c.row_end - up) for c in below)
    return replace(grid, ys=(grid.ys[0], *grid.ys[count:]), cells=(*whole, *moved))


def _rest_of_cells(page: Page, last: Grid, xs: Sequence[float]) -> Grid | None:
    """All that stands on `page`, where it goes on with texts of the last row of `last`, beyond the
    first of its columns, which are between `xs`: each word in one of these, the lines where those
    of its text begin."""
    cells = {c.column: c for c in last.row(last.row_count - 1) if c.words and c.column}
    box = around([w.box for w in page.words])
    rest = GridCell(0, 1, 0, last.column_count, replace(box, x0=xs[0], x1=xs[-1]), page.words)
    parts = [part for part in parted_cells(rest, xs) if part.words]
    if sum(len(part.words) for part in parts) < len(page.words):
        return None
    if not all(part.column in cells and _goes_on(cells[part.column], part) for part in parts):
        return None
    return Grid(
        page.number,
        tuple(xs),
        (box.top - 1, box.bottom + 1),
        tuple(parted_cells(rest, xs)),
        ruled=last.ruled,
        drawn=False,
    )


def _goes_on(cell: GridCell, part: GridCell) -> bool:
    """Do the lines of `part` begin where those of `cell` do, of one column, and end within it?"""
    inside = all(part.box.x0 <= w.box.x0 and w.box.x1 <= part.box.x1 for w in part.words)
    starts = [min(line[0].box.x0 for line in some.lines) for some in (cell, part)]
    return inside and abs(starts[0] - starts[1]) < ALIKE


def _with_rest(
    page: Page, last: Grid, first: Grid, words: Sequence[Word], xs: Sequence[float]
) -> Grid | None:
    """`first`, in columns `xs`, those of `last`, with the rest of the row that the page before cut:
    `words`, all that stands above it, where these are lines right over it beyond the first column,
    or go on within the sentence of the label."""
    lines = text_lines(page, words)
    box = around([w.box for w in words])
    near = first.box.top - box.bottom <= ROW_REACH * lines[-1][0].size
    if not near or not all(fits(line, known_borders(xs)) for line in lines):
        return None
    box = replace(first.box, top=box.top - 1, bottom=first.box.top)
    rest = parted_cells(GridCell(0, 1, 0, first.column_count, box, tuple(words)), xs)
    if rest[0].words and not _goes_on_with_label(last, rest[0]):
        return None
    below = (
        replace(
            c,
            row=c.row + 1,
            row_end=c.row_end + 1,
            box=replace(c.box, x0=xs[c.column], x1=xs[c.column_end]),
        )
        for c in first.cells
    )
    return replace(first, xs=tuple(xs), ys=(box.top, *first.ys), cells=(*rest, *below))


def _goes_on_with_label(last: Grid, rest: GridCell) -> bool:
    """Does `rest` go on within the sentence of the label of the last row of `last`?"""
    label = next((c for c in last.row(last.row_count - 1) if not c.column and c.words), None)
    small = rest.lines[0][0].text[:1].islower()
    return label is not None and small and _goes_on(label, rest)


def _stands_in(grid: Grid, xs: Sequence[float]) -> bool:
    """Does each cell of `grid` stand in its column of those between `xs`?"""
    return grid.column_count == len(xs) - 1 and all(
        xs[c.column] < w.box.middle[0] < xs[c.column_end] for c in grid.cells for w in c.words
    )


def _in_columns(page: Page, first: Grid, words: Sequence[Word], xs: Sequence[float]) -> Grid | None:
    """`words`, all that stands on `page` down to the end of its `first` table, in columns `xs`;
    None where they stand otherwise, or make fewer cells, or `first` has them all so."""
    lines = text_lines(page, words)
    if same_places(first.xs, xs) and min(w.box.top for w in words) >= first.box.top - 1:
        return None
    if sum(not fits(line, known_borders(xs)) for line in lines) > len(lines) / ASTRAY:
        return None
    ys = max(
        stacked_areas(page, words), key=lambda s: s[0].overlap(first.box), default=(first.box, ())
    )[1]
    rows = rows_between(page, words, xs, ys)
    top = min(w.box.top for w in words) - 1
    whole = filled_grid(page, xs, rows, Box(xs[0], top, xs[-1], first.box.bottom))
    again = with_merged_cells(page, whole)
    return again if _filled_cells(again) >= _filled_cells(first) else None


def _filled_cells(grid: Grid) -> int:
    return sum(bool(cell.words) for cell in grid.cells)
