"""Sums that make a whole."""

from decimal import Decimal

import pytest

from normalizers.shares import one_of_each


@pytest.mark.parametrize(
    ("entries", "whole", "parts"),
    [
        ([[40], [70]], 110, [40, 70]),
        ([[40, 15], [70, 25], []], 110, [40, 70, None]),
        ([[40, 15], [70, 25]], 120, None),
        ([[40, 15], [25, 50]], 65, None),  # 40 + 25, or 15 + 50
        ([[40, 40], [70]], 110, [40, 70]),
        ([list(range(10))] * 9, 81, None),  # too many to try
    ],
)
def test_one_sum_of_each_makes_the_whole(
    entries: list[list[int]], whole: int, parts: list[int | None] | None
) -> None:
    sums = [[Decimal(value) for value in entry] for entry in entries]
    assert one_of_each(sums, {Decimal(whole)}) == parts
