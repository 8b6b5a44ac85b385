"""The sentences of a text."""

import re
from collections.abc import Iterator

SENTENCE_END = re.compile(
    r"(?<=[.;!?»])\s+(?=(?:[a-h]\)\s)?[A-ZÀ-Ý«]|\d{1,2}(?:\.\d{1,2})+\.?\s(?:[-–—]\s)?[A-ZÀ-Ý])"
    r"|\n(?![a-zà-ÿ(])|\n(?=[a-h]\)\s)"
)
ABBREVIATION = re.compile(r"(?:\b(?:M|MM|Mme|art|n°|cf|p|St|Ste)|\b[A-Z])\.$")


def sentences(text: str) -> Iterator[str]:
    """The sentences of `text`; paragraphs end one, abbreviations do not."""
    for _, sentence in placed_sentences(text):
        yield sentence


def placed_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Where each sentence begins in `text`, and the sentence with single spaces."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if match[0] != "\n" and ABBREVIATION.search(text[start : match.start()]):
            continue
        if text[start : match.start()].strip():
            yield start, " ".join(text[start : match.start()].split())
        start = match.end()
    if text[start:].strip():
        yield start, " ".join(text[start:].split())
