"""White rules between coloured cells in a picture, as some styles of word processors draw them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from extractors.pages.page import clusters
from extractors.scans.bitmap import Grey, PixelBox, as_grey, components, odd
from extractors.scans.cleaning import DARK, PaintedBox
from extractors.scans.drawn_grids import CROSSED_EDGE

INK = 3.0  # points: no stroke of a letter is as wide
REACH = 6.0  # points along which such a rule is averaged
WIDEST = 2.5  # points
LIGHTER = 6  # shades by which it is lighter than the colours on both sides, at least
PALER = 2.5  # on average, where it goes on
PIECE, LONG = 24.0, 60.0  # points: a piece of an upright one, and a whole one, at least
OFF = 1.6  # points by which its pieces may be off one another
NARROW = 12.0  # points: no column is narrower
DARKER = 60  # shades by which letters are darker than the colour they stand on
STROKES = 6  # where as many cross it, letters stand, and no rule
SEEN = 0.6  # share of the columns in which a row ends, or of the rows in which the table does
STEP = 5  # shades by which the colours above and below differ where one does
BLANK = 85  # percentile of the shades across a cell that is its colour, not its text
BESIDE = 1.5  # points from a rule to the colour beside it


class Upright(NamedTuple):
    """An upright rule, in pixels."""

    x: int
    top: int
    bottom: int


def light_rules(
    grey: Grey, fills: Sequence[PaintedBox], point: float
) -> tuple[list[PixelBox], list[PixelBox]]:
    """The light rules on `grey`, horizontal and vertical, of each grid that has several vertical
    ones, with the edges of its colours; `point` is pixels a point.

    Of dark `fills` in it that are wider than high none is crossed: light text there looks alike.
    """
    heads = [f.box for f in fills if f.grey < DARK and f.box[2] - f.box[0] > f.box[3] - f.box[1]]
    reach = odd(INK * point)
    ground = as_grey(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)))
    width = ground.shape[1]
    across: list[PixelBox] = []
    down: list[PixelBox] = []
    for rules in _grids(_uprights(np.ascontiguousarray(ground.T), point)):
        first, last = rules[0], rules[-1]
        left = _side(ground, first, point)
        right = width - _side(ground[:, ::-1], last._replace(x=width - last.x), point)
        within = [box for box in heads if box[0] <= left + OFF * point]
        levels = _levels(ground, rules, (left, *(r.x for r in rules), right), within, point)
        letters = ground[:, left:right].astype(np.int16) - grey[:, left:right] > DARKER
        levels = [y for y in levels if np.diff(letters[y].astype(np.int8)).clip(0).sum() < STROKES]
        if len(levels) > 1:
            ends = Upright(left, levels[0], levels[-1]), Upright(right, levels[0], levels[-1])
            down += [(r.x - 1, r.top, r.x + 1, r.bottom) for r in dict.fromkeys((*rules, *ends))]
            across += [(left, y - 1, right, y + 1) for y in levels]
    return across, down


def together(light: list[PixelBox], drawn: list[PixelBox], point: float) -> list[PixelBox]:
    """`light` rules and those `drawn` dark, horizontal or vertical, each of a place once."""
    off = OFF * point

    def known(rule: PixelBox) -> bool:
        return any(
            other[0] - off <= rule[0]
            and other[1] - off <= rule[1]
            and rule[2] <= other[2] + off
            and rule[3] <= other[3] + off
            for other in light
        )

    return [*light, *(rule for rule in drawn if not known(rule))]


def _uprights(turned: Grey, point: float) -> list[Upright]:
    """The long upright light rules on `turned`, which has columns for rows."""
    along = cv2.blur(turned, (odd(REACH * point), 1))
    across = np.ones((odd(WIDEST * point), 1), np.uint8)
    ridges = as_grey(cv2.morphologyEx(along, cv2.MORPH_TOPHAT, across))
    thick = cv2.dilate((ridges > LIGHTER).astype(np.uint8), np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(PIECE * point)), np.uint8))
    pieces = [
        Upright((low + high) // 2, start, end)
        for (start, low, end, high), _ in components(as_grey(runs))
        if high - low <= WIDEST * point
    ]
    found: list[Upright] = []
    for column in clusters(pieces, lambda piece: piece.x, OFF * point):
        whole: list[Upright] = []
        for piece in sorted(column, key=lambda piece: piece.top):
            if whole and _goes_on(ridges, whole[-1], piece, point):
                whole[-1] = whole[-1]._replace(bottom=max(whole[-1].bottom, piece.bottom))
            else:
                whole.append(piece)
        found += [rule for rule in whole if rule.bottom - rule.top >= LONG * point]
    return found


def _goes_on(ridges: Grey, above: Upright, below: Upright, point: float) -> bool:
    """Is there more of the rule between two pieces of it?"""
    off = round(OFF * point)
    between = ridges[max(0, above.x - off) : above.x + off, above.bottom : below.top]
    return not between.size or float(between.max(axis=0).mean()) >= PALER


def _grids(rules: list[Upright]) -> Iterator[list[Upright]]:
    """The `rules` beside one another, from left to right, where they are several."""
    rest = sorted(rules, key=lambda rule: rule.top)
    while rest:
        grid, bottom = [], rest[0].bottom
        while rest and rest[0].top < bottom:
            grid.append(rest.pop(0))
            bottom = max(bottom, grid[-1].bottom)
        if len({rule.x for rule in grid}) >= CROSSED_EDGE:
            yield sorted(grid)


def _side(ground: Grey, first: Upright, point: float) -> int:
    """Where the colour to the left of the `first` rule ends, or the rule, where it has none."""
    beside = round(BESIDE * point)
    rows = ground[first.top : first.bottom, : max(0, first.x - beside)].astype(np.int16)
    colour = np.median(rows[:, -3 * beside :], axis=1)
    paler = (rows > colour[:, None] + STEP).mean(axis=0) > SEEN
    ends = np.flatnonzero(paler)
    return int(ends[-1]) + 1 if ends.size else first.x


def _levels(
    ground: Grey,
    rules: Sequence[Upright],
    xs: Sequence[int],
    heads: Sequence[PixelBox],
    point: float,
) -> list[int]:
    """Where rows begin and end, but within `heads`: in most columns between `xs`, a light rule or
    another colour."""
    beside, slack, off = round(BESIDE * point), round(4 * point), round(OFF * point)
    start = max(0, min(rule.top for rule in rules) - slack)
    stop = max(rule.bottom for rule in rules) + slack
    ended = []
    for left, right in pairwise(xs):
        if right - left >= NARROW * point:
            piece = ground[start:stop, left + beside : right - beside]
            shade = np.percentile(piece, BLANK, axis=1)
            above, here, below = shade[: -2 * beside], shade[beside:-beside], shade[2 * beside :]
            ended.append(
                (abs(above - below) > STEP) | (here - np.maximum(above, below) > LIGHTER / 2)
            )
    seen = (np.mean(ended, axis=0) >= SEEN).astype(np.uint8)[None, :]
    for _, top, _, bottom in heads:
        within = slice(*(max(0, y - start - beside) for y in (top + off, bottom - off)))
        seen[:, within] = 0
    whole = cv2.morphologyEx(seen, cv2.MORPH_CLOSE, np.ones((1, 2 * beside + 1), np.uint8))
    edges = np.flatnonzero(np.diff(np.r_[0, whole[0], 0].astype(np.int8)))
    return [int(a + b) // 2 + beside + start for a, b in edges.reshape(-1, 2)]
