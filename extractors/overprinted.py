"""Lines printed over one another: a spreadsheet sets what its cells say so, where rows are too low,
and what one cell says cannot be told from what the next one does."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractors.pages.page import Page, Word
from pipeline.extracted import Problem

NEAREST, FARTHEST = 0.1, 0.6  # of the size of their letters: how far such lines are from another
SHARED = 0.5  # of the width of a word: as much of it lies over another
FEWEST = 3  # words: fewer are calls of notes, or letters set over another


def overprinted(page: Page) -> Iterator[Problem]:
    """Words of `page`, which no OCR read, that lie over words of another line."""
    if page.is_scan:
        return
    found = list(_pairs(page.words))
    if len({id(word) for pair in found for word in pair}) < 2 * FEWEST:
        return
    one, other = found[0]
    yield Problem(
        rule="text_overprinted",
        severity="warning",
        message=f"Page {page.number} : des lignes sont imprimées les unes sur les autres"
        f" (« {one.text} » et « {other.text} »), comme dans une feuille de calcul aux lignes trop"
        " basses : les textes de cellules voisines ont pu être mêlés. Lisez-les dans le document"
        " d'origine.",
        page=page.number,
        observed=f"{one.text} {other.text}",
    )


def _pairs(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Words of which one lies over a part of the other, the upper one first."""
    level = [w for w in words if w.box.width > 0 and w.text.isalpha() and w.box.height < 2 * w.size]
    level.sort(key=lambda w: w.baseline)
    baselines = [w.baseline for w in level]
    for upper in level:
        for i in range(bisect_right(baselines, upper.baseline), len(level)):
            lower = level[i]
            apart = lower.baseline - upper.baseline
            if apart >= FARTHEST * upper.size:
                break
            size = min(upper.size, lower.size)
            shared = min(upper.box.x1, lower.box.x1) - max(upper.box.x0, lower.box.x0)
            narrower = min(upper.box.width, lower.box.width)
            if NEAREST * size < apart < FARTHEST * size and shared > SHARED * narrower:
                yield upper, lower
