"""Names and sums that one text tells in one order: 'Département / CAF : 10 000 € / 5 000 €'."""

import re
from collections.abc import Iterator
from typing import NamedTuple

PARTED_BY = tuple(map(re.compile, (r"\s*/\s*", r"\s*\+\s*", r"\s+et\s+", r"\s*;\s*", r"\s*,\s+")))
NAMES = r"(?P<names>(?:[^\d:()]|(?<=[A-Z]\s)\d{2,3}(?=\s*[^\d\s€]))+?)"  # CD 13 / CAF
SUMS = r"(?P<sums>\d[^:()]*)"
FORMS = (
    re.compile(rf"\s*{NAMES}\s*:\s*{SUMS}"),
    re.compile(rf"\s*{SUMS}\s*\(\s*{NAMES}\s*\)\s*"),  # 10 000 € / 5 000 € (Département / CAF)
)
NAME = re.compile(r".*[^\W\d_]{2}.*", re.DOTALL)
SUM = re.compile(r"\d[\d\s.,]*(?:€|euros?|eur)?", re.IGNORECASE)


class Named(NamedTuple):
    """Who pays the sum at [start:end] of a text."""

    name: str
    start: int
    end: int


def named_in_order(text: str) -> list[Named]:
    """The sums of `text`, each with its name, where it tells as many names as sums, parted by the
    same mark; none where it does not."""
    match = next((m for form in FORMS if (m := form.fullmatch(text))), None)
    if match is None:
        return []
    for mark in PARTED_BY:
        names = mark.split(match["names"])
        spans = list(_parted(mark, match["sums"], match.start("sums")))
        if len(names) == len(spans) > 1:
            told = all(map(NAME.fullmatch, names))
            paid = all(SUM.fullmatch(text[start:end].strip()) for start, end in spans)
            named = zip(names, spans, strict=True)
            return [Named(name.strip(), *span) for name, span in named] if told and paid else []
    return []


def _parted(mark: re.Pattern[str], text: str, offset: int) -> Iterator[tuple[int, int]]:
    """Where the parts of `text` between `mark`s stand, counted from `offset`."""
    start = 0
    for cut in mark.finditer(text):
        yield offset + start, offset + cut.start()
        start = cut.end()
    yield offset + start, offset + len(text)
