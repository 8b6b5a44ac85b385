"""Two pages that were scanned on one sheet."""

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.pages.two_up import FEWEST, LONG, WIDE
from extractors.scans.bitmap import Bitmap, Grey, PixelBox, as_grey, components, halved
from extractors.scans.cleaning import DARK

SHEET_OF_TWO = 1000.0  # points: two pages of A4 that were scanned together are wider
GUTTER = 0.015  # of the width of such a sheet: blank on both sides of its middle, at least
SUPPOSED = 0.1  # share of the middle of such a rule that is drawn, at most
SPACE = 6.0  # points between words, at most, on a sheet with two pages printed smaller


def fold_of(bitmap: Bitmap, text: Grey, ink: Grey, rules: Sequence[PixelBox]) -> float | None:
    """Where the blank is, in points, that parts two pages on one sheet; None on one page. Rules are
    drawn on `ink`, and not on `text`."""
    width, height = bitmap.points
    if width < WIDE * height:
        return None
    small = halved(text)
    inked = np.asarray((small < DARK).max(axis=0))
    middle = inked.size // 2
    reach = round(GUTTER * inked.size)
    for rule in rules:
        left, _, right, _ = rule
        shadow = 4 < right - left < 8 * reach  # of the gutter, at the foot of the pages
        if not shadow and len(parted(rule, 2 * middle, ink)) == 1:
            inked[left // 2 : right // 2 + 1] = True
    if inked[middle - reach : middle + reach].any() or not (
        inked[: middle - reach].any() and inked[middle + reach :].any()
    ):
        return None
    if width < SHEET_OF_TWO and not _are_pages(small, rules, round(SPACE * bitmap.scale / 2)):
        return None
    return width / 2


def parted(rule: PixelBox, middle: int, ink: Grey) -> list[PixelBox]:
    """`rule`, or what is drawn of it on both sides of `middle`, where it was only supposed."""
    left, top, right, bottom = rule
    reach = round(GUTTER * ink.shape[1])
    if not left + reach < middle < right - reach:
        return [rule]
    drawn = np.asarray((ink[max(0, top - 2) : bottom + 3, left:right] < DARK).any(axis=0))
    at = middle - left
    if drawn[at - reach : at + reach].mean() > SUPPOSED:
        return [rule]
    before, after = np.flatnonzero(drawn[:at]), np.flatnonzero(drawn[at:])
    ends = int(before.max(initial=0)), at + int(after.min(initial=right - middle))
    return [(left, top, left + ends[0], bottom), (left + ends[1], top, right, bottom)]


def _are_pages(text: Grey, rules: Sequence[PixelBox], space: int) -> bool:
    """Have both halves of `text`, at half the size, lines or rules as long as a page's; or one many
    of them, and the other, which may be the end of an act, some half as long?"""
    width = text.shape[1]
    lines = cv2.morphologyEx(as_grey(text < DARK), cv2.MORPH_CLOSE, np.ones((1, space), np.uint8))

    def on_halves(length: float) -> list[int]:
        """How many lines and rules so long, in widths of the sheet, begin on either half."""
        run = np.ones((1, round(length * width)), np.uint8)
        long = as_grey(cv2.morphologyEx(lines, cv2.MORPH_OPEN, run))
        starts = [left for (left, _, _, _), _ in components(long)]
        starts += [r[0] // 2 for r in rules if r[2] - r[0] >= 2 * length * width]
        first = sum(start < width / 2 for start in starts)
        return [first, len(starts) - first]

    long = on_halves(LONG)
    return min(long) >= FEWEST or (max(long) >= 2 * FEWEST and min(on_halves(LONG / 2)) > 0)
