"""Rows that the end of a page cuts, and those that it does not."""

import pytest

from extractors.pages.page import Box
from extractors.tables.cut_rows import completes
from extractors.tables.parts import PartCell, PartRow
from tests.sheets import word

WIDTH = 60.0  # points: of a column, which its texts fill


def row(*texts):
    """A row of cells, the lines of each parted by '|'."""
    cells = {}
    for column, text in enumerate(texts):
        box = Box(column * WIDTH, 0, (column + 1) * WIDTH, 40)
        lines = tuple(
            (word(line, box.x0 + 2, 2 + 12 * i),) for i, line in enumerate(text.split("|"))
        )
        cells[column] = [PartCell(lines, 1, box, box, False)]
    return PartRow(cells)


ABOVE = row("Département", "Appartement|transitoire", "Ménages|accompagnés", "Engagement")
BELOW = "Communauté|urbaine", "Intervention|médiatrice", "Évaluations|annuelles"


@pytest.mark.parametrize(
    ("told", "rest"), [("s.o.", False), ("néant", False), ("au|trimestre", True)]
)
def test_a_row_with_a_cell_that_says_nothing_is_no_rest(told, rest):
    assert completes([ABOVE], row(*BELOW, told), 4) is rest


@pytest.mark.parametrize(("status", "rest"), [("engagée", False), ("Engagée", True)])
def test_small_letters_go_on_with_a_sentence_where_texts_begin_with_capitals(status, rest):
    above = [row("Département", "Appartement|transitoire", "Ménages|accompagnés", status)] * 2
    assert completes(above, row(*BELOW, "en|cours"), 4) is rest
