"""Tables without (all) rules: zebra fills, horizontal rules only, white space only.

What is missing is read from the text: columns are parted by strips that only titles cross,
rows by the bands and rules there are, else by the blank above a row that opens several columns.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from extractors.blanks import (
    ALIGNED,
    COLUMN_SPACE,
    LEADER,
    NUMBERING,
    SENTENCE,
    WIDE,
    WORD_SPACE,
    Block,
    BlockRow,
    Piece,
    block_rows,
    column_borders,
    is_figure,
    lines_of,
    regions,
    with_near_cells,
)
from extractors.grid import Grid, GridCell, clusters, merged_rules, ruled_grids, text_spans
from extractors.lines import read_pieces
from extractors.page import Box, Line, Page, Word, around, outside
from normalizers.references import split_reference

SAME_EDGE = 4.0  # points: bands and rules of one table end together
PIECES = 3  # a line with as many pieces may be a row
ROWS = 3  # fewer rows make no table
ENOUGH_SPACES = 8  # between words, to tell the usual one
MANY = 5  # as many columns make one of two rows
UNDERLINE = 2.5  # points: a rule under the head stands as near to the stripe below
SHORTEST_BAR = 60.0  # points: rules and bands of tables are longer
ROW_GAP = 1.32  # of the usual line distance: a wider one parts rows
ROW_REACH = 1.8  # of the font size: a wider blank ends a table, unless its rows have it too
LARGER = 1.2  # of the type of a table: larger type is that of a heading above it
LINE_REACH = 0.6  # of the font size: a narrower blank stands between the lines of one cell
TITLE_REACH = 4.0  # of the font size: no wider a blank stands between a sheet and its title
ASTRAY = 8  # one line in so many may cross the columns of a table
FIGURES = 0.5  # share of the texts right of the labels that are figures in a table of figures


Strip = tuple[float, float]  # where a border between two columns stands: from, to


def unruled_grids(page: Page, ruled: Sequence[Grid]) -> list[Grid]:
    """The tables of `page` outside its `ruled` grids, top to bottom."""
    words = outside(page.words, [g.box for g in ruled])
    found: list[Grid] = []
    stacks = sorted((*_banded(page, words), *_barred(page, words)), key=lambda s: -s[0].area)
    for stack, ys in stacks:
        area = _extended(page, stack, words)
        inside = [w for w in words if area.holds(*w.box.middle)]
        taken = sum(g.box.overlap(area) for g in (*ruled, *found)) > 0.2 * area.area
        if taken or (grid := _grid(page, area, ys, inside)) is None:
            continue
        if _is_table(grid) or (grid.column_count >= PIECES and grid.row_count >= ROWS):
            found.append(grid)
    for some in regions(outside(words, [g.box for g in found])):
        grid = _grid(page, _around(some), (), some)
        if grid is not None and (_is_table(grid) or _is_sheet(page, grid)):
            found.append(grid)
    return sorted(found, key=lambda g: g.box.top)


def continued(above: Page, over: Sequence[Grid], page: Page, grids: list[Grid]) -> list[Grid]:
    """`grids` of `page` as they are where the last table of the page `above`, whose grids are
    `over`, goes on: with the rows that it has left at the top, and with its columns."""
    last = over[-1] if over else None
    if last is None or last.ruled or abs(above.width - page.width) > 1:
        return grids
    if any(w.box.top > last.box.bottom for w in above.words):
        return grids
    first = grids[0] if grids and not grids[0].ruled else None
    end = min((g.box.top for g in grids), default=page.height)
    words = [w for w in page.words if w.box.bottom <= end]
    within = [w for w in page.words if first and w.box.middle[1] <= first.box.bottom]
    xs = _moved_aside(last, _rows_of_pieces(page, within or words))
    rows = _last_rows(page, words, xs) if words else None
    again = _in_columns(page, first, within, xs) if first and (rows or not words) else None
    again = again or (_with_rest(page, first, words, xs) if first and words and not rows else None)
    if again:
        return [again, *grids[1:]]
    return [rows, *grids] if rows else grids


def _with_rest(page: Page, first: Grid, words: Sequence[Word], xs: Sequence[float]) -> Grid | None:
    """`first`, in columns `xs`, with the rest of the row that the page before cut: `words`, all
    that stands above it, where these are lines right over it beyond the first column."""
    lines = _rows_of_pieces(page, words)
    under = first.box.top - max(w.box.bottom for w in words)
    near = under <= ROW_REACH * lines[-1][0].size and min(w.box.x0 for w in words) > xs[1]
    if not near or not _are_same(first.xs, xs) or not all(_fits(x, _drawn(xs)) for x in lines):
        return None
    box = replace(first.box, top=min(w.box.top for w in words) - 1, bottom=first.box.top)
    rest = GridCell(0, 1, 0, first.column_count, box, tuple(words))
    below = (replace(c, row=c.row + 1, row_end=c.row_end + 1) for c in first.cells)
    cells = (*_parted_cells(rest, first.xs), *below)
    return replace(first, ys=(box.top, *first.ys), cells=cells)


def _moved_aside(last: Grid, lines: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """The borders of the columns of `last`, each that texts of `lines` cross moved beside these,
    where no text of its own two columns stood there."""
    spans = [span for line in lines for span in _printed(line, WORD_SPACE * line[0].size)]
    own = text_spans(last)
    moved = list(last.xs)
    for i, x in enumerate(last.xs[1:-1], 1):
        crossing = [(x0, x1) for x0, x1 in spans if x0 + 1 < x < x1 - 1]
        aside = (max(x1 for _, x1 in crossing), min(x0 for x0, _ in crossing)) if crossing else ()
        left, right = own.get(i - 1, (x, x))[1], own.get(i, (x, x))[0]
        for to in aside:
            if left <= to <= right and not any(x0 < to < x1 for x0, x1 in spans):
                moved[i] = to
    return tuple(moved)


def _in_columns(page: Page, first: Grid, words: Sequence[Word], xs: Sequence[float]) -> Grid | None:
    """`words`, all that stands on `page` down to the end of its `first` table, in columns `xs`;
    None where they stand otherwise, or make fewer cells, or `first` has them all so."""
    lines = _rows_of_pieces(page, words)
    if _are_same(first.xs, xs) and min(w.box.top for w in words) >= first.box.top - 1:
        return None
    if sum(not _fits(line, _drawn(xs)) for line in lines) > len(lines) / ASTRAY:
        return None
    stacks = (*_banded(page, words), *_barred(page, words))
    ys = max(stacks, key=lambda s: s[0].overlap(first.box), default=(first.box, ()))[1]
    rows = _rows(lines_of(words, WORD_SPACE), xs, ys)
    top = min(w.box.top for w in words) - 1
    again = _filled(page, xs, rows, Box(xs[0], top, xs[-1], first.box.bottom))
    return again if _filled_cells(again) >= _filled_cells(first) else None


def _are_same(xs: Sequence[float], others: Sequence[float]) -> bool:
    return len(xs) == len(others) and all(
        abs(a - b) <= SAME_EDGE for a, b in zip(xs, others, strict=True)
    )


def _filled_cells(grid: Grid) -> int:
    return sum(bool(cell.words) for cell in grid.cells)


def _last_rows(page: Page, words: Sequence[Word], xs: Sequence[float]) -> Grid | None:
    top = min(w.box.top for w in words) - 1
    bottom = _reach(_rows_of_pieces(page, words), _drawn(xs), top)
    inside = [w for w in words if w.box.bottom <= bottom]
    if not inside:
        return None
    rows = block_rows(lines_of(inside, WORD_SPACE), xs)
    figures = [b for b in rows[0].blocks if _says_figure(b)]
    if len(rows[0].blocks) < (2 if figures else PIECES):
        return None
    return _filled(page, xs, rows, Box(xs[0], top, xs[-1], bottom))


def _bars(page: Page, area: Box) -> tuple[float, ...]:
    """Where horizontal rules cross most of `area`."""
    across, _ = merged_rules(page.rules)
    return tuple(
        r.at
        for r in across
        if area.top < r.at < area.bottom
        and 2 * (min(r.end, area.x1) - max(r.start, area.x0)) > area.width
    )


def _around(words: Sequence[Word]) -> Box:
    box = around([w.box for w in words])
    return Box(box.x0 - 2, box.top - 1, box.x1 + 2, box.bottom + 1)


def _is_table(grid: Grid) -> bool:
    """Are the texts of `grid`, which no rule proves, set as those of a table: figures or short
    texts aligned in columns, in several rows?"""
    rows = [[c for c in grid.row(r) if c.words] for r in range(grid.row_count)]
    full = [row for row in rows if len(row) > 1]
    if len(full) < 2 or 2 * len(full) < len(rows):
        return False
    by_column = [
        [c for row in rows for c in row if c.column == i and c.column_end == i + 1]
        for i in range(grid.column_count)
    ]
    labels = [_said(c) for c in by_column[0]]
    if all(NUMBERING.fullmatch(text) for text in labels) and grid.column_count == 2:
        return False
    if sum(bool(LEADER.search(_said(c))) for row in full for c in row) > len(full) / 2:
        return False
    others = [c for column in by_column[1:] for c in column]
    figures = sum(is_figure(_said(c)) for c in others)
    if figures >= FIGURES * len(others):
        return len(full) >= ROWS and (grid.column_count > 2 or figures >= 0.7 * len(others))
    aligned = [column for column in by_column if _is_aligned(column)]
    wide = sum(len(row) >= PIECES for row in full)
    loose = grid.column_count - len(aligned)
    return (
        grid.column_count >= PIECES
        and loose <= grid.column_count // MANY
        and wide >= (ROWS if grid.column_count < MANY else 2)
    )


def _is_sheet(page: Page, grid: Grid) -> bool:
    """Does `grid` tell on the right what it asks on the left of an action, which the line right
    above names with its number?"""
    above = [w for w in page.words if w.box.middle[1] < grid.box.top]
    lines = lines_of(above, COLUMN_SPACE)
    if grid.column_count != 2 or grid.row_count < ROWS or not lines:
        return False
    title = lines[-1]
    near = grid.box.top - title[0].box.bottom < TITLE_REACH * title[0].size
    named = split_reference(" ".join(p.text for p in title), parted=False)[0] is not None
    columns = [[c for c in grid.cells if c.column == i and c.words] for i in (0, 1)]
    lefts = [[min(w.box.x0 for w in c.words) for c in column] for column in columns]
    return near and named and all(max(xs) - min(xs) < SAME_EDGE for xs in lefts if xs)


def _said(cell: GridCell) -> str:
    return " ".join(w.text for w in cell.words)


def _is_aligned(cells: Sequence[GridCell]) -> bool:
    """Do the texts of a column stand at one place, or some start at one and the others end at one:
    words and a heading left, sums right?"""
    boxes = [around([w.box for w in c.words]) for c in cells]
    left, right, middle = (lambda b: b.x0), (lambda b: b.x1), (lambda b: b.middle[0])
    orders = (left, right), (right, left), (middle,)
    return any(_aligned(boxes, order) >= ALIGNED * len(boxes) for order in orders)


def _aligned(boxes: Sequence[Box], places: Sequence[Callable[[Box], float]]) -> int:
    """How many of `boxes` share the first of `places`, and of the others the next."""
    rest, aligned = list(boxes), 0
    for place in places:
        most = max(clusters(rest, place, SAME_EDGE), key=len, default=[])
        if len(most) > 1 or len(boxes) == 1:
            aligned += len(most)
            rest = [box for box in rest if not any(box is other for other in most)]
    return aligned


def with_stripes(page: Page, grids: Sequence[Grid]) -> list[Grid]:
    """`grids`, those that are mere stripes of colour joined with the rows between and below them.

    A coloured head alone is one stripe. Its cells give the columns.
    """
    rest = [g for g in grids if not _is_stripe(page, g)]
    stripes = [g for g in grids if _is_stripe(page, g)]
    joined: list[list[Grid]] = []
    for stripe in stripes:
        if joined and _is_next_stripe(page, joined[-1][-1], stripe):
            joined[-1].append(stripe)
        else:
            joined.append([stripe])
    tables: list[Grid] = []
    for some in joined:
        inside = any(t.box.overlap(some[0].box) > 0 for t in tables)
        if not inside:
            tables.append(_striped(page, some))
    rest = [g for g in rest if not any(t.box.holds(*g.box.middle) for t in tables)]
    return [*rest, *tables]


def is_highlight(page: Page, grid: Grid) -> bool:
    """Are these lines of prose on colour: one column, no rule?"""
    ruled = any(grid.box.holds(*rule.middle, slack=1.0) for rule in page.rules)
    return grid.column_count == 1 and not ruled


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
    coloured = grid.column_count >= PIECES and all(c.filled for c in grid.cells)
    inner = replace(grid.box, top=grid.box.top + UNDERLINE, bottom=grid.box.bottom - UNDERLINE)
    return coloured and not any(inner.holds(*rule.middle, slack=1.0) for rule in page.rules)


def _is_next_stripe(page: Page, above: Grid, below: Grid) -> bool:
    """Does one row, or none, stand between two stripes of the same columns, of which the lower may
    join some, as a total does?"""
    ends = (above.xs[0] - below.xs[0], above.xs[-1] - below.xs[-1])
    if max(map(abs, ends)) > SAME_EDGE:
        return False
    if any(min(abs(x - own) for own in above.xs) > SAME_EDGE for x in below.xs):
        return False
    between = Box(above.box.x0, above.box.bottom, above.box.x1, below.box.top)
    words = [w for w in page.words if between.holds(*w.box.middle)]
    lines = _rows_of_pieces(page, words)
    if not lines:
        return between.height < SAME_EDGE
    borders = _drawn(above.xs)
    return all(_fits(line, borders, space=0.0) for line in lines) and not any(_parted(lines))


def _striped(page: Page, stripes: Sequence[Grid]) -> Grid:
    first = stripes[0]
    ys = [g[0] for g in clusters((y for s in stripes for y in s.ys), lambda y: y, SAME_EDGE)]
    words = [w for w in page.words if first.box.x0 <= w.box.middle[0] <= first.box.x1]
    under = [w for w in words if w.box.middle[1] > ys[-1]]
    over = [w for w in words if w.box.middle[1] < ys[0]]
    heights = [b - a for s in stripes for a, b in pairwise(s.ys)]
    lowest = min(heights) if len(heights) > 1 else 0.0
    borders = _drawn(first.xs)
    top = _reach_above(_rows_of_pieces(page, over), borders, ys[0], lowest)
    bottom = _reach(_rows_of_pieces(page, under), borders, ys[-1], space=0.0, row=lowest)
    if (top, bottom) == (ys[0], ys[-1]) and (len(ys) <= ROWS or len(stripes) == 1):
        return first
    area = Box(first.box.x0, top, first.box.x1, bottom)
    inside = [w for w in words if area.holds(*w.box.middle)]
    rows = _rows(lines_of(inside, WORD_SPACE), first.xs, ys)
    enough = 2 if first.column_count >= MANY else ROWS
    return _filled(page, first.xs, rows, area) if len(rows) >= enough else first


def _reach(
    lines: Sequence[Sequence[Line]],
    borders: Sequence[Strip],
    edge: float,
    space: float = WORD_SPACE,
    row: float = 0.0,
) -> float:
    """How far down a table with such column `borders` goes below `edge`: to the last of `lines`
    with several of its cells, and the lines that carry on those cells. A blank wider than `space`,
    of the font size, stands between columns. A row of the table is as high as `row`, 0 where
    nothing tells."""
    bottom = edge
    for line in lines:
        box = around([p.box for p in line])
        blank = box.top - edge
        carries_on = edge >= bottom - 1 and blank < LINE_REACH * line[0].size
        if blank > _blank(line, row) or not _fits(line, borders, space):
            break
        if carries_on or _is_over_columns(line, borders):
            bottom = box.bottom + 1
        edge = box.bottom
    return bottom


def _reach_above(
    lines: Sequence[Sequence[Line]], borders: Sequence[Strip], edge: float, row: float = 0.0
) -> float:
    """How far up a table with such column `borders` goes above `edge`: to the highest of `lines`
    with several of its cells, and one set a little higher beside it, all of them as large as the
    lowest. A row is as high as `row`, 0 where nothing tells."""
    top = edge
    drawn = all(left == right for left, right in borders)
    for line in reversed(lines):
        box = around([p.box for p in line])
        columns = len(_starts(line, [right for _, right in borders]))
        space = 0.0 if drawn and columns >= MANY else WORD_SPACE  # no prose fits so by chance
        larger = line[0].size > LARGER * lines[-1][0].size
        blank = edge - box.bottom
        if larger or blank > _blank(line, row) or not _fits(line, borders, space):
            break
        if columns > 1 or box.bottom > top + 2 > edge:
            top = box.top - 1
        edge = box.top
    return top


def _blank(line: Sequence[Line], row: float) -> float:
    """How much may stand blank beside `line` in a table whose rows are as high as `row`."""
    return max(ROW_REACH * line[0].size, row)


def _is_over_columns(line: Sequence[Line], borders: Sequence[Strip]) -> bool:
    return len(_starts(line, [right for _, right in borders])) > 1


def _fits(line: Sequence[Line], borders: Sequence[Strip], space: float = WORD_SPACE) -> bool:
    """Does `line` stand within the table, nothing of it across a column's border?"""
    spans = _printed(line, space * line[0].size)
    inside = spans[0][0] >= borders[0][0] - SAME_EDGE and spans[-1][1] <= borders[-1][1] + SAME_EDGE
    return inside and not any(
        x0 + 1 < left and right < x1 - 1 for x0, x1 in spans for left, right in borders[1:-1]
    )


