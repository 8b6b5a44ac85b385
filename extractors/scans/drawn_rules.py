"""The ruling lines in a picture."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from extractors.scans.bitmap import (
    Grey,
    PixelBox,
    as_grey,
    components,
    flipped,
    hull,
    meet,
    odd,
)
from extractors.scans.broken_rules import unbroken
from extractors.scans.cleaning import DARK, GRAIN, LETTER, SOLID

HAIR_REACH = 3.0  # points along which a pale rule is averaged, as its paper is grainy
BROKEN_REACH = 12.0  # points along which a rule goes on that a scan in black and white broke up
BROKEN = 0.25  # share of such a rule that is left, at least
SPARSE_REACH = 36.0  # points along which one goes on of which hardly a dot is left
SPARSE = 0.05  # share of it that is left, at least, and twice what stands beside it
LONG = 30.0  # points: an upright line is a rule wherever it ends
DRAWN = 0.7  # share of a shorter one between two others that is dark: of a colon, half is
UNBROKEN = 0.8  # share of such a line that is dark: of letters one below the other, half is
LOWEST_ROW = 6.0  # points
RULE_EDGE = 3  # pixels beside a rule that it still darkens
HAIR_DEPTH = 14  # how much darker than the paper such a rule is, at least
LEVEL = 0.008  # slope from which a line is no rule of a straightened page: a stamp's frame
NEAR_A_RULE = 1.5  # points from a rule within which a letter beside it ends
BESIDE_A_RULE = 0.22  # share of ink along a rule; along the foot of a line of text it is twice that
BESIDE_A_LONG_RULE = 0.3  # along a rule that is longer than any run of letters
BESIDE_FEET = 0.12  # along a short line that blanks part: the feet of digits, 2025, are one
BLANK, BLANKS = 235, 0.15  # what is lighter parts them; share of such a line that does, at least
LONGEST_RUN = 60.0  # points
LONGEST_WORD = 100.0  # points
THICK = 1.5  # points: small letters are as high
UNEVEN = 24.0  # standard deviation of the shades halfway up the letters of a blurred word
CROSSED = 60.0  # the same of one that stands upright: rules that cross an upright rule part it
STEMS = 0.16  # the same of how much ink is above one another there, as a share of its mean


def find_rules(ink: Grey, point: float) -> tuple[list[PixelBox], list[PixelBox]]:
    """Horizontal and vertical ruling lines; `point` is pixels a point.

    Pieces of one line are joined, and ends that stop just short of a crossing line reach it.
    """
    level = _long_runs(ink, round(24 * point), point)
    across = _joined([r for r in level if not _is_word(ink, r, point, UNEVEN)], point)
    apart = _healed(ink, across).T.copy()  # a pale rule does not show where it crosses another
    upright = _long_runs(apart, round(13 * point), point)
    upright = _joined([r for r in upright if not _is_word(apart, r, point, CROSSED)], point)
    down = [_without_stems(flipped(b), across, ink, point) for b in upright]
    down = [piece for d in down for piece in _without_letters(d, across, ink, point)]
    down = [d for d in down if _stands(d, across, ink, point)]
    down += _beside_figures(across, down, ink, point)
    across, down = unbroken(across, down, ink, point, blanks=False)
    return _reaching(across, down, 4 * point), [
        flipped(b)
        for b in _reaching([flipped(d) for d in down], [flipped(a) for a in across], 4 * point)
    ]


def _long_runs(ink: Grey, length: int, point: float) -> list[PixelBox]:
    """Thin horizontal runs of at least `length` pixels that drift a little at most, and do not
    pass through text. A dark one is all there is of it: no stroke of a letter lengthens it. Those
    that are the darker pieces of a pale one are one."""
    dark = (ink < 200).astype(np.uint8)
    pale = hair(ink, point)
    runs: list[PixelBox] = []
    for mask, least in ((dark, length), (pale, length + round(HAIR_REACH * point))):
        solid = len(runs)
        thick = cv2.dilate(mask, np.ones((3, 1), np.uint8))
        bridged = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
        drawn = as_grey(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, least), np.uint8)))
        runs += [
            (x0, top + 1, x1, max(top + 2, bottom - 1))
            for (x0, top, x1, bottom), area in components(drawn)
            if area / (x1 - x0) <= 3 * point + 2
            and bottom - top <= 5 * point
            and _is_level(drawn[top:bottom, x0:x1])
            and _is_free(ink, dark, (x0, top, x1, bottom), point)
        ]
    left = np.maximum(dark, cv2.erode(pale, np.ones((1, odd(HAIR_REACH * point)), np.uint8)))
    found = [
        _grown(run, runs, left, dark, point)
        for i, run in enumerate(runs)
        if not any(meet(run, other) for other in runs[:i])
    ]
    stroke = LETTER * point
    for run in runs[solid:]:
        pieces = [piece for piece in found if meet(run, piece)]
        x0, top, x1, bottom = hull(pieces)
        start, end = run[0] if x0 - run[0] > stroke else x0, run[2] if run[2] - x1 > stroke else x1
        found = [piece for piece in found if piece not in pieces] + [(start, top, end, bottom)]
    return found


def healed(ink: Grey, across: list[PixelBox], down: list[PixelBox]) -> Grey:
    """`ink` with what stands on both sides of each rule in its place: a stamp over a table goes
    on there."""
    level = _healed(ink, across)
    return np.ascontiguousarray(_healed(level.T, [flipped(d) for d in down]).T)


def _healed(ink: Grey, across: list[PixelBox]) -> Grey:
    """`ink` with what stands above and below each horizontal rule in its place."""
    result = ink.copy()
    for left, top, right, bottom in across:
        over, under = max(0, top - RULE_EDGE - 1), min(len(ink) - 1, bottom + RULE_EDGE)
        rows = ink[over, left:right].astype(np.uint16) + ink[under, left:right]
        result[over + 1 : under, left:right] = rows // 2
    return result


def _grown(
    run: PixelBox, runs: Sequence[PixelBox], drawn: Grey, dark: Grey, point: float
) -> PixelBox:
    """The horizontal `run` and, on both sides of it, the dots of `drawn` that are left of it; text,
    which is `dark`, ends it, and a blank before another of the `runs`."""
    left, top, right, bottom = run
    middle, near, far = (top + bottom) // 2, round(0.5 * point), round(1.6 * point)
    on = drawn[max(0, middle - near) : middle + near + 1].max(axis=0)

    def beside(picture: Grey) -> Grey:
        sides = picture[max(0, middle - far) : max(1, middle - near - 1)]
        others = picture[middle + near + 2 : middle + far + 1]
        return as_grey(
            np.maximum.reduce([side.max(axis=0) for side in (sides, others) if side.size])
        )

    goes_on = (_share(on, BROKEN_REACH * point) >= BROKEN) & (
        _share(beside(dark), BROKEN_REACH * point) <= BROKEN
    )
    crossed = beside(drawn)
    on[crossed > 0] = 0
    beyond = on.copy()
    for start, over, end, under in runs:
        if over - near <= middle <= under + near:
            beyond[start:end] = 0
    sparse = _share(beyond, SPARSE_REACH * point)
    goes_on |= (sparse >= SPARSE) & (sparse >= 2 * _share(crossed, SPARSE_REACH * point))
    start, end = left, right
    while end < goes_on.size and goes_on[end]:
        end += 1
    while start > 0 and goes_on[start - 1]:
        start -= 1
    dots = np.nonzero(on[start:end])[0]  # the window looks beyond the last dot
    if not dots.size:
        return run
    return min(left, start + int(dots[0])), top, max(right, start + int(dots[-1]) + 1), bottom


def _share(marks: Grey, reach: float) -> npt.NDArray[np.float64]:
    """How much of `reach` pixels around each place is marked."""
    return np.asarray(np.convolve(marks, np.ones(round(reach)) / round(reach), "same"))


def _is_level(run: Grey) -> bool:
    """Does the line in `run` go on at the height where it begins?"""
    half = run.shape[1] // 2
    first, second = (float(np.nonzero(part)[0].mean()) for part in (run[:, :half], run[:, half:]))
    return bool(abs(second - first) <= LEVEL * half + 0.5)


def hair(ink: Grey, point: float) -> Grey:
    """Where ink is but a little darker than above and below it, along a few points: the pale thin
    rules that word processors draw around cells."""
    along = cv2.blur(ink, (odd(HAIR_REACH * point), 1))
    around = np.ones((odd(2 * point), 1), np.uint8)
    return (cv2.morphologyEx(along, cv2.MORPH_BLACKHAT, around) > HAIR_DEPTH).astype(np.uint8)


def _is_free(ink: Grey, dark: Grey, box: PixelBox, point: float) -> bool:
    """Is there little ink along both sides of the horizontal line in `box`, of `ink` that is `dark`
    there? Figures may touch one that is long and unbroken; blanks part the feet of some."""
    near, far = round(0.4 * point), round(1.3 * point)
    left, top, right, bottom = box
    above = dark[max(0, top - far) : max(1, top - near), left:right]
    below = dark[bottom + near : bottom + far, left:right]
    long = right - left > LONGEST_RUN * point
    unbroken = long and dark[top:bottom, left:right].max(axis=0).mean() > SOLID
    most = BESIDE_A_LONG_RULE if unbroken else BESIDE_A_RULE
    if (
        not long
        and (ink[max(0, top - 1) : bottom + 1, left:right].min(axis=0) > BLANK).mean() > BLANKS
    ):
        most = BESIDE_FEET
    return all(band.size == 0 or band.mean() < most for band in (above, below))


def _is_word(ink: Grey, run: PixelBox, point: float, uneven: float) -> bool:
    """Is the horizontal `run` as high as small letters, no longer than a word, of more shades than
    `uneven` halfway up, and of more ink here than there, as a rule that leans a little is not?

    Blur joins small letters, and a scanner that stores text and ground apart darkens the paper
    between them.
    """
    left, top, right, bottom = run
    if bottom - top < THICK * point or right - left > LONGEST_WORD * point:
        return False
    core = (bottom - top) // 3
    if float(ink[top + core : bottom - core, left:right].std()) <= uneven:
        return False
    inked = 255.0 - ink[top:bottom, left:right].mean(axis=0)
    return float(inked.std()) > STEMS * float(inked.mean())


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


def _without_stems(down: PixelBox, across: list[PixelBox], ink: Grey, point: float) -> PixelBox:
    """The upright rule `down` from the first to the last of `across` that it meets, where it goes
    beyond them no further than the stem of a letter does, or than that of a title, a blank apart.
    """
    left, top, right, bottom = down
    x, slack = (left + right) // 2, 4 * point
    met = [
        (over, under)
        for start, over, end, under in across
        if start - slack <= x <= end + slack and top - slack <= over and under <= bottom + slack
    ]
    first = min((over for over, _ in met), default=top)
    last = max((under for _, under in met), default=bottom)
    if last - first < LOWEST_ROW * point:
        return down
    near = round(NEAR_A_RULE * point)

    def is_stem(length: int, beside: int) -> bool:
        """Is a piece of that `length` a letter's, from the row `beside` the rule that it meets?"""
        blank = ink[max(0, beside) : max(0, beside + near), max(0, x - 1) : x + 2]
        apart = length < LONG * point and int(blank.min(initial=255)) > GRAIN
        return length > 0 and (length < LETTER * point or apart)

    return (
        left,
        first if is_stem(first - top, first - RULE_EDGE - near) else top,
        right,
        last if is_stem(bottom - last, last + RULE_EDGE) else bottom,
    )


