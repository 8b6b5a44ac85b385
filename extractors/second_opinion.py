"""A second, independent reading of ruled tables: camelot, and pdfplumber where camelot differs.

The first reader's cells are compared with theirs by place and by printed characters; blanks and
hyphens do not count, since the readers join lines differently.
"""

import logging
import re
import unicodedata
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extractors.grid import Grid, GridCell
from extractors.page import Box, Page
from extractors.tables import place
from pipeline.models import PlacedText

UNPRINTED = re.compile(r"[\s\-\u00ad\u2010\u2011\ufffe]+")

Reading = list[tuple[Box, str]]  # the cells of a page as another reader has them


def with_second_opinion(
    path: Path,
    pages: Sequence[Page],
    grids: Mapping[int, Sequence[Grid]],
    furniture: Sequence[PlacedText],
) -> dict[int, list[Grid]]:
    """`grids` (key: page number), each ruled one of a digital, upright page with what the other
    readers say of it: cells compared, cells agreed on, cells with figures in doubt."""
    result = {number: list(some) for number, some in grids.items()}
    asked = [
        p
        for p in pages
        if p.turn == 0 and p.ocr_confidence is None and any(g.ruled for g in grids[p.number])
    ]
    second = _camelot(path, asked)
    differing = {
        page.number: [
            cell
            for grid in grids[page.number]
            for cell in grid.cells
            if grid.ruled and cell.words and not _says(second[page.number], cell, furniture, page)
        ]
        for page in asked
        if page.number in second
    }
    third = _pdfplumber(path, [number for number, cells in differing.items() if cells])
    for page in (p for p in asked if p.number in differing):
        reading = third.get(page.number, [])
        doubt = [
            cell for cell in differing[page.number] if not _says(reading, cell, furniture, page)
        ]
        result[page.number] = [
            _judged(page, grid, doubt) if grid.ruled else grid for grid in grids[page.number]
        ]
    return result


def _judged(page: Page, grid: Grid, doubt: Sequence[GridCell]) -> Grid:
    ours = [cell for cell in grid.cells if cell.words]
    doubted = [cell for cell in ours if cell in doubt]
    figures = [cell for cell in doubted if any(re.search(r"\d", w.text) for w in cell.words)]
    return replace(
        grid,
        compared=len(ours),
        agreed=len(ours) - len(doubted),
        doubtful=tuple(_doubt(page, cell) for cell in figures),
    )


def _doubt(page: Page, cell: GridCell) -> PlacedText:
    text = " ".join(w.text for w in cell.words)
    return PlacedText(text=text, place=place(page.number, page.on_paper(cell.box)))


def _says(reading: Reading, cell: GridCell, furniture: Sequence[PlacedText], page: Page) -> bool:
    """Does `reading` print the same characters inside `cell`, furniture aside?"""
    inside = [(box, text) for box, text in reading if cell.box.holds(*box.middle, slack=1.0)]
    theirs = _squeezed("".join(t for _, t in sorted(inside, key=lambda x: (x[0].top, x[0].x0))))
    ours = sorted(_squeezed("".join(w.text for w in cell.words)))
    if sorted(theirs) == ours:
        return True
    for piece in furniture:
        if piece.place.page == page.number:
            theirs = theirs.replace(_squeezed(piece.text), "")
    return sorted(theirs) == ours


def _squeezed(text: str) -> str:
    """`text` without blanks and hyphens, its ligatures and compatibility forms spelt out."""
    return UNPRINTED.sub("", unicodedata.normalize("NFKC", text))


def _camelot(path: Path, pages: Sequence[Page]) -> dict[int, Reading]:
    """Cells of the lattice reader, per page; a page that it fails on is left out."""
    from camelot.io import read_pdf

    logging.getLogger("camelot").setLevel(logging.ERROR)
    heights = {p.number: p.height for p in pages}
    readings: dict[int, Reading] = {}
    for number in heights:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tables = read_pdf(str(path), pages=str(number), flavor="lattice", engine="vector")
        except Exception:  # whatever an unknown PDF makes it raise, the first reading stands
            continue
        readings[number] = [
            (Box(c.x1, heights[number] - c.y2, c.x2, heights[number] - c.y1), c.text)
            for table in tables
            for row in table.cells
            for c in row
        ]
    return readings


def _pdfplumber(path: Path, numbers: Sequence[int]) -> dict[int, Reading]:
    """Characters of some pages with their boxes, as pdfplumber has them."""
    import pdfplumber

    readings: dict[int, Reading] = {}
    if not numbers:
        return readings
    try:
        with pdfplumber.open(path, pages=list(numbers)) as document:
            for page in document.pages:
                readings[page.page_number] = [
                    (Box(c["x0"], c["top"], c["x1"], c["bottom"]), c["text"])
                    for c in page.dedupe_chars().chars
                ]
                page.close()
    except Exception:  # as above: what it has read so far stands
        return readings
    return readings
