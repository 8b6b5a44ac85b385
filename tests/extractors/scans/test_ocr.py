import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest

from extractors.errors import UnreadableDocument
from extractors.pages.furniture import without_stamps
from extractors.pages.page import Box, Page, Word, tilted
from extractors.pages.read_page import read_page
from extractors.pages.two_up import halves_of
from extractors.scans import doubts, ocr, tesseract
from extractors.scans.tesseract import LINE
from extractors.scans.tokens import DOUBTFUL
from tests.extractors.scans.drawing import (
    BOLD_ROW,
    LEFTS,
    PAPER,
    ROW_HEIGHT,
    ROWS,
    TITLE,
    TOP,
    draw,
    picture,
    scanned,
    table_page,
    with_tesseract,
)

TILT = 1.1


def read(pdf: bytes) -> Page:
    with pypdfium2.PdfDocument(pdf) as document:
        return ocr.read_scan(document, 1)


def text_in(page: Page, box: Box) -> str:
    inside = [w for w in page.words if box.holds(*w.box.middle)]
    return " ".join(w.text for w in sorted(inside, key=lambda w: (round(w.baseline / 6), w.box.x0)))


def cell(row: int, column: int) -> Box:
    top = TOP + row * ROW_HEIGHT
    return Box(LEFTS[column], top, LEFTS[column + 1], top + ROW_HEIGHT)


@pytest.fixture(scope="module")
def page() -> Page:
    return read(scanned(picture(table_page(head=0.15), tilt=TILT, noise=4)))


@with_tesseract
@pytest.mark.parametrize("row", range(len(ROWS)))
def test_cells_of_a_tilted_scan_are_read(page: Page, row: int) -> None:
    read_row = [text_in(page, cell(row, x)) for x in range(4)]
    assert read_row == [text.replace("|", " ") for text in ROWS[row]]


@with_tesseract
def test_text_outside_the_table_is_read(page: Page) -> None:
    title = text_in(page, Box(0, 0, page.width, TOP - 10))
    assert re.sub("[–—]", "-", title) == TITLE


@with_tesseract
def test_a_scan_has_the_shape_of_a_digital_page(page: Page) -> None:
    with pypdfium2.PdfDocument(table_page()) as document:
        digital = read_page(document, 1)
    assert (page.width, page.height) == pytest.approx((digital.width, digital.height), abs=1)
    assert page.number == 1
    assert page.turn == 0
    assert page.tilt == pytest.approx(-TILT, abs=0.1)
    assert page.ocr_confidence is not None and page.ocr_confidence > 0.8
    assert all(w.confidence is not None and 0 <= w.confidence <= 1 for w in page.words)
    assert all(min(r.width, r.height) < 3 for r in page.rules)
    for text in ("Accueil", "450", "Maraude"):
        found, wanted = (next(w for w in p.words if w.text == text) for p in (page, digital))
        assert found.size == pytest.approx(wanted.size, rel=0.12)
        assert found.baseline == pytest.approx(wanted.baseline, abs=1.5)
        assert found.box.x0 == pytest.approx(wanted.box.x0, abs=2)


@with_tesseract
def test_bold_words_have_wider_strokes(page: Page) -> None:
    for row in range(1, len(ROWS)):
        words = [w for x in range(3) for w in page.words if cell(row, x).holds(*w.box.middle)]
        assert {w.bold for w in words} == {row == BOLD_ROW}


