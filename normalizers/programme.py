"""Whether an act speaks of the programme whose acts these are, in the wordings of
`data/reference/programme.csv`, on folded text."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from normalizers.reference import folded_pattern, read_rows
from normalizers.terms import fold

Patterns = Sequence[re.Pattern[str]]


def load_programme(path: Path) -> Patterns:
    """The patterns of `programme.csv`; MalformedError names the line that is wrong."""
    return [
        folded_pattern(row["pattern"], path, i)
        for i, row in enumerate(read_rows(path, ("pattern",)), 2)
    ]


def names_programme(texts: Iterable[str | None], patterns: Patterns) -> bool:
    """Does any of `texts` name the programme?"""
    return any(p.search(fold(text)) for text in texts if text for p in patterns)
