"""From sorted Parquet to the database: declared tables, views, checks, metrics."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from pipeline import checks
from pipeline.delta import (
    Part,
    is_sealed,
    kept_documents,
    parts_of,
    remember,
    replace_rows,
    seal,
)
from pipeline.errors import DISK_FULL, FiliationError
from pipeline.kinds import Severity
from pipeline.models import TABLES, Finding, Organisation, Record
from pipeline.schema import SQL, header, relation_sql, relations, schema_sql
from pipeline.store import arrow_schema, atomic, table_files, table_name

SHARED: tuple[type[Record], ...] = (Organisation, Finding)  # by territories: the first one's holds
# a draft need not survive a crash before its last checkpoint
DRAFT: dict[str, str | bool | int | float | list[str]] = {"fsync_mode": "NONE"}
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class LoadError(FiliationError):
    """The files of an earlier stage do not fit the schema; the message says which and why."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Figures of a loaded database, also the content of the metrics file.

    `euros` are the sums of `funding` and `stated` those of the articles, by stage or kind; they
    count what documents state, exercise after exercise, and are no budget.
    """

    documents: int
    pages: int
    articles: int
    actions: int
    lineages: int
    review_queue: int
    euros: dict[str, float]
    stated: dict[str, float]
    links: dict[str, int]
    findings: dict[str, int]
    rules: dict[str, int]


def load(normalized_dir: Path, linked_dir: Path, database: Path, metrics: Path) -> LoadReport:
    """Build `database` from the Parquet files of both folders and write `metrics` as JSON.

    Where `database` is there, only what changed since is loaded (`pipeline.delta`); the rows are
    the same either way. The previous files stay in place until both new ones are complete. Raises
    LoadError when a file lacks a column, has one too many, or breaks a key, OSError when the disk
    is full.
    """
    parts = parts_of(normalized_dir, linked_dir)
    with atomic(metrics) as figures, atomic(database) as draft, _full_disk_told():
        report = _updated(database, draft, parts) or _built(draft, parts)
        said = json.dumps(asdict(report), ensure_ascii=False, indent=2)
        figures.write_text(said + "\n", encoding="utf-8")
    return report


def _built(draft: Path, parts: Sequence[Part]) -> LoadReport:
    """A new database in the place of `draft`."""
    for file in (draft, Path(f"{draft}.wal")):
        file.unlink(missing_ok=True)
    with duckdb.connect(draft, config=DRAFT) as connection:
        _fill(connection, parts, parts, comments=True)
        return _finished(connection)


def _updated(database: Path, draft: Path, parts: Sequence[Part]) -> LoadReport | None:
    """A copy of `database` brought up to date in the place of `draft`; None where it cannot be."""
    if not database.is_file() or Path(f"{database}.wal").exists():
        return None
    try:
        with duckdb.connect(database, read_only=True):  # nobody writes it meanwhile
            if not is_sealed(database):
                return None
            shutil.copyfile(database, draft)
        with duckdb.connect(config=DRAFT) as connection:
            connection.execute("ATTACH '{}' AS before".format(str(draft).replace("'", "''")))
            connection.execute("USE before")
            kept = kept_documents(connection, parts)
            if not kept:
                return None
            connection.execute("USE memory")
            changed = [part for part in parts if part.made_from not in kept.values()]
            _fill(connection, changed, parts, comments=False)
            clean = not any(checks.contacts_left(connection))
            connection.execute("USE before")
            clean &= not connection.execute("FROM finding WHERE rule = 'contact_left'").fetchall()
            known = checks.public_names(connection)
            replace_rows(connection, kept)
            # what no contact was found in has none as long as the same names are public
            clean &= known <= checks.public_names(connection)
            return _finished(connection, clean)
    except (duckdb.Error, LoadError):  # another layout, or a key in the way
        return None


def _fill(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    every: Sequence[Part],
    comments: bool,
) -> None:
    """All that the tables of `parts` give; of what territories share, the rows of `every` part."""
    connection.execute(schema_sql(comments))
    connection.execute((SQL / "macros.sql").read_text(encoding="utf-8"))
    for model in TABLES:
        folders = (f for part in (every if model in SHARED else parts) for f in part.folders)
        _insert(connection, model, table_files(model, folders))
    remember(connection, parts)
    for relation in relations():
        connection.execute(relation_sql(relation, comments))
    run_checks(connection)


def _finished(connection: duckdb.DuckDBPyConnection, clean: bool = False) -> LoadReport:
    """Look for contacts unless the database is known to be `clean`; seal it, write it, count."""
    if not clean:
        places = ", ".join(f"${column}" for column in Finding.model_fields)
        for finding in checks.contacts_left(connection):
            connection.execute(f"INSERT INTO finding VALUES ({places})", finding.model_dump())
    seal(connection)
    connection.execute("SET fsync_mode = 'STANDARD'; CHECKPOINT")
    return _report(connection)


@contextmanager
def _full_disk_told() -> Iterator[None]:
    """DuckDB's errors on a full disk as the OSError that they come from."""
    try:
        yield
    except duckdb.Error as error:
        for code in DISK_FULL:
            if os.strerror(code) in str(error):
                raise OSError(code, os.strerror(code)) from error
        raise


