"""The lines that rules, dots and the edges of colours draw on a page.

Rules are snapped to common coordinates and merged. Lengths are points.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pages.page import Box, Page, Word, clusters

SNAP = 2.5  # points: rules nearer than this are one
DOUBLE = 4.5  # points: rules nearer than this are the two strokes of one border
TOUCH = 3.5  # points: rules nearer than this meet
GAP = 4.5  # points: a shorter hole in a rule is no hole (dashes, corners)
SHORTEST = 6.0  # points: a shorter rule is an underline or a bullet
DOTS = 8  # fewer in a row make no line
DOT_DRIFT = 0.5  # points: dots of one line stand this level
DECORATION = 9.0  # points: a coloured box smaller than this, and than its type, is no cell
COLUMN = 20.0  # points: columns that no rule closes are no narrower
LINE = 9.0  # points: nor are they lower
OPEN_COLUMNS = 2  # fewer, closed by no rule, are none
TILED = 1.0  # points: backgrounds nearer than this touch
TILES = 3  # fewer side by side may be highlighted words


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule at `at`, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float

    def meets(self, other: "Rule") -> bool:
        """Does this rule touch `other`, which runs across it?"""
        return (
            self.start - TOUCH <= other.at <= self.end + TOUCH
            and other.start - TOUCH <= self.at <= other.end + TOUCH
        )


def merged_rules(rules: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules, those of one line joined; marks too short are left out, unless
    many make a line of dots."""
    rules = list(rules)
    dots = [box for box in rules if max(box.width, box.height) < SHORTEST]
    across = _dotted((box.middle[1], box.x0, box.x1) for box in dots)
    down = _dotted((box.middle[0], box.top, box.bottom) for box in dots)
    for box in rules:
        x, y = box.middle
        if box.width >= box.height and box.width >= SHORTEST:
            across.append(Rule(y, box.x0, box.x1))
        elif box.height > box.width and box.height >= SHORTEST:
            down.append(Rule(x, box.top, box.bottom))
    return _merged(across), _merged(down)


