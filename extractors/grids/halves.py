"""A table printed in halves side by side, under the same heads, to save paper.

N°  Action   AMI    │  N°  Action   AMI
1   Maraude  5 000  │  3   Étude    9 000
2   Bail     4 000  │  4   Halte    7 000
"""

from dataclasses import replace

from extractors.grids.grid import Grid
from extractors.grids.pieces import is_figure

FEWEST = 2  # columns of a half


def halves_apart(grid: Grid) -> list[Grid]:
    """The halves of `grid`, left to right, where its heads stand over the left ones of its columns
    and again over the right ones, and no cell goes over to the other half; else itself."""
    heads = {c.column: c.text for c in grid.row(0)}
    said = [heads.get(column, "") for column in range(grid.column_count)]
    count = max((k for k in range(FEWEST, len(said) // 2 + 1) if _repeats(said, k)), default=0)
    if not count:
        return [grid]
    halves = [(0, count), (len(said) - count, len(said))]
    inside = [[c for c in grid.cells if a <= c.column and c.column_end <= b] for a, b in halves]
    others = [c for c in grid.cells if c.words and not any(c in cells for cells in inside)]
    if others:
        return [grid]
    return [
        replace(
            grid,
            xs=grid.xs[a : b + 1],
            cells=tuple(replace(c, column=c.column - a, column_end=c.column_end - a) for c in some),
        )
        for (a, b), some in zip(halves, inside, strict=True)
    ]


def _repeats(heads: list[str], count: int) -> bool:
    """Are the first `count` of `heads`, none of them a figure, the last ones too, and nothing
    between?"""
    half, between = heads[:count], heads[count:-count]
    told = all(half) and not any(map(is_figure, half)) and len(set(half)) == count
    return told and half == heads[-count:] and not any(between)
