"""One PDF → one ExtractedDocument: pages, furniture, tables, prose, in that order."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2

from extractors.articles import AnnexHeading
from extractors.contacts import contact_places
from extractors.furniture import split_furniture
from extractors.grid import Grid, ruled_grids, without
from extractors.lines import read_lines
from extractors.page import Line, Page, read_page
from extractors.prose import read_prose
from extractors.second_opinion import unproved, with_second_opinion
from extractors.tables import read_tables, text_lines
from extractors.text_layer import needs_ocr
from extractors.unruled import (
    is_highlight,
    unruled_grids,
    with_columns,
    with_last_rows,
    with_rows,
    with_stripes,
)
from normalizers.privacy import signatories
from normalizers.words import Vocabulary, join_lines
from pipeline.models import (
    ExtractedDocument,
    ExtractedTable,
    PageKind,
    PageSummary,
)

EXTRACTOR_VERSION = "4"
FEW_CHARACTERS = 3  # a page with fewer is blank
TITLE_REACH = 60.0  # points above a table where its title may stand
TITLE_PITCH = 1.8  # of the font size, from line to line of a title


def read_document(path: Path) -> ExtractedDocument:
    """All that the PDF at `path` says; its `document_id` is the caller's to give.

    Raises pypdfium2.PdfiumError when it cannot be opened, UnreadableDocument when its pages are
    scans that nothing here can read.
    """
    pages = _read_pages(path)
    bodies, furniture = split_furniture(pages)
    grids = with_last_rows(bodies, {page.number: _grids(page) for page in bodies})
    rest = [without(page, grids[page.number]) for page in bodies]
    lines = [line for page in rest for line in read_lines(page)]
    vocabulary = _vocabulary(lines, grids)
    prose = read_prose(lines, furniture, vocabulary)
    tables = read_tables(rest, grids, vocabulary)
    if doubted := unproved(bodies, grids, tables):
        grids = with_second_opinion(path, doubted, grids, furniture)
        tables = read_tables(rest, grids, vocabulary)
    public = signatories(prose.facts)
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
        tables=[_titled(table, prose.annex_headings, rest, vocabulary) for table in tables],
        furniture=furniture,
        hidden=[p for page in pages for p in contact_places(page, grids[page.number], public)],
    )


def _read_pages(path: Path) -> list[Page]:
    with pypdfium2.PdfDocument(path) as document:
        pages = [read_page(document, number) for number in range(1, len(document) + 1)]
        scans = [page.number for page in pages if needs_ocr(page)]
        if scans:
            from extractors.ocr import read_scans  # image libraries load slowly

            for page in read_scans(document, scans):
                pages[page.number - 1] = page
    return pages


def _grids(page: Page) -> list[Grid]:
    drawn = with_stripes(page, ruled_grids(page))
    ruled = [with_rows(page, with_columns(page, grid)) for grid in drawn]
    ruled = [grid for grid in ruled if not is_highlight(page, grid)]
    return sorted([*ruled, *unruled_grids(page, ruled)], key=lambda g: g.box.top)


def _vocabulary(prose: Sequence[Line], grids: Mapping[int, Sequence[Grid]]) -> Vocabulary:
    """The document's words, line by line, of prose and tables alike."""
    lines = [line.text for line in prose]
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
    table: ExtractedTable,
    annexes: Sequence[AnnexHeading],
    pages: Sequence[Page],
    vocabulary: Vocabulary,
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
    above = _text_above(table.page_first, start.top, pages, vocabulary)
    title = table.title or (annex.title if annex and not above else "") or above
    if annex and above and above in annex.title:
        title = annex.title
    return table.model_copy(update={"annex": annex.annex if annex else None, "title": title})


def _text_above(number: int, top: float, pages: Sequence[Page], vocabulary: Vocabulary) -> str:
    """The heading or the last sentence above a table that starts at `top` of page `number`."""
    page = next(p for p in pages if p.number == number)
    lines = read_lines(replace(page, words=tuple(w for w in page.words if w.box.middle[1] < top)))
    if not lines or lines[-1].box.middle[1] < top - TITLE_REACH:
        return ""
    block = [lines[-1]]
    for line in reversed(lines[:-1]):
        below = block[0]
        near = below.box.top - line.box.top < TITLE_PITCH * below.size
        if not near or line.bold != below.bold or abs(line.size - below.size) > 0.6:
            break
        block.insert(0, line)
    text = join_lines([line.text for line in block], vocabulary)
    return re.split(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý])", text)[-1]
