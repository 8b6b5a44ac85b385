"""Actions listed in the text."""

from dataclasses import replace
from decimal import Decimal

import pytest

from normalizers.actions.parts import Statement
from normalizers.actions.registry import read_part
from pipeline.extracted import LISTED
from tests.normalizers.tables import part, table


def read(*entries: str, grant: int = 0) -> list[Statement]:
    listed = table(("",), *((entry,) for entry in entries))
    own = part(listed.model_copy(update={"extractor": LISTED}))
    return read_part(replace(own, granted={own.exercise: {Decimal(grant)}}))


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
            "Action 3 – Équipe mobile (porteur : La Halte). 15 personnes suivies. Coût : 22 500 €,"
            " dont État (AMI) 18 000 € et Ville 4 500 €.",
            {
                "reference": "Action 3",
                "label": "Équipe mobile",
                "pilot": "La Halte",
                "description": "15 personnes suivies",
            },
            {"AMI": 18000, "Ville": 4500, "total_cost": 22500},
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
            "Action n° 1 : Bail glissant\na) Objectif(s) : Loger\nb) Public(s) visé(s) : Jeunes\n"
            "e) Coût de l'action : 62 000 €, dont subvention de l'administration : 40 000 €",
            {"reference": "Action n° 1", "label": "Bail glissant", "objective": "Loger"},
            {"AMI": 40000, "total_cost": 62000},
        ),
        (
            "Action 2 – Bail glissant\nPorteur : Le Toit\nCoût : 62 000 € (dont AMI : 40 000 €)",
            {"reference": "Action 2", "label": "Bail glissant", "pilot": "Le Toit"},
            {"AMI": 40000, "total_cost": 62000},
        ),
        (
            "- Maraude (porteur : SIAO), budget : AMI 9 000 €, Le Toit 1 000 € et MSA 500 €",
            {"label": "Maraude", "pilot": "SIAO"},
            {"AMI": 9000, "Le Toit": 1000, "MSA": 500},
        ),
        (
            "Action 5 – Halte\nPorteur : Le Toit\n"
            "Financement : 48 000 € (Logement d'abord) ; 12 000 € (CCAS) ; 5 000 € de la MSA",
            {"reference": "Action 5", "label": "Halte", "pilot": "Le Toit"},
            {"AMI": 48000, "CCAS": 12000, "MSA": 5000},
        ),
        (
            "Action 5 – Halte\nPorteur : Le Toit\n"
            "Budget : 60 000 € dont 48 000 € de l'État (AMI) et 12 000 € du CCAS",
            {"reference": "Action 5", "label": "Halte", "pilot": "Le Toit"},
            {"total_cost": 60000, "AMI": 48000, "CCAS": 12000},
        ),
        (
            "- Action n°6 – Halte : 38 000 € (AMI) ; 12 000 € (MSA) et 500 € (Ville)",
            {"reference": "Action n°6", "label": "Halte"},
            {"AMI": 38000, "MSA": 12000, "Ville": 500},
        ),
        (
            "• Action 4 : Maraude – pilote : CCAS – financement : État (BOP 104) 9 000 €",
            {"reference": "Action 4", "label": "Maraude", "pilot": "CCAS"},
            {"État (BOP 104)": 9000},
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
        "• Action 4 : Maraude – pilote : CCAS – financement : 9 000 € (AMI) et 4 000 € pour 2034",
        "• Action 4 : Maraude : 9 000 € (AMI) ; 1 000 € (CAF) soit un total de 99 000 € (AMI)",
        "• Action 9 : Bail – pilote : CCAS – financement : État 9 000 €, Ville 5 000 € –"
        " Renforcée (+ 6 000 €)",
    ],
    ids=[
        "nobody's",
        "nobody's beside a pilot",
        "an unknown word",
        "no label",
        "no payer",
        "one without payer",
        "a year for a payer",
        "a total behind a payer",
        "a change for a payer",
    ],
)
def test_an_entry_that_is_not_sure_states_nothing(entry: str) -> None:
    assert read(entry) == []


