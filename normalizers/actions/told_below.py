"""Texts of an action that stand across the table, below its row: 'Description : une équipe…'."""

import re
from collections.abc import Collection, Sequence
from statistics import mean

from normalizers.actions.annexes import SURE_KEY, Vocabulary
from normalizers.actions.headings import Column
from normalizers.actions.likeness import TEXTS, best_field
from normalizers.actions.rows import names_part
from pipeline.extracted import ExtractedRow, ExtractedTable

FEWEST = 2  # rows told of so show that it is how the table is written
LONGEST_KEY = 40  # characters of what is asked before the colon
WIDE = 3  # columns
LONG = 60  # characters, on average: no titles
FIELDS = frozenset(TEXTS) - {"label"} | {"pilot"}
DESCRIBING = ("description", "comment")  # the field of a text that does not say what it tells
SENTENCE = re.compile(r"(?:\S+\s+){2,}\S+[.!]\s*")  # a title is shorter, or has no full stop
Texts = dict[str, str]


def texts_below(
    table: ExtractedTable, columns: Sequence[Column], vocabulary: Vocabulary
) -> tuple[ExtractedTable, dict[int, Texts]]:
    """`table` without the titles across it that tell of the row above, and what they tell, by the
    id of that row: those that say what they tell, or, where they do not, long ones below each and
    whole sentences. What stands over the first row too is a title. A row that shares all its
    other cells with the one above tells of it as well: the id of such a row has no texts."""
    rows = table.rows
    first = next((i for i, row in enumerate(rows) if row.kind == "body"), len(rows))
    shared = {i for i in range(1, len(rows)) if _shares_all_but_one(rows[i - 1], rows[i])}
    across = {
        i: _said(row, rows[i - 1] if i in shared else None)
        for i, row in enumerate(rows)
        if row.kind == "section" or i in shared
    }
    asked = {i: found for i, text in across.items() if (found := _asked(text, vocabulary))}
    titles = {field for i, (field, _) in asked.items() if i < first}
    told = {i: found for i, found in asked.items() if found[0] not in titles}
    fields = {c.field for c in columns}
    if not told and (field := next((f for f in DESCRIBING if f not in fields), None)):
        told = {i: (field, across[i]) for i in _describing(rows, across, shared)}
    below: dict[int, Texts] = {}
    kept: list[ExtractedRow] = []
    last: ExtractedRow | None = None
    for i, row in enumerate(rows):
        if i in told and last and last.kind == "body":
            field, text = told[i]
            texts = below.setdefault(id(last), {})
            texts[field] = f"{texts[field]}\n{text}" if field in texts else text
            if row.kind == "body":  # it has a number of its own
                below[id(row)] = {}
                kept.append(row)
        else:
            kept.append(row)
            last = row
    fewest = FEWEST if len(told) == len(across) else 1  # unlike the titles that stand there too
    if sum(map(bool, below.values())) < min(fewest, len(rows) - len(across)):
        return table, {}
    return table.model_copy(update={"rows": kept}), below


def _shares_all_but_one(above: ExtractedRow, row: ExtractedRow) -> bool:
    """Has `row` one text of its own, across several columns, beside cells that go down to it?"""
    if not (above.kind == row.kind == "body"):
        return False
    own = [c for c in row.cells if c.text.strip() and c not in above.cells]
    return len(own) == 1 < len(row.cells) and own[0].spans_columns >= WIDE


def _said(row: ExtractedRow, above: ExtractedRow | None) -> str:
    """What `row` says that `above` does not."""
    known = above.cells if above else ()
    return " ".join(c.text for c in row.cells if c.text.strip() and c not in known)


def _asked(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The field that `text` names before what it tells: no 'Objectif 2 : …', which is a title."""
    asked, mark, told = text.partition(":")
    if not (mark and told.strip()) or len(asked) > LONGEST_KEY or any(map(str.isdigit, asked)):
        return None
    field = best_field(asked, vocabulary.headings, SURE_KEY)
    return (field, told.strip()) if field in FIELDS else None


def _describing(
    rows: Sequence[ExtractedRow], across: dict[int, str], shared: Collection[int]
) -> list[int]:
    """Which of `across` describe the action above: all, mostly long, where one stands right below
    each other body row and none elsewhere; else the sentences, none of which opens the table or a
    part of it."""
    body = [i for i, row in enumerate(rows) if row.kind == "body" and i not in shared]
    each = len(body) >= FEWEST and list(across) == [i + 1 for i in body]
    if each and mean(map(len, across.values())) > LONG:
        return list(across)
    told = [i for i, said in across.items() if SENTENCE.fullmatch(said) and not names_part(said)]
    below_rows = all(i and (rows[i - 1].kind == "body" or i - 1 in told) for i in told)
    return told if below_rows else []
