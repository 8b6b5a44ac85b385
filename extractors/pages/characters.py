"""The characters of a page with the text objects that print them, as pdfium tells them."""

import ctypes
import math
import re
import struct
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.pages.frame import shown_area

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Marks of lists, and boxes to tick, in symbol fonts, at the private code points where word
# processors leave them.
SYMBOLS = {
    "\uf052": "☑", "\uf053": "☒", "\uf06f": "□", "\uf071": "❑", "\uf072": "❒", "\uf078": "⌧",
    "\uf0a3": "☐", "\uf0a8": "◻", "\uf0fb": "✗", "\uf0fd": "☒", "\uf0fe": "☑",
    "\uf02d": "-", "\uf0a7": "▪", "\uf0b7": "•", "\uf0d8": "➢", "\uf0dc": "➲", "\uf0e0": "→",
    "\uf0e8": "➔", "\uf0f0": "→", "\uf0fc": "✓",
}  # fmt: skip
BREAK = 2  # what pdfium has for the hyphen at a line's end
HYPHENS = {chr(BREAK): "-", "\ufffe": "-", "\u2010": "-", "\u2011": "-"}
PLAIN = {**LIGATURES, **SYMBOLS, **HYPHENS}  # how a character is written plainly
LINE_BREAKS = (10, 13)
UNSEEN = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi(?!r)", re.IGNORECASE)
FORCE_BOLD = 1 << 18  # font descriptor flag, ISO 32000-1, 9.8.2
SHIFT = 0.6  # points: a character drawn again this near makes it bold
OUTLINED = (
    pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
)  # fmt: skip
RAISED = 0.85  # of the size of the digit before: a smaller one is a call of a note
HEAVY = 600  # of the weights of fonts, from 100 to 900
HEAVIER = 100  # than what a page mostly prints: by its weight alone, print is bold only then


@dataclass(slots=True, eq=False)
class Print:
    """A text object: characters printed in one go. `x`, `y` is a point of its baseline in PDF user
    space; `angle` is how far it is turned clockwise there, to a quarter, and `aslant` how much it
    is off that, in degrees; `again`: it covers an earlier one; `address`, as in `graphics.address`,
    is its own or that of what prints it again."""

    bold: bool
    weight: int
    angle: int
    aslant: float
    size: float
    x: float
    y: float
    colour: tuple[int, ...]
    again: bool = False
    shows: bool = True
    address: int = 0

    def goes_on(self, other: "Print") -> bool:
        """Does a digit of `other` belong to the number that stands before it here? A call of a note
        does not, nor one that is hidden."""
        low, high = sorted((self.size, other.size))
        return low > RAISED * high and self.colour == other.colour


Char = tuple[str, float, float, float, float, Print, str]
"""Text, left, bottom, right, top in user space, its text object, what parts it from the one before:
a blank (" "), one that only pdfium sees (GUESSED), a line break ("\n"), which pdfium also puts
between characters printed one by one, or nothing."""
GUESSED: Final = "\t"
PRINT: Final = 5  # where a character has its text object


class _Printed:
    """The characters of a page in content order (`chars`), but those that print others again, which
    makes these bold; how many are `unreadable`, and how many of these stand between letters."""

    def __init__(self) -> None:
        self.chars: list[Char] = []
        self.unreadable = self.torn = 0
        self._behind_letter = False  # does an unreadable character stand there?
        self._places: dict[tuple[str, int, int], Char] = {}
        self._again: dict[Print, tuple[Print, list[Char]]] = {}  # what it covers, and its text

    def garbled(self, blank: str) -> None:
        """An unreadable character stands here, which `blank` parts from the one before."""
        self.unreadable += 1
        self._behind_letter |= bool(self.chars) and not blank and self.chars[-1][0].isalpha()

    def open(self, print_: Print, text: str, left: float, bottom: float) -> None:
        """`print_` begins with `text`, at that place: as what it covers does, if it covers any."""
        twin = self._twin(text, left, bottom)
        if twin is not None:
            print_.again = True
            self._again[print_] = twin, []

    def add(self, char: Char) -> None:
        text, left, bottom, _, _, print_, blank = char
        if print_.again:
            held = self._again[print_][1]
            held.append(char)
            if self._twin(text, left, bottom) is None:
                print_.again = False  # it only begins as an earlier text does
                self.chars += held
            return
        self._places[text, int(left), int(bottom)] = char
        if self._behind_letter and text.isalpha():
            self.torn += not blank
            self._behind_letter = False
        self.chars.append(char)

    def embolden_covered(self) -> None:
        for print_, (twin, _) in self._again.items():
            if print_.again:
                twin.bold, twin.address = True, print_.address

    def _twin(self, text: str, left: float, bottom: float) -> Print | None:
        """What has printed the same character before in (nearly) the same place."""
        for column in range(int(left - SHIFT), int(left + SHIFT) + 1):
            for row in range(int(bottom - SHIFT), int(bottom + SHIFT) + 1):
                found = self._places.get((text, column, row))
                if found and abs(found[1] - left) <= SHIFT and abs(found[2] - bottom) <= SHIFT:
                    return found[PRINT]
        return None


