"""Where tables without rules may stand: lines in several pieces that follow one another, no prose.

Lengths are in points unless said to be shares of the font size.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.grids.pieces import (
    COLUMN_SPACE,
    LEADING,
    PIECES,
    SAME_EDGE,
    Piece,
    carries_on,
    is_figure,
    lines_of,
    with_justified,
)
from extractors.pages.page import Box, Word, around, outside

INDENT = 12.0  # points, at most, of a label under another
SIDE_LINES = 4  # fewer lines stand beside nothing
LEVEL = 0.55  # share of the lines on one side that are level with some on the other, in a table
LEVEL_REACH = 0.7  # points
REACH = 2.4  # of the font size: a wider blank parts tables
PROSE_LINES = 3  # a block with as many full lines may be prose
PROSE_WIDTH = 13.0  # of the font size: narrower lines are no prose
PROSE_FULL = 0.8  # of a block's width: what a line of prose fills
WIDE = 0.6  # of the text's width: a wider lone line is prose
SENTENCE = 8  # words on a line of prose as wide as the page's text


def regions(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each area where lines in several pieces follow one another, prose left out
    unless it stands beside them."""
    prose = _prose(words)
    rest = outside(words, prose, slack=1.0)
    return [
        [*part, *_beside(part, prose, words)]
        for area in _areas(rest)
        for lines in _parted(area)
        for part in [[w for line in lines for p in line for w in p.words]]
    ]


def _beside(part: Sequence[Word], prose: Sequence[Box], words: Sequence[Word]) -> list[Word]:
    """The text of `prose` among the columns of `part`: long cells of it."""
    hull = around([w.box for w in part])
    among = [
        box
        for box in prose
        if hull.holds(*box.middle)
        and hull.x0 - SAME_EDGE <= box.x0
        and box.x1 <= hull.x1 + SAME_EDGE
        and box.width <= WIDE * hull.width
    ]
    taken = set(map(id, part))
    return [
        w
        for w in words
        if id(w) not in taken and any(box.holds(*w.box.middle, slack=1.0) for box in among)
    ]


def _areas(words: Sequence[Word]) -> Iterator[list[list[Piece]]]:
    """Lines near one another; what stands side by side without being level is parted."""
    areas: list[list[list[Piece]]] = []
    for line in with_justified(lines_of(words, COLUMN_SPACE)):
        last = areas[-1][-1] if areas else line
        blank = min(p.box.top for p in line) - max(p.box.bottom for p in last)
        if not areas or blank > REACH * max(p.size for p in line):
            areas.append([])
        areas[-1].append(line)
    for area in areas:
        sides = _sides(_trimmed(area))
        if sides is None:
            yield area
        else:
            for side in sides:
                yield from _areas([w for p in side for w in p.words])


def _trimmed(area: Sequence[list[Piece]]) -> list[list[Piece]]:
    """`area` from its first line in several pieces to the last."""
    several = [i for i, line in enumerate(area) if len(line) > 1]
    return list(area[several[0] : several[-1] + 1]) if several else []


def _sides(area: Sequence[Sequence[Piece]]) -> tuple[list[Piece], list[Piece]] | None:
    """The pieces left and right of a blank strip down `area` whose lines are not level."""
    pieces = sorted((p for line in area for p in line), key=lambda p: p.box.x0)
    right = 0.0
    for i, piece in enumerate(pieces):
        one, other = pieces[:i], pieces[i:]
        apart = min(len(one), len(other)) >= SIDE_LINES and piece.box.x0 - right > piece.size
        if apart and max(_level_share(one, other), _level_share(other, one)) < LEVEL:
            return one, other
        right = max(right, piece.box.x1)
    return None


def _level_share(pieces: Sequence[Piece], others: Sequence[Piece]) -> float:
    """Share of `pieces` that stand on a line of `others`, or whose text stands at the middle of
    one of theirs."""
    lines = [p.baseline for p in others]
    middles = [around([p.box for p in s]).middle[1] for s in _stacked(_downwards(others))]
    level = 0
    for stack in _stacked(_downwards(pieces)):
        middle = around([p.box for p in stack]).middle[1]
        if any(abs(middle - y) < LEVEL_REACH for y in middles):
            level += len(stack)
        else:
            level += sum(any(abs(p.baseline - y) < LEVEL_REACH for y in lines) for p in stack)
    return level / len(pieces)


