"""A box of colour beside the text is read behind it."""

import pytest

from extractors.pages.lines import read_lines
from extractors.pages.page import Page
from extractors.pages.panels import panels_apart
from tests.extractors.typesetter import HEIGHT, Typesetter

TEXT = [f"Le plan de la métropole, en sa ligne {i}" for i in range(5)]
FIGURES = ["3", "463 000 €", "12 actions"]


def sheet(
    tops: tuple[float, ...] = (90,), pitch: float = 19, x: float = 380, down: float = 0
) -> Page:
    setter = Typesetter()
    setter.canvas.setFillColorRGB(1, 0.9, 0.8)
    for top in tops:
        setter.canvas.rect(x, HEIGHT - top - 90, 120, 90, stroke=0, fill=1)
    setter.canvas.setFillColorRGB(0, 0, 0)
    for i, text in enumerate(TEXT):
        setter.at(text, 150 if x < 150 else 70, 105 + 14 * i)
    for i, text in enumerate(FIGURES):
        setter.at(text, x + 10, 108 + down + pitch * i)
    return setter.pages()[0]


@pytest.mark.parametrize("x", [380, 20], ids=["right", "left"])
def test_it_is_read_behind_the_text_beside_it(x: float) -> None:
    page = panels_apart(sheet(x=x))
    assert [line.text for line in read_lines(page)] == [*TEXT, *FIGURES]
    assert page.fold is not None and page.fold.height == HEIGHT


def test_cells_of_a_table_are_none() -> None:
    assert panels_apart(sheet(tops=(90, 190))).fold is None


def test_lines_level_with_those_beside_are_rows_of_a_table() -> None:
    assert panels_apart(sheet(pitch=14, down=-3)).fold is None
