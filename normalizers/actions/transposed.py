"""Tables that lie on their side: questions in the first column, an action in each of the others."""

import re
from collections.abc import Callable, Mapping

from normalizers.actions.annexes import LIKELY, SURE_KEY
from normalizers.actions.funding import AUTHORITY
from normalizers.actions.headings import Phrase, best_field
from normalizers.amounts import read_cell
from normalizers.exercises import YEARS, heading_exercise
from normalizers.terms import fold
from pipeline.extracted import ExtractedTable

LONGEST_QUESTION = 60  # characters
ASKED_DOWNWARDS = 3  # fields that the first column of a transposed table names
PROGRAMME = re.compile(r"\b(?:bop|programme|p)\s?\d{3}\b", re.IGNORECASE)  # BOP 177


def is_transposed(table: ExtractedTable, phrases: tuple[Phrase, ...]) -> bool:
    """Do the rows of `table` ask on the left ('Pilote', 'Montant AMI') what each of its other
    columns, an action each, tells?"""

    def asks(text: str) -> str | None:
        return best_field(text, phrases, SURE_KEY) if may_ask(text) else None

    heads = [h for h in table.columns[1:] if h.strip()]
    if len(table.columns) < 3 or len(set(heads)) < len(heads):
        return False
    if any(heading_exercise(h) or asks(h) for h in heads):
        return False
    rows = [
        {c.column: c.text for c in r.cells if c.text.strip() and c.spans_columns == 1}
        for r in table.rows
    ]
    known = [field for row in rows if (field := asks(row.get(1, "")))]
    known += ["cofinancing" for row in rows if _tells_payer(row, asks)]
    named = "label" in known or len(heads) == len(table.columns) - 1
    told = sum(len(row) == len(table.columns) for row in rows)
    answers = [text for row in rows for k, text in row.items() if k > 1]
    return (
        named
        and len(set(known)) >= ASKED_DOWNWARDS
        and len(known) >= LIKELY * len(rows)
        and told >= len(rows) / 2
        and sum(bool(asks(text)) for text in answers) < len(answers) / 3
    )


def _tells_payer(row: Mapping[int, str], asks: Callable[[str], str | None]) -> bool:
    question = row.get(1, "")
    sums = [read_cell(text).amounts for column, text in row.items() if column > 1]
    return not asks(question) and bool(AUTHORITY.match(fold(question)) and sums and all(sums))


def may_ask(text: str) -> bool:
    """May `text` be the question of a form: short, without figures but years and programmes?"""
    bare = PROGRAMME.sub("", YEARS.sub("", text))
    return len(text) <= LONGEST_QUESTION and not re.search(r"\d", bare)
