"""What blanks say of a table: where columns part, which lines make a row, where prose stands.

A *piece* is a run of words with no wide blank in it; a *block* is the pieces of one cell, one
below the other. Lengths are in points unless said to be shares of the font size.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from extractors.grid import clusters
from extractors.page import Box, Word, around, outside

WORD_SPACE = 0.37  # of the font size: a wider blank stands between columns, or justified words
COLUMN_SPACE = 1.0  # of the font size: a wider blank parts columns, hardly ever justified words
FIGURE_SPACE = 0.15  # of the font size: a wider blank between two whole figures parts columns
STRIP = 0.2  # of the font size: the narrowest blank strip between columns
SAME_LINE = 3.0  # points between the baselines of one line
SAME_EDGE = 3.0  # points between texts that are aligned
ALIGNED = 0.7  # share of a column's texts that are aligned
ALIKE = 1.0  # points between texts that are set at one place
INDENT = 12.0  # points, at most, of a label under another
LEADING = 1.5  # of the font size: lines further apart are not of one block
WIDER = 1.08  # of the narrowest line distance: a wider one parts rows
OVERLAP = 0.35  # of the lower of two blocks: more makes them of one row
SIDE_LINES = 4  # fewer lines stand beside nothing
LEVEL = 0.55  # share of the lines on one side that are level with some on the other, in a table
LEVEL_REACH = 0.7  # points
REACH = 2.4  # of the font size: a wider blank parts tables
PROSE_LINES = 3  # a block with as many full lines may be prose
PROSE_WIDTH = 13.0  # of the font size: narrower lines are no prose
PROSE_FULL = 0.8  # of a block's width: what a line of prose fills
WIDE = 0.6  # of the text's width: a wider lone line is prose
SENTENCE = 8  # words on a line of prose as wide as the page's text

FIGURE = re.compile(
    r"[(\[+<>~≈±−–—$€£-]*\s?\d[\d\s.,'’/:]*\)?\s?(?:%|[€$£]|k€|M€)?[)\]*†]*\d?|[–—…·.-]{1,3}|n\.?[ac]\.?|n\.?d\.?",
    re.IGNORECASE,
)
THOUSANDS = re.compile(r"\d{3}(?:\D.*)?")
CUT_NUMBER = re.compile(r"\d{1,3} 0\d\d")  # by the end of a line
PAIR = re.compile(r"\d\d")  # of a telephone number
GROUPS = re.compile(r"\d{1,3}(?:\s\d{3})*")
LEADER = re.compile(r"[.…·_]{4,}|(?:[.…·] ){3,}")
NUMBERING = re.compile(r"[•▪●◦■➔→✓‣⁃*–-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)°]{0,2}")


@dataclass(frozen=True)
class Piece:
    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        return around([w.box for w in self.words])

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def baseline(self) -> float:
        return self.words[0].baseline

    @cached_property
    def size(self) -> float:
        return max(w.size for w in self.words)

    @cached_property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)


@dataclass(slots=True)
class Block:
    """The text of one cell, in columns `start` to `end` (excluded)."""

    start: int
    end: int
    pieces: list[Piece]

    @property
    def box(self) -> Box:
        return around([p.box for p in self.pieces])

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for p in self.pieces for w in p.words)


@dataclass(slots=True)
class BlockRow:
    blocks: list[Block] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return around([b.box for b in self.blocks])

    def takes(self, block: Block) -> bool:
        """Does `block` stand beside the blocks of this row, in columns of its own?"""
        if any(b.start < block.end and block.start < b.end for b in self.blocks):
            return False
        one, other = self.box, block.box
        common = min(one.bottom, other.bottom) - max(one.top, other.top)
        return common > OVERLAP * min(one.height, other.height)


def is_figure(text: str) -> bool:
    return FIGURE.fullmatch(text) is not None


def lines_of(words: Sequence[Word], space: float) -> list[list[Piece]]:
    """The lines of `words`, top to bottom, each parted where a blank is wider than `space`, of the
    font size, or stands between two whole figures."""
    lines = []
    for group in clusters(words, lambda w: w.baseline, SAME_LINE):
        group.sort(key=lambda w: w.box.x0)
        pieces = [[group[0]]]
        for last, word in pairwise(group):
            blank = (word.box.x0 - last.box.x1) / max(last.size, word.size)
            if blank > space or (blank > FIGURE_SPACE and _are_two_figures(last, word)):
                pieces.append([])
            pieces[-1].append(word)
        lines.append([Piece(tuple(p)) for p in pieces])
    return lines


def _are_two_figures(left: Word, right: Word) -> bool:
    if not (is_figure(left.text) and is_figure(right.text)):
        return False
    digits = left.text[-1:].isdigit() and right.text[:1].isdigit()
    thousands = THOUSANDS.fullmatch(right.text) and re.fullmatch(r"\D*\d{1,3}", left.text)
    phone = PAIR.fullmatch(left.text) and PAIR.fullmatch(right.text)
    return digits and not (thousands or phone) and (len(left.text) > 1 or len(right.text) > 1)


def with_near_cells(lines: Sequence[list[Piece]]) -> list[list[Piece]]:
    """`lines`, parted as well where a figure and a text beside it are printed apart, and the latter
    begins where the texts of other lines do: 5 000,00 € | convention signée."""
    starts = [piece.box.x0 for line in lines for piece in line]
    return [[part for piece in line for part in _near_cells(piece, starts)] for line in lines]


def _near_cells(piece: Piece, starts: Sequence[float]) -> Iterator[Piece]:
    cell = [piece.words[0]]
    for word in piece.words[1:]:
        aligned = sum(abs(x - word.box.x0) < ALIKE for x in starts) > 1
        if aligned and _are_apart(cell, word):
            yield Piece(tuple(cell))
            cell = []
        cell.append(word)
    yield Piece(tuple(cell))


def _are_apart(left: Sequence[Word], right: Word) -> bool:
    """Are a figure, which numbers no paragraph, and a word printed apart?"""
    if right.run is None or right.run == left[-1].run or left[-1].text.endswith((".", ")")):
        return False
    text = " ".join(w.text for w in left)
    return is_figure(text) != is_figure(right.text) and not is_figure(f"{text} {right.text}")


# --- where tables may stand ----------------------------------------------------------------------


def regions(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each area where lines in several pieces follow one another, prose left out."""
    return [
        [w for line in part for p in line for w in p.words]
        for area in _areas(_without_prose(words))
        for part in _parted(area)
    ]


