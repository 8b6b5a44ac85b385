"""A scan without what nobody printed: black margins, dark and pale grounds, dust, stamps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import (
    NEGATIVE,
    Bitmap,
    Grey,
    PixelBox,
    area_of,
    as_grey,
    components,
    halved,
    hull,
    meet,
    odd,
)

DARK = 170  # 0 black … 255 paper: darker is ink
GRAIN = 220  # paler is the grain of the paper, on a picture at half the size
PALE = 60  # at least as light as the ink of a stamp; text is darker
TOO_DARK = 130  # for dark text
BLACK = 50  # as dark beside bands that are too dark
BAND = 190  # a band behind light text is darker
LIGHTER = (
    30  # shades by which such text is lighter than its band, on a picture a quarter of the size
)
BLANK = 0.3  # share of a row of such a band that is dark, at least
PLAIN = 0.65  # share of a cell that is light, at least, where it is none of a band
EVEN = 0.5  # share of the band that is of one shade, at least
MOST = 0.8  # share of a band that a piece of it covers, from which it is whole
LIGHT_TEXT = 0.03  # share of such a band that it covers, at least
FEW_LETTERS = 0.002  # the same of a block that is dark, whatever else it holds
TEXT_REACH = 3  # times the height of a line: most of what is as near to a letter is its ground
SOFT = 0.35  # points over which dots are smoothed: letters stay sharp enough
DOTTED = 25  # shades by which its dots differ from their surroundings, on average
BLACK_MARGIN = 4.0  # points: as wide as what a copier leaves black beside the paper, at least
SOLID = 0.97  # share of such a margin that is black: light letters stand in a coloured band
FINE = 3.0  # points over which the grain of a pale fill is evened
DEPTHS = 9, 7  # shades by which a fill is darker than the paper, at least: plain ones first
STEP = 5  # shades by which it parts from the paper beside it, at least
EDGE = 30  # the same of a dark one, on two sides of it: the shadow of a hand has soft edges
APART = 4.0  # points between two pieces of one band, or their edges, at most
ALIKE = 16  # shades by which these differ, at most
SPECK = 1.7  # points: no larger than the dot of an i
ALONE = 4.0  # points around a speck without other ink: no sign of a text stands so
LETTER = 14.0  # points: larger than any letter of the text
GRAINY = 1.5  # shades, of white paper, by which half of a grainy page differs from around, at least
LINE_GAP = 2.0  # points: the blank between two lines of text is as high
LETTERS = 9.0  # points: text is as near to paper
BARE = 27.0  # points within which there is bare paper
DEEPEST = 4  # times as far from its shade as grain is on average is the darkest on bare paper
COARSER = 3  # times more smoothed, a picture shows no grain
EVENED = 0.25  # points over which its grain is smoothed: letters stay sharp enough
SHADOW = 0.96  # share of the page's height, or width, that a shadow darkens


@dataclass(frozen=True, slots=True)
class PaintedBox:
    """A rectangle painted in another grey (0 black … 255 white) than the paper."""

    box: PixelBox
    grey: int


def cleaned(bitmap: Bitmap) -> tuple[Grey, list[PaintedBox]]:
    """Black ink on even white, light text on dark fills inverted; and the fills."""
    point = bitmap.scale
    quarter = as_grey(cv2.resize(bitmap.grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA))
    reach = odd(9 * point / 4)
    block = np.ones((reach, reach), np.uint8)
    light = as_grey(cv2.morphologyEx(quarter, cv2.MORPH_CLOSE, block))
    dark_blocks = [
        box
        for box in _dark_blocks(quarter, reach)
        if sum(step > EDGE for step in _steps(quarter, light, box, FINE * point / 4)) > 1
    ]
    dark_blocks = _with_pale_blocks(quarter, reach, dark_blocks)
    fills = _fills(light, dark_blocks, point)
    height, width = bitmap.grey.shape
    paper = cv2.resize(
        cv2.GaussianBlur(light, (reach, reach), 0), (width, height), interpolation=cv2.INTER_LINEAR
    )
    ink = cv2.divide(bitmap.grey, paper, scale=250)
    for box in dark_blocks:
        left, top, right, bottom = (4 * v for v in box)
        dark = _undotted(bitmap.grey[top:bottom, left:right], point)
        base = float(np.median(dark))
        lighter = (dark - base) * 255 / max(40.0, _lightest(quarter, box, reach) - base)
        inside = _inside(quarter[box[1] : box[3], box[0] : box[2]], base, reach, dark.shape)
        ink[top:bottom, left:right][inside] = np.clip(255 - lighter, 0, 255)[inside]
    black = float(np.percentile(ink[ink < DARK], 10)) if (ink < DARK).any() else 0.0
    levels = np.clip((np.arange(256) - black) * 255 / (245 - black), 0, 255).astype(np.uint8)
    return as_grey(cv2.LUT(ink, levels)), fills


def _lightest(quarter: Grey, box: PixelBox, reach: int) -> float:
    """The shade of light letters in `box`, or of the paper around: no white in a shadow."""
    left, top, right, bottom = box
    around = quarter[max(0, top - reach) : bottom + reach, max(0, left - reach) : right + reach]
    return float(np.percentile(around, 99))


def _undotted(dark: Grey, point: float) -> npt.NDArray[np.float32]:
    """A dark block, as even as its colour was before a scan in black and white made dots of it."""
    even = cv2.GaussianBlur(dark.astype(np.float32), (0, 0), SOFT * point)
    dotted = float(np.abs(dark - even).mean()) > DOTTED
    return np.asarray(even if dotted else dark, np.float32)


def without_grain(bitmap: Bitmap) -> Bitmap:
    """`bitmap` smoothed where a phone photographed it in bad light, and what grain is left on its
    paper made as light as this: in a shadow, it is as dark as ink once the shadow is made white,
    and words are read in it. Other scans have none."""
    grey = bitmap.grey
    off = cv2.absdiff(grey, cv2.GaussianBlur(grey, (3, 3), 0)).astype(np.float32)
    rough, light = (
        cv2.resize(part, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        for part in (off, grey)
    )
    if float(np.median(255 * rough / np.maximum(light, 1))) < GRAINY:
        return bitmap
    even = cv2.GaussianBlur(grey, (0, 0), EVENED * bitmap.scale)
    paper, grain = _paper_and_grain(as_grey(even), bitmap.scale)
    half = paper / 2  # darker is ink, which stays
    lifted = half + (even - half) * half / np.maximum(half - grain, half / 2)
    plain = np.minimum(np.maximum(even, lifted), paper)
    in_a_band = even > paper + 2 * grain  # light letters
    return replace(bitmap, grey=np.where(in_a_band, even, plain).astype(np.uint8))


def _paper_and_grain(
    grey: Grey, point: float
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """The shade of the paper, or of a band of colour, at each place of a smoothed picture, and how
    far its grain is from it at most."""
    off = cv2.absdiff(grey, cv2.GaussianBlur(grey, (0, 0), COARSER * EVENED * point))
    gap, letter, around = (odd(v * point / 4) for v in (LINE_GAP, LETTERS, BARE))
    rough, light = (
        cv2.blur(cv2.resize(part, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), (gap, gap))
        for part in (off.astype(np.float32), grey.astype(np.float32))
    )
    grain = cv2.erode(rough, np.ones((around, around), np.uint8))
    paper = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((letter, letter), np.uint8))

    def everywhere(quarter: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
        size = grey.shape[::-1]
        return np.asarray(cv2.resize(quarter, size, interpolation=cv2.INTER_LINEAR), np.float32)

    return everywhere(np.maximum(paper, 1)), everywhere(DEEPEST * grain)


def without_edges(bitmap: Bitmap) -> Bitmap:
    """`bitmap` without the black margins that a copier leaves where no paper was."""
    quarter = cv2.resize(bitmap.grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    reach = odd(BLACK_MARGIN * bitmap.scale / 4)
    solid = as_grey(
        cv2.morphologyEx(
            (quarter < NEGATIVE).astype(np.uint8), cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8)
        )
    )
    height, width = solid.shape
    margins = np.zeros_like(solid)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    for i, (x, y, w, h, area) in enumerate(stats[1:].tolist(), 1):
        margin = as_grey(labels[y : y + h, x : x + w] == i)
        at_edge = x == 0 or y == 0 or x + w == width or y + h == height
        if at_edge and area > SOLID * _outline(margin):
            margins[y : y + h, x : x + w] |= margin
    if not margins.any():
        return bitmap
    wider = cv2.dilate(margins, np.ones((5, 5), np.uint8))
    whole = cv2.resize(wider, bitmap.grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    paper = int(np.median(quarter[wider == 0]))
    return replace(bitmap, grey=np.where(whole > 0, paper, bitmap.grey).astype(np.uint8))


def _outline(mask: Grey) -> float:
    """Area of `mask` with its holes, the light letters that stand in it; without the sheet that it
    may run around."""
    contours, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    areas = [cv2.contourArea(contour) for contour in contours]
    outside = [parent < 0 for *_, parent in tree[0]]
    whole = sum(area for area, outer in zip(areas, outside, strict=True) if outer)
    hole = max((a for a, outer in zip(areas, outside, strict=True) if not outer), default=0.0)
    return whole - hole if hole > whole / 2 else whole


def _dark_blocks(quarter: Grey, reach: int) -> list[PixelBox]:
    """Rectangles too dark to hold dark text, as header rows are; those that are all but black, and
    what holds light text beside them, stand alone: each hides the other's edges."""
    blocks = _blocks_below(quarter, BLACK, reach)
    for box in _blocks_below(quarter, TOO_DARK, reach):
        met = [other for other in blocks if meet(box, other)]
        if _is_of_their_shade(quarter, box, met):
            blocks = [other for other in blocks if other not in met] + [hull([box, *met])]
    rest = _without(quarter, blocks)
    beside = _blocks_below(rest, TOO_DARK, reach)
    return blocks + [
        box
        for box in beside
        if not any(meet(box, other) for other in blocks) and _has_lighter(rest, box, reach)
    ]


