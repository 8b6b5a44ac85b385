"""Texts cut off at the edge of their cell."""

import pytest

from extractors.cut_off import cut_off
from extractors.grids.grid import Grid, GridCell
from extractors.pages.page import Box, Page, Word

EDGE = 150.0


def cell(text: str, end: float) -> GridCell:
    words = text.split()
    start = end - 30.0 * len(words)
    placed = [
        Word(word, Box(start + 30 * k, 92, start + 30 * (k + 1), 100), 100, 10, False)
        for k, word in enumerate(words)
    ]
    return GridCell(0, 1, 0, 1, Box(50, 90, EDGE, 105), tuple(placed))


@pytest.mark.parametrize(
    ("text", "end", "told"),
    [
        ("Équipe mobile renforc", EDGE + 3, "mobile renforc"),
        ("Équipe mobile renforcée", EDGE - 0.5, None),
        ("12 000", EDGE + 3, None),
        ("Équipe mobile renforcée", EDGE + 31, None),
    ],
    ids=["cut", "within its cell", "a figure: told elsewhere", "whole beyond the edge"],
)
def test_a_letter_over_the_edge(text: str, end: float, told: str | None) -> None:
    grid = Grid(1, (50, EDGE), (90, 105), (cell(text, end),))
    page = Page(1, 595, 842, grid.cells[0].words)
    assert [p.observed for p in cut_off(page, [grid])] == [told] * (told is not None)
