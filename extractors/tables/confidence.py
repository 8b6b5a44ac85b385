"""How sure OCR is of what it read in a cell."""

import re
from collections.abc import Sequence

from extractors.pages.page import ILLEGIBLE, Word
from normalizers.words import Vocabulary

# Measured on scans of 776 labels and pilots, 14 of them misread: ten of the sixteen with such a
# word less sure than this are among these; of the mean of all words, 0.7 finds two, 0.85 six.
SURE = 0.85  # least confidence of a word that is neither French nor written elsewhere
DOUBTFUL = 0.5  # confidence of a cell with one that is less
SHORTEST = 3  # letters of a word that can be told to be none
LETTERS = re.compile(r"[^\W\d_]+")


def confidence_in(words: Sequence[Word], vocabulary: Vocabulary) -> float | None:
    """The least confidence of the words with figures, or of which no letter was legible, else the
    mean, and little where a word is probably misread; None unless OCR read them."""
    read = [(w.confidence, w.text) for w in words if w.confidence is not None]
    if not read:
        return None
    decisive = [
        confidence for confidence, text in read if text == ILLEGIBLE or re.search(r"\d", text)
    ]
    if decisive:
        return round(min(decisive), 3)
    mean = sum(confidence for confidence, _ in read) / len(read)
    misread = any(_is_misread(text, confidence, vocabulary) for confidence, text in read)
    return round(min(mean, DOUBTFUL) if misread else mean, 3)


def _is_misread(text: str, confidence: float, vocabulary: Vocabulary) -> bool:
    """Is a part of `text`, read without certainty, no word that anybody knows, nor a sigle?"""
    return confidence < SURE and any(
        len(part) >= SHORTEST and not part.isupper() and not vocabulary.knows(part)
        for part in LETTERS.findall(text)
    )
