"""Tables with the years down the first column and an action in each other column."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from normalizers.actions.parts import Statement
from normalizers.actions.registry import read_part
from tests.normalizers.tables import part, table

HEADS = ("Année", "Coordination et observation", "Action 2 – Garantie", "Total")
ROWS = (
    ("2025", "40 000 €", "10 000 €", "50 000 €"),
    ("2026", "40 000 €", "-", "40 000 €"),
    ("TOTAL", "80 000 €", "10 000 €", "90 000 €"),
)
WHOLE = {None: {Decimal(90_000)}}


def read(
    heads: Sequence[str] = HEADS,
    rows: Sequence[Sequence[str]] = ROWS,
    granted: dict[str | None, set[Decimal]] = WHOLE,
) -> list[Statement]:
    return read_part(replace(part(table(heads, *rows), exercise=None), granted=granted))


@pytest.mark.parametrize("granted", [WHOLE, {"2025": {Decimal(50_000)}, "2026": {Decimal(40_000)}}])
def test_sums_that_make_the_grant_are_those_of_the_actions(
    granted: dict[str | None, set[Decimal]],
) -> None:
    found = read(granted=granted)
    assert [one.row.texts for one in found] == [
        {"label": "Coordination et observation"},
        {"reference": "Action 2", "label": "Garantie"},
    ]
    assert [
        [(s.funder, s.stage, s.exercise, s.amount) for s, _ in one.row.sums] for one in found
    ] == [
        [("AMI", "granted", "2025", 40_000), ("AMI", "granted", "2026", 40_000)],
        [("AMI", "granted", "2025", 10_000)],
    ]
    assert [one.exercises for one in found] == [["2025"], ["2025"]]


@pytest.mark.parametrize(
    "granted", [{None: {Decimal(95_000)}}, {"2025": {Decimal(50_000)}, "2026": {Decimal(45_000)}}]
)
def test_sums_that_do_not_make_the_grant_are_no_actions(
    granted: dict[str | None, set[Decimal]],
) -> None:
    assert read(granted=granted) == []


@pytest.mark.parametrize(
    "head",
    [
        "Acompte (80 %)",
        "Axe 1 – Loger",
        "Ville",
        "Association Ancrage",
        "BOP 177",
        "Part fixe",
        "Personnel",
        "Fonctionnement",
    ],
)
def test_what_else_makes_the_grant_is_no_action(head: str) -> None:
    assert read(heads=("Année", head, "Accompagnement", "Total")) == []


def test_a_sum_that_cannot_be_read_leaves_the_table_to_people() -> None:
    rows = (*ROWS[:1], ("2026", "40 000 €", "à préciser", "40 000 €"))
    assert read(rows=rows) == []
