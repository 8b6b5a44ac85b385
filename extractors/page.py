"""One page, read once with pdfium: words, rules, fills and images, in the reading frame.

The reading frame is the page as a person holds it to read: /Rotate is applied, and a page whose
text runs sideways is turned upright. All coordinates are PDF points from the top left corner;
`Page.on_paper` maps a box back to the page as viewers display it.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
HYPHENS = {"\x02": "-", "\ufffe": "-", "\u2010": "-", "\u2011": "-"}
BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi(?!r)", re.IGNORECASE)
FORCE_BOLD = 1 << 18  # font descriptor flag, ISO 32000-1, 9.8.2
RULE_THICKNESS = 2.6  # points; a filled box thinner than this is drawn as a line
WORD_GAP = 0.22  # of the font size
SAME_BASELINE = 0.45  # of the font size


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points; `top` grows downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        return (
            self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack
        )

    def overlap(self, other: "Box") -> float:
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)


def around(boxes: "list[Box]") -> Box:
    """The smallest box that holds all of `boxes` (at least one)."""
    return Box(
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand together; `size` in points; `confidence` 0..1 where OCR read it."""

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, left to right."""

    words: tuple[Word, ...]
    page: int

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> Box:
        return around([w.box for w in self.words])

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)

    @property
    def baseline(self) -> float:
        return max(self.words, key=lambda w: w.size).baseline

    @property
    def size(self) -> float:
        return max(w.size for w in self.words)


@dataclass(frozen=True, slots=True)
class Fill:
    """A coloured rectangle; colour is RGB 0..255."""

    box: Box
    colour: tuple[int, int, int]

    @property
    def visible(self) -> bool:
        """Does it show on white paper?"""
        return min(self.colour) < 250


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds. `rules` are thin boxes, horizontal or vertical."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()
    fills: tuple[Fill, ...] = ()
    images: tuple[Box, ...] = ()
    turn: int = 0  # degrees clockwise that the displayed page was turned to read it
    tilt: float = 0.0  # the few more degrees, about its middle, that made a scan straight
    unreadable: int = 0  # characters without a usable Unicode value
    ocr_confidence: float | None = None

    @property
    def characters(self) -> int:
        return sum(len(w.text) for w in self.words)

    def on_paper(self, box: Box) -> Box:
        """`box` on the page as viewers display it (undoes `turn` and `tilt`; stays upright)."""
        level = tilted(box, -self.tilt, self.width, self.height) if self.tilt else box
        return turned(level, (360 - self.turn) % 360, self.width, self.height)


def tilted(box: Box, degrees: float, width: float, height: float) -> Box:
    """`box` moved to where its middle goes when its page is turned clockwise about its own."""
    x, y = box.middle[0] - width / 2, box.middle[1] - height / 2
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    right, down = x * cos - y * sin - x, x * sin + y * cos - y
    return Box(box.x0 + right, box.top + down, box.x1 + right, box.bottom + down)


def turned(box: Box, degrees: int, width: float, height: float) -> Box:
    """`box` of a page of `width` × `height` after turning the page clockwise by `degrees`."""
    if degrees == 90:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if degrees == 180:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if degrees == 270:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    return box


@dataclass(slots=True)
class _Char:
    text: str
    box: Box
    baseline: float
    size: float
    bold: bool
    breaks: bool = field(default=False)  # a blank stands before it


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Page `number` (from 1) of `document`, in its reading frame.

    Raises pypdfium2.PdfiumError when the page cannot be loaded.
    """
    page = document[number - 1]
    try:
        frame = _Frame(page)
        chars, unreadable, sideways = _chars(page, frame)
        rules, fills, images = _graphics(page, frame)
    finally:
        page.close()
    result = Page(
        number,
        frame.width,
        frame.height,
        (),
        tuple(rules),
        tuple(fills),
        tuple(images),
        unreadable=unreadable,
    )
    if sideways:
        result = _upright(result, sideways)
        chars = [
            _turned_char(c, turned(c.box, sideways, frame.width, frame.height), sideways)
            for c in chars
        ]
    return replace(result, words=tuple(_words(chars)))


def _turned_char(char: _Char, box: Box, degrees: int) -> _Char:
    """`char` at its place in the turned page; its baseline follows from the box."""
    return _Char(char.text, box, box.bottom - 0.2 * box.height, char.size, char.bold, char.breaks)


