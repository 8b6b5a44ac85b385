"""Periods ('2023-2025') and exercises ('2023', '2023-2024'), as documents name them."""

import itertools
import re
from dataclasses import dataclass

from normalizers.dates import read_dates

YEAR = r"(?:19|20)\d\d"
YEARS = re.compile(
    rf"(?<![\d/-])(?P<first>{YEAR})(?:\s?(?:[-–—/]|à|et)\s?(?P<second>{YEAR}))?(?![\d/]|-\d)"
)
# les exercices 2022, 2023 et 2024
ENUMERATED = re.compile(
    rf"(?<![\d/-])(?P<first>{YEAR})(?:\s?,\s?{YEAR})+\s?(?:,|et|à)\s?(?P<last>{YEAR})(?![\d/]|-\d)"
)
DATES_BETWEEN = re.compile(
    r"\s*,?\s*(?:au|[-–—]|et(?:\s+le)?|jusqu['’]au|à|"
    r"(?:et\s+|pour\s+)?(?:s['’]ach[èe]ver?|pr(?:end|endre) fin|expire|se termine)\s+(?:le|au))\s*",
    re.IGNORECASE,
)
# What stands before a year that names an exercise: pour l'exercice 2024, au titre de l'année 2024.
CUE = re.compile(
    r"(?:exercices?|années?(?: (?:civile|budgétaire))?|au titre de|pour|en|AMI|actions"
    r"|programme d['’]actions)\s*(?:«\s*)?$",
    re.IGNORECASE,
)
NUMBERS = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6}
# 36 mois · trois (3) ans · 3 ans et 3 mois
DURATION = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)})\s*(?:\(\d{{1,2}}\)\s*)?(?P<unit>mois|ans?|années?)\b"
    r"(?:\s+et\s+(?P<months>\d{1,2})\s+mois)?",
    re.IGNORECASE,
)
LONGEST_EXERCISE = 1  # years between the first and the last year of an exercise


@dataclass(frozen=True, slots=True)
class Period:
    """First and last year of a period."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ExerciseMention:
    """An exercise ('2023' or '2023-2024') as written at [start:end] of the text."""

    exercise: str
    start: int
    end: int


def read_period(text: str) -> Period | None:
    """The years that `text` covers: '3 ans (2023- 2025)', 'du 1er octobre 2024 au 31 mars 2026'."""
    dates = read_dates(text)
    for first, last in itertools.pairwise(dates):
        if DATES_BETWEEN.fullmatch(text[first.end : last.start]) and first.value <= last.value:
            return Period(first.value.year, last.value.year)
    listed = ENUMERATED.search(text)
    for match in YEARS.finditer(text):
        if listed and listed.start() <= match.start() and listed["first"] < listed["last"]:
            return Period(int(listed["first"]), int(listed["last"]))
        if match["second"] and int(match["first"]) < int(match["second"]):
            return Period(int(match["first"]), int(match["second"]))
    return None


def read_term(text: str) -> Period | None:
    """The years that an act holds for: as `read_period`, or a duration from a date on:
    'pour une durée de 36 mois à compter du 1er octobre 2024'."""
    if period := read_period(text):
        return period
    dates, match = read_dates(text), DURATION.search(text)
    if len(dates) != 1 or match is None:
        return None
    count = NUMBERS.get(match["count"].lower()) or int(match["count"])
    months = count if match["unit"].lower() == "mois" else 12 * count
    months += int(match["months"] or 0)
    first = dates[0].value
    last = first.year * 12 + first.month - 1 + months - (first.day == 1)
    return Period(first.year, last // 12)


def read_exercises(text: str) -> list[ExerciseMention]:
    """The exercises that `text` names, in order: single years after a cue, or two in a row."""
    found = []
    inside_dates = [(d.start, d.end) for d in read_dates(text)]
    for match in YEARS.finditer(text):
        if any(start <= match.start() < end for start, end in inside_dates):
            continue
        first, second = match["first"], match["second"]
        together = second and not re.search(r"\bet\b", match[0])
        if second and together and int(second) - int(first) == LONGEST_EXERCISE:
            found.append(ExerciseMention(f"{first}-{second}", match.start(), match.end()))
        elif not second and CUE.search(text[: match.start()]):
            found.append(ExerciseMention(first, match.start(), match.end()))
    return found


def read_exercise(text: str) -> str | None:
    """The exercise that `text` names; None when it names none, or several."""
    names = {m.exercise for m in read_exercises(text)}
    return names.pop() if len(names) == 1 else None
