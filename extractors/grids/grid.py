"""Ruled areas of one page → grids of cells.

Rules are snapped to common coordinates and merged; rules that touch form one grid; a cell is the
largest set of elementary rectangles with no rule between them, so that merged cells come out as
one cell with its spans. Coordinates are points in the page's reading frame.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from extractors.pages.page import Box, Page, Word, around, clusters, outside
from pipeline.models import PlacedText

SNAP = 2.5  # points: rules nearer than this are one
DOUBLE = 4.5  # points: rules nearer than this are the two strokes of one border
TOUCH = 3.5  # points: rules nearer than this meet
GAP = 4.5  # points: a shorter hole in a rule is no hole (dashes, corners)
SHORTEST = 6.0  # points: a shorter rule is an underline or a bullet
DOTS = 8  # fewer in a row make no line
DOT_DRIFT = 0.5  # points: dots of one line stand this level
BORDER = 0.6  # share of a cell's side that rules must cover to close it
DECORATION = 9.0  # points: a coloured box smaller than this is no cell
INSET = 9.0  # points: a cell's background may be narrower than the cell by this
COLUMN = 20.0  # points: columns that no rule closes are no narrower
OPEN_COLUMNS = 2  # fewer, closed by no rule, are none
TILED = 1.0  # points: backgrounds nearer than this touch
TILES = 3  # fewer side by side may be highlighted words
SPACE = 0.36  # of the font size: words of one text are no further apart
SHORT = 4  # letters: a shorter word may be taller than wide
OPEN_SIDE = 8.0  # points: how far rules must reach beyond the last column to show one more

_Span = tuple[int, int, int, int]  # row, row end, column, column end


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
    def lines(self) -> tuple[tuple[Word, ...], ...]:
        """Its words, line by line."""
        return text_lines(self.words)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's part on one page. `xs` and `ys` are the lines around columns and rows.

    `drawn`: rules or colours part all its cells, none is parted by its text alone. `compared`,
    `agreed`: cells that other readers were asked about, and on which they agree; `doubtful`: cells
    with figures on which they do not.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    ruled: bool = True
    drawn: bool = True
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


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule at `at`, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float

    def meets(self, other: "_Rule") -> bool:
        """Does this rule touch `other`, which runs across it?"""
        return (
            self.start - TOUCH <= other.at <= self.end + TOUCH
            and other.start - TOUCH <= self.at <= other.end + TOUCH
        )


def ruled_grids(page: Page) -> list[Grid]:
    """The ruled tables of `page`, top to bottom, each cell with its words."""
    tiled = [side for tile in _tiles(page) for side in _sides(tile)]
    drawn = _grids(page, (*page.rules, *tiled))
    backgrounds = [cell for grid in drawn for cell in grid.cells]
    coloured = [
        fill.box
        for fill in page.fills
        if fill.visible and not any(_is_background(fill.box, cell) for cell in backgrounds)
    ]
    edges = [edge for box in coloured for edge in _edges(box, page)]
    grids = _grids(page, (*page.rules, *tiled, *edges)) if edges else drawn
    return sorted(_outermost(grids), key=lambda g: (g.box.top, g.box.x0))


def _grids(page: Page, rules: Iterable[Box]) -> list[Grid]:
    across, down = merged_rules(rules)
    across += _ends(page, across, down)
    return [
        grid
        for some_across, some_down in _connected(across, down)
        if (grid := _grid(page, some_across, some_down)) is not None
    ]


def _ends(page: Page, across: Sequence[_Rule], down: Sequence[_Rule]) -> list[_Rule]:
    """Where rules side by side that no text crosses begin or end together, and no rule closes the
    columns between them."""
    tall = [rule for rule in down if rule.end - rule.start >= COLUMN]
    ends: tuple[Callable[[_Rule], float], ...] = (lambda r: r.start, lambda r: r.end)
    found: list[_Rule] = []
    for end in ends:
        for level in clusters(tall, end, TOUCH):
            y = end(level[0])
            near = [b for b in across if abs(b.at - y) <= DOUBLE]
            first, last = min(rule.at for rule in level), max(rule.at for rule in level)
            if any(b.start <= first + TOUCH and last - TOUCH <= b.end for b in near):
                continue  # as nearly always: their texts need not be looked at
            xs = sorted(rule.at for rule in level if not _is_crossed(rule, page.words))
            if (
                len(xs) > OPEN_COLUMNS
                and min(b - a for a, b in pairwise(xs)) >= COLUMN
                and not any(b.start < xs[-1] and b.end > xs[0] for b in near)
            ):
                beside = [r.at for r in down if r.start <= y + TOUCH and y - TOUCH <= r.end]
                found.append(_Rule(y, min(beside), max(beside)))
    return found


def _is_crossed(rule: _Rule, words: Iterable[Word]) -> bool:
    """Does one of `words` stand across `rule`, which runs down?"""
    return any(
        w.box.x0 < rule.at - SNAP
        and w.box.x1 > rule.at + SNAP
        and rule.start < w.box.middle[1] < rule.end
        for w in words
    )


def _tiles(page: Page) -> list[Box]:
    """The backgrounds that stand side by side, edge to edge, their edges one below the other: those
    of cells, of whatever colour, white too."""
    boxes = [f.box for f in page.fills if min(f.box.width, f.box.height) >= SHORTEST]
    rows = [
        row
        for level in clusters(boxes, lambda box: box.top, TILED)
        for row in _rows_of_tiles(level)
        if len(row) >= TILES
    ]
    return [box for row in rows if any(_is_under(row, other) for other in rows) for box in row]


def _rows_of_tiles(boxes: Iterable[Box]) -> list[list[Box]]:
    """`boxes` of one height, those that stand edge to edge together."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: (box.x0, box.bottom)):
        row = next((row for row in rows if _goes_on(row[-1], box)), None)
        if row:
            row.append(box)
        else:
            rows.append([box])
    return rows


