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
import numpy as np
import pypdfium2

from extractors.errors import UnreadablePage
from extractors.pages.page import Box, Fill, Page
from extractors.pages.two_up import FEWEST, LONG, WIDE, halves_of
from extractors.scans.bitmap import (
    Bitmap,
    Grey,
    PixelBox,
    as_grey,
    components,
    draw,
    enlargement,
    halved,
    hull,
    straightened,
)
from extractors.scans.bold_strokes import bold_words
from extractors.scans.broken_rules import unbroken
from extractors.scans.cleaning import (
    DARK,
    PaintedBox,
    cleaned,
    without_edges,
    without_grain,
    without_specks,
)
from extractors.scans.doubts import Marks, confirmed, cut_off, hidden, scribbled, under
from extractors.scans.drawn_boxes import find_boxes, with_boxes, without_boxes
from extractors.scans.drawn_frames import find_frames, rules_without
from extractors.scans.drawn_grids import (
    enclosed,
    fitted,
    is_halo,
    with_dark_columns,
    with_edges,
    without_close,
    without_overlaid,
)
from extractors.scans.drawn_rules import find_rules, healed, without_rules
from extractors.scans.left_out import with_left_out
from extractors.scans.light_rules import light_rules, together
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
from extractors.scans.rings import find_rings, places_of, without_rings
from extractors.scans.scan_lines import read_scan_lines, tightened
from extractors.scans.scan_words import levelled, metrics_of, words_of
from extractors.scans.screen import descreened
from extractors.scans.sheet import flattened
from extractors.scans.shown_through import of_this_side
from extractors.scans.slant import squared
from extractors.scans.stamp_text import levelled as levelled_stamps
from extractors.scans.stamps import without_stamps
from extractors.scans.tesseract import (
    BLOCK,
    LARGEST_SPECK,
    cropped,
    has_ink,
    recognise,
    require_ocr,
)
from extractors.scans.tokens import LEGIBLE, confidence_of
from extractors.scans.upright import turned_elsewhere, upright

