"""Cards without rules become grids of two columns."""

from dataclasses import replace

import pytest

from extractors.grids.card_grids import card_grids
from tests.sheets import line, page, texts

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
