"""French dates, strictly: a day, a month and a year are all written, or there is no date."""

import re
from dataclasses import dataclass
from datetime import date

from normalizers.number_words import UNITS, read_number_words

MONTHS = {
    "janvier": 1, "février": 2, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6,
    "juillet": 7, "août": 8, "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11,
    "décembre": 12, "decembre": 12,
}  # fmt: skip
# 27 août 2024 · 1er octobre 2024 · 16/10/2023 · 16.10.2023 · 2024-04-13 · 2024.04.13
DATE = re.compile(
    rf"""(?<![\w/.-])(?:
        (?P<day>\d{{1,2}})(?:\s?er)?\s+(?P<month>{"|".join(MONTHS)})\s+(?P<year>\d{{4}})
      | (?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}})
      | (?P<iy>\d{{4}})(?P<isep>[.-])(?P<im>\d{{2}})(?P=isep)(?P<id>\d{{2}})
    )(?![\w/]|[.-]\d)""",
    re.IGNORECASE | re.VERBOSE,
)

# premier juin deux mille vingt-trois · trente et un mars deux mille vingt-quatre
WORD = rf"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})"
IN_WORDS = re.compile(
    rf"\b(?P<day>premier|{WORD}(?:[\s-](?:et[\s-])?{WORD})?)\s+(?P<month>{'|'.join(MONTHS)})\s+"
    rf"(?P<year>deux[\s-]mille(?:[\s-](?:et[\s-])?{WORD}){{0,3}})(?![\w-])",
    re.IGNORECASE,
)
RESTATED = re.compile(r"\s*\(\s*(?:le\s+)?")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written at [start:end] of the text."""

    value: date
    start: int
    end: int


def read_dates(text: str) -> list[WrittenDate]:
    """The complete dates of `text`; a day that no calendar has is none, one in words that is
    written again in figures behind it is that one: 'premier mars deux mille vingt (01/03/2020)'."""
    found = _in_figures(text)
    starts = {d.start for d in found}
    for match in IN_WORDS.finditer(text):
        again = RESTATED.match(text, match.end())
        day = 1 if match["day"].lower() == "premier" else read_number_words(match["day"])
        year = read_number_words(match["year"])
        if day is None or year is None or (again and again.end() in starts):
            continue
        try:
            value = date(year, MONTHS[match["month"].lower()], day)
        except ValueError:
            continue
        found.append(WrittenDate(value, match.start(), match.end()))
    return sorted(found, key=lambda d: d.start)


def _in_figures(text: str) -> list[WrittenDate]:
    found = []
    for match in DATE.finditer(text):
        if match["month"]:
            parts = (int(match["year"]), MONTHS[match["month"].lower()], int(match["day"]))
        elif match["sep"]:
            parts = (int(match["y"]), int(match["m"]), int(match["d"]))
        else:
            parts = (int(match["iy"]), int(match["im"]), int(match["id"]))
        try:
            found.append(WrittenDate(date(*parts), match.start(), match.end()))
        except ValueError:
            continue
    return found
