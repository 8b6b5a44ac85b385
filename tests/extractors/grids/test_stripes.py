"""Tables of which only some rows are coloured."""

from dataclasses import replace
from itertools import pairwise

import pytest

from extractors.grids.grid import Grid, GridCell
from extractors.grids.pieces import Block, BlockRow, Piece
from extractors.grids.ruled import ruled_grids
from extractors.grids.stripes import is_band, is_highlight, with_stripes
from extractors.grids.text_grid import with_whole_stripes
from extractors.pages.page import Box, Fill, Word
from tests.sheets import BLUE, COLUMNS, HEADS, ROWS, cell, line, page, texts, word, words


@pytest.mark.parametrize(
    ("tops", "alone"), [((18, 58), False), ((18,), True)], ids=["zebra", "one band"]
)
def test_bands_with_white_rows_between_are_no_grid(tops, alone):
    fills = [Fill(Box(5, y, 300, y + 20), BLUE) for y in tops]
    fills[:1] = [Fill(Box(5, y, 300, y + 10), BLUE) for y in (18, 28)]
    sheet = page(words(ROWS), (), fills)
    grid = next(g for g in ruled_grids(sheet))
    assert is_band(sheet, grid) is not alone


def test_two_bands_with_a_rule_between_are_no_grid():
    fills = [Fill(Box(5, y, 300, y + 20), BLUE) for y in (15, 35, 75)]
    sheet = page(words([*HEADS, *ROWS], top=18), [Box(5, 35, 300, 35)], fills)
    assert all(is_band(sheet, grid) for grid in ruled_grids(sheet))


def stripe(top):
    xs = (5.0, 115.0, 225.0, 300.0)
    return [Fill(Box(a, top, b, top + 20), BLUE) for a, b in pairwise(xs)]


@pytest.mark.parametrize(
    "tops", [(15,), (15, 55), (15, 35)], ids=["head only", "zebra", "two at the top"]
)
def test_stripes_are_joined_with_the_rows_between_and_below(tops):
    rows = [*ROWS, ("Total", "", "25 €")]
    striped = page(words(rows), fills=[f for top in tops for f in stripe(top)])
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in rows]


@pytest.mark.parametrize(("pitch", "rows"), [(24, 4), (40, 1)], ids=["as wide", "wider"])
def test_rows_stand_as_far_apart_as_the_head_is_higher_than_its_texts(pitch, rows):
    heads = words(HEADS, top=24, pitch=0)
    body = words(ROWS, top=52, pitch=pitch)
    band = [replace(f, box=replace(f.box, bottom=44)) for f in stripe(15)]
    sheet = page([*heads, *body], fills=band)
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert grid.row_count == rows


def test_a_first_row_without_colour_belongs_to_the_stripes():
    rows = [*ROWS, ("Total", "", "25 €")]
    striped = page(words(rows), fills=[*stripe(35), *stripe(75)])
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in rows]


def test_a_head_without_colour_stands_as_high_as_the_rows_below():
    heads = words(HEADS, top=2, pitch=0)
    rows = [*ROWS, ("Total", "", "25 €")]
    body = words(rows, top=36, pitch=33)
    fills = [
        replace(f, box=replace(f.box, bottom=f.box.top + 33)) for y in (32, 98) for f in stripe(y)
    ]
    title = Word("Annexe", Box(120, -18, 180, -4), -6, 14, True)
    striped = page([title, *heads, *body], fills=fills)
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in (*HEADS, *rows)]


def test_a_large_title_that_hangs_out_above_is_no_row():
    title = [
        Word("Annexe", Box(3, -10, 60, 10), 6, 20, True),
        Word("2031", Box(64, -10, 100, 10), 6, 20, True),
    ]
    rows = [*HEADS, *ROWS]
    striped = page([*title, *words(rows)], fills=[f for top in (15, 55) for f in stripe(top)])
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in rows]


