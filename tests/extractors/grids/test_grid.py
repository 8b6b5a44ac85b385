"""Rules become grids of cells."""

from itertools import pairwise

import pytest

from extractors.grids.grid import ruled_grids, without
from extractors.pages.page import Box, Fill, Page, Word


def word(text, x, y):
    """A word of ten-point type whose middle stands at `x`, `y`."""
    half = 2.5 * len(text)
    return Word(text, Box(x - half, y - 5, x + half, y + 5), y + 3, 10, False)


def across(y, x0=0, x1=300):
    return Box(x0, y, x1, y)


def down(x, y0=0, y1=60):
    return Box(x, y0, x, y1)


def page(rules, words=(), fills=()):
    return Page(1, 400, 400, tuple(words), tuple(rules), tuple(fills))


FRAME = [across(0), across(20), across(40), across(60), down(0), down(100), down(200), down(300)]
WORDS = [word("a", 50, 10), word("b", 150, 10), word("c", 250, 10), word("d", 50, 30)]


def shapes(grid):
    return {
        "".join(w.text for w in cell.words): (cell.row, cell.row_end, cell.column, cell.column_end)
        for cell in grid.cells
        if cell.words
    }


def only(page):
    (grid,) = ruled_grids(page)
    return grid


def test_a_plain_grid():
    grid = only(page(FRAME, WORDS))
    assert (grid.row_count, grid.column_count) == (3, 3)
    assert shapes(grid)["d"] == (1, 2, 0, 1)
    assert len(grid.cells) == 9


def test_missing_rules_merge_cells():
    rules = [r for r in FRAME if r not in (across(20), down(200))]
    rules += [across(20, 100, 300), down(200, 20, 60)]
    grid = only(page(rules, [*WORDS[:2], word("e", 250, 30)]))
    assert shapes(grid) == {"a": (0, 2, 0, 1), "b": (0, 1, 1, 3), "e": (1, 2, 2, 3)}


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


def test_open_sides_are_columns():
    rules = [across(0), across(20), across(40), down(100, 0, 40), down(200, 0, 40)]
    assert only(page(rules, WORDS)).column_count == 3


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


def test_two_tables_of_a_page_stay_apart():
    lower = [Box(r.x0, r.top + 100, r.x1, r.bottom + 100) for r in FRAME]
    words = [*WORDS, *(word(w.text, w.box.middle[0], w.box.middle[1] + 100) for w in WORDS)]
    first, second = ruled_grids(page([*FRAME, *lower], words))
    assert (first.box.top, second.box.top) == (0, 100)


def test_a_frame_with_one_text_is_no_table():
    assert ruled_grids(page([across(0), across(60), down(0), down(300)], WORDS[:1])) == []


def test_coloured_cells_make_a_grid_without_rules():
    fills = [
        Fill(Box(x, y, x + 100, y + 20), (200, 220, 240)) for x in (0, 100, 200) for y in (0, 20)
    ]
    grid = only(page([], WORDS, fills))
    assert (grid.row_count, grid.column_count) == (2, 3)
    assert all(cell.filled for cell in grid.cells)


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


OPEN = [across(0), across(20), across(40), down(0, 0, 40), down(300, 0, 40)]
HEAD = [*OPEN, down(100, 0, 20), down(200, 0, 20)]


def test_texts_apart_in_columns_are_cells_where_no_rule_parts_them():
    total = [word("Total", 40, 30), word("30", 190, 30), word("20", 280, 30)]
    grid = only(page(HEAD, [*WORDS[:3], *total]))
    assert [shapes(grid)[text] for text in ("Total", "30", "20")] == [
        (1, 2, 0, 1),
        (1, 2, 1, 2),
        (1, 2, 2, 3),
    ]


@pytest.mark.parametrize(
    ("texts", "spans"),
    [
        ([("Axe", 40), ("logement", 75)], {"Axelogement": (1, 2, 0, 3)}),
        ([("Totalgénéral", 90), ("20", 280)], {"Totalgénéral": (1, 2, 0, 2), "20": (1, 2, 2, 3)}),
        ([("Santé", 85), ("emploi", 115), ("20", 280)], {"Santéemploi": (1, 2, 0, 2)}),
    ],
    ids=["one text", "a text across a border", "a border in a space"],
)
def test_a_text_over_several_columns_is_one(texts, spans):
    under = [word(text, x, 30) for text, x in texts]
    found = shapes(only(page(HEAD, [*WORDS[:3], *under])))
    assert {text: found[text] for text in spans} == spans


@pytest.mark.parametrize(
    ("places", "span"),
    [
        ([("le", 130), ("reste", 137.5)], (1, 2, 1, 2)),
        ([("le", 150), ("reste", 150)], (1, 2, 0, 3)),
        ([("le", 30), ("reste", 37.5)], (1, 2, 0, 3)),
    ],
    ids=["wrapped in the second column", "centred", "at the left"],
)
def test_lines_that_begin_in_a_column_and_end_in_it_are_its_own(places, span):
    lines = [word(text, x, 25 + 12 * i) for i, (text, x) in enumerate(places)]
    assert shapes(only(page(HEAD, [*WORDS[:3], *lines])))["lereste"] == span


def test_words_of_tables_are_taken_from_the_page():
    read = page(FRAME, [*WORDS, word("dehors", 150, 200)])
    assert [w.text for w in without(read, ruled_grids(read)).words] == ["dehors"]


def test_a_text_alone_in_a_grid_goes_on_from_the_page_before():
    above = word("titre", 50, -20)
    assert only(page(FRAME, WORDS[:1])).column_count == 3
    assert ruled_grids(page(FRAME, [above, WORDS[0]])) == []
