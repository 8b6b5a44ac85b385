"""Words in a table, or beside its rows as a column of it would be, that none of its cells holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.grids.grid import Grid, text_lines, words_beside
from extractors.grids.pieces import SAME_EDGE
from extractors.pages.page import Page, Word, around, clusters
from pipeline.extracted import ExtractedTable, Problem

LEVEL = 1.0  # points between what stands level
ROWS = 3  # as many texts level with rows, a head among them, are a column
LONGEST = 120  # characters that are quoted


def unheld(page: Page, grids: Sequence[Grid]) -> Iterator[Problem]:
    """What none of the cells of `grids`, all tables of `page`, holds of them."""
    rest = words_beside(page.words, grids)
    for grid in grids:
        if lost := in_no_cell(page, grid, grids):
            yield _lost(page, "dans un tableau", lost)
        level = [w for w in rest if grid.box.top < w.box.middle[1] < grid.box.bottom]
        left = [w for w in level if w.box.x1 <= grid.box.x0 + LEVEL]
        for side in (left, [w for w in level if w.box.x0 >= grid.box.x1 - LEVEL]):
            if _is_column(grid, side):
                yield _lost(page, "à côté des lignes d'un tableau", side)


def with_unheld(
    table: ExtractedTable,
    places: Iterable[tuple[int, int]],
    body: Callable[[int], Page],
    grids: Mapping[int, Sequence[Grid]],
) -> ExtractedTable:
    """`table`, made of the `grids` at `places` (page, and number among those of this page), its
    characters those of the `body` of their pages within them, be they in a cell or in none."""
    lost = sum(len(w.text) for n, i in places for w in in_no_cell(body(n), grids[n][i], grids[n]))
    return table.model_copy(update={"characters": table.characters + lost}) if lost else table


def in_no_cell(page: Page, grid: Grid, grids: Sequence[Grid]) -> list[Word]:
    """The words within `grid` that no cell of `grids`, all tables of `page`, holds."""
    own = {id(w) for c in grid.cells for w in c.words}
    box = grid.box
    rest = [w for w in page.words if id(w) not in own and box.holds(*w.box.middle)]
    held = {(w.text, w.box) for g in grids for c in g.cells for w in c.words} if rest else ()
    return [w for w in rest if (w.text, w.box) not in held]


def _is_column(grid: Grid, words: Sequence[Word]) -> bool:
    """Do `words`, beside `grid`, make texts that begin at one place, each level with a row?"""
    starts: list[float] = []
    for r, (top, bottom) in enumerate(pairwise(grid.ys)):
        beside = [w for w in words if top < w.box.middle[1] < bottom]
        row = [c.words for c in grid.cells if c.row == r and c.words]
        if beside and any(_are_level(beside, some) for some in row):
            starts.append(min(w.box.x0 for w in beside))
    return max(map(len, clusters(starts, float, SAME_EDGE)), default=0) >= ROWS


def _are_level(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Do the first lines of both stand level, or their middles?"""
    first, other = (text_lines(some)[0][0].baseline for some in (words, others))
    middle, beside = (around([w.box for w in some]).middle[1] for some in (words, others))
    return min(abs(first - other), abs(middle - beside)) < LEVEL


def _lost(page: Page, where: str, words: Sequence[Word]) -> Problem:
    text = " ".join(w.text for line in text_lines(words) for w in line)
    text = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
    return Problem(
        rule="table_missed",
        severity="warning",
        message=f"Page {page.number} : « {text} », {where}, n'est d'aucune de ses cellules :"
        " lisez-le dans le document.",
        page=page.number,
        observed=text,
    )
