"""Numbers of lines, in the margin of an act that was negotiated line by line."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.pages.page import Page, Word

APART = 1.0  # of the font size: how far from all other text they stand
FEWEST = {1: 8, 2: 5, 5: 3, 10: 3}  # by step, so many tell; rows may be numbered one by one
SAME_COLUMN = 1.5  # points between their right ends, or their left ones
LARGEST = 5000


def line_numbers(page: Page) -> list[Word]:
    """The words of `page` that number its lines: figures that go up by one step, below one another
    beside all other text and all rules; [] where there are none."""
    figures = [w for w in page.words if w.text.isdecimal() and int(w.text) < LARGEST]
    if len(figures) < min(FEWEST.values()):
        return []
    rest = [w for w in page.words if not w.text.isdecimal()]
    if not rest:
        return []
    left = min([w.box.x0 for w in rest] + [r.x0 for r in page.rules])
    right = max([w.box.x1 for w in rest] + [r.x1 for r in page.rules])
    for side in (
        [w for w in figures if w.box.x1 < left - APART * w.size],
        [w for w in figures if w.box.x0 > right + APART * w.size],
    ):
        if _is_numbering(sorted(side, key=lambda w: w.baseline)):
            return side
    return []


def _is_numbering(words: Sequence[Word]) -> bool:
    if len(words) < min(FEWEST.values()):
        return False
    ends, starts = [w.box.x1 for w in words], [w.box.x0 for w in words]
    aligned = min(max(ends) - min(ends), max(starts) - min(starts)) <= SAME_COLUMN
    steps = {int(b.text) - int(a.text) for a, b in pairwise(words)}
    step = steps.pop()
    return (
        aligned
        and not steps
        and len(words) >= FEWEST.get(step, LARGEST)
        and (step == 1 or int(words[0].text) % step == 0)
    )
