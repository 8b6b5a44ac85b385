"""Where columns part."""

import pytest

from extractors.columns import column_borders
from extractors.page import Box
from extractors.pieces import WORD_SPACE, lines_of
from tests.sheets import line, word


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
