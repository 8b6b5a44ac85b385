"""Which words of a scan are bold: the ones with wider strokes than the page's others."""

import statistics
from typing import NamedTuple

import cv2
import numpy as np

from extractors.scans.bitmap import Grey, PixelBox
from extractors.scans.cleaning import DARK
from extractors.scans.tokens import DOUBTFUL, TextLine, Token, box_around

BOLDER = 1.25  # how much wider strokes are in bold than in regular, at least
BOLDER_LINES = 1.15  # the same of whole lines, whose strokes vary less
FEW = 3  # words of a line, fewer of which vary as words do
APART = 0.5  # share of the way from regular to bold in which no such line stands
SMEAR = 0.3  # points that ink and lens add to any stroke, large or small
UNDECIDED = 0.1  # share of the limit around which a word follows its line


def bold_words(
    lines: list[TextLine], metrics: list[tuple[float, float]], text: Grey, scale: float
) -> list[list[bool]]:
    """For each word of each line: is it bold, by its strokes against the page's others?

    Where the page's strokes are all of one width, nothing is said to be bold.
    """
    widths = [
        [_stroke(token, size, text, scale) for token in line]
        for line, (size, _) in zip(lines, metrics, strict=True)
    ]
    limit = _limit(
        [
            width
            for line, strokes in zip(lines, widths, strict=True)
            for token, width in zip(line, strokes, strict=True)
            if width is not None and token.confidence > DOUBTFUL  # a pale head has thin ones
        ]
    )
    if limit is None:
        told = [[w for w in line if w is not None] for line in widths]
        limit = _limit_of_lines([statistics.fmean(line) for line in told if len(line) >= FEW])
    if limit is None:
        return [[False] * len(line) for line in lines]
    result = []
    for line in widths:
        known = [w for w in line if w is not None]
        whole = bool(known) and statistics.fmean(known) > limit
        result.append(
            [whole if w is None or abs(w / limit - 1) < UNDECIDED else w > limit for w in line]
        )
    return result


def _stroke(token: Token, size: float, text: Grey, scale: float) -> float | None:
    """Stroke width of a word in font sizes; None where the word is too short to tell."""
    if sum(c.isalnum() for c in token.text) < 2:
        return None
    width = _width(text, box_around([token], text, 0.0)) - SMEAR * scale
    return width / size if width > 0 else None


def _limit(widths: list[float]) -> float | None:
    """The stroke width that parts those of words in two kinds; None where there is but one."""
    parted = _parted(widths)
    return (parted.low + parted.high) / 2 if parted and parted.ratio >= BOLDER else None


def _limit_of_lines(widths: list[float]) -> float | None:
    """The same of the strokes of lines, where nothing stands between the kinds."""
    parted = _parted(widths)
    if parted is None or parted.ratio < BOLDER_LINES:
        return None
    apart = parted.first - parted.last >= APART * (parted.high - parted.low)
    return (parted.first + parted.last) / 2 if apart else None


class Parted(NamedTuple):
    """Two kinds of strokes: their means, the greatest of the one, the least of the other."""

    low: float
    high: float
    last: float
    first: float

    @property
    def ratio(self) -> float:
        return self.high / self.low


def _parted(widths: list[float]) -> Parted | None:
    """`widths` as they are best parted in two kinds."""
    ordered = np.sort(np.asarray(widths))
    if ordered.size < 2:
        return None
    totals = np.cumsum(ordered)
    counts = np.arange(1, ordered.size)
    low = totals[:-1] / counts
    high = (totals[-1] - totals[:-1]) / counts[::-1]
    best = int((counts * counts[::-1] * np.square(high - low)).argmax())
    means = float(low[best]), float(high[best])
    return Parted(*means, float(ordered[best]), float(ordered[best + 1]))


def _width(ink: Grey, box: PixelBox) -> float:
    """How wide the strokes in `box` are, in pixels (ink over its outline); 0 without ink."""
    left, top, right, bottom = box
    piece = cv2.resize(ink[top:bottom, left:right], None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    mask = cv2.copyMakeBorder(
        (piece < DARK).astype(np.uint8), 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0
    )
    area = int(mask.sum())
    edge = area - int(cv2.erode(mask, np.ones((3, 3), np.uint8)).sum())
    return area / edge if edge else 0.0
