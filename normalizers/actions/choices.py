"""Columns that answer by a cross, one for each status, or each pilot, that an action may have; or
by a sign that a legend explains: '●' for the pilot under 'Métropole', '○ UDAF' for a partner under
'Associations'; or by the colour behind a row, where a legend says what it means."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from normalizers.actions.headings import Column
from normalizers.checkboxes import EMPTY, TICKED
from normalizers.colours import SWATCH, named_colour
from pipeline.extracted import ExtractedCell

MARK = re.compile(rf"[x×●•{TICKED}]|\[\s*x\s*\]|oui", re.IGNORECASE)
UNMARKED = re.compile(rf"[{EMPTY}]|\[\s*\]|non", re.IGNORECASE)
CHOSEN = ("status", "pilot", "section", "category")


def is_mark(text: str) -> bool:
    """Is `text` no more than a cross, a tick or a dot?"""
    return bool(MARK.fullmatch(text.strip()))


def is_unmarked(text: str) -> bool:
    """Is `text` nothing, or no more than a box without a tick?"""
    return not text.strip() or bool(UNMARKED.fullmatch(text.strip()))


def with_choices(
    columns: Sequence[Column],
    field_of: Callable[[str], str | None],
    is_status: Callable[[str], bool],
) -> list[Column]:
    """`columns`, those in a row whose cells hold nothing but marks made options of one field: what
    the words over all of them ask, or the status where each heading words one."""
    found = list(columns)
    for run in _marked(columns):
        over = _common([columns[i].heading.split() for i in run])
        options = [" ".join(columns[i].heading.split()[len(over) :]) for i in run]
        field = field_of(" ".join(over)) if over else None
        if field is None and all(map(is_status, options)):
            field = "status"
        if field in CHOSEN and all(options):
            for i, option in zip(run, options, strict=True):
                found[i] = replace(columns[i], field=field, stage=None, option=option)
    return found


def with_signs(columns: Sequence[Column], signs: Mapping[str, str]) -> list[Column]:
    """`columns`, those side by side whose cells hold nothing but `signs`, each of a field, and
    names behind them, made columns of pilots, where no other tells these."""
    found = list(columns)
    told = [[behind_sign(text, signs) for text in c.texts if text.strip()] for c in columns]
    of_signs = [bool(column) and all(column) for column in told]
    others = [c for c, signed in zip(columns, of_signs, strict=True) if not signed]
    if "pilot" not in signs.values() or any(c.field == "pilot" for c in others):
        return found
    for signed, run in groupby(range(len(told)), key=lambda i: of_signs[i]):
        several = list(run)
        if signed and len(several) > 1:
            for i in several:
                found[i] = replace(
                    columns[i],
                    field="pilot",
                    stage=None,
                    funder=None,
                    payer_in=None,
                    option=columns[i].heading,
                    signs=tuple(signs.items()),
                )
    return found


def behind_sign(text: str, signs: Mapping[str, str]) -> tuple[str, str] | None:
    """The field of the sign that `text` begins with, and the name behind it ('' without); None
    where it begins with none of `signs`."""
    sign, _, name = text.strip().partition(" ")
    return (signs[sign], name.strip()) if sign in signs else None


def _marked(columns: Sequence[Column]) -> Iterator[list[int]]:
    """The columns side by side, two at least, that hold marks or nothing, and some mark."""
    told = [[text for text in column.texts if not is_unmarked(text)] for column in columns]
    for marked, run in groupby(range(len(told)), key=lambda i: all(map(is_mark, told[i]))):
        several = list(run)
        if marked and len(several) > 1 and any(told[i] for i in several):
            yield several


def _common(headings: Sequence[Sequence[str]]) -> list[str]:
    """The words that all `headings` begin with."""
    together = takewhile(lambda words: len(set(words)) == 1, zip(*headings, strict=False))
    return [words[0] for words in together]


def told_by_colour(cells: Iterable[ExtractedCell], is_status: Callable[[str], bool]) -> str | None:
    """The status that a legend gives to the colour behind `cells` of a row: 'ligne verte = action
    reconduite'; None where it gives none, or several."""
    notes = (note.text.partition(" = ") for cell in cells for note in cell.notes)
    signs = ((sign == SWATCH or named_colour(sign), said) for sign, _, said in notes)
    found = {said for of_colour, said in signs if of_colour and is_status(said)}
    return found.pop() if len(found) == 1 else None
