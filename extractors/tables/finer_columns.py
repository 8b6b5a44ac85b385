"""A form that a page cuts: the tables within it part its columns further on one page than on the
other."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.grids.pieces import SAME_EDGE
from extractors.tables.parts import Part, PartRow

IN_COMMON = 3  # borders of the two at least: both edges, and one within


def with_borders_of(table: Sequence[Part], part: Part) -> list[Part] | None:
    """`table`, whose parts have the same borders, in columns that those of `part` part further;
    None where the two have not their edges and a border within in common, all of them drawn."""
    one, other = table[0].grid, part.grid
    added = [x for x in other.xs if not _stands(x, one.xs)]
    shared = [x for x in other.xs if _stands(x, one.xs)]
    if not added or len(shared) < IN_COMMON or not (one.ruled and other.ruled):
        return None
    if any(abs(one.xs[end] - other.xs[end]) > SAME_EDGE for end in (0, -1)):
        return None
    if any(p.grid.xs != one.xs for p in table):
        return None
    return [_finer(p, sorted([*one.xs, *added])) for p in table]


def _stands(x: float, among: Sequence[float]) -> bool:
    return any(abs(x - other) <= SAME_EDGE for other in among)


def _finer(part: Part, xs: Sequence[float]) -> Part:
    """`part` between borders `xs`, its own among them: what it says stands where it stood."""
    grid = part.grid
    at = [xs.index(x) for x in grid.xs]
    cells = tuple(replace(c, column=at[c.column], column_end=at[c.column_end]) for c in grid.cells)
    return replace(
        part,
        grid=replace(grid, xs=tuple(xs), cells=cells),
        rows=tuple(_in_columns(row, at) for row in part.rows),
    )


def _in_columns(row: PartRow, at: Sequence[int]) -> PartRow:
    return PartRow(
        {
            at[column]: [
                replace(cell, spans_columns=at[column + cell.spans_columns] - at[column])
                for cell in cells
            ]
            for column, cells in row.cells.items()
        },
        row.torn,
    )
