"""Texts cut off at the edge of their cell: a spreadsheet prints as much of a line as its column
shows, and part of the last letter beyond."""

from collections.abc import Iterator, Sequence

from extractors.grids.grid import Grid, GridCell
from extractors.pages.page import Page
from pipeline.extracted import Problem

BEYOND = 0.5  # points: as far a letter leans over an edge without being cut
QUOTED = 3  # texts that the message names


def cut_off(page: Page, grids: Sequence[Grid]) -> Iterator[Problem]:
    """Texts of drawn cells of `page`, which no OCR read, whose last letter lies over the edge."""
    if page.is_scan:
        return
    drawn = [cell for grid in grids if grid.ruled and grid.drawn for cell in grid.cells]
    found = [text for cell in drawn if (text := _cut(cell))]
    if not found:
        return
    quoted = ", ".join(f"« …{text} »" for text in found[:QUOTED])
    more = " …" if len(found) > QUOTED else ""
    yield Problem(
        rule="text_cut_off",
        severity="warning",
        message=f"Page {page.number} : des textes dépassent le bord de leur cellule"
        f" ({quoted}{more}), comme dans une feuille de calcul aux colonnes trop étroites : leur fin"
        " manque, ou se mêle au texte de la cellule voisine. Lisez-les dans le document d'origine.",
        page=page.number,
        observed=" ; ".join(found),
    )


def _cut(cell: GridCell) -> str:
    """The end of the first line of `cell` that reaches beyond its right edge; else ''."""
    for line in cell.lines:
        last = line[-1]
        cut = last.box.x0 < cell.box.x1 < last.box.x1 - BEYOND
        if cut and any(map(str.isalpha, last.text)):
            return " ".join(word.text for word in line[-2:])
    return ""