def test_a_table_of_colours_alone_keeps_its_merged_cells():
    xs = (5.0, 115.0, 225.0, 300.0)
    fills = [Fill(Box(a, y, b, y + 20), BLUE) for y in (15, 35, 55) for a, b in pairwise(xs)]
    fills = [f for i, f in enumerate(fills) if i not in (3, 6)]
    fills.append(Fill(Box(5, 35, 115, 75), BLUE))
    sheet = page(words([HEADS[0], ROWS[0], ("", *ROWS[1][1:])]), fills=fills)
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert [row[0] for row in texts(grid)] == ["Pilote", "Ville", "Ville"]


def test_a_rule_under_the_head_leaves_the_first_stripe_one():
    rows = [*HEADS, *ROWS, ("Total", "", "25 €")]
    fills = [*stripe(35), *stripe(75)]
    striped = page(words(rows), [Box(5, 35, 300, 35)], fills)
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in rows]


def test_a_stripe_whose_first_cells_are_one_ends_the_table():
    total = [Fill(Box(a, 75, b, 95), BLUE) for a, b in ((5, 115), (115, 225), (225, 300))]
    total[:2] = [Fill(Box(5, 75, 225, 95), BLUE)]
    rows = [*ROWS, ("Total", "", "25 €")]
    striped = page(words(rows), fills=[*stripe(15), *total])
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in rows]


def test_a_first_stripe_that_joins_columns_opens_the_table():
    xs = (5, 60, 115, 225, 300)
    rows = [("Pilote", "Action", "Somme", "État"), ("Report", "", "25 €", "en cours")]
    rows += [("Ville", f"Bail {n}", f"{n} €", "en cours") for n in (7, 8, 9)]
    fills = [Fill(Box(a, 35, b, 55), BLUE) for a, b in ((5, 115), (115, 225), (225, 300))]
    fills += [Fill(Box(a, 75, b, 95), BLUE) for a, b in pairwise(xs)]
    places = (10, 65, 120, 230)
    said = [line(20 * r, *zip(row, places, strict=True)) for r, row in enumerate(rows, 1)]
    striped = page([w for some in said for w in some], fills=fills)
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid)[0] == list(rows[0])
    assert texts(grid)[2:] == [list(row) for row in rows[2:]]


def test_prose_under_a_coloured_head_is_no_row():
    prose = Word("d'une colonne à l'autre", Box(60, 140, 260, 151), 149, 10, False)
    striped = page([*words(ROWS), prose], fills=stripe(15))
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in ROWS]


@pytest.mark.parametrize("tops", [(15, 75, 115), (35, 75, 115)], ids=["between", "over"])
def test_a_title_over_rows_parts_no_stripes(tops):
    lines = [*HEADS, ROWS[0], ROWS[1], ROWS[2], ROWS[0], ROWS[1]]
    at = 35 if tops[0] == 35 else 55
    ys = [15, *range(at + 20, at + 120, 20)] if at == 35 else [15, 35, 75, 95, 115, 135]
    all_words = [w for y, row in zip(ys, lines, strict=True) for w in words([row], top=y + 3)]
    title = Word("Axe 1 – Accéder au logement", Box(10, at + 3, 160, at + 14), at + 12, 10, True)
    fills = [f for top in ((75, 115) if at == 35 else tops) for f in stripe(top)]
    striped = page([*all_words, title], fills=fills)
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert [row for row in texts(grid) if len(row) > 1] == [list(row) for row in lines]
    assert [title.text] in texts(grid)


def test_lines_on_colour_are_no_table():
    cell = GridCell(0, 1, 0, 1, Box(0, 0, 100, 20), ())
    grid = Grid(1, (0, 100), (0, 20, 40), (cell,))
    frame = [Box(0, y, 100, y) for y in (0, 40)] + [Box(x, 0, x, 40) for x in (0, 100)]
    assert is_highlight(page([]), grid)
    assert is_highlight(page([], frame), grid)
    assert not is_highlight(page([], [Box(0, 20, 100, 20)]), grid)


def test_stripes_with_a_cell_that_goes_down_over_a_white_row_have_their_head():
    rows = [ROWS[0], ("", *ROWS[1][1:]), ROWS[2], ("Total", "", "25 €")]
    fills = [*stripe(35)[1:], Fill(Box(5, 35, 115, 75), BLUE), *stripe(75)]
    striped = page(words([*HEADS, *rows]), fills=fills)
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in (*HEADS, *rows)]