def _upright(page: Page, degrees: int) -> Page:
    def turn(box: Box) -> Box:
        return turned(box, degrees, page.width, page.height)

    width, height = (page.height, page.width) if degrees in (90, 270) else (page.width, page.height)
    return replace(
        page,
        width=width,
        height=height,
        rules=tuple(turn(r) for r in page.rules),
        fills=tuple(Fill(turn(f.box), f.colour) for f in page.fills),
        images=tuple(turn(i) for i in page.images),
        turn=degrees,
    )


class _Frame:
    """From PDF user space (origin bottom left, unrotated) to the displayed page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        left, bottom, right, top = page.get_cropbox()
        self.left, self.top_edge = left, top
        self.raw_width, self.raw_height = right - left, top - bottom
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        upright = Box(
            min(left, right) - self.left,
            self.top_edge - max(top, bottom),
            max(left, right) - self.left,
            self.top_edge - min(top, bottom),
        )
        return turned(upright, self.rotation, self.raw_width, self.raw_height)


def _chars(page: pypdfium2.PdfPage, frame: _Frame) -> tuple[list[_Char], int, int]:
    """Printed characters in content order, the count of unreadable ones, and how far the text must
    be turned clockwise to be upright (0, 90, 180, 270)."""
    textpage = page.get_textpage()
    chars: list[_Char] = []
    angles: Counter[int] = Counter()
    fonts: dict[int, tuple[bool, int, float]] = {}
    seen: dict[tuple[str, int, int], int] = {}
    unreadable, blank = 0, False
    x, y, loose = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    try:
        for i in range(textpage.count_chars()):
            code = pdfium.FPDFText_GetUnicode(textpage, i)
            text = chr(code) if 0 < code < 0x110000 else ""
            if not text or text.isspace() or pdfium.FPDFText_IsGenerated(textpage, i) == 1:
                blank = blank or text.isspace()
                continue
            pdfium.FPDFText_GetLooseCharBox(textpage, i, loose)
            box = frame.box(loose.left, loose.bottom, loose.right, loose.top)
            middle_x, middle_y = box.middle
            if not (0 <= middle_x <= frame.width and 0 <= middle_y <= frame.height):
                continue
            if text == "\ufffd" or 0xE000 <= code <= 0xF8FF or (code < 32 and text not in HYPHENS):
                unreadable += 1
                if code < 32:
                    continue
            text = HYPHENS.get(text, LIGATURES.get(text, text))
            key = (
                ctypes.cast(pdfium.FPDFText_GetTextObject(textpage, i), ctypes.c_void_p).value or 0
            )
            if key not in fonts:
                fonts[key] = _font(textpage, i, loose)
            bold, angle, size = fonts[key]
            angles[(angle + frame.rotation) % 360] += 1
            mark = (text, round(box.x0 * 2), round(box.top * 2))
            if seen.setdefault(mark, key) != key:  # drawn twice to look bold
                continue
            pdfium.FPDFText_GetCharOrigin(textpage, i, x, y)
            baseline = frame.box(x.value, y.value, x.value, y.value).bottom
            chars.append(_Char(text, box, baseline, size, bold, blank))
            blank = False
    finally:
        textpage.close()
    common = angles.most_common(1)[0][0] if angles else 0
    return chars, unreadable, common


def _font(
    textpage: pypdfium2.PdfTextPage, index: int, loose: pdfium.FS_RECTF
) -> tuple[bool, int, float]:
    """Is the character's text object bold, by how many degrees is it turned, how large is it."""
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(256)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 256, flags)
    bold = bool(
        BOLD_FONT.search(name.value.decode("utf-8", "replace"))
        or flags.value & FORCE_BOLD
        or pdfium.FPDFText_GetFontWeight(textpage, index) >= 600
    )
    angle = round(math.degrees(pdfium.FPDFText_GetCharAngle(textpage, index)) / 90) * 90 % 360
    size = pdfium.FPDFText_GetFontSize(textpage, index)
    if size <= 2:  # scaled by the text matrix alone
        across = angle in (0, 180)
        size = max(loose.top - loose.bottom if across else loose.right - loose.left, 1.0)
    return bold, angle, size


