from pathlib import Path

import pytest

from normalizers.themes import deciding_terms, expense_category_of, theme_of
from pipeline.knowledge import read_lexicon

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
THEMES = read_lexicon(REFERENCE / "themes.csv", "theme")
CATEGORIES = read_lexicon(REFERENCE / "expense_categories.csv", "category")


@pytest.mark.parametrize(
    ("texts", "theme", "category"),
    [
        (
            ["Animer la démarche - Poste coordinateur", None, "Contrat du coordinateur"],
            "coordination",
            "coordination",
        ),
        (
            ["Améliorer la connaissance des publics", None, "Nuit de la solidarité de la ville"],
            "nuit de la solidarité",
            "observation sociale",
        ),
        (
            ["Prévenir les expulsions locatives", None, "Dispositif de traitement des impayés"],
            "prévention des expulsions",
            "intervention sociale",
        ),
        (
            ["Campagne d'information", None, "Affiches et supports de communication"],
            "communication",
            "communication",
        ),
        (["Évaluation du programme", "Étude d'impact", None], "évaluation", "suivi-évaluation"),
        (["Assurer la suite", None, "Divers"], None, "unknown"),
        ([None, None], None, "unknown"),
    ],
)
def test_theme_and_category(texts: list[str | None], theme: str | None, category: str) -> None:
    assert theme_of(texts, THEMES) == theme
    assert expense_category_of(texts, CATEGORIES) == category


def test_the_terms_that_decided_are_told() -> None:
    texts = ["Nuits de la solidarité", None, "Décompte nocturne des sans-abri"]
    assert deciding_terms(texts, THEMES, "nuit de la solidarité") == [
        "nuit* solidarite",
        "decompte nocturne",
    ]
    assert deciding_terms(texts, THEMES, "") == []


def test_a_tie_is_not_a_guess() -> None:
    assert theme_of(["Maraudes et accueil de jour"], THEMES) is None


def test_categories_are_those_of_the_call() -> None:
    assert set(CATEGORIES.rows) == {
        "coordination",
        "ingénierie",
        "intervention sociale",
        "observation sociale",
        "suivi-évaluation",
        "communication",
    }
