"""Columns of sums that add up others, are parts of them, or tell by how much two differ: proved on
every row, none of them holds sums of its own."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise, permutations
from operator import itemgetter

from normalizers.actions.headings import CHANGE, RETURNED, SPENT, WITH_LEFT, Column
from normalizers.actions.likeness import MONEY
from normalizers.actions.rows import PART_OF
from normalizers.amounts import read_cell
from normalizers.exercises import NUMBERS, YEAR
from normalizers.state_money import AMI
from pipeline.kinds import Stage

PROOF = 2  # actions whose sums add up prove what a column holds
PAYING = ("ami", "cofinancing")
OF_A_STAGE = ("planned", "spent")
TOTAL = re.compile(r"\btotale?s?\b|\btotaux\b|\bensemble\b|\bcumul\b")
COST = re.compile(r"\b(?:couts?|budgets?|depenses|general|global|projet)\b")
PART_OF_GRANT = re.compile(
    rf"{PART_OF.pattern}|\bcp\b|\bcredits de paiement\b"
    r"|\b(?:versement|acompte|avance|solde|tranche|echeance|trimestre|semestre)s?\b"
    r"|^\W*[ts][1-4]\b"  # T1 · S2 2031
)
FIRST_PAYMENT = re.compile(r"\b(?:acomptes?|avances?|(?:1er|premier) versement)\b")
# Subvention sur 3 ans · pour les trois ans
SEVERAL_YEARS = re.compile(
    rf"\b(?:sur|pour|en) (?:les )?(?P<count>[2-5]|{'|'.join(NUMBERS)}) (?:ans|annees|exercices)\b"
)
KEPT = re.compile(r"\bconserve|\bnon (?:consomm|depens|utilis|engag)|\breliquat|\breport|\breste")
# AMI initial | complémentaire | après avenant
COMPLEMENT = re.compile(r"\b(?:complement(?:aire)?|supplement(?:aire)?|additionnel(?:le)?)s?\b")
# Solde · 2025 Solde · Versements Solde 20 % : beside an advance the last payment, else left over
BALANCE = re.compile(
    rf"(?:\W*{YEAR}\W+)?"
    r"(?:.*\b(?:versements?|paiements?|mandatements?|echeances?|echeanciers?)\b)?\W*soldes?\b"
)
LAST_PAYMENT = re.compile(r"\bsolde\W*$")
# AMI convention 2024 | AMI avenant 2024 · AMI (avenant n° 2) | AMI (avenant n° 3)
ACT = re.compile(
    r"\bconvention\b|\b(?P<avenant>avenant)s?\b(?:\s*n?\s?°?\s*(?P<number>\d{1,2})\b)?"
)
BEFORE_TAX = re.compile(r"\bht\b|\bhors taxes?\b")
WITH_TAX = re.compile(r"\bttc\b|\btoutes taxes\b")
ELIGIBLE = re.compile(r"\b(?:assiette|(?:non )?eligibles?|subventionnables?)\b")
SIGNED = re.compile(r"\s*(?:\+|(?P<minus>[-–—−](?=\s?\d)))?\s*(?P<sum>[^+]*?)\s*")


def with_totals(columns: list[Column]) -> list[Column]:
    """`columns`, those which only add up others proved to be totals: the 'Total' beside three
    years of AMI money is nobody's grant, that of all who pay is the cost of the action."""
    found = list(columns)
    for i in _until_none_is_left(found):
        whole = _Whole(found, i, bool(TOTAL.search(found[i - 1].folded)))
        told_spent = found[i - 1].field == "spent" and SPENT.search(found[i - 1].folded)
        # Dépenses réalisées, and not Dépense, dont AMI, dont autres
        addends = _of_one_stage(whole) if told_spent else _addends(whole)
        if parts := next((parts for parts in addends if adds_up(columns, i, parts)), None):
            if _are_payments(found, i, parts):
                for j in parts:
                    found[j - 1] = found[j - 1].told_as("part")
                continue
            by_all = whole.kinds(parts) >= set(PAYING) and not _is_of_some(whole, parts)
            by_all = by_all and (whole.named or whole.column.field != "cofinancing")
            told = found[i - 1].told_as("total_cost" if by_all else "total")
            found[i - 1] = replace(told, adds=tuple(parts))
    _one_cost(found)
    return found


