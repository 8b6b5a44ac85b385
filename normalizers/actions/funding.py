"""The sums of an action: what its money columns and its comment say, one row a sum.

"75000 (dont 23 000 pour …) (AMP)" is one sum of AMP; "11000 (QNM) + 8000 (CD)" are two; "64500
(CCAS, Département)" is one whose funders stay together as written; "A préciser" is a sum that is
not known.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.actions.contents import INSTEAD_OF_SUM, WITHOUT_SUM
from normalizers.actions.dittos import DITTO
from normalizers.actions.headings import UNKNOWN_UNIT, Column
from normalizers.amounts import Amount, read_amounts, read_cell, without_calls
from normalizers.exercises import YEAR, exercises_beside
from normalizers.funders import Funders
from normalizers.in_order import PARTED_BY
from normalizers.state_money import AMI, StateMoney
from normalizers.terms import fold
from normalizers.written_numbers import Flag
from pipeline.kinds import Stage

DECIDED = frozenset(("planned", "granted"))  # stages; a sheet does not say which
TOO_MUCH = Decimal(10) ** 7  # euros
CARRIED_OVER = re.compile(r"\breliquats?\b|\breport(?:s|e|es|ees?)?\b", re.IGNORECASE)
# 5 500 € de reliquat 2023 · (report 2023) · Report 2023 : 5 500 € : a part of a sum granted
LEFT_BEHIND = re.compile(
    r"(?:[^\S\n]|\()*(?:(?:issue?s?|provenant|sur|de|du|des|d['’]un|en|au titre d[eu])\s+)*"
    r"(?:crédits?\s+)?"
    r"(?:reliquats?|reports?|reportée?s?|non consommée?s?)\b[^\d+;\n]{0,15}(?P<year>20\d\d)?",
    re.IGNORECASE,
)
# (dont 7 500 €) de reliquat 2023 · en report
OF_IT = re.compile(
    r"\s*(?:(?:issue?s?|provenant)\s+)?(?:sur|de|du|d['’]un|en|au titre d[eu])\s+"
    r"(?:reliquats?|reports?)\b"
    r"(?:\s+(?:de\s+)?(?P<year>20\d\d))?",
    re.IGNORECASE,
)
LEFT_BEFORE = re.compile(
    r"\b(?:reliquats?|reports?)(?:\s+(?:de\s+)?(?P<year>20\d\d))?\s*(?::|de)?\s*$", re.IGNORECASE
)

# Financement 100% ARS · fi.100 % Département · Sans financement Dihal
WHOLE = re.compile(
    r"\bfi(?:nancements?|n)?\.?\s*(?:a\s*)?100\s*%\s*(?:par\s+)?(?P<funder>[^.;/\n]+)"
)
WITHOUT = re.compile(
    r"\bsans\s+(?:demande\s+de\s+)?financement\s+(?:de\s+l[a']\s*)?(?P<funder>\w+)"
)
# Conseil départemental 13 · CAF 83 · action 3, whose number is no sum
NUMBERED = re.compile(
    r"\b(?:depart\w*|dep?t|cd|caf|fsl|siao|soliha|ddets(?:pp)?|ddt|ddcs|udaf|adil|fiches?|actions?|axes?|articles?|phases?)$"
)

# 8 000 € (demandés) · CAF (sollicitée) : 4 000 € · 4 000 € (CAF, demande en cours) · 8 000 € (en
# attente)
ASKED_BESIDE = re.compile(
    r"[\s,–(-]*\b(?:(?:demand(?!eu)|sollicit)\w*(?:\s+en cours)?|en attente"
    r"|à (?:confirmer|rechercher|trouver)|non (?:confirm|notifi|acqui)\w+)\)?",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
NAMES_PARTED_BY = (re.compile(r"\n|;|,"), *PARTED_BY)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in euros; `amount` is None where one is announced but not written, or not with
    certainty (`flag`)."""

    funder: str | None
    stage: Stage
    amount: Decimal | None
    exercise: str | None
    raw: str
    flag: Flag | None = None


