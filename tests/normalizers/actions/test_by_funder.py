"""Tables with those who pay down the first column and an action in each other column."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from normalizers.actions.parts import Statement
from normalizers.actions.registry import read_part
from tests.normalizers.tables import part, table

HEADS = ("Financeurs", "Coordination", "Action 2 – Bail glissant", "Observatoire", "Total")
ROWS = (
    ("État – AMI Logement d'abord", "20 000 €", "16 000 €", "-", "36 000 €"),
    ("Ville", "20 000 €", "-", "9 000 €", "29 000 €"),
    ("ARS", "-", "15 000 €", "-", "15 000 €"),
    ("TOTAL", "40 000 €", "31 000 €", "9 000 €", "80 000 €"),
)


def read(
    heads: Sequence[str] = HEADS, rows: Sequence[Sequence[str]] = ROWS, granted: int = 36_000
) -> list[Statement]:
    of = part(table(heads, *rows), exercise="2034")
    return read_part(replace(of, granted={"2034": {Decimal(granted)}}))


def test_what_each_pays_for_the_action_of_a_column() -> None:
    found = read()
    assert [(one.row.texts, one.row.funded) for one in found] == [
        ({"label": "Coordination"}, True),
        ({"reference": "Action 2", "label": "Bail glissant"}, True),
        ({"label": "Observatoire"}, False),
    ]
    assert [[(s.funder, s.stage, s.amount) for s, _ in one.row.sums] for one in found] == [
        [("AMI", "granted", 20_000), ("Ville", "granted", 20_000)],
        [("AMI", "granted", 16_000), ("ARS", "granted", 15_000)],
        [("Ville", "granted", 9_000)],
    ]
    assert {s.exercise for one in found for s, _ in one.row.sums} == {"2034"}


def test_a_payer_may_stand_behind_a_word_for_what_it_pays() -> None:
    rows = (ROWS[0], ("Montant accordé par la CAF", "-", "-", "9 000 €", "9 000 €"))
    *_, last = read(rows=rows)
    assert [s.funder for s, _ in last.row.sums] == ["CAF"]


@pytest.mark.parametrize(
    ("heads", "rows", "granted"),
    [
        (HEADS, ROWS, 40_000),
        (("Financeurs", "Axe 1", "Axe 2", "Axe 3", "Total"), ROWS, 36_000),
        (HEADS, (*ROWS[:2], ("ARS", "-", "12,000 €", "-", "12,000 €")), 36_000),
        (HEADS, (*ROWS[:2], ROWS[1]), 36_000),
        (HEADS, ROWS[1:], 36_000),
        (HEADS, (*ROWS, ("Reste à financer", "5 000 €", "-", "-", "5 000 €")), 36_000),
        (HEADS, (*ROWS[:3], ("Écart", "-", "900 €", "-", "900 €")), 36_000),
        (HEADS, (*ROWS[:3], ("Solde", "900 €", "-", "-", "900 €")), 36_000),
        (HEADS, (*ROWS[:3], ("Écart", "-", "900 €", "-", "900 €"), ROWS[3]), 36_000),
    ],
    ids=[
        "another grant",
        "axes",
        "a doubtful sum",
        "a payer twice",
        "not the AMI",
        "no payer",
        "a difference",
        "a balance",
        "not added up",
    ],
)
def test_columns_of_payers_that_are_no_actions(
    heads: Sequence[str], rows: Sequence[Sequence[str]], granted: int
) -> None:
    assert read(heads, rows, granted) == []


@pytest.mark.parametrize("first", ["", "Postes"])
def test_what_the_actions_cost_may_stand_above_who_pays(first: str) -> None:
    rows = (
        ("64 Personnel", "35 000 €", "30 000 €", "9 000 €", "74 000 €"),
        ("60 – Achats", "5 000 €", "1 000 €", "-", "6 000 €"),
        ("TOTAL charges", "40 000 €", "31 000 €", "9 000 €", "80 000 €"),
        *((f"74 {row[0]}", *row[1:]) for row in ROWS[:3]),
        ("TOTAL produits", "40 000 €", "31 000 €", "9 000 €", "80 000 €"),
    )
    *others, last = read((first, *HEADS[1:]), rows)
    assert [(s.funder, s.stage, s.amount) for s, _ in others[1].row.sums] == [
        ("AMI", "granted", 16_000),
        ("ARS", "granted", 15_000),
        (None, "total_cost", 31_000),
    ]
    assert [s.amount for s, _ in last.row.sums] == [9_000, 9_000]
    assert read((first, *HEADS[1:]), rows, granted=40_000) == []
