"""Named queries answer; anything but reading is refused; formats keep figures exact."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.models import TABLES
from pipeline.query import (
    NamedQuery,
    QueryError,
    answer,
    named_queries,
)
from pipeline.schema import SQL, relation_sql, relations, schema_sql
from pipeline.store import table_name
from tests.answers import run_query
from tests.pipeline.world import World

EXPECTED: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    # name: parameters, and what one of the rows holds
    "action_history": ({"word": "nuit"}, {"event": "merged", "ami": Decimal(55000)}),
    "ami_by_exercise": ({"year": "2024"}, {"exercise": "2024-2025", "territories": 1}),
    "territory_lineages": ({"territory": "valmorin"}, {"ami_total": Decimal(256000)}),
    "funding_changes": ({}, {"label": "Réorganiser le SIAO", "change": Decimal(64000)}),
    "new_actions": (
        {},
        {
            "label": "Loger trente jeunes",
            "exercise": "2024-2025",
            "to_review": "Mobiliser le foncier vacant",
        },
    ),
    "ended_actions": (
        {},
        {"label": "Mobiliser le foncier vacant", "to_review": "Loger trente jeunes"},
    ),
    "split_and_merged_actions": ({}, {"relation": "splits", "target_ami": Decimal(70000)}),
    "share_by_pilot": ({}, {"pilot": "DDETS", "ami_percent": Decimal("50.4")}),
    "share_by_funder": ({}, {"funder": "Ville", "amount_eur": Decimal(88000)}),
    "avenant_changes": ({}, {"what": "Article 7 – LITIGES", "event": "replaced"}),
    "articles_in_force": ({}, {"number": "6", "change": "completed"}),
    "articles_against_annexes": ({}, {"exercise": "2023-2024", "difference": Decimal(0)}),
    "planned_vs_spent": ({}, {"spent": Decimal("61500.50"), "difference": Decimal("-2499.50")}),
    "follow_up": ({}, {"label": "Réorganiser le SIAO", "spent": Decimal("61500.50")}),
    "same_theme": ({"theme": "Nuit"}, {"theme": "nuit de la solidarité", "actions": 1}),
    "expense_categories": ({}, {"expense_category": "coordination", "ami": Decimal(35000)}),
    "open_findings": ({}, {"rule": "alias_unknown", "severity": "info"}),
    "known_at": ({"date": "2024-01-01"}, {"document_id": "valmorin-convention-2023"}),
    "pairs_to_review": ({}, {"target_label": "Loger trente jeunes"}),
    "reading_certificate": ({}, {"document_id": "valmorin-avenant-2024", "pages": 9}),
}


@pytest.mark.parametrize("name", [query.name for query in named_queries()])
def test_named_query_answers(database: Path, name: str) -> None:
    parameters, expected = EXPECTED[name]
    result = run_query(database, name, parameters)
    answers = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    assert any(expected.items() <= answer.items() for answer in answers), answers


@pytest.mark.parametrize("name", [name for name, (given, _) in EXPECTED.items() if given])
def test_named_query_runs_with_its_defaults(database: Path, name: str) -> None:
    assert run_query(database, name).columns


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_header_asks_in_french_then_in_english(query: NamedQuery) -> None:
    assert "?" in query.question and "?" in query.question_en
    assert " ?" in query.question and " ?" not in query.question_en


IDENTIFIERS = (
    *("document_id", "action_id", "table_id", "lineage_id", "finding_id", "copy_of"),
    *("source_action_id", "target_action_id", "amends_document_id"),
)


def twice(database: Path, path: Path, direction: str) -> Path:
    """`database` with each of its documents there twice, its tables filled in one order or the
    other."""
    with duckdb.connect(path) as connection:
        connection.execute(schema_sql() + (SQL / "macros.sql").read_text(encoding="utf-8"))
        connection.execute(f"ATTACH '{database}' AS single (READ_ONLY)")
        for model in TABLES:
            name, columns = table_name(model), model.model_fields
            again = ", ".join(f"{c} || '~' AS {c}" if c in IDENTIFIERS else c for c in columns)
            rows = f"SELECT {', '.join(columns)} FROM single.{name}"
            if any(c in IDENTIFIERS for c in columns):
                rows += f" UNION ALL SELECT {again} FROM single.{name}"
            connection.execute(f"INSERT INTO {name} FROM ({rows}) ORDER BY ALL {direction}")
        connection.execute("DETACH single")
        for relation in relations():
            connection.execute(relation_sql(relation))
    return path


@pytest.fixture(scope="module")
def both_orders(database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("orders")
    return (
        twice(database, folder / "up.duckdb", "ASC"),
        twice(database, folder / "down.duckdb", "DESC"),
    )


@pytest.mark.parametrize("name", [query.name for query in named_queries()])
def test_answers_do_not_depend_on_the_order_of_tables(
    both_orders: tuple[Path, Path], name: str
) -> None:
    one, other = (run_query(database, name, EXPECTED[name][0]) for database in both_orders)
    assert one.rows
    assert one.rows == other.rows


@pytest.mark.parametrize("name", [query.name for query in named_queries()])
def test_the_first_rows_are_those_of_the_whole(both_orders: tuple[Path, Path], name: str) -> None:
    whole = run_query(both_orders[0], name, EXPECTED[name][0]).rows
    for limit in (1, 2):
        with answer(both_orders[0], name, EXPECTED[name][0], limit) as found:
            assert list(found.rows) == whole[:limit]


def test_a_category_that_no_term_tells_is_named_so(tmp_path: Path) -> None:
    world = World()
    rows = [{"key": "a", "label": "Projet", "ami": 5000, "expense_category": "unknown"}]
    world.act("un").table(rows)
    database, _ = world.load(tmp_path)
    result = run_query(database, "expense_categories")
    assert [row[result.columns.index("expense_category")] for row in result.rows] == [
        "non reconnue"
    ]


def test_known_at_leaves_out_later_acts(database: Path) -> None:
    result = run_query(database, "known_at", {"date": "2024-01-01"})
    assert [row[result.columns.index("exercise")] for row in result.rows] == ["2023-2024"]


def test_known_at_counts_what_no_act_known_then_replaces(tmp_path: Path) -> None:
    world = World()
    told = {"territory": "t", "kind": "avenant"}
    world.act("un", "2024", "t", signed_on=date(2024, 1, 5)).table(
        [{"key": "a", "label": "Bail", "ami": 5000}, {"key": "b", "label": "Maraude", "ami": 3000}]
    )
    for name, month, amount in (("zwei", 6, 2000), ("trois", 9, 1000)):
        act = world.act(name, "2024", **told, signed_on=date(2024, month, 5))
        act.table([{"key": "b", "label": "Maraude", "ami": amount}])
        world.lineages[f"{name}#b"] = world.lineages["un#b"]
    database, _ = world.load(tmp_path)
    for day, counted in (("2024-02-01", [8000]), ("2024-07-01", [5000, 2000])):
        result = run_query(database, "known_at", {"date": day})
        assert [row[result.columns.index("counted_ami")] for row in result.rows] == counted


def test_known_at_names_the_acts_that_no_date_places(tmp_path: Path) -> None:
    world = World()
    world.act("undated", "2023", territory="t", signed_on=None).states("grant", 5000)
    world.act("dated", "2023", territory="t", signed_on=date(2023, 5, 2)).states("grant", 7000)
    database, _ = world.load(tmp_path)
    result = run_query(database, "known_at", {"date": "2024-01-01"})
    columns = [result.columns.index(c) for c in ("document_id", "known_on", "stated_grant")]
    assert [tuple(row[c] for c in columns) for row in result.rows] == [
        ("dated", date(2023, 5, 2), Decimal(7000)),
        ("undated", None, None),
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE action",
        "CREATE TEMP TABLE t AS SELECT 1",
        "INSERT INTO territory VALUES ('1', 'x')",
        "ATTACH 'other.duckdb'",
        "COPY action TO 'out.csv'",
        "EXPORT DATABASE 'out'",
        "INSTALL httpfs",
        "SET threads = 1",
        "PRAGMA database_list",
        "SELECT 1; SELECT 2",
        "SELECT 1; ATTACH 'x'",
        "UPDATE action SET label = 'x'",
        "DELETE FROM finding",
        "CREATE OR REPLACE VIEW review_queue AS SELECT 1",
        "DETACH filiation",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA enable_external_access = true",
        "CREATE SECRET s (TYPE s3)",
        "CALL pragma_version()",
        "COPY (SELECT 1) TO 'out.csv'",
        "IMPORT DATABASE 'out'",
        "VACUUM action",
        "USE memory",
        "",
    ],
)
def test_anything_but_one_select_is_refused(database: Path, sql: str) -> None:
    with pytest.raises(QueryError, match="Seule une requête SELECT"):
        run_query(database, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "SELECT * FROM outside",
        "SELECT * FROM read_blob('{file}')",
        "SELECT * FROM read_json('{file}')",
        "SELECT * FROM sniff_csv('{file}')",
        "SELECT * FROM duckdb_secrets() AS s, read_csv('{file}')",
        "SELECT * FROM query('SELECT * FROM read_text(''{file}'')')",
        "EXPLAIN ANALYZE SELECT * FROM read_csv('{file}')",
        "FROM '{folder}/../secret.csv'",
    ],
)
def test_files_network_and_python_are_out_of_reach(
    database: Path, tmp_path: Path, sql: str
) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text("a\n1\n")
    with pytest.raises(QueryError):
        run_query(database, sql.format(file=outside, folder=tmp_path))


@pytest.mark.parametrize(
    ("question", "parameters", "message"),
    [
        ("no_such_query", {}, "Aucune requête ne s'appelle « no_such_query »"),
        ("known_at", {"day": "2024-01-01"}, "ne connaît pas le paramètre day"),
        ("known_at", {"date": "hier"}, "La requête a échoué"),
        ("SELECT nothing FROM action", {}, "La requête a échoué"),
        ("SELEC 1", {}, "La requête a échoué"),
        ("SELECT now()", {}, "'pytz' failed to import$"),  # Python would tell its whole stack
    ],
)
def test_errors_are_for_people(
    database: Path, question: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_query(database, question, parameters)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"not a database"])
def test_no_database(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "filiation.duckdb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(QueryError, match=r"filiation\.duckdb"):
        run_query(path, "SELECT 1")


def test_rows_come_as_they_are_read(database: Path) -> None:
    with answer(database, "SELECT range AS n FROM range(100_000_000_000)") as found:
        assert found.columns == ["n"]
        assert next(iter(found.rows)) == (0,)


def test_failure_amid_the_rows_is_told(database: Path) -> None:
    late = "SELECT CAST(if(range < 5000, '1', 'x') AS INTEGER) FROM range(100_000)"
    with (
        pytest.raises(QueryError, match="'x'"),
        answer(database, late) as found,
    ):
        list(found.rows)