def _is_under(row: Sequence[Box], other: Sequence[Box]) -> bool:
    """Do the edges inside `row` stand under or over those inside `other`?"""
    return abs(row[0].top - other[0].top) > TILED and all(
        any(abs(box.x0 - x.x0) <= TILED for x in other[1:]) for box in row[1:]
    )


def _goes_on(one: Box, other: Box) -> bool:
    """Does `other` stand right of `one`, edge to edge, as high as it?"""
    return all(
        abs(a - b) <= TILED
        for a, b in ((one.x1, other.x0), (one.top, other.top), (one.bottom, other.bottom))
    )


def _is_background(fill: Box, cell: GridCell) -> bool:
    """Does `fill` stand in `cell` without parting it: behind all its words, or behind a few that
    are highlighted?"""
    corners = ((fill.x0, fill.top), (fill.x1, fill.bottom))
    if not all(cell.box.holds(x, y, SNAP) for x, y in corners):
        return False
    partial = fill.width < cell.box.width - INSET
    return partial or all(fill.holds(*w.box.middle) for w in cell.words)


def merged_rules(rules: Iterable[Box]) -> tuple[list[_Rule], list[_Rule]]:
    """Horizontal and vertical rules, those of one line joined; marks too short are left out, unless
    many make a line of dots."""
    rules = list(rules)
    dots = [box for box in rules if max(box.width, box.height) < SHORTEST]
    across = _dotted((box.middle[1], box.x0, box.x1) for box in dots)
    down = _dotted((box.middle[0], box.top, box.bottom) for box in dots)
    for box in rules:
        x, y = box.middle
        if box.width >= box.height and box.width >= SHORTEST:
            across.append(_Rule(y, box.x0, box.x1))
        elif box.height > box.width and box.height >= SHORTEST:
            down.append(_Rule(x, box.top, box.bottom))
    return _merged(across), _merged(down)


def _dotted(dots: Iterable[tuple[float, float, float]]) -> list[_Rule]:
    """The lines that `dots` make, each its place across the line, its start and its end."""
    result: list[_Rule] = []
    for row in clusters(dots, lambda dot: dot[0], DOT_DRIFT):
        line: list[tuple[float, float, float]] = []
        for dot in (*sorted(row, key=lambda dot: dot[1]), (0.0, float("inf"), float("inf"))):
            if line and dot[1] - line[-1][2] > GAP:
                if len(line) >= DOTS:
                    result.append(_Rule(line[0][0], line[0][1], line[-1][2]))
                line = []
            line.append(dot)
    return result


def _edges(box: Box, page: Page) -> tuple[Box, ...]:
    """The sides of a coloured box, unless it is the page's background or a decoration."""
    if box.area > 0.8 * page.width * page.height or min(box.width, box.height) < DECORATION:
        return ()
    return _sides(box)


def _sides(box: Box) -> tuple[Box, ...]:
    return (
        Box(box.x0, box.top, box.x1, box.top),
        Box(box.x0, box.bottom, box.x1, box.bottom),
        Box(box.x0, box.top, box.x0, box.bottom),
        Box(box.x1, box.top, box.x1, box.bottom),
    )


def text_lines(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """`words` of a cell, line by line, each from left to right; from the foot up, or from the top
    down, where they stand on their side."""
    if _are_sideways(words):
        upwards = words[0].baseline > words[0].box.middle[1]
        sideways = clusters(words, lambda w: w.box.middle[0], words[0].box.width / 2)
        return tuple(
            tuple(sorted(line, key=lambda w: w.box.middle[1], reverse=upwards))
            for line in (sideways if upwards else reversed(sideways))
        )
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.baseline):
        line = lines[-1] if lines else None
        if line and word.baseline - line[0].baseline <= 0.5 * max(word.size, line[0].size):
            line.append(word)
        else:
            lines.append([word])
    return tuple(tuple(sorted(line, key=lambda w: w.box.x0)) for line in lines)


