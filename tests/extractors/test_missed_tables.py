"""Tables that were missed, and rows and columns that were read as one."""

import re
from dataclasses import replace

import pytest

from extractors.grids.grid import Grid, GridCell
from extractors.missed_tables import missed, run_together
from extractors.pages.page import Box, Page, Word


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        pytest.param(["38 400 €", "12 000 €"], True, id="sums beside one another"),
        pytest.param(["38 400 €", "(dont 2 000 € de reliquat)"], False, id="a sum and a note"),
        pytest.param(["33000,00 € 27 500,00 €"], True, id="sums that hardly a blank parts"),
        pytest.param(["38 400 € puis 2 000 €"], False, id="sums in a sentence"),
        pytest.param(["38 400 €"], False, id="a sum"),
    ],
)
def test_columns_of_a_scan_that_were_read_as_one_are_told(texts, told):
    rows = [
        tuple(
            Word(word, Box(x, y, x + 5 * len(word), y + 10), y + 8, 10, False, 0.9)
            for i, text in enumerate(texts)
            for match in re.finditer(r"\S+", text)
            for word, x in [(match[0], 60 + 120 * i + 5 * match.start())]
        )
        for y in (20, 40, 60)
    ]
    ys = (15, 35, 55, 75)
    cells = tuple(
        GridCell(r, r + 1, c, c + 1, Box(60 * c, ys[r], 60 + 300 * c, ys[r + 1]), words)
        for r, row in enumerate(rows)
        for c, words in enumerate(((), row))
    )
    scan = Page(1, 400, 300, sum(rows, ()), ocr_confidence=0.9)
    found = list(run_together(scan, [Grid(1, (0, 60, 360), ys, cells)]))
    assert [problem.rule for problem in found] == ["table_missed"] * told


@pytest.mark.parametrize(
    ("beside", "total", "told"),
    [
        pytest.param(3, "12 000 €", True, id="columns"),
        pytest.param(2, "12 000 €", False, id="a list with a note"),
        pytest.param(3, "CCAS", False, id="no sum beside them"),
    ],
)
def test_texts_beside_one_another_in_a_cell_of_a_scan_are_columns(beside, total, told):
    def word(text, x, y):
        return Word(text, Box(x, y, x + 5 * len(text), y + 10), y + 8, 10, False, 0.9)

    texts = [
        word(text, 10 + 70 * i, y)
        for y, line in ((20, "Équipe Horizon Une"), (34, "mobile Clair file"), (48, "de et active"))
        for i, text in enumerate(line.split()[:beside])
    ]
    last = [word(text, 310 + 20 * i, 20) for i, text in enumerate(total.split())]
    cells = tuple(
        GridCell(0, 1, c, c + 1, Box(300 * c, 10, 300 * c + 300, 70), tuple(words))
        for c, words in enumerate((texts, last))
    )
    scan = Page(1, 600, 300, (*texts, *last), ocr_confidence=0.9)
    found = list(run_together(scan, [Grid(1, (0, 300, 600), (10, 70), cells)]))
    assert [problem.rule for problem in found] == ["table_missed"] * told


@pytest.mark.parametrize("confidence", [None, 0.9], ids=["digital", "scan"])
@pytest.mark.parametrize(
    ("column", "told"),
    [
        pytest.param(["12 000 €\n8 500 €", "9 000 €", "7 000 €"], True, id="sums"),
        pytest.param(["3\n4", "1", "2"], True, id="numbers"),
        pytest.param(["3.21\n3.22", "3.19", "3.20"], True, id="numbers of an axis"),
        pytest.param(["2.21\n3.22", "3.19", "3.20"], False, id="numbers of two axes"),
        pytest.param(["12 000 €\n8 500 €", "9 000 €", "CCAS"], False, id="one other sum"),
        pytest.param(["93\n500 €", "9 000 €", "7 000 €"], False, id="one sum, cut"),
        pytest.param(["DDETS\n8 500 €", "9 000 €", "7 000 €"], False, id="a payer"),
        pytest.param(["12\n4", "1", "2"], False, id="other numbers"),
    ],
)
def test_rows_that_were_read_as_one_are_told_where_others_say_one_figure(column, told, confidence):
    cells = []
    for r, text in enumerate(column):
        words = [
            Word(word, Box(x, y, x + 5 * len(word), y + 10), y + 8, 10, False)
            for y, line in enumerate(text.split("\n"))
            for y in [40 * r + 12 * y]
            for match in re.finditer(r"\S+", line)
            for word, x in [(match[0], 10 + 5 * match.start())]
        ]
        cells.append(GridCell(r, r + 1, 0, 1, Box(0, 40 * r, 90, 40 * r + 40), tuple(words)))
    grid = Grid(1, (0, 90), (0, 40, 80, 120), tuple(cells))
    page = Page(1, 400, 300, (), ocr_confidence=confidence)
    found = list(run_together(page, [grid]))
    assert [problem.rule for problem in found] == ["table_missed"] * told


@pytest.mark.parametrize(("confidence", "told"), [(0.9, 1), (None, 0)], ids=["scan", "digital"])
def test_sums_beside_one_another_on_a_scan_are_a_table(confidence, told):
    words = tuple(
        Word(
            text, Box(x + 9 * row, 100 + 20 * row, x + 9 * row + 14, 110 + 20 * row), 108, 10, False
        )
        for row in range(3)
        for start in (100, 300)
        for x, text in ((start, "|12"), (start + 16, "500"))
    )
    words = tuple(replace(w, baseline=w.box.bottom - 2) for w in words)
    page = Page(1, 600, 800, words, ocr_confidence=confidence)
    assert len(list(missed(page))) == told
