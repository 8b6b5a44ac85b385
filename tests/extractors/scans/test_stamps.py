"""Stamps, and what they cover."""

import cv2
import numpy as np
import pytest

from extractors.scans import bitmap
from extractors.scans.cleaning import DARK
from extractors.scans.stamps import without_stamps
from tests.extractors.scans.drawing import POINT

STAMP = (430, 250, 900, 520)


def stamped_picture(frame: str, grey: int, text: int = 0) -> bitmap.Grey:
    """A sum in black, and over it a date in `grey` within a frame."""
    ink = np.full((800, 1200), 255, np.uint8)
    cv2.putText(ink, "112 450", (300, 420), cv2.FONT_HERSHEY_SIMPLEX, 2, text, 6)
    cv2.putText(ink, "12 MARS", (560, 330), cv2.FONT_HERSHEY_SIMPLEX, 1.6, grey, 6)
    if frame == "rectangle":
        cv2.rectangle(ink, STAMP[:2], STAMP[2:], grey, 4)
    elif frame == "ring":
        cv2.ellipse(ink, (665, 385), (235, 135), 5, 0, 360, grey, 4)
    return ink


def test_what_is_as_wide_as_a_table_is_no_stamp() -> None:
    ink = np.full((800, 2500), 255, np.uint8)
    cv2.rectangle(ink, (100, 100), (2400, 700), 120, 4)
    _, _, places = without_stamps(ink, ink, [], POINT)
    assert not places


@pytest.mark.parametrize("frame", ["rectangle", "ring"])
def test_a_stamp_is_taken_off_the_text_that_it_covers(frame: str) -> None:
    ink = stamped_picture(frame, 120)
    rest, stamp, (place,) = without_stamps(ink, ink, [], POINT)
    assert place == pytest.approx(STAMP, abs=15)
    plain = stamped_picture("", 255)
    assert ((rest < 60) == (plain < 60)).mean() > 0.999
    assert (rest < DARK).sum() == pytest.approx((plain < DARK).sum(), rel=0.1)
    assert (stamp[270:340, 540:820] < DARK).mean() > 0.1


@pytest.mark.parametrize(
    ("frame", "grey", "text"),
    [
        pytest.param("", 120, 0, id="pale text without a frame"),
        pytest.param("rectangle", 0, 0, id="a frame as black as the text"),
        pytest.param("", 120, 120, id="nothing but pale text"),
    ],
)
def test_what_no_pale_frame_shows_to_be_a_stamp_stays(frame: str, grey: int, text: int) -> None:
    ink = stamped_picture(frame, grey, text)
    rest, _, places = without_stamps(ink, ink, [], POINT)
    assert not places
    assert (rest == ink).all()


def test_pale_lines_of_letters_that_touch_are_no_stamp() -> None:
    ink = np.full((800, 1200), 255, np.uint8)
    for y in range(300, 481, 30):
        for x in (200, 342, 484):
            ink[y : y + 13, x : x + 130] = 110
            ink[y - 8 : y, x + 20 : x + 26] = 110  # what rises above small letters
    rest, _, places = without_stamps(ink, ink, [], POINT)
    assert not places
    assert (rest == ink).all()


def test_thin_letters_in_a_stamp_stay_whole() -> None:
    """They are as pale as it where they are thinnest, as on a coarse scan."""
    plain = np.full((800, 1200), 255, np.uint8)
    for y in (340, 480, 700):
        cv2.putText(plain, "42 550", (470, y), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 4)
    plain = bitmap.as_grey(cv2.GaussianBlur(plain, (0, 0), 1.5))
    plain[330:332, 400:900] = np.maximum(plain[330:332, 400:900], 90)  # a worn place
    ink = plain.copy()
    cv2.rectangle(ink, STAMP[:2], STAMP[2:], 120, 4)
    rest, _, (place,) = without_stamps(ink, ink, [], POINT)
    assert place == pytest.approx(STAMP, abs=15)
    assert ((rest < DARK) == (plain < DARK)).all()
