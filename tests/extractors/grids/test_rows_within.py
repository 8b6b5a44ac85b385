"""Rows within those that rules part."""

from dataclasses import replace

import pytest

from extractors.grids.grid import Grid, GridCell
from extractors.grids.rows_within import with_rows, with_rows_as_above
from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box, Word
from tests.sheets import COLUMNS, HEADS, ROWS, cell, page, texts, words


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


def test_a_word_for_no_value_begins_a_row_of_its_own():
    rows = [
        ("Ville", "Maraude", "CAF : 12 €"),
        ("Sens", "Accueil", "néant"),
        ("Toit", "Bail", "5 €"),
    ]
    unparted = words(rows, pitch=30)
    grid = with_rows(page(unparted), one_ruled_row(unparted))
    assert [row[0] for row in texts(grid)] == ["Ville", "Sens", "Toit"]


def test_rows_that_no_rule_parts_stand_under_a_head_on_two_levels():
    xs = (5.0, 115.0, 225.0, 300.0)
    rules = [Box(x, 0, x, 120) for x in (*xs[:2], xs[3])] + [Box(225, 16, 225, 120)]
    rules += [Box(5, y, 300, y) for y in (0, 32, 120)] + [Box(115, 16, 300, 16)]
    heads = [*words([("Pilote", "Crédits", "")], top=3), *words([("", "Action", "Somme")], top=18)]
    sheet = page([*heads, *words(ROWS, top=40)], rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid)[-3:] == [list(row) for row in ROWS]
    assert grid.row_count == 5


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([("", "de nuit", ""), ("CCAS", "Accueil", "8 €"), ("Total", "", "25 €")], 3),
        ([("CCAS", "Accueil", "8 €"), ("", "de nuit", "9 €")], 1),
        ([("", "de nuit", ""), ("CCAS", "Accueil", "8 €")], 2),
        ([("", "de nuit", ""), ("CCAS", "", "")], 1),
    ],
    ids=["a total under a row", "sums of one row", "one row", "no row"],
)
def test_the_rest_of_rows_that_no_rule_parts_is_parted_as_they_are(rows, count):
    xs = (5.0, 115.0, 225.0, 300.0)
    rules = [Box(x, 10, x, 96) for x in xs] + [Box(5, y, 300, y) for y in (10, 96)]
    sheet = page(words(ROWS), rules)
    (above,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    below = page(words(rows), rules)
    (rest,) = ruled_grids(below)
    assert rest.row_count == 1
    assert with_rows_as_above(above, rest).row_count == count
    assert with_rows_as_above(replace(above, drawn=True), rest) is rest


@pytest.mark.parametrize(("number", "count"), [("2", 4), ("", 3)])
def test_two_rows_between_titles_are_two_where_their_figures_say_so(number, count):
    rules = [Box(5, y, 335, y) for y in (15, 36, 56, 110)]
    rules += [Box(x, y, x, z) for x in (115.0, 225.0) for y, z in ((15, 36), (56, 110))]
    rules += [Box(x, 15, x, 110) for x in (5.0, 335.0)]
    rows = {60: ("1", "Bail", "9 €"), 85: (number, "Halte", "8 €")}
    body = [w for y, row in rows.items() for w in words([row], top=y)]
    title = Word("Axe 1 – Accéder au logement", Box(10, 40, 160, 51), 49, 10, False)
    sheet = page([*words([("N°", "Action", "Somme")]), title, *body], rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert grid.row_count == count


@pytest.mark.parametrize(("number", "count"), [("4", 5), ("7", 4)], ids=["the next", "any"])
def test_rows_that_the_first_column_numbers_are_parted_beside_ruled_ones(number, count):
    rules = [Box(5, y, 300, y) for y in (15, 36, 70, 104, 164)]
    rules += [Box(x, 15, x, 164) for x in (5.0, 115.0, 225.0, 300.0)]
    body = [
        w
        for y, n in ((40, "1"), (74, "2"), (108, "3"), (136, number))
        for w in words([(n, "Bail", "Action"), ("", "glissant", "à lancer")], top=y, pitch=12)
    ]
    sheet = page([*words([("N°", "Action", "Statut")], top=20), *body], rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert grid.row_count == count


@pytest.mark.parametrize(("first", "rows"), [("CCAS", 3), ("", 2)])
def test_rows_between_rules_side_by_side_follow_the_order_of_printing(first, rows):
    body = [
        *cell(10, 40, "Ville"),
        *cell(120, 40, "Équipe mobile", "de nuit"),
        *cell(230, 40, "12 €"),
        *(cell(10, 66, first) if first else []),
        *cell(120, 66, "Accueil de jour", "des familles"),
        *cell(230, 66, "Bail", "en cours"),
    ]
    rules = [Box(5, y, 300, y) for y in (15, 36, 96)]
    rules += [Box(x, 15, x, 96) for x in (5.0, 115.0, 225.0, 300.0)]
    sheet = page([*words(HEADS), *body], rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert grid.row_count == rows


@pytest.mark.parametrize(
    ("head", "bold", "rows"),
    [((), False, 3), (HEADS[0], True, 4), (HEADS[0], False, 1)],
    ids=["at the top", "below a head", "below a row"],
)
def test_the_rest_of_a_row_that_the_page_before_cut_is_a_row(head, bold, rows):
    body = [w for x, text in zip(COLUMNS, head, strict=False) for w in cell(x, 20, text, bold=bold)]
    body += cell(120, 40, "la nuit et", "le jour")
    for y, pilot in ((64, ("Ville", "de Paris")), (88, ("CCAS", "de Paris"))):
        body += [*cell(10, y, *pilot), *cell(120, y, "Équipe mobile", "de nuit")]
        body += cell(230, y, "Action", "engagée")
    rules = [Box(5, y, 300, y) for y in (15, 130)]
    rules += [Box(x, 15, x, 130) for x in (5.0, 115.0, 225.0, 300.0)]
    sheet = page(body, rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert grid.row_count == rows


def test_heads_under_one_of_the_head_are_no_rest_of_a_row():
    body = [*cell(10, 18, "Pilote", bold=True), *cell(120, 18, "Action", bold=True)]
    body += [*cell(230, 18, "Crédits", bold=True), *cell(230, 36, "AMI", bold=True)]
    body += cell(280, 36, "Autres", bold=True)
    for y, pilot in ((64, ("Ville", "de Paris")), (88, ("CCAS", "de Paris"))):
        body += [*cell(10, y, *pilot), *cell(120, y, "Équipe mobile", "de nuit")]
        body += [*cell(230, y, "12"), *cell(280, y, "8")]
    rules = [Box(5, y, 315, y) for y in (15, 130)]
    rules += [Box(x, 15, x, 130) for x in (5.0, 115.0, 225.0, 275.0, 315.0)]
    sheet = page(body, rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert [row[2:] for row in texts(grid)][1:] == [["AMI", "Autres"], ["12", "8"], ["12", "8"]]


def test_totals_below_printed_rows_are_parted_where_no_rule_does():
    body = []
    for y, pilot in ((20, ("Ville", "de Paris")), (44, ("CCAS", "de Paris"))):
        body += [*cell(10, y, *pilot), *cell(120, y, "Équipe mobile", "de nuit")]
        body += cell(230, y, "Action", "engagée")
    body += words([("Sous-total", "", "12 €"), ("Total", "", "20 €")], top=80, pitch=18)
    rules = [Box(5, y, 300, y) for y in (15, 75, 120)]
    rules += [Box(x, 15, x, 120) for x in (5.0, 115.0, 225.0, 300.0)]
    sheet = page(body, rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid)[2:] == [["Sous-total", "", "12 €"], ["Total", "", "20 €"]]


@pytest.mark.parametrize(("told", "rows"), [(4, 3), (2, 2)])
def test_rows_of_many_texts_stand_beside_a_text_of_several(told, rows):
    lefts = (10, 60, 110, 160, 210)
    body = [*cell(10, 40, "Axe 1 :", "accès", "et", "maintien")]
    for y, count in ((40, 4), (66, told)):
        body += [w for x in lefts[1 : count + 1] for w in cell(x, y, "Équipe", "ici")]
    xs = (5.0, 55.0, 105.0, 155.0, 205.0, 300.0)
    rules = [*(Box(5, y, 300, y) for y in (15, 36, 96)), *(Box(x, 15, x, 96) for x in xs)]
    heads = [w for x in lefts for w in cell(x, 20, "Qui")]
    sheet = page([*heads, *body], rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert grid.row_count == rows


def test_a_head_that_no_rule_closes_is_no_text_of_the_rows_below():
    body = [
        w
        for y, name in ((40, "Ville"), (66, "CCAS"))
        for at in ((10, name, "de Lyon"), (120, "Équipe mobile", "de nuit"))
        for w in cell(at[0], y, *at[1:])
    ]
    rules = [Box(5, y, 300, y) for y in (15, 96)] + [Box(5, 36, 225, 36)]
    rules += [Box(x, 15, x, 96) for x in (5.0, 115.0, 225.0, 300.0)]
    sheet = page([*words(HEADS), *body], rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert [row[2:] for row in texts(grid)] == [["Somme"], [""], [""]]


def test_a_small_letter_does_not_join_rows_that_have_sums_each():
    """Set at the middle of their rows, so that the label's first line is above them all."""
    rules = [Box(5, y, 420, y) for y in (0, 20, 100)]
    rules += [Box(x, 0, x, 100) for x in (5, 40, 200, 300, 420)]
    words = [
        w
        for x, t in ((10, "N°"), (45, "Action"), (205, "AMI"), (305, "Autres"))
        for w in cell(x, 5, t)
    ]
    for number, top, other in ((1, 26, "CAF : 900 €"), (2, 62, "néant")):
        words += cell(45, top, "Accompagner les jeunes", "du quartier", "de la gare")
        for x, text in ((10, str(number)), (205, f"{number}5 000 €"), (305, other)):
            words += cell(x, top + 12, text)
    sheet = page([replace(w, run=None) for w in words], rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert [row[2] for row in texts(grid)] == ["AMI", "15 000 €", "25 000 €"]


@pytest.mark.parametrize(("top", "wide"), [(35, True), (15, False)])
def test_a_head_goes_over_the_columns_whose_border_begins_below_it(top, wide):
    """« Financement » over « AMI » and « Ville », where rules part nothing but columns."""
    rules = [Box(5, y, 385, y) for y in (15, 200)]
    rules += [Box(x, 15, x, 200) for x in (5, 95, 185, 385)] + [Box(285, top, 285, 200)]
    rows = [("Action", "Pilote", "Financement", ""), ("", "", "AMI", "Ville")]
    rows += [("Bail", "CCAS", f"{n} €", f"{n}5 €") for n in (1, 2, 3)]
    texts_at = zip(range(20, 200, 36), rows, strict=True)
    words = [
        w
        for y, row in texts_at
        for x, text in zip((10, 100, 190, 290), row, strict=True)
        for w in (cell(x, y, text, bold=y < 90) if text else ())
    ]
    sheet = page(words, rules)
    (grid,) = (with_rows(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid)[0] == ["Action", "Pilote", "Financement", *([] if wide else [""])]


@pytest.mark.parametrize("alone", [False, True], ids=["several rows", "one row"])
def test_a_table_in_a_cell_parts_no_row_where_bars_alone_part_the_table(alone):
    """Nothing stands between the rows but the top of the table of payers in the last one."""
    told = [
        (("1",), ("Dénombrer et connaître", "les locataires"), ("SIAO",), ("0 €",)),
        (("2",), ("Faire participer", "les réfugiés"), ("Toits Partagés",), ("0 €",)),
        (("3",), ("Former", "les bailleurs"), ("Ville",), ()),
    ]
    shown = [told[0], ()] if alone else told
    xs, bottom = (5.0, 30.0, 160.0, 240.0, 310.0), 36 + 40.0 * len(shown)
    last = bottom - 36
    rules = [Box(5, y, 310, y) for y in (15, 32, bottom)] + [Box(x, 15, x, bottom) for x in xs]
    rules += [Box(240, last, 310, last), Box(275, last, 275, bottom)]
    heads = zip(("N°", "Action", "Pilote", "Cofinancements"), xs, strict=False)
    said = [w for head, x in heads for w in cell(x + 2, 18, head)]
    for r, row in enumerate(shown):
        for lines, x in zip(row, xs, strict=False):
            said += cell(x + 2, 40 + 40 * r, *lines)
    inner = last + 4
    said += [*cell(242, inner, "Ville"), *cell(278, inner, "9 €")]
    sheet = page(said, rules)
    (grid,) = ruled_grids(sheet)
    found = with_rows(sheet, grid)
    if alone:
        assert found == grid
    else:
        assert [row[0] for row in texts(found)] == ["N°", "1", "2", "3"]
        assert [row[-1] for row in texts(found)[1:]] == ["0 €", "0 €", "Ville 9 €"]
