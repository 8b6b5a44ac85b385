"""Action sheets in several pieces: a small form of the action, and beside it its budget.

Action 3 – Bail glissant                 a heading, a row across the table, or asked in the form
Porteur | CCAS                           the form
Financeurs | Montant | Part              the budget (`normalizers.actions.budgets`)
État (AMI) | 20 000 € | 80 %

The pieces come in any order, in one table or in several. A budget that neither a form nor the
heading of an action goes with is no action's. Sheets without one are for
`normalizers.actions.forms`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from normalizers.actions.action_rows import numbered
from normalizers.actions.annexes import reported_exercise
from normalizers.actions.answers import LONGEST_ANSWER, Answer, asked_field, named, state
from normalizers.actions.budgets import Budget, Row, conflict_of, read_budget
from normalizers.actions.forms import MOSTLY, asks_at, filled_rows
from normalizers.actions.funding import Sum, paid_by_ami
from normalizers.actions.likeness import MONEY
from normalizers.actions.parted_answers import is_budget_head, parted_answers
from normalizers.actions.parts import Part, Statement, heading_cells
from normalizers.actions.row_sums import Paid
from normalizers.actions.rows import TOTAL
from normalizers.actions.titles import Title, action_title
from normalizers.actions.transposed import is_transposed
from normalizers.exercises import YEARS, heading_exercise
from normalizers.references import names_action
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedTable

NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)\s?[.)°–—-]\s+(?=\S)")
# Plan de financement global · Budget prévisionnel du programme d'actions: of all actions together
OF_ALL = re.compile(
    r"\b(?:global|general|recapitulati\w+|consolide|ensemble|toutes|des actions"
    r"|(?:du|de la) (?:programme|convention|plan d.actions))\b"
)
UNTITLED = re.compile(r"annexes?\b|fiches?\b(?!.*\d)|.*[.:;]$")  # headings that name no action
FIGURES = re.compile(r"€|\beur|\d{3}", re.IGNORECASE)


@dataclass
class _Form:
    answers: list[Answer]


@dataclass
class _Sheet:
    """The pieces of one sheet, the part that names its action or asks for it, and the indices of
    all the parts that it takes."""

    part: Part | None = None
    title: Title | None = None
    form: _Form | None = None
    budget: Budget | None = None
    budget_first: bool = False
    tables: list[int] = field(default_factory=list)

    def add(self, piece: Title | _Form | Budget, part: Part, index: int) -> None:
        self.part = self.part or part
        if not self.tables:
            self.budget_first = isinstance(piece, Budget)
        if isinstance(piece, Title):
            self.title = piece
        elif isinstance(piece, _Form):
            self.form, self.part = piece, part
        elif self.budget is None and not _is_of_all(part.table.title):
            self.budget = piece
            self.budget_first = self.form is None
        if index not in self.tables:
            self.tables.append(index)


def _is_of_all(title: str) -> bool:
    """Is the budget captioned `title`, below the title of an action or not, that of all actions?"""
    caption = title.rpartition("\n")[2]
    named = action_title(title)
    if names_action(caption) or (named and caption in named.label):
        return False
    return OF_ALL.search(fold(caption)) is not None


def read_sheets(parts: Sequence[Part]) -> dict[int, list[Statement]]:
    """The actions of sheets with a budget, by the index in `parts` of the table that states each;
    a table that only adds to one of them has none."""
    found: dict[int, list[Statement]] = {}
    sheet = _Sheet()

    def close() -> None:
        nonlocal sheet
        if one := _statement(sheet):
            for i in sheet.tables:
                found.setdefault(i, [])
            found[next(i for i, p in enumerate(parts) if p.table is one.table)].append(one)
        sheet = _Sheet()

    for i, written in enumerate(parts):
        part = replace(written, exercise=reported_exercise(written.table) or written.exercise)
        pieces = list(_pieces(part))
        told = any(isinstance(piece, (_Form, Budget)) for piece in pieces)
        if not told or (sheet.part and sheet.part.table.annex != part.table.annex):
            close()
        for piece in pieces if told else ():
            if isinstance(piece, _Form) and (more := _below(piece, sheet, part)):
                sheet.form = more
                continue
            if _opens(piece, sheet):
                close()
            sheet.add(piece, part, i)
    close()
    return found


def _below(form: _Form, sheet: _Sheet, part: Part) -> _Form | None:
    """The form of `sheet` with what `form`, below the budget amid it, asks besides; None where it
    asks again what was asked above: another sheet's."""
    if sheet.form is None or sheet.part is not part:
        return None
    asked = [{asked_field(a, part) for a, _ in f.answers} - {None} for f in (sheet.form, form)]
    again = set.intersection(*asked)
    return _Form([*sheet.form.answers, *form.answers]) if asked[1] and not again else None


