"""The rings of round stamps in a picture: they are neither rules nor text."""

from itertools import groupby

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import Grey, PixelBox, as_grey
from extractors.scans.cleaning import DARK, PALE

RADII = 25.0, 75.0  # points: of the outer ring of a stamp, or the inner one
SMALLEST = 10.0  # points: radius of a ring within another
THIN = 5.0  # points: what is drawn all around and thicker is text, or a seal
FAINT = 215  # 0 black … 255 white, on a picture a quarter of the size: a thin ring is darker
CLOSED = 0.9  # share of a ring that is drawn: letters along a circle are three quarters of it
CERTAIN = 0.7  # how well its edges lie on one circle, at least
TURN = np.linspace(0, 2 * np.pi, 360, endpoint=False)

Ring = tuple[float, float, float, float]  # middle (x, y), radii within and without, in pixels


def find_rings(ink: Grey, point: float) -> list[Ring]:
    """The rings on `ink`, each with those about the same middle; `point` is pixels a point."""
    quarter = as_grey(cv2.resize(ink, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA))
    small = point / 4
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(quarter, (3, 3), 0),
        cv2.HOUGH_GRADIENT_ALT,
        1.5,
        20 * small,
        param1=120,
        param2=CERTAIN,
        minRadius=round(RADII[0] * small),
        maxRadius=round(RADII[1] * small),
    )
    drawn = (cv2.erode(quarter, np.ones((3, 3), np.uint8)) < FAINT).astype(np.uint8)
    reach = range(round(SMALLEST * small), round(RADII[1] * small) + 1)
    found: set[Ring] = set()
    for x, y, radius in [] if circles is None else circles[0].tolist():
        if _drawn_share(drawn, x, y, radius) < CLOSED:
            continue
        shares = [(r, _drawn_share(drawn, x, y, r)) for r in reach]
        for closed, same in groupby(shares, lambda share: share[1] >= CLOSED):
            radii = [r for r, _ in same]
            if closed and len(radii) <= THIN * small:
                found.add((4 * x, 4 * y, 4 * (radii[0] - 1), 4 * (radii[-1] + 1)))
    return sorted(found)


def _drawn_share(drawn: npt.NDArray[np.uint8], x: float, y: float, radius: float) -> float:
    xs = np.round(x + radius * np.cos(TURN)).astype(int)
    ys = np.round(y + radius * np.sin(TURN)).astype(int)
    height, width = drawn.shape
    inside = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
    return float(drawn[ys[inside], xs[inside]].sum()) / TURN.size


def without_rings(ink: Grey, rings: list[Ring]) -> Grey:
    """`ink` without `rings`. Of what a pale one crosses, the black stays."""
    result = ink.copy()
    for x, y, inner, outer in rings:
        band = np.zeros_like(ink)
        middle = (round(x), round(y))
        cv2.circle(band, middle, round((inner + outer) / 2), 1, max(1, round(outer - inner)))
        on = band > 0
        inked = result[on & (result < DARK)]
        pale = inked.size > 0 and float(np.median(inked)) > PALE
        result[on & (result > PALE) if pale else on] = 255
    return result


def places_of(rings: list[Ring], ink: Grey) -> list[PixelBox]:
    """The rectangle around each of `rings`, as far as it is on the picture `ink`."""
    height, width = ink.shape
    return [
        (
            max(0, round(x - outer)),
            max(0, round(y - outer)),
            min(width, round(x + outer)),
            min(height, round(y + outer)),
        )
        for x, y, _, outer in rings
    ]
