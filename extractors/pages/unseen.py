"""Text that a page holds and does not show: invisible, tiny, white on white, cut off or painted
over.

Whoever signed the act did not see it, and what was blacked out must not be published.
"""

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any, cast

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.pages.characters import PRINT, Char, Print, prints_of
from extractors.pages.frame import Frame
from extractors.pages.graphics import Painting
from extractors.pages.page import Box, Fill, Word, turned

if TYPE_CHECKING:
    from PIL.Image import Image

TINY = 0.25  # of the page's usual size, and
SMALLEST = 2.5  # points: smaller print is not for readers
WHITE = 250  # of 255, the least of its colours
PIXELS = 2.0  # a point, in the picture in which is looked whether anything shows
EVEN = 24  # levels of grey that a place where nothing shows may have
SAME_PLACE = 0.6  # points between two prints of one text
ROOM = 2  # pixels, at least, of a place that is looked at


def without_unseen(
    chars: Sequence[Char],
    frame: Frame,
    fills: Sequence[Fill],
    pictures: Sequence[Box],
    shapes: Sequence[Box],
    is_blank: Callable[[Box], bool],
) -> tuple[Sequence[Char], int]:
    """The characters that show, and how many do not: those of no visible mode that lie over no
    picture (over one, they are what OCR read in it), tiny ones, and white ones on blank paper."""
    faint = {print_ for print_ in prints_of(chars) if _is_faint(print_)}
    if not faint:
        return chars, 0
    usual = median(char[PRINT].size for char in chars)
    doubted: dict[Print, list[Char]] = {}
    for char in chars:
        if char[PRINT] in faint:
            doubted.setdefault(char[PRINT], []).append(char)
    unseen: set[Print] = set()
    for print_, text in doubted.items():
        boxes = [frame.box(*char[1:5]) for char in text]
        x, y = boxes[0].middle
        if not print_.shows:
            shows = any(picture.holds(x, y) for picture in pictures)
        elif print_.size < min(SMALLEST, TINY * usual):
            shows = False
        elif not _is_white(print_) or (
            print_.colour[3] and any(f.visible and f.box.holds(x, y) for f in fills)
        ):
            shows = True
        elif any(painted.holds(x, y) for painted in (*pictures, *shapes)):
            shows = 2 * sum(map(is_blank, boxes)) <= len(boxes)
        else:
            shows = False
        if not shows:
            unseen.add(print_)
    if not unseen:
        return chars, 0
    kept = [char for char in chars if char[PRINT] not in unseen]
    return kept, len(chars) - len(kept)


def without_clipped(
    chars: Sequence[Char], frame: Frame, windows: Mapping[int, Box]
) -> tuple[Sequence[Char], int]:
    """The characters that show through the `windows` of their text objects, by the addresses of
    these, and how many do not: a row of fixed height, or a spreadsheet's cell, shows no more."""
    if not windows:
        return chars, 0
    kept = [
        char
        for char in chars
        if (window := windows.get(char[PRINT].address)) is None
        or _shows_through(window, frame.box(*char[1:5]))
    ]
    return kept, len(chars) - len(kept)


def _shows_through(window: Box, char: Box) -> bool:
    """Does `window` leave of a character more than half its height, and part of its width? Where a
    text is cut, the part of a letter that is left tells it."""
    beside = char.x1 <= window.x0 or window.x1 <= char.x0
    return not beside and window.top <= char.middle[1] <= window.bottom


def _is_faint(print_: Print) -> bool:
    """May nothing show of what is printed?"""
    return not print_.shows or print_.size < SMALLEST or _is_white(print_)


def _is_white(print_: Print) -> bool:
    return min(print_.colour[:3]) >= WHITE or not print_.colour[3]


def without_covered(
    words: Sequence[Word], painting: Painting, page: pypdfium2.PdfPage
) -> list[Word]:
    """`words` but those that an opaque rectangle painted later covers, and no text again."""
    order = sorted(range(len(words)), key=lambda i: words[i].box.middle[1])
    heights = [words[i].box.middle[1] for i in order]
    gone: set[int] = set()
    for box, painted in painting.covers:
        for i in order[bisect_left(heights, box.top) : bisect_right(heights, box.bottom)]:
            word = words[i]
            if (
                box.x0 <= word.box.middle[0] <= box.x1
                and word.source in painting.texts
                and painting.texts[word.source][0] < painted
                and not _is_painted_again(word.source, painted, painting, page)
            ):
                gone.add(i)
    return [word for i, word in enumerate(words) if i not in gone]


def _is_painted_again(
    source: int, covered: int, painting: Painting, page: pypdfium2.PdfPage
) -> bool:
    """Does a later text object say the same in the same place? pdfium, which tells such a text
    once, has the characters of the first one only."""
    _, item = painting.texts[source]
    place = _place(item)
    twins = [
        other
        for order, other in painting.texts.values()
        if order > covered
        and all(abs(a - b) < SAME_PLACE for a, b in zip(_place(other), place, strict=True))
    ]
    if not twins:
        return False
    texts = page.get_textpage()
    try:
        return any(_text(other, texts) in ("", _text(item, texts)) for other in twins)
    finally:
        texts.close()


def _place(item: Any) -> tuple[float, ...]:
    bounds = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *bounds)
    return tuple(bound.value for bound in bounds)


def _text(item: Any, texts: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(item, texts, None, 0)
    buffer = ctypes.create_string_buffer(length)
    wide = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFTextObj_GetText(item, texts, wide, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


class Picture:
    """What a page looks like, drawn when it is first asked for."""

    def __init__(self, page: pypdfium2.PdfPage, frame: Frame) -> None:
        self._page = page
        self._frame = frame
        self._drawn: Image | None = None

    def is_blank(self, box: Box) -> bool:
        """Is there nothing but one colour in `box` of the reading frame?"""
        if self._drawn is None:
            self._drawn = self._page.render(scale=PIXELS, grayscale=True).to_pil()
        frame = self._frame
        place = turned(box, -frame.turn % 360, frame.width, frame.height)
        x0, top = int(place.x0 * PIXELS), int(place.top * PIXELS)
        x1 = max(int(place.x1 * PIXELS), x0 + ROOM)
        bottom = max(int(place.bottom * PIXELS), top + ROOM)
        seen = self._drawn.crop((x0, top, x1, bottom))
        low, high = cast(tuple[int, int], seen.getextrema())
        return high - low <= EVEN
