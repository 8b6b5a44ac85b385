"""A head without rules that ends a page, its table beginning on the next.

Action    Porteur    AMI        ← the foot of a page
Maraude   CCAS       5 000 €    ← the top of the next
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import dropwhile, pairwise

from extractors.grids.grid import Grid, GridCell
from extractors.grids.pieces import PIECES, is_figure
from extractors.grids.reach import LINE_REACH, Strip, fits, open_strips, text_lines
from extractors.pages.page import Box, Line, Page, Word, around


def head_at_foot(
    above: Page, over: Sequence[Grid], page: Page, grids: Sequence[Grid]
) -> Grid | None:
    """The last lines of the page `above`, below the grids `over` of it, where they are the head of
    the first of the `grids` of `page`, at the top of it: texts set alike over nearly all of its
    columns, none a figure, over a row with figures."""
    first = grids[0] if grids else None
    if first is None or any(w.box.bottom <= first.box.top for w in page.words):
        return None
    xs = first.xs
    foot = max((g.box.bottom for g in over), default=0.0)
    lines = text_lines(above, [w for w in above.words if w.box.top >= foot])
    strips = open_strips(xs, [w for c in first.cells for w in c.words])
    columns: dict[int, list[Word]] = defaultdict(list)
    for piece in (piece for line in _last_lines(lines, strips) for piece in line):
        columns[bisect_right(xs, piece.box.middle[0], 1, len(xs) - 1) - 1] += piece.words
    told = [" ".join(w.text for w in words) for words in columns.values()]
    figures = (is_figure(c.text) for c in first.row(0) if c.words)
    if len(told) < max(PIECES, first.column_count - 1) or any(map(is_figure, told)):
        return None
    return _head(above, xs, columns) if any(figures) else None


def _last_lines(lines: Sequence[list[Line]], strips: Sequence[Strip]) -> list[list[Line]]:
    """The last of `lines`, near one another and set alike, that stand within columns parted by
    `strips`, without those above that are a text in the first one alone."""
    found: list[list[Line]] = []
    for line in reversed(lines):
        low = max(p.box.bottom for p in line)
        near = not found or min(p.box.top for p in found[-1]) - low <= LINE_REACH * line[0].size
        styles = {(p.bold, p.size) for some in (*found, line) for p in some}
        if not near or len(styles) > 1 or not fits(line, strips):
            break
        found.append(line)
    inner = strips[1][0]
    return [*dropwhile(lambda line: line[-1].box.x0 < inner, reversed(found))]


def _head(page: Page, xs: Sequence[float], columns: dict[int, list[Word]]) -> Grid:
    hull = around([w.box for words in columns.values() for w in words])
    top, bottom = hull.top - 1, hull.bottom + 1
    cells = [
        GridCell(0, 1, c, c + 1, Box(x0, top, x1, bottom), tuple(columns[c]))
        for c, (x0, x1) in enumerate(pairwise(xs))
    ]
    return Grid(page.number, tuple(xs), (top, bottom), tuple(cells), ruled=False, drawn=False)
