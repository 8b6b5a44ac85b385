"""An answer as text: a table for people, CSV, JSON or Markdown for the rest."""

import csv
import io
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, Literal

from pipeline.language import said
from pipeline.query import Answer, Row

Format = Literal["table", "csv", "json", "markdown"]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
SHOWN = 500  # rows of a table for reading: a whole country's are for a file
LEGIBLE = 12  # characters a column of a table needs, or its rows are shown one value a line
BORDER = len("│  ")  # of a column
UNCUT = (int, float, Decimal, type(None))  # a figure over two lines would be read as two


def render(result: Answer, format: Format = "table") -> Iterator[str]:
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


def csv_of(lines: Iterable[Iterable[str]], delimiter: str = ",", lineterminator: str = "\n") -> str:
    """`lines` as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=lineterminator).writerows(lines)
    return out.getvalue()


def plain(value: Any) -> str:
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
    if not shown:
        yield said("Aucune ligne.\n", "No rows.\n")
        return
    cells = [[plain(value) for value in row] for row in shown]
    output = io.StringIO()
    console = Console(file=output, width=max(80, Console().width))
    table = Table()
    room = whole_width = 1
    for position, column in enumerate(columns):
        whole = all(isinstance(row[position], UNCUT) for row in shown)
        longest = max(len(text) for text in (column, *(line[position] for line in cells)))
        least = longest if whole else min(longest, LEGIBLE)
        room += least + BORDER
        whole_width += longest + BORDER
        justify: Literal["right", "left"] = "right" if whole else "left"
        table.add_column(column, justify=justify, min_width=least, overflow="fold")
    table.show_lines = whole_width > console.width or any("\n" in t for c in cells for t in c)
    if room <= console.width:
        for line in cells:
            table.add_row(*map(Text, line))
        console.print(table)
        yield output.getvalue()
    else:
        yield from _records(columns, cells)
    if next(remaining, None) is not None:
        yield said(
            f"Les {SHOWN} premières lignes ; il y en a d'autres. --format csv les donne toutes,"
            " -p restreint la question.\n",
            f"The first {SHOWN} rows; there are more. --format csv gives them all,"
            " -p narrows the question.\n",
        )


def _records(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows too wide for the screen, one value a line."""
    margin = max(map(len, columns))
    indent = " " * (margin + 2)
    for number, line in enumerate(cells, 1):
        yield f"── {number} ".ljust(margin + 3, "─") + "\n"
        for column, text in zip(columns, line, strict=True):
            yield textwrap.indent(f"{column:>{margin}}  {text}", indent)[len(indent) :] + "\n"


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield csv_of([map(safe_cell, columns)])
    for row in rows:
        yield csv_of([[safe_cell(plain(value)) for value in row]])


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
        yield line(map(plain, row))
