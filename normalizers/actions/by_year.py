"""Tables with the years down the first column and an action in each other column.

Nothing says what the sums are but that they make what the act grants, over all years or each year:
only then do they count, as what the AMI grants. Payments, axes and organisations make the grant
too: columns that they head are no actions.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.annexes import SURE_KEY
from normalizers.actions.contents import YEAR_ALONE
from normalizers.actions.funding import Sum, paid_by_ami
from normalizers.actions.likeness import best_field
from normalizers.actions.parts import Part, Statement
from normalizers.actions.row_sums import Paid
from normalizers.actions.rows import is_total
from normalizers.amounts import read_cell
from normalizers.exercises import heading_exercise
from normalizers.references import split_reference
from normalizers.state_money import AMI
from pipeline.extracted import ExtractedCell

Years = Mapping[str, Mapping[int, Paid]]  # sums by year, by column


def read_by_year(part: Part) -> Iterator[Statement] | None:
    """The actions of a table of years, a column each; None where `part` is none, or its sums do not
    make what is granted."""
    heads = heads_of_actions(part)
    years = _years(part, heads) if heads else None
    if years is None or not _make_grant(years, part):
        return None
    exercise = part.exercise or min(years)
    return (
        stated_below(
            part, column, [row[column] for row in years.values() if column in row], exercise
        )
        for column in sorted(heads)
    )


def heads_of_actions(part: Part) -> frozenset[int]:
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


def _years(part: Part, wanted: frozenset[int]) -> Years | None:
    """The sums of the `wanted` columns by year; None where a row has none, or is of no year."""
    years: dict[str, dict[int, Paid]] = {}
    for row in part.table.rows:
        cells = {c.column: c for c in row.cells if c.text.strip(" -–—")}
        told = cells[1].text if 1 in cells else ""
        year = heading_exercise(told) if YEAR_ALONE.fullmatch(told) else None
        if row.kind == "total" and year is None:
            continue
        stated = wanted & {*cells}
        if year is None or year in years:
            return None
        years[year] = {k: paid for k in stated if (paid := paid_in(part, AMI, year, cells[k]))}
        if {*years[year]} != stated:
            return None
    return (
        years if len(years) > 1 and {k for row in years.values() for k in row} == wanted else None
    )


def paid_in(part: Part, funder: str, exercise: str, cell: ExtractedCell) -> Paid | None:
    """What `funder` pays by a `cell` of sums; None where that does not say it with certainty."""
    total = read_cell(cell.text).total
    if total is None:
        return None
    unit = part.columns[cell.column - 1].unit
    return Sum(funder, "granted", total * unit, exercise, cell.text), cell


def _make_grant(years: Years, part: Part) -> bool:
    """Are the sums of all years, or those of each year, what the act grants?"""
    sums = {
        year: sum((paid.amount or Decimal(0) for paid, _ in row.values()), Decimal(0))
        for year, row in years.items()
    }
    granted = {amount for amounts in part.granted.values() for amount in amounts}
    return sum(sums.values(), Decimal(0)) in granted or all(
        amount in part.granted.get(year, ()) for year, amount in sums.items()
    )


def stated_below(part: Part, column: int, sums: Sequence[Paid], exercise: str) -> Statement:
    """The action that heads `column`, and the `sums` below."""
    reference, label = split_reference(part.table.columns[column - 1])
    texts = {"reference": reference, "label": label} if reference else {"label": label}
    row = ActionRow(None, texts, sums[0][1].place.page, funded=bool(paid_by_ami(sums)), sums=sums)
    return Statement(part.table, row, [exercise])
