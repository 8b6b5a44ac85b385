"""Words set letter by letter ("A R T I C L E   1"), or in letters of several sizes, made whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.pages.characters import PRINT, Char
from extractors.pages.page import Word, around

SPACED_LETTERS = 6  # in a row are words set letter by letter
LONGEST_WORD = 25  # letters
WORD_APART = 1.5  # of the blank between such letters: a wider one parts words
NEAR = 0.2  # of the font size: words of a text stand further apart
SAME_HEIGHT = 0.5  # points between the baselines of one line
TRACKING = (0.06, 0.22)  # of the font size: the blank between letters that are set apart
EVEN = 0.1  # of the font size: what such blanks differ by, at most
AROUND = 12  # characters: how far such letters are looked for
LETTERS = 0.5  # of the font size: letters of one word are no further apart
ENOUGH = 4  # blanks, to tell the usual one


def is_tracked(chars: Sequence[Char], i: int) -> bool:
    """Is the blank before the character at `i` hardly wider than those between the letters around
    it, which are set apart, all in one size?"""
    around = chars[max(0, i - AROUND) : i + AROUND]
    size = max(chars[i - 1][PRINT].size, chars[i][PRINT].size)
    low, high = (share * size for share in TRACKING)
    if not i or (blank := _between(chars[i - 1], chars[i])) >= high + EVEN * size:
        return False
    near = [c for c in chars[max(0, i - 3) : i + 3] if _between(c, chars[i]) < 3 * size]
    if len({c[PRINT].size for c in near}) > 1:
        return False
    gaps = sorted(gap for p in pairwise(around) if -low < (gap := _between(*p)) < LETTERS * size)
    usual = gaps[len(gaps) // 2] if len(gaps) >= ENOUGH else 0.0
    return low < usual < high and blank < usual + EVEN * size


def tracking(chars: Sequence[Char]) -> float:
    """How far the letters of a word are set apart, points; 0.0 where they are not."""
    if len(chars) < 2:
        return 0.0
    low, high = (share * chars[0][PRINT].size for share in TRACKING)
    if not low < _between(chars[0], chars[1]) < high:
        return 0.0
    gaps = sorted(_between(*pair) for pair in pairwise(chars))
    return gaps[len(gaps) // 2] if low < gaps[0] else 0.0


def _between(one: Char, other: Char) -> float:
    """The blank between the boxes of two characters, points."""
    _, left, bottom, right, top, *_ = one
    _, x0, y0, x1, y1, *_ = other
    return max(x0 - right, left - x1, y0 - top, bottom - y1)


def unspaced(words: Sequence[Word]) -> list[Word]:
    """`words`, one after the other, on one line or on several, with those set letter by letter made
    whole."""
    if not _are_letters(words):
        return list(words)
    return [word for run in _runs(words) for word in _whole(run)]


def _are_letters(words: Sequence[Word]) -> bool:
    """Are there enough single letters among `words` to make some?"""
    if len(words) < SPACED_LETTERS:
        return False
    single = [word.text for word in words if len(word.text) == 1]
    return len(single) >= SPACED_LETTERS and sum(map(str.isalpha, single)) >= SPACED_LETTERS


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """`words` in runs of letters, and of those that stand nearer to one another than words do; each
    other word by itself."""
    near = [False, *(_gap(a, b) < NEAR for a, b in pairwise(words)), False]
    run: list[Word] = []
    for i, word in enumerate(words):
        if len(word.text) == 1 or near[i] or near[i + 1]:
            run.append(word)
            continue
        yield run
        yield [word]
        run = []
    yield run


def _gap(word: Word, following: Word) -> float:
    """The blank between two words, as a share of the font size; without end where `following`
    stands on another line, or before `word`."""
    gap = (following.box.x0 - word.box.x1) / max(word.size, following.size)
    level = abs(word.baseline - following.baseline) <= SAME_HEIGHT
    return gap if level and gap > -NEAR else float("inf")


def _whole(run: list[Word]) -> list[Word]:
    """The words that letters in a `run` make, where their blanks tell; else as they are."""
    if not _are_letters(run):
        return run
    gaps = [_gap(a, b) for a, b in pairwise(run)]
    usual = sorted(gaps)[len(gaps) // 3]
    parts = [run[:1]]
    for gap, word in zip(gaps, run[1:], strict=True):
        if gap > WORD_APART * usual + 0.1:
            parts.append([])
        parts[-1].append(word)
    if usual > 1 or max(sum(len(w.text) for w in part) for part in parts) > LONGEST_WORD:
        return run  # nothing tells the words apart
    return [
        replace(
            max(part, key=lambda w: w.size),
            text="".join(w.text for w in part),
            box=around([w.box for w in part]),
            run=part[0].run,
            apart=part[0].apart,
            tracking=max(usual, 0.0) * max(w.size for w in part),
        )
        for part in parts
    ]
