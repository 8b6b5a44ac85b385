"""Only what changed: the database of before brought up to date, row by row.

What a territory's documents say, what is derived from it and what the checks find in it depend on
no other territory. So a database remembers what the rows of each document were made from; the
tables of the territories that changed are made anew, by the same load as always, in a database in
memory, and the rows that differ are replaced. Those of the other documents are kept.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import duckdb

from pipeline.models import TABLES, Document, Judgement, Organisation, Record
from pipeline.names import remembered
from pipeline.partition import WHOLE, code_version, hash_of
from pipeline.schema import SQL, relations
from pipeline.store import table_files, table_folders, table_name

MADE_FROM = """
CREATE SCHEMA loaded;
CREATE TABLE loaded.made_from (document_id VARCHAR PRIMARY KEY, sha256 VARCHAR NOT NULL);
CREATE TABLE loaded.seal (sha256 VARCHAR NOT NULL);
COMMENT ON TABLE loaded.made_from IS
    'De quoi sont faites les lignes d''un document / What the rows of a document are made from';
COMMENT ON COLUMN loaded.made_from.document_id IS 'Document / Document';
COMMENT ON COLUMN loaded.made_from.sha256 IS 'Empreinte des tables de son territoire et du code /'
    ' Hash of its territory''s tables and of the code';
COMMENT ON TABLE loaded.seal IS
    'Ce qui dit que nul n''a changé la base depuis / What tells that nobody changed it since';
COMMENT ON COLUMN loaded.seal.sha256 IS
    'Empreinte de toutes les lignes, dans n''importe quel ordre / Hash of all rows, in any order';