def read_characters(
    page: pypdfium2.PdfPage, hidden: Collection[int]
) -> tuple[list[Char], int, int, int]:
    """Printed characters in content order, but those of `hidden` objects, the count of unreadable
    ones, how many of these stand between letters, and how far the displayed page must be turned
    clockwise for most of them to be upright (0, 90, 180, 270)."""
    textpage = page.get_textpage()
    raw = textpage.raw
    handle = ctypes.byref(raw.contents)
    page_left, page_bottom, page_right, page_top = shown_area(page)
    printed, prints, blank = _Printed(), dict[int | None, Print](), ""
    loose = bytearray(_RECTF.size)  # unpacked in a fraction of the time of an FS_RECTF
    into = ctypes.byref((ctypes.c_char * _RECTF.size).from_buffer(loose))
    try:
        for i, code in enumerate(_codes(raw, handle)):
            text = _plain(code)
            if text == " ":
                if blank != " ":
                    blank = "\n" if code in LINE_BREAKS else _blank(handle, i)
                continue
            if not text:
                continue
            _box_at(handle, i, into)
            left, top, right, bottom = _RECTF.unpack(loose)
            if not (
                page_left <= (left + right) / 2 <= page_right
                and page_bottom <= (bottom + top) / 2 <= page_top
            ):
                continue
            if not 32 < code < 127 and (
                _is_unreadable(code) or (code == BREAK and not pdfium.FPDFText_IsHyphen(raw, i))
            ):
                printed.garbled(blank)
                if code < 32:
                    continue
            key = _object_at(handle, i)
            if hidden and key in hidden:
                continue
            if right < left:
                left, right = right, left
            if top < bottom:
                bottom, top = top, bottom
            print_ = prints.get(key)
            if print_ is None:
                print_ = prints[key] = _print(handle, i, key or 0)
                printed.open(print_, text, left, bottom)
            printed.add((text, left, bottom, right, top, print_, blank))
            blank = ""
    finally:
        textpage.close()
    printed.embolden_covered()
    _embolden(prints.values())
    return printed.chars, printed.unreadable, printed.torn, _turn(printed.chars, page)


def _turn(chars: Iterable[Char], page: pypdfium2.PdfPage) -> int:
    angles = {print_.angle for print_ in prints_of(chars)}
    if len(angles) > 1:
        angles = {Counter(char[PRINT].angle for char in chars).most_common(1)[0][0]}
    rotation: int = page.get_rotation()
    return -(next(iter(angles), 0) + rotation) % 360


def prints_of(chars: Iterable[Char]) -> set[Print]:
    """The text objects of `chars`."""
    return set(map(itemgetter(PRINT), chars))


