"""The database as tables for people: French headings, values in words, figures as figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import duckdb

from pipeline.language import languages
from pipeline.names import slug
from pipeline.schema import HEADER_COLUMN, SQL, header
from pipeline.wording import WORDS, words

SHEET_NAME = 31  # characters that a spreadsheet allows
MONEY = {"requested", "planned", "ami", "spent", "carry_over", "cofinancing"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the workbook; `heads` lines stand above the rows (one, or a line of groups over
    it), `totals` beneath the title line."""

    name: str
    heads: list[list[str]]
    rows: list[list[Any]]
    money: set[int]
    totals: list[Any] | None = None


def sheets_of(connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
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


def follow_up(actions: Iterable[dict[str, Any]]) -> list[Sheet]:
    """The *tableau de suivi* of each territory: a row an action, a group of columns an exercise."""
    territories: dict[str, list[dict[str, Any]]] = {}
    for row in actions:
        territories.setdefault(row["territory_id"], []).append(row)
    return [_follow_up_of(rows) for rows in territories.values()]


def _follow_up_of(rows: Sequence[Mapping[str, Any]]) -> Sheet:
    """The sheet of one territory; `rows` are its actions, each in one exercise."""
    columns = [
        (exercise, column)
        for exercise in sorted({row["exercise"] for row in rows}, key=lambda e: (e[:4], e))
        for column in WORDS["followed"]
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
    territory = rows[0]["territory"] or "sans territoire"
    heads = [
        [territory, "", *(exercise for exercise, _ in columns)],
        ["Action", "Pilote", *(f"{words('followed', c)[0]} {exercise}" for exercise, c in columns)],
    ]
    return Sheet(
        f"Suivi {territory}", heads, body, money, ["Total de toutes les lignes", None, *sums]
    )


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def named_apart(sheets: Iterable[Sheet]) -> list[Sheet]:
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
