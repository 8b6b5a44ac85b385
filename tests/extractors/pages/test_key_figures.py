"""Figures in boxes side by side."""

import pytest

from extractors.pages.lines import read_lines
from tests.extractors.typesetter import Typesetter


def texts(sheet: Typesetter) -> list[str]:
    return [line.text for line in read_lines(sheet.pages()[0])]


def test_figures_go_with_the_captions_below_them() -> None:
    sheet = Typesetter()
    for x, figure, caption in (
        (80, "25", "logements captés"),
        (240, "187 500 €", "de crédits AMI"),
        (420, "6", "actions"),
    ):
        sheet.at(figure, x + 20, 100, bold=True, size=18)
        sheet.at(caption, x, 122)
    assert texts(sheet) == ["25", "logements captés", "187 500 €", "de crédits AMI", "6", "actions"]


def test_figures_go_with_the_captions_above_them() -> None:
    sheet = Typesetter()
    for x, figure, caption in ((80, "280 000 €", "Coût total"), (300, "187 500 €", "Subvention")):
        sheet.at(caption, x, 100)
        sheet.at(figure, x, 116)
    assert texts(sheet) == ["Coût total", "280 000 €", "Subvention", "187 500 €"]


def test_labels_and_sums_stay_on_their_lines() -> None:
    sheet = Typesetter()
    for i, label in enumerate(("Bail", "Halte", "Veille")):
        sheet.at(label, 80, 100 + 14 * i)
        sheet.at("187 500 €", 300, 100 + 14 * i)
    assert texts(sheet) == ["Bail 187 500 €", "Halte 187 500 €", "Veille 187 500 €"]


@pytest.mark.parametrize(
    ("xs", "sizes", "lines"),
    [
        ((80, 300, 324), (11, 11, 11), ["25", "187 500 €"]),
        ((80, 96, 120), (20, 11, 11), ["25", "187 500 €"]),
        ((80, 95, 116), (11, 11, 11), ["25 187 500 €"]),
        ((80, 120, 165), (11, 11, 11), ["25 187 500 €"]),
    ],
    ids=["far apart", "in another type", "one number", "a stretched line"],
)
def test_figures_far_apart_are_not_one_number(xs, sizes, lines) -> None:
    sheet = Typesetter()
    for text, x, size in zip(("25", "187", "500 €"), xs, sizes, strict=True):
        sheet.at(text, x, 100, size=size)
    assert texts(sheet) == lines
