"""Action sheets in several pieces: a small form of the action, and beside it its budget.

Action 3 – Bail glissant                 a heading, a row across the table, or asked in the form
Porteur | CCAS                           the form
Financeurs | Montant | Part              the budget: by funder, by year, or charges on the left and
État (AMI) | 20 000 € | 80 %             produits on the right
Total | 25 000 € | 100 %                 is the sum of the rows above it, or contradicts them

The pieces come in any order, in one table or in several. A budget that neither a form nor the
heading of an action goes with is no action's. Sheets without one are for
`normalizers.actions.forms`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from normalizers.actions.action_rows import numbered
from normalizers.actions.adding_up import PART_OF
from normalizers.actions.answers import LONGEST_ANSWER, Answer, asked_field, named, state
from normalizers.actions.forms import MOSTLY, filled_rows
from normalizers.actions.funding import Sum, paid_by_ami, read_sums
from normalizers.actions.headings import WITHOUT_SUM, Column, heading_unit
from normalizers.actions.likeness import MONEY
from normalizers.actions.parts import Conflict, Part, Statement, heading_cells
from normalizers.actions.row_sums import Paid
from normalizers.actions.rows import NO_SUM, TOTAL
from normalizers.actions.state_money import AMI, is_ami
from normalizers.actions.titles import Title, action_title
from normalizers.amounts import read_cell
from normalizers.exercises import heading_exercise
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedTable

Row = Sequence[ExtractedCell]
NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)\s?[.)°–—-]\s+(?=\S)")
# Plan de financement global, of all actions together
OF_ALL = re.compile(r"\b(?:global|general|recapitulati\w+|consolide|ensemble|toutes)\b")
UNTITLED = re.compile(r"annexes?\b|fiches?\b(?!.*\d)|.*[.:;]$")  # headings that name no action
SUBTOTAL = re.compile(r"\W*(?:sous|s/s)\b")
ACCOUNT = re.compile(r"\W*[67]\d\s*[-–—.:]?\s*[^\W\d]")
FIGURES = re.compile(r"€|\beur|\d{3}", re.IGNORECASE)


@dataclass
class _Form:
    answers: list[Answer]


@dataclass
class _Budget:
    """Sums by funder, the cost that the charges make, the total of who pays, and what contradicts
    itself."""

    paid: list[tuple[str, Paid]] = field(default_factory=list)
    cost: list[Paid] = field(default_factory=list)
    income: list[Paid] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sum of a budget under its heading, with the name of its row."""

    name: str
    heading: str
    sum: Sum
    cell: ExtractedCell


@dataclass
class _Sheet:
    """The pieces of one sheet, the part that names its action or asks for it, and the indices of
    all the parts that it takes."""

    part: Part | None = None
    title: Title | None = None
    form: _Form | None = None
    budget: _Budget | None = None
    budget_first: bool = False
    tables: list[int] = field(default_factory=list)

    def add(self, piece: Title | _Form | _Budget, part: Part, index: int) -> None:
        self.part = self.part or part
        if not self.tables:
            self.budget_first = isinstance(piece, _Budget)
        if isinstance(piece, Title):
            self.title = piece
        elif isinstance(piece, _Form):
            self.form, self.part = piece, part
        elif self.budget is None and not OF_ALL.search(fold(part.table.title)):
            self.budget = piece
            self.budget_first = self.form is None
        if index not in self.tables:
            self.tables.append(index)


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

    for i, part in enumerate(parts):
        pieces = list(_pieces(part))
        told = any(isinstance(piece, (_Form, _Budget)) for piece in pieces)
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


def _opens(piece: Title | _Form | _Budget, sheet: _Sheet) -> bool:
    """Does `piece` begin another sheet than `sheet`?"""
    if isinstance(piece, Title):
        return bool(sheet.form or sheet.budget) and piece != sheet.title
    if isinstance(piece, _Form):
        return sheet.form is not None
    return bool(sheet.budget and sheet.form and sheet.budget_first)


# --- the pieces of a table ----------------------------------------------------------------------


def _pieces(part: Part) -> Iterator[Title | _Form | _Budget]:
    """Titles, forms and budgets of a table, top to bottom; none where its rows are of another
    kind."""
    heads = [asked_field(h, part) for h in dict.fromkeys(part.table.columns)]
    if (
        "label" in heads
        and sum(map(bool, heads)) > 1
        and not _is_budget_head(part, _with_headings(part.table)[0])
    ):
        return  # a list of actions
    blocks = list(_blocks(part, list(_with_budget_heads(part, _with_headings(part.table)))))
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
            yield _budget(part, rows)


