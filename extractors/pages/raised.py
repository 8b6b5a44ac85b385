"""Calls of notes, small and raised behind a word or a figure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.pages.page import Word, around

SMALLER = 0.85  # of the size of the word before, at most, the call of a note
RAISED = 0.6  # of that size, at most: how far above its line the call stands
NEAR = 0.22  # of that size, at most: the blank between them
SPACE = 0.36  # likewise, before a number that stands high
HIGH = 0.25  # of that size: so far above its line it does
CALL = re.compile(r"\(?\d{1,2}\)?")
SUPERSCRIPT = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")


def levelled(words: Sequence[Word]) -> list[Word]:
    """`words`, those small and raised right after another put on its line: a number, which is the
    call of a note and no part of a figure, is written as raised at the end of the word."""
    result = list(words[:1])
    for word in words[1:]:
        last = result[-1]
        if word.size >= SMALLER * last.size or not _is_raised(last, word):
            result.append(word)
        elif CALL.fullmatch(word.text):
            text = last.text + word.text.translate(SUPERSCRIPT)
            result[-1] = replace(last, text=text, box=around([last.box, word.box]))
        else:
            result.append(replace(word, baseline=last.baseline))
    return result


def _is_raised(last: Word, word: Word) -> bool:
    """Does `word`, which is smaller than the `last`, stand right behind it, a little higher?"""
    up = last.baseline - word.baseline
    high = up > HIGH * last.size and CALL.fullmatch(word.text)
    blank = abs(word.box.x0 - last.box.x1)
    return 0 < up < RAISED * last.size and blank < (SPACE if high else NEAR) * last.size