def heads_of_colour():
    """A head on two levels, each on colour, a rule between them: the second over two columns."""
    fills = [Fill(Box(5, 15, 115, 55), BLUE), *stripe(35)[1:], Fill(Box(115, 15, 300, 35), BLUE)]
    heads = [*words([("Pilote", "Crédits", "")], top=18), *words([("", "Action", "Somme")], top=38)]
    return heads, fills, [Box(5, y, 300, y) for y in (15, 55)] + [Box(115, 35, 300, 35)]


def test_coloured_heads_with_a_rule_between_them_stand_over_the_rows_below():
    heads, fills, rules = heads_of_colour()
    title = Word("Axe 1 – Accéder au logement", Box(10, 60, 160, 71), 69, 10, True)
    sheet = page([*heads, title, *words(ROWS, top=80)], rules, fills)
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert texts(grid)[2:] == [[title.text], *map(list, ROWS)]
    assert [c.column_end for c in grid.row(0)] == [1, 3]


def test_heads_beside_others_on_two_levels_stand_over_rows_printed_one_after_the_other():
    xs = (5.0, 55.0, 142.0, 190.0, 260.0)
    fills = [Fill(Box(a, 15, b, 51), BLUE) for a, b in pairwise(xs[:3])]
    fills += [Fill(Box(142, 15, 260, 33), BLUE)]
    fills += [Fill(Box(a, 33, b, 51), BLUE) for a, b in pairwise(xs[2:])]
    heads = [*cell(10, 28, "Pilote"), *cell(60, 28, "Action"), *cell(145, 19, "Crédits")]
    heads += [*cell(145, 37, "AMI"), *cell(195, 37, "Autres")]
    rows = [
        [("Ville",), ("Fonds d'aide aux", "familles logées", "depuis un an"), ("oui",), ("CAF",)],
        [("CCAS",), ("bail glissant", "pour familles", "de la rue"), ("non",), ("Ville et", "CAF")],
        [("Toit",), ("accueil de jour", "des familles", "sans abri"), ("oui",), ("néant",)],
    ]
    body = [
        w
        for r, row in enumerate(rows)
        for x, lines in zip((10, 60, 145, 195), row, strict=True)
        for w in cell(x, 57 + 36 * r + 6 * (3 - len(lines)), *lines)
    ]
    sheet = page([*heads, *body], fills=fills)
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert texts(grid)[2:] == [[" ".join(lines) for lines in row] for row in rows]


def test_heads_on_a_second_level_leave_white_where_there_are_none():
    """A rule between the levels parts no rows, for all that says something is on colour."""
    xs = (5.0, 115.0, 225.0, 300.0)
    fills = [Fill(Box(a, 15, b, 35), BLUE) for a, b in pairwise(xs)]
    fills += [Fill(Box(a, 35, b, 55), BLUE) for a, b in pairwise(xs[1:])]
    rules = [Box(5, 35, 300, 35.5)]
    said = [*words(HEADS, top=20), *words([("", "menée", "en euros")], top=40)]
    sheet = page([*said, *words(ROWS, top=60)], rules, fills)
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert texts(grid)[-3:] == [list(row) for row in ROWS]


@pytest.mark.parametrize(
    ("rule", "columns"), [((5, 300), 4), ((5, 80, 300), 4), ((5, 260), 3), ((80, 300), 3)],
    ids=["over all", "in pieces", "shorter", "over the colour only"],
)  # fmt: skip
def test_the_first_column_may_have_no_colour(rule, columns):
    xs = (80.0, 115.0, 225.0, 300.0)
    fills = [Fill(Box(a, y, b, y + 20), BLUE) for y in (35, 75) for a, b in pairwise(xs)]
    rows = [("", *row[1:]) for row in (*ROWS, ROWS[0])]
    numbers = [word(str(i), 90, 20 + 20 * i) for i in range(4)]
    pilots = [word("Ville", 10, 20), word("CCAS", 10, 60)]
    top = [Box(x0, 15, x1, 15.5) for x0, x1 in pairwise(rule)]
    striped = page([*words(rows), *numbers, *pilots], top, fills)
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert grid.column_count == columns
    if columns == 4:
        assert [row[0] for row in texts(grid)] == ["Ville", "", "CCAS", ""]


