"""What one page holds: words, rules, fills and images, in the reading frame.

The reading frame is the page as a person holds it to read: /Rotate is applied, and a page whose
text runs sideways is turned upright. All coordinates are PDF points from the top left corner;
`Page.on_paper` maps a box back to the page as viewers display it.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar, dataclass_transform

T = TypeVar("T")
ACROSS = 3.0  # points that what is drawn in one part of a folded sheet may reach out of it
ILLEGIBLE = "[illisible]"  # the text of a word of a scan where strokes are no letters


@dataclass_transform(frozen_default=True)
def value(cls: type[T]) -> type[T]:
    """A frozen dataclass, as the type checker holds. Nothing enforces it at run time, where making
    a frozen one takes three times as long: pages are made of thousands."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


@value
class Box:
    """A rectangle in points; `top` grows downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        return (
            self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack
        )

    def overlap(self, other: "Box") -> float:
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def moved(self, right: float, down: float) -> "Box":
        return Box(self.x0 + right, self.top + down, self.x1 + right, self.bottom + down)

    def times(self, scale: float) -> "Box":
        return Box(self.x0 * scale, self.top * scale, self.x1 * scale, self.bottom * scale)


def around(boxes: "list[Box]") -> Box:
    """The smallest box that holds all of `boxes` (at least one)."""
    first = boxes[0]
    x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
    for box in boxes:
        if box.x0 < x0:
            x0 = box.x0
        if box.top < top:
            top = box.top
        if box.x1 > x1:
            x1 = box.x1
        if box.bottom > bottom:
            bottom = box.bottom
    return Box(x0, top, x1, bottom)


@value
class Word:
    """Characters that stand together; `size` in points; `confidence` 0..1 where OCR read it.

    `run` is where the text begins that was printed in one go with the first of them; `line` the
    number of the stretched line that they stand on, where the order of printing shows it; `apart`:
    does that order show that the word before them, however near, is another text's? `tracking` is
    how far its letters are set apart, in points.
    """

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool
    confidence: float | None = None
    run: float | None = None
    line: int | None = None
    apart: bool = False
    source: int = 0  # the text object that prints its first character
    tracking: float = 0.0


def blank_between(left: Word, right: Word) -> float:
    """The blank between two words of a line, points, as wide as if no letters were set apart: these
    widen a blank on both its sides."""
    return right.box.x0 - left.box.x1 - 2 * max(left.tracking, right.tracking)


def outside(words: "Iterable[Word]", boxes: Iterable[Box], slack: float = 0.0) -> "list[Word]":
    """Those of `words` whose middle stands in none of `boxes`, nor within `slack` of one."""
    areas = [(b.x0 - slack, b.top - slack, b.x1 + slack, b.bottom + slack) for b in boxes]
    if not areas:
        return list(words)
    kept = []
    for word in words:
        box = word.box
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        for x0, top, x1, bottom in areas:
            if x0 <= x <= x1 and top <= y <= bottom:
                break
        else:
            kept.append(word)
    return kept


@dataclass(frozen=True)
class Run:
    """Words that are read as one text."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @cached_property
    def box(self) -> Box:
        return around([w.box for w in self.words])

    @cached_property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)

    @cached_property
    def size(self) -> float:
        return max(w.size for w in self.words)


@dataclass(frozen=True)
class Line(Run):
    """Words on one baseline, left to right."""

    page: int

    @cached_property
    def baseline(self) -> float:
        return max(self.words, key=lambda w: w.size).baseline


@dataclass(frozen=True, slots=True)
class Fill:
    """A coloured rectangle; colour is RGB 0..255."""

    box: Box
    colour: tuple[int, int, int]

    @property
    def visible(self) -> bool:
        """Does it show on white paper?"""
        return min(self.colour) < 250


Projection = tuple[float, float, float, float, float, float, float, float, float]
"""A 3×3 matrix, row by row, for points (x, y, 1)."""


