"""Ruled areas of one page → grids of cells.

Rules that touch form one grid; a cell is the largest set of elementary rectangles with no rule
between them, so that merged cells come out as one cell with its spans.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.grids.grid import Grid, GridCell, is_filled, text_lines
from extractors.grids.pieces import are_of_one_line
from extractors.grids.rules import (
    DOUBLE,
    SNAP,
    Rule,
    fill_sides,
    merged_rules,
    open_ends,
    tile_sides,
)
from extractors.pages.page import Box, Page, Word, around, blank_between, clusters

BORDER = 0.6  # share of a cell's side that rules must cover to close it
INSET = 9.0  # points: a cell's background may be narrower than the cell by this
SPACE = 0.36  # of the font size: words of one text are no further apart
OPEN_SIDE = 8.0  # points: how far rules must reach beyond the last column to show one more

_Span = tuple[int, int, int, int]  # row, row end, column, column end


def ruled_grids(page: Page) -> list[Grid]:
    """The ruled tables of `page`, top to bottom, each cell with its words."""
    tiled = tile_sides(page)
    drawn = _grids(page, (*page.rules, *tiled))
    visible = [fill.box for fill in page.fills if fill.visible]
    cells = [cell for grid in drawn for cell in grid.cells]
    backgrounds = [cell for cell in cells if not _is_tiled(cell.box, visible)]
    coloured = [b for b in visible if not any(_is_background(b, cell) for cell in backgrounds)]
    edges = [edge for box in coloured for edge in fill_sides(box, page)]
    grids = _grids(page, (*page.rules, *tiled, *edges)) if edges else drawn
    return sorted(_outermost(grids), key=lambda g: (g.box.top, g.box.x0))


def _grids(page: Page, rules: Iterable[Box]) -> list[Grid]:
    across, down = merged_rules(rules)
    across += open_ends(page, across, down)
    return [
        grid
        for some_across, some_down in _connected(across, down)
        if (grid := _grid(page, some_across, some_down)) is not None
    ]


def _is_background(fill: Box, cell: GridCell) -> bool:
    """Does `fill` stand in `cell` without parting it: behind all its words, or behind a few that
    are highlighted?"""
    corners = ((fill.x0, fill.top), (fill.x1, fill.bottom))
    if not all(cell.box.holds(x, y, SNAP) for x, y in corners):
        return False
    partial = fill.width < cell.box.width - INSET
    return partial or all(fill.holds(*w.box.middle) for w in cell.words)


def _is_tiled(cell: Box, fills: Iterable[Box]) -> bool:
    """Do some of `fills`, each as high as `cell`, cover it edge to edge: cells of their own?"""
    tiles = sorted(
        (
            fill
            for fill in fills
            if abs(fill.top - cell.top) <= SNAP
            and abs(fill.bottom - cell.bottom) <= SNAP
            and cell.x0 - SNAP <= fill.x0
            and fill.x1 <= cell.x1 + SNAP
        ),
        key=lambda fill: fill.x0,
    )
    edges = [cell.x0, *(x for tile in tiles for x in (tile.x0, tile.x1)), cell.x1]
    touching = all(abs(a - b) <= SNAP for a, b in zip(edges[::2], edges[1::2], strict=True))
    return len(tiles) > 1 and touching


class _Sets:
    """Disjoint sets over integers."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        self.parent[self.find(i)] = self.find(j)

    def groups(self) -> Iterator[list[int]]:
        members: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.parent)):
            members[self.find(i)].append(i)
        yield from members.values()


