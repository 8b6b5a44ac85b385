"""The rules of tables in a picture, and the cells that they enclose."""

from collections.abc import Iterable
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import Grey, PixelBox, as_grey, components, hull, meet, odd
from extractors.scans.cleaning import BAND, DARK, LETTER, SOLID, PaintedBox

HAIR_REACH = 3.0  # points along which a pale rule is averaged, as its paper is grainy
BROKEN_REACH = 12.0  # points along which a rule goes on that a scan in black and white broke up
BROKEN = 0.25  # share of such a rule that is left, at least
SPARSE_REACH = 36.0  # points along which one goes on of which hardly a dot is left
SPARSE = 0.05  # share of it that is left, at least, and twice what stands beside it
DOTS = 0.02  # share of a piece of a rule, from one that it crosses to another, that is left
FEWEST_DOTS = 3  # apart: the stem of a letter is one
NARROW = 8.0  # points: no cell is narrower
BLANK = 0.15  # share of a blank that dots or a rule across it may darken
LONG = 30.0  # points: an upright line is a rule wherever it ends
UNBROKEN = 0.8  # share of such a line that is dark: of letters one below the other, half is
RULE_EDGE = 3  # pixels beside a rule that it still darkens
HAIR_DEPTH = 14  # how much darker than the paper such a rule is, at least
LEVEL = 0.008  # slope from which a line is no rule of a straightened page: a stamp's frame
CROSSED_EDGE = 3  # as many rules that end at a band's edge make it one of a table
BEYOND = 10.0  # points beyond a grid: a rule that is drawn badly goes on less far
BESIDE_A_RULE = 0.22  # share of ink along a rule; along the foot of a line of text it is twice that
BESIDE_A_LONG_RULE = 0.3  # along a rule that is longer than any run of letters
LONGEST_RUN = 60.0  # points


def find_rules(ink: Grey, point: float) -> tuple[list[PixelBox], list[PixelBox]]:
    """Horizontal and vertical ruling lines; `point` is pixels a point.

    Pieces of one line are joined, and ends that stop just short of a crossing line reach it.
    """
    across = _joined(_long_runs(ink, round(24 * point), point), point)
    apart = _healed(ink, across)  # a pale rule does not show where it crosses another
    upright = _joined(_long_runs(apart.T.copy(), round(13 * point), point), point)
    down = [flipped(b) for b in upright]
    down = [d for d in down if _stands(d, across, ink, point)]
    across, down = unbroken(across, down, ink, point, blanks=False)
    return _reaching(across, down, 4 * point), [
        flipped(b)
        for b in _reaching([flipped(d) for d in down], [flipped(a) for a in across], 4 * point)
    ]


def with_edges(
    across: list[PixelBox], down: list[PixelBox], fills: Iterable[PaintedBox], point: float
) -> list[PixelBox]:
    """`across` with the edges of dark bands at which vertical rules end: the band has taken the
    horizontal rule there into its own ink, or broken it."""
    slack = 4 * point
    edges: list[PixelBox] = []
    for left, top, right, bottom in (f.box for f in fills if f.grey < DARK):
        between = [d for d in down if left - slack < d[0] < right + slack]
        for y, ends in ((top, [d[3] for d in between]), (bottom, [d[1] for d in between])):
            known = any(abs(e[1] - y) <= slack for e in edges)
            if not known and sum(abs(end - y) <= slack for end in ends) >= CROSSED_EDGE:
                edges.append((left, y - 1, right, y + 1))
    edges += _closing(across, down, slack)
    return across + [e for e in edges if not _is_drawn(e, across, slack)]


def _closing(across: list[PixelBox], down: list[PixelBox], slack: float) -> list[PixelBox]:
    """Lines from the first to the last of the vertical rules that cross a horizontal one and begin,
    or end, level: the head or foot that a scan lost of a table."""
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
            if len(here) > CROSSED_EDGE and not _is_drawn(
                (left, level, right, level), edges, slack
            ):
                edges.append((here[0][0], level - 1, here[-1][2], level + 1))
    return edges


