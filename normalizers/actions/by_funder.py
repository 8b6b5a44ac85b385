"""Tables with those who pay down the first column and an action in each other column.

Financeurs | Coordination | Bail glissant | Total
État (AMI) | 20 000 €     | 16 000 €      | 36 000 €
CAF        | -            | 3 000 €       | 3 000 €

As in tables of years, axes and posts may head such sums too: the columns are actions only where
what the AMI pays for all of them is what the act grants.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from normalizers.actions.annexes import titled_exercise
from normalizers.actions.answers import asked_field
from normalizers.actions.by_year import heads_of_actions, paid_in, stated_below
from normalizers.actions.headings import ASKED, CHANGE, LEFT, PER_UNIT, RETURNED, denied
from normalizers.actions.likeness import MONEY
from normalizers.actions.parts import Part, Statement
from normalizers.actions.payers import headed_payer
from normalizers.actions.row_sums import Paid
from normalizers.actions.rows import PART_OF
from normalizers.state_money import AMI
from normalizers.terms import fold

NO_PAYER = (ASKED, CHANGE, LEFT, PART_OF, PER_UNIT, RETURNED)  # Solde · Écart · dont CAF
NO_PAYERS = MONEY - {"cofinancing"}
Payers = Mapping[str, Mapping[int, Paid]]  # sums by who pays, by column


def read_by_funder(part: Part) -> Iterator[Statement] | None:
    """The actions of a table of payers, a column each; None where `part` is none, or the AMI's sums
    do not make what is granted."""
    if not part.table.columns or not part.wording(part.table.columns[0], "budget_funder"):
        return None
    exercise = titled_exercise(part.table) or part.exercise
    heads = heads_of_actions(part)
    payers = _payers(part, heads, exercise) if heads and exercise else None
    if exercise is None or payers is None or AMI not in payers:
        return None
    granted = sum((paid.amount or Decimal(0) for paid, _ in payers[AMI].values()), Decimal(0))
    if granted not in part.granted.get(exercise, ()):
        return None
    return (
        stated_below(
            part, column, [row[column] for row in payers.values() if column in row], exercise
        )
        for column in sorted(heads)
    )


def _payers(part: Part, wanted: frozenset[int], exercise: str) -> Payers | None:
    """What each payer gives in the `wanted` columns; None where a sum is in doubt, a payer stands
    twice, a row tells of other sums ('Reste à financer'), a total adds up others, or a column has
    no sum."""
    payers: dict[str, dict[int, Paid]] = {}
    rows = [row for row in part.table.rows if row.kind != "total"]
    names = [c.text for row in rows for c in row.cells if c.column == 1]
    for row in rows:
        cells = {c.column: c for c in row.cells if c.text.strip(" -–—")}
        if 1 not in cells:
            return None
        name = " ".join(cells[1].text.split())
        payer = part.funders.name(headed_payer(name) or name)
        funder = AMI if part.vocabulary.money.is_ami(name, names) else payer
        if funder != AMI and (asked_field(name, part) in NO_PAYERS or _is_no_payer(name)):
            return None
        stated = wanted & {*cells}
        paid = {k: one for k in stated if (one := paid_in(part, funder, exercise, cells[k]))}
        if {*paid} != stated or funder in payers:
            return None
        payers[funder] = paid
    all_told = {k for row in payers.values() for k in row} == wanted
    return payers if all_told and _add_up(payers, part) else None


def _is_no_payer(name: str) -> bool:
    folded = fold(name)
    return bool(denied(name)) or any(said.search(folded) for said in NO_PAYER)


def _add_up(payers: Payers, part: Part) -> bool:
    """Do the payers of each action pay what its total says, if any does?"""
    totals = [c for row in part.table.rows if row.kind == "total" for c in row.cells]
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in payers.values():
        for k, (paid, _) in row.items():
            sums[k] += paid.amount or 0
    stated = ((c.column, paid_in(part, AMI, "", c)) for c in totals)
    return all(paid is None or paid[0].amount == sums[k] for k, paid in stated if k in sums)
