"""Figures beside a sum that are no sum of their own."""

import pytest
from documents import columns_of, table

ROWS = [
    ["Observatoire", "CCAS", "50 000 €", "41 000 €", "20 500 €", "20 500 €"],
    ["Maraude mixte", "ADIL", "35 000 €", "30 500 €", "10 000 €", "20 500 €"],
]

CAF = ["cofinancing"]
COSTS: list[str | None] = ["total_cost", "ami", "spent", "part"]


def fields(head: list[str], rows: list[list[str]]) -> list[str | None]:
    return [c.field for c in columns_of(table(head, *rows))]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (["AMI demandé", "AMI accordé", "AMI versé", "Solde"], ["ami", "ami", "part", "part"]),
        (
            ["AMI demandé", "AMI accordé", "AMI dépensé", "Solde"],
            ["ami", "ami", "spent", "carry_over"],
        ),
        (["AMI demandé", "AMI notifié", "AMI engagé", "AMI payé"], ["ami", "ami", "part", "part"]),
        (["Coût total", "AMI engagé", "AMI mandaté", "Reste à mandater"], COSTS),
        (["2030 AE", "2030 CP", "2031 AE", "2031 CP"], ["ami", None, "ami", None]),
        (["Coût", "État (AE)", "État (CP)", "TVA"], ["total_cost", "ami", None, None]),
        (["Montant TTC", "Montant AMI", "Montant HT", "TVA"], ["total_cost", "ami", "part", None]),
        (["Coût total", "Montant AMI HT", "CAF", "Ville"], ["total_cost", "ami", *2 * CAF]),
        (["AMI accordé 2030", "AMI versé 2030", "CAF", "Ville"], ["ami", "part", *2 * CAF]),
        (
            ["AMI accordé", "AMI versé", "Reliquat 2029", "Ville"],
            ["ami", "part", "carry_over", *CAF],
        ),
        (
            ["AMI demandé", "Coût total", "Solde", "Ville"],
            ["ami", "total_cost", "carry_over", *CAF],
        ),
    ],
)
def test_what_is_paid_of_a_grant_is_none(head: list[str], expected: list[str | None]) -> None:
    assert fields(["Action", "Pilote", *head], ROWS)[2:] == expected


@pytest.mark.parametrize(("again", "field"), [("8 800 €", "part"), ("5 000 €", "carry_over")])
def test_what_was_left_over_is_once_more_within_the_next_sum(again: str, field: str) -> None:
    rows = [
        ["Observatoire", "CCAS", "20 000 €", "11 200 €", "8 800 €", again, "10 000 €"],
        ["Maraude", "ADIL", "50 000 €", "50 000 €", "0 €", "0 €", "50 000 €"],
    ]
    head = ["AMI 2029", "Dépensé 2029", "Reliquat cumulé", "2030 Dont reliquat", "2030 AMI"]
    found = fields(["Action", "Pilote", *head], rows)[2:]
    assert found[1:] == ["spent", "carry_over", field, "ami"]


@pytest.mark.parametrize(
    ("head", "stages"),
    [
        (["Crédits 2030 sollicités", "Crédits 2030 retenus", "Crédits 2030 notifiés"],
         ["requested", "planned", "granted"]),
        (["Sollicité", "Retenu", "Notifié"], ["requested", "planned", "granted"]),
        (["AMI 2029 accordé", "AMI 2030 notifié"], ["granted", "granted"]),
    ],
)  # fmt: skip
def test_what_is_notified_is_the_grant_of_what_was_decided_on(
    head: list[str], stages: list[str]
) -> None:
    sums = ["50 000 €", "41 000 €", "40 000 €"][: len(head)]
    rows = [["Observatoire", "CCAS", *sums], ["Maraude mixte", "ADIL", *sums]]
    columns = columns_of(table(["Action", "Pilote", *head], *rows))
    assert [c.stage for c in columns[2:]] == stages


def test_what_was_paid_in_another_exercise_is_a_grant() -> None:
    head = ["Action", "Pilote", "AMI versé 2029", "AMI accordé 2030"]
    assert fields(head, [row[:4] for row in ROWS])[2:] == ["ami", "ami"]


def test_what_alone_was_paid_is_a_grant() -> None:
    assert fields(["Action", "Pilote", "AMI versé"], [row[:3] for row in ROWS])[2:] == ["ami"]


def test_a_share_is_no_sum() -> None:
    rows = [["Observatoire", "CCAS", "41 000 €", "68 %"], ["Maraude", "ADIL", "30 500 €", "61,5 %"]]
    assert fields(["Action", "Pilote", "Montant AMI", "% AMI"], rows)[2:] == ["ami", "rate"]


def test_a_column_of_shares_is_none_of_sums_but_an_empty_one_is() -> None:
    head = ["Action", "Pilote", "Montant AMI", "Cofinancement"]
    shares = [[*row[:3], share] for row, share in zip(ROWS, ("68 %", "61,5 %"), strict=True)]
    assert fields(head, shares)[2:] == ["ami", None]
    assert fields(head[:3], [[*row[:2], ""] for row in ROWS])[2:] == ["ami"]


def test_a_complement_that_leads_to_a_new_sum_is_a_change() -> None:
    head = ["Action", "Pilote", "AMI 2024 initial", "AMI 2024 complémentaire", "AMI 2024 modifié"]
    rows = [
        ["Observatoire", "CCAS", "35 000 €", "6 000 €", "41 000 €"],
        ["Maraude", "ADIL", "30 500 €", "", "30 500 €"],
    ]
    assert fields(head, rows)[2:] == ["ami_previous", "change", "ami"]
    assert fields(head[:-1], [row[:-1] for row in rows])[3] == "ami"


def test_another_programme_beside_the_ami_pays_for_itself() -> None:
    rows = [["Observatoire", "CCAS", "5 000 €", "41 000 €"]]
    beside = ["Action", "Pilote", "BOP 177", "Crédits AMI"]
    assert fields(beside, rows)[2:] == ["cofinancing", "ami"]
    assert fields(beside[:3], [row[:3] for row in rows])[2:] == ["ami"]


def test_parts_of_what_was_spent_were_spent() -> None:
    head = ["Action", "Dépenses réalisées en 2031", "dont AMI", "dont Ville", "Solde AMI"]
    annex = table(
        head,
        ["Bail", "61 300", "42 300", "19 000", "17 700"],
        ["Halte", "9 000", "8 000", "1 000", ""],
    )
    columns = columns_of(annex)[1:4]
    told = [(c.field, c.stage, c.funder) for c in columns]
    assert told == [
        ("total", None, None),
        ("spent", "spent", "AMI"),
        ("spent", "spent", "Ville"),
    ]
