"""Words of a table that none of its cells holds are told."""

from dataclasses import replace

import documents
import pytest

from extractors.grids.unruled import unruled_grids
from extractors.unheld import unheld, with_unheld
from tests.sheets import HEADS, ROWS, page, word, words

SHEET = words([*HEADS, *ROWS])
RIGHT = 300.0  # of the last column


def found(beside):
    (grid,) = unruled_grids(page(SHEET), [])
    return [(p.rule, p.observed) for p in unheld(page([*SHEET, *beside]), [grid])]


def test_a_word_in_a_table_that_no_cell_holds_is_told():
    (grid,) = unruled_grids(page(SHEET), [])
    cells = tuple(replace(c, words=()) if (c.row, c.column) == (1, 1) else c for c in grid.cells)
    (problem,) = unheld(page(SHEET), [replace(grid, cells=cells)])
    assert (problem.rule, problem.page, problem.observed) == ("table_missed", 1, "Maraude")
    assert "dans un tableau" in problem.message


@pytest.mark.parametrize(
    ("xs", "ys", "told"),
    [
        pytest.param((RIGHT,) * 4, (20, 40, 60, 80), True, id="a column"),
        pytest.param((RIGHT,) * 3, (20, 40, 80), True, id="one with an empty cell"),
        pytest.param((RIGHT,) * 2, (40, 60), False, id="remarks"),
        pytest.param((RIGHT,) * 4, (27, 47, 67, 87), False, id="on other levels"),
        pytest.param((300, 305, 310, 315), (20, 40, 60, 80), False, id="aslant"),
        pytest.param((RIGHT,) * 4, (200, 220, 240, 260), False, id="below"),
    ],
)
def test_texts_beside_the_rows_are_told_where_they_make_a_column(xs, ys, told):
    beside = [word("oui", x, y) for x, y in zip(xs, ys, strict=True)]
    assert found(beside) == [("table_missed", "oui oui oui oui"[: 4 * len(ys) - 1])] * told


def test_the_characters_of_a_word_that_no_cell_holds_are_of_the_table():
    (grid,) = unruled_grids(page(SHEET), [])
    cells = tuple(replace(c, words=()) if (c.row, c.column) == (1, 1) else c for c in grid.cells)
    table = documents.table(["Pilote", "Action"]).model_copy(update={"characters": 30})
    lacking = with_unheld(table, [(1, 0)], lambda _: page(SHEET), {1: [replace(grid, cells=cells)]})
    whole = with_unheld(table, [(1, 0)], lambda _: page(SHEET), {1: [grid]})
    assert (lacking.characters, whole.characters) == (30 + len("Maraude"), 30)


def test_what_another_table_holds_is_not_told():
    (grid,) = unruled_grids(page(SHEET), [])
    assert not list(unheld(page(SHEET), [grid, replace(grid, cells=())]))
