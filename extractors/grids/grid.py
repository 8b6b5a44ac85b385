"""What a table's part on one page is: rows, columns and cells with their words.

Coordinates are points in the page's reading frame.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.grids.figures_beside import with_figures_last
from extractors.pages.page import Box, Page, Word, clusters, outside
from pipeline.extracted import PlacedText

SHORT = 4  # letters: a shorter word may be taller than wide
TALLER = 1.5  # of its size: no word on a line is as high
APART = 0.25  # of the font size: a wider blank parts texts on their side


@dataclass(frozen=True)
class GridCell:
    """A cell: rows and columns it covers (from 0, ends excluded), its box and its words."""

    row: int
    row_end: int
    column: int
    column_end: int
    box: Box
    words: tuple[Word, ...]
    filled: bool = False

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @cached_property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)

    @cached_property
    def lines(self) -> tuple[tuple[Word, ...], ...]:
        """Its words, line by line."""
        return with_figures_last(text_lines(self.words), self.words)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's part on one page. `xs` and `ys` are the lines around columns and rows.

    `drawn`: rules or colours part all its cells, none is parted by its text alone. `boxed`: these
    are boxes apart from one another, each with a heading of its own. `compared`,
    `agreed`: cells that other readers were asked about, and on which they agree; `doubtful`: cells
    with figures on which they do not.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    ruled: bool = True
    drawn: bool = True
    boxed: bool = False
    compared: int = 0
    agreed: int = 0
    doubtful: tuple[PlacedText, ...] = ()

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def row_count(self) -> int:
        return len(self.ys) - 1

    @property
    def column_count(self) -> int:
        return len(self.xs) - 1

    def row(self, index: int) -> list[GridCell]:
        """Cells that cover row `index`, left to right."""
        return sorted((c for c in self.cells if c.row <= index < c.row_end), key=lambda c: c.column)


def text_lines(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """`words` of a cell, line by line, each from left to right; from the foot up, or from the top
    down, where they stand on their side."""
    if _are_sideways(words):
        upwards = words[0].baseline > words[0].box.middle[1]
        sideways = clusters(words, lambda w: w.box.middle[0], words[0].box.width / 2)
        return tuple(
            tuple(sorted(part, key=lambda w: w.box.middle[1], reverse=upwards))
            for line in (sideways if upwards else reversed(sideways))
            for part in _stacked(line)
        )
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.baseline):
        line = lines[-1] if lines else None
        if line and word.baseline - line[0].baseline <= 0.5 * max(word.size, line[0].size):
            line.append(word)
        else:
            lines.append([word])
    return tuple(tuple(sorted(line, key=lambda w: w.box.x0)) for line in lines)


def _stacked(line: Sequence[Word]) -> list[list[Word]]:
    """The words on their side of one `line` as the texts that they are, top to bottom: what is
    printed so is one word a line, where OCR read it one a word, or a letter."""
    parts: list[list[Word]] = []
    for word in sorted(line, key=lambda w: w.box.top):
        last = parts[-1][-1] if parts else word
        near = word.box.top - last.box.bottom < APART * word.size or word.confidence is not None
        if parts and (near or min(len(word.text), len(last.text)) < SHORT):
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


def _are_sideways(words: Sequence[Word]) -> bool:
    """Do all words run up or down? Short ones are always taller than wide, but hardly than their
    type."""
    long = [w for w in words if len(w.text) >= SHORT]
    if long:
        return all(w.box.height > w.box.width for w in long)
    short = [w for w in words if len(w.text) >= SHORT - 1]
    return bool(short) and all(w.box.height > TALLER * w.size for w in short)


def text_spans(grid: Grid) -> dict[int, tuple[float, float]]:
    """Where the texts of each column of `grid` stand, those over several columns aside."""
    spans: dict[int, tuple[float, float]] = {}
    for cell in grid.cells:
        if cell.words and cell.column_end == cell.column + 1:
            x0, x1 = spans.get(cell.column, (float("inf"), 0.0))
            left, right = min(w.box.x0 for w in cell.words), max(w.box.x1 for w in cell.words)
            spans[cell.column] = min(x0, left), max(x1, right)
    return spans


def is_filled(page: Page, box: Box) -> bool:
    """Is there colour behind most of `box`?"""
    return any(f.box.overlap(box) > 0.6 * box.area and f.visible for f in page.fills)


def without(page: Page, grids: Sequence[Grid]) -> Page:
    """`page` without the words that stand in `grids`."""
    return replace(page, words=tuple(words_beside(page.words, grids))) if grids else page


def words_beside(words: Iterable[Word], grids: Sequence[Grid]) -> list[Word]:
    """Those of `words` that stand in none of `grids`, nor run over the edge of a cell of theirs."""
    held = (w for g in grids for c in g.cells for w in c.words if not g.box.holds(*w.box.middle))
    over = {(w.text, w.box) for w in held}
    rest = outside(words, [g.box for g in grids])
    return [w for w in rest if (w.text, w.box) not in over] if over else rest
