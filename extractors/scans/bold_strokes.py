"""Which words of a scan are bold: the ones with wider strokes than the page's others."""

import statistics

import cv2
import numpy as np

from extractors.scans.bitmap import Grey, PixelBox
from extractors.scans.cleaning import DARK
from extractors.scans.tokens import DOUBTFUL, TextLine, Token, box_around

BOLDER = 1.25  # how much wider strokes are in bold than in regular, at least
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
    """The stroke width that best parts `widths` in two kinds; None where there is but one."""
    ordered = np.sort(np.asarray(widths))
    if ordered.size < 2:
        return None
    totals = np.cumsum(ordered)
    counts = np.arange(1, ordered.size)
    low = totals[:-1] / counts
    high = (totals[-1] - totals[:-1]) / counts[::-1]
    best = int((counts * counts[::-1] * np.square(high - low)).argmax())
    if high[best] < BOLDER * low[best]:
        return None
    return float(low[best] + high[best]) / 2


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
