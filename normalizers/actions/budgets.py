"""The budget of an action: its sums by funder and year, the cost that its charges make, and the
totals that contradict them.

Financeurs | Montant | Part              or charges on the left and produits on the right
État (AMI) | 20 000 € | 80 %
Total | 25 000 € | 100 %
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from normalizers.actions.contents import WITHOUT_SUM
from normalizers.actions.funding import Sum, read_sums
from normalizers.actions.headings import Column, heading_unit
from normalizers.actions.parts import Conflict, Part
from normalizers.actions.row_sums import Paid
from normalizers.actions.rows import PART_OF, SHARE, TOTAL
from normalizers.amounts import read_cell
from normalizers.exercises import heading_exercise
from normalizers.state_money import AMI, StateMoney
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell

Row = Sequence[ExtractedCell]
SUBTOTAL = re.compile(r"\W*(?:sous|s/s)\b")
ACCOUNT = re.compile(r"\W*[67]\d\s*[-–—.:]?\s*[^\W\d]")


@dataclass
class Budget:
    """Sums by funder, the cost that the charges make, the total of who pays, and what contradicts
    itself."""

    paid: list[tuple[str, Paid]] = field(default_factory=list)
    cost: list[Paid] = field(default_factory=list)
    income: list[Paid] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)

    def payments(self, money: StateMoney) -> Iterator[Paid]:
        """The sums by funder, those of the AMI as such."""
        payers = [name for name, _ in self.paid]
        for name, (one, cell) in self.paid:
            yield (replace(one, funder=AMI) if money.is_ami(name, payers) else one), cell


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sum of a budget under its heading, with the name of its row."""

    name: str
    heading: str
    sum: Sum
    cell: ExtractedCell


def read_budget(part: Part, rows: Sequence[Row]) -> Budget:
    """What a budget says: its first row is the head; each side of it goes from its word on."""
    budget = Budget()
    kinds = [(c.column, part.wording(c.text, "budget_")) for c in rows[0]]
    opens = [(k, kind) for k, kind in kinds if kind in ("budget_funder", "budget_expense")]
    totals = []
    for (start, kind), (end, _) in pairwise([*opens, (10**6, None)]):
        side = [[c for c in row if start <= c.column < end] for row in rows]
        totals.append(_side(part, budget, side, kind == "budget_funder"))
    for (amount, _), (other, cell) in pairwise(t for t in totals if t):
        if amount != other:
            budget.conflicts.append(conflict_of(amount, other, cell))
    return budget


def _side(
    part: Part, budget: Budget, rows: Sequence[Row], funders: bool
) -> tuple[Decimal, ExtractedCell] | None:
    """Read one side of a budget into `budget`; its total, with the cell that states it.

    What is no sum of a funder or of all charges (a charge, a part of another sum, a row below the
    total) is kept as it stands.
    """
    head, *body = rows
    columns = {c.column: c.text for c in (head[1:] or head)}
    taken: list[_Entry] = []
    total: tuple[Decimal, ExtractedCell] | None = None
    since = 0
    accounts, details = _detailed(body)
    for i, row in enumerate(body):
        if len(row) < 2:
            continue
        name = row[0].text.strip()
        if i in details:
            name = PART_OF.sub("", name).strip()
        entries = list(_entries(part, name, row, columns))
        if TOTAL.match(name):
            budget.conflicts += _differing(entries, taken, since)
            since = len(taken)
            if entries and not SUBTOTAL.match(fold(name)):
                stated, cell = entries[-1].sum, entries[-1].cell
                total = stated.amount or Decimal(0), cell
                if funders:
                    budget.income += _costs(entries)
                else:
                    cost = Sum(None, "total_cost", total[0], stated.exercise, cell.text)
                    budget.cost.append((cost, cell))
            continue
        counted = total is None and i not in accounts and not PART_OF.match(name)
        if not (counted and funders):
            budget.others[name] = " ; ".join(c.text for c in row[1:])
        if counted:
            taken += entries
            budget.conflicts += _across(entries)
    if funders:
        paid = [e for e in taken if not _is_across(e, taken)]
        budget.paid += [(e.name, (e.sum, e.cell)) for e in paid]
    return total


def _costs(entries: Sequence[_Entry]) -> Iterator[Paid]:
    """What the total of all who pay says of the cost, year by year where it does."""
    for one in entries:
        if not _is_across(one, entries):
            yield replace(one.sum, funder=None, stage="total_cost"), one.cell


def _detailed(rows: Sequence[Row]) -> tuple[set[int], set[int]]:
    """Which `rows` are accounts (74 – Subventions), or have parts (dont AMI), that the rows below
    add up to, and which rows these are."""
    names = [row[0].text if len(row) > 1 else "" for row in rows]
    sums = [{c.column: read_cell(c.text).total or Decimal(0) for c in row[1:]} for row in rows]
    accounts, details = set[int](), set[int]()
    parts = [PART_OF.match(name) is not None for name in names]
    parted = [below and not part for part, below in pairwise([*parts, False])]
    starts = [i for i, name in enumerate(names) if ACCOUNT.match(name) or parted[i]]
    for start, end in pairwise([*starts, len(rows)]):
        below = [i for i in range(start + 1, end) if names[i] and not TOTAL.match(names[i])]
        told = {k: sum(sums[i].get(k, Decimal(0)) for i in below) for k in sums[start]}
        if below and told == sums[start]:
            accounts.add(start)
            details.update(below)
    return accounts, details


def _entries(part: Part, name: str, row: Row, columns: Mapping[int, str]) -> Iterator[_Entry]:
    for cell in row[1:]:
        if SHARE.fullmatch(cell.text) or WITHOUT_SUM.fullmatch(fold(cell.text)):
            continue
        text = next((t for k, t in sorted(columns.items(), reverse=True) if k <= cell.column), "")
        unit = max(heading_unit(text), heading_unit(part.table.title))
        exercise = heading_exercise(text) or part.exercise
        column = Column("cofinancing", "planned", exercise, 1.0, unit=unit)
        for one in read_sums(column, text, cell.text, [name], part.funders):
            yield _Entry(name, text, one, cell)


def _is_across(entry: _Entry, among: Sequence[_Entry]) -> bool:
    """Is it the total of a row whose other sums stand under a year each?"""
    years = (heading_exercise(e.heading) for e in among if e.name == entry.name)
    return heading_exercise(entry.heading) is None and any(years)


def _across(row: Sequence[_Entry]) -> Iterator[Conflict]:
    """What the total of a row says, where it is not the sum of its years."""
    years = [e for e in row if not _is_across(e, row)]
    for entry in row:
        if _is_across(entry, row):
            yield from _differing(
                [replace(entry, heading="")], [replace(e, heading="") for e in years], 0
            )


def _differing(totals: Sequence[_Entry], taken: Sequence[_Entry], since: int) -> Iterator[Conflict]:
    """The totals that are the sum neither of all entries under their heading nor of those from
    number `since` on, below the subtotal before."""
    for total in totals:
        some = [
            [e.sum.amount for e in of if e.heading == total.heading]
            for of in (taken, taken[since:])
        ]
        if total.sum.amount is None or not some[0] or None in some[0]:
            continue
        sums = [sum((a for a in of if a), Decimal(0)) for of in some]
        if total.sum.amount not in sums:
            yield conflict_of(sums[0], total.sum.amount, total.cell)


def conflict_of(expected: Decimal, observed: Decimal, cell: ExtractedCell) -> Conflict:
    quote = f"Total {cell.text}"
    return Conflict("total_cost", None, expected, observed, quote, cell.place.page)
