"""Tables within cells."""

import pytest

from extractors.grids.nested import without_blank_rows, without_nested
from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box
from tests.extractors.grids.ruling import across, down, page, shapes, word

FRAME = [down(x, 0, 120) for x in (0, 50, 100, 300)]
FRAME += [across(y) for y in (0, 20, 70, 120)]
HEADS = [word("n", 25, 10), word("label", 75, 10), word("plan", 200, 10)]
WORDS = [*HEADS, word("1", 25, 45), word("a", 75, 45), word("2", 25, 95), word("b", 75, 95)]


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
        assert shapes(found)["CAF1Toit2"] == (2, 3, 2, found.column_count)
        assert [" ".join(w.text for w in c.words) for c in found.row(1)] == [
            "1",
            "a",
            "CAF 1 Toit 2",
        ]
    else:
        assert found == grid


def test_heads_on_three_levels_part_what_stands_below_them():
    rules = [*(down(x, 0, 80) for x in (0, 60, 180, 300)), *(across(y) for y in (0, 60, 80))]
    rules += [Box(60, 20, 300, 20), Box(60, 40, 300, 40)]
    rules += [*(down(x, 20, 80) for x in (140, 260)), *(down(x, 40, 80) for x in (100, 220))]
    said = [word("Action", 30, 30), word("2031", 120, 10), word("2032", 240, 10)]
    said += [word(t, x, 30) for t, x in (("AMI", 100), ("CAF", 160), ("AMI", 220), ("CAF", 280))]
    said += [
        word(t, x, y) for y, t in ((50, "Prévu"), (70, "9")) for x in (80, 120, 160, 200, 240, 280)
    ]
    (grid,) = ruled_grids(page(rules, [*said, word("Bail", 30, 70)]))
    assert without_nested(grid) == grid
    assert len(grid.row(3)) == 7


def test_one_line_of_a_table_in_the_first_row_is_no_second_level_of_heads():
    rules = [*FRAME, down(200, 20, 70), *inner(240, 70)]
    first = [word("CAF", 150, 45), word("9", 250, 45)]
    (grid,) = ruled_grids(page(rules, [*WORDS, *first, *sums(240, 70)]))
    assert [c.row_end for c in grid.row(1)] == [2] * 4
    found = without_nested(grid)
    assert [[len(c.words) for c in found.row(r)] for r in (1, 2)] == [[1, 1, 2], [1, 1, 4]]


def test_cells_of_a_form_under_its_title_are_parted_as_they_stand():
    rules = [down(0, 0, 60), down(300, 0, 60), *(across(y) for y in (0, 20, 40, 60))]
    rules += [down(100, 20, 60), down(200, 20, 40)]
    said = [word("fiche", 150, 10), word("a", 50, 30), word("b", 150, 30), word("c", 250, 30)]
    (grid,) = ruled_grids(page(rules, [*said, word("d", 50, 50), word("e", 200, 50)]))
    assert without_nested(grid) == grid


def test_tables_in_cells_parted_at_one_place_leave_blanks_around_them():
    rules = [*FRAME]
    for top in (20, 70):
        rules += [down(200, top, top + 30), Box(100, top + 30, 300, top + 30)]
    said = [word(t, x, y) for y in (35, 85) for t, x in (("CAF", 150), ("5", 250))]
    (grid,) = ruled_grids(page(rules, [*WORDS, *said]))
    assert grid.row_count == 5
    assert [[c.row for c in without_nested(grid).row(r)] for r in (1, 2)] == [[1] * 3, [2] * 3]


def test_a_sum_stands_beside_the_whole_name_on_its_left():
    rules = [*FRAME, *inner(200, 20), *inner(240, 70)]
    wrapped = [word("Ville", 150, 24), word("d'Orsan", 150, 38), word("9", 220, 24)]
    below = [word("CAF", 150, 57), word("1", 220, 57)]
    (grid,) = ruled_grids(page(rules, [*WORDS, *wrapped, *below, *sums(240, 70)]))
    (plan,) = (c for c in without_nested(grid).row(1) if c.column == 2)
    lines = [" ".join(w.text for w in line) for line in plan.lines]
    assert lines == ["Ville", "d'Orsan 9", "CAF 1"]


