"""Lines as running text, and what is quoted of it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pages.furniture import place
from extractors.pages.page import Line
from normalizers.contacts import find_contacts
from normalizers.words import Vocabulary, join_with_offsets
from pipeline.extracted import Fact, Place

LONGEST_CONTACT = 130  # characters


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines as running text; `at` finds the line of a character."""

    text: str
    offsets: tuple[int, ...]
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, lines: Sequence[Line], vocabulary: Vocabulary) -> "Passage":
        text, offsets = join_with_offsets([line.text for line in lines], vocabulary)
        return cls(text, tuple(offsets), tuple(lines))

    def at(self, position: int) -> Line:
        return self.lines[max(0, bisect_right(self.offsets, position) - 1)]


def window_of(text: str, start: int, length: int) -> str:
    """`length` characters of `text`, fewer where that would cut a contact in two."""
    longer = text[start : start + length + LONGEST_CONTACT]
    cut = (c.start for c in find_contacts(longer) if c.start < length < c.end)
    return longer[: min(cut, default=length)]


def fact_at(name: str, whole: Passage, position: int, value: str, quote: str) -> Fact:
    where: Place = place(whole.at(position))
    return Fact(name=name, value=value, quote=quote, place=where)
