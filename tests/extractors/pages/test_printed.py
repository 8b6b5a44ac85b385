"""Stretched lines of cells, by the order in which words are printed."""

import pytest

from extractors.grids.pieces import COLUMN_SPACE, WORD_SPACE, lines_of, with_near_cells
from extractors.pages.printed import as_printed
from tests.sheets import line, word

LABEL = (*line(0, ("Bail", 50), ("glissant", 120)), *line(12, ("accompagné", 50)))  # to 160


def stretched(words):
    """The texts of the lines that are numbered, in order."""
    lines = {}
    for w in as_printed(words):
        if w.line is not None:
            lines.setdefault(w.line, []).append(w.text)
    return [" ".join(texts) for texts in lines.values()]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], line(0, ("SIAO", 200))),  # the next cell begins beside the line
        (line(24, ("CCAS", 0)), []),  # the cell before ended lower
        (line(0, ("CCAS", 0)), []),  # the text alone goes on below
    ],
)
def test_words_far_apart_are_one_line_where_the_text_goes_on_below(before, after):
    assert stretched([*before, *LABEL, *after]) == ["Bail glissant"]


@pytest.mark.parametrize(("x", "found"), [(0, ["glissant du"]), (200, [])])
def test_a_stretched_line_within_a_text_may_be_level_with_the_cell_on_its_left(x, found):
    amid = line(12, ("CCAS", x))
    text = [
        *line(0, ("Bail", 50)),
        *line(12, ("glissant", 50), ("du", 148)),
        *line(24, ("département", 50)),
    ]
    assert stretched([*amid, *text]) == found


@pytest.mark.parametrize(
    "words",
    [
        LABEL,  # two rows as well
        [*LABEL, *line(24, ("SIAO", 0))],
        [*line(0, ("CCAS", 0)), *LABEL, *line(12, ("SIAO", 200))],  # rows beside a merged cell
        [
            *line(24, ("CCAS", 0)),
            *line(0, ("Bail", 50), ("12", 150)),
            *line(12, ("SIAO", 50), ("34", 150)),
        ],
        [  # a row whose blanks differ, above the label of the next
            *line(24, ("CCAS", 0)),
            *line(0, ("Bail", 50), ("ADIL", 120), ("19/03", 180)),
            *line(12, ("SIAO", 50)),
        ],
        line(0, ("Bail", 50), ("glissant", 120)),
        [
            *line(24, ("CCAS", 0)),
            *line(0, ("Bail", 50), ("glissant", 120)),
            *line(20, ("SIAO", 50)),
        ],
    ],
)
def test_words_far_apart_that_may_be_cells_are_not_numbered(words):
    assert stretched(words) == []


def test_even_blanks_are_those_of_one_line():
    words = [word(t, x, 0) for t, x in (("Bail", 50), ("pour", 80), ("tous", 110))]
    uneven = [word(t, x, 0) for t, x in (("Bail", 50), ("pour", 80), ("tous", 120))]
    below = line(12, ("ménages", 50))
    assert stretched([*words, *below]) == ["Bail pour tous"]
    assert stretched([*uneven, *below]) == []


def test_a_stretched_line_is_one_piece_whatever_its_blanks():
    words = as_printed([*line(24, ("CCAS", 0)), *LABEL])
    first, *_ = lines_of(words, COLUMN_SPACE)
    assert [p.text for p in first] == ["Bail glissant"]
    assert [p.text for p in lines_of(LABEL, COLUMN_SPACE)[0]] == ["Bail", "glissant"]


def test_words_near_one_another_are_two_texts_unless_printed_one_after_the_other():
    label, pilot = [*line(0, ("Bail", 50)), *line(12, ("glissant", 50))], line(12, ("CCAS", 92.5))
    assert [w.text for w in as_printed([*label, *pilot]) if w.apart] == []
    words = as_printed([*label, *line(0, ("SIAO", 150)), *pilot])
    assert [w.text for w in words if w.apart] == ["CCAS"]
    lines = lines_of(words, WORD_SPACE)
    assert [[p.text for p in line] for line in with_near_cells(lines)][1] == ["glissant", "CCAS"]


def test_a_line_of_one_word_need_not_be_as_long():
    words = [
        *line(0, ("Ville", 50), ("de", 90)),
        *line(15, ("Vaux-en-", 50)),
        *line(30, ("Bray", 50)),
    ]
    assert stretched([*words, *line(0, ("SIAO", 200))]) == ["Ville de"]
