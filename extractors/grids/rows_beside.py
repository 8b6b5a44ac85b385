"""Rows that only some columns show, whose cells are coloured one by one: the others have neither
rules nor colours."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.grids.grid import Grid, GridCell, is_filled
from extractors.pages.page import Box, Page

OPEN_COLUMNS = 2  # fewer that nothing parts may be one cell beside several
EDGE = 1.0  # points between the edge of a colour and that of its row or column
OVER = 1.0  # points: how far a text may reach over the edge of a row


def with_rows_beside(page: Page, grid: Grid) -> Grid:
    """`grid` of `page` with its cells that go down beside several coloured ones parted in their
    rows, where texts of several columns stand in most of these, or colour behind one in a row of
    its own, and no text across an edge."""
    cells = list(grid.cells)
    for rows in _tall_rows(grid):
        beside = [c for c in cells if c.row in rows]
        tall = [c for c in beside if not c.filled]
        if all(_fills_row(c) if c.filled else _is_as_tall(c, rows) for c in beside):
            parted = [_parted(cell, rows, grid.ys) for cell in tall]
            coloured = [[*_with_own_colour(page, grid, part)] for ps in parted for part in ps]
            own = any(len(some) > 1 or some[0].filled for some in coloured)
            if len(tall) >= OPEN_COLUMNS and _are_rows(tall, parted, own):
                cells = [c for c in cells if not any(c is t for t in tall)]
                cells += [part for some in coloured for part in some]
    return replace(grid, cells=tuple(cells), drawn=False) if len(cells) > len(grid.cells) else grid


def _tall_rows(grid: Grid) -> Iterator[range]:
    """The rows of each height over several of them that cells without a colour have."""
    found = {(c.row, c.row_end) for c in grid.cells if not c.filled and c.row_end - c.row > 1}
    for start, end in sorted(found):
        yield range(start, end)


def _fills_row(cell: GridCell) -> bool:
    return cell.row_end == cell.row + 1


def _is_as_tall(cell: GridCell, rows: range) -> bool:
    return (cell.row, cell.row_end) == (rows.start, rows.stop)


def _parted(cell: GridCell, rows: range, ys: Sequence[float]) -> list[GridCell]:
    """`cell`, over `rows`, as the cells that it is in each of them."""
    return [
        replace(
            cell,
            row=row,
            row_end=row + 1,
            box=(box := Box(cell.box.x0, top, cell.box.x1, bottom)),
            words=tuple(w for w in cell.words if box.top <= w.box.middle[1] < box.bottom),
        )
        for row, (top, bottom) in zip(rows, pairwise(ys[rows.start : rows.stop + 1]), strict=True)
    ]


def _with_own_colour(page: Page, grid: Grid, part: GridCell) -> Iterator[GridCell]:
    """`part`, a row of a cell, as the cells that colour behind some of its columns makes of it,
    where no text goes over the edge of one."""
    box = part.box
    sides = {
        x
        for fill in page.fills
        if fill.visible
        and abs(fill.box.top - box.top) <= EDGE
        and abs(fill.box.bottom - box.bottom) <= EDGE
        for x in (fill.box.x0, fill.box.x1)
    }
    borders = [
        c
        for c in range(part.column + 1, part.column_end)
        if any(abs(grid.xs[c] - x) <= EDGE for x in sides)
        and not any(w.box.x0 < grid.xs[c] < w.box.x1 for w in part.words)
    ]
    for start, end in pairwise([part.column, *borders, part.column_end]):
        own = replace(box, x0=grid.xs[start], x1=grid.xs[end])
        words = tuple(w for w in part.words if own.x0 <= w.box.middle[0] < own.x1)
        cell = replace(part, column=start, column_end=end, box=own, words=words)
        yield replace(cell, filled=is_filled(page, own))


def _are_rows(
    tall: Sequence[GridCell], parted: Sequence[Sequence[GridCell]], coloured: bool
) -> bool:
    """Are the rows those of the texts: does none of these leave its row, and have most rows texts
    in several columns, or is one of them `coloured` by itself?"""
    kept = sum(len(part.words) for parts in parted for part in parts)
    across = any(
        w.box.top < part.box.top - OVER or w.box.bottom > part.box.bottom + OVER
        for parts in parted
        for part in parts
        for w in part.words
    )
    told = [sum(bool(part.words) for part in row) for row in zip(*parted, strict=True)]
    several = sum(count >= OPEN_COLUMNS for count in told)
    whole = kept == sum(len(c.words) for c in tall) and not across
    return whole and (coloured or 2 * several > len(told))
