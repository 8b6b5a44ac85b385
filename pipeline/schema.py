"""The declared schema and the data dictionary, rendered from `pipeline/models/` and the views.

`python -m pipeline.schema` writes `pipeline/sql/schema.sql` and `docs/data-dictionary.md` again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from pipeline.language import languages
from pipeline.models import TABLES, Record
from pipeline.store import plain_type, table_name, write_text

SQL = Path(__file__).parent / "sql"
SCHEMA_FILE = SQL / "schema.sql"
DICTIONARY_FILE = Path(__file__).parent.parent / "docs" / "data-dictionary.md"

DUCKDB_TYPES: dict[type, str] = {
    str: "VARCHAR",
    int: "INTEGER",
    float: "DOUBLE",
    bool: "BOOLEAN",
    date: "DATE",
    Decimal: "DECIMAL(14, 2)",
}
HEADER_COLUMN = re.compile(r"(\w+): (.+)")  # "-- action_id: Action / Action"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a file of `pipeline/sql/views/` or `pipeline/sql/derived/` declares: two lines of
    comment (French, English), one line a column, then the SELECT. A derived relation is computed
    once, when the database is loaded, and kept as a table."""

    name: str
    kind: Literal["VIEW", "TABLE"]
    comment: str
    columns: dict[str, str]
    select: str


def schema_sql(comments: bool = True) -> str:
    """DDL of every table: types, keys, checks and, unless unwanted, bilingual comments."""
    tables = "\n\n".join(_create_table(model, comments) for model in TABLES)
    return f"-- Rendered from pipeline/models/; do not edit.\n\n{tables}\n"


@cache
def relations() -> tuple[Relation, ...]:
    """The derived tables and the views, each after those that it reads, always in one order."""
    paths = [*(SQL / "derived").glob("*.sql"), *(SQL / "views").glob("*.sql")]
    found = {path.stem: _relation(path) for path in sorted(paths)}
    reads = {
        name: [
            other
            for other in found
            if re.search(rf"\b(?:from|join)\s+{other}\b", relation.select, re.IGNORECASE)
        ]
        for name, relation in found.items()
    }
    return tuple(found[name] for name in TopologicalSorter(reads).static_order())


def relation_sql(relation: Relation, comments: bool = True) -> str:
    """DDL of a view or derived table, with its comments unless they are unwanted."""
    name, kind, select = relation.name, relation.kind, relation.select
    if kind == "TABLE":
        select = f"FROM (\n{select}\n) ORDER BY ALL"
    lines = [f"CREATE {kind} {name} AS\n{select};"]
    if comments:
        lines.append(f"COMMENT ON {kind} {name} IS {_text(relation.comment)};")
        lines += [
            f"COMMENT ON COLUMN {name}.{_name(column)} IS {_text(comment)};"
            for column, comment in relation.columns.items()
        ]
    return "\n".join(lines) + "\n"


