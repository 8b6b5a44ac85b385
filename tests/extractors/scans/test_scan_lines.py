from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import pytest

from extractors.grids.grid import text_lines
from extractors.pages.page import Box
from extractors.scans import scan_lines
from extractors.scans.scan_lines import ILLEGIBLE, read_cells, read_scan_lines, tightened
from extractors.scans.scan_words import metrics_of, words_of
from extractors.scans.tesseract import RAW_LINE, Crop, cropped
from extractors.scans.tokens import TextLine, Token
from tests.extractors.scans.drawing import said, with_tesseract


def on_its_side(text: str, degrees: int) -> np.ndarray[Any, Any]:
    """A cell of `text` that must be turned clockwise by `degrees` to be read."""
    level = np.full((60, 460), 255, np.uint8)
    cv2.putText(level, text, (20, 42), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 2)
    return np.ascontiguousarray(np.rot90(level, degrees // 90))


@with_tesseract
@pytest.mark.parametrize("degrees", [90, 270])
def test_text_on_its_side_in_a_cell_is_read(degrees: int) -> None:
    picture = np.full((700, 300), 255, np.uint8)
    picture[100:560, 100:160] = on_its_side("Part de la Ville", degrees)
    cell = cropped(picture, (80, 80, 200, 600))
    ((line,),) = read_cells([cell], 300 / 72)
    assert said(line) == "Part de la Ville"
    words = list(words_of(line, *metrics_of([line]), [False] * len(line), 300 / 72))
    assert all(w.box.height > w.box.width for w in words if len(w.text) > 2)
    (read_line,) = text_lines(words)
    assert " ".join(w.text for w in read_line) == "Part de la Ville"
    assert 100 <= min(t.box.top for t in line) <= max(t.box.bottom for t in line) <= 560


def test_a_cell_in_which_nothing_is_seen_is_read_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words stand where they would have been read at once."""

    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        blind = [crop.zoom == 1.0 for crop in crops]
        boxes = [crop.on_page(Box(50 * crop.zoom, 0, 90 * crop.zoom, 20)) for crop in crops]
        return [
            [] if nothing else [[Token("lu", box, 0.9)]]
            for nothing, box in zip(blind, boxes, strict=True)
        ]

    monkeypatch.setattr(scan_lines, "recognise", recognise)
    picture = np.full((100, 200), 255, np.uint8)
    cv2.putText(picture, "Porteur", (20, 60), cv2.FONT_HERSHEY_DUPLEX, 1.0, 0, 2)
    crop = cropped(picture, (0, 0, 200, 100))
    (((token,),),) = read_cells([crop], 300 / 72)
    assert token.text == "lu"
    assert (token.box.x0, token.box.x1) == (crop.left + 50, crop.left + 90)


@pytest.mark.parametrize(
    ("mode", "said_in_it"),
    [
        pytest.param(RAW_LINE, "85 500 €", id="read as it stands"),
        pytest.param(None, ILLEGIBLE, id="not read at all"),
    ],
)
def test_letters_in_a_cell_are_never_lost(
    monkeypatch: pytest.MonkeyPatch, mode: int | None, said_in_it: str
) -> None:
    def recognise(crops: Sequence[Crop], tried: int, scale: float) -> list[list[TextLine]]:
        read = [[Token("85 500 €", Box(0, 0, 90, 20), 0.3)]]
        return [read if tried == mode else [] for _ in crops]

    monkeypatch.setattr(scan_lines, "recognise", recognise)
    picture = np.full((80, 300), 255, np.uint8)
    cv2.putText(picture, "85 500", (20, 50), cv2.FONT_HERSHEY_DUPLEX, 1.0, 0, 2)
    (((token,),),) = read_cells([cropped(picture, (0, 0, 300, 80))], 300 / 72)
    assert (token.text, token.confidence < 0.5) == (said_in_it, True)


def test_dust_in_a_cell_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_lines, "recognise", lambda crops, mode, scale: [[] for _ in crops])
    picture = np.full((80, 300), 255, np.uint8)
    for x in range(20, 280, 40):
        cv2.circle(picture, (x, 40), 4, 0, -1)
    assert read_cells([cropped(picture, (0, 0, 300, 80))], 300 / 72) == [[]]


def test_two_pages_on_a_sheet_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        return [[[Token("lu", crop.on_page(Box(0, 0, 9, 9)), 0.9)]] for crop in crops]

    monkeypatch.setattr(scan_lines, "recognise", recognise)
    text = np.full((300, 1200), 255, np.uint8)
    for x in (100, 800):
        cv2.putText(text, "Article", (x, 150), cv2.FONT_HERSHEY_DUPLEX, 1.5, 0, 3)
    lines = read_scan_lines(text, [], 300 / 72, folded=True)
    assert [line[0].box.x0 > 600 for line in lines] == [False, True]
    assert len(read_scan_lines(text, [], 300 / 72)) == 1


def test_dust_above_a_word_does_not_raise_it() -> None:
    text = np.full((200, 400), 255, np.uint8)
    cv2.putText(text, "mars", (50, 150), cv2.FONT_HERSHEY_DUPLEX, 1.5, 0, 3)
    rows = np.flatnonzero((text < 170).any(axis=1))
    text[100:103, 80:83] = 0
    (token,) = tightened([Token("mars", Box(45, 98, 200, 155), 0.9)], text, 300 / 72)
    assert (token.box.top, token.box.bottom) == (rows[0], rows[-1] + 1)


def test_what_begins_a_line_of_a_column_is_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts near one another, but read column by column, are no words of one text."""
    picture = np.full((800, 1400), 255, np.uint8)
    for left in (100, 500, 900):
        for top in range(100, 720, 44):
            for letter in range(left, left + 250 + (left + top) % 60, 14):
                picture[top : top + 24, letter : letter + 9] = 0

    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        return [[[Token(text, Box(0, 0, 9, 9), 0.9) for text in ("deux", "mots")]] for _ in crops]

    monkeypatch.setattr(scan_lines, "recognise", recognise)
    lines = read_scan_lines(picture, [], 4.0)
    assert [[token.apart for token in line] for line in lines] == [[True, False]] * 3


def test_a_line_that_runs_up_is_one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Crédits AMI, the head of a narrow column: its words stand beside lines of other heads."""

    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        return [
            [[Token(t, Box(0, 0, 9, 90), 0.9, crop.turn) for t in ("Crédits", "AMI")]]
            if crop.turn == 90
            else [[Token("=", Box(0, 0, 9, 90), 0.2, crop.turn)]]
            for crop in crops
        ]

    monkeypatch.setattr(scan_lines, "recognise", recognise)
    picture = np.full((400, 60), 255, np.uint8)
    picture[20:380, 20:40] = 0
    (((word,),),) = read_cells([cropped(picture, (0, 0, 60, 400))], 300 / 72)
    assert (word.text, word.turn) == ("Crédits AMI", 90)
