"""Texts side by side, parted before they are read."""

import numpy as np
import pytest

from extractors.scans.bitmap import Grey, PixelBox
from extractors.scans.side_by_side import on_its_side, side_by_side

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


@pytest.mark.parametrize("rules", [1, 3])
def test_the_end_of_a_title_is_in_no_column_of_the_table_below(rules: int) -> None:
    title = [(left, 156, [1]) for left in (100, 300, 500)]
    table = [(left, 200, [1] * 8) for left in (100, 300, 500, 900)]
    picture = drawn([*title, *table])
    across = [(90, 190 + 180 * i, 1300, 193 + 180 * i) for i in range(rules)]
    whole = (0, 0, picture.shape[1], picture.shape[0])
    parts = side_by_side(picture, whole, POINT, columns=True, across=across)
    assert {round(part.box[0] / 100) for part in parts} == {1, 3, 5, 9}
    assert (min(part.box[1] for part in parts) > 180) == (rules == 3)


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


def figures(ends: list[int], top: int = 60) -> list[tuple[int, int, int, int]]:
    """The digits of sums, thousands apart, each as long as `ends` says before the last three."""
    boxes = []
    for i, first in enumerate(ends):
        y = top + i * LINE
        starts = [500 - 14 * (k + 1) for k in range(first)] + [509 + 14 * k for k in range(3)]
        boxes += [(x, y, x + 10, y + LETTER) for x in starts]
    return boxes


def with_boxes(picture: Grey, boxes: list[tuple[int, int, int, int]]) -> Grey:
    for x0, top, x1, bottom in boxes:
        picture[top:bottom, x0:x1] = 0
    return picture


def test_the_thousands_of_sums_below_each_other_are_no_column() -> None:
    table = drawn([(x, 60, [2, 1] * 5) for x in (60, 800)])
    boxes = read(with_boxes(table, figures([2, 1, 2, 2, 3, 1, 2, 2, 1, 2])), columns=True)
    sums = {box[:1] + box[2:3] for box in boxes if 400 < box[0] < 600}
    assert sums == {(500 - 42, 548)}


def test_calls_of_notes_behind_sums_leave_them_whole() -> None:
    table = drawn([(x, 60, [2, 1] * 5) for x in (60, 800)])
    calls = [(551, 56 + i * LINE, 557, 70 + i * LINE) for i in (0, 1, 4)]
    boxes = read(with_boxes(table, figures([2] * 9 + [3]) + calls), columns=True)
    assert not any(abs(box[0] - 509) <= 2 for box in boxes)


def test_texts_beside_ragged_ones_are_a_column_however_near() -> None:
    table = drawn([(x, 60, [2, 1] * 5) for x in (60, 800)])
    ragged = [
        (480 - 20 * (i % 4), 60 + i * LINE, 490 - 20 * (i % 4), 84 + i * LINE) for i in range(10)
    ]
    marks = [(509, 60 + i * LINE, 545, 84 + i * LINE) for i in range(10)]
    boxes = read(with_boxes(table, ragged + marks), columns=True)
    assert any(abs(box[0] - 509) <= 2 for box in boxes)


def test_texts_all_as_wide_behind_a_justified_one_are_a_column() -> None:
    table = drawn([(x, 60, [2, 1] * 5) for x in (700, 1100)])
    justified = [
        (x, 60 + i * LINE, x + 8, 84 + i * LINE) for i in range(10) for x in range(60, 500, 12)
    ]
    names = [(509, 60 + i * LINE, 545, 84 + i * LINE) for i in range(10)]
    boxes = read(with_boxes(table, justified + names), columns=True)
    assert any(abs(box[0] - 509) <= 2 for box in boxes)


def test_a_dash_is_no_part_of_the_letters_below_it() -> None:
    table = drawn([(x, 60, [2] * 8) for x in (60, 400)])
    column = drawn([(700, 60, [1])])
    table[:, 700:] = column[:, 700:]
    dashes = [(724, 60 + i * LINE + 12, 744, 60 + i * LINE + 17) for i in range(1, 7)]
    last = drawn([(700, 60 + 7 * LINE, [1])])
    table[60 + 7 * LINE :, 700:] = last[60 + 7 * LINE :, 700:]
    boxes = [box for box in read(with_boxes(table, dashes), columns=True) if box[0] >= 690]
    assert [box[3] - box[1] > 12 for box in boxes] == [True, *[False] * 6, True]


@pytest.mark.parametrize(
    ("shape", "found"),
    [((30, 300), True), ((150, 300), False), ((30, 60), False)],
    ids=["the head of a column, on its side", "a picture", "a letter"],
)
def test_what_is_narrow_and_long_above_other_text_may_be_on_its_side(
    shape: tuple[int, int], found: bool
) -> None:
    width, height = shape
    picture = drawn([(100, 600, [1, 1])])
    cell = (80, 60, 300, 720)
    for y in range(100, 100 + height, 16):
        picture[y : y + 10, 120 : 120 + width] = 0
    sideways = list(on_its_side(picture, cell, POINT))
    assert len(sideways) == found
    for _, top, _, bottom in sideways:
        assert 90 <= top <= 100 and 100 + height - 16 <= bottom <= 100 + height
