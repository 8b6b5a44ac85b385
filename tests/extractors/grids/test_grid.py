"""What a grid says of itself and of its page."""

import pytest

from extractors.grids.grid import text_lines, without
from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box, Word
from tests.extractors.grids.ruling import FRAME, WORDS, page, word


def test_words_of_tables_are_taken_from_the_page():
    read = page(FRAME, [*WORDS, word("dehors", 150, 200)])
    assert [w.text for w in without(read, ruled_grids(read)).words] == ["dehors"]


@pytest.mark.parametrize("foot", [128, 80], ids=["upwards", "downwards"])
def test_texts_set_upright_one_below_the_other_are_read_from_the_top(foot):
    above = Word("Financement", Box(10, 80, 20, 128), foot, 9, True)
    below = Word("Subvention", Box(10, 132, 20, 190), foot + 60, 9, True)
    assert [[w.text for w in line] for line in text_lines([below, above])] == [
        ["Financement"],
        ["Subvention"],
    ]


def test_a_word_that_an_upright_head_cuts_in_three_is_read_from_its_foot():
    """A heading PORTEUR, cut in a low row: its pieces end at other heights."""
    places = (("POR", 68.6, 98.4, 113.2), ("TEU", 76.6, 98.6, 113.0), ("R", 84.7, 103.2, 108.3))
    upright = [Word(t, Box(x, top, x + 4.7, foot), foot, 7, True) for t, x, top, foot in places]
    assert [[w.text for w in line] for line in text_lines(upright)] == [["POR"], ["TEU"], ["R"]]
    level = [Word(t, Box(x, 10, x + 4, 18), 17, 7, False) for t, x in (("lit", 30), ("ill", 10))]
    assert [[w.text for w in line] for line in text_lines(level)] == [["ill", "lit"]]
