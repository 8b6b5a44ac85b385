"""Rules of the back of the paper."""

import numpy as np
import pytest

from extractors.scans.bitmap import PixelBox
from extractors.scans.shown_through import of_this_side

POINT = 4.0
XS, YS = (100, 500, 900, 1300), (100, 300, 500, 700)


def grid(dx: int, dy: int) -> tuple[list[PixelBox], list[PixelBox]]:
    """The rules around nine cells, `dx` and `dy` pixels from where those of this side stand."""
    left, right, top, bottom = XS[0] + dx, XS[-1] + dx, YS[0] + dy, YS[-1] + dy
    across = [(left, y + dy - 1, right, y + dy + 1) for y in YS]
    return across, [(x + dx - 1, top, x + dx + 1, bottom) for x in XS]


@pytest.mark.parametrize(
    ("other", "shade", "stays"),
    [
        pytest.param(grid(60, 70), 225, False, id="of a table on the back"),
        pytest.param(grid(60, 70), 60, True, id="as dark as the others"),
        pytest.param(
            (
                [(104, 200, 700, 202), (150, 400, 496, 402), (150, 600, 1296, 602)]
                + [(160, y, 1360, y + 2) for y in (130, 350)],
                [(250, 150, 252, 600)] + [(x, 104, x + 2, 296) for x in (650, 750, 850, 1050)],
            ),
            225,
            False,
            id="of one that is found in pieces",
        ),
        pytest.param(
            ([], [(x, 180, x + 2, 600) for x in (300, 600, 1100)]),
            225,
            True,
            id="upright below the head",
        ),
        pytest.param(
            ([(100, y - 1, 1300, y + 1) for y in (200, 400, 600)], []), 225, True, id="pale rows"
        ),
    ],
)
def test_pale_rules_that_fit_no_dark_ones_show_through(
    other: tuple[list[PixelBox], list[PixelBox]], shade: int, stays: bool
) -> None:
    ink = np.full((900, 1500), 255, np.uint8)
    mine = grid(0, 0)
    for rules, grey in ((other, shade), (mine, 10)):
        for left, top, right, bottom in (*rules[0], *rules[1]):
            ink[top : bottom + 1, left : right + 1] = grey
    both = mine[0] + other[0], mine[1] + other[1]
    assert of_this_side(*both, ink, POINT) == (both if stays else mine)


def test_a_rule_as_thin_as_nothing_stays() -> None:
    ink = np.full((300, 300), 255, np.uint8)
    rules = [(10, 51, 200, 49), (120, 90, 120, 92)], [(80, 10, 78, 200)]
    assert of_this_side(*rules, ink, POINT) == rules
