"""What blanks say of lines, columns and rows."""

from dataclasses import replace

import pytest

from extractors.blanks import (
    WORD_SPACE,
    block_rows,
    column_borders,
    is_figure,
    lines_of,
    regions,
    with_near_cells,
)
from extractors.page import Box, Word

SIZE = 10.0


def word(text, x, y, bold=False):
    return Word(text, Box(x, y, x + 5 * len(text), y + SIZE), y + 8, SIZE, bold)


def line(y, *texts):
    """Words of (text, x), each word of a text a space from the last."""
    words = []
    for text, x in texts:
        for part in text.split():
            words.append(word(part, x, y))
            x += 5 * len(part) + 2.5
    return words


def read(words, xs):
    rows = block_rows(lines_of(words, WORD_SPACE), xs)
    return [
        {b.start: " ".join(w.text for w in b.words) for b in sorted(row.blocks, key=str)}
        for row in rows
    ]


@pytest.mark.parametrize(
    "text", ["12", "1,234.5", "(3.2)", "–4", "12 000 €", "n.a.", "–", "56 %", "28/02/2012"]
)
def test_figures(text):
    assert is_figure(text)


@pytest.mark.parametrize("text", ["Total", "Q1. Combien ?", "2 logements", ""])
def test_what_is_no_figure(text):
    assert not is_figure(text)


def test_whole_figures_side_by_side_are_two_cells_but_thousands_are_one():
    (pieces,) = lines_of(line(0, ("818,2 80396,5", 0), ("12 000", 200)), WORD_SPACE)
    assert [p.text for p in pieces] == ["818,2", "80396,5", "12 000"]


def test_pairs_of_a_telephone_number_are_one():
    (pieces,) = lines_of(line(0, ("03 84 86 19 30", 0), ("12 345 678", 200)), WORD_SPACE)
    assert pieces[0].text == "03 84 86 19 30"


@pytest.mark.parametrize(
    ("left", "right", "runs", "parted"),
    [
        ("5 000,00 €", "convention signée", (0, 60), True),
        ("4", "Mobilier", (0, 10), True),
        ("5 000,00 €", "convention signée", (0, 0), False),
        ("12 000,00", "€", (0, 60), False),
        ("4.", "Mobilier", (0, 10), False),
        ("Bail", "glissant", (0, 60), False),
    ],
)
def test_cells_printed_apart_are_two_where_texts_begin_however_near(left, right, runs, parted):
    first = [replace(w, run=runs[0]) for w in line(0, (left, 0))]
    start = first[-1].box.x1 + 2.5
    second = [replace(w, run=runs[1]) for w in line(0, (right, start))]
    below = [w for y in (15, 30) for w in line(y, ("signée", start))]
    lines = lines_of([*first, *second, *below], WORD_SPACE)
    assert [len(pieces) for pieces in with_near_cells(lines)] == [1 + parted, 1, 1]
    assert [len(pieces) for pieces in with_near_cells(lines[:2])] == [1, 1]


def test_a_heading_over_a_blank_does_not_close_it():
    """Sums end where the next column's heading begins."""
    words = [
        *line(0, ("Action", 0), ("engagé", 122), ("payé", 171)),
        *(
            w
            for y in range(15, 120, 15)
            for w in line(y, ("Bail", 0), ("22 400", 90), ("11 200", 138), ("9 000", 190))
        ),
    ]
    words = [w for w in words if w.text != "payé"] + [word("payé", 171.5, 0)]
    borders = column_borders(lines_of(words, WORD_SPACE), Box(0, 0, 230, 130))
    assert len(borders) == 5


@pytest.mark.parametrize("level", [0, 6, 12], ids=["top", "middle", "bottom"])
def test_a_label_on_two_lines_is_one_row_wherever_its_figures_stand(level):
    words = [
        *line(0, ("Accueil de jour et", 0)),
        *line(12, ("de nuit", 0)),
        *line(level, ("35", 150), ("41", 200)),
        *line(30, ("Bail", 0), ("8", 150), ("9", 200)),
    ]
    assert read(words, [0, 120, 180, 240]) == [
        {0: "Accueil de jour et de nuit", 1: "35", 2: "41"},
        {0: "Bail", 1: "8", 2: "9"},
    ]


