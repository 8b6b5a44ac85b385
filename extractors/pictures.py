"""Pictures of the pages of a PDF, sized for the screen."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2
from PIL import ImageDraw

WIDTH = 1200  # pixels; the text of an A4 page is easy to read
TALLEST = 6000
QUALITY = 60
MARGIN = 1.0  # points around what is painted over
Frame = tuple[float, float, float, float]  # x0, top, x1, bottom, in points


def draw_pages(pdf: Path, folder: Path, hidden: Mapping[int, Sequence[Frame]]) -> None:
    """Write `folder/<page>.webp`, pages from 1, each 1200 pixels wide; the frames `hidden` on a
    page are painted over.

    Raises pypdfium2.PdfiumError when the document cannot be opened; a page that cannot be drawn
    has no picture.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()  # fields show what they were filled in with
        for index in range(len(document)):
            try:
                _draw(document, index, folder / picture_name(index + 1), hidden.get(index + 1, ()))
            except pypdfium2.PdfiumError:
                continue


def picture_name(page: int) -> str:
    """Name of the picture of a page, from 1."""
    return f"{page}.webp"


def _draw(document: pypdfium2.PdfDocument, index: int, path: Path, hidden: Sequence[Frame]) -> None:
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(WIDTH / width, TALLEST / height)
        picture = page.render(scale=scale).to_pil()
        brush = ImageDraw.Draw(picture)
        for x0, top, x1, bottom in hidden:
            frame = (x0 - MARGIN, top - MARGIN, x1 + MARGIN, bottom + MARGIN)
            brush.rectangle([scale * side for side in frame], fill="black")
        picture.save(path, quality=QUALITY, method=2)
    finally:
        page.close()
