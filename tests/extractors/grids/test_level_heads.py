"""Coloured heads as high as their own texts."""

import pytest

from extractors.grids.level_heads import with_level_heads
from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box, Fill
from tests.sheets import BLUE, line, page, texts

TALL = Box(100, 10, 200, 40)


def grid_of(*cells):
    """The grid of coloured cells of (text, box)."""
    words = [w for text, box in cells for w in line(box.top + 1, (text, box.x0 + 5))]
    sheet = page(words, fills=[Fill(box, BLUE) for _, box in cells])
    (grid,) = ruled_grids(sheet)
    return grid


@pytest.mark.parametrize(("top", "bottom"), [(18, 32), (10, 32), (18, 40)])
def test_a_head_is_as_high_as_the_one_beside_it(top, bottom):
    level = with_level_heads(grid_of(("Action", Box(10, top, 100, bottom)), ("Montant", TALL)))
    assert texts(level) == [["Action", "Montant"]]
    assert {(c.box.top, c.box.bottom) for c in level.cells} == {(10, 40)}


def test_heads_beside_others_on_two_levels_keep_these():
    level = with_level_heads(
        grid_of(
            ("Action", Box(10, 17, 100, 33)),
            ("Recettes", Box(100, 10, 300, 24)),
            ("Etat", Box(100, 24, 200, 40)),
            ("Ville", Box(200, 24, 300, 40)),
        )
    )
    assert texts(level) == [["Action", "Recettes"], ["Action", "Etat", "Ville"]]


@pytest.mark.parametrize(
    ("top", "bottom"), [(25, 40), (10, 27)], ids=["blank above", "blank below"]
)
def test_a_blank_as_high_as_a_line_is_a_cell(top, bottom):
    grid = grid_of(("Action", Box(10, top, 100, bottom)), ("Montant", TALL))
    assert with_level_heads(grid) is grid