@pytest.mark.parametrize("bare", [0, 1])
def test_a_stripe_beside_a_cell_over_several_rows_has_the_columns_of_the_others(bare):
    """Whether it comes first or last."""
    xs = (5.0, 40.0, 75.0, 150.0, 300.0)
    starts = [1, 1]
    starts[1 - bare] = 0
    stripes = zip((35, 75), starts, strict=True)
    fills = [Fill(Box(a, y, b, y + 20), BLUE) for y, i in stripes for a, b in pairwise(xs[i:])]
    pilots = [("DDT", "CCAS", "", "Toit"), ("Ville", "DDT", "CCAS", "")][bare]
    rows = [(pilot, f"{i}", "Bail", "1 €") for i, pilot in enumerate(pilots)]
    said = [
        word(text, x + 3, 20 + 20 * r)
        for r, row in enumerate(rows)
        for text, x in zip(row, xs, strict=False)
        if text
    ]
    striped = page(said, fills=fills)
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in rows]


def test_lines_of_heads_over_a_rule_are_one_row():
    heads = [*words(HEADS, top=2), replace(word("action", 10, 14), size=7.0)]
    fills = [*stripe(49), *stripe(89)]
    striped = page([*heads, *words(ROWS, top=34)], [Box(5, 27, 300, 27)], fills)
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid)[0] == ["Pilote action", "Action", "Somme"]


@pytest.mark.parametrize(
    ("rest", "count"),
    [(("", "de nuit", ""), 2), (("", "de nuit", "9 €"), 3), (("", "Accueil", "-"), 3)],
)
def test_rows_on_a_stripe_are_one_unless_two_sums_stand_in_a_column(rest, count):
    lines = {20: ROWS[0], 32: rest, 60: ROWS[2]}
    rows = [
        BlockRow([Block(COLUMNS.index(w.box.x0), COLUMNS.index(w.box.x0) + 1, [Piece((w,))])
                  for w in words([tuple(t for t in line)], top=y)])
        for y, line in lines.items()
    ]  # fmt: skip
    assert len(with_whole_stripes(rows, [(15, 45), (45, 80)])) == count
    assert len(with_whole_stripes(rows, [(45, 80)])) == 3


@pytest.mark.parametrize(
    ("row", "rule", "rows"),
    [(ROWS[0], True, 2), (ROWS[0], False, 1), (("Ville", "", ""), True, 1)],
    ids=["closed", "not closed", "a word"],
)
def test_a_rule_closes_the_only_row_below_a_head(row, rule, rows):
    rules = [Box(5, 55, 300, 55)] * rule
    sheet = page([*words(HEADS, top=19), *words([row], top=39)], rules, stripe(15))
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert grid.row_count == rows


def test_a_card_of_two_columns_on_stripes_has_its_white_rows_too():
    rows = [("Pilote", "Ville"), ("But", "Loger"), ("Coût", "12 €"), ("Part AMI", "8 €")]
    title = word("Action 1 : Bail", 8, 4, bold=True)
    body = [
        w
        for r, (asked, told) in enumerate(rows)
        for w in line(24 + 20 * r, (asked, 8), (told, 120))
    ]
    above = line(-14, ("Six actions", 8), ("en 2024", 130))
    bands = [Fill(Box(5, 0, 300, 20), BLUE)]
    bands += [Fill(Box(a, y, b, y + 20), BLUE) for y in (20, 60) for a, b in ((5, 115), (115, 300))]
    card = page([*above, title, *body], fills=bands)
    (grid,) = with_stripes(card, ruled_grids(card))
    assert texts(grid) == [["Action 1 : Bail"], *map(list, rows)]


