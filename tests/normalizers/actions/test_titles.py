"""What the title of a sheet says of its action."""

import pytest

from normalizers.actions.titles import Title, action_title, names_sheet, title_across


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Fiche action n° 3 : Bail glissant", Title("Fiche action n° 3", "Bail glissant")),
        ("Fiche projet n° 23 Mentorat", Title("Fiche projet n° 23", "Mentorat")),
        ("Annexe 2 – Fiche 4 : Bail", Title("Fiche 4", "Bail")),
        ("Proposition de fiche n° 21 : Mentorat", Title("fiche n° 21", "Mentorat", True)),
        ("Action 3 – Bail", Title("Action 3", "Bail")),
        ("Fiche financière", None),
        ("Fiche 8 de 2024, sortie du périmètre de l'AMI", None),
        ("Fiche 7 pour partie", None),
        ("Fiche 7 de l'avenant n° 1", None),
        ("Plan de financement 2031", None),
    ],
)
def test_the_action_that_a_title_names(text: str, title: Title | None) -> None:
    assert action_title(text) == title


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Fiche 2 : Bail glissant", True),
        ("FICHE ACTION 1.2", True),
        ("Fiche financière", False),
        ("Bail glissant", False),
    ],
)
def test_what_names_a_sheet(text: str, named: bool) -> None:
    assert names_sheet(text) is named


def test_a_title_in_two_cells() -> None:
    assert title_across(["Fiche 1.A", "", "Bail glissant"]) == "Fiche 1.A – Bail glissant"
    assert title_across(["Fiche 6 (nouvelle)", "Bail"]) == "Fiche 6 – Bail"
    assert title_across(["Fiche 6 de l'axe 2", "Bail"]) is None
    assert title_across(["Fiche 6", "36 000"]) is None
