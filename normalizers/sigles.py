"""What a document's own sigles stand for, as it says itself.

"plateforme territoriale d'accompagnement (PFTA)"      after the words
"PFTA (plateforme territoriale d'accompagnement)"      before them
"PFTA : plateforme territoriale d'accompagnement"      in a list of sigles, or a row of a table

Nothing is believed that the letters do not bear out: each letter stands in the words in order, and
each word that counts begins with one of them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from normalizers.terms import STOPWORDS, WORD, fold

SIGLE = r"[A-ZÉÈ][A-Za-zÉÈé]{0,2}(?:[A-ZÉÈ&'’.]{1,2}[a-z]?){1,8}"
IN_BRACKETS = re.compile(rf"\(\s*({SIGLE})s?\s*\)")
BEFORE_BRACKETS = re.compile(rf"\b({SIGLE})\s*\(([^()]{{6,160}})\)")
LISTED = re.compile(rf"^\W*({SIGLE})\s*(?::|=|[-–—|])\s*(\S[^\n;]{{5,160}})", re.MULTILINE)
LONGEST = 14  # words of an expansion
FROM_ONE = 3  # letters that one word may give: 'plateforme' gives PF
PARTS = re.compile(r"[A-Za-zÀ-ÿ0-9]+")


@lru_cache(maxsize=4096)
def sigles(text: str) -> tuple[tuple[str, str], ...]:
    """(sigle, what it stands for) of each definition in `text`, in no particular order."""
    return tuple(_defined(text))


def _defined(text: str) -> Iterator[tuple[str, str]]:
    for hit in IN_BRACKETS.finditer(text):
        before = list(PARTS.finditer(text, max(0, hit.start() - 200), hit.start()))[-LONGEST:]
        for first in reversed(before):
            expansion = text[first.start() : hit.start()].strip()
            if spelt_by(hit[1], expansion):
                yield hit[1], " ".join(expansion.split())
                break
    for pattern in (BEFORE_BRACKETS, LISTED) if "(" in text else (LISTED,):
        for hit in pattern.finditer(text):
            after = list(islice(PARTS.finditer(hit[2]), LONGEST))
            for last in after:
                expansion = hit[2][: last.end()]
                if spelt_by(hit[1], expansion) and _ends(hit[2][last.end() :]):
                    yield hit[1], " ".join(expansion.split())
                    break


def _ends(rest: str) -> bool:
    """No further word belongs to the same name: a stop, a comma or nothing follows."""
    return not rest.strip() or not (rest[0].isspace() or rest[0] in "-'’")


def spelt_by(sigle: str, expansion: str) -> bool:
    """The letters of `sigle` are those of `expansion`, in order, with every initial that counts."""
    letters = "".join(c for c in fold(sigle) if c.isalnum())
    names = WORD.findall(fold(expansion).replace("œ", "oe"))
    if len(letters) < 2 or len(names) < 2 or _small(names[0]) or _small(names[-1]):
        return False
    return _spelt(letters, names)


def _small(word: str) -> bool:
    return len(word) == 1 or word in STOPWORDS


def _spelt(letters: str, names: list[str]) -> bool:
    if not names:
        return not letters
    word, rest = names[0], names[1:]
    if _small(word) and _spelt(letters, rest):
        return True
    if not letters or word[0] != letters[0]:
        return False
    return any(
        _inside(letters[1:taken], word[1:]) and _spelt(letters[taken:], rest)
        for taken in range(1, min(len(letters), FROM_ONE) + 1)
    )


def _inside(letters: str, word: str) -> bool:
    """`letters` stand in `word` in this order."""
    places = iter(word)
    return all(letter in places for letter in letters)
