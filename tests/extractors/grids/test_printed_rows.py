"""Columns and rows by the order in which cells are printed."""

from dataclasses import replace

import pytest

from extractors.grids.pieces import WORD_SPACE
from extractors.grids.printed_rows import printed_rows, printed_table
from extractors.pages.page import Box, Word
from tests.sheets import cell, page

AREA = Box(8, 0, 320, 200)


def table(words, ys=()):
    """The borders of the columns, and the texts of the rows by their first column."""
    found = printed_table(page(words), words, AREA, ys, WORD_SPACE)
    return found and (len(found[0]) - 1, said(found[1]))


def said(rows):
    return [{b.start: " ".join(w.text for w in b.words) for b in row.blocks} for row in rows]


HEADS = [*cell(10, 0, "Pilote"), *cell(60, 0, "Action"), *cell(143, 0, "Somme")]
LONG = ("Fonds d'aide aux", "familles logées", "depuis un an")  # from 60 to 140
OTHER = ("Bail glissant et", "accompagnement", "de la famille")


def body(top, middle, last=("5 000 €", "-")):
    """Two rows that nothing parts, the first at `top`; their short texts `middle` points lower."""
    return [
        *cell(10, top + middle, "Ville"),
        *cell(60, top, *LONG),
        *cell(143, top + middle, last[0]),
        *cell(10, top + 36 + middle, "CCAS"),
        *cell(60, top + 36, *OTHER),
        *cell(143, top + 36 + middle, last[1]),
    ]


@pytest.mark.parametrize("middle", [0, 12])
def test_rows_and_columns_need_no_blank_between_them(middle):
    columns, rows = table([*HEADS, *body(30, middle)])
    assert columns == 3
    assert rows == [
        {0: "Pilote", 1: "Action", 2: "Somme"},
        {0: "Ville", 1: " ".join(LONG), 2: "5 000 €"},
        {0: "CCAS", 1: " ".join(OTHER), 2: "-"},
    ]


@pytest.mark.parametrize(
    "words",
    [
        sorted(body(30, 0), key=lambda w: (w.baseline, w.box.x0)),
        [replace(w, run=None) for w in body(30, 0)],
    ],
    ids=["line after line", "recognised"],
)
def test_what_is_not_printed_cell_by_cell_shows_nothing(words):
    assert table(words) is None


def test_the_title_of_a_part_may_have_a_sum_and_stand_over_columns_amid_the_rows():
    title = "Axe 2 – Loger et accompagner"
    part = [*cell(10, 102, title), *cell(143, 102, "33 €")]
    columns, rows = table([*HEADS, *body(30, 0), *part, *body(126, 0)])
    assert columns == 3
    assert rows[3] == {0: title, 2: "33 €"}


def test_a_tall_cell_that_ends_each_row_shows_the_rows():
    boxes = ("à lancer", "en cours", "fini")
    rows = [
        [*cell(10, y + 12, "Ville"), *cell(60, y + 12, name), *cell(143, y, *boxes)]
        for y, name in ((30, "Bail"), (66, "Halte"))
    ]
    assert table([*HEADS, *(w for row in rows for w in row)])[1][1:] == [
        {0: "Ville", 1: "Bail", 2: "à lancer en cours fini"},
        {0: "Ville", 1: "Halte", 2: "à lancer en cours fini"},
    ]


def test_a_column_of_empty_cells_keeps_its_head():
    columns, rows = table([*HEADS, *cell(180, 0, "Suite"), *body(30, 0)])
    assert (columns, rows[0][3]) == (4, "Suite")


def test_a_head_on_the_left_and_sums_on_the_right_are_one_column():
    heads = [*HEADS[:-1], *cell(143, 0, "AMI")]
    rows = [replace(w, box=replace(w.box, x0=w.box.x0 + 40, x1=w.box.x1 + 40), run=w.run + 40)
            if w.box.x0 >= 143 else w for w in body(30, 0)]  # fmt: skip
    assert table([*heads, *rows])[0] == 3


def test_a_title_over_the_rows_is_no_text_of_the_first_column():
    heads = [*cell(35, 0, "Qui", bold=True), *cell(60, 0, "Action", bold=True)]
    heads += cell(143, 0, "Somme", bold=True)
    titles = cell(10, 16, "Axe 1 : accueillir", bold=True)
    rows = [w for w in body(30, 0) if w.text not in ("Ville", "CCAS")]
    rows = [*cell(10, 30, "DDT"), *rows]
    columns, found = table([*heads, *titles, *rows])
    assert (columns, found[0][0], found[2][0]) == (3, "Qui", "DDT")