def with_columns(page: Page, grid: Grid) -> Grid:
    """`grid` with the columns that its text shows, where rules part only its rows, or its head from
    a body that is framed as a whole."""
    if grid.column_count > 1:
        return grid
    area = _extended(page, grid.box, page.words)
    words = [w for w in page.words if area.holds(*w.box.middle)]
    found = _grid(page, area, grid.ys, words)
    if found and area == grid.box and _has_short_rules(page, grid):
        found = _with_borders(page, grid, found.xs) or found
    return found if found and (grid.row_count >= ROWS or _is_table(found)) else grid


def _has_short_rules(page: Page, grid: Grid) -> bool:
    """Do rules part rows of `grid` in some columns only?"""
    across, _ = merged_rules(r for r in page.rules if grid.box.holds(*r.middle, slack=1.0))
    return any(r.end - r.start < grid.box.width - 2 * SAME_EDGE for r in across)


def _with_borders(page: Page, grid: Grid, xs: Sequence[float]) -> Grid | None:
    """`grid`, whose rules part some rows in some columns only, with borders at `xs` but where a
    text goes over one; None where that makes no such columns."""
    rules = [rule for rule in page.rules if grid.box.holds(*rule.middle, slack=1.0)]
    fills = [fill.box for fill in page.fills if grid.box.holds(*fill.box.middle)]
    texts = [p.box for c in grid.cells for line in lines_of(c.words, WORD_SPACE) for p in line]
    ends = [x for box in (*rules, *fills) for x in (box.x0, box.x1)]
    drawn = [_at_an_end(x, ends, texts) for x in xs]
    borders = [
        Box(x, top, x, bottom)
        for top, bottom in pairwise(grid.ys)
        for x in drawn
        if not any(t.x0 < x < t.x1 and top < t.middle[1] < bottom for t in texts)
    ]
    found = ruled_grids(replace(page, rules=(*rules, *borders)))
    fits = found and found[0].column_count == len(xs) - 1
    return replace(found[0], drawn=False) if fits else None


