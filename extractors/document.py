"""One PDF → one ExtractedDocument: pages, furniture, tables, prose, in that order."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2

from extractors.articles import AnnexHeading
from extractors.furniture import split_furniture
from extractors.grid import Grid, ruled_grids, without
from extractors.lines import read_lines
from extractors.ocr import needs_ocr, read_scan
from extractors.page import Page, read_page
from extractors.prose import read_prose
from extractors.second_opinion import with_second_opinion
from extractors.tables import read_tables, text_lines
from extractors.unruled import is_highlight, unruled_grids, with_columns, with_rows, with_stripes
from normalizers.words import Vocabulary
from pipeline.models import (
    ExtractedDocument,
    ExtractedTable,
    PageKind,
    PageSummary,
)

EXTRACTOR_VERSION = "2"
FEW_CHARACTERS = 3  # a page with fewer is blank
TITLE_REACH = 60.0  # points above a table where its title may stand


def read_document(path: Path) -> ExtractedDocument:
    """All that the PDF at `path` says; its `document_id` is the caller's to give.

    Raises pypdfium2.PdfiumError when it cannot be opened, UnreadableDocument when its pages are
    scans that nothing here can read.
    """
    pages = _read_pages(path)
    bodies, furniture = split_furniture(pages)
    grids = {page.number: _grids(page) for page in bodies}
    grids = with_second_opinion(path, bodies, grids, furniture)
    rest = [without(page, grids[page.number]) for page in bodies]
    vocabulary = _vocabulary(rest, grids)
    prose = read_prose(rest, furniture, vocabulary)
    tables = read_tables(rest, grids, vocabulary)
    return ExtractedDocument(
        document_id=path.stem,
        filename=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        extractor_version=EXTRACTOR_VERSION,
        page_count=len(pages),
        pages=[_summary(page, grids[page.number]) for page in bodies],
        title=prose.title,
        facts=prose.facts,
        articles=prose.articles,
        tables=[_titled(table, prose.annex_headings, rest) for table in tables],
        furniture=furniture,
    )


def _read_pages(path: Path) -> list[Page]:
    with pypdfium2.PdfDocument(path) as document:
        return [_read_page(document, number) for number in range(1, len(document) + 1)]


def _read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    page = read_page(document, number)
    return read_scan(document, number) if needs_ocr(page) else page


def _grids(page: Page) -> list[Grid]:
    drawn = with_stripes(page, ruled_grids(page))
    ruled = [with_rows(page, with_columns(page, grid)) for grid in drawn]
    ruled = [grid for grid in ruled if not is_highlight(page, grid)]
    return sorted([*ruled, *unruled_grids(page, ruled)], key=lambda g: g.box.top)


def _vocabulary(pages: Sequence[Page], grids: Mapping[int, Sequence[Grid]]) -> Vocabulary:
    """The document's words, line by line, of prose and tables alike."""
    lines = [line.text for page in pages for line in read_lines(page)]
    for some in grids.values():
        for grid in some:
            for cell in grid.cells:
                lines.extend(" ".join(w.text for w in line) for line in text_lines(cell.words))
    return Vocabulary.of(lines)


def _summary(page: Page, grids: Sequence[Grid]) -> PageSummary:
    inside = sum(len(w.text) for grid in grids for cell in grid.cells for w in cell.words)
    width, height = page.width, page.height
    if page.turn in (90, 270):  # as displayed
        width, height = height, width
    return PageSummary(
        number=page.number,
        width=round(width, 1),
        height=round(height, 1),
        kind=_kind(page, grids),
        characters=page.characters,
        characters_in_tables=inside,
        ocr_confidence=page.ocr_confidence,
    )


def _kind(page: Page, grids: Sequence[Grid]) -> PageKind:
    if page.characters < FEW_CHARACTERS:
        return "blank"
    if page.ocr_confidence is not None:
        return "scan"
    if not grids:
        return "prose"
    if not any(grid.ruled for grid in grids):
        return "unruled_table"
    return "form" if all(grid.column_count <= 2 for grid in grids) else "ruled_table"


def _titled(
    table: ExtractedTable, annexes: Sequence[AnnexHeading], pages: Sequence[Page]
) -> ExtractedTable:
    """`table` with the annex it stands in, and a title: its own, the annex's, or the text above."""
    start = min(
        (c.place for row in table.rows for c in row.cells),
        key=lambda p: (p.page, p.top),
        default=None,
    )
    if start is None:
        return table
    before = [
        a for a in annexes if (a.place.page, a.place.top) < (table.page_first, start.top + 0.1)
    ]
    annex = before[-1] if before else None
    above = _text_above(table.page_first, start.top, pages)
    title = table.title or (annex.title if annex and not above else "") or above
    if annex and above and above in annex.title:
        title = annex.title
    return table.model_copy(update={"annex": annex.annex if annex else None, "title": title})


def _text_above(number: int, top: float, pages: Sequence[Page]) -> str:
    """The last line of text above a table that starts at `top` of page `number`."""
    page = next(p for p in pages if p.number == number)
    words = tuple(w for w in page.words if top - TITLE_REACH <= w.box.middle[1] < top)
    lines = read_lines(replace(page, words=words))
    return lines[-1].text if lines else ""
