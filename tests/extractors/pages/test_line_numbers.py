"""Numbers of lines in the margin are no text of the act."""

import pytest

from extractors.pages.line_numbers import line_numbers
from tests.extractors.typesetter import Typesetter


@pytest.mark.parametrize(
    ("numbers", "x", "count"),
    [
        (range(1, 13), 30, 12),
        (range(1, 13), 560, 12),
        (range(61, 73), 30, 12),
        ([None, None, None, None, 5, *[None] * 4, 10, *[None] * 4, 15], 30, 3),
        (range(1, 6), 30, 0),  # too few
        (range(1, 13), 62, 0),  # a list, or a column of a table
        ([1, 2, 3, 5, 6, 7, 8, 9, 10, 11], 30, 0),
    ],
)
def test_figures_beside_all_text_that_go_up_by_one_step(numbers, x: float, count: int) -> None:
    sheet = Typesetter()
    for number in numbers:
        if number:
            sheet.at(str(number), x, sheet.y, size=8)
        sheet.line("Le plan de 2024 est mis en œuvre avec 12 partenaires")
    page = sheet.pages()[0]
    assert len(line_numbers(page)) == count


def test_a_column_of_numbers_with_its_head_stays() -> None:
    sheet = Typesetter()
    sheet.at("N°", 30, 56)
    for number in range(1, 13):
        sheet.at(str(number), 30, sheet.y)
        sheet.line("Accompagner les ménages")
    assert line_numbers(sheet.pages()[0]) == []
