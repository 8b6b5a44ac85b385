"""What stamps say that are set aslant."""

import cv2
import numpy as np
import pytest

from extractors.pages.page import Box, tilted
from extractors.scans.stamp_text import levelled
from extractors.scans.tesseract import BLOCK, cropped, recognise

SCALE = 300 / 72


@pytest.mark.parametrize("aslant", [0.0, 7.0, -9.0, 12.0])
def test_a_stamp_is_read_with_its_lines_level(aslant: float) -> None:
    stamp = np.full((420, 700), 255, np.uint8)
    cv2.rectangle(stamp, (90, 100), (610, 320), 60, 5)
    for text, x, y in (("ARRIVE LE", 140, 180), ("4 MARS", 140, 260), ("2024", 390, 260)):
        cv2.putText(stamp, text, (x, y), cv2.FONT_HERSHEY_DUPLEX, 1.8, 60, 4, cv2.LINE_AA)
    (width, height), _ = cv2.getTextSize("2024", cv2.FONT_HERSHEY_DUPLEX, 1.8, 4)
    there = tilted(Box(390, 260 - height, 390 + width, 260), -aslant, 700, 420)
    matrix = cv2.getRotationMatrix2D((350, 210), aslant, 1.0)
    stamp = cv2.warpAffine(stamp, matrix, (700, 420), borderValue=255).astype(np.uint8)
    crops = [cropped(stamp, (0, 0, 700, 420))]
    (lines,) = levelled(crops, recognise(crops, BLOCK, SCALE), SCALE)
    words = {token.text: token.box for line in lines for token in line}
    assert {"ARRIVE", "2024"} <= set(words)
    assert words["2024"].middle == pytest.approx(there.middle, abs=12)
