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
