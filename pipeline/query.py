"""Questions to the database: named queries or any SELECT, read-only, without file or network."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import duckdb

from pipeline.errors import FiliationError
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


@dataclass(frozen=True, slots=True)
class Result:
    """Column names, and rows of plain Python values (Decimal for euros, date, None, list, dict)."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


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
    """The answer to a named query, or to one SELECT.

    `parameters` fill the `$names` of the query, over its defaults. Raises QueryError on an unknown
    name or parameter, on any other statement than one SELECT, and on invalid SQL.
    """
    named = next((q for q in named_queries() if q.name == name_or_sql.strip()), None)
    if named is None and NAME.fullmatch(name_or_sql.strip()):
        raise QueryError(
            f"Aucune requête ne s'appelle « {name_or_sql.strip()} » ; « filiation query » en donne"
            " la liste.",
            f"No query is called “{name_or_sql.strip()}”; “filiation query” lists them.",
        )
    values = _values(named, dict(parameters or {}))
    with open_database(database) as connection:
        try:
            statements = connection.extract_statements(named.sql if named else name_or_sql)
            if len(statements) != 1 or statements[0].type not in READING:
                raise QueryError(
                    "Seule une requête SELECT est acceptée : la base est en lecture seule.",
                    "Only one SELECT is accepted: the database is read-only.",
                )
            cursor = connection.execute(statements[0], values or None)
            columns = [column[0] for column in cursor.description or []]
            return Result(columns, cursor.fetchall())
        except duckdb.Error as error:
            raise QueryError(
                f"La requête a échoué : {_first_line(error)}",
                f"The query failed: {_first_line(error)}",
            ) from error


def render(result: Result, format: Format = "table") -> str:
    """`result` as text; amounts keep their decimals, CSV cells cannot become formulas."""
    return {"table": _table, "csv": _csv, "json": _json, "markdown": _markdown}[format](result)


def safe_cell(value: str) -> str:
    """`value` with an apostrophe in front where a spreadsheet would run it as a formula.

    A plain negative number is left alone.
    """
    if value.startswith(FORMULA) and not re.fullmatch(r"-\d+([.,]\d+)?", value):
        return "'" + value
    return value


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


def _table(result: Result) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True)
    for position, column in enumerate(result.columns):
        numbers = all(
            isinstance(row[position], (int, float, Decimal, type(None))) for row in result.rows
        )
        table.add_column(column, justify="right" if numbers and result.rows else "left")
    for row in result.rows:
        table.add_row(*(Text(_plain(value)) for value in row))
    output = io.StringIO()
    Console(file=output, width=max(80, Console().width)).print(table)
    return output.getvalue()


def _csv(result: Result) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(safe_cell(column) for column in result.columns)
    writer.writerows([safe_cell(_plain(value)) for value in row] for row in result.rows)
    return output.getvalue()


def _json(result: Result) -> str:
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n"


def _markdown(result: Result) -> str:
    def line(cells: list[str]) -> str:
        escaped = (c.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for c in cells)
        return f"| {' | '.join(escaped)} |\n"

    rows = [result.columns, ["---"] * len(result.columns)]
    return "".join(line(row) for row in rows) + "".join(
        line([_plain(value) for value in row]) for row in result.rows
    )
