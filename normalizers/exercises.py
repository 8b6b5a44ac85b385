"""Periods ('2023-2025') and exercises ('2023', '2023-2024'), as documents name them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from normalizers.counted_years import UNCOUNTED, CountedYears
from normalizers.dates import MONTHS, WrittenDate, read_dates

YEAR = r"(?:19|20)\d\d"
YEARS = re.compile(
    rf"(?<![\d/-])(?P<first>{YEAR})"
    rf"(?:\s?(?:[-–—/]|à|et)\s?(?P<second>{YEAR})|[-–/](?P<short>\d\d))?(?![\d/]|-\d)"
)
# les exercices 2022, 2023 et 2024
ENUMERATED = re.compile(
    rf"(?<![\d/-])(?P<first>{YEAR})(?:\s?,\s?{YEAR})+\s?(?:,|et|à)\s?(?P<last>{YEAR})(?![\d/]|-\d)"
)
# Années 2025 – 2026 – 2027
IN_A_CHAIN = re.compile(
    rf"(?<![\d/-])(?P<first>{YEAR})(?:\s?[-–—/]\s?{YEAR})+\s?[-–—/]\s?(?P<last>{YEAR})(?![\d/]|-\d)"
)
# exercices 2024-2025, 2025-2026 et 2026-2027
SEASON = rf"{YEAR}\s?[-–/]\s?{YEAR}"
SEASONS = re.compile(
    rf"(?<![\d/-])(?P<first>{YEAR})\s?[-–/]\s?{YEAR}(?:\s?,\s?{SEASON})*\s?(?:,|et|puis|à)\s"
    rf"{YEAR}\s?[-–/]\s?(?P<last>{YEAR})(?![\d/]|-\d)"
)
DATES_BETWEEN = re.compile(
    r"\s*,?\s*(?:au|[-–—]|et(?:\s+le)?|jusqu['’]au|à|"
    r"(?:et\s+|pour\s+)?(?:s['’]ach[èe]ver?|pr(?:end|endre) fin|expire|se termine)\s+"
    r"(?:au plus tard\s+)?(?:le|au))\s*",
    re.IGNORECASE,
)
# du 1er janvier au 31 décembre 2024
SAME_YEAR = re.compile(
    rf"\bdu\s+\d{{1,2}}(?:\s?er)?\s+(?:{'|'.join(MONTHS)})\s+au\s+$", re.IGNORECASE
)
# la subvention 2025 · le concours financier 2025 · la subvention de l'État 2025
OF_GRANT = (
    r"(?:subvention|dotation|enveloppe|crédit|contribution|participation|concours|soutien|apport"
    r"|financement|annuité)s?(?:\s(?:financi[eè]re?s?|annuel(?:le)?s?|global(?:e|es)?|total(?:e|es)?"
    r"|prévisionnel(?:le)?s?|AMI|(?-i:de l['’][ÉE]tat)))*\s$"
)
# What stands before a year that names an exercise: pour l'exercice 2024, l'année 3 (2024); as the
# subject of its sentence, La dotation 2024; behind a sum, sur les 118 000 € de 2025
CUE = re.compile(
    r"(?:(?:exercices?|années?)(?: (?:civile?|budgétaire|comptable))?|au titre de|pour|en|AMI"
    r"|actions|programme d['’]actions|budgets?(?: (?:prévisionnel|total|global)s?)?|financements?"
    r"|programmations?|maquette financière|versements?|\d\s?(?:€|euros) de|\bce(?:lles?|ux) de)"
    r"\s*(?:«\s*)?$|\b(?:(?:année|exercice)\s[1-5]|tranche\s[^\W\d]+)\s\($"
    rf"|(?:^[\W\d]*(?:sur\s|pour (?:mémoire|rappel)\W+)?(?:l[ae]s?\s|l['’])?|\b(?-i:L[ae]s?)\s)"
    rf"{OF_GRANT}",
    re.IGNORECASE,
)
# viennent en déduction de la subvention 2024, fixée à 137 250 € · le montant 2026 est estimé à
MONEY = re.compile(rf"\b(?:(?:montant|dépenses)\s$|{OF_GRANT})", re.IGNORECASE)
STATED = re.compile(
    r",?\s(?:(?:est|sont|sera|seront|soit|étai(?:t|ent)|s['’]él(?:ève(?:nt)?|evai(?:t|ent))"
    r"|s['’]établi(?:t|ssent|ssai(?:t|ent)))\b|(?:fixé|arrêté|estimé|établi|porté|ramené)e?s?\s"
    r"|d['’]un\smontant\b|(?:de|à)\s\d|de\sl['’][ée]tat\b|n['’]excéd|ne\s(?:pourra|peut|saurait)\b)",
    re.IGNORECASE,
)
# 210 000 € en 2024 · 210 000 € pour l'année 2024-2025 · 210 000 € (2024) · 210 000 € de CP en 2024
YEAR_BEHIND = re.compile(
    r"\s*(?:\([^()\d]*\)\s*)?(?:(?:de|en) (?:CP|AE|crédits de paiement)\s)?"
    r"(?:\(|(?:en|pour|au titre de|sur|à)\s+)"
    r"(?:(?:l['’]|de |la )*(?:année|exercice)\s+)?"
    rf"(?:(?P<first>{YEAR})(?:[-–](?P<second>{YEAR}))?|(?<=année )(?P<rank>[1-5]))(?![\d/]|-\d)",
    re.IGNORECASE,
)
# 2022 : 90 000 € ; 2023 : 100 000 €
YEAR_BEFORE = re.compile(
    rf"(?<![\d/-])(?P<first>{YEAR})(?:[-–](?P<second>{YEAR}))?\s*[:=]\s*$", re.IGNORECASE
)
# reliquat de l'exercice 2022 · crédits non consommés de 11 200 € sur l'exercice 2023 : where
# left-over money comes from
LEFT_OVER = (
    r"\b(?:reliquats?|reports?|excédents?|trop[- ](?:perçu|versé)s?|crédits report[ée]s(?= de)"
    rf"|solde(?=\s{YEAR})|restes? à réaliser|non (?:consomm|utilis|employ|dépens|engag)[ée]e?s?)\b"
)
LEFT_FROM = re.compile(
    rf"{LEFT_OVER}(?:[^.;:,€]{{0,40}}"
    r"|[^.;:€]{0,40}\d\s?(?:€|euros?|eur)\s"
    r"(?:(?:constat|dégag|enregistr|relev)\w+\s)?(?:sur|de|au titre de|issus? de|en)\s"
    r"(?:(?:l['’]|la |les )?(?:exercice|année|crédits|subvention|dotation|enveloppe)\s)?)$",
    re.IGNORECASE,
)
NUMBERS = {
    "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "neuf": 9, "dix": 10,
    "douze": 12, "dix-huit": 18, "vingt-quatre": 24, "trente-six": 36,
}  # fmt: skip
# 36 mois · trois (3) ans · 3 ans et 3 mois
DURATION = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)})\s*(?:\(\d{{1,2}}\)\s*)?(?P<unit>mois|ans?|années?)\b"
    r"(?:\s+et\s+(?P<months>\d{1,2})\s+mois)?",
    re.IGNORECASE,
)
# Consommé au 31/12/2024
AT_YEAR_END = re.compile(r"\b31\s?[/.-]\s?12\s?[/.-]\s?(?P<year>20\d\d)\b")
LONGEST_EXERCISE = 1  # years between the first and the last year of an exercise
CENTURY = 100  # years


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


def years_in(text: str) -> Iterator[tuple[re.Match[str], int, int | None]]:
    """The years of `text`, one or two in a row each: '2023', '2023 - 2024', '2023/24'; none of
    three in a row, which are a period."""
    for match in YEARS.finditer(text):
        if any(m.start() <= match.start() < m.end() for m in IN_A_CHAIN.finditer(text)):
            continue
        first, short = int(match["first"]), match["short"]
        if short is None:
            yield match, first, int(match["second"]) if match["second"] else None
        elif int(short) == (first + 1) % CENTURY:  # else a month, or a number: 2024-06
            yield match, first, first + 1


def read_period(text: str) -> Period | None:
    """The years that `text` covers: '3 ans (2023- 2025)', 'du 1er octobre 2024 au 31 mars 2026'."""
    dates = read_dates(text)
    for first, last in itertools.pairwise(dates):
        if DATES_BETWEEN.fullmatch(text[first.end : last.start]) and first.value <= last.value:
            return Period(first.value.year, last.value.year)
    for date in dates:
        if SAME_YEAR.search(text[: date.start]):
            return Period(date.value.year, date.value.year)
    chain = IN_A_CHAIN.search(text) or SEASONS.search(text)
    if chain and chain["first"] < chain["last"]:
        return Period(int(chain["first"]), int(chain["last"]))
    listed = ENUMERATED.search(text)
    for match, start, end in years_in(text):
        if listed and listed.start() <= match.start() and listed["first"] < listed["last"]:
            return Period(int(listed["first"]), int(listed["last"]))
        if end and start < end and not match["short"]:
            return Period(start, end)
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


def read_exercises(text: str, counted: CountedYears = UNCOUNTED) -> list[ExerciseMention]:
    """The exercises that `text` names, in order: single years after a cue, or two in a row; those
    that it counts: 'l'année 2'."""
    dates = read_dates(text)
    found = list(_between_dates(text, dates))
    inside_dates = [(d.start, d.end) for d in dates]
    for match, first, second in years_in(text):
        if any(start <= match.start() < end for start, end in inside_dates):
            continue
        before = text[: match.start()]
        cued = CUE.search(before) or (MONEY.search(before) and STATED.match(text, match.end()))
        together = second and not re.search(r"\bet\b", match[0]) and (cued or not match["short"])
        if second and together and second - first == LONGEST_EXERCISE:
            found.append(ExerciseMention(f"{first}-{second}", match.start(), match.end()))
        elif not second and cued:
            found.append(ExerciseMention(str(first), match.start(), match.end()))
    found += [ExerciseMention(*named) for named in counted.named(text)]
    return sorted(found, key=lambda m: m.start)


