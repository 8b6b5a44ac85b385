"""What a reader of a PDF has laid over its page afterwards: lines through words, boxes over them,
notes and corrections. None of it is the act's text, and all of it may change what the act says."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractors.pages.frame import Frame
from extractors.pages.graphics import OPAQUE
from extractors.pages.page import Box, Word

Corners = tuple[float, float, float, float]  # left, bottom, right, top in PDF user space
STRIKES = (pdfium.FPDF_ANNOT_STRIKEOUT,)
BOXES = (
    pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_REDACT,
    pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT,
)  # fmt: skip
NOTES = (
    pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_CARET,
    pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_SQUARE,
)  # fmt: skip


class Remark(NamedTuple):
    """Its kind, what its author wrote (or the name of its file), where it lies, and whether it is
    known to hide what is below."""

    kind: int
    text: str
    places: tuple[Corners, ...]
    hides: bool = False


def read_remark(note: Any, text: str, frame: Corners) -> Remark | None:
    """The remark that an annotation is; None of a link, a field and the like."""
    kind = pdfium.FPDFAnnot_GetSubtype(note)
    if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
        return Remark(kind, file_name(pdfium.FPDFAnnot_GetFileAttachment(note)), (frame,))
    if kind not in (*STRIKES, *BOXES, *NOTES):
        return None
    places = tuple(_quads(note)) or (frame,)
    return Remark(kind, " ".join(text.split()), places, kind in BOXES and _is_opaque(note, kind))


def _is_opaque(note: Any, kind: int) -> bool:
    """Is it a redaction, applied or not, or filled with a colour?"""
    if kind == pdfium.FPDF_ANNOT_REDACT:
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    inside = pdfium.FPDFANNOT_COLORTYPE_InteriorColor
    filled = pdfium.FPDFAnnot_HasKey(note, b"IC") and pdfium.FPDFAnnot_GetColor(
        note, inside, red, green, blue, alpha
    )
    return bool(filled and alpha.value == OPAQUE)


def _quads(note: Any) -> Iterator[Corners]:
    points = pdfium.FS_QUADPOINTSF()
    for i in range(pdfium.FPDFAnnot_CountAttachmentPoints(note)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(note, i, ctypes.byref(points)):
            xs = (points.x1, points.x2, points.x3, points.x4)
            ys = (points.y1, points.y2, points.y3, points.y4)
            yield min(xs), min(ys), max(xs), max(ys)


def struck_out(words: Sequence[Word], remarks: Sequence[Remark], frame: Frame) -> list[Word]:
    """Those of `words` through which a line is drawn."""
    return _under(words, [r for r in remarks if r.kind in STRIKES], frame)


def without_hidden(
    words: Sequence[Word],
    remarks: Sequence[Remark],
    frame: Frame,
    is_blank: Callable[[Box], bool],
) -> list[Word]:
    """`words` but those that a box laid over them hides."""
    boxes = [r for r in remarks if r.kind in BOXES]
    hidden = {*_under(words, [r for r in boxes if r.hides], frame)}
    hidden |= {word for word in _under(words, boxes, frame) if is_blank(word.box)}
    return [word for word in words if word not in hidden]


def _under(words: Sequence[Word], remarks: Sequence[Remark], frame: Frame) -> list[Word]:
    boxes = [frame.box(*place) for remark in remarks for place in remark.places]
    return [word for word in words if any(_lies_on(box, word.box) for box in boxes)]


def _lies_on(box: Box, word: Box) -> bool:
    across = min(box.x1, word.x1) - max(box.x0, word.x0)
    return across > word.width / 2 and box.top <= word.middle[1] <= box.bottom


def notes(remarks: Sequence[Remark]) -> tuple[str, ...]:
    """What the authors of remarks wrote."""
    return tuple(dict.fromkeys(r.text for r in remarks if r.kind in NOTES and r.text))


def files(remarks: Sequence[Remark]) -> tuple[str, ...]:
    """The names of the files pinned on the page."""
    return tuple(r.text for r in remarks if r.kind == pdfium.FPDF_ANNOT_FILEATTACHMENT)


def file_name(file: Any) -> str:
    """The name of a file that a PDF carries."""
    size = pdfium.FPDFAttachment_GetName(file, None, 0)
    buffer = ctypes.create_string_buffer(size)
    wide = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAttachment_GetName(file, wide, size)
    return " ".join(buffer.raw.decode("utf-16-le", "replace").rstrip("\0").split())
