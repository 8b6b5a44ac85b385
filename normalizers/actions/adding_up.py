"""Columns of sums that add up others, are parts of them, or tell by how much two differ: proved on
every row, none of them holds sums of its own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

from normalizers.actions.funding import AMI
from normalizers.actions.headings import CHANGE, MONEY, RETURNED, SPENT, Column
from normalizers.amounts import read_cell
from normalizers.exercises import NUMBERS
from normalizers.terms import fold
from pipeline.models import ExtractedTable, Stage

PROOF = 2  # actions whose sums add up prove what a column holds
PAYING = ("ami", "cofinancing")
TOTAL = re.compile(r"\btotale?s?\b|\btotaux\b|\bensemble\b|\bcumul\b")
PART_OF = re.compile(r"\W*(?:dont|y compris)\b", re.IGNORECASE)
PART_OF_GRANT = re.compile(
    rf"{PART_OF.pattern}|\bcp\b|\bcredits de paiement\b"
    r"|\b(?:versement|acompte|avance|solde|tranche|echeance)s?\b"
)
FIRST_PAYMENT = re.compile(r"\b(?:acomptes?|avances?|(?:1er|premier) versement)\b")
# Subvention sur 3 ans · pour les trois ans
SEVERAL_YEARS = re.compile(
    rf"\b(?:sur|pour|en) (?:les )?(?P<count>[2-5]|{'|'.join(NUMBERS)}) (?:ans|annees|exercices)\b"
)
KEPT = re.compile(r"\bconserve|\bnon (?:consomm|depens|utilis|engag)|\breliquat|\breport|\breste")
BALANCE = re.compile(r"\W*soldes?\b")  # beside it the last payment, else what is left over
SIGNED = re.compile(r"\s*(?:\+|(?P<minus>[-–—−](?=\s?\d)))?\s*(?P<sum>[^+]*?)\s*")


def with_totals(columns: list[Column], table: ExtractedTable) -> list[Column]:
    """`columns`, those which only add up others proved to be totals: the 'Total' beside three
    years of AMI money is nobody's grant, that of all who pay is the cost of the action."""
    rows = sums_by_column(table)
    found = list(columns)
    for i in _until_none_is_left(found):
        heading = fold(table.columns[i - 1])
        if found[i - 1].field == "spent" and SPENT.search(heading):
            continue  # Dépenses réalisées, and not Dépense, dont AMI, dont autres
        for parts in _addends(found, i, bool(TOTAL.search(heading))):
            if adds_up(rows, i, parts):
                kinds = {found[j - 1].field for j in parts}
                whole = kinds >= set(PAYING)
                found[i - 1] = replace(
                    found[i - 1],
                    field="total_cost" if whole else "total",
                    stage="total_cost" if whole else None,
                    adds=tuple(parts),
                )
                break
    costs = [i for i, column in enumerate(found, 1) if column.field == "total_cost"]
    for i, j in permutations(costs, 2):  # Total public, beside the cost of the action
        if found[i - 1].adds and set(found[i - 1].adds) < set(found[j - 1].adds):
            found[i - 1] = replace(found[i - 1], field="total", stage=None)
    costs = [i for i in costs if found[i - 1].field == "total_cost"]
    for total in costs:  # Dépenses de personnel, de fonctionnement, Total des dépenses
        parts = [i for i in costs if i != total and not found[i - 1].adds]
        is_named = TOTAL.search(fold(table.columns[total - 1]))
        if is_named and len(parts) > 1 and adds_up(rows, total, parts):
            found[total - 1] = replace(found[total - 1], adds=tuple(parts))
            for i in parts:
                found[i - 1] = replace(found[i - 1], field="part", stage=None)
    costs = [i for i in costs if found[i - 1].field == "total_cost"]
    for cost, again in pairwise(costs):  # Total charges, Total produits
        if all(row.get(cost) == row.get(again) for row in rows) and pays_in(rows, again):
            twice = found[again - 1]
            adds = twice.adds or (cost,)
            found[again - 1] = replace(twice, field="total", stage=None, adds=adds)
    return found