def test_a_mark_at_the_end_of_a_stretched_line_begins_no_text():
    rows = [*body(30, 0), *cell(10, 102, "Toit"), *cell(60, 102, *OTHER),
            *cell(143, 102, "Ville"), *cell(180, 102, ":"), *cell(143, 114, "9 €")]  # fmt: skip
    _, found = table([*HEADS, *rows])
    assert found[-1][2] == "Ville : 9 €"


def test_a_letter_that_hangs_out_of_its_column_begins_a_cell():
    """J, where the text before it ends near by."""
    (pilot,), (first, *label) = cell(10, 102, "Métropole"), cell(60, 102, "Job coaching", "local")
    pilot = replace(pilot, box=replace(pilot.box, x1=58))
    first = replace(first, box=replace(first.box, x0=59.4))
    rows = table([*HEADS, *body(30, 0), pilot, first, *label, *cell(143, 102, "9 €")])[1]
    assert rows[-1] == {0: "Métropole", 1: "Job coaching local", 2: "9 €"}


def test_the_names_of_totals_stand_over_columns():
    """However many they are."""
    words = [*cell(10, 0, "N°"), *cell(24, 0, "Pilote"), *HEADS[1:]]
    for top in (30, 100, 170):
        words += [*cell(10, top, "1"), *cell(24, top, "Ville"), *cell(60, top, *LONG)]
        words += [*cell(143, top, "5 €"), *cell(10, top + 40, "Sous-total")]
        words += cell(143, top + 40, "5 €")
    columns, rows = table(words)
    assert columns == 4
    assert [row[0] for row in rows] == ["N°", *["1", "Sous-total"] * 3]


def test_a_text_printed_apart_where_others_begin_is_a_cell():
    rows = [*body(30, 0), *cell(10, 102, "Total"), *cell(60, 102, "en tout et pour"),
            *cell(143, 102, "9 €")]  # fmt: skip
    near = [replace(w, box=replace(w.box, x1=141.5)) if w.text == "pour" else w for w in rows]
    assert table([*HEADS, *near])[1][-1] == {0: "Total", 1: "en tout et pour", 2: "9 €"}


def test_titles_over_columns_do_not_hide_that_a_long_name_reaches_the_next_one():
    rows = []
    for y, axis in (
        (20, "Axe un : loger sans délai les familles"),
        (110, "Axe deux : accompagner"),
    ):
        rows += [*cell(10, y, axis), *body(y + 12, 0)]
    near = [replace(w, text="Métropole", box=replace(w.box, x1=58)) if w.text == "Ville" else w
            for w in rows]  # fmt: skip
    columns, texts = table([*HEADS, *near])
    assert columns == 3
    assert [row[0] for row in texts if len(row) > 1] == ["Pilote", *["Métropole", "CCAS"] * 2]


@pytest.mark.parametrize(("count", "columns"), [(8, 4), (4, 3)])
def test_a_head_over_two_near_columns_does_not_hide_them_where_many_rows_show_them(count, columns):
    heads = [
        *HEADS[:-1],
        *cell(143, 0, "Financement"),
        *cell(143, 12, "A"),
        *cell(160, 12, "C", "D"),
    ]
    rows = []
    for y in range(50, 50 + 30 * count, 30):
        rows += [*cell(10, y, "Ville"), *cell(60, y, "Fonds d'aide", "aux jeunes")]
        rows += [*cell(143, y, "500"), *cell(160, y, "-")]
    assert table([*heads, *rows])[0] == columns


def test_paragraphs_of_a_cell_are_no_rows():
    row = [*cell(10, 100, "Toit", "et droit"), *cell(60, 106, "Un texte"), *cell(143, 106, "8 €")]
    ruled = [*cell(60, 130, "Un autre"), *cell(60, 155, "puis la suite"), *cell(143, 142, "1 an")]
    _, rows = table([*body(20, 0), *row, *cell(10, 142, "Aide"), *ruled])
    assert rows[-1] == {0: "Aide", 1: "Un autre puis la suite", 2: "1 an"}


def test_figures_one_below_the_other_are_rows():
    assert table([*HEADS, *body(30, 0), *cell(143, 102, "9 €")])[1][-1] == {2: "9 €"}


