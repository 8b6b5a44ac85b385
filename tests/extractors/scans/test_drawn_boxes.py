import cv2
import numpy as np
import pytest

from extractors.pages.page import Box
from extractors.scans.drawn_boxes import find_boxes, with_boxes, without_boxes
from extractors.scans.tokens import TextLine, Token
from tests.extractors.scans.drawing import POINT, Grey, said

SIDE = 34


def page() -> Grey:
    return np.full((300, 900), 255, np.uint8)


def box(ink: Grey, left: int, top: int, cross: bool = False) -> None:
    cv2.rectangle(ink, (left, top), (left + SIDE, top + SIDE), 0, 3)
    if cross:
        cv2.line(ink, (left + 8, top + 8), (left + SIDE - 8, top + SIDE - 8), 0, 3)
        cv2.line(ink, (left + 8, top + SIDE - 8), (left + SIDE - 8, top + 8), 0, 3)


def test_boxes_are_found_with_what_is_in_them() -> None:
    ink = page()
    box(ink, 100, 50)
    box(ink, 100, 120, cross=True)
    box(ink, 100, 190)
    assert [tick.sign for tick in find_boxes(ink, POINT)] == ["☐", "☒", "☐"]
    assert (without_boxes(ink, find_boxes(ink, POINT)) == 255).all()


@pytest.mark.parametrize("beside", [(-20, 0), (0, -20), (0, SIDE + 6)], ids=str)
def test_the_closed_letter_of_a_word_is_no_box(beside: tuple[int, int]) -> None:
    """An n in bold type at 150 dots an inch: "Description de l'action"; "N° action" on its side."""
    ink = page()
    for left in (100, 300):
        box(ink, left, 120)
        x, y = left + beside[0], 120 + beside[1]
        cv2.rectangle(ink, (x, y), (x + 16, y + 14), 0, -1)
    assert find_boxes(ink, POINT) == []


def test_a_check_that_leaves_its_box_ticks_it() -> None:
    ink = page()
    box(ink, 100, 50)
    box(ink, 100, 150)
    cv2.polylines(ink, [np.asarray([(108, 164), (116, 174), (126, 160)])], False, 0, 4)
    assert [tick.sign for tick in find_boxes(ink, POINT)] == ["☐", "☒"]


def test_letters_bullets_and_a_lone_square_are_no_boxes() -> None:
    ink = page()
    box(ink, 100, 50)
    cv2.circle(ink, (300, 67), SIDE // 2, 0, 3)
    cv2.rectangle(ink, (400, 50), (400 + SIDE, 50 + SIDE), 0, -1)
    cv2.rectangle(ink, (500, 50), (500 + 3 * SIDE, 50 + SIDE), 0, 3)
    cv2.putText(ink, "DOB", (650, 90), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 0, 3)
    assert find_boxes(ink, POINT) == []


def typed(text: str, left: float, top: float) -> TextLine:
    return [
        Token(word, Box(left + 120 * i, top, left + 120 * i + 100, top + 30), 0.9)
        for i, word in enumerate(text.split())
    ]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ([typed("En cours", 150, 52)], ["☐ En cours", "☒"]),
        ([typed("Oui", 150, 52), typed("Non", 150, 122)], ["☐ Oui", "☒ Non"]),
        ([typed("loin", 300, 52)], ["loin", "☐", "☒"]),
    ],
)
def test_a_box_stands_before_its_text(lines: list[TextLine], read: list[str]) -> None:
    ink = page()
    box(ink, 100, 50)
    box(ink, 100, 120, cross=True)
    assert [said(line) for line in with_boxes(lines, find_boxes(ink, POINT))] == read
