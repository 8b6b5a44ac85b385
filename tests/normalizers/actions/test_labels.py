"""The name of an action and what is said of it, in one cell."""

import pytest

from normalizers.actions.labels import LabelForm

PILOT = ["label", "pilot", "ami"]


@pytest.mark.parametrize(
    ("heading", "labels", "told"),
    [
        (
            "Action et contenu",
            ["Maraudes\nDeux soirs par semaine", "Bail glissant : Dix logements captés", "Étude"],
            [
                {"label": "Maraudes", "description": "Deux soirs par semaine"},
                {"label": "Bail glissant", "description": "Dix logements captés"},
                {"label": "Étude"},
            ],
        ),
        (
            "Action",
            ["Maraudes\nDeux soirs par semaine", "Un toit : mode d'emploi\nGuide pour les élus"],
            [
                {"label": "Maraudes", "description": "Deux soirs par semaine"},
                {"label": "Un toit : mode d'emploi", "description": "Guide pour les élus"},
            ],
        ),
        (
            "Action (intitulé et finalité)",
            ["Maraudes\naller vers les squats", "Étude\nmieux connaître"],
            [
                {"label": "Maraudes", "objective": "aller vers les squats"},
                {"label": "Étude", "objective": "mieux connaître"},
            ],
        ),
        (
            "Intitulé / objectifs",
            ["Maraudes\nAller vers", "Étude\nMieux connaître\nMieux agir"],
            [
                {"label": "Maraudes", "objective": "Aller vers"},
                {"label": "Étude", "objective": "Mieux connaître\nMieux agir"},
            ],
        ),
    ],
)
def test_what_follows_the_name(heading: str, labels: list[str], told: list[dict[str, str]]) -> None:
    form = LabelForm.of(heading, labels, PILOT)
    assert form and [form.apart({"label": label}) for label in labels] == told


@pytest.mark.parametrize(
    ("heading", "labels", "fields"),
    [
        ("Action", ["Maraudes\nDeux soirs", "Étude"], PILOT),  # once: no form of the table
        ("Action", ["Maraudes\nde soirée", "Étude\nDes besoins"], PILOT),  # goes on
        ("Action", ["Tout ce qu'il faut faire.\nEt vite", "Étude.\nDes besoins"], PILOT),
        ("Action", ["Un toit : guide", "Un bail : guide"], PILOT),  # a name with a colon
        ("Action et porteur", ["Maraudes\nCCAS", "Étude\nSIAO"], ["label", "ami"]),
        ("Action", ["Maraudes\nDeux", "Étude\nTrois"], [*PILOT, "description"]),
    ],
)
def test_a_label_that_is_all_name(heading: str, labels: list[str], fields: list[str]) -> None:
    assert LabelForm.of(heading, labels, fields) is None
