"""The cards of actions that no rule draws: a title with a number, below it questions on the left of
what they ask, and what is told across.

Action 1 – Bail glissant
Pilote          CCAS
Coût total      62 000 €
Part AMI        41 500 €
Douze baux glissants, ouverts avec le Département.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.grids.grid import Grid, GridCell, is_filled
from extractors.grids.pieces import (
    COLUMN_SPACE,
    LEADING,
    SAME_EDGE,
    Piece,
    is_figure,
    lines_of,
)
from extractors.grids.text_grid import ROWS
from extractors.numbering import is_heading
from extractors.pages.page import Box, Page, around, clusters, outside
from normalizers.references import split_reference

REACH = 3.0  # of the font size: a card holds no higher blank
SAME_TYPE = 0.6  # points between the sizes of the lines of a title
LONGEST_QUESTION = 6  # words

Lines = list[list[Piece]]


def card_grids(page: Page, taken: Sequence[Grid]) -> list[Grid]:
    """The cards of `page` outside the grids `taken`, a grid of two columns each."""
    lines = lines_of(outside(page.words, [g.box for g in taken]), COLUMN_SPACE)
    starts = [i for i, line in enumerate(lines) if _names_action(line)]
    folds = [top for top, _, _ in page.fold.parts] if page.fold else []
    cards = (
        _within(lines[start:end], [*folds, *(g.box.top for g in taken)])
        for start, end in pairwise([*starts, len(lines)])
    )
    return [grid for card in cards if (grid := _grid(page, card))]


def titles(lines: Sequence[Sequence[Piece]]) -> Iterator[str]:
    """What the last of `lines` says, with those above it in its type, close over one another."""
    text = ""
    for i in range(len(lines) - 1, -1, -1):
        if i + 1 < len(lines) and not _carries_title(lines[i], lines[i + 1]):
            return
        text = " ".join([*(piece.text for piece in lines[i]), text]).strip()
        yield text


def _names_action(line: Sequence[Piece]) -> bool:
    return split_reference(" ".join(piece.text for piece in line))[0] is not None


def _carries_title(line: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """Does `below` go on with the title on `line`?"""
    one, other = line[0], below[0]
    alike = one.bold == other.bold and abs(one.size - other.size) < SAME_TYPE
    return alike and 0 < other.baseline - one.baseline <= LEADING * one.size


def _within(lines: Lines, ends: Sequence[float]) -> Lines:
    """The first of `lines`, down to a high blank, to one of `ends` or the heading of a section."""
    card = lines[:1]
    for above, line in pairwise(lines):
        bottom, top = max(p.box.bottom for p in above), min(p.box.top for p in line)
        if top - bottom > REACH * line[0].size or any(bottom - 1 < y < top + 1 for y in ends):
            break
        if all(p.bold for p in line) and is_heading(" ".join(p.text for p in line)):
            break
        card.append(line)
    return card


def _grid(page: Page, lines: Lines) -> Grid | None:
    """The card that `lines` make; None where too few of them ask, or what they tell is not set in
    one column."""
    deep = 1
    while (
        deep < len(lines) and len(lines[deep]) == 1 and _carries_title(*lines[deep - 1 : deep + 1])
    ):
        deep += 1
    body = lines[deep:]
    pairs = [line for line in body if len(line) == 2]
    asking = max(clusters(pairs, lambda line: line[0].box.x0, SAME_EDGE), key=len, default=[])
    columns = clusters(asking, lambda line: line[1].box.x0, SAME_EDGE)
    if (
        len(asking) < ROWS
        or len(columns) > 1
        or not any(is_figure(line[1].text) or "€" in line[1].text for line in asking)
    ):
        return None
    start = min(line[1].box.x0 for line in asking)
    if any(len(line[0].text.split()) > LONGEST_QUESTION for line in asking):
        return None
    rows = [(lines[:deep], True)]  # the lines of each, and do they stand across?
    for line in body:
        beside = line[0].box.x0 >= start - SAME_EDGE
        last, across = rows[-1]
        near = line[0].baseline - last[-1][0].baseline <= LEADING * line[0].size
        told = across and len(rows) > 1 and line not in asking
        if (beside and not across) or (near and told):
            last.append(line)
        else:
            rows.append(([line], line not in asking))
    return _filled(page, rows, start - SAME_EDGE)


def _filled(page: Page, rows: Sequence[tuple[Lines, bool]], border: float) -> Grid:
    """The grid of `rows`, each across both columns or parted at `border`."""
    boxes = [around([p.box for line in lines for p in line]) for lines, _ in rows]
    hull = around(boxes)
    xs = (hull.x0 - 1, border, max(hull.x1, border) + 1)
    ys = [hull.top - 1]
    ys += [max((a.bottom + b.top) / 2, ys[-1] + 1) for a, b in pairwise(boxes)]
    ys.append(hull.bottom + 1)
    cells = []
    for r, (lines, across) in enumerate(rows):
        words = [w for line in lines for p in line for w in p.words]
        for start, end in [(0, 2)] if across else [(0, 1), (1, 2)]:
            own = tuple(w for w in words if across or bisect_right(xs, w.box.x0) == start + 1)
            box = Box(xs[start], ys[r], xs[end], ys[r + 1])
            cells.append(GridCell(r, r + 1, start, end, box, own, is_filled(page, box)))
    return Grid(page.number, xs, tuple(ys), tuple(cells), ruled=False, drawn=False)
