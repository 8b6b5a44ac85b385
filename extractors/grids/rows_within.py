"""Rows within those that rules part: the order of printing shows them, blocks beside one another
again and again, or numbers down the first column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from extractors.grids.block_rows import block_rows
from extractors.grids.grid import Grid, GridCell
from extractors.grids.nested import with_bars_alone
from extractors.grids.pieces import (
    COLUMN_SPACE,
    NO_VALUE,
    WORD_SPACE,
    Block,
    BlockRow,
    Piece,
    is_figure,
    lines_of,
)
from extractors.grids.printed_rows import printed_rows
from extractors.grids.reach import (
    MANY,
    SAME_EDGE,
    same_places,
)
from extractors.grids.rules import merged_rules
from extractors.grids.text_grid import ROWS, joined_rows, says_figure
from extractors.grids.unruled import SHORTEST_BAR
from extractors.pages.page import Box, Page, around


def with_rows(page: Page, grid: Grid) -> Grid:
    """`grid` with the rows that its text shows, where rules part only its columns, its head and
    groups of rows: by the order of printing; blocks beside one another, again and again, in most
    columns; or where the first column numbers them. A table in a cell parts none."""
    whole = with_bars_alone(grid)
    found = _with_rows(page, whole)
    return grid if found is whole else _with_wide_heads(page, found)


def _with_wide_heads(page: Page, grid: Grid) -> Grid:
    """`grid`, each text of its first row over the blank cells beside it that no rule parts from it
    so high: heads over several columns, whose borders begin below it."""
    _, upright = merged_rules(page.rules)
    top, foot = grid.ys[:2]
    kept: list[GridCell] = []
    for cell in grid.row(0):
        last = kept[-1] if kept else None
        drawn = any(
            abs(rule.at - cell.box.x0) <= SAME_EDGE
            and 2 * (min(rule.end, foot) - max(rule.start, top)) > foot - top
            for rule in upright
        )
        one_row = cell.row_end == 1 and last is not None and last.row_end == 1
        if last and one_row and last.words and not cell.words and not drawn:
            box = around([last.box, cell.box])
            kept[-1] = replace(last, column_end=cell.column_end, box=box)
        else:
            kept.append(cell)
    return replace(grid, cells=(*kept, *(c for c in grid.cells if c.row)))


def _with_rows(page: Page, grid: Grid) -> Grid:
    """As `with_rows`, each cell of the first row in its own columns."""
    if grid.column_count < 2 or any(c.row and c.row_end - c.row > 1 for c in grid.cells):
        return grid
    printed = [_printed_rows(page, grid.row(r), rest=not r) for r in range(grid.row_count)]
    if any(printed):
        inner = [rows or _sum_rows(grid.row(r)) for r, rows in enumerate(printed)]
        return _with_inner(grid, inner)
    deep = max(c.row_end for c in grid.row(0))
    head = deep if deep > 1 else 0  # a head over several rows is parted by rules
    tall = sum(_has_several_lines(grid.row(r)) for r in range(head, grid.row_count))
    inner = [list[BlockRow]() for _ in range(head)]
    for r in range(head, grid.row_count):
        inner.append(_inner_rows(grid.row(r)))
        if 2 * (grid.row_count - inner.count([])) < tall and _are_parted(
            page, grid, 0 if inner[0] else deep
        ):
            numbered = [_numbered_rows(grid.row(r)) for r in range(grid.row_count)]
            return _with_inner(grid, numbered) if any(numbered) else grid
    full = max(_full_rows(rows, grid.column_count) for rows in inner)
    if full < ROWS and not any(map(_have_sums_each, inner)):
        return grid
    return _with_inner(grid, inner)


def with_rows_as_above(above: Grid, grid: Grid) -> Grid:
    """`grid`, on which the table `above` may go on, with the rows that its text shows where rules
    part none of `above`: each has a text in the first column, and a sum in one with others, or says
    most columns below the rest of one that the page before cut."""
    if above.drawn or not above.ruled or not grid.drawn:
        return grid
    if not same_places(above.xs, grid.xs):
        return grid
    rows = [_rows_of_cells(grid.row(r)) for r in range(grid.row_count)]
    parted = [_have_sums_each(some) or _begin_below_rest(some, grid) for some in rows]
    inner = [some if apart else [] for some, apart in zip(rows, parted, strict=True)]
    return _with_inner(grid, inner) if any(inner) else grid


def with_head_as_above(above: Grid, grid: Grid) -> Grid:
    """`grid`, on which the table `above` may go on, with the head of `above` in a row of its own,
    where no rule parts it from the texts below it."""
    heads, first = above.row(0), grid.row(0)
    columns = [(c.column, c.column_end) for c in first]
    if [(c.column, c.column_end) for c in heads] != columns or not any(c.words for c in heads):
        return grid
    rows: list[list[Block]] = [[], []]
    for head, cell in zip(heads, first, strict=True):
        words = sorted(cell.words, key=lambda w: w.box.top)
        parts = words[: len(head.words)], words[len(head.words) :]
        if sorted(w.text for w in parts[0]) != sorted(w.text for w in head.words):
            return grid
        for row, part in zip(rows, parts, strict=True):
            row += [Block(cell.column, cell.column_end, [Piece(tuple(part))])] if part else []
    if not rows[1] or max(b.box.bottom for b in rows[0]) > min(b.box.top for b in rows[1]):
        return grid
    return _with_inner(grid, [[*map(BlockRow, rows)], *([] for _ in range(1, grid.row_count))])


def _have_sums_each(rows: Sequence[BlockRow]) -> bool:
    """Have several of `rows` a text in the first column and a figure, two of them in one column?"""
    sums = [
        {b.start for b in row.blocks if says_figure(b)}
        for row in rows
        if any(not b.start for b in row.blocks)
    ]
    return any(one & other for one, other in combinations(sums, 2))


def _begin_below_rest(rows: Sequence[BlockRow], grid: Grid) -> bool:
    """Does the first of `rows`, no head, say nothing in the first column, and each of the others
    begin there and say most of `grid`?"""
    starts = [any(b.start == 0 for b in row.blocks) for row in rows]
    whole = _full_rows(rows[1:], grid.column_count) == len(rows) - 1
    return len(rows) > 1 and whole and not starts[0] and all(starts[1:]) and not _is_bold(rows[0])


def _with_inner(grid: Grid, inner: Sequence[Sequence[BlockRow]]) -> Grid:
    """`grid`, each of its rows parted in those of `inner`, if any."""
    ys, starts = [grid.ys[0]], [0]
    for rows, bottom in zip(inner, grid.ys[1:], strict=True):
        ys += [max((a.box.bottom + b.box.top) / 2, a.box.top + 1) for a, b in pairwise(rows)]
        ys.append(bottom)
        starts.append(len(ys) - 1)
    cells = []
    for cell in (part for whole in grid.cells for part in _without_rows(grid, whole, inner)):
        first = starts[cell.row]
        if not inner[cell.row]:
            cells.append(replace(cell, row=first, row_end=starts[cell.row_end]))
        for r, row in enumerate(inner[cell.row], start=first):
            box = Box(cell.box.x0, ys[r], cell.box.x1, ys[r + 1])
            words = tuple(w for b in row.blocks for w in b.words if w in cell.words)
            cells.append(replace(cell, row=r, row_end=r + 1, box=box, words=words))
    return replace(grid, ys=tuple(ys), cells=tuple(cells), drawn=False)


def _without_rows(
    grid: Grid, cell: GridCell, inner: Sequence[Sequence[BlockRow]]
) -> Iterator[GridCell]:
    """`cell`, and the empty ones below it, where it is a head that no rule closes above rows that
    are parted in those of `inner`."""
    rows = range(cell.row, cell.row_end)
    tall = len(rows) > 1 and any(inner[r] for r in rows)
    if not tall or any(w.box.middle[1] > grid.ys[cell.row + 1] for w in cell.words):
        yield cell
        return
    for r in rows:
        box = replace(cell.box, top=grid.ys[r], bottom=grid.ys[r + 1])
        words = cell.words if r == cell.row else ()
        yield replace(cell, row=r, row_end=r + 1, box=box, words=words)


def _are_parted(page: Page, grid: Grid, head: int) -> bool:
    """Does a rule, or the edge of a colour, part rows of `grid` below its `head`: not bars between
    columns alone?"""
    boxes = [*(f.box for f in page.fills), *(r for r in page.rules if r.width > SHORTEST_BAR)]
    edges = [
        y for box in boxes if grid.box.holds(*box.middle, slack=1.0) for y in (box.top, box.bottom)
    ]
    return any(abs(y - edge) <= SAME_EDGE for y in grid.ys[head + 1 : -1] for edge in edges)


def has_bars_alone(page: Page, grid: Grid) -> bool:
    """Does nothing but bars between columns part rows of `grid` below its head?"""
    return not _are_parted(page, grid, max(c.row_end for c in grid.row(0)))


def _has_several_lines(cells: Sequence[GridCell]) -> bool:
    return any(len(lines_of(cell.words, COLUMN_SPACE)) > 1 for cell in cells)


def _printed_rows(page: Page, cells: Sequence[GridCell], rest: bool) -> list[BlockRow]:
    """The rows in one ruled row, where the order of printing shows several, each of which begins in
    the first column, or says nearly all of many others beside a text that is of several rows. The
    first one, below a head, may be the `rest` of a row that the page before cut, and heads may
    stand under some of the head."""
    if all(cell.filled for cell in cells):  # colour parts the rows
        return []
    words = (w for c in cells for w in c.words if c.row_end == c.row + 1)
    rows = printed_rows(page, words, _borders(cells), (), WORD_SPACE) or []
    full = _full_rows(rows, len(cells))
    many = len(cells) >= MANY
    begun = all(
        row.blocks[0].start == 0
        or (many and len(row.blocks) + 2 >= len(cells))
        or (rest and (i or not _is_bold(row)) and all(map(_is_bold, rows[:i])))
        for i, row in enumerate(rows)
    )
    return rows if begun and full > 1 and 2 * full >= len(rows) else []


def _is_bold(row: BlockRow) -> bool:
    return all(w.bold for block in row.blocks for w in block.words)


def _borders(cells: Sequence[GridCell]) -> list[float]:
    return [c.box.x0 for c in cells] + [cells[-1].box.x1]


def _inner_rows(cells: Sequence[GridCell]) -> list[BlockRow]:
    """The rows in one ruled row, where its text shows several."""
    if all(cell.filled for cell in cells):  # colour parts the rows
        return []
    rows = _rows_of_cells(cells)
    full = _full_rows(rows, len(cells))
    return rows if full > 1 and 2 * full >= len(rows) else []


def _sum_rows(cells: Sequence[GridCell]) -> list[BlockRow]:
    """As `_inner_rows`, where several have a text in the first column and a sum: totals."""
    rows = _inner_rows(cells)
    return rows if _have_sums_each(rows) else []


def _numbered_rows(cells: Sequence[GridCell]) -> list[BlockRow]:
    """The rows in one ruled row, where its first cell says a number a line, one after the other,
    beside texts in most columns."""
    numbers = [" ".join(w.text for w in line) for line in cells[0].lines]
    if len(numbers) < 2 or not all(re.fullmatch(r"\d{1,3}", number) for number in numbers):
        return []
    if any(int(b) != int(a) + 1 for a, b in pairwise(numbers)):
        return []
    rows = _rows_of_cells(cells)
    return rows if len(rows) == len(numbers) == _full_rows(rows, len(cells)) else []


def _full_rows(rows: Sequence[BlockRow], columns: int) -> int:
    """How many of `rows` have a text in most of their columns."""
    return sum(2 * len(row.blocks) > columns for row in rows)


def _rows_of_cells(cells: Sequence[GridCell]) -> list[BlockRow]:
    """The rows in one ruled row: each of its cells is a column."""
    words = [w for c in cells for w in c.words]
    rows: list[BlockRow] = []
    for row in block_rows(lines_of(words, WORD_SPACE), _borders(cells)) if words else []:
        if rows and _flows_on(rows[-1], row):
            rows[-1] = joined_rows([rows[-1], row])
        else:
            rows.append(row)
    return rows


def _flows_on(above: BlockRow, row: BlockRow) -> bool:
    """Does a cell's sentence or word go on in the next row, of which only one cell may say a figure
    as the one above it does?"""
    one, other = ({b.start for b in r.blocks if says_figure(b)} for r in (above, row))
    if len(one & other) > 1:
        return False
    over = {b.start: b.words[-1].text for b in above.blocks}
    return any(
        over[b.start].endswith("-") or b.words[0].text[:1].islower()
        for b in row.blocks
        if b.start in over and not is_figure(over[b.start]) and not _says_none(b)
    )


def _says_none(block: Block) -> bool:
    """Does it say, in a word that may begin small, that there is no value?"""
    return NO_VALUE.fullmatch(" ".join(p.text for p in block.pieces)) is not None
