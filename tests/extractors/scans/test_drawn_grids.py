"""Grids that are drawn in pictures."""

import pytest

from extractors.scans import bitmap, cleaning, drawn_grids
from tests.extractors.scans.drawing import GRID, POINT


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        pytest.param((470, 20, 473, 160), None, id="a paper clip over the head"),
        pytest.param((470, 20, 473, 700), (470, 100, 473, 700), id="a border with one on it"),
        pytest.param((470, 98, 473, 706), (470, 98, 473, 706), id="a border"),
        pytest.param((470, 200, 473, 700), (470, 200, 473, 700), id="from the second row"),
    ],
)
def test_what_goes_on_beyond_a_grid_is_laid_over_it(
    rule: bitmap.PixelBox, kept: bitmap.PixelBox | None
) -> None:
    across, down = GRID
    found = drawn_grids.without_overlaid(across, [*down, rule], POINT)
    assert found == ([*down, kept] if kept else down)


def test_what_parts_two_headings_of_groups_is_no_stroke_over_the_grid() -> None:
    """« Dépenses | Ressources », each over several columns, whose rules begin below both."""
    level = [20, *range(100, 800, 100)]
    across = [(100, y, 1103, y + 3) for y in level]
    down = [(x, 100, x + 3, 703) for x in range(300, 1100, 100) if x != 700]
    parting = (700, 23, 703, 703)
    assert parting in drawn_grids.without_overlaid(across, [*down, parting], POINT)


@pytest.mark.parametrize(("rules", "closed"), [(5, True), (3, False)])
def test_upright_rules_that_end_level_close_a_table(rules: int, closed: bool) -> None:
    down = [(100 + 200 * i, 100, 103 + 200 * i, 700) for i in range(rules)]
    across = [(100, 100, 103 + 200 * (rules - 1), 103)]
    found = drawn_grids.with_edges(across, down, [], POINT)
    foot = (100, 699, 103 + 200 * (rules - 1), 701)
    assert found == ([*across, foot] if closed else across)


@pytest.mark.parametrize(("rows", "closed"), [(1, False), (2, False), (3, True)])
def test_bars_that_end_at_the_joined_cells_of_a_total_close_no_table(
    rows: int, closed: bool
) -> None:
    down = [(x, 100, x + 3, 800 if x in (100, 1100, 1300) else 700) for x in range(100, 1301, 200)]
    across = [(100, y, 1303, y + 3) for y in (100, *range(200, 100 + 100 * rows, 100), 800)]
    found = drawn_grids.with_edges(across, down, [], POINT)
    assert (len(found) > len(across)) == closed


def test_tables_side_by_side_are_not_closed_as_one() -> None:
    down = [(x, 100, x + 3, 700) for x in (100, 300, 500, 900, 1100, 1300)]
    across = [(100, 100, 503, 103), (900, 100, 1303, 103)]
    assert drawn_grids.with_edges(across, down, [], POINT) == across


def test_the_lines_of_a_dark_first_column_part_it_and_rule_nothing_else() -> None:
    fill = cleaning.PaintedBox((100, 200, 300, 800), 120)
    head = cleaning.PaintedBox((100, 100, 1100, 200), 120)
    across = [(100, 100, 1100, 103), (100, 500, 300, 503), (100, 800, 1100, 803)]
    down = [(298, 200, 301, 800), (700, 100, 703, 800)]
    fills, level, upright = drawn_grids.with_dark_columns([head, fill], across, down, POINT)
    assert fills[0] == head
    assert level == [across[0], across[2]]
    assert upright == [down[1]]


def test_the_row_that_a_dark_cell_heads_begins_with_it() -> None:
    dark = [cleaning.PaintedBox((100, top, 300, top + 300), 5) for top in (200, 500)]
    rows = [cleaning.PaintedBox((300, top, 1100, top + 300), 200) for top in (200, 500)]
    down = [(298, 200, 301, 800), (700, 200, 703, 800)]
    fills, _, upright = drawn_grids.with_dark_columns([*dark, *rows], [], down, POINT)
    assert [f.box for f in fills] == [(100, 200, 1100, 500), (100, 500, 1100, 800)]
    assert upright == [down[1]]