def totals_of_actions(columns: list[Column]) -> list[Column]:
    """`columns`, one that adds up another over the rows of each action, in one cell for all of
    them, no sum of its own: 'Action | Poste de dépense | Subvention | Sous-total action'. A grant
    that pays all of what these rows cost is no total of theirs."""
    label = next((c for c in columns if c.field == "label"), Column())
    runs = [[i for i, _ in run] for _, run in groupby(enumerate(label.texts), key=itemgetter(1))]

    def adds_up_each(total: Column, part: Column) -> bool:
        called = TOTAL.search(total.folded) and not COST.search(total.folded)
        alike = total.field == part.field and total.funder in (None, part.funder)
        return bool(called or alike) and all(
            {total.sums[i] for i in run} == {sum(part.sums[i] for i in run)} for run in runs
        )

    sums = [c for c in columns if c.field in (*MONEY, None)]
    several = sum(len(run) > 1 for run in runs) >= PROOF
    totals = [
        total
        for total in sums
        if several and any(total.sums) and any(adds_up_each(total, part) for part in sums)
    ]
    return [c.told_as("total") if c in totals else c for c in columns]


def unproved_totals(columns: list[Column]) -> list[Column]:
    """`columns`, what is called the total of sums planned, or spent, by several, one of whom is
    named, and does not add them up on every row, unexplained: it would count them twice."""

    def counts_twice(total: Column) -> bool:
        stage = total.field, total.exercise
        others = [c for c in columns if (c.field, c.exercise) == stage and c is not total]
        named = not (total.adds or total.funder) and TOTAL.search(total.folded)
        by_several = len(others) > 1 and any(c.funder for c in others)
        return total.field in OF_A_STAGE and bool(named) and by_several

    return [c.told_as(None) if counts_twice(c) else c for c in columns]


def with_left_over(columns: list[Column]) -> list[Column]:
    """`columns`, a grant with what was left of another year told as a total beside that without:
    'AMI 2025 hors reliquat | AMI 2025 y compris reliquat'."""
    grants = [c for c in columns if c.field == "ami" and c.stage == "granted"]
    alone = [c for c in grants if not WITH_LEFT.search(c.heading)]
    totals = [
        total
        for total in grants
        if WITH_LEFT.search(total.heading)
        and any(
            total.exercise in (None, one.exercise)
            and all(part <= whole for part, whole in zip(one.sums, total.sums, strict=True))
            for one in alone
        )
    ]
    return [c.told_as("total") if c in totals else c for c in columns]


def _is_of_some(whole: "_Whole", parts: Sequence[int]) -> bool:
    """Does `whole`, called no cost, add up `parts` of those who pay, another of whom stands on its
    right: 'BOP 177 | BOP 135 | Total État | Collectivités'?"""
    others = [i for i in whole.others(*PAYING) if i > whole.total and i not in parts]
    called = whole.named and not COST.search(whole.column.folded)
    return called and any(pays_in(whole.columns, i) for i in others)


def _are_payments(columns: Sequence[Column], whole: int, parts: Sequence[int]) -> bool:
    """Are `parts` the payments of what the AMI grants in column `whole`, the last one its balance:
    'Part État | Mars | Septembre | Solde'?"""
    *payments, last = [columns[j - 1] for j in sorted(parts)]
    same = {c.field for c in payments} == {columns[whole - 1].field} == {"ami"}
    balance = last.field == "carry_over" and LAST_PAYMENT.search(last.folded)
    return len(payments) > 1 and same and bool(balance)


def _one_cost(columns: list[Column]) -> None:
    """Leave of several costs among `columns` the one of the whole action; changes the list."""

    def costs() -> list[int]:
        return [i for i, column in enumerate(columns, 1) if column.field == "total_cost"]

    for i, j in permutations(costs(), 2):  # Total public, beside the cost of the action
        if columns[i - 1].adds and set(columns[i - 1].adds) < set(columns[j - 1].adds):
            columns[i - 1] = columns[i - 1].told_as("total")
    of_now = costs()
    for total in of_now:  # Dépenses de personnel, de fonctionnement, Total des dépenses
        parts = [i for i in of_now if i != total and not columns[i - 1].adds]
        is_named = TOTAL.search(columns[total - 1].folded)
        if is_named and len(parts) > 1 and adds_up(columns, total, parts):
            columns[total - 1] = replace(columns[total - 1], adds=tuple(parts))
            for i in parts:
                columns[i - 1] = columns[i - 1].told_as("part")
    eligible = [i for i in costs() if ELIGIBLE.search(columns[i - 1].folded)]
    for i in eligible if len(eligible) < len(costs()) else ():  # Coût total, Assiette éligible
        columns[i - 1] = columns[i - 1].told_as("part")
    for cost, again in pairwise(costs()):  # Total charges, Total produits
        if adds_up(columns, cost, [again]):
            adds = columns[again - 1].adds or (cost,)
            columns[again - 1] = replace(columns[again - 1].told_as("total"), adds=adds)