def _at_an_end(border: float, ends: Sequence[float], texts: Sequence[Box]) -> float:
    """Where rules or colours begin or end in the same blank as `border`, else `border`."""
    left = max((t.x1 for t in texts if t.x1 <= border), default=border)
    right = min((t.x0 for t in texts if t.x0 >= border), default=border)
    within = [x for x in ends if left <= x <= right]
    return min(within, key=lambda x: abs(x - border), default=border)


def with_rows(page: Page, grid: Grid) -> Grid:
    """`grid` with the rows that its text shows, where rules part only its columns, its head and
    groups of rows: blocks beside one another, again and again, in most columns."""
    if grid.column_count < 2 or any(c.row_end - c.row > 1 for c in grid.cells[grid.column_count :]):
        return grid
    tall = sum(_has_several_lines(grid.row(r)) for r in range(grid.row_count))
    inner: list[list[BlockRow]] = []
    for r in range(grid.row_count):
        inner.append(_inner_rows(grid.row(r)))
        if 2 * (grid.row_count - inner.count([])) < tall and _are_parted(page, grid):
            return grid
    if max(_full_rows(rows, grid.column_count) for rows in inner) < ROWS:
        return grid
    ys, starts = [grid.ys[0]], [0]
    for rows, bottom in zip(inner, grid.ys[1:], strict=True):
        ys += [max((a.box.bottom + b.box.top) / 2, a.box.top + 1) for a, b in pairwise(rows)]
        ys.append(bottom)
        starts.append(len(ys) - 1)
    cells = []
    for cell in grid.cells:
        first = starts[cell.row]
        if not inner[cell.row]:
            cells.append(replace(cell, row=first, row_end=starts[cell.row_end]))
        for r, row in enumerate(inner[cell.row], start=first):
            box = Box(cell.box.x0, ys[r], cell.box.x1, ys[r + 1])
            words = tuple(w for b in row.blocks for w in b.words if w in cell.words)
            cells.append(replace(cell, row=r, row_end=r + 1, box=box, words=words))
    return replace(grid, ys=tuple(ys), cells=tuple(cells), drawn=False)


