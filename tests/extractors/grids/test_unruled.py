"""Tables without rules."""

from dataclasses import replace

import pytest

from extractors.grids.unruled import (
    _with_first_title,
    _with_last_lines,
    _with_last_title,
    unruled_grids,
    with_rest_below,
)
from extractors.pages.page import Box, Fill, Word
from tests.sheets import BLUE, HEADS, ROWS, cell, line, page, texts, words


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


@pytest.mark.parametrize("band", [Fill(Box(5, 0, 300, 33), BLUE), Fill(Box(5, 0, 90, 33), BLUE)])
def test_the_lines_on_a_band_of_colour_are_the_head(band):
    heads = [("Pilote", "Action", "Somme"), ("Référent", "", "Due")]
    lines = [w for i, line in enumerate(heads) for w in words([line], top=2 + 16 * i)]
    (grid,) = unruled_grids(page([*lines, *words(ROWS, top=40)], fills=[band]), [])
    assert grid.row_count == len(ROWS) + (1 if band.box.x1 == 300 else 2)


def test_the_lines_of_heads_below_a_wide_one_are_of_one_row():
    heads = [
        *line(2, ("Pilote", 10), ("Action", 80), ("Financement de l'année", 150)),
        *line(18, ("AMI", 150), ("Autres", 230)),
        *line(36, ("(en k€)", 150), ("(en k€)", 230)),
    ]
    rows = [("SIAO", "Maraude", "77", "20,5"), ("CCAS", "Accueil", "70", "34")]
    body = [
        w
        for y, row in zip((60, 80), rows, strict=True)
        for w in line(y, *zip(row, (10, 80, 150, 230), strict=True))
    ]
    rule = Box(150, 14, 280, 14)
    band = Fill(Box(5, 0, 300, 54), BLUE)
    (grid,) = unruled_grids(page([*heads, *body], [rule], fills=[band]), [])
    assert texts(grid)[1][-2:] == ["AMI (en k€)", "Autres (en k€)"]
    assert texts(grid)[2:] == [list(row) for row in rows]


def test_a_band_below_the_head_ends_no_head():
    rows = [("Ville", "Maraude", ""), ("CCAS", "Accueil", "8 €"), ("Toit", "Bail", "5 €")]
    band = Fill(Box(5, 36, 300, 56), BLUE)
    (grid,) = unruled_grids(page(words([*HEADS, *rows]), fills=[band]), [])
    assert texts(grid) == [list(row) for row in (*HEADS, *rows)]


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


def test_notes_between_rules_of_one_width_are_no_table():
    note = "L'indicateur du diagnostic est revu"
    lines = [line(y, (note, 10)) for y in (20, 60, 100)]
    spread = line(80, ("Voir", 10), ("la", 80), ("fiche", 120), ("jointe", 200))
    rules = [Box(5, y, 300, y) for y in (15, 35, 55, 75, 95, 115)]
    assert unruled_grids(page([w for some in (*lines, spread) for w in some], rules), []) == []


def test_a_lone_text_across_columns_is_a_title_over_the_rows_below():
    rows = [*words(HEADS), *words(ROWS, top=60, pitch=14)]
    title = [Word("Accès au logement des jeunes", Box(10, 40, 160, 51), 49, 10, False)]
    (grid,) = unruled_grids(page([*rows, *title]), [])
    assert [c.column_end for c in grid.row(1)] == [3]


def test_lines_under_the_last_band_end_its_row():
    lines = [*ROWS, ("Total", "des", "25 €"), ("", "bailleurs", "")]
    tops = [20.0, 40.0, 60.0, 80.0, 90.0]
    all_words = [w for line, top in zip(lines, tops, strict=True) for w in words([line], top)]
    bands = [Fill(Box(5, top, 300, top + 20), BLUE) for top in (15, 55)]
    (grid,) = unruled_grids(page(all_words, fills=bands), [])
    assert texts(grid)[-1] == ["Total", "des bailleurs", "25 €"]


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
    assert [texts(grid) for grid in grids] == [[[title], *(list(row[:2]) for row in rows)]] * found


