"""Makes scans: invented pages, drawn to pictures, tilted and soiled, and put in a PDF."""

import io

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.pages.page import Box
from extractors.scans import bitmap
from extractors.scans.tesseract import ocr_available
from extractors.scans.tokens import TextLine, Token

Grey = npt.NDArray[np.uint8]
with_tesseract = pytest.mark.skipif(
    not ocr_available(),
    reason="needs Tesseract with French: apt-get install tesseract-ocr tesseract-ocr-fra",
)

PAPER = (595.0, 300.0)  # points
TITLE = "Annexe 1 - Actions financées à Valbrume"
ROWS = (
    ("Pilote", "Action", "Montant", "Suivi"),
    ("Valbrume", "Accueil des jeunes en situa-|tion de rupture", "35 000 €", "-"),
    ("Départe-|ment", "Aide à l'accès au logement", "112 450 €", "En cours"),
    ("L'Escale", "Maraude et mise à l'abri", "8 730 €", "-"),
)
BOLD_ROW = 1
LEFTS = (60.0, 150.0, 340.0, 430.0, 530.0)
TOP, ROW_HEIGHT = 120.0, 34.0
POINT = 300 / 72
GRID = (
    [(100, y, 1100, y + 4) for y in range(100, 701, 100)],
    [(x, 100, x + 4, 704) for x in (100, 350, 600, 850, 1096)],
)


def table_page(head: float = 0.8) -> bytes:
    """A PDF of one page: a title, and a ruled table with a bold row, its head filled with the
    grey `head` (0 black … 1 white)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PAPER, invariant=True)
    height = PAPER[1]
    canvas.setFont("Times-Roman", 12)
    canvas.drawString(60, height - 90, TITLE)
    for y, row in enumerate(ROWS):
        top = TOP + y * ROW_HEIGHT
        if y == 0:
            canvas.setFillGray(head)
            canvas.rect(LEFTS[0], height - top - ROW_HEIGHT, LEFTS[-1] - LEFTS[0], ROW_HEIGHT, 0, 1)
        canvas.setFillGray(1.0 if y == 0 and head < 0.5 else 0.0)
        canvas.setFont("Times-Bold" if y == BOLD_ROW else "Times-Roman", 10)
        for x, text in enumerate(row):
            canvas.rect(
                LEFTS[x], height - top - ROW_HEIGHT, LEFTS[x + 1] - LEFTS[x], ROW_HEIGHT, 1, 0
            )
            for i, line in enumerate(text.split("|")):
                canvas.drawString(LEFTS[x] + 4, height - top - 13 - 12 * i, line)
    canvas.save()
    return buffer.getvalue()


def picture(pdf: bytes, dpi: int = 200, tilt: float = 0.0, noise: float = 0.0) -> Grey:
    """The first page of `pdf` as a scanner would see it, turned clockwise by `tilt` degrees."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=dpi / 72, grayscale=True)
        grey = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -tilt, 1.0)
    turned = cv2.warpAffine(grey, matrix, (width, height), borderValue=255)
    soiled = turned * 0.85 + 25 + np.random.default_rng(1).normal(0, noise or 1e-6, turned.shape)
    return np.clip(soiled, 0, 255).astype(np.uint8)


def scanned(grey: Grey, dpi: int = 200) -> bytes:
    """A PDF of one page that holds nothing but `grey`."""
    height, width = grey.shape
    size = width * 72 / dpi, height * 72 / dpi
    buffer, image = io.BytesIO(), io.BytesIO()
    Image.fromarray(grey).save(image, "jpeg", quality=70)
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    canvas.drawImage(ImageReader(image), 0, 0, *size)
    canvas.save()
    return buffer.getvalue()


def draw(pdf: bytes) -> bitmap.Bitmap:
    with pypdfium2.PdfDocument(pdf) as document:
        return bitmap.draw(document[0])


def typed(text: str, top: float = 0.0, confidence: float = 0.9) -> TextLine:
    """A line as Tesseract reads it."""
    return [
        Token(word, Box(40.0 * i, top, 40.0 * i + 35, top + 10), confidence)
        for i, word in enumerate(text.split())
    ]


def said(line: TextLine) -> str:
    return " ".join(token.text for token in line)
