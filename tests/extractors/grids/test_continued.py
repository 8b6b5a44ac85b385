"""Tables without rules over several pages."""

from dataclasses import replace

import pytest

from extractors.grids.continued import continued
from extractors.grids.ruled import ruled_grids
from extractors.grids.unruled import unruled_grids
from extractors.pages.page import Box, Fill
from tests.sheets import BLUE, HEADS, ROWS, line, page, texts, words


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


@pytest.mark.parametrize(
    ("below", "found"),
    [("(1) Sous réserve des crédits", [list(ROWS[1])]), ("Fait à Lierval", [])],
    ids=["a note", "the end of the act"],
)
def test_a_table_goes_on_below_a_note_on_it(below, found):
    first = page([*words(ROWS), *line(350, (below, 10))])
    second = replace(page(words([ROWS[1]])), number=2)
    grids = continued(first, unruled_grids(first, []), second, [])
    assert [row for grid in grids for row in texts(grid)] == found


def test_the_rest_of_a_row_and_the_total_are_of_the_table():
    rows = [("", "et la nuit", ""), ("Total", "", "25 €")]
    first, second = page(words(ROWS)), replace(page(words(rows)), number=2)
    (grid,) = continued(first, unruled_grids(first, []), second, [])
    assert texts(grid)[-1] == ["Total", "", "25 €"]


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


def test_a_cell_beside_short_rules_goes_down_over_the_rows_that_these_part():
    rows = [("", "Une équipe mobile", "12 €"), ("Ville", "Bail", "5 €"), ("", "Accueil", "8 €")]
    rules = [Box(8, y, 252, y) for y in (16, 76)] + [Box(78, y, 252, y) for y in (36, 56)]
    first, second = page(words(ROWS)), replace(page(words(rows), rules), number=2)
    (grid,) = continued(first, unruled_grids(first, []), second, unruled_grids(second, []))
    assert [(c.row, c.row_end) for c in grid.cells if c.column == 0] == [(0, 3)]


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


def test_the_rest_of_a_cut_row_stands_in_the_columns_of_the_page_before():
    """Few texts on the next page: the blanks between them tell less of where a border is."""
    first = page(words(ROWS))
    second = replace(page([*words([("", "jour", "")], top=8), *words(ROWS)]), number=2)
    alone = unruled_grids(first, [])
    over = [replace(grid, xs=(8.0, 90.0, 200.0, 252.0)) for grid in alone]
    (grid,) = continued(first, over, second, alone)
    assert texts(grid) == [["", "jour", ""], *map(list, ROWS)]
    assert grid.xs == over[0].xs
    assert {c.box.x0 for c in grid.cells} == {8.0, 90.0, 200.0}


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


@pytest.mark.parametrize(("head", "rows"), [("Somme", 2), ("Coût", 1)])
def test_the_same_head_is_parted_from_a_row_that_no_rule_does(head, rows):
    rules = [Box(x, 15, x, 55) for x in (5.0, 115.0, 225.0, 300.0)]
    rules += [Box(5, y, 300, y) for y in (15, 55)]
    first = page(words([*HEADS, ROWS[0]]), [*rules, Box(5, 35, 300, 35)])
    second = replace(page(words([(*HEADS[0][:2], head), ROWS[1]]), rules), number=2)
    (grid,) = continued(first, ruled_grids(first), second, ruled_grids(second))
    assert grid.row_count == rows


@pytest.mark.parametrize(("second_line", "count"), [("Suivie", 4), ("Menée", 5)])
def test_a_head_on_two_lines_is_one_where_that_of_the_page_before_is(second_line, count):
    rows = [("Ville", "Une équipe mobile", "12 €"), ("CCAS", "Accueil", "8 €"), ROWS[2]]
    first, second = (
        page(
            [*words([*HEADS, ("", under, "")], pitch=16), *words(body, top=60)],
            [Box(8, 52, 260, 52)],
        )
        for under, body in (("Suivie", ROWS), (second_line, rows))
    )
    (above,) = unruled_grids(first, [])
    assert texts(above)[0] == ["Pilote", "Action Suivie", "Somme"]
    (grid,) = continued(first, [above], second, unruled_grids(second, []))
    assert grid.row_count == count


@pytest.mark.parametrize(
    ("line", "joined"),
    [("de la ville", True), ("De la ville", False), ("de la ville et des environs", False)],
    ids=["rest", "sentence", "over a border"],
)
def test_the_rest_of_a_label_stands_over_the_rows_of_the_next_page(line, joined):
    first = page(words(ROWS))
    second = replace(page([*words([(line, "", "")], top=5), *words(ROWS)]), number=2)
    alone = unruled_grids(first, [])
    (grid,) = continued(first, alone, second, alone)
    assert texts(grid) == [*([[line, "", ""]] if joined else []), *map(list, ROWS)]


@pytest.mark.parametrize(
    ("rest", "is_rest"),
    [
        ([("", "et de", ""), ("", "nuit", "")], True),
        ([("", "et de", ""), ("Fait", "à Lyon", "")], False),
        ([("", "et de nuit dans toute la ville", "")], False),
    ],
    ids=["a cell", "below the first column", "over a border"],
)
def test_the_rest_of_a_cell_fills_the_next_page(rest, is_rest):
    _, found = on_two_pages(words(rest))
    told = ["", " ".join(middle for _, middle, _ in rest), ""]
    assert [texts(grid) for grid in found] == ([[told]] if is_rest else [])