def _opens(piece: Title | _Form | Budget, sheet: _Sheet) -> bool:
    """Does `piece` begin another sheet than `sheet`?"""
    if isinstance(piece, Title):
        return bool(sheet.form or sheet.budget) and piece != sheet.title
    if isinstance(piece, _Form):
        return sheet.form is not None
    return bool(sheet.budget and sheet.form and sheet.budget_first)


# --- the pieces of a table ----------------------------------------------------------------------


def _pieces(part: Part) -> Iterator[Title | _Form | Budget]:
    """Titles, forms and budgets of a table, top to bottom; none where its rows are of another
    kind."""
    if is_transposed(part.table, part.vocabulary):
        return  # an action a column
    heads = [asked_field(h, part) for h in dict.fromkeys(part.table.columns)]
    if (
        "label" in heads
        and sum(map(bool, heads)) > 1
        and not is_budget_head(part, _with_headings(part.table)[0])
    ):
        return  # a list of actions
    under_years = list(_with_years_below(part, _with_headings(part.table)))
    blocks = list(_blocks(part, list(parted_answers(part, under_years))))
    forms = [row for kind, rows in blocks if kind == "form" for row in rows]
    asked = [asked_field(row[0].text, part) for row in forms if len(row) > 1]
    if forms and sum(map(bool, asked)) < max(1, MOSTLY * len(asked)):
        return
    above = part.table.title or part.heading
    if title := action_title(above) or _bare_title(part, blocks):
        yield title
    for kind, rows in blocks:
        if kind == "title":
            named = action_title(rows[0][0].text)
            if named:
                yield named
        elif kind == "form":
            yield from _forms(part, rows)
        elif len(rows) > 1:  # more than a title over the budget: « Plan de financement »
            yield read_budget(part, rows)


def _with_headings(table: ExtractedTable) -> list[list[ExtractedCell]]:
    """All rows of `table`, its headings as a row where the cells of its head are not kept."""
    rows = filled_rows(table)
    headings = [] if table.head or not rows else heading_cells(table)
    return [headings, *rows] if headings else rows


def _with_years_below(part: Part, rows: Sequence[Row]) -> Iterator[Row]:
    """`rows` of which the first gives years to all, and titles of actions stand across the others:
    below each title these years, and what stands up to the total of the action."""
    titles = [i for i, row in enumerate(rows) if len(row) == 1 and action_title(row[0].text)]
    head = rows[0] if len(titles) > 1 else []
    sums = [c for c in head if part.wording(c.text, "budget_") == "budget_sum"]
    years = [c for c in sums if heading_exercise(c.text)]
    if len(years) < 2 or len(sums) < len(head) - 1:
        yield from rows
        return
    for start, end in pairwise([*titles, len(rows)]):
        title = rows[start][0]
        below = rows[start + 1 : end]
        totals = (i for i, row in enumerate(below, 1) if TOTAL.match(row[0].text))
        yield rows[start]
        yield [title.model_copy(update={"text": "Financeurs", "spans_columns": 1}), *sums]
        yield from below[: next(totals, len(below))]