@pytest.mark.parametrize(
    ("entry", "texts", "sums"),
    [
        (
            "Action 1.1 – Bail\na) Porteur : CCAS\nb) Public visé : jeunes\n"
            "c) Budget : 40 000 €, dont État (AMI) 32 000 € et Ville 8 000 €",
            {"label": "Bail", "pilot": "CCAS"},
            {"total_cost": 40000, "AMI": 32000, "Ville": 8000},
        ),
        (
            "Fiche 1 – Bail\nPorteur : CCAS\nBudget : 30 k€ (AMI 20 k€, Ville 10 k€)",
            {"label": "Bail", "pilot": "CCAS"},
            {"total_cost": 30000, "AMI": 20000, "Ville": 10000},
        ),
        (
            "Action 2 – Halte\n☎ Porteur : CCAS\nÉtat (AMI) : 52 000 €\nAmis du Lac : 5 000 €",
            {"label": "Halte", "pilot": "CCAS"},
            {"AMI": 52000, "Amis du Lac": 5000},
        ),
        (
            "ACTION 3\nVeille de nuit\nPilote : CCAS\nAMI : 38 k€ | Ville : 12 k€\nTotal : 50 k€",
            {"label": "Veille de nuit", "pilot": "CCAS"},
            {"AMI": 38000, "Ville": 12000, "total_cost": 50000},
        ),
        (
            "Fiche 4 – Accueil\nUn lieu ouvert – tous les jours ; sans rendez-vous.\n"
            "• Pilote : CCAS\n• Participation de l'Action Logement : 5 000 €\n• AMI : 9 000 €",
            {
                "label": "Accueil",
                "pilot": "CCAS",
                "description": "Un lieu ouvert – tous les jours ; sans rendez-vous.",
            },
            {"AMI": 9000, "Action Logement": 5000},
        ),
    ],
    ids=["letters", "brackets", "payers one a line", "title alone", "text below the title"],
)
def test_lines_below_a_title(entry: str, texts: dict[str, str], sums: dict[str, int]) -> None:
    (one,) = read(entry)
    assert {k: v for k, v in one.row.texts.items() if k != "reference"} == texts
    assert one.row.texts["reference"].split()[-1] in entry.split("\n")[0]
    found = {s.funder or s.stage: s.amount for s, _ in one.row.sums}
    assert found == sums


SHARES = (
    "- ACC-1 – Accueil de nuit : 40 000 € ;",
    "- GOU – Poste de coordination (pilote : CCAS) : 25 000 € ;",
    "- LOG-2 – Bail glissant, pour un montant de 10 000 €.",
)


def test_sums_that_make_the_grant_are_granted() -> None:
    found = read(*SHARES, grant=75000)
    assert [(s.row.texts["reference"], s.row.texts["label"]) for s in found] == [
        ("ACC-1", "Accueil de nuit"),
        ("GOU", "Poste de coordination"),
        ("LOG-2", "Bail glissant"),
    ]
    assert found[1].row.texts["pilot"] == "CCAS"
    sums = [(p.funder, p.stage, p.amount) for s in found for p, _ in s.row.sums]
    assert sums == [("AMI", "granted", n) for n in (40000, 25000, 10000)]


def test_an_entry_may_name_its_action_behind_its_sum() -> None:
    one, other = read(
        "- 50 000 € pour la plateforme d'orientation (FA 1) ;",
        "- 20 000 € au titre de l'étude (action n° 5).",
        grant=70000,
    )
    assert one.row.texts == {"reference": "FA 1", "label": "plateforme d'orientation"}
    assert other.row.texts == {"reference": "action n° 5", "label": "étude"}
    assert [s.amount for o in (one, other) for s, _ in o.row.sums] == [50000, 20000]


def test_brackets_may_ask_for_the_cost_of_what_is_granted() -> None:
    found = read(
        "Action 1 – Bail glissant : 25 000 € (coût prévisionnel : 40 000 €) ;",
        "Action 2 – Médiation : 12 350 € (coût prévisionnel : 19 000 €).",
        grant=37350,
    )
    sums = [[(s.funder, s.stage, s.amount) for s, _ in one.row.sums] for one in found]
    assert sums == [
        [("AMI", "granted", 25000), (None, "total_cost", 40000)],
        [("AMI", "granted", 12350), (None, "total_cost", 19000)],
    ]


def test_parts_of_what_is_granted_and_brackets_tell_of_the_action() -> None:
    one, other = read(
        "– action n° 2, « Baux glissants » : 48 000 € (opérateur : Soliha), dont 18 000 € issus de"
        " l'action n° 3 ;",
        "– action n° 4, « Animation du réseau » : 22 000 € (régie départementale).",
        grant=70000,
    )
    assert one.row.texts == {
        "reference": "action n° 2",
        "label": "Baux glissants",
        "pilot": "Soliha",
        "description": "dont 18 000 € issus de l'action n° 3",
    }
    assert other.row.texts == {
        "reference": "action n° 4",
        "label": "Animation du réseau",
        "description": "régie départementale",
    }
    paid = [(s.funder, s.stage, s.amount) for o in (one, other) for s, _ in o.row.sums]
    assert paid == [("AMI", "granted", 48000), ("AMI", "granted", 22000)]


def test_sums_that_do_not_make_the_grant_are_nobody_s() -> None:
    assert read(*SHARES, grant=76000) == []
    assert read(*SHARES, "- Suivi : 500 € en 2034 et 500 € en 2035", grant=76000) == []


def test_a_pilot_before_its_action_is_no_code() -> None:
    found = read("- CCAS – Accueil : 40 000 €", "- ADIL – Conseil : 5 000 €", grant=45000)
    assert [s.row.texts.get("reference") for s in found] == [None, None]
