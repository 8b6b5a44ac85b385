"""Tables with those who pay down the first column and an action in each other column.

Financeurs | Coordination | Bail glissant | Total
État (AMI) | 20 000 €     | 16 000 €      | 36 000 €
CAF        | -            | 3 000 €       | 3 000 €

Axes and posts may head such sums too: the columns are actions only where what the AMI pays for all
of them is what the act grants. What the actions cost may stand above, post by post, with its total
('64 Personnel', 'Total charges').
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.annexes import SURE_KEY, titled_exercise
from normalizers.actions.answers import asked_field
from normalizers.actions.funding import Sum, paid_by_ami
from normalizers.actions.headings import ASKED, CHANGE, LEFT, PER_UNIT, RETURNED, denied
from normalizers.actions.likeness import MONEY, best_field
from normalizers.actions.parts import Part, Statement
from normalizers.actions.payers import headed_payer
from normalizers.actions.row_sums import Paid
from normalizers.actions.rows import PART_OF, is_total
from normalizers.amounts import read_cell
from normalizers.references import split_reference
from normalizers.state_money import AMI
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedRow

NO_PAYER = (ASKED, CHANGE, LEFT, PART_OF, PER_UNIT, RETURNED)  # Solde · Écart · dont CAF
NO_PAYERS = MONEY - {"cofinancing"}
EXPENSES = re.compile(r"\b(?:charges|depenses|emplois|couts?)\b")  # Total charges
ACCOUNT = re.compile(r"^\W*7\d{1,4}\s*[-–—.:]?\s*(?=[^\W\d])")  # 74 – Département
Payers = Mapping[str, Mapping[int, Paid]]  # sums by who pays, by column


def read_by_funder(part: Part) -> Iterator[Statement] | None:
    """The actions of a table of payers, a column each; None where `part` is none, or the AMI's sums
    do not make what is granted."""
    costs, rows = _sides(part)
    heading = part.table.columns[0] if part.table.columns else ""
    if not (costs or part.wording(heading, "budget_funder")):
        return None
    exercise = titled_exercise(part.table) or part.exercise
    heads = _heads_of_actions(part)
    payers = _payers(part, rows, heads, exercise) if heads and exercise else None
    if exercise is None or payers is None or AMI not in payers:
        return None
    granted = sum((paid.amount or Decimal(0) for paid, _ in payers[AMI].values()), Decimal(0))
    if granted not in part.granted.get(exercise, ()):
        return None
    return (
        _stated_below(part, column, [*_paid(payers, column), *_cost(part, costs, column)], exercise)
        for column in sorted(heads)
    )


def _heads_of_actions(part: Part) -> frozenset[int]:
    """The columns but the first and totals, if all their headings may name an action each."""
    heads = {k: h for k, h in enumerate(part.table.columns[1:], 2) if not is_total([h])}
    apart = len(set(heads.values())) >= max(2, len(heads))
    named = apart and all(_names_action(heading, part) for heading in heads.values())
    return frozenset(heads if named else ())


def _names_action(heading: str, part: Part) -> bool:
    reference, label = split_reference(heading)
    return bool(label.strip()) and (
        reference is not None
        or not (
            best_field(heading, part.vocabulary.headings, SURE_KEY)
            or part.wording(heading, "no_action")
            or part.vocabulary.money.names_state(heading)
            or part.funders.pays(heading)
        )
    )


def _paid_in(part: Part, funder: str, exercise: str, cell: ExtractedCell) -> Paid | None:
    """What `funder` pays by a `cell` of sums; None where that does not say it with certainty."""
    total = read_cell(cell.text).total
    if total is None:
        return None
    unit = part.columns[cell.column - 1].unit
    return Sum(funder, "granted", total * unit, exercise, cell.text), cell


def _stated_below(part: Part, column: int, sums: Sequence[Paid], exercise: str) -> Statement:
    """The action that heads `column`, and the `sums` below."""
    reference, label = split_reference(part.table.columns[column - 1])
    texts = {"reference": reference, "label": label} if reference else {"label": label}
    row = ActionRow(None, texts, sums[0][1].place.page, funded=bool(paid_by_ami(sums)), sums=sums)
    return Statement(part.table, row, [exercise])


def _sides(part: Part) -> tuple[Sequence[ExtractedCell], Sequence[ExtractedRow]]:
    """The total of what the actions cost, cell by cell, if one stands in the table, and the rows of
    those who pay, below it."""
    for i, row in enumerate(part.table.rows, 1):
        if row.kind == "total" and row.cells and EXPENSES.search(fold(row.cells[0].text)):
            return row.cells, part.table.rows[i:]
    return (), part.table.rows


def _paid(payers: Payers, column: int) -> list[Paid]:
    return [row[column] for row in payers.values() if column in row]


def _cost(part: Part, costs: Sequence[ExtractedCell], column: int) -> Iterator[Paid]:
    """What the action of a `column` costs."""
    for cell in costs:
        if cell.column == column and (paid := _paid_in(part, AMI, "", cell)):
            one, _ = paid
            yield replace(one, funder=None, stage="total_cost", exercise=None), cell


def _payers(
    part: Part, told: Sequence[ExtractedRow], wanted: frozenset[int], exercise: str
) -> Payers | None:
    """What each payer gives in the `wanted` columns; None where a sum is in doubt, a payer stands
    twice, a row tells of other sums ('Reste à financer'), a total adds up others, or a column has
    no sum."""
    payers: dict[str, dict[int, Paid]] = {}
    rows = [row for row in told if row.kind == "body"]
    names = [ACCOUNT.sub("", c.text) for row in rows for c in row.cells if c.column == 1]
    for row in rows:
        cells = {c.column: c for c in row.cells if c.text.strip(" -–—")}
        if 1 not in cells:
            return None
        name = " ".join(ACCOUNT.sub("", cells[1].text).split())
        payer = part.funders.name(headed_payer(name) or name)
        funder = AMI if part.vocabulary.money.is_ami(name, names) else payer
        if funder != AMI and (asked_field(name, part) in NO_PAYERS or _is_no_payer(name)):
            return None
        stated = wanted & {*cells}
        paid = {k: one for k in stated if (one := _paid_in(part, funder, exercise, cells[k]))}
        if {*paid} != stated or funder in payers:
            return None
        payers[funder] = paid
    all_told = {k for row in payers.values() for k in row} == wanted
    return payers if all_told and _add_up(payers, part, told) else None


def _is_no_payer(name: str) -> bool:
    folded = fold(name)
    return bool(denied(name)) or any(said.search(folded) for said in NO_PAYER)


def _add_up(payers: Payers, part: Part, told: Sequence[ExtractedRow]) -> bool:
    """Do the payers of each action pay what its total among the rows `told` says, if any does?"""
    totals = [c for row in told if row.kind == "total" for c in row.cells]
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in payers.values():
        for k, (paid, _) in row.items():
            sums[k] += paid.amount or 0
    stated = ((c.column, _paid_in(part, AMI, "", c)) for c in totals)
    return all(paid is None or paid[0].amount == sums[k] for k, paid in stated if k in sums)
