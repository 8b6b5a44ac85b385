"""A table whose next page leaves a column out or sets two as one: its repeated heads tell which."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.tables.heads import FEWEST_HEADINGS, SAME_HEAD, opened, same_words
from extractors.tables.parts import Part, PartCell, PartRow
from normalizers.actions.rows import is_total

FEW = 3  # at most one column in so many is missing
MARK = re.compile(r"[/|–—+-]")  # Pilote / Action: what may part the texts of two columns set as one

Span = tuple[int, int]  # columns, from and to (excluded)


@dataclass(frozen=True)
class Columns:
    """For each column of a part, those of the table's first part that it is; `head`: how many of
    its first rows repeat the head in fewer columns; `marks`: what parts the texts of those of its
    columns that are two of the first part's."""

    spans: tuple[Span, ...]
    head: int = 0
    marks: Mapping[int, str] = field(default_factory=dict)


def columns_by_head(first: Part, part: Part) -> Columns | None:
    """The columns of `part` in those of `first`, where each of its headings, in their order, is one
    of `first`, of which it leaves few out, or two with a mark between them; else None."""
    names, (own, head) = _headings(first)[0], _headings(part)
    if len(own) < FEWEST_HEADINGS or not all(own) or len(set(names)) < len(names):
        return None
    spans: list[Span] = []
    marks: dict[int, str] = {}
    end = 0
    for column, name in enumerate(own):
        found = _named(name, names, end) or _named_with_next(name, names, end)
        if found is None:
            return None
        start, mark = found
        end = start + 1 + bool(mark)
        spans.append((start, end))
        if mark:
            marks[column] = mark
    missing = len(names) - sum(b - a for a, b in spans)
    if FEW * missing > len(names) or not all(
        _parts_each(part.rows[head:], column, mark, len(own)) for column, mark in marks.items()
    ):
        return None
    return Columns(tuple(spans), head, marks)


def _named(name: str, names: Sequence[str], start: int) -> tuple[int, str] | None:
    """Which of `names`, from `start` on, is `name`."""
    later = range(start, len(names))
    return next(((c, "") for c in later if same_words(name, names[c]) >= SAME_HEAD), None)


def _named_with_next(name: str, names: Sequence[str], start: int) -> tuple[int, str] | None:
    """Which of `names`, from `start` on, `name` sets beside the next, and the mark between them."""
    for c in range(start, len(names) - 1):
        for mark in MARK.finditer(name):
            two = name[: mark.start()].strip(), name[mark.end() :].strip()
            if all(
                same_words(own, known) >= SAME_HEAD
                for own, known in zip(two, names[c : c + 2], strict=True)
            ):
                return c, mark[0]
    return None


def _parts_each(rows: Sequence[PartRow], column: int, mark: str, count: int) -> bool:
    """Does `mark` part what each of `rows` says in `column`, but for totals?"""
    return all(
        len(parted(cell, mark)) > 1
        for row in rows
        if not is_total(row.texts(count))
        for cell in row.cells.get(column, [])
        if cell.raw
    )


def parted(cell: PartCell, mark: str) -> list[PartCell]:
    """`cell` as two, before and behind the `mark` that stands once and alone between its words; or
    as it is."""
    at = [i for i, word in enumerate(cell.words) if word.text == mark]
    if len(at) != 1 or not 0 < at[0] < len(cell.words) - 1:
        return [cell]
    number = {id(word): i for i, word in enumerate(cell.words)}
    return [
        replace(cell, lines=tuple(filter(None, lines)))
        for lines in (
            [tuple(w for w in line if number[id(w)] < at[0]) for line in cell.lines],
            [tuple(w for w in line if number[id(w)] > at[0]) for line in cell.lines],
        )
    ]


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
