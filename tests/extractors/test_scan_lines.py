from typing import Any

import cv2
import numpy as np
import pytest

from extractors.grid import text_lines
from extractors.scan_lines import read_cells
from extractors.scan_words import metrics_of, words_of
from extractors.tesseract import cropped
from tests.extractors.scans import said, with_tesseract


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
