"""Cells that go down over several rows of a table whose rows no rules part: a text at the middle of
rows that have none in its column shows them. None with a figure, which would count again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.grids.grid import Grid, GridCell
from extractors.grids.pieces import PIECES
from extractors.pages.page import Box, around
from normalizers.actions.rows import is_total

OWN_MIDDLE = 2.0  # points: a text nearer to the middle of its row stands in this row alone
SAME_MIDDLE = 1.2  # points between the middles of texts that stand beside one another
CENTRED = 2  # as many texts beside it show that a row's texts stand at its middle
LINE_BLANK = 0.6  # of the font size, at most, between two lines of a text


def with_tall_cells(grid: Grid) -> Grid:
    """`grid` with the cells that go down over several rows, if its text parts the rows."""
    if grid.drawn or grid.column_count < PIECES:
        return grid
    grid = _without_rows_between(grid)
    body = [_is_row(grid, r) for r in range(grid.row_count)]
    tall = [
        (column, rows)
        for column in range(grid.column_count)
        for rows in _by_middle(grid, column, body)
    ]
    cells = list(grid.cells)
    for column, rows in tall:
        some = [c for c in cells if c.column == column and c.row in rows]
        if sum(c.row_end - c.row for c in some) != len(rows) or len(some) != len(rows):
            continue  # found both ways
        words = tuple(w for c in some for w in c.words)
        whole = replace(some[0], row_end=rows.stop, words=words, box=around([c.box for c in some]))
        cells = [c for c in cells if not any(c is other for other in some)] + [whole]
    return replace(grid, cells=tuple(cells)) if len(cells) < len(grid.cells) else grid


def _without_rows_between(grid: Grid) -> Grid:
    """`grid`, its rows of one text alone, which stands between two rows whose texts stand at their
    middles, and have none in its column, while those around them do, made one with these."""
    body = [_is_row(grid, r) for r in range(grid.row_count)]
    for row in range(grid.row_count - 2, 0, -1):
        told = [c for c in grid.row(row) if c.words]
        if len(told) != 1 or not _tells(told[0]) or not (body[row - 1] and body[row + 1]):
            continue
        cells = _column(grid, told[0].column)
        beside, outer = (row - 1, row + 1), (row - 2, row + 2)
        if any(cells[r].words for r in beside if r in cells) or any(
            0 <= r < len(body) and body[r] and r in cells and not cells[r].words for r in outer
        ):
            continue
        if all(_is_centred(grid, r, told[0].column) for r in beside):
            grid = _joined(grid, told[0])
            body = [*body[:row], *body[row + 1 :]]
    return grid


def _joined(grid: Grid, text: GridCell) -> Grid:
    """`grid` without the row of `text`, which goes down over the one above and the one below."""
    row = text.row
    box = replace(text.box, top=grid.ys[row - 1], bottom=grid.ys[row + 2])
    tall = replace(text, row=row - 1, row_end=row + 1, box=box)
    kept = [
        replace(c, row=c.row - (c.row > row), row_end=c.row_end - (c.row_end > row))
        for c in grid.cells
        if c.row != row and not (c.column == text.column and c.row in (row - 1, row + 1))
    ]
    middle = (grid.ys[row] + grid.ys[row + 1]) / 2
    ys = (*grid.ys[:row], middle, *grid.ys[row + 2 :])
    return replace(grid, ys=ys, cells=(*kept, tall))


def _is_row(grid: Grid, row: int) -> bool:
    """Does `row` tell something in most columns, and is no total, nor a head in bold type over
    texts that are not?"""
    cells = grid.row(row)
    if not row and all(c.bold for c in cells) and not all(c.bold for c in grid.cells if c.row):
        return False
    texts = [c.text for c in cells]
    whole = all((c.row, c.row_end, c.column_end) == (row, row + 1, c.column + 1) for c in cells)
    return whole and 2 * sum(map(bool, texts)) > grid.column_count and not is_total(texts)


def _column(grid: Grid, column: int) -> dict[int, GridCell]:
    return {c.row: c for c in grid.cells if c.column == column}


def _tells(cell: GridCell) -> bool:
    """Does `cell` say something, and no figure?"""
    return bool(cell.words) and not any(c.isdigit() for w in cell.words for c in w.text)


def _by_middle(grid: Grid, column: int, body: Sequence[bool]) -> Iterator[range]:
    """The rows at whose middle one text stands, which stands at that of none, as others do."""
    cells = _column(grid, column)
    for text in _texts(cells, body):
        first, last = text.start, text.stop
        while first and body[first - 1] and not cells[first - 1].words:
            first -= 1
        while last < grid.row_count and body[last] and not cells[last].words:
            last += 1
        at = _hull([cells[r] for r in text]).middle[1]
        own = (abs(_others(grid, r, column).middle[1] - _hull([cells[r]]).middle[1]) for r in text)
        if any(off < OWN_MIDDLE for off in own):
            continue
        if not all(_is_centred(grid, r, column) for r in range(first, last)):
            continue
        found = [
            range(a, b)
            for a in range(first, text.start + 1)
            for b in range(text.stop, last + 1)
            if b - a > 1 and abs(_middle(grid, a, b, column) - at) < SAME_MIDDLE
        ]
        if len(found) == 1:
            yield found[0]


def _texts(cells: Mapping[int, GridCell], body: Sequence[bool]) -> Iterator[range]:
    """The rows of each text of a column: one, or two between which its lines were parted."""
    told = [r for r, is_row in enumerate(body) if is_row and _tells(cells[r])]
    yield from (range(r, r + 1) for r in told)
    for above, below in pairwise(told):
        blank = _hull([cells[below]]).top - _hull([cells[above]]).bottom
        if below == above + 1 and blank < LINE_BLANK * cells[below].words[0].size:
            yield range(above, below + 1)


def _hull(cells: Sequence[GridCell]) -> Box:
    return around([w.box for c in cells for w in c.words])


def _others(grid: Grid, row: int, column: int) -> Box:
    return _hull([c for c in grid.row(row) if c.column != column])


def _middle(grid: Grid, first: int, end: int, column: int) -> float:
    """The middle of the rows from `first` to `end`, by the texts in other columns."""
    top, bottom = _others(grid, first, column).top, _others(grid, end - 1, column).bottom
    return (top + bottom) / 2


def _is_centred(grid: Grid, row: int, column: int) -> bool:
    """Do lower texts of `row`, in other columns, stand at the middle of its highest?"""
    whole = _others(grid, row, column)
    boxes = [_hull([c]) for c in grid.row(row) if c.words and c.column != column]
    lower = [b for b in boxes if b.height < whole.height - 2 * OWN_MIDDLE]
    return len(lower) >= CENTRED and all(
        abs(b.middle[1] - whole.middle[1]) < SAME_MIDDLE for b in lower
    )
