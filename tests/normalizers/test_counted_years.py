"""Years that an agreement counts."""

import pytest

from normalizers.counted_years import CountedYears, Opening, opening_told, years_counted


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("Subvention année 3", "Subvention 2033"),
        ("Financement 1ère année", "Financement 2031"),
        ("Crédits de la deuxième année", "Crédits de la 2032"),
        ("Les deux années", "Les deux années"),
        ("Crédits N+1", "Crédits 2033"),
        ("Réalisé N - 1", "Réalisé 2031"),
        ("Montant N", "Montant 2032"),
        ("N° d'action", "N° d'action"),
        ("N °", "N °"),
        ("N", "N"),
        ("Année 2031", "Année 2031"),
    ],
)
def test_years_that_headings_count(heading: str, written: str) -> None:
    assert CountedYears(2031, 2032).written_out(heading) == written
    assert CountedYears().written_out(heading) == heading


@pytest.mark.parametrize(
    ("cell", "dated"),
    [
        ("Année 3", "2033"),
        (" N+1 ", " 2033 "),
        ("4 réunions en année 3", "4 réunions en année 3"),
        ("À préciser en N+1", "À préciser en N+1"),
    ],
)
def test_cells_that_say_no_more_than_a_year(cell: str, dated: str) -> None:
    assert CountedYears(2031, 2032).alone(cell) == dated


def test_a_year_told_beside_the_one_that_is_counted() -> None:
    assert CountedYears().written_out("AMI année 2 (2032)") == "AMI 2032"


def test_exercises_over_two_years() -> None:
    counted = CountedYears(2024, 2025, span=1)
    assert counted.written_out("LDA année 2") == "LDA 2025-2026"
    assert counted.written_out("Réalisé N-1") == "Réalisé 2024-2025"


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Les crédits de l'année 2 (1er juillet 2025 – 30 juin 2026).", Opening(2024, 1)),
        ("L'année 2 de la convention (01/07/2025 au 30/06/2026)", Opening(2024, 1)),
        ("L'année 2 (du 1er janvier 2025 au 31 décembre 2025)", Opening(2024)),
        ("La première année (1er septembre 2024 – 31 août 2025)", Opening(2024, 1)),
        ("Pour l'année 3 (2026), l'État apporte 40 000 €.", Opening(2024)),
        ("L'année 1 (2024) et l'année 2 (2025)", Opening(2024)),
        ("L'année 1 (2024) et l'année 2 (2026)", None),
        ("Pour l'année 2 (voir annexe 2025)", None),
    ],
)
def test_the_year_that_a_text_dates(text: str, opening: Opening | None) -> None:
    assert opening_told(text) == opening


@pytest.mark.parametrize(
    ("kind", "period", "exercise", "told", "counted"),
    [
        ("convention", ("2024", "2026"), "2024", None, CountedYears(2024, 2024)),
        ("convention", (None, None), "2024-2025", None, CountedYears(2024, 2024, 1)),
        ("avenant", (None, None), "2025", None, CountedYears(None, 2025)),
        ("avenant", ("2023", "2027"), "2025", None, CountedYears(2023, 2025)),
        ("avenant", ("2025", "2026"), None, None, CountedYears()),
        ("avenant", ("2025", "2026"), None, Opening(2024, 1), CountedYears(2024, None, 1)),
        ("avenant", (None, None), "2025-2026", Opening(2024, 1), CountedYears(2024, 2025, 1)),
        ("convention", (None, None), "2024-2026", None, CountedYears()),
    ],
)
def test_what_an_act_counts_from(
    kind: str,
    period: tuple[str | None, str | None],
    exercise: str | None,
    told: Opening | None,
    counted: CountedYears,
) -> None:
    assert years_counted(kind, period, exercise, told) == counted
