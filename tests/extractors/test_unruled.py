"""Tables whose rules, or some of them, are missing."""

from dataclasses import replace
from itertools import pairwise

import pytest

from extractors.grid import Grid, GridCell, ruled_grids
from extractors.page import Box, Fill, Page, Word
from extractors.unruled import (
    continued,
    is_band,
    is_highlight,
    unruled_grids,
    with_columns,
    with_head,
    with_rows,
    with_stripes,
)

COLUMNS = (10.0, 120.0, 230.0)
ROWS = [("Ville", "Maraude", "12 €"), ("CCAS", "Accueil", "8 €"), ("Toit", "Bail", "5 €")]
BLUE = (200, 210, 250)


def words(rows, top=20.0, pitch=20.0):
    return [
        Word(text, Box(x, y, x + 5 * len(text), y + 11), y + 9, 10, False)
        for r, row in enumerate(rows)
        for y in [top + r * pitch]
        for x, text in zip(COLUMNS, row, strict=True)
        if text
    ]


def page(words, rules=(), fills=()):
    return Page(1, 320, 400, tuple(words), tuple(rules), tuple(fills))


def texts(grid):
    return [
        [" ".join(w.text for w in cell.words) for cell in grid.row(r)]
        for r in range(grid.row_count)
    ]


HEADS = [("Pilote", "Action", "Somme")]


