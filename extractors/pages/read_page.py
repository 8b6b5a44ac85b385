"""A page, read once with pdfium: characters made words, lines under and through them told apart."""

import ctypes
import math
import re
import struct
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.pages.frame import Frame, moved_point, shown_area
from extractors.pages.graphics import read_graphics
from extractors.pages.layers import Layers
from extractors.pages.overlay import made_flat
from extractors.pages.page import Box, Page, Word, around
from extractors.pages.printed import as_printed

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Marks of lists in symbol fonts, at the private code points where word processors leave them.
SYMBOLS = {
    "\uf02d": "-", "\uf0a7": "▪", "\uf0b7": "•", "\uf0d8": "➢", "\uf0dc": "➲", "\uf0e0": "→",
    "\uf0e8": "➔", "\uf0f0": "→", "\uf0fc": "✓",
}  # fmt: skip
BREAK = 2  # what pdfium has for the hyphen at a line's end
HYPHENS = {chr(BREAK): "-", "\ufffe": "-", "\u2010": "-", "\u2011": "-"}
PLAIN = {**LIGATURES, **SYMBOLS, **HYPHENS}  # how a character is written plainly
SOFT_HYPHEN = "\u00ad"
LINE_BREAKS = (10, 13)
BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi(?!r)", re.IGNORECASE)
FORCE_BOLD = 1 << 18  # font descriptor flag, ISO 32000-1, 9.8.2
WORD_GAP = 0.22  # of the font size
TOUCH = 0.06  # of the font size: letters nearer than this belong to one word
SAME_BASELINE = 0.45  # of the font size
SHIFT = 0.6  # points: a character drawn again this near makes it bold
RAISED = 0.85  # of the size of the digit before: a smaller one is a call of a note
STRUCK = (-0.5, -0.12)  # of the font size, from the baseline: where a line strikes words out
UNDERLINED = 0.25
ASLANT = 8  # degrees from upright or sideways: what is printed so is no line of text
WATERMARK = 2.0  # of the page's usual size: print aslant that is as large lies over the page
HEAVY = 600  # of the weights of fonts, from 100 to 900
HEAVIER = 100  # than what a page mostly prints: by its weight alone, print is bold only then
TIGHT = 1.5  # points: how much longer than its words a line under them may be


@dataclass(slots=True, eq=False)
class _Print:
    """A text object: characters printed in one go. `x`, `y` is a point of its baseline in PDF user
    space; `angle` is how far it is turned clockwise there, to a quarter, and `aslant` how much it
    is off that, in degrees; `again`: it covers an earlier one."""

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

    def goes_on(self, other: "_Print") -> bool:
        """Does a digit of `other` belong to the number that stands before it here? A call of a note
        does not, nor one that is hidden."""
        low, high = sorted((self.size, other.size))
        return low > RAISED * high and self.colour == other.colour


_Char = tuple[str, float, float, float, float, _Print, str]
"""Text, left, bottom, right, top in user space, its text object, what parts it from the one before:
a blank (" "), a line break ("\n"), which pdfium also puts between characters printed one by one,
or nothing."""
PRINT: Final = 5  # where a character has its text object


def read_page(document: pypdfium2.PdfDocument, number: int, layers: Layers | None = None) -> Page:
    """Page `number` (from 1) of `document`, in its reading frame, without what stands on `layers`
    that do not show.

    Raises pypdfium2.PdfiumError when the page cannot be loaded.
    """
    page, overlaid = made_flat(document, number)
    try:
        hidden = layers.hidden(page) if layers else frozenset[int]()
        printed, unreadable, torn, turn = _chars(page, hidden)
        frame = Frame(page, turn)
        rules, fills, images = read_graphics(page, frame, hidden)
    finally:
        page.close()
    chars, watermarks = _without_watermarks(printed)
    words = _whole(list(_words(chars, frame, [r for r in rules if r.height > r.width])))
    words = as_printed(words)
    rules, struck = _undecorated(rules, words)
    return Page(
        number,
        frame.width,
        frame.height,
        tuple(words),
        tuple(rules),
        tuple(fills),
        tuple(images),
        tuple(struck),
        tuple(_word(mark, frame) for mark in watermarks),
        turn=turn,
        overlaid=overlaid,
        hidden=bool(hidden),
        unreadable=unreadable,
        torn=torn,
        invisible=sum(not char[PRINT].shows for char in chars),
    )