@pytest.mark.parametrize(
    ("below", "seam"),
    [
        pytest.param((100, 302, 1100, 500), True, id="right below"),
        pytest.param((100, 340, 1100, 500), False, id="apart"),
        pytest.param((100, 302, 600, 500), False, id="below half of it"),
    ],
)
def test_a_colour_below_another_begins_at_a_rule(below: bitmap.PixelBox, seam: bool) -> None:
    fills = [cleaning.PaintedBox((100, 100, 1100, 300), 130), cleaning.PaintedBox(below, 205)]
    edges = [(100, 299, 1100, 301)] if seam else []
    assert drawn_grids.with_edges([], [], fills, POINT) == edges
    drawn = [(95, 298, 1105, 301)]
    assert drawn_grids.with_edges(drawn, [], fills, POINT) == drawn


@pytest.mark.parametrize(
    ("box", "filled"),
    [
        ((150, 98, 700, 203), (100, 100, 700, 200)),
        ((195, 98, 700, 203), (200, 100, 700, 200)),
        ((130, 118, 670, 184), (100, 100, 700, 200)),
        ((130, 130, 670, 170), (130, 130, 670, 170)),
        ((150, 98, 700, 290), (150, 98, 700, 290)),
        ((120, 98, 190, 203), (120, 98, 190, 203)),
    ],
    ids=["half of a cell", "an edge of a cell", "off the rules", "a line", "no row", "one cell"],
)
def test_a_colour_ends_where_cells_do(box: bitmap.PixelBox, filled: bitmap.PixelBox) -> None:
    cells = [(x, 100, x + w, 200) for x, w in ((100, 100), (200, 200), (400, 300))]
    fill = drawn_grids.fitted(cleaning.PaintedBox(box, 210), cells, POINT)
    assert fill == cleaning.PaintedBox(filled, 210)


@pytest.mark.parametrize(
    ("box", "grey", "halo"),
    [
        ((400, 300, 520, 340), 230, True),
        ((400, 300, 900, 340), 230, True),
        ((400, 300, 900, 400), 230, False),
        ((400, 300, 520, 340), 120, False),
        ((700, 100, 820, 140), 230, False),
        ((120, 110, 180, 150), 230, False),
    ],
    ids=["a word", "a line", "a stripe", "dark", "beside another", "in a cell"],
)
def test_the_grey_around_a_few_words_is_no_colour(
    box: bitmap.PixelBox, grey: int, halo: bool
) -> None:
    fill = cleaning.PaintedBox(box, grey)
    fills = [fill, cleaning.PaintedBox((820, 100, 1000, 140), 230)]
    assert drawn_grids.is_halo(fill, fills, [(100, 100, 200, 200)], POINT) is halo


@pytest.mark.parametrize(
    ("x", "kept"), [(620, False), (608, True), (640, True)], ids=["strokes", "double", "a column"]
)
def test_a_short_rule_right_beside_a_long_one_is_strokes_of_letters(x: int, kept: bool) -> None:
    down = [*GRID[1], (x, 300, x + 3, 480)]
    assert (down[-1] in drawn_grids.without_close(down, POINT)) is kept


@pytest.mark.parametrize(
    ("spot", "fills"),
    [
        ((0, 0, 300, 50), True),
        ((20, 0, 60, 50), False),
        ((0, 100, 40, 130), True),
        ((305, 10, 335, 40), False),
        ((0, 0, 300, 150), False),
    ],
    ids=[
        "a row of cells",
        "a spot in a cell",
        "below the table",
        "a punched hole beside it",
        "what shows through",
    ],
)
def test_colour_in_a_grid_fills_its_cells(spot: bitmap.PixelBox, fills: bool) -> None:
    cells = [(0, 0, 100, 50), (100, 0, 300, 50)]
    assert drawn_grids.fills_cells(cleaning.PaintedBox(spot, 240), cells, 1.0) is fills


@pytest.mark.parametrize(
    ("others", "kept"),
    [
        pytest.param([], False, id="head of a table without rules"),
        pytest.param([(500, 100, 504, 140)], True, id="head of two cells"),
        pytest.param([(500, 140, 504, 700)], True, id="head over ruled rows"),
    ],
)
def test_the_edges_of_a_head_are_rules_only_where_others_meet_it(
    others: list[bitmap.PixelBox], kept: bool
) -> None:
    edges = [(100, 100, 104, 140), (1096, 100, 1100, 140)]
    head = cleaning.PaintedBox((100, 100, 1100, 140), 90)
    found = drawn_grids.without_edges([*edges, *others], [head], POINT)
    assert found == [*(edges if kept else []), *others]
