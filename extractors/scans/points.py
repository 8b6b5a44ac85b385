"""The points of references, which Tesseract leaves out where a scan is coarse: 1.1 is read 11."""

import re
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import Grey
from extractors.scans.cleaning import DARK
from extractors.scans.tokens import DOUBTFUL, TextLine, box_around

REFERENCE = re.compile(r"\d{2,3}")
SHADES = DARK, 130  # of ink: a point that is blurred into a digit is apart in the darker one
DIGIT = 0.8  # of the height of the number: as high are its digits, at least
POINT = 0.08, 0.3  # of it: the least and the greatest width and height of a point
FOOT = 0.12  # of it: how far a point ends from where the digits end, at most


def with_points(line: TextLine, text: Grey, scale: float) -> TextLine:
    """`line`, a number that stands alone, with the point that is drawn between two of its digits on
    `text`, the picture; one so mended is doubtful."""
    if len(line) != 1 or line[0].turn or not REFERENCE.fullmatch(line[0].text):
        return line
    (read,) = line
    left, top, right, bottom = box_around(line, text, scale)
    picture = text[top:bottom, left:right]
    places = [_digits_before_point(picture < shade, len(read.text)) for shade in SHADES]
    before = next(filter(None, places), None)
    if before is None:
        return line
    mended = read.text[:before] + "." + read.text[before:]
    return [replace(read, text=mended, confidence=min(read.confidence, DOUBTFUL))]


def _digits_before_point(ink: npt.NDArray[np.bool_], count: int) -> int | None:
    """How many of the `count` digits in `ink` stand before the one point between them; None where
    something else is drawn."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=4)
    parts: list[tuple[int, int, int, int]] = [tuple(part[:4]) for part in stats[1:].tolist()]
    whole = max((height for *_, height in parts), default=0)
    least, most = (share * whole for share in POINT)
    digits = [part for part in parts if part[3] >= DIGIT * whole]
    rest = [part for part in parts if least <= part[3] < DIGIT * whole]
    if len(digits) != count or len(rest) != 1:
        return None
    x, y, width, height = rest[0]
    foot = max(top + high for _, top, _, high in digits)
    before = sum(left + wide <= x + 1 for left, _, wide, _ in digits)
    after = sum(left >= x + width - 1 for left, *_ in digits)
    drawn = least <= width <= most and height <= most and abs(y + height - foot) <= FOOT * whole
    return before if drawn and before and after and before + after == count else None
