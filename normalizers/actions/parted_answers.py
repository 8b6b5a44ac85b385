"""What stands in several rows beside one question of a form, or below it: a budget, or a table.

Budget prévisionnel 2025 | Charges  | Montant  | Produits       | Montant
                         | Salaires | 48 000 € | État – AMI LDA | 36 000 €
Indicateurs              | Indicateur | 2024 | Objectif 2025
                         | Réunions   | 4    | 6
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from normalizers.actions.answers import asked_field
from normalizers.actions.budgets import Row
from normalizers.actions.parts import Part
from normalizers.amounts import read_cell
from normalizers.exercises import YEARS, heading_exercise
from pipeline.extracted import ExtractedCell


def parted_answers(part: Part, rows: Sequence[Row]) -> Iterator[Row]:
    """`rows`, of which those beside one question stand without it where they are a budget, with a
    head of its own or the one that the question is, and in one answer where they are a table with
    a head, beside their question or below it."""
    for run in _runs(list(_beside_questions(part, rows))):
        question = run[0][0]
        beside = [row[1:] if row[0].place == question.place else row for row in run]
        told = [row for row in beside if row]
        heads = [i for i, row in enumerate(told) if is_budget_head(part, row)]
        if len(run) > 1 and heads:
            yield _dated(part, told[heads[0]], question)
            yield from told[heads[0] + 1 :]
        elif _is_table(told):
            yield [question, _answer(part, *told)]
        else:
            yield from _with_budget_head(part, run)


def is_budget_head(part: Part, row: Row) -> bool:
    """Do the cells of `row` head a budget: 'Financeur | Montant | %', 'Dépenses | Recettes'?"""
    kinds = [part.wording(cell.text, "budget_") for cell in row]
    wide = any(cell.spans_columns > 1 for cell in row)
    return "budget_funder" in kinds and all(kinds) and (len(row) > 1 or wide)


def _beside_questions(part: Part, rows: Sequence[Row]) -> Iterator[Row]:
    """`rows`, those of a table with a head beside the question that stands across above them."""
    question: ExtractedCell | None = None
    columns = set[int]()
    for row, below in pairwise([*rows, []]):
        across = len(row) == 1 and _is_head(below) and below[0].place != row[0].place
        if across and asked_field(row[0].text, part):
            question = row[0].model_copy(update={"spans_rows": 2})
            columns = {c.column for c in below}
        elif question and len(row) > 1 and columns.issuperset(c.column for c in row):
            yield [question, *row]
        else:
            question = None
            yield row


def _runs(rows: Sequence[Row]) -> list[list[Row]]:
    """`rows` by the question that they stand beside; what goes on over a page may stand without."""
    runs: list[list[Row]] = []
    for row in rows:
        first = runs[-1][0][0] if runs else None
        beside = first and (row[0].place == first.place or row[0].column > first.column)
        if first and first.spans_rows > 1 and beside:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _dated(part: Part, head: Row, question: ExtractedCell) -> Row:
    """The `head` of a budget with the year that `question` names, where it names none."""
    year = heading_exercise(question.text)
    if year is None or any(heading_exercise(c.text) for c in head):
        return head
    return [
        c.model_copy(update={"text": f"{c.text} {year}"})
        if part.wording(c.text, "budget_") == "budget_sum"
        else c
        for c in head
    ]


def _is_table(told: Sequence[Row]) -> bool:
    """Is `told` a table whose head is in bold, and of which the rows below are not?"""
    head, *below = told or [[]]
    return _is_head(head) and bool(below) and not any(all(c.bold for c in row) for row in below)


def _is_head(row: Row) -> bool:
    return len(row) > 1 and all(c.bold for c in row)


def _answer(part: Part, head: Row, *below: Row) -> ExtractedCell:
    """A table in one cell, a line a row, each text but the first with its heading ('Réunions –
    2024 : 4'), a sum under no more than 'Montant' without it: '2024 : 30 000 €'."""
    headings = {c.column: " ".join(c.text.split()) for c in head}
    sums = {k for k, h in headings.items() if part.wording(h, "budget_") == "budget_sum"}
    bare = {k for k in sums if not heading_exercise(headings[k])}

    def line(row: Row) -> str:
        said = row[0].text
        for cell in row[1:]:
            heading = headings.get(cell.column) if cell.column not in bare else None
            said += f" – {heading} : {cell.text}" if heading else f" : {cell.text}"
        return said

    return below[0][0].model_copy(update={"text": "\n".join(map(line, below))})


def _with_budget_head(part: Part, rows: Sequence[Row]) -> Iterator[Row]:
    """`rows`, those beside one « Financement » or « Plan de financement 2023 », a funder and a sum
    each, under a head of their own."""
    headed = False
    for row in rows:
        first, *told = row
        plan = YEARS.sub("", first.text).strip()
        beside = len(told) > 1 and part.wording(plan, "budget_") == "budget_funder"
        if not beside or read_cell(told[-1].text).total is None or heading_exercise(told[-1].text):
            yield row
            headed = False
            continue
        if not headed:
            sums = f"Montant {heading_exercise(first.text) or ''}"
            heads = [plan, *[sums] * (len(told) - 1)]
            yield [c.model_copy(update={"text": h}) for c, h in zip(told, heads, strict=True)]
        headed = True
        yield told
