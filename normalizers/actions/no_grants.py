"""Columns of figures beside a sum that are no sum of their own: what was paid of it, what it comes
to before tax, which share it is; and what would count twice what the AMI grants, told of it again,
or of money of which nothing says whose it is: 'Financement AMI | Montant notifié', 'AMI
fonctionnement | Total AMI' where the total adds up nothing."""

import re
from collections.abc import Sequence
from dataclasses import replace

from normalizers.actions.adding_up import (
    BALANCE,
    BEFORE_TAX,
    COMPLEMENT,
    PAYING,
    TOTAL,
    WITH_TAX,
)
from normalizers.actions.headings import RATE, SPENT, Column
from normalizers.actions.likeness import MONEY
from normalizers.actions.payers import headed_payer
from normalizers.actions.rows import PART_OF, SHARE
from normalizers.state_money import AMI, StateMoney
from normalizers.terms import fold

PAID = re.compile(r"\b(?:vers|pay|mandat|liquid)ee?s?\b")  # AMI accordé | AMI versé
COMMITTED = re.compile(r"\bengagee?s?\b")  # AMI notifié | AMI engagé : the same money again
# AMI sollicité | retenu | notifié : what was decided on, before it is the grant
DECIDED_ON = re.compile(r"\b(?:retenu|arbitre|valide|accorde|attribue)e?s?\b")
NOTIFIED = re.compile(r"\bnotifiee?s?\b")
TO_PAY = re.compile(r"\breste a (?:mandater|verser|payer|liquider|percevoir|recevoir)\b")
# AE 2030 | CP 2030 : what the State commits itself to, and what it pays that year, of whichever
COMMITTED_AND_PAID = (
    re.compile(r"\bae\b|\bautorisations? d['’]engagement\b"),
    re.compile(r"\bcp\b|\bcredits? de paiement\b"),
)
WITHIN = re.compile(r"\bdont\b")  # Reliquat cumulé | Besoin 2030 | dont reliquat : it once more
TOLD_AGAIN = re.compile(
    "|".join(said.pattern for said in (BEFORE_TAX, COMMITTED, PAID, RATE, TOTAL))
)


def no_grants(columns: Sequence[Column]) -> list[Column]:
    """`columns`, those that only tell of the sums beside them a part, shares unexplained."""
    taxed = any(WITH_TAX.search(c.folded) for c in columns)
    told = [c for c in columns if _is_grant(c)]
    granted = [c for c in told if not PAID.search(c.folded) and not COMMITTED.search(c.folded)]
    notified = {
        (c.exercise, NOTIFIED.sub("", c.folded).strip()) for c in told if NOTIFIED.search(c.folded)
    }
    commits, pays = COMMITTED_AND_PAID
    committed = any(commits.search(c.folded) for c in columns)
    # what is still to be paid, or left over
    owed = any(PAID.search(c.folded) for c in columns) and all(c.field != "spent" for c in columns)

    def is_part(column: Column) -> bool:
        untaxed = taxed and BEFORE_TAX.search(column.folded)
        if column.field in MONEY and (untaxed or TO_PAY.search(column.folded)):
            return True
        if column.field == "carry_over":
            left = [c.sums for c in columns if c.field == "carry_over" and c is not column]
            again = WITHIN.search(column.folded) and column.sums in left
            return bool(again or (owed and granted and BALANCE.match(column.folded)))
        return _is_grant(column) and column not in granted and _has_beside(granted, column)

    found = []
    for column in columns:
        filled = [text for text in column.texts if text.strip()]
        decided = column.exercise, DECIDED_ON.sub("", column.folded).strip()
        if column.field in MONEY and filled and all(map(SHARE.fullmatch, filled)):
            column = column.told_as(None)
        elif committed and pays.search(column.folded):
            column = replace(column.told_as(None), funder=None)
        elif _is_grant(column) and DECIDED_ON.search(column.folded) and decided in notified:
            column = replace(column, stage="planned")
        elif is_part(column):
            column = column.told_as("part")
        found.append(column)
    return found


def parts_of_spent(columns: Sequence[Column]) -> list[Column]:
    """`columns`, those right behind one of what was spent that say that they are part of it, spent
    too: 'Dépenses réalisées en 2023 | dont AMI | dont Métropole | dont autres'."""
    found: list[Column] = []
    spent: Column | None = None
    for column in columns:
        if spent and PART_OF.match(column.heading):
            if column.field in PAYING and (column.field == "ami" or column.funder):
                funder = AMI if column.field == "ami" else column.funder
                exercise = column.exercise or spent.exercise
                column = replace(column.told_as("spent"), funder=funder, exercise=exercise)
            else:
                column = column.told_as("part")
        else:
            told = column.field == "spent" and column.funder is None
            spent = column if told and SPENT.search(column.folded) else None
        found.append(column)
    return found


def _is_grant(column: Column) -> bool:
    return column.field == "ami" and column.stage == "granted"


def _has_beside(granted: Sequence[Column], column: Column) -> bool:
    """Is there a grant of the same exercise, as far as both name one?"""
    return any(
        None in (c.exercise, column.exercise) or c.exercise == column.exercise for c in granted
    )


def without_second_grants(columns: Sequence[Column], money: StateMoney) -> list[Column]:
    """`columns`, those unexplained that would count twice what the AMI grants in an exercise. What
    a total adds up on every row is money of its own: that of the State beside the AMI's, another
    payer's."""
    added = {i for column in columns for i in column.adds}
    found = list(columns)
    own = [c for c in columns if _is_grant(c) and money.names_ami(c.heading)]
    for i in added:
        column = columns[i - 1]
        of_state = money.names_state(column.heading) and not money.names_ami(column.heading)
        more = COMPLEMENT.search(column.folded)
        if _is_grant(column) and of_state and not more and _has_beside(own, column):
            found[i - 1] = column.paid_by(headed_payer(column.heading) or column.heading)
    for exercise in {column.exercise for column in columns}:
        grants = [
            i
            for i, c in enumerate(columns)
            if (c.field, c.stage, c.exercise) == ("ami", "granted", exercise) and i + 1 not in added
        ]
        again = second_grants([columns[i].heading for i in grants], money)
        for i in grants:
            if columns[i].heading in again:
                found[i] = columns[i].told_as(None)
    return found


def second_grants(asked: Sequence[str], money: StateMoney) -> set[str]:
    """Which of the grants of one exercise, `asked` for in these words, would be counted twice:
    beside one said to be the State's, those that are not said so, or are told of it again; beside
    one said to be the AMI's, what the State pays in all: 'Part de l'État | Financement AMI'."""
    sure = {heading for heading in asked if _is_sure(heading, money)}
    if any(money.names_ami(heading) for heading in sure):
        sure = {h for h in sure if money.names_ami(h) or COMPLEMENT.search(fold(h))}
    return {heading for heading in asked if heading not in sure} if sure else set()


def _is_sure(heading: str, money: StateMoney) -> bool:
    folded = fold(heading)
    named = money.names_state(heading) or COMPLEMENT.search(folded)
    return bool(named) and not TOLD_AGAIN.search(folded)