def _are_parted(page: Page, grid: Grid) -> bool:
    """Does a rule, or the edge of a colour, part rows of `grid`: not bars between columns alone?"""
    boxes = [*(f.box for f in page.fills), *(r for r in page.rules if r.width > SHORTEST_BAR)]
    edges = [
        y for box in boxes if grid.box.holds(*box.middle, slack=1.0) for y in (box.top, box.bottom)
    ]
    return any(abs(y - edge) <= SAME_EDGE for y in grid.ys[1:-1] for edge in edges)


def _starts(line: Sequence[Line], xs: Sequence[float]) -> set[int]:
    """The columns in which words of `line` start."""
    return {bisect_right(xs, w.box.x0 + 1) for piece in line for w in piece.words}


def _parted_cells(cell: GridCell, xs: Sequence[float]) -> list[GridCell]:
    """`cell`, across several columns with borders at `xs`, as one cell a column."""
    parted = []
    for c, (x0, x1) in enumerate(pairwise(xs), cell.column):
        words = tuple(w for w in cell.words if x0 <= w.box.middle[0] < x1)
        box = replace(cell.box, x0=x0, x1=x1)
        parted.append(replace(cell, column=c, column_end=c + 1, box=box, words=words))
    return parted


def with_head(page: Page, grid: Grid) -> Grid:
    """`grid` with the columns of its head, where no rules part that but its texts stand over them:
    a band of colour right above the cells that are ruled."""
    top = grid.row(0)
    if len(top) > 1 or not top[0].filled or top[0].row_end > 1 or not top[0].words:
        return grid
    columns = {bisect_right(grid.xs, w.box.middle[0]) - 1 for w in top[0].words}
    lines = _rows_of_pieces(page, top[0].words)
    if 2 * len(columns) <= grid.column_count or not all(
        _fits(line, _drawn(grid.xs)) for line in lines
    ):
        return grid
    head = _parted_cells(top[0], grid.xs)
    return replace(grid, cells=(*head, *(c for c in grid.cells if c.row)), drawn=False)


