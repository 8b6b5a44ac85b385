"""Pages with rules, for tests of grids."""

from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box, Page, Word


def word(text, x, y):
    """A word of ten-point type whose middle stands at `x`, `y`."""
    half = 2.5 * len(text)
    return Word(text, Box(x - half, y - 5, x + half, y + 5), y + 3, 10, False)


def across(y, x0=0, x1=300):
    return Box(x0, y, x1, y)


def down(x, y0=0, y1=60):
    return Box(x, y0, x, y1)


def page(rules, words=(), fills=()):
    return Page(1, 400, 400, tuple(words), tuple(rules), tuple(fills))


FRAME = [across(0), across(20), across(40), across(60), down(0), down(100), down(200), down(300)]
WORDS = [word("a", 50, 10), word("b", 150, 10), word("c", 250, 10), word("d", 50, 30)]


def shapes(grid):
    return {
        "".join(w.text for w in cell.words): (cell.row, cell.row_end, cell.column, cell.column_end)
        for cell in grid.cells
        if cell.words
    }


def only(page):
    (grid,) = ruled_grids(page)
    return grid
