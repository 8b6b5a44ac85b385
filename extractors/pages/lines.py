"""Words of a page → lines in reading order, columns of a brochure one after the other."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from extractors.pages.key_figures import figures_apart, with_captions
from extractors.pages.page import Box, Line, Page, Word, around, blank_between
from extractors.pages.spaced import unspaced

COLUMN_GAP = 1.8  # of the font size: a wider blank may part two columns
GUTTER = 9.0  # points
SAME_LINE = 0.4  # of the font size
EATEN = 1.5  # points that words of one line may overlap
COLUMN_LINES = 6  # fewer lines on either side make no column
SHORT_COLUMN = 3  # likewise, of one that is printed before the other
COLUMN_WIDTH = 0.22  # of the text's width, what a column's lines measure on average
# Fait à … · Fait en deux exemplaires, le … : below both columns, however short
CLOSING = re.compile(r"(?:Fait|FAIT|Signé|SIGNÉ)\s+(?:à|À|A|en|le)\b")
CROSSING = 0.4  # share of a page's lines that may cross the gutter (headings, a title)


def read_lines(page: Page) -> list[Line]:
    """The lines of `page`, top to bottom; in columns, the left one first.

    A line that crosses columns ends what stands above it.
    """
    rows = _baselines(page.words)
    order = {id(word): i for i, word in enumerate(page.words)}
    pieces = [piece for row in rows for piece in _pieces(row)]
    gutter = _gutter(pieces, order)
    lines = with_captions(rows) if gutter is None else _parted(pieces, gutter, order)
    return [Line(tuple(words), page.number) for words in lines]


def _parted(
    pieces: list[list[Word]], gutter: float, order: Mapping[int, int]
) -> Iterator[list[Word]]:
    """The lines that `pieces` make on both sides of `gutter`, and those that cross it."""
    band: list[list[Word]] = []
    for words in sorted(pieces, key=_top):
        if _box(words).x0 < gutter < _box(words).x1:
            yield from _columns(band, gutter, order)
            band = []
            yield from figures_apart(words)
        else:
            band.append(words)
    yield from _columns(band, gutter, order)


def read_pieces(page: Page, gap: float = COLUMN_GAP) -> list[Line]:
    """The lines of `page`, top to bottom, each parted where a blank wider than `gap`, of the font
    size, stands in it."""
    pieces = [piece for line in _baselines(page.words) for piece in _pieces(line, gap)]
    return [Line(tuple(piece), page.number) for piece in pieces]


def _baselines(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped by baseline, top to bottom, each group left to right."""
    rows: list[_Row] = []
    for word in sorted(words, key=_BASELINE_AND_LEFT):
        box = word.box
        x0, x1 = box.x0 + EATEN, box.x1 - EATEN
        for row in rows[:-4:-1]:  # the last three
            largest = row.largest
            off = abs(largest.baseline - word.baseline)
            if (off <= SAME_LINE * largest.size or off <= SAME_LINE * word.size) and (
                x0 >= row.end or row.is_free(x0, x1)
            ):
                row.words.append(word)
                if box.x1 > row.end:
                    row.end = box.x1
                if word.size > largest.size:
                    row.largest = word
                break
        else:
            rows.append(_Row([word], word, box.x1))
    return [unspaced(sorted(row.words, key=_LEFT)) for row in rows]


_LEFT = attrgetter("box.x0")  # a fraction of the time of a function
_BASELINE_AND_LEFT = attrgetter("baseline", "box.x0")


@dataclass(slots=True)
class _Row:
    """Words on one baseline, the largest of them, and where they end."""

    words: list[Word]
    largest: Word
    end: float

    def is_free(self, x0: float, x1: float) -> bool:
        """Is the place from `x0` to `x1` taken by none of them?"""
        return all(w.box.x0 >= x1 or x0 >= w.box.x1 for w in reversed(self.words))


def _pieces(words: list[Word], wide: float = COLUMN_GAP) -> list[list[Word]]:
    """A baseline's words, parted where a wide blank stands between them."""
    pieces = [[words[0]]]
    for last, word in pairwise(words):
        gap = blank_between(last, word)
        if gap > wide * word.size and gap > wide * last.size:
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _gutter(pieces: list[list[Word]], order: Mapping[int, int]) -> float | None:
    """Where a blank strip parts the page in two columns of text; None where none does. `order` is
    that in which words are printed, by their identity."""
    boxes = [_box(words) for words in pieces]
    if len(boxes) < COLUMN_LINES:
        return None
    left, right = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    width = right - left
    if width <= 0:
        return None
    steps = [left + width * i / 200 for i in range(60, 141)]
    starts = sorted(b.x0 - GUTTER / 2 for b in boxes)
    ends = sorted(b.x1 + GUTTER / 2 for b in boxes)
    crossings = [bisect_left(starts, x) - bisect_right(ends, x) for x in steps]
    best = min(crossings)
    if best > CROSSING * len(boxes):
        return None
    middle = [x for x, crossing in zip(steps, crossings, strict=True) if crossing == best]
    gutter = middle[len(middle) // 2]
    sides = [b for b in boxes if b.x1 <= gutter], [b for b in boxes if b.x0 >= gutter]
    if any(len(s) < COLUMN_LINES or _mean_width(s) < COLUMN_WIDTH * width for s in sides):
        return gutter if _are_printed_apart(pieces, gutter, order) else None
    return gutter


def _are_printed_apart(pieces: list[list[Word]], gutter: float, order: Mapping[int, int]) -> bool:
    """Is a text of several lines left of `gutter` printed before another right of it, on all the
    page? A row of a table goes from left to right before the next one."""
    sides: tuple[list[int], list[int]] = ([], [])
    for words in pieces:
        box = _box(words)
        if box.x0 < gutter < box.x1:
            return False
        sides[box.x0 >= gutter].extend(order[id(w)] for w in words if id(w) in order)
    heights = [
        {round(_top(p)) for p in pieces if (_box(p).x0 >= gutter) is side} for side in (False, True)
    ]
    enough = min(map(len, heights)) >= SHORT_COLUMN
    return enough and max(sides[0]) < min(sides[1])


def _mean_width(boxes: list[Box]) -> float:
    return sum(b.width for b in boxes) / len(boxes)


def _columns(pieces: list[list[Word]], gutter: float, order: Mapping[int, int]) -> list[list[Word]]:
    """The pieces left of the gutter, then those right of it; one line's pieces are joined again.
    What closes the act below both columns stands behind them."""
    left = [p for p in pieces if _box(p).x1 <= gutter]
    right = [p for p in pieces if _box(p).x0 >= gutter]
    end = max(map(_top, right), default=0.0)
    closing = (
        _top(p) for p in left if _top(p) > end and CLOSING.match(" ".join(w.text for w in p))
    )
    below = min(closing, default=float("inf")) - 1
    result: list[list[Word]] = []
    for side in (
        [p for p in left if _top(p) < below],
        right,
        [p for p in left if _top(p) >= below],
    ):
        inner = _gutter(side, order)
        if inner is None:
            result.extend(with_captions(_baselines([word for piece in side for word in piece])))
        else:
            result.extend(_parted(side, inner, order))
    return result


def _box(words: Sequence[Word]) -> Box:
    return around([w.box for w in words])


def _top(words: Sequence[Word]) -> float:
    return min(w.box.top for w in words)
