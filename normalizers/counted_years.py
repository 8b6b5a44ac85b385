"""Years that an agreement counts: 'Année 2', 'la première année', 'N+1'."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

RANKS = ("première", "deuxième", "troisième", "quatrième", "cinquième")
# Année 2 · l'année n° 3 · la première année · 2ème année
COUNTED = re.compile(
    r"\bann[ée]e\s(?:n°\s?)?(?P<rank>[1-5])(?!\d|\s\d)"
    rf"|\b(?P<ordinal>{'|'.join(RANKS)}|1\s?[èe]?re|[2-5]\s?(?:e|[èe]me))\sann[ée]e\b",
    re.IGNORECASE,
)
FROM_OWN = re.compile(r"\bN\s?(?P<shift>[+-]\s?[1-4])(?!\w)|(?<=\w )N$")  # N+1 · Budget N
# 162 000 € la première année, 150 000 € la deuxième
BEHIND = re.compile(
    rf"\s*,?\s*(?:(?:en|pour|au titre de)\s+)?la\s(?P<rank>{'|'.join(RANKS)})\b", re.IGNORECASE
)
DAY = r"(?:\d{1,2}(?:er)?\s[^()\d]+\s|\d{1,2}/\d{1,2}/)"  # 1er juillet · 01/07/
# l'année 2 (2025) · l'année 2 de la convention (1er juillet 2025 – 30 juin 2026) ·
# la première année (1er septembre 2022 – 31 août 2023)
DATED = re.compile(
    rf"(?:{COUNTED.pattern})(?:\s(?:de|du)\s[^()\d.;,]{{1,40}})?\s\("
    rf"(?:[^()\d]*\b{DAY})?(?P<year>20\d\d)\b(?:\s?(?:[-–/]|au)\s?{DAY}?(?P<last>20\d\d)\b)?",
    re.IGNORECASE,
)

DATED_WHOLE = re.compile(rf"{DATED.pattern}\s?\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CountedYears:
    """The `first` year of an agreement and the act's `own`, where they are known; an exercise of it
    ends `span` years after it begins."""

    first: int | None = None
    own: int | None = None
    span: int = 0

    def written_out(self, text: str) -> str:
        """`text` with years in place of those that it counts, where these are known, or told beside
        them: 'Année 2 (2025)'."""
        text = DATED_WHOLE.sub(lambda m: "-".join(filter(None, m.group("year", "last"))), text)
        if self.first is not None:
            text = COUNTED.sub(lambda m: self._nth(_rank(m)), text)
        if self.own is not None:
            own = self.own
            text = FROM_OWN.sub(
                lambda m: self._from(own + int((m["shift"] or "0").replace(" ", ""))), text
            )
        return text

    def alone(self, text: str) -> str:
        """`text` written out where it counts a year and says no more: 'Année 2' over sums."""
        only = COUNTED.fullmatch(text.strip()) or FROM_OWN.fullmatch(text.strip())
        return self.written_out(text) if only else text

    def named(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The exercises that `text` counts ('pour l'année 2') and does not date ('l'année 2
        (2025)'), each with where it starts and ends there."""
        for match in COUNTED.finditer(text) if self.first is not None else ():
            if not DATED.match(text, match.start()):
                yield self._nth(_rank(match)), match.start(), match.end()

    def rank(self, rank: str) -> str | None:
        """The exercise of '2'."""
        return self._nth(int(rank)) if self.first is not None else None

    def behind(self, text: str, end: int) -> str | None:
        """The exercise counted right behind `end` of `text`: '60 000 € la deuxième année'."""
        match = BEHIND.match(text, end) if "année" in text else None
        return self.rank(str(RANKS.index(match["rank"].lower()) + 1)) if match else None

    def _nth(self, rank: int) -> str:
        return self._from((self.first or 0) + rank - 1)

    def _from(self, year: int) -> str:
        return f"{year}-{year + self.span}" if self.span else str(year)


UNCOUNTED = CountedYears()


def _rank(match: re.Match[str]) -> int:
    if match["rank"]:
        return int(match["rank"])
    ordinal = match["ordinal"].lower()
    return RANKS.index(ordinal) + 1 if ordinal in RANKS else int(ordinal[0])


def counted_in(text: str) -> str | None:
    """The year that `text` counts and does not date: 'année 2' of 'AMI année 2', 'N+1'."""
    match = COUNTED.search(text) or FROM_OWN.search(text)
    return match[0] if match else None


@dataclass(frozen=True, slots=True)
class Opening:
    """The `first` year of an agreement, of which an exercise ends `span` years after it begins."""

    first: int
    span: int = 0


def opening_told(text: str) -> Opening | None:
    """How the agreement opens of which `text` dates a year: in 2024, by an exercise over two years,
    where 'l'année 2 (1er juillet 2025 – 30 juin 2026)'; None where it dates none, or contradicts
    itself."""
    found = {
        Opening(first - _rank(m) + 1, int(m["last"] or first) - first)
        for m in DATED.finditer(text)
        for first in [int(m["year"])]
    }
    return found.pop() if len(found) == 1 else None


def years_counted(
    kind: str | None,
    period: tuple[str | None, str | None],
    exercise: str | None,
    told: Opening | None,
) -> CountedYears:
    """How an act counts: from the year that its text `told`, else from the start of its `period`
    (first and last year), else, a convention, from its `exercise`; neither the exercise of an
    avenant nor a period as short opens an agreement."""
    years = [int(year) for year in (exercise or "").split("-") if year.isdigit()]
    span = years[-1] - years[0] if years else 0
    own = years[0] if years and span <= 1 else None
    start, end = (int(year) if year else None for year in period)
    opens = start and (kind != "avenant" or (end and end - start > 1))
    first = told.first if told else start if opens else own if kind == "convention" else None
    return CountedYears(first, own, told.span if told else span if own is not None else 0)
