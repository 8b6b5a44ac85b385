"""Tables of which only some rows are coloured, cell by cell or as bands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.grids.grid import Grid, GridCell
from extractors.grids.pieces import PIECES, BlockRow, is_tall
from extractors.grids.reach import (
    MANY,
    SAME_EDGE,
    first_lines,
    fits,
    is_title,
    known_borders,
    reach_above,
    reach_below,
    same_places,
    text_lines,
    usual_size,
)
from extractors.grids.rules import merged_rules
from extractors.grids.text_grid import (
    ROWS,
    bars,
    filled_grid,
    rows_between,
    with_whole_head,
    with_whole_stripes,
)
from extractors.pages.page import Box, Line, Page, Word, around, clusters

LEVEL = 1.0  # points: cells of one row begin and end as near
UNDERLINE = 2.5  # points: a rule under the head stands as near to the stripe below
PADDING = 6.0  # points: a rule that ends a row stands as near to its texts
BESIDE = 100.0  # points: what a table has above or below its stripes is no higher
WHITE = 1.3  # of the highest stripe: a row between two of them is no higher
ROW_GAP = 1.32  # of the usual line distance: a wider one parts rows


def with_stripes(page: Page, grids: Sequence[Grid]) -> list[Grid]:
    """`grids`, those that are mere stripes of colour joined with the rows between and below them.

    A coloured head alone is one stripe. Its cells give the columns.
    """
    grids = _with_first_columns(page, grids)
    rest = [g for g in grids if not _is_stripe(page, g)]
    stripes = [g for g in grids if _is_stripe(page, g)]
    joined: list[list[Grid]] = []
    for stripe in stripes:
        if joined and _is_next_stripe(page, joined[-1], stripe):
            joined[-1].append(stripe)
        else:
            joined.append([stripe])
    tables: list[Grid] = []
    for some in joined:
        inside = any(t.box.overlap(some[0].box) > 0 for t in tables)
        if not inside and len(some) == 1 and some[0].column_count < PIECES:
            tables.append(_open_below(page, some[0]))
        elif not inside:
            last = some[-1].box.bottom
            below = [g.box.top for g in stripes if g.box.top > last and _opens_table(g, some)]
            above = [t.ys[-1] for t in tables]
            start, end = max(above, default=0.0), min(below, default=page.height)
            tables.append(_striped(page, some, start, end))
    return [*rest, *tables]


def _open_below(page: Page, stripe: Grid) -> Grid:
    """`stripe`, whose rows the next page may have where nothing stands under it on `page`."""
    ends = any(w.box.top > stripe.box.bottom for w in page.words)
    return stripe if ends else replace(stripe, ruled=False)


def _with_first_columns(page: Page, grids: Sequence[Grid]) -> list[Grid]:
    """`grids`, those stripes that lack the first column of another, or of one row the first ones,
    for a cell of these goes down over several rows and has no colour, with these columns: any
    number of them that say something, where it is the first of all, a part of the head."""
    stripes = [grid for grid in grids if _is_stripe(page, grid)]

    def whole(grid: Grid) -> Grid:
        count = len(grid.xs)
        fuller = (s.xs for s in stripes if len(s.xs) > max(PIECES, count))
        most = 1 if grid.row_count > 1 else count - 1  # below a stripe, a table in a cell may begin
        under = [s for s in stripes if s.ys[0] > grid.ys[0]]
        if grid.row_count == 1 and len(under) == len(stripes) - 1 > 0:
            most = max(most, _said_beside(page, grid, _finest(under).xs))
        lacking = (
            xs[:-count]
            for xs in fuller
            if len(xs) <= count + most and same_places(xs[-count:], grid.xs)
        )
        lefts = max(lacking, key=len, default=()) if any(grid is s for s in stripes) else ()
        return with_columns_left(page, grid, lefts)

    return [whole(grid) for grid in grids]


def _said_beside(page: Page, grid: Grid, xs: Sequence[float]) -> int:
    """How many columns of `xs` stand left of `grid`, if each of them says something beside it, or
    right above, as heads do over two levels."""
    lefts = [x for x in xs if x < grid.xs[0] - SAME_EDGE]
    top = grid.ys[0] - WHITE * grid.box.height
    boxes = [Box(a, top, b, grid.ys[-1]) for a, b in pairwise([*lefts, grid.xs[0]])]
    told = all(any(box.holds(*w.box.middle) for w in page.words) for box in boxes)
    return len(lefts) if told else 0


def with_columns_left(page: Page, grid: Grid, lefts: Sequence[float]) -> Grid:
    """`grid` with columns that begin at `lefts`, left of it, for the words beside its rows."""
    for left in reversed(lefts):
        beside = replace(grid.box, x0=left, x1=grid.xs[0])
        words = [w for w in page.words if beside.holds(*w.box.middle)]
        grid = _with_column(grid, left, words)
    return grid


def is_highlight(page: Page, grid: Grid) -> bool:
    """Are these lines of prose on colour: one column, and no rule but a frame?"""
    inner = replace(grid.box, top=grid.box.top + UNDERLINE, bottom=grid.box.bottom - UNDERLINE)
    parted = any(r.width > r.height and inner.holds(*r.middle) for r in page.rules)
    return grid.column_count == 1 and not parted


def is_band(page: Page, grid: Grid) -> bool:
    """Are these one of several bands of colour, or two, of a table whose other rows stand on
    white?"""
    if grid.column_count > 1 or not all(cell.filled for cell in grid.cells):
        return False
    return any(
        fill.visible
        and abs(fill.box.x0 - grid.box.x0) <= SAME_EDGE
        and abs(fill.box.x1 - grid.box.x1) <= SAME_EDGE
        and grid.box.overlap(fill.box) == 0
        for fill in page.fills
    )


def _is_stripe(page: Page, grid: Grid) -> bool:
    """Is `grid` of cells of colour, which no rule parts, but its rows where all that say something
    are coloured?"""
    coloured = [cell.filled for cell in grid.cells if cell.words]
    inner = replace(grid.box, top=grid.box.top + UNDERLINE, bottom=grid.box.bottom - UNDERLINE)
    parting = (r for r in page.rules if not all(coloured) or r.height > r.width)
    return (
        grid.column_count > 1
        and any(coloured)
        and not any(inner.holds(*rule.middle, slack=1.0) for rule in parting)
    )


def _is_next_stripe(page: Page, stripes: Sequence[Grid], below: Grid) -> bool:
    """Does one row, or none, stand between the last of `stripes` and the one `below`, of the same
    columns, of which either may join some, as a total does? A title may stand there too."""
    above = _finest(stripes)
    ends = (above.xs[0] - below.xs[0], above.xs[-1] - below.xs[-1])
    narrow = min(above.column_count, below.column_count) < PIECES
    if max(map(abs, ends)) > SAME_EDGE or (narrow and above.column_count != below.column_count):
        return False
    if not _joins_columns(below, above):
        if not _joins_columns(above, below):
            return False
        above = below
    between = Box(above.box.x0, stripes[-1].box.bottom, above.box.x1, below.box.top)
    words = [w for w in page.words if between.holds(*w.box.middle)]
    lines = text_lines(page, [w for w in words if not is_tall(w)])
    if not lines:
        return between.height < SAME_EDGE
    borders = known_borders(above.xs)
    rows = [line for line in lines if not is_title(line, borders)]
    return all(fits(line, borders, space=0.0) for line in rows) and not any(_parted(rows))


def _finest(stripes: Sequence[Grid]) -> Grid:
    """The first of `stripes` that has the most columns."""
    return max(stripes, key=lambda stripe: stripe.column_count)


def _opens_table(stripe: Grid, above: Sequence[Grid]) -> bool:
    """Is `stripe` the first of another table than the stripes `above`: their head again, or other
    columns?"""
    finest = _finest(above)
    same = _joins_columns(stripe, finest) or _joins_columns(finest, stripe)
    return _head(stripe) == _head(above[0]) or not same


def _joins_columns(stripe: Grid, other: Grid) -> bool:
    """Does each border of `stripe` stand at one of `other`?"""
    return all(min(abs(x - own) for own in other.xs) <= SAME_EDGE for x in stripe.xs)


def _in_columns(stripe: Grid, xs: tuple[float, ...]) -> Grid:
    """`stripe`, whose cells may join some of the columns between `xs`, in these."""
    at = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in stripe.xs]
    moved = (replace(c, column=at[c.column], column_end=at[c.column_end]) for c in stripe.cells)
    return replace(stripe, xs=xs, cells=tuple(moved))


def _head(grid: Grid) -> list[str]:
    return [w.text for cell in grid.row(0) for w in cell.words]


def _striped(page: Page, stripes: Sequence[Grid], start: float, end: float) -> Grid:
    """The table of `stripes`, between `start` and `end`."""
    opening = _in_columns(stripes[0], _finest(stripes).xs)
    first = _with_column_beside(page, opening, stripes[-1].box.bottom)
    ys = [g[0] for g in clusters((y for s in stripes for y in s.ys), lambda y: y, SAME_EDGE)]
    words = [w for w in page.words if first.box.x0 <= w.box.middle[0] <= first.box.x1]
    under = [w for w in words if ys[-1] < w.box.middle[1] < end]
    over = [w for w in words if start < w.box.middle[1] < ys[0]]
    heights = [b - a for s in stripes for a, b in pairwise(s.ys)]
    lowest = min(heights) if len(heights) > 1 else _padding(first) + LEVEL
    borders = known_borders(first.xs)
    size = usual_size([w for cell in first.cells for w in cell.words])
    titled = first.column_count < PIECES  # as a card is
    above = [] if titled else text_lines(page, over)
    top = reach_above(above, borders, ys[0], size, lowest)
    top = first_lines(above, words, borders, top) if top < ys[0] else top
    bottom = reach_below(text_lines(page, under), borders, ys[-1], 0.0, lowest, size)
    if (top, bottom) == (ys[0], ys[-1]) and (len(ys) <= ROWS or len(stripes) == 1):
        return first
    area = Box(first.box.x0, top, first.box.x1, bottom)
    inside = [w for w in words if area.holds(*w.box.middle)]
    parting = [y for y in ys if not _is_crossed(y, stripes)]
    rows = with_whole_head(rows_between(page, inside, first.xs, parting), bars(page, area))
    if len(stripes) > 1:
        highest = WHITE * max(heights)
        bands = [(a, b) for a, b in pairwise(ys) if b - a <= highest]
        rows = with_whole_stripes(rows, bands)
    if len(rows) < (2 if first.column_count >= MANY or _is_closed(page, rows[-1], first) else ROWS):
        return first
    grid = filled_grid(page, first.xs, rows, area)
    return _under(first, grid) if top == ys[0] else grid


def _is_crossed(y: float, stripes: Sequence[Grid]) -> bool:
    """Does a cell of `stripes` stand across `y`, as a head does beside others one over another?"""
    return any(
        c.box.top + LEVEL < y < c.box.bottom - LEVEL for stripe in stripes for c in stripe.cells
    )


def _padding(stripe: Grid) -> float:
    """How much of a stripe's height its texts leave blank, as rows below do between theirs."""
    texts = [around([w.box for w in cell.words]) for cell in stripe.cells if cell.words]
    return stripe.box.height - max((text.height for text in texts), default=stripe.box.height)


