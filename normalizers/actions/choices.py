"""Columns that answer by a cross: one for each status, or each pilot, that an action may have."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from normalizers.actions.headings import Column

MARK = re.compile(r"[xX×✓✔✗✘☓☑☒⌧●•■◼]|oui", re.IGNORECASE)
CHOSEN = ("status", "pilot", "section", "category")


def is_mark(text: str) -> bool:
    """Is `text` no more than a cross, a tick or a dot?"""
    return bool(MARK.fullmatch(text.strip()))


def with_choices(
    columns: Sequence[Column],
    headings: Sequence[str],
    texts: Sequence[Sequence[str]],
    field_of: Callable[[str], str | None],
    is_status: Callable[[str], bool],
) -> list[Column]:
    """`columns`, those in a row whose cells hold nothing but marks made options of one field: what
    the words over all of them ask, or the status where each heading words one. `texts`: those of
    each column's cells."""
    found = list(columns)
    for run in _marked(texts):
        over = _common([headings[i].split() for i in run])
        options = [" ".join(headings[i].split()[len(over) :]) for i in run]
        field = field_of(" ".join(over)) if over else None
        if field is None and all(map(is_status, options)):
            field = "status"
        if field in CHOSEN and all(options):
            for i, option in zip(run, options, strict=True):
                found[i] = replace(columns[i], field=field, stage=None, option=option)
    return found


def _marked(texts: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """The columns side by side, two at least, that hold marks or nothing, and some mark."""
    told = [[text for text in column if text.strip()] for column in texts]
    for marked, run in groupby(range(len(told)), key=lambda i: all(map(is_mark, told[i]))):
        several = list(run)
        if marked and len(several) > 1 and any(told[i] for i in several):
            yield several


def _common(headings: Sequence[Sequence[str]]) -> list[str]:
    """The words that all `headings` begin with."""
    together = takewhile(lambda words: len(set(words)) == 1, zip(*headings, strict=False))
    return [words[0] for words in together]
