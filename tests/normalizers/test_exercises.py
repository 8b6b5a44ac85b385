"""Periods and exercises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.counted_years import CountedYears
from normalizers.exercises import (
    Period,
    heading_exercise,
    heading_years,
    read_exercise,
    read_exercises,
    read_period,
    read_term,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pour une durée de 3 ans (2023- 2025)", Period(2023, 2025)),
        ("CONVENTION PLURIANNUELLE D'OBJECTIFS 2022 – 2025", Period(2022, 2025)),
        ("de 2023 à 2025", Period(2023, 2025)),
        ("CONVENTION PLURIANNUELLE – Années 2025 – 2026 – 2027", Period(2025, 2027)),
        ("3 ans et 3 mois (2024-2027)", Period(2024, 2027)),
        ("du 1er octobre 2024 au 31 décembre 2025", Period(2024, 2025)),
        ("conclue du 1er janvier au 31 décembre 2024", Period(2024, 2024)),
        ("prévue le 1er janvier, signée le 31 décembre 2024", None),
        ("entre le 1 octobre 2024 et le 31 décembre 2027", Period(2024, 2027)),
        ("porte sur les années 2031, 2032, 2033 et 2034", Period(2031, 2034)),
        ("en 2031, 2030 et 2029", None),
        ("au titre des exercices 2024-2025 et 2025-2026", Period(2024, 2026)),
        ("exercices 2024-2025, 2025-2026 et 2026-2027", Period(2024, 2027)),
        ("le bilan 2024-2025 et le budget 2025-2026", Period(2024, 2025)),
        ("3 ans et 3 mois", None),
        ("2025-2023", None),
        ("en 2023", None),
    ],
)
def test_read_period(text: str, expected: Period | None) -> None:
    assert read_period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pour une durée de 36 mois à compter du 1er octobre 2024", Period(2024, 2027)),
        ("d'une durée de trois (3) ans, elle prend effet le 1er janvier 2025", Period(2025, 2027)),
        ("3 ans et 3 mois à compter du 1er octobre 2024", Period(2024, 2027)),
        ("prend effet le 15 mars 2024 pour une durée de douze mois", Period(2024, 2025)),
        ("pour une durée de 12 mois à compter du 15 mars 2024", Period(2024, 2025)),
        ("pour les années 2024 à 2026", Period(2024, 2026)),
        ("pour une durée de 36 mois", None),
        ("à compter du 1er octobre 2024", None),
        ("36 mois, du 1er janvier 2024 ou du 1er mars 2024", None),
    ],
)
def test_read_term(text: str, expected: Period | None) -> None:
    assert read_term(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Au titre de l'année 2023-2024, le soutien", ["2023-2024"]),
        ("pour l'exercice 2024.", ["2024"]),
        ("attribuée en 2023", ["2023"]),
        ("TABLEAU DES ACTIONS SOUTENUES PAR L'ETAT EN 2023", ["2023"]),
        ("« Logement d'Abord » pour 2024 – 2025", ["2024-2025"]),
        ("pour la période 2023-2027", []),
        ("le 27 août 2024", []),
        ("convention 2021", []),
        ("Suivi des actions 2031 et financement 2032", ["2031", "2032"]),
        ("loi n° 2020-1721", []),
        ("pour l'exercice 2031/32", ["2031-2032"]),
        ("au titre de la campagne 2031, année 2031-32", ["2031-2032"]),
        ("La dotation 2032 est estimée", ["2032"]),
        ("Nouveau total La subvention 2032 est ramenée", ["2032"]),
        ("Au vu de la subvention 2032, l'État verse", []),
        ("Annexe 3 – Année 3 (2033)", ["2033"]),
        ("délibération n° 2031-32 du 5 mai", []),
        ("le rapport de l'année 2031-06", []),
        ("Programme d'actions des années 2025 – 2026 – 2027", []),
        ("les crédits de l'année (1er juillet 2025 – 30 juin 2026)", ["2025-2026"]),
        ("du 15/03/2024 au 14/03/2025", ["2024-2025"]),
        ("du 15/03/2024 au 31/03/2025", []),
    ],
)
def test_read_exercises(text: str, expected: list[str]) -> None:
    assert [m.exercise for m in read_exercises(text)] == expected


def test_years_that_an_act_counts() -> None:
    text = "54 000 € pour l'année 1, 60 000 € en 2033"
    found = read_exercises(text, CountedYears(first=2031))
    assert [m.exercise for m in found] == ["2031", "2033"]
    assert [m.exercise for m in read_exercises(text)] == ["2033"]


@pytest.mark.parametrize(
    ("heading", "exercise"),
    [
        ("Financement AMI pour 2026-2027", "2026-2027"),
        ("2025 / 2026 prévu", "2025-2026"),
        ("Montant 2026", "2026"),
        ("Crédits obtenus en 2024 ou 2025", None),
        ("Plan 2024-2028", None),
        ("Subvention 2024/25", "2024-2025"),
        ("Consommé au 31/12/2024", "2024"),
        ("Situation au 30/06/2024", None),
        ("Commentaires", None),
    ],
)
def test_exercise_of_a_heading(heading: str, exercise: str | None) -> None:
    assert heading_exercise(heading) == exercise


def test_years_that_a_column_adds_up() -> None:
    assert heading_years("Plan 2024-2028") == "2024-2028"
    assert heading_years("Montant 2026") == "2026"
    assert heading_years("2021-2024, puis 2025-2028") is None


def test_several_exercises_are_none() -> None:
    assert read_exercise("en 2023 et en 2024") is None
    assert read_exercise("en 2023, puis en 2023") == "2023"


@given(st.integers(1990, 2090))
def test_two_years_in_a_row_are_an_exercise_more_are_a_period(year: int) -> None:
    assert read_exercise(f"actions {year}-{year + 1}") == f"{year}-{year + 1}"
    assert read_exercise(f"actions {year}-{year + 2}") is None
    assert read_period(f"actions {year}-{year + 2}") == Period(year, year + 2)
