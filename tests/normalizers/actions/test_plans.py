"""Cells that tell what an action costs and who pays it."""

import pytest
from documents import VOCABULARY

from normalizers.actions.headings import Column
from normalizers.actions.plans import financing_plan
from normalizers.funders import Funders

NAMES = {"CA": "CA du Lac", "ca du lac": "CA du Lac", "ARS": "ARS Bretagne"}
FUNDERS = Funders(lambda name: NAMES.get(name, name), VOCABULARY.money)


def plan(text: str, field: str = "total_cost") -> dict[str, int] | None:
    column = Column(field, "total_cost", "2034", 1.0)
    found = financing_plan(column, text, "granted", FUNDERS)
    if found is None:
        return None
    assert {s.exercise for s in found} == {"2034"}
    assert all((s.stage == "total_cost") == (s.funder is None) for s in found)
    return {s.funder or "cost": int(s.amount or 0) for s in found}


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        (
            "Total : 56 000 €\nAMI : 28 000 €\nCA : 28 000 €",
            {"cost": 56000, "AMI": 28000, "CA du Lac": 28000},
        ),
        (
            "Coût total : 55 000 €\ndont AMI : 27 500 €\ndont Le Toit : 27 500 €",
            {"cost": 55000, "AMI": 27500, "Le Toit": 27500},
        ),
        (
            "Budget de 128 000 € : 70 000 € de l’AMI, 40 000 € du Département et 18 000 € de l’ARS",
            {"cost": 128000, "AMI": 70000, "Département": 40000, "ARS Bretagne": 18000},
        ),
        (
            "128 000 € (AMI : 70 000 €, Le Toit : 58 000 €)",
            {"cost": 128000, "AMI": 70000, "Le Toit": 58000},
        ),
        (
            "52 000 € (AMI : 39 000 € ; Ville : 13 000 €)",
            {"cost": 52000, "AMI": 39000, "Ville": 13000},
        ),
        ("20 000 € (État : 20 000 €)", {"cost": 20000, "AMI": 20000}),
        (
            "20 000 € (CA : 12 000 € ; ARS : 8 000 €)",
            {"cost": 20000, "CA du Lac": 12000, "ARS Bretagne": 8000},
        ),
        ("CA : 12 000 € ; ARS : 8 000 €", {"CA du Lac": 12000, "ARS Bretagne": 8000}),
        ("AMI : 15 000 €", {"AMI": 15000}),
        ("AMI : 25 000 €\nFSL : 5 000 €", {"AMI": 25000, "FSL": 5000}),
        ("Coordination : 15 000 €", None),
        ("Personnel : 48 000 €\nFrais : 2 000 €\nTotal : 50 000 €", {"cost": 50000}),
        ("FSL : 5 000 €", None),  # a sigle nobody knows
        ("Budget : 15 000 €", None),
        ("52 000 € (AMI : 30 000 € ; Ville : 13 000 €)", None),  # who pays the rest?
        ("52 000 € (30 000 € + 22 000 €)", None),
        ("52 000 € (2 ETP)", None),
        ("50 000 € dont 30 000 € AMI", {"cost": 50000, "AMI": 30000}),
        ("AMI : 9 000 €\nCA du Lac : 4 000 €", {"AMI": 9000, "CA du Lac": 4000}),  # its usual name
        ("15 000 € (100 % AMI)", {"cost": 15000, "AMI": 15000}),
        ("AMI 30 000 € + Ville 20 000 €", {"AMI": 30000, "Ville": 20000}),
        ("Total 20 000 €, AMI 10 000 €, reste à financer 10 000 €", {"cost": 20000, "AMI": 10000}),
        ("60 000 €", None),
        ("15 000 € (100 % Département)", None),
        ("12 000 € + 3 000 €", None),
        ("Total : 20 000 €, AMI : 10 000 €, Ville : 9 000 €", None),  # what does not add up
        ("24 000 € (2 postes) dont 12 000 € d'AMI", None),
        ("AMI : 10 000 €\nDépenses : 60 000 €", None),
        ("45 000 € dont reliquat 2033 : 5 000 €", None),
        ("1 500 € par logement, AMI : 30 000 €", None),
    ],
)
def test_what_a_cell_tells_of_who_pays(text: str, sums: dict[str, int] | None) -> None:
    assert plan(text) == sums


def test_a_list_of_funders_without_the_cost_is_for_the_column_of_funders() -> None:
    assert plan("AMI 30 000 € + Ville 20 000 €", "cofinancing") is None
    assert plan("20 000 € (CA : 12 000 € ; ARS : 8 000 €)", "cofinancing") == {
        "CA du Lac": 12000,
        "ARS Bretagne": 8000,
    }
    assert plan("Total 50 000 € : AMI 30 000 €, Ville 20 000 €", "cofinancing") == {
        "cost": 50000,
        "AMI": 30000,
        "Ville": 20000,
    }
    assert plan("Total 50 000 € : AMI 30 000 €, Ville 20 000 €", "ami") is None


def test_what_is_left_of_an_earlier_grant_pays_too() -> None:
    column = Column("cofinancing", "granted", "2034", 1.0)
    paid = "État : 15 000 €\nReliquat État 2033 : 9 850 €\nCA (valorisation) : 12 000 €"
    text = f"{paid}\nTotal : 36 850 €"
    found = financing_plan(column, text, "granted", FUNDERS)
    assert [(s.funder, s.stage, s.exercise, int(s.amount or 0)) for s in found or ()] == [
        ("AMI", "granted", "2034", 15000),
        ("AMI", "carry_over", "2033", 9850),
        ("CA du Lac", "granted", "2034", 12000),
        (None, "total_cost", "2034", 36850),
    ]


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        (
            "AMI : 52 000 € (dont reliquat : 11 500 €) – Ville : 18 000 €",
            [
                ("AMI", "granted", "2034", 52000),
                ("Ville", "granted", "2034", 18000),
                ("AMI", "carry_over", "2034", 11500),
            ],
        ),
        (
            "AMI : 5 000 € dont 2 000 € de reliquat 2033 / CA : 3 000 €",
            [
                ("AMI", "granted", "2034", 5000),
                ("CA du Lac", "granted", "2034", 3000),
                ("AMI", "carry_over", "2033", 2000),
            ],
        ),
        (
            "AMI : 30 000 € (dont 10 000 € pour un ETP) – Ville : 3 000 €",
            [("AMI", "granted", "2034", 30000), ("Ville", "granted", "2034", 3000)],
        ),
        ("Ville : 52 000 € (dont reliquat : 11 500 €)", None),  # of whose money?
    ],
)
def test_a_part_of_a_sum_is_no_payer(
    text: str, paid: list[tuple[str, str, str, int]] | None
) -> None:
    column = Column("total_cost", "total_cost", "2034", 1.0)
    found = financing_plan(column, text, "granted", FUNDERS)
    told = found and [(s.funder, s.stage, s.exercise, int(s.amount or 0)) for s in found]
    assert told == paid
