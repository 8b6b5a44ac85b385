"""The rendered schema and dictionary say what the models say; committed files are current."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.models import TABLES
from pipeline.schema import (
    DICTIONARY_FILE,
    SCHEMA_FILE,
    Relation,
    data_dictionary,
    relations,
    schema_sql,
)
from pipeline.store import table_name


@pytest.mark.parametrize(
    ("file", "text"), [(SCHEMA_FILE, schema_sql()), (DICTIONARY_FILE, data_dictionary())]
)
def test_committed_file_is_current(file: Path, text: str) -> None:
    current = file.read_text(encoding="utf-8") == text
    assert current, f"{file.name} is stale: python -m pipeline.schema"


@pytest.mark.parametrize(
    ("column", "type_"),
    [
        ("funding.amount_eur", "DECIMAL(14,2)"),
        ("document.signed_on", "DATE"),
        ("document.page_count", "INTEGER"),
        ("document.iban_valid", "BOOLEAN"),
        ("cell.x0", "DOUBLE"),
        ("action.status", "VARCHAR"),
    ],
)
def test_declared_type(connection: duckdb.DuckDBPyConnection, column: str, type_: str) -> None:
    table, name = column.split(".")
    query = "SELECT data_type FROM duckdb_columns() WHERE table_name = ? AND column_name = ?"
    assert connection.execute(query, [table, name]).fetchall() == [(type_,)]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO territory (territory_id, name) VALUES (NULL, 'x')",
        "INSERT INTO action_pilot VALUES ('nobody', 'nothing')",
        "INSERT INTO finding (finding_id, rule, severity, message) VALUES ('1', 'r', 'fatal', 'm')",
    ],
    ids=["not null", "foreign key", "check"],
)
def test_constraints_hold(statement: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(schema_sql())
        with pytest.raises(duckdb.ConstraintException):
            connection.execute(statement)


def test_primary_key_holds() -> None:
    with duckdb.connect() as connection:
        connection.execute(schema_sql())
        insert = "INSERT INTO territory (territory_id, name) VALUES ('1', 'x')"
        connection.execute(insert)
        with pytest.raises(duckdb.ConstraintException):
            connection.execute(insert)


def test_everything_is_described_in_both_languages(connection: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal
        UNION ALL SELECT table_name, '', comment FROM duckdb_tables()
        UNION ALL SELECT view_name, '', comment FROM duckdb_views() WHERE NOT internal
    """
    rows = connection.execute(query).fetchall()
    undescribed = [(t, c) for t, c, comment in rows if not comment]
    assert len(rows) > 300
    assert undescribed == []
    one_language = [
        (t, c)
        for t, c, comment in rows
        if " / " not in comment and t in {r.name for r in relations()}
    ]
    assert one_language == []


def test_view_headers_name_real_columns(connection: duckdb.DuckDBPyConnection) -> None:
    for relation in relations():
        rows = connection.execute(f"DESCRIBE {relation.name}").fetchall()
        assert list(relation.columns) == [row[0] for row in rows], relation.name


def test_dictionary_holds_every_relation() -> None:
    text = data_dictionary()
    for name in [*(table_name(m) for m in TABLES), *(r.name for r in relations())]:
        assert f"### `{name}`" in text


@pytest.mark.parametrize("relation", relations(), ids=lambda relation: relation.name)
def test_relation_ends_in_final(relation: Relation) -> None:
    assert "final AS (" in relation.select
    assert "SELECT * FROM final" in relation.select


def test_relations_have_one_order_in_every_process() -> None:
    names = "from pipeline.schema import relations; print([r.name for r in relations()])"
    orders = {
        subprocess.run(
            [sys.executable, "-c", names],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in "123"
    }
    assert len(orders) == 1