def _downwards(pieces: Sequence[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda p: (p.baseline, p.box.x0))


def _parted(area: Sequence[list[Piece]]) -> Iterator[list[list[Piece]]]:
    """The parts of `area` from a line in several pieces to the last such line, parted where lone
    lines cross the columns on both sides, and with the lines that end the last cell."""
    part: list[list[Piece]] = []
    alone: list[list[Piece]] = []
    for line in area:
        if len(line) > 1:
            if part and alone and not _are_within(alone, part, line):
                yield _ended(part, alone)
                part, alone = [], []
            part += [*(alone if part else _heading(alone, line)), line]
            alone = []
        else:
            alone.append(line)
    if part:
        yield _ended(part, alone)


def _heading(alone: Sequence[list[Piece]], line: Sequence[Piece]) -> list[list[Piece]]:
    """A lone line right above the columns after the first: the head of them all."""
    if not alone:
        return []
    (piece,) = alone[-1]
    if len(alone) > 1 and piece.baseline - alone[-2][0].baseline < LEADING * piece.size:
        return []
    near = line[0].box.top - piece.box.bottom < LEADING * piece.size
    return [alone[-1]] if near and piece.box.x0 > line[0].box.x1 + piece.size else []


def _are_within(
    alone: Sequence[list[Piece]], part: Sequence[list[Piece]], line: Sequence[Piece]
) -> bool:
    """Are lone lines between two rows those of one table: the rest of a cell above, labels or
    titles over its rows?"""
    lone = [piece for (piece,) in alone]
    pitches = (b.baseline - a.baseline for a, b in pairwise([part[-1][0], *lone]))
    if all(_has_above(piece, part) for piece in lone) and all(
        pitch <= LEADING * lone[0].size for pitch in pitches
    ):
        return True
    above = [p for row in part for p in row]
    heads = _heads(part)
    shared = sum(
        any(_are_aligned(p, q) for q in above) or _is_under_one(p, heads) for p in line[1:]
    )
    headed = sum(any(_are_aligned(p, head) for p in line) for head in heads[1:])
    if 2 * shared < len(line) - 1 and (len(heads) < PIECES or 2 * headed < len(heads) - 1):
        return False
    right = max(p.box.x1 for row in (*part, line) for p in row)
    left = min(p.box.x0 for row in (*part, line) for p in row)
    bottom, top = max(p.box.bottom for p in part[-1]), min(p.box.top for p in line)
    return all(
        (left - SAME_EDGE <= p.box.x0 and p.box.x1 <= right + SAME_EDGE)
        or p.box.top < bottom
        or p.box.bottom > top
        for p in lone
    )


def _has_above(piece: Piece, part: Sequence[list[Piece]]) -> bool:
    """Is `piece` aligned with one of the last row of `part`, whose cells may end on several lines;
    or, beyond the first column, with the one head that it stands under?"""
    last = part[-1][0].baseline - LEADING * piece.size
    row = [p for line in part for p in line if p.baseline > last]
    if any(_are_aligned(piece, p) for p in row):
        return True
    heads = _heads(part)
    over = [p for p in heads if p.box.x0 < piece.box.x1 and piece.box.x0 < p.box.x1]
    return len(over) == 1 and over[0] is not heads[0] and _are_aligned(piece, over[0])


def _heads(part: Sequence[list[Piece]]) -> list[Piece]:
    return max(part, key=len)


def _is_under_one(piece: Piece, others: Sequence[Piece]) -> bool:
    return sum(p.box.x0 < piece.box.x1 and piece.box.x0 < p.box.x1 for p in others) == 1


def _ended(part: list[list[Piece]], alone: Sequence[list[Piece]]) -> list[list[Piece]]:
    """`part` with the lines right under it that carry on a cell of its last row: its sentence, or,
    beyond the first column, where no prose starts, another paragraph."""
    result = list(part)
    left = min(p.box.x0 for row in part for p in row)
    for (piece,) in alone:
        pieces = [p for row in result for p in row]
        column = [p for p in pieces if abs(p.box.x0 - piece.box.x0) < INDENT]
        above = [p for p in column if any(p is q for row in result[-2:] for q in row)]
        if not above:
            break
        right = max(p.box.x1 for p in column)
        if piece.box.x0 > left + INDENT:
            end = min((p.box.x0 for p in pieces if p.box.x0 > right), default=right + SAME_EDGE)
            fits = piece.baseline - above[-1].baseline <= LEADING * piece.size
        else:
            end = right + SAME_EDGE
            fits = carries_on(above[-1], piece, right)
        if piece.box.x1 > end or not fits:
            break
        result.append([piece])
    return result


def _prose(words: Sequence[Word]) -> list[Box]:
    """Where the running text stands, of the whole page's width or of a column's."""
    lines = with_justified(lines_of(words, COLUMN_SPACE))
    if not lines:
        return []
    width = max(w.box.x1 for w in words) - min(w.box.x0 for w in words)
    pieces = [p for line in lines for p in line]
    stacks = _stacked(pieces)
    prose = [
        around([p.box for p in stack])
        for stack in stacks
        if _is_prose(stack) and not _is_cell(stack, pieces, stacks)
    ]
    prose += [
        p.box
        for line in lines
        if len(line) == 1
        for p in line
        if p.box.width > WIDE * width and len(p.words) >= SENTENCE and not _is_listing(p)
    ]
    return _bands(prose)


def _is_listing(piece: Piece) -> bool:
    return 2 * sum(is_figure(w.text) for w in piece.words) > len(piece.words)


def _stacked(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that start one below the other, at the distance of lines."""
    stacks: list[list[Piece]] = []
    for piece in pieces:
        for stack in reversed(stacks):
            last = stack[-1]
            if not 0.5 * piece.size < piece.baseline - last.baseline <= LEADING * piece.size:
                continue
            indent = last.box.x0 - piece.box.x0 if len(stack) == 1 else 0.0
            same = _are_aligned(piece, last) or 0 < indent < 3 * piece.size
            if same and abs(piece.size - last.size) < 1:
                stack.append(piece)
                break
        else:
            stacks.append([piece])
    return stacks


def _are_aligned(one: Piece, other: Piece) -> bool:
    a, b = one.box, other.box
    offsets = a.x0 - b.x0, a.x1 - b.x1, a.middle[0] - b.middle[0]
    return min(map(abs, offsets)) < SAME_EDGE


def _is_prose(stack: Sequence[Piece]) -> bool:
    width = max(p.box.width for p in stack)
    full = [p for p in stack[:-1] if p.box.width >= PROSE_FULL * width]
    words = [w.text for p in stack for w in p.words]
    letters = sum(t[0].isalpha() for t in words)
    return (
        len(stack) >= PROSE_LINES
        and width >= PROSE_WIDTH * stack[0].size
        and len(full) >= 0.8 * (len(stack) - 1)
        and len(words) >= 4 * len(stack)
        and letters > 0.6 * len(words)
    )


def _is_cell(
    stack: Sequence[Piece], pieces: Sequence[Piece], stacks: Sequence[Sequence[Piece]]
) -> bool:
    """Does `stack` stand in a row: beside it, each text starts or ends with it, or stands at its
    middle, and none follows another?"""
    box = around([p.box for p in stack])
    beside = [
        other
        for other in map(list, stacks)
        if other[0] is not stack[0]
        and any(box.top < p.box.middle[1] < box.bottom for p in other)
        and not box.x0 < other[0].box.middle[0] < box.x1
    ]
    if not beside:
        return False
    figures = {p.baseline for other in beside for p in other if is_figure(p.text)}
    if len(figures) > 1 and all(_is_level(y, stack) for y in figures):
        return True
    texts = [around([p.box for p in other]) for other in beside]
    level = [
        abs(b.top - box.top) < SAME_EDGE
        or abs(b.bottom - box.bottom) < SAME_EDGE
        or abs(b.middle[1] - box.middle[1]) < SAME_EDGE
        for b in texts
    ]
    followed = any(
        a is not b and a.x0 < b.x1 and b.x0 < a.x1 and a.bottom <= b.top + SAME_EDGE
        for a in texts
        for b in texts
    )
    lone = len(beside) == 1 and _is_prose(beside[0]) and len(stack) > PROSE_LINES
    return all(level) and not followed and not lone


def _is_level(baseline: float, stack: Sequence[Piece]) -> bool:
    """Does `baseline` stand on a line of `stack`, or at the middle of two?"""
    lines = [p.baseline for p in stack]
    middles = [(a + b) / 2 for a, b in pairwise(lines)]
    near = min(abs(baseline - y) for y in (*lines, *middles))
    return near < LEVEL_REACH or not lines[0] < baseline < lines[-1]


def _bands(prose: Sequence[Box]) -> list[Box]:
    """`prose`, paragraphs of one column joined with what stands between them."""
    bands: list[Box] = []
    for box in sorted(prose, key=lambda b: b.top):
        for i, band in enumerate(bands):
            same = abs(band.x0 - box.x0) < 30 and abs(band.x1 - box.x1) < 30
            if same and box.top - band.bottom < 8:
                bands[i] = around([band, box])
                break
        else:
            bands.append(box)
    return bands
