"""Tables and parts as the readers get them, written row by row."""

from collections.abc import Sequence
from pathlib import Path

from normalizers.annexes import Vocabulary, explain_columns, load_annexes
from normalizers.headings import load_headings
from normalizers.organisations import Directory, Place, load_organisations
from normalizers.parts import Part, load_table_kinds
from normalizers.statuses import load_statuses
from pipeline.models import ExtractedCell, ExtractedRow, ExtractedTable
from pipeline.models import Place as Box

REFERENCE = Path(__file__).parents[2] / "data/reference"
VOCABULARY = Vocabulary(
    load_headings(REFERENCE / "headings.csv"),
    load_statuses(REFERENCE / "statuses.csv"),
    load_annexes(REFERENCE / "annexes.csv"),
)
KINDS = load_table_kinds(REFERENCE / "table_kinds.csv")


def table(columns: Sequence[str], *rows: Sequence[str], title: str = "", page: int = 4):
    """A table of body rows; a row that begins with 'TOTAL' is a totals row."""
    box = Box(page=page, x0=0, top=100, x1=10, bottom=110)
    return ExtractedTable(
        position=1,
        annex=None,
        title=title,
        columns=list(columns),
        rows=[
            ExtractedRow(
                kind="total" if any(t.startswith("TOTAL") for t in row) else "body",
                cells=[
                    ExtractedCell(column=k, text=text, bold=False, place=box)
                    for k, text in enumerate(row, 1)
                    if text
                ],
            )
            for row in rows
        ],
        page_first=page,
        page_last=page,
        extractor="test",
    )


def part(
    of: ExtractedTable,
    heading: str = "",
    exercise: str | None = "2034-2035",
    past: Sequence[str] = (),
) -> Part:
    directory = Directory(load_organisations(REFERENCE), Place("", ""), [])
    columns = explain_columns(of, VOCABULARY, directory)
    return Part(of, columns, heading, exercise, past, VOCABULARY, KINDS, directory.name)
