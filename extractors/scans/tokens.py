"""Words as Tesseract read them from the picture of a page, before they are words of the page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.pages.page import Box
from extractors.pages.page import turned as turned_box

if TYPE_CHECKING:  # image libraries load slowly, and tables ask for LEGIBLE
    from extractors.scans.bitmap import Grey, PixelBox

DOUBTFUL = 0.5  # the highest confidence of a figure that was not read twice alike
REFUTED = 0.4  # of one that two more readings do not bear out
LEGIBLE = 0.6  # what is read with less confidence is tried another way up


@dataclass(frozen=True, slots=True)
class Token:
    """A word as Tesseract read it, its box in pixels of the page, tight around the ink.

    `turn` is 90 where it runs up, 270 where it runs down the page, else 0. `apart`: does it begin a
    line of a column that was read by itself?
    """

    text: str
    box: Box
    confidence: float
    turn: int = 0
    apart: bool = False

    @property
    def level(self) -> Box:
        """Its box where its line runs level."""
        return turned_box(self.box, self.turn, 0.0, 0.0)


TextLine = list[Token]


def confidence_of(lines: Sequence[TextLine]) -> float:
    return _mean_confidence(t for line in lines for t in line)


def _mean_confidence(tokens: Iterable[Token]) -> float:
    """By characters, so that specks weigh little."""
    weighed = [(len(t.text), t.confidence) for t in tokens]
    total = sum(n for n, _ in weighed)
    return sum(n * c for n, c in weighed) / total if total else 0.0


def box_around(tokens: TextLine, text: "Grey", scale: float) -> "PixelBox":
    slack = round(0.6 * scale)
    return (
        max(0, round(min(t.box.x0 for t in tokens)) - slack),
        max(0, round(min(t.box.top for t in tokens)) - slack),
        min(text.shape[1], round(max(t.box.x1 for t in tokens)) + slack),
        min(text.shape[0], round(max(t.box.bottom for t in tokens)) + slack),
    )


def digits_in(text: str) -> str:
    return re.sub(r"\D", "", text)
