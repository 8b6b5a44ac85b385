"""A grid made from texts, where no rules draw it: blanks part its columns; rules, colours and
blanks its rows."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby, pairwise

from extractors.grids.block_rows import block_rows
from extractors.grids.columns import column_borders
from extractors.grids.grid import Grid, GridCell, is_filled
from extractors.grids.pieces import (
    COLUMN_SPACE,
    SAME_EDGE,
    WORD_SPACE,
    Block,
    BlockRow,
    Piece,
    is_figure,
    lines_of,
    with_justified,
    with_near_cells,
)
from extractors.grids.printed_rows import printed_rows, printed_table
from extractors.grids.rules import merged_rules
from extractors.pages.page import Box, Page, Word, blank_between, clusters

ROWS = 3  # fewer rows make no table
ENOUGH_SPACES = 8  # between words, to tell the usual one


def text_grid(page: Page, area: Box, ys: Sequence[float], words: Sequence[Word]) -> Grid | None:
    """The table in `area`, its rows parted at `ys` where these part rows; None when it has fewer
    than two columns or three rows."""
    if not words:
        return None
    space = max(WORD_SPACE, 1.1 * _usual_space(words))
    across = bars(page, area)
    edges = [group[0] for group in clusters((*ys, *across), lambda y: y, SAME_EDGE)]
    if printed := printed_table(page, words, area, edges, space):
        xs, rows = printed
    else:
        lines = with_near_cells(with_justified(lines_of(words, space)))
        xs = column_borders(lines, area)
        rows = table_rows(lines, xs, edges) if len(xs) > 2 else []
    if len(xs) <= 2:
        return None
    _spread_over_rules(page, rows, xs)
    band = _band_ends(page, area, rows[0].box.middle[1])
    rows = with_whole_head(rows, sorted((*across, *band)))
    return filled_grid(page, xs, rows, area) if len(rows) >= 2 else None


def bars(page: Page, area: Box) -> tuple[float, ...]:
    """Where horizontal rules cross most of `area`."""
    across, _ = merged_rules(page.rules)
    return tuple(
        r.at
        for r in across
        if area.top < r.at < area.bottom
        and 2 * (min(r.end, area.x1) - max(r.start, area.x0)) > area.width
    )


def _spread_over_rules(page: Page, rows: Sequence[BlockRow], xs: Sequence[float]) -> None:
    """Stretch a text of the first row over the columns below a rule right under it that goes over
    several of them, over no other text of the row, and over heads of the next one."""
    if len(rows) < 2:
        return
    top, foot = rows[0].box.top, max(block.box.bottom for block in rows[1].blocks)
    across, _ = merged_rules(r for r in page.rules if top < r.middle[1] < foot)
    for rule in across:
        columns = [
            c for c, (x0, x1) in enumerate(pairwise(xs)) if rule.start < (x0 + x1) / 2 < rule.end
        ]
        if not 1 < len(columns) < len(xs) - 1:
            continue
        start, end = columns[0], columns[-1] + 1
        over = [b for b in rows[0].blocks if b.start < end and start < b.end]
        under = [b for b in rows[1].blocks if b.start < end and start < b.end]
        single = len(over) == 1 and start <= over[0].start and over[0].end <= end
        below = len(under) > 1 and all(b.box.top >= rule.at - 1 for b in under)
        if single and below and over[0].box.bottom <= rule.at + 1:
            over[0].start, over[0].end = start, end


def _band_ends(page: Page, area: Box, y: float) -> Iterator[float]:
    """Where the bands of colour at height `y` end that reach over most of `area`."""
    for box in (fill.box for fill in page.fills if fill.visible and fill.box.top < y):
        if y < box.bottom and 2 * (min(box.x1, area.x1) - max(box.x0, area.x0)) > area.width:
            yield box.bottom


def _usual_space(words: Sequence[Word]) -> float:
    """The blank between two words, as a share of the font size: wide in type of one width."""
    pieces = [p for line in lines_of(words, COLUMN_SPACE) for p in line]
    gaps = sorted(blank_between(a, b) / a.size for p in pieces for a, b in pairwise(p.words))
    return gaps[len(gaps) // 4] if len(gaps) >= ENOUGH_SPACES else 0.0


def says_figure(block: Block) -> bool:
    return is_figure(" ".join(p.text for p in block.pieces))


def with_whole_head(rows: list[BlockRow], bars: Sequence[float]) -> list[BlockRow]:
    """`rows`, those over the first of the rules `bars` below any made one where they say no figure:
    the lines of the heads, or those below the first if a head of this stands over several."""
    end = next((y for y in bars if y > rows[0].box.middle[1]), 0.0)
    head = [row for row in rows if row.box.middle[1] < end]
    over = 0 if _are_apart(head) else 1
    lines = head[over:]
    blocks = [block for row in head for block in row.blocks]
    titled = any(map(_is_across, head[:over]))
    if len(lines) < 2 or titled or not _are_apart(lines) or any(map(says_figure, blocks)):
        return rows
    return [*head[:over], joined_rows(lines), *rows[len(head) :]]


def rows_between(
    page: Page, words: Sequence[Word], xs: Sequence[float], ys: Sequence[float]
) -> list[BlockRow]:
    """The rows that `words` of `page` make, in columns between `xs`: by the order of printing, else
    those between `ys`, or those that blanks part."""
    printed = printed_rows(page, words, xs, ys, WORD_SPACE)
    return printed or table_rows(lines_of(words, WORD_SPACE), xs, ys)


def table_rows(
    lines: Sequence[Sequence[Piece]], xs: Sequence[float], ys: Sequence[float]
) -> list[BlockRow]:
    """The rows of a table: those between `ys`, unless most of these hold several rows."""
    rows = block_rows(lines, xs, ys)
    bands: dict[int, list[BlockRow]] = {}
    for row in rows:
        bands.setdefault(bisect_right(ys, row.box.middle[1]), []).append(row)
    several = sum(sum(len(row.blocks) > 1 for row in band) > 1 for band in bands.values())
    if len(ys) <= ROWS or 3 * several > len(bands):
        return rows
    joined: list[BlockRow] = []
    for number, band in bands.items():
        one = 0 < number < len(ys) and not _says_rows(band)
        joined += _between_titles(band) if one else band
    return joined


def with_whole_stripes(
    rows: Sequence[BlockRow], stripes: Sequence[tuple[float, float]]
) -> list[BlockRow]:
    """`rows`, those on one of several `stripes` (top, bottom), or between two, made one, unless two
    of them say figures in one column."""
    joined: list[BlockRow] = []
    for _, group in groupby(rows, lambda row: _stripe_of(row, stripes)):
        band = list(group)
        figures = [b.start for row in band for b in row.blocks if says_figure(b)]
        whole = len(figures) == len(set(figures)) and _are_apart(band)
        on_one = _stripe_of(band[0], stripes) is not None
        joined += [joined_rows(band)] if on_one and whole and len(band) > 1 else band
    return joined


def _stripe_of(row: BlockRow, stripes: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    y = row.box.middle[1]
    return next(((top, bottom) for top, bottom in stripes if top < y < bottom), None)


def _between_titles(band: Sequence[BlockRow]) -> Iterator[BlockRow]:
    """The rows of `band` as one, but for titles over several columns."""
    for title, group in groupby(band, _is_across):
        rows = list(group)
        yield from [joined_rows(rows)] if not title and _are_apart(rows) else rows


def _are_apart(rows: Sequence[BlockRow]) -> bool:
    """Does no block of `rows` stand over several columns that hold others?"""
    columns = {(block.start, block.end) for row in rows for block in row.blocks}
    return all(a[1] <= b[0] for a, b in pairwise(sorted(columns)))


def _is_across(row: BlockRow) -> bool:
    first, *others = row.blocks
    return not others and first.start == 0 and first.end > 1


def _says_rows(band: Sequence[BlockRow]) -> bool:
    """Are these rows each of its own, and no lines of one: do two of them say figures in the same
    two columns, as a line that goes on does in one at most?"""
    figures = [{b.start for b in row.blocks if says_figure(b)} for row in band]
    return any(len(one & other) > 1 for one, other in combinations(figures, 2))


def joined_rows(rows: Sequence[BlockRow]) -> BlockRow:
    """`rows` as one: the blocks of each column one below the other."""
    result: dict[tuple[int, int], Block] = {}
    for block in (b for row in rows for b in row.blocks):
        columns = block.start, block.end
        if columns in result:
            result[columns].pieces.extend(block.pieces)
        else:
            result[columns] = block
    return BlockRow(list(result.values()))


def filled_grid(page: Page, xs: Sequence[float], rows: Sequence[BlockRow], area: Box) -> Grid:
    """The grid of columns `xs` with the blocks of `rows` in its cells."""
    ys = [min(area.top, rows[0].box.top)]
    for above, row in pairwise(rows):
        ys.append(max((above.box.bottom + row.box.top) / 2, ys[-1] + 1))
    ys.append(max(area.bottom, rows[-1].box.bottom, ys[-1] + 1))
    cells = []
    for r, row in enumerate(rows):
        column = 0
        if _is_title(row, rows[r + 1 : r + 2]):
            row.blocks[0].end = len(xs) - 1
        for block in (*sorted(row.blocks, key=lambda b: b.start), None):
            until = block.start if block else len(xs) - 1
            spans: list[tuple[int, int, tuple[Word, ...]]]
            spans = [(c, c + 1, ()) for c in range(column, until)]
            if block:
                spans.append((block.start, block.end, block.words))
                column = block.end
            for start, end, words in spans:
                box = Box(xs[start], ys[r], xs[end], ys[r + 1])
                cells.append(GridCell(r, r + 1, start, end, box, words, is_filled(page, box)))
    return Grid(page.number, tuple(xs), tuple(ys), tuple(cells), ruled=False, drawn=False)


def _is_title(row: BlockRow, below: Sequence[BlockRow]) -> bool:
    """Is `row` one text over the first columns, and not the first line of a label below it?"""
    under = [b.words[0].text for r in below for b in r.blocks if b.start == 0]
    return _is_across(row) and not any(text[:1].islower() for text in under)


def parted_cells(cell: GridCell, xs: Sequence[float]) -> list[GridCell]:
    """`cell`, across several columns with borders at `xs`, as one cell a column."""
    parted = []
    for c, (x0, x1) in enumerate(pairwise(xs), cell.column):
        words = tuple(w for w in cell.words if x0 <= w.box.middle[0] < x1)
        box = replace(cell.box, x0=x0, x1=x1)
        parted.append(replace(cell, column=c, column_end=c + 1, box=box, words=words))
    return parted