def parts_of_grant(columns: list[Column]) -> list[Column]:
    """`columns`, unexplained ones that hold no sums of their own: those that say that they are part
    of what one funder pays and add it up ('dont CP 2025 | dont CP 2026', 'Acompte | Solde'), and
    what is paid beside what was left over ('Part État | dont reliquat | Versement'). The balance
    beside an advance is never left over, the 'Total' of payments no cost."""
    found = list(columns)
    paid_first = any(FIRST_PAYMENT.search(c.folded) for c in columns)
    ami = [c for c in columns if c.field == "ami"]
    unknown = [i for i, c in enumerate(columns, 1) if c.field is None]
    sure = [i for i in unknown if sum(map(bool, columns[i - 1].sums)) >= PROOF]
    told = [
        i
        for i, c in enumerate(columns, 1)
        if (c.field is None and PART_OF_GRANT.search(c.folded))
        or (c.field == "carry_over" and BALANCE.match(c.folded) and paid_first)
    ]
    left = [i for i, c in enumerate(columns, 1) if c.field == "carry_over" and i not in told]
    for paid in (i for i, c in enumerate(columns, 1) if c.field == "total_cost"):
        total = TOTAL.fullmatch(columns[paid - 1].folded)
        if total and len(told) > 1 and adds_up(columns, paid, told):
            found[paid - 1] = found[paid - 1].told_as(None)
    for whole in (i for i, c in enumerate(columns, 1) if c.field in PAYING):
        parts = [told] if len(told) > 1 else []
        parts += [[i, *left] for i in sure if left and columns[whole - 1].field == "ami"]
        for some in parts:
            if adds_up(columns, whole, some):
                before = _is_of_before(columns[whole - 1], ami)
                for i in set(some).difference(left):
                    part = found[i - 1].told_as("part")
                    if before and (fate := _became(part.folded)):
                        year = columns[whole - 1].exercise
                        part = replace(part.told_as(fate), exercise=year, funder=AMI)
                    found[i - 1] = part
    return [
        c.told_as(None) if i in told and c == was else c
        for i, (c, was) in enumerate(zip(found, columns, strict=True), 1)
    ]


def _became(heading: str) -> Stage | None:
    """What a part of an earlier grant became by its folded heading: 'Dont utilisée', 'Dont
    conservée'."""
    if KEPT.search(heading):
        return "carry_over"
    return "spent" if SPENT.search(heading) else None


def before_tax(columns: list[Column]) -> list[Column]:
    """`columns`, the cost before tax that of the action, where those who pay add up to it and not
    to the cost with tax."""
    told = list(enumerate(columns, 1))
    net = [i for i, c in told if c.field == "part" and BEFORE_TAX.search(c.folded)]
    gross = [i for i, c in told if c.field == "total_cost" and WITH_TAX.search(c.folded)]
    paying = [i for i, c in enumerate(columns, 1) if c.field in PAYING and not c.adds]
    found = list(columns)
    for i, j in zip(net, gross, strict=False):
        if adds_up(columns, i, paying) and not adds_up(columns, j, paying):
            found[i - 1] = columns[i - 1].told_as("total_cost")
            found[j - 1] = columns[j - 1].told_as("part")
    return found


def over_several_years(columns: list[Column]) -> list[Column]:
    """`columns`, one that says what another pays in several years ('Subvention annuelle' and
    'Subvention sur 3 ans') no grant beside it: its total where it is that many times as much on
    every row, else unexplained."""
    found = list(columns)
    for i, column in enumerate(columns, 1):
        match = SEVERAL_YEARS.search(column.folded)
        same = [
            j
            for j, c in enumerate(columns, 1)
            if j != i and (c.field, c.stage) == (column.field, column.stage) and not c.adds
        ]
        if match is None or column.field not in PAYING or not same:
            continue
        years = int(match["count"]) if match["count"].isdigit() else NUMBERS[match["count"]]
        proved = any(column.sums == [years * one for one in columns[j - 1].sums] for j in same)
        found[i - 1] = column.told_as("total" if proved else None)
    return found


