"""How far tables go."""

from dataclasses import replace

import pytest

from extractors.grids.reach import (
    extended_area,
    first_lines,
    fits,
    known_borders,
    reach_above,
    reach_below,
    text_lines,
)
from extractors.pages.page import Box, Word
from tests.sheets import cell, line, page


@pytest.mark.parametrize("apart", [True, False])
def test_words_near_one_another_that_are_printed_apart_are_of_two_columns(apart):
    words = line(20, ("dans la limite", 10), ("livraison", 78))
    words[-1] = replace(words[-1], apart=apart)
    (one,) = text_lines(page(words), words)
    assert fits(one, known_borders((5, 76.5, 200))) is apart


@pytest.mark.parametrize(("run", "parted"), [(70.5, True), (10, False)])
def test_a_border_parts_words_printed_in_two_goes(run, parted):
    words = [
        replace(w, run=run if w.text == "2" else 10) for w in line(20, ("30 €", 50), ("2 €", 70.5))
    ]
    (one,) = text_lines(page(words), words)
    assert fits(one, known_borders((5, 69, 200))) is parted


def test_a_head_on_its_side_reaches_down_to_the_table():
    aside = Word("Statut de l'action", Box(12, 20, 22, 98), 95, 10, False)
    words = [aside, *line(50, ("Action", 80), ("Somme", 150))]
    lines = text_lines(page(words), words)
    assert reach_above(lines, known_borders((5, 75, 140, 200)), 100, 10) == 19


@pytest.mark.parametrize(("size", "top"), [(10, 41), (7, 100)], ids=["a head", "larger type"])
def test_the_last_line_of_a_head_in_small_capitals_is_lower_than_its_type(size, top):
    capitals = [replace(w, size=7.5) for w in line(90, ("SUIVI", 80))]
    heads = [*line(50, ("N°", 10), ("Action", 80)), *line(70, ("Résultats", 80), ("Somme", 150))]
    words = [*line(42, ("Objectifs", 150)), *heads, *capitals]
    lines = text_lines(page(words), words)
    assert reach_above(lines, known_borders((5, 75, 140, 200)), 100, size) == top


@pytest.mark.parametrize(
    ("over", "lines"),
    [
        ([("Un lieu", 120)], 1),
        ([("•", 120), ("Deux", 190)], 1),
        ([("Un lieu", 126)], 0),
        ([("Un lieu", 120), ("ou deux", 230)], 0),
        ([("Annexe", 10)], 0),
    ],
    ids=["its text", "justified", "elsewhere", "two texts", "the first column"],
)
def test_a_text_goes_up_where_its_lines_begin(over, lines):
    below = [*line(32, ("ouvert à tous", 120)), *line(44, ("Ville", 10), ("de nuit", 120))]
    above = text_lines(page(below), line(20, *over))
    found = first_lines(above, below, known_borders((5.0, 115.0, 225.0, 300.0)), 31.0)
    assert found == (19 if lines else 31)


@pytest.mark.parametrize(
    ("bold", "below", "bottom"),
    [
        (True, [], 31),
        (False, [], 42),
        (True, [("Bail", 5), ("CCAS", 75), ("8 €", 145)], 53),
    ],
    ids=["an article", "a text", "a title over rows"],
)
def test_the_heading_of_an_article_is_no_last_line_of_a_table(bold, below, bottom):
    heading = [replace(w, bold=bold) for w in line(31, ("Article 2", 5))]
    rows = [*line(20, ("Total", 5), ("25 €", 145)), *heading, *line(42, *below)]
    borders = known_borders((5, 70, 140, 200))
    assert reach_below(text_lines(page(rows), rows), borders, 20) == bottom


def test_a_line_that_stands_out_on_the_left_says_one_column():
    words = line(20, ("Fait le 3 mai 2024", 2))
    assert reach_above(text_lines(page(words), words), known_borders((5, 120, 200)), 38, 10) == 38


def test_a_head_over_a_column_whose_short_texts_stand_at_two_places_is_of_the_table():
    head = [*cell(20, 0, "action"), *cell(80, 0, "Label"), *cell(180, 0, "Somme")]
    numbers = [*cell(31, 20, "(1)"), *cell(90, 20, "(2)"), *cell(190, 20, "(3)")]
    body = [
        [*cell(20, y, "1"), *cell(80, y, "Bail glissant", "et suivi"), *cell(180, y, "9 000")]
        for y in (40, 70, 100)
    ]
    total = [*cell(20, 130, "Sous-", "total"), *cell(180, 130, "9 000")]
    words = [*head, *numbers, *(w for row in body for w in row), *total]
    ys = (16, 36, 66, 96, 126, 156)
    area = extended_area(page(words), Box(15, 16, 220, 156), ys, words)
    assert area.top == -1


def test_a_sum_carried_over_may_stand_above_the_first_row_and_reach_over_a_column():
    words = line(80, ("Report", 10), ("73", 110), ("20,5", 160))
    lines = text_lines(page(words), words)
    assert reach_above(lines, known_borders((5, 25, 100, 150, 200)), 95, 10) == 79


def test_the_first_line_of_a_tall_cell_stands_above_its_row():
    tall = ("une équipe", "de rue", "et de nuit")
    rows = [
        [*cell(10, y + 12, "Ville"), *cell(80, y, *tall), *cell(180, y + 12, "9 000")]
        for y in (4, 46, 88)
    ]
    words = [w for row in rows for w in row]
    area = extended_area(page(words), Box(5, 43, 220, 130), (43, 85, 130), words)
    assert area.top == 3


@pytest.mark.parametrize(("size", "bottom"), [(10, 31), (8, 31), (6, 20)])
def test_a_lone_text_in_smaller_type_is_a_note_below_the_table(size, bottom):
    words = [replace(w, size=size) for w in line(20, ("Comité du 4 février", 10))]
    lines = text_lines(page(words), words)
    assert reach_below(lines, known_borders((5, 140, 200)), 20, size=9) == bottom


def test_the_heading_of_an_annex_is_no_first_row_of_a_table():
    """Its words may stand in the columns as if they were texts of their own."""
    heading = [replace(w, bold=True) for w in line(20, ("Annexe 1 - Bilan et plan 2034", 5))]
    borders = known_borders([*(w.box.x0 - 1 for w in heading), 200])
    assert reach_above(text_lines(page(heading), heading), borders, 38, 10) == 38
    rows = [replace(w, text="Tout", bold=False) for w in heading]
    assert reach_above(text_lines(page(rows), rows), borders, 38, 10) < 38
