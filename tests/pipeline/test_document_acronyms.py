"""Sigles that documents define."""

from pipeline.document_acronyms import document_acronyms
from pipeline.models import AnnexTable, Cell, Document
from tests.pipeline.world import act_record


def act(year: str) -> Document:
    return act_record(f"acte-{year}", territory_id="200000001", exercise=year)


def sigles_cell(row: int, column: int, text: str) -> Cell:
    box = {"page": 1, "x0": 0, "top": 0, "x1": 1, "bottom": 1}
    place = {"table_id": "acte-2024-1", "row_index": row, "column_index": column}
    return Cell.model_validate(place | box | {"text": text, "bold": False, "row_kind": "body"})


def test_a_table_of_sigles_is_read_for_its_document_and_later_ones() -> None:
    table = AnnexTable.model_validate(
        {"table_id": "acte-2024-1", "document_id": "acte-2024", "page_first": 1, "page_last": 1}
        | {"row_count": 1, "column_count": 2, "extractor": "x"}
        | {"characters": 1, "characters_in_cells": 1}
    )
    cells = [sigles_cell(1, 1, "GLS"), sigles_cell(1, 2, "gestion locative sociale")]
    found = document_acronyms([act("2025"), act("2023"), act("2024")], [], [table], cells)
    meaning = ("gestion", "locative", "sociale")
    assert [found[f"acte-{year}"].get("gls") for year in (2023, 2024, 2025)] == [
        None,
        meaning,
        meaning,
    ]
