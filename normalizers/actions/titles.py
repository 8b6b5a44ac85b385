"""The titles of action sheets: 'Proposition de fiche n° 21 : Mentorat', in the heading above, in
the table's title or in its first row."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from normalizers.actions.parts import Part, first_row
from normalizers.references import IN_ANNEX, TITLE_ALONE, split_reference

ASIDE = re.compile(r"\s*(?:\([^()\d]{3,20}\))?\s*")  # Fiche action n° 6 (nouvelle)
PROPOSED = re.compile(
    rf"{IN_ANNEX}(?P<proposed>propositions?\s+de\s+)?(?=fiches?\b)", re.IGNORECASE
)


class Title(NamedTuple):
    """An action as a title names it, and whether it is but proposed."""

    reference: str | None
    label: str
    proposed: bool = False


def action_title(text: str) -> Title | None:
    """The action that the first line of `text` names with its reference: 'Fiche action n° 3 : Bail
    glissant', or the line below where the first has its number alone."""
    first, *below = text.split("\n")
    text = title_across([first, _sentence(below)]) or first
    match = PROPOSED.match(text)
    reference, label = split_reference(text[match.end() :] if match else text, parted=False)
    return Title(reference, label, bool(match and match["proposed"])) if reference else None


def _sentence(lines: Sequence[str]) -> str:
    """The first of `lines`, with those that go on within its sentence."""
    more = takewhile(lambda line: line[:1].islower(), lines[1:])
    return " ".join([*lines[:1], *more])


def sheet_title(part: Part) -> Title | None:
    """The title of the sheet that `part` belongs to."""
    return next((t for text in _above(part) if is_sheet(text) and (t := action_title(text))), None)


def sheet_number(part: Part) -> str | None:
    """The number of the sheet that `part` belongs to, with or without a label."""
    title = next((text for text in _above(part) if is_sheet(text)), "")
    match = TITLE_ALONE.match(title.strip())
    return " ".join(match[0].split()) if match else None


def numbered_title(part: Part) -> Title | None:
    """The action that the first row of `part` numbers, or the row above."""
    texts = (split_reference(text) for text in (*_across(part), part.table.title))
    return next((Title(number, label) for number, label in texts if number), None)


def is_sheet(text: str) -> bool:
    """Does `text` begin with the word: 'Fiche action n° 2 : Bail glissant', 'Fiche financière'?"""
    return PROPOSED.match(text) is not None


def names_sheet(text: str) -> bool:
    """'Fiche action n° 2 : Bail glissant', or 'FICHE ACTION 1.2' alone."""
    titled = is_sheet(text) and action_title(text) is not None
    return titled or TITLE_ALONE.fullmatch(text.strip()) is not None


def title_across(texts: Sequence[str]) -> str | None:
    """The title that a row makes of a sheet's number and its label: 'Fiche 1.A | Bail glissant'."""
    told = [text.strip() for text in texts if text.strip()]
    number = TITLE_ALONE.match(told[0]) if len(told) == 2 else None
    parted = number and ASIDE.fullmatch(told[0], number.end()) and re.search(r"[^\W\d_]", told[1])
    return f"{number[0]} – {told[1]}" if number and parted else None


def _above(part: Part) -> list[str]:
    """The texts that may name the sheet of `part`, over it and in its first rows."""
    first = (text for row in _first_rows(part) for text in row)
    return [part.heading, part.table.title, *_across(part), *first]


def _across(part: Part) -> list[str]:
    """The titles that the first row of `part` makes, be it a head or not."""
    return [title for row in _first_rows(part) if (title := title_across(row))]


def _first_rows(part: Part) -> list[Sequence[str]]:
    head = [cell.text for row in part.table.head[:1] for cell in row]
    return [head, part.table.columns, first_row(part.table)]
