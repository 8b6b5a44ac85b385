"""Tables that report on several exercises at once: planned and spent, year by year.

Each row is one action a year in which it has a sum, the year to come among them. A row without any
sum is one action of the table's last exercise, when the report was drawn up: nothing tells the
years before apart.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalizers.actions.action_rows import ActionRow, read_actions
from normalizers.actions.funding import Sum
from normalizers.actions.headings import Column
from normalizers.actions.parts import Part, Statement
from normalizers.amounts import read_amounts
from normalizers.state_money import AMI
from pipeline.extracted import ExtractedCell, ExtractedTable

YEARLY = ("planned", "spent")
# 15 000 € non consommés en N1 : proposition de report sur 2024-2025
LEFT_OVER = re.compile(
    r"\s*non\s+(?:consomm|utilis|d[ée]pens)[ée]e?s?\s+en\s+N(?P<year>\d)\b[^.;\n]*\breport",
    re.IGNORECASE,
)


def yearly_exercises(columns: Sequence[Column], own: str | None) -> list[str]:
    """The past exercises that planned and spent columns tell apart, earliest first; none unless
    there are several, something was spent, and none is the act's `own`."""
    named = {c.exercise for c in columns if c.field in YEARLY and c.exercise}
    spent = any(c.field == "spent" for c in columns)
    return sorted(named) if spent and len(named) > 1 and own not in named else []


def read_yearly(part: Part) -> Iterator[Statement] | None:
    """The actions of a table of several past exercises; None where `part` is none."""
    exercises = yearly_exercises(part.columns, part.exercise)
    if not exercises or not part.has_worded_label:
        return None
    return _statements(part, exercises)


def _statements(part: Part, exercises: Sequence[str]) -> Iterator[Statement]:
    columns = list(_dated(part.columns))
    for row in read_actions(part.table, columns, part.vocabulary, part.funders):
        sums = [*row.sums, *_left_over(part.table, columns, row, exercises)]
        dated = [(replace(s, exercise=s.exercise or exercises[-1]), c) for s, c in sums]
        stated = sorted({s.exercise for s, _ in dated if s.exercise})
        for exercise in stated or exercises[-1:]:
            own = [(s, c) for s, c in dated if s.exercise == exercise]
            funded = any(s.funder == AMI and s.amount for s, _ in own)
            yield Statement(part.table, replace(row, sums=own, funded=funded), [exercise])


def _dated(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns, a spent one without exercise dated like the planned one on its left."""
    left: Column | None = None
    for column in columns:
        if left and column.field == "spent" and left.field == "planned" and not column.exercise:
            column = replace(column, exercise=left.exercise)
        left = column
        yield column


def _left_over(
    table: ExtractedTable, columns: Sequence[Column], row: ActionRow, exercises: Sequence[str]
) -> Iterator[tuple[Sum, ExtractedCell]]:
    """The reliquats that the row's comment announces, with the exercise that they come from."""
    comment = row.texts.get("comment", "")
    cell = next(
        (
            c
            for r in table.rows
            for c in r.cells
            if c.column <= len(columns)
            and columns[c.column - 1].field == "comment"
            and c.text.strip() == comment
        ),
        None,
    )
    for amount in read_amounts(comment) if cell else ():
        match = LEFT_OVER.match(comment, amount.end)
        year = int(match["year"]) if match else 0
        if cell and 0 < year <= len(exercises):
            left = Sum(AMI, "carry_over", amount.value, exercises[year - 1], comment, amount.flag)
            yield left, cell
