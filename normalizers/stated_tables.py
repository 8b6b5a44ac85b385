"""The sums that a small table within an article states, exercise by exercise.

'Exercice | Montant de la subvention' has an exercise a row, 'Financeur | 2024 | 2025' one a column;
the words beside a sum, its heading or the head of its row, tell what it is, as a sentence would.
A column or a row whose total is another sum than its own states nothing: one of its sums is
misread, or wrong. 'Nature | Montant' parts one sum, its total below.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalizers.amounts import read_cell
from normalizers.exercises import LONGEST_EXERCISE, YEAR
from normalizers.state_money import StateMoney
from normalizers.stated import StatedSum, read_stated
from normalizers.stated_kinds import KindPattern
from normalizers.terms import fold
from pipeline.extracted import ExtractedTable

# 2024 · Année 2024 · Exercice 2024-2025
EXERCISE = re.compile(
    rf"(?:(?:annee|exercice)\s)?(?P<first>{YEAR})(?:\s?[-–/]\s?(?P<second>{YEAR}))?"
    r"\s?(?P<unit>\(?(?:en\s)?(?:k?€|k?euros|eur)\)?)?"
)
TOTAL = re.compile(r"(?:montant\s)?tota(?:l|ux)(?:\s\w+)?")
UNIT = re.compile(
    r"\b(?P<kilo>k\s?€|keuros|milliers d['’]\s?(?:€|euros))|€|\beuros?\b|\beur\b", re.IGNORECASE
)
CURRENCY = re.compile(r"€|\beur", re.IGNORECASE)
# Subvention du Département · Participation de la Ville : another's money than the State's
ANOTHERS = re.compile(
    r"\b(?:subvention|participation|contribution|financement|apport|credit|dotation)s? "
    r"(?:du|de la|de l'|des|d'|caf\b|ars\b)\s?"
    r"(?!(?:prefecture|programme|bop|annee|exercice)\b)(?P<payer>\w*)"
)
# Total État · Part de l'État (k€) · AMI : a grant without the word
OPENING = re.compile(r"^(?:total|part|montant|apport|financements?|credits?)\s(?:de l')?")
IN_UNIT = re.compile(r"\(?(?:\ben\s)?k?€\)?")
FEWEST = 2  # exercises that make a table one of exercises, or parts one of parts
UNDATED = "-"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column of sums: its words, its sum by exercise, its total where one stands."""

    words: str
    sums: dict[str, Decimal]
    total: Decimal | None


def read_stated_table(
    table: ExtractedTable,
    kinds: Sequence[KindPattern],
    money: StateMoney,
    own: str | None = None,
) -> list[StatedSum]:
    """The sums that `table` states by exercise, then over all of them; where it is none of
    exercises, the parts of one sum, of the act's `own`; none where they do not make it."""
    grid = [[" ".join(text.split()) for text in table.columns]]
    for row in table.rows:
        texts = [""] * len(table.columns)
        for cell in row.cells:
            texts[cell.column - 1] = " ".join(cell.text.split())
        grid.append(texts)
    lines = _lines(grid) or _lines([list(column) for column in zip(*grid, strict=True)])
    if not lines:
        return _parts(grid, money, own)
    return [told for line in lines for told in _told(line, kinds, money, alone=len(lines) == 1)]


def _parts(grid: Sequence[Sequence[str]], money: StateMoney, own: str | None) -> list[StatedSum]:
    """The rows of a `grid` of two columns, words and a sum, above one for their total: 'Nature |
    Montant'. The State's own is a grant."""
    if len(grid[0]) != 2 or len(grid) < FEWEST + 2:
        return []
    *parts, last = [_line(row, [own or UNDATED], " ".join(grid[0])) for row in grid[1:]]
    if last is None or not TOTAL.fullmatch(fold(last.words)) or not all(parts):
        return []
    told = [(line.words, amount) for line in parts if line for amount in line.sums.values()]
    if sum(amount for _, amount in told) != sum(last.sums.values()):
        return []
    return [
        StatedSum(
            "grant" if _is_states_own(words, money) else "other",
            own,
            amount,
            f"{words} : {_written(amount)}",
        )
        for words, amount in told
    ]


def _lines(grid: Sequence[Sequence[str]]) -> list[_Line]:
    """The lines of a `grid` whose first row names exercises."""
    heads = [_exercise(text) for text in grid[0][1:]]
    named = [head for head in heads if head]
    others = [t for t, head in zip(grid[0][1:], heads, strict=True) if not head]
    if len(named) < FEWEST or len({*named}) < len(named):
        return []
    if not all(TOTAL.fullmatch(fold(text)) for text in others) or len(others) > 1:
        return []
    lines = [_line(row, heads, " ".join(grid[0])) for row in grid[1:]]
    return [line for line in lines if line]


def _exercise(text: str) -> str | None:
    match = EXERCISE.fullmatch(fold(text))
    if match is None:
        return None
    first, second = match["first"], match["second"]
    if second and int(second) - int(first) != LONGEST_EXERCISE:
        return None
    return f"{first}-{second}" if second else first


def _line(row: Sequence[str], heads: Sequence[str | None], around: str) -> _Line | None:
    """The sums of one `row` below `heads`, the unit said in its words or `around` it; None where
    one of its cells is no sum, or where they make another total than it says."""
    words, *texts = row
    unit = UNIT.search(f"{words} {around}")
    sums: dict[str, Decimal] = {}
    total = None
    for text, head in zip(texts, heads, strict=True):
        marked = text if CURRENCY.search(text) or not unit else f"{text} {_sign(unit)}"
        amounts = read_cell(marked).amounts if CURRENCY.search(marked) else []
        if len(amounts) != 1 or amounts[0].value is None or amounts[0].flag:
            return None
        if head:
            sums[head] = amounts[0].value
        else:
            total = amounts[0].value
    whole = sum(sums.values(), Decimal(0))
    return None if total not in (None, whole) else _Line(words, sums, total)


def _sign(unit: re.Match[str]) -> str:
    return "k€" if unit["kilo"] else "€"


def _told(
    line: _Line, kinds: Sequence[KindPattern], money: StateMoney, *, alone: bool
) -> Iterator[StatedSum]:
    """The sums of `line`, of the kind that the sentence 'Montant de la subvention : 90 000 €' would
    have; beside others, only a line that names the State tells a grant."""
    named = money.names_state(line.words) and not money.is_of_other_programme(line.words)
    of_state = named or (alone and not _is_anothers(line.words, money))
    for exercise, amount in line.sums.items():
        told = read_stated(f"{line.words} : 1 000 €", kinds)
        kind = told[-1].kind if told and (of_state or told[-1].kind != "grant") else "other"
        if _is_states_own(line.words, money):
            kind = "grant"
        yield StatedSum(kind, exercise, amount, _quote(line.words, exercise, amount))
    if line.total is not None:
        kind = "total" if of_state else "other"
        yield StatedSum(kind, None, line.total, _quote(line.words, "total", line.total))


def _is_anothers(words: str, money: StateMoney) -> bool:
    return any(not money.names_state(m["payer"]) for m in ANOTHERS.finditer(fold(words)))


def _is_states_own(words: str, money: StateMoney) -> bool:
    return money.is_state_alone(IN_UNIT.sub(" ", OPENING.sub("", fold(words))))


def _quote(words: str, exercise: str, amount: Decimal) -> str:
    return f"{words}, {exercise} : {_written(amount)}"


def _written(amount: Decimal) -> str:
    return f"{amount:,.2f} €".replace(",", " ").replace(".", ",")
