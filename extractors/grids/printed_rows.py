"""Columns and rows by the order of printing, where no rules part them: programs print the cells of
a row one after the other, each whole, line by line, then those of the next row.

What is not printed so is not read here. Lengths are in points unless said to be shares of the font
size.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise, takewhile
from math import inf
from statistics import median

from extractors.grids.block_rows import spread_head
from extractors.grids.pieces import (
    ALIKE,
    LEADING,
    MARKS,
    SAME_EDGE,
    SAME_LINE,
    Block,
    BlockRow,
    Piece,
    are_of_one_line,
    are_rows,
    is_figure,
    is_tall,
    same_line,
)
from extractors.grids.rules import merged_rules
from extractors.pages.page import Box, Page, Word, around, blank_between, clusters
from normalizers.actions.rows import is_total, names_part

WIDER = 1.08  # of the usual line distance: a wider one parts paragraphs
SAME_HEIGHT = 0.5  # points between the baselines of one line
RISES = 2  # as many texts that begin above the end of the one printed before prove the order
INDENT = 12.0  # points, at most, from where a cell's first line begins to where others do
PADDING = 6.0  # points, at most, from a border to the texts of its column
OVER = 0.3  # points by which texts of two columns may reach over one another
LOW = 0.9  # of its size: a level word without the room below its letters is lower
EDGE = 0.2  # of the height of a line: what stands nearer to its top does not cross it
FEW = 8  # one row in so many may have a text over several columns


@dataclass(frozen=True)
class Text:
    """What is printed in a cell: its lines, top to bottom."""

    pieces: tuple[Piece, ...]

    @cached_property
    def box(self) -> Box:
        return around([p.box for p in self.pieces])

    @property
    def text(self) -> str:
        return " ".join(p.text for p in self.pieces)

    @property
    def first(self) -> float:
        """The baseline of its first line."""
        return self.pieces[0].baseline

    @property
    def last(self) -> float:
        return self.pieces[-1].baseline

    def meets(self, other: "Text") -> bool:
        """Do both stand in one column?"""
        return self.box.x0 + OVER < other.box.x1 and other.box.x0 + OVER < self.box.x1

    def is_left_of(self, other: "Text") -> bool:
        return self.box.x1 <= other.box.x0 + OVER


Row = list[Text]
Span = tuple[float, float]  # from where to where texts stand


def printed_table(
    page: Page, words: Iterable[Word], area: Box, ys: Sequence[float], space: float
) -> tuple[list[float], list[BlockRow]] | None:
    """The borders of the columns in `area` of `page` and the rows of its `words`, none of which one
    of `ys` may cut; None where the order of printing does not show them. Blanks wider than `space`,
    of the font size, part texts."""
    rows = _rows(page, words, ys, space)
    if rows is None:
        return None
    columns = _headed(_columns(rows), rows)
    xs = [area.x0, *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), area.x1]
    placed = _placed(rows, xs)
    return (xs, placed) if placed else None


def printed_rows(
    page: Page, words: Iterable[Word], xs: Sequence[float], ys: Sequence[float], space: float
) -> list[BlockRow] | None:
    """As `printed_table`, where the columns between `xs` are known."""
    rows = _rows(page, words, ys, space, xs)
    return _placed(rows, xs) if rows else None


def _rows(
    page: Page,
    some: Iterable[Word],
    ys: Sequence[float],
    space: float,
    xs: Sequence[float] = (),
) -> list[Row] | None:
    order = {w.box: i for i, w in enumerate(page.words)}
    some = list(some)
    if not some or any(w.run is None or w.box not in order for w in some):
        return None
    words = sorted(some, key=lambda w: order[w.box])  # as printed
    low = _are_low(words)
    aside = [w for w in words if _is_aside(w, low)]
    beside = set(map(id, aside))
    level = [w for w in words if id(w) not in beside]
    if not level:
        return None
    texts = list(_apart(_texts(list(_cut_beside(_parts(level, space), xs)))))
    beside_next = [(a, b) for a, b in pairwise(texts) if a.is_left_of(b)]
    tall = sum(len(a.pieces) > 1 for a, _ in beside_next)
    rises = sum(b.first < a.last - same_line(a.pieces) for a, b in beside_next)
    if rises < max(RISES, tall / 2):
        return None
    rows = [
        part for i, row in enumerate(_parted(texts)) for part in (_levels(row) if not i else [row])
    ]
    rows = [part for row in rows for part in _titles_apart(row, ys)]
    grown: dict[int, Row] = {}
    for word in aside:
        if row := next((r for r in rows if max(t.last for t in r) > word.box.top), None):
            row.append(Text((Piece((word,)),)))
            grown[id(row)] = row
    for row in grown.values():
        row.sort(key=lambda text: text.box.x0)
    edges = [(y, _reach(page, y)) for y in ys]
    return None if any(_is_cut(row, y, reach) for row in rows for y, reach in edges) else rows


def _reach(page: Page, y: float) -> Span:
    """From where to where the rules at height `y` of `page` go; without ends where there are
    none, but an edge of colour."""
    rules = [rule for rule in merged_rules(page.rules)[0] if abs(rule.at - y) <= SAME_EDGE]
    return min((r.start for r in rules), default=-inf), max((r.end for r in rules), default=inf)


def _are_low(words: Sequence[Word]) -> bool:
    """Are the boxes of most of `words` as low as their letters, without room below these?"""
    return 2 * sum(map(_begins_at_edge, words)) > len(words)


def _begins_at_edge(word: Word) -> bool:
    return not word.box.top + OVER < word.baseline < word.box.bottom - OVER


def _is_aside(word: Word, low: bool) -> bool:
    """Does `word` stand on its side, to be printed in any order? Its letters begin at its foot or
    its top, those of a level one between them, unless boxes are `low`."""
    across = word.box.height if len(word.text) > 1 else max(word.box.width, word.box.height)
    level = not _begins_at_edge(word) or (low and across < LOW * word.size)
    return not level or is_tall(word)


def _titles_apart(row: Row, ys: Sequence[float]) -> list[Row]:
    """`row`, parted by `ys` where all its texts stand one below the other: titles over rows in
    another column than the first."""
    if not all(a.meets(b) for a, b in pairwise(row)):
        return [row]
    return [list(some) for _, some in groupby(row, lambda text: bisect_right(ys, text.first))]


def _is_cut(row: Row, y: float, reach: Span) -> bool:
    """Does `y` part those texts of `row` that stand within its `reach`, or cross them, but one that
    goes down beside the next row?"""
    row = [t for t in row if reach[0] <= t.box.middle[0] <= reach[1]]
    above, below = [t for t in row if t.last < y], [t for t in row if t.first > y]
    crossed = len(row) - len(above) - len(below)
    if above and below:
        line = below[0].pieces[0].box
        return crossed > 0 or len(below) > 1 or y < line.top + EDGE * line.height
    return crossed > (1 if above or below else 0)


def _parts(words: Sequence[Word], space: float) -> list[Piece]:
    """`words` printed one after the other along a line, near one another or stretched; a mark that
    ends a text is never alone."""
    parts = [[words[0]]]
    for last, word in pairwise(words):
        blank = blank_between(last, word)
        level = abs(word.baseline - last.baseline) <= SAME_HEIGHT
        near = -0.5 * word.size < blank <= space * max(last.size, word.size)
        goes_on = are_of_one_line(last, word) or MARKS.fullmatch(word.text)
        if not level or not (near or (blank > 0 and goes_on)):
            parts.append([])
        parts[-1].append(word)
    return [Piece(tuple(part)) for part in parts]


def _texts(parts: Sequence[Piece]) -> list[Text]:
    """The texts that lines make which are printed one below the other."""
    pitches = [(b.baseline - a.baseline) / b.size for a, b in pairwise(parts) if _is_below(a, b)]
    pitch = WIDER * (median(pitches) if pitches else LEADING)
    texts: list[list[Piece]] = []
    for part in parts:
        if texts and _goes_on(texts[-1], part, pitch):
            texts[-1].append(part)
        elif (
            len(texts) > 1
            and _is_swapped(texts[-2], texts[-1], part)
            and _goes_on(texts[-2], part, pitch)
        ):
            texts[-2].append(part)
            if abs(texts[-1][0].baseline - part.baseline) > SAME_LINE:
                texts[-2:] = texts[-1], texts[-2]
        else:
            texts.append([part])
    return [Text(tuple(text)) for text in texts]


def _goes_on(text: Sequence[Piece], part: Piece, pitch: float) -> bool:
    """Is `part` the next line of `text`, no further below than `pitch`, of the font size?"""
    distance = part.baseline - text[-1].baseline
    near = SAME_HEIGHT < distance <= pitch * part.size
    return near and Text((part,)).meets(Text(tuple(text)))


def _is_swapped(text: Sequence[Piece], last: Sequence[Piece], part: Piece) -> bool:
    """May `part` go on with `text`, though `last` comes between? Of heads printed one after the
    other on one line, the right one first, pdfium tells the left one first."""
    level = min(abs(last[0].baseline - p.baseline) for p in (text[-1], part)) <= SAME_LINE
    return len(last) == 1 and level and all(p.bold for p in (*text, *last, part))


def _cut_beside(parts: Sequence[Piece], xs: Sequence[float]) -> Iterator[Piece]:
    """`parts`, cut before words that are printed apart where the lines of a text, or several texts,
    begin, or beyond a figure and one of `xs`. Titles, alone on their lines and no lines of a text,
    may go over such places."""
    titles = {
        id(p) for last, p in pairwise(parts) if not _is_below(last, p) and _is_alone(p, parts)
    }
    inner = [
        ([*filter(_opens, p.words)], p.box.x0 + ALIKE, p.box.x1 - ALIKE)
        for p in parts
        if id(p) not in titles
    ]
    starts = [b.box.x0 for a, b in pairwise(parts) if _is_below(a, b)]
    firsts = [p.box.x0 for p in parts]
    firsts += [w.box.x0 for p in parts for w in p.words[1:] if _opens(w) and _is_beyond(w, xs)]
    starts += [g[0] for g in clusters(firsts, float, OVER) if len(g) > 1]
    columns = [x for x in set(starts) if _is_column(x, inner)]
    for part in parts:
        cells = [[part.words[0]]]
        for word in part.words[1:]:
            if any(_is_printed_at(word, x) for x in columns) or (
                _opens(word) and _is_parted(cells[-1], word, xs)
            ):
                cells.append([])
            cells[-1].append(word)
        found = [Piece(tuple(cell)) for cell in cells]
        whole = any(_is_across(p, starts) for p in found) or (
            len(found) > 1
            and (_is_across(part, starts) or names_part(part.text))
            and _is_alone(part, parts)
        )
        yield from [part] if whole else found


def _is_column(x: float, parts: Sequence[tuple[list[Word], float, float]]) -> bool:
    """Do hardly any of `parts`, each the words of it that open and where it stands within its
    edges, go on over `x`, a head over two columns, for those of which a word opens there?"""
    cut = [any(_is_printed_at(word, x) for word in words) for words, _, _ in parts]
    over = sum(x0 < x < x1 for (_, x0, x1), is_cut in zip(parts, cut, strict=True) if not is_cut)
    return over <= sum(cut) // FEW


def _is_beyond(word: Word, xs: Sequence[float]) -> bool:
    """Does `word` begin right beyond one of `xs`, as the texts of a column do?"""
    return any(x - ALIKE <= word.box.x0 <= x + PADDING for x in xs)


def _is_parted(cell: Sequence[Word], word: Word, xs: Sequence[float]) -> bool:
    """Is `cell` a figure, with one of `xs` between it and `word`?"""
    beyond = any(cell[-1].box.x1 - ALIKE <= x <= word.box.x0 + ALIKE for x in xs)
    return beyond and is_figure(" ".join(w.text for w in cell))


def _is_across(piece: Piece, starts: Sequence[float]) -> bool:
    """Does `piece` go over several places where texts begin, as a title over columns does?"""
    inside = [x for x in starts if piece.box.x0 + INDENT < x < piece.box.x1 - ALIKE]
    return bool(inside) and max(inside) - min(inside) > INDENT


def _is_alone(piece: Piece, parts: Sequence[Piece]) -> bool:
    """Does no other of `parts` stand on the line of `piece`?"""
    level = sum(abs(p.baseline - piece.baseline) <= SAME_HEIGHT for p in parts)
    return level == 1


def _is_below(above: Piece, piece: Piece) -> bool:
    pitch = piece.baseline - above.baseline
    return abs(above.box.x0 - piece.box.x0) <= ALIKE and 0 < pitch <= LEADING * piece.size


def _opens(word: Word) -> bool:
    """Is `word` the first of what is printed in one go? A letter may hang left of its place: J."""
    return word.run is not None and abs(word.run - word.box.x0) < ALIKE


def _is_printed_at(word: Word, x: float) -> bool:
    return word.run is not None and _opens(word) and abs(word.run - x) < OVER


def _apart(texts: Sequence[Text]) -> Iterator[Text]:
    """`texts`, those cut that reach over the next one printed: a title is the first of their
    lines."""
    for text, below in zip(texts, [*texts[1:], None], strict=True):
        over = [
            i
            for i, p in enumerate(text.pieces, 1)
            if below and p.baseline < below.first - 1 and p.box.x1 > below.box.x0 + ALIKE
        ]
        if below and over and Text(text.pieces[-1:]).is_left_of(below):
            yield Text(text.pieces[: over[-1]])
            yield Text(text.pieces[over[-1] :])
        else:
            yield text


def _parted(texts: Sequence[Text]) -> list[Row]:
    """`texts`, in their order, parted in rows: one below the other, but for a text that goes down
    beside the next rows."""
    below = [0.0] * len(texts)  # where the highest of the texts from here on begins
    lowest = float("inf")
    for i in range(len(texts) - 1, -1, -1):
        below[i] = lowest = min(lowest, texts[i].first)
    rows: list[Row] = [[texts[0]]]
    left = min(texts, key=lambda t: t.box.x0)
    for i, (last, text) in enumerate(pairwise(texts), 1):
        row = rows[-1]
        tall = [t for t in row if t.last >= below[i] - 1]
        if tall:
            beside = i + 1 < len(texts) and text.is_left_of(texts[i + 1])
            starts = text.is_left_of(last) and beside and 2 * len(tall) < len(row)
        else:
            figures = are_rows(last.pieces[-1], text.pieces[0])
            starts = figures or text.meets(left) or not text.meets(last)
        if starts:
            rows.append([])
        rows[-1].append(text)
    return rows


def _levels(row: Row) -> list[Row]:
    """The first row of a table, parted in its heads and those printed after them that stand under
    one of them."""
    under = (
        i for i, t in enumerate(row) if any(o.last < t.first - 1 and o.meets(t) for o in row[:i])
    )
    start = next(under, len(row))
    return [row[:start], row[start:]] if start < len(row) - 1 else [row]


def _columns(rows: Sequence[Row]) -> list[Span]:
    """From where to where the texts of each column stand, the names of totals aside."""
    wide = [row for row in rows if len(row) > 1]
    totals = [row[0] for row in wide if is_total([t.text for t in row])]
    texts = [t for row in wide for t in row if not any(t is total for total in totals)]
    allowed = max(1, len(wide) // FEW)
    for row, under in zip(wide, [*wide[1:], None], strict=True):
        for text in row if row is wide[0] else row[:1]:
            if any(text is total for total in totals):
                continue
            others = [t for t in texts if t is not text]
            parts = [c for c in _spans(others) if c[0] < text.box.x1 and text.box.x0 < c[1]]
            if len(parts) < 2:
                continue
            if row is wide[0]:
                headed = under and all(
                    any(t.box.x0 < x1 and x0 < t.box.x1 for t in under) for x0, x1 in parts
                )
            else:
                headed = allowed > 0
                allowed -= 1
            if headed:
                texts = others
    return _spans(texts)


def _headed(columns: Sequence[Span], rows: Sequence[Row]) -> list[Span]:
    """`columns`, those joined of which one is a mere head and the one beside it has none: a head
    set left, over sums set right. Rows of bold type that open a table are its head; a text alone in
    its row is a title over all columns."""
    rows = [row for row in rows if len(row) > 1]
    bold = takewhile(lambda row: all(p.bold for t in row for p in t.pieces), rows)
    deep = max(1, sum(1 for _ in bold))
    joined: list[Span] = []
    told: list[set[int]] = []  # the rows that say something in each of them
    for x0, x1 in columns:
        here = {i for i, row in enumerate(rows) if any(x0 <= t.box.x0 < x1 for t in row)}
        last = told[-1] if told else set[int]()
        heads = [all(i < deep for i in some) for some in (last, here)]
        headless = [all(i >= deep for i in some) for some in (last, here)]
        if joined and ((heads[0] and headless[1]) or (headless[0] and heads[1])):
            joined[-1], told[-1] = (joined[-1][0], x1), last | here
        else:
            joined.append((x0, x1))
            told.append(here)
    return joined


def _spans(texts: Sequence[Text]) -> list[Span]:
    """Where `texts` stand, those that overlap as one."""
    spans: list[Span] = []
    for x0, x1 in sorted((t.box.x0, t.box.x1) for t in texts):
        if spans and x0 < spans[-1][1] - OVER:
            spans[-1] = spans[-1][0], max(x1, spans[-1][1])
        else:
            spans.append((x0, x1))
    return spans


def _placed(rows: Sequence[Row], xs: Sequence[float]) -> list[BlockRow] | None:
    """`rows` with their texts in the columns between `xs`; None where two cells of a row stand in
    one column."""
    result: list[BlockRow] = []
    for row in rows:
        blocks: list[Block] = []
        for text in row:
            inside = [i for i, x in enumerate(xs[1:-1], 1) if x < text.box.x1 - ALIKE]
            start = sum(x < text.box.x0 + ALIKE for x in xs[1:-1])
            end = max([start, *inside]) + 1
            last = blocks[-1] if blocks else None
            if last and (last.start, last.end) == (start, end):
                last.pieces += text.pieces
            elif any(b.start < end and start < b.end for b in blocks):
                return None
            else:
                blocks.append(Block(start, end, list(text.pieces)))
        result.append(BlockRow(blocks))
    spread_head(result, xs)
    return result
