"""Tables without (all) rules: zebra fills, horizontal rules only, white space only.

What is missing is read from the text: columns are parted by strips that only titles cross,
rows by the bands and rules there are, else by the blank above a row that opens several columns.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.grid import Grid, GridCell, clusters, merged_rules
from extractors.lines import read_pieces
from extractors.page import Box, Line, Page, Word, around
from normalizers.rows import is_total

SAME_EDGE = 4.0  # points: bands and rules of one table end together
STRIP = 0.55  # of the font size: the narrowest blank between columns
WORD_SPACE = 0.45  # of the font size: a wider blank stands between columns, or justified words
ENOUGH_SPACES = 8  # between words, to tell the usual one
ACROSS = 0.4  # of a table's width: a longer line is a title over several columns
PIECES = 3  # a line with as many pieces may be a row
HEAD_LINES = frozenset({0, 1})  # where a heading stands
ROWS = 3  # fewer rows make no table
ROW_GAP = 1.32  # of the usual line distance: a wider one parts rows
ROW_REACH = 1.8  # of the font size: a wider blank ends a table
LEADING = 0.25  # of the font size: a wider blank is more than the one between two lines
LINE_REACH = 0.6  # of the font size: a narrower blank stands between the lines of one cell


def unruled_grids(page: Page, ruled: Sequence[Grid]) -> list[Grid]:
    """The tables of `page` outside its `ruled` grids, top to bottom."""
    words = [w for w in page.words if not any(g.box.holds(*w.box.middle) for g in ruled)]
    found: list[Grid] = []
    for stack, ys in (*_banded(page), *_barred(page)):
        area = _extended(page, stack, words)
        inside = [w for w in words if area.holds(*w.box.middle)]
        taken = any(g.box.overlap(area) > 0.2 * area.area for g in (*ruled, *found))
        if not taken and (grid := _grid(page, area, ys, inside)) is not None:
            found.append(grid)
    free = [w for w in words if not any(g.box.holds(*w.box.middle) for g in found)]
    for area in _blocks(page, free):
        inside = [w for w in free if area.holds(*w.box.middle)]
        if (grid := _grid(page, area, (), inside)) is not None:
            found.append(_grown(page, grid, free))
    return sorted(found, key=lambda g: g.box.top)


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
    return [*rest, *(_striped(page, some) for some in joined)]


def is_highlight(page: Page, grid: Grid) -> bool:
    """Are these lines of prose on colour: one column, no rule?"""
    ruled = any(grid.box.holds(*rule.middle, slack=1.0) for rule in page.rules)
    return grid.column_count == 1 and not ruled


def _is_stripe(page: Page, grid: Grid) -> bool:
    coloured = grid.column_count >= PIECES and all(c.filled for c in grid.cells)
    return coloured and not any(grid.box.holds(*rule.middle, slack=1.0) for rule in page.rules)


def _is_next_stripe(page: Page, above: Grid, below: Grid) -> bool:
    """Does one row, or none, stand between two stripes of the same columns?"""
    if above.column_count != below.column_count:
        return False
    if any(abs(a - b) > SAME_EDGE for a, b in zip(above.xs, below.xs, strict=True)):
        return False
    between = Box(above.box.x0, above.box.bottom, above.box.x1, below.box.top)
    words = [w for w in page.words if between.holds(*w.box.middle)]
    lines = _rows_of_pieces(page, words)
    if not lines:
        return between.height < SAME_EDGE
    return all(_fits(line, above.xs, space=0.0) for line in lines) and not any(_parted(lines))


def _striped(page: Page, stripes: Sequence[Grid]) -> Grid:
    first = stripes[0]
    ys = [g[0] for g in clusters((y for s in stripes for y in s.ys), lambda y: y, SAME_EDGE)]
    words = [w for w in page.words if first.box.x0 <= w.box.middle[0] <= first.box.x1]
    under = [w for w in words if w.box.middle[1] > ys[-1]]
    bottom = _reach(_rows_of_pieces(page, under), first.xs, ys[-1], space=0.0)
    more = Box(first.box.x0, ys[-1], first.box.x1, bottom)
    inside = [w for w in under if more.holds(*w.box.middle)]
    if inside:
        ys.extend(_row_borders(page, more, (), inside, first.xs)[1:])
    if len(ys) <= ROWS:
        return first
    return _filled(page, first.xs, ys, [w for w in words if ys[0] <= w.box.middle[1] <= ys[-1]])


def _grown(page: Page, grid: Grid, words: Sequence[Word]) -> Grid:
    """`grid` with the lines right below it that keep to its columns."""
    under = [w for w in words if w.box.middle[1] > grid.box.bottom]
    bottom = _reach(_rows_of_pieces(page, under), grid.xs, grid.box.bottom)
    if bottom == grid.box.bottom:
        return grid
    area = Box(grid.box.x0, grid.box.top, grid.box.x1, bottom)
    inside = [w for w in words if area.holds(*w.box.middle)]
    rows = _row_borders(page, area, (), inside, grid.xs)
    return _filled(page, grid.xs, rows, inside)


def _reach(
    lines: Sequence[Sequence[Line]], xs: Sequence[float], edge: float, space: float = WORD_SPACE
) -> float:
    """How far down a table with columns `xs` goes below `edge`: to the last of `lines` with
    several of its cells, and the lines that carry on those cells. A blank wider than `space`, of
    the font size, stands between columns."""
    bottom = edge
    for line in lines:
        box = around([p.box for p in line])
        blank = box.top - edge
        if blank > ROW_REACH * line[0].size or not _fits(line, xs, space):
            break
        several = len({bisect_right(xs, w.box.x0 + 1) for p in line for w in p.words}) > 1
        if several or (edge >= bottom - 1 and blank < LINE_REACH * line[0].size):
            bottom = box.bottom + 1
        edge = box.bottom
    return bottom


def _fits(line: Sequence[Line], xs: Sequence[float], space: float = WORD_SPACE) -> bool:
    """Does `line` stand within the table, nothing of it across a column's border?"""
    spans = _printed(line, space * line[0].size)
    inside = spans[0][0] >= xs[0] - SAME_EDGE and spans[-1][1] <= xs[-1] + SAME_EDGE
    return inside and not any(x0 + 1 < x < x1 - 1 for x0, x1 in spans for x in xs[1:-1])