def read_sums(
    column: Column,
    context: str,
    text: str,
    sources: Sequence[str],
    funders: Funders,
) -> list[Sum]:
    """The sums of a cell of a money column.

    `context` is the wording around the column (heading, title and totals of the table): it may say
    that planned and spent sums are the AMI's.
    `sources` are the texts of the row's columns that name the cofunders. An empty cell, a dash or
    "néant" hold no sum.
    """
    if column.stage is None or (WITHOUT_SUM.fullmatch(fold(text)) and not DITTO.fullmatch(text)):
        return []
    stage, written, text = column.stage, text, without_calls(text)
    cell = read_cell(text)

    years = _years(text, cell.amounts)

    ends = [0, *(amount.end for amount in cell.amounts)]

    def as_sum(amount: Amount) -> Sum:
        named = ASKED_BESIDE.sub("", amount.funder or "") or None
        funder = _funder(column, context, named, funders)
        exercise = years.get(amount.start, column.exercise)
        since = max(end for end in ends if end <= amount.start)
        asked = stage in DECIDED and _is_asked_for(text[since:], amount.start - since, amount)
        paid: Stage = "requested" if asked else stage
        one = Sum(funder, paid, amount.value, exercise, written, amount.flag)
        return _carried_over(one, text[: amount.start], text[amount.end :])

    amounts, parts = (
        [_in_unit(a, column.unit) for a in s] for s in (cell.amounts, cell.sub_amounts)
    )
    if amounts or column.unit > 1:
        amounts += [_bare_number(a, column.unit) for a in cell.unread if a.flag or column.unit > 1]
    found = [as_sum(a) for a in amounts]
    if not found:
        named = _funder(column, context, None, funders)
        said = INSTEAD_OF_SUM.fullmatch(fold(text))  # cf. action 3
        flag = cell.flags[0] if cell.flags and not said else None
        flag = "repeated" if DITTO.fullmatch(text) else flag
        found = [Sum(named, stage, None, column.exercise, written, flag)]
    elif "total_differs" in cell.flags:
        found = [_flagged(s, "total_differs") for s in found]
    if column.field == "total_cost" and len(amounts) > 1 and _names_ami(amounts, funders.money):
        found = [_flagged(replace(s, amount=None), "ambiguous_number") for s in found]
    if column.field == "cofinancing":
        found = _with_sources(found, sources, funders)
    # 52 000 € (dont 11 500 € de reliquat): within what is granted
    return found + [p for p in map(as_sum, parts) if p.stage == "carry_over"]


def _is_asked_for(text: str, start: int, amount: Amount) -> bool:
    """Do words say of the `amount` at `start` of `text`, right behind it in brackets or between it
    and the sum before, that it is only asked for?"""
    behind = IN_BRACKETS.match(text, start + amount.end - amount.start)
    remark = IN_BRACKETS.match(text)
    before = re.split(r"[\n;+]", text[remark.end() if remark else 0 : start])[-1]
    return any(ASKED_BESIDE.search(said) for said in (before, behind[0] if behind else ""))


def _years(text: str, amounts: Sequence[Amount]) -> Mapping[int, str]:
    """The exercise of each sum of a cell, by where it starts, where each of several stands beside
    its own: '70 000 € (2024), 65 000 € (2025)', or one before the only one: '15 000 € (2024)'."""
    behind, before = exercises_beside(text, [(a.start, a.end) for a in amounts])
    if len(amounts) == 1:
        alone = all(re.findall(YEAR, text) == re.findall(YEAR, year) for year in behind.values())
        return behind if alone else {}
    return next((y for y in (behind, before) if len(set(y.values())) == len(amounts)), {})


def _names_ami(amounts: Sequence[Amount], money: StateMoney) -> bool:
    """Is one of several sums told to be the AMI's, and so no cost?"""
    return any(money.is_granted(a.funder or "") for a in amounts)


