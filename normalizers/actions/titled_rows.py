"""Actions told on two rows of a table, the name across and the sums below it.

Coût total | AMI 2026 | Ville
Bail glissant                         is  Coût total | AMI 2026 | Ville |
30 000 €   | 20 000 € | 10 000 €          30 000 €   | 20 000 € | 10 000 € | Bail glissant
"""

from dataclasses import replace

from normalizers.actions.columns import SUBJECTS
from normalizers.actions.headings import Column
from normalizers.actions.likeness import MONEY
from normalizers.actions.parts import Part
from normalizers.actions.roadmap import AXIS
from pipeline.extracted import ExtractedRow

FEWEST = 2  # actions


def with_titles_beside(part: Part) -> Part:
    """`part`, a table of sums without a column that names the actions, each row of which stands
    below a title of its own, with the titles beside their rows; as it is where one is an axis."""
    fields = {c.field for c in part.columns}
    if fields & {*SUBJECTS, "reference"} or not fields & MONEY:
        return part
    actions = [row for row in part.table.rows if row.kind != "total"]
    pairs = list(zip(actions[::2], actions[1::2], strict=False))
    told = 2 * len(pairs) == len(actions) and all(map(_is_title, actions[::2]))
    names = {row.cells[0].text for row, _ in pairs} if told else set[str]()
    one_each = all(row.kind == "body" for _, row in pairs)
    if len(pairs) < FEWEST or len(names) < len(pairs) or not one_each:
        return part
    title = {id(row): above.cells[0] for above, row in pairs}
    column = len(part.columns) + 1
    rows = [
        row.model_copy(
            update={"cells": [*row.cells, title[id(row)].model_copy(update={"column": column})]}
        )
        if id(row) in title
        else row
        for row in part.table.rows
        if row.kind != "section"
    ]
    beside = part.table.model_copy(update={"rows": rows, "columns": [*part.table.columns, ""]})
    label = Column("label", None, None, 1.0)
    return replace(part, table=beside, columns=[*part.columns, label])


def _is_title(row: ExtractedRow) -> bool:
    return row.kind == "section" and not AXIS.match(row.cells[0].text)
