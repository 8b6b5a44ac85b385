"""Lines between the title of an action and its table."""

import pytest

from extractors.text.told_above import _asks


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("Porteur : Habitat Jeunes", True),
        ("Coût total 2024 : 30 000 €", True),
        ("Appel au 115 : identification des ménages", False),
        ("Les crédits sont versés en une fois.", False),
    ],
)
def test_a_line_asks_what_it_tells(line, asks):
    assert _asks(line) is asks
