"""What an annex says of all its actions: who pays them, in which exercises, which are bold."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from normalizers.actions.headings import Column
from normalizers.actions.likeness import MONEY, TEXTS, Phrase
from normalizers.amounts import read_amounts
from normalizers.exercises import YEARS, heading_exercise, read_exercise
from normalizers.reference import folded_pattern, read_rows
from normalizers.references import names_action
from normalizers.state_money import StateMoney
from normalizers.statuses import StatusPattern
from normalizers.terms import fold
from pipeline.extracted import ExtractedTable

LIKELY = 0.7  # likeness of a heading to the vocabulary, for a column whose title gives a unit
SURE_KEY = 0.87  # likeness to the vocabulary of headings of what may be a question or an answer
BOLD = re.compile(r"\ben\s+(?:caractères\s+)?gras\b", re.IGNORECASE)
# les actions portées directement par la métropole · que la ville met en œuvre elle-même
OWN = re.compile(
    r"\b(?:port|pilot|mett?|men|assur|r[ée]alis|condui|engag)\w*|\brégie\b|maîtrise d['’]ouvrage",
    re.IGNORECASE,
)
ITSELF = re.compile(r"\bdirectement\b|\b(?:elle|lui)-même\b|\brégie\b|\bpropre\b", re.IGNORECASE)
PER_YEAR = re.compile(r"\bpar an\b|\bannuel|/\s*an\b")
REPORT = re.compile(
    r"\b(?:bilans?|comptes? rendus?|compte-rendu|rapports? d'(?:activite|execution))\b"
)
ANNEX_NUMBER = re.compile(r"\bannexes?\s+(?:n°\s*)?(?P<number>\d+|[A-Z]\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BoldMeaning:
    """Whether a document says that actions in bold are run by the beneficiary itself, and in which
    annexes; in all of them where `annexes` is empty."""

    said: bool
    annexes: frozenset[str]

    @classmethod
    def of(cls, articles: Iterable[str]) -> "BoldMeaning":
        for sentence in (s for text in articles for s in re.split(r"[.;]\s", text)):
            if BOLD.search(sentence) and OWN.search(sentence) and ITSELF.search(sentence):
                numbers = (m["number"] for m in ANNEX_NUMBER.finditer(sentence))
                return cls(True, frozenset(numbers))
        return cls(False, frozenset())

    def holds_in(self, annex: str | None) -> bool:
        return self.said and (not self.annexes or annex in self.annexes)


@dataclass(frozen=True, slots=True)
class FundedPattern:
    """A wording of an annex's title that tells whether the AMI pays its actions."""

    pattern: re.Pattern[str]
    funded: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What people decided on the wording of annexes, and on the names of the State's money."""

    headings: tuple[Phrase, ...]
    statuses: Sequence[StatusPattern]
    annexes: Sequence[FundedPattern]
    money: StateMoney


def load_annexes(path: Path) -> list[FundedPattern]:
    """The patterns of `annexes.csv`; MalformedError names the line that is wrong."""
    return [
        FundedPattern(folded_pattern(row["pattern"], path, line), row["funded"] == "true")
        for line, row in enumerate(read_rows(path, ("pattern", "funded")), 2)
    ]


def is_funded(title: str, annexes: Sequence[FundedPattern]) -> bool | None:
    """Whether the title of an annex says that the AMI pays its actions; None where it doesn't."""
    folded = fold(title)
    return next((a.funded for a in annexes if a.pattern.search(folded)), None)


def titled_exercise(table: ExtractedTable) -> str | None:
    """The exercise that the title of a table names, else the one on which its annex reports."""
    return _named_exercise(table.title) or reported_exercise(table)


def reported_exercise(table: ExtractedTable) -> str | None:
    """The exercise on which the annex that `table` stands in reports: 'Annexe 1 – Bilan 2024'."""
    title = table.annex_title
    return _named_exercise(title) if REPORT.search(fold(title)) else None