def _areas(words: Sequence[Word]) -> Iterator[list[list[Piece]]]:
    """Lines near one another; what stands side by side without being level is parted."""
    areas: list[list[list[Piece]]] = []
    for line in lines_of(words, COLUMN_SPACE):
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
    rest = all(any(_are_aligned(piece, p) for p in part[-1]) for piece in lone)
    if rest and all(pitch <= LEADING * lone[0].size for pitch in pitches):
        return True
    above = [p for row in part for p in row]
    heads = max(part, key=len)
    shared = sum(
        any(_are_aligned(p, q) for q in above) or _is_under_one(p, heads) for p in line[1:]
    )
    if 2 * shared < len(line) - 1:
        return False
    right = max(p.box.x1 for row in part for p in row)
    left = min(p.box.x0 for row in part for p in row)
    bottom, top = max(p.box.bottom for p in part[-1]), min(p.box.top for p in line)
    return all(
        (left - SAME_EDGE <= p.box.x0 and p.box.x1 <= right + SAME_EDGE)
        or p.box.top < bottom
        or p.box.bottom > top
        for p in lone
    )


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
            fits = _carries_on(above[-1], piece, right)
        if piece.box.x1 > end or not fits:
            break
        result.append([piece])
    return result


def _without_prose(words: Sequence[Word]) -> list[Word]:
    """`words` without the running text, of the whole page's width or of a column's."""
    lines = lines_of(words, COLUMN_SPACE)
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
    return outside(words, _bands(prose), slack=1.0)


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


