"""The database for others: data package, official grants file, workbook, CSV for spreadsheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.data_package import write_data_package
from pipeline.names import slug
from pipeline.query import named_rows, open_database
from pipeline.rendering import csv_of, safe_cell
from pipeline.scdl import FIELDS, Grant, grants
from pipeline.sheets import follow_up, named_apart, sheets_of
from pipeline.store import exchanged_folder, write_bytes, write_text
from pipeline.workbook import french_csv, write_workbook


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Files written, relative to the folder, and the grants left out of the official file."""

    files: tuple[str, ...]
    grants: int
    left_out: dict[str, dict[str, str]]


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
        files = write_data_package(connection, out_dir)
        found = grants(connection, reference_dir)
        files += _scdl(found, out_dir)
        sheets = sheets_of(connection)
        sheets[1:1] = follow_up(named_rows(connection, "follow_up"))
    sheets = named_apart(sheets)
    write_workbook(sheets, out_dir / "filiation.xlsx")
    files.append("filiation.xlsx")
    for sheet in sheets:
        name = f"excel/{slug(sheet.name)}.csv"
        write_bytes(french_csv(sheet), out_dir / name)
        files.append(name)
    left_out = {grant.document_id: grant.missing for grant in found if grant.missing}
    return ExportReport(tuple(files), len(found) - len(left_out), left_out)


def _scdl(found: Sequence[Grant], out_dir: Path) -> list[str]:
    """Write the official file and that of the grants left out of it; their names."""
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
        content = csv_of((map(safe_cell, line) for line in lines), lineterminator="\r\n")
        write_text(content, out_dir / name)
    return list(files)
