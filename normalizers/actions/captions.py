"""Cells that ask on their first line what they tell below it, as the boxes of a card do.

Pilote        | AMI 2024    | Coût total            is  Pilote | CCAS | AMI 2024 | 27 500 € | …
CCAS          | 27 500 €    | 55 000 €
"""

from collections.abc import Sequence
from dataclasses import replace

from normalizers.actions.answers import asked_field, may_ask
from normalizers.actions.headings import Column
from normalizers.actions.parts import Part
from pipeline.extracted import ExtractedCell, ExtractedRow

LONGEST = 40  # characters of what is asked
FEWEST = 2  # cells of a row that ask
ASKED = 3  # known things that the cells of one table ask, at least


def captions_apart(part: Part) -> Part:
    """`part`, the rows of a table without headings whose cells all ask for something of their own
    and tell it, with what each asks in a cell before what it tells; where all cells of the table
    do, some may ask for what no field holds."""
    table = part.table
    if any(heading.strip() for heading in table.columns):
        return part
    above = [(), *(row.cells for row in table.rows)]
    told = [[c for c in row.cells if c.text.strip()] for row in table.rows]
    own = [[c for c in cells if c not in over] for cells, over in zip(told, above, strict=False)]
    all_ask = _all_ask([c for cells in own for c in cells], part)
    rows = [_apart(row, cells, part, all_ask) for row, cells in zip(table.rows, own, strict=True)]
    if all(one is row for one, row in zip(rows, table.rows, strict=True)):
        return part
    count = 2 * len(table.columns)
    apart = table.model_copy(update={"rows": rows, "columns": [""] * count})
    return replace(part, table=apart, columns=[Column()] * count)


def _all_ask(cells: Sequence[ExtractedCell], part: Part) -> bool:
    """May all of `cells` ask, most of them for various known things?"""
    asked = [_asked(cell, part) for cell in cells]
    known = {field for question, told in asked if told and (field := asked_field(question, part))}
    may = all(told and may_ask(question) for question, told in asked)
    return may and len(known) >= max(ASKED, len(cells) / 2)


def _apart(
    row: ExtractedRow, own: Sequence[ExtractedCell], part: Part, all_ask: bool
) -> ExtractedRow:
    """`row`, its `own` cells parted; itself where one of them does not ask, or two ask the same."""
    asked = [_asked(cell, part) for cell in own]
    fields = [asked_field(question, part) if told else None for question, told in asked]
    known = len(own) >= FEWEST and None not in fields and len(set(fields)) == len(fields)
    if row.kind != "body" or not (all_ask or known):
        return row
    cells = [
        cell.model_copy(update={"column": 2 * k + i, "text": text})
        for k, (cell, texts) in enumerate(zip(own, asked, strict=True))
        for i, text in enumerate(texts, 1)
    ]
    return row.model_copy(update={"cells": cells})


def _asked(cell: ExtractedCell, part: Part) -> tuple[str, str]:
    """The first line of `cell`, and what it tells below, '' where it tells of nothing asked
    there."""
    asked, _, told = cell.text.strip().partition("\n")
    again = asked_field(told.partition("\n")[0], part, 1.0) is not None
    return asked, "" if again or len(asked) > LONGEST else told.strip()
