"""Rows below a table whose columns are known."""

import pytest

from extractors.grids.rows_below import with_rows_below
from extractors.grids.unruled import unruled_grids
from tests.sheets import ROWS, line, page, texts, words

OVER = "Total de toutes les actions"


@pytest.mark.parametrize(
    ("below", "row"),
    [
        ([("Total", 10), ("25 €", 230)], ["Total", "", "25 €"]),
        ([(OVER, 10), ("25 €", 230)], [OVER, "25 €"]),
        ([("Fait à Lyon en deux exemplaires", 10), ("le préfet", 230)], None),
        ([("Le maire", 10), ("le préfet", 230)], None),
        ([("Une phrase de prose sous les 3 rangs qui précèdent", 10)], None),
    ],
    ids=["in columns", "over two columns", "a place", "signatures", "prose"],
)
def test_a_total_belongs_to_the_table_above(below, row):
    (grid,) = unruled_grids(page(words(ROWS)), [])
    found = with_rows_below(page([*words(ROWS), *line(90, *below)]), grid, 400)
    assert texts(found)[3:] == ([row] if row else [])


def test_what_stands_far_below_is_not_of_the_table():
    (grid,) = unruled_grids(page(words(ROWS)), [])
    far = page([*words(ROWS), *line(140, ("Total", 10), ("25 €", 230))])
    assert with_rows_below(far, grid, 400) == grid
