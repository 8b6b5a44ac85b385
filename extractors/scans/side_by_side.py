"""Texts side by side whose lines are not level, as in cells of a table without rules: Tesseract
would read them as lines across all. Boxes are in pixels.
"""

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import Grey, PixelBox, halved

LETTERS = 3.5, 16.0  # points: the least and the greatest height of letters
TALL = 2.4  # times as high as most letters: no line is
BLANK = 4.0  # points between columns, at least; words are nearer to one another
INKED = 200  # what is darker, at half the size, holds ink
DUST = 0.5  # points of ink along a row or a column that are none
Mask = npt.NDArray[np.bool_]


def side_by_side(text: Grey, box: PixelBox, scale: float) -> list[PixelBox]:
    """The texts in `box` of `text` that stand beside others not level with them."""
    left, top, right, bottom = box
    small = halved(text[top:bottom, left:right]) < INKED
    return [
        (
            left + 2 * x0,
            top + 2 * y0,
            min(left + 2 * x1, right),
            min(top + 2 * y1, bottom),
        )
        for x0, y0, x1, y1 in _parted(small, scale / 2)
    ]


def _parted(dark: Mask, point: float) -> Iterator[PixelBox]:
    for top, bottom in _runs(np.asarray(dark.sum(axis=1) > DUST * point), 1):
        band = dark[top:bottom]
        columns = list(_runs(np.asarray(band.any(axis=0)), round(BLANK * point)))
        if len(columns) < 2 or not _has_several_lines(band, point):
            continue
        for left, right in columns:
            inner = list(_parted(band[:, left:right], point))
            for x0, y0, x1, y1 in inner or [(0, 0, right - left, bottom - top)]:
                yield left + x0, top + y0, left + x1, top + y1


def _has_several_lines(band: Mask, point: float) -> bool:
    """Is `band` higher than one line of its letters?"""
    _, _, stats, _ = cv2.connectedComponentsWithStats(band.astype(np.uint8), connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    lowest, highest = (v * point for v in LETTERS)
    letters = heights[(heights >= lowest) & (heights <= highest)]
    return bool(letters.size and len(band) > TALL * float(np.median(letters)))


def _runs(marks: Mask, gap: int) -> Iterator[tuple[int, int]]:
    """From where to where `marks` are set, with fewer than `gap` others between."""
    places = np.flatnonzero(marks)
    if not places.size:
        return
    ends = np.flatnonzero(np.diff(places) > gap)
    starts = [0, *(ends + 1).tolist()]
    for first, last in zip(starts, [*ends.tolist(), places.size - 1], strict=True):
        yield int(places[first]), int(places[last]) + 1
