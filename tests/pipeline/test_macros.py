"""What the macros of the database say of real wordings."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.schema import SQL, schema_sql


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(schema_sql() + (SQL / "macros.sql").read_text(encoding="utf-8"))
        yield connection


@pytest.mark.parametrize(
    ("words", "draft"),
    [
        ("PROJET", True),
        ("PROJET DE CONVENTION PLURIANNUELLE 2026", True),
        ("Projet d'avenant n° 2 à la convention", True),
        ("CONVENTION 2026 – VERSION DE TRAVAIL V3", True),
        ("Document provisoire", True),
        ("Annexe à la délibération : projet de la convention", True),
        ("CONVENTION DE PROJET « LOGEMENT D'ABORD »", False),
        ("Projet social de territoire", False),
        ("Appel à projets 2026", False),
    ],
)
def test_drafts_are_known_by_what_they_call_themselves(
    connection: duckdb.DuckDBPyConnection, words: str, draft: bool
) -> None:
    assert connection.execute("SELECT is_draft(?)", [words]).fetchall() == [(draft,)]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("AVENANT FINANCIER N° 2 (2024) À LA CONVENTION CADRE", 2),
        ("Avenant n°3 à la convention 2023-2025", 3),
        ("Deuxième avenant à la convention", 2),
        ("Avenant 2024 à la convention", None),
        ("CONVENTION FINANCIÈRE N° 2022-14", None),
    ],
)
def test_an_avenant_has_the_number_of_its_title(
    connection: duckdb.DuckDBPyConnection, title: str, number: int | None
) -> None:
    assert connection.execute("SELECT avenant_number(?)", [title]).fetchall() == [(number,)]


@pytest.mark.parametrize(
    ("number", "begins", "at"),
    [("2.1", "L'article 2.1", "à l'article 2.1"), ("0", "Le préambule", "au préambule")],
)
def test_articles_are_named_as_people_name_them(
    connection: duckdb.DuckDBPyConnection, number: str, begins: str, at: str
) -> None:
    found = connection.execute("SELECT the_article($1), at_article($1)", [number]).fetchall()
    assert found == [(begins, at)]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("court, mais en", "court, mais en"),
        ("abcdefgh " * 8 + "en", "abcdefgh " * 6 + "en"),
    ],
)
def test_the_end_of_a_text_begins_with_a_whole_word(
    connection: duckdb.DuckDBPyConnection, words: str, shown: str
) -> None:
    assert connection.execute("SELECT last_words(?)", [words]).fetchall() == [(shown,)]


@pytest.mark.parametrize(
    ("cell", "alone", "amounts"),
    [
        ("34 500 €", 34_500, [34_500]),
        ("€ 34 500", 34_500, [34_500]),
        ("€ 852500", 852_500, []),
        ("Bailleurs : € 27 500 ; CAF : € 7 500", None, [27_500, 7_500]),
        ("66 000 € et 5 k€", None, [66_000, 5_000]),
        ("12 000 € 2 500 €", None, [12_000, 2_500]),
        ("Coût en € 2023-2024", None, []),
        ("Conseil départemental :", None, []),
    ],
)
def test_the_sums_of_a_cell_have_the_sign_of_euros_behind_or_before_them(
    connection: duckdb.DuckDBPyConnection, cell: str, alone: int | None, amounts: list[int]
) -> None:
    said = connection.execute("SELECT amount_of($1), amounts_in($1)", [cell]).fetchall()
    assert said == [(alone, amounts)]


@pytest.mark.parametrize(
    ("read", "meant", "off"),
    [
        (9000, 5000, True),
        (9000, 9000, False),
        (9000, 5500, False),
        (9000, 19000, False),
        (525025.5, 525025.8, True),
    ],
)
def test_one_digit_is_read_as_another(
    connection: duckdb.DuckDBPyConnection, read: float, meant: float, off: bool
) -> None:
    assert connection.execute("SELECT one_digit_off(?, ?)", [read, meant]).fetchall() == [(off,)]
