"""Letters that Tesseract passes over when it reads a page or a cell, read by themselves."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from extractors.pages.page import ILLEGIBLE, Box
from extractors.scans.bitmap import Grey, PixelBox, as_grey, components, hull
from extractors.scans.doubts import Marks
from extractors.scans.scan_lines import LETTERS
from extractors.scans.tesseract import LINE, cropped, recognise
from extractors.scans.tokens import DOUBTFUL, REFUTED, TextLine, Token, confidence_of, digits_in

CERTAIN = 0.75  # least confidence of such letters: strokes of a pen are read with less
MOST = 100  # such words on a page: more are grain, or a drawing
WORD = 100.0  # points: letters that touch one another are no wider together
WITHIN_WORD = 1.0  # points: letters of one word stand closer
APART = 3.0  # points between the letters of a word, at most
BESIDE = 3.0  # of its height from a word stands the next one of its line, even a justified one
LEVEL = 0.2  # of their height: so level are the digits of a figure, as ticks and notes are not
WITHIN = 0.2  # share of a letter that the boxes of words, which may be off, hold if it is in one
WHOLE_LINE = 20.0  # points: letters level with no word are as wide together, or grain
TALLEST = 1.6  # times as high as most words that were read: punched holes are higher


def with_left_out(
    lines: Sequence[TextLine], cells: Sequence[PixelBox], marks: Marks, text: Grey, scale: float
) -> list[TextLine]:
    """`lines` of `text`, whose parts are `marks`, with the words that are in none of them.

    Those level with no other are a line of their own. A digit beside a figure is in doubt, and what
    is illegible there is told to be so. A figure whose box leaves one out may lack it.
    """
    result = [list(line) for line in lines]
    words = [token.box for line in lines for token in line if not token.turn]
    left_out = _with_whole_lines(sorted(_left_out(lines, marks, scale)), words)
    places = [place for place in left_out if _is_amid(place, words, scale)]
    if len(places) > MOST:
        return result
    found = recognise([cropped(text, place) for place in places], LINE, scale)
    for place, read in zip(places, found, strict=True):
        tokens = [token for line in read for token in line]
        said = "".join(token.text for token in tokens)
        legible = any(c.isalnum() or c in "€%" for c in said)
        certain = confidence_of([tokens]) if legible else 0.0
        box = Box(*(float(v) for v in place))
        line = _line_at(box, result, cells)
        if line and (touched := _touched(box, line, scale)) is not None:
            if digits_in(line[touched].text):
                doubted = min(line[touched].confidence, REFUTED)
                line[touched] = replace(line[touched], confidence=doubted)
            continue
        if line and (figure := _figure_beside(box, line)):
            if not _is_level(box, figure.box):
                continue
            certain = min(certain, DOUBTFUL) if certain >= CERTAIN else 0.0
            said = said if certain else ILLEGIBLE
        elif certain < CERTAIN:
            continue
        around = _around(box, lines, cells) or line
        if around:  # where others were misread, it makes none of them more certain
            certain = min(certain, confidence_of([around]))
        if line is None:
            result.append([replace(t, confidence=min(t.confidence, certain)) for t in tokens])
        else:
            line.append(Token(said, box, certain))
            line.sort(key=lambda token: token.box.x0)
    return result


def _left_out(lines: Sequence[TextLine], marks: Marks, scale: float) -> Iterator[PixelBox]:
    """Where letters stand, close to one another, of which none is in a word of `lines`."""
    read = np.zeros(marks.labels.shape, np.uint8)
    for token in (token for line in lines for token in line):
        box = token.box
        x0, top, x1, bottom = (max(0, round(v / 2)) for v in (box.x0, box.top, box.x1, box.bottom))
        read[max(0, top - 1) : bottom + 1, max(0, x0 - 1) : x1 + 1] = 1
    lefts, tops, widths, heights = marks.stats[:, :4].T
    lowest, highest = (v * scale / 2 for v in LETTERS)
    letters = (heights >= lowest) & (heights <= highest) & (widths <= WORD * scale / 2)
    total = cv2.integral(read)
    rights, bottoms = lefts + widths, tops + heights
    within = total[bottoms, rights] - total[tops, rights] - total[bottoms, lefts]
    letters &= within + total[tops, lefts] < WITHIN * widths * heights
    letters[0] = False
    left = as_grey(letters[marks.labels])
    near = np.ones((1, round(APART * scale / 2) | 1), np.uint8)
    for (x0, top, x1, bottom), _ in components(
        as_grey(cv2.morphologyEx(left, cv2.MORPH_CLOSE, near))
    ):
        yield 2 * x0, 2 * top, 2 * x1, 2 * bottom


def _with_whole_lines(places: Sequence[PixelBox], words: Sequence[Box]) -> list[PixelBox]:
    """`places`, those that are level with none of `words` joined where they are one line."""
    result = [place for place in places if _level(Box(*place), words)]
    joined: list[PixelBox] = []
    for place in (place for place in places if place not in result):
        box = Box(*place)
        near = [o for o in joined if _level(box, [Box(*o)]) and _is_near(box, Box(*o))]
        joined = [other for other in joined if other not in near] + [hull([place, *near])]
    return sorted([*result, *joined])


def _is_amid(place: PixelBox, words: Sequence[Box], scale: float) -> bool:
    """Is it as high as `words`, level with one or as wide as a line, and near it or in their
    margins?"""
    box = Box(*place)
    level = _level(box, words)
    alone = not level and box.width < WHOLE_LINE * scale
    if alone or not words or box.height > TALLEST * statistics.median(w.height for w in words):
        return False
    within = min(w.x0 for w in words) <= box.x0 and box.x1 <= max(w.x1 for w in words)
    return within or any(_is_near(box, word) for word in level)


def _level(box: Box, words: Sequence[Box]) -> list[Box]:
    """Those of `words` that are level with `box`."""
    return [w for w in words if w.top <= box.middle[1] <= w.bottom]


def _is_near(box: Box, word: Box) -> bool:
    """Does `box` stand as near beside `word` as the next one of its line?"""
    return _gap(box, word) <= BESIDE * word.height


def _line_at(box: Box, lines: Sequence[TextLine], cells: Sequence[PixelBox]) -> TextLine | None:
    """The line that `box` stands in, near one of its words and in the same cell."""
    near = [
        (_gap(box, token.box), i)
        for i, line in enumerate(lines)
        for token in line
        if not token.turn
        and min(box.bottom, token.box.bottom) - max(box.top, token.box.top) > box.height / 2
        and _is_near(box, token.box)
        and _cell_at(box, cells) == _cell_at(token.box, cells)
    ]
    return lines[min(near)[1]] if near else None


def _around(box: Box, lines: Sequence[TextLine], cells: Sequence[PixelBox]) -> TextLine:
    """The words of the cell that `box` stands in."""
    cell = _cell_at(box, cells)
    words = (token for line in lines for token in line)
    return [word for word in words if cell and Box(*cell).holds(*word.box.middle)]


def _gap(one: Box, other: Box) -> float:
    return max(one.x0 - other.x1, other.x0 - one.x1)


def _cell_at(box: Box, cells: Sequence[PixelBox]) -> PixelBox | None:
    return next((cell for cell in cells if Box(*cell).holds(*box.middle)), None)


def _touched(box: Box, line: TextLine, scale: float) -> int | None:
    """Which word of `line` the letters in `box` belong to, if its box was read too narrow."""
    near = ((_gap(box, token.box), i) for i, token in enumerate(line))
    gap, i = min(near)
    return i if gap < WITHIN_WORD * scale else None


def _figure_beside(box: Box, line: TextLine) -> Token | None:
    """The figure of `line` that stands next to `box`."""
    near = [t for t in line if digits_in(t.text) and _is_near(box, t.box)]
    return min(near, key=lambda token: _gap(box, token.box), default=None)


def _is_level(box: Box, other: Box) -> bool:
    """Does `box` reach as high and as low as `other`?"""
    off = max(abs(box.top - other.top), abs(box.bottom - other.bottom))
    return off <= LEVEL * other.height
