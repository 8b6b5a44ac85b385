"""Tables of a page that were missed, and rows and columns of one that were read as one."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.grids.grid import Grid, GridCell
from extractors.grids.pieces import (
    COLUMN_SPACE,
    SAME_EDGE,
    Piece,
    are_rows,
    is_figure,
    lines_of,
    says_columns,
    with_justified,
)
from extractors.grids.reach import MANY
from extractors.pages.page import Page, Word, clusters
from normalizers.actions.rows import is_total
from pipeline.extracted import Problem

SUM = re.compile(r"\d[\s.]\d{3}\b")
SUM_AND_SUM = re.compile(r"\d{3}(?:[.,]\d\d)?\s?€\s?\d[\d\s.]*\d{3}(?:[.,]\d\d)?\s?€")
NUMBER = re.compile(r"(?P<axis>(?:\d{1,2}\.)?)(?P<number>\d{1,2})")  # 7 · 3.21
SCANNED = "tableau numérisé, dont les filets manquent,"
MISSED_ROWS = 3  # as many sums under one another, in two columns, are of a table


def missed(page: Page) -> Iterator[Problem]:
    """What stands in columns outside every table of `page`: a table was missed, or a row of one.
    Sums do, or, on a scan, which sets nothing in line, stand beside one another; so do lines of
    many texts, and sums beside a word for their total."""
    lines = with_justified(lines_of(page.words, COLUMN_SPACE))
    beside = [sum(bool(SUM.search(piece.text)) for piece in line) for line in lines]
    scattered = sum(n for n in beside if n > 1) if page.is_scan else 0
    sums = [piece for line in lines if len(line) > 1 for piece in line if _is_sum(piece)]
    aligned = max(
        sum(len(column) for column in columns if len(column) >= MISSED_ROWS)
        for columns in (
            clusters(sums, lambda piece: piece.box.x0, SAME_EDGE),
            clusters(sums, lambda piece: piece.box.x1, SAME_EDGE),
        )
    )
    found = max(aligned, scattered)
    wide = [line for line in lines if len(line) >= MANY]
    totals = [
        line for line in lines if any(map(_is_sum, line)) and is_total([p.text for p in line])
    ]
    if found >= 2 * MISSED_ROWS:
        what = f"{found} sommes alignées en colonnes ne sont"
    elif len(wide) > 1 or totals:
        what = "des textes alignés en colonnes ne sont"
    else:
        return
    yield Problem(
        rule="table_missed",
        severity="warning",
        message=f"Page {page.number} : {what} d'aucun tableau reconnu : lisez-les dans le "
        "document.",
        page=page.number,
        observed=sums[0].text if sums else None,
    )


def _is_sum(piece: Piece) -> bool:
    return is_figure(piece.text) and bool(re.search(r"€|\d[\s.]\d{3}\b", piece.text))


def run_together(page: Page, grids: Sequence[Grid]) -> Iterator[Problem]:
    """Rows of a table that were read as one: figures under one another where other rows have one,
    or, on a scan, sums in several columns; and columns of a scan that were: sums beside one another
    in several rows."""
    scanned = page.is_scan
    for grid in grids:
        if several := next((c for c in grid.cells if _are_of_rows(c, grid)), None):
            yield _lost_rules(page, "lignes", SCANNED if scanned else "tableau", several)
    for grid in grids if scanned else ():
        for row in range(grid.row_count):
            stacked = [c for c in grid.row(row) if _sums_in(c.words) >= MISSED_ROWS]
            if len(stacked) > 1:
                yield _lost_rules(page, "lignes", SCANNED, stacked[0])
        beside = [c for c in grid.cells if _has_sums_beside(c.words)]
        if len({c.row for c in beside}) < MISSED_ROWS:
            beside = [c for c in grid.cells if says_columns(c.words) and _has_sum(grid.row(c.row))]
        if beside:
            yield _lost_rules(page, "colonnes", SCANNED, beside[0])


def _lost_rules(page: Page, parts: str, table: str, cell: GridCell) -> Problem:
    return Problem(
        rule="table_missed",
        severity="warning",
        message=f"Page {page.number} : des {parts} d'un {table} sont lues comme une seule"
        f" (« {cell.text} ») : lisez leurs sommes dans le document.",
        page=page.number,
        observed=cell.text,
    )


def _are_of_rows(cell: GridCell, grid: Grid) -> bool:
    """Does `cell` say sums, or numbers that follow one another, one below the other, where two
    other cells of its column say one?"""
    if len(_stacked(cell)) < 2:
        return False
    others = [_stacked(c) for c in grid.cells if c.column == cell.column and c is not cell]
    return sum(len(other) == 1 for other in others) > 1


def _stacked(cell: GridCell) -> list[str]:
    """The sums, or the numbers, one a line, that are all that `cell` says."""
    lines = [Piece(tuple(line)) for line in cell.lines]
    texts = [line.text for line in lines]
    if all(map(_is_sum, lines)) and all(are_rows(a, b) for a, b in pairwise(lines)):
        return texts
    numbers = [match for text in texts if (match := NUMBER.fullmatch(text))]
    rising = all(
        b["axis"] == a["axis"] and int(b["number"]) == int(a["number"]) + 1
        for a, b in pairwise(numbers)
    )
    return texts if rising and len(numbers) == len(lines) else []


def _sums_in(words: Sequence[Word]) -> int:
    texts = (" ".join(w.text for piece in line for w in piece.words) for line in lines_of(words, 9))
    return sum(bool(SUM.search(text)) for text in texts)


def _has_sums_beside(words: Sequence[Word]) -> bool:
    return any(
        sum(is_figure(piece.text) and bool(SUM.search(piece.text)) for piece in line) > 1
        or any(SUM_AND_SUM.search(piece.text) for piece in line)
        for line in lines_of(words, COLUMN_SPACE)
    )


def _has_sum(cells: Sequence[GridCell]) -> bool:
    return any(SUM.search(cell.text) for cell in cells)