def _carried_over(one: Sum, before: str, behind: str) -> Sum:
    """`one`, the AMI's or nobody's, as what was left of an earlier grant where the words beside it
    say so."""
    match = LEFT_BEHIND.match(behind) or LEFT_BEFORE.search(before)
    if match is None or one.funder not in (AMI, None) or one.stage not in DECIDED:
        return one
    return replace(one, stage="carry_over", exercise=match["year"] or one.exercise)


def paid_by_ami(sums: Iterable[tuple[Sum, object]]) -> bool | None:
    """Whether the AMI pays any of `sums`; None where none of them is its."""
    own = [one.amount for one, _ in sums if one.funder == AMI]
    return any(own) if own else None


def paid_by_others(text: str, money: StateMoney) -> bool:
    """Does `text` say the AMI pays nothing: "Financement 100% ARS", "sans financement Dihal"?"""
    folded = fold(text)
    whole, without = WHOLE.search(folded), WITHOUT.search(folded)
    return bool(without and money.names_ami(without["funder"])) or bool(
        whole and not money.is_granted(whole["funder"])
    )


def read_carry_over(comment: str) -> list[Sum]:
    """The reliquats that a comment states: "Reliquat de 55 000 euros", "dont 7 500 € de reliquat
    2023", which is of that year."""
    found, start = [], 0
    for amount in read_amounts(comment):
        before = comment[start : amount.start]
        clause = re.split(r"[.;\n]", before)[-1]
        behind = OF_IT.match(comment, amount.end)
        if behind or CARRIED_OVER.search(clause):
            year = behind["year"] if behind else None
            found.append(Sum(AMI, "carry_over", amount.value, year, comment, amount.flag))
        start = amount.end
    return found


def _in_unit(amount: Amount, unit: int) -> Amount:
    """`amount` of a column in thousands or millions, unless it has its own currency mark; where
    that makes more than an action can cost, the column may not be in its unit throughout. In no
    known unit it is no sum."""
    if unit == 1 or amount.value is None or re.search(r"€|eur|k", amount.raw, re.IGNORECASE):
        return amount
    value = amount.value * unit
    if value >= TOO_MUCH or unit == UNKNOWN_UNIT != amount.value:
        return replace(amount, value=None, flag="ambiguous_number")
    return replace(amount, value=value)


def _bare_number(amount: Amount, unit: int) -> Amount:
    """`amount`, a bare number behind who pays, a sum in a column in thousands or millions
    ('Métropole 20' under 'k€'); elsewhere, or where it may number a department, no clear one."""
    if unit > 1 and not NUMBERED.search(fold(amount.funder or "")):
        return _in_unit(replace(amount, flag=None), unit)
    return replace(amount, value=None, flag="unread_number")


def _flagged(one: Sum, flag: Flag) -> Sum:
    return replace(one, flag=flag)


def _funder(column: Column, context: str, named: str | None, funders: Funders) -> str | None:
    if column.field in ("ami", "ami_previous"):
        return AMI
    if column.field == "cofinancing":
        return funders.name(named) if named else column.funder
    if column.field not in ("planned", "spent", "carry_over"):
        return None
    if column.funder:
        return column.funder
    if named and funders.pays(named):  # CAF : 4 000 €
        return funders.name(named)
    return AMI if funders.money.is_granted(context) else None


def _with_sources(sums: Sequence[Sum], sources: Sequence[str], funders: Funders) -> list[Sum]:
    """The sums with the funders that another column names: one for one, or all for the one sum."""
    text = "\n".join(s for s in sources if s.strip())
    if not text or any(s.funder for s in sums):
        return list(sums)
    names = [text] if len(sums) == 1 else names_apart(text, len(sums))
    named = zip(sums, names, strict=True) if names else ()
    return [replace(s, funder=funders.name(n.strip())) for s, n in named] or list(sums)


def names_apart(text: str, count: int) -> list[str]:
    """The names that `text` tells, where one mark parts so many; none where none does."""
    told = ([n for n in mark.split(text) if n.strip()] for mark in NAMES_PARTED_BY)
    return next((names for names in told if len(names) == count), [])
