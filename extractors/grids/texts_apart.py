"""A column without rules beside the rows of a table: its texts, each of several rows, are cells.

       ┌──────────┬───────┐
Axe 1  │ Maraude  │ 5 000 │
       ├──────────┼───────┤
       │ Bail     │ 4 000 │
       ├──────────┼───────┤
Axe 2  │ Étude    │ 9 000 │
       └──────────┴───────┘
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product

from extractors.grids.grid import Grid, GridCell
from extractors.grids.pieces import WORD_SPACE, is_tall
from extractors.grids.reach import LINE_REACH
from extractors.pages.page import Word, around

SAME_MIDDLE = 2.0  # points between the middle of a text and that of its rows


def with_texts_apart(grid: Grid) -> Grid:
    """`grid`, each cell that goes down over several rows as those of the texts in it, where these
    stand one after another at the middles of rows that follow one another, first row to last."""
    cells = [part for cell in grid.cells for part in _parted(cell, grid.ys)]
    return replace(grid, cells=tuple(cells), drawn=False) if len(cells) > len(grid.cells) else grid


def with_column_left(grid: Grid, words: Sequence[Word]) -> Grid:
    """`grid` with a column left of it for those of `words`, which are of no table, that stand so
    beside its rows, but for the head and the total."""
    box = grid.box
    left = [w for w in words if w.box.x1 < box.x0 and box.top < w.box.middle[1] < box.bottom]
    if not left:
        return grid
    x0 = around([w.box for w in left]).x0 - 1
    tall = GridCell(0, grid.row_count, 0, 1, replace(box, x0=x0, x1=box.x0), tuple(left))
    ends = product((0, 1), (grid.row_count, grid.row_count - 1))
    parted = (_parted(replace(tall, row=row, row_end=end), grid.ys) for row, end in ends)
    column = next((cells for cells in parted if len(cells) > 1), None)
    if column is None:
        return grid
    moved = (replace(c, column=c.column + 1, column_end=c.column_end + 1) for c in grid.cells)
    return replace(grid, xs=(x0, *grid.xs), cells=(*column, *moved), drawn=False)


def _parted(cell: GridCell, ys: Sequence[float]) -> list[GridCell]:
    texts = _texts(cell.words) if cell.row_end - cell.row > 1 else []
    rows = _rows(texts, cell, ys) if len(texts) > 1 else None
    if rows is None:
        return [cell]
    return [
        replace(
            cell,
            row=start,
            row_end=end,
            box=replace(cell.box, top=ys[start], bottom=ys[end]),
            words=tuple(text),
        )
        for text, (start, end) in zip(texts, rows, strict=True)
    ]


def _texts(words: Sequence[Word]) -> list[list[Word]]:
    """`words` of a cell, parted where a blank goes across it that is wider than one between lines,
    or between words on their side: its texts, top to bottom."""
    space = WORD_SPACE if any(map(is_tall, words)) else LINE_REACH
    texts: list[list[Word]] = []
    bottom = 0.0
    for word in sorted(words, key=lambda w: w.box.top):
        if not texts or word.box.top - bottom > space * word.size:
            texts.append([])
        texts[-1].append(word)
        bottom = max(bottom, word.box.bottom)
    return texts


def _rows(
    texts: Sequence[Sequence[Word]], cell: GridCell, ys: Sequence[float]
) -> list[tuple[int, int]] | None:
    """The rows of each of `texts` of `cell`, from and to; None where one stands at the middle of
    none, or rows are left."""
    ends = [cell.row]
    for text in texts:
        middle = around([w.box for w in text]).middle[1]
        start = ends[-1]
        found = [
            end
            for end in range(start + 1, cell.row_end + 1)
            if abs((ys[start] + ys[end]) / 2 - middle) < SAME_MIDDLE
        ]
        if not found:
            return None
        ends.append(found[0])
    return [*pairwise(ends)] if ends[-1] == cell.row_end else None
