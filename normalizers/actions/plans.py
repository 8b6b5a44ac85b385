"""A cell that tells what an action costs and who pays it.

"Total : 56 000 € / AMI : 28 000 € / Ville : 28 000 €"        who pays stands before each sum
"128 000 € : 70 000 € de l'AMI, 58 000 € du Département"       or behind it
"15 000 € (100 % AMI)"                                         or pays all of it
"AMI : 15 000 €"                                               and what it costs is not told
"AMI : 52 000 € (dont reliquat : 11 500 €)"                    and a part is what was left before
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from normalizers.actions.funding import OF_IT, Sum
from normalizers.actions.headings import Column
from normalizers.actions.payers import ALL_FUNDERS, PAYER
from normalizers.amounts import Amount, read_amounts, read_cell
from normalizers.exercises import heading_exercise
from normalizers.funders import Funders
from normalizers.state_money import AMI, StateMoney
from normalizers.terms import fold
from pipeline.kinds import Stage

EDGE = r"(?:[\s,;:.+=()•€/–-]|\b(?:dont|et|soit|y compris|en tout)\b)+"
EDGES = re.compile(rf"^{EDGE}|(?:{EDGE}|\bde\b|\bà hauteur de\b|\bd['’]un montant de\b)+$", re.I)
OF = re.compile(
    r"^(?:de la |de l['’]|du |des |de |d['’]|par l['’]|par la |par le |par |pour l[ae] )", re.I
)
NEXT = re.compile(r"[,;\n+)]|\bet\b|\bdont\b|\bsoit\b")
ALL_OF_IT = re.compile(
    r"\b100\s?%\s*(?:(?:par|de|sur)\s+)?(?:l['’]|la\s)?(?P<payer>[^,;().\n\d]{2,40})"
)
LONGEST_NAME = 60  # characters
FIGURES = re.compile(r"\d{3}|€|\n")
UNPAID = re.compile(r"\breste\b|\ba (?:trouver|rechercher|financer)\b")
LEFT = re.compile(
    r"(?:reliquat|report|trop[- ]percu)s?\b"
    r"(?:\s(?:de\s|d[ue]\s|de\sl')?(?:l')?([a-z]+)\b)?(?:\s(?:sur\s|de\s)?\d{4})?(?:\s([a-z]+))?$"
)
PART = re.compile(r"\s*[(,]?\s*\bdont\b[^€\n;]*$", re.I)
PART_END = re.compile(r"\s*\)")
ASIDE = re.compile(r"\s*\([^()]*\)?$")  # Ville (valorisation)
SIGLE = re.compile(r"[A-Z][A-Z0-9.-]{1,7}")
PLANNED = ("total_cost", "cofinancing")
TOTAL = "total"


def financing_plan(
    column: Column,
    text: str,
    stage: Stage,
    funders: Funders,
) -> list[Sum] | None:
    """The cost of an action and the sums of those who pay, at `stage`, that a cell of a `column` of
    costs or of cofunding tells.

    None where it does not name all who pay, or they do not make the cost; without the cost, where
    it names others than the AMI and authorities or organisations known, or their sigles.
    """
    if column.field not in PLANNED or column.unit != 1:
        return None
    rest, left = _without_left(text, column, funders.money)
    if left:
        plan = financing_plan(column, rest, stage, funders)
        paid = plan is not None and any(one.funder == AMI for one in plan)
        return [*(plan or ()), *left] if paid else None
    amounts, whole = read_amounts(text), ALL_OF_IT.search(text)
    if len(amounts) == 1 and whole and funders.money.is_state(whole["payer"]):
        names, amounts = [TOTAL, AMI], amounts * 2
    else:
        names = _names(text, amounts, funders.money)
        if not all(names) and all(a.funder for a in read_cell(text).amounts):  # parts but not told
            amounts = list(read_cell(text).amounts)
            names = [_kind(a.funder or "", funders.money) for a in amounts]
    if not names or not all(names) or len(set(names)) < len(names):
        return None
    if not (_is_whole(names, amounts, funders) or _are_payers(names, funders)):
        return None
    if column.field == "cofinancing" and TOTAL not in names:
        return None  # a list of funders like another
    told = list(zip(names, amounts, strict=True))
    if not any(
        name == AMI or funders.pays(name) or _is_left(name, funders.money) for name in names
    ):
        told = [(name, a) for name, a in told if name == TOTAL]  # personnel, frais : what it buys
    elif column.field == "cofinancing" and AMI not in names:
        told = [(name, a) for name, a in told if name != TOTAL]  # what they pay in all is no cost
    return [
        _sum(name, amount, column, text, stage, funders)
        for name, amount in told
        if not UNPAID.search(fold(name))
    ]


def told_by_plans(columns: list[Column], funders: Funders) -> list[Column]:
    """`columns`, where none of them holds what the AMI pays nor what actions cost: the one that no
    heading explains and of which every cell says who pays, the AMI in most, told as costs."""
    if any(c.field in ("ami", "total_cost") for c in columns):
        return columns
    costs = Column("total_cost", "total_cost")
    found = []
    for i, column in enumerate(columns):
        said = [t for t in column.texts if t.strip()] if column.field is None else []
        plans = [financing_plan(costs, t, "granted", funders) for t in said]
        by_ami = sum(any(one.funder == AMI for one in plan) for plan in plans if plan)
        if plans and all(plans) and 2 * by_ami > len(plans):
            found.append(i)
    if len(found) != 1:
        return columns
    told = columns[found[0]].told_as("total_cost")
    return [told if i == found[0] else c for i, c in enumerate(columns)]


def _sum(
    name: str,
    amount: Amount,
    column: Column,
    text: str,
    stage: Stage,
    funders: Funders,
) -> Sum:
    if name == TOTAL:
        return Sum(None, "total_cost", amount.value, column.exercise, text, amount.flag)
    if _is_left(name, funders.money):
        exercise = heading_exercise(name) or column.exercise
        return Sum(AMI, "carry_over", amount.value, exercise, text, amount.flag)
    funder = AMI if name == AMI else funders.name(name)
    return Sum(funder, stage, amount.value, column.exercise, text, amount.flag)


def _without_left(text: str, column: Column, money: StateMoney) -> tuple[str, list[Sum]]:
    """`text` without the parts of sums in it that are left of an earlier grant, and these: '(dont
    reliquat 2033 : 5 000 €)', 'dont 5 000 € de reliquat 2033'."""
    rest, left, end = "", [], 0
    for amount in read_amounts(text):
        part = PART.search(text, end, amount.start)
        behind = OF_IT.match(text, amount.end)
        named = _name(part[0], money) if part else ""
        if part and part.start() and (behind or _is_left(named, money)):
            year = behind["year"] if behind else heading_exercise(named)
            exercise = year or column.exercise
            left.append(Sum(AMI, "carry_over", amount.value, exercise, text, amount.flag))
            rest += text[end : part.start()]
            end = behind.end() if behind else amount.end
            closing = PART_END.match(text, end) if "(" in part[0] else None
            end = closing.end() if closing else end
        else:
            rest += text[end : amount.end]
            end = amount.end
    return rest + text[end:], left


