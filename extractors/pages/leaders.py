"""Leaders: the dots that a tab stop sets from a text to its sum, 'Bail glissant ........ 9 000 €'.

They say no more than a blank as wide, and joined to the texts beside them hide two columns. Those
of a table of contents stay: they tell it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.pages.characters import Char
from extractors.pages.page import Word, clusters

FEWEST = 5  # dots: fewer are an ellipsis
RUN = re.compile(r"\.{5,}")
DOTS = re.compile(r"[.…]+")
SAME_HEIGHT = 0.5  # points between the baselines of one line
SUM = re.compile(r"\d{1,3}(?:[\s.]\d{3})+(?!\d)|\d+(?:,\d+)?\s?k?€")
PAGE_NUMBER = re.compile(r"\d{0,3}")


def parted_from_leaders(chars: Sequence[Char]) -> list[Char]:
    """`chars`, a blank before the dots of leaders and behind them."""
    found = list(chars)
    text = "".join(char[0][:1] or " " for char in chars)
    for match in RUN.finditer(text):
        for i in (match.start(), match.end()):
            if 0 < i < len(found):
                found[i] = (*found[i][:-1], " ")
    return found


def without_leaders(words: Sequence[Word]) -> list[Word]:
    """`words` of a page without the leaders on it, where one leads to a sum; but for those that
    lead to the number of a page."""
    leaders = [found for found in _leaders(words) if not PAGE_NUMBER.fullmatch(found[1])]
    if not any(SUM.match(text) for _, text in leaders):
        return list(words)
    gone = {id(word) for dots, _ in leaders for word in dots}
    return [word for word in words if id(word) not in gone]


def _leaders(words: Sequence[Word]) -> Iterator[tuple[list[Word], str]]:
    """The dots of each leader, and what stands behind it on its line, up to the next."""
    if not any(DOTS.fullmatch(word.text) for word in words):
        return
    for line in clusters(words, lambda w: w.baseline, SAME_HEIGHT):
        parts = [
            (leads, list(run))
            for leads, run in groupby(
                sorted(line, key=lambda w: w.box.x0), key=lambda w: bool(DOTS.fullmatch(w.text))
            )
        ]
        for k, (leads, dots) in enumerate(parts):
            if leads and sum(len(w.text) for w in dots) >= FEWEST:
                behind = parts[k + 1][1] if k + 1 < len(parts) else []
                yield dots, " ".join(w.text for w in behind)
