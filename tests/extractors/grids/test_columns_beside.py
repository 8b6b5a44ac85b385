"""Tables of which only some columns are coloured."""

from itertools import pairwise

import pytest

from extractors.grids.columns_beside import with_columns_beside
from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box, Fill
from tests.extractors.grids.ruling import page, word

YELLOW = (255, 240, 200)
YS = (0, 20, 40, 60)
HEADS = ("Action", "Pilote", "Somme", "Total")
ROWS = [HEADS, ("Bail", "CCAS", "5", "9"), ("Bus", "Ville", "7", "8")]


def column(x0, x1, ys=YS):
    return [Fill(Box(x0, a, x1, b), YELLOW) for a, b in pairwise(ys)]


def tables(fills, words):
    of = page([], words, fills)
    return [
        [[" ".join(w.text for w in c.words) for c in grid.row(r)] for r in range(grid.row_count)]
        for grid in with_columns_beside(of, ruled_grids(of))
    ]


TEXTS = [
    word(text, x, y)
    for y, row in zip((10, 30, 50), ROWS, strict=True)
    for x, text in zip((40, 120, 200, 280), row, strict=True)
]


@pytest.mark.parametrize(
    "fills",
    [column(170, 230), column(170, 230) + column(255, 310)],
    ids=["one column", "two columns"],
)
def test_the_table_of_a_coloured_column_is_whole(fills):
    assert tables(fills, TEXTS) == [[list(row) for row in ROWS]]


@pytest.mark.parametrize(
    "words",
    [
        [w for w in TEXTS if 170 < w.box.middle[0] < 230],
        [*TEXTS, word("loin", 120, 40)],
        [*TEXTS, word("dépasse", 170, 50)],
        [w for w in TEXTS if 170 < w.box.middle[0] < 230 or w.box.bottom < 20],
    ],
    ids=["nothing beside", "over two rows", "over its side", "beside one row"],
)
def test_a_coloured_column_stands_alone(words):
    (one,) = tables(column(170, 230), words)
    assert [len(row) for row in one] == [1, 1, 1]
