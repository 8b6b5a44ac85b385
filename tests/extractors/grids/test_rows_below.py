"""Rows below a table whose columns are known."""

from dataclasses import replace

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


def test_a_border_goes_aside_between_texts_wherever_the_rows_below_stop():
    """The blank in the table itself is wider than that between the texts below."""
    rows = [("Ville", "Bail", "12 €"), ("CCAS", "Toit", "8 €"), ("Toit", "Étude", "5 €")]
    (grid,) = unruled_grids(page(words(rows)), [])
    below = [
        *line(80, ("SIAO", 10), ("Accueil", 120), ("9 €", 230)),
        *line(92, ("avec un lieu de", 120)),
        *line(104, ("vie et de repos", 120)),
    ]
    near = replace(grid, xs=(*grid.xs[:2], 180.0, grid.xs[3]))
    found = with_rows_below(page([*words(rows), *below]), near, 400)
    assert texts(found)[3:] == [["SIAO", "Accueil avec un lieu de vie et de repos", "9 €"]]
