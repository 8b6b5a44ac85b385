"""Stamps in a frame set aslant, as black as the text: nothing else on a straightened page leans."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import Grey, PixelBox, as_grey, halved
from extractors.scans.cleaning import DARK
from extractors.scans.stamp_text import ASKEW, STEEPEST, tilt_of

WIDTH = 40.0, 300.0  # points: how wide the frame of a stamp is
LEAST_HEIGHT = 15.0  # points
THICK = 2.0  # points by which a side strays from a straight line, its own width with it
DRAWN = 0.75  # share of each side that is inked, at least: a rule that crossed it is wiped out
CORNER = 0.3  # of the width of a frame: a rule that goes through more of it goes on below the stamp
ALIKE = 2.0  # degrees by which the text in a frame leans otherwise than it

Corners = npt.NDArray[np.float32]


def without_framed_stamps(
    ink: Grey, rules: Sequence[PixelBox], point: float
) -> tuple[Grey, Grey, list[PixelBox]]:
    """`ink`, which holds no `rules`, without the stamps that lean in a frame clear of these, the
    stamps alone, and where they stand. A frame whose text does not lean with it stays."""
    rest, stamps = ink.copy(), np.full_like(ink, 255)
    places: list[PixelBox] = []
    for corners in _frames(as_grey(halved(ink) < DARK), point / 2):
        whole, inside = (
            cv2.fillConvexPoly(np.zeros_like(ink), np.round(2 * quad).astype(np.int32), 1) > 0
            for quad in (_grown(corners, THICK * point / 2), _grown(corners, -THICK * point / 2))
        )
        left, top, width, height = cv2.boundingRect(whole.astype(np.uint8))
        place = left, top, left + width, top + height
        within = np.s_[top : top + height, left : left + width]
        text = as_grey(np.where(inside[within], ink[within], 255))
        through = (inside[y0:y1, x0:x1].any(axis=0).sum() for x0, y0, x1, y1 in rules)
        if max(through, default=0) > CORNER * width or not _leans_alike(text, corners):
            continue
        stamps[whole] = ink[whole]
        rest[whole] = 255
        places.append(place)
    return rest, stamps, places


def _frames(mask: Grey, point: float) -> Iterator[Corners]:
    """The corners, clockwise, of each frame in `mask` that leans."""
    near = as_grey(cv2.dilate(mask, np.ones((3, 3), np.uint8)))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        _, _, width, height = cv2.boundingRect(contour)
        if not WIDTH[0] * point <= width <= WIDTH[1] * point or height < LEAST_HEIGHT * point:
            continue
        corners = np.asarray(cv2.boxPoints(cv2.minAreaRect(contour)), np.float32)
        if ASKEW <= abs(_lean(corners)) <= STEEPEST and all(
            _is_drawn(near, a, b) for a, b in zip(corners, np.roll(corners, -1, 0), strict=True)
        ):
            yield corners


def _lean(corners: Corners) -> float:
    """How many degrees clockwise the frame is to be turned to be level, -45 to 45."""
    x, y = corners[1] - corners[0]
    return float((45.0 - np.degrees(np.arctan2(y, x))) % 90.0 - 45.0)


def _is_drawn(near: Grey, start: npt.NDArray[np.float32], end: npt.NDArray[np.float32]) -> bool:
    """Is most of the line from `start` to `end` inked in `near`?"""
    count = max(2, round(float(np.linalg.norm(end - start))))
    xs, ys = (np.linspace(a, b, count).round().astype(int) for a, b in zip(start, end, strict=True))
    xs, ys = xs.clip(0, near.shape[1] - 1), ys.clip(0, near.shape[0] - 1)
    return bool(near[ys, xs].mean() >= DRAWN)


def _grown(corners: Corners, by: float) -> Corners:
    """`corners` of a frame `by` pixels further out on both axes, or further in."""
    middle = corners.mean(axis=0)
    away = corners - middle
    lengths = np.linalg.norm(away, axis=1, keepdims=True)
    return np.asarray(middle + away * (1 + by * np.sqrt(2) / lengths), np.float32)


def _leans_alike(text: Grey, corners: Corners) -> bool:
    tilt = tilt_of(text)
    return tilt != 0 and abs(tilt - _lean(corners)) <= ALIKE
