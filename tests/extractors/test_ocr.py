import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest

from extractors import ocr
from extractors.bitmap import Bitmap
from extractors.cleaning import PaintedBox
from extractors.errors import UnreadableDocument
from extractors.furniture import without_stamps
from extractors.grid import text_lines
from extractors.page import Box, Page, Word, tilted
from extractors.read_page import read_page
from tests.extractors.scans import (
    BOLD_ROW,
    LEFTS,
    PAPER,
    ROW_HEIGHT,
    ROWS,
    TITLE,
    TOP,
    picture,
    scanned,
    table_page,
)

with_tesseract = pytest.mark.skipif(
    not ocr.ocr_available(),
    reason="needs Tesseract with French: apt-get install tesseract-ocr tesseract-ocr-fra",
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
def test_figures_read_twice_alike_are_trusted(page: Page) -> None:
    figures = [w for w in page.words if w.text.isdigit() and w.box.top > TOP]
    assert len(figures) == 6
    assert all((w.confidence or 0) > 0.7 for w in figures)


@with_tesseract
def test_a_figure_read_twice_differently_is_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    recognise = ocr._recognise

    def misread(crops: Sequence[Any], mode: int, scale: float) -> Any:
        read_lines = recognise(crops, mode, scale)
        if mode != ocr.LINE:
            return read_lines
        return [
            [[replace(t, text=t.text.replace("450", "460")) for t in line] for line in lines]
            for lines in read_lines
        ]

    monkeypatch.setattr(ocr, "_recognise", misread)
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
        assert {(w.confidence or 0) <= ocr.DOUBTFUL for w in figures} == {doubtful}
    printed = without_stamps(found)
    assert any("ONFORM" in stamp.text for stamp in printed.stamps)
    assert not any("ONFORM" in w.text for w in printed.page.words)


def test_several_pages_come_in_order() -> None:
    with pypdfium2.PdfDocument.new() as document:
        for width in (300, 400, 500):
            document.new_page(width, 200)
        pages = list(ocr.read_scans(document, [3, 1, 2]))
    assert [(p.number, p.width) for p in pages] == [
        (3, pytest.approx(500, abs=1)),
        (1, pytest.approx(300, abs=1)),
        (2, pytest.approx(400, abs=1)),
    ]


def test_a_blank_page_needs_no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "ocr_available", lambda: False)
    speckled = np.full((1600, 1100), 235, np.uint8)
    speckled[::300, ::250] = 40
    blank = read(scanned(speckled))
    assert blank.words == ()
    assert blank.ocr_confidence is None


def test_without_tesseract_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "ocr_available", lambda: False)
    with pytest.raises(UnreadableDocument, match="apt-get install tesseract-ocr"):
        read(scanned(picture(table_page())))


@with_tesseract
def test_a_page_that_takes_too_long_costs_this_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "SECONDS", 0.001)
    with pypdfium2.PdfDocument(scanned(picture(table_page()))) as document:
        (left,) = ocr.read_scans(document, [1])
    assert left.unread
    assert not left.words


@pytest.mark.parametrize(
    ("read_as", "text", "doubtful"),
    [
        ("35O", "350", True),
        ("1l2", "112", True),
        ("O8", "08", True),
        ("FRO9", "FRO9", True),
        ("I'Etat", "l'Etat", False),
        ("1’accès", "l'accès", False),
        ("35", "35", False),
        ("2024-2025", "2024-2025", False),
        ("1er", "1er", False),
        ("ler", "1er", False),
        ("£€", "€", False),
        ("Octobre", "Octobre", False),
        ("Insertion", "Insertion", False),
    ],
)
def test_repairs(read_as: str, text: str, doubtful: bool) -> None:
    token = ocr._repaired(ocr._Token(read_as, Box(0, 0, 10, 10), 0.95))
    assert token.text == text
    assert (token.confidence < 0.7) is doubtful


def typed(text: str, top: float = 0.0, confidence: float = 0.9) -> list[Any]:
    """A line as Tesseract reads it."""
    return [
        ocr._Token(word, Box(40.0 * i, top, 40.0 * i + 35, top + 10), confidence)
        for i, word in enumerate(text.split())
    ]


