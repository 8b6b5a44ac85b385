"""Coloured heads as high as their own texts: their row is as high as the highest of them.

┌────────┐ ┌─────────────┐
│        │ │ Subvention  │
│ Action │ │ accordée    │
└────────┘ └─────────────┘
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.grids.grid import Grid, GridCell
from extractors.pages.page import around


def with_level_heads(grid: Grid) -> Grid:
    """`grid`, each of its coloured cells with the blank, lower than a line of its own, that is left
    over or under it by a higher one beside it."""
    cells = list(grid.cells)
    while found := next(_left_over(cells), None):
        blank, heads = found
        taken = {id(blank), *map(id, heads)}
        cells = [c for c in cells if id(c) not in taken]
        cells += [_with(head, blank) for head in heads]
    if len(cells) == len(grid.cells):
        return grid
    ends = sorted({y for c in cells for y in (c.row, c.row_end)})
    at = {y: i for i, y in enumerate(ends)}
    moved = (replace(c, row=at[c.row], row_end=at[c.row_end]) for c in cells)
    return replace(grid, ys=tuple(grid.ys[y] for y in ends), cells=tuple(moved))


def _left_over(cells: Sequence[GridCell]) -> Iterator[tuple[GridCell, list[GridCell]]]:
    """The blanks of `cells` with the heads under each, or over it, that a higher one beside both
    begins, or ends, with."""
    heads = [c for c in cells if c.filled and c.words]
    for blank in (c for c in cells if not c.words and not c.filled):
        near = [c for c in heads if _is_within(c, blank)]
        under = [c for c in near if c.row == blank.row_end]
        over = [c for c in near if c.row_end == blank.row]
        if _cover(under, blank) and any(
            c.row == blank.row and c.row_end > blank.row_end for c in heads
        ):
            yield blank, under
        if _cover(over, blank) and any(
            c.row_end == blank.row_end and c.row < blank.row for c in heads
        ):
            yield blank, over


def _is_within(head: GridCell, blank: GridCell) -> bool:
    """Does `head` stand in columns of `blank`, its lines higher?"""
    inside = blank.column <= head.column and head.column_end <= blank.column_end
    return inside and blank.box.height < max(w.size for w in head.words)


def _cover(heads: Sequence[GridCell], blank: GridCell) -> bool:
    """Do `heads` stand in all columns of `blank`?"""
    return sum(c.column_end - c.column for c in heads) == blank.column_end - blank.column


def _with(head: GridCell, blank: GridCell) -> GridCell:
    box = around([head.box, replace(blank.box, x0=head.box.x0, x1=head.box.x1)])
    row, row_end = min(head.row, blank.row), max(head.row_end, blank.row_end)
    return replace(head, row=row, row_end=row_end, box=box)
