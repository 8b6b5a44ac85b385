"""Rows that say, in a column of their own, what their sums are.

Action        |         | État     | Ville
Bail glissant | Prévu   | 12 000 € | 3 000 €
              | Réalisé | 11 000 € | 3 000 €
              | Écart   |  1 000 € | 0 €
"""

import re
from collections.abc import Sequence

from normalizers.actions.headings import ASKED, CHANGE, LEFT, RETURNED, SPENT, Column
from normalizers.actions.likeness import MONEY
from normalizers.actions.rows import texts_by_column
from normalizers.terms import fold
from pipeline.extracted import ExtractedTable
from pipeline.kinds import Stage

GRANTED = re.compile(r"\b(?:accorde|attribue|notifie|alloue|obtenu|conventionne|vote)e?s?\b")
PLANNED = re.compile(r"\b(?:prevu|programme|budgete)e?s?\b|\bprevision(?:s|nel)?")
STAGES: tuple[tuple[re.Pattern[str], Stage], ...] = (
    (ASKED, "requested"),
    (GRANTED, "granted"),
    (PLANNED, "planned"),
    (SPENT, "spent"),
    (re.compile(r"\bdepens(?:es?|ees?)\b"), "spent"),
    (LEFT, "carry_over"),
)
NO_SUMS = (CHANGE, RETURNED, re.compile(r"%|\btaux\b"))
FEW_WORDS = 3  # Montant prévu 2024
FEWEST = 2  # kinds of rows, and rows an action: one row each has a status
NAMES = ("label", "pilot", "reference")


def stage_column(table: ExtractedTable, columns: Sequence[Column]) -> int | None:
    """The column, from 1, that says for each row of `table` what its sums are; None without one."""
    texts = texts_by_column(table)
    labels = {
        text for c, told in zip(columns, texts, strict=True) if c.field == "label" for text in told
    }
    for k, (column, told) in enumerate(zip(columns, texts, strict=True), 1):
        if column.field in (*MONEY, *NAMES) or len(told) < FEWEST * len(labels - {""}):
            continue
        kinds = {row_stage(text) or _tells_no_sums(text) for text in told}
        if len(kinds) >= FEWEST and all(kinds):
            return k
    return None


def row_stage(text: str) -> Stage | None:
    """The stage of the sums beside `text`; None where it tells none: 'Écart'."""
    if len(text.split()) > FEW_WORDS or _tells_no_sums(text):
        return None
    folded = fold(text)
    return next((stage for said, stage in STAGES if said.search(folded)), None)


def _tells_no_sums(text: str) -> bool:
    folded = fold(text)
    few = len(text.split()) <= FEW_WORDS
    return few and any(said.search(folded) for said in NO_SUMS)