def _without(quarter: Grey, boxes: Iterable[PixelBox]) -> Grey:
    """`quarter` with `boxes` as white as paper."""
    rest = quarter.copy()
    for left, top, right, bottom in boxes:
        rest[top:bottom, left:right] = 255
    return rest


def _is_of_their_shade(quarter: Grey, box: PixelBox, pieces: Sequence[PixelBox]) -> bool:
    """Is what `pieces` leave of `box` as dark as they are? Light falls unevenly on one band."""
    left, top, right, bottom = box
    ground = _without(quarter, pieces)[top:bottom, left:right]
    ground = ground[ground < TOO_DARK]
    shades = [float(np.median(quarter[y0:y1, x0:x1])) for x0, y0, x1, y1 in pieces]
    return not ground.size or all(abs(float(np.median(ground)) - s) < ALIKE for s in shades)


def _blocks_below(quarter: Grey, shade: int, reach: int) -> list[PixelBox]:
    """Rectangles darker than `shade` with lighter text."""
    mask = (quarter < shade).astype(np.uint8)
    kernel = np.ones((reach // 2 + 1, reach // 2 + 1), np.uint8)
    solid = cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel)
    solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((reach, 3 * reach), np.uint8))
    boxes = [
        part
        for box in _rectangles(as_grey(solid), reach)
        for part in _bands(mask, box)
        if part[3] - part[1] > 2 * reach // 3 and _is_even(quarter, part)
    ]
    joined: list[PixelBox] = []
    for box in (_along(quarter, mask, box, reach) for box in boxes):
        met = [other for other in joined if meet(box, other)]
        joined = [other for other in joined if other not in met] + [hull([box, *met])]
    return [
        box
        for box in joined
        if not _is_shadow(box, quarter) and _holds_light_text(quarter, box, reach)
    ]


