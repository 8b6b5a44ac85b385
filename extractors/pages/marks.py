"""What is printed over or beside the text of a page: watermarks, notes at its edges."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice
from statistics import median

from extractors.pages.characters import PRINT, Char, Print, prints_of
from extractors.pages.frame import Frame
from extractors.pages.page import Box, Fill, around

ASLANT = 8  # degrees from upright or sideways: what is printed so is no line of text
WATERMARK = 2.0  # of the page's usual size: print as large may lie over the page
UPON = 8  # characters that stand inside the letters of a watermark, at least
COLUMN = 3  # characters, at least, in a column of text
TOUCHING = 1.0  # points between coloured cells side by side
MARGIN = 0.08  # of the page's width: text on its side that stands no further in may be a note

Mark = Sequence[Char]  # what is printed in one go


def without_marks(
    chars: Sequence[Char], frame: Frame, rules: Sequence[Box], fills: Sequence[Fill]
) -> tuple[Sequence[Char], list[Mark]]:
    """The characters of the text, and those printed over or beside it; `rules` and `fills` in the
    reading frame."""
    text, watermarks = _without_watermarks(chars)
    text, notes = _without_side_notes(text, frame, rules, [fill.box for fill in fills])
    return text, [*watermarks, *notes]


def _without_watermarks(chars: Sequence[Char]) -> tuple[Sequence[Char], list[Mark]]:
    """The characters without those printed large over the page, aslant or upon others, and
    these."""
    sizes = {print_.size for print_ in prints_of(chars)}
    if not sizes or max(sizes) < WATERMARK * min(sizes):
        return chars, []
    usual = median(char[PRINT].size for char in chars)
    large: dict[Print, list[Char]] = {}
    for char in chars:
        if char[PRINT].size >= WATERMARK * usual:
            large.setdefault(char[PRINT], []).append(char)
    small = [char for char in chars if char[PRINT] not in large] if large else ()
    marks = {
        print_: mark
        for print_, mark in large.items()
        if print_.aslant > ASLANT or _stands_upon(mark, small)
    }
    rest = [char for char in chars if char[PRINT] not in marks] if marks else chars
    return rest, _whole(marks)


def _whole(marks: Mapping[Print, Mark]) -> list[Mark]:
    """`marks`, single letters of one type made one that are printed one after the other: so do
    programs print a text that is turned."""

    def kind(print_: Print) -> object:
        alone = len(marks[print_]) == 1
        return (round(print_.size), round(print_.aslant), print_.colour) if alone else print_

    return [[char for p in alike for char in marks[p]] for _, alike in groupby(marks, kind)]


def _stands_upon(mark: Mark, others: Iterable[Char]) -> bool:
    """Do many of `others` stand inside the letters of `mark`?"""
    inside = (
        left <= (other[1] + other[3]) / 2 <= right and bottom <= (other[2] + other[4]) / 2 <= top
        for other in others
        for _, left, bottom, right, top, *_ in mark
    )
    return sum(islice(filter(None, inside), UPON)) == UPON


def _without_side_notes(
    chars: Sequence[Char], frame: Frame, rules: Sequence[Box], fills: Sequence[Box]
) -> tuple[Sequence[Char], list[Mark]]:
    """The characters without the texts printed on their side at the left and right edges of the
    page, no rule beyond them, no text above or below, none of them in a coloured cell, and these.
    """
    notes: dict[tuple[int, int], list[Char]] = {}  # by angle and baseline
    for char in chars:
        print_ = char[PRINT]
        if print_.angle != frame.upright and print_.aslant <= ASLANT:
            baseline = print_.y if print_.angle % 180 == 0 else print_.x
            notes.setdefault((print_.angle, round(baseline)), []).append(char)
    edge = MARGIN * frame.width
    for line, note in list(notes.items()):
        box = around([frame.box(*char[1:5]) for char in note])
        out = box.x1 <= edge or box.x0 >= frame.width - edge
        beyond = (
            rule.x1 <= box.x0 if box.x1 <= edge else rule.x0 >= box.x1
            for rule in rules
            if rule.height > rule.width and rule.top < box.bottom and box.top < rule.bottom
        )
        if not out or any(beyond) or _is_in_column(box, chars, frame) or _is_in_cell(box, fills):
            del notes[line]
    taken = {char[PRINT] for note in notes.values() for char in note}
    rest = [char for char in chars if char[PRINT] not in taken] if taken else chars
    return rest, list(notes.values())


def _is_in_column(box: Box, chars: Sequence[Char], frame: Frame) -> bool:
    """Do upright characters stand above or below `box`, as those of a column under its head?"""
    inside = (
        box.x0 < frame.box(*char[1:5]).middle[0] < box.x1
        for char in chars
        if char[PRINT].angle == frame.upright
    )
    return sum(islice(filter(None, inside), COLUMN)) == COLUMN


def _is_in_cell(box: Box, fills: Sequence[Box]) -> bool:
    """Is there colour behind `box` that another colour beside it touches, level with it at the top
    or the foot, as cells of a table are?"""
    behind = [fill for fill in fills if fill.holds(*box.middle)]
    return any(
        min(abs(fill.x1 - other.x0), abs(other.x1 - fill.x0)) <= TOUCHING
        and min(abs(fill.top - other.top), abs(fill.bottom - other.bottom)) <= TOUCHING
        for fill in behind
        for other in fills
    )
