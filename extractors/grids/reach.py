"""How far a table with known columns goes: what stands above, below and on the next page fits its
columns, or does not."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from math import inf, isfinite
from statistics import median

from extractors.grids.columns import column_borders
from extractors.grids.pieces import (
    ALIKE,
    PIECES,
    SAME_SIZE,
    WORD_SPACE,
    are_of_one_line,
    is_figure,
    lines_of,
    same_line,
    with_justified,
)
from extractors.grids.printed_rows import printed_table
from extractors.numbering import is_heading
from extractors.pages.lines import read_pieces
from extractors.pages.page import Box, Line, Page, Word, around, clusters

SAME_EDGE = 4.0  # points: bands and rules of one table end together
MANY = 5  # as many columns make one of two rows
ROW_REACH = 1.8  # of the font size: a wider blank ends a table, unless its rows have it too
LARGER = 1.2  # of the type of a table: larger type is that of a heading above it
LINE_REACH = 0.6  # of the font size: a narrower blank stands between the lines of one cell
MOST = 3  # so many heads over one column for each over more
Span = tuple[float, float]  # where a text is printed: from, to
Strip = tuple[float, float]  # where a border between two columns stands: from, to


def extended_area(page: Page, area: Box, ys: Sequence[float], words: Sequence[Word]) -> Box:
    """`area`, parted at `ys`, with the rows right above and below it that stand in its columns: the
    head, or a last row without colour."""
    beside = [w for w in words if area.x0 - 2 <= w.box.middle[0] <= area.x1 + 2]
    over = [w for w in beside if w.box.middle[1] < area.top]
    under = [w for w in beside if w.box.middle[1] > area.bottom]
    within = [w for w in beside if area.top <= w.box.middle[1] <= area.bottom]
    lines = with_justified(lines_of(within, WORD_SPACE))
    if printed := printed_table(page, within, area, ys, WORD_SPACE):
        xs, _ = printed
    else:
        xs = column_borders(lines, area) if lines else [area.x0, area.x1]
    strips = _strips(xs, within)
    above = text_lines(page, over)
    top = reach_above(above, strips, area.top, usual_size(within))
    if top < area.top:
        top = first_lines(above, [w for w in beside if w.box.middle[1] > top], strips, top)
    bottom = reach_below(text_lines(page, under), strips, area.bottom, size=usual_size(within))
    return Box(area.x0, top, area.x1, bottom)


def reach_below(
    lines: Sequence[Sequence[Line]],
    borders: Sequence[Strip],
    edge: float,
    space: float = WORD_SPACE,
    row: float = 0.0,
    size: float = 0.0,
) -> float:
    """How far down a table with such column `borders` goes below `edge`: to the last of `lines`
    with several of its cells, and the lines that carry on those cells; a title may stand over the
    last rows. A blank wider than `space`, of the font size, stands between columns. A row of the
    table is as high as `row`, and its type of `size`, 0 where nothing tells: a lone text in smaller
    type is a note below it."""
    bottom = edge
    small = size / LARGER if isfinite(size) else 0.0
    title: Sequence[Line] = ()  # over rows, none of which has been passed yet
    for line in lines:
        box = around([p.box for p in line])
        blank = box.top - edge
        carries_on = edge >= bottom - 1 and blank < LINE_REACH * line[0].size
        fit = fits(line, borders, space) or _is_total(line, borders)
        fit = fit and not (is_title(line, borders) and _opens_section(line))
        larger = line[0].size > LARGER * lines[0][0].size
        titles = not larger and is_title(line, borders) and _may_follow(title, line)
        if blank > _blank(line, row) or not (fit or titles):
            break
        columns = len(_starts(line, borders)) if fit else 0
        if columns > 1 and not (title and columns < PIECES):
            bottom, title = box.bottom + 1, ()
        elif fit and carries_on and line[0].size >= small:
            bottom = box.bottom + 1
        title = title if fit else line
        edge = box.bottom
    return bottom


def _opens_section(line: Sequence[Line]) -> bool:
    """Is `line` the bold heading of an article or an annex?"""
    bold = all(piece.bold for piece in line)
    return bold and is_heading(" ".join(piece.text for piece in line))


def reach_above(
    lines: Sequence[Sequence[Line]],
    borders: Sequence[Strip],
    edge: float,
    size: float,
    row: float = 0.0,
) -> float:
    """How far up a table with such column `borders` goes above `edge`: to the highest of `lines`
    with several of its cells, and one set a little higher beside it, all of them as large as the
    lowest, which may be a title over the first rows. The type of the table is of `size`: a lone
    text in larger type is a heading above it. The lowest line may be in small capitals, lower than
    the type of the table. A row is as high as `row`, 0 where nothing tells."""
    top = edge
    lowest = lines[-1][0].size if lines else 0.0
    usual = size if isfinite(size) else 0.0
    title: Sequence[Line] = ()
    drawn = all(left == right for left, right in borders)
    boxed = [(around([p.box for p in line]), line) for line in lines]
    for box, line in sorted(boxed, key=lambda b: b[0].bottom, reverse=True):
        columns = len(_starts(line, borders))
        space = 0.0 if drawn and columns >= MANY else WORD_SPACE  # no prose fits so by chance
        alone = len(printed_spans(line, WORD_SPACE * line[0].size)) == 1
        larger = line[0].size > LARGER * (min(lowest, size) if alone else max(lowest, usual))
        fit = fits(line, borders, space) or _is_head(line, borders) or _is_total(line, borders)
        fit = fit and not (is_title(line, borders) and _opens_section(line))
        titles = is_title(line, borders) and _may_follow(title, line)
        if larger or edge - box.bottom > _blank(line, row) or not (fit or titles):
            break
        if not alone:
            lowest = max(lowest, min(line[0].size, usual))
        lower, edge = edge, min(edge, box.top)
        if (
            fit
            and not (title and columns < PIECES)
            and (columns > 1 or box.bottom > top + 2 > lower)
        ):
            top, title = edge - 1, ()
        title = title if fit else line
    return top


def first_lines(
    lines: Sequence[Sequence[Line]], words: Sequence[Word], borders: Sequence[Strip], edge: float
) -> float:
    """How far up the texts go that begin above `edge`, from where on `words` are those of a table
    with such column `borders`: lines alone in a column beyond the first, each right above one that
    begins where it does, as where texts stand at the middle of a row."""
    top = edge
    for line in sorted(lines, key=lambda line: -line[0].box.top):
        box, size = line[0].box, line[0].size
        if box.middle[1] > edge:
            continue
        under = [w for w in words if abs(w.box.x0 - box.x0) < ALIKE and w.box.top > box.middle[1]]
        blank = min((w.box.top - box.bottom for w in under), default=inf)
        columns = _starts(line, borders)
        inner = len(columns) == 1 and 1 not in columns and fits(line, borders, 0.0)
        if not inner or blank > LINE_REACH * size:
            break
        top = box.top - 1
        words = [*words, *line[0].words]
    return top


def _may_follow(title: Sequence[Line], line: Sequence[Line]) -> bool:
    """May `line` be a title next to `title`, if there is one: both bold, in one type, at one
    place?"""
    return not title or (
        title[0].bold
        and line[0].bold
        and abs(title[0].size - line[0].size) < SAME_SIZE
        and abs(title[0].box.x0 - line[0].box.x0) < ALIKE
    )


def usual_size(words: Sequence[Word]) -> float:
    """The size of most of `words`; without end where there are none."""
    return median(w.size for w in words) if words else inf


def _blank(line: Sequence[Line], row: float) -> float:
    """How much may stand blank beside `line` in a table whose rows are as high as `row`."""
    return max(ROW_REACH * line[0].size, row)


def is_title(line: Sequence[Line], borders: Sequence[Strip]) -> bool:
    """Is `line` one text that starts in the first column and goes on over others, as a title over
    rows does?"""
    spans = printed_spans(line, WORD_SPACE * line[0].size)
    (x0, x1), inner = spans[0], borders[1:-1]
    first = borders[0][0] - SAME_EDGE <= x0 and bool(inner) and x0 < inner[0][0]
    return len(spans) == 1 and first and x1 <= borders[-1][1] + SAME_EDGE


def fits(line: Sequence[Line], borders: Sequence[Strip], space: float = WORD_SPACE) -> bool:
    """Does `line` stand within the table, nothing of it across a column's border?"""
    spans = _spans(line, space, borders)
    return _is_inside(spans, borders) and not _crossing(spans, borders)


