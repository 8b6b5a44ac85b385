"""The database for others: data package, official grants file, workbook, CSV for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from pipeline.names import slug
from pipeline.query import Result, open_database, run_query
from pipeline.rendering import plain, safe_cell
from pipeline.scdl import FIELDS, grants
from pipeline.schema import (
    HEADER_COLUMN,
    SQL,
    header,
    literal,
    optional,
    relations,
    title,
)
from pipeline.store import atomic, exchanged_folder, plain_type, table_name, write_text
from pipeline.wording import WORDS, words

EUROS_FORMAT = '#,##0.00\\ "€"'  # in the file's own notation; French Excel shows # ##0,00 €
DATE_FORMAT = "dd/mm/yyyy"
SHEET_NAME = 31  # characters that a spreadsheet allows
WIDEST = 60  # characters of a column
FOLLOWED = {
    "requested": "demandé",
    "planned": "prévu",
    "ami": "crédits AMI",
    "spent": "dépensé",
    "carry_over": "reliquat",
    "cofunders": "cofinanceurs",
    "cofinancing": "cofinancements",
    "status": "statut",
    "event": "devenir",
}
MONEY = {"requested", "planned", "ami", "spent", "carry_over", "cofinancing"}
FIELD_TYPES: dict[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
    Decimal: "number",
}


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Files written, relative to the folder, and the grants left out of the official file."""

    files: tuple[str, ...]
    grants: int
    left_out: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for people: French headings, values in words, figures as figures; `heads` lines stand
    above the rows (one, or a line of groups over it), `totals` beneath the title line."""

    name: str
    heads: list[list[str]]
    rows: list[list[Any]]
    money: set[int]
    totals: list[Any] | None = None


def export(database: Path, out_dir: Path, reference_dir: Path | None = None) -> ExportReport:
    """Write `database` to `out_dir` as a data package (Parquet and CSV), an SCDL grants file, an
    Excel workbook and CSV files for spreadsheets.

    All files are replaced at once, and others that stand there are kept. Raises FiliationError when
    there is no database or `out_dir` cannot be replaced, OSError when it cannot be written.
    """
    with exchanged_folder(out_dir) as draft:
        return _export(database, draft, reference_dir)


def _export(database: Path, out_dir: Path, reference_dir: Path | None) -> ExportReport:
    with open_database(database) as connection:
        files = _data_package(connection, out_dir)
        found = grants(connection, reference_dir)
        files += _scdl(found, out_dir)
        sheets = _sheets(connection)
    sheets[1:1] = follow_up(run_query(database, "follow_up"))
    sheets = _named_apart(sheets)
    _workbook(sheets, out_dir / "filiation.xlsx")
    files.append("filiation.xlsx")
    for sheet in sheets:
        name = f"excel/{slug(sheet.name)}.csv"
        write_bytes(_french_csv(sheet), out_dir / name)
        files.append(name)
    left_out = {grant.document_id: grant.missing for grant in found if grant.missing}
    return ExportReport(tuple(files), len(found) - len(left_out), left_out)


def write_bytes(content: bytes, path: Path) -> None:
    """Write a file atomically."""
    with atomic(path) as temporary:
        temporary.write_bytes(content)


# --- data package ---------------------------------------------------------------------------


def _data_package(connection: duckdb.DuckDBPyConnection, out_dir: Path) -> list[str]:
    descriptors = [(table_name(m), _table_schema(m), title(m.__doc__ or "")) for m in TABLES]
    for relation in sorted(relations(), key=lambda r: r.name):
        described = connection.execute(f"DESCRIBE {relation.name}").fetchall()
        types = {row[0]: str(row[1]) for row in described}
        schema = {
            "fields": [
                _field(n, _relation_type(t), relation.columns.get(n, "")) for n, t in types.items()
            ]
        }
        descriptors.append((relation.name, schema, relation.comment))
    resources, files = [], []
    for name, schema, comment in descriptors:
        table = connection.sql(f"FROM {name} ORDER BY ALL").to_arrow_table()
        with atomic(out_dir / f"parquet/{name}.parquet") as path:
            pq.write_table(table, path)
        write_bytes(_plain_csv(table).encode(), out_dir / f"csv/{name}.csv")
        french, english = languages(comment)
        common = {"title": french, "description": english, "schema": schema}
        for kind, mediatype in (("csv", "text/csv"), ("parquet", "application/vnd.apache.parquet")):
            file = f"{kind}/{name}.{kind}"
            files.append(file)
            resources.append(
                {
                    "name": name if kind == "csv" else f"{name}-parquet",
                    "type": "table",
                    "path": file,
                    "format": kind,
                    "mediatype": mediatype,
                    **({"encoding": "utf-8"} if kind == "csv" else {}),
                    **common,
                }
            )
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
    return ["datapackage.json", *files]


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
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    columns = [column.to_pylist() for column in table.columns]
    for row in zip(*columns, strict=True):
        writer.writerow([_plain(value) for value in row])
    return out.getvalue()


def _plain(value: Any) -> str:
    pairs = isinstance(value, list) and value and isinstance(value[0], tuple)  # a map in Parquet
    text = plain(dict(value) if pairs else value)
    return safe_cell(text) if isinstance(value, str) else text


# --- official grants file -------------------------------------------------------------------


def _scdl(found: Sequence[Any], out_dir: Path) -> list[str]:
    complete = [[grant.values[f] for f in FIELDS] for grant in found if not grant.missing]
    left_out = [
        [grant.document_id, field, reason]
        for grant in found
        for field, reason in grant.missing.items()
    ]
    files = {
        "scdl/subventions.csv": [list(FIELDS), *complete],
        "scdl/subventions-laissees-de-cote.csv": [["document", "champ", "raison"], *left_out],
    }
    for name, lines in files.items():
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(map(safe_cell, line) for line in lines)
        write_bytes(out.getvalue().encode(), out_dir / name)
    return list(files)


# --- workbook and CSV for spreadsheets --------------------------------------------------------


def _sheets(connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
    """One sheet for each file of `pipeline/sql/sheets/`, in the order of their names."""
    sheets = []
    for path in sorted((SQL / "sheets").glob("*.sql")):
        comments, select = header(path)
        headings = {m[1]: languages(m[2])[0] for c in comments if (m := HEADER_COLUMN.fullmatch(c))}
        cursor = connection.execute(select)
        columns = [column[0] for column in cursor.description or []]
        rows = [
            [_worded(column, value) for column, value in zip(columns, row, strict=True)]
            for row in cursor.fetchall()
        ]
        money = {
            i for i, column in enumerate(cursor.description or []) if "DECIMAL" in str(column[1])
        }
        sheets.append(Sheet(comments[0], [[headings[c] for c in columns]], rows, money))
    return sheets


def _worded(column: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return words(column, value)[0] if column in WORDS and value is not None else value


def follow_up(result: Result) -> list[Sheet]:
    """The *tableau de suivi* of each territory: a row an action, a group of columns an exercise."""
    territories: dict[str, list[dict[str, Any]]] = {}
    for values in result.rows:
        row = dict(zip(result.columns, values, strict=True))
        territories.setdefault(row["territory_id"], []).append(row)
    return [_follow_up_of(rows) for rows in territories.values()]


def _follow_up_of(rows: Sequence[Mapping[str, Any]]) -> Sheet:
    """The sheet of one territory; `rows` are its actions, each in one exercise."""
    columns = [
        (exercise, column)
        for exercise in sorted({row["exercise"] for row in rows}, key=lambda e: (e[:4], e))
        for column in FOLLOWED
        if any(row[column] is not None for row in rows if row["exercise"] == exercise)
    ]
    lineages: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        lineages.setdefault(row["lineage_id"], {})[row["exercise"]] = row
    body = []
    for years in lineages.values():
        *_, last = years.values()
        pilots = next((year["pilots"] for year in reversed(years.values()) if year["pilots"]), None)
        cells = [_worded(c, years[e][c]) if e in years else None for e, c in columns]
        body.append([last["label"], pilots, *cells])
    money = {i for i, (_, column) in enumerate(columns, 2) if column in MONEY}
    sums = [
        _total(row[i] for row in body) if i in money else None for i in range(2, len(columns) + 2)
    ]
    heads = [
        ["", "", *(exercise for exercise, _ in columns)],
        ["Action", "Pilote", *(f"{FOLLOWED[column]} {exercise}" for exercise, column in columns)],
    ]
    name = f"Suivi {rows[0]['territory'] or 'sans territoire'}"
    return Sheet(name, heads, body, money, ["Total de toutes les lignes", None, *sums])


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _workbook(sheets: Sequence[Sheet], path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet)
    with atomic(path) as temporary, temporary.open("wb") as file:
        book.save(file)


def _write_sheet(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    above = [*([sheet.totals] if sheet.totals else []), *sheet.heads]
    for y, line in enumerate([*above, *sheet.rows], start=1):
        for x, value in enumerate(line, start=1):
            _write_cell(page.cell(y, x), value, x - 1 in sheet.money and y not in _head_rows(sheet))
    bottom = len(above)
    for row in page.iter_rows(min_row=1, max_row=bottom):
        for cell in row:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    if sheet.totals:  # people read it as a table: whole labels
        for row in page.iter_rows(min_row=bottom + 1):
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in page[bottom]:
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
    for x in range(1, len(sheet.heads[-1]) + 1):
        lengths = [len(str(line[x - 1])) for line in sheet.rows if line[x - 1] is not None]
        longest = max([12, *lengths])
        page.column_dimensions[get_column_letter(x)].width = min(longest + 2, WIDEST)
    page.freeze_panes = page.cell(bottom + 1, 3 if sheet.totals else 1)
    last = get_column_letter(len(sheet.heads[-1]))
    page.auto_filter.ref = f"A{bottom}:{last}{max(bottom + len(sheet.rows), bottom)}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"1:{bottom}"


def _head_rows(sheet: Sheet) -> range:
    first = 2 if sheet.totals else 1
    return range(first, first + len(sheet.heads))


def _write_cell(cell: Any, value: Any, money: bool) -> None:
    """A figure as a figure, a date as a date, a text as text and never as a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None or value == "":
        return
    if isinstance(value, (int, float, Decimal)):
        cell.value = value
        if money:
            cell.number_format = EUROS_FORMAT
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = DATE_FORMAT
    else:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:32767]
        cell.data_type = "s"
        cell.quotePrefix = True


def _named_apart(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Names that a spreadsheet allows: 31 characters, none of []:*?/\\', each with its own slug."""
    taken: set[str] = set()
    named = []
    for sheet in sheets:
        clean = "".join("-" if c in "[]:*?/\\'" else c for c in sheet.name)
        name, number = clean[:SHEET_NAME], 2
        while slug(name) in taken:
            suffix = f" {number}"
            name, number = clean[: SHEET_NAME - len(suffix)] + suffix, number + 1
        taken.add(slug(name))
        named.append(replace(sheet, name=name))
    return named


def _french_csv(sheet: Sheet) -> bytes:
    """Semicolons, decimal commas and a byte order mark: opens in French Excel by a double click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_cell(text) for text in sheet.heads[-1]])
    writer.writerows([_french(value) for value in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _french(value: Any) -> str:
    if isinstance(value, (Decimal, float)):
        return str(value).replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else safe_cell(str(value))