def test_a_head_over_two_columns_above_the_rules_belongs_to_the_table():
    xs = (10, 80, 150, 220, 290)
    heads = [*line(2, ("Pilote", 10), ("Action", 80), ("Crédits de l'année", 150), ("Avis", 290))]
    heads += line(17, ("AMI", 150), ("Autres", 220))
    rows = [("Ville", "Bail", "12 €", "8 €", "oui"), ("CCAS", "Halte", "9 €", "5 €", "non")] * 2
    body = [
        w
        for y, row in zip((40, 60, 80, 100), rows, strict=True)
        for w in line(y, *zip(row, xs, strict=True))
    ]
    heads = [replace(w, box=replace(w.box, x1=w.box.x1 + 2)) for w in heads]  # blanks filled
    (grid,) = unruled_grids(
        page([*heads, *body], [Box(5, y, 315, y) for y in (35, 55, 75, 95, 115)]), []
    )
    assert grid.column_count == 5
    assert [" ".join(w.text for w in c.words) for c in grid.row(0)][:2] == ["Pilote", "Action"]


def test_the_head_over_lone_lines_and_a_title_is_found_whatever_stands_beside_the_rows():
    heads = [*line(2, ("Pilote", 10), ("Action", 90), ("Somme", 175)), *line(13, ("versée", 190))]
    title = line(30, ("Axe 1 – Accéder au logement", 10))
    over = line(47, ("Accueil", 90))
    row = [*line(58, ("SIAO", 10), ("de jour", 90), ("9 €", 175)), *line(69, ("et de nuit", 90))]
    below = [w for y in (88, 108, 128) for w in line(y, ("Toit", 10), ("Bail", 90), ("8 €", 175))]
    (grid,) = unruled_grids(page([*heads, *title, *over, *row, *below]), [])
    assert texts(grid)[:3] == [
        ["Pilote", "Action", "Somme versée"],
        ["Axe 1 – Accéder au logement"],
        ["SIAO", "Accueil de jour et de nuit", "9 €"],
    ]


def sheet_of(heads):
    """A table of five columns, its first cells of two lines, below `heads`."""
    body = []
    for y in (60, 100, 140):
        body += cell(10, y, "Ville un", "de Lyon")
        for x in (70, 130, 190, 250):
            body += cell(x, y, "texte")
    return page([*heads, *body])


def head(x, y, *lines):
    return cell(x, y, *lines, bold=True)


def test_heads_set_higher_than_their_second_level_are_found():
    heads = [
        *head(10, 20, "Qui"),
        *head(70, 20, "Quoi"),
        *head(130, 20, "Pour qui"),
        *head(195, 6, "Financement"),
        *head(190, 34, "État"),
        *head(250, 34, "Ville"),
    ]
    (grid,) = unruled_grids(sheet_of(heads), [])
    assert "Qui" in texts(grid)[0][0] and texts(grid)[1][-2:] == ["État", "Ville"]


def test_the_first_lines_of_heads_are_theirs():
    heads = [
        *head(10, 18, "Qui", "porte", "l'action"),
        *(w for x in (70, 130, 190, 250) for w in head(x, 30, "Texte")),
    ]
    (grid,) = unruled_grids(sheet_of(heads), [])
    assert texts(grid)[0][0] == "Qui porte l'action"
    assert grid.row_count == 4


@pytest.mark.parametrize(
    ("bold", "fills"),
    [(True, ()), (False, [Fill(Box(5, 38, 300, 52), BLUE)]), (False, ())],
    ids=["bold", "coloured", "neither"],
)
def test_heads_set_off_over_many_columns_make_a_table_of_one_row(bold, fills):
    columns = (10, 70, 130, 190, 250)
    heads = [w for x in columns for w in cell(x + 6, 40, "Qui", bold=bold)]
    numbers = [w for x in columns for w in cell(x + 9, 53, "(1)", bold=bold)]
    body = [w for x in columns for w in cell(x, 80, "texte ici", "et là")]
    sheet = page([*heads, *numbers, *body], fills=fills)
    assert len(unruled_grids(sheet, [])) is int(bold or bool(fills))


@pytest.mark.parametrize("bold", [True, False])
def test_most_rows_below_heads_set_off_over_many_columns_may_be_titles(bold):
    columns = (10, 70, 130, 190, 250)
    heads = [w for x in columns for w in cell(x, 20, "Qui", bold=bold)]
    axes = [w for y in (40, 70, 100) for w in cell(70, y, "Axe un", "Loger", bold=True)]
    body = [w for x in columns for w in cell(x, 130, "texte ici", "et là")]
    rules = [Box(5, y, 300, y) for y in (15, 35, 65, 95, 125, 155)]
    assert len(unruled_grids(page([*heads, *axes, *body], rules), [])) is int(bold)