def test_a_figure_cut_between_its_thousands_is_one():
    words = [
        *line(0, ("Toit", 0), ("sous-location", 70), ("58", 150)),
        *line(12, ("en bail", 70), ("000,00", 150)),
    ]
    assert read(words, [0, 60, 140, 200]) == [
        {0: "Toit", 1: "sous-location en bail", 2: "58 000,00"}
    ]


def test_a_figure_cut_behind_its_funder_is_one():
    words = [
        *line(0, ("Bail", 0), ("9 000", 60), ("Fondation : 8", 120)),
        *line(12, ("000 €", 120)),
        *line(24, ("Maraude", 0), ("7 000", 60), ("CAF : 3 000 €", 120)),
    ]
    assert [row[2] for row in read(words, [0, 50, 110, 200])] == [
        "Fondation : 8 000 €",
        "CAF : 3 000 €",
    ]


def test_a_head_in_the_middle_of_two_columns_stands_over_both():
    words = [
        *line(0, ("Poste", 0), ("2034", 145), ("2035", 265)),
        *line(14, ("prévu", 110), ("payé", 190), ("prévu", 230), ("payé", 310)),
    ]
    rows = block_rows(lines_of(words, WORD_SPACE), [0, 90, 160, 220, 280, 340])
    assert [(b.start, b.end) for b in rows[0].blocks] == [(0, 1), (1, 3), (3, 5)]


PROSE = "une phrase assez longue pour tenir toute la ligne"


@pytest.mark.parametrize(
    ("last", "parted"),
    [(("17 300", 73), True), (("17 300 places", 73), True), (("rurales", 73), False)],
)
def test_a_border_stands_before_a_figure_that_is_near_a_text(last, parted):
    lines = [line(15 * y, ("L1", -30), ("Toit-Relais", 10), ("12 €", 73)) for y in range(1, 7)]
    lines += [line(105, ("L2", -30), ("CCAS de Brens", 10.5), last)]
    words = [
        *line(0, ("Code", -30), ("Opérateur", 10), ("Somme", 73)),
        *(w for some in lines for w in some),
    ]
    (_, _, border, _) = column_borders(lines_of(words, WORD_SPACE), Box(-30, 0, 150, 120))
    assert (70.5 < border < 73) is parted


def test_a_table_between_lines_of_prose_is_found_alone():
    table = [w for i in range(4) for w in line(60 + 14 * i, ("Ville", 0), (f"{i}2", 150))]
    prose = [w for y in (0, 12, 24, 36, 150, 162, 174) for w in line(y, (PROSE, 0))]
    (found,) = regions([*prose, *table])
    assert sorted(w.text for w in found) == sorted(w.text for w in table)


def test_prose_in_two_columns_is_no_region():
    words = [w for y in range(0, 120, 12) for w in line(y, (PROSE, 0), (PROSE, 280))]
    assert regions(words) == []


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([("Bail", 120), ("Accueil", 150), ("Halte", 135)], 2),
        ([("Bail", 120), ("Accueil", 120), ("Halte", 120)], 3),
        ([("12", 140), ("1 250", 125), ("600", 135)], 3),
    ],
    ids=["justified words", "words below each other", "figures"],
)
def test_blanks_between_words_of_justified_text_part_no_columns(rows, columns):
    """The second text of each line stands alone nowhere; the last one at one place."""
    lines = [line(0, ("Action", 0), ("Pilote", 250))]
    for i, (text, x) in enumerate(rows, 1):
        lines.append(line(14 * i, ("Une action", 0), (text, x), ("Ville", 250)))
    words = [w for some in lines for w in some]
    xs = column_borders(lines_of(words, WORD_SPACE), Box(0, 0, 300, 60))
    assert len(xs) - 1 == columns


def test_a_border_cuts_a_text_from_the_lines_close_under_it():
    words = [w for i in range(4) for w in line(10 + 11 * i, (f"l{i} et", 0), (f"r{i}", 200))]
    rows = block_rows(lines_of(words, WORD_SPACE), (0.0, 150.0, 300.0), (30.9,))
    assert [" ".join(w.text for w in row.blocks[1].words) for row in rows] == ["r0 r1", "r2 r3"]
