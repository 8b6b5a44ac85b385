"""Rows below a table whose columns are known: on its page, or at the top of the next one."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.grids.grid import Grid, text_spans
from extractors.grids.pieces import PIECES, WORD_SPACE
from extractors.grids.reach import (
    SAME_EDGE,
    Span,
    fits,
    known_borders,
    printed_spans,
    reach_below,
    same_places,
    text_lines,
)
from extractors.grids.text_grid import bars, filled_grid, rows_between, says_figure
from extractors.pages.page import Box, Line, Page, Word


def with_rows_below(page: Page, grid: Grid, end: float) -> Grid:
    """`grid`, which no rule draws, with the rows that stand right below it and above `end`."""
    words = [w for w in page.words if grid.box.bottom < w.box.middle[1] and w.box.bottom <= end]
    xs = _columns_below(grid, text_lines(page, words))
    below = rows_in_columns(page, words, xs, grid.box.bottom) if words else None
    if below is None:
        return grid
    cells = (
        replace(c, row=c.row + grid.row_count, row_end=c.row_end + grid.row_count)
        for c in below.cells
    )
    ys = (*grid.ys[:-1], below.ys[0], *below.ys[1:])
    return replace(grid, xs=xs, ys=ys, cells=(*grid.cells, *cells))


def _columns_below(grid: Grid, lines: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """The borders of the columns of `grid`, moved beside the first of `lines` below it, and then
    beside each that stops the rows, if these go further down so."""
    xs, end = moved_aside(grid, lines[:1]), 0
    while True:
        bottom = reach_below(lines, known_borders(xs), grid.box.bottom)
        reached = sum(line[0].box.bottom <= bottom for line in lines)
        if reached <= end or reached == len(lines):
            return xs
        end, xs = reached, moved_aside(replace(grid, xs=xs), lines[: reached + 1])


def rows_in_columns(
    page: Page, words: Sequence[Word], xs: Sequence[float], edge: float
) -> Grid | None:
    """The rows that `words`, below `edge`, make in columns between `xs`, as far down as they stand
    in these; None where none of them has figures beside a text, or texts in several columns."""
    lines = text_lines(page, words)
    coloured = _end_of_bands(page, lines, xs, edge)
    below = [line for line in lines if line[0].box.top > coloured]
    bottom = reach_below(below, known_borders(xs), coloured)
    inside = [w for w in words if w.box.bottom <= bottom]
    if not inside:
        return None
    area = Box(xs[0], min(w.box.top for w in inside) - 1, xs[-1], bottom)
    rows = rows_between(page, inside, xs, bars(page, area))
    full = (len(row.blocks) >= (2 if any(map(says_figure, row.blocks)) else PIECES) for row in rows)
    return filled_grid(page, xs, rows, area) if any(full) else None


def _end_of_bands(
    page: Page, lines: Sequence[Sequence[Line]], xs: Sequence[float], edge: float
) -> float:
    """Where the colour ends that `page` has from `edge` on behind all columns between `xs`, and
    behind those of `lines` alone that stand in these: no blank in it ends a table."""
    borders = known_borders(xs)
    end = edge
    for band in sorted((f.box for f in page.fills if f.visible), key=lambda box: box.top):
        over = [line for line in lines if band.top < line[0].box.middle[1] < band.bottom]
        touches = band.top <= end + SAME_EDGE and same_places((band.x0, band.x1), (xs[0], xs[-1]))
        if touches and over and all(fits(line, borders) for line in over):
            end = max(end, band.bottom)
    return end


def moved_aside(grid: Grid, lines: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """The borders of the columns of `grid`, each that texts of `lines` cross moved beside these,
    where no text of its own two columns stood there: between texts, if it can, else between
    words."""
    texts = [span for line in lines for span in printed_spans(line, WORD_SPACE * line[0].size)]
    spans = [
        span
        for line in lines
        for starts in [[w.box.x0 for piece in line for w in piece.words]]
        for span in printed_spans(line, WORD_SPACE * line[0].size, starts)
    ]
    own = text_spans(grid)
    moved = list(grid.xs)
    for i, x in enumerate(grid.xs[1:-1], 1):
        crossing = [(x0, x1) for x0, x1 in spans if x0 + 1 < x < x1 - 1]
        aside = (min(x0 for x0, _ in crossing), max(x1 for _, x1 in crossing)) if crossing else ()
        left, right = own.get(i - 1, (x, x))[1], own.get(i, (x, x))[0]
        free = [to for to in aside if left <= to <= right and not _crossed(spans, to)]
        moved[i] = min(free, key=lambda to: _crossed(texts, to), default=x)
    return tuple(moved)


def _crossed(spans: Sequence[Span], x: float) -> int:
    return sum(x0 < x < x1 for x0, x1 in spans)
