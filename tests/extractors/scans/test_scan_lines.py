from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import pytest

from extractors.grids.grid import text_lines
from extractors.pages.page import Box
from extractors.scans import scan_lines
from extractors.scans.scan_lines import read_cells
from extractors.scans.scan_words import metrics_of, words_of
from extractors.scans.tesseract import Crop, cropped
from extractors.scans.tokens import TextLine, Token
from tests.extractors.scans.drawing import said, with_tesseract


def on_its_side(text: str, degrees: int) -> np.ndarray[Any, Any]:
    """A cell of `text` that must be turned clockwise by `degrees` to be read."""
    level = np.full((60, 460), 255, np.uint8)
    cv2.putText(level, text, (20, 42), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 2)
    return np.ascontiguousarray(np.rot90(level, degrees // 90))


@with_tesseract
@pytest.mark.parametrize("degrees", [90, 270])
def test_text_on_its_side_in_a_cell_is_read(degrees: int) -> None:
    picture = np.full((700, 300), 255, np.uint8)
    picture[100:560, 100:160] = on_its_side("Part de la Ville", degrees)
    cell = cropped(picture, (80, 80, 200, 600))
    ((line,),) = read_cells([cell], 300 / 72)
    assert said(line) == "Part de la Ville"
    words = list(words_of(line, *metrics_of([line]), [False] * len(line), 300 / 72))
    assert all(w.box.height > w.box.width for w in words if len(w.text) > 2)
    (read_line,) = text_lines(words)
    assert " ".join(w.text for w in read_line) == "Part de la Ville"
    assert 100 <= min(t.box.top for t in line) <= max(t.box.bottom for t in line) <= 560


def test_a_cell_in_which_nothing_is_seen_is_read_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words stand where they would have been read at once."""

    def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
        blind = [crop.zoom == 1.0 for crop in crops]
        boxes = [crop.on_page(Box(50 * crop.zoom, 0, 90 * crop.zoom, 20)) for crop in crops]
        return [
            [] if nothing else [[Token("lu", box, 0.9)]]
            for nothing, box in zip(blind, boxes, strict=True)
        ]

    monkeypatch.setattr(scan_lines, "recognise", recognise)
    picture = np.full((100, 200), 255, np.uint8)
    cv2.putText(picture, "Porteur", (20, 60), cv2.FONT_HERSHEY_DUPLEX, 1.0, 0, 2)
    crop = cropped(picture, (0, 0, 200, 100))
    (((token,),),) = read_cells([crop], 300 / 72)
    assert token.text == "lu"
    assert (token.box.x0, token.box.x1) == (crop.left + 50, crop.left + 90)
