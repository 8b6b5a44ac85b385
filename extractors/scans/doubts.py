"""Figures of a scan that are not certain: a second reading does not confirm them, a stamp or a pen
covers them, the edge of the picture cuts them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from extractors.pages.page import ILLEGIBLE, Box, tilted
from extractors.scans.bitmap import Bitmap, Grey, PixelBox, components, halved
from extractors.scans.cleaning import DARK
from extractors.scans.tesseract import LINE, cropped, recognise
from extractors.scans.tokens import (
    DOUBTFUL,
    LEGIBLE,
    REFUTED,
    TextLine,
    Token,
    box_around,
    confidence_of,
    digits_in,
)

SECOND_ZOOM, THIRD_ZOOM = 0.8, 1.2  # of the second reading of figures, and of the third
FIGURE = re.compile(r"[\d€£]")  # or a piece of one
SURELY = 0.7  # confidence of another reading that is sure of a figure, at least
CUT = 2.0  # points from the edge of the picture within which it cuts what it shows
NEAR = 1.0  # of its height: a digit that a pen hides stands as near before a word
SCRIBBLE = 20.0, 10.0  # points: letters of a word that touch one another are not as wide and high
BEYOND = 0.5  # of a word's height: what goes on as far above or below it is none of its letters


def confirmed(lines: list[TextLine], text: Grey, scale: float) -> list[TextLine]:
    """`lines`, where each figure that a second reading does not confirm is made doubtful, and one
    that a third contradicts, refuted. One that was hardly legible is doubtful, and no less, where
    both confirm it, one of them surely."""
    result = [list(line) for line in lines]
    spans = [(i, span) for i, line in enumerate(lines) for span in _figures(line)]
    alike: dict[tuple[int, tuple[int, int]], list[float]] = {
        (i, (a, b)): [] for i, (a, b) in spans if _is_hardly_legible(lines[i][a:b])
    }
    for zoom, most in ((SECOND_ZOOM, DOUBTFUL), (THIRD_ZOOM, REFUTED)):
        crops = []
        for i, (a, b) in spans:
            crop = cropped(text, _whole(lines[i], a, b, text, scale), zoom)
            turn = lines[i][a].turn
            crops.append(crop.on_its_side(turn) if turn else crop)
        differing = []
        for (i, (a, b)), read in zip(spans, recognise(crops, LINE, scale), strict=True):
            again = "".join(t.text for line in read for t in line)
            if _figure("".join(t.text for t in lines[i][a:b])) == _figure(again):
                if (i, (a, b)) in alike:
                    alike[i, (a, b)].append(confidence_of(read))
                continue
            differing.append((i, (a, b)))
            if most == REFUTED and not digits_in(again):
                continue
            result[i][a:b] = [replace(t, confidence=min(t.confidence, most)) for t in lines[i][a:b]]
        spans = [*differing, *(span for span, sure in alike.items() if sure)]
    for (i, (a, b)), sure in alike.items():
        if len(sure) == 2 and max(sure) >= SURELY:
            result[i][a:b] = [
                replace(t, confidence=max(t.confidence, DOUBTFUL)) for t in lines[i][a:b]
            ]
    return result


def _whole(line: TextLine, a: int, b: int, text: Grey, scale: float) -> PixelBox:
    """Where the words `a` to before `b` of `line` stand, with all of each letter that their edges
    cut: Tesseract's boxes are off. One that is in the word before or after them is left to it."""
    whole = left, top, right, bottom = box_around(line[a:b], text, scale)
    if line[a].turn:
        return whole
    reach = bottom - top
    start, end = max(0, left - reach), min(text.shape[1], right + reach)
    before, after = ([token.box for token in beside] for beside in (line[:a][-1:], line[b:][:1]))
    letters = [
        (start + x0, start + x1)
        for (x0, _, x1, _), _ in components((text[top:bottom, start:end] < DARK).astype(np.uint8))
    ]
    for x0, x1 in letters:
        middle = (x0 + x1) / 2
        if x0 < left < x1:
            left = x1 if any(word.x0 <= middle <= word.x1 for word in before) else x0
        elif x0 < right < x1:
            right = x0 if any(word.x0 <= middle <= word.x1 for word in after) else x1
    return (left, top, right, bottom) if left < right else whole  # a stroke goes through all of it


def _is_hardly_legible(figure: TextLine) -> bool:
    """Do digits, and no letters, stand in `figure`, which was read with little confidence?"""
    read = "".join(token.text for token in figure)
    return not any(c.isalpha() for c in read) and min(t.confidence for t in figure) < DOUBTFUL


