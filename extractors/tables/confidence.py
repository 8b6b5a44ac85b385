"""How sure OCR is of what it read in a cell."""

import re
from collections.abc import Sequence

from extractors.pages.page import ILLEGIBLE, Word
from normalizers.words import Vocabulary

# Measured on 58 scans, 45 of whose 1130 labels and pilots are misread: 39 have such a word less
# sure than this, and 34 of them are misread; of 19 whose mean is below 0.7, ten are.
SURE = 0.85  # least confidence of a word that is neither French nor written elsewhere
DOUBTFUL = 0.5  # confidence of a cell with one that is less
SHORTEST = 3  # letters of a word that can be told to be none
LETTERS = re.compile(r"[^\W\d_]+")


def confidence_in(words: Sequence[Word], vocabulary: Vocabulary) -> float | None:
    """The least confidence of the words with figures, or of which no letter was legible, else the
    mean, and little where a word is probably misread, of a text that a number heads too; None
    unless OCR read them."""
    read = [(w.confidence, w.text) for w in words if w.confidence is not None]
    if not read:
        return None
    decisive = [
        confidence for confidence, text in read if text == ILLEGIBLE or re.search(r"\d", text)
    ]
    if decisive and not _is_headed([text for _, text in read]):
        return round(min(decisive), 3)
    sure = min(decisive, default=sum(confidence for confidence, _ in read) / len(read))
    misread = any(_is_misread(text, confidence, vocabulary) for confidence, text in read)
    return round(min(sure, DOUBTFUL) if misread else sure, 3)


def _is_headed(texts: Sequence[str]) -> bool:
    """Does a number stand before words without any, as before a label?"""
    first, *others = texts
    numbered = any(map(str.isdigit, first)) and not any(re.search(r"[\d€]", t) for t in others)
    return numbered and sum(bool(LETTERS.fullmatch(t)) for t in others) > 1


def _is_misread(text: str, confidence: float, vocabulary: Vocabulary) -> bool:
    """Is a part of `text`, read without certainty, no word that anybody knows, nor a sigle?"""
    return confidence < SURE and any(
        len(part) >= SHORTEST and not part.isupper() and not vocabulary.knows(part)
        for part in LETTERS.findall(text)
    )
