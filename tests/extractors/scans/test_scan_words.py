from extractors.pages.page import Box
from extractors.scans.scan_words import words_of
from extractors.scans.tokens import Token


def test_words_of_a_slanted_line_do_not_overlap() -> None:
    line = [
        Token("ARTICLE", Box(0, 0, 78, 10), 0.9),
        Token("IV", Box(72, 0, 90, 10), 0.9),
    ]
    first, second = words_of(line, (12.0, 10.0), [False, False], 1.0)
    assert first.box.x1 <= second.box.x0
