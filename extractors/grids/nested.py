"""Tables within cells of a table: their rules part the cells that they stand in, each otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.grids.grid import Grid, GridCell
from extractors.grids.pieces import PIECES, is_figure
from extractors.pages.page import Box, Word
from normalizers.exercises import YEARS

LEVELS = 3  # of heads


def without_nested(grid: Grid) -> Grid:
    """`grid`, whose cells under one head are parted at other places from one row to the next, with
    blanks around them, or some of them in lines of figures, with each of them whole."""
    tops, deep = _lowest_heads(grid)
    for head in _wide_heads(tops, deep):
        bands = list(_bands(grid, head))
        inner = [_borders(grid, head, rows) for rows in bands]
        parted = [xs for xs in inner if xs]
        blank = sum(
            bool(xs) and _has_blank(grid, head, r) for xs, r in zip(inner, bands, strict=True)
        )
        elsewhere = len(parted) > 1 and any(xs != parted[0] for xs in parted[1:])
        mixed = 0 < len(parted) < len(inner) and all(c.row_end == deep for c in tops)
        lines = mixed and any(
            bool(xs) and _has_figures(grid, head, r) for xs, r in zip(inner, bands, strict=True)
        )
        if blank > 1 or elsewhere or lines:
            grid = _with_whole(grid, head, bands)
    return grid


def with_bars_alone(grid: Grid) -> Grid:
    """`grid`, whose rows below the head nothing parts but a table in a cell, under a head as wide
    as another cell, with all cells under that head as one."""
    for head in _wide_heads(*_lowest_heads(grid)):
        bands = list(_bands(grid, head))
        if len(bands) == 1 and _borders(grid, head, bands[0]) and _has_text(grid, head):
            grid = _with_whole(grid, head, bands)
    return grid


def _wide_heads(tops: Sequence[GridCell], deep: int) -> list[GridCell]:
    """Which of many heads `tops`, on level `deep`, stand over several columns."""
    wide = [c for c in tops if c.row_end == deep and c.column_end - c.column > 1]
    return wide if len(tops) >= PIECES else []


def _lowest_heads(grid: Grid) -> tuple[list[GridCell], int]:
    """The heads of `grid`, those on several levels by the cells of the last, which say no figures
    but years, and the row that ends them."""
    tops = [c for c in grid.row(0) if c.words]
    for deep in range(LEVELS, 1, -1):
        leaves = grid.row(deep - 1) if deep < grid.row_count else []
        beside = deep == 2 or any(c.row == 0 for c in leaves)  # Action | Porteur
        figures = any(is_figure(c.text) and not YEARS.fullmatch(c.text) for c in leaves)
        words = all(c.row_end == deep and c.words for c in leaves)
        if beside and len(leaves) > len(tops) and words and not figures:
            return leaves, deep
    return tops, 1


def without_blank_rows(grid: Grid) -> Grid:
    """`grid` without the rows that say nothing of their own, only what cells say in most columns
    that go down over several rows: the blanks around a table in a cell."""
    if all(c.row_end == c.row + 1 for c in grid.cells):
        return grid
    told = {c.row for c in grid.cells if c.words and c.row_end == c.row + 1}
    blank = [r for r in range(grid.row_count) if r not in told and _is_beside_tall(grid, r)]
    if not blank or len(blank) == grid.row_count:  # all in one row, between rules for two
        return grid
    lone = {c.row for c in grid.cells if c.words and {*range(c.row, c.row_end)} <= {*blank}}
    blank = [r for r in blank if r not in lone]
    at = [r - sum(b < r for b in blank) for r in range(grid.row_count + 1)]
    cells = [replace(c, row=at[c.row], row_end=at[c.row_end]) for c in grid.cells]
    kept = tuple(c for c in cells if c.row < c.row_end)
    ys = (*(y for r, y in enumerate(grid.ys[:-1]) if r not in blank), grid.ys[-1])
    return replace(grid, ys=ys, cells=kept)


def _is_beside_tall(grid: Grid, row: int) -> bool:
    """Do cells with texts go down over `row` and others in most columns?"""
    tall = [c for c in grid.row(row) if c.words and c.row_end - c.row > 1]
    return 2 * sum(c.column_end - c.column for c in tall) > grid.column_count


def _bands(grid: Grid, head: GridCell) -> Iterator[range]:
    """The rows below `head` that all cells beside it go down over together."""
    beside = [c for c in grid.cells if not _is_under(c, head)]
    width = grid.column_count - (head.column_end - head.column)
    start = head.row_end
    for end in range(start + 1, grid.row_count + 1):
        tall = (c.column_end - c.column for c in beside if c.row < end < c.row_end)
        if sum(tall) < width:
            yield range(start, end)
            start = end


def _has_figures(grid: Grid, head: GridCell, rows: range) -> bool:
    """Do several of `rows`, all that have a text under `head`, end in a figure there?"""
    last = [
        texts[-1]
        for row in rows
        if (texts := [c.text for c in grid.row(row) if _is_under(c, head) and c.words])
    ]
    return len(last) > 1 and all(map(is_figure, last))


def _is_under(cell: GridCell, head: GridCell) -> bool:
    return head.column <= cell.column and cell.column_end <= head.column_end


def _borders(grid: Grid, head: GridCell, rows: range) -> frozenset[int]:
    """Between which columns the cells under `head` are parted in `rows`."""
    cells = (c for c in grid.cells if c.row in rows and _is_under(c, head))
    return frozenset(c.column for c in cells) - {head.column}


def _has_blank(grid: Grid, head: GridCell, rows: range) -> bool:
    """Is one of the cells under `head` in `rows` as wide as it, and empty?"""
    wide = head.column, head.column_end
    return any(
        c.row in rows and (c.column, c.column_end) == wide and not c.words for c in grid.cells
    )


def _has_text(grid: Grid, head: GridCell) -> bool:
    """Says one of the cells below `head` something, as wide as it?"""
    wide = head.column, head.column_end
    return any(
        c.row >= head.row_end and (c.column, c.column_end) == wide and c.words for c in grid.cells
    )


def _with_whole(grid: Grid, head: GridCell, bands: list[range]) -> Grid:
    """`grid` with one row for each of `bands`, of which the cells under `head` are one."""
    deep = head.row_end
    at = {row: i for i, rows in enumerate(bands, start=deep) for row in rows}
    at |= {row: row for row in range(deep)}
    beside = (c for c in grid.cells if not (c.row >= deep and _is_under(c, head)))
    cells = [replace(c, row=at[c.row], row_end=at[c.row_end - 1] + 1) for c in beside]
    for i, rows in enumerate(bands, start=deep):
        inside = [c for c in grid.cells if c.row in rows and _is_under(c, head)]
        box = Box(head.box.x0, grid.ys[rows.start], head.box.x1, grid.ys[rows.stop])
        words = tuple(w for row in rows for w in _level([c for c in inside if c.row == row]))
        filled = any(c.filled for c in inside)
        cells.append(GridCell(i, i + 1, head.column, head.column_end, box, words, filled))
    ys = (*grid.ys[:deep], *(grid.ys[rows.start] for rows in bands), grid.ys[-1])
    return replace(grid, ys=ys, cells=tuple(cells))


def _level(cells: Sequence[GridCell]) -> Iterator[Word]:
    """The words of an inner row, what stands alone on its line on a level with the last line beside
    it: a sum is that of the whole name on its left."""
    last = max((line[-1].baseline for c in cells for line in c.lines), default=0.0)
    for cell in cells:
        alone = len(cell.lines) == 1
        yield from (replace(w, baseline=last) if alone else w for w in cell.words)
