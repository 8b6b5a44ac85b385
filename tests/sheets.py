"""Pages of words set by hand, and what grids hold of them."""

from dataclasses import replace

from extractors.pages.page import Box, Page, Word

COLUMNS = (10.0, 120.0, 230.0)
HEADS = [("Pilote", "Action", "Somme")]
ROWS = [("Ville", "Maraude", "12 €"), ("CCAS", "Accueil", "8 €"), ("Toit", "Bail", "5 €")]
BLUE = (200, 210, 250)
SIZE = 10.0  # of the type
PITCH = 12.0  # of lines in a cell


def words(rows, top=20.0, pitch=20.0):
    return [
        Word(text, Box(x, y, x + 5 * len(text), y + 11), y + 9, 10, False)
        for r, row in enumerate(rows)
        for y in [top + r * pitch]
        for x, text in zip(COLUMNS, row, strict=True)
        if text
    ]


def page(words, rules=(), fills=()):
    return Page(1, 320, 400, tuple(words), tuple(rules), tuple(fills))


def texts(grid):
    return [
        [" ".join(w.text for w in cell.words) for cell in grid.row(r)]
        for r in range(grid.row_count)
    ]


def word(text, x, y, bold=False):
    return Word(text, Box(x, y, x + 5 * len(text), y + SIZE), y + 8, SIZE, bold)


def line(y, *texts):
    """Words of (text, x), each word of a text a space from the last."""
    words = []
    for text, x in texts:
        for part in text.split():
            words.append(word(part, x, y))
            x += 5 * len(part) + 2.5
    return words


def cell(x, y, *lines, bold=False):
    """The words of a cell's `lines`, the first at `y`, each line printed in one go."""
    return [
        replace(w, run=x, bold=bold)
        for i, text in enumerate(lines)
        for w in line(y + i * PITCH, (text, x))
    ]
