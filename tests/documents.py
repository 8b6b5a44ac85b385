"""Extracted documents in few words, for tests of what follows the reading."""

from collections.abc import Sequence
from pathlib import Path

from normalizers.actions.annexes import Vocabulary, load_annexes
from normalizers.actions.columns import explain_columns
from normalizers.actions.headings import Column
from normalizers.actions.likeness import load_headings
from normalizers.funders import Funders
from normalizers.organisations import Directory, load_organisations
from normalizers.organisations import Place as Locality
from normalizers.state_money import load_state_money
from normalizers.statuses import load_statuses
from pipeline.extracted import (
    ExtractedArticle,
    ExtractedCell,
    ExtractedDocument,
    ExtractedRow,
    ExtractedTable,
    Fact,
    PageSummary,
    Place,
)
from pipeline.kinds import RowKind

REFERENCE = Path(__file__).parents[1] / "data/reference"
VOCABULARY = Vocabulary(
    load_headings(REFERENCE / "headings.csv"),
    load_statuses(REFERENCE / "statuses.csv"),
    load_annexes(REFERENCE / "annexes.csv"),
    load_state_money(REFERENCE / "state_money.csv"),
)
DIRECTORY = Directory(load_organisations(REFERENCE), Locality("1", "Métropole de Saint-Orme"))
FUNDERS = Funders(DIRECTORY.name, VOCABULARY.money)


def columns_of(annex: ExtractedTable) -> list[Column]:
    return explain_columns(annex, VOCABULARY, DIRECTORY)


def place(page: int = 3, row: int = 0, column: int = 1) -> Place:
    left, top = 60.0 * column, 100.0 + 20 * row
    return Place(page=page, x0=left, top=top, x1=left + 55, bottom=top + 18)


def row(kind: RowKind, *texts: str, at: int = 0, page: int = 3, bold: bool = False) -> ExtractedRow:
    cells = [
        ExtractedCell(column=k, text=text, bold=bold, place=place(page, at, k))
        for k, text in enumerate(texts, 1)
    ]
    return ExtractedRow(kind=kind, cells=cells)


def table(
    columns: Sequence[str],
    *rows: ExtractedRow | Sequence[str],
    title: str = "",
    annex: str | None = "1",
    position: int = 1,
    page: int = 3,
) -> ExtractedTable:
    """A table of `rows`; a bare sequence of texts is a body row."""
    made = [
        r if isinstance(r, ExtractedRow) else row("body", *r, at=i, page=page)
        for i, r in enumerate(rows, 1)
    ]
    return ExtractedTable(
        position=position,
        annex=annex,
        title=title,
        columns=list(columns),
        rows=made,
        page_first=page,
        page_last=page,
        extractor="test",
    )


def article(number: str, title: str = "", text: str = "", page: int = 1) -> ExtractedArticle:
    return ExtractedArticle(
        number=number,
        title=title,
        parent_number=None,
        position=1,
        text=text,
        page_first=page,
        page_last=page,
        place=place(page),
    )


def document(
    document_id: str,
    *tables: ExtractedTable,
    articles: Sequence[ExtractedArticle] = (),
    title: str = "",
    sha256: str = "",
    ocr: bool = False,
    **facts: str,
) -> ExtractedDocument:
    """A document of five pages; keywords are its facts by name."""
    return ExtractedDocument(
        document_id=document_id,
        filename=f"{document_id}.pdf",
        sha256=sha256 or document_id,
        extractor_version="test",
        page_count=5,
        pages=[
            PageSummary(
                number=n,
                width=595,
                height=842,
                kind="scan" if ocr else "prose",
                characters=1000,
                characters_in_tables=0,
                ocr_confidence=0.9 if ocr else None,
            )
            for n in range(1, 6)
        ],
        title=title,
        facts=[
            Fact(name=name, value=value, quote=value, place=place(1))
            for name, value in facts.items()
        ],
        articles=list(articles),
        tables=list(tables),
    )
