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
    call of a note and no part of a figure, is written as raised at the end of the word; so is the
    number of a note right before its first word."""
    result: list[Word] = []
    for word in words:
        last = result[-1] if result else word
        if CALL.fullmatch(last.text) and _is_raised(word, last):
            number = last.text.translate(SUPERSCRIPT)
            result[-1] = replace(last, text=number, baseline=word.baseline)
        if not _is_raised(last, word):
            result.append(word)
        elif CALL.fullmatch(word.text):
            text = last.text + word.text.translate(SUPERSCRIPT)
            result[-1] = replace(last, text=text, box=around([last.box, word.box]))
        else:
            result.append(replace(word, baseline=last.baseline))
    return result


def _is_raised(word: Word, raised: Word) -> bool:
    """Does `raised`, which is smaller than `word`, stand right behind it, or right before it, a
    little higher?"""
    up = word.baseline - raised.baseline
    high = up > HIGH * word.size and CALL.fullmatch(raised.text)
    blank = min(abs(raised.box.x0 - word.box.x1), abs(word.box.x0 - raised.box.x1))
    near = blank < (SPACE if high else NEAR) * word.size
    return raised.size < SMALLER * word.size and 0 < up < RAISED * word.size and near
