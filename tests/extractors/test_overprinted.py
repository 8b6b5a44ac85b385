"""Lines printed over one another."""

import pytest

from extractors.overprinted import overprinted
from extractors.pages.page import Box, Page, Word


def line(text: str, baseline: float, size: float = 10.0) -> list[Word]:
    return [
        Word(word, Box(50 + 60 * k, baseline - size, 100 + 60 * k, baseline), baseline, size, False)
        for k, word in enumerate(text.split())
    ]


@pytest.mark.parametrize(
    ("apart", "below", "told"),
    [
        (4.0, "dans le parc", True),
        (10.0, "dans le parc", False),
        (0.2, "dans le parc", False),
        (4.0, "a b", False),
        (4.0, "1 2 3", False),
    ],
    ids=["rows too low", "lines set close", "letters printed twice", "two marks", "calls of notes"],
)
def test_lines_over_one_another(apart: float, below: str, told: bool) -> None:
    page = Page(1, 595, 842, (*line("Captation de logements", 100), *line(below, 100 + apart)))
    assert [p.rule for p in overprinted(page)] == ["text_overprinted"] * told