@pytest.mark.parametrize(
    ("band", "columns"),
    [
        (words(HEADS, top=2), ["Pilote", "Action", "Somme"]),
        (words([("Annexe", "", "")], top=2), ["Annexe"]),
        (
            [
                *words([("Actions", "", "")], top=2),
                Word("retenues", Box(48, 2, 240, 13), 11, 10, False),
            ],
            None,
        ),
    ],
    ids=["heads", "a title at the left", "a title across"],
)
def test_heads_on_a_band_of_colour_stand_over_the_columns(band, columns):
    xs = (5.0, 115.0, 225.0, 300.0)
    rules = [Box(5, y, 300, y) for y in (16, 36, 56, 76)] + [Box(x, 16, x, 76) for x in xs]
    sheet = page([*band, *words(ROWS)], rules, [Fill(Box(5, 0, 300, 16), (20, 60, 40))])
    (grid,) = (with_head(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid)[0] == (columns or ["Actions retenues"])
    assert texts(grid)[1:] == [list(row) for row in ROWS]


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


@pytest.mark.parametrize("rules", [[], [Box(5, y, 300, y) for y in (15, 36, 56, 76)]])
def test_columns_and_rows_are_read_from_the_text(rules):
    (grid,) = unruled_grids(page(words(ROWS), rules), [])
    assert not grid.ruled
    assert texts(grid) == [list(row) for row in ROWS]


@pytest.mark.parametrize(("ami", "count"), [("5 000 €", 5), ("Ville", 3)])
def test_lines_between_two_rules_that_say_two_figures_are_rows(ami, count):
    lines = [(name, ami, f"{n} 000 €") for n, name in enumerate(("Accueil", "Étude", "Guichet"), 1)]
    rows = [("Nom", "AMI", "Coût"), *lines, ("Total", "1", "2")]
    rules = [Box(5, y, 300, y) for y in (15, 36, 96, 116)]
    (grid,) = unruled_grids(page(words(rows), rules), [])
    assert grid.row_count == count


def test_the_lines_over_the_first_rule_are_the_head():
    heads = [("Pilote", "Action", "Somme"), ("Référent", "", "Due")]
    lines = [w for i, line in enumerate(heads) for w in words([line], top=2 + 16 * i)]
    (grid,) = unruled_grids(page([*lines, *words(ROWS, top=40)], [Box(5, 33, 300, 33)]), [])
    assert texts(grid) == [["Pilote Référent", "Action", "Somme Due"], *map(list, ROWS)]


def test_a_body_framed_as_a_whole_has_the_columns_of_its_head():
    xs = (5.0, 115.0, 225.0, 300.0)
    rules = [Box(5, y, 300, y) for y in (15, 36, 96)] + [Box(x, 15, x, 36) for x in xs]
    rules += [Box(x, 15, x, 96) for x in (5.0, 300.0)]
    sheet = page(words([*HEADS, *ROWS]), rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid) == [list(row) for row in (*HEADS, *ROWS)]
    prose = [("Nom", "Date", "Lieu"), ("Une phrase", "", ""), ("et une autre", "", "")]
    sheet = page(words(prose), rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert grid.row_count == 2 and len(grid.row(1)) == 1


def test_a_last_row_with_empty_cells_belongs_to_the_table():
    rows = [*ROWS, ("Total", "", "25 €")]
    (grid,) = unruled_grids(page(words(rows)), [])
    assert texts(grid)[-1] == ["Total", "", "25 €"]


@pytest.mark.parametrize(
    "lines",
    [
        [("Une phrase", "", ""), ("et une autre", "", ""), ("encore", "", "")],
        [("Nom", "Date", "Lieu")],
        [("Nom", "Date", "Lieu"), ("x", "y", "z")],
    ],
    ids=["prose", "one line", "two lines"],
)
def test_what_is_no_table(lines):
    assert unruled_grids(page(words(lines)), []) == []


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


def test_a_table_of_colours_alone_keeps_its_merged_cells():
    xs = (5.0, 115.0, 225.0, 300.0)
    fills = [Fill(Box(a, y, b, y + 20), BLUE) for y in (15, 35, 55) for a, b in pairwise(xs)]
    fills = [f for i, f in enumerate(fills) if i not in (3, 6)]
    fills.append(Fill(Box(5, 35, 115, 75), BLUE))
    sheet = page(words([HEADS[0], ROWS[0], ("", *ROWS[1][1:])]), fills=fills)
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert [row[0] for row in texts(grid)] == ["Pilote", "Ville", "Ville"]


def test_a_rule_under_some_columns_leaves_the_others_whole():
    """What Word's list tables draw under a row of a merged cell."""
    all_words = words(HEADS)
    for y, who in ((40, "Ville"), (80, "CCAS")):
        all_words += words([(who, "lire", "12 €"), ("", "relire", "9 €")], top=y)
    rules = [Box(5, y, 300, y) for y in (16, 36, 76, 116)]
    rules += [Box(115, y, 300, y) for y in (56, 96)]
    rules += [Box(x, 16, x, 116) for x in (5.0, 300.0)]
    (grid,) = (with_columns(s, g) for s in [page(all_words, rules)] for g in ruled_grids(s))
    assert [row[0] for row in texts(grid)] == ["Pilote", "Ville", "Ville", "CCAS", "CCAS"]
    assert [row[1] for row in texts(grid)] == ["Action", "lire", "relire", "lire", "relire"]


def test_a_lone_text_across_columns_is_a_title_over_the_rows_below():
    rows = [*words(HEADS), *words(ROWS, top=60, pitch=14)]
    title = [Word("Accès au logement des jeunes", Box(10, 40, 160, 51), 49, 10, False)]
    (grid,) = unruled_grids(page([*rows, *title]), [])
    assert [c.column_end for c in grid.row(1)] == [3]


def test_a_rule_under_the_head_leaves_the_first_stripe_one():
    rows = [*HEADS, *ROWS, ("Total", "", "25 €")]
    fills = [*stripe(35), *stripe(75)]
    striped = page(words(rows), [Box(5, 35, 300, 35)], fills)
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in rows]


@pytest.mark.parametrize(
    ("row", "parted"),
    [
        pytest.param(("Bail", "5 €", "9 €"), ["Bail", "5 €", "9 €"], id="two figures"),
        pytest.param(("Bail", "en cours", "9 €"), ["Bail", "en cours", "9 €"], id="a text"),
        pytest.param(
            ("Bail", "en cours pour 2031 et", ""), ["Bail", "en cours pour 2031 et"], id="one text"
        ),
    ],
)
def test_texts_apart_without_a_rule_between_them_stand_in_their_columns(row, parted):
    rules = [Box(5, y, 335, y) for y in (15, 36, 56, 76)]
    rules += [Box(x, 15, x, 76) for x in (5.0, 115.0, 335.0)] + [Box(225, 15, 225, 56)]
    sheet = page(words([("Action", "État", "Ville"), ("Accueil", "8 €", "7 €"), row]), rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid)[-1] == parted


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        pytest.param([("Bail", "x", "5 €"), ("CCAS", "y", "9 €"), ("Toit", "z", "7 €")], 3),
        pytest.param([("Une phrase", "", ""), ("et une autre", "", ""), ("encore", "", "")], 1),
    ],
)
def test_a_frame_with_a_band_over_it_has_the_columns_of_its_text(rows, columns):
    rules = [Box(5, y, 300, y) for y in (15, 36, 96)] + [Box(x, 15, x, 96) for x in (5.0, 300.0)]
    sheet = page(words([*HEADS, *rows]), rules)
    (grid,) = (with_columns(sheet, grid) for grid in ruled_grids(sheet))
    assert grid.column_count == columns


