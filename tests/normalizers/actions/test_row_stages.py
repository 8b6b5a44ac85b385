"""Rows that say in a column of their own what their sums are."""

import pytest
from documents import FUNDERS, VOCABULARY, columns_of, table

from normalizers.actions.action_rows import read_actions
from normalizers.actions.row_stages import row_stage, stage_column

HEAD = ["Action", "", "État 2031", "CAF 2031", "Total 2031"]
BAIL = [
    ["Bail glissant", "Prévu", "12 000 €", "3 000 €", "15 000 €"],
    ["", "Réalisé", "11 000 €", "3 000 €", "14 000 €"],
    ["", "Écart", "1 000 €", "0 €", "1 000 €"],
]
HALTE = [["Halte", *BAIL[0][1:]], ["Halte", *BAIL[1][1:]], ["Halte", *BAIL[2][1:]]]


@pytest.mark.parametrize("rows", [[*BAIL, *HALTE], BAIL], ids=["several", "one"])
def test_planned_and_spent_below_one_another_are_of_one_action(rows: list[list[str]]) -> None:
    annex = table(HEAD, *rows)
    for one in read_actions(annex, columns_of(annex), VOCABULARY, FUNDERS):
        told = {(s.funder, s.stage, int(s.amount or 0)) for s, _ in one.sums}
        assert told == {
            ("AMI", "planned", 12000),
            ("CAF", "planned", 3000),
            (None, "total_cost", 15000),
            ("AMI", "spent", 11000),
            ("CAF", "spent", 3000),
            (None, "spent", 14000),
        }


def test_statuses_of_actions_are_no_kinds_of_sums() -> None:
    rows = [["Bail", "Prévu", "9 €", "", ""], ["Halte", "Réalisé", "8 €", "", ""]]
    annex = table(HEAD, *rows)
    assert stage_column(annex, columns_of(annex)) is None


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Montant prévisionnel", "planned"),
        ("Accordé 2031", "granted"),
        ("Demandé", "requested"),
        ("Dépenses", "spent"),
        ("Reliquat", "carry_over"),
        ("Écart", None),
        ("Taux de réalisation", None),
        ("Des actions prévues avec les bailleurs", None),
    ],
)
def test_what_a_row_says_of_its_sums(text: str, stage: str | None) -> None:
    assert row_stage(text) == stage
