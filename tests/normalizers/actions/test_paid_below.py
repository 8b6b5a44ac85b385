"""Tables with an action a row, and below it those who pay it."""

from collections.abc import Sequence

import pytest

from normalizers.actions.parts import Statement
from normalizers.actions.registry import read_part
from tests.normalizers.tables import part, table

ROWS = (
    ("Action 1 – Maraude logement", "60 000 €", "100 %"),
    ("État – AMI", "36 000 €", "60 %"),
    ("Ville", "24 000 €", "40 %"),
    ("Action 2 – Baux glissants", "50 000 €", "100 %"),
    ("État – AMI", "40 000 €", "80 %"),
    ("CAF", "10 000 €", "20 %"),
    ("TOTAL", "110 000 €", ""),
    ("dont État – AMI", "76 000 €", "69 %"),
)


def read(rows: Sequence[Sequence[str]] = ROWS) -> list[Statement]:
    return read_part(part(table(("Actions et financeurs", "Montant", "%"), *rows)))


def paid(found: Sequence[Statement]) -> list[list[tuple[str | None, int]]]:
    return [[(s.funder or s.stage, int(s.amount or 0)) for s, _ in one.row.sums] for one in found]


def test_those_who_pay_stand_below_the_action() -> None:
    found = read()
    assert [(one.row.index, one.row.texts) for one in found] == [
        (1, {"reference": "Action 1", "label": "Maraude logement"}),
        (4, {"reference": "Action 2", "label": "Baux glissants"}),
    ]
    assert paid(found) == [
        [("total_cost", 60_000), ("AMI", 36_000), ("Ville", 24_000)],
        [("total_cost", 50_000), ("AMI", 40_000), ("CAF", 10_000)],
    ]


def test_numbers_before_the_names_count_the_actions() -> None:
    names = {"Action 1 – Maraude logement": "1. Maraude", "Action 2 – Baux glissants": "2. Baux"}
    found = read([(names.get(first, first), *others) for first, *others in ROWS])
    assert [one.row.texts for one in found] == [
        {"reference": "1", "label": "Maraude"},
        {"reference": "2", "label": "Baux"},
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [(name, sum_.replace("36 000", "35 000"), share) for name, sum_, share in ROWS],
        ROWS[:3],
        ROWS[1:],
        [row for row in ROWS if "AMI" not in row[0]],
        [(name, f"{sum_} {sum_}", sum_) for name, sum_, _ in ROWS],
    ],
    ids=["other sum", "one action", "payer first", "not the AMI", "several sums"],
)
def test_other_tables_are_none(rows: Sequence[Sequence[str]]) -> None:
    assert read(rows) == []
