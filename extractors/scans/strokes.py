"""Roman numbers that OCR reads as Arabic ones, or with strokes too few: I, II and III are bars, and
a 1 has a flag."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import Grey
from extractors.scans.cleaning import DARK
from extractors.scans.misreadings import NUMBERED, with_number
from extractors.scans.tokens import LEGIBLE, TextLine, box_around

STROKES = re.compile(r"[IlL1|!]{1,4}")
MOST = 3  # bars of a number; IIII is none
FIGURE = re.compile(r"1+[02-9]")
HIGH = 0.8  # of the height of the highest part: as high is a stroke, at least
STEM = 0.4, 0.6  # of its height, from the top: there is nothing but the stem of a bar, or of a 1
HEAD = 0.0, 0.4  # of its height, from the top: the flag of a 1 is there
PLAIN = 0.28  # of its height: the width of a bar without serifs, at most; a 1 is wider
OFF = 0.05  # of its height, at least, by which a serif goes on, or a flag more than on the right


def with_bars(lines: Sequence[TextLine], text: Grey, scale: float) -> list[TextLine]:
    """`lines`, in which headings with the number I, II or III have as many strokes as are drawn on
    `text`; as they are, where the 1 of most figures is a bar, too."""
    figures = [[t] for line in lines for t in line if FIGURE.match(t.text) and not t.turn]
    flagless = sum(_bars(figure, text, scale) > 0 for figure in figures)
    if 2 * flagless > len(figures):
        return list(lines)
    return [_with_bars(line, text, scale) for line in lines]


def _with_bars(line: TextLine, text: Grey, scale: float) -> TextLine:
    match = NUMBERED.match(" ".join(t.text for t in line))
    if not match or not STROKES.fullmatch(match["number"]):
        return line
    if line[0].turn or not (match["before"] or match["after"] or match["dash"]):
        return line
    place = 1 if match["before"] else 0
    count = _bars(line[place : place + 1], text, scale)
    if not len(match["number"]) <= count <= MOST:
        return line
    result = with_number(line, match, "I" * count)
    result[place] = replace(result[place], confidence=max(result[place].confidence, LEGIBLE))
    return result


def _bars(word: TextLine, text: Grey, scale: float) -> int:
    """How many bars the word begins with on `text`."""
    left, top, right, bottom = box_around(word, text, scale)
    strokes = _strokes(text[top:bottom, left:right] < DARK)
    return sum(1 for _ in itertools.takewhile(_is_bar, strokes))


def _strokes(ink: npt.NDArray[np.bool_]) -> Iterator[npt.NDArray[np.bool_]]:
    """The high parts of `ink`, from left to right, each cut out; those whose serifs touch, apart
    halfway between their stems."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    whole = max((height for _, _, _, height, _ in stats[1:].tolist()), default=0)
    for _, i in sorted((part[0], i) for i, part in enumerate(stats.tolist()) if i):
        x, y, width, height, _ = stats[i].tolist()
        if height < HIGH * whole:
            continue
        part = labels[y : y + height, x : x + width] == i
        stems = np.diff(np.r_[0, part[_rows(STEM, height)].any(axis=0), 0].astype(np.int8))
        starts, ends = np.flatnonzero(stems > 0), np.flatnonzero(stems < 0)
        yield from np.split(part, (ends[:-1] + starts[1:]) // 2, axis=1)


def _is_bar(stroke: npt.NDArray[np.bool_]) -> bool:
    """Is `stroke` a bar: does it go on to both sides, above, as far, or is it plain?"""
    height, width = stroke.shape
    starts, ends = stroke.argmax(axis=1), width - stroke[:, ::-1].argmax(axis=1)
    stem, head = _rows(STEM, height), _rows(HEAD, height)
    before = float(np.median(starts[stem])) - int(starts[head].min())
    behind = int(ends[head].max()) - float(np.median(ends[stem]))
    plain, serif = width <= PLAIN * height, min(before, behind) >= OFF * height
    return bool((plain or serif) and abs(before - behind) < OFF * height)


def _rows(shares: tuple[float, float], height: int) -> slice:
    return slice(*(round(share * height) for share in shares))