def _are_sideways(words: Sequence[Word]) -> bool:
    """Do all words run up or down? Short ones are always taller than wide."""
    long = [w for w in words if len(w.text) >= SHORT]
    return bool(long) and all(w.box.height > w.box.width for w in long)


def _merged(rules: Iterable[_Rule]) -> list[_Rule]:
    """Rules snapped to common positions, those that touch end to end joined."""
    result: list[_Rule] = []
    for group in clusters(rules, lambda r: r.at, SNAP):
        at = max(group, key=lambda r: r.end - r.start).at
        spans = sorted((r.start, r.end) for r in group)
        start, end = spans[0]
        for next_start, next_end in spans[1:]:
            if next_start > end + GAP:
                result.append(_Rule(at, start, end))
                start, end = next_start, next_end
            else:
                end = max(end, next_end)
        result.append(_Rule(at, start, end))
    return result


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
    across: Sequence[_Rule], down: Sequence[_Rule]
) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
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


def _grid(page: Page, across: list[_Rule], down: list[_Rule]) -> Grid | None:
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


def is_filled(page: Page, box: Box) -> bool:
    """Is there colour behind most of `box`?"""
    return any(f.visible and f.box.overlap(box) > 0.6 * box.area for f in page.fills)


def _opens(page: Page, top: float) -> bool:
    """Does nothing stand above `top`: may a row that the page cut go on there?"""
    return not any(w.box.middle[1] < top for w in page.words)


def _positions(rules: Sequence[_Rule], crossing: Sequence[_Rule]) -> list[float]:
    """Where lines stand along an axis; a side left open is where the crossing rules end."""
    groups = clusters(rules, lambda r: r.at, DOUBLE)
    positions = [max(g, key=lambda r: r.end - r.start).at for g in groups]
    first, last = min(r.start for r in crossing), max(r.end for r in crossing)
    if first < positions[0] - OPEN_SIDE:
        positions.insert(0, first)
    if last > positions[-1] + OPEN_SIDE:
        positions.append(last)
    return positions


def _closed(rules: Sequence[_Rule], at: float, start: float, end: float) -> bool:
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
    next?"""
    lines = text_lines(words)
    starts = [line[0].box.x0 for line in lines]
    if len(lines) < 2 or max(starts) - min(starts) > SNAP / 2:
        return False
    after = [x for x in xs if x > starts[0]]
    return xs[0] < starts[0] < xs[-1] and all(line[-1].box.x1 < after[0] for line in lines)


def _is_across(x: float, words: Sequence[Word]) -> Iterator[bool]:
    """For each line of `words`: does a text, of words no further apart than a space, cross `x`?"""
    for line in text_lines(words):
        yield any(w.box.x0 < x - SNAP and w.box.x1 > x + SNAP for w in line) or any(
            a.box.middle[0] < x < b.box.middle[0] and b.box.x0 - a.box.x1 < SPACE * b.size
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
    home: dict[int, int] = {}
    for text in _overrunning(inside, xs):
        box = around([w.box for w in text])
        first, last = cell(box.x0 + 1, box.middle[1]), cell(box.x1 - 1, box.middle[1])
        starts_at_border = box.x0 - xs[spans[first][2]] <= xs[spans[last][3]] - box.x1
        home |= {id(w): first if starts_at_border else last for w in text}
    for word in inside:
        result[home[id(word)] if id(word) in home else cell(*word.box.middle)].append(word)
    return result


def _overrunning(words: Sequence[Word], xs: Sequence[float]) -> Iterator[list[Word]]:
    """The texts, each printed in one go with no blank wider than a space, across one of `xs`."""
    texts: dict[tuple[float, float], list[list[Word]]] = defaultdict(list)
    for word in words:
        if word.run is not None:
            parts = texts[word.run, word.baseline]
            if parts and word.box.x0 - parts[-1][-1].box.x1 < SPACE * word.size:
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


def text_spans(grid: Grid) -> dict[int, tuple[float, float]]:
    """Where the texts of each column of `grid` stand, those over several columns aside."""
    spans: dict[int, tuple[float, float]] = {}
    for cell in grid.cells:
        if cell.words and cell.column_end == cell.column + 1:
            x0, x1 = spans.get(cell.column, (float("inf"), 0.0))
            left, right = min(w.box.x0 for w in cell.words), max(w.box.x1 for w in cell.words)
            spans[cell.column] = min(x0, left), max(x1, right)
    return spans


def without(page: Page, grids: Sequence[Grid]) -> Page:
    """`page` without the words that stand in `grids`."""
    return replace(page, words=tuple(outside(page.words, [g.box for g in grids])))