def _with_headings(table: ExtractedTable) -> list[list[ExtractedCell]]:
    """All rows of `table`, its headings as a row where the cells of its head are not kept."""
    rows = filled_rows(table)
    headings = [] if table.head or not rows else heading_cells(table)
    return [headings, *rows] if headings else rows


def _with_budget_heads(part: Part, rows: Sequence[Row]) -> Iterator[Row]:
    """`rows`, those beside one « Financement », a funder and a sum each, under a head of their
    own."""
    above: ExtractedCell | None = None
    for row in rows:
        first, *told = row
        beside = len(told) > 1 and part.wording(first.text, "budget_") == "budget_funder"
        if not beside or read_cell(told[-1].text).total is None or heading_exercise(told[-1].text):
            yield row
            above = None
            continue
        if above is None or first.place != above.place:
            sums = (c.model_copy(update={"text": "Montant"}) for c in told[1:])
            yield [told[0].model_copy(update={"text": first.text}), *sums]
        above = first
        yield told


def _blocks(part: Part, rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows in blocks of one kind: a title, rows of a form, or a budget with its head."""
    kind, block = "", list[Row]()
    for row in rows:
        new = _kind(part, row, kind)
        if block and (new != kind or new == "title" or _is_budget_head(part, row)):
            yield kind, block
            block = []
        kind = new
        block.append(row)
    if block:
        yield kind, block


def _kind(part: Part, row: Row, before: str) -> str:
    if len(row) == 1 and (action_title(row[0].text) or _names_budget(part, row[0].text)):
        return "title"
    if _is_budget_head(part, row):
        return "budget"
    if before == "budget" and not _asks(part, row):
        return "budget"
    return "form"


def _asks(part: Part, row: Row) -> bool:
    """Does `row` ask on its left what it tells on its right, which is no sum?"""
    field_ = asked_field(row[0].text, part) if len(row) == 2 else None
    return field_ not in (*MONEY, "status", None) and not FIGURES.search(row[1].text)


def _is_budget_head(part: Part, row: Row) -> bool:
    """Do the cells of `row` head a budget: 'Financeur | Montant | %', 'Dépenses | Recettes'?"""
    kinds = [part.wording(cell.text, "budget_") for cell in row]
    wide = any(cell.spans_columns > 1 for cell in row)
    return "budget_funder" in kinds and all(kinds) and (len(row) > 1 or wide)


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
        told = row[1:] if len(row) > 1 else row
        answers += [(asked if len(row) > 1 else _last(answers), cell) for cell in told]
    if answers:
        yield _Form(answers)


def _last(answers: Sequence[Answer]) -> str:
    return answers[-1][0] if answers else ""


# --- budgets ------------------------------------------------------------------------------------


def _budget(part: Part, rows: Sequence[Row]) -> _Budget:
    """What a budget says: its first row is the head; each side of it goes from its word on."""
    budget = _Budget()
    kinds = [(c.column, part.wording(c.text, "budget_")) for c in rows[0]]
    opens = [(k, kind) for k, kind in kinds if kind in ("budget_funder", "budget_expense")]
    totals = []
    for (start, kind), (end, _) in pairwise([*opens, (10**6, None)]):
        side = [[c for c in row if start <= c.column < end] for row in rows]
        totals.append(_side(part, budget, side, kind == "budget_funder"))
    for (amount, _), (other, cell) in pairwise(t for t in totals if t):
        if amount != other:
            budget.conflicts.append(_conflict(amount, other, cell))
    return budget


def _side(
    part: Part, budget: _Budget, rows: Sequence[Row], funders: bool
) -> tuple[Decimal, ExtractedCell] | None:
    """Read one side of a budget into `budget`; its total, with the cell that states it.

    What is no sum of a funder or of all charges (a charge, a part of another sum, a row below the
    total) is kept as it stands.
    """
    head, *body = rows
    columns = {c.column: c.text for c in (head[1:] or head)}
    taken: list[_Entry] = []
    total: tuple[Decimal, ExtractedCell] | None = None
    since = 0
    accounts, details = _detailed(body)
    for i, row in enumerate(body):
        if len(row) < 2:
            continue
        name = row[0].text.strip()
        if i in details:
            name = PART_OF.sub("", name).strip()
        entries = list(_entries(part, name, row, columns))
        if TOTAL.match(name):
            budget.conflicts += _differing(entries, taken, since)
            since = len(taken)
            if entries and not SUBTOTAL.match(fold(name)):
                total = entries[-1].sum.amount or Decimal(0), entries[-1].cell
                if funders:
                    budget.income += _costs(entries)
                else:
                    cost = Sum(None, "total_cost", total[0], part.exercise, total[1].text)
                    budget.cost.append((cost, total[1]))
            continue
        counted = total is None and i not in accounts and not PART_OF.match(name)
        if not (counted and funders):
            budget.others[name] = " ; ".join(c.text for c in row[1:])
        if counted:
            taken += entries
            budget.conflicts += _across(entries)
    if funders:
        paid = [e for e in taken if not _is_across(e, taken)]
        budget.paid += [(e.name, (e.sum, e.cell)) for e in paid]
    return total


def _costs(entries: Sequence[_Entry]) -> Iterator[Paid]:
    """What the total of all who pay says of the cost, year by year where it does."""
    for one in entries:
        if not _is_across(one, entries):
            yield replace(one.sum, funder=None, stage="total_cost"), one.cell


def _detailed(rows: Sequence[Row]) -> tuple[set[int], set[int]]:
    """Which `rows` are accounts (74 – Subventions) that the rows below add up to, and which rows
    these are."""
    names = [row[0].text if len(row) > 1 else "" for row in rows]
    sums = [{c.column: read_cell(c.text).total or Decimal(0) for c in row[1:]} for row in rows]
    accounts, details = set[int](), set[int]()
    starts = [i for i, name in enumerate(names) if ACCOUNT.match(name)]
    for start, end in pairwise([*starts, len(rows)]):
        below = [i for i in range(start + 1, end) if names[i] and not TOTAL.match(names[i])]
        told = {k: sum(sums[i].get(k, Decimal(0)) for i in below) for k in sums[start]}
        if below and told == sums[start]:
            accounts.add(start)
            details.update(below)
    return accounts, details


def _entries(part: Part, name: str, row: Row, columns: Mapping[int, str]) -> Iterator[_Entry]:
    for cell in row[1:]:
        if NO_SUM.match(cell.text) or WITHOUT_SUM.fullmatch(fold(cell.text)):
            continue
        text = next((t for k, t in sorted(columns.items(), reverse=True) if k <= cell.column), "")
        unit = max(heading_unit(text), heading_unit(part.table.title))
        exercise = heading_exercise(text) or part.exercise
        column = Column("cofinancing", "planned", exercise, 1.0, unit=unit)
        for one in read_sums(column, text, cell.text, [name], part.name_funder):
            yield _Entry(name, text, one, cell)


def _is_across(entry: _Entry, among: Sequence[_Entry]) -> bool:
    """Is it the total of a row whose other sums stand under a year each?"""
    years = (heading_exercise(e.heading) for e in among if e.name == entry.name)
    return heading_exercise(entry.heading) is None and any(years)


def _across(row: Sequence[_Entry]) -> Iterator[Conflict]:
    """What the total of a row says, where it is not the sum of its years."""
    years = [e for e in row if not _is_across(e, row)]
    for entry in row:
        if _is_across(entry, row):
            yield from _differing(
                [replace(entry, heading="")], [replace(e, heading="") for e in years], 0
            )


def _differing(totals: Sequence[_Entry], taken: Sequence[_Entry], since: int) -> Iterator[Conflict]:
    """The totals that are the sum neither of all entries under their heading nor of those from
    number `since` on, below the subtotal before."""
    for total in totals:
        some = [
            [e.sum.amount for e in of if e.heading == total.heading]
            for of in (taken, taken[since:])
        ]
        if total.sum.amount is None or not some[0] or None in some[0]:
            continue
        sums = [sum((a for a in of if a), Decimal(0)) for of in some]
        if total.sum.amount not in sums:
            yield _conflict(sums[0], total.sum.amount, total.cell)


def _conflict(expected: Decimal, observed: Decimal, cell: ExtractedCell) -> Conflict:
    quote = f"Total {cell.text}"
    return Conflict("total_cost", None, expected, observed, quote, cell.place.page)


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
    for new, cell in [*_paid(budget), *(budget.cost or budget.income)]:
        again[_kind_of(new)].append((new, cell))
    for kind, paid in again.items():
        if kind not in stated:
            sums += paid
            continue
        amount = sum((s.amount or Decimal(0) for s, _ in paid), Decimal(0))
        if amount != stated[kind]:
            conflicts.append(_conflict(stated[kind], amount, paid[-1][1]))
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


def _paid(budget: _Budget) -> Iterator[Paid]:
    """The sums by funder, those of the AMI as such."""
    payers = [name for name, _ in budget.paid]
    for name, (one, cell) in budget.paid:
        yield (replace(one, funder=AMI) if is_ami(name, payers) else one), cell