@pytest.mark.parametrize("told", ["", "5"])
def test_a_row_of_blanks_beside_cells_that_go_down_is_none(told):
    parted = Box(100, 50, 300, 50)
    said = [word("CAF", 200, 35), *([word(told, 200, 60)] if told else [])]
    (grid,) = ruled_grids(page([*FRAME, parted], [*WORDS, *said]))
    assert grid.row_count == 4
    found = without_blank_rows(grid)
    assert found.row_count == (4 if told else 3)
    assert shapes(found)["b"] == (found.row_count - 1, found.row_count, 1, 2)


@pytest.mark.parametrize(("second", "rows"), [("2 000", 4), ("Toit", 5)], ids=["sums", "texts"])
def test_lines_of_figures_in_some_cells_alone_are_tables_in_them(second, rows):
    rules = [down(0, 0, 170), down(50, 20, 170), down(100, 0, 170), down(300, 0, 170)]
    rules += [*(across(y) for y in (0, 20)), *(Box(50, y, 300, y) for y in (70, 120, 170))]
    rules += [Box(100, 95, 300, 95), down(200, 70, 120), across(170), down(50, 0, 20)]
    said = [
        *HEADS,
        word("1", 25, 45),
        *(word(t, 75, y) for t, y in zip("abc", (45, 95, 145), strict=True)),
    ]
    said += [word("néant", 200, 45), word("CAF", 150, 82), word("5 000", 250, 82)]
    said += [word("Ville", 150, 108), word(second, 250, 108), word("Toit", 200, 145)]
    (grid,) = ruled_grids(page(rules, said))
    found = without_nested(grid)
    assert grid.row_count == 5
    assert found.row_count == rows


def test_cells_over_several_rows_are_never_blank():
    """Each goes down over other rows than the next one."""
    rules = [*(down(x, 0, 160) for x in (0, 100, 200, 300)), across(0), across(160)]
    rules += [Box(0, 80, 100, 80), Box(100, 40, 200, 40), Box(100, 120, 200, 120)]
    said = [word("a", 50, 40), word("b", 50, 120), word("c", 150, 20), word("d", 150, 80)]
    (grid,) = ruled_grids(page(rules, [*said, word("e", 150, 140), word("f", 250, 80)]))
    assert grid.row_count == 4
    assert sorted(shapes(without_blank_rows(grid))) == [*"abcdef"]


def test_a_row_between_rules_for_two_is_no_blank():
    rules = [*(down(x, 0, 40) for x in (0, 100, 200)), down(300, 0, 40)]
    rules += [across(0), across(40), Box(200, 20, 300, 20)]
    (grid,) = ruled_grids(page(rules, [word("a", 50, 20), word("b", 150, 20)]))
    assert grid.row_count == 2
    assert without_blank_rows(grid) == grid


@pytest.mark.parametrize("year", ["2030", ""])
def test_tables_in_cells_stand_under_one_of_the_heads_on_two_levels(year):
    """Where each of these says something."""
    rules = [*(down(x, 0, 190) for x in (0, 100, 300)), down(50, 0, 190), down(200, 20, 190)]
    rules += [*(across(y) for y in (0, 40, 90, 140, 190)), Box(100, 20, 300, 20)]
    rules += [*(Box(200, y, 300, y) for y in (65, 115)), down(230, 40, 90), down(250, 90, 140)]
    said = [word("n", 25, 20), word("label", 75, 20), word("sums", 200, 10), word("b", 250, 30)]
    said += [word(year, 150, 30)] if year else []
    for number, y in (("1", 65), ("2", 115), ("3", 165)):
        said += [word(number, 25, y), word("a", 75, y), word("5", 150, y)]
    said += [word("CAF", 215, 53), word("1", 265, 53), word("CAF", 225, 103), word("1", 275, 103)]
    (grid,) = ruled_grids(page(rules, said))
    found = without_nested(grid)
    assert (grid.row_count, found.row_count) == (7, 5)
    assert ("CAF1" in shapes(found)) is bool(year)
