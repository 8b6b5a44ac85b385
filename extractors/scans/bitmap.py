"""A page as a grey picture: drawn, turned, made straight.

Boxes are in pixels of the straightened picture, as (left, top, right, bottom).
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from extractors.pages.page import Projection

Grey = npt.NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]
DPI = 300
MAX_PIXELS = 20_000_000  # an A3 page at 300 dots an inch has 17 million
A4, LEAST_PAPER, LARGEST_PAPER = 842.0, 500.0, 1300.0  # points: the longer side; below A5, over A3
SCREEN = 100.0  # dots an inch: of no scan, but of a screen
STEEPEST = 5.0  # degrees of tilt that are looked for
STEEPEST_SLOPE = math.tan(math.radians(STEEPEST))
SLOPED = 40, 16  # pixels of a thumbnail: length of a text, at least, that tells its slope; height
STEP = 4  # such pixels: not so high is one level piece of a thin rule, which rises step by step
TEXTS = 10  # such texts, at least, are heard
APART = 0.8  # degrees by which the page may differ from what they say: letters mislead each
NEGATIVE = 80  # a page whose paper is as dark is a negative


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A page drawn upright, black on white; `scale` is pixels a point.

    `tilt` is how many degrees clockwise the page was turned to be straight, besides `turn`;
    `projection`, `resolution` and `enlarged` are as `Page` has them.
    """

    grey: Grey
    scale: float
    turn: int = 0
    tilt: float = 0.0
    projection: Projection | None = None
    resolution: float | None = None
    enlarged: float = 1.0

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.grey.shape
        return width / self.scale, height / self.scale


def draw(page: pypdfium2.PdfPage, enlarged: float = 1.0) -> Bitmap:
    """`page` as displayed, so many times `enlarged`, in grey, at 300 dots an inch or less where it
    is huge."""
    width, height = (enlarged * side for side in page.get_size())
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(1.0, width * height)))
    picture = page.render(scale=enlarged * scale, grayscale=True, may_draw_forms=True)
    try:
        grey = picture.to_numpy().reshape(picture.height, -1)[:, : picture.width].copy()
    finally:
        picture.close()
    upright = 255 - grey if np.median(grey[::8, ::8]) < NEGATIVE else grey
    resolution = _resolution(page)
    if resolution is not None:
        resolution /= enlarged
    return Bitmap(upright, scale, resolution=resolution, enlarged=enlarged)


def enlargement(page: pypdfium2.PdfPage) -> float:
    """How many times as large as it says `page`, a scan, is on A4: its program took no heed of the
    dots an inch of its picture, or of another's."""
    longest: float = max(page.get_size())
    coarse = (_resolution(page) or DPI) <= SCREEN
    if longest < LEAST_PAPER or (longest > LARGEST_PAPER and coarse):
        return A4 / longest
    return 1.0


def _resolution(page: pypdfium2.PdfPage) -> float | None:
    """Dots an inch of the finest of the pictures on `page`, the way it has fewer."""
    found = []
    for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
        a, b, c, d, *_ = picture.get_matrix().get()
        sizes = math.hypot(a, b), math.hypot(c, d)
        if min(sizes) > 1:
            found.append(min(72 * n / s for n, s in zip(picture.get_px_size(), sizes, strict=True)))
    return max(found, default=None)


def turned(bitmap: Bitmap, degrees: int) -> Bitmap:
    """`bitmap` turned clockwise by a multiple of 90 degrees."""
    grey = np.ascontiguousarray(np.rot90(bitmap.grey, -degrees // 90))
    return replace(bitmap, grey=grey, turn=(bitmap.turn + degrees) % 360)


def straightened(bitmap: Bitmap) -> Bitmap:
    """`bitmap` turned about its middle by the few degrees that make its lines level."""
    tilt = _tilt(thumbnail(bitmap.grey))
    if abs(tilt) < 0.04:
        return bitmap
    height, width = bitmap.grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -tilt, 1.0)
    paper = float(np.percentile(bitmap.grey[::8, ::8], 80))
    grey = cv2.warpAffine(
        bitmap.grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper
    )
    return replace(bitmap, grey=grey.astype(np.uint8), tilt=tilt)


def runs_sideways(bitmap: Bitmap) -> bool:
    """Does the text seem to run up or down the page rather than across?"""
    mask = thumbnail(bitmap.grey)
    text = np.where((_long(mask) | _long(mask.T).T) > 0, 0, mask).astype(np.uint8)
    return sharpness(np.ascontiguousarray(text.T)) > 1.2 * sharpness(text)


def _long(mask: Grey) -> Grey:
    """The horizontal rules of a thumbnail, which say nothing of how its text runs."""
    thick = cv2.dilate(np.ascontiguousarray(mask), np.ones((3, 1), np.uint8))
    return as_grey(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, 60), np.uint8)))


