"""Tables printed in halves side by side."""

from dataclasses import replace
from itertools import pairwise

import pytest

from extractors.grids.grid import Grid, GridCell
from extractors.grids.halves import halves_apart
from extractors.pages.page import Box
from tests.sheets import line, texts

HEADS = ("N°", "Action")
ROWS = [("1", "Bail", "3", "Étude"), ("2", "Halte", "", "Total")]


def grid(*rows):
    xs = [80.0 * c for c in range(len(rows[0]) + 1)]
    ys = [20.0 * r for r in range(len(rows) + 1)]
    cells = [
        GridCell(r, r + 1, c, c + 1, Box(x0, y, x1, y + 20), tuple(line(y + 5, (text, x0 + 3))))
        for r, (row, y) in enumerate(zip(rows, ys, strict=False))
        for c, (text, (x0, x1)) in enumerate(zip(row, pairwise(xs), strict=True))
    ]
    return Grid(1, tuple(xs), tuple(ys), tuple(cells))


@pytest.mark.parametrize("between", [(), ("",)], ids=["touching", "a blank between"])
def test_the_columns_under_the_same_heads_are_tables_of_their_own(between):
    rows = [(*HEADS, *between, *HEADS), *((*row[:2], *between, *row[2:]) for row in ROWS)]
    left, right = halves_apart(grid(*rows))
    assert texts(left) == [list(HEADS), ["1", "Bail"], ["2", "Halte"]]
    assert texts(right) == [list(HEADS), ["3", "Étude"], ["", "Total"]]
    assert right.xs[0] == right.cells[0].box.x0 > left.xs[-1] - 1


@pytest.mark.parametrize(
    "heads",
    [("N°", "Action", "N°", "Pilote"), ("2031", "2032", "2031", "2032"), ("N°", "", "N°", "")],
    ids=["other heads", "years", "blank"],
)
def test_other_tables_stay_whole(heads):
    assert len(halves_apart(grid(heads, *ROWS))) == 1


def test_a_cell_over_both_halves_keeps_them_together():
    whole = grid((*HEADS, *HEADS), *ROWS)
    wide = [replace(c, column_end=3) if (c.row, c.column) == (2, 1) else c for c in whole.cells]
    kept = tuple(c for c in wide if (c.row, c.column) != (2, 2))
    assert len(halves_apart(replace(whole, cells=kept))) == 1
