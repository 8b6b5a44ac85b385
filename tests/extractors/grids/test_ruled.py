"""Rules become grids of cells."""

from dataclasses import replace

import pytest

from extractors.grids.grid import words_beside
from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box, Fill
from tests.extractors.grids.ruling import FRAME, WORDS, across, down, only, page, shapes, word
from tests.sheets import BLUE


def test_a_plain_grid():
    grid = only(page(FRAME, WORDS))
    assert (grid.row_count, grid.column_count) == (3, 3)
    assert shapes(grid)["d"] == (1, 2, 0, 1)
    assert len(grid.cells) == 9


def test_missing_rules_merge_cells():
    rules = [r for r in FRAME if r not in (across(20), down(200))]
    rules += [across(20, 100, 300), down(200, 20, 60)]
    grid = only(page(rules, [*WORDS[:2], word("e", 250, 30)]))
    assert shapes(grid) == {"a": (0, 2, 0, 1), "b": (0, 1, 1, 3), "e": (1, 2, 2, 3)}


def test_open_sides_are_columns():
    rules = [across(0), across(20), across(40), down(100, 0, 40), down(200, 0, 40)]
    assert only(page(rules, WORDS)).column_count == 3


def test_two_tables_of_a_page_stay_apart():
    lower = [Box(r.x0, r.top + 100, r.x1, r.bottom + 100) for r in FRAME]
    words = [*WORDS, *(word(w.text, w.box.middle[0], w.box.middle[1] + 100) for w in WORDS)]
    first, second = ruled_grids(page([*FRAME, *lower], words))
    assert (first.box.top, second.box.top) == (0, 100)


def test_a_frame_with_one_text_is_no_table():
    assert ruled_grids(page([across(0), across(60), down(0), down(300)], WORDS[:1])) == []


OPEN = [across(0), across(20), across(40), down(0, 0, 40), down(300, 0, 40)]
HEAD = [*OPEN, down(100, 0, 20), down(200, 0, 20)]


def test_texts_apart_in_columns_are_cells_where_no_rule_parts_them():
    total = [word("Total", 40, 30), word("30", 190, 30), word("20", 280, 30)]
    grid = only(page(HEAD, [*WORDS[:3], *total]))
    assert [shapes(grid)[text] for text in ("Total", "30", "20")] == [
        (1, 2, 0, 1),
        (1, 2, 1, 2),
        (1, 2, 2, 3),
    ]


@pytest.mark.parametrize(
    ("texts", "spans"),
    [
        ([("Axe", 40), ("logement", 75)], {"Axelogement": (1, 2, 0, 3)}),
        ([("Totalgénéral", 90), ("20", 280)], {"Totalgénéral": (1, 2, 0, 2), "20": (1, 2, 2, 3)}),
        ([("Santé", 85), ("emploi", 115), ("20", 280)], {"Santéemploi": (1, 2, 0, 2)}),
    ],
    ids=["one text", "a text across a border", "a border in a space"],
)
def test_a_text_over_several_columns_is_one(texts, spans):
    under = [word(text, x, 30) for text, x in texts]
    found = shapes(only(page(HEAD, [*WORDS[:3], *under])))
    assert {text: found[text] for text in spans} == spans


@pytest.mark.parametrize(("line", "end"), [(1, 3), (None, 1)], ids=["stretched", "apart"])
def test_a_stretched_line_over_several_columns_is_one_text(line, end):
    places = (("Description", 40), ("logement", 120), ("adapté", 250))
    under = [replace(word(text, x, 30), line=line) for text, x in places]
    found = shapes(only(page(HEAD, [*WORDS[:3], *under])))
    assert max(cell[3] for cell in found.values() if cell[0] and not cell[2]) == end


@pytest.mark.parametrize(
    ("places", "span"),
    [
        ([("le", 130), ("reste", 137.5)], (1, 2, 1, 2)),
        ([("le", 150), ("reste", 150)], (1, 2, 0, 3)),
        ([("le", 30), ("reste", 37.5)], (1, 2, 0, 3)),
        ([("reste", 130)], (1, 2, 1, 2)),
        ([("Reste", 130)], (1, 2, 0, 3)),
    ],
    ids=["wrapped in the second column", "centred", "at the left", "the end of a text", "a title"],
)
def test_lines_that_begin_in_a_column_and_end_in_it_are_its_own(places, span):
    lines = [word(text, x, 25 + 12 * i) for i, (text, x) in enumerate(places)]
    said = "".join(text for text, _ in places)
    assert shapes(only(page(HEAD, [*WORDS[:3], *lines])))[said] == span


def test_a_text_alone_in_a_grid_goes_on_from_the_page_before():
    above = word("titre", 50, -20)
    assert only(page(FRAME, WORDS[:1])).column_count == 3
    assert ruled_grids(page(FRAME, [above, WORDS[0]])) == []


@pytest.mark.parametrize(
    ("runs", "held"), [((7, 7), "20000€"), ((7, 8), "20"), ((None, None), "20")]
)
def test_a_text_that_runs_over_the_edge_of_the_table_is_of_its_cell(runs, held):
    first, rest = runs
    texts = [(word("20", 290, 30), first), (word("000", 305, 30), rest), (word("€", 317, 30), rest)]
    told = [replace(w, run=run) for w, run in texts]
    sheet = page(FRAME, [*WORDS, *told, replace(word("Note", 360, 30), run=first)])
    grid = only(sheet)
    assert shapes(grid)[held] == (1, 2, 2, 3)
    beside = [w.text for w in words_beside(sheet.words, [grid])]
    assert beside == (["Note"] if held == "20000€" else ["000", "€", "Note"])


@pytest.mark.parametrize(
    ("bottom", "spans"),
    [
        (20, {"a": (0, 1, 0, 1), "b": (0, 1, 1, 2)}),
        (14, {"ab": (0, 1, 0, 2)}),
    ],
    ids=["cells", "highlighted words"],
)
def test_backgrounds_side_by_side_as_high_as_a_cell_part_it(bottom, spans):
    rules = [r for r in FRAME if r != down(100)] + [down(100, 20, 60)]
    fills = [Fill(Box(x, 20 - bottom, x + 100, bottom), BLUE) for x in (0, 100)]
    words = [word("a", 97, 10), word("b", 103, 10), *WORDS[2:]]
    told = shapes(only(page(rules, words, fills)))
    assert {k: v for k, v in told.items() if k in spans} == spans