def test_every_other_row_without_rules_has_the_same_columns():
    xs = (5.0, 115.0, 225.0, 300.0)
    rules = [Box(5, y, 300, y) for y in (15, 36, 56, 76, 96)]
    rules += [Box(x, 15, x, 96) for x in (5.0, 300.0)]
    rules += [Box(x, y, x, y + 20) for x in xs[1:-1] for y in (36, 76)]
    sheet = page(words([*HEADS, *ROWS]), rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid) == [list(row) for row in (*HEADS, *ROWS)]


def test_a_row_parted_from_the_first_column_alone_has_the_others_too():
    xs = (5.0, 115.0, 170.0, 225.0, 300.0)
    rows = [
        ("Action", "Pilote", "État", "CAF"),
        ("Bail", "CCAS", "9", "1"),
        ("Halte", "Toit", "8", "-"),
    ]
    spots = [
        Word(t, Box(x + 5, y, x + 5 + 5 * len(t), y + 11), y + 9, 10, False)
        for y, row in zip((20, 40, 60), rows, strict=True)
        for x, t in zip(xs, row, strict=False)
    ]
    rules = [Box(5, y, 300, y) for y in (16, 36, 56, 76)]
    rules += [Box(x, 16, x, 76) for x in (5.0, 115.0, 300.0)]
    rules += [Box(x, 36, x, 56) for x in xs[2:4]]
    sheet = page(spots, rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid) == [list(row) for row in rows]


def test_lines_under_the_last_band_end_its_row():
    lines = [*ROWS, ("Total", "des", "25 €"), ("", "bailleurs", "")]
    tops = [20.0, 40.0, 60.0, 80.0, 90.0]
    all_words = [w for line, top in zip(lines, tops, strict=True) for w in words([line], top)]
    bands = [Fill(Box(5, top, 300, top + 20), BLUE) for top in (15, 55)]
    (grid,) = unruled_grids(page(all_words, fills=bands), [])
    assert texts(grid)[-1] == ["Total", "des bailleurs", "25 €"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        pytest.param(ROWS[1], True, id="a row"),
        pytest.param(("Total", "", "25 €"), True, id="a total"),
        pytest.param(("Le maire", "", "Le préfet"), False, id="signatures"),
        pytest.param(("Une phrase qui suit", "", ""), False, id="prose"),
    ],
)
def test_a_row_left_over_on_the_next_page_belongs_to_the_table(line, kept):
    first, second = page(words(ROWS)), replace(page(words([line])), number=2)
    assert unruled_grids(second, []) == []
    found = continued(first, unruled_grids(first, []), second, [])
    assert [texts(grid) for grid in found] == ([[list(line)]] if kept else [])


def on_two_pages(below):
    """The grids of `ROWS`, and of `below` on the next page, read alone and after them."""
    first, second = page(words(ROWS)), replace(page(below), number=2)
    alone = unruled_grids(second, [])
    return alone, continued(first, unruled_grids(first, []), second, alone)


