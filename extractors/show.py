"""A page with what was recognised on it drawn over: cells by kind, articles, furniture."""

from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from pipeline.extracted import ExtractedDocument, Place

SCALE = 2.0  # pixels a point
COLOURS = {
    "head": (0, 140, 150),
    "cell": (40, 100, 200),
    "section": (130, 60, 160),
    "total": (200, 120, 0),
    "replaced": (150, 150, 150),
    "doubt": (220, 0, 0),
    "article": (0, 140, 70),
    "furniture": (120, 120, 120),
}


def show_page(path: Path, acts: Iterable[ExtractedDocument], number: int) -> Image.Image:
    """Page `number` (from 1) of the PDF at `path`, with the cells, article headings and furniture
    that its `acts` place on it; what readers disagree on is red.

    Raises pypdfium2.PdfiumError when the page cannot be drawn.
    """
    with pypdfium2.PdfDocument(path) as pdf:
        pdf.init_forms()  # fields show what they were filled in with
        picture = pdf[number - 1].render(scale=SCALE).to_pil().convert("RGBA")
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for place, kind in (mark for act in acts for mark in _marks(act)):
        if place.page == number:
            box = [SCALE * v for v in (place.x0, place.top, place.x1, place.bottom)]
            colour = COLOURS[kind]
            pen.rectangle(box, fill=(*colour, 36), outline=(*colour, 255), width=2)
    return Image.alpha_composite(picture, layer).convert("RGB")


def _marks(document: ExtractedDocument) -> list[tuple[Place, str]]:
    heads = [(c.place, "head") for table in document.tables for row in table.head for c in row]
    cells = [
        (part, "cell" if row.kind == "body" else row.kind)
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for part in (cell.place, *cell.rest)
    ]
    doubts = [(text.place, "doubt") for table in document.tables for text in table.disagreements]
    articles = [(article.place, "article") for article in document.articles]
    furniture = [(piece.place, "furniture") for piece in document.furniture]
    return [*heads, *cells, *doubts, *articles, *furniture]
