"""Sheets of actions that touch one another: each below the last, no blank between, but not as
wide."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extractors.grids.grid import Grid, GridCell
from normalizers.references import names_action


def glued_apart(grid: Grid) -> Iterator[Grid]:
    """The sheets that `grid` is made of: each begins with a row that names its action, one text
    across, and ends at another place than the row above."""
    starts = [0, *(r for r in range(1, grid.row_count) if _begins_sheet(grid, r))]
    if len(starts) == 1:
        yield grid
        return
    for start, end in pairwise([*starts, grid.row_count]):
        yield _part(grid, start, end)


def _begins_sheet(grid: Grid, row: int) -> bool:
    told = [c for c in grid.row(row) if c.words]
    if len(told) != 1 or told[0].row != row or told[0].column or told[0].row_end != row + 1:
        return False
    named = names_action(told[0].text)
    return named and told[0].column_end != _end(grid, row - 1)


def _end(grid: Grid, row: int) -> int:
    """Behind which column `row` ends: cells that say nothing and go down beside others, behind its
    last text, are none of its own."""
    own = [c for c in grid.row(row) if c.words or c.row_end == c.row + 1]
    return max((c.column_end for c in own), default=grid.column_count)


def _part(grid: Grid, start: int, end: int) -> Grid:
    """The rows of `grid` from `start` to `end`, as wide as the first of them, or to the last text,
    in columns between their own borders."""
    wide = max(_end(grid, r) for r in range(start, end))
    inside = [c for c in grid.cells if start <= c.row < end and c.column_end <= wide]
    kept = sorted({at for c in inside for at in (c.column, c.column_end)})
    column = {old: new for new, old in enumerate(kept)}

    def moved(cell: GridCell) -> GridCell:
        return replace(
            cell,
            row=cell.row - start,
            row_end=min(cell.row_end, end) - start,
            column=column[cell.column],
            column_end=column[cell.column_end],
        )

    return replace(
        grid,
        xs=tuple(grid.xs[at] for at in kept),
        ys=grid.ys[start : end + 1],
        cells=tuple(map(moved, inside)),
    )
