"""Questions to the database: named queries or any SELECT, read-only, without file or network."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import duckdb

from pipeline.errors import FiliationError
from pipeline.language import said
from pipeline.schema import SQL, header

Format = Literal["table", "csv", "json", "markdown"]

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}
READING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
PARAMETER = re.compile(r"\$(\w+) =(.*)")  # "-- $word = solidarité"
NAME = re.compile(r"\w+")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
FETCHED = 100  # rows taken from the database at a time
SHOWN = 500  # rows of a table for reading: a whole country's are for a file


class QueryError(FiliationError):
    """A question that cannot be answered; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of `pipeline/sql/queries/`; `parameters` are names with their default values."""

    name: str
    question: str
    question_en: str
    parameters: dict[str, str]
    sql: str


Row = tuple[Any, ...]  # plain Python values: Decimal for euros, date, None, list, dict


@dataclass(frozen=True, slots=True)
class Result:
    """Column names, and all rows."""

    columns: list[str]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Answer:
    """Column names, and rows as the database gives them: to be read once, in order."""

    columns: list[str]
    rows: Iterable[Row]


def named_queries() -> list[NamedQuery]:
    """All named queries, by name."""
    return [_named_query(path) for path in sorted((SQL / "queries").glob("*.sql"))]


def open_database(database: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach neither files nor the network.

    Raises QueryError when the file is absent or is no database.
    """
    if not database.is_file():
        raise QueryError(
            f"La base {database} n'existe pas encore : lancer `make run` ou `filiation build`.",
            f"The database {database} is not there yet: run `make run` or `filiation build`.",
        )
    try:
        return duckdb.connect(database, read_only=True, config=CONFIG)
    except duckdb.Error as error:
        raise QueryError(
            f"La base {database} ne s'ouvre pas : {_first_line(error)}",
            f"The database {database} does not open: {_first_line(error)}",
        ) from error


def run_query(
    database: Path, name_or_sql: str, parameters: Mapping[str, str] | None = None
) -> Result:
    """All of the answer to a named query, or to one SELECT: see `answer`."""
    with answer(database, name_or_sql, parameters) as found:
        return Result(found.columns, list(found.rows))


@contextmanager
def answer(
    database: Path,
    name_or_sql: str,
    parameters: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> Iterator[Answer]:
    """The answer to a named query, or to one SELECT, while the database is open.

    A named query stops after `limit` rows, which spares sorting all others. `parameters` fill the
    `$names` of the query, over its defaults. Raises QueryError on an unknown name or parameter, on
    any other statement than one SELECT, and on invalid SQL.
    """
    named = _named(name_or_sql.strip())
    values = _values(named, dict(parameters or {}))
    sql = named.sql if named else name_or_sql
    if named and limit:
        sql = f"FROM (\n{sql}\n) LIMIT {limit}"
    with open_database(database) as connection:
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type not in READING:
                raise QueryError(
                    "Seule une requête SELECT est acceptée : la base est en lecture seule.",
                    "Only one SELECT is accepted: the database is read-only.",
                )
            cursor = connection.execute(statements[0], values or None)
            columns = [column[0] for column in cursor.description or []]
            yield Answer(columns, _rows(cursor))
        except duckdb.Error as error:
            raise QueryError(
                f"La requête a échoué : {_first_line(error)}",
                f"The query failed: {_first_line(error)}",
            ) from error


def render(result: Result | Answer, format: Format = "table") -> Iterator[str]:
    """`result` as text, piece by piece; amounts keep their decimals, CSV cells cannot become
    formulas. A table shows SHOWN rows at most, and then says so."""
    return {"table": _table, "csv": _csv, "json": _json, "markdown": _markdown}[format](
        result.columns, result.rows
    )


def safe_cell(value: str) -> str:
    """`value` with an apostrophe in front where a spreadsheet would run it as a formula.

    A plain negative number is left alone.
    """
    if value.startswith(FORMULA) and not re.fullmatch(r"-\d+([.,]\d+)?", value):
        return "'" + value
    return value


def _named(name: str) -> NamedQuery | None:
    """The named query; None for what is no name."""
    if not NAME.fullmatch(name):
        return None
    path = SQL / "queries" / f"{name}.sql"
    if not path.is_file():
        raise QueryError(
            f"Aucune requête ne s'appelle « {name} » ; « filiation query » en donne la liste.",
            f"No query is called “{name}”; “filiation query” lists them.",
        )
    return _named_query(path)


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    while rows := cursor.fetchmany(FETCHED):
        yield from rows


def _named_query(path: Path) -> NamedQuery:
    comments, sql = header(path)
    parameters = {
        match[1]: match[2].strip() for line in comments if (match := PARAMETER.fullmatch(line))
    }
    return NamedQuery(path.stem, comments[0], comments[1], parameters, sql)


def _values(named: NamedQuery | None, given: dict[str, str]) -> dict[str, str]:
    if named is None:
        return given
    unknown = ", ".join(sorted(set(given) - set(named.parameters)))
    if unknown:
        known = ", ".join(named.parameters)
        raise QueryError(
            f"La requête {named.name} ne connaît pas le paramètre {unknown} "
            f"(connus : {known or 'aucun'}).",
            f"The query {named.name} has no parameter {unknown} (it has: {known or 'none'}).",
        )
    return named.parameters | given


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]


def _plain(value: Any) -> str:
    """One cell as text; collections as JSON; an unknown is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _table(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    remaining = iter(rows)
    shown = list(islice(remaining, SHOWN))
    table = Table(show_lines=True)
    for position, column in enumerate(columns):
        numbers = all(isinstance(row[position], (int, float, Decimal, type(None))) for row in shown)
        table.add_column(column, justify="right" if numbers and shown else "left")
    for row in shown:
        table.add_row(*(Text(_plain(value)) for value in row))
    output = io.StringIO()
    Console(file=output, width=max(80, Console().width)).print(table)
    yield output.getvalue()
    if next(remaining, None) is not None:
        yield said(
            f"Les {SHOWN} premières lignes ; il y en a d'autres. --format csv les donne toutes,"
            " -p restreint la question.\n",
            f"The first {SHOWN} rows; there are more. --format csv gives them all,"
            " -p narrows the question.\n",
        )


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(safe_cell(column) for column in columns)
    for row in rows:
        writer.writerow([safe_cell(_plain(value)) for value in row])
        yield output.getvalue()
        output.seek(0)
        output.truncate()
    yield output.getvalue()


def _json(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        named = dict(zip(columns, row, strict=True))
        text = json.dumps(named, ensure_ascii=False, indent=2, default=str)
        yield before + "  " + text.replace("\n", "\n  ")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _markdown(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    def line(cells: Iterable[str]) -> str:
        escaped = (c.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for c in cells)
        return f"| {' | '.join(escaped)} |\n"

    yield line(columns) + line("---" for _ in columns)
    for row in rows:
        yield line(map(_plain, row))
