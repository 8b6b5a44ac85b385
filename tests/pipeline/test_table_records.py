"""The records of one table."""

import pytest
from documents import columns_of, row, table

from pipeline.models import Cell, Finding
from pipeline.records import Records
from pipeline.table_records import add_table


def test_a_text_across_below_the_last_row_stays() -> None:
    annex = table(
        ["Action", "Pilote", "AMI 2031"],
        row("section", "Axe 1"),
        ["Maraude", "CCAS", "9 000 €"],
        row("section", "Une maraude par semaine dans toutes les communes."),
    )
    records = Records()
    add_table("acte", annex, columns_of(annex), records)
    cells = [(c.row_index, c.row_kind, c.section, c.text) for c in records.of(Cell)]
    assert cells[0] == (1, "body", "Axe 1", "Maraude")
    across = "Une maraude par semaine dans toutes les communes."
    assert cells[3:] == [(2, "section", None, across)]


@pytest.mark.parametrize(
    ("heading", "confidence", "told"),
    [
        ("AMI 2031", 0.5, ["heading_doubtful"]),
        ("AMI 2031", 0.9, []),
        ("AMI 2031", None, []),
        ("Pilote", 0.5, []),
    ],
)
def test_a_heading_over_sums_that_ocr_hardly_read_is_told(
    heading: str, confidence: float | None, told: list[str]
) -> None:
    annex = table(["Action", "Pilote", "AMI 2031"], ["Maraude", "CCAS", "9 000 €"])
    sure = [confidence if text == heading else 0.96 for text in annex.columns]
    head = [
        cell.model_copy(update={"text": text, "confidence": read})
        for cell, text, read in zip(annex.rows[0].cells, annex.columns, sure, strict=True)
    ]
    records = Records()
    columns = columns_of(annex)
    add_table("acte", annex.model_copy(update={"head": [head]}), columns, records)
    assert [finding.rule for finding in records.of(Finding)] == told
