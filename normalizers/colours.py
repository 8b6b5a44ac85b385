"""Colours by their French names."""

import re
from colorsys import rgb_to_hsv

HUES = {  # degrees
    "roug": 0, "orang": 28, "jaun": 52, "vert": 120, "bleu": 215, "violet": 280, "ros": 335,
}  # fmt: skip
NAME = re.compile(rf"\b(?P<colour>{'|'.join(HUES)})(?:e?s?|ée?s?|te?s?)\b", re.IGNORECASE)
SWATCH = (
    "ce fond"  # what the note of a cell calls the colour that a legend shows, and does not name
)
FAR = 40  # degrees between what goes by one name
GREY = 0.08  # saturation of what has no hue


def named_colour(text: str) -> str | None:
    """The key of the one colour that `text` names: 'vert' of 'ligne verte'."""
    found = {m["colour"].lower() for m in NAME.finditer(text)}
    return found.pop() if len(found) == 1 else None


def has_hue(rgb: tuple[int, int, int]) -> bool:
    """Is `rgb` (0..255) a colour, and not white, grey or black?"""
    return rgb_to_hsv(*(part / 255 for part in rgb))[1] >= GREY


def nearest_colour(rgb: tuple[int, int, int], names: set[str]) -> str | None:
    """The key among `names` of the colour that `rgb` (0..255) is nearest to; None for greys, and
    where none is near."""
    if not names or not has_hue(rgb):
        return None
    hue = rgb_to_hsv(*(part / 255 for part in rgb))[0]
    off = {name: abs((360 * hue - HUES[name] + 180) % 360 - 180) for name in sorted(names)}
    best = min(off, key=lambda name: off[name])
    return best if off[best] <= FAR else None