def _native(function: Any, result: Any) -> Callable[..., Any]:
    """`function` of pdfium for arguments that need no conversion (ctypes' own, small integers): it
    is called for every character or text object, and converting would cost more than the call."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_unicode_at = _native(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_box_at = _native(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_generated_at = _native(pdfium.FPDFText_IsGenerated, ctypes.c_int)
_object_at = _native(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_font_at = _native(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong)
_weight_at = _native(pdfium.FPDFText_GetFontWeight, ctypes.c_int)
_size_at = _native(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_angle_at = _native(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
_origin_at = _native(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_matrix_at = _native(pdfium.FPDFText_GetMatrix, ctypes.c_int)
_fill_at = _native(pdfium.FPDFText_GetFillColor, ctypes.c_int)
_stroke_at = _native(pdfium.FPDFText_GetStrokeColor, ctypes.c_int)
_mode_of = _native(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
_RECTF = struct.Struct("4f")  # left, top, right, bottom


def _codes(raw: Any, handle: Any) -> list[int]:
    """The Unicode value of each character. pdfium also tells all at once, where it leaves none out;
    it has U+FFFE there for a hyphen at a line's end."""
    count = pdfium.FPDFText_CountChars(raw)
    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(raw, 0, count, units) != count + 1:
        return [_unicode_at(handle, i) for i in range(count)]
    return [_unicode_at(handle, i) if u == 0xFFFE else u for i, u in enumerate(units[:count])]


def _blank(handle: Any, index: int) -> str:
    return GUESSED if _generated_at(handle, index) == 1 else " "


@cache
def _plain(code: int) -> str:
    """How the character of a Unicode value is written; " " for any blank, "" where it is none."""
    if not (0 < code < 0xD800 or 0xDFFF < code < 0x110000):
        return ""
    text = chr(code)
    return " " if text.isspace() else PLAIN.get(text, text)


@cache
def _is_unreadable(code: int) -> bool:
    return (
        code == 0xFFFD
        or (0xE000 <= code <= 0xF8FF and chr(code) not in SYMBOLS)
        or (code < 32 and chr(code) not in HYPHENS)
    )


def _print(handle: Any, index: int, address: int) -> Print:
    """The text object at `address`, which the character at `index` opens."""
    _told[:] = _NOTHING_TOLD
    named = _font_at(handle, index, _font, _FONT_SIZE, _flags)
    _origin_at(handle, index, _x, _y)
    _matrix_at(handle, index, _matrix)
    mode = _mode_of(ctypes.c_void_p(address))
    (_stroke_at if mode in OUTLINED else _fill_at)(handle, index, *_colour)
    x, y, a, b, c, d, _, _, *colour, flags = _TOLD.unpack(_told)
    bold = bool(
        (0 < named <= len(_font) and _is_bold(_font.value))
        or flags & FORCE_BOLD
        or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
    )
    degrees = math.degrees(_angle_at(handle, index))
    angle = round(degrees / 90) * 90
    return Print(
        bold,
        _weight_at(handle, index),
        angle % 360,
        abs(degrees - angle),
        max(_size_at(handle, index) * math.sqrt(abs(a * d - b * c)), 1.0),
        x,
        y,
        tuple(colour),
        shows=mode not in UNSEEN and colour[3] > 0,
        address=address,
    )


# What pdfium tells of a text object is written here, time and again: new places for it would cost
# more than the answers.
_TOLD = struct.Struct("2d6f4Ii")  # x, y; its matrix; its colour; flags of its font
_NOTHING_TOLD = bytes(_TOLD.size)
_told = bytearray(_TOLD.size)
_x, _y, _matrix, *_colour, _flags = (
    ctypes.byref((ctypes.c_char * _TOLD.size).from_buffer(_told), at)
    for at in (0, 8, 16, 40, 44, 48, 52, 56)
)
_font = ctypes.create_string_buffer(256)
_FONT_SIZE = ctypes.c_ulong(len(_font))


@cache
def _is_bold(font: bytes) -> bool:
    """Does the name of `font` say so?"""
    return BOLD_FONT.search(font.decode("utf-8", "replace")) is not None


def _embolden(prints: Collection[Print]) -> None:
    """Take for bold what is of a heavy font, heavier than most of the page: programs that write a
    PDF anew give fonts other weights, all of them heavy, and keep their names."""
    weights = Counter(print_.weight for print_ in prints)
    usual = weights.most_common(1)[0][0] if weights else 0
    for print_ in prints:
        print_.bold |= print_.weight >= max(HEAVY, usual + HEAVIER)