def test_a_text_may_reach_nearer_to_the_next_column_than_all_on_the_page_before():
    rows = [("", "Une équipe mobile", "12 €"), ("", "Bail", "5 €"), ("", "Accueil", "8 €")]
    (alone,), (grid,) = on_two_pages(words(rows))
    assert alone.column_count == 2
    assert texts(grid) == [list(row) for row in rows]


def test_a_table_in_the_columns_of_the_page_before_stays_as_it_was_read():
    alone, found = on_two_pages(words(ROWS))
    assert found[0] is alone[0]


@pytest.mark.parametrize(
    ("line", "count"), [(("", "jour", ""), 4), (("", "jour", "nuit"), 4), (("Suite", "", ""), 3)]
)
def test_the_rest_of_a_cut_row_stands_over_the_rows_of_the_next_page(line, count):
    below = [*words([line], top=8), *words(ROWS)]
    first, second = page(words(ROWS)), replace(page(below), number=2)
    alone = unruled_grids(page(words(ROWS)), [])
    (grid,) = continued(first, alone, second, alone)
    assert grid.row_count == count
    assert texts(grid)[-3:] == [list(row) for row in ROWS]


def test_a_column_that_is_empty_on_the_next_page_is_none_less():
    rows = [("Ville", "", "12 €"), ("CCAS", "", "8 €"), ("Toit", "", "5 €")]
    (alone,), (grid,) = on_two_pages(words(rows))
    assert alone.column_count == 2
    assert texts(grid) == [list(row) for row in rows]


def test_another_table_on_the_next_page_has_its_own_columns():
    """Two of them stand where the table before has one."""
    codes = [replace(w, text="A", box=replace(w.box, x0=70, x1=75)) for w in words(ROWS)[::3]]
    (alone,), (grid,) = on_two_pages([*words(ROWS), *codes])
    assert grid is alone
    assert texts(grid)[0] == ["Ville", "A", "Maraude", "12 €"]


def test_stretched_prose_under_figures_is_no_row():
    rows = [("Année", "Places", "Coût"), ("2033", "14", "120"), ("2034", "15", "130"),
            ("2035", "16", "140")]  # fmt: skip
    (grid,) = unruled_grids(page(words([*rows, ("", "Une phrase", "qui suit")])), [])
    assert texts(grid) == [list(row) for row in rows]


def test_a_stripe_whose_first_cells_are_one_ends_the_table():
    total = [Fill(Box(a, 75, b, 95), BLUE) for a, b in ((5, 115), (115, 225), (225, 300))]
    total[:2] = [Fill(Box(5, 75, 225, 95), BLUE)]
    rows = [*ROWS, ("Total", "", "25 €")]
    striped = page(words(rows), fills=[*stripe(15), *total])
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in rows]


def test_prose_under_a_coloured_head_is_no_row():
    prose = Word("d'une colonne à l'autre", Box(60, 140, 260, 151), 149, 10, False)
    striped = page([*words(ROWS), prose], fills=stripe(15))
    (grid,) = with_stripes(striped, ruled_grids(striped))
    assert texts(grid) == [list(row) for row in ROWS]


def test_lines_on_colour_are_no_table():
    cell = GridCell(0, 1, 0, 1, Box(0, 0, 100, 20), ())
    grid = Grid(1, (0, 100), (0, 20, 40), (cell,))
    assert is_highlight(page([]), grid)
    assert not is_highlight(page([], [Box(0, 20, 100, 20)]), grid)


def one_ruled_row(all_words):
    cells = [
        GridCell(0, 1, i, i + 1, Box(x - 5, 10, x + 105, 120), inside)
        for i, x in enumerate(COLUMNS)
        for inside in [tuple(w for w in all_words if x <= w.box.x0 < x + 100)]
    ]
    return Grid(1, (5, 115, 225, 335), (10, 120), tuple(cells))


def test_rows_without_rules_are_parted_by_blanks():
    set_wide = [*words(ROWS, pitch=30), *words([("", "mixte", "")], top=31)]
    grid = with_rows(page(set_wide), one_ruled_row(set_wide))
    assert [row[0] for row in texts(grid)] == ["Ville", "CCAS", "Toit"]


