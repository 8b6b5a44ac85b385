"""Every logical table of any PDF, convention or not."""

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from pipeline.errors import FiliationError
from pipeline.extract import extract_files
from pipeline.extracted import ExtractedDocument, ExtractedTable
from pipeline.rendering import csv_of, safe_cell
from pipeline.worker import Limits

Format = Literal["json", "csv", "xlsx"]


def read_tables(file: Path, limits: Limits | None = None) -> list[ExtractedTable]:
    """The tables of the PDF at `file`, in reading order; nothing is kept on disk.

    Raises FiliationError when the file cannot be read.
    """
    return [table for act in read_file(file, limits) for table in act.tables]


def read_file(file: Path, limits: Limits | None = None) -> list[ExtractedDocument]:
    """All that the PDF at `file` says, act by act; nothing is kept on disk.

    Raises FiliationError when the file cannot be read.
    """
    with TemporaryDirectory(prefix="filiation-") as folder:
        report = extract_files({file.name: file}, Path(folder), limits=limits, keep_contacts=True)
        for entry in report.unreadable:
            raise FiliationError(
                f"{file} : {entry.reason} {entry.advice}", f"{file}: {entry.english}"
            )
        (document_id,) = report.documents
        result = Path(folder, f"{document_id}.json").read_bytes()
    first = ExtractedDocument.model_validate_json(result)
    return [first, *first.behind]


def render(tables: list[ExtractedTable], format: Format) -> bytes:
    """`tables` as a file: JSON with pages, boxes and confidence, CSV tables with a blank line
    between them, or a workbook with a sheet a table. No cell can become a formula."""
    if format == "json":
        content = [table.model_dump(mode="json") for table in tables]
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    if format == "csv":
        return "\n".join(csv_of(map(safe_cell, line) for line in grid(t)) for t in tables).encode()
    return _workbook(tables)


def grid(table: ExtractedTable) -> list[list[str]]:
    """Head and rows of a table, every row with a text for each column; a merged cell is in the
    first column that it covers."""
    lines = [list(table.columns)]
    for row in table.rows:
        line = [""] * len(table.columns)
        for cell in row.cells:
            line[cell.column - 1] = cell.text
        lines.append(line)
    return lines


def _workbook(tables: list[ExtractedTable]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables, start=1):
        sheet = book.create_sheet(f"Tableau {number}, p. {table.page_first}")
        for y, line in enumerate(grid(table), start=1):
            for x, text in enumerate(line, start=1):
                sheet.cell(y, x, ILLEGAL_CHARACTERS_RE.sub("", text)).data_type = "s"
        sheet.freeze_panes = "A2"
    if not tables:
        book.create_sheet("Aucun tableau")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
