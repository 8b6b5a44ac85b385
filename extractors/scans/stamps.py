"""The stamps in a picture: they are no text of the page, and what they cover of it stays."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import (
    Grey,
    PixelBox,
    area_of,
    as_grey,
    components,
    hull,
    meet,
    odd,
)
from extractors.scans.cleaning import DARK, LETTER, PALE

PALER = 20  # shades by which a stamp is surely paler than the letters of a page
NEARLY_ALL = 90  # of a hundred letters
MOSTLY = 0.6  # of a letter: what a stamp touches is less black
LEAST = 3.5  # points: smaller are no letters
FULL = 0.3  # of the box of a word is ink at least, as of that of a line that leans it is not
GAP = 4.0  # points: a stamp's frame is broken where it crosses text or rules
WIDTH = 40.0  # points at least, and half as high
WIDEST = 400.0  # points: what is wider is the rest of a table's rules
BLUR = np.ones((5, 5), np.uint8)  # as far as a stroke is blurred, in pixels


def without_stamps(
    ink: Grey, whole: Grey, known: Sequence[PixelBox], point: float
) -> tuple[Grey, Grey, list[PixelBox]]:
    """`ink`, which holds no rules, without stamps, the stamps alone, and where they stand.

    A stamp is a broad drawing, such as a frame or a ring, in ink paler than the text, with what is
    as pale inside: what it covers of the text stays. On `whole`, which is healed of rules, it goes
    on where they cross it. One stands at each place that is `known`, whatever is drawn there.
    """
    smooth = as_grey(cv2.blur(whole, (3, 3)))
    core = as_grey(cv2.erode(smooth, BLUR))
    places = _places((whole < DARK) & (core >= PALE), known, point)
    rest, stamps = ink.copy(), np.full_like(ink, 255)
    outside = whole.copy()
    for left, top, right, bottom in places:
        outside[top:bottom, left:right] = 255
    letters = _Parts.of(outside, smooth, point).darkness() if places else 0.0
    for left, top, right, bottom in places:
        inside = (slice(top, bottom), slice(left, right))
        parts = _Parts.of(whole[inside], smooth[inside], point)
        level = parts.level_over(letters)
        black = core[inside] < level
        if level > PALE:  # that parts letters from the stamp: their thin strokes are as pale as it
            black |= parts.mostly(black)
        pale = ((whole[inside] < DARK) & ~black).astype(np.uint8)
        taken = cv2.dilate(pale, BLUR).astype(bool) & ~black
        stamps[inside][taken] = whole[inside][taken]
        rest[inside][taken] = 255
    return rest, stamps, places


def _places(pale: npt.NDArray[np.bool_], known: Sequence[PixelBox], point: float) -> list[PixelBox]:
    """Where stamps stand: broad drawings in `pale` ink, no words whose letters touch one another,
    and those that are `known`."""
    mask = pale.astype(np.uint8)
    drawn = np.zeros_like(mask)
    for box, area in components(mask):
        left, top, right, bottom = box
        word = LEAST * point < bottom - top <= LETTER * point and area > FULL * area_of(box)
        if max(right - left, bottom - top) > LETTER * point and not word:
            drawn[top:bottom, left:right] = mask[top:bottom, left:right]
    gap = np.ones((odd(GAP * point),) * 2, np.uint8)
    places: list[PixelBox] = []
    closed = as_grey(cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, gap))
    parts = [*known, *(box for box, _ in components(closed))]
    for part in sorted(parts, key=area_of, reverse=True):
        met = [place for place in places if meet(place, part)]
        if met or min(part[2] - part[0], 2 * (part[3] - part[1])) > WIDTH * point:
            places = [place for place in places if place not in met] + [hull([*met, part])]
    return [place for place in places if place[2] - place[0] <= WIDEST * point]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The connected parts of a picture's ink, 0 the paper: their `sizes` in pixels, width and
    height, and the `darkest` shade of each."""

    labels: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]
    darkest: npt.NDArray[np.uint8]
    smooth: Grey
    point: float

    @classmethod
    def of(cls, picture: Grey, smooth: Grey, point: float) -> "_Parts":
        """Those of `picture`, and how dark they are when it is `smooth`."""
        mask = (picture < DARK).astype(np.uint8)
        count, marks, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        labels = np.asarray(marks, np.int32)
        darkest = np.full(count, 255, np.uint8)
        np.minimum.at(darkest, labels.ravel(), smooth.ravel())
        darkest[0] = 255
        sizes = np.asarray(stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]], np.int32)
        sizes[0] = 0
        return cls(labels, sizes, darkest, smooth, point)

    @property
    def are_small(self) -> npt.NDArray[np.bool_]:
        """Which parts are no larger than letters."""
        return np.asarray(self.sizes.max(axis=1) <= LETTER * self.point)

    def darkness(self) -> float:
        """How dark nearly all letters are."""
        letters = self.darkest[self.are_small & (self.sizes[:, 1] > LEAST * self.point)]
        return float(np.percentile(letters, NEARLY_ALL)) if letters.size else 255.0

    def level_over(self, letters: float) -> float:
        """The shade than which a stamp is paler: between the `letters` of the page and the largest
        part, its frame, where that is paler than they are."""
        if self.are_small.all():
            return PALE
        largest = int(self.sizes.max(axis=1).argmax())
        frame = float(np.percentile(self.smooth[self.labels == largest], 5))
        return max(PALE, (letters + frame) / 2) if frame > letters + PALER else PALE

    def mostly(self, black: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Where letters stand that are `black` for the most part, and what blurs around them."""
        count = len(self.sizes)
        area = np.bincount(self.labels.ravel(), minlength=count)
        dark = np.bincount(self.labels[black], minlength=count)
        letters = self.are_small & (dark > MOSTLY * area)
        letters[0] = False
        return cv2.dilate(letters[self.labels].astype(np.uint8), BLUR).astype(bool)
