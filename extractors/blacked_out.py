"""Blocks of a scanned table that are all black: a scan in black and white makes a dark ground so,
and all that was printed on it; so does who blacks out a text before it is copied."""

from collections.abc import Iterator, Sequence

from extractors.grids.grid import Grid
from extractors.pages.page import Box, Page
from pipeline.extracted import Problem

BLACK = 50  # grey (0 black … 255 white): text is not seen on what is darker, unless it is lighter
LEAST = 36.0, 8.0  # points: the width and height of a block that may hide a sum
ROW = 150.0, 30.0  # the same of what may hide some cells of a row, beside one that is read
BESIDE = 4.0  # points from a rule within which a block is in the table that it rules


def blacked_out(page: Page, grids: Sequence[Grid]) -> Iterator[Problem]:
    """The black blocks of the tables of `page`, a scan, on which nothing was read, or hardly
    anything."""
    if not page.is_scan:
        return
    blocks = [
        f.box
        for f in page.fills
        if max(f.colour) < BLACK and _hides(page, f.box) and _is_in_table(page, grids, f.box)
    ]
    if not blocks:
        return
    count = f"{len(blocks)} blocs noirs cachent" if len(blocks) > 1 else "un bloc noir cache"
    lines = ", ".join(f"{b.width:.0f} × {b.height:.0f} points" for b in blocks)
    yield Problem(
        rule="table_blacked_out",
        severity="warning",
        message=f"Page {page.number} : {count} une partie d'un tableau numérisé ({lines}) ; ce qui "
        "y est imprimé ne se lit pas, et des lignes entières peuvent manquer. Numérisez la page de "
        "nouveau, en niveaux de gris, ou lisez-la dans le document.",
        page=page.number,
        observed=lines,
    )


def _hides(page: Page, block: Box) -> bool:
    """Is `block` large enough for a sum where nothing is read on it, or for more cells than those
    that are?"""
    words = sorted((w.box for w in page.words if block.holds(*w.box.middle)), key=lambda b: b.x0)
    ends = [block.x0, *(b.x1 for b in words)]
    starts = [*(b.x0 for b in words), block.x1]
    blank = max(start - end for start, end in zip(starts, ends, strict=True))
    width, height = ROW if words else LEAST
    return blank >= max(width, block.width / 2) and block.height >= height


def _is_in_table(page: Page, grids: Sequence[Grid], block: Box) -> bool:
    """Does `block` stand in one of `grids`, or at rules that go along and across it?"""
    near = Box(block.x0 - BESIDE, block.top - BESIDE, block.x1 + BESIDE, block.bottom + BESIDE)
    beside = [rule for rule in page.rules if near.overlap(rule) > 0]
    ways = {rule.width > rule.height for rule in beside}
    return len(ways) > 1 or any(grid.box.holds(*block.middle) for grid in grids)
