"""Dots from a text to its sum."""

import pytest

from tests.extractors.pages.drawn import page, texts

DOTS = "." * 30


@pytest.mark.parametrize(
    ("behind", "dots", "left"),
    [
        ("24 000 €", DOTS, ["Bail", "CCAS", "24", "000", "€"]),
        ("500 €", ". " * 20, ["Bail", "CCAS", "500", "€"]),
        ("24", DOTS, ["Bail", "CCAS", DOTS, "24"]),
        ("24 000 €", "...", ["Bail", "CCAS...24", "000", "€"]),
    ],
    ids=["to a sum", "set apart", "to the number of a page", "an ellipsis"],
)
def test_leaders_are_blanks_where_they_lead_to_a_sum(behind: str, dots: str, left: list[str]):
    found = texts(page(lambda c: c.drawString(50, 700, f"Bail CCAS{dots}{behind}")))
    assert found == left


def test_leaders_of_a_list_of_sums_lead_to_words_too():
    def draw(c):
        c.drawString(50, 700, f"Bail{DOTS}24 000 €")
        c.drawString(50, 680, f"Relais{DOTS}à préciser")
        c.drawString(50, 660, f"Sommaire{DOTS}7")

    assert texts(page(draw)) == [
        "Bail", "24", "000", "€", "Relais", "à", "préciser", "Sommaire", DOTS, "7",
    ]  # fmt: skip
