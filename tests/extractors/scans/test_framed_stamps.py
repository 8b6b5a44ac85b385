"""Stamps as black as the text, in a frame that leans."""

import cv2
import numpy as np
import pytest

from extractors.scans.bitmap import Grey, as_grey
from extractors.scans.cleaning import DARK
from extractors.scans.framed_stamps import without_framed_stamps

POINT = 300 / 72
STAMP = np.s_[150:650, 350:1250]
HELD = "RECU AU CONTROLE", "DE LEGALITE LE", "12 MARS 2034"


def drawn(frame: float, text: float) -> Grey:
    """A line of text, below it a frame that leans so many degrees, with text that leans so many."""
    page = np.full((900, 1600), 255, np.uint8)
    words = page.copy()
    cv2.rectangle(page, (500, 300), (1100, 500), 0, 4)
    for i, line in enumerate(HELD):
        cv2.putText(words, line, (530, 360 + 55 * i), cv2.FONT_HERSHEY_DUPLEX, 1.4, 0, 3)
    leaning = [
        cv2.warpAffine(
            part, cv2.getRotationMatrix2D((800, 400), by, 1.0), (1600, 900), borderValue=255
        )
        for part, by in ((page, frame), (words, text))
    ]
    result = np.minimum(*leaning)
    cv2.putText(result, "Annexe 1 - Actions", (40, 100), cv2.FONT_HERSHEY_DUPLEX, 1.6, 0, 3)
    return as_grey(result)


@pytest.mark.parametrize(
    ("frame", "text", "rules", "taken"),
    [
        pytest.param(6.0, 6.0, [], True, id="it leans"),
        pytest.param(-6.0, -6.0, [], True, id="the other way"),
        pytest.param(6.0, 6.0, [(40, 545, 1560, 549)], True, id="its corner on a rule"),
        pytest.param(0.0, 0.0, [], False, id="a box of the page"),
        pytest.param(6.0, 0.0, [], False, id="over text that is level"),
        pytest.param(6.0, 6.0, [(40, 400, 1560, 404)], False, id="over a grid"),
    ],
)
def test_a_stamp_that_leans_is_no_text(
    frame: float, text: float, rules: list[tuple[int, int, int, int]], taken: bool
) -> None:
    ink = drawn(frame, text)
    rest, stamps, places = without_framed_stamps(ink, rules, POINT)
    assert len(places) == taken
    assert bool((rest[STAMP] < DARK).any()) is not taken
    assert bool((stamps[STAMP] < DARK).any()) is taken
    assert (rest[:120] == ink[:120]).all()
