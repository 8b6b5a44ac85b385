"""Cells that say what the cell above them says: 'Idem', »."""

import re
from collections.abc import Sequence

from normalizers.actions.headings import Column
from normalizers.actions.likeness import MONEY
from pipeline.extracted import ExtractedTable

# Idem · id. · idem ci-dessus · » · -"- · 〃
DITTO = re.compile(
    r"\W*(?:idem|id\.|ibid(?:em|\.))(?:\s+(?:que\s+)?ci-dessus)?\W*"
    r"|[\s–-]*(?:[\"»«″〃”“]|'{2}|’{2})+[\s–-]*",
    re.IGNORECASE,
)


def without_dittos(table: ExtractedTable, columns: Sequence[Column]) -> ExtractedTable:
    """`table`, the cells of its body that repeat the one above with the text of that one, but for
    sums: whose they are, and of what, another row cannot tell."""
    sums = {k for k, column in enumerate(columns, 1) if column.field in MONEY}
    above: dict[int, str] = {}
    rows = []
    for row in table.rows:
        cells = [
            c.model_copy(update={"text": above[c.column]})
            if c.column in above and c.column not in sums and DITTO.fullmatch(c.text)
            else c
            for c in row.cells
        ]
        if row.kind == "body":
            above |= {c.column: c.text for c in cells if c.text.strip()}
            row = row.model_copy(update={"cells": cells})
        rows.append(row)
    return table.model_copy(update={"rows": rows})