def _connected(
    across: Sequence[Rule], down: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch one another, with at least two of each direction."""
    sets = _Sets(len(across) + len(down))
    for j, vertical in enumerate(down):
        for i, horizontal in enumerate(across):
            if horizontal.meets(vertical):
                sets.join(i, len(across) + j)
    for group in sets.groups():
        some_across = [across[i] for i in group if i < len(across)]
        some_down = [down[i - len(across)] for i in group if i >= len(across)]
        if len(some_across) >= 2 and len(some_down) >= 1:
            yield some_across, some_down


def _grid(page: Page, across: list[Rule], down: list[Rule]) -> Grid | None:
    ys = _positions(across, down)
    xs = _positions(down, across)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(ys) == 2):
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    sets = _Sets(columns * rows)
    for r in range(rows):
        for c in range(columns):
            if c and not _closed(down, xs[c], ys[r], ys[r + 1]):
                sets.join(r * columns + c, r * columns + c - 1)
            if r and not _closed(across, ys[r], xs[c], xs[c + 1]):
                sets.join(r * columns + c, (r - 1) * columns + c)
    groups = list(sets.groups())
    spans = [
        part
        for group in groups
        for span in _rectangles(group, columns)
        for part in _parted(page, xs, ys, span)
    ]
    words = _words_of(page, xs, ys, spans)
    filled = sum(map(bool, words))
    if filled < 2 and not (filled and _opens(page, ys[0])):
        return None
    cells = []
    for (row, row_end, column, column_end), inside in zip(spans, words, strict=True):
        box = Box(xs[column], ys[row], xs[column_end], ys[row_end])
        found = GridCell(row, row_end, column, column_end, box, tuple(inside), is_filled(page, box))
        cells.append(found)
    drawn = len(spans) == len(groups)
    return Grid(page.number, tuple(xs), tuple(ys), tuple(cells), drawn=drawn)


def _opens(page: Page, top: float) -> bool:
    """Does nothing stand above `top`: may a row that the page cut go on there?"""
    return not any(w.box.middle[1] < top for w in page.words)


def _positions(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where lines stand along an axis; a side left open is where the crossing rules end."""
    groups = clusters(rules, lambda r: r.at, DOUBLE)
    positions = [max(g, key=lambda r: r.end - r.start).at for g in groups]
    first, last = min(r.start for r in crossing), max(r.end for r in crossing)
    if first < positions[0] - OPEN_SIDE:
        positions.insert(0, first)
    if last > positions[-1] + OPEN_SIDE:
        positions.append(last)
    return positions


def _closed(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Do rules at `at` cover most of the way from `start` to `end`?"""
    covered = sum(
        max(0.0, min(r.end, end) - max(r.start, start)) for r in rules if abs(r.at - at) <= DOUBLE
    )
    return covered >= BORDER * (end - start)


def _rectangles(group: Sequence[int], columns: int) -> Iterator[_Span]:
    """(row, row end, column, column end) of the cells that a set of elementary ones makes; one that
    is no rectangle is cut into its rows."""
    at = [divmod(i, columns) for i in group]
    rows, cols = [r for r, _ in at], [c for _, c in at]
    height, width = max(rows) - min(rows) + 1, max(cols) - min(cols) + 1
    if height * width == len(group):
        yield min(rows), max(rows) + 1, min(cols), max(cols) + 1
        return
    by_row: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(at):
        by_row[row].append(column)
    for row, members in by_row.items():
        start = last = members[0]
        for column in members[1:]:
            if column != last + 1:
                yield row, row + 1, start, last + 1
                start = column
            last = column
        yield row, row + 1, start, last + 1


def _parted(page: Page, xs: Sequence[float], ys: Sequence[float], span: _Span) -> Iterator[_Span]:
    """The cells that `span`, over several columns, is by its texts, where no rule parts them: these
    stand in several of the columns, none across a border between; or wrapped in one of them."""
    row, row_end, column, column_end = span
    if column_end == column + 1:
        yield span
        return
    words = [
        w
        for w in page.words
        if w.box.top < ys[row_end]
        and ys[row] < w.box.bottom
        and xs[column] < w.box.middle[0] < xs[column_end]
        and ys[row] < w.box.middle[1] < ys[row_end]
    ]
    crossed = [x for x in xs[column + 1 : column_end] if any(_is_across(x, words))]
    borders = [column, *(i for i in range(column + 1, column_end) if xs[i] not in crossed)]
    borders.append(column_end)
    parts = [(row, row_end, a, b) for a, b in pairwise(borders)]
    told = sum(any(xs[a] < w.box.middle[0] < xs[b] for w in words) for _, _, a, b in parts)
    yield from parts if told > 1 or _is_wrapped(xs[column + 1 : column_end + 1], words) else [span]


def _is_wrapped(xs: Sequence[float], words: Sequence[Word]) -> bool:
    """Do all lines of `words` begin at one place, beyond the first of `xs`, and end before the
    next? One line alone does as the rest of a text, in small letters."""
    lines = text_lines(words)
    starts = [line[0].box.x0 for line in lines]
    alone = len(lines) == 1 and not lines[0][0].text[0].islower()
    if not lines or alone or max(starts) - min(starts) > SNAP / 2:
        return False
    after = [x for x in xs if x > starts[0]]
    return xs[0] < starts[0] < xs[-1] and all(line[-1].box.x1 < after[0] for line in lines)


def _is_across(x: float, words: Sequence[Word]) -> Iterator[bool]:
    """For each line of `words`: does a text, of words no further apart than a space, or on one
    stretched line, cross `x`?"""
    for line in text_lines(words):
        yield any(w.box.x0 < x - SNAP and w.box.x1 > x + SNAP for w in line) or any(
            a.box.middle[0] < x < b.box.middle[0]
            and (blank_between(a, b) < SPACE * b.size or are_of_one_line(a, b))
            for a, b in pairwise(line)
        )


def _words_of(
    page: Page,
    xs: Sequence[float],
    ys: Sequence[float],
    spans: Sequence[_Span],
) -> list[list[Word]]:
    """Words of each cell: a word belongs where its middle stands, unless its text runs over."""
    owner = {
        (r, c): i
        for i, (row, row_end, column, column_end) in enumerate(spans)
        for r in range(row, row_end)
        for c in range(column, column_end)
    }

    def cell(x: float, y: float) -> int:
        row = min(bisect_right(ys, y), len(ys) - 1) - 1
        column = min(bisect_right(xs, x), len(xs) - 1) - 1
        return owner[max(row, 0), max(column, 0)]

    result: list[list[Word]] = [[] for _ in spans]
    area = Box(xs[0], ys[0], xs[-1], ys[-1])
    inside = [word for word in page.words if area.holds(*word.box.middle)]
    inside += _over_the_edge(page.words, inside, area)
    home: dict[int, int] = {}
    for text in _overrunning(inside, xs):
        box = around([w.box for w in text])
        first, last = cell(box.x0 + 1, box.middle[1]), cell(box.x1 - 1, box.middle[1])
        starts_at_border = box.x0 - xs[spans[first][2]] <= xs[spans[last][3]] - box.x1
        home |= {id(w): first if starts_at_border else last for w in text}
    for word in inside:
        result[home[id(word)] if id(word) in home else cell(*word.box.middle)].append(word)
    return result


def _over_the_edge(words: Iterable[Word], inside: Sequence[Word], area: Box) -> Iterator[Word]:
    """Those of `words` beyond the right edge of a table's `area`, printed in one go with one
    `inside`, no blank wider than a space before them: the rest of '10 000 €' in a narrow cell."""
    ends: dict[tuple[float | None, float], Word] = {
        (w.run, w.baseline): w for w in inside if w.run is not None
    }
    beyond = (w for w in words if w.box.middle[0] > area.x1 and (w.run, w.baseline) in ends)
    for word in sorted(beyond, key=lambda w: w.box.x0):
        text = word.run, word.baseline
        if 0 <= blank_between(ends[text], word) < SPACE * word.size:
            ends[text] = word
            yield word


def _overrunning(words: Sequence[Word], xs: Sequence[float]) -> Iterator[list[Word]]:
    """The texts, each printed in one go with no blank wider than a space, across one of `xs`."""
    texts: dict[tuple[float, float], list[list[Word]]] = defaultdict(list)
    for word in words:
        if word.run is not None:
            parts = texts[word.run, word.baseline]
            if parts and blank_between(parts[-1][-1], word) < SPACE * word.size:
                parts[-1].append(word)
            else:
                parts.append([word])
    for text in (text for parts in texts.values() for text in parts):
        x0, x1 = text[0].box.x0 + SNAP, text[-1].box.x1 - SNAP
        if any(x0 < x < x1 for x in xs[1:-1]):
            yield text


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """`grids` without those that stand inside a cell of another."""
    return [
        g
        for g in grids
        if not any(
            o is not g and o.box.area > g.box.area and o.box.overlap(g.box) > 0.9 * g.box.area
            for o in grids
        )
    ]
