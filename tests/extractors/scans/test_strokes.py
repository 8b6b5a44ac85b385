"""Roman numbers that OCR reads as Arabic ones."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.pages.page import Box
from extractors.scans.cleaning import cleaned
from extractors.scans.strokes import with_bars
from extractors.scans.tokens import TextLine, Token
from tests.extractors.scans.drawing import POINT, Grey, picture, said, scanned
from tests.extractors.scans.drawing import draw as drawn

FONTS = "Helvetica", "Times-Bold"


def page(lines: list[str], font: str, dpi: int) -> Grey:
    """A scan of `lines`, each at 20 points from the left, 30 below the one above."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 30 * len(lines) + 30), invariant=True)
    for i, line in enumerate(lines):
        canvas.setFont(font, 11)
        canvas.drawString(20, 30 * (len(lines) - i), line)
    canvas.save()
    return cleaned(drawn(scanned(picture(buffer.getvalue(), dpi, noise=3), dpi)))[0]


def read(line: str, i: int, printed: str, font: str) -> TextLine:
    """What was read of the line `printed`, whose first word is as wide as in `font`, if it is no
    article's."""
    canvas = Canvas(io.BytesIO())
    words, top, tokens, x = line.split(), 30.0 * i + 16, [], 20.0
    for word, true in zip(words, printed.split(), strict=True):
        width = canvas.stringWidth(true, font, 11)
        tokens.append(Token(word, Box(*(v * POINT for v in (x, top, x + width, top + 14))), 0.5))
        x += width + canvas.stringWidth(" ", font, 11)
    return tokens


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("I. CONTEXTE", "1. CONTEXTE"),
        ("II. ENGAGEMENTS", "11. ENGAGEMENTS"),
        ("III. Entrée en vigueur", "Il. Entrée en vigueur"),
        ("II - Suivi", "Il - Suivi"),
        ("Article III - Durée", "Article 111 - Durée"),
        ("1. Contexte", "1. Contexte"),
        ("11. Durée", "11. Durée"),
        ("Il Convient", "Il Convient"),
    ],
)
def test_the_strokes_of_a_number_tell_whether_it_is_roman(
    printed: str, read_as: str, font: str, dpi: int
) -> None:
    (line,) = with_bars([read(read_as, 0, printed, font)], page([printed], font, dpi), POINT)
    assert said(line) == printed


def test_a_font_whose_1_is_a_bar_tells_nothing() -> None:
    printed = ["I. Contexte", "I2 000 €", "I5 ménages"]
    lines = [read(s.replace("I", "1"), i, s, FONTS[0]) for i, s in enumerate(printed)]
    assert with_bars(lines, page(printed, FONTS[0], 200), POINT) == lines
