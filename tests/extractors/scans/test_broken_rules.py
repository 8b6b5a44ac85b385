"""Rules of which a scan left pieces."""

import numpy as np
import pytest

from extractors.scans import broken_rules, drawn_rules
from tests.extractors.scans.drawing import GRID, POINT, Grey


def broken_grid(left: float, until: int = 1200) -> Grey:
    """The test's grid, of whose rule at 400 only the share `left` stands between 350 and `until`,
    in dots."""
    ink = np.full((800, 1200), 255, np.uint8)
    for x0, top, x1, bottom in (rule for rules in GRID for rule in rules):
        ink[top:bottom, x0:x1] = 0
    gone = slice(400, 404), slice(358, until)
    dots = np.random.default_rng(2).random((1, until - 358)) < left
    ink[gone] = np.where(dots, 0, 255)
    for x0, top, x1, bottom in GRID[1]:
        ink[top:bottom, x0:x1] = 0
    return ink


def found_at_400(ink: Grey) -> list[tuple[int, int]]:
    across, down = drawn_rules.find_rules(ink, POINT)
    across, _ = broken_rules.unbroken(across, down, ink, POINT)
    return [(a[0], a[2]) for a in across if abs(a[1] - 400) < 5]


@pytest.mark.parametrize(
    ("left", "until", "right"),
    [
        pytest.param(0.15, 1090, 1100, id="hardly a dot is left"),
        pytest.param(0.0, 500, 1100, id="nothing is left as far as the middle of a cell"),
        pytest.param(0.0, 1090, 350, id="nothing is left from rule to rule: merged cells"),
    ],
)
def test_a_rule_that_black_and_white_broke(left: float, until: int, right: int) -> None:
    assert found_at_400(broken_grid(left, until)) == [
        (pytest.approx(100, abs=8), pytest.approx(right, abs=12))
    ]


def test_the_stem_of_a_letter_does_not_lengthen_a_rule() -> None:
    """A rule ends where cells are merged; a letter stands right below its end."""
    ink = np.full((800, 1200), 255, np.uint8)
    for left, top, right, bottom in (rule for rules in GRID for rule in rules):
        ink[top:bottom, left:right] = 0
    ink[604:700, 354:596] = 255
    ink[604:700, 348:356] = 255
    ink[622:655, 350:354] = 0
    across, down = drawn_rules.find_rules(ink, POINT)
    _, down = broken_rules.unbroken(across, down, ink, POINT)
    (ends,) = [d[3] for d in down if abs(d[0] - 350) < 5]
    assert ends < 660


def test_tables_one_below_the_other_with_a_line_of_text_between_stay_apart() -> None:
    """Their left borders stand on one line, and so do the letters that begin the text."""
    ink = np.full((1500, 1200), 255, np.uint8)
    for down in (0, 500, 1000):
        for y in (100, 200, 300):
            ink[y + down : y + down + 4, 100:1100] = 0
        for x in (100, 400 + down // 5, 1096):
            ink[100 + down : 304 + down, x : x + 4] = 0
    for down in (400, 900):
        ink[down : down + 36, 100:104] = 0
        ink[down : down + 36 : 6, 100:106] = 255
    across, down_rules = drawn_rules.find_rules(ink, POINT)
    across, down_rules = broken_rules.unbroken(across, down_rules, ink, POINT)
    left = sorted((d[1], d[3]) for d in down_rules if d[0] < 110)
    assert left == [
        (pytest.approx(100 + y, abs=8), pytest.approx(302 + y, abs=8)) for y in (0, 500, 1000)
    ]