def _with_column_beside(page: Page, first: Grid, bottom: float) -> Grid:
    """`first` of the stripes down to `bottom`, with the column left of them that has no colour, for
    its cells go down over several rows: it has texts, and a rule or a band of the table reaches
    over it too."""
    x0, x1 = first.xs[0], first.xs[-1]
    across, _ = merged_rules(page.rules)
    rules = (Box(rule.start, rule.at, rule.end, rule.at) for rule in across)
    bars = [*rules, *(f.box for f in page.fills if f.visible)]
    left = min(
        (
            b.x0
            for b in bars
            if b.x0 < x0 - SAME_EDGE
            and abs(b.x1 - x1) <= SAME_EDGE
            and first.ys[0] - BESIDE < b.middle[1] < bottom + BESIDE
        ),
        default=x0,
    )
    beside = Box(left, first.ys[0], x0, bottom)
    inside = [w for w in page.words if beside.holds(*w.box.middle)]
    return _with_column(first, left, inside) if inside else first


def _with_column(grid: Grid, left: float, words: Sequence[Word]) -> Grid:
    """`grid` with a column from `left` on, where `words` stand; those above and below the rows are
    in none of its cells."""
    moved = (replace(c, column=c.column + 1, column_end=c.column_end + 1) for c in grid.cells)
    column = (
        GridCell(r, r + 1, 0, 1, box, tuple(w for w in words if box.holds(*w.box.middle)))
        for r, (top, end) in enumerate(pairwise(grid.ys))
        for box in [Box(left, top, grid.xs[0], end)]
    )
    return replace(grid, xs=(left, *grid.xs), cells=(*column, *moved))


