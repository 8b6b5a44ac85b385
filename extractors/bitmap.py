"""A page as a picture: drawn, straightened, cleaned, its ruling lines and cells found.

Boxes here are in pixels of the straightened picture, as (left, top, right, bottom).
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

from extractors.page import Projection

Grey = npt.NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]

DPI = 300
MAX_PIXELS = 20_000_000  # an A3 page at 300 dots an inch has 17 million
STEEPEST = 5.0  # degrees of tilt that are looked for
DARK = 170  # 0 black … 255 paper: darker is ink
GRAIN = 220  # paler is the grain of the paper, on a picture at half the size
HAIR_REACH = 3.0  # points along which a pale rule is averaged, as its paper is grainy
BROKEN_REACH = 12.0  # points along which a rule goes on that a scan in black and white broke up
BROKEN = 0.25  # share of such a rule that is left, at least
LONG = 30.0  # points: an upright line is a rule wherever it ends
UNBROKEN = 0.8  # share of such a line that is dark: of letters one below the other, half is
RULE_EDGE = 3  # pixels beside a rule that it still darkens
HAIR_DEPTH = 14  # how much darker than the paper such a rule is, at least
LEVEL = 0.008  # slope from which a line is no rule of a straightened page: a stamp's frame
PALE = 60  # at least as light as the ink of a stamp; text is darker
BAND = 190  # a band behind light text is darker
LIGHTER = (
    30  # shades by which such text is lighter than its band, on a picture a quarter of the size
)
EVEN = 0.5  # share of the band that is of one shade, at least
LIGHT_TEXT = 0.03  # share of such a band that it covers, at least
NEGATIVE = 80  # a page whose paper is as dark is a negative
BLACK_MARGIN = 4.0  # points: as wide as what a copier leaves black beside the paper, at least
SOLID = 0.97  # share of such a margin that is black: light letters stand in a coloured band
SPECK = 1.7  # points: no larger than the dot of an i
ALONE = 4.0  # points around a speck without other ink: no sign of a text stands so
LETTER = 14.0  # points: larger than any letter of the text
SHADOW = 0.96  # share of the page's height, or width, that a shadow darkens
FADED = 40  # shades of grey by which a stamp's frame is paler than the rules that it crosses
HIDDEN = 8  # pixels from the middle of a rule within which another is not found by itself
STAMP_GAP = 4.0  # points: a stamp's frame is broken where it crosses text or rules
STAMP_WIDTH = 40.0  # points at least, and half as high
CROSSED_EDGE = 3  # as many rules that end at a band's edge make it one of a table
BEYOND = 10.0  # points beyond a grid: a rule that is drawn badly goes on less far
BESIDE_A_RULE = 0.22  # share of ink along a rule; along the foot of a line of text it is twice that
BESIDE_A_LONG_RULE = 0.3  # along a rule that is longer than any run of letters
LONGEST_RUN = 60.0  # points


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A page drawn upright, black on white; `scale` is pixels a point.

    `tilt` is how many degrees clockwise the page was turned to be straight, besides `turn`;
    `projection` is as `Page` has it.
    """

    grey: Grey
    scale: float
    turn: int = 0
    tilt: float = 0.0
    projection: Projection | None = None

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.grey.shape
        return width / self.scale, height / self.scale


def draw(page: pypdfium2.PdfPage) -> Bitmap:
    """`page` as displayed, in grey, at 300 dots an inch or less where it is huge."""
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(1.0, width * height)))
    picture = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    try:
        grey = picture.to_numpy().reshape(picture.height, -1)[:, : picture.width].copy()
    finally:
        picture.close()
    return Bitmap(255 - grey if np.median(grey[::8, ::8]) < NEGATIVE else grey, scale)


def turned(bitmap: Bitmap, degrees: int) -> Bitmap:
    """`bitmap` turned clockwise by a multiple of 90 degrees."""
    grey = np.ascontiguousarray(np.rot90(bitmap.grey, -degrees // 90))
    return replace(bitmap, grey=grey, turn=(bitmap.turn + degrees) % 360)


def straightened(bitmap: Bitmap) -> Bitmap:
    """`bitmap` turned about its middle by the few degrees that make its lines level."""
    tilt = _tilt(_thumbnail(bitmap.grey))
    if abs(tilt) < 0.04:
        return bitmap
    height, width = bitmap.grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -tilt, 1.0)
    paper = float(np.percentile(bitmap.grey[::8, ::8], 80))
    grey = cv2.warpAffine(
        bitmap.grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper
    )
    return replace(bitmap, grey=grey.astype(np.uint8), tilt=tilt)


def runs_sideways(bitmap: Bitmap) -> bool:
    """Does the text seem to run up or down the page rather than across?"""
    mask = _thumbnail(bitmap.grey)
    text = np.where((_long(mask) | _long(mask.T).T) > 0, 0, mask).astype(np.uint8)
    return _sharpness(np.ascontiguousarray(text.T)) > 1.2 * _sharpness(text)


def _long(mask: Grey) -> Grey:
    """The horizontal rules of a thumbnail, which say nothing of how its text runs."""
    thick = cv2.dilate(np.ascontiguousarray(mask), np.ones((3, 1), np.uint8))
    return _as_grey(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, 60), np.uint8)))


