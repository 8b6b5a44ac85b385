"""A second, independent reading of ruled tables, and pdfplumber's as a third where it differs.

It takes longer than all the rest, and a table needs none whose drawing leaves one reading only:
every cell closed by rules or colour, every word whole in one cell, none over another, every column
of sums proved by a total. Where words cross a border or another word, and where the text alone
parts cells, camelot is asked. Where the drawing proves the cells, and only their characters are in
question (no total is the sum of its rows, a code has no meaning), playa reads these: the library
that camelot reads text with, in a fraction of camelot's time.

The first reader's cells are compared with theirs by place and by printed characters; blanks and
hyphens do not count, since the readers join lines differently.
"""

import logging
import re
import unicodedata
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractors.grids.grid import Grid, GridCell
from extractors.pages.page import Box, Page, Word, around
from extractors.tables.logical import place
from normalizers.amounts import read_cell
from pipeline.extracted import ExtractedTable, PlacedText

if TYPE_CHECKING:
    from playa.content import TextObject

    Decode = Callable[[bytes], Iterable[tuple[int, str]]]

SLACK = 1.0  # points that the middle of another reader's text may stand out of its cell
AGAIN = 0.6  # points: a character drawn again this near only looks bold
SPILL = 2.0  # points that a word may reach out of its cell
BLANKS = "  "
EM = 1000  # thousandths of the font size, as TJ moves (ISO 32000-1, 9.4.3)
SMALLEST_SUM = 1000  # euros; less may be a count
OVERPRINT = 0.5  # share of a word that another one may cover
UNPRINTED = re.compile(
    r"[\s\-\u00ad\u2010\u2011\ufffe\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"
)


class Mark(NamedTuple):
    """A cell, or a character, as another reader has it: its middle, left and top in points."""

    y: float
    x: float
    top: float
    left: float
    text: str


Reading = list[Mark]  # of a page, downwards


def unproved(
    pages: Iterable[Page],
    grids: Mapping[int, Sequence[Grid]],
    tables: Sequence[ExtractedTable],
) -> Iterator[Page]:
    """Those of `pages` to ask the other readers about: digital, upright and without fields, which
    they do not see, with a ruled grid that its drawing does not prove, or of a table with sums that
    no total proves. `grids`: see `with_second_opinion`."""
    open_sums = {
        number
        for table in tables
        if not _adds_up(table)
        for number in range(table.page_first, table.page_last + 1)
    }
    for page in pages:
        if (
            page.turn == 0
            and not page.is_scan
            and not page.overlaid
            and not page.hidden
            and not page.concealed
            and page.fold is None
            and (ruled := [grid for grid in grids[page.number] if grid.ruled])
            and (page.number in open_sums or page.unreadable or not _are_proved(ruled))
        ):
            yield page


def _are_proved(grids: Sequence[Grid]) -> bool:
    return all(_is_proved(grid) for grid in grids if grid.ruled)


def _is_proved(grid: Grid) -> bool:
    """Are all cells of `grid` drawn, and all words whole in one of them, none over another?"""
    return grid.drawn and all(
        _is_inside(around([word.box for word in cell.words]), cell.box)
        and not any(
            other.box.x0 < one.box.x1 and _is_overprinted(one, other)
            for line in cell.lines
            for one, other in pairwise(line)
        )
        for cell in grid.cells
        if cell.words
    )


def _is_inside(box: Box, cell: Box) -> bool:
    return cell.holds(box.x0, box.top, SPILL) and cell.holds(box.x1, box.bottom, SPILL)


def _is_overprinted(one: Word, other: Word) -> bool:
    smaller = min(one.box.area, other.box.area)
    return one.box.overlap(other.box) > OVERPRINT * smaller


def _adds_up(table: ExtractedTable) -> bool:
    """Is in each column of sums a total the sum of the rows above it, all or those since the last
    total?"""
    return all(any(_totals_agree(column)) for column in _columns(table) if _holds_sums(column))


def _columns(table: ExtractedTable) -> list[list[tuple[bool, str]]]:
    """Of each column, top to bottom: does the row total others, and what the cell says."""
    columns: dict[int, list[tuple[bool, str]]] = {}
    for row in table.rows:
        for cell in row.cells:
            columns.setdefault(cell.column, []).append((row.kind == "total", cell.text))
    return list(columns.values())


def _holds_sums(column: Sequence[tuple[bool, str]]) -> bool:
    filled = [text for is_total, text in column if text and not is_total]
    sums = [s for text in filled if (s := read_cell(text).total) and s >= SMALLEST_SUM]
    return len(sums) > len(filled) / 2


def _totals_agree(column: Sequence[tuple[bool, str]]) -> Iterator[bool]:
    """For each total of `column`, whether it is the sum that it should be."""
    everything = since_total = Decimal(0)
    for is_total, text in column:
        amount = read_cell(text).total
        if amount is None:
            continue
        if is_total:
            yield amount in (everything, since_total)
            since_total = Decimal(0)
        else:
            everything += amount
            since_total += amount


