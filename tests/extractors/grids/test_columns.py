"""Where columns part."""

from dataclasses import replace

import pytest

from extractors.grids.columns import column_borders
from extractors.grids.pieces import WORD_SPACE, lines_of, with_near_cells
from extractors.pages.page import Box
from tests.sheets import cell, line, word


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


@pytest.mark.parametrize(
    ("places", "columns"), [((101.5, 101.5, 101.5), 3), ((101.5, 102, 103), 2)]
)
def test_texts_that_begin_at_one_place_right_behind_sums_are_a_column(places, columns):
    rows = [[("Action", 0), ("AMI", 85), ("Ville", 101.5)]]
    rows += [[("Bail", 0), ("900 €", 77.5), ("CAF", x)] for x in places]
    words = [w for i, row in enumerate(rows) for text, x in row for w in cell(x, 30 * i, text)]
    words += [w for i, x in enumerate(places, 1) for w in cell(x, 30 * i + 12, "Oise")]
    cells = with_near_cells(lines_of(words, WORD_SPACE))
    assert len(column_borders(cells, Box(0, 0, 230, 130))) - 1 == columns


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


def table(head, rows, pilots=250):
    """Column borders of lines of an action, what follows it, and a pilot."""
    lines = [line(0, *head, ("Pilote", pilots))]
    for i, texts in enumerate(rows, 1):
        lines.append(line(14 * i, *texts, ("Ville", pilots)))
    words = [w for some in lines for w in some]
    return column_borders(lines_of(words, WORD_SPACE), Box(0, 0, 300, 14 * len(lines)))


@pytest.mark.parametrize(("end", "columns"), [("à", 2), ("À", 3)])
def test_a_word_at_the_end_of_stretched_lines_is_no_column(end, columns):
    rows = [[("Action", 0), (end, 120)], [("Lancer", 0)]] * 3
    assert len(table([("Statut", 0)], rows)) - 1 == columns


@pytest.mark.parametrize(("mark", "columns"), [(":", 2), ("-", 3)])
def test_marks_at_the_end_of_stretched_lines_are_no_column(mark, columns):
    rows = [[("Bailleurs", 0), (mark, 120)], [("Toit", 0), (mark, 120)]] * 2
    assert len(table([("Somme", 0)], rows)) - 1 == columns


def test_units_under_sums_beside_lines_of_a_text_are_in_a_column_of_figures():
    rows = [[("Action", 0), ("69 000", 40)], [("menée", 0), ("€", 65)]] * 3
    assert len(table([("État", 0), ("Crédit", 40)], rows)) - 1 == 3


def test_a_border_stands_before_a_head_set_higher():
    """The sums under it are set to the right, the first line says nothing else."""
    body = [line(y, ("Bail", 0), ("9 €", 190), ("Ville", 230)) for y in range(20, 100, 14)]
    words = [
        *line(0, ("Subvention", 60)),
        *line(5, ("Action", 0), ("Pilote", 230)),
        *(w for some in body for w in some),
    ]
    (_, border, _, _) = column_borders(lines_of(words, WORD_SPACE), Box(0, 0, 300, 110))
    assert 30 < border < 60


def test_a_head_over_an_empty_column_stands_in_none_that_has_its_own():
    body = [line(y, ("Bail", 0), ("Ville", 100)) for y in range(34, 100, 14)]
    words = [
        *(word(t, x, 0, bold=True) for t, x in (("Action", 0), ("Remarques", 180))),
        *(word(t, x, 8, bold=True) for t, x in (("menée", 0), ("Pilote", 100))),
        *(w for some in body for w in some),
    ]
    assert len(column_borders(lines_of(words, WORD_SPACE), Box(0, 0, 240, 110))) - 1 == 3


@pytest.mark.parametrize(("bold", "parted"), [(True, True), (False, False)])
def test_a_border_stands_between_bold_heads_that_nearly_touch(bold, parted):
    heads = [word("Pilote", 0, 10, bold), word("FINANCEMENT", 60, 10, bold)]
    heads += [word("COFINANCEMENT", 118, 10, bold)]
    rows = [
        w for y in range(30, 120, 15) for w in line(y, ("CCAS", 0), ("12 000", 60), ("9 000", 118))
    ]
    borders = column_borders(lines_of([*heads, *rows], WORD_SPACE), Box(0, 0, 190, 130))
    assert any(115 <= border <= 118 for border in borders) is parted


@pytest.mark.parametrize(("y", "left"), [(30, 70), (-15, 20)], ids=["in a row", "over the head"])
def test_a_border_stands_clear_of_a_text_alone_on_its_line(y, left):
    rows = [w for y in (0, 20, 60) for w in line(y, ("Bail", 0), ("CCAS", 80), ("12 000", 140))]
    words = [*rows, *line(y, ("glissant à tous", 0))]  # to 70
    _, border, *_ = column_borders(lines_of(words, WORD_SPACE), Box(0, -15, 180, 80))
    assert border == pytest.approx((left + 80) / 2, abs=5) and border >= left


@pytest.mark.parametrize(("apart", "columns"), [(True, 3), (False, 2)])
def test_texts_printed_apart_stand_in_columns_however_few_they_are(apart, columns):
    words = line(0, ("Action", 20), ("Pilote", 110), ("Somme", 180))
    for y, pilot in ((15, "CCAS"), (30, "DDETS")):
        words += line(y, ("Bail glissant à tous", 0), ("12 €", 180))
        words.append(replace(word(pilot, 98, y), apart=apart))
    lines = with_near_cells(lines_of(words, WORD_SPACE))
    assert len(column_borders(lines, Box(0, 0, 220, 50))) == columns + 1


def test_sums_at_the_middle_of_their_rows_share_no_line_with_the_texts_beside_them():
    """Statuses of two lines and sums of one, whose head of three stands alone on its lines."""
    words = [
        *line(-5, ("Financement", 124)),
        *line(0, ("Action", 0), ("Statut", 75), ("Cofinancement", 190)),
        *line(5, ("AMI", 124)),
    ]
    for y in range(20, 140, 24):
        words += line(y, ("Bail", 0), ("Renouvelé", 75), ("Bailleurs :", 190))
        words += line(y + 5, ("Loger", 0), ("54 k€", 136))
        words += line(y + 10, ("e", 75), ("10 k€", 190))
    borders = column_borders(lines_of(words, WORD_SPACE), Box(0, -5, 270, 150))
    assert [sum(b < x for b in borders) for x in (10, 80, 140, 200)] == [1, 2, 3, 4]