def with_columns(page: Page, grid: Grid) -> Grid:
    """`grid` with the columns that its text shows, where rules part only its rows."""
    if grid.column_count > 1 or grid.row_count < ROWS:
        return grid
    area = _extended(page, grid.box, page.words)
    words = [w for w in page.words if area.holds(*w.box.middle)]
    return _grid(page, area, grid.ys, words) or grid


def with_rows(page: Page, grid: Grid) -> Grid:
    """`grid` with the rows that its text shows, where rules part only its columns: a blank across
    all columns under which most of them start anew, again and again."""
    if grid.column_count < PIECES:
        return grid
    borders = list(grid.ys)
    for r, (top, bottom) in enumerate(pairwise(grid.ys)):
        cells = [c for c in grid.cells if c.row <= r < c.row_end]
        words = [w for c in cells for w in c.words if top <= w.box.middle[1] < bottom]
        texts = [_rows_of_pieces(page, cell.words) for cell in cells]
        opened = [
            y
            for above, line in _parted(_rows_of_pieces(page, words))
            if len({_column(grid.xs, p.box.x0) for p in line}) > max(2, grid.column_count // 2)
            for y in [(above[0].box.bottom + line[0].box.top) / 2]
            if not any(_flows_over(lines, y) for lines in texts)
        ]
        if len(opened) >= ROWS - 1:
            borders.extend(opened)
    if len(borders) == len(grid.ys) or any(c.row_end - c.row > 1 for c in grid.cells):
        return grid
    borders.sort()
    parted: list[GridCell] = []
    for r, (top, bottom) in enumerate(pairwise(borders)):
        for cell in grid.row(bisect_right(grid.ys, top) - 1):
            words = [w for w in cell.words if top <= w.box.middle[1] < bottom]
            box = Box(cell.box.x0, top, cell.box.x1, bottom)
            parted.append(replace(cell, row=r, row_end=r + 1, box=box, words=tuple(words)))
    return replace(grid, ys=tuple(borders), cells=tuple(parted), drawn=False)


def _flows_over(lines: Sequence[list[Line]], y: float) -> bool:
    """Does a cell's text flow across `y`: lines set close, or a sentence or word carried on?"""
    over = [line for line in lines if line[0].box.middle[1] < y]
    under = [line for line in lines if line[0].box.middle[1] >= y]
    if not over or not under:
        return False
    last, first = over[-1][-1], under[0][0]
    close = first.box.top - last.box.bottom <= LEADING * first.size
    return close or last.text.endswith("-") or first.text[:1].islower()


def _column(xs: Sequence[float], x: float) -> int:
    return bisect_right(xs, x + 1)


def _parted(lines: Sequence[list[Line]]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Pairs of lines, one under the other, between which the blank is wider than usual."""
    pitches = sorted(b[0].baseline - a[0].baseline for a, b in pairwise(lines))
    usual = pitches[len(pitches) // 4] if pitches else 0.0
    for above, line in pairwise(lines):
        if line[0].baseline - above[0].baseline > ROW_GAP * usual:
            yield above, line


def _extended(page: Page, area: Box, words: Sequence[Word]) -> Box:
    """`area` with the lines right above and below it that are parted like a row: the head, or a
    last row without colour."""
    beside = [w for w in words if area.x0 - 2 <= w.box.middle[0] <= area.x1 + 2]
    lines = _rows_of_pieces(page, beside)
    within = [line for line in lines if area.top <= line[0].box.middle[1] <= area.bottom]
    over = [line for line in reversed(lines) if line[0].box.middle[1] < area.top]
    under = [line for line in lines if line[0].box.middle[1] > area.bottom]
    top, bottom = area.top, area.bottom
    for line in _row_lines(over, within, area.top):
        top = min(p.box.top for p in line) - 1
    for line in _row_lines(under, within, area.bottom):
        bottom = max(p.box.bottom for p in line) + 1
    return Box(area.x0, top, area.x1, bottom)


def _row_lines(
    lines: Sequence[list[Line]], within: Sequence[list[Line]], edge: float
) -> list[list[Line]]:
    """The first of `lines`, which lead away from `edge`, that are rows like those `within`."""
    taken = 0
    for i, line in enumerate(lines):
        box = around([p.box for p in line])
        if min(abs(box.top - edge), abs(box.bottom - edge)) > 1.5 * line[0].size:
            break
        if len(line) >= PIECES:
            taken = i + 1
        elif not within or not _fits_columns(within, line):
            break
        edge = box.middle[1]
    return list(lines[:taken])


def _banded(page: Page) -> list[tuple[Box, tuple[float, ...]]]:
    """Areas of zebra stripes: coloured bands of one width, one below the other."""
    bands = [
        f.box
        for f in page.fills
        if f.visible and f.box.width > 0.4 * page.width and f.box.height < 0.4 * page.height
    ]
    return _stacks(bands, [(b.top, b.bottom) for b in bands])


def _barred(page: Page) -> list[tuple[Box, tuple[float, ...]]]:
    """Areas between horizontal rules of one width."""
    across, _ = merged_rules(page.rules)
    bars = [Box(r.start, r.at, r.end, r.at) for r in across if r.end - r.start > 0.4 * page.width]
    return _stacks(bars, [(b.middle[1],) for b in bars])


def _stacks(
    boxes: Sequence[Box], edges: Sequence[tuple[float, ...]]
) -> list[tuple[Box, tuple[float, ...]]]:
    result = []
    order = range(len(boxes))
    for same_left in clusters(order, lambda i: boxes[i].x0, SAME_EDGE):
        for group in clusters(same_left, lambda i: boxes[i].x1, SAME_EDGE):
            ys = sorted(y for i in group for y in edges[i])
            lines = [g[0] for g in clusters(ys, lambda y: y, 2.5)]
            if len(lines) >= ROWS:
                hull = around([boxes[i] for i in group])
                result.append((Box(hull.x0, lines[0], hull.x1, lines[-1]), tuple(lines)))
    return result


def _blocks(page: Page, words: Sequence[Word]) -> list[Box]:
    """Areas where lines in several pieces follow one another, their pieces aligned."""
    lines = _rows_of_pieces(page, words)
    areas: list[list[list[Line]]] = [[]]
    for line in lines:
        last = areas[-1][-1] if areas[-1] else None
        if last is not None and line[0].box.top - last[0].box.bottom > 3.5 * line[0].size:
            areas.append([])
        if len(line) >= PIECES or (areas[-1] and _fits_columns(areas[-1], line)):
            areas[-1].append(line)
        elif areas[-1]:
            areas.append([])
    boxes = []
    for area in areas:
        wide = [line for line in area if len(line) >= PIECES]
        if len(wide) >= ROWS:
            boxes.append(around([p.box for line in area for p in line]))
    return [Box(b.x0 - 2, b.top - 1, b.x1 + 2, b.bottom + 1) for b in boxes]


def _rows_of_pieces(page: Page, words: Sequence[Word]) -> list[list[Line]]:
    """The text's lines, top to bottom, each as its pieces from left to right."""
    pieces = read_pieces(replace(page, words=tuple(words)))
    groups = clusters(pieces, lambda p: p.box.middle[1], 3.0)
    return [sorted(group, key=lambda p: p.box.x0) for group in groups]


def _fits_columns(area: Sequence[Sequence[Line]], line: Sequence[Line]) -> bool:
    """Does each piece of `line` start under a piece of a fuller line above, and not run over?"""
    full = max(area, key=len)
    starts = [p.box.x0 for p in full]
    for piece in line:
        if not any(abs(piece.box.x0 - x) < 6 for x in starts):
            return False
        later = [x for x in starts if x > piece.box.x0 + 6]
        if later and piece.box.x1 > later[0]:
            return False
    return True


def _grid(page: Page, area: Box, ys: Sequence[float], words: Sequence[Word]) -> Grid | None:
    """The table in `area`, its rows parted at `ys` where there are any; None when it has fewer
    than three columns or rows."""
    if not words:
        return None
    xs = _columns(page, area, words)
    rows = _row_borders(page, area, ys, words, xs)
    if len(xs) <= PIECES or len(rows) <= ROWS:
        return None
    return _filled(page, xs, rows, words)


def _filled(page: Page, xs: Sequence[float], rows: Sequence[float], words: Sequence[Word]) -> Grid:
    """The grid of columns `xs` and `rows` with `words` in its cells."""
    cells = []
    for r, (top, bottom) in enumerate(pairwise(rows)):
        for c, (x0, x1) in enumerate(pairwise(xs)):
            box = Box(x0, top, x1, bottom)
            inside = tuple(
                w for w in words if top <= w.box.middle[1] < bottom and x0 <= w.box.x0 + 1 < x1
            )
            cells.append(GridCell(r, r + 1, c, c + 1, box, inside))
    return Grid(page.number, tuple(xs), tuple(rows), tuple(cells), ruled=False, drawn=False)


def _columns(page: Page, area: Box, words: Sequence[Word]) -> list[float]:
    """Borders of the columns: the middles of strips that only titles and totals cross."""
    lines = _rows_of_pieces(page, words)
    size = sorted(w.size for w in words)[len(words) // 2]
    space = max(WORD_SPACE * size, 1.1 * _usual_space(lines))
    spans = [
        (x0, x1)
        for line in lines
        if not is_total([piece.text for piece in line])
        for x0, x1 in _printed(line, space)
        if x1 - x0 <= ACROSS * area.width
    ]
    borders = [area.x0]
    step, start = 1.0, None
    x = area.x0
    while x <= area.x1:
        if not any(x0 < x < x1 for x0, x1 in spans):
            start = x if start is None else start
        elif start is not None:
            if x - start >= STRIP * size and start > area.x0 + size:
                borders.append((start + x) / 2)
            start = None
        x += step
    return _headed([*borders, area.x1], lines)


def _usual_space(lines: Sequence[Sequence[Line]]) -> float:
    """The blank between two words of a text, in points: wide in type of one width."""
    gaps = sorted(b.box.x0 - a.box.x1 for line in lines for p in line for a, b in pairwise(p.words))
    return gaps[len(gaps) // 4] if len(gaps) >= ENOUGH_SPACES else 0.0


def _headed(borders: list[float], lines: Sequence[Sequence[Line]]) -> list[float]:
    """`borders` without those between a heading on one side and its column's texts on the other:
    a heading set left over sums set right."""
    kept = borders[:1]
    for border, right in pairwise(borders[1:]):
        before, after = (
            {i for i, line in enumerate(lines) if any(a <= p.box.x0 + 1 < b for p in line)}
            for a, b in ((kept[-1], border), (border, right))
        )
        head_alone = before <= HEAD_LINES or after <= HEAD_LINES
        if not (head_alone and before and after and before.isdisjoint(after)):
            kept.append(border)
    return [*kept, borders[-1]]


def _printed(line: Sequence[Line], space: float) -> list[tuple[float, float]]:
    """Where a line is printed, from left to right, blanks of up to `space` filled."""
    spans: list[tuple[float, float]] = []
    for word in (w for piece in line for w in piece.words):
        if spans and word.box.x0 - spans[-1][1] <= space:
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.box.x1))
        else:
            spans.append((word.box.x0, word.box.x1))
    return spans


def _row_borders(
    page: Page, area: Box, ys: Sequence[float], words: Sequence[Word], xs: Sequence[float]
) -> list[float]:
    """Borders of the rows: the given ones; where those leave one tall row, blanks part it."""
    lines = _rows_of_pieces(page, words)
    if len(ys) > ROWS:
        outside = [y for y in (area.top, area.bottom) if not ys[0] - 2 <= y <= ys[-1] + 2]
        blanks = [(a[0].box.bottom + b[0].box.top) / 2 for a, b in _parted(lines)]
        outside += [y for y in blanks if not ys[0] - 2 <= y <= ys[-1] + 2]
        return [group[0] for group in clusters([*ys, *outside], lambda y: y, 3.0)]
    parted = [line for _, line in _parted(lines)]
    borders = [area.top]
    for above, line in pairwise(lines):
        opens = len({_column(xs, p.box.x0) for p in line}) >= 2
        starts = line in parted if parted else line[0].box.x0 < xs[1]
        ruled = any(above[0].baseline < y < line[0].box.middle[1] for y in ys)
        if (starts and opens) or ruled:
            borders.append((above[0].box.bottom + line[0].box.top) / 2)
    return [*borders, area.bottom]
