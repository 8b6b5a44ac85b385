"""Pictures amid digital text: a table pasted into a letter as a screenshot, or scanned into it."""

import functools
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pypdfium2

from extractors.errors import UnreadablePage
from extractors.pages.page import Box, Page, Word
from extractors.scans.bitmap import Bitmap, Grey, draw
from extractors.scans.ocr import PDFIUM, read_bitmap
from extractors.scans.tesseract import ocr_available
from extractors.scans.tokens import LEGIBLE

PAPER = 200  # of 255: what is paler is paper
LIGHT = 0.5  # share of a picture that is paper, below which it is a photograph or a drawing
INK = 0.002  # share of it that is none, from which it shows something
WORDS, OF_TABLE = 20, 6  # fewer legible ones are a banner's, or a logo's; the same in a table
RULES = 3  # upright, and as many level ones, draw a table
MOVED = 0.5  # points that the picture of a page may be wider than the page


def with_pictures(
    document: pypdfium2.PdfDocument, pages: Mapping[int, tuple[Page, Sequence[Box]]]
) -> Iterator[Page]:
    """The digital `pages` (key: number), each with the words and rules that its pictures show, as
    many at a time as there are cores. Those of which nothing is read, without Tesseract or because
    they are no upright text, are `unseen`; photographs are left out.

    Nothing else may use pdfium meanwhile. Raises pypdfium2.PdfiumError when a page cannot be
    loaded.
    """
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        yield from pool.map(functools.partial(_read, document), *zip(*pages.values(), strict=True))


def _read(document: pypdfium2.PdfDocument, page: Page, pictures: Sequence[Box]) -> Page:
    with PDFIUM:
        loaded = document[page.number - 1]
        try:
            bitmap = draw(loaded)
        finally:
            loaded.close()
    if page.turn or abs(bitmap.points[0] - page.width) > MOVED:
        return replace(page, unseen=tuple(pictures))
    shown = [box for box in pictures if _shows_text(_part(bitmap, box))]
    if not shown:
        return page
    if not ocr_available():
        return replace(page, unseen=tuple(shown))
    alone = np.full_like(bitmap.grey, 255)
    for box in shown:
        _part(replace(bitmap, grey=alone), box)[:] = _part(bitmap, box)
    try:
        seen = read_bitmap(replace(bitmap, grey=alone), page.number)
    except UnreadablePage:
        return replace(page, unseen=tuple(shown))
    read = {box: [w for w in seen.words if box.holds(*w.box.middle)] for box in shown}
    legible = [box for box, words in read.items() if _is_legible(words, _is_ruled(box, seen))]
    added = replace(
        page,
        words=(*page.words, *(word for box in legible for word in read[box])),
        rules=(*page.rules, *(r for r in seen.rules if any(b.holds(*r.middle) for b in legible))),
        fills=(
            *page.fills,
            *(f for f in seen.fills if any(b.holds(*f.box.middle) for b in legible)),
        ),
        unseen=tuple(box for box in shown if box not in legible and _may_be_table(box, seen)),
    )
    return replace(added, ocr_confidence=seen.ocr_confidence) if legible else added


def _part(bitmap: Bitmap, box: Box) -> Grey:
    """The pixels of `box`, a view."""
    left, top, right, bottom = (
        max(0, round(v * bitmap.scale)) for v in (box.x0, box.top, box.x1, box.bottom)
    )
    return bitmap.grey[top:bottom, left:right]


def _shows_text(picture: Grey) -> bool:
    """Is `picture` mostly paper, with some ink on it?"""
    paper = float((picture > PAPER).mean()) if picture.size else 0.0
    return LIGHT < paper < 1 - INK


def _may_be_table(box: Box, seen: Page) -> bool:
    """Are there rules, sums or many words in the picture at `box`, too little of which is read?"""
    words = [w for w in seen.words if box.holds(*w.box.middle)]
    return len(words) >= WORDS or any("€" in w.text for w in words) or _is_ruled(box, seen)


def _is_ruled(box: Box, seen: Page) -> bool:
    """Do rules draw a table in the picture at `box`?"""
    inner = [r for r in seen.rules if box.holds(*r.middle)]
    upright = sum(r.height > r.width for r in inner)
    return min(upright, len(inner) - upright) >= RULES


def _is_legible(words: Sequence[Word], ruled: bool) -> bool:
    read = [word.confidence for word in words if word.confidence is not None]
    return len(read) >= (OF_TABLE if ruled else WORDS) and sum(read) / len(read) >= LEGIBLE
