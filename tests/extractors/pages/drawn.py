"""A page drawn by a function of a canvas, as the reader sees it."""

from io import BytesIO

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from extractors.pages.read_page import read_page

WIDTH, HEIGHT = 500.0, 800.0


def page(draw, rotation=0):
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT))
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    if rotation:
        document[0].set_rotation(rotation)
    return read_page(document, 1)


def texts(page):
    return [word.text for word in page.words]
