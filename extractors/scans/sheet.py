"""The sheet of paper on a page that was photographed: found on what it lies on, and laid flat."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import Bitmap, Grey, as_grey, odd

SHRUNK = 8  # the sheet is looked for on a picture so many times smaller
LETTERS = 9.0  # points: text so far from paper on all sides is filled in
DARKER = 60  # shades by which the ground is darker than the sheet, at least
NEAR = 3.0  # pixels of the small picture from a side within which its edge is seen
SEEN = 0.4  # share of a side along which its edge is seen, at least: a hand shades the rest
CLEAR = 0.7  # the same of a side that no shadow hides
ASLANT = 0.4  # slope of a side at most: the edge of a shadow is steeper
LEAST = 0.4  # share of the picture that the sheet covers, at least
PRINTED = 0.03  # share of the ground that is lighter: more is print on a dark page
BORDER = 6.0  # points within the sheet that its shadow and the lens darken

Line = tuple[float, float]  # slope, start


class Side(NamedTuple):
    """An edge of a sheet, as x = slope · y + start, and the share of it along which it is seen."""

    slope: float
    start: float
    seen: float

    def ends_within(self, length: int) -> bool:
        """Does the sheet end there, `length` long, not with the picture?"""
        return self.slope * length / 2 + self.start > NEAR


UNSEEN = Side(0.0, 0.0, 0.0)


def flattened(bitmap: Bitmap) -> Bitmap:
    """`bitmap` with the sheet that lies on a darker ground seen from straight above, in the middle
    of where it lay, and white around it; as it is, where no such sheet is seen."""
    quad = _corners(bitmap)
    if quad is None:
        return bitmap
    seen, (left, top, right, bottom) = seen_from_above(bitmap, quad)
    rows, columns = bitmap.grey.shape
    border = BORDER * bitmap.scale
    inside = (
        slice(round(max(0.0, top + border)), round(bottom - border)),
        slice(round(max(0.0, left + border)), round(right - border)),
    )
    grey = _ground(seen.grey[inside], (rows, columns), (inside[0].start, inside[1].start))
    grey[inside] = seen.grey[inside]
    return replace(seen, grey=grey)


def seen_from_above(
    bitmap: Bitmap, quad: npt.NDArray[np.float32]
) -> tuple[Bitmap, tuple[float, float, float, float]]:
    """`bitmap` where `quad`, corners clockwise from the top left one in pixels, is a rectangle in
    the middle of where it lay; and that rectangle (left, top, right, bottom).

    `projection` leads back to where things were.
    """
    width = float(np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
    height = float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    x, y = (float(v) for v in quad.mean(axis=0))
    left, top, right, bottom = x - width / 2, y - height / 2, x + width / 2, y + height / 2
    flat = np.asarray([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, flat)
    seen = cv2.warpPerspective(
        _with_even_edges(bitmap.grey, odd(LETTERS * bitmap.scale)),
        matrix,
        bitmap.grey.shape[::-1],
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    points = np.diag([bitmap.scale, bitmap.scale, 1.0])
    a, b, c, d, e, f, g, h, i = (
        float(v) for v in (np.linalg.inv(points) @ np.linalg.inv(matrix) @ points).flat
    )
    flattened = replace(bitmap, grey=as_grey(seen), projection=(a, b, c, d, e, f, g, h, i))
    return flattened, (left, top, right, bottom)


def _with_even_edges(grey: Grey, reach: int) -> Grey:
    """`grey` whose outermost pixels are as light as the paper near them, within `reach`: they are
    what is seen beyond the picture, and a mark in them would be a line there."""
    result = grey.copy()
    for edge in (result[:1], result[-1:], result[:, :1].T, result[:, -1:].T):
        edge[:] = cv2.blur(cv2.dilate(edge, np.ones((1, reach), np.uint8)), (reach, 1))
    return result


def _ground(sheet: Grey, size: tuple[int, int], corner: tuple[int, int]) -> Grey:
    """A picture of `size` as bright as `sheet` is at its edges, which lies at `corner` on it: no
    step there is taken for a line."""
    step = 4 * SHRUNK
    paper = cv2.resize(sheet, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(paper, np.ones((3, 3), np.uint8)), 5)
    top, left = (v // step for v in corner)
    rows, columns = (v // step + 1 for v in size)
    below, right = rows - top - paper.shape[0], columns - left - paper.shape[1]
    wide = cv2.copyMakeBorder(paper, top, max(0, below), left, max(0, right), cv2.BORDER_REPLICATE)
    return cv2.resize(wide, size[::-1], interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def _corners(bitmap: Bitmap) -> npt.NDArray[np.float32] | None:
    """Those of the sheet, clockwise from the top left one, in pixels; None without a sheet."""
    small = cv2.resize(
        bitmap.grey, None, fx=1 / SHRUNK, fy=1 / SHRUNK, interpolation=cv2.INTER_AREA
    )
    reach = round(LETTERS * bitmap.scale / SHRUNK) | 1
    light = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    light = as_grey(cv2.GaussianBlur(light, (5, 5), 0))
    plain, local = map(_sides, _masks(light))
    sides = plain if all(side.seen >= CLEAR for side in plain) else local
    height, width = light.shape
    lengths = (height, height, width, width)
    if sum(s.ends_within(length) for s, length in zip(sides, lengths, strict=True)) < 3:
        return None
    left, right, top, bottom = ((side.slope, side.start) for side in sides)
    right = -right[0], width - 1 - right[1]
    bottom = -bottom[0], height - 1 - bottom[1]
    pairs = ((left, top), (right, top), (right, bottom), (left, bottom))
    corners = np.asarray([meeting(down, across) for down, across in pairs], np.float32)
    sheet = cv2.fillConvexPoly(np.zeros_like(light), np.round(corners).astype(np.int32), 1)
    around = cv2.dilate(sheet, np.ones((9, 9), np.uint8)) == 0
    if sheet.mean() < LEAST or not around.any():
        return None
    paper, ground = float(np.median(light[sheet > 0])), float(np.median(light[around]))
    printed = (light[around] > ground + (paper - ground) / 3).mean()
    if paper < ground + DARKER or printed > PRINTED:
        return None
    return (corners + 0.5) * SHRUNK


def _masks(light: Grey) -> Iterator[Grey]:
    """What may be the sheet: all above the shade that best parts the picture in two; then, as a
    shadow may fall on both parts, at an edge the lighter side of it."""
    shade = cv2.threshold(light, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]
    yield as_grey(light > shade)
    around = np.ones((7, 7), np.uint8)
    lightest, darkest = (f(light, around).astype(np.int16) for f in (cv2.dilate, cv2.erode))
    middle = (lightest + darkest) // 2
    yield as_grey(light > np.where(lightest - darkest > DARKER, middle, shade))


def _sides(mask: Grey) -> list[Side]:
    """The left, right, upper and lower edge of what is set in `mask`, each as seen from there."""
    return [_side(m) for m in (mask, mask[:, ::-1], mask.T, mask.T[:, ::-1])]


def _side(mask: Grey) -> Side:
    """The left edge of what is set in `mask`; that of the picture where it is not seen."""
    ys = np.nonzero(mask.any(axis=1))[0]
    xs = mask[ys].argmax(axis=1)
    if ys.size < mask.shape[0] / 3:
        return UNSEEN
    known = np.ones(ys.size, bool)
    slope, start = 0.0, float(np.percentile(xs, 40))
    for _ in range(8):
        off = np.abs(xs - (slope * ys + start))
        known = off <= max(NEAR, float(np.median(off)))
        slope, start = (float(v) for v in np.polyfit(ys[known], xs[known], 1))
    seen = float((np.abs(xs - (slope * ys + start)) <= NEAR).mean())
    return Side(slope, start, seen) if seen >= SEEN and abs(slope) <= ASLANT else UNSEEN


def meeting(down: Line, across: Line) -> tuple[float, float]:
    """Where x = slope · y + start meets y = slope · x + start."""
    x = (down[0] * across[1] + down[1]) / (1 - down[0] * across[0])
    return x, across[0] * x + across[1]
