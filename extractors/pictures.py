"""Pictures of the pages of a PDF, sized for the screen."""

from pathlib import Path

import pypdfium2

WIDTH = 1200  # pixels; the text of an A4 page is easy to read
TALLEST = 6000
QUALITY = 60


def draw_pages(pdf: Path, folder: Path) -> None:
    """Write `folder/<page>.webp`, pages from 1, each 1200 pixels wide.

    Raises pypdfium2.PdfiumError when the document cannot be opened; a page that cannot be drawn
    has no picture.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(len(document)):
            try:
                _draw(document, index, folder / picture_name(index + 1))
            except pypdfium2.PdfiumError:
                continue


def picture_name(page: int) -> str:
    """Name of the picture of a page, from 1."""
    return f"{page}.webp"


def _draw(document: pypdfium2.PdfDocument, index: int, path: Path) -> None:
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(WIDTH / width, TALLEST / height)
        page.render(scale=scale).to_pil().save(path, quality=QUALITY, method=2)
    finally:
        page.close()