# --- columns -------------------------------------------------------------------------------------


def column_borders(lines: Sequence[Sequence[Piece]], area: Box) -> list[float]:
    """Borders of the columns: in each strip that hardly a line crosses, where the fewest do."""
    rows = [line for line in lines if len(line) > 1] or list(lines)
    size = sorted(p.size for line in rows for p in line)[len(rows) // 2]
    spans = [(p.box.x0, p.box.x1) for line in rows for p in line]
    allowed = 0 if len(rows) < 4 else max(1, len(rows) // 8)
    edges = sorted({x for span in spans for x in span})
    crossed = [(a, b, sum(x0 < (a + b) / 2 < x1 for x0, x1 in spans)) for a, b in pairwise(edges)]
    crossed = _with_sparse_columns(crossed, spans, allowed)
    borders = [area.x0]
    valley: list[tuple[float, float, int]] = []
    for strip in (*crossed, (area.x1, area.x1, len(spans) + 1)):
        if strip[2] <= allowed:
            valley.append(strip)
            continue
        if valley:
            least = min(c for *_, c in valley)
            bottom = _runs([s for s in valley if s[2] == least])
            widest = max(
                bottom, key=lambda r: (-_is_beyond_head(r, borders[-1], rows[0]), r[1] - r[0])
            )
            if valley[-1][1] - valley[0][0] >= STRIP * size and widest[0] > edges[0]:
                borders.append(_before_figures(widest, rows))
        valley = []
    return _between_texts(_peopled([*borders, area.x1], rows), rows)


def _before_figures(strip: tuple[float, float], lines: Sequence[Sequence[Piece]]) -> float:
    """The middle of `strip`, or of the blank in it that parts a text of `lines`, below the first,
    from a figure nearer than columns mostly are."""
    left, right = strip
    blanks = [
        (last.box.x1, word.box.x0)
        for line in lines[1:]
        for piece in line
        for last, word in pairwise(piece.words)
        if left < word.box.x0 and last.box.x1 < right
        if is_figure(word.text) and not is_figure(last.text)
    ]
    left, right = max(blanks, key=lambda blank: blank[0], default=strip)
    return (left + right) / 2


def _is_beyond_head(run: tuple[float, float], left: float, head: Sequence[Piece]) -> bool:
    """Would a border in `run` leave two heads over the column that starts at `left`?"""
    over = [p.box for p in head if left <= p.box.middle[0] < run[0]]
    return any(b.x0 - a.x1 > COLUMN_SPACE * head[0].size for a, b in pairwise(over))


def _with_sparse_columns(
    strips: Sequence[tuple[float, float, int]], spans: Sequence[tuple[float, float]], allowed: int
) -> list[tuple[float, float, int]]:
    """`strips`, those closed where several texts stand that hardly cross a blank but lie whole
    within: a column of a few short texts beside others of many lines."""
    blanks = _runs([s for s in strips if s[2] <= allowed])
    inner = [(x0, x1) for x0, x1 in spans if any(a <= x0 and x1 <= b for a, b in blanks)]
    return [
        (a, b, n + allowed if sum(x0 < (a + b) / 2 < x1 for x0, x1 in inner) > 1 else n)
        for a, b, n in strips
    ]


def _runs(strips: Sequence[tuple[float, float, int]]) -> list[tuple[float, float]]:
    """Strips that touch, joined."""
    runs: list[tuple[float, float]] = []
    for a, b, _ in strips:
        if runs and a <= runs[-1][1]:
            runs[-1] = runs[-1][0], b
        else:
            runs.append((a, b))
    return runs


def _between_texts(borders: Sequence[float], lines: Sequence[Sequence[Piece]]) -> list[float]:
    """`borders` without those in blanks between words of justified text."""
    kept = list(borders[:1])
    for border, right in pairwise(borders[1:]):
        if not _is_within_text(kept[-1], border, right, lines):
            kept.append(border)
    return [*kept, borders[-1]]


def _is_within_text(
    left: float, border: float, right: float, lines: Sequence[Sequence[Piece]]
) -> bool:
    """Do all texts between `border` and `right` follow one between `left` and `border` on the same
    line, few of them figures, few at one place; or not all, where none of them is a head?"""
    texts: list[list[Word]] = []
    headed = True
    for i, line in enumerate(lines):
        words = [w for piece in line for w in piece.words]
        after = [w for w in words if border <= w.box.middle[0] < right]
        if after and not any(left <= w.box.middle[0] < border for w in words):
            return False
        if after:
            texts.append(after)
        elif not i:
            headed = False
    if 2 * sum(is_figure(" ".join(w.text for w in some)) for some in texts) > len(texts):
        return False
    boxes = [around([w.box for w in some]) for some in texts]
    starts, middles = ([b.x0 for b in boxes], [b.middle[0] for b in boxes])
    most = [max(map(len, clusters(of, float, SAME_EDGE)), default=0) for of in (starts, middles)]
    return max(most) < ALIGNED * len(texts) if headed else most[0] < len(texts)


def _peopled(borders: Sequence[float], lines: Sequence[Sequence[Piece]]) -> list[float]:
    """`borders` without those between a heading on one side and its column's texts on the other,
    or beside a column that one line alone enters."""
    kept = list(borders[:1])
    for border, right in pairwise(borders[1:]):
        before, after = (
            {i for i, line in enumerate(lines) if any(a <= p.box.middle[0] < b for p in line)}
            for a, b in ((kept[-1], border), (border, right))
        )
        lone = min(before, after, key=len)
        heads = len(lone) <= 2 and max(lone, default=0) <= 2
        if before and after and not (heads and before.isdisjoint(after)):
            kept.append(border)
    return [*kept, borders[-1]]


# --- rows ----------------------------------------------------------------------------------------


def block_rows(
    lines: Sequence[Sequence[Piece]], xs: Sequence[float], ys: Sequence[float] = ()
) -> list[BlockRow]:
    """The rows of a table with column borders `xs`: blocks that stand beside one another. No block
    goes over a rule at one of `ys`."""
    placed = [part for line in lines for part in _in_columns(line, xs)]
    blocks = _blocks(placed, xs, ys)
    rows: list[BlockRow] = []
    for block in sorted(blocks, key=lambda b: (b.box.top, b.start)):
        if rows and rows[-1].takes(block) and not _is_ruled_off(rows[-1], block, ys):
            rows[-1].blocks.append(block)
        else:
            rows.append(BlockRow([block]))
    _spread_head(rows, xs)
    return _with_lone_blocks(rows, _usual_distance(blocks), ys)


def _spread_head(rows: Sequence[BlockRow], xs: Sequence[float]) -> None:
    """Stretch the heads of the first row that stand over several columns of the second: each over
    the free columns beside it that bring its columns' middle nearer to its own."""
    if len(rows) < 2 or len(rows[0].blocks) < 2 or rows[0].blocks[0].start > 1:
        return
    spans = {b.start: (b.box.x0, b.box.x1) for b in rows[1].blocks if b.end == b.start + 1}
    taken = {c for b in rows[0].blocks for c in range(b.start, b.end)}
    for block in rows[0].blocks:
        if not block.start:
            continue
        free = [c for c in spans if c not in taken]
        best = block.start, block.end
        for start in range(block.start, 0, -1):
            if start < block.start and start not in free:
                break
            for end in range(block.end, len(xs)):
                if end > block.end and end - 1 not in free:
                    break
                if _off_middle(block, start, end, spans) < _off_middle(block, *best, spans) - 2:
                    best = start, end
        block.start, block.end = best
        taken |= set(range(*best))


def _off_middle(block: Block, start: int, end: int, spans: dict[int, tuple[float, float]]) -> float:
    """How far the middle of `block` stands from that of the columns from `start` to `end`."""
    known = [spans[c] for c in range(start, end) if c in spans]
    if not known:
        return float("inf")
    return abs(block.box.middle[0] - (known[0][0] + known[-1][1]) / 2)


def _with_lone_blocks(
    rows: Sequence[BlockRow], usual: float, ys: Sequence[float]
) -> list[BlockRow]:
    """`rows`, each with the texts right under its own: more paragraphs of them, when nothing
    stands in the first column."""
    result: list[BlockRow] = []
    for row in rows:
        above = [_right_above(b, result[-1], usual) if result else None for b in row.blocks]
        alone = row.blocks[0].start > 0 and all(b.start for b in row.blocks)
        if alone and all(above) and not _is_ruled_off(result[-1], row.blocks[0], ys):
            for upper, block in zip(above, row.blocks, strict=True):
                if upper:
                    upper.pieces.extend(block.pieces)
        else:
            result.append(row)
    return result


def _right_above(block: Block, row: BlockRow, usual: float) -> Block | None:
    """The text of `row` that `block` stands right under, as lines of one cell do."""
    for other in row.blocks:
        distance = block.pieces[0].baseline - other.pieces[-1].baseline
        if other.start == block.start and not _are_rows(other.pieces[-1], block.pieces[0]):
            return other if distance <= WIDER * usual else None
    return None


def _usual_distance(blocks: Sequence[Block]) -> float:
    """The distance of the lines in a block; 0 when each has one line only."""
    distances = [b.baseline - a.baseline for block in blocks for a, b in pairwise(block.pieces)]
    return sorted(distances)[len(distances) // 2] if distances else 0.0


def _is_ruled_off(row: BlockRow, block: Block, ys: Sequence[float]) -> bool:
    one, other = sorted((row.box.middle[1], block.box.middle[1]))
    return any(one < y < other for y in ys)


def _in_columns(line: Sequence[Piece], xs: Sequence[float]) -> list[Block]:
    """The text of `line` column by column; a piece is parted where a border stands in a blank."""
    result: list[Block] = []
    for piece in line:
        words = [[piece.words[0]]]
        for last, word in pairwise(piece.words):
            if any(last.box.x1 - 0.5 <= x <= word.box.x0 + 0.5 for x in xs[1:-1]):
                words.append([])
            words[-1].append(word)
        if len(line) == 1:  # a title over the table
            words = [list(piece.words)]
        for some in words:
            part = Piece(tuple(some))
            start = max(bisect_right(xs, part.box.x0 + 1.5) - 1, 0)
            end = max(min(bisect_right(xs, part.box.x1 - 1.5), len(xs) - 1), start + 1)
            if result and (result[-1].start, result[-1].end) == (start, end):
                result[-1].pieces = [Piece((*result[-1].words, *part.words))]
            else:
                result.append(Block(start, end, [part]))
    return result


def _blocks(placed: Sequence[Block], xs: Sequence[float], ys: Sequence[float]) -> list[Block]:
    """The blocks that single pieces make, column by column."""
    by_column: dict[tuple[int, int], list[Block]] = {}
    for block in placed:
        by_column.setdefault((block.start, block.end), []).append(block)
    breaks = [*_figure_breaks(by_column.values()), *((y, y) for y in ys)]
    distances = sorted(
        d
        for column in by_column.values()
        for a, b in pairwise(column)
        if (d := b.pieces[0].baseline - a.pieces[0].baseline) > 0.8 * a.pieces[0].size
    )
    usual = distances[0] if distances else 0.0
    figures = [block for block in placed if is_figure(block.pieces[0].text)]
    result: list[Block] = []
    for column in by_column.values():
        column.sort(key=lambda b: b.pieces[0].baseline)
        right = max(b.box.x1 for b in column)
        joined = [Block(column[0].start, column[0].end, list(column[0].pieces))]
        for block in column[1:]:
            above, piece = joined[-1].pieces[-1], block.pieces[0]
            near = piece.baseline - above.baseline <= WIDER * usual
            if (
                near
                and _carries_on(above, piece, right, block.start == 0)
                and not _is_taken(above, piece, figures)
            ):
                joined[-1].pieces.append(piece)
            else:
                joined.append(Block(block.start, block.end, list(block.pieces)))
        result.extend(part for block in joined for part in _cut(block, breaks))
    return result


def _is_taken(above: Piece, piece: Piece, figures: Sequence[Block]) -> bool:
    """Does another column start anew on the lines of both, with `figures`?"""
    over, under = ({b.start for b in figures if _is_beside(b, p)} for p in (above, piece))
    return bool(over & under)


def _is_beside(block: Block, piece: Piece) -> bool:
    other = block.pieces[0]
    return other is not piece and abs(other.baseline - piece.baseline) <= SAME_LINE


def _figure_breaks(columns: Iterable[Sequence[Block]]) -> Iterator[tuple[float, float]]:
    """Pairs of baselines of figures, one right below the other: a row ends between them."""
    for column in columns:
        for a, b in pairwise(sorted(column, key=lambda b: b.pieces[0].baseline)):
            one, other = a.pieces[0], b.pieces[0]
            if is_figure(one.text) and _are_rows(one, other):
                yield one.baseline, other.baseline


def _are_rows(above: Piece, piece: Piece) -> bool:
    """Is `above` a figure, and `piece` not the rest of it, cut between its thousands?"""
    if not is_figure(above.text):
        return False
    rest = GROUPS.fullmatch(above.text) and THOUSANDS.fullmatch(piece.text)
    return is_figure(piece.text) and not rest


def _carries_on(above: Piece, piece: Piece, right: float, labels: bool = False) -> bool:
    """Does `piece` go on with the text of `above`, whose column's texts end at `right`? It may be a
    figure only in a column of `labels`."""
    if piece.baseline - above.baseline > LEADING * piece.size:
        return False
    if abs(above.size - piece.size) > 0.6 or above.bold != piece.bold:
        return False
    if CUT_NUMBER.fullmatch(f"{above.words[-1].text} {piece.words[0].text}"):
        return True
    if is_figure(above.text):
        return is_figure(piece.text) and not _are_rows(above, piece)
    if is_figure(piece.text) and not labels:
        return False
    first = piece.words[0]
    if above.text.endswith("-") or first.text[:1].islower() or first.text[:1] in "(,;.)»":
        return True
    return above.box.x1 + first.box.width + 0.25 * first.size > right


def _cut(block: Block, breaks: Sequence[tuple[float, float]]) -> Iterator[Block]:
    """`block`, cut where a row ends: at its widest blank there, else above the line that is level
    with the next row's."""
    pieces = block.pieces
    cuts = set()
    for above, below in breaks:
        if above == below:  # a rule
            cuts |= {
                i
                for i in range(1, len(pieces))
                if pieces[i - 1].baseline < above < pieces[i].baseline
            }
            continue
        inner = [
            i
            for i in range(1, len(pieces))
            if pieces[i - 1].baseline >= above - SAME_LINE
            and pieces[i].baseline <= below + SAME_LINE
        ]
        spans = pieces[0].baseline <= above + SAME_LINE and pieces[-1].baseline >= below - SAME_LINE
        if inner and spans and not cuts & set(inner):
            blanks = {i: pieces[i].baseline - pieces[i - 1].baseline for i in inner}
            widest = max(blanks.values())
            wide = [i for i in inner if blanks[i] > widest - 0.4]
            cuts.add(wide[-1])
    for start, end in pairwise([0, *sorted(cuts), len(pieces)]):
        yield Block(block.start, block.end, pieces[start:end])
