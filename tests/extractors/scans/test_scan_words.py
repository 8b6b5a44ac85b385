from extractors.pages.page import Box
from extractors.scans.scan_words import levelled, metrics_of, words_of
from extractors.scans.tokens import Token


def test_words_of_a_slanted_line_do_not_overlap() -> None:
    line = [
        Token("ARTICLE", Box(0, 0, 78, 10), 0.9),
        Token("IV", Box(72, 0, 90, 10), 0.9),
    ]
    first, second = words_of(line, (12.0, 10.0), [False, False], 1.0)
    assert first.box.x1 <= second.box.x0


def test_lines_that_stand_level_have_one_baseline() -> None:
    def line(top: float, turn: int = 0) -> list[Token]:
        return [Token("mot", Box(0, top, 30, top + 10), 0.9, turn)]

    lines = [line(0), line(0.7), line(1.3), line(5), line(0.4, 90)]
    metrics = [(10.0, line_[0].box.bottom) for line_ in lines]
    baselines = [baseline for _, baseline in levelled(lines, metrics, 1.0)]
    assert baselines == [10.7, 10.7, 10.7, 15.0, 10.4]


def test_lines_half_of_which_are_a_pixel_off_stand_between() -> None:
    lines = [[Token("mot", Box(0, 0, 30, 10), 0.9)]] * 4
    metrics = [(10.0, 10.0), (10.0, 10.0), (10.0, 10.5), (10.0, 10.5)]
    assert {baseline for _, baseline in levelled(lines, metrics, 1.0)} == {10.25}


def test_the_accent_of_a_capital_makes_its_word_no_larger() -> None:
    plain = [Token("Subvention", Box(0, 0, 120, 23.3), 0.9)]
    accented = [Token("État", Box(0, 30, 45, 59.3), 0.9)]
    sizes = {size for size, _ in metrics_of([plain, plain, accented])}
    assert len(sizes) == 1
