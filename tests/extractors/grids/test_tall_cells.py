"""Cells that go down over rows which no rules part."""

from dataclasses import replace

import pytest

from extractors.grids.grid import Grid, GridCell
from extractors.grids.tall_cells import with_tall_cells
from extractors.grids.text_grid import text_grid
from extractors.pages.page import Box
from tests.sheets import HEADS, line, page, texts, words

AREA = Box(5, 15, 300, 135)
ROWS = [("Ville", "Maraude", "12 €"), ("", "Accueil", "8 €"), ("", "Bail", "5 €")]
LAST = [("CCAS", "Halte", "4 €"), ("", "Veille", "3 €")]


def pilots(sheet):
    grid = text_grid(sheet, AREA, (), sheet.words)
    return [row[0] for row in texts(with_tall_cells(grid))], grid


def two_rows(pilots, lower):
    """The pilots of rows from 36 to 68 and from 74 to 106, of three lines, where texts stand at the
    heights of `pilots`; lower texts of other columns stand at `lower`."""
    xs, ys = (5.0, 80.0, 155.0, 230.0, 305.0), (30.0, 71.0, 112.0)
    cells = []
    for row, top in enumerate((0, 38)):
        lines = [w for y in (36, 47, 58) for w in line(y + top, ("Bail", 85))]
        sums = [line(lower + top, ("8 €", x)) for x in (160, 235)]
        pilot = [w for text, y in pilots[row] for w in line(y, (text, 10))]
        for column, some in enumerate((pilot, lines, *sums)):
            box = Box(xs[column], ys[row], xs[column + 1], ys[row + 1])
            cells.append(GridCell(row, row + 1, column, column + 1, box, tuple(some)))
    grid = Grid(1, xs, ys, tuple(cells), ruled=False, drawn=False)
    return [row[0] for row in texts(with_tall_cells(grid))]


@pytest.mark.parametrize(
    ("at", "lower", "found"),
    [(66, 47, "CCAS"), (47, 47, ""), (60, 47, ""), (66, 36, "")],
    ids=["at the middle of both", "of the first", "of none", "where other texts stand at the top"],
)
def test_a_text_at_the_middle_of_two_rows_is_of_both(at, lower, found):
    assert two_rows(([("CCAS", at)], []), lower) == ["CCAS", found]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [(60, 72, True), (47, 85, False), (58, 80, False)],
    ids=["one text", "a text each", "lines apart"],
)
def test_the_lines_of_a_text_at_the_middle_of_two_rows_are_one(above, below, whole):
    found = two_rows(([("Communauté", above)], [("urbaine", below)]), 47)
    assert found == (["Communauté urbaine"] * 2 if whole else ["Communauté", "urbaine"])


@pytest.mark.parametrize(
    ("text", "lower", "others", "found"),
    [
        ("CCAS", 47, ("Ville", "Ville"), ["Ville", "CCAS", "CCAS", "Ville"]),
        ("CCAS", 47, ("Ville", ""), ["Ville", "", "CCAS", "", ""]),
        ("5 €", 47, ("Ville", "Ville"), ["Ville", "", "5 €", "", "Ville"]),
        ("CCAS", 36, ("Ville", "Ville"), ["Ville", "", "CCAS", "", "Ville"]),
    ],
    ids=["of both", "another is empty", "a sum", "where other texts stand at the top"],
)
def test_a_text_between_two_rows_is_of_both(text, lower, others, found):
    """Four rows of three lines; lower texts stand at `lower`, the text in a row of its own."""
    xs, ys = (5.0, 80.0, 155.0, 230.0, 305.0), (30.0, 70.0, 109.0, 111.0, 150.0, 190.0)
    cells = []
    for row, pilot in enumerate((others[0], "", text, "", others[1])):
        top = 40 * (row - (row > 1)) - 6 * (row == 2)
        body = row != 2
        lines = [w for y in (36, 47, 58) for w in line(y + top, ("Bail", 85))] if body else []
        sums = [line(lower + top, ("8 €", x)) if body else [] for x in (160, 235)]
        for column, some in enumerate((line(47 + top, (pilot, 10)), lines, *sums)):
            box = Box(xs[column], ys[row], xs[column + 1], ys[row + 1])
            cells.append(GridCell(row, row + 1, column, column + 1, box, tuple(some)))
    grid = Grid(1, xs, ys, tuple(cells), ruled=False, drawn=False)
    assert [row[0] for row in texts(with_tall_cells(grid))] == found


def test_a_table_whose_cells_are_drawn_stays_as_it_is():
    _, grid = pilots(page(words([*HEADS, *ROWS])))
    drawn = replace(grid, drawn=True)
    assert with_tall_cells(drawn) is drawn


def test_a_list_has_no_tall_cells():
    cells = [GridCell(r, r + 1, 0, 1, Box(5, 20 * r, 90, 20 * r + 20), ()) for r in range(3)]
    cells[0] = replace(cells[0], words=tuple(line(5, ("CCAS", 10))))
    listed = Grid(1, (5, 90), (0, 20, 40, 60), tuple(cells), drawn=False)
    assert with_tall_cells(listed) is listed