def with_second_opinion(
    path: Path,
    pages: Sequence[Page],
    grids: Mapping[int, Sequence[Grid]],
    furniture: Sequence[PlacedText],
) -> dict[int, list[Grid]]:
    """`grids` (key: page number), each ruled one of `pages` (digital and upright) with what the
    other readers say of it: cells compared, cells agreed on, cells with figures in doubt."""
    result = {number: list(some) for number, some in grids.items()}
    drawn = [page for page in pages if _are_proved(grids[page.number])]
    second = _playa(path, drawn) | _camelot(path, [page for page in pages if page not in drawn])
    differing = {
        page.number: [
            cell
            for grid in grids[page.number]
            for cell in grid.cells
            if grid.ruled and cell.words and not _says(second[page.number], cell, furniture, page)
        ]
        for page in pages
        if page.number in second
    }
    third = _pdfplumber(path, [number for number, cells in differing.items() if cells])
    for page in (p for p in pages if p.number in differing):
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
    return PlacedText(text=cell.text, place=place(page.number, page.on_paper(cell.box)))


def _says(reading: Reading, cell: GridCell, furniture: Sequence[PlacedText], page: Page) -> bool:
    """Does `reading` print the same characters inside `cell`, furniture aside?"""
    first = bisect_left(reading, (cell.box.top - SLACK,))
    last = bisect_right(reading, (cell.box.bottom + SLACK, inf))
    x0, x1 = cell.box.x0 - SLACK, cell.box.x1 + SLACK
    inside = [(m.top, m.left, m.text) for m in reading[first:last] if x0 <= m.x <= x1]
    theirs = _squeezed("".join(text for *_, text in sorted(inside)))
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
    readings: dict[int, Reading] = {}
    if not pages:
        return readings
    from camelot.io import read_pdf  # loads slowly, as pdfplumber does

    logging.getLogger("camelot").setLevel(logging.ERROR)
    heights = {p.number: p.height for p in pages}
    for number in heights:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tables = read_pdf(str(path), pages=str(number), flavor="lattice", engine="vector")
        except Exception:  # whatever an unknown PDF makes it raise, the first reading stands
            continue
        readings[number] = sorted(
            _mark(c.x1, heights[number] - c.y2, c.x2, heights[number] - c.y1, c.text)
            for table in tables
            for row in table.cells
            for c in row
        )
    return readings


def _playa(path: Path, pages: Sequence[Page]) -> dict[int, Reading]:
    """The characters of some pages; a page that it fails on is left out."""
    readings: dict[int, Reading] = {}
    if not pages:
        return readings
    import playa

    try:
        with playa.open(path, space="page") as document:
            for page in pages:
                readings[page.number] = _once(
                    [
                        _mark(x0, page.height - y1, x1, page.height - y0, printed.chars)
                        for text in _remembered(document.pages[page.number - 1].texts)
                        for printed in ([text] if _runs_on(text) else text)
                        if printed.bbox
                        for x0, y0, x1, y1 in [printed.bbox]
                    ]
                )
    except Exception:  # whatever an unknown PDF makes it raise, the first reading stands
        return readings
    return readings


def _remembered(texts: "Iterable[TextObject]") -> "Iterator[TextObject]":
    """`texts`, whose fonts decode each string once: there are thousands, most of one letter."""
    for text in texts:
        font = text.gstate.font
        if font is not None and "decode" not in vars(font):
            font.decode = cache(partial(_decoded, font.decode))  # type: ignore[method-assign]
        yield text


def _decoded(decode: "Decode", string: bytes) -> tuple[tuple[int, str], ...]:
    return tuple(decode(string))


def _runs_on(text: "TextObject") -> bool:
    """Is `text`, printed in one go, all in one place? Wide blanks may lead over several cells."""
    return BLANKS not in text.chars and all(
        isinstance(piece, bytes) or abs(piece) < EM for piece in text.args
    )


def _pdfplumber(path: Path, numbers: Sequence[int]) -> dict[int, Reading]:
    """Characters of some pages with their boxes, as pdfplumber has them; a page that it fails on is
    left out."""
    readings: dict[int, Reading] = {}
    if not numbers:
        return readings
    import pdfplumber

    try:
        with pdfplumber.open(path, pages=list(numbers)) as document:
            for page in document.pages:
                with suppress(Exception):  # as above
                    readings[page.page_number] = _once(
                        [
                            _mark(c["x0"], c["top"], c["x1"], c["bottom"], c["text"])
                            for c in page.chars
                        ]
                    )
                page.close()
    except Exception:  # a document that it cannot open
        return readings
    return readings


def _mark(x0: float, top: float, x1: float, bottom: float, text: str) -> Mark:
    return Mark((top + bottom) / 2, (x0 + x1) / 2, top, x0, text)


def _once(characters: Sequence[Mark]) -> Reading:
    """`characters` without those drawn again in (nearly) the same place, to look bold."""
    again: set[int] = set()
    alike = sorted((mark.text, mark.left, mark.top, i) for i, mark in enumerate(characters))
    for rank, (text, left, top, i) in enumerate(alike):
        for other in reversed(range(rank)):
            other_text, other_left, other_top, j = alike[other]
            if other_text != text or left - other_left > AGAIN:
                break
            if abs(top - other_top) <= AGAIN:
                again.add(max(i, j))
    return sorted(mark for i, mark in enumerate(characters) if i not in again)
