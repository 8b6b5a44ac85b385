"""Bold words, by the width of their strokes."""

import numpy as np
import pytest

from extractors.pages.page import Box
from extractors.scans import bold_strokes
from extractors.scans.tokens import Token

REGULAR = [[0.080, 0.095, 0.088], [0.094, 0.083, 0.087], [0.085, 0.091, 0.086]] * 3


@pytest.mark.parametrize(
    ("lines", "bold"),
    [
        pytest.param([*REGULAR, [0.130, 0.128]], {9}, id="wide strokes"),
        pytest.param([*REGULAR, [0.100, 0.109, 0.105]], {9}, id="a line somewhat wider"),
        pytest.param([*REGULAR, [0.100, 0.109]], set(), id="two words somewhat wider"),
        pytest.param([*REGULAR, [0.097, 0.095, 0.096]], set(), id="a little wider"),
        pytest.param(
            [*REGULAR, [0.100, 0.109, 0.105], [0.096, 0.097, 0.098], [0.093, 0.094, 0.092]],
            set(),
            id="toner that fades from line to line",
        ),
    ],
)
def test_which_lines_are_bold(
    lines: list[list[float]], bold: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bold_strokes, "_stroke", lambda token, *_: float(token.text))
    tokens = [[Token(str(w), Box(0, 0, 9, 9), 0.9) for w in line] for line in lines]
    ink = np.full((20, 20), 255, np.uint8)
    found = bold_strokes.bold_words(tokens, [(10.0, 0.0)] * len(lines), ink, 1.0)
    assert {i for i, line in enumerate(found) if all(line)} == bold
    assert all(any(line) == all(line) for line in found)
