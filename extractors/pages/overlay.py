"""What is laid over a page without being of it: fields that were filled in, text that was typed on
it, stamps and notes. A reader of the page sees them; the text of the page does not hold them."""

import ctypes
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.pages.remarks import Remark, read_remark

T = TypeVar("T")
TYPED = "freetexttypewriter"  # text typed as if it were the page's: ISO 32000-1, table 174
OFF = "Off"  # the state of a box that is not ticked: ISO 32000-1, 12.7.4.2.3
UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


class Tick(NamedTuple):
    """A box to tick, its place in PDF user space."""

    ticked: bool
    left: float
    bottom: float
    right: float
    top: float


def made_flat(
    document: pypdfium2.PdfDocument, number: int
) -> tuple[pypdfium2.PdfPage, bool, list[Tick], list[Remark]]:
    """Page `number` (from 1) of `document`, with the fields filled in on it, and what was typed on
    blank paper, as part of it; whether there are any; its boxes to tick; and the remarks laid over
    it, such as stamps and notes, which are left out.

    `document` has that page so from then on. Raises pypdfium2.PdfiumError when the page cannot be
    loaded.
    """
    page = document[number - 1]
    count = pdfium.FPDFPage_GetAnnotCount(page)
    if not count:
        return page, False, [], []
    ticks = [tick for i in range(count) if (tick := _with(page, i, _tick))]
    remarks, kept = _told_apart(page, count)
    if not kept:
        return page, False, ticks, remarks
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return document[number - 1], True, ticks, remarks


def _told_apart(page: pypdfium2.PdfPage, count: int) -> tuple[list[Remark], int]:
    """The remarks among the `count` things laid over `page`, and how many of the others are its
    content; where any are, it loses the rest."""
    texts = page.get_textpage()
    try:
        kept = [bool(_with(page, i, lambda note: _is_content(note, texts))) for i in range(count)]
    finally:
        texts.close()
    rest = [i for i, keep in enumerate(kept) if not keep]
    remarks = [remark for i in rest if (remark := _with(page, i, _remark))]
    if any(kept):
        for i in reversed(rest):
            pdfium.FPDFPage_RemoveAnnot(page, i)
    return remarks, sum(kept)


def _remark(note: Any) -> Remark | None:
    if pdfium.FPDFAnnot_GetFlags(note) & UNSEEN:
        return None
    return read_remark(note, _string(note, b"Contents"), _frame(note))


def _with(page: pypdfium2.PdfPage, index: int, ask: Callable[[Any], T]) -> T | None:
    note = pdfium.FPDFPage_GetAnnot(page, index)
    try:
        return ask(note) if note else None
    finally:
        pdfium.FPDFPage_CloseAnnot(note)


def _tick(note: Any) -> Tick | None:
    """The box to tick that a field is, if it shows."""
    if (
        pdfium.FPDFAnnot_GetSubtype(note) != pdfium.FPDF_ANNOT_WIDGET
        or _string(note, b"FT") not in ("Btn", "")
        or not _has(note, b"AS")
        or pdfium.FPDFAnnot_GetFlags(note) & UNSEEN
    ):
        return None
    return Tick(_string(note, b"AS") != OFF, *_frame(note))


def _frame(note: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top."""
    frame = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, frame)
    (left, right), (bottom, top) = (
        sorted((frame.left, frame.right)),
        sorted((frame.bottom, frame.top)),
    )
    return left, bottom, right, top


def _is_content(note: Any, texts: pypdfium2.PdfTextPage) -> bool:
    """Is it a field for text or a choice, or typed text that covers no other?"""
    kind = pdfium.FPDFAnnot_GetSubtype(note)
    if kind == pdfium.FPDF_ANNOT_WIDGET:  # what has states is a box to tick
        return _string(note, b"FT") in ("Tx", "Ch", "") and not _has(note, b"AS")
    if kind != pdfium.FPDF_ANNOT_FREETEXT or _string(note, b"IT").lower() != TYPED:
        return False
    return not texts.get_text_bounded(*_frame(note)).strip()


def _has(note: Any, key: bytes) -> bool:
    return bool(pdfium.FPDFAnnot_HasKey(note, key))


def _string(note: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(length)
    wide = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(note, key, wide, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
