"""Frames of stamps in pictures."""

import cv2
import numpy as np
import pytest

from extractors.scans import bitmap, drawn_frames, drawn_rules
from tests.extractors.scans.drawing import GRID, POINT


@pytest.mark.parametrize(
    ("frame", "grey", "put_on"),
    [
        pytest.param((420, 150, 800, 350), 110, True, id="inside"),
        pytest.param((420, 150, 800, 350), 0, True, id="inside, black"),
        pytest.param((420, 150, 800, 308), 110, True, id="foot on a rule"),
        pytest.param((420, 20, 800, 250), 110, True, id="over the head"),
        pytest.param((930, 640, 1180, 780), 110, True, id="at the corner"),
        pytest.param((930, 640, 1180, 780), 0, True, id="at the corner, black"),
        pytest.param((620, 320, 830, 380), 110, False, id="in a cell"),
        pytest.param((100, 20, 600, 100), 110, False, id="another table above"),
        pytest.param(None, 0, False, id="none"),
    ],
)
def test_a_level_frame_over_a_grid_is_no_rule_of_it(
    frame: bitmap.PixelBox | None, grey: int, put_on: bool
) -> None:
    ink = np.full((800, 1200), 255, np.uint8)
    if frame:
        cv2.rectangle(ink, frame[:2], frame[2:], grey, 4)
    for left, top, right, bottom in (rule for rules in GRID for rule in rules):
        ink[top:bottom, left:right] = 0
    across, down = drawn_rules.find_rules(ink, POINT)
    frames = drawn_frames.find_frames(ink, across, down, POINT)
    assert len(frames) == put_on
    if frames:
        assert frame and bitmap.hull(frames[0]) == pytest.approx(frame, abs=12)
        across, down = drawn_frames.rules_without(ink, across, down, frames, POINT)
        for found, drawn in zip((across, down), GRID, strict=True):
            assert sorted(found) == [pytest.approx(rule, abs=8) for rule in sorted(drawn)]


def test_a_grid_with_a_broken_rule_under_its_head_is_no_frame() -> None:
    ink = np.full((800, 1200), 255, np.uint8)
    across, down = GRID
    broken = [(100, 20, 1100, 24), (100, 100, 560, 104), (600, 100, 1100, 104), *across[1:]]
    assert drawn_frames.find_frames(ink, broken, down, POINT) == []
