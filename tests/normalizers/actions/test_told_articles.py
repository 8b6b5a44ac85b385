"""Actions that articles tell, one each."""

from dataclasses import replace
from decimal import Decimal

import pytest

from normalizers.actions.parts import Statement
from normalizers.actions.registry import read_part
from pipeline.extracted import LISTED
from tests.normalizers.tables import part, table

COORDINATION = (
    "2.1 Coordination",
    "L'État finance à hauteur de 40 000 € le poste, la Ville 9 000 €.",
)
TEAM = ("Action 2 – Équipe mobile", "Portée par le CCAS, elle coûte à l'État 70 000 €.")
WATCH = ("Observation", "L'ADIL produit un tableau de bord annuel, sans crédits de l'État.")
PAYMENT = ("Versement", "La subvention est versée en une fois.")


def read(*articles: tuple[str, str], grant: int = 110_000) -> list[Statement]:
    listed = table(("", ""), *articles).model_copy(update={"extractor": LISTED})
    own = part(listed)
    return read_part(replace(own, granted={own.exercise: {Decimal(grant)}}))


def test_the_sums_that_make_the_grant_are_those_of_the_actions() -> None:
    rows = [s.row for s in read(COORDINATION, TEAM, WATCH, PAYMENT)]
    assert [row.texts["label"] for row in rows] == [
        "2.1 Coordination",
        "Équipe mobile",
        "Observation",
    ]
    paid = [[(s.funder, s.stage, s.amount) for s, _ in row.sums] for row in rows]
    assert paid == [[("AMI", "granted", 40_000)], [("AMI", "granted", 70_000)], []]
    assert rows[1].texts["reference"] == "Action 2"
    assert rows[1].texts["description"] == TEAM[1]


def test_sums_that_do_not_make_the_grant_are_no_actions() -> None:
    assert read(COORDINATION, TEAM, grant=120_000) == []


@pytest.mark.parametrize(
    ("text", "pilot"),
    [
        ("Portée par le CCAS, elle coûte 40 000 €.", "CCAS"),
        ("Confiée à l'ADIL 38, elle coûte 40 000 €.", "ADIL 38"),
        ("L'association Le Gué porte une équipe, pour 40 000 €.", "association Le Gué"),
        ("Cette action porte une équipe, pour 40 000 €.", None),
        ("Le montant est de 40 000 €.", None),
    ],
)
def test_who_runs_the_action(text: str, pilot: str | None) -> None:
    told, _ = read(("Action 1 – Bail", text), TEAM)
    assert told.row.texts.get("pilot") == pilot