@pytest.mark.parametrize(
    ("text", "size", "bold", "left", "is_title"),
    [
        ("Axe 2 : accueillir et loger", 10, False, 0, True),
        ("Axe 2 : accueillir et loger", 12, False, 0, False),
        ("Annexe 2 : accueillir et loger", 10, False, 0, False),
        ("Axe 2 : accueillir et loger", 10, True, 0, False),
        ("Axe 2 : accueillir et loger", 10, False, 3, True),
    ],
    ids=["set alike", "larger", "a heading", "a head below", "left of the rows there"],
)
def test_a_title_over_rows_may_open_the_next_page(text, size, bold, left, is_title):
    """Its columns are set anew there."""
    title = words([("Axe 1 : accueillir et loger", "", "")], top=35)
    first = page([*words(HEADS, top=15), *title, *words(ROWS, top=55)])
    (above,) = unruled_grids(first, [])
    assert texts(above)[1] == ["Axe 1 : accueillir et loger"]
    moved = [replace(w, box=w.box.moved(-20, 0) if w.box.x0 > 100 else w.box) for w in words(ROWS)]
    rows = [replace(w, bold=bold and w.box.top < 30) for w in moved]
    over = [replace(w, size=size) for w in words([("Annexe 1", "", ""), (text, "", "")], top=-18)]
    second = replace(page([*over, *rows]), number=2)
    (alone,) = unruled_grids(page(rows), [])
    alone = replace(alone, xs=(alone.xs[0] + left, *alone.xs[1:]))
    (found, *_) = continued(first, [above], second, [alone])
    assert (texts(found)[0] == [text]) is is_title


@pytest.mark.parametrize("ruled", [False, True], ids=["bars alone", "a rule under a row"])
def test_the_rest_of_the_only_row_that_bars_part_is_none_of_the_next_row(ruled):
    """The page before holds a head and one row, whose description goes on above the next row."""
    xs = (5.0, 115.0, 225.0, 300.0)
    bars = [Box(x, 10, x, 120) for x in xs] + [Box(5, y, 300, y) for y in (10, 36)]
    under = [Box(5, 60, 300, 60)] if ruled else []
    rest = words([("", "de nuit et un", ""), ("", "accueil de jour.", "")], top=42, pitch=12)
    row = words([("CCAS", "Bail", "8 €")], top=92)
    first = page(words([*HEADS, ROWS[0], *ROWS[:1] * ruled], pitch=22), [*bars, *under])
    second = replace(page([*words(HEADS), *rest, *row], bars), number=2)
    (grid,) = continued(first, ruled_grids(first), second, ruled_grids(second))
    assert (["CCAS", "Bail", "8 €"] in texts(grid)) is not ruled
    assert texts(grid)[0] == list(HEADS[0])


def test_colour_alone_on_the_next_page_is_behind_rows_of_the_table():
    """A head and the rest of a row on two bands, far apart, the last row below on white."""
    rest = [("", "et la nuit", ""), ("CCAS", "Accueil", "8 €")]
    below = [*words(HEADS), *words(rest, top=60, pitch=40)]
    bands = [Fill(Box(8, 15, 260, 35), BLUE), Fill(Box(8, 35, 260, 90), BLUE)]
    first = page(words([*HEADS, *ROWS]), fills=[Fill(Box(8, 15, 260, 35), BLUE)])
    second = replace(page(below, fills=bands), number=2)
    over = unruled_grids(first, [])
    alone = ruled_grids(second)
    assert [grid.column_count for grid in alone] == [1]
    (grid,) = continued(first, over, second, alone)
    assert texts(grid) == [list(row) for row in (*HEADS, *rest)]


@pytest.mark.parametrize("told", ["et de nuit", "Fait à Lyon"])
def test_the_rest_of_a_cell_that_rules_part_fills_the_next_page(told):
    """Nothing but bars at its sides goes on there; what begins elsewhere is none of the cell."""
    xs = (5.0, 115.0, 225.0, 300.0)
    rules = [Box(x, 10, x, 96) for x in xs] + [Box(5, y, 300, y) for y in (10, 36, 56, 76, 96)]
    first = page(words([*HEADS, *ROWS]), rules)
    bars = [Box(x, 10, x, 96) for x in (5, 300)]
    row = ("", told, "") if told[0].islower() else (told, "", "")
    second = replace(page(words([row]), bars), number=2)
    found = continued(first, ruled_grids(first), second, [])
    assert [texts(grid) for grid in found] == ([[["", told, ""]]] if row[1] else [])


def test_a_table_that_goes_on_has_the_first_column_that_nothing_draws_there():
    xs = (5.0, 115.0, 225.0, 300.0)
    rules = [Box(x, 10, x, 96) for x in xs] + [Box(5, y, 300, y) for y in (10, 36, 56, 76, 96)]
    first = page(words([*HEADS, *ROWS]), rules)
    inner = [Box(max(r.x0, 115), r.top, r.x1, r.bottom) for r in rules if r.x1 > 5]
    rest = [("", "et de nuit", ""), ("CCAS", "Bail", "8 €")]
    second = replace(page(words(rest, top=40), inner), number=2)
    (alone,) = ruled_grids(second)
    assert "CCAS" not in str(texts(alone))
    (found,) = continued(first, ruled_grids(first), second, [alone])
    assert ["CCAS", "Bail", "8 €"] in texts(found)
    assert ["", "et de nuit", ""] in texts(found)
