"""A sheet too wide for a page is printed on pages side by side: the columns on the next page are
those of the same rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from pipeline.models import ExtractedCell, ExtractedRow, ExtractedTable

SAME_HEIGHT = 1.0  # points: rows printed on two pages stand as high on both
FEWEST_ROWS = 2


def joined_beside(
    tables: Sequence[ExtractedTable], is_bare: Callable[[int], bool]
) -> list[ExtractedTable]:
    """`tables`, those which a page parts from left to right as one; `is_bare` tells whether a page
    holds nothing but tables."""
    on_page = Counter(n for t in tables for n in range(t.page_first, t.page_last + 1))
    joined = list(tables[:1])
    for last, table in pairwise(tables):
        page = table.page_first
        alone = on_page[page] == on_page[page - 1] == 1 and is_bare(page)
        if alone and page == last.page_last + 1 and _are_same_rows(last, table):
            joined[-1] = _joined(joined[-1], table)
        else:
            joined.append(table)
    return joined


def _are_same_rows(left: ExtractedTable, right: ExtractedTable) -> bool:
    """Do the heads and rows of both stand at the same heights, under other headings?"""
    if len(left.rows) < FEWEST_ROWS or not left.head or not right.head:
        return False
    if left.page_first != left.page_last or set(filter(None, left.columns)) & set(right.columns):
        return False
    one, other = (_heights([*t.head, *(r.cells for r in t.rows)]) for t in (left, right))
    return len(one) == len(other) and all(
        abs(a - b) <= SAME_HEIGHT for a, b in zip(one, other, strict=True)
    )


def _heights(rows: Iterable[Sequence[ExtractedCell]]) -> list[float]:
    firsts = [cells[0].place for cells in rows if cells]
    return [y for place in firsts for y in (place.top, place.bottom)]


def _joined(left: ExtractedTable, right: ExtractedTable) -> ExtractedTable:
    """`left` with the columns of `right` behind its own."""
    count = len(left.columns)
    agreements = [t.agreement for t in (left, right) if t.agreement is not None]
    return left.model_copy(
        update={
            "columns": [*left.columns, *right.columns],
            "head": [[*a, *_behind(b, count)] for a, b in zip(left.head, right.head, strict=True)],
            "rows": [
                ExtractedRow(kind=a.kind, cells=[*a.cells, *_behind(b.cells, count)])
                for a, b in zip(left.rows, right.rows, strict=True)
            ],
            "page_last": right.page_last,
            "agreement": min(agreements, default=None),
            "characters": left.characters + right.characters,
            "characters_in_cells": left.characters_in_cells + right.characters_in_cells,
            "disagreements": [*left.disagreements, *right.disagreements],
        }
    )


def _behind(cells: Sequence[ExtractedCell], count: int) -> list[ExtractedCell]:
    return [c.model_copy(update={"column": c.column + count}) for c in cells]
