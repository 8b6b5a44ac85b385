"""Sheets as a workbook, and each as CSV that French spreadsheets open by a double click."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.rendering import csv_of, safe_cell
from pipeline.sheets import Sheet
from pipeline.store import atomic

EUROS_FORMAT = '#,##0.00\\ "€"'  # in the file's own notation; French Excel shows # ##0,00 €
DATE_FORMAT = "dd/mm/yyyy"
WIDEST = 60  # characters of a column


def write_workbook(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the `sheets` to an .xlsx, atomically."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet)
    with atomic(path) as temporary, temporary.open("wb") as file:
        book.save(file)


def french_csv(sheet: Sheet) -> bytes:
    """Semicolons, decimal commas and a byte order mark: opens in French Excel by a double click."""
    lines = [map(safe_cell, sheet.heads[-1]), *(map(_french, row) for row in sheet.rows)]
    return csv_of(lines, delimiter=";", lineterminator="\r\n").encode("utf-8-sig")


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


def _french(value: Any) -> str:
    if isinstance(value, (Decimal, float)):
        return str(value).replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else safe_cell(str(value))
