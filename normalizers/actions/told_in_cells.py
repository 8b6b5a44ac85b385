"""Tables that name an action on the left and tell all of it in one cell, a line for each question.

Action        | Contenu
Bail glissant | Pilote : CCAS
              | Crédits AMI : 12 000 €
"""

from collections.abc import Iterator
from dataclasses import replace

from normalizers.actions.action_rows import numbered
from normalizers.actions.answers import asked_field, state
from normalizers.actions.cards import told_within
from normalizers.actions.columns import COMPANIONS
from normalizers.actions.likeness import MONEY
from normalizers.actions.parts import Part, Statement

FEWEST = 2  # actions, and what is asked of each
NAMES = ("label", "reference", "section")


def read_told_in_cells(part: Part) -> Iterator[Statement] | None:
    """The actions of a table whose rows each tell theirs so; None where one does not."""
    fields = {k: c.field for k, c in enumerate(part.columns, 1)}
    if not part.has_worded_label or {*fields.values()} & COMPANIONS:
        return None
    bare = replace(part, table=part.table.model_copy(update={"head": [], "rows": []}))
    found = []
    for line in numbered(part.table):
        if line.row.kind != "body":
            continue
        cells = {c.column: c for c in line.row.cells if c.text.strip()}
        named = {f: cells[k].text.strip() for k in cells if (f := fields[k]) in NAMES}
        answers = [a for k in cells if fields[k] not in NAMES for a in told_within(cells[k], part)]
        asked = {asked_field(question, part) for question, _ in answers}
        if "label" not in named or len(asked) < FEWEST or not asked & {"pilot", *MONEY}:
            return None
        one = state(bare, named, answers, index=line.index)
        page = min(c.place.page for c in cells.values())
        found.append(replace(one, table=part.table, row=replace(one.row, page=page)))
    return iter(found) if len(found) >= FEWEST else None
