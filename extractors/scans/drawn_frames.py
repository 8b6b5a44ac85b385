"""Frames that stamps leave over a table in a picture: their sides are no rules."""

import numpy as np

from extractors.scans.bitmap import Grey, PixelBox, area_of, flipped, hull
from extractors.scans.cleaning import PALE
from extractors.scans.drawn_rules import find_rules, without_rules

FADED = 40  # shades of grey by which a stamp's frame is paler than the rules that it crosses
HIDDEN = 8  # pixels from the middle of a rule within which another is not found by itself


def find_frames(
    ink: Grey, across: list[PixelBox], down: list[PixelBox], point: float
) -> list[list[PixelBox]]:
    """The sides of each frame that stands level over a grid, as a stamp may, among the rules that
    `find_rules` gives.

    A rule of a grid ends on another. Where two end at one another, one crosses a rule on its way,
    and both are paler than that, or other rules pass beyond them on all sides, they frame what was
    put on the grid. Of two frames that cross, the smaller one was.
    """
    slack = 4 * point
    corners = [(a, d) for a in across for d in down if _corner(a, d, slack)]
    corners.sort(key=lambda pair: area_of(hull(pair)))
    shades = {a: _shade(ink, a) for a in across} | {d: _shade(ink.T, flipped(d)) for d in down}
    frames: list[list[PixelBox]] = []
    for pale in (True, False):
        for a, d in corners:
            taken = {side for sides in frames for side in sides} | {a, d}
            rest_across = [other for other in across if other not in taken]
            rest_down = [other for other in down if other not in taken]
            crossed = [*_crossed(a, rest_down, slack), *_crossed(d, rest_across, slack)]
            if not crossed or any(a in sides or d in sides for sides in frames):
                continue
            faded = min(shades[a], shades[d]) > min(shades[o] for o in crossed) + FADED
            if not (faded if pale else _is_surrounded((a, d), rest_across, rest_down, slack)):
                continue
            sides = _with_sides([a, d], corners, [*across, *down], slack)
            if max(len(set(across) & set(sides)), len(set(down) & set(sides))) <= 2:
                frames.append(sides)
    return frames


def _with_sides(
    sides: list[PixelBox],
    corners: list[tuple[PixelBox, PixelBox]],
    rules: list[PixelBox],
    slack: float,
) -> list[PixelBox]:
    """`sides` and, round the frame, those of `rules` that end at their ends or level with them."""
    for side in sides:
        ends = [other for pair in corners if side in pair for other in pair]
        level = [other for other in rules if _faces(side, other, slack)]
        sides += [other for other in dict.fromkeys([*ends, *level]) if other not in sides]
    return sides


def _faces(one: PixelBox, other: PixelBox, slack: float) -> bool:
    """Do both run the same way, from and to the same level?"""
    if _is_across(one) != _is_across(other):
        return False
    along = (0, 2) if _is_across(one) else (1, 3)
    return all(abs(one[i] - other[i]) <= slack for i in along)


def _is_across(rule: PixelBox) -> bool:
    return rule[2] - rule[0] > rule[3] - rule[1]


def rules_without(
    ink: Grey,
    across: list[PixelBox],
    down: list[PixelBox],
    frames: list[list[PixelBox]],
    point: float,
) -> tuple[list[PixelBox], list[PixelBox]]:
    """The rules `across` and `down` without `frames`, and those that only show once these are wiped
    out: where a side hid one."""
    sides = [side for frame in frames for side in frame]
    again_across, again_down = find_rules(_without_frames(ink, frames), point)
    ends = [hull(frame) for frame in frames]
    return _unframed([a for a in across if a not in sides], again_across, ends, point), [
        flipped(rule)
        for rule in _unframed(
            [flipped(d) for d in down if d not in sides],
            [flipped(d) for d in again_down],
            [flipped(end) for end in ends],
            point,
        )
    ]


def _unframed(
    rules: list[PixelBox], again: list[PixelBox], frames: list[PixelBox], point: float
) -> list[PixelBox]:
    """Horizontal `rules`, those that a side of `frames` lengthens as long as they are found
    `again`, and what is found that is none of them and goes on beyond the frames."""
    result, known = [], []
    for left, top, right, bottom in rules:
        level = [a for a in again if abs(a[1] + a[3] - top - bottom) <= 4 * point]
        known += level
        if level and any(abs(frame[0] - left) <= 4 * point for frame in frames):
            left = min(a[0] for a in level)
        if level and any(abs(frame[2] - right) <= 4 * point for frame in frames):
            right = max(a[2] for a in level)
        result.append((left, top, right, bottom))
    hidden = [
        a
        for a in again
        if a not in known
        and not any(f[0] - 4 * point <= a[0] and a[2] <= f[2] + 4 * point for f in frames)
    ]
    return [*result, *hidden]


def _without_frames(ink: Grey, frames: list[list[PixelBox]]) -> Grey:
    """`ink` without `frames`, and without what is as pale along their level sides, where a rule may
    hide one."""
    result = without_rules(ink, [side for sides in frames for side in sides])
    for sides in frames:
        darkest = min(_shade(ink, s) if _is_across(s) else _shade(ink.T, flipped(s)) for s in sides)
        left, top, right, bottom = hull(sides)
        for y in (top, bottom) if darkest > PALE else ():
            band = result[max(0, y - HIDDEN) : y + HIDDEN, left:right]
            band[band > darkest - FADED] = 255
    return result


def _corner(across: PixelBox, down: PixelBox, slack: float) -> bool:
    """Does an end of `across` meet an end of `down`?"""
    y, x = (across[1] + across[3]) / 2, (down[0] + down[2]) / 2
    off = min(abs(x - across[0]), abs(x - across[2])), min(abs(y - down[1]), abs(y - down[3]))
    return max(off) <= slack


def _crossed(rule: PixelBox, others: list[PixelBox], slack: float) -> list[PixelBox]:
    """Those of `others`, which run across `rule`, that go on beyond it, as it does beyond them."""

    def passes(one: PixelBox, other: PixelBox) -> bool:
        i = 0 if _is_across(one) else 1
        return one[i] + slack < (other[i] + other[i + 2]) / 2 < one[i + 2] - slack

    return [other for other in others if passes(rule, other) and passes(other, rule)]


def _is_surrounded(
    corner: tuple[PixelBox, PixelBox],
    across: list[PixelBox],
    down: list[PixelBox],
    slack: float,
) -> bool:
    """Do rules pass on all four sides of `corner`, none near it?"""
    one, other = corner
    x, y = (other[0] + other[2]) / 2, (one[1] + one[3]) / 2
    beside = (
        [(a[1] + a[3]) / 2 - y for a in across if a[0] < x < a[2]],
        [(d[0] + d[2]) / 2 - x for d in down if d[1] < y < d[3]],
    )
    return all(
        some and min(some) < -slack and max(some) > slack and min(map(abs, some)) > slack
        for some in beside
    )


def _shade(ink: Grey, across: PixelBox) -> int:
    """The grey of a horizontal line, 0 black … 255 white."""
    left, top, right, bottom = across
    middle = (top + bottom) // 2
    strip = ink[max(0, middle - HIDDEN) : middle + HIDDEN + 1, left:right]
    return int(np.median(strip.min(axis=0)))
