"""Figures that stand beside one another in boxes of their own: they make neither one number nor one
sentence.

   25               187 500 €           read as      25 logements captés
logements captés    de crédits AMI                   187 500 € de crédits AMI
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.pages.page import Box, Word, around

APART = 1.8  # of the font size: no narrower a blank stands between two boxes
STRETCHED = 4.0  # likewise, where half of the other blanks of the line are as wide
BESIDE = 1.0  # likewise, between the captions of figures that stand so
OTHER_TYPE = 1.25  # times the size: figures of one number are not set so differently
NEAR = 2.0  # of the font size, at most: the blank between a figure and its caption
MOST_LINES = 3  # of a caption
# The end and the beginning of what might be read as one number: 25 | 187 500 €
ENDS = re.compile(r"(?<![\d.,])\d{1,3}$")
BEGINS = re.compile(r"\d{3}(?!\d)")
FIGURE = re.compile(r"[+~≈]?\s?\d[\d\s.,]*(?:k€|M€|€|%|euros?)?", re.IGNORECASE)

Row = list[Word]


def figures_apart(words: Sequence[Word]) -> list[Row]:
    """The words of a line, parted where two figures stand that are no one number's."""
    parts: list[Row] = [[words[0]]]
    for i, (last, word) in enumerate(pairwise(words)):
        if BEGINS.match(word.text) and ENDS.search(last.text):
            gaps = [(b.box.x0 - a.box.x1) / max(a.size, b.size) for a, b in pairwise(words)]
            others = gaps[:i] + gaps[i + 1 :]
            as_wide = sum(2 * gap > gaps[i] for gap in others)
            stretched = bool(others) and 2 * as_wide >= len(others)
            apart = gaps[i] > (STRETCHED if stretched else APART)
            other_type = max(last.size, word.size) > OTHER_TYPE * min(last.size, word.size)
            if apart or other_type:
                parts.append([])
        parts[-1].append(word)
    return parts


def with_captions(rows: Sequence[Row]) -> list[Row]:
    """`rows`, top to bottom, each figure of those that say nothing else followed by its caption,
    which stands in the rows below it or above; other figures parted that stand apart."""
    result: list[Row] = []
    i = 0
    while i < len(rows):
        block = _block(rows, i)
        if block:
            start, end, columns = block
            del result[len(result) - (i - start) :]
            result += columns
            i = end
        else:
            result += figures_apart(rows[i])
            i += 1
    return result


def _block(rows: Sequence[Row], i: int) -> tuple[int, int, list[Row]] | None:
    """The rows, from and to, that figures alone on row `i` and their captions take, and these,
    column by column; None where row `i` says other things too, or has no captions."""
    figures = _pieces(rows[i], APART)
    texts = [" ".join(w.text for w in piece) for piece in figures]
    if len(figures) < 2 or not all(map(FIGURE.fullmatch, texts)):
        return None
    boxes = [_box(piece) for piece in figures]
    below = _captions(rows, range(i + 1, len(rows)), rows[i], boxes)
    above = [] if below else _captions(rows, range(i - 1, -1, -1), rows[i], boxes)[::-1]
    if not (below or above):
        return None
    columns = [
        row
        for k in range(len(figures))
        for row in (*(line[k] for line in above), figures[k], *(line[k] for line in below))
        if row
    ]
    return i - len(above), i + 1 + len(below), columns


def _captions(
    rows: Sequence[Row], order: range, figures: Row, boxes: Sequence[Box]
) -> list[list[Row]]:
    """The rows in `order` that go with the figures in `boxes`, each parted in their columns."""
    found: list[list[Row]] = []
    last = figures
    for i in order:
        one, other = sorted((_box(last), _box(rows[i])), key=lambda box: box.top)
        if other.top - one.bottom > NEAR * rows[i][0].size or len(found) == MOST_LINES:
            break
        columns = _in_columns(_pieces(rows[i], BESIDE), boxes)
        if columns is None or (not found and not all(columns)):
            break
        found.append(columns)
        last = rows[i]
    return found


def _in_columns(pieces: Sequence[Row], boxes: Sequence[Box]) -> list[Row] | None:
    """`pieces` of a line by the box that each stands over or under; None where one stands at two,
    or at none."""
    columns: list[Row] = [[] for _ in boxes]
    for piece in pieces:
        box = _box(piece)
        met = [k for k, b in enumerate(boxes) if b.x0 < box.x1 and box.x0 < b.x1]
        if len(met) != 1 or columns[met[0]] or FIGURE.fullmatch(" ".join(w.text for w in piece)):
            return None
        columns[met[0]] = list(piece)
    return columns


def _pieces(words: Row, wide: float) -> list[Row]:
    pieces = [[words[0]]]
    for last, word in pairwise(words):
        if word.box.x0 - last.box.x1 > wide * max(word.size, last.size):
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _box(words: Row) -> Box:
    return around([w.box for w in words])
