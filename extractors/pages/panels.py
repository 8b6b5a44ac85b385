"""Boxes of colour beside the text, with figures or remarks of their own: what they say is read
behind it, and no line goes from one into the other."""

from collections.abc import Iterator, Sequence

from extractors.pages.lines import read_pieces
from extractors.pages.page import Box, Fill, Page

LINES = 3  # fewer beside one another, in the box or out of it, may be a row of a table
GAP = 4.0  # points between the box and the text beside it, at least
EDGE = 3.0  # points: boxes as near to one another are cells
LEVEL = 0.5  # share of the lines of the box that stand level with others, in a table
SAME_LINE = 1.0  # points between baselines of one line


def panels_apart(page: Page) -> Page:
    """`page` with each box of colour beside its text put below that."""
    if page.fold is not None:
        return page
    parts: list[Box] = []
    top = 0.0
    for panel, cut in _panels(page):
        if panel.top < top:
            continue
        band = Box(0.0, panel.top, page.width, panel.bottom)
        sides = [Box(0.0, band.top, cut, band.bottom), Box(cut, band.top, page.width, band.bottom)]
        if panel.middle[0] < cut:
            sides.reverse()
        parts += [Box(0.0, top, page.width, band.top), *sides]
        top = band.bottom
    if not parts:
        return page
    return page.folded([*parts, Box(0.0, top, page.width, page.height)])


def _panels(page: Page) -> Iterator[tuple[Box, float]]:
    """The boxes of colour, top to bottom, and where a page is to be cut between each and the text
    on one side of it."""
    fills = [fill for fill in page.fills if fill.visible]
    lines = [(p.box, p.baseline) for p in read_pieces(page)] if fills else []
    for fill in sorted(fills, key=lambda f: f.box.top):
        box = fill.box
        inside = [line for line in lines if box.holds(*line[0].middle)]
        beside = [
            line
            for line in lines
            if line[0].top < box.bottom and line[0].bottom > box.top and line not in inside
        ]
        if min(len(inside), len(beside)) < LINES or not _is_alone(fill, fills, page):
            continue
        level = sum(any(abs(y - other) < SAME_LINE for _, other in beside) for _, y in inside)
        if level >= LEVEL * len(inside):
            continue
        cut = _cut(box, [line for line, _ in beside])
        if cut is not None:
            yield _whole(box, [line for line, _ in (*inside, *beside)]), cut


def _cut(panel: Box, beside: Sequence[Box]) -> float | None:
    """Between `panel` and what stands beside it, all on one side; None where some does not."""
    right, left = max(box.x1 for box in beside), min(box.x0 for box in beside)
    if right + GAP <= panel.x0:
        return (right + panel.x0) / 2
    return (panel.x1 + left) / 2 if panel.x1 + GAP <= left else None


def _whole(panel: Box, lines: Sequence[Box]) -> Box:
    """The height that `panel` and the lines beside it take."""
    return Box(
        panel.x0, min(panel.top, *(b.top for b in lines)),
        panel.x1, max(panel.bottom, *(b.bottom for b in lines)),
    )  # fmt: skip


def _is_alone(fill: Fill, fills: Sequence[Fill], page: Page) -> bool:
    """Is `fill` no cell: none like it above or below, none touching it, and no rule across its
    sides?"""
    box = fill.box
    for other in (f.box for f in fills if f is not fill):
        column = abs(other.x0 - box.x0) <= EDGE and abs(other.x1 - box.x1) <= EDGE
        apart = (
            other.x1 < box.x0 - EDGE
            or other.x0 > box.x1 + EDGE
            or other.bottom < box.top - EDGE
            or other.top > box.bottom + EDGE
        )
        within = box.holds(other.x0, other.top, EDGE) and box.holds(other.x1, other.bottom, EDGE)
        around = other.holds(box.x0, box.top, EDGE) and other.holds(box.x1, box.bottom, EDGE)
        if column or not (apart or within or around):
            return False
    return not any(
        rule.width > rule.height
        and box.top < rule.middle[1] < box.bottom
        and (rule.x0 < box.x0 - EDGE < rule.x1 or rule.x0 < box.x1 + EDGE < rule.x1)
        for rule in page.rules
    )
