"""Which lines make a row, in a table of known columns: blocks that stand beside one another."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.grids.pieces import (
    SAME_LINE,
    WORD_SPACE,
    Block,
    BlockRow,
    Piece,
    are_rows,
    carries_on,
    is_figure,
    same_line,
)
from extractors.pages.page import blank_between

AMID = 3.0  # points from the middle of its columns, a head at most
WIDER = 1.08  # of the narrowest line distance: a wider one parts rows
PADDING = 1.0  # of the font size: blanks within a figure and beside it, in its cell
SHARE = 0.1  # of the distances of lines in a scan, at least, are alike and the least


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
    spread_head(rows, xs)
    return _with_lone_blocks(rows, _usual_distance(blocks), ys)


def spread_head(rows: Sequence[BlockRow], xs: Sequence[float]) -> None:
    """Stretch the heads of the first row that stand over several columns of the second: each over
    the free columns beside it that bring its columns' middle nearer to its own, or leave it there
    and need a head to be told from others of the same name: 'État' over two of the '2024'."""
    if len(rows) < 2 or len(rows[0].blocks) < 2 or min(b.start for b in rows[0].blocks) > 1:
        return
    spans = {b.start: (b.box.x0, b.box.x1) for b in rows[1].blocks if b.end == b.start + 1}
    rows[0].blocks = _with_whole(sorted(rows[0].blocks, key=lambda b: b.start), spans, len(xs))
    taken = {c for b in rows[0].blocks for c in range(b.start, b.end)}
    said = Counter(_said(b) for b in rows[1].blocks)
    alike = {b.start for b in rows[1].blocks if said[_said(b)] > 1}
    for block in rows[0].blocks:
        if not block.start or spans.keys().isdisjoint(range(block.start, block.end)):
            continue
        free = [c for c in spans if c not in taken]
        best = block.start, block.end
        for columns in _ranges(block, free, len(xs)):
            off = _off_middle(block, *columns, spans)
            more = {*range(*columns)} - {*range(*best)}
            wider = columns[0] <= best[0] and best[1] <= columns[1] and more <= alike
            nearer = off < _off_middle(block, *best, spans) - 2
            if nearer or (wider and off <= AMID):
                best = columns
        block.start, block.end = best
        taken |= set(range(*best))


def _said(block: Block) -> str:
    return " ".join(piece.text for piece in block.pieces)


def _ranges(block: Block, free: Sequence[int], borders: int) -> Iterator[tuple[int, int]]:
    """The columns of `block`, and more of those `free` beside it, of a table with so many
    `borders`: first and end."""
    for start in range(block.start, 0, -1):
        if start < block.start and start not in free:
            break
        for end in range(block.end, borders):
            if end > block.end and end - 1 not in free:
                break
            yield start, end


def _with_whole(
    blocks: Sequence[Block], spans: dict[int, tuple[float, float]], borders: int
) -> list[Block]:
    """`blocks` of a head, those that a border parts where a text has a blank made one where it
    stands right amid several columns, and neither part amid its own: 'État – AMI' over four."""
    found: list[Block] = []
    taken = {c for b in blocks for c in range(b.start, b.end)}
    free = [c for c in spans if c not in taken]
    for block in blocks:
        above = found[-1] if found else None
        if above and above.start and _reads_on(above, block):
            whole = Block(above.start, block.end, [Piece((*above.words, *block.words))])
            amid = min(_off_middle(whole, *c, spans) for c in _ranges(whole, free, borders))
            apart = (_off_middle(b, b.start, b.end, spans) for b in (above, block))
            if amid <= AMID < min(apart):
                found[-1] = whole
                continue
        found.append(block)
    return found


def _reads_on(above: Block, block: Block) -> bool:
    """Are two blocks of one line each no further apart than words?"""
    if len(above.pieces) > 1 or len(block.pieces) > 1 or above.end != block.start:
        return False
    one, other = above.words[-1], block.words[0]
    blank = blank_between(one, other)
    return abs(one.baseline - other.baseline) <= SAME_LINE and blank <= WORD_SPACE * one.size


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
        if other.start == block.start and not are_rows(other.pieces[-1], block.pieces[0]):
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
            start = min(max(bisect_right(xs, part.box.x0 + 1.5) - 1, 0), len(xs) - 2)
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
    usual = _least_distance(placed, by_column.values())
    cut = [block for column in by_column.values() for block in _cut_figures(column, xs)]
    figures = [b for b in placed if is_figure(b.pieces[0].text) and b not in cut]
    result: list[Block] = []
    for column in by_column.values():
        column.sort(key=lambda b: b.pieces[0].baseline)
        right = max(b.box.x1 for b in column)
        figured = 2 * sum(is_figure(b.pieces[0].text) for b in column) > len(column)
        joined = [Block(column[0].start, column[0].end, list(column[0].pieces))]
        for block in column[1:]:
            above, piece = joined[-1].pieces[-1], block.pieces[0]
            near = piece.baseline - above.baseline <= WIDER * usual
            if (
                near
                and carries_on(above, piece, right, block.start == 0 and not figured)
                and not _is_taken(above, piece, figures)
            ):
                joined[-1].pieces.append(piece)
            else:
                joined.append(Block(block.start, block.end, list(block.pieces)))
        result.extend(part for block in joined for part in _cut(block, breaks))
    return result


def _cut_figures(column: Sequence[Block], xs: Sequence[float]) -> Iterator[Block]:
    """The pieces of a `column` that are the thousands of the figure above: '000' under '110', or
    '500' where the column has no room for '110 500'."""
    for above, block in pairwise(sorted(column, key=lambda b: b.pieces[0].baseline)):
        one, other = above.pieces[0], block.pieces[0]
        if is_figure(other.text) and is_figure(one.text) and not are_rows(one, other):
            room = xs[block.end] - xs[block.start] - PADDING * one.size
            whole = one.box.width + other.words[0].box.width
            if other.text.startswith("0") or whole > room:
                yield block


def _least_distance(placed: Sequence[Block], columns: Iterable[Sequence[Block]]) -> float:
    """The least distance of lines in `columns`; in a scan, where lines have moved and specks are
    read, the least that a share of them has. 0 without any."""
    distances = sorted(
        d
        for column in columns
        for a, b in pairwise(column)
        if (d := b.pieces[0].baseline - a.pieces[0].baseline) > 0.8 * a.pieces[0].size
    )
    if any(word.confidence is not None for block in placed for word in block.words):
        for least in distances:
            alike = [d for d in distances if least <= d <= WIDER * least]
            if len(alike) >= SHARE * len(distances):
                return alike[len(alike) // 2]
    return distances[0] if distances else 0.0


def _is_taken(above: Piece, piece: Piece, figures: Sequence[Block]) -> bool:
    """Does another column start anew on the lines of both, with `figures`?"""
    over, under = ({b.start for b in figures if _is_beside(b, p)} for p in (above, piece))
    return bool(over & under)


def _is_beside(block: Block, piece: Piece) -> bool:
    other = block.pieces[0]
    return other is not piece and abs(other.baseline - piece.baseline) <= same_line((other, piece))


def _figure_breaks(columns: Iterable[Sequence[Block]]) -> Iterator[tuple[float, float]]:
    """Pairs of baselines of figures, one right below the other: a row ends between them."""
    for column in columns:
        for a, b in pairwise(sorted(column, key=lambda b: b.pieces[0].baseline)):
            one, other = a.pieces[0], b.pieces[0]
            if is_figure(one.text) and are_rows(one, other):
                yield one.baseline, other.baseline


def _cut(block: Block, breaks: Sequence[tuple[float, float]]) -> Iterator[Block]:
    """`block`, cut where a row ends: at its widest blank there, else above the line that is level
    with the next row's."""
    pieces = block.pieces
    near = same_line(pieces)
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
            if pieces[i - 1].baseline >= above - near and pieces[i].baseline <= below + near
        ]
        spans = pieces[0].baseline <= above + near and pieces[-1].baseline >= below - near
        if inner and spans and not cuts & set(inner):
            blanks = {i: pieces[i].baseline - pieces[i - 1].baseline for i in inner}
            widest = max(blanks.values())
            wide = [i for i in inner if blanks[i] > widest - 0.4]
            cuts.add(wide[-1])
    for start, end in pairwise([0, *sorted(cuts), len(pieces)]):
        yield Block(block.start, block.end, pieces[start:end])
