"""Numbers as documents write them."""

import pytest

from normalizers.written_numbers import numbers_in, spelled_in


@pytest.mark.parametrize(
    ("text", "value", "flag"),
    [
        ("1 102 521,50 €", "1102521.50", None),
        ("370.500 €", "370500.00", None),
        ("1,5 M€", "1500000.00", None),
        ("1,500 €", None, "ambiguous_number"),
        ("3 x 5 000 €", None, "rate"),
        ("120 € par demi-journée", None, "rate"),
    ],
)
def test_figures(text: str, value: str | None, flag: str | None) -> None:
    number = numbers_in(text)[-1]
    assert (str(number.value) if number.value else None, number.flag) == (value, flag)


def test_percentages_are_no_numbers() -> None:
    assert numbers_in("60 % du coût") == []


def test_words() -> None:
    (number,) = spelled_in("la somme de douze mille euros et cinquante centimes")
    assert (str(number.value), number.marked) == ("12000.50", True)
