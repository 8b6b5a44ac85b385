"""Colours by their names."""

import pytest

from normalizers.colours import named_colour, nearest_colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("ligne verte", "vert"),
        ("En bleu", "bleu"),
        ("fond orangé", "orang"),
        ("Roses", "ros"),
        ("ligne verte ou bleue", None),
        ("Verton", None),
        ("Croix", None),
    ],
)
def test_the_one_colour_that_a_text_names(text: str, colour: str | None) -> None:
    assert named_colour(text) == colour


@pytest.mark.parametrize(
    ("rgb", "names", "colour"),
    [
        ((198, 224, 180), {"vert", "jaun"}, "vert"),  # the pale tints of office programs
        ((255, 230, 153), {"vert", "jaun", "orang"}, "jaun"),
        ((189, 215, 238), {"vert", "bleu"}, "bleu"),
        ((255, 0, 20), {"roug", "ros"}, "roug"),
        ((189, 215, 238), {"vert", "jaun"}, None),
        ((217, 217, 217), {"roug"}, None),
        ((198, 224, 180), set[str](), None),
    ],
)
def test_a_colour_goes_by_the_nearest_name(
    rgb: tuple[int, int, int], names: set[str], colour: str | None
) -> None:
    assert nearest_colour(rgb, names) == colour
