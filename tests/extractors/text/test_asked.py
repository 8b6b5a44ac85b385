"""Questions that lines ask."""

import pytest

from extractors.text.asked import asks


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("Porteur : Habitat Jeunes", True),
        ("Coût total 2024 : 30 000 €", True),
        ("Appel au 115 : identification des ménages", False),
        ("Les crédits sont versés en une fois.", False),
    ],
)
def test_a_line_asks_what_it_tells(line, does):
    assert asks(line) is does
