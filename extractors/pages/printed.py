"""Texts by the order of printing: programs print a cell's text whole, line after line, then the
next cell, which begins higher up. Justified words, far apart, are one text; words near one another
that are not printed one after the other are two.

Lengths are in points unless said to be shares of the font size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.pages.page import Word, clusters

PITCH = 1.6  # of the font size: lines of one text stand no further apart
SAME_PLACE = 1.0  # points between the ends of justified lines
SAME_HEIGHT = 0.5  # points between the baselines of one line
EVEN = 0.12  # of the font size: what the blanks of a justified line differ by, at most
WIDE = 0.37  # of the font size: no blank between words is wider unless stretched


def as_printed(words: Sequence[Word]) -> list[Word]:
    """`words`, in the order of printing, with the number of the stretched line that each stands on,
    and whether it is printed apart from the word before it on its line."""
    result = list(words)
    for number, line in enumerate(_stretched(words)):
        for i in line:
            result[i] = replace(words[i], line=number)
    for i in _apart(words):
        result[i] = replace(result[i], apart=True)
    return result


def _apart(words: Sequence[Word]) -> Iterator[int]:
    """The places of words near the one before them on the line, but not printed after it."""
    for line in clusters(range(len(words)), lambda i: words[i].baseline, SAME_HEIGHT):
        for i, j in pairwise(sorted(line, key=lambda i: words[i].box.x0)):
            blank = words[j].box.x0 - words[i].box.x1
            if j != i + 1 and 0 < blank <= WIDE * words[j].size:
                yield j


def _stretched(words: Sequence[Word]) -> Iterator[range]:
    """The places of the words of each line with wide blanks that is one text's: these are even, and
    there are no others (as in a sum, where they are not stretched), or the text is justified and
    what is printed before or after it proves where it ends."""
    for lines in _texts(words):
        for line in lines[:-1]:
            first = words[line.start]
            wide = [_blank(words, i) for i in line[:-1] if _is_wide(words, i)]
            if not wide or max(wide) - min(wide) > EVEN * first.size:
                continue
            even = len(wide) == len(line) - 1 > 1
            if even or (_is_justified(words, lines) and _is_alone(words, lines, first)):
                yield line


def _is_justified(words: Sequence[Word], lines: Sequence[range]) -> bool:
    """Do all `lines` of several words but the last end at one place, and none beyond it?"""
    ends = [words[line[-1]].box.x1 for line in lines[:-1] if len(line) > 1]
    last = next((i for i in lines[-1][:-1] if _is_wide(words, i)), lines[-1][-1])
    others = (words[line[-1]].box.x1 for line in lines[:-1])
    beyond = max(*others, words[last].box.x1) > max(ends) + SAME_PLACE
    return not beyond and max(ends) - min(ends) <= SAME_PLACE


def _is_wide(words: Sequence[Word], i: int) -> bool:
    return _blank(words, i) > WIDE * words[i].size


def _is_alone(words: Sequence[Word], lines: Sequence[range], first: Word) -> bool:
    """Has the text of `lines` its line that begins with `first` for itself? The word printed after
    it stands beside the line, no lower; or it alone goes on below those printed before it, which
    stand lower than the line, left of it, or on the text's first line."""
    start, stop = lines[0].start, lines[-1].stop
    after = words[stop] if stop < len(words) else first
    if after.baseline <= first.baseline + SAME_HEIGHT and after.box.x0 > first.box.x0:
        return True
    if not start or any(_is_wide(words, i) for i in lines[-1][:-1]):
        return False
    before = words[start - 1]
    on_first = abs(before.baseline - words[start].baseline) <= SAME_HEIGHT
    on_line = abs(before.baseline - first.baseline) <= SAME_HEIGHT
    left = on_line and before.box.x1 < first.box.x0
    return on_first or left or before.baseline > first.baseline + SAME_HEIGHT


def _texts(words: Sequence[Word]) -> Iterator[list[range]]:
    """The places of the words of each text of several lines, line by line. On its last line may
    stand what is printed next."""
    text: list[range] = []
    for line, below in pairwise(_lines(words)):
        if text and _starts(words, text[-1].start, below.start):
            text.append(below)
            continue
        if text:
            yield text
        text = next(
            ([line[i:], below] for i in range(len(line)) if _starts(words, line[i], below.start)),
            [],
        )
    if text:
        yield text


def _lines(words: Sequence[Word]) -> Iterator[range]:
    """The places of words printed one after the other along a line."""
    start = 0
    for i in range(1, len(words)):
        if abs(words[i].baseline - words[i - 1].baseline) > SAME_HEIGHT or _blank(words, i - 1) < 0:
            yield range(start, i)
            start = i
    if words:
        yield range(start, len(words))


def _blank(words: Sequence[Word], i: int) -> float:
    """How wide a blank stands between the words printed at places `i` and `i` + 1."""
    return words[i + 1].box.x0 - words[i].box.x1


def _starts(words: Sequence[Word], above: int, below: int) -> bool:
    """Do lines of one text begin with the words at places `above` and `below`?"""
    one, other = words[above], words[below]
    return (
        abs(one.box.x0 - other.box.x0) <= SAME_PLACE
        and 0 < other.baseline - one.baseline <= PITCH * one.size
    )
