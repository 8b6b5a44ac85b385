"""Text that pictures printed later hide: programs that recognise a scan may lay their text beneath
its picture."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.pages.frame import IDENTITY, Matrix
from extractors.pages.graphics import FORM_DEPTH, address, bounds_of, objects_of

OPAQUE = 0.9  # share of a picture that lets nothing through: a mark of one's own has holes


def covered(page: pypdfium2.PdfPage) -> frozenset[int]:
    """The addresses of the text objects of `page` beneath a picture that nothing shows through."""
    return frozenset(_covered(page))


def _covered(page: pypdfium2.PdfPage) -> Iterator[int]:
    texts: list[tuple[Any, Matrix]] = []
    for item, kind, matrix in objects_of(page.raw, IDENTITY, FORM_DEPTH):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append((item, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            picture = bounds_of(item, matrix)
            beneath = [t for t, at in texts if picture.holds(*bounds_of(t, at).middle)]
            if beneath and _is_opaque(page, item):
                yield from map(address, beneath)


def _is_opaque(page: pypdfium2.PdfPage, picture: Any) -> bool:
    if pdfium.FPDFPageObj_HasTransparency(picture):
        return False
    raw = pdfium.FPDFImageObj_GetRenderedBitmap(page.pdf, page, picture)
    if not raw:
        return False
    bitmap = pypdfium2.PdfBitmap.from_raw(raw)
    try:
        pixels = bitmap.to_numpy()
        return bitmap.n_channels < 4 or bool((pixels[..., 3] == 255).mean() >= OPAQUE)
    finally:
        bitmap.close()
