"""The lines of a scanned page: cell by cell where a table is ruled, then what stands around."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from extractors.pages.page import ILLEGIBLE, Box, around
from extractors.scans.bitmap import Grey, PixelBox
from extractors.scans.cleaning import DARK, SPECK, evened
from extractors.scans.side_by_side import SIDEWAYS, on_its_side, side_by_side
from extractors.scans.tesseract import (
    BLOCK,
    LINE,
    MARGIN,
    PAGE,
    RAW_LINE,
    Crop,
    cropped,
    has_ink,
    recognise,
)
from extractors.scans.tokens import LEGIBLE, TextLine, Token, box_around, confidence_of

SHAPE_CERTAIN = 0.9  # confidence of a dash that its shape alone proves
LARGER = 1.25  # of the picture of a cell in which nothing was read
ONE_LINE = 24.0  # points: a picture of more than one line, with its margins, is higher
LETTERS = 3.5, 16.0  # points: the least and the greatest height of letters
FEWEST_LETTERS = 3
DIACRITIC = 1.2  # points above or below letters within which their dots stand


def read_scan_lines(
    text: Grey,
    cells: Sequence[PixelBox],
    scale: float,
    across: Sequence[PixelBox] = (),
    folded: bool = False,
) -> list[TextLine]:
    """The lines of every cell, and those of the page around the cells, with the rules `across` it;
    of two pages side by side, if it is `folded` in the middle. Texts that stand beside others, not
    level with them, are read by themselves."""
    around_cells, rest = text.copy(), text.copy()
    crops: list[Crop] = []
    in_column: list[bool] = []
    for cell in cells:
        left, top, right, bottom = cell
        around_cells[top:bottom, left:right] = 255
    page = (0, 0, text.shape[1], text.shape[0])
    for within, picture in (*((cell, text) for cell in cells), (page, around_cells)):
        for part in side_by_side(picture, within, scale, within is page, across):
            left, top, right, bottom = part.box
            crops.append(cropped(picture, part.box))
            in_column.append(part.in_column)
            rest[top:bottom, left:right] = 255
    for cell in cells:
        for turned in on_its_side(rest, cell, scale):
            left, top, right, bottom = turned
            crops.append(cropped(rest, turned))
            rest[top:bottom, left:right] = 255
        left, top, right, bottom = cell
        if has_ink(rest[top:bottom, left:right]):
            crops.append(cropped(rest, cell))
        rest[top:bottom, left:right] = 255
    lines = [
        [replace(line[0], apart=i < len(in_column) and in_column[i]), *line[1:]]
        for i, read in enumerate(read_cells(crops, scale))
        for line in read
    ]
    height, width = text.shape
    xs = (0, width // 2, width) if folded else (0, width)
    pages = [(left, 0, right, height) for left, right in pairwise(xs)]
    inked = [box for box in pages if has_ink(rest[:, box[0] : box[2]])]
    if inked:
        even = evened(rest, scale)
        read = recognise([cropped(even, box) for box in inked], PAGE, scale)
        lines.extend(line for page in read for line in page)
    return lines


def tightened(line: TextLine, text: Grey, scale: float) -> TextLine:
    """`line`, its words as high as their letters only: Tesseract counts the dust around."""
    return [token if token.turn else _tight(token, text, scale) for token in line]


def _tight(token: Token, text: Grey, scale: float) -> Token:
    left, top, right, bottom = box_around([token], text, 0.0)
    mask = (text[top:bottom, left:right] < DARK).astype(np.uint8)
    if not mask.any():
        return token
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sizes = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    tops = stats[1:, cv2.CC_STAT_TOP]
    bottoms = tops + stats[1:, cv2.CC_STAT_HEIGHT]
    letters = sizes > SPECK * scale
    if not letters.any():
        return token
    start, end = int(tops[letters].min()), int(bottoms[letters].max())
    near = ~letters & (bottoms >= start - DIACRITIC * scale) & (tops <= end + DIACRITIC * scale)
    start, end = min(start, *tops[near], start), max(end, *bottoms[near], end)
    box = replace(token.box, top=float(top + start), bottom=float(top + end))
    return replace(token, box=box)


def read_cells(crops: Sequence[Crop], scale: float) -> list[list[TextLine]]:
    """The lines of each crop; one in which Tesseract sees no block of text is read as a line, one
    in which it sees none either, at another size, then whatever it sees. Letters in which it sees
    nothing are told to be illegible."""
    read = recognise(crops, BLOCK, scale)
    for mode, zoom in ((LINE, 1.0), (LINE, LARGER), (RAW_LINE, 1.0)):
        missed = [i for i, lines in enumerate(read) if not lines and not _is_dash(crops[i], scale)]
        if mode == RAW_LINE:
            missed = [i for i in missed if crops[i].picture.shape[0] < ONE_LINE * scale]
        again = recognise([crops[i].enlarged(zoom) for i in missed], mode, scale)
        for i, lines in zip(missed, again, strict=True):
            read[i] = lines
    for i, lines in enumerate(read):
        if not lines:
            height, width = crops[i].picture.shape
            left, top = crops[i].left + MARGIN, crops[i].top + MARGIN
            box = Box(left, top, left + width - 2 * MARGIN, top + height - 2 * MARGIN)
            if _is_dash(crops[i], scale):
                read[i] = [[Token("-", box, SHAPE_CERTAIN)]]
            elif _holds_letters(crops[i], scale):
                read[i] = [[Token(ILLEGIBLE, box, 0.0)]]
    aside = [i for i, lines in enumerate(read) if _may_run_sideways(crops[i], lines, scale)]
    turned_crops = [crops[i].on_its_side(degrees) for i in aside for degrees in (90, 270)]
    turned_lines = iter(recognise(turned_crops, BLOCK, scale))
    for i, up, down in zip(aside, turned_lines, turned_lines, strict=True):
        read[i] = max(read[i], up, down, key=confidence_of)
    return [[_whole(line) if line[0].turn else line for line in lines] for lines in read]


def _whole(line: TextLine) -> TextLine:
    """`line`, which runs up or down, as one word, as in a digital page: its words stand on no line
    of those around."""
    text = " ".join(token.text for token in line)
    return [
        replace(
            line[0], text=text, box=around([t.box for t in line]), confidence=confidence_of([line])
        )
    ]


def _may_run_sideways(crop: Crop, lines: Sequence[TextLine], scale: float) -> bool:
    """Is it high enough for a word, not of lines far apart, and hardly legible?"""
    height, width = (v - 2 * MARGIN for v in crop.picture.shape)
    if height <= max(SIDEWAYS * scale, width / 2) or confidence_of(lines) >= LEGIBLE:
        return False
    inked = np.flatnonzero((crop.picture < DARK).any(axis=1))
    return bool(np.diff(inked).max(initial=0) <= LETTERS[0] * 2 * scale)


def _holds_letters(crop: Crop, scale: float) -> bool:
    """Do some parts of it have the height of letters, and none much more? Dust and strokes of a pen
    have not."""
    mask = (crop.picture < DARK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT] / scale
    lowest, highest = LETTERS
    return bool(
        heights.size and heights.max() <= highest and (heights >= lowest).sum() >= FEWEST_LETTERS
    )


def _is_dash(crop: Crop, scale: float) -> bool:
    """Does nothing but one short level stroke stand there? Tesseract is blind to it."""
    mask = cv2.medianBlur((crop.picture < DARK).astype(np.uint8), 3)
    parts, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if parts != 2:
        return False
    width, height, area = (int(v) for v in stats[1][2:5])
    return height < 2 * scale and 1.5 * height < width < 12 * scale and area > 0.6 * width * height