def _is_closed(page: Page, row: BlockRow, head: Grid) -> bool:
    """Does `row` say something in most columns of its `head`, and a rule end it right below?"""
    under = Box(head.box.x0, row.box.bottom, head.box.x1, row.box.bottom + PADDING)
    return 2 * len(row.blocks) > head.column_count and bool(bars(page, under))


def _under(first: Grid, grid: Grid) -> Grid:
    """`grid` with the cells of `first`, its topmost stripe, as colour draws them."""
    read = sum((a + b) / 2 < first.box.bottom for a, b in pairwise(grid.ys))
    below = [c for c in grid.cells if c.row >= read]
    if sum(len(c.words) for c in (*first.cells, *below)) != sum(len(c.words) for c in grid.cells):
        return grid
    down = first.row_count - read
    cells = (replace(c, row=c.row + down, row_end=c.row_end + down) for c in below)
    return replace(grid, ys=(*first.ys, *grid.ys[read + 1 :]), cells=(*first.cells, *cells))


def _parted(lines: Sequence[list[Line]]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Pairs of lines, one under the other, between which the blank is wider than usual."""
    pitches = sorted(b[0].baseline - a[0].baseline for a, b in pairwise(lines))
    usual = pitches[len(pitches) // 4] if pitches else 0.0
    for above, line in pairwise(lines):
        if line[0].baseline - above[0].baseline > ROW_GAP * usual:
            yield above, line
