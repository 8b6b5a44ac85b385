import math

import cv2
import numpy as np
import pytest

from extractors.scans.cleaning import DARK
from extractors.scans.drawn_rules import find_rules
from extractors.scans.rings import find_rings, places_of, without_rings
from tests.extractors.scans.drawing import GRID, POINT, Grey

MIDDLE = (850, 400)  # on an upright rule of the grid, so that the ring crosses four rules
RADIUS = 170


def stamped(shade: int, *, closed: float = 1.0) -> Grey:
    """A grid under the two rings of a stamp, `closed` of each drawn, with letters between them."""
    ink = np.full((800, 1200), 255, np.uint8)
    stamp = ink.copy()
    for radius in (RADIUS, 110):
        cv2.ellipse(stamp, MIDDLE, (radius, radius), 0, 0, 360 * closed, shade, 5)
    for i in range(12):
        angle = i * math.pi / 6
        x, y = (
            m + round(140 * f(angle)) for m, f in zip(MIDDLE, (math.cos, math.sin), strict=True)
        )
        cv2.putText(stamp, "E", (x - 10, y + 10), cv2.FONT_HERSHEY_DUPLEX, 0.9, shade, 2)
    across, down = GRID
    for left, top, right, bottom in (*across, *down):
        ink[top:bottom, left:right] = 0
    cv2.putText(ink, "35 000", (MIDDLE[0] + 100, 440), cv2.FONT_HERSHEY_DUPLEX, 1.6, 0, 4)
    return np.minimum(ink, stamp)


@pytest.mark.parametrize("shade", [0, 130], ids=["black", "pale"])
def test_the_rings_of_a_stamp_are_found(shade: int) -> None:
    ink = stamped(shade)
    rings = find_rings(ink, POINT)
    assert {round((inner + outer) / 20) for _, _, inner, outer in rings} == {RADIUS // 10, 11}
    for place in places_of(rings, ink)[-1:]:
        assert place == pytest.approx(
            (MIDDLE[0] - RADIUS, MIDDLE[1] - RADIUS, MIDDLE[0] + RADIUS, MIDDLE[1] + RADIUS), abs=14
        )


def test_black_text_and_rules_stay_under_a_pale_ring() -> None:
    ink = stamped(130)
    bare = without_rings(ink, find_rings(ink, POINT))
    assert (bare[ink < 60] < 60).all()
    ring = bare[MIDDLE[1] - 50, MIDDLE[0] - RADIUS - 10 : MIDDLE[0] - RADIUS + 20]
    assert (ring > DARK).all()
    assert [len(rules) for rules in find_rules(bare, POINT)] == [7, 5]


@pytest.mark.parametrize(
    "ink",
    [
        pytest.param(stamped(130, closed=0.7), id="an arc"),
        pytest.param(np.full((800, 1200), 255, np.uint8), id="blank"),
        pytest.param(
            cv2.putText(np.full((800, 1200), 255, np.uint8), "OOO", (90, 600), 0, 3.0, 0, 6),
            id="letters",
        ),
    ],
)
def test_nothing_else_is_a_ring(ink: Grey) -> None:
    assert find_rings(ink, POINT) == []
