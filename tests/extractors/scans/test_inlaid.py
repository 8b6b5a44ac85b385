"""A table pasted as a picture amid digital text."""

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.document import read_document
from extractors.scans import inlaid
from pipeline.extracted import ExtractedDocument
from tests.extractors.scans.drawing import PAPER, ROWS, Grey, picture, table_page, with_tesseract

SMALL = (
    ("Action", "Pilote", "Montant"),
    ("Charte bailleurs", "Valbrume", "3 000 €"),
    ("Bail mobilité", "L'Escale", "6 000 €"),
)
LINE = "La convention fixe les actions que l'État et la métropole financent pour l'année."


def letter(path: Path, grey: Grey) -> Path:
    """Twelve lines of text, and `grey` under them, as wide as the page."""
    image = io.BytesIO()
    Image.fromarray(grey).save(image, "png")
    canvas = Canvas(str(path), pagesize=A4)
    for i in range(12):
        canvas.drawString(60, 780 - 16 * i, LINE)
    canvas.drawImage(ImageReader(image), 0, 250, *PAPER)
    canvas.save()
    return path


def small_table() -> bytes:
    """A PDF of one page: a ruled table of three rows, of fifteen words."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PAPER, invariant=True)
    canvas.setFont("Times-Roman", 11)
    for y, row in zip((200, 180, 160), SMALL, strict=True):
        for x, text in zip((60, 220, 380), row, strict=True):
            canvas.rect(x, y, 160, 20)
            canvas.drawString(x + 6, y + 6, text)
    canvas.save()
    return buffer.getvalue()


def texts(document: ExtractedDocument) -> list[list[str]]:
    return [
        [c.text.replace("\n", " ") for c in row.cells] for t in document.tables for row in t.rows
    ]


def rules(document: ExtractedDocument) -> list[str]:
    return [problem.rule for problem in document.problems]


@with_tesseract
def test_the_table_of_a_picture_is_read_and_the_text_beside_it_stays(tmp_path: Path) -> None:
    read = read_document(letter(tmp_path / "act.pdf", picture(table_page(), dpi=150)))
    assert [row[2] for row in texts(read)] == [row[2] for row in ROWS[1:]]
    assert read.pages[0].ocr_confidence is not None
    assert read.pages[0].characters > 12 * len(LINE.replace(" ", ""))
    assert "picture_unread" not in rules(read)


@with_tesseract
def test_a_table_of_few_words_is_read_where_rules_draw_it(tmp_path: Path) -> None:
    read = read_document(letter(tmp_path / "act.pdf", picture(small_table(), dpi=150)))
    assert texts(read) == [list(row) for row in SMALL[1:]]


@with_tesseract
def test_sums_in_a_picture_of_few_words_are_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PAPER, invariant=True)
    for y, text in ((200, "Charte bailleurs   3 000 €"), (170, "Bail mobilité   6 000 €")):
        canvas.drawString(60, y, text)
    canvas.save()
    read = read_document(letter(tmp_path / "act.pdf", picture(buffer.getvalue(), dpi=150)))
    assert read.tables == [] and rules(read).count("picture_unread") == 1


def test_without_tesseract_a_picture_with_text_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inlaid, "ocr_available", lambda: False)
    read = read_document(letter(tmp_path / "act.pdf", picture(table_page(), dpi=150)))
    assert read.tables == [] and rules(read).count("picture_unread") == 1


@with_tesseract
@pytest.mark.parametrize(("ruled", "told"), [(False, 0), (True, 1)], ids=["a banner", "a table"])
def test_few_words_are_left_out_and_told_where_rules_draw_a_table(
    tmp_path: Path, ruled: bool, told: int
) -> None:
    grey = np.full((600, 1200), 255, np.uint8)
    cv2.putText(grey, "PREFECTURE DE L'AUBE", (100, 130), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 4)
    for place in (60, 200, 340, 480) if ruled else ():
        grey[place : place + 4, 60:1140] = 0
    for place in (60, 420, 780, 1136) if ruled else ():
        grey[60:484, place : place + 4] = 0
    read = read_document(letter(tmp_path / "act.pdf", grey))
    assert "PREFECTURE" not in str(read.articles) + str(read.tables)
    assert rules(read).count("picture_unread") == told


@pytest.mark.parametrize("grey", [40, 255], ids=["a photograph", "white"])
def test_what_shows_no_text_is_no_finding(tmp_path: Path, grey: int) -> None:
    shades = np.random.default_rng(1).integers(grey // 2, grey + 1, (600, 1200))
    flat = np.full((600, 1200), 255)
    read = read_document(
        letter(tmp_path / "act.pdf", (flat if grey == 255 else shades).astype(np.uint8))
    )
    assert read.tables == [] and "picture_unread" not in rules(read)
