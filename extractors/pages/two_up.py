"""A sheet with two pages printed side by side, to be read one after the other."""

from collections.abc import Sequence

from extractors.pages.lines import read_pieces
from extractors.pages.page import Box, Page

WIDE = 1.2  # of its height: a sheet that holds two upright pages is no narrower
GUTTER = 0.01  # of the width: nothing stands as near to the middle
LONG = 0.25  # of the width of a sheet: a line of text, or the rule of a table, of one of its pages
FEWEST = 4  # such lines on each page: fewer are no page's


def parted(page: Page) -> Page:
    """`page`, folded in the middle where it is two pages: nothing crosses the middle, and both
    halves have lines of text, or rules of tables, as long as a page's."""
    if page.width < WIDE * page.height:
        return page
    middle, reach = page.width / 2, GUTTER * page.width
    shapes = [w.box for w in page.words]
    shapes += [*page.rules, *(f.box for f in page.fills if f.box.width < (1 - LONG) * page.width)]
    if any(box.x0 < middle + reach and box.x1 > middle - reach for box in shapes):
        return page
    lines = [piece.box for piece in read_pieces(page)]
    long = [b for b in (*lines, *page.rules) if b.width >= LONG * page.width]
    halves = _count(long, 0.0, middle), _count(long, middle, page.width)
    return page.folded(halves_of(page, middle)) if min(halves) >= FEWEST else page


def halves_of(page: Page, x: float) -> list[Box]:
    """What is left of `x` on a sheet, and what is right of it."""
    return [Box(0.0, 0.0, x, page.height), Box(x, 0.0, page.width, page.height)]


def _count(boxes: Sequence[Box], left: float, right: float) -> int:
    return sum(left <= box.middle[0] < right for box in boxes)