def _has_several_lines(cells: Sequence[GridCell]) -> bool:
    return any(len(lines_of(cell.words, COLUMN_SPACE)) > 1 for cell in cells)


def _inner_rows(cells: Sequence[GridCell]) -> list[BlockRow]:
    """The rows in one ruled row, where its text shows several."""
    if all(cell.filled for cell in cells):  # colour parts the rows
        return []
    rows = _rows_of_cells(cells)
    full = _full_rows(rows, len(cells))
    return rows if full > 1 and 2 * full >= len(rows) else []


def _full_rows(rows: Sequence[BlockRow], columns: int) -> int:
    """How many of `rows` have a text in most of their columns."""
    return sum(2 * len(row.blocks) > columns for row in rows)


def _rows_of_cells(cells: Sequence[GridCell]) -> list[BlockRow]:
    """The rows in one ruled row: each of its cells is a column."""
    xs = [c.box.x0 for c in cells] + [cells[-1].box.x1]
    words = [w for c in cells for w in c.words]
    rows: list[BlockRow] = []
    for row in block_rows(lines_of(words, WORD_SPACE), xs) if words else []:
        if rows and _flows_on(rows[-1], row):
            rows[-1] = _joined([rows[-1], row])
        else:
            rows.append(row)
    return rows


def _flows_on(above: BlockRow, row: BlockRow) -> bool:
    """Does a cell's sentence or word go on in the next row?"""
    over = {b.start: b.words[-1].text for b in above.blocks}
    return any(
        over[b.start].endswith("-") or (b.words[0].text[:1].islower())
        for b in row.blocks
        if b.start in over and not is_figure(over[b.start])
    )