def _dotted(dots: Iterable[tuple[float, float, float]]) -> list[Rule]:
    """The lines that `dots` make, each its place across the line, its start and its end."""
    result: list[Rule] = []
    for row in clusters(dots, lambda dot: dot[0], DOT_DRIFT):
        line: list[tuple[float, float, float]] = []
        for dot in (*sorted(row, key=lambda dot: dot[1]), (0.0, float("inf"), float("inf"))):
            if line and dot[1] - line[-1][2] > GAP:
                if len(line) >= DOTS:
                    result.append(Rule(line[0][0], line[0][1], line[-1][2]))
                line = []
            line.append(dot)
    return result


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules snapped to common positions, those that touch end to end joined."""
    result: list[Rule] = []
    for group in clusters(rules, lambda r: r.at, SNAP):
        at = max(group, key=lambda r: r.end - r.start).at
        spans = sorted((r.start, r.end) for r in group)
        start, end = spans[0]
        for next_start, next_end in spans[1:]:
            if next_start > end + GAP:
                result.append(Rule(at, start, end))
                start, end = next_start, next_end
            else:
                end = max(end, next_end)
        result.append(Rule(at, start, end))
    return result


def open_ends(page: Page, across: Sequence[Rule], down: Sequence[Rule]) -> list[Rule]:
    """Where rules side by side that no text crosses begin or end together, and no rule closes the
    columns between them."""
    tall = [rule for rule in down if rule.end - rule.start >= LINE]
    ends: tuple[Callable[[Rule], float], ...] = (lambda r: r.start, lambda r: r.end)
    found: list[Rule] = []
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
                found.append(Rule(y, min(beside), max(beside)))
    return found


def _is_crossed(rule: Rule, words: Iterable[Word]) -> bool:
    """Does one of `words` stand across `rule`, which runs down?"""
    return any(
        w.box.x0 < rule.at - SNAP
        and w.box.x1 > rule.at + SNAP
        and rule.start < w.box.middle[1] < rule.end
        for w in words
    )


def tile_sides(page: Page) -> list[Box]:
    """The sides of the backgrounds that stand side by side, edge to edge, their edges one below the
    other: those of cells, of whatever colour, white too; or of as many as fill a rule of a table
    with colour. A title, or a cell of the first column alone, stands right below another."""
    boxes = [f.box for f in page.fills if min(f.box.width, f.box.height) >= SHORTEST]
    tiles = [
        row
        for level in clusters(boxes, lambda box: box.top, TILED)
        for row in _rows_of_tiles(level)
    ]
    long = [row for row in tiles if len(row) >= TILES]
    parted = [(row[0].top, _edges(row, boxes)) for row in long]
    rows = [
        row
        for row in tiles
        if len(row) >= TILES
        or (len(row) > 1 and _stand_under_one(row, boxes))
        or (any(_is_part_of(row, *other) for other in parted) and _is_of_several(row, boxes))
    ]
    coloured = {fill.box for fill in page.fills if fill.visible}
    heads = [row for row in long if all(box in coloured for box in row) and _fill_rule(row, page)]
    under = [row for row in rows if any(_is_under(row, other) for other in rows)]
    under += [row for row, edges in zip(long, parted, strict=True) if _is_whole(edges, rows)]
    return [side for row in (*heads, *under) for box in row for side in _sides(box)]


def _fill_rule(row: Sequence[Box], page: Page) -> bool:
    """Do these begin and end where a rule does that stands at their top?"""
    across, _ = merged_rules(
        rule for rule in page.rules if abs(rule.middle[1] - row[0].top) <= SNAP
    )
    return any(abs(r.start - row[0].x0) <= SNAP and abs(r.end - row[-1].x1) <= SNAP for r in across)


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


def _stand_under_one(row: Sequence[Box], boxes: Iterable[Box]) -> bool:
    """Does one of `boxes` stand right over all of `row`, as a head does over those of two
    columns?"""
    return any(
        abs(box.bottom - row[0].top) <= TILED
        and abs(box.x0 - row[0].x0) <= TILED
        and abs(box.x1 - row[-1].x1) <= TILED
        for box in boxes
    )


def _is_whole(parted: tuple[float, list[float]], rows: Iterable[Sequence[Box]]) -> bool:
    """Is one of `rows`, alone in its place, part of the one that is `parted` so?"""
    return any(len(row) == 1 and _is_part_of(row, *parted) for row in rows)


def _is_of_several(row: Sequence[Box], boxes: Iterable[Box]) -> bool:
    """Are these several, or one that begins right where one of `boxes` over it ends?"""
    return len(row) > 1 or any(
        abs(box.bottom - row[0].top) <= TILED and box.x0 < row[0].x1 and row[0].x0 < box.x1
        for box in boxes
    )


def _is_under(row: Sequence[Box], other: Sequence[Box]) -> bool:
    """Do the edges inside `row` stand under or over those of `other`?"""
    return abs(row[0].top - other[0].top) > TILED and all(
        any(abs(box.x0 - x.x0) <= TILED for x in other) for box in row[1:]
    )


def _edges(row: Sequence[Box], boxes: Iterable[Box]) -> list[float]:
    """Where `row` is parted, and ends: with one of `boxes` left of it that begins as high, a cell
    of the first column."""
    left = [
        box.x0
        for box in boxes
        if abs(box.x1 - row[0].x0) <= TILED and abs(box.top - row[0].top) <= TILED
    ]
    return [*left, row[0].x0, *(box.x1 for box in row)]


def _is_part_of(row: Sequence[Box], top: float, edges: Sequence[float]) -> bool:
    """Do all edges of `row`, its ends too, stand under or over `edges`, those of one at `top`?"""
    return abs(row[0].top - top) > TILED and all(
        min(abs(x - edge) for edge in edges) <= TILED for x in (row[0].x0, *(box.x1 for box in row))
    )


def _goes_on(one: Box, other: Box) -> bool:
    """Does `other` stand right of `one`, edge to edge, as high as it?"""
    return all(
        abs(a - b) <= TILED
        for a, b in ((one.x1, other.x0), (one.top, other.top), (one.bottom, other.bottom))
    )


def fill_sides(box: Box, page: Page) -> tuple[Box, ...]:
    """The sides of a coloured box, unless it is the page's background or a decoration."""
    if box.area > 0.8 * page.width * page.height or _is_decoration(box, page):
        return ()
    return _sides(box)


def _is_decoration(box: Box, page: Page) -> bool:
    """Is `box` too small for a cell, even of small type?"""
    side = min(box.width, box.height)
    if not SHORTEST <= side < DECORATION:
        return side < SHORTEST
    return side < max((w.size for w in page.words if box.holds(*w.box.middle)), default=DECORATION)


def _sides(box: Box) -> tuple[Box, ...]:
    return (
        Box(box.x0, box.top, box.x1, box.top),
        Box(box.x0, box.bottom, box.x1, box.bottom),
        Box(box.x0, box.top, box.x0, box.bottom),
        Box(box.x1, box.top, box.x1, box.bottom),
    )
