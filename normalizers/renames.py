"""Headings of columns that say how actions were numbered or named before, and how they are now."""

import re
from collections.abc import Sequence

from normalizers.terms import fold

OLD = re.compile(
    r"\b(?:ancien(?:ne)?s?|anterieure?s?|precedente?s?|origine|initiale?s?|ex)\b"
    r"|\b(?:correspondance|provenance|filiation)\b"
)
NEW = re.compile(r"\b(?:nouve(?:l|au|lle)s?|nouveaux|actuel(?:le)?s?|desormais|devien\w+)\b")
NAME = re.compile(r"\b(?:intitule|libelle|nom|titre|denomination|action|projet)s?\b")


def renamed(headings: Sequence[str]) -> tuple[int, int] | None:
    """The columns, from 1, of what actions were called and are called: 'Ancien intitulé | Nouvel
    intitulé'; None where there are not one of each."""
    said = [fold(heading) for heading in headings]
    old = [k for k, s in enumerate(said, 1) if OLD.search(s) and NAME.search(s)]
    new = [k for k, s in enumerate(said, 1) if NEW.search(s) and NAME.search(s)]
    return (old[0], new[0]) if len(old) == len(new) == 1 and old != new else None