@dataclass(frozen=True, slots=True)
class Fold:
    """How a page is made of the parts of a sheet, one below the other: the sheet's height, and for
    each part where it begins on the page, and how far right and down of that it is on the sheet."""

    height: float
    parts: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds. `rules` are thin boxes, horizontal or vertical."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()
    fills: tuple[Fill, ...] = ()
    images: tuple[Box, ...] = ()
    struck: tuple[Word, ...] = ()  # those of `words` that a line strikes out
    stamped: tuple[Word, ...] = ()  # what stamps and watermarks print over it; none of `words`
    turn: int = 0  # degrees clockwise that the displayed page was turned to read it
    tilt: float = 0.0  # the few more degrees, about its middle, that made a scan straight
    projection: Projection | None = None  # from a photographed sheet, seen from above, to its photo
    enlarged: float = 1.0  # times as large as displayed: it is of no size that paper has
    fold: Fold | None = None  # of a sheet whose parts, side by side, stand below one another here
    overlaid: bool = False  # does it hold what was laid over it, such as fields filled in?
    hidden: bool = False  # does it hold what is printed on layers that do not show?
    notes: tuple[str, ...] = ()  # what readers wrote over it, in notes that are not read
    files: tuple[str, ...] = ()  # the names of those pinned on it
    concealed: int = 0  # characters of a PDF that do not show: painted over, cut off, white, tiny…
    unreadable: int = 0  # characters without a usable Unicode value
    torn: int = 0  # of these, those between letters
    invisible: int = 0  # characters that are laid over a picture and do not show
    ocr_confidence: float | None = None
    resolution: float | None = None  # dots an inch of the picture that a scan was read from
    unread: bool = False  # is it a scan that OCR gave up?
    damaged: bool = False  # does the file hold a piece only of its content, or of a picture on it?
    unseen: tuple[Box, ...] = ()  # pictures on it that may hold text, which none was read from

    @property
    def characters(self) -> int:
        return sum(len(w.text) for w in self.words)

    @property
    def is_scan(self) -> bool:
        """Did OCR read it from its picture?"""
        return self.ocr_confidence is not None

    def on_paper(self, box: Box) -> Box:
        """`box` on the page as viewers display it (undoes `turn`, `tilt`, `projection` and
        `enlarged`; stays upright); as it is where the page is folded, until all that it holds is
        `unfolded`."""
        if self.fold is not None:
            return box
        level = tilted(box, -self.tilt, self.width, self.height) if self.tilt else box
        displayed = turned(level, (360 - self.turn) % 360, self.width, self.height)
        whole = projected(displayed, self.projection) if self.projection else displayed
        return whole.times(1 / self.enlarged)

    @property
    def displayed(self) -> tuple[float, float]:
        """Width and height as viewers display it."""
        width, height = self.width / self.enlarged, self.sheet_height / self.enlarged
        return (height, width) if self.turn in (90, 270) else (width, height)

    def as_read(self, box: Box) -> Box:
        """`box` of the page as viewers display it in the reading frame: undoes `on_paper`."""
        if self.fold is not None:
            return box
        whole = box.times(self.enlarged)
        displayed = projected(whole, _inverse(self.projection)) if self.projection else whole
        sides = self.width, self.height
        width, height = sides if self.turn % 180 == 0 else sides[::-1]
        level = turned(displayed, self.turn, width, height)
        return tilted(level, self.tilt, self.width, self.height) if self.tilt else level

    def unfolded(self, box: Box) -> Box:
        """`box` of a folded page on the sheet as viewers display it."""
        sheet = replace(self, height=self.sheet_height, fold=None)
        return sheet.on_paper(self.on_sheet(box))

    @property
    def sheet_height(self) -> float:
        """That of the sheet which the page was folded from, or its own."""
        return self.fold.height if self.fold else self.height

    def on_sheet(self, box: Box) -> Box:
        """`box` of a folded page on the sheet, held as the page is."""
        if self.fold is None:
            return box
        starts = [top for top, _, _ in self.fold.parts]
        _, right, down = self.fold.parts[max(0, bisect_right(starts, box.middle[1]) - 1)]
        return box.moved(right, down)

    def folded(self, parts: Sequence[Box]) -> "Page":
        """The sheet with its `parts`, which leave no word out, put below one another in that order,
        all from the left edge on; what is drawn across several of them is left out."""
        moves: list[tuple[Box, float, float]] = []
        top = 0.0
        for part in parts:
            moves.append((part, -part.x0, top - part.top))
            top += part.height

        def put(box: Box) -> Box | None:
            fits = (
                (right, down)
                for part, right, down in moves
                if part.holds(*box.middle)
                and part.holds(box.x0, box.top, ACROSS)
                and part.holds(box.x1, box.bottom, ACROSS)
            )
            move = next(fits, None)
            return box.moved(*move) if move else None

        def moved(word: Word) -> Word:
            x, y = word.box.middle
            x, y = min(max(x, 0.0), self.width), min(max(y, 0.0), self.height)
            right, down = next((r, d) for part, r, d in moves if part.holds(x, y))
            run = None if word.run is None else word.run + right
            box = word.box.moved(right, down)
            return replace(word, box=box, baseline=word.baseline + down, run=run)

        return replace(
            self,
            height=top,
            words=tuple(map(moved, self.words)),
            stamped=tuple(map(moved, self.stamped)),
            rules=tuple(box for rule in self.rules if (box := put(rule))),
            fills=tuple(replace(f, box=box) for f in self.fills if (box := put(f.box))),
            fold=Fold(self.height, tuple((p.top + d, -r, -d) for p, r, d in moves)),
        )


def tilted(box: Box, degrees: float, width: float, height: float) -> Box:
    """`box` moved to where its middle goes when its page is turned clockwise about its own."""
    x, y = box.middle[0] - width / 2, box.middle[1] - height / 2
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    right, down = x * cos - y * sin - x, x * sin + y * cos - y
    return Box(box.x0 + right, box.top + down, box.x1 + right, box.bottom + down)


def projected(box: Box, projection: Projection) -> Box:
    """`box` moved to where `projection` takes its middle."""
    x, y = box.middle
    a, b, c, d, e, f, g, h, i = projection
    far = g * x + h * y + i
    right, down = (a * x + b * y + c) / far - x, (d * x + e * y + f) / far - y
    return Box(box.x0 + right, box.top + down, box.x1 + right, box.bottom + down)


def _inverse(projection: Projection) -> Projection:
    """What undoes `projection`: its adjugate, as a projection may be scaled."""
    a, b, c, d, e, f, g, h, i = projection
    return (
        *(e * i - f * h, c * h - b * i, b * f - c * e),
        *(f * g - d * i, a * i - c * g, c * d - a * f),
        *(d * h - e * g, b * g - a * h, a * e - b * d),
    )


def turned(box: Box, degrees: int, width: float, height: float) -> Box:
    """`box` of a page of `width` × `height` after turning the page clockwise by `degrees`."""
    if degrees == 90:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if degrees == 180:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if degrees == 270:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    return box


def clusters(items: Iterable[T], position: Callable[[T], float], reach: float) -> list[list[T]]:
    """`items` grouped so that neighbours in a group stand within `reach` of its first."""
    groups: list[list[T]] = []
    first = 0.0  # where the last group begins
    for item in sorted(items, key=position):
        at = position(item)
        if groups and at - first <= reach:
            groups[-1].append(item)
        else:
            groups.append([item])
            first = at
    return groups
