"""One page's part of a table, and what its cells say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.grids.grid import Grid, GridCell
from extractors.pages.initials import are_initials, usual_size
from extractors.pages.page import Box, Page, Word
from extractors.scans.tokens import LEGIBLE

SAME_PLACE = 0.3  # points: texts set at one place begin as near
SEVERAL = 2  # texts below that show where a column sets its texts

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
        lines = [in_own_column(grid), *map(grid.row, range(1, grid.row_count))]
        rows = [_row(page, grid, line) for line in lines]
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


def in_own_column(grid: Grid) -> list[GridCell]:
    """The cells of the first row of `grid`, its one text across several columns in the one further
    right under which it is set as the texts below are: the rest of a row that the page cut, which
    nothing drawn parts from the empty cells beside it."""
    cells = grid.row(0)
    told = [cell for cell in cells if cell.words]
    if len(told) != 1 or told[0].row_end > 1:
        return cells
    (cell,) = told
    left, right = min(w.box.x0 for w in cell.words), max(w.box.x1 for w in cell.words)
    for column in range(cell.column + 1, cell.column_end):
        x0, x1 = grid.xs[column : column + 2]
        below = [
            c for c in grid.cells if c.words and (c.column, c.column_end) == (column, column + 1)
        ]
        level = [c for c in below if abs(min(w.box.x0 for w in c.words) - left) < SAME_PLACE]
        if x0 < left and right < x1 and len(level) == len(below) >= SEVERAL:
            box = replace(cell.box, x0=x0, x1=x1)
            own = replace(cell, column=column, column_end=column + 1, box=box)
            return [own if c is cell else c for c in cells]
    return cells


def _row(page: Page, grid: Grid, cells: Iterable[GridCell]) -> PartRow:
    return PartRow({cell.column: [_cell(page, grid, cell)] for cell in cells})


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
