"""The parts of a document that state actions, and what a reader gets to read one.

A part is a table with the heading that it stands under. `data/reference/table_kinds.csv` says by
which wordings a kind of table is known.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.annexes import Vocabulary
from normalizers.actions.headings import Column
from normalizers.actions.likeness import ACCEPTED
from normalizers.actions.row_sums import Paid
from normalizers.counted_years import CountedYears
from normalizers.funders import Funders
from normalizers.reference import MalformedError, folded_pattern, read_rows
from normalizers.terms import fold
from pipeline.extracted import ExtractedArticle, ExtractedCell, ExtractedTable

Sums = Sequence[Paid]
SEVERAL = 2  # years in a row that head columns of sums
WHERE = ("heading", "cell", "label", "row")


@dataclass(frozen=True, slots=True)
class TablePattern:
    """A wording, of folded text, by which a kind of table is known: of a heading, of a cell in the
    head or the first row, of the heading of the column guessed to hold labels, or of the label of a
    row."""

    kind: str
    where: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A table, its explained columns, the heading above it, and what is known of the document.

    `exercise` is the one that the act funds; `past` the exercises that its yearly tables of sums
    report on, earliest first (N1, N2, …); `granted` what its articles grant by exercise, in euros,
    under None what they name no exercise for.
    """

    table: ExtractedTable
    columns: Sequence[Column]
    heading: str
    exercise: str | None
    past: Sequence[str]
    vocabulary: Vocabulary
    kinds: Sequence[TablePattern]
    funders: Funders
    granted: Mapping[str | None, Collection[Decimal]] = field(default_factory=dict)

    @property
    def grants(self) -> Collection[Decimal]:
        """What the articles grant for `exercise`."""
        return self.granted.get(self.exercise, ())

    def is_kind(self, kind: str) -> bool:
        """Does a wording of this kind stand where it is looked for?"""
        places = {
            "heading": self.table.columns,
            "cell": [*self.table.columns, *first_row(self.table)],
            "label": [
                heading
                for heading, column in zip(self.table.columns, self.columns, strict=True)
                if column.field == "label" and column.similarity < ACCEPTED
            ],
        }
        return any(
            k.pattern.search(fold(text))
            for k in self.kinds
            if k.kind == kind
            for text in places[k.where]
        )

    def wording(self, text: str, family: str) -> str | None:
        """The kind, among those whose name begins with `family`, that `text` is a wording of."""
        folded = fold(text)
        kinds = (k for k in self.kinds if k.kind.startswith(family))
        return next((k.kind for k in kinds if k.pattern.search(folded)), None)

    @property
    def has_worded_label(self) -> bool:
        """Does a heading say that its column holds the names of actions?"""
        return any(c.field == "label" and c.similarity >= ACCEPTED for c in self.columns)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of one sum: which, as first stated (None where that place states none), as
    stated again, with the page."""

    stage: str
    exercise: str | None
    expected: Decimal | None
    observed: Decimal
    quote: str
    page: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What one row, table or form says of the actions that bear its reference, in `exercises`.

    `creates`: it states an action of its own where no other statement does; else it only adds to
    those stated elsewhere. `named`: its label is a name, and not only what the action aims at, for
    want of one. `restated`, of a report on the past, are sums that belong to another
    table: they are compared with it, not added. `conflicts` are those within the statement.
    """

    table: ExtractedTable
    row: ActionRow
    exercises: Sequence[str | None]
    creates: bool = True
    restated: Sums | None = None
    conflicts: Sequence[Conflict] = ()
    named: bool = True


Reader = Callable[[Part], "Iterable[Statement] | None"]


def load_table_kinds(path: Path) -> list[TablePattern]:
    """The patterns of `table_kinds.csv`; MalformedError names the line that is wrong."""
    kinds = []
    for line, row in enumerate(read_rows(path, ("kind", "where", "pattern")), 2):
        if row["where"] not in WHERE:
            where = row["where"]
            raise MalformedError(
                path, line, f"endroit inconnu « {where} »", f"unknown place {where}"
            )
        kinds.append(
            TablePattern(row["kind"], row["where"], folded_pattern(row["pattern"], path, line))
        )
    return kinds


def first_row(table: ExtractedTable) -> list[str]:
    """The texts of the first row."""
    return [c.text for c in table.rows[0].cells] if table.rows else []


def heading_cells(table: ExtractedTable) -> list[ExtractedCell]:
    """The headings of `table` as cells, where its first row stands; none without a row."""
    if not table.rows or not table.rows[0].cells:
        return []
    place = table.rows[0].cells[0].place
    return [
        ExtractedCell(column=k, text=text, bold=False, place=place)
        for k, text in enumerate(table.columns, 1)
        if text.strip()
    ]


def heading_above(table: ExtractedTable, articles: Sequence[ExtractedArticle]) -> str:
    """Title of the last article or section that begins above `table`; '' where none does."""
    tops = [c.place for row in table.rows for c in row.cells if c.place.page == table.page_first]
    start = (table.page_first, min((p.top for p in tops), default=0.0))
    above = [a for a in articles if (a.place.page, a.place.top) <= start]
    return above[-1].title if above else ""


def with_years(table: ExtractedTable, counted: CountedYears) -> ExtractedTable:
    """`table` with years in place of those that its rows count over sums, several in a row: 'Année
    1', 'Année 2' in a sheet. One alone, in a schedule, stays as it is written."""

    def dated(cells: Sequence[ExtractedCell]) -> Sequence[ExtractedCell]:
        told = [counted.alone(cell.text) for cell in cells]
        if len({text for text, c in zip(told, cells, strict=True) if text != c.text}) < SEVERAL:
            return cells
        return [c.model_copy(update={"text": t}) for c, t in zip(cells, told, strict=True)]

    rows = [row.model_copy(update={"cells": dated(row.cells)}) for row in table.rows]
    return table.model_copy(update={"rows": rows})
