"""Tables whose rules part only some rows or columns."""

from dataclasses import replace

import pytest

from extractors.grids.grid import Grid, GridCell
from extractors.grids.partly_ruled import (
    with_columns,
    with_columns_as_above,
    with_head,
    with_head_above,
    with_merged_cells,
)
from extractors.grids.ruled import ruled_grids
from extractors.grids.unruled import unruled_grids
from extractors.pages.page import Box, Fill, Word
from tests.sheets import HEADS, ROWS, cell, page, texts, words


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


@pytest.mark.parametrize(("bold", "rows"), [(True, 4), (False, 3)])
def test_bold_texts_over_the_columns_right_above_the_rules_are_the_head(bold, rows):
    xs = (5, 60, 115, 170, 225, 300)
    rules = [Box(5, y, 300, y) for y in (20, 40, 60, 80)] + [Box(x, 20, x, 80) for x in xs]
    texts_ = [w for y in (24, 44, 64) for x in xs[:-1] for w in cell(x + 5, y, "Rue")]
    title = cell(8, -14, "Annexe 1 des actions retenues", bold=True)
    heads = [w for x in xs[:-1] for w in cell(x + 5, 6, "Nom", bold=bold)]
    sheet = page([*title, *heads, *texts_], rules)
    (grid,) = (with_head_above(sheet, grid) for grid in ruled_grids(sheet))
    assert grid.row_count == rows
    assert texts(grid)[0] == ["Nom" if bold else "Rue"] * 5