def _is_drawn(edge: PixelBox, across: list[PixelBox], slack: float) -> bool:
    return any(
        abs(a[1] - edge[1]) <= slack and a[2] - a[0] > 0.9 * (edge[2] - edge[0]) for a in across
    )


def flipped(box: PixelBox) -> PixelBox:
    return box[1], box[0], box[3], box[2]


def _long_runs(ink: Grey, length: int, point: float) -> list[PixelBox]:
    """Thin horizontal runs of at least `length` pixels that drift a little at most, and do not
    pass through text. A dark one is all there is of it: no stroke of a letter lengthens it."""
    dark = (ink < 200).astype(np.uint8)
    pale = hair(ink, point)
    found: list[PixelBox] = []
    for mask, least in ((dark, length), (pale, length + round(HAIR_REACH * point))):
        thick = cv2.dilate(mask, np.ones((3, 1), np.uint8))
        bridged = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
        runs = as_grey(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, least), np.uint8)))
        found += [
            (x0, top + 1, x1, bottom - 1)
            for (x0, top, x1, bottom), area in components(runs)
            if area / (x1 - x0) <= 3 * point + 2
            and bottom - top <= 5 * point
            and _is_level(runs[top:bottom, x0:x1])
            and _is_free(dark, (x0, top, x1, bottom), point)
            and not any(meet((x0, top, x1, bottom), other) for other in found)
        ]
    drawn = np.maximum(dark, cv2.erode(pale, np.ones((1, odd(HAIR_REACH * point)), np.uint8)))
    return [_grown(run, drawn, dark, point) for run in found]


def healed(ink: Grey, across: list[PixelBox], down: list[PixelBox]) -> Grey:
    """`ink` with what stands on both sides of each rule in its place: a stamp over a table goes
    on there."""
    level = _healed(ink, across)
    return np.ascontiguousarray(_healed(level.T, [flipped(d) for d in down]).T)


def _healed(ink: Grey, across: list[PixelBox]) -> Grey:
    """`ink` with what stands above and below each horizontal rule in its place."""
    result = ink.copy()
    for left, top, right, bottom in across:
        over, under = max(0, top - RULE_EDGE - 1), min(len(ink) - 1, bottom + RULE_EDGE)
        rows = ink[over, left:right].astype(np.uint16) + ink[under, left:right]
        result[over + 1 : under, left:right] = rows // 2
    return result


def _grown(run: PixelBox, drawn: Grey, dark: Grey, point: float) -> PixelBox:
    """The horizontal `run` and, on both sides of it, the dots of `drawn` that are left of it; text,
    which is `dark`, ends it."""
    left, top, right, bottom = run
    middle, near, far = (top + bottom) // 2, round(0.5 * point), round(1.6 * point)
    on = drawn[max(0, middle - near) : middle + near + 1].max(axis=0)

    def beside(picture: Grey) -> Grey:
        sides = picture[max(0, middle - far) : max(1, middle - near - 1)]
        others = picture[middle + near + 2 : middle + far + 1]
        return as_grey(
            np.maximum.reduce([side.max(axis=0) for side in (sides, others) if side.size])
        )

    goes_on = (_share(on, BROKEN_REACH * point) >= BROKEN) & (
        _share(beside(dark), BROKEN_REACH * point) <= BROKEN
    )
    crossed = beside(drawn)
    on[crossed > 0] = 0
    beyond = on.copy()
    beyond[left:right] = 0
    sparse = _share(beyond, SPARSE_REACH * point)
    goes_on |= (sparse >= SPARSE) & (sparse >= 2 * _share(crossed, SPARSE_REACH * point))
    start, end = left, right
    while end < goes_on.size and goes_on[end]:
        end += 1
    while start > 0 and goes_on[start - 1]:
        start -= 1
    dots = np.nonzero(on[start:end])[0]  # the window looks beyond the last dot
    if not dots.size:
        return run
    return min(left, start + int(dots[0])), top, max(right, start + int(dots[-1]) + 1), bottom


def _share(marks: Grey, reach: float) -> npt.NDArray[np.float64]:
    """How much of `reach` pixels around each place is marked."""
    return np.asarray(np.convolve(marks, np.ones(round(reach)) / round(reach), "same"))


