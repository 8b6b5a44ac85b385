"""What a grid says of itself and of its page."""

from extractors.grids.grid import without
from extractors.grids.ruled import ruled_grids
from tests.extractors.grids.ruling import FRAME, WORDS, page, word


def test_words_of_tables_are_taken_from_the_page():
    read = page(FRAME, [*WORDS, word("dehors", 150, 200)])
    assert [w.text for w in without(read, ruled_grids(read)).words] == ["dehors"]