def _is_head(line: Sequence[Line], borders: Sequence[Strip]) -> bool:
    """Does `line` stand within the table, in several columns, few of its texts over more than
    one?"""
    spans = printed_spans(line, WORD_SPACE * line[0].size)
    across = _crossing(spans, borders)
    return _is_inside(spans, borders) and len(spans) - across >= max(PIECES, MOST * across)


def _is_total(line: Sequence[Line], borders: Sequence[Strip]) -> bool:
    """Does `line` say a text that begins in the first column, however far it goes, and figures in
    columns beyond it?"""
    spans = _spans(line, WORD_SPACE, borders)
    words = [w for piece in line for w in piece.words]
    said = [" ".join(w.text for w in words if x0 <= w.box.x0 < x1) for x0, x1 in spans[1:]]
    first = len(borders) > 2 and spans[0][0] < borders[1][0]
    return (
        bool(said)
        and first
        and all(map(is_figure, said))
        and _is_inside(spans, borders)
        and not _crossing(spans[1:], borders)
    )


def _is_inside(spans: Sequence[Span], borders: Sequence[Strip]) -> bool:
    return spans[0][0] >= borders[0][0] - SAME_EDGE and spans[-1][1] <= borders[-1][1] + SAME_EDGE


def _crossing(spans: Sequence[Span], borders: Sequence[Strip]) -> int:
    """How many of `spans` go over a border."""
    return sum(
        any(x0 + 1 < left and right < x1 - 1 for left, right in borders[1:-1]) for x0, x1 in spans
    )