def said(line: list[Any]) -> str:
    return " ".join(token.text for token in line)


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        (["L OBJET", "La dotation", "IL. MOYENS", "III. DURÉE"], "I. II. III."),
        (["I. Objet", "Il, Moyens", "II. Suivi", "IV. Durée"], "I. II. III. IV."),
        (["ARTICLE I - OBJET", "ARTICLE Il - SUIVI", "ARTICLE IN - DURÉE"], "I II III"),
        (["ARTICLE 1 - Objet", "ARTICLE 2 - Suivi"], "1 2"),
        (["ARTICLE 1 - Objet", "ARTICLE 11 - Suivi"], "1 11"),
        (["L. Martin", "M. Durand"], "L. M."),
        (["Il est convenu", "II. Objet"], "Il II."),
    ],
)
def test_roman_numbers_follow_one_another(read_as: list[str], meant: str) -> None:
    lines = ocr._numbered([typed(text, 20.0 * i) for i, text in enumerate(read_as)])
    heads = [said(line).removeprefix("ARTICLE ") for line in lines if said(line) != "La dotation"]
    assert " ".join(head.split()[0] for head in heads) == meant


@pytest.mark.parametrize(
    ("read_as", "confidence", "text"),
    [
        ("‘Article 2", 0.9, "Article 2"),
        (". 135 000", 0.9, "135 000"),
        ("- Nombre de places", 0.9, "- Nombre de places"),
        ("comme suit :", 0.9, "comme suit :"),
        ("35 000 € °", 0.2, "35 000 €"),
        ("35 000 € V", 0.2, "35 000 €"),
        ("35 000 € V", 0.9, "35 000 € V"),
        ("'", 0.9, ""),
    ],
)
def test_dust_at_the_ends_of_a_line_is_no_sign(read_as: str, confidence: float, text: str) -> None:
    assert said(ocr._without_noise(typed(read_as, confidence=confidence))) == text


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
    token = ocr._under(ocr._Token("350", Box(100, 52, 142, 71), 0.95), (), ocr._Marks.on(ink))
    assert (token.confidence <= ocr.DOUBTFUL) is doubtful


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
    line = [ocr._Token(t, Box(left + x, 10, left + x + 18, 22), 0.9) for t, x in xs.items()]
    cut = ocr._cut_off(line, Bitmap(np.full((100, 300), 255, np.uint8), 1.0))
    assert {t.text for t in cut if t.confidence <= ocr.DOUBTFUL} == doubtful


def test_the_edge_of_the_picture_is_tilted_too() -> None:
    bitmap = Bitmap(np.full((2000, 1000), 255, np.uint8), 4.0, tilt=2.0)
    tokens = [ocr._Token("20", Box(x, 1900, x + 40, 1950), 0.9) for x in (900, 930)]
    doubtful = [ocr._cut_off([t], bitmap)[0].confidence <= ocr.DOUBTFUL for t in tokens]
    assert doubtful == [False, True]


@pytest.mark.parametrize(
    ("spot", "fills"),
    [((0, 0, 300, 50), True), ((20, 0, 60, 50), False), ((0, 100, 40, 130), True)],
    ids=["a row of cells", "a spot in a cell", "beside the table"],
)
def test_colour_in_a_grid_fills_its_cells(spot: Any, fills: bool) -> None:
    cells = [(0, 0, 100, 50), (100, 0, 300, 50)]
    assert ocr._fills_cells(PaintedBox(spot, 240), cells) is fills


def test_words_of_a_slanted_line_do_not_overlap() -> None:
    line = [
        ocr._Token("ARTICLE", Box(0, 0, 78, 10), 0.9),
        ocr._Token("IV", Box(72, 0, 90, 10), 0.9),
    ]
    first, second = ocr._words(line, (12.0, 10.0), [False, False], 1.0)
    assert first.box.x1 <= second.box.x0


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
    cell = ocr._crop(picture, (80, 80, 200, 600))
    ((line,),) = ocr._read_cells([cell], 300 / 72)
    assert said(line) == "Part de la Ville"
    words = list(ocr._words(line, *ocr._metrics([line]), [False] * len(line), 300 / 72))
    assert all(w.box.height > w.box.width for w in words if len(w.text) > 2)
    (read_line,) = text_lines(words)
    assert " ".join(w.text for w in read_line) == "Part de la Ville"
    assert 100 <= min(t.box.top for t in line) <= max(t.box.bottom for t in line) <= 560


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
        pytest.param(50, [(60, 300, 1130, 303)], None, id="a table across"),
    ],
)
def test_a_sheet_of_two_pages_is_folded(gap: int, rules: Any, fold: float | None) -> None:
    sheet = sheet_of_two(gap)
    assert ocr._fold(sheet, sheet.grey, rules) == fold


def test_what_is_right_of_the_fold_goes_below_and_back() -> None:
    left, right = (Word("a", Box(x, 60, x + 40, 72), 70, 10, False) for x in (100, 700))
    sheet = Page(1, 1190, 842, (left, right), rules=(Box(700, 90, 1100, 91),), tilt=1.0)
    page = sheet.folded(595)
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
