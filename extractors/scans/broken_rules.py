"""Rules that a scan broke, made whole: where dots are left of them, or a grid needs them."""

import numpy as np

from extractors.scans.bitmap import Grey, PixelBox, as_grey, flipped, hull
from extractors.scans.cleaning import DARK, LETTER

DOTS = 0.02  # share of a piece of a rule, from one that it crosses to another, that is left
FEWEST_DOTS = 3  # apart: the stem of a letter is one
SPREAD = 0.5  # share of that piece over which they are spread, at least
NARROW = 8.0  # points: no cell is narrower
BLANK = 0.15  # share of a blank that dots or a rule across it may darken


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
        level = [
            i
            for i, other in enumerate(result)
            if abs(line[1] + line[3] - other[1] - other[3]) <= 2 * 1.6 * point
        ]
        last = max(level, key=lambda i: result[i][2], default=None)
        if last is not None and _is_next(result[last], line, crossing, mask, point, blanks):
            result[last] = hull([result[last], line])
        else:
            result.append(line)
    return result


def _is_next(
    piece: PixelBox,
    line: PixelBox,
    crossing: list[PixelBox],
    mask: Grey,
    point: float,
    blanks: bool,
) -> bool:
    """Is `line` the next piece of the rule that `piece` is one of?"""
    left, right = piece[2], line[0]
    if right - left > max(piece[2] - piece[0], line[2] - line[0]):
        return False
    if not all(_meets(one, crossing, point) for one in (line, piece)):
        return False
    near = right - left < NARROW * point
    return near or _goes_on(line, left, right, crossing, mask, point, blanks)


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
    places = np.flatnonzero(dots)
    spread = np.ptp(places) if places.size else 0  # a line of text that begins there has no more
    if (
        apart >= FEWEST_DOTS
        and dots.mean() >= max(DOTS, 3 * beside)
        and spread >= SPREAD * dots.size
    ):
        return True
    stands = all(_ends(x, line, crossing, point) for x in (left, right))
    return blanks and not stands and max(float(dots.mean()), beside) <= BLANK
