"""The grids that rules in a picture draw: what bands of colour took of them, what was laid over
them, their cells and the colours of these."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import cv2
import numpy as np

from extractors.pages.page import Box
from extractors.scans.bitmap import PixelBox, hull, meet
from extractors.scans.cleaning import BAND, DARK, PaintedBox
from extractors.scans.drawn_rules import touches

CROSSED_EDGE = 3  # as many rules that end at a band's edge make it one of a table
RULED = 2  # rules that part the rows of a table, head and foot aside, at least
MET = 0.3  # share of the width of a cell that a colour fills, at least, which fills all of it
WITHIN = 0.6  # share of the height of a cell that such a colour fills, at least
BARELY = 0.2  # share of a colour that may stand beyond the cells that it fills
THEIRS = 0.5  # share of a colour that fills cells that is within them, at least
HOLE = 45.0  # points: no punched hole is as wide
SEAM = 0.8  # share of their width in which two bands of one table are below one another
HALO = 45.0, 12.0  # points: what compression greys around words is narrower, or lower
PALE = 200  # it is no darker
CLOSE = 3.0, 8.0  # points: rules nearer than the one are double, no cell is narrower than the other
BEYOND = 10.0  # points beyond a grid: a rule that is drawn badly goes on less far


def with_edges(
    across: list[PixelBox], down: list[PixelBox], fills: Sequence[PaintedBox], point: float
) -> list[PixelBox]:
    """`across` with the edges of dark bands at which vertical rules end: the band has taken the
    horizontal rule there into its own ink, or broken it; and with those at which another begins."""
    slack = 4 * point
    edges: list[PixelBox] = []
    for left, top, right, bottom in (f.box for f in fills if f.grey < DARK):
        between = [d for d in down if left - slack < d[0] < right + slack]
        for y, ends in ((top, [d[3] for d in between]), (bottom, [d[1] for d in between])):
            known = any(abs(e[1] - y) <= slack for e in edges)
            if not known and sum(abs(end - y) <= slack for end in ends) >= CROSSED_EDGE:
                edges.append((left, y - 1, right, y + 1))
    edges += _closing(across, down, slack)
    edges = [e for e in edges if not _is_drawn(e, across, slack)]
    return across + edges + [e for e in _seams(fills, slack) if not _goes_along(e, across, slack)]


def _seams(fills: Sequence[PaintedBox], slack: float) -> list[PixelBox]:
    """Where a colour ends and another, as wide, begins below it."""
    found = []
    for left, _, right, bottom in (f.box for f in fills):
        for x0, y0, x1, _ in (f.box for f in fills):
            common = min(right, x1) - max(left, x0)
            whole = max(right, x1) - min(left, x0)
            if abs(y0 - bottom) <= slack and common > SEAM * whole:
                found.append((min(left, x0), bottom - 1, max(right, x1), bottom + 1))
    return found


def _closing(across: list[PixelBox], down: list[PixelBox], slack: float) -> list[PixelBox]:
    """Lines from the first to the last of the vertical rules that cross a horizontal one and begin,
    or end, level: the head or foot that a scan lost of a table. Where others go on, and no rules
    part the rows, these end at cells that are joined."""
    edges: list[PixelBox] = []
    for left, top, right, bottom in across:
        crossing = [
            d
            for d in down
            if left - slack <= d[0] <= right + slack
            and d[1] - slack <= top
            and bottom <= d[3] + slack
        ]
        for end in (1, 3):
            levels = sorted(d[end] for d in crossing)
            level = levels[len(levels) // 2] if levels else 0
            here = [d for d in crossing if abs(d[end] - level) <= slack / 2]
            if len(here) <= CROSSED_EDGE or _is_drawn((left, level, right, level), edges, slack):
                continue
            whole = hull(here)
            going_on = any(d[1] < whole[1] - slack or whole[3] + slack < d[3] for d in crossing)
            if not going_on or _parts_rows(across, whole, slack):
                edges.append((whole[0], level - 1, whole[2], level + 1))
    return edges


def _parts_rows(across: list[PixelBox], bars: PixelBox, slack: float) -> bool:
    """Do rules of `across` part the rows of a table that has its vertical rules in `bars`?"""
    left, top, right, bottom = bars
    between = [
        a
        for a in across
        if a[0] <= left + slack and right - slack <= a[2] and top + slack < a[1] < bottom - slack
    ]
    return len(between) >= RULED


def _is_drawn(edge: PixelBox, across: list[PixelBox], slack: float) -> bool:
    return any(
        abs(a[1] - edge[1]) <= slack and a[2] - a[0] > 0.9 * (edge[2] - edge[0]) for a in across
    )


def _goes_along(edge: PixelBox, across: list[PixelBox], slack: float) -> bool:
    return any(
        abs(a[1] - edge[1]) <= slack and a[0] - slack <= edge[0] and edge[2] <= a[2] + slack
        for a in across
    )


def with_dark_columns(
    fills: list[PaintedBox], across: list[PixelBox], down: list[PixelBox], point: float
) -> tuple[list[PaintedBox], list[PixelBox], list[PixelBox]]:
    """`fills` without dark ones that are higher than wide, in whose place the bands beside them
    that they head begin; and the rules that are not of such a column: the rows may go on without
    any."""
    slack = 4 * point
    dark = [f.box for f in fills if f.grey < BAND and f.box[3] - f.box[1] > f.box[2] - f.box[0]]
    own: set[PixelBox] = set()
    for left, top, right, bottom in _columns(dark, slack):
        own.update(
            a
            for a in across
            if left - slack <= a[0]
            and a[2] <= right + slack
            and top - slack <= a[1] <= bottom + slack
        )
        own.update(
            d
            for d in down
            if top - slack <= d[1]
            and d[3] <= bottom + slack
            and min(abs(d[0] - left), abs(d[0] - right)) <= slack
        )
    rest = [_headed(f, dark, slack) for f in fills if f.box not in dark]
    return rest, [a for a in across if a not in own], [d for d in down if d not in own]


def _columns(boxes: Sequence[PixelBox], slack: float) -> list[PixelBox]:
    """`boxes`, those right below one another and as wide made one."""
    result: list[PixelBox] = []
    for box in sorted(boxes, key=lambda b: b[1]):
        for i, (left, _, right, bottom) in enumerate(result):
            as_wide = max(abs(left - box[0]), abs(right - box[2])) <= slack
            if as_wide and abs(box[1] - bottom) <= slack:
                result[i] = hull([result[i], box])
                break
        else:
            result.append(box)
    return result


def _headed(fill: PaintedBox, heads: Sequence[PixelBox], slack: float) -> PaintedBox:
    """`fill` from where the dark cell of `heads` begins that stands beside it, as high."""
    left, top, _, bottom = fill.box
    met = [
        head
        for head in heads
        if max(abs(head[1] - top), abs(head[3] - bottom), abs(head[2] - left)) <= slack
    ]
    return replace(fill, box=hull([fill.box, *met]))


def fitted(fill: PaintedBox, cells: Sequence[PixelBox], point: float) -> PaintedBox:
    """`fill`, which colours a row of `cells`, from edge to edge of those that it meets: where it
    ends, light around bold letters may hide it, and a scanner that stores text and ground apart
    keeps it off the rules."""
    left, top, right, bottom = fill.box
    slack = 4 * point
    row = [
        cell
        for cell in cells
        if cell[1] - slack <= top
        and bottom <= cell[3] + slack
        and bottom - top > WITHIN * (cell[3] - cell[1])
        and min(cell[2], right) - max(cell[0], left) > MET * (cell[2] - cell[0])
    ]
    if len(row) < 2:
        return fill
    return replace(fill, box=hull(row))


def colours_of(
    fills: Sequence[PaintedBox], cells: Sequence[PixelBox], point: float
) -> list[PaintedBox]:
    """Those of `fills` that colour `cells`, as large as these."""
    kept = [f for f in fills if fills_cells(f, cells, point)]
    return [fitted(f, cells, point) for f in kept if not is_halo(f, kept, cells, point)]


def fills_cells(fill: PaintedBox, cells: Sequence[PixelBox], point: float) -> bool:
    """Does `fill` colour all cells that it meets, and one at least if it is small and stands level
    with some? Grain makes spots in the palest ones, punched holes beside them; what shows through
    from the back of the paper goes on beyond them."""
    box = Box(*fill.box)
    met = [(box.overlap(Box(*cell)), Box(*cell).area) for cell in cells]
    if box.width < HOLE * point and not any(share > 0.5 * area for share, area in met):
        return not any(cell[1] < box.middle[1] < cell[3] for cell in cells)
    filled = [area for share, area in met if share > 0.5 * area]
    if filled and sum(filled) < THEIRS * box.area:
        return False
    return all(share < BARELY * box.area or share > 0.5 * area for share, area in met)


def is_halo(
    fill: PaintedBox, fills: Iterable[PaintedBox], cells: Iterable[PixelBox], point: float
) -> bool:
    """Is `fill` what compression greys around a few words: pale, small, in no cell, and beside no
    other of `fills`?"""
    left, top, right, bottom = fill.box
    narrow, low = (v * point for v in HALO)
    if fill.grey < PALE or (right - left >= narrow and bottom - top >= low):
        return False
    slack = 4 * point
    beside = any(
        max(abs(f.box[1] - top), abs(f.box[3] - bottom)) <= slack
        and min(abs(f.box[0] - right), abs(f.box[2] - left)) <= slack
        for f in fills
        if f is not fill
    )
    return not beside and not any(meet(fill.box, cell) for cell in cells)


def without_overlaid(across: list[PixelBox], down: list[PixelBox], point: float) -> list[PixelBox]:
    """The vertical rules `down` without what a paper clip or a pen has drawn: what goes on beyond
    the head or foot of the grid, at which the others end, and ends on no rule."""
    slack = 4 * point
    kept = []
    for rule in down:
        left, top, right, bottom = rule
        crossed = [a[1] for a in across if a[0] < left < a[2] and top < a[1] < bottom]
        for edge, level in ((1, min(crossed, default=top)), (3, max(crossed, default=bottom))):
            ending = sum(abs(d[edge] - level) <= slack for d in down)
            going_on = sum(d[1] < level - slack and level + slack < d[3] for d in down)
            beyond = abs(rule[edge] - level) > BEYOND * point and not _ends_on(
                (left, rule[edge]), across, slack
            )
            if beyond and ending > max(CROSSED_EDGE, going_on):
                top, bottom = (level, bottom) if edge == 1 else (top, level)
        whole = (left, top, right, bottom)
        if whole == rule or touches(whole, across, slack):
            kept.append(whole)
    return kept


def _ends_on(end: tuple[int, int], across: list[PixelBox], slack: float) -> bool:
    """Does a vertical rule whose `end` (x, y) this is end on one of `across`, as cells do?"""
    x, y = end
    return any(a[0] < x < a[2] and a[1] - slack <= y <= a[3] + slack for a in across)


def without_edges(
    down: list[PixelBox], fills: Sequence[PaintedBox], point: float
) -> list[PixelBox]:
    """The vertical rules `down` without the two edges of a band of colour that no other rule meets:
    the head of a table without rules."""
    slack = 4 * point
    edges: list[PixelBox] = []
    for left, top, right, bottom in (f.box for f in fills):
        met = [
            d
            for d in down
            if left - slack <= d[0] <= right + slack
            and d[1] <= bottom + slack
            and top - slack <= d[3]
        ]
        own = [
            d
            for d in met
            if min(abs(d[0] - left), abs(d[2] - right)) <= slack
            and top - slack <= d[1]
            and d[3] <= bottom + slack
        ]
        edges += own if len(own) == len(met) else []
    return [d for d in down if d not in edges]


def without_close(down: list[PixelBox], point: float) -> list[PixelBox]:
    """The vertical rules `down` without those that go along beside a longer one, nearer than any
    column is wide, and no double of it: strokes of letters one below the other."""
    slack, (double, narrow) = 4 * point, (v * point for v in CLOSE)
    return [
        d
        for d in down
        if not any(
            double < abs(o[0] - d[0]) < narrow
            and o[1] - slack <= d[1]
            and d[3] <= o[3] + slack
            and o[3] - o[1] > d[3] - d[1]
            for o in down
        )
    ]


def enclosed(rules: list[PixelBox], shape: tuple[int, int], point: float) -> list[PixelBox]:
    """The rectangles that `rules` enclose on a picture of `shape`: the cells of its grids."""
    free = np.full(shape, 255, np.uint8)
    for left, top, right, bottom in rules:
        if right - left > bottom - top:
            y = (top + bottom) // 2
            cv2.line(free, (left, y), (right, y), 0, 3)
        else:
            x = (left + right) // 2
            cv2.line(free, (x, top), (x, bottom), 0, 3)
    _, _, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=4)
    cells = []
    for x, y, w, h, area in stats[1:].tolist():
        inside = x > 0 and y > 0 and x + w < shape[1] and y + h < shape[0]
        if inside and min(w, h) > 6 * point and area > 0.9 * w * h:
            cells.append((x, y, x + w, y + h))
    return cells
