"""Tables with an action a row, and below it a row for each of those who pay it.

Action 1 – Maraude logement | 60 000 € | 100 %
État – AMI                  | 36 000 € |  60 %
Agglomération               | 24 000 € |  40 %
Action 2 – Baux glissants   | 50 000 € | 100 %

The sums of those who pay make that of the action above them, in all of the table: nothing else
tells such rows from lists of expenses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from normalizers.actions.annexes import titled_exercise
from normalizers.actions.answers import Answer, state
from normalizers.actions.items import WHOLE, asked_of
from normalizers.actions.parts import Part, Statement
from normalizers.actions.rows import is_total
from normalizers.amounts import read_amounts
from normalizers.references import split_numbers, split_reference
from normalizers.state_money import AMI
from pipeline.extracted import ExtractedCell

FEWEST = 2  # actions that make a table of them


@dataclass
class _Action:
    """The row of an action, by its name and its sum, and who pays it, each with his sum."""

    index: int
    name: str
    cost: ExtractedCell
    payers: list[Answer] = field(default_factory=list)

    def is_paid(self) -> bool:
        """Do its payers pay its sum?"""
        return bool(self.payers) and sum(map(_sum, (c for _, c in self.payers))) == _sum(self.cost)


def read_paid_below(part: Part) -> Iterator[Statement] | None:
    """The actions of a table with those who pay below each; None where `part` is none."""
    actions = _actions(part)
    paid_by = {asked for action in actions for asked, _ in action.payers}
    if len(actions) < FEWEST or AMI not in paid_by or not all(a.is_paid() for a in actions):
        return None
    part = replace(part, exercise=titled_exercise(part.table) or part.exercise)
    return (_statement(action, texts, part) for action, texts in _named(actions))


def _actions(part: Part) -> list[_Action]:
    """The rows of `part` but for totals, a payer's with the action above; none where one has
    several sums, or a payer's stands first."""
    actions: list[_Action] = []
    for index, row in enumerate((r for r in part.table.rows if r.kind != "section"), 1):
        filled = sorted((c for c in row.cells if c.text.strip()), key=lambda c: c.column)
        sums = [c for c in filled[1:] if read_amounts(c.text)]
        if row.kind == "total" or is_total([c.text for c in filled]):
            if actions:  # what it is made of may stand below
                break
            return []
        if len(sums) != 1:
            return []
        payer = None if split_reference(filled[0].text)[0] else asked_of(filled[0].text, part)
        if payer is None:
            actions.append(_Action(index, filled[0].text, sums[0]))
        elif actions:
            actions[-1].payers.append((payer, sums[0]))
        else:
            return []
    return actions


def _sum(cell: ExtractedCell) -> Decimal:
    return sum((a.value for a in read_amounts(cell.text) if a.value), Decimal(0))


def _named(actions: Sequence[_Action]) -> Iterator[tuple[_Action, dict[str, str]]]:
    """`actions` with their labels, and the numbers that these begin with."""
    names = [action.name for action in actions]
    parted = [split_reference(name) for name in names]
    counted = split_numbers(names) if not any(number for number, _ in parted) else None
    for action, (number, label) in zip(actions, counted or parted, strict=True):
        yield action, {"label": label, **({"reference": number} if number else {})}


def _statement(action: _Action, texts: dict[str, str], part: Part) -> Statement:
    bare = part.table.model_copy(update={"head": [], "columns": [], "rows": []})
    answers = [(WHOLE, action.cost), *action.payers]
    said = state(replace(part, table=bare), texts, answers, index=action.index)
    return replace(said, table=part.table)