BARELY = 0.2  # share of a colour that may stand beyond the cells that it fills
THEIRS = 0.5  # share of a colour that fills cells that is within them, at least
HOLE = 45.0  # points: no punched hole is as wide
SHEET_OF_TWO = 1000.0  # points: two pages of A4 that were scanned together are wider
GUTTER = 0.015  # of the width of such a sheet: blank on both sides of its middle, at least
SUPPOSED = 0.1  # share of the middle of such a rule that is drawn, at most
SPACE = 6.0  # points between words, at most, on a sheet with two pages printed smaller

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

    A page on which Tesseract or OpenCV gives up is `unread`, without words. Nothing else may use
    pdfium meanwhile. Raises UnreadableDocument and pypdfium2.PdfiumError as `read_scan` does.
    """
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        yield from pool.map(functools.partial(_read_or_left, document), numbers)


def _read_or_left(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        return read_scan(document, number)
    except (UnreadablePage, cv2.error):
        with PDFIUM:
            width, height = document.get_page_size(number - 1)
        return Page(number, width, height, (), unread=True)


def read_bitmap(bitmap: Bitmap, number: int) -> Page:
    """What Tesseract sees in `bitmap`, as page `number`.

    Raises UnreadablePage where it gives up.
    """
    ink, fills = cleaned(bitmap)
    light_across, light_down = light_rules(bitmap.grey, fills, bitmap.scale)
    ink = without_rules(ink, light_down)  # in a dark head they are drawn
    rings = find_rings(ink, bitmap.scale)
    ink = without_rings(ink, rings)
    across, down = of_this_side(*find_rules(ink, bitmap.scale), ink, bitmap.scale)
    across = together(light_across, across, bitmap.scale)
    down = together(light_down, down, bitmap.scale)
    across = with_edges(across, down, fills, bitmap.scale)
    frames = find_frames(ink, across, down, bitmap.scale)
    if frames:
        across, down = rules_without(ink, across, down, frames, bitmap.scale)
    across, down = unbroken(across, down, ink, bitmap.scale)
    whole = healed(ink, across, down)
    text, stamps, stamped = without_stamps(
        without_rules(ink, across + down), whole, places_of(rings, ink), bitmap.scale
    )
    for sides in frames:
        place = hull(sides)
        if not any(Box(*place).overlap(Box(*other)) for other in stamped):  # as black as the text
            text = without_rules(text, sides)
            stamped.append(place)
    text = without_specks(text, bitmap.scale)
    boxes = find_boxes(text, bitmap.scale)
    text = without_boxes(text, boxes)
    fold = _fold(bitmap, text, ink, across + down)
    if fold is not None:
        middle = round(fold * bitmap.scale)
        across = [part for rule in across for part in _parted(rule, middle, ink)]
    down = without_close(without_overlaid(across, down, bitmap.scale), bitmap.scale)
    shape = (ink.shape[0], ink.shape[1])
    cells = enclosed(across + down, shape, bitmap.scale)
    fills = [f for f in fills if _fills_cells(f, cells, bitmap.scale)]
    fills = [f for f in fills if not is_halo(f, fills, cells, bitmap.scale)]
    fills = [fitted(f, cells, bitmap.scale) for f in fills]
    fills, across, down = with_dark_columns(fills, across, down, bitmap.scale)
    lines = read_scan_lines(text, cells, bitmap.scale, across, fold is not None)
    lines = [tightened(line, text, bitmap.scale) for line in lines]
    marks = Marks.on(text)
    lines = with_left_out(lines, cells, marks, text, bitmap.scale)
    crops = [cropped(stamps, place) for place in stamped]
    read = recognise(crops, BLOCK, bitmap.scale)
    lines += hidden([line for some in read for line in some], lines, cells)
    of_stamps = [line for some in levelled_stamps(crops, read, bitmap.scale) for line in some]
    lines = confirmed(lines, text, bitmap.scale)
    lines = [with_points(line, text, bitmap.scale) for line in lines]
    lines = [
        [
            repaired(under(scribbled(token, cells, marks, bitmap.scale), stamped, marks))
            for token in without_noise(line)
        ]
        for line in lines
    ]
    lines = [with_thousands(with_euros(cut_off(line, bitmap))) for line in lines if line]
    lines = [with_elisions(with_first_days(with_bullet(line))) for line in lines]
    lines = without_dots(without_accents(lines), bitmap.scale)
    lines = with_boxes(numbered(capitalised(lines)), boxes)
    metrics = levelled(lines, metrics_of(lines), bitmap.scale)
    bold = bold_words(lines, metrics, text, bitmap.scale)
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
        tuple(points(r) for r in across + down),
        tuple(Fill(points(f.box), (f.grey, f.grey, f.grey)) for f in fills),
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
    return page if fold is None else page.folded(halves_of(page, fold))


def _fold(bitmap: Bitmap, text: Grey, ink: Grey, rules: Sequence[PixelBox]) -> float | None:
    """Where the blank is, in points, that parts two pages on one sheet; None on one page. Rules are
    drawn on `ink`, and not on `text`."""
    width, height = bitmap.points
    if width < WIDE * height:
        return None
    small = halved(text)
    inked = np.asarray((small < DARK).max(axis=0))
    middle = inked.size // 2
    reach = round(GUTTER * inked.size)
    for rule in rules:
        left, _, right, _ = rule
        shadow = 4 < right - left < 8 * reach  # of the gutter, at the foot of the pages
        if not shadow and len(_parted(rule, 2 * middle, ink)) == 1:
            inked[left // 2 : right // 2 + 1] = True
    if inked[middle - reach : middle + reach].any() or not (
        inked[: middle - reach].any() and inked[middle + reach :].any()
    ):
        return None
    if width < SHEET_OF_TWO and not _are_pages(small, rules, round(SPACE * bitmap.scale / 2)):
        return None
    return width / 2


def _parted(rule: PixelBox, middle: int, ink: Grey) -> list[PixelBox]:
    """`rule`, or what is drawn of it on both sides of `middle`, where it was only supposed."""
    left, top, right, bottom = rule
    reach = round(GUTTER * ink.shape[1])
    if not left + reach < middle < right - reach:
        return [rule]
    drawn = np.asarray((ink[max(0, top - 2) : bottom + 3, left:right] < DARK).any(axis=0))
    at = middle - left
    if drawn[at - reach : at + reach].mean() > SUPPOSED:
        return [rule]
    before, after = np.flatnonzero(drawn[:at]), np.flatnonzero(drawn[at:])
    ends = int(before.max(initial=0)), at + int(after.min(initial=right - middle))
    return [(left, top, left + ends[0], bottom), (left + ends[1], top, right, bottom)]


def _are_pages(text: Grey, rules: Sequence[PixelBox], space: int) -> bool:
    """Have both halves of `text`, at half the size, lines or rules as long as a page's; or one many
    of them, and the other, which may be the end of an act, some half as long?"""
    width = text.shape[1]
    lines = cv2.morphologyEx(as_grey(text < DARK), cv2.MORPH_CLOSE, np.ones((1, space), np.uint8))

    def on_halves(length: float) -> list[int]:
        """How many lines and rules so long, in widths of the sheet, begin on either half."""
        run = np.ones((1, round(length * width)), np.uint8)
        long = as_grey(cv2.morphologyEx(lines, cv2.MORPH_OPEN, run))
        starts = [left for (left, _, _, _), _ in components(long)]
        starts += [r[0] // 2 for r in rules if r[2] - r[0] >= 2 * length * width]
        first = sum(start < width / 2 for start in starts)
        return [first, len(starts) - first]

    long = on_halves(LONG)
    return min(long) >= FEWEST or (max(long) >= 2 * FEWEST and min(on_halves(LONG / 2)) > 0)


def _fills_cells(fill: PaintedBox, cells: Sequence[PixelBox], scale: float) -> bool:
    """Does `fill` colour all cells that it meets, and one at least if it is small and stands level
    with some? Grain makes spots in the palest ones, punched holes beside them; what shows through
    from the back of the paper goes on beyond them."""
    box = Box(*fill.box)
    met = [(box.overlap(Box(*cell)), Box(*cell).area) for cell in cells]
    if box.width < HOLE * scale and not any(share > 0.5 * area for share, area in met):
        return not any(cell[1] < box.middle[1] < cell[3] for cell in cells)
    filled = [area for share, area in met if share > 0.5 * area]
    if filled and sum(filled) < THEIRS * box.area:
        return False
    return all(share < BARELY * box.area or share > 0.5 * area for share, area in met)