def _parted(lines: Sequence[list[Line]]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Pairs of lines, one under the other, between which the blank is wider than usual."""
    pitches = sorted(b[0].baseline - a[0].baseline for a, b in pairwise(lines))
    usual = pitches[len(pitches) // 4] if pitches else 0.0
    for above, line in pairwise(lines):
        if line[0].baseline - above[0].baseline > ROW_GAP * usual:
            yield above, line


def _extended(page: Page, area: Box, words: Sequence[Word]) -> Box:
    """`area` with the rows right above and below it that stand in its columns: the head, or a last
    row without colour."""
    beside = [w for w in words if area.x0 - 2 <= w.box.middle[0] <= area.x1 + 2]
    over = [w for w in beside if w.box.middle[1] < area.top]
    under = [w for w in beside if w.box.middle[1] > area.bottom]
    within = [w for w in beside if area.top <= w.box.middle[1] <= area.bottom]
    xs = column_borders(lines_of(within, WORD_SPACE), area) if within else [area.x0, area.x1]
    strips = _strips(xs, within)
    top = _reach_above(_rows_of_pieces(page, over), strips, area.top)
    bottom = _reach(_rows_of_pieces(page, under), strips, area.bottom)
    return Box(area.x0, top, area.x1, bottom)


def _strips(xs: Sequence[float], words: Sequence[Word]) -> list[Strip]:
    """The blanks around the borders `xs`, as wide as `words` leave them."""
    inner = []
    for left, x, right in zip(xs, xs[1:], xs[2:], strict=False):
        before = (w.box.x1 for w in words if left <= w.box.middle[0] and w.box.x1 <= x)
        after = (w.box.x0 for w in words if x <= w.box.x0 and w.box.middle[0] <= right)
        inner.append((max(before, default=x), min(after, default=x)))
    return [(xs[0], xs[0]), *inner, (xs[-1], xs[-1])]


def _drawn(xs: Sequence[float]) -> list[Strip]:
    """Borders at `xs`, whose place is known."""
    return [(x, x) for x in xs]


def _banded(page: Page, words: Sequence[Word]) -> list[tuple[Box, tuple[float, ...]]]:
    """Areas of zebra stripes: coloured bands of one width, one below the other."""
    bands = [
        f.box
        for f in page.fills
        if f.visible and f.box.width > SHORTEST_BAR and f.box.height < 0.4 * page.height
    ]
    return _stacks(bands, [(b.top, b.bottom) for b in bands], words)


def _barred(page: Page, words: Sequence[Word]) -> list[tuple[Box, tuple[float, ...]]]:
    """Areas between horizontal rules of one width."""
    across, _ = merged_rules(page.rules)
    bars = [Box(r.start, r.at, r.end, r.at) for r in across if r.end - r.start > SHORTEST_BAR]
    return _stacks(bars, [(b.middle[1],) for b in bars], words)


def _stacks(
    boxes: Sequence[Box], edges: Sequence[tuple[float, ...]], words: Sequence[Word]
) -> list[tuple[Box, tuple[float, ...]]]:
    result = []
    order = range(len(boxes))
    for same_left in clusters(order, lambda i: boxes[i].x0, SAME_EDGE):
        for group in clusters(same_left, lambda i: boxes[i].x1, SAME_EDGE):
            ys = sorted(y for i in group for y in edges[i])
            hull = around([boxes[i] for i in group])
            for lines in _without_paragraphs(
                [g[0] for g in clusters(ys, lambda y: y, 2.5)], hull, words
            ):
                if len(lines) >= ROWS:
                    result.append((Box(hull.x0, lines[0], hull.x1, lines[-1]), tuple(lines)))
    return result


def _without_paragraphs(ys: Sequence[float], hull: Box, words: Sequence[Word]) -> list[list[float]]:
    """`ys`, parted where several lines of prose stand between two of them."""
    inside = [w for w in words if hull.x0 - 2 <= w.box.middle[0] <= hull.x1 + 2]
    prose = [
        line[0].baseline
        for line in lines_of(inside, COLUMN_SPACE)
        if len(line) == 1
        and len(line[0].words) >= SENTENCE
        and line[0].box.width > WIDE * hull.width
    ]
    parts = [[ys[0]]]
    for above, y in pairwise(ys):
        if sum(above < baseline < y for baseline in prose) > 1:
            parts.append([])
        parts[-1].append(y)
    return parts


def _rows_of_pieces(page: Page, words: Sequence[Word]) -> list[list[Line]]:
    """The text's lines, top to bottom, each as its pieces from left to right."""
    pieces = read_pieces(replace(page, words=tuple(words)))
    groups = clusters(pieces, lambda p: p.box.middle[1], 3.0)
    return [sorted(group, key=lambda p: p.box.x0) for group in groups]


def _printed(line: Sequence[Line], space: float) -> list[tuple[float, float]]:
    """Where a line is printed, from left to right, blanks of up to `space` filled."""
    spans: list[tuple[float, float]] = []
    for word in (w for piece in line for w in piece.words):
        if spans and word.box.x0 - spans[-1][1] <= space:
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.box.x1))
        else:
            spans.append((word.box.x0, word.box.x1))
    return spans