def last_act(columns: list[Column]) -> list[Column]:
    """`columns`, several of what the AMI grants in one exercise by act after act, which no total
    adds up: that of the last act grants, those before were granted before."""
    totals = ([i for i in c.adds if columns[i - 1].field == "ami"] for c in columns)
    added = {i for ami in totals if len(ami) > 1 for i in ami}
    acts: dict[str | None, dict[int, int | None]] = defaultdict(dict)
    for i, column in enumerate(columns, 1):
        if (column.field, column.stage) == ("ami", "granted"):
            acts[column.exercise][i] = None if i in added else _rank(column.folded)
    old = set[int]()
    for ranks in acts.values():
        known = [rank for rank in ranks.values() if rank is not None]
        if len(set(known)) == len(ranks) > 1:
            old |= {i for i, rank in ranks.items() if rank != max(known)}
    return [c.told_as("ami_previous") if i in old else c for i, c in enumerate(columns, 1)]


def _rank(heading: str) -> int | None:
    """The number of the avenant that a folded heading names, 0 for the convention."""
    acts = list(ACT.finditer(heading))
    if len(acts) != 1:
        return None
    return int(acts[0]["number"] or 1) if acts[0]["avenant"] else 0


def changes(columns: list[Column]) -> list[Column]:
    """`columns`, an unexplained one, or a complement, that says by how much two sums of the row
    differ, on every row, holding no sums of its own: 'Avant avenant | Mouvement | Après avenant',
    'À reverser', 'AMI initial | complémentaire | après avenant'."""
    found = list(columns)
    sums = [i for i, c in enumerate(columns, 1) if c.field in MONEY]
    for i, column in enumerate(columns, 1):
        heading = column.folded
        complements = column.field == "ami" and COMPLEMENT.search(heading)
        if complements or (
            column.field is None and (CHANGE.search(heading) or RETURNED.search(heading))
        ):
            moved = [_signed(text) for text in column.texts]
            for before, after in permutations([j for j in sums if j != i], 2):
                sums_of = zip(columns[before - 1].sums, columns[after - 1].sums, strict=True)
                if pays_in(columns, before) and moved == [new - old for old, new in sums_of]:
                    found[i - 1] = column.told_as("change")
    return found


def adds_up(columns: Sequence[Column], total: int, parts: Sequence[int]) -> bool:
    """Does column `total` state the sum of `parts` on every row, each of which pays somewhere? Rows
    of which a scan leaves a figure in doubt say nothing, where others prove it."""
    whole, *added = (columns[j - 1] for j in (total, *parts))
    doubted = whole.doubted.union(*(column.doubted for column in added))
    rows = zip(whole.sums, *(column.sums for column in added), strict=True)
    sure = [row for i, row in enumerate(rows) if i not in doubted]
    proved = not doubted or sum(any(row) for row in sure) >= PROOF
    adding = all(stated == sum(some) for stated, *some in sure)
    return proved and adding and all(pays_in(columns, j) for j in parts)


def pays_in(columns: Sequence[Column], column: int) -> bool:
    return any(columns[column - 1].sums)


def _until_none_is_left(columns: Sequence[Column]) -> Iterator[int]:
    """The columns that may be totals, again and again as long as one more is proved."""
    proved = -1
    while proved < (known := sum(bool(c.adds) for c in columns)):
        proved = known
        for i, column in enumerate(columns, 1):
            if not column.adds and column.field in (*PAYING, *OF_A_STAGE, "total_cost", None):
                yield i


@dataclass(frozen=True, slots=True)
class _Whole:
    """Column `total`, which may add up others; only one `named` a total adds up one column, or
    money of both kinds."""

    columns: Sequence[Column]
    total: int
    named: bool

    @property
    def column(self) -> Column:
        return self.columns[self.total - 1]

    def others(self, *fields: str | None) -> list[int]:
        """The columns beside it of these fields that add up none themselves."""
        return [
            i
            for i, column in enumerate(self.columns, 1)
            if i != self.total and column.field in fields and not column.adds
        ]

    def before(self, *fields: str | None) -> list[int]:
        """Those of `others` on its left."""
        return [i for i in self.others(*fields) if i < self.total]

    def kinds(self, columns: Sequence[int]) -> set[str | None]:
        return {self.columns[i - 1].field for i in columns}