def _bands(mask: Grey, box: PixelBox) -> Iterator[PixelBox]:
    """The pieces of `box` that hardly any blank parts: a head, and a line of bold text below."""
    left, top, right, bottom = box
    inked = np.r_[0, mask[top:bottom, left:right].mean(axis=1) > BLANK, 0].astype(np.int8)
    starts, ends = np.flatnonzero(np.diff(inked) > 0), np.flatnonzero(np.diff(inked) < 0)
    for start, end in zip(starts, ends, strict=True):
        yield left, top + int(start), right, top + int(end)


def _is_even(quarter: Grey, box: PixelBox) -> bool:
    """Is most of `box` of one shade, its dots smoothed or light letters, which may all but fill it,
    aside? Bold letters and shadows are not."""
    left, top, right, bottom = box
    piece = quarter[top:bottom, left:right]
    smooth = cv2.blur(piece, (2, 2)).astype(np.int16)
    ground = piece[piece < np.percentile(piece, 25) + LIGHTER].astype(np.int16)
    return any(
        (np.abs(shades - int(np.median(shades))) < LIGHTER / 2).sum() > EVEN * piece.size
        for shades in (smooth, ground)
    )


def _along(quarter: Grey, mask: Grey, box: PixelBox, reach: int) -> PixelBox:
    """`box`, to both sides as far as its upper and its lower edge go on: letters that all but fill
    a band part it. Rules go on so along the plain cells beside it, which are light between them."""
    left, top, right, bottom = box
    edge = max(1, min(reach, bottom - top) // 4)
    edges = np.minimum(mask[top : top + edge].max(axis=0), mask[bottom - edge : bottom].max(axis=0))
    between = quarter[top + edge : bottom - edge]
    shade = (float(np.median(quarter[top:bottom, left:right])) + 255) / 2
    light = (between > shade).mean(axis=0, dtype=np.float32)
    edges[cv2.blur(light[None, :], (reach, 1))[0] > PLAIN] = 0
    bridged = cv2.morphologyEx(edges[None, :], cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))[0]
    gaps = np.flatnonzero(bridged == 0)
    start = gaps[gaps < left].max(initial=-1) + 1
    end = gaps[gaps >= right].min(initial=mask.shape[1])
    return int(start), top, int(end), bottom