def _grid(page: Page, area: Box, ys: Sequence[float], words: Sequence[Word]) -> Grid | None:
    """The table in `area`, its rows parted at `ys` where these part rows; None when it has fewer
    than two columns or three rows."""
    if not words:
        return None
    lines = with_near_cells(lines_of(words, max(WORD_SPACE, 1.1 * _usual_space(words))))
    xs = column_borders(lines, area)
    if len(xs) <= 2:
        return None
    bars = _bars(page, area)
    rows = _with_whole_head(_rows(lines, xs, ys or bars), bars)
    if not ys and len(figures := _without_words_below(rows)) < len(rows):
        rows = figures
        area = replace(area, bottom=rows[-1].box.bottom + 1)
    return _filled(page, xs, rows, area) if len(rows) >= 2 else None


def _without_words_below(rows: Sequence[BlockRow]) -> list[BlockRow]:
    """`rows` without the last ones that say words, and nothing in the first column, where all rows
    between them and the head say figures: lines of prose whose blanks are stretched."""
    kept = list(rows)
    while len(kept) > ROWS and all(b.start and not _says_figure(b) for b in kept[-1].blocks):
        if not all(_says_figure(b) for row in kept[1:-1] for b in row.blocks if b.start):
            break
        kept.pop()
    return kept