def _native(function: Any, result: Any) -> Callable[..., Any]:
    """`function` of pdfium for arguments that need no conversion (ctypes' own, small integers): it
    is called for every character, and converting would cost more than the call."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_unicode_at = _native(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_box_at = _native(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_object_at = _native(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_RECTF = struct.Struct("4f")  # left, top, right, bottom


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


def _chars(page: pypdfium2.PdfPage, hidden: Collection[int]) -> tuple[list[_Char], int, int, int]:
    """Printed characters in content order, but those of `hidden` objects, the count of unreadable
    ones, how many of these stand between letters, and how far the displayed page must be turned
    clockwise for most of them to be upright (0, 90, 180, 270)."""
    textpage = page.get_textpage()
    raw = textpage.raw
    handle = ctypes.cast(raw, ctypes.c_void_p)
    page_left, page_bottom, page_right, page_top = shown_area(page)
    chars: list[_Char] = []
    prints: dict[int | None, _Print] = {}
    places: dict[tuple[str, int, int], tuple[float, float, _Print]] = {}
    unreadable, torn, blank = 0, 0, ""
    behind_letter = False  # does an unreadable character stand there?
    loose = pdfium.FS_RECTF()
    into = ctypes.byref(loose)
    try:
        for i in range(pdfium.FPDFText_CountChars(raw)):
            code = _unicode_at(handle, i)
            text = _plain(code)
            if text == " ":
                if blank != " ":
                    blank = "\n" if code in LINE_BREAKS else " "
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
                unreadable += 1
                behind_letter |= bool(chars) and not blank and chars[-1][0].isalpha()
                if code < 32:
                    continue
            key = _object_at(handle, i)
            if hidden and key in hidden:
                continue
            print_ = prints.get(key)
            if print_ is None:
                print_ = prints[key] = _print(raw, i)
                twin = _twin(places, text, left, bottom)
                if twin is not None:
                    twin.bold = print_.again = True
            if print_.again:
                continue
            places[text, int(left), int(bottom)] = left, bottom, print_
            if right < left:
                left, right = right, left
            if top < bottom:
                bottom, top = top, bottom
            if behind_letter and text.isalpha():
                torn += not blank
                behind_letter = False
            chars.append((text, left, bottom, right, top, print_, blank))
            blank = ""
    finally:
        textpage.close()
    _embolden(prints.values())
    angles = {char[PRINT].angle for char in chars}
    if len(angles) > 1:
        angles = {Counter(char[PRINT].angle for char in chars).most_common(1)[0][0]}
    return chars, unreadable, torn, -(next(iter(angles), 0) + page.get_rotation()) % 360


def _twin(
    places: Mapping[tuple[str, int, int], tuple[float, float, _Print]],
    text: str,
    left: float,
    bottom: float,
) -> _Print | None:
    """What has printed the same character before in (nearly) the same place, to look bold."""
    for column in range(int(left - SHIFT), int(left + SHIFT) + 1):
        for row in range(int(bottom - SHIFT), int(bottom + SHIFT) + 1):
            found = places.get((text, column, row))
            if found and abs(found[0] - left) <= SHIFT and abs(found[1] - bottom) <= SHIFT:
                return found[2]
    return None


def _print(raw: object, index: int) -> _Print:
    """The text object that the character at `index` opens."""
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(256)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 256, flags)
    pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(raw, index))
    bold = bool(
        BOLD_FONT.search(name.value.decode("utf-8", "replace"))
        or flags.value & FORCE_BOLD
        or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
    )
    weight = pdfium.FPDFText_GetFontWeight(raw, index)
    degrees = math.degrees(pdfium.FPDFText_GetCharAngle(raw, index))
    angle = round(degrees / 90) * 90
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    size = max(pdfium.FPDFText_GetFontSize(raw, index) * scale, 1.0)
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(raw, index, *colour)
    shows = mode != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return _Print(
        bold,
        weight,
        angle % 360,
        abs(degrees - angle),
        size,
        x.value,
        y.value,
        tuple(c.value for c in colour),
        shows=shows,
    )


def _embolden(prints: Collection[_Print]) -> None:
    """Take for bold what is of a heavy font, heavier than most of the page: programs that write a
    PDF anew give fonts other weights, all of them heavy, and keep their names."""
    weights = Counter(print_.weight for print_ in prints)
    usual = weights.most_common(1)[0][0] if weights else 0
    for print_ in prints:
        print_.bold |= print_.weight >= max(HEAVY, usual + HEAVIER)


def _without_watermarks(chars: Sequence[_Char]) -> tuple[Sequence[_Char], list[Sequence[_Char]]]:
    """The characters without those printed aslant and large over the page, and these."""
    if not any(char[PRINT].aslant > ASLANT for char in chars):
        return chars, []
    usual = median(char[PRINT].size for char in chars)
    rest: list[_Char] = []
    marks: dict[_Print, list[_Char]] = {}
    for char in chars:
        print_ = char[PRINT]
        over = print_.aslant > ASLANT and print_.size >= WATERMARK * usual
        (marks.setdefault(print_, []) if over else rest).append(char)
    return rest, list(marks.values())


def _words(chars: Sequence[_Char], frame: Frame, borders: Sequence[Box]) -> Iterator[Word]:
    """Characters that stand together, as words in the reading frame, each measured along its own
    line. Texts printed apart that touch are two where one of the vertical `borders` parts their
    beginnings, or a sum follows a sum."""
    a, b, c, d, e, f = frame.matrix
    first = 0  # of the word that is being read
    last_x0 = last_x1 = baseline = last_baseline = size = 0.0
    last = ""
    last_print: _Print | None = None
    for i, (text, left, bottom, right, top, print_, blank) in enumerate(chars):
        if print_ is not last_print:
            a, b, c, d, e, f = frame.along[print_.angle]
        x0, x1 = a * left + c * bottom + e, a * right + c * top + e
        if x0 > x1:
            x0, x1 = x1, x0
        if print_ is last_print:
            size = print_.size
        else:
            baseline = b * print_.x + d * print_.y + f
            size = max(print_.size, last_print.size) if last_print else print_.size
        gap = x0 - last_x1  # the letters of a ligature share one box
        if i and (
            blank == " "
            or (blank and not (abs(gap) < TOUCH * size and _is_alone(chars, i - 1)))
            or not gap < WORD_GAP * size
            or (gap <= -0.5 * size and gap <= -(last_x1 - last_x0 + 0.1))
            or abs(last_baseline - baseline) > SAME_BASELINE * size
            or (
                print_ is not last_print
                and last_print
                and (
                    (text.isdigit() and last.isdigit() and not last_print.goes_on(print_))
                    or (text.isdigit() and last == "€")
                    or print_.angle != last_print.angle
                    or (
                        (blank or abs(gap) > TOUCH * size)
                        and print_.angle == frame.upright
                        and _is_between(borders, _start(last_print, frame), x0, baseline)
                    )
                )
            )
        ):
            yield _word(chars[first:i], frame)
            first = i
        last, last_x0, last_x1, last_baseline, last_print = text, x0, x1, baseline, print_
    if chars:
        yield _word(chars[first:], frame)


def _is_alone(chars: Sequence[_Char], i: int) -> bool:
    """Is the character at `i`, not the last, the only one of its text object?"""
    print_ = chars[i][PRINT]
    return (not i or chars[i - 1][PRINT] is not print_) and chars[i + 1][PRINT] is not print_


def _start(print_: _Print, frame: Frame) -> float:
    return moved_point(frame.matrix, print_.x, print_.y)[0]


def _is_between(borders: Sequence[Box], x0: float, x1: float, y: float) -> bool:
    return any(x0 < b.x0 < x1 and b.top < y < b.bottom for b in borders)


def _whole(words: list[Word]) -> list[Word]:
    """`words`, those parted by nothing but the order of printing made one: the letters around a
    ligature that another font lends."""
    order = sorted(range(len(words)), key=lambda i: (round(words[i].baseline), words[i].box.x0))
    joined: dict[int, int] = {}  # a word's place → that of the word it goes on
    for i, j in pairwise(order):
        first = joined.get(i, i)
        one, other = words[first], words[j]
        if (
            abs(one.baseline - other.baseline) < TOUCH * one.size
            and abs(other.box.x0 - one.box.x1) < TOUCH * one.size
            and one.text[-1].isalpha()
            and other.text[0].isalpha()
        ):
            joined[j] = first
            words[first] = replace(
                one, text=one.text + other.text, box=around([one.box, other.box])
            )
    return [word for i, word in enumerate(words) if i not in joined]


def _undecorated(rules: Sequence[Box], words: Sequence[Word]) -> tuple[list[Box], list[Word]]:
    """`rules` without those that underline words or strike them out, and the words struck out: such
    a line stands at the baseline, or above, and reaches no further than its words."""
    order = sorted(words, key=lambda w: w.baseline)
    baselines = [w.baseline for w in order]
    tallest = max((w.size for w in words), default=0.0)
    kept: list[Box] = []
    struck: list[Word] = []
    for rule in rules:
        y = rule.middle[1]
        near = order[
            bisect_left(baselines, y - UNDERLINED * tallest) : bisect_right(
                baselines, y - STRUCK[0] * tallest
            )
        ]
        met = [
            word
            for word in near
            if STRUCK[0] * word.size <= y - word.baseline <= UNDERLINED * word.size
            and min(word.box.x1, rule.x1) > max(word.box.x0, rule.x0)
        ]
        if rule.width <= rule.height or not _run_under(met, rule):
            kept.append(rule)
            continue
        struck += [
            word
            for word in met
            if y - word.baseline <= STRUCK[1] * word.size
            and min(word.box.x1, rule.x1) - max(word.box.x0, rule.x0) > word.box.width / 2
        ]
    return kept, struck


def _run_under(words: Sequence[Word], rule: Box) -> bool:
    """Does `rule` reach from word to word, as an underline does, and no further?"""
    row = sorted((word.box for word in words), key=lambda box: box.x0)
    if not row or rule.x0 < row[0].x0 - TIGHT or rule.x1 > row[-1].x1 + TIGHT:
        return False
    gap = max(word.size for word in words)
    return all(right.x0 - left.x1 < gap for left, right in pairwise(row))


def _word(chars: Sequence[_Char], frame: Frame) -> Word:
    texts, lefts, bottoms, rights, tops, prints, _ = zip(*chars, strict=True)
    first = prints[0]
    alike = prints.count(first) == len(prints)
    text = "".join(texts)
    run, baseline = moved_point(frame.matrix, first.x, first.y)
    return Word(
        text if text.isascii() else unicodedata.normalize("NFC", text),
        frame.box(min(lefts), min(bottoms), max(rights), max(tops)),
        baseline,
        first.size if alike else max(p.size for p in prints),
        first.bold if alike else 2 * sum(p.bold for p in prints) > len(prints),
        run=run,
    )