def _with_pale_blocks(quarter: Grey, reach: int, darker: list[PixelBox]) -> list[PixelBox]:
    """The `darker` blocks, those made one that letters part of a rectangle, and other rectangles of
    middling grey with light text, which may all but fill them."""
    mask = (quarter < BAND).astype(np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach // 2,) * 2, np.uint8))
    solid = as_grey(
        cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((reach // 2 + 1,) * 2, np.uint8))
    )
    blocks = darker
    for box in _rectangles(solid, reach):
        met = [other for other in blocks if meet(box, other)]
        whole = _whole(quarter, met, box) if met else box
        if whole and _has_light_text(quarter, box, reach):
            blocks = [other for other in blocks if other not in met] + [whole]
    return blocks


def _whole(quarter: Grey, pieces: Sequence[PixelBox], box: PixelBox) -> PixelBox | None:
    """The band in `box`, as dark as `pieces`, if these are but parts of it."""
    left, top, right, bottom = box
    if area_of(box) < MOST * area_of(hull([box, *pieces])):
        return None
    dark = quarter[top:bottom, left:right] < TOO_DARK
    (y0, y1), (x0, x1) = (_longest(dark.mean(axis=axis) > BLANK) for axis in (1, 0))
    band = (left + x0, top + y0, left + x1, top + y1)
    covered = len(pieces) == 1 and area_of(pieces[0]) > MOST * area_of(box)
    if covered or area_of(band) < MOST * area_of(box):
        return None
    return band if _is_of_their_shade(quarter, box, pieces) else None


def _longest(marks: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """From where to where most of `marks` are set without a gap."""
    steps = np.diff(np.r_[0, marks, 0].astype(np.int8))
    runs = zip(np.flatnonzero(steps > 0), np.flatnonzero(steps < 0), strict=True)
    start, end = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    return int(start), int(end)


def _rectangles(mask: Grey, reach: int) -> Iterator[PixelBox]:
    """The rectangles that `mask` is made of: a head and, below it, a first column."""
    for (left, top, right, bottom), area in components(mask):
        box = (left, top, right, bottom)
        if right - left <= 2 * reach:
            continue
        if area > 0.7 * area_of(box):
            yield box
            continue
        piece = mask[top:bottom, left:right]
        wide = cv2.morphologyEx(piece, cv2.MORPH_OPEN, np.ones((1, (right - left) // 2), np.uint8))
        rest = np.where(wide > 0, 0, piece).astype(np.uint8)
        tall = cv2.morphologyEx(rest, cv2.MORPH_OPEN, np.ones((3 * reach, 2 * reach), np.uint8))
        for part in (wide, tall):
            for (x0, y0, x1, y1), some in components(as_grey(part)):
                inner = (left + x0, top + y0, left + x1, top + y1)
                if x1 - x0 > 2 * reach and y1 - y0 > reach // 2 and some > 0.7 * area_of(inner):
                    yield inner


def _has_light_text(quarter: Grey, box: PixelBox, reach: int) -> bool:
    left, top, right, bottom = box
    base = int(np.median(quarter[top:bottom, left:right]))
    off = _shades_off(quarter, box, reach)
    light, dark = (float((d > LIGHTER).mean()) for d in (off, -off))
    least = FEW_LETTERS if base < TOO_DARK else LIGHT_TEXT
    return base < BAND and light > max(least, 3 * dark) and _is_even(quarter, box)


def _shades_off(quarter: Grey, box: PixelBox, reach: int) -> npt.NDArray[np.int16]:
    """How much lighter each place in `box` is than its ground: what is around it or, in a band that
    letters may all but fill, the band."""
    left, top, right, bottom = box
    if bottom - top < TEXT_REACH * reach:
        band = quarter[top:bottom, left:right].astype(np.int16)
        return np.asarray(band - int(np.median(band)), np.int16)
    edge = reach // 3  # letters next to a band blur into it
    piece = quarter[top + edge : bottom - edge, left + edge : right - edge]
    ground = cv2.medianBlur(piece, odd(TEXT_REACH * reach))
    return np.asarray(piece.astype(np.int16) - ground, np.int16)


def _holds_light_text(quarter: Grey, box: PixelBox, reach: int) -> bool:
    """Is what stands in `box`, which is dark, lighter than around it? In the shadow of a hand it is
    darker, or nothing stands. No shadow is black."""
    left, top, right, bottom = box
    if bottom - top < TEXT_REACH * reach or np.median(quarter[top:bottom, left:right]) < BLACK:
        return True
    return _has_lighter(quarter, box, reach)


def _has_lighter(quarter: Grey, box: PixelBox, reach: int) -> bool:
    """Is more in the dark `box` lighter than around it than darker?"""
    off = _shades_off(quarter, box, reach)
    light, dark = (float((d > LIGHTER).mean()) for d in (off, -off))
    return light > max(FEW_LETTERS, dark)


def _inside(piece: Grey, base: float, reach: int, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Where the dark block of the grey `base` is in `piece`, a quarter of `shape`: what is tilted
    leaves its corners."""
    mask = cv2.copyMakeBorder(
        (piece < (base + 255) / 2).astype(np.uint8),
        reach,
        reach,
        reach,
        reach,
        cv2.BORDER_REPLICATE,
    )
    solid = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    solid = solid[reach:-reach, reach:-reach]
    return cv2.resize(solid, shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0


def _is_shadow(box: PixelBox, picture: Grey) -> bool:
    """Does `box` run from edge to edge of `picture`: the fold of the paper, the lamp, the lid?"""
    height, width = picture.shape
    return bool(box[3] - box[1] > SHADOW * height or box[2] - box[0] > SHADOW * width)


def _is_in_a_corner(box: PixelBox, picture: Grey) -> bool:
    """Does `box` hold a corner of `picture`, where nothing is printed: does a lamp not reach it?"""
    height, width = picture.shape
    left, top, right, bottom = box
    return (left == 0 or right == width) and (top == 0 or bottom == height)


def _fills(light: Grey, dark_blocks: list[PixelBox], point: float) -> list[PaintedBox]:
    even = cv2.blur(light, (odd(FINE * point / 4),) * 2)
    darker = _paper(light) - even
    for left, top, right, bottom in dark_blocks:
        darker[top:bottom, left:right] = 0
    kernel = np.ones((odd(6 * point / 4), odd(18 * point / 4)), np.uint8)
    boxes: list[PixelBox] = []
    for depth in DEPTHS:
        broad = cv2.morphologyEx((darker > depth).astype(np.uint8), cv2.MORPH_OPEN, kernel)
        boxes += [
            box
            for whole, size in components(as_grey(broad))
            if not _is_shadow(whole, light) and not _is_in_a_corner(whole, light)
            for box, area in _of_one_shade(light, as_grey(broad), whole, size, len(kernel))
            if area > 0.85 * area_of(box)
            and not any(meet(box, other) for other in (*dark_blocks, *boxes))
            and all(step > STEP for step in _steps(light, light, box, FINE * point / 4))
        ]
    found = []
    for left, top, right, bottom in {*boxes, *dark_blocks}:
        grey = int(np.median(light[top:bottom, left:right]))
        found.append(PaintedBox((4 * left, 4 * top, 4 * right, 4 * bottom), grey))
    return sorted(_joined(found, round(APART * point)), key=lambda f: (f.box[1], f.box[0]))


def _of_one_shade(
    light: Grey, mask: Grey, box: PixelBox, size: int, least: int
) -> Iterator[tuple[PixelBox, int]]:
    """The bands one below the other in `box`, of which `mask` fills `size`, and how much of each it
    fills: rows of a table that are coloured in turn, higher than `least`."""
    left, top, right, bottom = box
    own = mask[top:bottom, left:right]
    shade = (light[top:bottom, left:right] * own).sum(axis=1) / np.maximum(own.sum(axis=1), 1)
    change = np.zeros(bottom - top)
    change[2:-2] = np.abs(shade[4:] - shade[:-4]) > ALIKE
    edges = np.flatnonzero(np.diff(np.r_[0, change, 0])).reshape(-1, 2).mean(axis=1).astype(int)
    if not edges.size:
        yield box, size
        return
    for start, end in pairwise([0, *edges.tolist(), bottom - top]):
        columns = np.flatnonzero(own[start:end].mean(axis=0) > EVEN)
        if columns.size and end - start > least:
            x0, x1 = int(columns[0]), int(columns[-1]) + 1
            area = int(own[start:end, x0:x1].sum())
            yield (left + x0, top + start, left + x1, top + end), area


def _joined(fills: Sequence[PaintedBox], slack: int) -> list[PaintedBox]:
    """`fills`, those of one band made one: a scanner that stores text and ground apart leaves light
    around bold letters, which parts it."""
    result: list[PaintedBox] = []
    for fill in sorted(fills, key=lambda f: f.box[0]):
        for i, other in enumerate(result):
            one, two = other.box, fill.box
            level = max(abs(one[1] - two[1]), abs(one[3] - two[3])) <= slack
            if level and abs(two[0] - one[2]) <= slack and abs(fill.grey - other.grey) < ALIKE:
                result[i] = PaintedBox(hull([one, two]), min(other.grey, fill.grey))
                break
        else:
            result.append(fill)
    return result


def _steps(picture: Grey, light: Grey, box: PixelBox, reach: float) -> list[float]:
    """By how many shades the paper, as `light` shows it on each side of `box`, differs from what
    `picture` shows in it: lamps and grain fade away."""
    left, top, right, bottom = box
    step = odd(reach)
    inside = float(np.median(picture[top:bottom, left:right]))
    around = (
        light[max(0, top - 2 * step) : max(0, top - step), left:right],
        light[bottom + step : bottom + 2 * step, left:right],
        light[top:bottom, max(0, left - 2 * step) : max(0, left - step)],
        light[top:bottom, right + step : right + 2 * step],
    )
    return [abs(float(np.median(side)) - inside) for side in around if side.size]


def _paper(light: Grey) -> npt.NDArray[np.float64]:
    """How bright the paper is at each place: lamps and folds leave one side of a page darker."""
    across, down = (_trend(np.percentile(light, 95, axis=axis)) for axis in (0, 1))
    return np.asarray(across[None, :] + down[:, None] - (across.mean() + down.mean()) / 2)


def _trend(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    places = np.linspace(0, 1, values.size)
    return np.asarray(np.polyval(np.polyfit(places, values, 2), places))


def without_specks(ink: Grey, point: float) -> Grey:
    """`ink` without the dust that stands alone."""
    reach = round(ALONE * point / 2)
    result = ink.copy()
    for (left, top, right, bottom), _ in components(_near_ink(ink, reach)):
        if max(right - left, bottom - top) <= SPECK * point / 2 + reach:
            result[2 * top : 2 * bottom, 2 * left : 2 * right] = 255
    return result


def evened(ink: Grey, point: float) -> Grey:
    """`ink`, white where no ink is near: the grain of an empty page costs Tesseract minutes."""
    near = _near_ink(ink, round(ALONE * point / 2))
    whole = cv2.resize(near, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.where(whole > 0, ink, 255).astype(np.uint8)


def _near_ink(ink: Grey, reach: int) -> Grey:
    """Where ink stands, and half of `reach` pixels around it, at half the size."""
    kernel = np.ones((reach + 1, reach + 1), np.uint8)
    return as_grey(cv2.dilate((halved(ink) < GRAIN).astype(np.uint8), kernel))