def test_a_text_beside_two_rows_goes_with_the_first():
    tall = [
        *cell(10, 54, "Ville", "de Lyon"),
        *cell(60, 30, *LONG),
        *cell(143, 30, "5 €"),
        *cell(60, 66, *OTHER),
        *cell(143, 66, "8 €"),
    ]
    assert table([*HEADS, *tall], ys=(25, 64))[1][1:] == [
        {0: "Ville de Lyon", 1: " ".join(LONG), 2: "5 €"},
        {1: " ".join(OTHER), 2: "8 €"},
    ]


@pytest.mark.parametrize(("ys", "rows"), [((14, 28, 42), 5), ((14, 42), 4)])
def test_titles_in_the_second_column_are_parted_by_an_edge(ys, rows):
    titles = [*cell(60, 16, "Axe 1"), *cell(60, 30, "Axe 2")]
    assert len(table([*HEADS, *titles, *body(44, 0)], ys=ys)[1]) == rows


@pytest.mark.parametrize(("y", "is_read"), [(64, True), (58, False)])
def test_a_text_at_the_edge_between_two_rows_is_printed_with_the_first(y, is_read):
    words = [
        *cell(10, 58, "Ville"),
        *cell(60, 30, *LONG[:2]),
        *cell(143, 36, "5 €"),
        *cell(60, 72, *OTHER[:2]),
        *cell(143, 78, "8 €"),
    ]
    more = [*cell(10, 114, "Toit"), *cell(60, 108, *LONG[:2]), *cell(143, 114, "9 €")]
    found = table([*HEADS, *words, *more], ys=(25, y, 100))
    assert bool(found) is is_read
    assert not found or found[1][1] == {0: "Ville", 1: " ".join(LONG[:2]), 2: "5 €"}


@pytest.mark.parametrize(("y", "cut"), [(45, True), (68, False)])
def test_no_edge_may_cut_a_row(y, cut):
    words = [*HEADS, *cell(10, 30, "Ville", "de Lyon"), *body(30, 0)[1:]]
    assert (table(words, ys=(y,)) is None) is cut


TWO_LEVELS = [
    *cell(10, 8, "Pilote", bold=True),
    *cell(60, 8, "Action", bold=True),
    *cell(150, 0, "Financement", bold=True),
    *cell(260, 8, "Avis", bold=True),
    *cell(143, 20, "AMI", bold=True),
    *cell(190, 20, "Autres", bold=True),
]


@pytest.mark.parametrize(("start", "is_read"), [(55, True), (5, False)], ids=["beside", "over"])
def test_a_rule_cuts_no_text_that_it_does_not_reach(start, is_read):
    rows = [
        [*cell(10, 66, "Ville"), *cell(60, 30, *LONG), *cell(143, 42, "5 000 €")],
        [*cell(60, 66, *OTHER), *cell(143, 78, "-")],
    ]
    words = [*HEADS, *(w for row in rows for w in row)]
    rules = [Box(start, 65, 320, 65)]
    found = printed_table(page(words, rules), words, AREA, (65,), WORD_SPACE)
    assert (found is not None) is is_read


def test_heads_under_one_head_are_a_second_level():
    rows = [*body(40, 0), *cell(190, 76, "9 €")]
    found = table([*TWO_LEVELS, *rows])
    assert found[0] == 5
    assert found[1][:2] == [
        {0: "Pilote", 1: "Action", 2: "Financement", 4: "Avis"},
        {2: "AMI", 3: "Autres"},
    ]


def test_a_head_told_after_the_one_beside_it_is_whole():
    heads = [
        *cell(10, 0, "Pilote", bold=True),
        *cell(60, 0, "Action", bold=True),
        *cell(143, 0, "Subvention", bold=True),
        *cell(230, 12, "Avis", bold=True),
        *cell(143, 24, "État", bold=True),
    ]
    heads[3:3] = cell(143, 12, "de cet", bold=True)
    assert table([*heads, *body(50, 0)])[1][0][2] == "Subvention de cet État"


def test_a_title_over_a_row_is_no_line_of_its_first_cell():
    words = [*HEADS, *cell(10, 20, "Axe un : loger toutes les familles"), *body(32, 0)]
    assert table(words)[1][1:3] == [
        {0: "Axe un : loger toutes les familles"},
        {0: "Ville", 1: " ".join(LONG), 2: "5 000 €"},
    ]


