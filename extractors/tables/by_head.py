"""A table whose next page leaves a column out: its repeated heads tell which."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.tables.heads import FEWEST_HEADINGS, SAME_HEAD, opened, same_words
from extractors.tables.parts import Part, PartRow

FEW = 3  # at most one column in so many is missing

Span = tuple[int, int]  # columns, from and to (excluded)


@dataclass(frozen=True)
class Columns:
    """For each column of a part, those of the table's first part that it is; `head`: how many of
    its first rows repeat the head in fewer columns."""

    spans: tuple[Span, ...]
    head: int = 0


def columns_by_head(first: Part, part: Part) -> Columns | None:
    """The columns of `part` in those of `first`, where each of its headings, in their order, is one
    of `first`, of which it leaves few out; else None."""
    names, (own, head) = _headings(first)[0], _headings(part)
    if len(own) < FEWEST_HEADINGS or not all(own) or len(set(names)) < len(names):
        return None
    found: list[int] = []
    for name in own:
        later = range(found[-1] + 1 if found else 0, len(names))
        at = next((c for c in later if same_words(name, names[c]) >= SAME_HEAD), None)
        if at is None:
            return None
        found.append(at)
    if FEW * (len(names) - len(found)) > len(names):
        return None
    return Columns(tuple((c, c + 1) for c in found), head)


def columns_by_border(borders: Sequence[int]) -> Columns:
    """Those of a part whose borders are these of the first part."""
    return Columns(tuple(pairwise(borders)))


def _headings(part: Part) -> tuple[list[str], int]:
    """What stands over each column of `part`, and how many rows its head has; no heading where a
    title, or nothing, opens it."""
    count = part.grid.column_count
    titles, head, rows = opened(list(part.rows), (part,), count)
    if titles or not rows:
        return [], 0
    return [_heading(head, column) for column in range(count)], len(head)


def _heading(head: Sequence[PartRow], column: int) -> str:
    texts = (
        cell.raw
        for row in head
        for start, cells in row.cells.items()
        for cell in cells
        if start <= column < start + cell.spans_columns
    )
    return " ".join(filter(None, dict.fromkeys(texts)))