def test_rows_are_parted_in_each_ruled_group():
    several = words([*ROWS, *ROWS[:2]], pitch=30)
    cells = [
        replace(cell, row=r, row_end=r + 1, words=tuple(w for w in cell.words if w in inside))
        for r, inside in enumerate((several[: 3 * len(ROWS)], several[3 * len(ROWS) :]))
        for cell in one_ruled_row(several).cells
    ]
    grid = with_rows(page(several), Grid(1, (5, 115, 225, 335), (10, 110, 200), tuple(cells)))
    assert texts(grid) == [list(row) for row in (*ROWS, *ROWS[:2])]


@pytest.mark.parametrize(("rules", "count"), [([], 5), ([Box(5, 110, 335, 110)], 3)])
def test_between_bars_alone_a_group_of_rows_is_parted_beside_rows_of_several_lines(rules, count):
    tall = [
        words([row, ("et", "suite", "")], top, 12) for top, row in ((112, ROWS[0]), (152, ROWS[1]))
    ]
    groups = [words(ROWS, pitch=30), *tall]
    every = [w for group in groups for w in group]
    cells = [
        replace(cell, row=r, row_end=r + 1, words=tuple(w for w in cell.words if w in group))
        for r, group in enumerate(groups)
        for cell in one_ruled_row(every).cells
    ]
    grid = Grid(1, (5, 115, 225, 335), (10, 110, 150, 190), tuple(cells))
    assert with_rows(page(every, rules), grid).row_count == count


def test_centred_text_does_not_part_a_row():
    flowing = words([("", f"ligne {n}", "") for n in range(6)], pitch=12)
    centred = words([("Ville", "", "12 €"), ("de Sens", "", "net")], top=38, pitch=12)
    grid = one_ruled_row([*flowing, *centred])
    assert with_rows(page([*flowing, *centred]), grid) is grid


def test_a_sentence_that_flows_on_keeps_its_row():
    rows = [("Ville", "Maraude", "12 €"), ("de Sens", "et accueil", "8 €"), ("Toit", "bail", "5 €")]
    flowing = words(rows, pitch=30) + words([("", "mixte", "")], top=31)
    grid = one_ruled_row(flowing)
    assert with_rows(page(flowing), grid) is grid


def test_type_of_one_width_has_wide_blanks():
    rows = [("Amicale du Nid", "12 €"), ("Habitat et Toit", "8 €"), ("Croix du Sud", "5 €")]
    typed = [
        Word(piece, Box(x, y, x + 6 * len(piece), y + 11), y + 9, 10, False)
        for r, (name, money) in enumerate((*rows, *rows))
        for y in [20.0 + 20 * r]
        for x, piece in (
            *zip((10, 10 + 8 * 6, 10 + 11 * 6), name.split(), strict=True),
            (160, money),
            (240, "oui"),
        )
    ]
    (grid,) = unruled_grids(page(typed), [])
    assert grid.column_count == 3


@pytest.mark.parametrize(
    ("title", "found"),
    [("Fiche action n° 2 : Bail glissant", 1), ("Annexe : le bail glissant", 0)],
)
def test_questions_and_answers_under_the_name_of_an_action_are_its_sheet(title, found):
    asked = [("Pilote", "Le Toit", ""), ("Objectifs", "Loger dix jeunes", "")]
    rows = [*asked, ("Financement de l'État", "33 000 €", ""), ("Coût total", "43 000 €", "")]
    named = Word(title, Box(10, 20, 200, 31), 29, 10, True)
    lines = [
        Word(t, Box(x, y, x + 5 * len(t), y + 11), y + 9, 10, False)
        for y, row in zip((45, 65, 85, 105), rows, strict=True)
        for x, t in zip((10, 150), row, strict=False)
    ]
    grids = unruled_grids(page([named, *lines]), [])
    assert [texts(grid) for grid in grids] == [[list(row[:2]) for row in rows]] * found
