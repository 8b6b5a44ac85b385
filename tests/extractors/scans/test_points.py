import cv2
import numpy as np
import pytest

from extractors.pages.page import Box
from extractors.scans.points import with_points
from extractors.scans.tokens import DOUBTFUL, Token

SCALE = 300 / 72


def picture(point: tuple[int, int], reach: int = 2) -> tuple[np.ndarray, Box]:
    """Two digits, a space between them, and a point at a place."""
    grey = np.full((60, 80), 250, np.uint8)
    for x in (12, 48):
        cv2.putText(grey, "2", (x, 46), cv2.FONT_HERSHEY_DUPLEX, 1.0, 20, 2)
    cv2.circle(grey, point, reach, 20, -1)
    return grey, Box(10, 18, 72, 50)


@pytest.mark.parametrize(
    ("text", "point", "reach", "expected"),
    [
        ("22", (40, 44), 2, "2.2"),
        ("22", (40, 44), 9, "22"),  # a blot
        ("22", (40, 27), 2, "22"),  # dust
        ("22", (4, 44), 2, "22"),
        ("222", (40, 44), 2, "222"),
        ("A2", (40, 44), 2, "A2"),
    ],
)
def test_the_point_that_is_drawn_between_digits_is_read(
    text: str, point: tuple[int, int], reach: int, expected: str
) -> None:
    grey, box = picture(point, reach)
    (token,) = with_points([Token(text, box, 0.95)], grey, SCALE)
    assert token.text == expected
    assert token.confidence == (DOUBTFUL if expected != text else 0.95)


def test_a_point_that_is_blurred_into_a_digit_is_read() -> None:
    grey, box = picture((40, 44))
    grey[43:46, 32:40][grey[43:46, 32:40] > 150] = 150
    (token,) = with_points([Token("22", box, 0.95)], grey, SCALE)
    assert token.text == "2.2"


def test_figures_among_words_are_no_references() -> None:
    grey, box = picture((40, 44))
    line = [Token("22", box, 0.95), Token("ménages", Box(70, 18, 79, 50), 0.9)]
    assert with_points(line, grey, SCALE) == line
