"""Sums of a scan that may be what is left of longer ones: cut in two rows, or half hidden."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from normalizers.actions.funding import Sum
from normalizers.actions.parts import Statement
from pipeline.extracted import ExtractedCell

SHORT = Decimal(1000)  # euros: less is no more than three digits
USUAL = 10  # times such a sum is that of its column, where it is another's end: 500,00 of 24 500,00
WHOLE = re.compile(r"\d\s*(?:€|eur)|\d[.,]\d\d\b", re.IGNORECASE)  # it has its end

Key = tuple[int, int]


def without_stumps(statements: Sequence[Statement]) -> list[Statement]:
    """`statements`, without a value for the sums that OCR read of up to three digits, without
    euros or cents behind them, or far below the other sums of their column."""
    amounts: dict[Key, list[Decimal]] = defaultdict(list)
    for one in statements:
        for key, amount in {(_key(one, c), s.amount) for s, c in one.row.sums if s.amount}:
            amounts[key].append(amount)
    usual = {key: median(some) for key, some in amounts.items()}

    def is_stump(one: Statement, said: Sum, cell: ExtractedCell) -> bool:
        if cell.confidence is None or not said.amount or said.amount >= SHORT:
            return False
        return not WHOLE.search(said.raw) or usual[_key(one, cell)] >= USUAL * said.amount

    return [
        replace(
            one,
            row=replace(
                one.row,
                sums=[
                    (replace(s, amount=None, flag="stump") if is_stump(one, s, c) else s, c)
                    for s, c in one.row.sums
                ],
            ),
        )
        for one in statements
    ]


def _key(one: Statement, cell: ExtractedCell) -> Key:
    return id(one.table), cell.column
