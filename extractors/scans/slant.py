"""A page photographed at a slant: the rules of its tables, or its lines of text, say how, and it is
made square."""

import cv2
import numpy as np

from extractors.scans.bitmap import (
    Bitmap,
    Grey,
    as_grey,
    components,
    halved,
    lines_of_text,
    thumbnail,
)
from extractors.scans.drawn_rules import hair
from extractors.scans.sheet import Line, meeting, seen_from_above

LONG = 50.0  # points: long enough to tell its slope, as no stroke of a letter is
SHORT = 18.0  # the same of pieces of one rule, each of which parts the cells of one row
PIECES = 6.0  # points sideways between two such pieces, at most; columns are wider
PROSE = 200.0  # points: lines of text as long tell theirs; letters mislead shorter ones
BORDER = 3.0  # points from the edge of the picture within which that edge shows, and no rule
STEEPEST = 8  # times a rule is as long as its ends are apart sideways, at least
THICK = 5  # pixels of a picture at half its size: a rule is thinner
STRAIGHT = 1.0  # pixels by which its middle strays from a straight line, on average
ALIKE = 0.003  # slope by which a rule differs from what the others say of its place
AGREED = 0.8  # share of the rules, by length, that differ no more
RULES = 3  # each way, at least
APART = 60.0  # points between the first of them and the last, at least, to tell how they fan out
SLANTED = 0.005  # slope by which two rules are off their right angle: more hides a grid

Stroke = tuple[float, float, float, int]  # where its middle is, across and along it; slope; length


def squared(bitmap: Bitmap) -> Bitmap:
    """`bitmap` as seen from straight above, if its rules do not cross at right angles, or its lines
    of text fan out; as it is elsewhere, and where its sheet was laid flat already. `projection`
    leads back."""
    if bitmap.projection is not None:
        return bitmap
    small, point = halved(bitmap.grey), bitmap.scale / 2
    flipped = np.ascontiguousarray(small.T)
    rules = _strokes(small, point, LONG)
    across, down = _sides(rules, point), _sides(_strokes(flipped, point, LONG), point)
    if across and not down:
        down = _sides(_in_pieces(flipped, point), point)
    if not down:  # those of a stamp fan out by themselves
        told = rules if across else []
        across = _sides([*told, *_prose(bitmap.grey, point)], point)
        down = _square_to(across, small.shape) if across else None
    elif not across:
        across = _sides(_in_pieces(small, point), point) or _square_to(down, flipped.shape)
    if across is None or down is None:
        return bitmap
    if max(abs(a[0] + d[0]) for a in across for d in down) < SLANTED:
        return bitmap
    (top, bottom), (left, right) = across, down
    pairs = ((left, top), (right, top), (right, bottom), (left, bottom))
    corners = np.asarray([meeting(*pair) for pair in pairs], np.float32)
    return seen_from_above(bitmap, 2 * corners)[0]


def _square_to(sides: tuple[Line, Line], shape: tuple[int, ...]) -> tuple[Line, Line]:
    """Two lines at right angles to what lies halfway between the level `sides` of a picture, where
    nothing upright is drawn: how level lines fan out is seen all the same."""
    height, width = shape
    slope = -(sides[0][0] + sides[1][0]) / 2
    left, right = ((slope, x - slope * height / 2) for x in (width / 4, 3 * width / 4))
    return left, right


def _strokes(picture: Grey, point: float, least: float) -> list[Stroke]:
    """The straight lines across `picture`, nearly level, `least` points long and more."""
    runs = cv2.morphologyEx(
        hair(picture, point), cv2.MORPH_OPEN, np.ones((1, round(9 * point)), np.uint8)
    )
    runs = as_grey(cv2.dilate(runs, np.ones((1, 3), np.uint8)))
    found: list[Stroke] = []
    for (left, top, right, bottom), area in components(runs):
        length = right - left
        if top < BORDER * point or bottom > len(picture) - BORDER * point:
            continue
        if length < least * point or length < STEEPEST * (bottom - top) or area > THICK * length:
            continue
        piece = runs[top:bottom, left:right]
        xs, ys = np.arange(length), np.arange(bottom - top) @ piece / piece.sum(axis=0)
        slope, start = (float(v) for v in np.polyfit(xs, ys, 1))
        if np.abs(ys - slope * xs - start).mean() <= STRAIGHT:
            middle = length / 2
            found.append((top + start + slope * middle, left + middle, slope, length))
    return found


def _prose(grey: Grey, point: float) -> list[Stroke]:
    """The long lines of text of a picture, on it at half its size."""
    return [
        (2 * text.y, 2 * text.x, text.slope, 2 * text.width)
        for text in lines_of_text(thumbnail(grey))
        if 2 * text.width >= PROSE * point
    ]


def _in_pieces(picture: Grey, point: float) -> list[Stroke]:
    """The lines across `picture`, nearly level, that short pieces in one line make."""
    pieces = np.asarray(sorted(_strokes(picture, point, SHORT)), np.float64).reshape(-1, 4)
    found: list[Stroke] = []
    for line in np.split(pieces, np.flatnonzero(np.diff(pieces[:, 0]) > PIECES * point) + 1):
        places, middles, _, lengths = line.T
        if lengths.sum() < LONG * point or np.ptp(middles) < LONG * point:
            continue
        slope, start = np.polyfit(middles, places, 1, w=lengths)
        if np.abs(places - slope * middles - start).mean() <= STRAIGHT:
            middle = float(middles.mean())
            place = float(slope * middle + start)
            found.append((place, middle, float(slope), round(lengths.sum())))
    return found


def _sides(strokes: list[Stroke], point: float) -> tuple[Line, Line] | None:
    """The first and the last of the level `strokes`, as steep as all together say, or one as the
    other where they are near; None where they do not agree."""
    if len(strokes) < RULES:
        return None
    strokes = sorted(strokes)
    places, _, slopes, lengths = (np.asarray(v, np.float64) for v in zip(*strokes, strict=True))
    known = np.ones(places.size, bool)
    steepening, slope = 0.0, 0.0
    for _ in range(2):
        degree = int(np.ptp(places[known]) >= APART * point)
        fitted = np.polyfit(places[known], slopes[known], degree, w=lengths[known])
        steepening, slope = 0.0 if not degree else float(fitted[0]), float(fitted[-1])
        known = np.abs(slopes - steepening * places - slope) <= ALIKE
        if known.sum() < RULES or lengths[known].sum() < AGREED * lengths.sum():
            return None
    sides = []
    for i in (int(np.argmax(known)), len(strokes) - 1 - int(np.argmax(known[::-1]))):
        place, along, _, _ = strokes[i]
        own = steepening * place + slope
        sides.append((own, place - own * along))
    return sides[0], sides[1]
