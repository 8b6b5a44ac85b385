"""Cells that go down over rows which no rules part."""

from dataclasses import replace

import pytest

from extractors.grids.grid import Grid, GridCell
from extractors.grids.tall_cells import with_tall_cells
from extractors.grids.text_grid import text_grid
from extractors.pages.page import Box, Fill
from tests.sheets import BLUE, HEADS, line, page, texts, words

AREA = Box(5, 15, 300, 135)
ROWS = [("Ville", "Maraude", "12 €"), ("", "Accueil", "8 €"), ("", "Bail", "5 €")]
LAST = [("CCAS", "Halte", "4 €"), ("", "Veille", "3 €")]


def band(top, *columns):
    xs = (5.0, 115.0, 225.0, 300.0)
    return [Fill(Box(xs[c], top, xs[c + 1], top + 20), BLUE) for c in columns]


def pilots(sheet):
    grid = text_grid(sheet, AREA, (), sheet.words)
    return [row[0] for row in texts(with_tall_cells(sheet, grid))], grid


@pytest.mark.parametrize(
    ("fills", "found"),
    [
        (  # on colour over the next row, and on white over a coloured one
            [Fill(Box(5, 35, 115, 95), BLUE), *band(35, 1, 2), *band(75, 1, 2), *band(115, 1, 2)],
            ["Pilote", "Ville", "Ville", "Ville", "CCAS", "CCAS"],
        ),
        (  # the third row's cell has the colour of the one above it
            [
                *(Fill(Box(5, y, 115, z), BLUE) for y, z in ((35, 75), (75, 95))),
                *(f for y in (35, 75) for f in band(y, 1, 2)),
                *band(115, 0, 1, 2),
            ],
            ["Pilote", "Ville", "Ville", "", "CCAS", ""],
        ),
        (band(35, 0, 1, 2) + band(75, 0, 1, 2), ["Pilote", "Ville", "", "", "CCAS", ""]),
        (
            [f for y in range(15, 135, 20) for f in band(y, 0)],
            ["Pilote", "Ville", "", "", "CCAS", ""],
        ),
    ],
    ids=["a cell of its own colour", "another cell below it", "stripes", "a column of colour"],
)
def test_a_cell_keeps_its_colour_over_the_rows_that_it_goes_down(fills, found):
    sheet = page(words([*HEADS, *ROWS, *LAST]), fills=fills)
    assert pilots(sheet)[0] == found


def test_an_empty_cell_of_a_total_is_none_of_the_row_above():
    rows = [ROWS[0], ("", "Total", "25 €"), *LAST]
    fills = [*band(35, 0, 1, 2), *band(55, 0)]
    assert pilots(page(words([*HEADS, *rows]), fills=fills))[0][2] == ""


@pytest.mark.parametrize(("bold", "first"), [(True, ""), (False, "Pilote")])
def test_a_head_in_bold_type_goes_down_over_no_rows(bold, first):
    """Though the first column has no colour, and the third row has."""
    rows = [("", "Maraude", "12 €"), ("", "Accueil", "8 €"), LAST[0]]
    heads = [replace(w, bold=bold) for w in words(HEADS)]
    fills = band(55, 1, 2)
    assert pilots(page([*heads, *words(rows, top=40)], fills=fills))[0][1:3] == [first, first]


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
    return [row[0] for row in texts(with_tall_cells(page([]), grid))]


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
    assert [row[0] for row in texts(with_tall_cells(page([]), grid))] == found


def test_a_sum_stands_in_its_row_alone():
    fills = [*band(35, 0, 1, 2), *band(55, 2)]
    rows = [("Ville", "Maraude", "12 €"), ("CCAS", "Accueil", ""), *ROWS[1:]]
    sheet = page(words([*HEADS, *rows]), fills=fills)
    grid = with_tall_cells(sheet, text_grid(sheet, AREA, (), sheet.words))
    assert [row[2] for row in texts(grid)[:3]] == ["Somme", "12 €", ""]


def test_a_table_whose_cells_are_drawn_stays_as_it_is():
    _, grid = pilots(page(words([*HEADS, *ROWS])))
    drawn = replace(grid, drawn=True)
    assert with_tall_cells(page([]), drawn) is drawn


def test_a_list_has_no_tall_cells():
    cells = [GridCell(r, r + 1, 0, 1, Box(5, 20 * r, 90, 20 * r + 20), ()) for r in range(3)]
    cells[0] = replace(cells[0], words=tuple(line(5, ("CCAS", 10))))
    listed = Grid(1, (5, 90), (0, 20, 40, 60), tuple(cells), drawn=False)
    assert with_tall_cells(page([]), listed) is listed
