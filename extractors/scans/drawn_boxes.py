"""Boxes to tick on a scan: which are drawn, and what is in them. OCR takes them for letters, or for
nothing where they are crossed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.pages.page import Box
from extractors.scans.bitmap import Grey, PixelBox
from extractors.scans.cleaning import DARK
from extractors.scans.tokens import DOUBTFUL, TextLine, Token

SIDES = 5.0, 14.0  # points: of the least box and the greatest
SQUARE = 0.85  # the shorter side of a box, as a share of the longer one, at least
EDGE = 0.2  # of its side: its frame is no thicker
DRAWN = 0.9  # share of each edge that is drawn, at least: the corners of a round letter are blank
EMPTY, CROSSED, FILLED = 0.04, 0.12, 0.9  # share of its inside that is inked: at most, from, from
SEVERAL = 2  # boxes on a page, at least
CORNERS = slice(None, 3), slice(-3, None)  # pixels at both ends
AT_ONCE = 0.15  # of its side: what stands as near, but behind, makes it a letter of a word
BESIDE = 2.5  # of its side: the text of a box stands as near behind it


class Tick(NamedTuple):
    """A box to tick as a sign of the text, and how sure it is."""

    box: PixelBox
    sign: str
    confidence: float


def find_boxes(text: Grey, scale: float) -> list[Tick]:
    """The boxes to tick among the ink of `text`; `scale` is pixels a point."""
    mask = (text < DARK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    least, most = (side * scale for side in SIDES)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    shorter, longer = np.minimum(widths, heights), np.maximum(widths, heights)
    square = (shorter >= least) & (longer <= most) & (shorter >= SQUARE * longer)
    found = []
    for i in np.flatnonzero(square).tolist():
        left, top, width, height = stats[i, :4].tolist()
        inside = np.s_[top : top + height, left : left + width]
        share = _share_within(labels[inside] == i, mask[inside])
        if share is not None and not _is_in_word(mask, left, top, width, height):
            sure = not EMPTY < share < CROSSED
            sign = "☒" if share > (EMPTY + CROSSED) / 2 else "☐"
            place = (left, top, left + width, top + height)
            found.append(Tick(place, sign, 1.0 if sure else DOUBTFUL))
    return found if len(found) >= SEVERAL else []


def _share_within(part: npt.NDArray[np.bool_], ink: Grey) -> float | None:
    """How much is inked of what a frame surrounds, if `part` of the `ink` draws one."""
    edge = max(2, round(EDGE * min(part.shape)))
    sides = (part[:edge], part[-edge:], part[:, :edge].T, part[:, -edge:].T)
    if any(side.any(axis=0).mean() < DRAWN for side in sides):
        return None
    if not all(part[y, x].any() for y in CORNERS for x in CORNERS):
        return None
    share = float(ink[edge:-edge, edge:-edge].mean())
    return share if share < FILLED else None


def _is_in_word(mask: Grey, left: int, top: int, width: int, height: int) -> bool:
    """Is there ink right before that frame, or above or below it where the text may run up or
    down: is it an n that blur closed?"""
    near = max(1, round(AT_ONCE * max(width, height)))
    bottom, right = top + height, left + width
    sides = (
        mask[top:bottom, max(0, left - near) : left],
        mask[max(0, top - near) : top, left:right],
        mask[bottom : bottom + near, left:right],
    )
    return any(side.any() for side in sides)


def without_boxes(text: Grey, ticks: Iterable[Tick]) -> Grey:
    """`text` without the boxes of `ticks`."""
    result = text.copy()
    for (left, top, right, bottom), _, _ in ticks:
        result[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = 255
    return result


def with_boxes(lines: Sequence[TextLine], ticks: Iterable[Tick]) -> list[TextLine]:
    """`lines`, each of `ticks` a word before the one that stands right behind it, or else alone."""
    result = [list(line) for line in lines]
    for tick in ticks:
        token = Token(tick.sign, Box(*tick.box), tick.confidence)
        behind = min(_behind(token, result), default=None)
        if behind is None:
            result.append([token])
        else:
            _, i, at = behind
            result[i].insert(at, token)
    return result


def _behind(box: Token, lines: Sequence[TextLine]) -> Iterator[tuple[float, int, int]]:
    """The words near behind `box`: how far each is, its line and its place in it."""
    _, y = box.box.middle
    for i, line in enumerate(lines):
        for at, token in enumerate(line):
            gap = token.box.x0 - box.box.x1
            level = token.box.top - box.box.height / 2 < y < token.box.bottom + box.box.height / 2
            if not token.turn and level and -1 <= gap <= BESIDE * box.box.height:
                yield gap, i, at