def test_a_head_over_two_columns_is_one_of_many():
    """Texts at the middle of their rows and columns are aligned in none."""
    columns = range(10, 310, 50)
    heads = [w for x in columns[:4] for w in cell(x + 6, 40, "Qui", bold=True)]
    heads += cell(229, 34, "Total", bold=True)
    heads += [w for x in columns[4:] for w in cell(x + 6, 47, "Qui", bold=True)]
    rows = [
        w
        for y in (70, 118)
        for i, x in enumerate(columns)
        for w in cell(x + 3 * i * (y > 100), y + 12 * (i % 2), *["Bail"] * (3 - i % 3))
    ]
    (grid,) = unruled_grids(page([*heads, *rows]), [])
    assert [c.column_end - c.column for c in grid.row(0) if c.words] == [1, 1, 1, 1, 2]


def test_cells_of_a_band_are_coloured():
    bands = [Fill(Box(5, top, 300, top + 20), BLUE) for top in (15, 55)]
    (grid,) = unruled_grids(page(words(ROWS), fills=bands), [])
    assert [all(c.filled for c in grid.row(r)) for r in range(3)] == [True, False, True]


@pytest.mark.parametrize(("top", "spans"), [(107, [1, 3, 1, 1, 1, 3]), (130, [1, 3, 1, 1, 1])])
def test_a_title_over_the_rows_of_the_next_page_ends_the_table(top, spans):
    rows = [*words(HEADS), *words(ROWS, top=60, pitch=14)]
    titles = [
        Word("Accès au logement des jeunes", Box(10, y, 160, y + 11), y + 9, 10, False)
        for y in (40, top)
    ]
    (grid,) = unruled_grids(page([*rows, *titles]), [])
    assert [grid.row(r)[0].column_end for r in range(grid.row_count)] == spans


def test_a_title_over_which_nothing_stands_tells_no_other():
    titles = [
        Word("Accès au logement des jeunes", Box(10, y, 160, y + 11), y + 9, 10, False)
        for y in (40, 107)
    ]
    rows = words(ROWS, top=60, pitch=14)
    (grid,) = unruled_grids(page([*words(HEADS), titles[0], *rows]), [])
    assert _with_last_title(page([titles[0], *rows, titles[1]]), grid) == grid


@pytest.mark.parametrize("printed_last", [False, True])
def test_the_last_line_of_a_cell_ends_the_table(printed_last):
    sheet = sheet_of([*head(10, 40, "Qui"), *head(70, 40, "Quoi")])
    last = cell(72, 164, "à nouveau")
    at = len(sheet.words) if printed_last else len(sheet.words) - 3
    full = replace(sheet, words=(*sheet.words[:at], *last, *sheet.words[at:]))
    (grid,) = unruled_grids(full, [])
    assert grid.row_count == 4
    assert ("nouveau" in texts(grid)[-1][1]) is not printed_last


@pytest.mark.parametrize("x", [250, 10])
def test_the_last_lines_of_the_last_cell_end_the_table(x):
    sheet = sheet_of([*head(10, 40, "Qui"), *head(70, 40, "Quoi")])
    told = [w for w in sheet.words if w.box.top < 150]  # one line in the last row
    last = cell(x, 152, "à nouveau", "mardi")
    (grid,) = unruled_grids(replace(sheet, words=tuple(told)), [])
    full = replace(sheet, words=(*told, *last))
    again = _with_last_lines(full, grid, full.words)
    assert texts(again)[-1][-1] == ("texte à nouveau mardi" if x == 250 else "texte")


@pytest.mark.parametrize(
    ("lines", "found"),
    [(("Axe 1 – Loger", "mieux"), True), (("Axe 1",), True), (("Les actions",), False)],
)
def test_the_title_that_begins_a_page_stands_over_its_first_action(lines, found):
    actions = [("1", "Maraude", "12 €"), ("2", "Accueil", "8 €"), ("3", "Bail", "5 €")]
    again = [("", "Axe 2", ""), ("4", "Étude", "9 €")] if lines == ("Axe 1",) else []
    rows, above = words([*actions, *again], top=60), cell(120, 24, *lines)
    (grid,) = unruled_grids(page(rows), [])
    whole = _with_first_title(page([*cell(10, 2, "Annexe"), *above, *rows]), grid)
    assert texts(whole)[0] == (["", " ".join(lines), ""] if found else list(actions[0]))


def test_the_first_lines_of_heads_beside_one_set_upright_are_its_row():
    upright = Word("Statut", Box(232, 0, 242, 60), 60, 10, True)
    heads = [*cell(10, 34, "Pilote"), *cell(120, 10, "Crédits", "de l'AMI", "2024")]
    (grid,) = unruled_grids(page([upright, *heads, *words(ROWS, top=64)]), [])
    assert texts(grid)[0] == ["Pilote", "Crédits de l'AMI 2024", "Statut"]


