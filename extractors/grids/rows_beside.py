"""Rows that only some columns show, whose cells are coloured one by one: the others have neither
rules nor colours."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.grids.grid import Grid, GridCell
from extractors.pages.page import Box

OPEN_COLUMNS = 2  # fewer that nothing parts may be one cell beside several
OVER = 1.0  # points: how far a text may reach over the edge of a row


def with_rows_beside(grid: Grid) -> Grid:
    """`grid` with its cells that go down beside several coloured ones parted in their rows, where
    texts of several columns stand in most of these, and none across an edge."""
    cells = list(grid.cells)
    for rows in _tall_rows(grid):
        beside = [c for c in cells if c.row in rows]
        tall = [c for c in beside if not c.filled]
        if all(_fills_row(c) if c.filled else _is_as_tall(c, rows) for c in beside):
            parted = [_parted(cell, rows, grid.ys) for cell in tall]
            if len(tall) >= OPEN_COLUMNS and _are_rows(tall, parted):
                cells = [c for c in cells if not any(c is t for t in tall)]
                cells += [part for parts in parted for part in parts]
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


def _are_rows(tall: Sequence[GridCell], parted: Sequence[Sequence[GridCell]]) -> bool:
    """Are the rows those of the texts: does none of these leave its row, and have most rows texts
    in several columns?"""
    kept = sum(len(part.words) for parts in parted for part in parts)
    across = any(
        w.box.top < part.box.top - OVER or w.box.bottom > part.box.bottom + OVER
        for parts in parted
        for part in parts
        for w in part.words
    )
    told = [sum(bool(part.words) for part in row) for row in zip(*parted, strict=True)]
    several = sum(count >= OPEN_COLUMNS for count in told)
    return kept == sum(len(c.words) for c in tall) and not across and 2 * several > len(told)
