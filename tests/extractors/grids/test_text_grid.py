"""Rows of tables made from texts."""

import pytest

from extractors.grids.pieces import WORD_SPACE, Block, BlockRow, lines_of
from extractors.grids.text_grid import with_whole_head
from tests.sheets import line


@pytest.mark.parametrize(("start", "count"), [(0, 4), (1, 3)], ids=["a title", "a head"])
def test_the_lines_below_a_wide_head_are_of_one_row_and_those_below_a_title_are_not(start, count):
    wide = line(2, ("Financement", 60))
    under = [line(y, ("AMI", 10), ("Autres", 80), ("Avis", 150)) for y in (20, 40)]
    foot = line(70, ("SIAO", 10), ("77", 80), ("34", 150))
    rows = [BlockRow([Block(start, 3, list(lines_of(wide, WORD_SPACE)[0]))])]
    for words in (*under, foot):
        (pieces,) = lines_of(words, WORD_SPACE)
        rows.append(BlockRow([Block(i, i + 1, [piece]) for i, piece in enumerate(pieces)]))
    assert len(with_whole_head(rows, [60])) == count