def parts_of_grant(columns: list[Column], table: ExtractedTable) -> list[Column]:
    """`columns`, unexplained ones that hold no sums of their own: those that say that they are part
    of what one funder pays and add it up ('dont CP 2025 | dont CP 2026', 'Acompte | Solde'), and
    what is paid beside what was left over ('Part État | dont reliquat | Versement')."""
    rows = sums_by_column(table)
    found = list(columns)
    headings = [fold(heading) for heading in table.columns]
    paid_first = any(FIRST_PAYMENT.search(heading) for heading in headings)
    ami = [c for c in columns if c.field == "ami"]
    unknown = [i for i, c in enumerate(columns, 1) if c.field is None]
    sure = [i for i in unknown if sum(bool(row.get(i)) for row in rows) >= PROOF]
    told = [
        i
        for i, (c, heading) in enumerate(zip(columns, headings, strict=True), 1)
        if (c.field is None and PART_OF_GRANT.search(heading))
        or (c.field == "carry_over" and BALANCE.match(heading) and paid_first)
    ]
    left = [i for i, c in enumerate(columns, 1) if c.field == "carry_over" and i not in told]
    for whole in (i for i, c in enumerate(columns, 1) if c.field in PAYING):
        parts = [told] if len(told) > 1 else []
        parts += [[i, *left] for i in sure if left and columns[whole - 1].field == "ami"]
        for some in parts:
            if adds_up(rows, whole, some):
                before = _is_of_before(columns[whole - 1], ami)
                for i in set(some).difference(left):
                    part = replace(found[i - 1], field="part", stage=None)
                    if before and (fate := _became(headings[i - 1])):
                        year = columns[whole - 1].exercise
                        part = replace(part, field=fate, stage=fate, exercise=year, funder=AMI)
                    found[i - 1] = part
    return found


def _became(heading: str) -> Stage | None:
    """What a part of an earlier grant became by its folded heading: 'Dont utilisée', 'Dont
    conservée'."""
    if KEPT.search(heading):
        return "carry_over"
    return "spent" if SPENT.search(heading) else None


def over_several_years(columns: list[Column], table: ExtractedTable) -> list[Column]:
    """`columns`, one that says what another pays in several years ('Subvention annuelle' and
    'Subvention sur 3 ans') no grant beside it: its total where it is that many times as much on
    every row, else unexplained."""
    rows = sums_by_column(table)
    found = list(columns)
    for i, column in enumerate(columns, 1):
        match = SEVERAL_YEARS.search(fold(table.columns[i - 1]))
        same = [
            j
            for j, c in enumerate(columns, 1)
            if j != i and (c.field, c.stage) == (column.field, column.stage) and not c.adds
        ]
        if match is None or column.field not in PAYING or not same:
            continue
        years = int(match["count"]) if match["count"].isdigit() else NUMBERS[match["count"]]
        proved = any(
            all(row.get(i, 0) == years * row.get(j, Decimal(0)) for row in rows) for j in same
        )
        found[i - 1] = replace(column, field="total" if proved else None, stage=None)
    return found


def changes(columns: list[Column], table: ExtractedTable) -> list[Column]:
    """`columns`, an unexplained one that says by how much two sums of the row differ, on every row,
    holding no sums of its own: 'Avant avenant | Mouvement | Après avenant', 'À reverser'."""
    cells = [{c.column: c.text for c in r.cells} for r in table.rows if r.kind == "body"]
    rows = sums_by_column(table)
    found = list(columns)
    sums = [i for i, c in enumerate(columns, 1) if c.field in MONEY]
    for i, column in enumerate(columns, 1):
        heading = fold(table.columns[i - 1])
        if column.field is None and (CHANGE.search(heading) or RETURNED.search(heading)):
            moved = [_signed(row.get(i, "")) for row in cells]
            for before, after in permutations(sums, 2):
                if pays_in(rows, before) and moved == [
                    row.get(after, Decimal(0)) - row.get(before, Decimal(0)) for row in rows
                ]:
                    found[i - 1] = replace(column, field="change")
    return found


