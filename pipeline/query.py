"""Questions to the database: named queries or any SELECT, read-only, without file or network."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import FiliationError, rerun
from pipeline.schema import SQL, header

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
LOCKED = "Could not set lock"  # as DuckDB says it
FETCHED = 100  # rows taken from the database at a time


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
class Answer:
    """Column names, and rows as the database gives them: to be read once, in order."""

    columns: list[str]
    rows: Iterable[Row]


def named_queries() -> list[NamedQuery]:
    """All named queries, by name."""
    return [_named_query(path) for path in sorted((SQL / "queries").glob("*.sql"))]


@contextmanager
def open_database(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection that can reach neither files nor the network, closed with the block.

    Raises QueryError when the file is absent, is no database, or is open to be written elsewhere;
    in the block, when a table or column of it is missing.
    """
    if database.is_dir():
        raise QueryError(
            f"{database} est un dossier : donnez la base, {database / 'filiation.duckdb'}.",
            f"{database} is a folder: give the database, {database / 'filiation.duckdb'}.",
        )
    if not database.is_file():
        raise QueryError(
            f"La base {database} n'existe pas encore : lancer `make run` ou `filiation build`.",
            f"The database {database} is not there yet: run `make run` or `filiation build`.",
        )
    with _connected(database) as connection:
        try:
            yield connection
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise QueryError(
                f"La base {database} n'est pas de Filiation, ou d'une autre version"
                f" ({_first_line(error)}) : lancez « {rerun()} ».",
                f"The database {database} is not Filiation's, or of another version"
                f" ({_first_line(error)}): run “{rerun()}”.",
            ) from error


def _connected(database: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(database, read_only=True, config=CONFIG)
    except duckdb.Error as error:
        if LOCKED in str(error):
            raise QueryError(
                f"La base {database} est ouverte dans un autre programme, qui peut y écrire :"
                " fermez-la là-bas et recommencez.",
                f"The database {database} is open in another program, which may write to it:"
                " close it there and start again.",
            ) from error
        raise QueryError(
            f"La base {database} ne s'ouvre pas : {_first_line(error)}",
            f"The database {database} does not open: {_first_line(error)}",
        ) from error


def rows_of(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The rows that a query returns, each by the names of its columns."""
    cursor = connection.execute(sql, parameters)
    columns = [column[0] for column in cursor.description or []]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


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
    name = name_or_sql.strip()
    named = _named(name) if NAME.fullmatch(name) else None
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
                f"La requête a échoué : {_advice(error)}",
                f"The query failed: {_advice(error)}",
            ) from error


def _named(name: str) -> NamedQuery:
    path = SQL / "queries" / f"{name}.sql"
    if not path.is_file():
        near = get_close_matches(name, [query.stem for query in path.parent.glob("*.sql")], n=1)
        raise QueryError(
            f"Aucune requête ne s'appelle « {name} »"
            + (f" : plutôt {near[0]} ?" if near else " ; « filiation query » en donne la liste."),
            f"No query is called “{name}”"
            + (f": rather {near[0]}?" if near else "; “filiation query” lists them."),
        )
    return _named_query(path)


def named_rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    """The rows of a named query, with its default values; raises QueryError on an unknown name."""
    query = _named(name)
    return rows_of(connection, query.sql, query.parameters)


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


def _advice(error: duckdb.Error) -> str:
    """What DuckDB says, with the names that it proposes and without the query again, or where it
    is in Python: for `now()`, 'Required module 'pytz' failed to import'."""
    said, *_ = str(error).partition(", due to the following Python exception")
    lines = takewhile(lambda line: not line.startswith("LINE "), said.splitlines())
    return " ".join(line.strip() for line in lines if line.strip())


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
