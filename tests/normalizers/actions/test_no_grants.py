"""Figures beside a sum that are no sum of their own."""

import pytest
from documents import DIRECTORY, VOCABULARY, table

from normalizers.actions.columns import explain_columns

ROWS = [
    ["Observatoire", "CCAS", "50 000 €", "41 000 €", "20 500 €", "20 500 €"],
    ["Maraude mixte", "ADIL", "35 000 €", "30 500 €", "10 000 €", "20 500 €"],
]


def fields(head: list[str], rows: list[list[str]]) -> list[str | None]:
    return [c.field for c in explain_columns(table(head, *rows), VOCABULARY, DIRECTORY)]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (["AMI demandé", "AMI accordé", "AMI versé", "Solde"], ["ami", "ami", "part", "part"]),
        (
            ["AMI demandé", "AMI accordé", "AMI dépensé", "Solde"],
            ["ami", "ami", "spent", "carry_over"],
        ),
        (["Montant TTC", "Montant AMI", "Montant HT", "TVA"], ["total_cost", "ami", "part", None]),
    ],
)
def test_what_is_paid_of_a_grant_is_none(head: list[str], expected: list[str | None]) -> None:
    assert fields(["Action", "Pilote", *head], ROWS)[2:] == expected


def test_what_was_paid_in_another_exercise_is_a_grant() -> None:
    head = ["Action", "Pilote", "AMI versé 2029", "AMI accordé 2030"]
    assert fields(head, [row[:4] for row in ROWS])[2:] == ["ami", "ami"]


def test_what_alone_was_paid_is_a_grant() -> None:
    assert fields(["Action", "Pilote", "AMI versé"], [row[:3] for row in ROWS])[2:] == ["ami"]


def test_a_share_is_no_sum() -> None:
    rows = [["Observatoire", "CCAS", "41 000 €", "68 %"], ["Maraude", "ADIL", "30 500 €", "61,5 %"]]
    assert fields(["Action", "Pilote", "Montant AMI", "% AMI"], rows)[2:] == ["ami", None]