def test_a_title_over_columns_is_one_text_where_a_word_stands_by_chance():
    title = [*cell(10, 18, "Axe numé"), *cell(60, 18, "loger toutes les familles, et plus")]
    near = [replace(w, box=replace(w.box, x1=58)) if w.text == "numé" else w for w in title]
    heads, last = [*HEADS, *cell(200, 0, "Suite")], cell(200, 76, "oui")
    rows = table([*heads, *near, *body(40, 0), *last])[1]
    assert rows[1] == {0: "Axe numé loger toutes les familles, et plus"}


def test_a_title_alone_on_its_line_is_one_text_where_its_last_words_begin_a_column_by_chance():
    title = [*cell(10, 18, "Axe un 01"), *cell(60, 18, "– loger toutes les familles")]
    near = [replace(w, box=replace(w.box, x1=58)) if w.text == "01" else w for w in title]
    count, rows = table([*HEADS, *near, *body(40, 0)])
    assert count == 3
    assert rows[1] == {0: "Axe un 01 – loger toutes les familles"}


def test_known_columns_hold_the_rows():
    words = body(30, 0)
    rows = printed_rows(page(words), words, (5, 55, 141, 200), (), WORD_SPACE)
    assert [row.get(2) for row in said(rows)] == ["5 000 €", "-"]
    assert printed_rows(page(words), words, (5, 100, 300), (), WORD_SPACE) is None


def test_words_whose_boxes_are_as_low_as_their_letters_stand_level():
    def low(word):
        deep = 2 * (not set("gjpqy;").isdisjoint(word.text))
        return replace(word, box=replace(word.box, bottom=word.baseline + deep))

    words = [low(w) for w in [*HEADS, *body(30, 0)]]
    assert table(words) == table([*HEADS, *body(30, 0)])


@pytest.mark.parametrize(("text", "height"), [("Statut", 26), ("N°", 9)])
def test_heads_on_their_side_may_be_printed_last(text, height):
    aside = Word(text, Box(110, 2, 120, 2 + height), 2 + height, 10, False, run=110)
    level = [*HEADS, *body(40, 0)]
    _, rows = table([*[w for w in level if w.text != "Action"], aside])
    assert rows[0] == {0: "Pilote", 1: text, 2: "Somme"}
    assert rows[2][0] == "CCAS"
    assert table([aside]) is None


@pytest.mark.parametrize(("border", "parted"), [(160.2, True), (172.0, False)])
def test_a_known_border_parts_a_sum_from_what_is_printed_apart_right_beyond_it(border, parted):
    sums = [*cell(143, 0, "80"), *cell(160, 0, "90")]
    sums[0] = replace(sums[0], box=replace(sums[0].box, x1=158))
    below = [*cell(10, 40, "CCAS"), *cell(60, 40, *OTHER), *cell(143, 40, "5")]
    words = [*cell(10, 0, "Ville"), *cell(60, 0, *LONG), *sums, *below]
    rows = printed_rows(page(words), words, (8, 55, 141, border, 200), (), WORD_SPACE)
    assert rows is not None
    assert (said(rows)[0].get(3) == "90") is parted


def test_texts_that_begin_right_beyond_a_known_border_are_of_its_column():
    sums = [w for y in (0, 40) for w in (*cell(143, y, "30 (FSL)"), *cell(183, y, "mars"))]
    left = [[*cell(10, y, "Ville"), *cell(60, y, *text)] for y, text in ((0, LONG), (40, OTHER))]
    words = [*left[0], *sums[:3], *left[1], *sums[3:]]
    rows = printed_rows(page(words), words, (8, 55, 141, 181.5, 260), (), WORD_SPACE)
    assert rows is not None
    assert [row.get(3) for row in said(rows)] == ["mars", "mars"]


@pytest.mark.parametrize(
    ("words", "cells"),
    [(("Axe 2 : Voir", "Loger"), 1), (("Ville et ci", "Bail"), 2)],
    ids=["the name of a part", "two cells"],
)
def test_the_name_of_a_part_is_one_text_wherever_a_word_of_it_begins(words, cells):
    first = [replace(w, box=replace(w.box, x1=min(w.box.x1, 57))) for w in cell(10, 102, words[0])]
    rows = [*body(30, 0), *first, *cell(60, 102, words[1]), *body(120, 0)]
    _, found = table([*HEADS, *rows])
    assert len(found[3]) == cells
