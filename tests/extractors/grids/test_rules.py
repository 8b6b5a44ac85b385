"""Rules, dots and the edges of colours become lines."""

from dataclasses import replace
from itertools import pairwise

import pytest

from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box, Fill
from tests.extractors.grids.ruling import FRAME, WORDS, across, down, only, page, shapes, word


@pytest.mark.parametrize(
    "extra",
    [
        [across(22.8)],
        [down(101.5), down(199)],
        [across(58, 0, 4)],
        [Box(20, 45, 27, 45), Box(20, 52, 27, 52), down(20, 45, 52), down(27, 45, 52)],
    ],
    ids=["double rule", "uneven rules", "a tick", "a box to tick"],
)
def test_what_adds_no_cell(extra):
    grid = only(page([*FRAME, *extra], WORDS))
    assert (grid.row_count, grid.column_count) == (3, 3)


def test_dashes_are_one_rule():
    dashes = [across(20, x, x + 5) for x in range(0, 300, 8)]
    dashes = [Box(x, 20, x + 6.5, 20) for x in range(0, 300, 9)]
    grid = only(page([r for r in FRAME if r != across(20)] + dashes, WORDS))
    assert grid.row_count == 3


@pytest.mark.parametrize(("gap", "rows"), [(1.5, 3), (6.0, 2)], ids=["dotted rule", "scattered"])
def test_dots_near_one_another_are_a_rule(gap, rows):
    dots = [Box(x * gap, 19.6, x * gap + 0.7, 20.3) for x in range(int(300 / gap))]
    grid = only(page([r for r in FRAME if r != across(20)] + dots, WORDS))
    assert grid.row_count == rows


def test_low_rules_side_by_side_close_the_row_below_a_title_that_nothing_parts():
    middles = (40, 110, 190, 260)
    title = [word(t, x, 30) for t, x in (("Axe", 12), ("1", 25), ("se", 75), ("loger", 95))]
    heads, row = ([word("a", x, y) for x in middles] for y in (10, 50))
    bars = [down(x, y, y + 19) for y in (1, 41) for x in (75, 150, 225)]
    frame = [across(0), across(20), across(60), down(0), down(300)]
    grid = only(page([*frame, *bars], [*heads, *title, *row]))
    assert shapes(grid)["Axe1seloger"] == (1, 2, 0, 4)
    assert sum(cell.row == 2 for cell in grid.cells) == 4


BARS = [down(x) for x in (0, 100, 200, 300)]


@pytest.mark.parametrize("rules", [BARS, [*BARS, across(0)]], ids=["open", "open below"])
def test_rules_side_by_side_are_columns_closed_where_they_end(rules):
    grid = only(page(rules, WORDS))
    assert (grid.column_count, grid.box) == (3, Box(0, 0, 300, 60))


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([down(x) for x in (0, 10, 20, 30)], [word("1", 5, 30), word("2", 15, 30)]),
        (BARS[:2], WORDS),
        (BARS, [word(t, x, y) for t, x, y in [("Titre", 105, 10), ("note", 200, 30), ("a", 9, 9)]]),
    ],
    ids=["boxes for letters", "two bars", "text across"],
)
def test_rules_side_by_side_that_are_no_columns(rules, words):
    assert ruled_grids(page(rules, words)) == []


def test_coloured_cells_make_a_grid_without_rules():
    fills = [
        Fill(Box(x, y, x + 100, y + 20), (200, 220, 240)) for x in (0, 100, 200) for y in (0, 20)
    ]
    grid = only(page([], WORDS, fills))
    assert (grid.row_count, grid.column_count) == (2, 3)
    assert all(cell.filled for cell in grid.cells)


@pytest.mark.parametrize(("size", "rows"), [(6, 2), (10, 0)], ids=["small type", "highlighted"])
def test_coloured_cells_are_as_low_as_their_type(size, rows):
    fills = [Fill(Box(x, y, x + 100, y + 8), (30, 50, 100)) for x in (0, 100) for y in (0, 8)]
    words = [replace(word(text, x, y), size=size) for text, x, y in (("a", 50, 4), ("b", 150, 12))]
    assert [grid.row_count for grid in ruled_grids(page([], words, fills))] == [rows] * bool(rows)


@pytest.mark.parametrize(
    "fill",
    [Box(5, 4, 95, 16), Box(10, 3, 52, 17), Box(110, 24, 190, 36)],
    ids=["inset background", "highlighted words", "empty coloured cell"],
)
def test_colour_inside_a_ruled_cell_parts_nothing(fill):
    grid = only(page(FRAME, WORDS, [Fill(fill, (255, 255, 0))]))
    assert (grid.row_count, grid.column_count) == (3, 3)


def tiles(*tops, xs=(0, 100, 200, 300)):
    return [Fill(Box(x0, y, x1, y + 20), (255, 255, 255)) for y in tops for x0, x1 in pairwise(xs)]


def test_white_backgrounds_edge_to_edge_make_a_grid():
    grid = only(page([], WORDS, tiles(0, 20, 40)))
    assert (grid.xs, grid.ys) == ((0, 100, 200, 300), (0, 20, 40, 60))
    assert shapes(grid)["d"] == (1, 2, 0, 1)


