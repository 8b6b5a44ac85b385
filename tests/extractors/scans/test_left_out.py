from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extractors.pages.page import ILLEGIBLE, Box
from extractors.scans import left_out
from extractors.scans.bitmap import PixelBox
from extractors.scans.doubts import Marks
from extractors.scans.left_out import with_left_out
from extractors.scans.tesseract import Crop
from extractors.scans.tokens import DOUBTFUL, REFUTED, TextLine, Token
from tests.extractors.scans.drawing import POINT, said

HEIGHT = 26  # pixels of the letters that are drawn


def drawn(
    *words: tuple[str, int, int], scale: float = 1.2
) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A picture of words (text, x, foot)."""
    ink = np.full((300, 900), 255, np.uint8)
    for text, x, foot in words:
        cv2.putText(ink, text, (x, foot), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 2)
    return ink


def read_as(monkeypatch: pytest.MonkeyPatch, text: str, confidence: float) -> None:
    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        return [[[Token(text, Box(0, 0, 1, 1), confidence)]] for _ in crops]

    monkeypatch.setattr(left_out, "recognise", recognise)


def line(text: str, x0: float, x1: float, foot: int = 100) -> TextLine:
    return [Token(text, Box(x0, foot - HEIGHT, x1, foot), 0.95)]


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [pytest.param(0.9, "38", id="legible"), pytest.param(0.5, ILLEGIBLE, id="illegible")],
)
def test_digits_that_were_passed_over_put_a_figure_in_doubt(
    monkeypatch: pytest.MonkeyPatch, confidence: float, expected: str
) -> None:
    ink = drawn(("38", 100, 100), ("500,00", 200, 100))
    read_as(monkeypatch, "38", confidence)
    (found,) = with_left_out([line("500,00", 200, 330)], [], Marks.on(ink), ink, POINT)
    assert said(found) == f"{expected} 500,00"
    assert found[0].confidence <= DOUBTFUL


def test_a_note_that_is_not_level_with_a_figure_is_none_of_its_digits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ink = drawn(("1", 150, 90), ("500,00", 200, 100))
    read_as(monkeypatch, "1", 0.9)
    lines = [line("Engagée", 20, 140) + line("500,00", 200, 330)]
    assert with_left_out(lines, [], Marks.on(ink), ink, POINT) == lines


@pytest.mark.parametrize(
    ("word", "confidence", "read"),
    [
        pytest.param(("2", 60, 100), 0.9, True, id="the number of a row"),
        pytest.param(("2", 60, 100), 0.6, False, id="a stroke of a pen"),
        pytest.param(("2", 60, 280), 0.9, False, id="level with nothing"),
        pytest.param(("2", 700, 100), 0.9, False, id="in the margin"),
    ],
)
def test_a_word_amid_others_that_was_passed_over_is_read(
    monkeypatch: pytest.MonkeyPatch, word: tuple[str, int, int], confidence: float, read: bool
) -> None:
    ink = drawn(word, ("Maraude", 300, 100), ("Accueil", 40, 180))
    lines = [line("Maraude", 300, 480), line("Accueil", 40, 200, 180)]
    read_as(monkeypatch, "2", confidence)
    found = with_left_out(lines, [], Marks.on(ink), ink, POINT)
    assert ("2" in map(said, found)) is read


def test_a_letter_beside_which_its_box_stands_is_not_read_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ink = drawn(("5", 100, 100), ("Prise", 200, 100))
    read_as(monkeypatch, "5", 0.9)
    lines = [line("5", 90, 110) + line("Prise", 200, 300)]
    assert with_left_out(lines, [], Marks.on(ink), ink, POINT) == lines


@pytest.mark.parametrize(("text", "confidence"), [("8 500", REFUTED), ("Oombre", 0.95)])
def test_a_letter_that_touches_a_word_is_of_it(
    monkeypatch: pytest.MonkeyPatch, text: str, confidence: float
) -> None:
    ink = drawn(("3" + text, 100, 100), ("Prise", 400, 100))
    read_as(monkeypatch, "3", 0.9)
    lines = [line(text, 125, 240) + line("Prise", 400, 500)]
    (found,) = with_left_out(lines, [], Marks.on(ink), ink, POINT)
    assert said(found) == f"{text} Prise"
    assert found[0].confidence == confidence


@pytest.mark.parametrize(("left", "cells"), [(130, []), (20, [(0, 0, 900, 300)])])
def test_others_are_no_more_certain_for_a_word_that_was_passed_over(
    monkeypatch: pytest.MonkeyPatch, left: int, cells: list[PixelBox]
) -> None:
    """Neither those of its line nor those of its cell."""
    ink = drawn(("L", left, 100), ("il", 170, 100), ("Aide", 20, 250))
    read_as(monkeypatch, "L", 0.9)
    lines = [
        [Token("il", Box(170, 74, 210, 100), 0.5)],
        [Token("Aide", Box(5, 224, 120, 250), 0.5)],
    ]
    found = with_left_out(lines, cells, Marks.on(ink), ink, POINT)
    assert [t.confidence for each in found for t in each if t.text == "L"] == [0.5]


def test_grain_is_not_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = drawn(*(("H", x, y) for x in range(10, 880, 50) for y in range(40, 290, 36)))
    ink[:, :60] = 255
    read_as(monkeypatch, "H", 0.9)
    lines = [line("Maraude", 0, 8, y) + line("Ville", 890, 899, y) for y in range(40, 290, 36)]
    assert with_left_out(lines, [], Marks.on(ink), ink, POINT) == lines


def test_a_word_in_the_next_cell_is_of_another_line(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = drawn(("38", 100, 100), ("500,00", 200, 100))
    read_as(monkeypatch, "38", 0.9)
    cells = [(0, 0, 180, 300), (180, 0, 900, 300)]
    lines = [line("500,00", 200, 330), line("Aide", 40, 90)]
    found = with_left_out(lines, cells, Marks.on(ink), ink, POINT)
    assert list(map(said, found)) == ["500,00", "Aide 38"]


def test_a_word_whose_letters_touch_one_another_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = drawn(("accueil", 240, 100), ("Maraude", 40, 100))
    ink[:, 230:] = cv2.erode(ink[:, 230:], np.ones((3, 9), np.uint8))
    read_as(monkeypatch, "accueil", 0.9)
    found = with_left_out([line("Maraude", 40, 200)], [], Marks.on(ink), ink, POINT)
    assert [said(line) for line in found] == ["Maraude accueil"]


@pytest.mark.parametrize(("text", "found"), [("ARTICLE 2 - OBJET", True), ("II", False)])
def test_a_line_that_was_passed_over_is_read(
    monkeypatch: pytest.MonkeyPatch, text: str, found: bool
) -> None:
    ink = drawn(("Il est convenu", 100, 60), (text, 100, 120), ("La convention", 100, 180))
    words = [Token(t, Box(0, 0, 9, 9), 0.7 if t.isdigit() else 0.9) for t in text.split()]
    monkeypatch.setattr(left_out, "recognise", lambda crops, *_: [[words] for _ in crops])
    lines = [line("Il est convenu", 100, 460, 60), line("La convention", 100, 400, 180)]
    read = with_left_out(lines, [], Marks.on(ink), ink, POINT)
    assert [said(some) for some in read[2:]] == ([text] if found else [])
    assert all(token.confidence <= 0.9 for some in read[2:] for token in some)