def test_texts_left_and_right_in_one_framed_column_are_no_two():
    rows = [("Cofinancements", "", ""), *[(f"CAF : {n} 000 €", "", "") for n in (3, 4, 5)]]
    rules = [Box(5, y, 300, y) for y in range(16, 117, 20)] + [Box(x, 16, x, 116) for x in (5, 300)]
    total = Word("12 000 €", Box(255, 100, 295, 111), 109, 10, False)
    sheet = page([*words(rows), total], rules)
    (grid,) = (with_columns(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid) == [["Cofinancements"], *[[text] for text, *_ in rows[1:]], ["12 000 €"]]


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


MANY_COLUMNS = (5, 60, 115, 170, 225, 280, 335)


@pytest.mark.parametrize(
    "border",
    [
        pytest.param(Box(280, 96, 280, 116), id="beside the total"),
        pytest.param(Box(60, 16, 60, 116), id="beside the first column"),
    ],
)
def test_one_border_of_many_leaves_the_others_to_the_text(border):
    """The dark head of a scan shows none of the borders in it."""
    heads, total = ("N°", "Axe", "Nom", "Qui", "État", "AMI"), ("Total", "", "", "", "", "20 €")
    rows = [heads, *((n, "Gens", "Bail", "CCAS", "Fait", f"{n} €") for n in "875"), total]
    rules = [Box(5, y, 335, y) for y in range(16, 117, 20)]
    rules += [Box(x, 16, x, 116) for x in (5, 335)] + [border]
    said = [
        word
        for y, row in zip(range(20, 117, 20), rows, strict=False)
        for x, text in zip(MANY_COLUMNS, row, strict=False)
        for word in cell(x + 3, y, text)
    ]
    sheet = page(said, rules)
    (grid,) = (with_columns(sheet, grid) for grid in ruled_grids(sheet))
    assert texts(grid) == [list(row) for row in rows]


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


@pytest.mark.parametrize(
    ("start", "joined"), [(115, True), (5, False)], ids=["a rule beside it", "a rule across"]
)
def test_a_text_stands_for_all_rows_that_no_rule_parts_in_its_column(start, joined):
    rows = {20: HEADS[0], 42: ROWS[0], 64: ("", "Accueil", "8 €"), 96: ("", "Bail", "5 €")}
    all_words = [w for y, row in rows.items() for w in words([row], top=y)]
    all_words += words([("Toit", "", "")], top=80)
    rules = [Box(5, y, 300, y) for y in (15, 36, 58, 112)] + [Box(start, 88, 300, 88)]
    sheet = page(all_words, rules)
    (grid,) = (with_merged_cells(sheet, grid) for grid in unruled_grids(sheet, []))
    assert (["Toit", "Bail", "5 €"] in texts(grid)) is joined
    assert not grid.ruled


@pytest.mark.parametrize("ruled", [(26, 66), (66,)], ids=["ruled off", "not ruled off"])
def test_a_coloured_head_over_several_columns_stays_one(ruled):
    xs, ys = (5.0, 75.0, 145.0, 215.0), (6.0, 26.0, 46.0, 66.0, 86.0)
    head = GridCell(0, 1, 1, 3, Box(75, 6, 215, 26), tuple(words([("", "2034", "")], 10)), True)
    told = [("Pilote", "", ""), ("", "Coût", "AMI"), ("CCAS", "9 €", "5 €"), ("", "7 €", "4 €")]
    cells = [head] + [
        GridCell(r, r + 1, c, c + 1, box, tuple(cell(box.x0 + 5, box.top + 4, text)))
        for r, row in enumerate(told)
        for c, text in enumerate(row)
        for box in [Box(xs[c], ys[r], xs[c + 1], ys[r + 1])]
        if text
    ]
    rules = [Box(5, y, 215, y) for y in (5, 46, 88)] + [Box(75, y, 215, y) for y in ruled]
    sheet = page([w for c in cells for w in c.words], rules)
    found = with_merged_cells(sheet, Grid(1, xs, ys, tuple(cells), ruled=False))
    spans = {c.column_end - c.column for c in found.cells if c.words == head.words}
    assert (found.row_count, spans) == (4, {2})
    assert texts(found)[-1][0] == "CCAS"


@pytest.mark.parametrize(
    ("row", "columns"),
    [(("Toit", "Bail", "5 €"), 3), (("Logement d'abord à tous", "", "5 €"), 2)],
    ids=["texts in two columns", "one text"],
)
def test_a_cell_on_the_next_page_has_the_columns_above_in_which_its_texts_stand(row, columns):
    xs = (5.0, 115.0, 225.0, 300.0)
    frame = [Box(5, y, 300, y) for y in (15, 35, 55)]
    (above,) = ruled_grids(page(words(ROWS[:2]), [*frame, *(Box(x, 15, x, 55) for x in xs)]))
    rules = [*frame[:2], *(Box(x, 15, x, 35) for x in (5.0, 225.0, 300.0))]
    (rest,) = ruled_grids(page(words([row]), rules))
    assert rest.column_count == 2
    assert with_columns_as_above(above, rest).column_count == columns


@pytest.mark.parametrize(
    ("first", "rows"),
    [(("", "et la nuit", ""), 4), (("CCAS", "", ""), 3)],
    ids=["a rest", "its first line"],
)
def test_the_rest_of_a_row_above_one_that_no_rule_parts_is_no_line_of_it(first, rows):
    told = [("Pilote", "Crédits", ""), ("", "AMI", "Autres"), first, ("Ville", "Halte", "12 €")]
    xs, ys = (5.0, 115.0, 225.0, 300.0), (6.0, 26.0, 46.0, 66.0, 86.0)
    cells = [
        GridCell(r, r + 1, c, c + 1, Box(xs[c], ys[r], xs[c + 1], ys[r + 1]), tuple(words(one, y)))
        for r, row in enumerate(told)
        for c, text in enumerate(row)
        for y in [ys[r] + 3]
        for one in [[tuple(text if i == c else "" for i in range(3))]]
    ]
    rules = [Box(5, y, 300, y) for y in (5, 46, 88)] + [Box(115, 26, 300, 26)]
    sheet = page([w for c in cells for w in c.words], rules)
    found = with_merged_cells(sheet, Grid(1, xs, ys, tuple(cells), ruled=False))
    assert found.row_count == rows


@pytest.mark.parametrize(("lines", "joined"), [(("Toit", "uni"), True), (("Axe", "Total"), False)])
def test_no_cell_goes_down_over_rows_that_say_texts_of_their_own(lines, joined):
    """A short rule stands under a head over two columns alone, and parts no column from others."""
    xs, ys = (5.0, 75.0, 145.0, 215.0, 300.0), (6.0, 26.0, 46.0, 86.0)
    told = [("", "Pilote", "AMI", "Ville"), ("", "CCAS", "5 €", "-"), ("", "SIAO", "5 €", "8 €")]
    cells = [
        GridCell(r, r + 1, c, c + 1, Box(xs[c], ys[r], xs[c + 1], ys[r + 1]), tuple(some))
        for r, row in enumerate(told)
        for c, text in enumerate(row)
        for some in [cell(xs[c] + 5, ys[r] + 4, text) if text else ()]
    ]
    tops = (16, 28) if joined else (10, 60)
    first = [w for y, text in zip(tops, lines, strict=True) for w in cell(10, y, text)]
    cells = [
        replace(c, words=tuple(w for w in first if c.box.holds(*w.box.middle)))
        if not c.column
        else c
        for c in cells
    ]
    rules = [Box(5, y, 300, y) for y in (4, 88)] + [Box(75, y, 300, y) for y in ys[1:3]]
    sheet = page([w for c in cells for w in c.words], rules)
    found = with_merged_cells(sheet, Grid(1, xs, ys, tuple(cells), ruled=False))
    assert any(c.row_end - c.row > 1 for c in found.cells) is joined