def thumbnail(grey: Grey) -> Grey:
    """Ink as 255 on 0, a quarter of the size."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((15, 15), np.uint8)), (15, 15), 0)
    return np.where(small < 0.75 * paper, 255, 0).astype(np.uint8)


def _tilt(mask: Grey) -> float:
    """How many degrees make the lines level. Columns whose lines are not level with one another may
    look sharpest askew: what their texts say by themselves counts more."""
    level, texts = _levelling(mask), sorted(lines_of_text(mask), key=lambda text: -text.slope)
    if len(texts) < TEXTS:
        return level
    heard = np.cumsum([text.width for text in texts])
    own = -math.degrees(math.atan(texts[int(np.searchsorted(heard, heard[-1] / 2))].slope))
    return level if abs(own - level) <= APART else own


class Text(NamedTuple):
    """A text on a line of a thumbnail: where its middle is, how steep it is, and its length."""

    x: float
    y: float
    slope: float
    width: int


def lines_of_text(mask: Grey) -> Iterator[Text]:
    """The texts of a thumbnail that tell their slope."""
    least, highest = SLOPED
    words = as_grey(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, 9), np.uint8)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(words, connectivity=8)
    for i, (left, top, width, height, _) in enumerate(stats.tolist()):
        if not i or width < max(least, 3 * height) or height < STEP:
            continue
        if height > highest + width * STEEPEST_SLOPE:
            continue
        place = np.s_[top : top + height, left : left + width]
        ink = np.where(labels[place] == i, mask[place], 0).astype(np.float64)
        total = ink.sum(axis=0)
        xs = np.flatnonzero(total)
        slope, start = np.polyfit(xs, (np.arange(height) @ ink)[xs] / total[xs], 1)
        y = float(top + start + slope * width / 2)
        yield Text(left + width / 2, y, float(slope), width)


def _levelling(mask: Grey) -> float:
    """The degrees at which rows of ink and rows of paper alternate most sharply."""
    best = 0.0
    for reach, step in ((STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02)):
        count = round(reach / step)
        candidates = [best + step * i for i in range(-count, count + 1)]
        best = max(candidates, key=lambda degrees: (sharpness(rotated(mask, degrees)), 0))
    return best


def rotated(mask: Grey, degrees: float) -> Grey:
    height, width = mask.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return as_grey(cv2.warpAffine(mask, matrix, (width, height), flags=cv2.INTER_LINEAR))


def sharpness(mask: Grey) -> float:
    """How sharply rows of ink and rows of paper alternate."""
    profile = mask.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(profile)).sum())


def as_grey(picture: npt.NDArray[Any]) -> Grey:
    return np.asarray(picture, dtype=np.uint8)


def halved(picture: Grey) -> Grey:
    """`picture` at half its size."""
    return as_grey(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def odd(value: float) -> int:
    return max(3, round(value) // 2 * 2 + 1)


def components(mask: Grey) -> Iterator[tuple[PixelBox, int]]:
    """Bounding box and number of pixels of each connected part of `mask`.

    Looked for in bands of rows with a blank below: most of a page is blank, and all of it takes
    several times as long. Each begins on an even row, as the search goes by pairs of rows.
    """
    rows = np.flatnonzero(mask.any(axis=1))
    if not rows.size:
        return
    for band in np.split(rows, np.flatnonzero(np.diff(rows) > 2) + 1):
        top = int(band[0]) // 2 * 2
        _, _, stats, _ = cv2.connectedComponentsWithStats(mask[top : band[-1] + 1], connectivity=8)
        for x, y, w, h, area in stats[1:].tolist():
            yield (x, top + y, x + w, top + y + h), area


def area_of(box: PixelBox) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def hull(boxes: Iterable[PixelBox]) -> PixelBox:
    """What holds all of `boxes`, of which there is one at least."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def flipped(box: PixelBox) -> PixelBox:
    return box[1], box[0], box[3], box[2]


def meet(one: PixelBox, other: PixelBox) -> bool:
    across = min(one[2], other[2]) > max(one[0], other[0])
    return across and min(one[3], other[3]) > max(one[1], other[1])
