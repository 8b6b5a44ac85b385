"""Tables and parts as the readers get them, written row by row."""

from collections.abc import Sequence

from documents import FUNDERS, REFERENCE, VOCABULARY, columns_of, row
from documents import table as typed

from normalizers.actions.parts import Part, load_table_kinds
from pipeline.extracted import ExtractedTable

KINDS = load_table_kinds(REFERENCE / "table_kinds.csv")


def table(columns: Sequence[str], *rows: Sequence[str]) -> ExtractedTable:
    """A table of body rows; a row with a cell that begins with 'TOTAL' is a totals row."""
    return typed(
        list(columns),
        *(
            row("total", *texts) if any(t.startswith("TOTAL") for t in texts) else list(texts)
            for texts in rows
        ),
    )


def part(
    of: ExtractedTable,
    heading: str = "",
    exercise: str | None = "2034-2035",
    past: Sequence[str] = (),
) -> Part:
    columns = columns_of(of)
    return Part(of, columns, heading, exercise, past, VOCABULARY, KINDS, FUNDERS)
