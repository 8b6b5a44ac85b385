"""Which rows are heads."""

import pytest

from extractors.pages.page import Box
from extractors.tables.heads import stands_out
from extractors.tables.parts import PartCell, PartRow
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