def _addends(whole: _Whole) -> Iterator[list[int]]:
    """The columns that `whole` may add up, the likeliest first."""
    if whole.column.funder and not whole.named:
        return
    yield from _of_one_stage(whole)
    yield from _with_what_is_left_over(whole)
    yield from _of_one_kind(whole)
    yield from _of_all_who_pay(whole)
    yield from _last_ones(whole)


def _with_what_is_left_over(whole: _Whole) -> Iterator[list[int]]:
    """Total disponible: report et nouveaux crédits; Besoin: à reporter, à verser; Aide initiale,
    complémentaire, totale."""
    field, exercise = whole.column.field, whole.column.exercise
    new, left_over = whole.others("ami"), whole.others("carry_over")
    if left_over and (whole.named or field == "total_cost"):
        of_year = [i for i in new if whole.columns[i - 1].exercise == exercise]
        for paid in (new, of_year, whole.others(*PAYING), _of_now(whole)):
            if paid:
                yield [*paid, *left_over]
    if left_over and (whole.named or field == "ami"):
        yield from ([i, *left_over] for i in new)
    if whole.named and field == "ami" and (given := whole.before("ami_previous")):
        yield [*given, *new]


def _of_one_kind(whole: _Whole) -> Iterator[list[int]]:
    """All AMI money, or all cofunding."""
    both = whole.kinds(whole.others(*PAYING)) == set(PAYING)
    for kind in PAYING:
        same = whole.others(kind)
        alike = whole.column.field in (kind, None) or (whole.column.field == "total_cost" and both)
        if alike and len(same) > (not whole.named):
            yield same


def _of_one_stage(whole: _Whole) -> Iterator[list[int]]:
    """All that is planned, or spent, in one exercise: 'Réalisé 2023 : AMI, Ville, Total', 'Réalisé
    2023, dont AMI, dont Ville'."""
    field, exercise = whole.column.field, whole.column.exercise
    if field in OF_A_STAGE:
        same = [i for i in whole.others(field) if whole.columns[i - 1].exercise == exercise]
        parts = all(PART_OF.match(whole.columns[i - 1].heading) for i in same)
        if len(same) > 1 and (whole.named or parts):
            yield same


def _of_all_who_pay(whole: _Whole) -> Iterator[list[int]]:
    """All AMI money and cofunding, with what is carried over or without: a cost, or 'Recettes
    acquises, dont État, dont Ville'."""
    pays = whole.others(*PAYING)
    parts = all(PART_OF.match(whole.columns[i - 1].heading) for i in pays)
    may_be_all = whole.named or parts or whole.column.field in ("total_cost", "spent", None)
    if may_be_all and whole.kinds(pays) == set(PAYING):
        yield pays
        yield _of_now(whole)
        if carried := whole.others("carry_over"):
            yield sorted([*pays, *carried])


def _last_ones(whole: _Whole) -> Iterator[list[int]]:
    """The last columns on its left: 'Année 1', 'Année 2', 'Total', or those that pay."""
    if whole.named and whole.column.field in ("total_cost", None):
        yield from _tails(whole.before(None))
    if whole.column.field == "spent" or (whole.column.field == "ami" and not whole.named):
        return
    for some in _tails(whole.before(*PAYING)):
        if whole.named or len(whole.kinds(some)) == 1:
            yield some


def _tails(columns: Sequence[int]) -> Iterator[list[int]]:
    """The ends of `columns` of at least two, the longest first."""
    for i in range(len(columns) - 1):
        yield list(columns[i:])


def _of_now(whole: _Whole) -> list[int]:
    """The columns that pay, but for AMI money of earlier exercises."""
    pays = whole.others(*PAYING)
    paid = [whole.columns[i - 1] for i in pays]
    return [i for i in pays if not _is_of_before(whole.columns[i - 1], paid)]


def _is_of_before(column: Column, paid: Sequence[Column]) -> bool:
    """Is it AMI money of an exercise before the last one that the `paid` columns name?"""
    last = max((c.exercise or "" for c in paid if c.field == "ami"), default="")
    return column.field == "ami" and "" < (column.exercise or "") < last


def _signed(text: str) -> Decimal | None:
    """The sum by which something changes: '+ 8 000 €', '- 500 €'; 0 where none is written."""
    match = SIGNED.fullmatch(text)
    if not match:
        return None
    amount = read_cell(match["sum"]).total or Decimal(0)
    return -amount if match["minus"] else amount