def _words(chars: list[_Char]) -> Iterator[Word]:
    run: list[_Char] = []
    for char in chars:
        if run and not _follows(run[-1], char):
            yield _word(run)
            run = []
        run.append(char)
    if run:
        yield _word(run)


def _follows(last: _Char, char: _Char) -> bool:
    size = max(last.size, char.size)
    if char.breaks or abs(last.baseline - char.baseline) > SAME_BASELINE * size:
        return False
    gap = char.box.x0 - last.box.x1  # the letters of a ligature share one box
    return -max(0.5 * size, last.box.width + 0.1) < gap < WORD_GAP * size


def _word(run: list[_Char]) -> Word:
    return Word(
        "".join(c.text for c in run),
        around([c.box for c in run]),
        run[0].baseline,
        max(c.size for c in run),
        sum(c.bold for c in run) * 2 > len(run),
    )


def _graphics(page: pypdfium2.PdfPage, frame: _Frame) -> tuple[list[Box], list[Fill], list[Box]]:
    rules: list[Box] = []
    fills: list[Fill] = []
    images: list[Box] = []
    for item in page.get_objects(max_depth=6):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(frame.box(*_in_page(item, item.get_bounds())))
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH:
            _path(item, frame, rules, fills)
    return rules, fills, images


def _path(item: pypdfium2.PdfObject, frame: _Frame, rules: list[Box], fills: list[Fill]) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroked)
    bounds = frame.box(*_in_page(item, item.get_bounds()))
    if mode.value:
        colour = _colour(item)
        if min(bounds.width, bounds.height) <= RULE_THICKNESS:
            if colour is not None and min(colour) < 250:
                rules.append(bounds)
        elif colour is not None and _is_rectangle(item):
            fills.append(Fill(bounds, colour))
    if stroked.value and not _is_white_stroke(item):
        rules.extend(_strokes(item, frame))


def _colour(item: pypdfium2.PdfObject) -> tuple[int, int, int] | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha) or alpha.value == 0:
        return None
    return red.value, green.value, blue.value


def _is_white_stroke(item: pypdfium2.PdfObject) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetStrokeColor(item, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= 250


def _is_rectangle(item: pypdfium2.PdfObject) -> bool:
    points = _points(item)
    xs, ys = {round(p[0], 1) for p in points}, {round(p[1], 1) for p in points}
    return len(points) <= 6 and len(xs) <= 2 and len(ys) <= 2


def _points(item: pypdfium2.PdfObject) -> list[tuple[float, float, int]]:
    """(x, y, segment type) of each segment's end, in page user space."""
    x, y = ctypes.c_float(), ctypes.c_float()
    matrix = item.get_matrix()
    points = []
    for i in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = matrix.on_point(x.value, y.value)
        px, py = _point_in_page(item, px, py)
        points.append((px, py, pdfium.FPDFPathSegment_GetType(segment)))
    return points


def _strokes(item: pypdfium2.PdfObject, frame: _Frame) -> Iterator[Box]:
    """Horizontal and vertical strokes of a path, as thin boxes."""
    start: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for i, (x, y, kind) in enumerate(_points(item)):
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = (x, y)
        elif (
            kind == pdfium.FPDF_SEGMENT_LINETO
            and last is not None
            and (abs(x - last[0]) < 0.8 or abs(y - last[1]) < 0.8)
        ):
            yield frame.box(last[0], last[1], x, y)
        closes = pdfium.FPDFPathSegment_GetClose(pdfium.FPDFPath_GetPathSegment(item, i))
        if closes and start is not None and (abs(x - start[0]) < 0.8) != (abs(y - start[1]) < 0.8):
            yield frame.box(x, y, start[0], start[1])
        last = (x, y)


def _in_page(
    item: pypdfium2.PdfObject, bounds: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """Bounds of an object in page space, through the forms that hold it."""
    corners = [
        _point_in_page(item, x, y) for x in (bounds[0], bounds[2]) for y in (bounds[1], bounds[3])
    ]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _point_in_page(item: pypdfium2.PdfObject, x: float, y: float) -> tuple[float, float]:
    form = item.container
    while form is not None:
        x, y = form.get_matrix().on_point(x, y)
        form = form.container
    return x, y