def _is_left(name: str, money: StateMoney) -> bool:
    """Does the AMI pay it with what is left of an earlier grant: 'Reliquat État 2024'?"""
    match = LEFT.match(fold(name))
    return match is not None and all(money.is_state(whose) for whose in match.groups() if whose)


def _is_whole(names: Sequence[str], amounts: Sequence[Amount], funders: Funders) -> bool:
    """Do the sums make the cost, is the AMI the only one told of it, or are all who pay known?"""
    if len(names) < 2 or any(a.value is None for a in amounts):
        return False
    told = {name: a.value or Decimal(0) for name, a in zip(names, amounts, strict=True)}
    others = [name for name in told if name not in (TOTAL, AMI)]
    if TOTAL in told:
        paid = sum(told.values()) - told[TOTAL]
        return paid == told[TOTAL] or (not others and paid < told[TOTAL])
    return AMI in told and all(map(funders.pays, others))


def _are_payers(names: Sequence[str], funders: Funders) -> bool:
    """Are `names` payers, without the cost: 'AMI : 25 000 €', 'AMI : 25 000 € / FSL : 5 000 €'?"""
    known = [name == AMI or funders.pays(name) for name in names]
    told = any(known) and TOTAL not in names
    return told and all(k or SIGLE.fullmatch(n) for n, k in zip(names, known, strict=True))


def _names(text: str, amounts: Sequence[Amount], money: StateMoney) -> list[str]:
    """What each of `amounts` is: TOTAL, AMI, or who pays it; '' where that is not told."""
    ends = [0, *(a.end for a in amounts)]
    before = [text[end : a.start] for end, a in zip(ends, amounts, strict=False)]
    behind = [NEXT.split(f"{gap} ")[0] for gap in [*before[1:], text[ends[-1] :]]]
    if not amounts:
        return []
    told = [_name(gap, money) for gap in before]
    payers = [_payer(gap, money) for gap in behind]
    if payers[-1]:  # each behind its sum, but for the cost
        return [TOTAL if told[0] == TOTAL else payers[0] or TOTAL, *payers[1:]]
    return [told[0] or TOTAL, *told[1:]]


def _name(gap: str, money: StateMoney) -> str:
    """Who pays, by what stands before a sum."""
    return _kind(EDGES.sub("", EDGES.sub("", gap)), money)


def _payer(gap: str, money: StateMoney) -> str:
    """Who pays, by what stands behind a sum."""
    return _kind(OF.sub("", EDGES.sub("", gap)), money)


def _kind(name: str, money: StateMoney) -> str:
    name = ASIDE.sub("", name)
    if _is_left(name, money):
        return name
    if not name or len(name) > LONGEST_NAME or FIGURES.search(name):
        return ""
    if ALL_FUNDERS.match(fold(name)):
        return TOTAL
    match = PAYER.fullmatch(name)
    return AMI if money.is_state(name) else match["payer"] if match else name
