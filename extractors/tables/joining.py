"""Which parts make one table: it goes on over a page break when nothing but its own repeated head
stands between its parts and their columns line up, by their place, never by their count."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.grids.grid import Grid, text_spans
from extractors.grids.pieces import NOTE, PIECES, SAME_EDGE, is_figure
from extractors.pages.page import Page
from extractors.tables.beside import stand_level
from extractors.tables.by_head import Columns, columns_by_border, columns_by_head
from extractors.tables.cut_rows import MANY
from extractors.tables.finer_columns import with_borders_of
from extractors.tables.heads import (
    FEWEST_HEADINGS,
    alike,
    is_sum,
    spans_all,
    stands_out,
    tells_values,
    told_cells,
    under_head,
)
from extractors.tables.parts import Part, PartRow, parts_of
from normalizers.actions.rows import is_total

ALIGNED = 0.015  # of the table's width: column borders nearer than this are the same
HEADS = 2  # rows at most of a head that ends a page: it may be drawn over a body that is not
# .../... · (à suivre)
TO_GO_ON = re.compile(r"(?:[.…/\s]*|\W*(?:à suivre|suite page suivante)\W*)", re.IGNORECASE)
# Annexe 1 (suite) · Suite du tableau des actions · Tableau 1 – suite et fin
CONTINUED = re.compile(
    r"\bsuite(?:\s+et\s+fin)?\W*$|^\W*suite\s+(?:et\s+fin\s+)?(?:du|de\s+l[a'’])\s*(?:tableau|annexe)",
    re.IGNORECASE,
)
NEAR = 14.0  # points between two grids of one page that may be one table


def joined_parts(
    pages: Iterable[Page], grids: Mapping[int, Sequence[Grid]]
) -> Iterator[Sequence[Part]]:
    """The parts of each table, those of a sheet that is printed row of pages by row of pages too:
    its left columns on every other page, and the right ones of the same rows on those between."""
    tables: list[list[Part]] = []  # that may go on: the last, and one on its left
    before = 0  # the number of the last page that is not blank
    for page in pages:
        found = grids.get(page.number, ())
        for part in parts_of(page, found):
            turn = _next_in_turn(tables, before)
            if tables and _goes_on(tables[-1], part, before):
                tables[-1].append(part)
            elif (
                tables
                and (finer := with_borders_of(tables[-1], part))
                and _goes_on(finer, part, before)
            ):
                tables[-1] = [*finer, part]
            elif turn and _goes_on(turn, part, turn[-1].grid.page):
                turn.append(part)
            elif [len(table) for table in tables] == [1] and _is_beside(
                tables[0][0], part, page.is_scan
            ):
                tables.append([part])
            else:
                yield from tables
                tables = [[part]]
        if found or page.words:
            before = page.number
    yield from tables


def _next_in_turn(tables: Sequence[list[Part]], before: int) -> list[Part] | None:
    """Which of two `tables` side by side may go on beyond the page `before`, on which the other one
    ends; None without two."""
    if len(tables) < 2:
        return None
    left, right = tables
    turn, other = (left, right) if len(left) == len(right) else (right, left)
    return turn if other[-1].grid.page == before == turn[-1].grid.page + 1 else None


def _is_beside(left: Part, part: Part, scanned: bool) -> bool:
    """Does `part`, on the next page, have the rows of `left`, at the same heights, in other
    columns?"""
    one, other = left.grid, part.grid
    return (
        other.page == one.page + 1
        and one.drawn
        and other.drawn
        and len(one.ys) == len(other.ys) > HEADS
        and stand_level(one.ys, other.ys, scanned)
        and not _same_borders(one, other)
    )


def _goes_on(table: Sequence[Part], part: Part, before: int) -> bool:
    """Is `part` the continuation of `table`? `before`: the number of the page before its own, blank
    ones left out."""
    last = table[-1]
    if _moves_headings(table[0], part):
        return False
    headed = _told_by_head(table[0], part) is not None
    placed = any(borders_in(above.grid, part.grid) for above in (table[0], last))
    if not (headed or placed or _is_said_to_go_on(table[0], part)):
        return False
    if part.grid.page == last.grid.page:
        gap = part.grid.box.top - last.grid.box.bottom
        return gap < NEAR and not part.above and _has_first_columns(last.grid, part.grid)
    if last.grid.page != before or not _may_go_on(last.below):
        return False
    if headed:
        ends = is_total(last.rows[-1].texts(last.grid.column_count))
        return not ends and (not part.above or CONTINUED.search(part.above) is not None)
    if _repeats_head(table[0], part):
        return not (part.above and is_total(last.rows[-1].texts(last.grid.column_count)))
    announced = CONTINUED.search(part.above) or (
        part.above == table[0].above and _same_borders(last.grid, part.grid)
    )
    return bool(not part.above or announced) and not _opens_with_head(table[0], part)


def _may_go_on(below: str) -> bool:
    """May a table go on though the text `below` ends its page: that it does, or notes on it?"""
    return bool(TO_GO_ON.fullmatch(below) or NOTE.match(below))


def _is_said_to_go_on(first: Part, part: Part) -> bool:
    """Does the text above `part` say that it carries on a table, of as many columns as `first`, or
    but for the last of these, none of figures under texts, or the other way? Programs may set the
    columns of each page by its own texts, and the last may have none."""
    one, other = first.grid, part.grid
    count = other.column_count
    if not CONTINUED.search(part.above) or count < MANY:
        return False
    if count != one.column_count and not _lacks_last_columns(first, other):
        return False
    ends = (one.xs[0], one.xs[count]), (other.xs[0], other.xs[-1])
    off = [abs(a - b) for a, b in zip(*ends, strict=True)]
    if off[0] > SAME_EDGE or (off[1] > ALIGNED * one.box.width and one.ruled and other.ruled):
        return False
    told = [[_texts(rows, c) for rows in (first.rows[1:], part.rows)] for c in range(count)]
    return not any(
        _mostly(is_figure, some) and _mostly(_says_no_figure, others)
        for texts in told
        for some, others in (texts, reversed(texts))
    )


def _lacks_last_columns(first: Part, other: Grid) -> bool:
    """Are the columns of `other`, which blanks part, the first of `first`: is each border nearest
    to that of its own number, and its right edge too; or have the last ones of `first` no text?"""
    if other.ruled or other.column_count > first.grid.column_count:
        return False
    one = first.grid.xs
    near = [min(range(len(one)), key=lambda i: abs(one[i] - x)) for x in other.xs]
    lacking = range(other.column_count, first.grid.column_count)
    return near == list(range(len(other.xs))) or not any(_texts(first.rows[1:], c) for c in lacking)


def _texts(rows: Sequence[PartRow], column: int) -> list[str]:
    return [text for row in rows if (text := row.text(column))]


def _mostly(test: Callable[[str], bool], texts: Sequence[str]) -> bool:
    return 2 * sum(map(test, texts)) > len(texts)


def _says_no_figure(text: str) -> bool:
    return not any(map(str.isdigit, text))


def _has_first_columns(one: Grid, other: Grid) -> bool:
    """Are the columns of `other` the first ones of `one`, or all: the last may say nothing below
    their headings?"""
    near = [abs(a - b) <= SAME_EDGE for a, b in zip(one.xs, other.xs, strict=False)]
    return all(near) and PIECES < other.column_count <= one.column_count


def _same_borders(one: Grid, other: Grid) -> bool:
    return one.column_count == other.column_count and all(
        abs(a - b) <= 3 for a, b in zip(one.xs, other.xs, strict=True)
    )


def _moves_headings(first: Part, part: Part) -> bool:
    """Does `part` open with headings of `first`, in another order?"""
    head, own = (_headings(p.rows[0]) if p.rows else [] for p in (first, part))
    if len(own) < FEWEST_HEADINGS or not {*own} <= {*head}:
        return False
    places = [head.index(heading) for heading in own]
    return places != sorted(places)


def _headings(row: PartRow) -> list[str]:
    """What `row` says, left to right, without blanks: narrow columns cut words elsewhere."""
    return ["".join(row.text(column).split()) for column in row.filled_columns]


def _repeats_head(first: Part, part: Part) -> bool:
    """Do the first rows of `part` say what the head of `first` says?"""
    if not first.rows or tells_values(first.rows[0]):
        return False
    head = first.rows[0]
    return any(alike(head, row) or under_head(head, row) for row in part.rows[:2])


def _opens_with_head(first: Part, part: Part) -> bool:
    """Does `part` start with a head of its own, unlike the one of `first`? A title over its rows is
    none, in whatever column, nor sums carried over, nor a row on colour alone where others of
    `first` are."""
    rows = [r for r in part.rows if not spans_all(r, part.grid.column_count)] or part.rows
    head, row = first.rows[0], rows[0]
    bold = all(c.bold for c in told_cells(row))
    banded = any(all(c.filled for c in told_cells(r)) for r in first.rows[1:])
    return (
        stands_out(head, first.rows)
        and stands_out(row, rows)
        and len(part.rows) > 1
        and (len(row.filled_columns) > 1 or part.grid.column_count < PIECES)
        and not _says_sums_alone(row)
        and not (banded and not bold)
    )


def _says_sums_alone(row: PartRow) -> bool:
    """Does `row` say nothing but sums behind its first text, however that is cut: Re port?"""
    others = told_cells(row)[1:]
    return bool(others) and all(is_sum(c.raw) for c in others)


def columns_of(parts: Sequence[Part]) -> Iterator[Columns]:
    """For each of the `parts` of a table after the first, the columns of the first that its own
    are."""
    first = parts[0]
    known = columns_by_border(range(first.grid.column_count + 1))
    for above, part in pairwise(parts):
        if headed := _told_by_head(first, part):
            known = headed
        elif borders := borders_in(first.grid, part.grid):
            known = columns_by_border(borders)
        elif inner := borders_in(above.grid, part.grid):
            own = [known.spans[a:b] for a, b in pairwise(inner)]
            known = Columns(tuple((some[0][0], some[-1][1]) for some in own))
        else:
            known = columns_by_border(range(part.grid.column_count + 1))
        yield known


def _told_by_head(first: Part, part: Part) -> Columns | None:
    """The columns that the heads of `part` tell, where its borders are not all those of `first`."""
    same = part.grid.column_count == first.grid.column_count
    if same and borders_in(first.grid, part.grid):
        return None
    return columns_by_head(first, part)


def borders_in(one: Grid, other: Grid) -> list[int] | None:
    """For each border of `other`, the border of `one` that it is; None when one has no match.

    A table may change its width on the next page: borders are compared by their place in it.
    """
    width, other_width = one.box.width, other.box.width
    result = []
    for x in other.xs:
        candidates = [
            min(range(len(one.xs)), key=lambda i: abs(one.xs[i] - x)),
            min(
                range(len(one.xs)),
                key=lambda i: abs(
                    (one.xs[i] - one.xs[0]) / width - (x - other.xs[0]) / other_width
                ),
            ),
        ]
        near = [
            i
            for i, off in (
                (candidates[0], abs(one.xs[candidates[0]] - x) / width),
                (
                    candidates[1],
                    abs(
                        (one.xs[candidates[1]] - one.xs[0]) / width
                        - (x - other.xs[0]) / other_width
                    ),
                ),
            )
            if off <= ALIGNED
        ]
        if not near:
            drawn = other.ruled or (one.ruled and one.row_count > HEADS)
            return None if drawn else _columns_of_texts(one, other)
        result.append(near[0])
    return result if all(a < b for a, b in pairwise(result)) else None


def _columns_of_texts(one: Grid, other: Grid) -> list[int] | None:
    """As `borders_in`, where blanks alone part the columns, or those below a head that is drawn:
    each column of `other` is the one of `one` whose texts, or borders, stand over its own. A column
    may be empty on the next page."""
    ours, theirs = text_spans(one), text_spans(other)
    if one.ruled:
        ours = dict(enumerate(pairwise(one.xs)))
        theirs = dict(enumerate(pairwise(other.xs))) | theirs
    result = [0]
    for column in sorted(theirs):
        x0, x1 = theirs[column]
        if one.ruled:  # its texts may reach over the borders
            x0 = x1 = (x0 + x1) / 2
        over = [c for c, (a, b) in ours.items() if a < x1 and x0 < b]
        if len(over) != 1:
            return None
        if column:
            result.append(over[0])
    result.append(one.column_count)
    fits = len(result) == other.column_count + 1 and all(a < b for a, b in pairwise(result))
    return result if fits else None
