"""Texts side by side, parted before they are read."""

import numpy as np
import pytest

from extractors.scans.bitmap import Grey, PixelBox
from extractors.scans.side_by_side import side_by_side

POINT = 4.0
LETTER, LINE = 24, 44  # pixels: height of the letters, from line to line
WORDS = 44, 68, 56, 80, 32  # pixels: length of a word, one after the other
SPACE = 10  # pixels between words


def drawn(texts: list[tuple[int, int, list[int]]], size: tuple[int, int] = (800, 2000)) -> Grey:
    """A picture of texts, each given by where it begins and by how many words its lines have."""
    picture = np.full(size, 255, np.uint8)
    for left, top, lines in texts:
        for i, words in enumerate(lines):
            y, x = top + i * LINE, left
            for j in range(words):
                length = WORDS[(top // LINE + 3 * i + j) % len(WORDS)]
                for letter in range(x, x + length, 12):
                    picture[y : y + LETTER, letter : letter + 8] = 0
                x += length + SPACE
    return picture


def read(picture: Grey, columns: bool = False) -> list[PixelBox]:
    whole = (0, 0, picture.shape[1], picture.shape[0])
    return [part.box for part in side_by_side(picture, whole, POINT, columns)]


def test_texts_whose_lines_are_not_level_are_parted() -> None:
    boxes = read(drawn([(100, 100, [3, 3, 2]), (500, 122, [2, 2]), (900, 144, [1])]))
    lefts = sorted({box[0] for box in boxes})
    assert [round(x / 100) for x in lefts] == [1, 5, 9]
    assert min(box[1] for box in boxes) <= 104 and max(box[3] for box in boxes) >= 206


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([(100, 100, [3, 3, 2]), (500, 100, [2, 2])], id="two columns, level"),
        pytest.param([(100, 100, [12, 12, 5]), (100, 300, [12])], id="prose"),
    ],
)
def test_level_texts_are_read_as_lines(texts: list[tuple[int, int, list[int]]]) -> None:
    assert not read(drawn(texts))
    assert not read(drawn(texts), columns=True)


def test_columns_of_several_lines_are_parted_even_if_level() -> None:
    table = [(100, 100, [3, 3, 2, 3]), (500, 100, [2, 2, 1]), (900, 100, [1, 2, 2, 1])]
    title = [(100, 30, [14])]
    prose = [(100 + 25 * i, 300 + i * LINE, [14]) for i in range(4)]
    boxes = read(drawn([*title, *table, *prose]), columns=True)
    assert [round(box[0] / 100) for box in boxes] == [1, 5, 9]
    assert all(box[1] >= 96 and box[3] <= 264 for box in boxes)
    assert not read(drawn([*title, *table, *prose]))


def test_words_of_prose_below_each_other_by_chance_are_no_columns() -> None:
    picture = drawn([(100, 100, [2]), (300, 100, [2]), (500, 100, [3]), (100, 144, [2, 2])])
    assert not read(picture, columns=True)


@pytest.mark.parametrize(("lines", "sure"), [(5, False), (14, True)])
def test_columns_are_sure_along_many_lines(lines: int, sure: bool) -> None:
    picture = drawn([(x, 60, [2] * lines) for x in (100, 500, 900)])
    whole = (0, 0, picture.shape[1], picture.shape[0])
    parts = side_by_side(picture, whole, POINT, columns=True)
    assert [part.in_column for part in parts] == [sure] * 3
