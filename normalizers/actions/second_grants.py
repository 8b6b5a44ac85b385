"""Sums beside a grant of the AMI that would count it twice: what is told of it again, or of money
of which nothing says whose it is. 'Financement AMI | Montant notifié', 'AMI fonctionnement | Total
AMI' where the total adds up nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from normalizers.actions.adding_up import BEFORE_TAX, COMPLEMENT, TOTAL
from normalizers.actions.headings import RATE, Column
from normalizers.actions.no_grants import COMMITTED, PAID
from normalizers.state_money import StateMoney
from normalizers.terms import fold

TOLD_AGAIN = re.compile(
    "|".join(said.pattern for said in (BEFORE_TAX, COMMITTED, PAID, RATE, TOTAL))
)


def without_second_grants(columns: Sequence[Column], money: StateMoney) -> list[Column]:
    """`columns`, those unexplained that would count twice what the AMI grants in an exercise. What
    a total adds up on every row is money of its own."""
    added = {i for column in columns for i in column.adds}
    found = list(columns)
    for exercise in {column.exercise for column in columns}:
        grants = [
            i
            for i, c in enumerate(columns)
            if (c.field, c.stage, c.exercise) == ("ami", "granted", exercise) and i + 1 not in added
        ]
        again = second_grants([columns[i].heading for i in grants], money)
        for i in grants:
            if columns[i].heading in again:
                found[i] = replace(columns[i], field=None, stage=None)
    return found


def second_grants(asked: Sequence[str], money: StateMoney) -> set[str]:
    """Which of the grants of one exercise, `asked` for in these words, would be counted twice:
    beside one said to be the State's, those that are not said so, or are told of it again."""
    sure = {heading for heading in asked if _is_sure(heading, money)}
    return {heading for heading in asked if heading not in sure} if sure else set()


def _is_sure(heading: str, money: StateMoney) -> bool:
    folded = fold(heading)
    named = money.names_state(heading) or COMPLEMENT.search(folded)
    return bool(named) and not TOLD_AGAIN.search(folded)
