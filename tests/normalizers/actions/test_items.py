"""Actions listed in the text."""

import pytest

from normalizers.actions.parts import Statement
from normalizers.actions.registry import read_part
from pipeline.extracted import LISTED
from tests.normalizers.tables import part, table


def read(*entries: str) -> list[Statement]:
    listed = table(("",), *((entry,) for entry in entries))
    return read_part(part(listed.model_copy(update={"extractor": LISTED})))


@pytest.mark.parametrize(
    ("entry", "texts", "sums"),
    [
        (
            "• Action 1 : Bail glissant – pilote : CCAS – financement AMI : 20 000 €",
            {"reference": "Action 1", "label": "Bail glissant", "pilot": "CCAS"},
            {"AMI": 20000},
        ),
        (
            "b) Halte de nuit (porteur : La Halte) : 15 000 € au titre de l'AMI ;",
            {"label": "Halte de nuit", "pilot": "La Halte"},
            {"AMI": 15000},
        ),
        (
            "Action n° 2 – Sous-location – zone rurale\nPorteur : Le Toit\nObjectif : Loger\n"
            "Contenu : Prime de 1 500 € par logement\n"
            "Montant AMI : 12 000 €\nCoût total : 18 000 €",
            {
                "reference": "Action n° 2",
                "label": "Sous-location – zone rurale",
                "pilot": "Le Toit",
                "objective": "Loger",
                "description": "Prime de 1 500 € par logement",
            },
            {"AMI": 12000, "total_cost": 18000},
        ),
        (
            "Action 4 – Bail glissant\nPorteur : Le Toit\nFinancement 2034 : État (AMI) 42 000 € ; "
            "Fondation du Lac 18 000 € ; autofinancement 3 000 € ; soit un coût total de 63 000 €",
            {"reference": "Action 4", "label": "Bail glissant", "pilot": "Le Toit"},
            {
                "AMI": 42000,
                "Fondation du Lac": 18000,
                "Autofinancement": 3000,
                "total_cost": 63000,
            },
        ),
        (
            "Action 2 – Bail glissant\nPorteur : Le Toit\nFinancement AMI : 42 000 €\n"
            "Cofinancements : MSA : 30 000 € ; Le Toit : 9 800 €",
            {"reference": "Action 2", "label": "Bail glissant", "pilot": "Le Toit"},
            {"AMI": 42000, "MSA": 30000, "Le Toit": 9800},
        ),
        (
            "- Maraude (porteur : SIAO), budget : AMI 9 000 €, Le Toit 1 000 € et MSA 500 €",
            {"label": "Maraude", "pilot": "SIAO"},
            {"AMI": 9000, "Le Toit": 1000, "MSA": 500},
        ),
        (
            "- Étude des besoins, pilote : Ville, crédits de l'État : 4 k€",
            {"label": "Étude des besoins", "pilot": "Ville"},
            {"AMI": 4000},
        ),
    ],
)
def test_an_entry_that_says_whose_its_sums_are(
    entry: str, texts: dict[str, str], sums: dict[str, int]
) -> None:
    (one,) = read(entry)
    assert dict(one.row.texts) == texts
    assert {s.funder or s.stage: s.amount for s, _ in one.row.sums} == sums
    assert one.row.index == 1


@pytest.mark.parametrize(
    "entry",
    [
        "• Former les travailleurs sociaux, 3 000 €.",
        "• Action 4 : Maraude – pilote : CCAS – 9 000 €",
        "• Action 4 : Maraude – pilote : CCAS – montant : 9 000 €",
        "• Action 4 : pilote : CCAS – financement AMI : 9 000 €",
        "• Action 4 : Maraude – pilote : CCAS – financement 2034 : 9 000 €",
        "• Action 4 : Maraude – pilote : CCAS – financement : AMI 9 000 € ; 4 000 €",
        "• Action 4 : Maraude – pilote : CCAS – financement : État (BOP 104) 9 000 €",
    ],
    ids=[
        "nobody's",
        "nobody's beside a pilot",
        "an unknown word",
        "no label",
        "no payer",
        "one without payer",
        "other means",
    ],
)
def test_an_entry_that_is_not_sure_states_nothing(entry: str) -> None:
    assert read(entry) == []
