"""Numbers in words."""

import pytest

from normalizers.number_words import read_number_words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("quatre-vingt-dix", 90),
        ("quatre-vingts", 80),
        ("vingt et un", 21),
        ("deux mille vingt-quatre", 2024),
        ("mille neuf cents", 1900),
        ("un million deux cent mille", 1_200_000),
        ("deux vingt", None),
        ("mille millions", None),
        ("dix euros", None),
        ("et", None),
    ],
)
def test_numbers_in_words(text: str, number: int | None) -> None:
    assert read_number_words(text) == number
