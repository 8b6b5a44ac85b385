"""Sheets that touch one another."""

import pytest

from extractors.grids.glued import glued_apart
from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box
from tests.extractors.grids.ruling import down, page, word
from tests.sheets import line


def sheets(title, width):
    """Two sheets of a title and a row each, the second `width` wide with its `title`."""
    rules = [Box(0, y, 300, y) for y in (0, 20, 40)] + [Box(0, y, width, y) for y in (60, 80)]
    rules += [down(0, 0, 80), down(300, 0, 40), down(width, 40, 80)]
    rules += [down(120, 20, 40), down(80, 60, 80)]
    said = [("Pilote", 60, 30), ("Ville", 200, 30), ("Pilote", 40, 70), ("CCAS", 120, 70)]
    words = [*line(5, ("Fiche 1 Bail glissant", 2)), *line(45, (title, 2))]
    (grid,) = ruled_grids(page(rules, [*words, *(word(*place) for place in said)]))
    return list(glued_apart(grid))


def test_a_sheet_ends_where_one_of_another_width_begins():
    first, second = sheets("Fiche 2 Halte de nuit", 200)
    assert (first.row_count, first.column_count, first.xs) == (2, 2, (0, 120, 300))
    assert (second.row_count, second.column_count, second.xs) == (2, 2, (0, 80, 200))
    assert [" ".join(w.text for w in c.words) for c in second.row(1)] == ["Pilote", "CCAS"]


@pytest.mark.parametrize(
    ("title", "width"),
    [("Fiche 2 Halte de nuit", 300), ("Suivi et bilan des deux", 200)],
    ids=["width", "title"],
)
def test_sheets_of_one_width_and_rows_that_name_no_action_stay_together(title, width):
    (one,) = sheets(title, width)
    assert one.row_count == 4
