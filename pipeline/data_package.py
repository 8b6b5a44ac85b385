"""The database as a data package: Parquet and CSV files, and a description of their columns."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import pipeline
from pipeline.language import languages
from pipeline.models import TABLES, Record
from pipeline.rendering import csv_of, plain, safe_cell
from pipeline.schema import literal, optional, relations, title
from pipeline.store import atomic, plain_type, table_name, write_text

FIELD_TYPES: dict[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
    Decimal: "number",
}


def write_data_package(connection: duckdb.DuckDBPyConnection, out_dir: Path) -> list[str]:
    """Write every table, derived table and view to `out_dir`, with what they hold in
    `datapackage.json`; the names of the files."""
    resources: list[dict[str, Any]] = []
    for name, comment, schema in _described(connection):
        table = connection.sql(f"FROM {name} ORDER BY ALL").to_arrow_table()
        with atomic(out_dir / f"parquet/{name}.parquet") as path:
            pq.write_table(table, path)
        write_text(_plain_csv(table), out_dir / f"csv/{name}.csv")
        resources += _resources(name, comment, schema)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "filiation",
        "title": "Filiation : les conventions « Logement d'abord » en base",
        "description": "Un inconnu est vide, jamais 0. Dans les CSV, un texte qu'un tableur "
        "exécuterait est précédé d'une apostrophe ; les fichiers Parquet ont le texte exact. / "
        "An unknown is empty, never 0. In the CSV files an apostrophe stands before a text that a "
        "spreadsheet would run; the Parquet files hold the exact text.",
        "version": pipeline.__version__,
        "resources": resources,
    }
    write_text(
        json.dumps(package, ensure_ascii=False, indent=1) + "\n", out_dir / "datapackage.json"
    )
    return ["datapackage.json", *(resource["path"] for resource in resources)]


def _described(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, comment and Table Schema of all that the package holds."""
    for model in TABLES:
        yield table_name(model), title(model.__doc__ or ""), _table_schema(model)
    for relation in sorted(relations(), key=lambda r: r.name):
        described = connection.execute(f"DESCRIBE {relation.name}").fetchall()
        fields = [
            _field(name, _relation_type(str(kind)), relation.columns.get(name, ""))
            for name, kind, *_ in described
        ]
        yield relation.name, relation.comment, {"fields": fields}


def _resources(name: str, comment: str, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the package says of the CSV and the Parquet file of one table."""
    french, english = languages(comment)
    for kind, mediatype in (("csv", "text/csv"), ("parquet", "application/vnd.apache.parquet")):
        yield {
            "name": name if kind == "csv" else f"{name}-parquet",
            "type": "table",
            "path": f"{kind}/{name}.{kind}",
            "format": kind,
            "mediatype": mediatype,
            **({"encoding": "utf-8"} if kind == "csv" else {}),
            "title": french,
            "description": english,
            "schema": schema,
        }


def _table_schema(model: type[Record]) -> dict[str, Any]:
    """Table Schema of a model: types, allowed values and keys."""
    fields = []
    for name, info in model.model_fields.items():
        constraints: dict[str, Any] = {} if optional(info.annotation) else {"required": True}
        if allowed := literal(info.annotation):
            constraints["enum"] = list(allowed)
        kind = FIELD_TYPES[plain_type(info.annotation)]
        fields.append(_field(name, kind, info.description or "", constraints))
    schema: dict[str, Any] = {"fields": fields}
    if model.primary_key:
        schema["primaryKey"] = list(model.primary_key)
    if model.foreign_keys:
        keys = {table_name(m): m.primary_key for m in TABLES}
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": table, "fields": list(keys[table])}}
            for column, table in model.foreign_keys.items()
        ]
    return schema


def _field(
    name: str, kind: str, comment: str, constraints: dict[str, Any] | None = None
) -> dict[str, Any]:
    french, english = languages(comment)
    field: dict[str, Any] = {"name": name, "type": kind, "title": french, "description": english}
    return field | ({"constraints": constraints} if constraints else {})


def _relation_type(declared: str) -> str:
    """Table Schema type of a DuckDB type, e.g. 'DECIMAL(38,2)' -> 'number'."""
    if declared.endswith("[]"):
        return "array"
    head = declared.partition("(")[0]
    if head in ("MAP", "STRUCT"):
        return "object"
    if head in ("INTEGER", "BIGINT", "HUGEINT", "UBIGINT"):
        return "integer"
    return {"BOOLEAN": "boolean", "DATE": "date", "VARCHAR": "string"}.get(head, "number")


def _plain_csv(table: pa.Table) -> str:
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return csv_of([table.column_names, *(map(_plain, row) for row in rows)])


def _plain(value: Any) -> str:
    pairs = isinstance(value, list) and value and isinstance(value[0], tuple)  # a map in Parquet
    text = plain(dict(value) if pairs else value)
    return safe_cell(text) if isinstance(value, str) else text
