"""Tables of which only some columns have a colour, cell by cell, and nothing has rules: these cells
are the rows, the text shows the other columns."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.grids.grid import Grid
from extractors.grids.pieces import PIECES
from extractors.grids.text_grid import ROWS, text_grid
from extractors.pages.page import Box, Page, Word, around

OVER = 1.0  # points: how far a text may reach over the edge of a row


def with_columns_beside(page: Page, grids: Sequence[Grid]) -> list[Grid]:
    """`grids`, those of one column of coloured cells as the whole tables that these are part of."""
    tables: list[Grid] = []
    for grid in grids:
        if any(table.box.holds(*grid.box.middle) for table in tables):
            continue
        whole = _whole(page, grid, grids) if _is_coloured_column(grid) else None
        if whole:
            tables = [t for t in tables if not whole.box.holds(*t.box.middle)]
        tables.append(whole or grid)
    return tables


def _is_coloured_column(grid: Grid) -> bool:
    return (
        grid.column_count == 1
        and grid.row_count >= ROWS
        and all(cell.filled for cell in grid.cells)
    )


def _whole(page: Page, grid: Grid, grids: Sequence[Grid]) -> Grid | None:
    """The table of the rows of `grid` with the columns of the texts beside it; None where another
    kind of table stands there, a text leaves its row, or most rows have none."""
    top, bottom = grid.ys[0], grid.ys[-1]
    words = [w for w in page.words if top < w.box.middle[1] < bottom]
    others = [g for g in grids if g is not grid and g.box.top < bottom and top < g.box.bottom]
    if not all(map(_is_coloured_column, others)) or any(_leaves(w, grid) for w in words):
        return None
    beside = [w for w in words if not grid.box.holds(*w.box.middle)]
    told = sum(any(a < w.box.middle[1] < b for w in beside) for a, b in pairwise(grid.ys))
    if told <= grid.row_count / 2:
        return None
    hull = around([grid.box, *(w.box for w in words)])
    found = text_grid(page, Box(hull.x0 - 1, top, hull.x1 + 1, bottom), grid.ys, words)
    same = found is not None and found.row_count == grid.row_count
    return found if found and same and found.column_count >= PIECES else None


def _leaves(word: Word, grid: Grid) -> bool:
    """Does `word` stand across an edge between two rows of `grid`, or a side of it?"""
    box = word.box
    across = any(box.top + OVER < y < box.bottom - OVER for y in grid.ys)
    return across or any(box.x0 + OVER < x < box.x1 - OVER for x in grid.xs)