def test_a_table_on_stripes_leaves_the_last_row_of_the_one_above_to_it():
    other = [Fill(Box(a, 75, b, 95), BLUE) for a, b in ((5, 105), (105, 215), (215, 300))]
    first, second = [*HEADS, *ROWS[:2]], [("Porteur", "Projet", "Total"), *ROWS[:2]]
    heads = [*words(first), *words(second, top=80)]
    sheet = page(heads, fills=[*stripe(15), *other])
    assert [texts(grid) for grid in with_stripes(sheet, ruled_grids(sheet))] == [
        [list(row) for row in rows] for rows in (first, second)
    ]


def test_a_band_over_more_lines_is_no_last_row():
    body = [
        *words([*HEADS, *ROWS], top=18),
        word("Axe 2", 80, 98),
        *line(130, ("Fait le 3 mai", 8)),
    ]
    sheet = page(body, fills=[*stripe(15), Fill(Box(5, 95, 300, 115), BLUE)])
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert grid.row_count == 4


def test_an_axis_on_its_side_parts_no_stripes():
    """Beside a white row of four lines, in a column that only the next stripe has."""
    (axis,) = words([("Axe 1", "", "")])
    axis = replace(axis, text="Axe 1 – Loger", box=Box(60, 36, 70, 94), baseline=94)
    xs = (115.0, 225.0, 335.0, 410.0)
    fills = [Fill(Box(a, y, b, y + 20), BLUE) for y in (15, 95) for a, b in pairwise(xs)]
    fills.append(Fill(Box(5, 95, 115, 135), BLUE))
    rows = [line(y, ("Bail", 120), ("CCAS", 230), ("8 €", 340)) for y in (20, 40, 100)]
    more = [w for y in (52, 64, 76) for w in line(y, ("puis", 120))]
    sheet = page([*rows[0], axis, *rows[1], *more, *rows[2]], fills=fills)
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert [row[-2:] for row in texts(grid)] == [["CCAS", "8 €"]] * 3


def five_columns(white):
    """The tables of three rows of five columns: the first on colour but for the column `white`,
    whose cell goes down over the next, the last on colour."""
    xs = (5.0, 55.0, 105.0, 155.0, 205.0, 255.0)
    fills = [
        Fill(Box(a, y, b, y + 20), BLUE)
        for y in (15, 55)
        for c, (a, b) in enumerate(pairwise(xs))
        if (y, c) != (15, white)
    ]
    said = [[f"{r}{c}" for c in range(5)] for r in range(3)]
    said[1][white] = ""
    all_words = [
        Word(text, Box(x + 3, 20 + 20 * r, x + 15, 30 + 20 * r), 28 + 20 * r, 10, False)
        for r, row in enumerate(said)
        for text, x in zip(row, xs, strict=False)
        if text
    ]
    striped = page(all_words, fills=fills)
    return with_stripes(striped, ruled_grids(striped)), said


@pytest.mark.parametrize("column", [0, 1])
def test_a_stripe_that_lacks_its_first_columns_has_those_of_the_next(column):
    (grid,), said = five_columns(column)
    assert [row[2:] for row in texts(grid)] == [row[2:] for row in said]
    assert texts(grid)[0] == said[0]


@pytest.mark.parametrize(
    ("up", "whole"),
    [(0, True), (12, True), (None, False)],
    ids=["heads beside", "heads above", "neither"],
)
def test_a_head_of_which_only_the_last_columns_are_coloured_has_all_of_them(up, whole):
    xs = tuple(5.0 + 45 * i for i in range(8))
    fills = [
        Fill(Box(a, y, b, y + 20), BLUE)
        for y, start in ((35, 5), (75, 0))
        for a, b in pairwise(xs[start:])
    ]
    printed = [
        word(f"{r}{c}", x + 3, 40 + 20 * r - (up or 0) * (not r and c < 5))
        for r in range(4)
        for c, x in enumerate(xs[:-1])
        if up is not None or r or c >= 5
    ]
    sheet = page(printed, fills=fills)
    tables = [texts(grid) for grid in with_stripes(sheet, ruled_grids(sheet))]
    rows = [[f"{r}{c}" for c in range(7)] for r in range(1, 4)]
    assert any(table[-3:] == rows and len(table) > 3 for table in tables) is whole