def _named_exercise(title: str) -> str | None:
    return read_exercise(title) or heading_exercise(title)


def headed_exercise(columns: Sequence[Column]) -> str | None:
    """The one exercise that the headings of AMI columns name."""
    exercises = paid_exercises(columns)
    return exercises[0] if len(exercises) == 1 else None


def paid_exercises(columns: Sequence[Column]) -> list[str]:
    """The exercises that the headings of AMI columns name, or of those with all payers' sums row
    by row, earliest first."""
    paying = (c for c in columns if c.field == "ami" or c.by_source)
    return sorted({c.exercise for c in paying if c.exercise})


def opening_exercise(
    columns: Sequence[Column], starts: Collection[str | None], rows: Sequence[str] = ()
) -> str | None:
    """The first of several exercises that a table pays, by its columns or else its `rows`, where it
    is one of those with which the act `starts`: its period does, or the grants of its articles.
    An exercise of which the columns tell what was spent is past: another act began with it."""
    spent = {c.exercise for c in columns if c.field == "spent"}
    paid = [e for e in paid_exercises(columns) if e not in spent] or rows
    years = {start[:4] for start in starts if start}
    return next((first for first in paid[:1] if first[:4] in years), None)


def asked_exercises(table: ExtractedTable) -> list[str]:
    """The exercises that the sheet of a numbered action names, earliest first: its questions of
    which the answer is a sum ('Financement AMI 2024 | 30 000 €'), and the head of its budget
    ('Financeur | 2024 | 2025')."""
    if not names_action(table.title):
        return []
    rows = [row.cells for row in table.rows]
    answered = [row for row in rows if len(row) == 2]
    named = {heading_exercise(asked.text) for asked, sum_ in answered if read_amounts(sum_.text)}
    for years in ({heading_exercise(c.text) for c in row} for row in rows if len(row) > 2):
        named |= years if len(years - {None}) > 1 else set()
    return sorted(exercise for exercise in named if exercise)


def granted_before(columns: Sequence[Column], own: str | None) -> list[Column]:
    """`columns`, what was granted for an exercise before the act's `own` told as such, where
    another holds what the act grants: 'Accordé en 2023-2024' beside 'Concours de l'État'."""
    granted = [c for c in columns if c.field == "ami" and c.stage == "granted"]
    past = [c for c in granted if own and c.exercise and c.exercise[:4] < own[:4]]
    if len(past) == len(granted):
        return list(columns)
    return [c.told_as("ami_previous") if c in past else c for c in columns]


def told_of_own(columns: Sequence[Column], own: str | None) -> list[Column]:
    """`columns`, of two headed alike but for their years the one of the act's `own` exercise
    telling what that of another was taken to tell: 'Objectifs 2026' beside 'Objectifs 2025'."""
    if own is None:
        return list(columns)
    found = list(columns)
    for k, column in enumerate(columns):
        if column.field is not None or column.exercise != own:
            continue
        alike = (i for i, c in enumerate(found) if _bare(c) == _bare(column) and c.exercise != own)
        other = next((i for i in alike if found[i].field in TEXTS), None)
        if other is not None:
            found[k] = column.told_as(found[other].field)
            found[other] = found[other].told_as(None)
    return found


def _bare(column: Column) -> str:
    """What heads `column`, without years."""
    return " ".join(YEARS.sub("", column.heading).split())


def over_all_years(columns: Sequence[Column], own: str | None) -> list[Column]:
    """`columns` of a table that pays in `own` and in later years: a cost or a cofunding without a
    year is that of all of them ('2024-2026'), unless its heading says that it is one year's."""
    paid = paid_exercises(columns)
    if len(paid) < 2 or paid[0] != own:
        return list(columns)
    span = f"{paid[0][:4]}-{paid[-1][-4:]}"
    return [
        replace(column, exercise=column.exercise or span)
        if column.field in MONEY and not PER_YEAR.search(column.folded)
        else column
        for column in columns
    ]
