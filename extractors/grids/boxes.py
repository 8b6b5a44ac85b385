"""Boxes set apart from one another, each with a heading of its own over what it says, are the cells
of one grid, as on slides that tell an action each.

┌ Pilote ──┐  ┌ Objectifs ──────┐  ┌ Budget 2025 ────┐
│ CCAS     │  │ Capter 15 baux  │  │ AMI : 12 000 €  │
└──────────┘  └─────────────────┘  └─────────────────┘
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from extractors.grids.grid import Grid, GridCell, is_filled, text_lines
from extractors.grids.rules import Rule, fill_sides, merged_rules
from extractors.pages.page import Box, Page, Word, around, clusters
from normalizers.references import names_action

EDGE = 3.0  # points between edges that stand level
CORNER = 12.0  # points: the sides of a box with round corners end so far from them
CLOSED = 0.5  # of the height of a box: its sides are no shorter
FEWEST = 3  # boxes
MOST = 40  # more are the cells of a table
APART = 4.5  # points: what is drawn nearer than this is one table
FARTHEST = 40.0  # points: boxes that go together are no further apart
LONGEST_HEADING = 8  # words
SAME_TYPE = 0.6  # points between the sizes of a heading and of what it heads


def box_grids(page: Page, ruled: Sequence[Grid]) -> list[Grid]:
    """The grids that headed boxes of `page` make; those whose rules go on from one to the next, as
    a scan leaves them, are cells of the `ruled` grids."""
    cells = [cell.box for grid in ruled for cell in grid.cells if cell.words]
    drawn = list(dict.fromkeys([*_drawn(page), *cells]))
    if not FEWEST <= len(drawn) <= MOST:
        return []
    boxes = [box for box in (*drawn, *_stacked(drawn)) if _is_headed(box, page.words)]
    return [grid for some in _groups(boxes) if (grid := _grid(page, some))]


def _drawn(page: Page) -> Iterator[Box]:
    """The boxes that rules or colours draw on `page`."""
    yield from (f.box for f in page.fills if f.visible and fill_sides(f.box, page))
    across, down = merged_rules(page.rules)
    across.sort(key=lambda rule: rule.at)
    for i, top in enumerate(across):
        level = (
            other
            for other in across[i + 1 :]
            if abs(other.start - top.start) <= EDGE and abs(other.end - top.end) <= EDGE
        )
        bottom = next(level, None)
        if bottom is None:
            continue
        left = _side(down, top, bottom, top.start)
        right = _side(down, top, bottom, top.end)
        if left is not None and right is not None:
            yield Box(left, top.at, right, bottom.at)


def _stacked(boxes: Sequence[Box]) -> Iterator[Box]:
    """Each of `boxes` with the one right below it: a heading on a band of colour, over what it
    heads."""
    for over, under in permutations(boxes, 2):
        edges = (over.bottom - under.top, over.x0 - under.x0, over.x1 - under.x1)
        if max(map(abs, edges)) <= EDGE:
            yield around([over, under])


def _side(down: Sequence[Rule], top: Rule, bottom: Rule, end: float) -> float | None:
    """Where the nearest of `down` to where `top` has an `end` closes a box, down to `bottom`."""
    height = bottom.at - top.at
    closing = [
        rule.at
        for rule in down
        if abs(rule.at - end) <= CORNER
        and top.at - EDGE <= rule.start
        and rule.end <= bottom.at + EDGE
        and rule.end - rule.start >= CLOSED * height
    ]
    return min(closing, key=lambda at: abs(at - end), default=None)


def _is_headed(box: Box, words: Sequence[Word]) -> bool:
    """Does `box` begin with a short line of letters in another type than what it says below, and
    which names no action: the boxes of actions are cards, not the cells of one?"""
    lines = text_lines([w for w in words if box.holds(*w.box.middle)])
    if len(lines) < 2 or len(lines[0]) > LONGEST_HEADING or not lines[0][0].text[0].isalpha():
        return False
    if names_action(" ".join(w.text for w in lines[0])):
        return False
    head, below = lines[0][0], lines[1][0]
    other_type = head.bold > below.bold or head.size - below.size > SAME_TYPE
    return other_type or lines[0][-1].text.endswith(":")


def _groups(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    """Those of `boxes` that stand near one another, all apart, the outermost where one holds
    another."""
    groups: list[list[Box]] = []
    for box in boxes:
        if not any(other.area > box.area and other.overlap(box) for other in boxes):
            near = [g for g in groups if any(_blank(box, other) <= FARTHEST for other in g)]
            groups = [g for g in groups if g not in near] + [[*(b for g in near for b in g), box]]
    for group in groups:
        apart = all(_blank(one, other) >= APART for one, other in combinations(group, 2))
        if len(group) >= FEWEST and apart:
            yield group


def _blank(one: Box, other: Box) -> float:
    """How wide the blank between two boxes is, across or down, in points."""
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    return max(across, max(one.top, other.top) - min(one.bottom, other.bottom))


def _grid(page: Page, boxes: list[Box]) -> Grid | None:
    """The grid whose cells are `boxes`; None where they stand in no rows and columns, or other
    words among them."""
    hull = around(boxes)
    if any(hull.holds(*w.box.middle) and not _holding(w, boxes) for w in page.words):
        return None
    lefts = [min(b.x0 for b in g) for g in clusters(boxes, lambda b: b.x0, EDGE)]
    tops = [min(b.top for b in g) for g in clusters(boxes, lambda b: b.top, EDGE)]
    cells = []
    for box in boxes:
        row, row_end = _span(tops, box.top, box.bottom)
        column, column_end = _span(lefts, box.x0, box.x1)
        own = tuple(w for w in page.words if box.holds(*w.box.middle))
        cells.append(GridCell(row, row_end, column, column_end, box, own, is_filled(page, box)))
    covered = [
        (r, c)
        for cell in cells
        for r in range(cell.row, cell.row_end)
        for c in range(cell.column, cell.column_end)
    ]
    if len(set(covered)) < len(covered):
        return None
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(page.number, (*lefts, hull.x1), (*tops, hull.bottom), tuple(cells), boxed=True)


def _holding(word: Word, boxes: Sequence[Box]) -> bool:
    return any(box.holds(*word.box.middle) for box in boxes)


def _span(starts: Sequence[float], first: float, last: float) -> tuple[int, int]:
    """Which of the columns, or rows, that begin at `starts` one from `first` to `last` covers."""
    begun = sum(start <= first + EDGE for start in starts)
    return begun - 1, sum(start < last - EDGE for start in starts)
