"""Rows that the coloured cells of one column show."""

from itertools import pairwise

import pytest

from extractors.grids.rows_beside import with_rows_beside
from extractors.pages.page import Box, Fill
from tests.extractors.grids.ruling import across, down, only, page, shapes, word

DARK = (60, 60, 60)
XS, YS = (0, 100, 200, 300), (0, 20, 40, 60)
HEAD = [Fill(Box(x0, 0, x1, 20), DARK) for x0, x1 in pairwise(XS)]
SIDE = [Fill(Box(0, y0, 100, y1), DARK) for y0, y1 in pairwise(YS[1:])]
HEADS = [word("N°", 50, 10), word("Action", 150, 10), word("Somme", 250, 10)]
NUMBERS = [word("1", 50, 30), word("2", 50, 50)]


def read(words, rules=(), fills=()):
    sheet = page(rules, [*HEADS, *NUMBERS, *words], [*HEAD, *SIDE, *fills])
    return shapes(with_rows_beside(sheet, only(sheet)))


def test_coloured_cells_part_the_rows_of_the_columns_beside_them():
    found = read([word(t, x, y) for t, x, y in (
        ("a", 150, 30), ("b", 150, 50), ("5", 250, 30), ("7", 250, 50)
    )])  # fmt: skip
    assert [found[t] for t in "ab57"] == [(1, 2, 1, 2), (2, 3, 1, 2), (1, 2, 2, 3), (2, 3, 2, 3)]


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ([("a", 150, 40), ("5", 250, 40)], ()),
        ([("a", 150, 30), ("b", 150, 50), ("c", 150, 40), ("5", 250, 30), ("7", 250, 50)], ()),
        ([("a", 150, 30), ("b", 150, 50), ("5", 250, 40)], ()),
        ([("a", 150, 30), ("b", 150, 50), ("5", 250, 30)], [across(40, 200), down(200)]),
    ],
    ids=["one text each", "a text over the edge", "a sum for both", "one column ruled"],
)
def test_what_stands_beside_several_coloured_cells_stays_whole(words, rules):
    found = read([word(*w) for w in words], rules)
    assert found["".join(t for t, x, _ in words if x == 150)] == (1, 3, 1, 2)


@pytest.mark.parametrize(("top", "cell"), [(40, (2, 3, 2, 3)), (30, (1, 3, 2, 3))])
def test_colour_behind_one_cell_in_a_row_of_its_own_parts_the_others(top, cell):
    words = [word("a", 150, 30), word("b", 150, 50), word("c", 230, 50)]
    found = read(words, fills=[Fill(Box(200, top, 300, 60), DARK)])
    assert found["c"] == cell