def run_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Run each `pipeline/sql/checks/*.sql` and add what it returns to `finding`.

    A check's name is its file's, its severity stands in the header (`-- severity: warning`); a
    column `severity` in its rows overrules the header.
    """
    checks.register(connection)
    try:
        with ExitStack() as opened:  # a cursor closes when no thread is at work on it any more
            cursors = [opened.enter_context(connection.cursor()) for _ in check_files()]
            pool = opened.enter_context(ThreadPoolExecutor(os.cpu_count()))
            for columns, cursor, path in zip(
                pool.map(_offending, cursors, check_files()), cursors, check_files(), strict=True
            ):
                _add_findings(cursor, path, columns)
    finally:
        checks.unregister(connection)


def check_files() -> list[Path]:
    """The files of all checks, by name."""
    return sorted((SQL / "checks").glob("*.sql"))


def check_severity(path: Path) -> Severity:
    """The severity that a check's header declares. Raises LoadError when it declares none."""
    lines, _ = header(path)
    declared = [line.removeprefix("severity: ") for line in lines]
    for severity in SEVERITIES:
        if severity in declared:
            return severity
    raise LoadError(
        f"{path.name} : l'en-tête doit porter « -- severity: error|warning|info ».",
        f"{path.name}: its header must hold “-- severity: error|warning|info”.",
    )


def _offending(cursor: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Keep the rows that a check returns in a table of `cursor`'s own; its columns."""
    _, select = header(path)
    cursor.execute(f"CREATE TEMP TABLE offending AS {select}")
    return [row[0] for row in cursor.execute("DESCRIBE offending").fetchall()]


def _add_findings(cursor: duckdb.DuckDBPyConnection, path: Path, columns: list[str]) -> None:
    (title, *_), _ = header(path)
    values = {c: c if c in columns else "NULL" for c in Finding.model_fields}
    values["message"] = "coalesce(message, $title)"  # where a value that it quotes is unknown
    values |= {"rule": "$rule", "finding_id": _hash_of(columns)}
    values["severity"] = "coalesce(severity, $severity)" if "severity" in columns else "$severity"
    named = ", ".join(f"{value} AS {name}" for name, value in values.items())
    cursor.execute(
        f"""INSERT INTO finding ({", ".join(values)})
            SELECT DISTINCT ON (finding_id) {named} FROM offending
            ORDER BY finding_id, list_position(['error', 'warning', 'info'], severity)""",
        {"rule": path.stem, "severity": check_severity(path), "title": title},
    )


def _hash_of(columns: Iterable[str]) -> str:
    parts = ", ".join(f"coalesce(CAST({c} AS VARCHAR), '')" for c in columns if c != "severity")
    return f"substr(sha256(concat_ws(chr(31), $rule, {parts})), 1, 16)"


def _insert(connection: duckdb.DuckDBPyConnection, model: type[Record], paths: list[Path]) -> None:
    name, expected = table_name(model), arrow_schema(model)
    for path in paths:
        found = pq.read_schema(path)
        if not found.equals(expected):
            odd = ", ".join(sorted({field.name for field in set(found) ^ set(expected)}))
            raise LoadError(
                f"{path} ne correspond pas à la table {name} ; à vérifier : {odd}."
                " Relancer l'étape qui l'écrit (`dvc repro` ou `filiation build`).",
                f"{path} does not fit the table {name}; look at: {odd}. "
                "Run again the stage that writes it (`dvc repro` or `filiation build`).",
            )
    if not paths:
        return
    columns = ", ".join(f'"{c}"' for c in model.model_fields)
    rows = f"SELECT {columns} FROM read_parquet($paths, filename = 'file')"
    if model in SHARED:
        rows += """ QUALIFY row_number() OVER (
            PARTITION BY {key} ORDER BY list_position($paths, file)
        ) = 1""".format(key=", ".join(model.primary_key))
    try:
        connection.execute(
            f"INSERT INTO {name} ({columns}) {rows}", {"paths": [str(path) for path in paths]}
        )
    except duckdb.ConstraintException as error:
        reason = str(error).splitlines()[0]
        folders = ", ".join(sorted({str(path.parent.parent) for path in paths}))
        raise LoadError(
            f"La table {name} de {folders} ne peut pas être chargée : {reason}",
            f"The table {name} of {folders} cannot be loaded: {reason}",
        ) from error


def _report(connection: duckdb.DuckDBPyConnection) -> LoadReport:
    def one(query: str) -> int:
        (row,) = connection.execute(query).fetchall()
        return int(row[0])

    def by(query: str) -> dict[str, Any]:
        return dict(connection.execute(query).fetchall())

    severities = by("SELECT severity, count(*) FROM finding GROUP BY ALL")
    return LoadReport(
        documents=one("SELECT count(*) FROM document"),
        pages=one("SELECT coalesce(sum(page_count), 0) FROM document"),
        articles=one("SELECT count(*) FROM article"),
        actions=one("SELECT count(*) FROM action"),
        lineages=one("SELECT count(DISTINCT lineage_id) FROM lineage"),
        review_queue=one("SELECT count(*) FROM review_queue"),
        euros=by(
            """SELECT CASE WHEN stage = 'granted' AND funder IS DISTINCT FROM 'AMI'
                           THEN 'cofunding' ELSE stage END AS kind,
                      CAST(sum(amount_eur) AS DOUBLE)
               FROM funding WHERE amount_eur IS NOT NULL GROUP BY ALL ORDER BY ALL"""
        ),
        stated=by(
            """SELECT s.kind, CAST(sum(s.amount_eur) AS DOUBLE)
               FROM stated_amount AS s JOIN document AS d USING (document_id)
               WHERE d.copy_of IS NULL GROUP BY ALL ORDER BY ALL"""
        ),
        links=by("SELECT decided_by, count(*) FROM link GROUP BY ALL ORDER BY ALL"),
        findings={severity: severities.get(severity, 0) for severity in SEVERITIES},
        rules=by("SELECT rule, count(*) FROM finding GROUP BY ALL ORDER BY ALL"),
    )