def _between_dates(text: str, dates: Sequence[WrittenDate]) -> Iterator[ExerciseMention]:
    """The exercises that end with a year, or are one: 'du 1er octobre 2024 au 31 décembre 2025',
    '1er juillet 2025 – 30 juin 2026'."""
    for first, last in itertools.pairwise(dates):
        start, end = first.value.year, last.value.year
        joined = text[first.end : last.start].strip().lower() in ("au", "-", "–")
        closes = (last.value.month, last.value.day) == (12, 31)
        after = last.value + timedelta(days=1)
        year = (after.month, after.day) == (first.value.month, first.value.day)
        if joined and (closes or year) and start <= end <= start + LONGEST_EXERCISE:
            name = str(start) if start == end else f"{start}-{end}"
            yield ExerciseMention(name, first.start, last.end)


def is_period(exercise: str) -> bool:
    """Is it longer than an exercise: '2023-2027', the period of a convention?"""
    return int(exercise[-4:]) - int(exercise[:4]) > LONGEST_EXERCISE


def read_exercise(text: str) -> str | None:
    """The exercise that `text` names; None when it names none, or several."""
    names = {m.exercise for m in read_exercises(text)}
    return names.pop() if len(names) == 1 else None


def heading_exercise(heading: str) -> str | None:
    """The one year ('2023') or pair of years ('2023-2024') that a heading names."""
    found = {(first, second) for _, first, second in years_in(heading)}
    if len(found) != 1:
        ends = {m["year"] for m in AT_YEAR_END.finditer(heading)} if not found else set()
        return str(ends.pop()) if len(ends) == 1 else None
    first, second = found.pop()
    if second is None or second == first:
        return str(first)
    return f"{first}-{second}" if second == first + 1 else None


