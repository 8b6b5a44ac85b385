"""Two pages on one sheet are read one after the other."""

import pytest

from extractors.pages.lines import read_lines
from extractors.pages.two_up import parted
from tests.extractors.pages import drawn

LEFT = "Le plan de la métropole est mis en oeuvre par ses"
RIGHT = "Fait en deux exemplaires à la préfecture de la ville"


def sheet(canvas, across: bool, rows: int = 8) -> None:
    canvas.setPageSize((drawn.HEIGHT, drawn.WIDTH))
    for row in range(rows):
        canvas.drawString(60, 400 - 14 * row, LEFT)
        canvas.drawString(460, 400 - 14 * row, RIGHT)
    if across:
        canvas.line(60, 200, 740, 200)


@pytest.mark.parametrize(
    ("across", "rows", "folds"), [(False, 8, True), (True, 8, False), (False, 3, False)]
)
def test_nothing_crosses_the_middle_of_a_wide_sheet(across: bool, rows: int, folds: bool) -> None:
    page = parted(drawn.page(lambda canvas: sheet(canvas, across, rows)))
    assert (page.fold is not None) is folds
    if folds:
        texts = [line.text for line in read_lines(page)]
        assert texts == [LEFT] * rows + [RIGHT] * rows
