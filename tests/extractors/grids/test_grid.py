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