def _without_letters(
    down: PixelBox, across: list[PixelBox], ink: Grey, point: float
) -> Iterator[PixelBox]:
    """The pieces of the upright rule `down`, a row high at least, around the rows in which a letter
    stands in its place: of a title over several columns, it touches neither of the rules `across`
    that it is between."""
    left, top, right, bottom = down
    x, near = (left + right) // 2, round(NEAR_A_RULE * point)
    crossed = sorted((over, under) for a, over, b, under in across if a <= x <= b)
    start = top
    for (_, over), (under, _) in pairwise(crossed):
        if over + 2 * near >= under or over < top - 2 * near or bottom + 2 * near < under:
            continue
        drawn = ink[over:under, max(0, x - 1) : x + 2].min(axis=1)
        ends = drawn[:near].max(), drawn[-near:].max()
        if min(ends) > GRAIN and np.median(drawn) < DARK:
            if over - start >= LOWEST_ROW * point:
                yield left, start, right, over
            start = under
    if bottom - start >= LOWEST_ROW * point:
        yield left, start, right, bottom


def _stands(down: PixelBox, across: list[PixelBox], ink: Grey, point: float) -> bool:
    """Is it a rule: does it end on others, and is no colon between them; or is it long, and no row
    of letters, one below the other, that only goes on where a rule was healed or where stems are
    smoothed into one line?"""
    left, top, right, bottom = down
    long = bottom - top > LONG * point
    met = touches(down, across, 4 * point)
    crossed = [a[1] for a in across if a[0] < left < a[2] and top < a[1] < bottom]
    longest = max(b - a for a, b in pairwise([top, *sorted(crossed), bottom]))
    if (long and met) or longest > LONGEST_RUN * point:
        return True
    drawn = ink[top:bottom, max(0, left - 1) : right + 1].min(axis=1)
    half = (float(np.percentile(drawn, 10)) + 255) / 2
    if met:
        return float((drawn < half).mean()) > DRAWN
    shade = DARK if longest <= LONG * point else half
    return long and float((drawn < shade).mean()) > UNBROKEN


