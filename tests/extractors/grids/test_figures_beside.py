"""Figures in a column of their own within a cell."""

import pytest

from extractors.grids.grid import GridCell
from extractors.pages.page import Box
from tests.sheets import line

FIRST = [("Conseil", 10, 20), ("départemental", 10, 32), ("32 000 €", 120, 20)]
SECOND = [("Ville de Lierval", 10, 46), ("5 000 €", 125, 46)]


def lines_of(*parts):
    """The lines of a cell with `parts` (text, x, y), in the order in which they are printed."""
    words = tuple(w for text, x, y in parts for w in line(y, (text, x)))
    cell = GridCell(0, 1, 0, 1, Box(0, 0, 170, 70), words)
    return [" ".join(w.text for w in some) for some in cell.lines]


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (FIRST, ["Conseil départemental 32 000 €"]),
        ([FIRST[0], FIRST[2], FIRST[1]], ["Conseil départemental 32 000 €"]),
        (
            [("Pays du", 10, 20), ("Grand-", 10, 32), ("Lac", 10, 44), ("9 000 €", 55, 20)],
            ["Pays du Grand-Lac 9 000 €"],
        ),
        ([*FIRST, *SECOND], ["Conseil départemental 32 000 €", "Ville de Lierval 5 000 €"]),
    ],
    ids=["one", "one, printed line by line", "one near its text", "two"],
)
def test_a_figure_stands_behind_the_whole_of_its_text(parts, lines):
    assert lines_of(*parts) == lines


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        ([*SECOND, ("en 2031", 10, 58)][:2], ["Ville de Lierval 5 000 €"]),
        ([("Ville", 10, 20), ("5 000 €", 40, 20), ("CAF", 10, 32)], ["Ville 5 000 €", "CAF"]),
        (
            [("Ville", 10, 20), ("9 000 €", 120, 20), ("(sous réserve de l'accord du", 10, 32)],
            ["Ville 9 000 €", "(sous réserve de l'accord du"],
        ),
        (
            [FIRST[0], FIRST[2], FIRST[1], *SECOND],
            ["Conseil 32 000 €", "départemental", "Ville de Lierval 5 000 €"],
        ),
    ],
    ids=["of one line", "in the text", "under the figure", "several, printed line by line"],
)
def test_other_lines_stay_as_they_stand(parts, lines):
    assert lines_of(*parts) == lines
