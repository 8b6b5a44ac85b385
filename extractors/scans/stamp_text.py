"""What stamps say: most are set aslant by hand."""

from collections.abc import Sequence

import numpy as np

from extractors.scans.bitmap import Grey, as_grey, halved, rotated, sharpness
from extractors.scans.cleaning import DARK
from extractors.scans.tesseract import BLOCK, Crop, recognise
from extractors.scans.tokens import LEGIBLE, TextLine

ASKEW = 2.0  # degrees: what is less is read as it stands
STEEPEST, STEP = 15.0, 0.5  # degrees by which a stamp is aslant at most, and between two tries
SHARPER = 2.0  # times as sharp as it stands, at least, are the lines of a stamp that was aslant


def levelled(
    crops: Sequence[Crop], read: Sequence[list[TextLine]], scale: float
) -> list[list[TextLine]]:
    """The lines of each stamp in `crops`, `read` as it stands, or with its lines level where more
    is legible so."""
    tilts = [tilt_of(crop.picture) for crop in crops]
    aslant = [i for i, tilt in enumerate(tilts) if tilt]
    again = recognise([crops[i].levelled(tilts[i]) for i in aslant], BLOCK, scale)
    result = list(read)
    for i, lines in zip(aslant, again, strict=True):
        result[i] = max(read[i], lines, key=_legible)
    return result


def _legible(lines: list[TextLine]) -> int:
    """How many characters are read with some certainty."""
    return sum(len(t.text) for line in lines for t in line if t.confidence >= LEGIBLE)


def tilt_of(picture: Grey) -> float:
    """By how many degrees clockwise the stamp in `picture` is to be turned to be level; 0 where it
    nearly is."""
    ink = halved(as_grey(np.where(picture < DARK, 255, 0)))
    steps = round(STEEPEST / STEP)
    sharp = {k * STEP: sharpness(rotated(ink, k * STEP)) for k in range(-steps, steps + 1)}
    best = max(sharp, key=lambda degrees: sharp[degrees])
    return best if abs(best) >= ASKEW and sharp[best] >= SHARPER * sharp[0.0] else 0.0
