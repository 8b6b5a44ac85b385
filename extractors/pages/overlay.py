"""What is laid over a page without being of it: fields that were filled in, text that was typed on
it, stamps and notes. A reader of the page sees them; the text of the page does not hold them."""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

TYPED = "freetexttypewriter"  # text typed as if it were the page's: ISO 32000-1, table 174


def made_flat(document: pypdfium2.PdfDocument, number: int) -> tuple[pypdfium2.PdfPage, bool]:
    """Page `number` (from 1) of `document`, with the fields filled in on it, and what was typed on
    blank paper, as part of it; and whether there are any. Stamps and notes are left out.

    `document` has that page so from then on. Raises pypdfium2.PdfiumError when the page cannot be
    loaded.
    """
    page = document[number - 1]
    count = pdfium.FPDFPage_GetAnnotCount(page)
    if not count or not _kept(page, count):
        return page, False
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return document[number - 1], True


def _kept(page: pypdfium2.PdfPage, count: int) -> int:
    """How many of the `count` things laid over `page` were kept; it loses the others."""
    texts = page.get_textpage()
    try:
        kept = [_with(page, i, lambda note: _is_content(note, texts)) for i in range(count)]
    finally:
        texts.close()
    if any(kept):
        for i in reversed([i for i, keep in enumerate(kept) if not keep]):
            pdfium.FPDFPage_RemoveAnnot(page, i)
    return sum(kept)


def _with(page: pypdfium2.PdfPage, index: int, ask: Callable[[Any], bool]) -> bool:
    note = pdfium.FPDFPage_GetAnnot(page, index)
    try:
        return bool(note) and ask(note)
    finally:
        pdfium.FPDFPage_CloseAnnot(note)


def _is_content(note: Any, texts: pypdfium2.PdfTextPage) -> bool:
    """Is it a field for text or a choice, or typed text that covers no other?"""
    kind = pdfium.FPDFAnnot_GetSubtype(note)
    if kind == pdfium.FPDF_ANNOT_WIDGET:  # boxes to tick have states
        return _string(note, b"FT") in ("Tx", "Ch", "") and not _has(note, b"AS")
    if kind != pdfium.FPDF_ANNOT_FREETEXT or _string(note, b"IT").lower() != TYPED:
        return False
    frame = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, frame)
    sides = sorted((frame.left, frame.right)), sorted((frame.bottom, frame.top))
    (left, right), (bottom, top) = sides
    return not texts.get_text_bounded(left, bottom, right, top).strip()


def _has(note: Any, key: bytes) -> bool:
    return bool(pdfium.FPDFAnnot_HasKey(note, key))


def _string(note: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(length)
    wide = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(note, key, wide, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