def _blocks(part: Part, rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows in blocks of one kind: a title, rows of a form, or a budget with its head."""
    kind, block = "", list[Row]()
    for row in rows:
        new = _kind(part, row, kind)
        if block and (new != kind or new == "title" or is_budget_head(part, row)):
            yield kind, block
            block = []
        kind = new
        block.append(row)
    if block:
        yield kind, block


def _kind(part: Part, row: Row, before: str) -> str:
    if len(row) == 1 and (action_title(row[0].text) or _names_budget(part, row[0].text)):
        return "title"
    if is_budget_head(part, row):
        return "budget"
    if before == "budget" and not _asks(part, row):
        return "budget"
    return "form"


def _asks(part: Part, row: Row) -> bool:
    """Does `row` ask on its left what it tells on its right, which is no sum, or a table?"""
    field_ = asked_field(row[0].text, part) if len(row) == 2 else None
    if field_ and "\n" in row[1].text and row[0].spans_rows > 1:
        return True
    return field_ not in (*MONEY, "status", None) and not FIGURES.search(YEARS.sub("", row[1].text))


def _names_budget(part: Part, text: str) -> bool:
    """Does `text` name a budget without heading its columns: 'Budget prévisionnel 2024'?"""
    return part.wording(text, "budget_plan") is not None


def _bare_title(part: Part, blocks: Sequence[tuple[str, Sequence[Row]]]) -> Title | None:
    """The heading right above a form, which names its action without the word."""
    text = part.table.title
    if not blocks or blocks[0][0] != "form" or not 0 < len(text) <= 2 * LONGEST_ANSWER:
        return None
    if part.wording(text, "budget_") or asked_field(text, part) or UNTITLED.match(fold(text)):
        return None
    number = NUMBERED.match(text)
    return Title(number and number["number"], text[number.end() :] if number else text)


def _forms(part: Part, rows: Sequence[Row]) -> Iterator[_Form]:
    """The forms that rows of questions and answers make: another one where the label is asked
    again."""
    answers: list[Answer] = []
    fields: set[str] = set()
    for row in rows:
        asked = " ".join(row[0].text.split())
        field_ = asked_field(asked, part)
        if field_ == "label" and "label" in fields:
            yield _Form(answers)
            answers, fields = [], set()
        fields |= {field_} if field_ else set()
        for k, cell in enumerate(row):
            if len(row) == 1:
                answers.append((_last(answers), cell))
            elif asks_at(k, row, part):
                asked = " ".join(cell.text.split())
            else:
                answers.append((asked, cell))
    if answers:
        yield _Form(answers)


def _last(answers: Sequence[Answer]) -> str:
    return answers[-1][0] if answers else ""


# --- the action ---------------------------------------------------------------------------------


def _statement(sheet: _Sheet) -> Statement | None:
    """The action of a sheet; None where nothing names it, or it has no budget."""
    part, form, budget, title = sheet.part, sheet.form, sheet.budget, sheet.title
    if part is None or budget is None:
        return None
    answers = form.answers if form else []
    texts, told = named(answers, part)
    if title:
        texts.setdefault("label", title.label)
        if title.reference:
            texts.setdefault("reference", title.reference)
    if "label" not in texts:
        return None
    lines = {id(c): line.index for line in numbered(part.table) for c in line.row.cells}
    index = None if "reference" in texts else lines.get(id(answers[0][1]), 1) if answers else 1
    one = state(part, texts, told, proposed=bool(title and title.proposed), index=index)
    sums, conflicts = list(one.row.sums), list(budget.conflicts)
    stated: dict[tuple[str | None, str | None, bool], Decimal] = defaultdict(Decimal)
    for known, _ in sums:
        stated[_kind_of(known)] += known.amount or 0
    again: dict[tuple[str | None, str | None, bool], list[Paid]] = defaultdict(list)
    for new, cell in [*budget.payments(part.vocabulary.money), *(budget.cost or budget.income)]:
        again[_kind_of(new)].append((new, cell))
    for kind, paid in again.items():
        if kind not in stated:
            sums += paid
            continue
        amount = sum((s.amount or Decimal(0) for s, _ in paid), Decimal(0))
        if amount != stated[kind]:
            conflicts.append(conflict_of(stated[kind], amount, paid[-1][1]))
    row = replace(
        one.row,
        sums=sums,
        funded=paid_by_ami(sums),
        other={**one.row.other, **budget.others},
    )
    return replace(one, row=row, creates=True, conflicts=conflicts)


def _kind_of(one: Sum) -> tuple[str | None, str | None, bool]:
    """What a sum is of: two sums of one kind add up, or restate each other."""
    return one.funder, one.exercise, one.stage == "total_cost"
