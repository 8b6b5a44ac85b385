"""Tables within cells."""

import pytest

from extractors.grids.nested import without_nested
from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box
from tests.extractors.grids.ruling import across, down, page, shapes, word

FRAME = [down(0, 0, 120), down(100, 0, 120), down(300, 0, 120)]
FRAME += [across(y) for y in (0, 20, 70, 120)]
WORDS = [word("label", 50, 10), word("plan", 200, 10), word("a", 50, 45), word("b", 50, 95)]


def inner(x, top):
    """A table of two rows and columns, parted at `x`, in the second cell of a row."""
    return [down(x, top, top + 50), Box(100, top + 25, 300, top + 25)]


def sums(x, top):
    places = [(x - 10, top + 10), (x + 30, top + 10), (x - 10, top + 35), (x + 30, top + 35)]
    return [word(text, *at) for text, at in zip(("CAF", "1", "Toit", "2"), places, strict=True)]


@pytest.mark.parametrize(("second", "rows"), [(240, 3), (200, 5)], ids=["nested", "columns"])
def test_tables_in_cells_parted_each_at_its_own_place_are_their_texts(second, rows):
    rules = [*FRAME, *inner(200, 20), *inner(second, 70)]
    (grid,) = ruled_grids(page(rules, [*WORDS, *sums(200, 20), *sums(second, 70)]))
    found = without_nested(grid)
    assert found.row_count == rows
    if rows == 3:
        assert shapes(found)["CAF1Toit2"] == (2, 3, 1, found.column_count)
        assert [" ".join(w.text for w in c.words) for c in found.row(1)] == ["a", "CAF 1 Toit 2"]
    else:
        assert found == grid