def _starts(line: Sequence[Line], borders: Sequence[Strip]) -> set[int]:
    """The columns, from 1, in which words of `line` start: in the first those too that stand out
    left of it."""
    xs = [right for _, right in borders[1:]]
    return {bisect_right(xs, w.box.x0 + 1) + 1 for piece in line for w in piece.words}


def _spans(line: Sequence[Line], space: float, borders: Sequence[Strip]) -> list[Span]:
    """Where `line` is printed, texts parted that stand in columns whose borders are known."""
    known = [left for left, right in borders[1:-1] if left == right]
    return printed_spans(line, space * line[0].size, known)


def printed_spans(line: Sequence[Line], space: float, xs: Sequence[float] = ()) -> list[Span]:
    """Where a line is printed, from left to right, blanks of up to `space`, and those of a text's
    stretched line, filled, unless the words beside them are printed apart, or in two goes on both
    sides of one of `xs`."""
    spans: list[Span] = []
    last: Word | None = None
    for word in (w for piece in line for w in piece.words):
        near = last and (word.box.x0 - spans[-1][1] <= space or are_of_one_line(last, word))
        if near and last and not word.apart and not _parts(last, word, xs):
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.box.x1))
        else:
            spans.append((word.box.x0, word.box.x1))
        last = word
    return spans


def _parts(last: Word, word: Word, xs: Sequence[float]) -> bool:
    """Does one of `xs` part two words, of which the second was printed as the first of others?"""
    if word.run is None or word.run == last.run or abs(word.run - word.box.x0) > ALIKE:
        return False
    return any(last.box.x1 <= x <= word.box.x0 for x in xs)


def _strips(xs: Sequence[float], words: Sequence[Word]) -> list[Strip]:
    """The blanks around the borders `xs`, as wide as `words` leave them."""
    inner = []
    for left, x, right in zip(xs, xs[1:], xs[2:], strict=False):
        before = (w.box.x1 for w in words if left <= w.box.middle[0] and w.box.x1 <= x)
        after = (w.box.x0 for w in words if x <= w.box.x0 and w.box.middle[0] <= right)
        inner.append((max(before, default=x), min(after, default=x)))
    return [(xs[0], xs[0]), *inner, (xs[-1], xs[-1])]


def open_strips(xs: Sequence[float], words: Sequence[Word]) -> list[Strip]:
    """The blanks around the borders `xs` inside a table, beside which it may be wider than `words`
    show."""
    _, *inner, _ = _strips(xs, words)
    return [(-inf, -inf), *inner, (inf, inf)]


def same_places(xs: Sequence[float], others: Sequence[float]) -> bool:
    """Do as many borders stand at the same places?"""
    return len(xs) == len(others) and all(
        abs(a - b) <= SAME_EDGE for a, b in zip(xs, others, strict=True)
    )


def known_borders(xs: Sequence[float]) -> list[Strip]:
    """Borders at `xs`, whose place is known."""
    return [(x, x) for x in xs]


def text_lines(page: Page, words: Sequence[Word]) -> list[list[Line]]:
    """The text's lines, top to bottom, each as its pieces from left to right."""
    pieces = read_pieces(replace(page, words=tuple(words)))
    groups = clusters(pieces, lambda p: p.box.middle[1], same_line(words))
    return [sorted(group, key=lambda p: p.box.x0) for group in groups]