def _says_figure(block: Block) -> bool:
    return is_figure(" ".join(p.text for p in block.pieces))


def _usual_space(words: Sequence[Word]) -> float:
    """The blank between two words, as a share of the font size: wide in type of one width."""
    pieces = [p for line in lines_of(words, COLUMN_SPACE) for p in line]
    gaps = sorted((b.box.x0 - a.box.x1) / a.size for p in pieces for a, b in pairwise(p.words))
    return gaps[len(gaps) // 4] if len(gaps) >= ENOUGH_SPACES else 0.0


def _rows(
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
    joined = []
    for number, band in bands.items():
        one = 0 < number < len(ys) and not _says_rows(band)
        joined += [_joined(band)] if one else band
    return joined


def _with_whole_head(rows: list[BlockRow], bars: Sequence[float]) -> list[BlockRow]:
    """`rows`, those over the first of the rules `bars` below any made one where they say no figure:
    the lines of the heads, if no head stands over several others."""
    end = next((y for y in bars if y > rows[0].box.middle[1]), 0.0)
    head = [row for row in rows if row.box.middle[1] < end]
    blocks = [block for row in head for block in row.blocks]
    columns = {(b.start, b.end) for b in blocks}
    apart = all(a[1] <= b[0] for a, b in pairwise(sorted(columns)))
    if len(head) < 2 or not apart or any(map(_says_figure, blocks)):
        return rows
    return [_joined(head), *rows[len(head) :]]


def _says_rows(band: Sequence[BlockRow]) -> bool:
    """Are these rows each of its own, and no lines of one: do two of them say figures in the same
    two columns, as a line that goes on does in one at most?"""
    figures = [{b.start for b in row.blocks if _says_figure(b)} for row in band]
    return any(len(one & other) > 1 for one, other in combinations(figures, 2))


def _joined(rows: Sequence[BlockRow]) -> BlockRow:
    """`rows` as one: the blocks of each column one below the other."""
    result: dict[tuple[int, int], Block] = {}
    for block in (b for row in rows for b in row.blocks):
        columns = block.start, block.end
        if columns in result:
            result[columns].pieces.extend(block.pieces)
        else:
            result[columns] = block
    return BlockRow(list(result.values()))


def _is_title(row: BlockRow, below: Sequence[BlockRow]) -> bool:
    """Is `row` one text over the first columns, and not the first line of a label below it?"""
    first, *others = row.blocks
    under = [b.words[0].text for r in below for b in r.blocks if b.start == 0]
    goes_on = any(text[:1].islower() for text in under)
    return not others and first.start == 0 and first.end > 1 and not goes_on


def _filled(page: Page, xs: Sequence[float], rows: Sequence[BlockRow], area: Box) -> Grid:
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
            for c in range(column, until):
                cells.append(
                    GridCell(r, r + 1, c, c + 1, Box(xs[c], ys[r], xs[c + 1], ys[r + 1]), ())
                )
            if block:
                box = Box(xs[block.start], ys[r], xs[block.end], ys[r + 1])
                cells.append(GridCell(r, r + 1, block.start, block.end, box, block.words))
                column = block.end
    return Grid(page.number, tuple(xs), tuple(ys), tuple(cells), ruled=False, drawn=False)