def _figures(line: TextLine) -> Iterator[tuple[int, int]]:
    """Where figures stand in `line`: "35 000 €" is one, with the word after it."""
    start: int | None = None
    for i, token in enumerate(line):
        if digits_in(token.text):
            start = i if start is None else start
        elif start is not None:
            yield start, i + (len(token.text) == 1)
            start = None
    if start is not None:
        yield start, len(line)


def _figure(text: str) -> tuple[str, int]:
    """Its digits, and how many of them are cents."""
    cents = re.search(r"[.,]\s?(\d{1,2})(?!\d)", text)
    return digits_in(text), len(cents[1]) if cents else 0


@dataclass(frozen=True, slots=True)
class Marks:
    """The connected parts of a picture's ink, at half its size: lines drawn by hand are among
    them."""

    labels: npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]

    @classmethod
    def on(cls, text: Grey) -> "Marks":
        mask = (halved(text) < DARK).astype(np.uint8)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        return cls(np.asarray(labels, np.int32), np.asarray(stats, np.int32))

    def cross(self, box: Box) -> bool:
        """Does a stroke that passes through the word in `box` go on above or below it?"""
        tops, bottoms, _ = self._parts(box)
        slack = BEYOND * box.height / 2
        return bool(((tops < box.top / 2 - slack) | (bottoms > box.bottom / 2 + slack)).any())

    def scribble(self, box: Box, scale: float) -> bool:
        """Is what was read as the word in `box` a stroke of a pen?"""
        tops, bottoms, widths = self._parts(box)
        width, height = (v * scale / 2 for v in SCRIBBLE)
        return bool(((widths >= width) & (bottoms - tops >= height)).any())

    def _parts(self, box: Box) -> tuple[npt.NDArray[np.int32], ...]:
        """Top, bottom and width of each part that meets `box`, on the picture at half its size."""
        x0, top, x1, bottom = (max(0, round(v / 2)) for v in (box.x0, box.top, box.x1, box.bottom))
        stats = self.stats[np.setdiff1d(self.labels[top:bottom, x0:x1], 0)]
        tops = stats[:, cv2.CC_STAT_TOP]
        return tops, tops + stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]


def under(token: Token, stamps: Sequence[PixelBox], marks: Marks) -> Token:
    """`token`, in doubt where it is a figure that a stamp covers, refuted where a pen has gone over
    it or the place before it: there it may hide digits, or add one."""
    if not digits_in(token.text):
        return token
    box = token.box
    if marks.cross(replace(box, x0=box.x0 - NEAR * box.height)):
        return replace(token, confidence=min(token.confidence, REFUTED))
    covered = any(Box(*s).overlap(token.box) for s in stamps)
    return replace(token, confidence=min(token.confidence, DOUBTFUL)) if covered else token


def hidden(
    of_stamps: Sequence[TextLine], lines: Sequence[TextLine], cells: Sequence[PixelBox]
) -> list[TextLine]:
    """An illegible word in each of `cells` without any of `lines` where a figure was taken for a
    part of a stamp, or is one."""
    found: dict[PixelBox, TextLine] = {}
    for token in (t for line in of_stamps for t in line if FIGURE.search(t.text)):
        cell = next((c for c in cells if Box(*c).holds(*token.box.middle)), None)
        if cell and not any(Box(*cell).holds(*t.box.middle) for line in lines for t in line):
            found.setdefault(cell, [Token(ILLEGIBLE, token.box, 0.0)])
    return list(found.values())


def scribbled(token: Token, cells: Sequence[PixelBox], marks: Marks, scale: float) -> Token:
    """`token`, illegible where strokes of a pen in one of `cells` were read as a word: nobody knows
    what they hide."""
    doubted = token.confidence < LEGIBLE and token.text.isalpha()
    if not doubted or not any(Box(*cell).holds(*token.box.middle) for cell in cells):
        return token
    drawn = marks.scribble(token.box, scale)
    return replace(token, text=ILLEGIBLE, confidence=0.0) if drawn else token


def cut_off(line: TextLine, bitmap: Bitmap) -> TextLine:
    """`line`, in doubt where the edge of the picture cuts it, up to the first wide blank."""
    height, width = bitmap.grey.shape
    edge = CUT * bitmap.scale

    def cut(token: Token) -> bool:
        box = tilted(token.box, -bitmap.tilt, width, height)
        return not (edge < box.x0 and box.x1 < width - edge)

    result = list(line)
    for order in (1, -1):
        last: Token | None = None
        for i, token in list(enumerate(line))[::order]:
            if not cut(token) if last is None else _blank(token, last) > token.box.height:
                break
            result[i] = replace(token, confidence=min(token.confidence, DOUBTFUL))
            last = token
    return result


def _blank(one: Token, other: Token) -> float:
    """How wide the blank between them is, in pixels."""
    return max(one.box.x0 - other.box.x1, other.box.x0 - one.box.x1)