def heading_years(heading: str) -> str | None:
    """The exercise that the heading of a column of sums names, or all the years that it adds up:
    'Total 2025-2027'."""
    spans = {
        f"{first}-{second}"
        for _, first, second in years_in(heading)
        if second and second > first + LONGEST_EXERCISE
    }
    return heading_exercise(heading) or (spans.pop() if len(spans) == 1 else None)


def exercises_beside(
    text: str, sums: Iterable[tuple[int, int]], counted: CountedYears = UNCOUNTED
) -> tuple[dict[int, str], dict[int, str]]:
    """The exercises right behind the `sums` at [start:end] of `text`, and those right before them,
    by where each starts: '90 000 € en 2022', '2022 : 90 000 €'; they may be counted: '60 000 €
    pour l'année 2', '60 000 € la deuxième année'."""
    behind, before = dict[int, str](), dict[int, str]()
    for start, end in sums:
        match = YEAR_BEHIND.match(text, end)
        if match and match["rank"]:
            named = counted.rank(match["rank"])
        else:
            named = named_exercise(match) if match else counted.behind(text, end)
        if named:
            behind[start] = named
        if match := YEAR_BEFORE.search(text[:start]):
            before[start] = named_exercise(match)
    return behind, before


def named_exercise(match: re.Match[str]) -> str:
    """The exercise of the year, or the two years, of `match`."""
    return match["first"] + (f"-{match['second']}" if match["second"] else "")
