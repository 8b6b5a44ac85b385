"""Tables that lie on their side: questions in the first column, an action in each of the others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from normalizers.actions.action_rows import numbered
from normalizers.actions.annexes import LIKELY, SURE_KEY, Vocabulary
from normalizers.actions.answers import may_ask, named, state
from normalizers.actions.likeness import best_field
from normalizers.actions.parts import Part, Statement
from normalizers.actions.rows import is_total
from normalizers.amounts import read_cell
from normalizers.exercises import heading_exercise
from normalizers.references import TITLE_ALONE, split_reference
from normalizers.state_money import StateMoney
from pipeline.extracted import ExtractedCell, ExtractedTable

ASKED_DOWNWARDS = 3  # fields that the first column of a transposed table names


def is_transposed(table: ExtractedTable, vocabulary: Vocabulary) -> bool:
    """Do the rows of `table` ask on the left ('Pilote', 'Montant AMI') what each of its other
    columns, an action each, tells?"""

    def asks(text: str) -> str | None:
        return best_field(text, vocabulary.headings, SURE_KEY) if may_ask(text) else None

    totals = {k for k, h in enumerate(table.columns, 1) if k > 1 and is_total([h])}
    heads = [h for k, h in enumerate(table.columns, 1) if k > 1 and h.strip() and k not in totals]
    width = len(table.columns) - len(totals)
    if width < 3 or len(set(heads)) < len(heads):
        return False
    if any(heading_exercise(h) or asks(h) for h in heads):
        return False
    rows = [
        {
            c.column: c.text
            for c in r.cells
            if c.text.strip() and c.spans_columns == 1 and c.column not in totals
        }
        for r in table.rows
    ]
    known = [field for row in rows if (field := asks(row.get(1, "")))]
    known += ["cofinancing" for row in rows if _tells_payer(row, asks, vocabulary.money)]
    named = "label" in known or len(heads) == width - 1
    told = sum(len(row) == width for row in rows)
    answers = [text for row in rows for k, text in row.items() if k > 1]
    return (
        named
        and len(set(known)) >= ASKED_DOWNWARDS
        and len(known) >= LIKELY * len(rows)
        and told >= len(rows) / 2
        and sum(bool(asks(text)) for text in answers) < len(answers) / 3
    )


def _tells_payer(
    row: Mapping[int, str], asks: Callable[[str], str | None], money: StateMoney
) -> bool:
    question = row.get(1, "")
    sums = [read_cell(text).amounts for column, text in row.items() if column > 1]
    return not asks(question) and money.is_other_payer(question) and bool(sums) and all(sums)


def read_transposed(part: Part) -> Iterator[Statement] | None:
    """The actions that stand side by side, a column each; None where `part` holds none such."""
    if not is_transposed(part.table, part.vocabulary):
        return None
    rows = [
        {c.column: c for c in line.row.cells if c.text.strip()} for line in numbered(part.table)
    ]
    return (
        one
        for column, heading in enumerate(part.table.columns[1:], 2)
        if (one := _column(part, rows, column, heading))
    )


def _column(
    part: Part, rows: Sequence[Mapping[int, ExtractedCell]], column: int, heading: str
) -> Statement | None:
    """The action of one column, under its heading: its number, or its label."""
    asked = ((" ".join(row[1].text.split()), row[column]) for row in rows if {1, column} <= {*row})
    texts, answers = named(asked, part)
    told = [(q, cell) for q, cell in answers if cell.text.strip(" -–—")]
    reference, label = split_reference(heading, parted=False)
    texts.setdefault("label", label)
    if number := reference or (TITLE_ALONE.fullmatch(heading.strip()) and heading):
        texts.setdefault("reference", " ".join(number.split()))
    if not texts["label"] or is_total([texts["label"]]):
        return None
    return replace(state(part, texts, told), creates=True)
