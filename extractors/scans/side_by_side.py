"""Texts side by side whose lines are not level, as in cells of a table without rules: Tesseract
would read them as lines across all. Boxes are in pixels.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import Grey, PixelBox, halved

LETTERS = 3.5, 16.0  # points: the least and the greatest height of letters
TALL = 2.4  # times as high as most letters: no line is
BLANK = 4.0  # points between columns, at least; words are nearer to one another
NARROW, MANY = 1.8, 6  # points between columns, along as many lines; words are not so by chance
SURE = 12  # lines: the blanks of a justified text stand in one place along fewer of them
SPACE = 0.9  # of the height of most letters: words on a line are nearer to one another
COLUMNS, LINES = 3, 3  # fewer of them, or along fewer lines, are words of prose
REACH = 36.0  # points: no blank in a table is higher
DASH = 12.0, 2.5  # points: the greatest length and height of a dash
FIGURE = 10.0  # times the height of most letters: what a figure's last digits go on is shorter
ALIKE = 0.25  # of the height of most letters: digits begin and end as near to one another
CALL = 1.0  # of the height of most letters: the call of a note behind a figure is no wider
NEARLY = 0.8  # of the lines
SIDEWAYS = 20.0  # points: text on its side is longer
STACKED = 3  # rules as long, one below the other, that rule a table: the topmost is its head
AS_LONG = 4.0  # points: their ends differ by no more
INKED = 200  # what is darker, at half the size, holds ink
DUST = 0.5  # points of ink along a row or a column that are none
Mask = npt.NDArray[np.bool_]


class Part(NamedTuple):
    """Where a text stands, and whether its lines begin where a column does."""

    box: PixelBox
    in_column: bool


def side_by_side(
    text: Grey,
    box: PixelBox,
    scale: float,
    columns: bool = False,
    across: Sequence[PixelBox] = (),
) -> list[Part]:
    """The texts in `box` of `text` that stand beside others not level with them; with `columns`,
    those of several columns even if they are level. The rules `across` it rule tables."""
    left, top, right, bottom = box
    small = halved(text[top:bottom, left:right]) < INKED
    point = scale / 2
    if columns:
        tops = [(y - top) // 2 for y in _table_tops(across, scale)]
        parts = list(_in_columns(small, point, tops))
    else:
        parts = [Part(part, False) for part in _parted(small, point)]
    return [
        Part(
            (
                left + 2 * x0,
                top + 2 * y0,
                min(left + 2 * x1, right),
                min(top + 2 * y1, bottom),
            ),
            in_column,
        )
        for (x0, y0, x1, y1), in_column in parts
    ]


def on_its_side(text: Grey, cell: PixelBox, scale: float) -> Iterator[PixelBox]:
    """What may run up or down in `cell` above or below other text, as the head of a column does
    that no rule parts from it: as narrow as a line, and longer than a word of it is high."""
    left, top, right, bottom = cell
    small = halved(text[top:bottom, left:right]) < INKED
    point = scale / 2
    blocks = list(_runs(np.asarray(small.sum(axis=1) > DUST * point), round(BLANK * point)))
    for y0, y1 in blocks if len(blocks) > 1 else ():
        inked = np.flatnonzero(small[y0:y1].any(axis=0))
        width = inked[-1] - inked[0] + 1
        if width <= LETTERS[1] * point and y1 - y0 >= max(SIDEWAYS * point, 2 * width):
            yield left, top + 2 * y0, right, min(top + 2 * y1, bottom)


def _table_tops(across: Sequence[PixelBox], point: float) -> Iterator[int]:
    """Where the topmost of rules as long is that lie below one another."""
    slack = AS_LONG * point
    for left, top, right, _ in across:
        levels = [
            y for x0, y, x1, _ in across if abs(x0 - left) <= slack and abs(x1 - right) <= slack
        ]
        if len(levels) >= STACKED and min(levels) == top:
            yield top


def _in_columns(dark: Mask, point: float, tops: Sequence[int]) -> Iterator[Part]:
    """The columns of each stretch of lines that has several, and what is parted elsewhere; tables
    of rules alone begin at `tops`."""
    bands = _bands(dark, point)
    for first, end in _stretches(dark, bands, point, tops):
        top, bottom = bands[first][0], bands[end - 1][1]
        blank = NARROW if end - first >= MANY else BLANK
        columns = _columns(np.asarray(dark[top:bottom].any(axis=0)), blank * point)
        columns = _with_whole_figures(dark[top:bottom], columns, point)
        if end - first < LINES:
            columns = []
            for y0, y1 in bands[first:end]:
                for box in _moved(_parted(dark[y0:y1], point), 0, y0):
                    yield Part(box, False)
        for left, right in columns:
            part = dark[top:bottom, left:right]
            inner = list(_parted(part, point)) or list(_between_dashes(part, point))
            for box in _moved(inner, left, top):
                yield Part(box, box[0] == left and end - first >= SURE)


def _stretches(
    dark: Mask, bands: Sequence[tuple[int, int]], point: float, tops: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """`bands`, from one to before another, so that the most of them stand in the most columns. What
    ends over one of `tops` before the last of them, as a title does, is in none."""
    inked = [_joined(dark[top:bottom], point) for top, bottom in bands]
    nearly = [_joined(dark[top:bottom], point, NARROW / BLANK) for top, bottom in bands]
    over = [sum(bottom <= top for _, bottom in bands) for top in tops]
    best: list[tuple[float, int]] = [(0.0, 0)]  # up to each band: worth, where the last one begins
    for end in range(1, len(bands) + 1):
        best.append((best[end - 1][0] + 1, end - 1))
    for first in range(len(bands)):
        lines, many = np.zeros((2, dark.shape[1]), np.int64)
        for end in range(first + 1, len(bands) + 1):
            if end - first > 1 and bands[end - 1][0] - bands[end - 2][1] > REACH * point:
                break
            lines += inked[end - 1]
            many += nearly[end - 1]
            columns = _columns(np.asarray(many > 0), NARROW * point)
            if len(columns) < COLUMNS:
                break
            least, counted = MANY, many
            if end - first < MANY:
                columns, least, counted = _columns(np.asarray(lines > 0), BLANK * point), 2, lines
            count = sum(int(counted[left:right].max()) >= least for left, right in columns)
            last = slice(*columns[-1])
            if any(not np.any(inked[first:i], axis=0)[last].any() for i in over if first < i < end):
                continue
            worth = best[first][0] + (end - first) * count - COLUMNS
            if end - first >= LINES and count >= COLUMNS and worth > best[end][0]:
                best[end] = worth, first
        after = first + 1
        if after <= len(bands) and best[first][0] + 1 > best[after][0]:
            best[after] = best[first][0] + 1, first
    end = len(bands)
    found = []
    while end:
        found.append((best[end][1], end))
        end = best[end][1]
    yield from reversed(found)


def _joined(band: Mask, point: float, share: float = 1.0) -> Mask:
    """Where `band` holds ink, `share` of the blanks between words, which are wide in large type,
    closed."""
    wide = share * max(BLANK * point, SPACE * (_letter(band, point) or 0.0))
    inked = np.zeros(band.shape[1], bool)
    for left, right in _runs(np.asarray(band.any(axis=0)), round(wide)):
        inked[left:right] = True
    return inked


def _parted(dark: Mask, point: float) -> Iterator[PixelBox]:
    for top, bottom in _bands(dark, point):
        band = dark[top:bottom]
        columns = _columns(np.asarray(band.any(axis=0)), BLANK * point)
        if len(columns) < 2 or not _has_several_lines(band, point):
            continue
        for left, right in columns:
            inner = list(_parted(band[:, left:right], point))
            yield from _moved(inner or [(0, 0, right - left, bottom - top)], left, top)


def _moved(boxes: Iterable[PixelBox], right: int, down: int) -> Iterator[PixelBox]:
    for x0, y0, x1, y1 in boxes:
        yield x0 + right, y0 + down, x1 + right, y1 + down


def _bands(dark: Mask, point: float) -> list[tuple[int, int]]:
    """Where lines stand, those together that no blank row parts."""
    return list(_runs(np.asarray(dark.sum(axis=1) > DUST * point), 1))


def _columns(inked: Mask, blank: float) -> list[tuple[int, int]]:
    return list(_runs(inked, round(blank)))


def _between_dashes(column: Mask, point: float) -> Iterator[PixelBox]:
    """`column`, parted where a dash stands alone on its line: Tesseract takes it for a part of the
    letters below it."""
    width = column.shape[1]
    start = end = 0
    for top, bottom in _bands(column, point):
        inked = np.flatnonzero(column[top:bottom].any(axis=0))
        length = inked[-1] - inked[0] + 1
        if bottom - top <= DASH[1] * point and bottom - top < length <= DASH[0] * point:
            if end > start:
                yield 0, start, width, end
            yield 0, top, width, bottom
            start = bottom
        end = bottom
    if end > start:
        yield 0, start, width, end


def _with_whole_figures(
    dark: Mask, columns: Sequence[tuple[int, int]], point: float
) -> list[tuple[int, int]]:
    """`columns` of `dark`, the thousands of figures and their units, which are all as wide, in one
    with what ends right before them on nearly all lines."""
    letter = _letter(dark, point) or 0.0
    whole = list(columns[:1])
    for left, right in columns[1:]:
        before = whole[-1]
        if left - before[1] < BLANK * point and _goes_on(
            dark, before, (left, right), letter, point
        ):
            whole[-1] = before[0], right
        else:
            whole.append((left, right))
    return whole


def _goes_on(
    dark: Mask, before: tuple[int, int], column: tuple[int, int], letter: float, point: float
) -> bool:
    """Are the texts in `column`, but for dashes, set as the last digits of figures `before` it?
    What stands level behind a justified text is not."""
    (start, border), (left, right) = before, column
    ends = []
    for top, bottom in _bands(dark[:, left:right], point):
        inked = np.flatnonzero(dark[top:bottom, left:right].any(axis=0))
        ahead = np.flatnonzero(dark[top:bottom, start:border].any(axis=0))
        if inked.size and bottom - top >= LETTERS[0] * point:
            first, last = (ahead[0], ahead[-1]) if ahead.size else (-1, -1)
            ends.append((inked[0], inked[-1], last, first))
    if len(ends) < LINES:
        return False
    places = np.asarray(ends)
    rims, first = places[:, :3], places[:, 3]
    off, near = rims - np.median(rims, axis=0), ALIKE * letter + 1
    level = ((off >= -near) & (off <= [near, near + CALL * letter, near])).all(axis=1)
    return bool((level & (rims[:, 2] - first <= FIGURE * letter)).mean() >= NEARLY)


def _has_several_lines(band: Mask, point: float) -> bool:
    letter = _letter(band, point)
    return letter is not None and len(band) > TALL * letter


def _letter(band: Mask, point: float) -> float | None:
    """How high most letters of `band` are."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(band.astype(np.uint8), connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    lowest, highest = (v * point for v in LETTERS)
    letters = heights[(heights >= lowest) & (heights <= highest)]
    return float(np.median(letters)) if letters.size else None


def _runs(marks: Mask, gap: int) -> Iterator[tuple[int, int]]:
    """From where to where `marks` are set, with fewer than `gap` others between."""
    places = np.flatnonzero(marks)
    if not places.size:
        return
    ends = np.flatnonzero(np.diff(places) > gap)
    starts = [0, *(ends + 1).tolist()]
    for first, last in zip(starts, [*ends.tolist(), places.size - 1], strict=True):
        yield int(places[first]), int(places[last]) + 1