def sums_by_column(table: ExtractedTable) -> list[dict[int, Decimal]]:
    """What each body row of `table` states in each column, 0 where it states no sum."""
    return [
        {c.column: read_cell(c.text).total or Decimal(0) for c in row.cells}
        for row in table.rows
        if row.kind == "body"
    ]


def adds_up(rows: Sequence[Mapping[int, Decimal]], total: int, parts: Sequence[int]) -> bool:
    """Does column `total` state the sum of `parts` on every row, each of which pays somewhere?"""
    zero = Decimal(0)
    sums = all(r.get(total, zero) == sum((r.get(j, zero) for j in parts), zero) for r in rows)
    return sums and all(pays_in(rows, j) for j in parts)


def pays_in(rows: Sequence[Mapping[int, Decimal]], column: int) -> bool:
    return any(row.get(column) for row in rows)


def _until_none_is_left(columns: Sequence[Column]) -> Iterator[int]:
    """The columns that may be totals, again and again as long as one more is proved."""
    proved = -1
    while proved < (known := sum(bool(c.adds) for c in columns)):
        proved = known
        for i, column in enumerate(columns, 1):
            if not column.adds and column.field in (*PAYING, "total_cost", "spent", None):
                yield i


def _addends(columns: Sequence[Column], total: int, named: bool) -> Iterator[list[int]]:
    """The columns that column `total` may add up: those of its kind, of all who pay, or the last
    ones on its left. Only one `named` a total adds up one column, or money of both kinds."""
    of = columns[total - 1]
    pays = [j for j, c in enumerate(columns, 1) if c.field in PAYING and not c.adds and j != total]
    both = {columns[j - 1].field for j in pays} == set(PAYING)
    if of.funder and not named:
        return
    left_over = [j for j, c in enumerate(columns, 1) if c.field == "carry_over" and j != total]
    of_now = [j for j in pays if not _is_of_before(columns[j - 1], [columns[k - 1] for k in pays])]
    if left_over and (named or of.field == "total_cost"):  # Total disponible : report et nouveaux
        new = [j for j in pays if columns[j - 1].field == "ami"]
        of_year = [j for j in new if columns[j - 1].exercise == of.exercise]
        yield from ([*some, *left_over] for some in (new, of_year, pays, of_now) if some)
    if left_over and of.field == "ami":  # Besoin : à reporter, à verser
        yield from ([j, *left_over] for j in pays if columns[j - 1].field == "ami")
    given = [j for j, c in enumerate(columns, 1) if c.field == "ami_previous" and j < total]
    if named and given and of.field == "ami":  # Aide initiale, complémentaire, totale
        yield [*given, *(j for j in pays if columns[j - 1].field == "ami")]
    for kind in PAYING:
        same = [j for j in pays if columns[j - 1].field == kind]
        alike = of.field in (kind, None) or (of.field == "total_cost" and both)
        if alike and len(same) > (not named):
            yield same
    if both and (named or of.field in ("total_cost", "spent", None)):
        yield pays
        yield of_now
    unknown = [j for j in range(1, total) if columns[j - 1].field is None]
    years = named and of.field in ("total_cost", None)
    for k in range(len(unknown) - 1) if years else ():  # Année 1, Année 2, Total
        yield unknown[k:]
    left = [j for j in pays if j < total and of.field != "spent"]
    for k in range(len(left) - 1):
        some = left[k:]
        mixed = len({columns[j - 1].field for j in some}) > 1
        if (named or not mixed) and (of.field != "ami" or named):
            yield some


def _is_of_before(column: Column, paid: Sequence[Column]) -> bool:
    """Is it AMI money of an exercise before the last one that the `paid` columns name?"""
    last = max((c.exercise or "" for c in paid if c.field == "ami"), default="")
    return column.field == "ami" and bool(column.exercise) and (column.exercise or "") < last


def _signed(text: str) -> Decimal | None:
    """The sum by which something changes: '+ 8 000 €', '- 500 €'; 0 where none is written."""
    match = SIGNED.fullmatch(text)
    if not match:
        return None
    amount = read_cell(match["sum"]).total or Decimal(0)
    return -amount if match["minus"] else amount
