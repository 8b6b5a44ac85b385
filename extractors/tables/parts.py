"""One page's part of a table, and what its cells say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.grids.grid import Grid, GridCell
from extractors.pages.initials import are_initials, usual_size
from extractors.pages.page import Box, Page, Word
from extractors.scans.tokens import LEGIBLE

SetLine = tuple[tuple[Word, ...], Box]  # a line of a cell, and the box that it is set in


@dataclass(frozen=True)
class PartCell:
    """A cell of one page's part of a table; `lines` are its words, line by line."""

    lines: tuple[tuple[Word, ...], ...]
    page: int
    box: Box  # in the reading frame
    paper: Box  # on the page as displayed
    filled: bool
    spans_rows: int = 1
    spans_columns: int = 1

    @cached_property
    def words(self) -> list[Word]:
        return [w for line in self.lines for w in line]

    @cached_property
    def raw(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def bold(self) -> bool:
        words = self.words
        heavy = sum(len(w.text) for w in words if w.bold)
        return bool(words) and 2 * heavy > sum(len(w.text) for w in words)


@dataclass(slots=True)
class PartRow:
    """Cells by logical column (from 0); a cell stands in the first column that it covers. `torn`:
    may its sums be halves that the end of a page parted?"""

    cells: dict[int, list[PartCell]]
    torn: bool = False

    def text(self, column: int) -> str:
        return " ".join(c.raw for c in self.cells.get(column, []) if c.raw)

    def texts(self, count: int) -> list[str]:
        return [self.text(i) for i in range(count)]

    @property
    def filled_columns(self) -> list[int]:
        return [c for c in sorted(self.cells) if any(cell.raw for cell in self.cells[c])]


@dataclass(frozen=True, slots=True)
class Part:
    """One page's part of a table. `above`, `below`: the text that stands there, outside tables;
    below it without what a pen or dust made OCR read, as initials at the foot of a page."""

    grid: Grid
    rows: tuple[PartRow, ...]
    above: str
    below: str


def parts_of(page: Page, grids: Sequence[Grid]) -> list[Part]:
    parts = []
    usual = usual_size(page.words)
    said = [(w.box.middle[1], w) for w in page.words]
    for i, grid in enumerate(grids):
        over = grids[i - 1].box.bottom if i else 0.0
        under = grids[i + 1].box.top if i + 1 < len(grids) else page.height
        rows = [_row(page, grid, r) for r in range(grid.row_count)]
        parts.append(
            Part(
                grid,
                tuple(row for row in rows if row.filled_columns),
                above=" ".join(w.text for y, w in said if over <= y < grid.box.top),
                below=" ".join(
                    w.text for y, w in said if grid.box.bottom < y <= under and _is_text(w, usual)
                ),
            )
        )
    return [part for part in parts if part.rows]


def _is_text(word: Word, usual: float) -> bool:
    sure = word.confidence
    legible = sure is None or (sure >= LEGIBLE and any(map(str.isalnum, word.text)))
    return legible and not are_initials([word], usual)


def _row(page: Page, grid: Grid, index: int) -> PartRow:
    return PartRow({cell.column: [_cell(page, grid, cell)] for cell in grid.row(index)})


def _cell(page: Page, grid: Grid, cell: GridCell) -> PartCell:
    return PartCell(
        cell.lines,
        grid.page,
        cell.box,
        page.on_paper(cell.box),
        cell.filled,
        cell.row_end - cell.row,
        cell.column_end - cell.column,
    )