def test_a_title_and_the_cells_of_the_first_column_stand_alone_below_the_head():
    """As Word draws a style with bands: colour and a bar part the other cells, white these."""
    lone = Box(0, 20, 300, 40), Box(0, 40, 100, 70), Box(0, 70, 100, 120)
    white = [*tiles(0), *(Fill(box, (255, 255, 255)) for box in lone)]
    band = [Fill(Box(x, 70, x + 100, 95), (192, 192, 192)) for x in (100, 200)]
    bars = [across(20), down(100, 40, 120), down(300, 20, 120)]
    title = [word("Axe", 20, 30), word("1", 50, 30), word("Loger", 95, 30)]
    rows = [word(t, x, y) for t, x, y in [("f", 150, 55), ("g", 250, 55), ("h", 150, 82)]]
    pilots = [word("CCAS", 30, 46), word("DDETS", 30, 76)]
    words = [*WORDS[:3], *title, *rows, *pilots, word("i", 150, 108)]
    found = shapes(only(page(bars, words, [*white, *band])))
    assert found["Axe1Loger"] == (1, 2, 0, 3)
    assert (found["CCAS"], found["DDETS"]) == ((2, 3, 0, 1), (3, 5, 0, 1))
    assert (found["f"], found["g"]) == ((2, 3, 1, 2), (2, 3, 2, 3))


def test_the_first_column_of_a_page_without_a_head_stands_left_of_the_bands():
    """Of the rows there but one is coloured, but for the first column, whose cell goes over two."""
    lone = Box(0, 0, 300, 20), Box(0, 20, 75, 50), Box(0, 50, 75, 100)
    xs = (75, 150, 225, 300)
    band = [Fill(Box(x, 50, end, 75), (192, 192, 192)) for x, end in pairwise(xs)]
    white = [Fill(Box(0, -40, 75, 0), (255, 255, 255))]
    white += [Fill(box, (255, 255, 255)) for box in lone]
    bars = [down(75, -40, 0), down(75, 20, 100), down(300, -40, 100), across(100)]
    said = [word("nuit", 188, -20), word("Axe", 20, 10), word("1", 45, 10), word("Loger", 75, 10)]
    said += [word(t, x, 35) for t, x in (("CCAS", 30), ("f", 110), ("g", 190), ("9", 260))]
    said += [word(t, x, 62) for t, x in (("SIAO", 30), ("h", 110), ("i", 190), ("8", 260))]
    found = shapes(only(page(bars, [*said, word("j", 110, 88)], [*white, *band])))
    assert found["Axe1Loger"] == (1, 2, 0, 4)
    assert (found["CCAS"], found["SIAO"]) == ((2, 3, 0, 1), (3, 5, 0, 1))
    assert (found["f"], found["i"]) == ((2, 3, 1, 2), (3, 4, 2, 3))


def test_backgrounds_stand_over_those_of_which_the_first_goes_further_down():
    head, *rows = (tiles(y, xs=(0, 75, 150, 225, 300)) for y in (0, 20, 40))
    tall = Fill(Box(0, 20, 75, 60), (255, 255, 255))
    body = [f for row in rows for f in row if f.box.x0]
    assert only(page([], WORDS, [*head, tall, *body])).box == Box(0, 0, 300, 60)


def test_two_backgrounds_stand_under_those_of_a_whole_row():
    beside = tiles(20, xs=(0, 75, 150)) + tiles(20, xs=(225, 300, 375))  # no colour in the middle
    grid = only(page([], WORDS, [*tiles(0, 40, xs=(0, 75, 150, 225, 300, 375)), *beside]))
    assert {(c.row, c.column) for c in grid.cells if c.row == 1} == {(1, i) for i in range(5)}


def test_backgrounds_of_two_heads_stand_under_that_of_one():
    xs = (0, 75, 150, 225, 300)
    dark = [Fill(Box(*box), (30, 50, 100)) for box in (
        (0, 0, 75, 20), (75, 0, 150, 20), (150, 0, 300, 10), (150, 10, 225, 20), (225, 10, 300, 20)
    )]  # fmt: skip
    heads = [word(text, x, y) for text, x, y in (("a", 187, 15), ("b", 262, 15), ("c", 200, 5))]
    grid = only(page([], [*heads, *WORDS[3:]], [*dark, *tiles(20, 40, xs=xs)]))
    assert shapes(grid)["a"] == (1, 2, 2, 3)
    assert shapes(grid)["b"] == (1, 2, 3, 4)


@pytest.mark.parametrize("rule", [(0, 300), (0, 380)], ids=["of the table", "longer"])
def test_colours_that_fill_a_rule_part_the_head_from_a_title_below_it(rule):
    rules = [across(0, *rule), across(40), across(60), down(0), down(300)]
    rules += [down(x, 40) for x in (100, 200)]
    title = [word("Axe un", 50, 30), word("accueillir", 101, 30)]
    heads = [replace(f, colour=(30, 50, 100)) for f in tiles(0)]
    found = shapes(only(page(rules, [*WORDS[:3], *title], heads)))
    assert ("a" in found) is (rule == (0, 300))


def test_backgrounds_part_the_cells_that_rules_leave_open():
    rules = [r for r in FRAME if r not in (down(100), down(200), across(20))]
    grid = only(page(rules, WORDS, tiles(0, 20)))
    assert shapes(grid)["b"] == (0, 1, 1, 2)


@pytest.mark.parametrize(
    "fills",
    [
        tiles(0),
        tiles(0, xs=(0, 100, 200)) + tiles(20, xs=(0, 100, 200)),
        tiles(0) + tiles(20, xs=(0, 90, 210, 300)),
    ],
    ids=["one line", "two side by side", "edges of words"],
)
def test_white_backgrounds_of_words_are_no_grid(fills):
    assert ruled_grids(page([], WORDS, fills)) == []
