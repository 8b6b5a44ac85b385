"""Ruling lines that show through from the back of the paper."""

from collections.abc import Sequence

import numpy as np

from extractors.scans.bitmap import Grey, PixelBox, flipped
from extractors.scans.cleaning import DARK

SLACK = 4.0  # points from a rule within which another ends at it
FEWEST = 3  # rules that fit none of this side show that there are some of the other
MANY = 1 / 2  # share of the pale rules that these are, at least


def of_this_side(
    across: list[PixelBox], down: list[PixelBox], ink: Grey, point: float
) -> tuple[list[PixelBox], list[PixelBox]]:
    """Horizontal and vertical rules without the pale ones, where many of these go through dark ones
    and do not end at others: they draw a table that is printed on the back of the paper. Those of a
    pale table with a dark line below its head do so upright alone."""
    upright = [flipped(rule) for rule in down]
    turned = np.ascontiguousarray(ink.T)
    dark_across = [rule for rule in across if _is_dark(rule, ink)]
    dark_upright = [rule for rule in upright if _is_dark(rule, turned)]
    pale = len(across) + len(down) - len(dark_across) - len(dark_upright)
    off = SLACK * point
    astray = [
        sum(
            _goes_through(rule, [flipped(other) for other in crossing], off)
            for rule in set(rules).difference(dark)
        )
        for rules, dark, crossing in (
            (across, dark_across, dark_upright),
            (upright, dark_upright, dark_across),
        )
    ]
    if not all(astray) or sum(astray) < max(FEWEST, MANY * pale):
        return across, down
    return dark_across, [flipped(rule) for rule in dark_upright]


def _is_dark(rule: PixelBox, ink: Grey) -> bool:
    """Is the horizontal `rule`, which may be as thin as nothing, as dark as ink?"""
    left, top, right, bottom = rule
    middle = (top + bottom) // 2
    drawn = ink[max(0, middle - 1) : middle + 2, left:right]
    return not drawn.size or float(np.median(drawn.min(axis=0))) <= DARK


def _goes_through(rule: PixelBox, crossing: Sequence[PixelBox], off: float) -> bool:
    """Does the horizontal `rule` go on to both sides of one of `crossing`, and not end at two?"""
    left, top, right, bottom = rule
    y = (top + bottom) / 2
    xs = [(c[0] + c[2]) / 2 for c in crossing if c[1] - off <= y <= c[3] + off]
    ends = all(any(abs(x - end) <= off for x in xs) for end in (left, right))
    return not ends and any(left + off < x < right - off for x in xs)
