from typing import Any

import numpy as np
import pytest

from extractors.scans.bitmap import Bitmap, Grey
from extractors.scans.folds import fold_of, parted


def sheet_of_two(gap: int) -> Bitmap:
    """An A3 sheet, a pixel a point, with ink up to `gap` pixels from its middle on both sides."""
    grey = np.full((842, 1190), 255, np.uint8)
    grey[100:700, 60 : 595 - gap] = grey[100:700, 595 + gap : 1130] = 0
    return Bitmap(grey, 1.0)


@pytest.mark.parametrize(
    ("gap", "rules", "fold"),
    [
        pytest.param(50, [], 595.0, id="two pages"),
        pytest.param(5, [], None, id="one page"),
        pytest.param(50, [(60, 300, 1130, 303)], 595.0, id="a rule that two tables seem to share"),
        pytest.param(50, [(580, 700, 612, 702)], 595.0, id="the shadow of the gutter"),
        pytest.param(50, [(594, 100, 596, 700)], None, id="a rule along the middle"),
    ],
)
def test_a_sheet_of_two_pages_is_folded(gap: int, rules: Any, fold: float | None) -> None:
    sheet = sheet_of_two(gap)
    assert fold_of(sheet, sheet.grey, sheet.grey, rules) == fold


def test_a_table_across_two_halves_is_no_two_pages() -> None:
    sheet = sheet_of_two(50)
    ink = sheet.grey.copy()
    ink[300:303, 60:1130] = 0
    assert fold_of(sheet, sheet.grey, ink, [(60, 300, 1130, 303)]) is None


def test_a_rule_that_two_tables_seem_to_share_is_parted() -> None:
    parts = parted((60, 750, 1130, 753), 595, _inked([(60, 500), (640, 1130)]))
    assert parts == [(60, 750, 499, 753), (640, 750, 1130, 753)]


def _inked(spans: list[tuple[int, int]]) -> Grey:
    ink = np.full((842, 1190), 255, np.uint8)
    for left, right in spans:
        ink[750:753, left:right] = 0
    return ink


def reduced_sheet(*counts: int) -> Bitmap:
    """An A4 sheet on its side, two pixels a point, with so many lines of prose on its halves."""
    grey = np.full((1190, 1684), 255, np.uint8)
    for x, count in zip((80, 922), counts, strict=True):
        for y in range(100, 100 + 40 * count, 40):
            for left in range(x, x + 600, 60):
                grey[y : y + 14, left : left + 54] = 0
    return Bitmap(grey, 2.0)


@pytest.mark.parametrize(
    ("lines", "fold"),
    [
        pytest.param((6, 6), 421.0, id="two pages"),
        pytest.param((20, 1), 421.0, id="a page and the end of an act"),
        pytest.param((6, 1), None, id="few lines"),
        pytest.param((20, 0), None, id="one page"),
    ],
)
def test_two_pages_printed_smaller_are_folded(lines: tuple[int, int], fold: float | None) -> None:
    sheet = reduced_sheet(*lines)
    assert fold_of(sheet, sheet.grey, sheet.grey, []) == fold
