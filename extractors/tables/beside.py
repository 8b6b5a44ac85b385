"""A sheet too wide for a page is printed on pages side by side: the columns on the next pages are
those of the same rows, behind the first columns again where a spreadsheet repeats them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from rapidfuzz import fuzz

from extractors.pages.page import Box, Page
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable

SAME_HEIGHT = 1.0  # points: rows printed on two pages stand as high on both
MOVED = 20.0  # points by which a scan may show all of them higher or lower
STRETCHED = 0.01  # of what parts them by which it may show them nearer or further apart
SAME_TEXT = 80.0  # of 100: texts that OCR read of two pages are the same
Cells = Sequence[ExtractedCell]


def joined_beside(
    tables: Sequence[ExtractedTable],
    pages: Mapping[int, Page],
    is_beside: Callable[[int, int], bool],
) -> list[ExtractedTable]:
    """`tables` of `pages` (key: number), those which pages part from left to right as one;
    `is_beside` tells whether a page says, outside tables, nothing but what another one says
    there."""
    on_page = Counter(n for t in tables for n in _pages(t))
    joined = list(tables[:1])
    for last, table in pairwise(tables):
        level = zip(_pages(last), _pages(table), strict=False)
        both = sorted([*_pages(last), *_pages(table)])
        follows = (
            both == [*range(last.page_first, table.page_last + 1)]
            and len(_pages(table)) == len(_pages(last))
            and all(on_page[n] == 1 for n in both)
            and all(is_beside(page, left) for left, page in level)
        )
        whole = _joined(joined[-1], table, pages) if follows else None
        if whole:
            joined[-1] = whole
        else:
            joined.append(table)
    return joined


def _pages(table: ExtractedTable) -> list[int]:
    """The pages on which cells of `table` stand."""
    return sorted({c.place.page for cells in _rows(table) for c in cells})


def _joined(
    left: ExtractedTable, right: ExtractedTable, pages: Mapping[int, Page]
) -> ExtractedTable | None:
    """`left` with the columns of `right` behind its own; None where their rows, the head among
    them, do not stand at the same heights, or have the same headings. All rows but totals, of which
    either may say nothing, stand there, unless it says again which they are."""
    titles, ours = _without_titles(left)
    titles_right, theirs = _without_titles(right)
    deep = len(left.head) - titles
    ahead = right.page_first - left.page_first
    at = _places_among(_placed(theirs, pages), [*_placed(ours, pages)], ahead)
    if not left.rows or not deep or len(right.head) - titles_right > deep:
        return None
    below = right.rows[len(right.rows) - len(theirs) + len(at) :]
    if at[:deep] != [*range(deep)] or any(row.kind != "total" for row in below):
        return None
    beside = dict(zip(at, theirs, strict=False))
    likeness = SAME_TEXT if pages[right.page_first].is_scan else 100.0
    known = _repeated(left, {i: (ours[i], cells) for i, cells in beside.items()}, likeness)
    headings = [_heading(theirs[:deep], c) for c in range(known + 1, len(right.columns) + 1)]
    again = set(filter(None, left.columns)) & set(headings)
    whole = all(i in beside or row.kind == "total" for i, row in enumerate(left.rows, deep))
    if again or not headings or not (known or whole):
        return None
    further = len(left.columns) - known
    behind = [_behind(beside.get(i, ()), known, further) for i in range(len(ours))]
    agreements = [t.agreement for t in (left, right) if t.agreement is not None]
    return left.model_copy(
        update={
            "columns": [*left.columns, *headings],
            "head": [
                *left.head[:titles],
                *([*a, *b] for a, b in zip(left.head[titles:], behind, strict=False)),
            ],
            "rows": [
                *(
                    ExtractedRow(kind=a.kind, cells=[*a.cells, *b])
                    for a, b in zip(left.rows, behind[deep:], strict=True)
                ),
                *(
                    row.model_copy(update={"cells": _behind(row.cells, known, further)})
                    for row in below
                ),
            ],
            "page_last": right.page_last,
            "agreement": min(agreements, default=None),
            "characters": left.characters + right.characters,
            "characters_in_cells": left.characters_in_cells + right.characters_in_cells,
            "disagreements": [*left.disagreements, *right.disagreements],
        }
    )


def _without_titles(table: ExtractedTable) -> tuple[int, list[Cells]]:
    """How many rows above the head of `table` say its title, one text each, and its other rows."""
    alone = takewhile(lambda row: sum(bool(c.text) for c in row) < 2, table.head)
    titles = sum(1 for _ in alone) if len(table.columns) > 1 else 0
    return titles, _rows(table)[titles:]


def _rows(table: ExtractedTable) -> list[Cells]:
    return [cells for cells in (*table.head, *(r.cells for r in table.rows)) if cells]


def stand_level(heights: Sequence[float], others: Sequence[float], scanned: bool) -> bool:
    """Are the `heights` of rows on a page those of `others` on another? Sheets that were scanned
    lie otherwise on the glass: theirs are from the first on."""
    first, start = (heights[0], others[0]) if scanned else (0.0, 0.0)
    slack = STRETCHED if scanned else 0.0
    return abs(first - start) <= MOVED and all(
        abs((a - first) - (b - start)) <= SAME_HEIGHT + slack * (a - first)
        for a, b in zip(heights, others, strict=True)
    )


class _Placed(NamedTuple):
    """A row on a page, as it was read; `heights` are where the first row there begins, and where it
    begins: without rules the last one ends where its texts do."""

    page: Page
    heights: tuple[float, float]


def _placed(rows: Sequence[Cells], pages: Mapping[int, Page]) -> Iterator[_Placed]:
    """`rows`, of which cells may be merged with those of others."""
    first: dict[int, float] = {}
    for row in rows:
        number = row[0].place.page
        page = pages[number]
        places = (c.place for c in row)
        top = max(page.as_read(Box(p.x0, p.top, p.x1, p.bottom)).top for p in places)
        yield _Placed(page, (first.setdefault(number, top), top))


def _places_among(rows: Iterable[_Placed], others: Sequence[_Placed], pages: int) -> list[int]:
    """Which of `others`, so many `pages` before, stand at the heights of `rows`, one for each; up
    to the first that has none."""
    found: list[int] = []
    for page, heights in rows:
        for i in range(found[-1] + 1 if found else 0, len(others)):
            other = others[i]
            scanned = page.is_scan and other.page.is_scan
            if other.page.number + pages == page.number and stand_level(
                other.heights, heights, scanned
            ):
                found.append(i)
                break
        else:
            break
    return found


def _repeated(left: ExtractedTable, rows: dict[int, tuple[Cells, Cells]], likeness: float) -> int:
    """How many of the first columns say the same, `likeness` of 100, in both of each pair of
    `rows`."""

    def says_same(column: int) -> bool:
        return all(
            fuzz.ratio(_text(a, column), _text(b, column)) >= likeness for a, b in rows.values()
        )

    return sum(1 for _ in takewhile(says_same, range(1, len(left.columns) + 1)))


def _text(cells: Cells, column: int) -> str:
    return next((c.text for c in cells if c.column == column), "")


def _heading(head: Sequence[Cells], column: int) -> str:
    """What stands over `column` in the rows of a `head`, each text once."""
    texts = (
        c.text for cells in head for c in cells if c.column <= column < c.column + c.spans_columns
    )
    return " ".join(filter(None, dict.fromkeys(" ".join(text.split()) for text in texts)))


def _behind(cells: Cells, known: int, count: int) -> list[ExtractedCell]:
    """`cells` but for the `known` columns, each `count` columns further."""
    return [c.model_copy(update={"column": c.column + count}) for c in cells if c.column > known]
