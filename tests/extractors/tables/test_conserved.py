"""The characters of a table that end in one of its cells are counted, and no others."""

from dataclasses import replace

import pytest

from extractors.pages.page import Box, Page, Word
from extractors.tables.conserved import said_by
from tests.extractors.tables.test_logical import HEAD, grid, tables_of

FIRST = grid(1, [HEAD, ("Ville", "Maraude", "10 €"), ("CCAS", "Accueil de", "20 €")])


def counts(*grids):
    """Characters of the one table that the `grids`, one a page, make, and those in cells."""
    pages = [Page(n, 420, 600, ()) for n in range(1, len(grids) + 1)]
    (table,) = tables_of(pages, {g.page: [g] for g in grids})
    return table.characters, table.characters_in_cells


def test_all_that_is_printed_ends_in_a_cell():
    assert counts(FIRST) == (50, 50)


def test_a_head_that_the_next_page_repeats_is_not_lost():
    characters, in_cells = counts(FIRST, grid(2, [HEAD, ("Toit", "Bail", "5 €")]))
    assert characters == in_cells == 50 + 19 + 10


def test_what_a_repeated_head_says_more_is_lost():
    head = ("Pilote", "Action", "Montants")
    assert counts(FIRST, grid(2, [head, ("Toit", "Bail", "5 €")])) == (80, 79)


def test_a_word_in_two_cells_is_in_none():
    *cells, last = FIRST.cells
    twice = replace(last, words=(*last.words, *cells[0].words))
    assert counts(replace(FIRST, cells=(*cells, twice))) == (50, 44)


def test_a_cell_merged_over_two_rows_is_one():
    merged = replace(FIRST.cells[3], row_end=3, box=Box(10, 80, 110, 140))
    cells = (*FIRST.cells[:3], merged, *FIRST.cells[4:6], *FIRST.cells[7:])
    characters, in_cells = counts(replace(FIRST, cells=cells))
    assert characters == in_cells == 46


@pytest.mark.parametrize(
    ("text", "said"),
    [("accompagnement social", 21), ("accompagnement", 15), ("social accompagnement", 21), ("", 1)],
)
def test_the_text_of_a_cell_says_its_words(text, said):
    box = Box(0, 0, 1, 1)
    printed = [Word(w, box, 1, 9, False) for w in ("accompa-", "gnement", "social")]
    assert said_by(text, printed) == said