def _is_level(run: Grey) -> bool:
    """Does the line in `run` go on at the height where it begins?"""
    half = run.shape[1] // 2
    first, second = (float(np.nonzero(part)[0].mean()) for part in (run[:, :half], run[:, half:]))
    return bool(abs(second - first) <= LEVEL * half + 0.5)


def hair(ink: Grey, point: float) -> Grey:
    """Where ink is but a little darker than above and below it, along a few points: the pale thin
    rules that word processors draw around cells."""
    along = cv2.blur(ink, (odd(HAIR_REACH * point), 1))
    around = np.ones((odd(2 * point), 1), np.uint8)
    return (cv2.morphologyEx(along, cv2.MORPH_BLACKHAT, around) > HAIR_DEPTH).astype(np.uint8)


def _is_free(dark: Grey, box: PixelBox, point: float) -> bool:
    """Is there little ink along both sides of the horizontal line in `box`? Figures may touch one
    that is long and unbroken."""
    near, far = round(0.4 * point), round(1.3 * point)
    left, top, right, bottom = box
    above = dark[max(0, top - far) : max(1, top - near), left:right]
    below = dark[bottom + near : bottom + far, left:right]
    long = right - left > LONGEST_RUN * point
    unbroken = long and dark[top:bottom, left:right].max(axis=0).mean() > SOLID
    most = BESIDE_A_LONG_RULE if unbroken else BESIDE_A_RULE
    return all(band.size == 0 or band.mean() < most for band in (above, below))


def _joined(lines: list[PixelBox], point: float) -> list[PixelBox]:
    """Horizontal `lines`, those on one level with little between them made one."""
    result: list[PixelBox] = []
    for line in sorted(lines):
        for i, other in enumerate(result):
            near = abs((line[1] + line[3]) - (other[1] + other[3])) <= 2 * 1.6 * point
            if near and line[0] - other[2] <= 4 * point:
                result[i] = (
                    other[0],
                    min(line[1], other[1]),
                    max(line[2], other[2]),
                    max(line[3], other[3]),
                )
                break
        else:
            result.append(line)
    return sorted(result, key=lambda b: (b[1], b[0]))


def unbroken(
    across: list[PixelBox], down: list[PixelBox], ink: Grey, point: float, blanks: bool = True
) -> tuple[list[PixelBox], list[PixelBox]]:
    """The rules of a grid, whole where a scan broke them: where dots are left of one and, over
    `blanks`, where one ends at no other, as far as its next piece, or the next rule that it meets.
    """
    mask = (ink < DARK).astype(np.uint8)
    upright = np.ascontiguousarray(mask.T)
    turned = [flipped(d) for d in down]
    whole = _bridged(across, _spans(turned, point), mask, point, blanks)
    stood = _bridged(turned, _spans(across, point), upright, point, blanks)
    rows, columns = [flipped(a) for a in whole], [flipped(d) for d in stood]
    return (
        sorted(
            (_extended(a, columns, mask, point, blanks) for a in whole), key=lambda b: (b[1], b[0])
        ),
        [
            flipped(d)
            for d in sorted(
                (_extended(d, rows, upright, point, blanks) for d in stood),
                key=lambda b: (b[1], b[0]),
            )
        ],
    )


def _spans(lines: list[PixelBox], point: float) -> list[PixelBox]:
    """From the first to the last of horizontal `lines` on one level, standing upright."""
    spans: list[PixelBox] = []
    for line in sorted(lines, key=lambda b: b[1]):
        if spans and line[1] + line[3] - spans[-1][1] - spans[-1][3] <= 2 * 1.6 * point:
            spans[-1] = hull([spans[-1], line])
        else:
            spans.append(line)
    return [flipped(span) for span in spans]


