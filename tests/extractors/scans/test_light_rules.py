"""White rules between coloured cells."""

from itertools import pairwise

import cv2
import numpy as np
import pytest

from extractors.scans.cleaning import PaintedBox
from extractors.scans.light_rules import light_rules, together
from tests.extractors.scans.drawing import POINT, Grey

XS = (100, 400, 700, 1000, 1300)
YS = (100, 160, 300, 440, 580)
HEAD = PaintedBox((100, 100, 1300, 160), 90)


def grid(white: int = 250, columns: int = 4) -> Grey:
    """A dark head with light text and three striped rows with dark text, white rules between."""
    picture = np.full((700, 1400), 250, np.uint8)
    for y, (top, bottom, grey) in enumerate(zip(YS, YS[1:], (90, 195, 225, 195), strict=False)):
        picture[top:bottom, XS[0] : XS[-1]] = grey
        for x in XS[:columns]:
            ink = 250 if y == 0 else 20
            cv2.putText(picture, "Logement", (x + 12, top + 34), 0, 1.0, ink, 3)
    for x in XS[1:columns]:
        picture[YS[0] : YS[-1], x - 1 : x + 2] = white
    for y in YS[1:-1]:
        picture[y - 1 : y + 2, XS[0] : XS[-1]] = white
    grain = np.random.default_rng(1).normal(0, 4, picture.shape)
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 1.2) + grain, 0, 255).astype(np.uint8)


def test_white_rules_and_the_edges_of_the_colours_are_a_grid() -> None:
    across, down = light_rules(grid(), [HEAD], POINT)
    assert [(a[1] + a[3]) / 2 for a in across] == pytest.approx(YS, abs=5)
    assert sorted((d[0] + d[2]) / 2 for d in down) == pytest.approx(XS, abs=5)
    assert all((a[0], a[2]) == pytest.approx((XS[0], XS[-1]), abs=6) for a in across)
    assert all((d[1], d[3]) == pytest.approx((YS[0], YS[-1]), abs=16) for d in down)


@pytest.mark.parametrize(
    "picture", [grid(white=195), grid(columns=3)], ids=["no rule", "two upright ones"]
)
def test_colours_without_several_upright_rules_are_no_grid(picture: Grey) -> None:
    assert light_rules(picture, [HEAD], POINT) == ([], [])


@pytest.mark.parametrize("heads", [[HEAD], []], ids=["known", "unknown"])
def test_light_text_in_a_head_is_no_rule(heads: list[PaintedBox]) -> None:
    across, _ = light_rules(grid(), heads, POINT)
    assert not any(YS[0] + 8 < a[1] < YS[1] - 8 for a in across)


@pytest.mark.parametrize("text", [True, False])
def test_no_rule_goes_through_letters(text: bool) -> None:
    """The grain of a scan may change the shade where they stand."""
    picture = grid()
    for left, right in pairwise(XS):
        picture[230:297, left + 4 : right - 4] -= 14
    if text:
        cv2.putText(picture, "Morlane", (XS[1] + 12, 242), 0, 1.0, 20, 3)
    across, _ = light_rules(picture, [HEAD], POINT)
    assert any(220 < a[1] < 240 for a in across) is not text


def test_a_rule_that_a_dark_column_shows_too_is_one() -> None:
    light = [(100, 299, 1300, 301)]
    drawn = [(102, 297, 400, 300), (100, 440, 1300, 443)]
    assert together(light, drawn, POINT) == [light[0], drawn[1]]
