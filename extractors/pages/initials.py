"""The initials that a pen writes at the foot of a scanned page, which OCR takes for letters."""

from collections.abc import Iterable
from statistics import median

from extractors.pages.page import Word

LARGER = 2.0  # times the usual size: so large a pen writes
MOST_LETTERS = 4  # that OCR makes of a stroke of it


def usual_size(words: Iterable[Word]) -> float:
    """The size in points of most `words` of a page; 0 where it has none."""
    return median([w.size for w in words] or [0.0])


def are_initials(words: Iterable[Word], usual: float) -> bool:
    """Are `words`, at the foot of a page of the `usual` size, read by OCR from strokes of a pen?"""
    return all(
        w.confidence is not None and w.size > LARGER * usual and len(w.text) <= MOST_LETTERS
        for w in words
    )
