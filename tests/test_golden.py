"""Every golden PDF is read as its expectation says; a PDF without expectation fails."""

import json
from pathlib import Path

import pytest

from extractors.document import read_document
from pipeline.extracted import ExtractedDocument

GOLDEN = Path(__file__).parent / "golden"
RAW = Path(__file__).parents[1] / "data" / "raw"
PDFS = sorted(GOLDEN.glob("*.pdf")) + [
    RAW / f"{path.name.removesuffix('.expected.json')}.pdf"
    for path in sorted(GOLDEN.glob("*.expected.json"))
    if not (GOLDEN / f"{path.name.removesuffix('.expected.json')}.pdf").exists()
]


def tables(document: ExtractedDocument) -> list[dict[str, object]]:
    return [
        {
            "pages": [table.page_first, table.page_last],
            "columns": table.columns,
            "rows": [
                [row.kind, *({c.column: c.text for c in row.cells}.get(n, "") for n in columns)]
                for row in table.rows
                for columns in [range(1, len(table.columns) + 1)]
            ],
        }
        for table in document.tables
    ]


@pytest.mark.parametrize("pdf", PDFS, ids=lambda pdf: pdf.stem)
def test_a_document_is_read_as_expected(pdf):
    path = GOLDEN / f"{pdf.stem}.expected.json"
    assert path.exists(), f"review before proceeding: python tests/golden/make.py --read {pdf}"
    expected = json.loads(path.read_text(encoding="utf-8"))
    document = read_document(pdf)
    assert tables(document) == expected["tables"]
    if "articles" in expected:
        assert [[a.number, a.title] for a in document.articles] == expected["articles"]
    for table in document.tables:
        assert table.characters == table.characters_in_cells
        assert table.agreement is None or table.agreement > 0.9


def test_every_pdf_is_small():
    sizes = {pdf.name: pdf.stat().st_size for pdf in GOLDEN.glob("*.pdf")}
    assert max(sizes.values()) < 100_000
    assert sum(sizes.values()) < 3_000_000
