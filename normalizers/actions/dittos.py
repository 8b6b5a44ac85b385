"""Cells that say what the cell above them says: 'Idem', »."""

import re
from collections.abc import Sequence
from itertools import pairwise

from normalizers.actions.headings import Column
from normalizers.actions.likeness import MONEY
from normalizers.actions.rows import texts_by_column
from pipeline.extracted import ExtractedCell, ExtractedTable

# Idem · id. · idem ci-dessus · » · -"- · 〃
DITTO = re.compile(
    r"\W*(?:idem|id\.|ibid(?:em|\.))(?:\s+(?:que\s+)?ci-dessus)?\W*"
    r"|[\s–-]*(?:[\"»«″〃”“]|'{2}|’{2})+[\s–-]*",
    re.IGNORECASE,
)
FEWEST = 2  # groups of rows


def without_dittos(table: ExtractedTable, columns: Sequence[Column]) -> ExtractedTable:
    """`table`, the cells of its body that repeat the one above with the text of that one, but for
    sums: whose they are, and of what, another row cannot tell. Pilots that group the rows are
    repeated by the empty cells below them."""
    sums = {k for k, column in enumerate(columns, 1) if column.field in MONEY}
    grouping = _grouping(table, columns)
    above: dict[int, str] = {}
    rows = []
    for row in table.rows:
        if row.kind == "section" and grouping:
            above.pop(grouping, None)
        cells = [
            c.model_copy(update={"text": above[c.column]})
            if c.column in above and c.column not in sums and _repeats(c, grouping)
            else c
            for c in row.cells
        ]
        if row.kind == "body":
            above |= {c.column: c.text for c in cells if c.text.strip()}
            row = row.model_copy(update={"cells": cells})
        rows.append(row)
    return table.model_copy(update={"rows": rows})


def _repeats(cell: ExtractedCell, grouping: int | None) -> bool:
    empty = cell.column == grouping and not cell.text.strip()
    return empty or DITTO.fullmatch(cell.text) is not None


def _grouping(table: ExtractedTable, columns: Sequence[Column]) -> int | None:
    """The first column where it names several pilots, each once, over rows that name none: those
    of which the rows are sorted."""
    names = [text.strip() for text in texts_by_column(table)[0]] if columns else []
    told = [name for name in names if name]
    groups = sum(bool(a) and not b for a, b in pairwise(names))
    sorted_by = groups >= FEWEST and len(set(told)) == len(told) and bool(names[0])
    return 1 if sorted_by and columns[0].field == "pilot" else None
