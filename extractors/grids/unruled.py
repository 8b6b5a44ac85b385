"""Tables without rules between their cells: zebra fills, horizontal rules only, white space only.

What is missing is read from the text: columns are parted by strips that only titles cross,
rows by the bands and rules there are, else by the blank above a row that opens several columns.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from extractors.grids.card_grids import card_grids, titles
from extractors.grids.grid import Grid, GridCell, words_beside
from extractors.grids.pieces import (
    ALIGNED,
    ALIKE,
    COLUMN_SPACE,
    PIECES,
    is_figure,
    lines_of,
)
from extractors.grids.reach import (
    LINE_REACH,
    MANY,
    SAME_EDGE,
    extended_area,
    open_strips,
    reach_above,
    text_lines,
    usual_size,
)
from extractors.grids.regions import SENTENCE, WIDE, regions
from extractors.grids.rows_below import with_rows_below
from extractors.grids.rules import merged_rules
from extractors.grids.text_grid import ROWS, text_grid
from extractors.pages.page import Box, Page, Word, around, clusters, outside
from normalizers.actions.rows import names_part
from normalizers.references import names_action
from normalizers.terms import LIST_MARKS

LEADER = re.compile(r"[.…·_]{4,}|(?:[.…·] ){3,}")
NUMBERING = re.compile(rf"[{LIST_MARKS}*–-]|\(?(?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,4}})[.)°]{{0,2}}")
SHORTEST_BAR = 60.0  # points: rules and bands of tables are longer
TITLE_REACH = 4.0  # of the font size: no wider a blank stands between a sheet and its title
FIGURES = 0.5  # share of the texts right of the labels that are figures in a table of figures


def unruled_grids(page: Page, ruled: Sequence[Grid]) -> list[Grid]:
    """The tables of `page` outside its `ruled` grids, top to bottom."""
    found = card_grids(page, ruled)
    words = words_beside(page.words, (*ruled, *found))
    for stack, ys in sorted(stacked_areas(page, words), key=lambda s: -s[0].area):
        area = extended_area(page, stack, ys, outside(words, [g.box for g in found]))
        inside = [w for w in words if area.holds(*w.box.middle)]
        taken = sum(g.box.overlap(area) for g in (*ruled, *found)) > 0.2 * area.area
        if taken or (grid := text_grid(page, area, ys, inside)) is None:
            continue
        if is_table(grid) or (grid.column_count >= PIECES and _is_filled(grid)):
            found.append(grid)
    for some in regions(outside(words, [g.box for g in found])):
        grid = text_grid(page, _around(some), (), some)
        if grid is not None and (is_table(grid) or _is_sheet(page, grid)):
            rest = outside(words, [g.box for g in found])
            grid = _with_all_within(page, grid, rest)
            whole = _with_whole_head(page, _with_head(page, grid, rest), rest)
            found.append(_with_last_lines(page, whole, rest))
    found = with_rest_below(page, sorted(found, key=lambda g: g.box.top))
    tops = [g.box.top for g in (*ruled, *found)]
    for i, grid in enumerate(found):
        end = min((y for y in tops if y > grid.box.top), default=page.height)
        whole = with_rows_below(page, grid, end)
        found[i] = _with_first_title(page, _with_last_title(page, whole))
    return sorted(found, key=lambda g: g.box.top)


def with_rest_below(page: Page, grids: Sequence[Grid]) -> list[Grid]:
    """`grids`, top to bottom, each with the one below it that has as many columns and no head of
    its own, where it stands in these columns with nothing between."""
    found: list[Grid] = []
    for grid in grids:
        above = found[-1] if found else None
        heads = [cell for cell in grid.row(0) if cell.words]
        if above and above.column_count == grid.column_count and not all(c.bold for c in heads):
            whole = with_rows_below(page, above, grid.box.bottom)
            between = whole.row_count - above.row_count - grid.row_count
            if whole.box.bottom >= max(w.box.bottom for w in _words(grid)) and between <= 0:
                found[-1] = whole
                continue
        found.append(grid)
    return found


def _words(grid: Grid) -> list[Word]:
    return [word for cell in grid.cells for word in cell.words]


def _with_head(page: Page, grid: Grid, words: Sequence[Word]) -> Grid:
    """`grid`, whose first row says figures, or stands over some of its columns, with what stands of
    `words` above it in its columns, beside them too: lines of cells, and its head."""
    first = _told(grid.row(0))
    if 2 * len(first) > grid.column_count and not _says_figure(first):
        return grid
    over = [w for w in words if w.box.middle[1] < grid.box.top]
    within = [w for w in words if grid.box.holds(*w.box.middle)]
    borders = open_strips(grid.xs, within)
    top = reach_above(text_lines(page, over), borders, grid.box.top, usual_size(within))
    some = [w for w in words if top <= w.box.middle[1] <= grid.box.bottom]
    again = text_grid(page, _around(some), (), some) if len(some) > len(within) else None
    larger = again is not None and again.column_count >= grid.column_count and is_table(again)
    return again if again and larger else grid


def _with_all_within(page: Page, grid: Grid, words: Sequence[Word]) -> Grid:
    """`grid` with all of `words` that stand in it: a line set higher than the others of its row is
    its own, if it makes no other rows, or joins a text with the rest of its row."""
    while True:
        inside = [w for w in words if grid.box.holds(*w.box.middle)]
        if len(inside) <= len(_words(grid)):
            return grid
        again = text_grid(page, _around(inside), (), inside)
        if again is None or not (_has_same_rows(again, grid) or _joins_rows(again, grid)):
            return grid
        grid = again


def _joins_rows(again: Grid, grid: Grid) -> bool:
    """Has `again` fewer rows than `grid`, but as many with texts in most columns, or more?"""
    fewer = again.row_count < grid.row_count and again.column_count == grid.column_count
    return fewer and _full_rows(again) >= _full_rows(grid)


def _full_rows(grid: Grid) -> int:
    return sum(2 * len(_told(row)) > grid.column_count for row in _rows(grid))


def _with_whole_head(page: Page, grid: Grid, words: Sequence[Word]) -> Grid:
    """`grid` with the first lines of its heads, those of `words` right above it that belong to
    texts of its first row."""
    over = [w for w in words if w.box.middle[1] < grid.box.top]
    some = [w for w in words if grid.box.holds(*w.box.middle)]
    size = usual_size(some)
    whole, top = grid, grid.box.top
    for line in reversed(text_lines(page, over)):
        box = around([piece.box for piece in line])
        if top - box.bottom > LINE_REACH * size:
            break
        top = box.top
        some += [w for piece in line for w in piece.words]
        again = text_grid(page, _around(some), (), some)
        if again and _has_same_rows(again, grid):
            whole = again
    return whole


def _with_last_lines(page: Page, grid: Grid, words: Sequence[Word]) -> Grid:
    """`grid` with the last lines of its last row: those of `words` right below it that are printed
    before other texts of the row, or right after its last one, below its first word."""
    some = [w for w in words if grid.box.holds(*w.box.middle)]
    order = {id(w): i for i, w in enumerate(page.words)}
    last = max(order[id(w)] for w in some)
    ends = (c for c in grid.cells if c.column and any(order[id(w)] == last for w in c.words))
    left = next((c.words[0].box.x0 for c in ends), None)
    size, bottom, below = usual_size(some), grid.box.bottom, list[Word]()
    for line in text_lines(page, [w for w in words if w.box.middle[1] > bottom]):
        box = around([piece.box for piece in line])
        here = [w for piece in line for w in piece.words]
        if left is not None and abs(box.x0 - left) < ALIKE and order[id(here[0])] == last + 1:
            last += len(here)
        if box.top - bottom > LINE_REACH * size or any(order[id(w)] > last for w in here):
            break
        bottom = box.bottom
        below += here
    again = text_grid(page, _around([*some, *below]), (), [*some, *below]) if below else None
    shape = grid.column_count, grid.row_count
    same = again is not None and (
        (again.column_count, again.row_count) == shape or _joins_rows(again, grid)
    )
    return again if again and same else grid


def _with_last_title(page: Page, grid: Grid) -> Grid:
    """`grid` with the title that ends its page, over rows of the next one: a line alone below it,
    set as titles over its rows are, no further from them."""
    titles = [c for c in grid.cells if c.row and c.column_end - c.column == grid.column_count]
    below = [w for w in page.words if w.box.middle[1] > grid.box.bottom]
    if not titles or not titles[-1].words or not below:
        return grid
    first, own = below[0], titles[-1].words[0]
    above = [w for w in page.words if grid.ys[titles[-1].row - 1] < w.box.middle[1] < own.box.top]
    gap = own.box.top - max((w.box.bottom for w in above), default=own.box.top)
    if (
        len(text_lines(page, below)) > 1
        or not _are_set_alike(first, own)
        or first.box.top - max(w.box.bottom for c in grid.cells for w in c.words) > gap + 1
    ):
        return grid
    bottom = max(w.box.bottom for w in below) + 1
    box = replace(grid.box, top=grid.box.bottom, bottom=bottom)
    title = GridCell(grid.row_count, grid.row_count + 1, 0, grid.column_count, box, tuple(below))
    return replace(grid, ys=(*grid.ys, bottom), cells=(*grid.cells, title))


def _has_same_rows(again: Grid, grid: Grid) -> bool:
    """Are the columns and rows of `again` those of `grid`, but for a second level of heads?"""
    heads = sum(bool(cell.words) for cell in again.row(0))
    levels = again.row_count - grid.row_count
    return again.column_count == grid.column_count and (
        levels == 0 or (levels == 1 and 2 * heads > grid.column_count)
    )


def _with_first_title(page: Page, grid: Grid) -> Grid:
    """`grid` with the title that begins its page, over its first action: lines alone above it, the
    name of a part of the programme, or set as another text alone in its row is."""
    if grid.column_count < PIECES or not _says_figure(grid.row(0)):
        return grid
    over = [w for w in page.words if w.box.middle[1] < grid.box.top]
    title: list[Word] = []
    top, reach = grid.box.top, TITLE_REACH
    for piece, *others in reversed(text_lines(page, over)):
        apart = title and not _are_set_alike(title[0], piece.words[0])
        if others or apart or top - piece.box.bottom > reach * piece.size:
            break
        title = [*piece.words, *title]
        top, reach = piece.box.top, LINE_REACH
    return _under_title(grid, title) if title and _is_title(title, grid) else grid


def _is_title(words: Sequence[Word], grid: Grid) -> bool:
    titles = [told[0].words[0] for told in map(_told, _rows(grid)) if len(told) == 1]
    named = names_part(" ".join(w.text for w in words))
    return named or any(_are_set_alike(words[0], other) for other in titles)


def _under_title(grid: Grid, title: Sequence[Word]) -> Grid:
    """`grid` under a first row that says `title`, in the column in which that begins, or from there
    on."""
    box = around([w.box for w in title])
    first = bisect_right(grid.xs, box.x0 + ALIKE) - 1
    end = first + 1 if box.x1 <= grid.xs[first + 1] else grid.column_count
    top = box.top - 1
    spans = [*((c, c + 1) for c in range(grid.column_count) if not first <= c < end), (first, end)]
    row = (
        GridCell(
            0, 1, start, until, Box(grid.xs[start], top, grid.xs[until], grid.ys[0]),
            tuple(title) if start == first else (),
        )
        for start, until in sorted(spans)
    )  # fmt: skip
    below = (replace(c, row=c.row + 1, row_end=c.row_end + 1) for c in grid.cells)
    return replace(grid, ys=(top, *grid.ys), cells=(*row, *below))


def _rows(grid: Grid) -> Iterator[list[GridCell]]:
    return map(grid.row, range(grid.row_count))


def _told(cells: Sequence[GridCell]) -> list[GridCell]:
    return [cell for cell in cells if cell.words]


def _says_figure(cells: Sequence[GridCell]) -> bool:
    return any(is_figure(cell.text) for cell in _told(cells))


def _are_set_alike(one: Word, other: Word) -> bool:
    """Are two words of one type, and begin at one place?"""
    alike = (one.bold, one.size) == (other.bold, other.size)
    return alike and abs(one.box.x0 - other.box.x0) <= ALIKE


def _around(words: Sequence[Word]) -> Box:
    box = around([w.box for w in words])
    return Box(box.x0 - 2, box.top - 1, box.x1 + 2, box.bottom + 1)


def _is_filled(grid: Grid) -> bool:
    """Has `grid` texts side by side in two rows at least, and in half of all?"""
    rows = [len(_told(row)) for row in _rows(grid)]
    full = sum(count > 1 for count in rows)
    return len(rows) >= ROWS and full >= 2 and 2 * full >= len(rows)


def is_table(grid: Grid) -> bool:
    """Are the texts of `grid`, which no rule proves, set as those of a table: figures or short
    texts aligned in columns, in several rows? Titles may be most of those under a head."""
    rows = [_told(row) for row in _rows(grid)]
    full = [row for row in rows if len(row) > 1]
    if len(full) < 2 or (2 * len(full) < len(rows) and not _has_head(grid)):
        return False
    by_column = [
        [c for row in rows for c in row if c.column == i and c.column_end == i + 1]
        for i in range(grid.column_count)
    ]
    labels = [c.text for c in by_column[0]]
    if all(NUMBERING.fullmatch(text) for text in labels) and grid.column_count == 2:
        return False
    if sum(bool(LEADER.search(c.text)) for row in full for c in row) > len(full) / 2:
        return False
    others = [c for column in by_column[1:] for c in column]
    figures = sum(is_figure(c.text) for c in others)
    if figures >= FIGURES * len(others):
        return len(full) >= ROWS and (grid.column_count > 2 or figures >= 0.7 * len(others))
    aligned = [column for column in by_column if _is_aligned(column)]
    wide = sum(len(row) >= PIECES for row in full)
    loose = grid.column_count - len(aligned)
    return (
        grid.column_count >= PIECES
        and (loose <= grid.column_count // MANY or _has_head(grid))
        and wide >= (ROWS if grid.column_count < MANY else 2)
    )


def _has_head(grid: Grid) -> bool:
    """Does bold type, or colour, stand over each of many columns, or several together, and not
    behind most texts of a row below?"""
    rows = [_told(row) for row in _rows(grid)]
    kinds = (attrgetter("bold"), attrgetter("filled"))
    headed = sum(c.column_end - c.column for c in rows[0])
    return (
        len(rows[0]) >= MANY
        and headed == grid.column_count
        and any(
            all(map(is_set, rows[0]))
            and any(
                2 * len(row) > grid.column_count and 2 * sum(map(is_set, row)) < len(row)
                for row in rows[1:]
            )
            for is_set in kinds
        )
    )


def _is_sheet(page: Page, grid: Grid) -> bool:
    """Does `grid` tell on the right what it asks on the left of an action, which the line right
    above names with its number?"""
    if grid.column_count != 2 or grid.row_count < ROWS:
        return False
    above = [w for w in page.words if w.box.middle[1] < grid.box.top]
    lines = lines_of(above, COLUMN_SPACE)
    if not lines:
        return False
    last = lines[-1][0]
    near = grid.box.top - last.box.bottom < TITLE_REACH * last.size
    named = any(names_action(title) for title in titles(lines))
    columns = [[c for c in grid.cells if c.column == i and c.words] for i in (0, 1)]
    lefts = [[min(w.box.x0 for w in c.words) for c in column] for column in columns]
    return near and named and all(max(xs) - min(xs) < SAME_EDGE for xs in lefts if xs)


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


def stacked_areas(page: Page, words: Sequence[Word]) -> list[tuple[Box, tuple[float, ...]]]:
    """Areas of zebra stripes, coloured bands of one width one below the other, and those between
    horizontal rules of one width; each with where their edges part it."""
    bands = [
        f.box
        for f in page.fills
        if f.visible and f.box.width > SHORTEST_BAR and f.box.height < 0.4 * page.height
    ]
    across, _ = merged_rules(page.rules)
    bars = [Box(r.start, r.at, r.end, r.at) for r in across if r.end - r.start > SHORTEST_BAR]
    return [
        *_stacks(bands, [(b.top, b.bottom) for b in bands], words),
        *_stacks(bars, [(b.middle[1],) for b in bars], words),
    ]


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