def _thumbnail(grey: Grey) -> Grey:
    """Ink as 255 on 0, a quarter of the size."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((15, 15), np.uint8)), (15, 15), 0)
    return np.where(small < 0.75 * paper, 255, 0).astype(np.uint8)


def _tilt(mask: Grey) -> float:
    best = 0.0
    for reach, step in ((STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02)):
        count = round(reach / step)
        candidates = [best + step * i for i in range(-count, count + 1)]
        best = max(candidates, key=lambda degrees: (_sharpness(_rotated(mask, degrees)), 0))
    return best


def _as_grey(picture: npt.NDArray[Any]) -> Grey:
    return np.asarray(picture, dtype=np.uint8)


def _rotated(mask: Grey, degrees: float) -> Grey:
    height, width = mask.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return _as_grey(cv2.warpAffine(mask, matrix, (width, height), flags=cv2.INTER_LINEAR))


def _sharpness(mask: Grey) -> float:
    """How sharply rows of ink and rows of paper alternate."""
    profile = mask.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(profile)).sum())


# --- ink, fills, rules, cells ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaintedBox:
    """A rectangle painted in another grey (0 black … 255 white) than the paper."""

    box: PixelBox
    grey: int


def cleaned(bitmap: Bitmap) -> tuple[Grey, list[PaintedBox]]:
    """Black ink on even white, light text on dark fills inverted; and the fills."""
    point = bitmap.scale
    quarter = _as_grey(
        cv2.resize(bitmap.grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    )
    reach = _odd(9 * point / 4)
    dark_blocks = _dark_blocks(quarter, reach)
    dark_blocks += _pale_blocks(quarter, reach, dark_blocks)
    block = np.ones((reach, reach), np.uint8)
    light = _as_grey(cv2.morphologyEx(quarter, cv2.MORPH_CLOSE, block))
    fills = _fills(light, dark_blocks, point)
    height, width = bitmap.grey.shape
    paper = cv2.resize(
        cv2.GaussianBlur(light, (reach, reach), 0), (width, height), interpolation=cv2.INTER_LINEAR
    )
    ink = cv2.divide(bitmap.grey, paper, scale=250)
    for box in dark_blocks:
        left, top, right, bottom = (4 * v for v in box)
        dark = bitmap.grey[top:bottom, left:right].astype(np.float32)
        base = float(np.median(dark))
        lighter = (dark - base) * 255 / max(40.0, 255.0 - base)
        inside = _inside(quarter[box[1] : box[3], box[0] : box[2]], base, reach, dark.shape)
        ink[top:bottom, left:right][inside] = np.clip(255 - lighter, 0, 255)[inside]
    black = float(np.percentile(ink[ink < DARK], 10)) if (ink < DARK).any() else 0.0
    levels = np.clip((np.arange(256) - black) * 255 / (245 - black), 0, 255).astype(np.uint8)
    return _as_grey(cv2.LUT(ink, levels)), fills


def without_edges(bitmap: Bitmap) -> Bitmap:
    """`bitmap` without the black margins that a copier leaves where no paper was."""
    quarter = cv2.resize(bitmap.grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    reach = _odd(BLACK_MARGIN * bitmap.scale / 4)
    solid = _as_grey(
        cv2.morphologyEx(
            (quarter < NEGATIVE).astype(np.uint8), cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8)
        )
    )
    height, width = solid.shape
    margins = np.zeros_like(solid)
    for (left, top, right, bottom), area in _components(solid):
        at_edge = left == 0 or top == 0 or right == width or bottom == height
        if at_edge and area > SOLID * _outline(solid[top:bottom, left:right]):
            inside = (slice(top, bottom), slice(left, right))
            margins[inside] = np.maximum(margins[inside], solid[inside])
    if not margins.any():
        return bitmap
    wider = cv2.dilate(margins, np.ones((5, 5), np.uint8))
    whole = cv2.resize(wider, bitmap.grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    paper = int(np.median(quarter[wider == 0]))
    return replace(bitmap, grey=np.where(whole > 0, paper, bitmap.grey).astype(np.uint8))


def _outline(mask: Grey) -> int:
    """Area of `mask` with its holes: the light letters that stand in it."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return int(sum(cv2.contourArea(c) for c in contours))