"""
LIBRARIES = ("duckdb", "python-stdnum")
UNOWNED: tuple[type[Record], ...] = (Organisation, Judgement)
ACTIONS = "SELECT action_id FROM before.action SEMI JOIN gone_document_id ON value = document_id"
OWNERS = {  # the columns that tell whose a row is, and what they hold in the rows that may go
    "document_id": """SELECT document_id FROM before.document
        UNION SELECT document_id FROM before.finding EXCEPT FROM kept""",
    "table_id": """SELECT table_id FROM before.annex_table
        SEMI JOIN gone_document_id ON value = document_id""",
    "action_id": ACTIONS,
    "source_action_id": ACTIONS,
    "lineage_id": """SELECT DISTINCT lineage_id FROM before.lineage
        SEMI JOIN gone_action_id ON value = action_id""",
    "territory_id": """SELECT DISTINCT territory_id FROM before.document
        SEMI JOIN gone_document_id ON value = document_id""",
}


@dataclass(frozen=True, slots=True)
class Part:
    """The folders of a territory's tables; `made_from` is the same whenever the rows that they give
    are, None where nothing tells."""

    folders: tuple[Path, ...]
    made_from: str | None


def parts_of(normalized_dir: Path, linked_dir: Path) -> list[Part]:
    """All folders of both stages, by territory. Raises FiliationError when one is missing."""
    territories: dict[str, list[Path]] = defaultdict(list)
    for folder in (*table_folders(normalized_dir), *table_folders(linked_dir)):
        territories[folder.name.rpartition("-")[0]].append(folder)
    return [Part(tuple(folders), _made_from(folders)) for folders in territories.values()]


def _made_from(folders: Iterable[Path]) -> str | None:
    try:
        tables = [(folder / WHOLE).read_text(encoding="utf-8") for folder in folders]
    except FileNotFoundError:
        return None
    return hashlib.sha256("\n".join((_load_version(), *tables)).encode()).hexdigest()


@cache
def _load_version() -> str:
    """All that decides which rows a database holds, beside the tables of the stages before."""
    libraries = [f"{name} {metadata.version(name)}" for name in LIBRARIES]
    return "\n".join((code_version(), hash_of(SQL.rglob("*.sql")), *libraries))


def remember(connection: duckdb.DuckDBPyConnection, parts: Iterable[Part]) -> None:
    """Write into the database what the rows of each document are made from."""
    connection.execute(MADE_FROM)
    states = {
        str(file): part.made_from
        for part in parts
        if part.made_from
        for file in table_files(Document, part.folders)
    }
    if states:
        connection.execute(
            """INSERT INTO loaded.made_from
               SELECT d.document_id, p.sha256 FROM read_parquet($files, filename = 'file') AS d
               JOIN (SELECT unnest($files) AS file, unnest($states) AS sha256) AS p USING (file)""",
            {"files": list(states), "states": list(states.values())},
        )


def seal(connection: duckdb.DuckDBPyConnection) -> None:
    """Note all rows that the database holds, so that a later change by hand is seen."""
    connection.execute("DELETE FROM loaded.seal")
    connection.execute("INSERT INTO loaded.seal VALUES ($1)", [_hash_of_rows(connection)])


def _hash_of_rows(connection: duckdb.DuckDBPyConnection) -> str:
    sums = (
        f"SELECT '{table.name}' AS name, count(*), sum(hash(t)) FROM {table.name} AS t"
        for table in _tables()
    )
    rows = connection.execute(" UNION ALL ".join(sums) + " ORDER BY name").fetchall()
    return hashlib.sha256(str(rows).encode()).hexdigest()


@remembered
def is_sealed(database: Path) -> bool:
    """Is `database` as a load left it? Raises duckdb.Error when it is none of ours."""
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute("FROM loaded.seal").fetchall() == [(_hash_of_rows(connection),)]


def kept_documents(connection: duckdb.DuckDBPyConnection, parts: Iterable[Part]) -> dict[str, str]:
    """The documents whose rows in the database stay, and what these are made from; none when most
    of them change."""
    known = connection.execute("FROM loaded.made_from").fetchall()
    states = {part.made_from for part in parts}
    kept = {document_id: made_from for document_id, made_from in known if made_from in states}
    return kept if 2 * len(kept) >= len(known) else {}


def replace_rows(connection: duckdb.DuckDBPyConnection, kept: Collection[str]) -> None:
    """Make the database `before` hold the rows of the documents `kept` and, beside them, those of
    the database in memory. A row that both have stays where it is.

    Raises duckdb.ConstraintException when a row that others refer to would have to go.
    """
    connection.execute("USE memory")
    connection.execute("CREATE TABLE kept AS SELECT unnest($1) AS document_id", [list(kept)])
    connection.execute("DELETE FROM finding WHERE document_id IN (FROM kept)")
    for column, values in OWNERS.items():
        connection.execute(f"CREATE TABLE gone_{column} (value) AS {values}")
    with ThreadPoolExecutor() as pool:  # most of the time goes into plans, each made by one thread
        differences = pool.map(_places, (connection.cursor() for _ in _tables()), _tables())
        found = list(zip(_tables(), differences, strict=True))
    changes = []
    for table, places in reversed(found):
        gone = [old for old, new in places if new is None]
        come = [new for _, new in places if new is not None]
        if gone:
            connection.execute(table.delete(), [gone])
        if come:
            in_place = any(None not in both for both in places)
            changes.append((table.insert(in_place), come))
    for insert, come in reversed(changes):
        connection.execute(insert, [come])
    connection.execute("USE before")


def _places(
    cursor: duckdb.DuckDBPyConnection, table: "_Table"
) -> list[tuple[int | None, int | None]]:
    with cursor:
        return cursor.execute(table.differences()).fetchall()


@cache
def _tables() -> tuple["_Table", ...]:
    """Each after those that it refers to."""
    derived = [_Table(r.name, tuple(r.columns)) for r in relations() if r.kind == "TABLE"]
    made_from = _Table("loaded.made_from", ("document_id", "sha256"), ("document_id",))
    return (*map(_of_model, TABLES), *derived, made_from)


def _of_model(model: type[Record]) -> "_Table":
    columns = tuple(model.model_fields)
    if model in UNOWNED:
        return _Table(table_name(model), columns, owned=False)
    return _Table(table_name(model), columns, model.primary_key, tuple(model.foreign_keys))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of both databases. Where it has a `primary_key`, a row of `before` is changed in its
    place, but for the columns that refer to others; else rows only come and go."""

    name: str
    columns: tuple[str, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[str, ...] = ()
    owned: bool = True

    def differences(self) -> str:
        """Where each row stands in `before` and in memory that is not the same in both."""
        same = ("key",) if self.primary_key else ("key", "copy")
        return f"""SELECT old.place, new.place
            FROM ({self._old()}) AS old FULL JOIN ({self._new()}) AS new USING ({", ".join(same)})
            WHERE old.record IS DISTINCT FROM new.record"""

    def delete(self) -> str:
        """Remove the rows of `before` at given places."""
        return f"DELETE FROM before.{self.name} WHERE rowid IN (SELECT unnest($1))"

    def insert(self, in_place: bool) -> str:
        """Add to `before` the rows in memory at given places; `in_place`, some to change there."""
        free = [column for column in self.columns if column not in self._key()]
        changes = ", ".join(f"{column} = EXCLUDED.{column}" for column in free)
        upsert = f"ON CONFLICT ({', '.join(self.primary_key)}) DO UPDATE SET {changes}"
        return f"""INSERT INTO before.{self.name}
            FROM memory.{self.name} WHERE rowid IN (SELECT unnest($1))
            {upsert if in_place else ""}"""

    def _key(self) -> tuple[str, ...]:
        if not self.primary_key:
            return self.columns
        return tuple(dict.fromkeys((*self.primary_key, *self.foreign_keys)))

    def _old(self) -> str:
        rows = f"SELECT {self._row()} FROM before.{self.name} AS t"
        if not self.owned:
            return rows
        owner = next(column for column in OWNERS if column in self.columns)
        return f"""{rows} WHERE EXISTS (
            FROM gone_{owner} WHERE value IS NOT DISTINCT FROM t.{owner}
        )"""

    def _new(self) -> str:
        return f"SELECT {self._row()} FROM memory.{self.name} AS t"

    def _row(self) -> str:
        """Its place, its key, itself and, without a key of its own, which of its copies it is."""
        key = f"row({', '.join(self._key())})"
        copy = "" if self.primary_key else f", row_number() OVER (PARTITION BY {key}) AS copy"
        return f"rowid AS place, {key} AS key, t AS record{copy}"
