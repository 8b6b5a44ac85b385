"""Cards without rules become grids of two columns."""

from dataclasses import replace

import pytest

from extractors.grids.card_grids import card_grids
from extractors.grids.continued import continued
from extractors.grids.ruled import ruled_grids
from extractors.grids.stripes import with_stripes
from extractors.pages.page import Box, Fill
from tests.sheets import BLUE, line, page, texts

ROWS = [("Pilote", "Le Toit"), ("Coût total", "43 000 €"), ("Part AMI", "33 000 €")]


def card(y, *title, rows=ROWS, x=150):
    words = [replace(w, bold=True) for i, t in enumerate(title) for w in line(y + 12 * i, (t, 10))]
    y += 12 * len(title) + 6
    for asked, told in rows:
        words += line(y, (asked, 14), (told, x))
        y += 15
    return [*words, *line(y + 4, ("Douze baux, dont six pour des jeunes du département", 10))]


def test_a_title_over_lines_what_is_asked_and_what_is_told_across():
    sheet = page(
        [*card(20, "Action 1 – Bail glissant", "des jeunes"), *card(140, "Action 2 : Halte")]
    )
    first, second = card_grids(sheet, [])
    told = ["Douze baux, dont six pour des jeunes du département"]
    assert texts(first) == [["Action 1 – Bail glissant des jeunes"], *map(list, ROWS), told]
    assert texts(second) == [["Action 2 : Halte"], *map(list, ROWS), told]


def test_the_heading_of_an_annex_ends_a_card():
    heading = [replace(w, bold=True) for w in line(90, ("Annexe 2 – Budget", 10))]
    (grid,) = card_grids(page([*card(20, "Action 1 – Bail")[:-9], *heading]), [])
    assert texts(grid) == [["Action 1 – Bail"], *map(list, ROWS)]


def test_a_sum_among_words_is_one_that_is_told():
    rows = [("Pilote", "Le Toit"), ("But", "Loger"), ("Coût", "Part AMI 3 000 €")]
    (grid,) = card_grids(page(card(20, "Action 1 – Bail", rows=rows)[:-9]), [])
    assert texts(grid)[1:] == list(map(list, rows))


def test_an_answer_of_two_lines_is_one():
    words = card(20, "Action 1 – Bail", rows=[*ROWS, ("Aides", "Ville :")])[:-9]
    (grid,) = card_grids(page([*words, *line(95, ("9 000 €", 150))]), [])
    assert texts(grid)[-1] == ["Aides", "Ville : 9 000 €"]


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("Le bail glissant", ROWS),
        ("Action 1 – Bail", ROWS[:2]),
        ("Action 1 – Bail", [("Pilote", "Le Toit"), ("But", "Loger"), ("Public", "Jeunes")]),
        ("Action 1 – Bail", [*ROWS[:2], ("Une longue phrase qui ne demande rien", "12 €")]),
    ],
    ids=["no number", "few questions", "no figure", "no question"],
)
def test_what_is_no_card(title, rows):
    assert card_grids(page(card(20, title, rows=rows)), []) == []


ASKED = [("Pilote", "Le Toit"), ("But", "Loger"), ("Public", "Jeunes")]


def coloured(*title, y=16):
    """A page's words and colours: two cells of one row."""
    fills = [Fill(Box(a, y, b, y + 18), BLUE) for a, b in ((8, 148), (148, 300))]
    return line(y + 4, *zip(title, (14, 150), strict=True)), fills


def on_colour(title, rows):
    words, fills = coloured(*title)
    body = [
        w
        for r, (asked, told) in enumerate(rows)
        for w in line(40 + 15 * r, (asked, 14), (told, 150))
    ]
    return page([*words, *body], fills=fills)


def test_two_coloured_cells_that_name_an_action_are_the_title_of_the_lines_below():
    sheet = on_colour(("Action A", "Bail"), ASKED)
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert texts(grid) == [["Action A", "Bail"], *map(list, ASKED)]


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        (("Volet", "Bail"), ASKED),
        (("Action A", "Bail"), ASKED[:1]),
        (("Action A", "Bail"), [("Une phrase sur toute la largeur", ""), *ASKED]),
    ],
    ids=["no action", "one question", "prose"],
)
def test_coloured_cells_that_are_no_title_of_a_card(title, rows):
    sheet = on_colour(title, rows)
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert grid.row_count == 1


def test_an_answer_stands_at_the_middle_of_its_question_or_below_it():
    sheet = on_colour(("Action A", "Bail"), ASKED[:2])
    lower = [
        *line(90, ("Un", 150)),
        *line(100, ("Public", 14), ("deux", 150)),
        *line(110, ("trois", 150)),
    ]
    sheet = replace(sheet, words=(*sheet.words, *lower))
    (grid,) = with_stripes(sheet, ruled_grids(sheet))
    assert texts(grid)[-2:] == [["But", "Loger"], ["Public", "Un deux trois"]]


def test_a_card_whose_title_ends_the_page_has_its_rows_on_the_next():
    words, fills = coloured("Action A", "Bail", y=370)
    first = page(words, fills=fills)
    second = replace(
        page(
            [
                w
                for r, row in enumerate(ASKED)
                for w in line(10 + 15 * r, *zip(row, (14, 150), strict=True))
            ]
        ),
        number=2,
    )
    (grid,) = continued(first, with_stripes(first, ruled_grids(first)), second, [])
    assert texts(grid) == [list(row) for row in ASKED]
