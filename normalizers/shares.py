"""Sums that make a whole: which one of each entry's sums is a part of it."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import product
from math import prod

MOST_CHOICES = 4096


def one_of_each(
    entries: Sequence[Sequence[Decimal]], wholes: Collection[Decimal]
) -> list[Decimal | None] | None:
    """One sum of each of `entries`, which together make one of `wholes`; an entry without sums adds
    none. None where no choice does, or several do."""
    options = [tuple(dict.fromkeys(sums)) or (None,) for sums in entries]
    if prod(map(len, options)) > MOST_CHOICES:
        return None
    made = [choice for choice in product(*options) if sum(filter(None, choice)) in wholes]
    return list(made[0]) if len(made) == 1 else None
