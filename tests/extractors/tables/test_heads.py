"""Which rows are heads."""

import pytest

from extractors.grids.grid import Grid
from extractors.pages.page import Box
from extractors.tables.heads import opened, stands_out, without_head
from extractors.tables.parts import Part, PartCell, PartRow
from tests.sheets import word

BOX = Box(0, 0, 50, 20)


def row(bold=False, filled=False):
    return PartRow({0: [PartCell(((word("Ville", 2, 2, bold),),), 1, BOX, BOX, filled)]})


@pytest.mark.parametrize(
    ("head", "others", "out"),
    [
        (row(bold=True), [row(filled=True), row(), row(filled=True)], True),
        (row(bold=True), [row(bold=True), row(), row(bold=True)], False),
        (row(filled=True), [row(), row(), row(filled=True)], True),
        (row(filled=True), [row(filled=True), row(), row(bold=True)], False),
    ],
    ids=["bold over stripes", "bold rows", "colour over two white rows", "a stripe"],
)
def test_a_head_is_marked_as_other_rows_are_not(head, others, out):
    assert stands_out(head, [head, *others]) is out


def wide(texts, bold=False, filled=False):
    def cell(x, text):
        lines = ((word(text, x, 2, bold),),) if text else ()
        return [PartCell(lines, 1, Box(x, 0, x + 50, 20), Box(x, 0, x + 50, 20), filled)]

    return PartRow({i: cell(60 * i, text) for i, text in enumerate(texts)})


@pytest.mark.parametrize(("bold", "depth"), [(True, 2), (False, 1)], ids=["head", "stripe"])
def test_the_first_row_on_colour_is_no_second_row_of_a_bold_head(bold, depth):
    head = wide(["Axe", "Pilote", "Action", "Statut"], bold=True, filled=True)
    first = wide(["", "Ville", "Bail", ""], bold, filled=True)
    body = [wide(["", "CCAS", "Étude", "Finie"]), wide(["", "SIAO", "Accueil", "Finie"])]
    _, heads, _ = opened([head, first, *body], [], 4)
    assert len(heads) == depth


def test_a_head_that_its_tall_cells_tell_once_is_repeated():
    head = [wide(["N°", "État", ""]), wide(["N°", "AMI", "Reste"])]
    again = [wide(["N°", "État", ""]), wide(["", "AMI", "Reste"])]
    assert without_head([*again, wide(["1", "5 €", "2 €"])], head) == [wide(["1", "5 €", "2 €"])]
    other = wide(["", "Ville", "CAF"])
    assert without_head([again[0], other], head) == [other]


def test_boxes_apart_have_no_head():
    rows = [wide(["Pilote", "Statut"], bold=True, filled=True), wide(["Coût", "Public"])]
    grid = Grid(1, (0, 60, 120), (0, 20, 40), (), boxed=True)
    assert opened(rows, [Part(grid, tuple(rows), "", "")], 2) == ([], [], rows)