def _beside_figures(
    across: list[PixelBox], down: list[PixelBox], ink: Grey, point: float
) -> list[PixelBox]:
    """The pieces of the upright rules `down` that figures set right against them hide, each from
    one of `across` to the next: no letter stands as high."""
    slack, found = round(0.6 * point), list[PixelBox]()
    for x, width in {((d[0] + d[2]) // 2, d[2] - d[0]): None for d in down}:
        level = [a for a in across if a[0] - slack <= x <= a[2] + slack]
        levels = sorted(level, key=lambda a: a[1])
        for over, under in pairwise(levels):
            top, bottom = over[3] + RULE_EDGE, under[1] - RULE_EDGE
            if bottom - top < LOWEST_ROW * point or any(
                abs(d[0] + d[2] - 2 * x) <= 2 * slack and d[1] < bottom and top < d[3]
                for d in (*down, *found)
            ):
                continue
            left = max(0, x - slack)
            drawn = (ink[top:bottom, left : x + slack + 1] < DARK).mean(axis=0)
            if float(drawn.max(initial=0.0)) > SOLID:
                middle = left + int(drawn.argmax())
                found.append((middle - width // 2, over[3], middle + (width + 1) // 2, under[1]))
    return found


def touches(down: PixelBox, across: list[PixelBox], slack: float) -> bool:
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


def without_rules(ink: Grey, rules: list[PixelBox]) -> Grey:
    """`ink` with every rule painted white."""
    result = ink.copy()
    for left, top, right, bottom in rules:
        result[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = 255
    return result
