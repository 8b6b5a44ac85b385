from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import pytest

from extractors.pages.page import ILLEGIBLE, Box
from extractors.scans import doubts
from extractors.scans.bitmap import Bitmap, PixelBox
from extractors.scans.doubts import Marks, confirmed, cut_off, hidden, scribbled, under
from extractors.scans.tesseract import Crop
from extractors.scans.tokens import DOUBTFUL, REFUTED, TextLine, Token


@pytest.mark.parametrize(
    ("stroke", "doubtful"),
    [
        pytest.param(((95, 40), (150, 90)), True, id="across"),
        pytest.param(((105, 75), (145, 75)), False, id="beneath"),
        pytest.param(None, False, id="none"),
    ],
)
def test_a_figure_under_a_pen_stroke_is_doubtful(stroke: Any, doubtful: bool) -> None:
    ink = np.full((150, 300), 255, np.uint8)
    cv2.putText(ink, "350", (100, 70), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    if stroke:
        cv2.line(ink, *stroke, 0, 2)
    token = under(Token("350", Box(100, 52, 142, 71), 0.95), (), Marks.on(ink))
    assert (token.confidence <= DOUBTFUL) is doubtful


@pytest.mark.parametrize(
    ("left", "doubtful"),
    [
        pytest.param(160, {"20", "OC"}, id="cut by the right edge"),
        pytest.param(140, set(), id="whole"),
        pytest.param(-20, {"60", "000"}, id="cut by the left edge"),
    ],
)
def test_a_figure_that_the_edge_of_the_picture_cuts_is_doubtful(
    left: float, doubtful: set[str]
) -> None:
    xs = {"60": 20, "000": 40, "20": 100, "OC": 120}
    line = [Token(t, Box(left + x, 10, left + x + 18, 22), 0.9) for t, x in xs.items()]
    cut = cut_off(line, Bitmap(np.full((100, 300), 255, np.uint8), 1.0))
    assert {t.text for t in cut if t.confidence <= DOUBTFUL} == doubtful


def test_the_edge_of_the_picture_is_tilted_too() -> None:
    bitmap = Bitmap(np.full((2000, 1000), 255, np.uint8), 4.0, tilt=2.0)
    tokens = [Token("20", Box(x, 1900, x + 40, 1950), 0.9) for x in (900, 930)]
    doubtful = [cut_off([t], bitmap)[0].confidence <= DOUBTFUL for t in tokens]
    assert doubtful == [False, True]


@pytest.mark.parametrize(
    ("again", "confidence"),
    [
        pytest.param(("35 000 €",), 0.9, id="confirmed"),
        pytest.param(("85 000 €", "35 000 €"), DOUBTFUL, id="confirmed at last"),
        pytest.param(("", ""), DOUBTFUL, id="not seen again"),
        pytest.param(("85 000 €", "36 000 €"), REFUTED, id="contradicted twice"),
    ],
)
def test_a_figure_is_read_again(
    monkeypatch: pytest.MonkeyPatch, again: tuple[str, ...], confidence: float
) -> None:
    readings = iter(again)

    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        return [[[Token(next(readings), Box(0, 0, 9, 9), 0.9)]] for _ in crops]

    monkeypatch.setattr(doubts, "recognise", recognise)
    figure = [
        Token(t, Box(x, 52, x + 30, 71), 0.9) for t, x in (("35", 10), ("000", 50), ("€", 90))
    ]
    ink = np.full((150, 300), 255, np.uint8)
    (line,) = confirmed([figure], ink, 1.0)
    assert {t.confidence for t in line} == {confidence}


@pytest.mark.parametrize("end", [170, 210], ids=["cuts its last digit", "cuts the word behind it"])
def test_a_figure_is_read_again_whole(monkeypatch: pytest.MonkeyPatch, end: int) -> None:
    ink = np.full((150, 400), 255, np.uint8)
    for x in (100, 150, 200):
        ink[50:90, x : x + 40] = 0
    line = [Token("50", Box(100, 50, end, 90), 0.9), Token("k€", Box(198, 50, 242, 90), 0.9)]
    seen: list[Crop] = []

    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        seen.extend(crops)
        return [[line[:1]] for _ in crops]

    monkeypatch.setattr(doubts, "recognise", recognise)
    confirmed([line], ink, 4.0)
    assert (seen[0].picture == 0).sum() == pytest.approx(2 * (40 * 40) * 0.8**2, rel=0.08)


def test_a_figure_that_one_stroke_goes_through_is_read_again_as_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ink = np.full((150, 400), 255, np.uint8)
    cv2.line(ink, (0, 70), (250, 70), 0, 3)
    line = [Token("soit", Box(40, 55, 150, 85), 0.9), Token("350", Box(110, 55, 170, 85), 0.9)]
    widths: list[int] = []

    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        widths.extend(crop.picture.shape[1] for crop in crops)
        return [[line[1:]] for _ in crops]

    monkeypatch.setattr(doubts, "recognise", recognise)
    confirmed([line], ink, 4.0)
    assert min(widths) > 40


def test_a_figure_behind_a_pen_stroke_is_refuted() -> None:
    """The stroke may hide its first digit."""
    ink = np.full((150, 300), 255, np.uint8)
    cv2.line(ink, (92, 40), (96, 90), 0, 2)
    token = under(Token("7", Box(104, 52, 114, 71), 0.95), (), Marks.on(ink))
    assert token.confidence == REFUTED


@pytest.mark.parametrize(
    ("height", "confidence", "cell", "text"),
    [
        pytest.param(14, 0.45, (90, 50, 200, 90), ILLEGIBLE, id="pen"),
        pytest.param(14, 0.9, (90, 50, 200, 90), "VN", id="a word beneath it"),
        pytest.param(14, 0.45, (160, 50, 200, 90), "VN", id="beside a cell"),
        pytest.param(4, 0.45, (90, 50, 200, 90), "VN", id="print"),
    ],
)
def test_strokes_of_a_pen_in_a_cell_are_no_word(
    height: int, confidence: float, cell: PixelBox, text: str
) -> None:
    ink = np.full((150, 300), 255, np.uint8)
    path = [(100 + 10 * i, 60 + (height if i % 2 else 0)) for i in range(6)]
    cv2.polylines(ink, [np.array(path, np.int32)], False, 0, 2)
    token = Token("VN", Box(100, 60, 150, 60 + height), confidence)
    assert scribbled(token, [cell], Marks.on(ink), 1.0).text == text


@pytest.mark.parametrize(
    ("of_stamp", "left", "told"),
    [("550", 120, True), ("€", 120, True), ("REÇU", 120, False), ("550", 20, False)],
    ids=["a figure", "its unit", "a word", "in a cell that is read"],
)
def test_what_a_stamp_hides_in_an_empty_cell_is_told(of_stamp: str, left: int, told: bool) -> None:
    cells = [(0, 0, 100, 40), (100, 0, 200, 40)]
    lines = [[Token("Accueil", Box(10, 10, 80, 30), 0.9)]]
    stamp = [Token(of_stamp, Box(left, 10, left + 40, 30), 0.9)]
    found = hidden([stamp], lines, cells)
    assert [(t.text, t.confidence) for line in found for t in line] == [(ILLEGIBLE, 0.0)] * told


@pytest.mark.parametrize(
    ("again", "sure", "confidence"),
    [
        (("39 750 €", "39 750 €"), 0.9, DOUBTFUL),
        (("39 750 €", "39 750 €"), 0.5, 0.1),
        (("39 750 €", "39 150 €"), 0.9, 0.1),
        (("39 150 €", "39 750 €"), 0.9, 0.1),
    ],
    ids=["alike and sure", "alike and unsure", "another third", "another second"],
)
def test_a_figure_that_was_hardly_legible_is_doubtful_where_two_readings_confirm_it(
    monkeypatch: pytest.MonkeyPatch, again: tuple[str, str], sure: float, confidence: float
) -> None:
    readings = iter(again)

    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        return [[[Token(next(readings), Box(0, 0, 9, 9), sure)]] for _ in crops]

    monkeypatch.setattr(doubts, "recognise", recognise)
    figure = [Token("39", Box(10, 52, 40, 71), 0.9), Token("750€", Box(50, 52, 90, 71), 0.1)]
    (line,) = confirmed([figure], np.full((150, 300), 255, np.uint8), 1.0)
    assert line[1].confidence == confidence