def header(path: Path) -> tuple[list[str], str]:
    """The leading `-- ` comment lines of an .sql file, and the statement beneath them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    size = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    comments = [line.removeprefix("--").strip() for line in lines[:size]]
    return comments, "\n".join(lines[size:]).strip().rstrip(";")


def data_dictionary() -> str:
    """The bilingual data dictionary, in Markdown."""
    parts = [
        "# Dictionnaire des données / Data dictionary",
        "Rendu depuis `pipeline/models/` et `pipeline/sql/` ; ne pas modifier.  \n"
        "Rendered from `pipeline/models/` and `pipeline/sql/`; do not edit.",
        "Un inconnu est `NULL`, jamais 0 ni ''. Les montants sont en euros. / "
        "An unknown is `NULL`, never 0 or ''. Amounts are euros.",
        "## Tables",
    ]
    for model in TABLES:
        rows = [
            (name, _type(field.annotation), _key(model, name), *languages(described(field)))
            for name, field in model.model_fields.items()
        ]
        parts += [f"### `{table_name(model)}`", title(model.__doc__ or ""), _grid(rows)]
    heads = {"TABLE": "## Tables dérivées / Derived tables", "VIEW": "## Vues / Views"}
    for kind, head in heads.items():
        parts.append(head)
        for relation in sorted(relations(), key=lambda r: r.name):
            if relation.kind == kind:
                lines = [(n, *languages(comment)) for n, comment in relation.columns.items()]
                parts += [f"### `{relation.name}`", relation.comment, _grid(lines)]
    return "\n\n".join(parts) + "\n"


def render() -> None:
    """Write the two rendered files."""
    write_text(schema_sql(), SCHEMA_FILE)
    write_text(data_dictionary(), DICTIONARY_FILE)


def _create_table(model: type[Record], comments: bool) -> str:
    name = table_name(model)
    lines = [
        f"{_name(column)} {_type(field.annotation)}"
        f"{'' if optional(field.annotation) else ' NOT NULL'}{_check(column, field.annotation)}"
        for column, field in model.model_fields.items()
    ]
    if model.primary_key:
        lines.append(f"PRIMARY KEY ({', '.join(_name(c) for c in model.primary_key)})")
    lines += [
        f"FOREIGN KEY ({_name(column)}) REFERENCES {table} ({_name(_single_key(table))})"
        for column, table in model.foreign_keys.items()
    ]
    body = ",\n    ".join(lines)
    said = [f"COMMENT ON TABLE {name} IS {_text(title(model.__doc__ or ''))};"] + [
        f"COMMENT ON COLUMN {name}.{_name(column)} IS {_text(described(field))};"
        for column, field in model.model_fields.items()
    ]
    return f"CREATE TABLE {name} (\n    {body}\n);\n" + "\n".join(said if comments else [])


def _relation(path: Path) -> Relation:
    comments, select = header(path)
    columns = {m[1]: m[2] for line in comments[2:] if (m := HEADER_COLUMN.fullmatch(line))}
    kind: Literal["VIEW", "TABLE"] = "VIEW" if path.parent.name == "views" else "TABLE"
    return Relation(path.stem, kind, " / ".join(comments[:2]), columns, select)


def _single_key(table: str) -> str:
    model = next(m for m in TABLES if table_name(m) == table)
    (key,) = model.primary_key
    return key


def literal(annotation: Any) -> tuple[str, ...]:
    """The values that a Literal annotation allows, optional or not; () for any other."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) in (Annotated, Union, UnionType):
        return next((found for a in get_args(annotation) if (found := literal(a))), ())
    return ()


def described(field: FieldInfo) -> str:
    """What a field is, "French / English", with the words that it may hold where these are a closed
    list: 'Nature (call | convention) / Kind (call | convention)'."""
    words = " | ".join(literal(field.annotation))
    said = [f"{text} ({words})" if words else text for text in languages(field.description or "")]
    return " / ".join(said)


def optional(annotation: Any) -> bool:
    """Whether a field may be unknown."""
    return type(None) in get_args(annotation)


def _type(annotation: Any) -> str:
    return DUCKDB_TYPES[plain_type(annotation)]


def _check(column: str, annotation: Any) -> str:
    values = ", ".join(_text(value) for value in literal(annotation))
    return f" CHECK ({_name(column)} IN ({values}))" if values else ""


def _key(model: type[Record], column: str) -> str:
    target = model.foreign_keys.get(column)
    marks = ["PK"] if column in model.primary_key else []
    return ", ".join([*marks, *([f"→ {target}"] if target else [])])


def _name(column: str) -> str:
    return f'"{column}"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def title(docstring: str) -> str:
    """First paragraph of a model's docstring, on one line: "French / English"."""
    return " ".join(docstring.split("\n\n")[0].split()).rstrip(".")


def _grid(rows: Sequence[tuple[str, ...]]) -> str:
    heads = ["colonne / column", "type", "clé / key", "français", "English"]
    if rows and len(rows[0]) == 3:
        heads = [heads[0], *heads[3:]]
    lines = [heads, ["---"] * len(heads)]
    lines += [[f"`{row[0]}`", *(cell.replace("|", "\\|") for cell in row[1:])] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    render()
