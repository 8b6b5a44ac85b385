"""Cells that ask on their first line what they tell below it, as the boxes of a card do.

Pilote        | AMI 2024    | Coût total            is  Pilote | CCAS | AMI 2024 | 27 500 € | …
CCAS          | 27 500 €    | 55 000 €
"""

from collections.abc import Sequence
from dataclasses import replace

from normalizers.actions.answers import asked_field
from normalizers.actions.headings import Column
from normalizers.actions.parts import Part
from pipeline.extracted import ExtractedCell, ExtractedRow

LONGEST = 40  # characters of what is asked
FEWEST = 2  # cells of a row that ask


def captions_apart(part: Part) -> Part:
    """`part`, the rows of a table without headings whose cells all ask for something of their own
    and tell it, with what each asks in a cell before what it tells."""
    table = part.table
    if any(heading.strip() for heading in table.columns):
        return part
    rows = [_apart(row, part) for row in table.rows]
    if all(one is row for one, row in zip(rows, table.rows, strict=True)):
        return part
    count = 2 * len(table.columns)
    apart = table.model_copy(update={"rows": rows, "columns": [""] * count})
    return replace(part, table=apart, columns=[Column()] * count)


def _apart(row: ExtractedRow, part: Part) -> ExtractedRow:
    """`row`, its cells parted; itself where one of them does not ask, or two ask the same."""
    filled = [c for c in row.cells if c.text.strip()]
    if row.kind != "body" or len(filled) < FEWEST:
        return row
    pairs = [_asked(c, part) for c in filled]
    fields = [field for field, _ in pairs]
    if None in fields or len(set(fields)) < len(fields):
        return row
    return row.model_copy(update={"cells": [c for _, cells in pairs for c in cells]})


def _asked(cell: ExtractedCell, part: Part) -> tuple[str | None, Sequence[ExtractedCell]]:
    """The field that the first line of `cell` asks for, if it tells it below; both as cells."""
    asked, _, told = cell.text.partition("\n")
    if not told.strip() or len(asked) > LONGEST or asked_field(told.partition("\n")[0], part):
        return None, ()
    cells = [
        cell.model_copy(update={"column": 2 * cell.column - 1 + i, "text": text.strip()})
        for i, text in enumerate((asked, told))
    ]
    return asked_field(asked, part), cells
