"""One table of a document → its records: columns, cells, doubts."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from normalizers.actions.action_rows import NumberedRow, numbered
from normalizers.actions.headings import Column
from normalizers.actions.likeness import MONEY
from pipeline.extracted import ExtractedCell, ExtractedTable
from pipeline.models import AnnexColumn, AnnexTable, Cell
from pipeline.records import Records

SURE = 0.7  # least confidence of OCR in a heading that tells what sums are


def table_id_of(document_id: str, table: ExtractedTable) -> str:
    return f"{document_id}:t{table.position}"


def add_table(
    document_id: str, table: ExtractedTable, columns: Sequence[Column], records: Records
) -> None:
    """Add a table with its columns and cells; the sums that two readers print differently, and
    those under a heading that OCR hardly read, are told."""
    table_id = table_id_of(document_id, table)
    lines = list(numbered(table))
    records.add(
        AnnexTable(
            table_id=table_id,
            document_id=document_id,
            annex=table.annex,
            title=table.title or None,
            page_first=table.page_first,
            page_last=table.page_last,
            row_count=len(lines),
            column_count=len(table.columns),
            extractor=table.extractor,
            agreement=table.agreement,
            characters=table.characters,
            characters_in_cells=table.characters_in_cells,
        )
    )
    for index, (heading, column) in enumerate(zip(table.columns, columns, strict=True), 1):
        records.add(
            AnnexColumn(
                table_id=table_id,
                column_index=index,
                header=heading or None,
                field=column.field,
                exercise=column.exercise,
                similarity=column.similarity,
                unit=column.unit if column.field in (*MONEY, None) else 1,
                adds_up="+".join(map(str, column.adds)) or None,
            )
        )
    _disagreements(table, columns, records)
    _doubted_headings(table, columns, records)
    for line in [*lines, *_headless(table, len(lines))]:
        for cell in line.row.cells:
            records.add(_cell(table_id, line, cell, table.columns))


def _cell(table_id: str, line: NumberedRow, cell: ExtractedCell, headings: Sequence[str]) -> Cell:
    in_head = 0 < cell.column <= len(headings)
    return Cell(
        table_id=table_id,
        row_index=line.index,
        column_index=cell.column,
        header=headings[cell.column - 1] or None if in_head else None,
        text=cell.text or None,
        bold=cell.bold,
        row_kind=line.row.kind,
        section=line.section,
        confidence=cell.confidence,
        note=cell.note,
        **cell.place.model_dump(),
    )


def _headless(table: ExtractedTable, counted: int) -> Iterator[NumberedRow]:
    """The last rows across `table`, which head none, numbered behind the `counted` others."""
    behind = list(takewhile(lambda row: row.kind == "section", reversed(table.rows)))
    for index, row in enumerate(reversed(behind), counted + 1):
        yield NumberedRow(index, row, None)


def _disagreements(table: ExtractedTable, columns: Sequence[Column], records: Records) -> None:
    """A finding a sum that two readers of the PDF print differently."""
    places = {d.place for d in table.disagreements}
    for cell in (c for row in table.rows for c in row.cells if c.place in places):
        column = columns[cell.column - 1]
        if column.field in MONEY:
            records.find(
                "figure_doubtful",
                "warning",
                f"Annexe {table.annex or '?'}, colonne « {table.columns[cell.column - 1]} » :"
                f" les lecteurs du PDF ne s'accordent pas sur « {cell.text} ».",
                page=cell.place.page,
                observed=cell.text,
            )


def _doubted_headings(table: ExtractedTable, columns: Sequence[Column], records: Records) -> None:
    """A finding a heading over sums that OCR read with doubt: it may tell another year or payer, or
    what was spent as granted."""
    for cell in (cell for row in table.head for cell in row):
        over = columns[cell.column - 1 : cell.column - 1 + cell.spans_columns]
        if cell.confidence is None or cell.confidence >= SURE:
            continue
        if any(column.field in MONEY for column in over):
            records.find(
                "heading_doubtful",
                "warning",
                f"Annexe {table.annex or '?'} : l'intitulé de colonne « {cell.text} » est lu avec"
                f" une confiance de {round(cell.confidence * 100)} % seulement ; l'année, le"
                " financeur ou la nature des sommes qu'il coiffe sont à vérifier.",
                page=cell.place.page,
                observed=cell.text,
            )
