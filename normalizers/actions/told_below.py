"""Texts of an action that stand across the table, below its row: 'Description : une équipe…'."""

from collections.abc import Sequence
from statistics import mean

from normalizers.actions.annexes import SURE_KEY, Vocabulary
from normalizers.actions.headings import TEXTS, Column, best_field
from pipeline.models import ExtractedRow, ExtractedTable

FEWEST = 2  # rows told of so show that it is how the table is written
LONGEST_KEY = 40  # characters of what is asked before the colon
LONG = 60  # characters, on average: no titles
FIELDS = frozenset(TEXTS) - {"label"} | {"pilot"}
Texts = dict[str, str]


def texts_below(
    table: ExtractedTable, columns: Sequence[Column], vocabulary: Vocabulary
) -> tuple[ExtractedTable, dict[int, Texts]]:
    """`table` without the rows across it that tell of the row above, and what they tell, by the
    place of that row: those that say what they tell, or, where nothing else describes the actions,
    long ones below each. What stands over the first row too is a title."""
    rows = table.rows
    first = next((i for i, row in enumerate(rows) if row.kind == "body"), len(rows))
    across = {i: _said(row) for i, row in enumerate(rows) if row.kind == "section"}
    asked = {i: found for i, text in across.items() if (found := _asked(text, vocabulary))}
    titles = {field for i, (field, _) in asked.items() if i < first}
    told = {i: found for i, found in asked.items() if found[0] not in titles}
    if not told and _describe(rows, across, columns):
        told = {i: ("description", text) for i, text in across.items()}
    below: dict[int, Texts] = {}
    kept: list[ExtractedRow] = []
    for i, row in enumerate(rows):
        if i in told and kept and kept[-1].kind == "body":
            field, text = told[i]
            below.setdefault(len(kept) - 1, {}).setdefault(field, text)
        else:
            kept.append(row)
    if len(below) < min(FEWEST, sum(row.kind == "body" for row in rows)):
        return table, {}
    return table.model_copy(update={"rows": kept}), below


def _said(row: ExtractedRow) -> str:
    return " ".join(c.text for c in row.cells if c.text.strip())


def _asked(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The field that `text` names before what it tells: no 'Objectif 2 : …', which is a title."""
    asked, mark, told = text.partition(":")
    if not (mark and told.strip()) or len(asked) > LONGEST_KEY or any(map(str.isdigit, asked)):
        return None
    field = best_field(asked, vocabulary.headings, SURE_KEY)
    return (field, told.strip()) if field in FIELDS else None


def _describe(
    rows: Sequence[ExtractedRow], across: dict[int, str], columns: Sequence[Column]
) -> bool:
    """Stands one of `across`, mostly long, right below each body row, and none elsewhere?"""
    body = [i for i, row in enumerate(rows) if row.kind == "body"]
    return (
        len(body) >= FEWEST
        and not any(c.field == "description" for c in columns)
        and list(across) == [i + 1 for i in body]
        and mean(map(len, across.values())) > LONG
    )
