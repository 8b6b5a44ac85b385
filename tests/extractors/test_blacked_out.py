"""Black blocks in scanned tables."""

import pytest

from extractors.blacked_out import blacked_out
from extractors.grids.grid import Grid
from extractors.pages.page import Box, Fill, Page, Word

ROW = Box(40, 120, 560, 160)
RULES = (Box(40, 119, 560, 120), Box(40, 80, 41, 300))
BLACK, NAVY = (0, 0, 0), (60, 60, 60)


def words(*starts: float) -> tuple[Word, ...]:
    return tuple(Word("SIAO", Box(x, 122, x + 40, 132), 130, 10, False) for x in starts)


@pytest.mark.parametrize(
    ("block", "colour", "read", "rules", "told"),
    [
        (ROW, BLACK, words(), RULES, True),
        (ROW, BLACK, words(45), RULES, True),
        (ROW, BLACK, words(45, 145, 245, 345, 445), RULES, False),
        (Box(40, 120, 560, 138), BLACK, words(45), RULES, False),
        (Box(400, 122, 450, 132), BLACK, (), RULES, False),
        (Box(38, 122, 100, 132), BLACK, (), RULES, True),
        (ROW, NAVY, words(), RULES, False),
        (ROW, BLACK, words(), (), False),
        (ROW, BLACK, words(), RULES[:1], False),
    ],
    ids=[
        "a row",
        "a row of which one cell is read",
        "a head",
        "a title on one line, or a total",
        "no table",
        "a sum",
        "a dark colour",
        "a band without rules",
        "a band under a line",
    ],
)
def test_a_black_block_of_a_table(
    block: Box,
    colour: tuple[int, int, int],
    read: tuple[Word, ...],
    rules: tuple[Box, ...],
    told: bool,
) -> None:
    page = Page(1, 595, 842, read, rules, (Fill(block, colour),), ocr_confidence=0.9)
    assert [p.rule for p in blacked_out(page, [])] == ["table_blacked_out"] * told


def test_a_block_in_a_table_without_rules() -> None:
    page = Page(1, 595, 842, (), (), (Fill(ROW, BLACK),), ocr_confidence=0.9)
    grid = Grid(1, (40, 560), (80, 300), ())
    assert len(list(blacked_out(page, [grid]))) == 1


def test_a_digital_page_is_none_that_was_scanned() -> None:
    page = Page(1, 595, 842, (), RULES, (Fill(ROW, BLACK),))
    assert list(blacked_out(page, [])) == []