@pytest.mark.parametrize(("rule", "levels"), [(True, 2), (False, 1)])
def test_a_rule_under_a_head_stretches_it_over_its_columns(rule, levels):
    heads = [*cell(10, 0, "Action"), *cell(110, 0, "Somme")]
    under = [*cell(110, 18, "AMI"), *cell(210, 18, "Autres")]
    body = [
        w
        for i, name in enumerate(("Bail", "Étude", "Accueil"))
        for x, text in ((10, name), (110, "5 000 €"), (210, "8 000 €"))
        for w in cell(x, 44 + 18 * i, text)
    ]
    rules = [Box(5, 36, 300, 36), *([Box(105, 14, 290, 14)] if rule else [])]
    (grid,) = unruled_grids(page([*heads, *under, *body], rules), [])
    assert grid.row_count == 3 + levels
    if rule:
        assert [(c.column, c.column_end) for c in grid.row(0)] == [(0, 1), (1, 3)]


@pytest.mark.parametrize("bold", [False, True], ids=["its rows", "another table"])
def test_rows_right_below_a_table_are_its_own_unless_they_have_a_head(bold):
    below = [replace(w, bold=bold and w.box.top < 81) for w in words(ROWS, top=80)]
    (above,), (under,) = (unruled_grids(page(some), []) for some in (words(ROWS), below))
    found = with_rest_below(page([*words(ROWS), *below]), [above, under])
    rows = [list(row) for row in ROWS]
    assert [texts(grid) for grid in found] == ([rows, rows] if bold else [[*rows, *rows]])


def test_the_first_line_of_a_row_is_set_hardly_higher_than_those_beside_it():
    two = ("Accueil et", "repas")
    rows = [(("Emploi et bail", "de longue durée", "pour tous"), two), (two, two), (two, two)]
    body = [
        w
        for y, (label, told) in zip((50, 92, 122), rows, strict=True)
        for x, lines in ((10, ("1",)), (40, label), (130, told), (200, told), (270, ("12 €",)))
        for w in cell(x, y - {1: -6, 2: 0, 3: 5.5}[len(lines)], *lines)
    ]
    (grid,) = unruled_grids(page(body), [])
    assert texts(grid)[0][1] == " ".join(rows[0][0])


@pytest.mark.parametrize("up", [4, 6])
def test_a_text_on_two_lines_beside_sums_on_neither_is_of_their_row(up):
    rows = [
        (("1",), ("Bail glissant", "et suivi"), ("12 €",), ("5 €",)),
        (("2",), ("Aide", "aux repas"), ("8 €",), ("7 €",)),
    ]
    body = [
        w
        for y, row in zip((50, 80, 110, 140), rows * 2, strict=True)
        for x, lines in zip((10, 60, 190, 250), row, strict=True)
        for w in cell(x, y - 6 * (len(lines) - 1), *lines)
    ]
    last = [*cell(10, 170 - up, "À"), *cell(10, 170 + up, "reporter")]
    sums = [*cell(190, 170, "40 €"), *cell(250, 170, "24 €")]
    (grid,) = unruled_grids(page([*body, *last, *sums]), [])
    assert texts(grid)[-1] == ["À reporter", "40 €", "24 €"]


@pytest.mark.parametrize(("title", "found"), [("Fiche action n° 3 – Bail", 1), ("Annexe", 0)])
def test_a_sheet_in_words_alone_is_a_table_below_the_title_of_its_action(title, found):
    told = {
        "Pilote": ("CCAS de Bresles, avec les bailleurs", "et la maison de l'habitat"),
        "Objectif": ("Accéder à un bail direct après un", "accompagnement de douze mois"),
        "Description": ("L'équipe accompagne le ménage, puis", "le bail glisse à son nom"),
        "Indicateurs": ("Nombre de baux glissés dans l'année", "et durée moyenne du suivi"),
    }
    sheet = [
        w
        for i, (asked, lines) in enumerate(told.items())
        for w in (*cell(10, 60 + 30 * i, asked), *cell(90, 60 + 30 * i, *lines))
    ]
    grids = unruled_grids(page([*line(40, (title, 10)), *sheet]), [])
    assert [texts(grid) for grid in grids] == found * [
        [[asked, " ".join(lines)] for asked, lines in told.items()]
    ]