def _bridged(
    lines: list[PixelBox], crossing: list[PixelBox], mask: Grey, point: float, blanks: bool
) -> list[PixelBox]:
    """Horizontal `lines`, the pieces of one made one."""
    result: list[PixelBox] = []
    for line in sorted(lines):
        for i, other in enumerate(result):
            left, right = other[2], line[0]
            longer = max(other[2] - other[0], line[2] - line[0])
            if (
                abs(line[1] + line[3] - other[1] - other[3]) <= 2 * 1.6 * point
                and right - left <= longer
                and all(_meets(piece, crossing, point) for piece in (line, other))
                and (
                    right - left < NARROW * point
                    or _goes_on(line, left, right, crossing, mask, point, blanks)
                )
            ):
                result[i] = hull([other, line])
                break
        else:
            result.append(line)
    return result


def _extended(
    line: PixelBox, crossing: list[PixelBox], mask: Grey, point: float, blanks: bool
) -> PixelBox:
    """The horizontal `line`, to both sides from one of `crossing` to the next as long as it goes on
    there."""
    left, top, right, bottom = line
    y, slack = (top + bottom) // 2, 4 * point
    xs = sorted((c[0] + c[2]) // 2 for c in crossing if c[1] - slack <= y <= c[3] + slack)
    inside = [x for x in xs if left - slack <= x <= right + slack]
    if not inside:
        return line
    high = LETTER * point  # the stem of a letter may lengthen a rule
    before, after = inside[0] - left > high, right - inside[-1] > high
    for x in xs[::-1]:
        if x < left - slack:
            if not _goes_on(line, x, left, crossing, mask, point, blanks and before):
                break
            left = x
    for x in xs:
        if x > right + slack:
            if not _goes_on(line, right, x, crossing, mask, point, blanks and after):
                break
            right = x
    return left, top, right, bottom


def _meets(line: PixelBox, crossing: list[PixelBox], point: float) -> bool:
    y, slack = (line[1] + line[3]) / 2, 4 * point
    return any(
        line[0] - slack <= c[0] <= line[2] + slack and c[1] - slack <= y <= c[3] + slack
        for c in crossing
    )


def _ends(x: int, line: PixelBox, crossing: list[PixelBox], point: float) -> bool:
    """Does the level of the horizontal `line` meet one of `crossing` at `x`?"""
    y, slack = (line[1] + line[3]) / 2, 4 * point
    return any(
        abs((c[0] + c[2]) / 2 - x) <= slack and c[1] - slack <= y <= c[3] + slack for c in crossing
    )


def _goes_on(
    line: PixelBox,
    left: int,
    right: int,
    crossing: list[PixelBox],
    mask: Grey,
    point: float,
    blanks: bool,
) -> bool:
    """Was there a part of the horizontal `line` from `left` to `right`? Dots are left of it or,
    where `blanks` count, nothing, from where none is `crossing`: a merged cell ends at rules."""
    middle, near, far = (line[1] + line[3]) // 2, round(0.8 * point), round(1.8 * point)
    margin = round(1.6 * point)  # what crosses at the ends is no dot
    if right - left <= 2 * margin:
        return False

    def marks(start: int, end: int) -> Grey:
        piece = mask[max(0, start) : max(1, end), left + margin : right - margin]
        return as_grey(piece.max(axis=0, initial=0))

    dots = marks(middle - near, middle + near + 1)
    sides = marks(middle - far, middle - near), marks(middle + near + 1, middle + far + 1)
    beside = max(float(side.mean()) for side in sides)
    apart = int((np.diff(dots.astype(np.int8), prepend=0) > 0).sum())
    if apart >= FEWEST_DOTS and dots.mean() >= max(DOTS, 3 * beside):
        return True
    stands = all(_ends(x, line, crossing, point) for x in (left, right))
    return blanks and not stands and max(float(dots.mean()), beside) <= BLANK


def _stands(down: PixelBox, across: list[PixelBox], ink: Grey, point: float) -> bool:
    """Is it a rule: does it end on others, or is it long, and no row of letters, one below the
    other, that only goes on where a rule was healed?"""
    if _touches(down, across, 4 * point):
        return True
    left, top, right, bottom = down
    crossed = [a[1] for a in across if a[0] < left < a[2] and top < a[1] < bottom]
    longest = max(b - a for a, b in pairwise([top, *sorted(crossed), bottom]))
    solid = (ink[top:bottom, max(0, left - 1) : right + 1].min(axis=1) < DARK).mean() > UNBROKEN
    return longest > LONG * point or bool(bottom - top > LONG * point and solid)


def _touches(down: PixelBox, across: list[PixelBox], slack: float) -> bool:
    x = (down[0] + down[2]) / 2
    ends = sum(
        any(
            a[0] - slack <= x <= a[2] + slack and abs(y - (a[1] + a[3]) / 2) <= slack
            for a in across
        )
        for y in (down[1], down[3])
    )
    return ends == 2


def _reaching(lines: list[PixelBox], crossing: list[PixelBox], slack: float) -> list[PixelBox]:
    """Horizontal `lines`, their ends moved onto a crossing line that is at most `slack` away."""
    result = []
    for left, top, right, bottom in lines:
        y = (top + bottom) / 2
        xs = [(c[0] + c[2]) // 2 for c in crossing if c[1] - slack <= y <= c[3] + slack]
        start = min((x for x in xs if abs(x - left) <= slack), default=left)
        end = max((x for x in xs if abs(x - right) <= slack), default=right)
        result.append((start, top, end, bottom))
    return result


def without_overlaid(across: list[PixelBox], down: list[PixelBox], point: float) -> list[PixelBox]:
    """The vertical rules `down` without what a paper clip or a pen has drawn: what goes on beyond
    the head or foot of the grid, at which the others end."""
    slack = 4 * point
    kept = []
    for rule in down:
        left, top, right, bottom = rule
        crossed = [a[1] for a in across if a[0] < left < a[2] and top < a[1] < bottom]
        for edge, level in ((1, min(crossed, default=top)), (3, max(crossed, default=bottom))):
            ending = sum(abs(d[edge] - level) <= slack for d in down)
            going_on = sum(d[1] < level - slack and level + slack < d[3] for d in down)
            if abs(rule[edge] - level) > BEYOND * point and ending > max(CROSSED_EDGE, going_on):
                top, bottom = (level, bottom) if edge == 1 else (top, level)
        whole = (left, top, right, bottom)
        if whole == rule or _touches(whole, across, slack):
            kept.append(whole)
    return kept


def without_rules(ink: Grey, rules: list[PixelBox]) -> Grey:
    """`ink` with every rule painted white."""
    result = ink.copy()
    for left, top, right, bottom in rules:
        result[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = 255
    return result


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


def stroke(ink: Grey, box: PixelBox) -> float:
    """How wide the strokes in `box` are, in pixels (ink over its outline); 0 without ink."""
    left, top, right, bottom = box
    piece = cv2.resize(ink[top:bottom, left:right], None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    mask = cv2.copyMakeBorder(
        (piece < DARK).astype(np.uint8), 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0
    )
    area = int(mask.sum())
    edge = area - int(cv2.erode(mask, np.ones((3, 3), np.uint8)).sum())
    return area / edge if edge else 0.0


def with_dark_columns(
    fills: list[PaintedBox], across: list[PixelBox], down: list[PixelBox], point: float
) -> tuple[list[PaintedBox], list[PixelBox], list[PixelBox]]:
    """`fills`, dark ones that are higher than wide parted at the lines across them, and the rules
    that are not of such a column: the rows that it heads may go on without any."""
    slack = 4 * point
    parted: list[PaintedBox] = []
    own: set[PixelBox] = set()
    for fill in fills:
        left, top, right, bottom = fill.box
        if fill.grey >= BAND or bottom - top <= right - left:
            parted.append(fill)
            continue
        lines = [
            a
            for a in across
            if left - slack <= a[0]
            and a[2] <= right + slack
            and top - slack <= a[1] <= bottom + slack
        ]
        sides = [
            d
            for d in down
            if top - slack <= d[1]
            and d[3] <= bottom + slack
            and min(abs(d[0] - left), abs(d[0] - right)) <= slack
        ]
        own |= {*lines, *sides}
    return parted, [a for a in across if a not in own], [d for d in down if d not in own]
