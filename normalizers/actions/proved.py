"""Sums of a scan that were hardly legible, and that a total proves."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalizers.amounts import read_cell
from pipeline.extracted import ExtractedCell, ExtractedTable, Place

SURE = 0.7  # least confidence of a figure that proves anything
LEGIBLE = 0.5  # a figure that OCR read with less confidence is no sum by itself


def is_illegible(cell: ExtractedCell) -> bool:
    return cell.confidence is not None and cell.confidence < LEGIBLE


def doubted_by_column(table: ExtractedTable) -> list[frozenset[int]]:
    """The body rows, from 0, in which a scan leaves each column of `table` in doubt."""
    rows = [row.cells for row in table.rows if row.kind == "body"]
    doubted = {
        (cell.column, i)
        for i, cells in enumerate(rows)
        for cell in cells
        if cell.confidence is not None and cell.confidence < SURE
    }
    return [
        frozenset(i for column, i in doubted if column == k) for k, _ in enumerate(table.columns, 1)
    ]


def proved_by_totals(table: ExtractedTable) -> frozenset[Place]:
    """Where illegible cells of `table` stand, each with which the legible sums of its column make a
    total that is surely read: of all rows above it, or of those since the total before."""
    doubted = ([c for c in cells if is_illegible(c)] for cells in _added_up(table))
    return frozenset(cells[0].place for cells in doubted if len(cells) == 1)  # two may compensate


def _added_up(table: ExtractedTable) -> Iterator[Sequence[ExtractedCell]]:
    """The cells of each column that a total adds up."""
    above: dict[int, list[ExtractedCell]] = defaultdict(list)
    since: dict[int, list[ExtractedCell]] = defaultdict(list)
    for row in table.rows:
        for cell in row.cells:
            if row.kind == "body":
                above[cell.column].append(cell)
                since[cell.column].append(cell)
            elif row.kind == "total" and (cell.confidence is None or cell.confidence >= SURE):
                stated = read_cell(cell.text).total
                for cells in (above[cell.column], since[cell.column]):
                    if stated and len(cells) > 1 and stated == _sum(cells):
                        yield cells[:]
        if row.kind == "total":
            since.clear()


def _sum(cells: Sequence[ExtractedCell]) -> Decimal:
    return sum((read_cell(cell.text).total or Decimal(0) for cell in cells), Decimal(0))
