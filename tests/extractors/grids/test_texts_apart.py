"""Texts in a column without rules, each of several rows."""

from dataclasses import replace

import pytest

from extractors.grids.grid import Grid, GridCell
from extractors.grids.texts_apart import with_column_left, with_texts_apart
from extractors.pages.page import Box
from tests.sheets import line, texts

YS = (10.0, 30.0, 50.0, 70.0, 90.0, 110.0)


def beside(*told):
    """What each row says in a column with a text at each height, beside five rows."""
    rows = [
        GridCell(r, r + 1, 1, 2, Box(60, y, 160, y + 20), tuple(line(y + 5, (f"Bail {r}", 65))))
        for r, y in enumerate(YS[:-1])
    ]
    words = tuple(w for text, y in told for w in line(y, (text, 5)))
    tall = GridCell(0, 5, 0, 1, Box(0, 10, 60, 110), words)
    grid = with_texts_apart(Grid(1, (0, 60, 160), YS, (tall, *rows)))
    return [row[0] for row in texts(grid)], grid


@pytest.mark.parametrize(
    "told",
    [
        [("Axe", 15), ("Axe 1", 45), ("Axe 2", 85)],
        [("Axe", 15), ("Axe 1 :", 39), ("loger", 51), ("Axe 2", 85)],
    ],
    ids=["of a line", "of two lines"],
)
def test_each_text_is_of_the_rows_at_whose_middle_it_stands(told):
    said, grid = beside(*told)
    assert said[0] == "Axe"
    assert said[1] == said[2] and said[1].startswith("Axe 1")
    assert said[3:] == ["Axe 2", "Axe 2"]
    assert not grid.drawn
    assert [c.box.bottom for c in grid.cells if not c.column] == [30, 70, 110]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([("CCAS", 45), ("Ville", 70)], id="paragraphs"),
        pytest.param([("Axe", 15), ("Axe 1", 45)], id="rows left"),
        pytest.param([("Communauté", 49), ("urbaine", 61)], id="lines of one text"),
    ],
)
def test_what_stands_otherwise_is_one_cell(told):
    said, grid = beside(*told)
    assert len(set(said)) == 1
    assert grid.drawn


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([("Axe", 15), ("1", 45), ("2", 85)], ["Axe", "1", "1", "2", "2"]),
        ([("Axe", 15), ("1", 45), ("2", 75)], ["Axe", "1", "1", "2", "Bail 4"]),
        ([("1", 35), ("2", 65)], ["Bail 0", "1", "2", "2", "Bail 4"]),
        ([("1", 35)], [f"Bail {n}" for n in range(5)]),
    ],
    ids=["head to foot", "but the total", "but the head", "a lone text"],
)
def test_a_column_may_stand_outside_the_rules(told, said):
    _, grid = beside()
    moved = [replace(c, column=0, column_end=1) for c in grid.cells[1:]]
    inner = replace(grid, xs=(60, 160), cells=tuple(moved))
    words = [w for text, y in told for w in line(y, (text, 5))]
    assert [row[0] for row in texts(with_column_left(inner, words))] == said


def test_words_on_their_side_are_one_text():
    _, grid = beside()
    tall, *rows = grid.cells
    (word,) = line(0, ("Loger", 5))
    aside = [replace(word, text=t, box=Box(5, a, 15, b)) for t, a, b in SIDE]
    found = with_texts_apart(replace(grid, cells=(replace(tall, words=tuple(aside)), *rows)))
    ends = [(c.row, c.row_end, len(c.words)) for c in found.cells if not c.column]
    assert ends == [(0, 3, 2), (3, 5, 1)]


SIDE = [("Prévenir", 42, 62), ("vite", 18, 39), ("Loger", 74, 106)]  # from the foot up