@with_tesseract
@pytest.mark.parametrize("turn", [180, 270])
def test_a_page_scanned_askew_is_turned_upright(turn: int) -> None:
    upright = picture(table_page())
    grey = np.ascontiguousarray(np.rot90(upright, turn // 90))
    found = read(scanned(grey))
    assert found.turn == turn
    assert text_in(found, cell(2, 2)) == "112 450 €"
    on_paper = found.on_paper(cell(2, 2))
    width, height = PAPER if turn == 180 else PAPER[::-1]
    assert 0 <= on_paper.x0 < on_paper.x1 <= width + 1
    assert 0 <= on_paper.top < on_paper.bottom <= height + 1


@with_tesseract
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_whose_turn_does_not_show_is_turned_when_it_is_illegible(
    monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    monkeypatch.setattr(ocr, "upright", lambda bitmap: bitmap)
    monkeypatch.setattr(ocr, "LEGIBLE", 1.1)
    found = read(scanned(np.ascontiguousarray(np.rot90(picture(table_page()), turn // 90))))
    assert text_in(found, cell(2, 2)) == "112 450 €"


@with_tesseract
def test_figures_read_twice_alike_are_trusted(page: Page) -> None:
    figures = [w for w in page.words if w.text.isdigit() and w.box.top > TOP]
    assert len(figures) == 6
    assert all((w.confidence or 0) > 0.7 for w in figures)


@with_tesseract
def test_a_figure_read_twice_differently_is_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    recognise = doubts.recognise

    def misread(crops: Sequence[Any], mode: int, scale: float) -> Any:
        read_lines = recognise(crops, mode, scale)
        if mode != LINE:
            return read_lines
        return [
            [[replace(t, text=t.text.replace("450", "460")) for t in line] for line in lines]
            for lines in read_lines
        ]

    monkeypatch.setattr(doubts, "recognise", misread)
    found = read(scanned(picture(table_page())))
    doubtful = {w.text for w in found.words if (w.confidence or 0) < 0.7}
    assert {"112", "450"} <= doubtful
    assert not doubtful & {"35", "000", "8", "730"}


@with_tesseract
@pytest.mark.parametrize("askew", [0.0, 2.0])
def test_a_stamp_is_kept_apart_and_figures_beneath_it_are_doubtful(askew: float) -> None:
    stamp = np.full_like(grey := picture(table_page(), noise=4), 255)
    left, top, right, bottom = (round(v * 200 / 72) for v in (320, 180, 500, 245))
    cv2.rectangle(stamp, (left, top), (right, bottom), 130, 4)
    cv2.putText(
        stamp, "COPIE CONFORME", (left + 20, bottom - 12), cv2.FONT_HERSHEY_DUPLEX, 1.2, 130, 3
    )
    matrix = cv2.getRotationMatrix2D((left, top), askew, 1.0)
    stamp = cv2.warpAffine(stamp, matrix, stamp.shape[::-1], borderValue=255)
    grey = np.minimum(grey, stamp).astype(np.uint8)
    found = read(scanned(grey))
    assert any("ONFORM" in w.text for w in found.stamped)
    assert text_in(found, cell(2, 2)).replace(" ", "") == "112450€"
    for row, doubtful in ((1, False), (2, True), (3, True)):
        figures = [w for w in found.words if w.text.isdigit() and cell(row, 2).holds(*w.box.middle)]
        assert {(w.confidence or 0) <= DOUBTFUL for w in figures} == {doubtful}
    printed = without_stamps(found)
    assert any("ONFORM" in stamp.text for stamp in printed.stamps)
    assert not any("ONFORM" in w.text for w in printed.page.words)


def test_several_pages_come_in_order() -> None:
    with pypdfium2.PdfDocument.new() as document:
        for width in (500, 600, 700):
            document.new_page(width, 200)
        pages = list(ocr.read_scans(document, [3, 1, 2]))
    assert [(p.number, p.width) for p in pages] == [
        (3, pytest.approx(700, abs=1)),
        (1, pytest.approx(500, abs=1)),
        (2, pytest.approx(600, abs=1)),
    ]


def test_a_blank_page_needs_no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "ocr_available", lambda: False)
    speckled = np.full((1600, 1100), 235, np.uint8)
    speckled[::300, ::250] = 40
    blank = read(scanned(speckled))
    assert blank.words == ()
    assert blank.ocr_confidence is None


def test_without_tesseract_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "ocr_available", lambda: False)
    with pytest.raises(UnreadableDocument, match="apt-get install tesseract-ocr"):
        read(scanned(picture(table_page())))


@with_tesseract
def test_a_page_that_takes_too_long_costs_this_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "SECONDS", 0.001)
    with pypdfium2.PdfDocument(scanned(picture(table_page()))) as document:
        (left,) = ocr.read_scans(document, [1])
    assert left.unread
    assert not left.words


@pytest.mark.parametrize("error", [cv2.error("an empty picture"), ValueError("NaN to integer")])
def test_a_page_that_cannot_be_worked_on_costs_this_page(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr(ocr, "upright", failing)
    with pypdfium2.PdfDocument(scanned(picture(table_page()))) as document:
        (left,) = ocr.read_scans(document, [1])
    assert left.unread


@pytest.mark.parametrize("dpi", [84, 200])
def test_the_resolution_of_a_scan_is_known(dpi: int) -> None:
    assert draw(scanned(picture(table_page(), dpi), dpi)).resolution == pytest.approx(dpi, abs=0.5)


def test_what_is_right_of_the_fold_goes_below_and_back() -> None:
    left, right = (Word("a", Box(x, 60, x + 40, 72), 70, 10, False) for x in (100, 700))
    sheet = Page(1, 1190, 842, (left, right), rules=(Box(700, 90, 1100, 91),), tilt=1.0)
    page = sheet.folded(halves_of(sheet, 595))
    assert [(w.box.x0, w.box.top, w.baseline) for w in page.words] == [
        (100, 60, 70),
        (105, 902, 912),
    ]
    assert page.rules == (Box(105, 932, 505, 933),)
    assert page.height == 2 * sheet.height
    for word, folded in zip(sheet.words, page.words, strict=True):
        assert page.on_paper(folded.box) == folded.box
        assert page.unfolded(folded.box) == sheet.on_paper(word.box)


def test_tilt_is_undone_on_paper() -> None:
    tilted_page = Page(1, 595, 842, (), tilt=1.5)
    box = Box(500, 60, 540, 72)
    on_paper = tilted_page.on_paper(box)
    assert tilted(on_paper, 1.5, 595, 842).middle == pytest.approx(box.middle, abs=0.01)
    assert on_paper.top < box.top  # the right side of a page turned clockwise was higher
    assert (on_paper.width, on_paper.height) == pytest.approx((40, 12))


@with_tesseract
@pytest.mark.parametrize(("dpi", "enlarged"), [(72, 0.51), (150, 1.0), (500, 3.54)])
def test_a_scan_of_no_size_that_paper_has_is_read_as_one_of_a4(dpi: int, enlarged: float) -> None:
    found = read(scanned(picture(table_page(), 200), dpi))
    amount = cell(2, 2).times(200 / dpi)
    words = [w for w in found.words if amount.holds(*found.on_paper(w.box).middle)]
    assert [w.text for w in words] == ["112", "450", "€"]
    assert found.enlarged == pytest.approx(enlarged, abs=0.01)
    assert found.displayed == pytest.approx([200 / dpi * side for side in PAPER], rel=0.01)
    assert found.resolution == pytest.approx(dpi / enlarged, abs=1)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_what_is_on_paper_is_found_again_as_it_was_read(turn: int) -> None:
    seen_from = (1.02, 0.03, 4.0, -0.01, 0.98, 7.0, 0.00002, 0.00004, 1.0)
    page = Page(1, 842, 595, (), turn=turn, tilt=1.5, projection=seen_from, enlarged=2.5)
    box = Box(500, 60, 540, 72)
    assert page.as_read(page.on_paper(box)).middle == pytest.approx(box.middle)