def _odd(value: float) -> int:
    return max(3, round(value) // 2 * 2 + 1)


def _dark_blocks(quarter: Grey, reach: int) -> list[PixelBox]:
    """Rectangles too dark to hold dark text, as header rows are."""
    mask = (quarter < 130).astype(np.uint8)
    kernel = np.ones((reach // 2 + 1, reach // 2 + 1), np.uint8)
    solid = cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel)
    solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((reach, 3 * reach), np.uint8))
    return [
        box
        for box, area in _components(_as_grey(solid))
        if area > 0.7 * _area(box) and box[2] - box[0] > 2 * reach and not _is_shadow(box, quarter)
    ]


def _pale_blocks(quarter: Grey, reach: int, darker: Sequence[PixelBox]) -> list[PixelBox]:
    """Rectangles of middling grey with light text, which may all but fill them."""
    mask = (quarter < BAND).astype(np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach // 2,) * 2, np.uint8))
    solid = _as_grey(
        cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((reach // 2 + 1,) * 2, np.uint8))
    )
    return [
        box
        for box in _rectangles(solid, reach)
        if not any(_meet(box, other) for other in darker) and _has_light_text(quarter, box)
    ]


def _rectangles(mask: Grey, reach: int) -> Iterator[PixelBox]:
    """The rectangles that `mask` is made of: a head and, below it, a first column."""
    for (left, top, right, bottom), area in _components(mask):
        box = (left, top, right, bottom)
        if right - left <= 2 * reach:
            continue
        if area > 0.7 * _area(box):
            yield box
            continue
        piece = mask[top:bottom, left:right]
        wide = cv2.morphologyEx(piece, cv2.MORPH_OPEN, np.ones((1, (right - left) // 2), np.uint8))
        rest = np.where(wide > 0, 0, piece).astype(np.uint8)
        tall = cv2.morphologyEx(rest, cv2.MORPH_OPEN, np.ones((3 * reach, 2 * reach), np.uint8))
        for part in (wide, tall):
            for (x0, y0, x1, y1), some in _components(_as_grey(part)):
                inner = (left + x0, top + y0, left + x1, top + y1)
                if x1 - x0 > 2 * reach and y1 - y0 > reach // 2 and some > 0.7 * _area(inner):
                    yield inner


def _has_light_text(quarter: Grey, box: PixelBox) -> bool:
    left, top, right, bottom = box
    piece = quarter[top:bottom, left:right].astype(np.int16)
    base = int(np.median(piece))
    light, dark = (float((d > LIGHTER).mean()) for d in (piece - base, base - piece))
    even = float((np.abs(piece - base) < LIGHTER / 2).mean())  # a shadow is not
    return base < BAND and light > max(LIGHT_TEXT, 3 * dark) and even > EVEN


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


def _fills(light: Grey, dark_blocks: list[PixelBox], point: float) -> list[PaintedBox]:
    mask = (light < _paper(light) - 9).astype(np.uint8)
    kernel = np.ones((_odd(6 * point / 4), _odd(18 * point / 4)), np.uint8)
    broad = _as_grey(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel))
    boxes = [
        box
        for box, area in _components(broad)
        if area > 0.85 * _area(box)
        and not _is_shadow(box, light)
        and not any(_meet(box, block) for block in dark_blocks)  # blanks between its texts
    ]
    found = []
    for left, top, right, bottom in {*boxes, *dark_blocks}:
        grey = int(np.median(light[top:bottom, left:right]))
        found.append(PaintedBox((4 * left, 4 * top, 4 * right, 4 * bottom), grey))
    return sorted(found, key=lambda f: (f.box[1], f.box[0]))


def _paper(light: Grey) -> npt.NDArray[np.float64]:
    """How bright the paper is at each place: lamps and folds leave one side of a page darker."""
    across, down = (_trend(np.percentile(light, 95, axis=axis)) for axis in (0, 1))
    return np.asarray(across[None, :] + down[:, None] - (across.mean() + down.mean()) / 2)


def _trend(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    places = np.linspace(0, 1, values.size)
    return np.asarray(np.polyval(np.polyfit(places, values, 2), places))


def _components(mask: Grey) -> Iterator[tuple[PixelBox, int]]:
    """Bounding box and number of pixels of each connected part of `mask`."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for x, y, w, h, area in stats[1:].tolist():
        yield (x, y, x + w, y + h), area


def _area(box: PixelBox) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def find_rules(ink: Grey, point: float) -> tuple[list[PixelBox], list[PixelBox]]:
    """Horizontal and vertical ruling lines; `point` is pixels a point.

    Pieces of one line are joined, and ends that stop just short of a crossing line reach it.
    """
    across = _joined(_long_runs(ink, round(24 * point), point), point)
    apart = _healed(ink, across)  # a pale rule does not show where it crosses another
    upright = _joined(_long_runs(apart.T.copy(), round(13 * point), point), point)
    down = [_flipped(b) for b in upright]
    down = [d for d in down if _stands(d, across, ink, point)]
    return _reaching(across, down, 4 * point), [
        _flipped(b)
        for b in _reaching([_flipped(d) for d in down], [_flipped(a) for a in across], 4 * point)
    ]


def with_edges(
    across: list[PixelBox], down: list[PixelBox], fills: Iterable[PaintedBox], point: float
) -> list[PixelBox]:
    """`across` with the edges of dark bands at which vertical rules end: the band has taken the
    horizontal rule there into its own ink, or broken it."""
    slack = 4 * point
    edges: list[PixelBox] = []
    for left, top, right, bottom in (f.box for f in fills if f.grey < DARK):
        between = [d for d in down if left - slack < d[0] < right + slack]
        for y, ends in ((top, [d[3] for d in between]), (bottom, [d[1] for d in between])):
            known = any(abs(e[1] - y) <= slack for e in edges)
            if not known and sum(abs(end - y) <= slack for end in ends) >= CROSSED_EDGE:
                edges.append((left, y - 1, right, y + 1))
    edges += _closing(across, down, slack)
    return across + [e for e in edges if not _is_drawn(e, across, slack)]


def _closing(across: list[PixelBox], down: list[PixelBox], slack: float) -> list[PixelBox]:
    """Lines from the first to the last of the vertical rules that cross a horizontal one and begin,
    or end, level: the head or foot that a scan lost of a table."""
    edges: list[PixelBox] = []
    for left, top, right, bottom in across:
        crossing = [
            d
            for d in down
            if left - slack <= d[0] <= right + slack
            and d[1] - slack <= top
            and bottom <= d[3] + slack
        ]
        for end in (1, 3):
            levels = sorted(d[end] for d in crossing)
            level = levels[len(levels) // 2] if levels else 0
            here = [d for d in crossing if abs(d[end] - level) <= slack / 2]
            if len(here) > CROSSED_EDGE and not _is_drawn(
                (left, level, right, level), edges, slack
            ):
                edges.append((here[0][0], level - 1, here[-1][2], level + 1))
    return edges


def _is_drawn(edge: PixelBox, across: list[PixelBox], slack: float) -> bool:
    return any(
        abs(a[1] - edge[1]) <= slack and a[2] - a[0] > 0.9 * (edge[2] - edge[0]) for a in across
    )


def _flipped(box: PixelBox) -> PixelBox:
    return box[1], box[0], box[3], box[2]


def _long_runs(ink: Grey, length: int, point: float) -> list[PixelBox]:
    """Thin horizontal runs of at least `length` pixels that drift a little at most, and do not
    pass through text. A dark one is all there is of it: no stroke of a letter lengthens it."""
    dark = (ink < 200).astype(np.uint8)
    found: list[PixelBox] = []
    for mask, least in ((dark, length), (_hair(ink, point), length + round(HAIR_REACH * point))):
        thick = cv2.dilate(mask, np.ones((3, 1), np.uint8))
        bridged = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
        runs = _as_grey(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, least), np.uint8)))
        found += [
            (x0, top + 1, x1, bottom - 1)
            for (x0, top, x1, bottom), area in _components(runs)
            if area / (x1 - x0) <= 3 * point + 2
            and bottom - top <= 5 * point
            and _is_level(runs[top:bottom, x0:x1])
            and _is_free(dark, (x0, top, x1, bottom), point)
            and not any(_meet((x0, top, x1, bottom), other) for other in found)
        ]
    return [_grown(run, dark, point) for run in found]


def healed(ink: Grey, across: list[PixelBox], down: list[PixelBox]) -> Grey:
    """`ink` with what stands on both sides of each rule in its place: a stamp over a table goes
    on there."""
    level = _healed(ink, across)
    return np.ascontiguousarray(_healed(level.T, [_flipped(d) for d in down]).T)


def _healed(ink: Grey, across: list[PixelBox]) -> Grey:
    """`ink` with what stands above and below each horizontal rule in its place."""
    result = ink.copy()
    for left, top, right, bottom in across:
        over, under = max(0, top - RULE_EDGE - 1), min(len(ink) - 1, bottom + RULE_EDGE)
        rows = ink[over, left:right].astype(np.uint16) + ink[under, left:right]
        result[over + 1 : under, left:right] = rows // 2
    return result


def _grown(run: PixelBox, dark: Grey, point: float) -> PixelBox:
    """The horizontal `run` and, on both sides of it, the dots that are left of it."""
    left, top, right, bottom = run
    middle, near, far = (top + bottom) // 2, round(0.5 * point), round(1.6 * point)
    on = dark[max(0, middle - near) : middle + near + 1].max(axis=0)
    beside = [dark[max(0, middle - far) : max(1, middle - near - 1)]]
    beside.append(dark[middle + near + 2 : middle + far + 1])
    ink = np.maximum.reduce([side.max(axis=0) for side in beside if side.size])
    window = np.ones(round(BROKEN_REACH * point)) / round(BROKEN_REACH * point)
    goes_on = (np.convolve(on, window, "same") >= BROKEN) & (
        np.convolve(ink, window, "same") <= BROKEN
    )
    start, end = left, right
    while end < goes_on.size and goes_on[end]:
        end += 1
    while start > 0 and goes_on[start - 1]:
        start -= 1
    drawn = np.nonzero(on[start:end])[0]  # the window looks beyond the last dot
    if not drawn.size:
        return run
    return min(left, start + int(drawn[0])), top, max(right, start + int(drawn[-1]) + 1), bottom


def _meet(one: PixelBox, other: PixelBox) -> bool:
    across = min(one[2], other[2]) > max(one[0], other[0])
    return across and min(one[3], other[3]) > max(one[1], other[1])


def _is_level(run: Grey) -> bool:
    """Does the line in `run` go on at the height where it begins?"""
    half = run.shape[1] // 2
    first, second = (float(np.nonzero(part)[0].mean()) for part in (run[:, :half], run[:, half:]))
    return bool(abs(second - first) <= LEVEL * half + 0.5)


def _hair(ink: Grey, point: float) -> Grey:
    """Where ink is but a little darker than above and below it, along a few points: the pale thin
    rules that word processors draw around cells."""
    along = cv2.blur(ink, (_odd(HAIR_REACH * point), 1))
    around = np.ones((_odd(2 * point), 1), np.uint8)
    return (cv2.morphologyEx(along, cv2.MORPH_BLACKHAT, around) > HAIR_DEPTH).astype(np.uint8)


def _is_free(dark: Grey, box: PixelBox, point: float) -> bool:
    """Is there little ink along both sides of the horizontal line in `box`? Figures may touch one
    that is long and unbroken."""
    near, far = round(0.4 * point), round(1.3 * point)
    left, top, right, bottom = box
    above = dark[max(0, top - far) : max(1, top - near), left:right]
    below = dark[bottom + near : bottom + far, left:right]
    long = right - left > LONGEST_RUN * point
    unbroken = long and dark[top:bottom, left:right].max(axis=0).mean() > SOLID
    most = BESIDE_A_LONG_RULE if unbroken else BESIDE_A_RULE
    return all(band.size == 0 or band.mean() < most for band in (above, below))


def _joined(lines: list[PixelBox], point: float) -> list[PixelBox]:
    """Horizontal `lines`, those on one level with little between them made one."""
    result: list[PixelBox] = []
    for line in sorted(lines):
        for i, other in enumerate(result):
            near = abs((line[1] + line[3]) - (other[1] + other[3])) <= 2 * 1.6 * point
            if near and line[0] - other[2] <= 4 * point:
                result[i] = (
                    other[0],
                    min(line[1], other[1]),
                    max(line[2], other[2]),
                    max(line[3], other[3]),
                )
                break
        else:
            result.append(line)
    return sorted(result, key=lambda b: (b[1], b[0]))


def _stands(down: PixelBox, across: list[PixelBox], ink: Grey, point: float) -> bool:
    """Is it a rule: does it end on others, or is it long, and no row of letters, one below the
    other, that only goes on where a rule was healed?"""
    if _touches(down, across, 4 * point):
        return True
    left, top, right, bottom = down
    crossed = [a[1] for a in across if a[0] < left < a[2] and top < a[1] < bottom]
    longest = max(b - a for a, b in pairwise([top, *sorted(crossed), bottom]))
    solid = (ink[top:bottom, max(0, left - 1) : right + 1].min(axis=1) < DARK).mean() > UNBROKEN
    return longest > LONG * point or bool(bottom - top > LONG * point and solid)


def _touches(down: PixelBox, across: list[PixelBox], slack: float) -> bool:
    x = (down[0] + down[2]) / 2
    ends = sum(
        any(
            a[0] - slack <= x <= a[2] + slack and abs(y - (a[1] + a[3]) / 2) <= slack
            for a in across
        )
        for y in (down[1], down[3])
    )
    return ends == 2


def _reaching(lines: list[PixelBox], crossing: list[PixelBox], slack: float) -> list[PixelBox]:
    """Horizontal `lines`, their ends moved onto a crossing line that is at most `slack` away."""
    result = []
    for left, top, right, bottom in lines:
        y = (top + bottom) / 2
        xs = [(c[0] + c[2]) // 2 for c in crossing if c[1] - slack <= y <= c[3] + slack]
        start = min((x for x in xs if abs(x - left) <= slack), default=left)
        end = max((x for x in xs if abs(x - right) <= slack), default=right)
        result.append((start, top, end, bottom))
    return result


def find_frames(
    ink: Grey, across: list[PixelBox], down: list[PixelBox], point: float
) -> list[list[PixelBox]]:
    """The sides of each frame that stands level over a grid, as a stamp may, among the rules that
    `find_rules` gives.

    A rule of a grid ends on another. Where two end at one another, one crosses a rule on its way,
    and both are paler than that, or other rules pass beyond them on all sides, they frame what was
    put on the grid. Of two frames that cross, the smaller one was.
    """
    slack = 4 * point
    corners = [(a, d) for a in across for d in down if _corner(a, d, slack)]
    corners.sort(key=lambda pair: _area(hull(pair)))
    shades = {a: _shade(ink, a) for a in across} | {d: _shade(ink.T, _flipped(d)) for d in down}
    frames: list[list[PixelBox]] = []
    for pale in (True, False):
        for a, d in corners:
            taken = {side for sides in frames for side in sides} | {a, d}
            rest_across = [other for other in across if other not in taken]
            rest_down = [other for other in down if other not in taken]
            crossed = [*_crossed(a, rest_down, slack), *_crossed(d, rest_across, slack)]
            if not crossed or any(a in sides or d in sides for sides in frames):
                continue
            faded = min(shades[a], shades[d]) > min(shades[o] for o in crossed) + FADED
            if not (faded if pale else _is_surrounded((a, d), rest_across, rest_down, slack)):
                continue
            sides = _with_sides([a, d], corners, [*across, *down], slack)
            if max(len(set(across) & set(sides)), len(set(down) & set(sides))) <= 2:
                frames.append(sides)
    return frames


def _with_sides(
    sides: list[PixelBox],
    corners: list[tuple[PixelBox, PixelBox]],
    rules: list[PixelBox],
    slack: float,
) -> list[PixelBox]:
    """`sides` and, round the frame, those of `rules` that end at their ends or level with them."""
    for side in sides:
        ends = [other for pair in corners if side in pair for other in pair]
        level = [other for other in rules if _faces(side, other, slack)]
        sides += [other for other in dict.fromkeys([*ends, *level]) if other not in sides]
    return sides


def _faces(one: PixelBox, other: PixelBox, slack: float) -> bool:
    """Do both run the same way, from and to the same level?"""
    if _is_across(one) != _is_across(other):
        return False
    along = (0, 2) if _is_across(one) else (1, 3)
    return all(abs(one[i] - other[i]) <= slack for i in along)


def _is_across(rule: PixelBox) -> bool:
    return rule[2] - rule[0] > rule[3] - rule[1]


def rules_without(
    ink: Grey,
    across: list[PixelBox],
    down: list[PixelBox],
    frames: list[list[PixelBox]],
    point: float,
) -> tuple[list[PixelBox], list[PixelBox]]:
    """The rules `across` and `down` without `frames`, and those that only show once these are wiped
    out: where a side hid one."""
    sides = [side for frame in frames for side in frame]
    again_across, again_down = find_rules(_without_frames(ink, frames), point)
    ends = [hull(frame) for frame in frames]
    return _unframed([a for a in across if a not in sides], again_across, ends, point), [
        _flipped(rule)
        for rule in _unframed(
            [_flipped(d) for d in down if d not in sides],
            [_flipped(d) for d in again_down],
            [_flipped(end) for end in ends],
            point,
        )
    ]


def _unframed(
    rules: list[PixelBox], again: list[PixelBox], frames: list[PixelBox], point: float
) -> list[PixelBox]:
    """Horizontal `rules`, those that a side of `frames` lengthens as long as they are found
    `again`, and what is found that is none of them and goes on beyond the frames."""
    result, known = [], []
    for left, top, right, bottom in rules:
        level = [a for a in again if abs(a[1] + a[3] - top - bottom) <= 4 * point]
        known += level
        if level and any(abs(frame[0] - left) <= 4 * point for frame in frames):
            left = min(a[0] for a in level)
        if level and any(abs(frame[2] - right) <= 4 * point for frame in frames):
            right = max(a[2] for a in level)
        result.append((left, top, right, bottom))
    hidden = [
        a
        for a in again
        if a not in known
        and not any(f[0] - 4 * point <= a[0] and a[2] <= f[2] + 4 * point for f in frames)
    ]
    return [*result, *hidden]


def _without_frames(ink: Grey, frames: list[list[PixelBox]]) -> Grey:
    """`ink` without `frames`, and without what is as pale along their level sides, where a rule may
    hide one."""
    result = without_rules(ink, [side for sides in frames for side in sides])
    for sides in frames:
        darkest = min(
            _shade(ink, s) if _is_across(s) else _shade(ink.T, _flipped(s)) for s in sides
        )
        left, top, right, bottom = hull(sides)
        for y in (top, bottom) if darkest > PALE else ():
            band = result[max(0, y - HIDDEN) : y + HIDDEN, left:right]
            band[band > darkest - FADED] = 255
    return result


def _corner(across: PixelBox, down: PixelBox, slack: float) -> bool:
    """Does an end of `across` meet an end of `down`?"""
    y, x = (across[1] + across[3]) / 2, (down[0] + down[2]) / 2
    off = min(abs(x - across[0]), abs(x - across[2])), min(abs(y - down[1]), abs(y - down[3]))
    return max(off) <= slack


def _crossed(rule: PixelBox, others: list[PixelBox], slack: float) -> list[PixelBox]:
    """Those of `others`, which run across `rule`, that go on beyond it, as it does beyond them."""

    def passes(one: PixelBox, other: PixelBox) -> bool:
        i = 0 if _is_across(one) else 1
        return one[i] + slack < (other[i] + other[i + 2]) / 2 < one[i + 2] - slack

    return [other for other in others if passes(rule, other) and passes(other, rule)]


def _is_surrounded(
    corner: tuple[PixelBox, PixelBox],
    across: list[PixelBox],
    down: list[PixelBox],
    slack: float,
) -> bool:
    """Do rules pass on all four sides of `corner`, none near it?"""
    one, other = corner
    x, y = (other[0] + other[2]) / 2, (one[1] + one[3]) / 2
    beside = (
        [(a[1] + a[3]) / 2 - y for a in across if a[0] < x < a[2]],
        [(d[0] + d[2]) / 2 - x for d in down if d[1] < y < d[3]],
    )
    return all(
        some and min(some) < -slack and max(some) > slack and min(map(abs, some)) > slack
        for some in beside
    )


def _shade(ink: Grey, across: PixelBox) -> int:
    """The grey of a horizontal line, 0 black … 255 white."""
    left, top, right, bottom = across
    middle = (top + bottom) // 2
    strip = ink[max(0, middle - HIDDEN) : middle + HIDDEN + 1, left:right]
    return int(np.median(strip.min(axis=0)))


def without_overlaid(across: list[PixelBox], down: list[PixelBox], point: float) -> list[PixelBox]:
    """The vertical rules `down` without what a paper clip or a pen has drawn: what goes on beyond
    the head or foot of the grid, at which the others end."""
    slack = 4 * point
    kept = []
    for rule in down:
        left, top, right, bottom = rule
        crossed = [a[1] for a in across if a[0] < left < a[2] and top < a[1] < bottom]
        for edge, level in ((1, min(crossed, default=top)), (3, max(crossed, default=bottom))):
            ending = sum(abs(d[edge] - level) <= slack for d in down)
            going_on = sum(d[1] < level - slack and level + slack < d[3] for d in down)
            if abs(rule[edge] - level) > BEYOND * point and ending > max(CROSSED_EDGE, going_on):
                top, bottom = (level, bottom) if edge == 1 else (top, level)
        whole = (left, top, right, bottom)
        if whole == rule or _touches(whole, across, slack):
            kept.append(whole)
    return kept


def with_dark_columns(
    fills: list[PaintedBox], across: list[PixelBox], down: list[PixelBox], point: float
) -> tuple[list[PaintedBox], list[PixelBox], list[PixelBox]]:
    """`fills`, dark ones that are higher than wide parted at the lines across them, and the rules
    that are not of such a column: the rows that it heads may go on without any."""
    slack = 4 * point
    parted: list[PaintedBox] = []
    own: set[PixelBox] = set()
    for fill in fills:
        left, top, right, bottom = fill.box
        if fill.grey >= BAND or bottom - top <= right - left:
            parted.append(fill)
            continue
        lines = [
            a
            for a in across
            if left - slack <= a[0]
            and a[2] <= right + slack
            and top - slack <= a[1] <= bottom + slack
        ]
        sides = [
            d
            for d in down
            if top - slack <= d[1]
            and d[3] <= bottom + slack
            and min(abs(d[0] - left), abs(d[0] - right)) <= slack
        ]
        own |= {*lines, *sides}
    return parted, [a for a in across if a not in own], [d for d in down if d not in own]


def hull(boxes: Iterable[PixelBox]) -> PixelBox:
    """What holds all of `boxes`, of which there is one at least."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def without_rules(ink: Grey, rules: list[PixelBox]) -> Grey:
    """`ink` with every rule painted white."""
    result = ink.copy()
    for left, top, right, bottom in rules:
        result[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = 255
    return result


def halved(picture: Grey) -> Grey:
    """`picture` at half its size."""
    return _as_grey(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def without_specks(ink: Grey, point: float) -> Grey:
    """`ink` without the dust that stands alone."""
    reach = round(ALONE * point / 2)
    result = ink.copy()
    for (left, top, right, bottom), _ in _components(_near_ink(ink, reach)):
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
    return _as_grey(cv2.dilate((halved(ink) < GRAIN).astype(np.uint8), kernel))


def without_stamps(ink: Grey, whole: Grey, point: float) -> tuple[Grey, Grey, list[PixelBox]]:
    """`ink`, which holds no rules, without stamps, the stamps alone, and where they stand.

    A stamp is a broad drawing, such as a frame or a ring, in ink paler than the text, with what is
    as pale inside: what it covers of the text stays. On `whole`, which is healed of rules, it goes
    on where they cross it.
    """
    black = cv2.erode(cv2.blur(whole, (3, 3)), np.ones((5, 5), np.uint8)) < PALE
    pale = ((whole < DARK) & ~black).astype(np.uint8)
    drawn = np.zeros_like(pale)
    for (left, top, right, bottom), _ in _components(pale):
        if max(right - left, bottom - top) > LETTER * point:
            drawn[top:bottom, left:right] = pale[top:bottom, left:right]
    gap = np.ones((_odd(STAMP_GAP * point),) * 2, np.uint8)
    places: list[PixelBox] = []
    parts = [b for b, _ in _components(_as_grey(cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, gap)))]
    for part in sorted(parts, key=_area, reverse=True):
        met = [place for place in places if _meet(place, part)]
        if met or min(part[2] - part[0], 2 * (part[3] - part[1])) > STAMP_WIDTH * point:
            places = [place for place in places if place not in met] + [hull([*met, part])]
    rest, stamps = ink.copy(), np.full_like(ink, 255)
    halo = cv2.dilate(pale, np.ones((5, 5), np.uint8)).astype(bool) & ~black
    for left, top, right, bottom in places:
        inside = (slice(top, bottom), slice(left, right))
        taken = halo[inside]
        stamps[inside][taken] = whole[inside][taken]
        rest[inside][taken] = 255
    return rest, stamps, places


def enclosed(rules: list[PixelBox], shape: tuple[int, int], point: float) -> list[PixelBox]:
    """The rectangles that `rules` enclose on a picture of `shape`: the cells of its grids."""
    free = np.full(shape, 255, np.uint8)
    for left, top, right, bottom in rules:
        if right - left > bottom - top:
            y = (top + bottom) // 2
            cv2.line(free, (left, y), (right, y), 0, 3)
        else:
            x = (left + right) // 2
            cv2.line(free, (x, top), (x, bottom), 0, 3)
    _, _, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=4)
    cells = []
    for x, y, w, h, area in stats[1:].tolist():
        inside = x > 0 and y > 0 and x + w < shape[1] and y + h < shape[0]
        if inside and min(w, h) > 6 * point and area > 0.9 * w * h:
            cells.append((x, y, x + w, y + h))
    return cells


def stroke(ink: Grey, box: PixelBox) -> float:
    """How wide the strokes in `box` are, in pixels (ink over its outline); 0 without ink."""
    left, top, right, bottom = box
    piece = cv2.resize(ink[top:bottom, left:right], None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    mask = cv2.copyMakeBorder(
        (piece < DARK).astype(np.uint8), 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0
    )
    area = int(mask.sum())
    edge = area - int(cv2.erode(mask, np.ones((3, 3), np.uint8)).sum())
    return area / edge if edge else 0.0
