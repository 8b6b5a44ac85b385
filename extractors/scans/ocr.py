"""A scanned page, read with Tesseract into the same `Page` that a digital one gives.

The page is straightened, its ruling lines are found and wiped out, each cell of a ruled table is
read by itself, and every figure is read a second time at another size: one on which the two
readings differ gets a low confidence.
"""

import functools
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import cv2
import pypdfium2

from extractors.errors import UnreadablePage
from extractors.pages.page import Box, Fill, Page
from extractors.pages.two_up import halves_of
from extractors.scans.bitmap import (
    Bitmap,
    PixelBox,
    draw,
    enlargement,
    halved,
    straightened,
)
from extractors.scans.bold_strokes import bold_words
from extractors.scans.cleaning import (
    cleaned,
    without_edges,
    without_grain,
)
from extractors.scans.doubts import Marks, confirmed, cut_off, hidden, scribbled, under
from extractors.scans.drawing import Drawing, drawn_on
from extractors.scans.drawn_boxes import with_boxes
from extractors.scans.left_out import with_left_out
from extractors.scans.misread_counts import with_counts
from extractors.scans.misreadings import (
    capitalised,
    numbered,
    repaired,
    with_bullet,
    with_elisions,
    with_euros,
    with_first_days,
    with_thousands,
    without_accents,
    without_dots,
    without_noise,
)
from extractors.scans.points import with_points
from extractors.scans.scan_lines import read_scan_lines, tightened
from extractors.scans.scan_words import levelled, metrics_of, words_of
from extractors.scans.screen import descreened
from extractors.scans.sheet import flattened
from extractors.scans.slant import squared
from extractors.scans.stamp_text import levelled as levelled_stamps
from extractors.scans.strokes import with_bars
from extractors.scans.tesseract import (
    BLOCK,
    LARGEST_SPECK,
    cropped,
    has_ink,
    recognise,
    require_ocr,
)
from extractors.scans.tokens import LEGIBLE, TextLine, confidence_of
from extractors.scans.upright import turned_elsewhere, upright

PDFIUM = threading.Lock()  # pdfium is not for several threads


def read_scan(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Page `number` (from 1) of `document`, read from its picture, straightened.

    `turn`, `tilt`, `projection` and `enlarged` say how it was moved; `Page.on_paper` undoes them.
    A page without ink is a page without words and without `ocr_confidence`. Raises
    UnreadableDocument where Tesseract is missing, UnreadablePage where it gives up,
    pypdfium2.PdfiumError when the page cannot be loaded.
    """
    with PDFIUM:
        page = document[number - 1]
        try:
            drawn = draw(page, enlargement(page))
        finally:
            page.close()
    bitmap = without_edges(flattened(without_grain(descreened(drawn))))
    small = Bitmap(halved(bitmap.grey), bitmap.scale / 2)
    if not has_ink(cleaned(small)[0], LARGEST_SPECK // 4):
        width, height = bitmap.points
        return Page(number, width, height, (), enlarged=drawn.enlarged)
    require_ocr()
    bitmap = upright(squared(bitmap))
    result = read_bitmap(straightened(bitmap), number)
    if (result.ocr_confidence or 0.0) < LEGIBLE:
        other = read_bitmap(straightened(turned_elsewhere(bitmap)), number)
        result = max(result, other, key=lambda p: p.ocr_confidence or 0.0)
    return result


def read_scans(document: pypdfium2.PdfDocument, numbers: Sequence[int]) -> Iterator[Page]:
    """The pages `numbers` of `document`, in that order, as many at a time as there are cores.

    A page on which Tesseract or OpenCV gives up, or whose picture leaves nothing to count, is
    `unread`, without words. Nothing else may use
    pdfium meanwhile. Raises UnreadableDocument and pypdfium2.PdfiumError as `read_scan` does.
    """
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        yield from pool.map(functools.partial(_read_or_left, document), numbers)


def _read_or_left(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        return read_scan(document, number)
    except (UnreadablePage, cv2.error, ValueError):
        with PDFIUM:
            width, height = document.get_page_size(number - 1)
        return Page(number, width, height, (), unread=True)


def read_bitmap(bitmap: Bitmap, number: int) -> Page:
    """What Tesseract sees in `bitmap`, as page `number`.

    Raises UnreadablePage where it gives up.
    """
    drawing = drawn_on(bitmap)
    crops = [cropped(drawing.stamps, place) for place in drawing.stamped]
    on_stamps = recognise(crops, BLOCK, bitmap.scale)
    lines = _lines(bitmap, drawing, on_stamps)
    of_stamps = [line for some in levelled_stamps(crops, on_stamps, bitmap.scale) for line in some]
    metrics = levelled(lines, metrics_of(lines), bitmap.scale)
    bold = bold_words(lines, metrics, drawing.text, bitmap.scale)
    width, height = bitmap.points

    def points(box: PixelBox) -> Box:
        return Box(*(v / bitmap.scale for v in box))

    page = Page(
        number,
        width,
        height,
        tuple(
            word
            for line, metric, marks in zip(lines, metrics, bold, strict=True)
            for word in words_of(line, metric, marks, bitmap.scale)
        ),
        tuple(points(r) for r in drawing.across + drawing.down),
        tuple(Fill(points(f.box), (f.grey, f.grey, f.grey)) for f in drawing.fills),
        (Box(0.0, 0.0, width, height),),
        turn=bitmap.turn,
        stamped=tuple(
            word
            for line, metric in zip(of_stamps, metrics_of(of_stamps), strict=True)
            for word in words_of(line, metric, [False] * len(line), bitmap.scale)
        ),
        tilt=bitmap.tilt,
        projection=bitmap.projection,
        ocr_confidence=confidence_of(lines),
        resolution=bitmap.resolution,
        enlarged=bitmap.enlarged,
    )
    return page if drawing.fold is None else page.folded(halves_of(page, drawing.fold))


def _lines(
    bitmap: Bitmap, drawing: Drawing, on_stamps: Sequence[Sequence[TextLine]]
) -> list[TextLine]:
    """The lines of the text of `drawing`, doubts told, misreadings mended."""
    text, cells, point = drawing.text, drawing.cells, bitmap.scale
    lines = read_scan_lines(text, cells, point, drawing.across, drawing.fold is not None)
    lines = [tightened(line, text, point) for line in lines]
    marks = Marks.on(text)
    lines = with_left_out(lines, cells, marks, text, point)
    lines += hidden([line for some in on_stamps for line in some], lines, cells)
    lines = confirmed(lines, text, point)
    lines = with_bars([with_points(line, text, point) for line in lines], text, point)
    lines = [
        [
            repaired(under(scribbled(token, cells, marks, point), drawing.stamped, marks))
            for token in without_noise(line)
        ]
        for line in lines
    ]
    lines = [with_thousands(with_euros(cut_off(line, bitmap))) for line in lines if line]
    lines = [with_elisions(with_first_days(with_bullet(line))) for line in lines]
    lines = without_dots(without_accents(lines), point)
    return with_boxes(with_counts(numbered(capitalised(lines))), drawing.boxes)
