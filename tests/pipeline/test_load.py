"""Loading: same input, same rows; a wrong input leaves the previous database in place."""

import json
import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.load import LoadError, LoadReport, load, run_checks
from pipeline.models import TABLES, Action, Finding, Funding, Organisation
from pipeline.query import open_database
from pipeline.schema import relations
from pipeline.store import FOLDERS, table_name, write_records, write_text
from tests.answers import run_query
from tests.pipeline.conftest import valmorin
from tests.pipeline.world import World, act_record


def contents(database: Path) -> dict[str, list[tuple[object, ...]]]:
    names = [*(table_name(model) for model in TABLES), *(r.name for r in relations())]
    with open_database(database) as connection:
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


def test_same_input_gives_same_rows(database: Path, tmp_path: Path) -> None:
    again, _ = valmorin().load(tmp_path)
    assert contents(database) == contents(again)


def test_report_counts_what_is_in_the_database(loaded: tuple[Path, LoadReport]) -> None:
    database, report = loaded
    assert (report.documents, report.actions, report.lineages) == (2, 13, 7)
    assert report.links == {"auto": 6}
    assert report.review_queue == 1
    assert report.euros["granted"] == 558000.0
    assert report.stated == {"grant": 558000.0}
    assert sum(report.findings.values()) == sum(report.rules.values())
    ((total,),) = run_query(database, "SELECT count(*) FROM finding").rows
    assert sum(report.findings.values()) == total


def test_metrics_file_is_the_report(loaded: tuple[Path, LoadReport]) -> None:
    database, report = loaded
    metrics = json.loads((database.parent / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["documents"] == report.documents
    assert metrics["findings"] == report.findings


def test_amounts_stay_exact(database: Path) -> None:
    query = "SELECT spent FROM action_money WHERE spent IS NOT NULL"
    assert run_query(database, query).rows == [(Decimal("61500.50"),)]


def finding(finding_id: str, rule: str) -> Finding:
    return Finding(finding_id=finding_id, rule=rule, severity="info", message="Un constat.")


def test_findings_of_earlier_stages_are_kept_once(tmp_path: Path) -> None:
    normalized, linked = World().write(tmp_path)
    write_records([finding("a", "figure_doubtful"), finding("b", "x")], Finding, normalized)
    write_records([finding("b", "x"), finding("c", "judgement_orphan")], Finding, linked)
    load(normalized, linked, tmp_path / "db", tmp_path / "m.json")
    rows = run_query(tmp_path / "db", "SELECT rule FROM finding ORDER BY finding_id").rows
    assert rows == [("figure_doubtful",), ("x",), ("judgement_orphan",)]


def test_absent_files_are_empty_tables(tmp_path: Path) -> None:
    report = load(tmp_path / "no", tmp_path / "thing", tmp_path / "db", tmp_path / "m.json")
    assert (report.documents, report.actions, report.findings["error"]) == (0, 0, 0)


def test_what_nothing_is_known_of_is_loaded_all_the_same(tmp_path: Path) -> None:
    world = World()
    world.add(act_record("scan", kind="report"))
    world.add(Action(action_id="scan#1", document_id="scan", page=1))
    world.add(Funding(action_id="scan#1", stage="granted", raw="?", page=1))
    world.lineages["scan#1"] = "scan#1"
    database, report = world.load(tmp_path)
    assert (report.documents, report.actions, report.lineages) == (1, 1, 1)
    assert report.findings == {"error": 0, "warning": 1, "info": 0}  # unplaced
    query = "SELECT territory, exercise, event, ami FROM action_continuity"
    assert run_query(database, query).rows == [(None, None, "new", None)]


def spoil_type(folder: Path) -> None:
    table = pq.read_table(folder / "funding.parquet")
    doubles = table.column("amount_eur").cast(pa.float64())
    position = table.schema.get_field_index("amount_eur")
    pq.write_table(table.set_column(position, "amount_eur", doubles), folder / "funding.parquet")


def spoil_column(folder: Path) -> None:
    table = pq.read_table(folder / "action.parquet").drop_columns(["label"])
    pq.write_table(table, folder / "action.parquet")


def spoil_key(folder: Path) -> None:
    (folder / "document.parquet").unlink()


@pytest.mark.parametrize(
    ("spoil", "named"),
    [(spoil_type, "amount_eur"), (spoil_column, "label"), (spoil_key, "article")],
)
def test_misfit_is_named_and_changes_nothing(
    tmp_path: Path, spoil: Callable[[Path], None], named: str
) -> None:
    normalized, linked = valmorin().write(tmp_path)
    spoil(normalized)
    database = tmp_path / "filiation.duckdb"
    database.write_text("the database of before")
    with pytest.raises(LoadError, match=named):
        load(normalized, linked, database, tmp_path / "metrics.json")
    assert database.read_text() == "the database of before"
    assert {path.name for path in tmp_path.iterdir()} == {"normalized", "linked", database.name}


def test_what_a_killed_load_left_is_removed_and_nothing_of_a_running_one(tmp_path: Path) -> None:
    normalized, linked = World().write(tmp_path)
    database = tmp_path / "filiation.duckdb"
    dead, running = (tmp_path / f".{database.name}.{pid}-x" for pid in (2**30, os.getpid()))
    dead.touch()
    running.touch()
    load(normalized, linked, database, tmp_path / "metrics.json")
    assert not dead.exists()
    assert running.exists()


def test_an_organisation_of_two_territories_is_the_first_one_s(tmp_path: Path) -> None:
    normalized, linked = World().write(tmp_path)
    for name in ("b", "a"):
        one = Organisation(organisation_id="ville:38:lac", name=f"Ville du Lac ({name})")
        write_records([one], Organisation, normalized / name)
    write_text('["b", "a"]', normalized / FOLDERS)
    load(normalized, linked, tmp_path / "db", tmp_path / "m.json")
    assert run_query(tmp_path / "db", "SELECT name FROM organisation").rows == [
        ("Ville du Lac (b)",)
    ]


def test_a_check_that_fails_beside_others_is_named(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = "SELECT sum(a.range * b.range) AS message FROM range(20000) AS a, range(20000) AS b"
    files = [tmp_path / "fails.sql", tmp_path / "slow.sql"]
    for file, select in zip(files, ("FROM nowhere", slow), strict=True):
        write_text(f"-- Essai\n-- Trial\n-- severity: info\n{select}\n", file)
    monkeypatch.setattr("pipeline.load.check_files", lambda: files)
    with (
        duckdb.connect(shutil.copy(database, tmp_path)) as connection,
        pytest.raises(duckdb.CatalogException, match="nowhere"),
    ):
        run_checks(connection)
