"""The sums of an action's rows in an annex table: who pays each of them, for which exercise."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from normalizers.actions.funding import CARRIED_OVER, Sum, names_apart, read_carry_over, read_sums
from normalizers.actions.headings import ASKED, Column
from normalizers.actions.likeness import MONEY
from normalizers.actions.paired_payers import with_payers_beside
from normalizers.actions.payers import ALL_FUNDERS, STAGED
from normalizers.actions.plans import financing_plan
from normalizers.actions.row_stages import row_stage
from normalizers.amounts import read_cell
from normalizers.exercises import heading_exercise
from normalizers.funders import Funders
from normalizers.state_money import AMI, StateMoney
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable, Place
from pipeline.kinds import Stage

STATE = "État"
# État (dont report 2024), over 64 000 (6 700)
WITH_LEFT_OVER = re.compile(
    r"\(\s*dont\b[^()\d]*\b(?:reliquats?|reports?)\b[^()\d]*(?P<year>20\d\d)?[^()\d]*\)",
    re.IGNORECASE,
)
EXPENSES = re.compile(r"\b(?:depenses|charges)\b")
IN_BRACKETS = re.compile(r"\((?=\s*\d[\d\s.,]*(?:€|k€)?\s*\))")
FEW_WORDS = 2  # Montant demandé

Paid = tuple[Sum, ExtractedCell]
Cells = Mapping[int, ExtractedCell]  # those with text, by column


class SumReader:
    """Reads the sums of the rows of one table, by what all of it says of who pays.

    `titled`: whether its title says that the AMI does, None where it doesn't; `years`: the column
    that says for which year each row's sums are, `stages` the one that says what they are.
    """

    def __init__(
        self,
        table: ExtractedTable,
        columns: Sequence[Column],
        titled: bool | None,
        years: int | None,
        stages: int | None,
        funders: Funders,
    ) -> None:
        self._columns = dict(enumerate(columns, 1))
        self._titled = titled
        self._years = years
        self._stages = stages
        self._funders = funders
        self._money = funders.money
        self._fields = {c.field for c in columns}
        self._sourced = [k for k, c in self._columns.items() if c.field == "cofinancing_source"]
        cells = [(row, cell) for row in table.rows for cell in row.cells]
        self._payers = [c.text for _, c in cells if c.column in self._sourced]
        self._calls = Counter(note.place for _, c in cells for note in c.notes)
        totals = " ".join(c.text for row, c in cells if row.kind == "total")
        self._around = "" if _of_several_payers(columns) else f"{table.title} {totals}"
        self._ami_only = _states_ami_only(columns, self._money)
        granted = {k for k, c in self._columns.items() if (c.field, c.stage) == ("ami", "granted")}
        self._decides = any(c.column in granted and read_cell(c.text).amounts for _, c in cells)

    def read(self, rows: Iterable[ExtractedRow]) -> list[Paid]:
        """The sums of the `rows` of one action, the first one's notes among them; a cell that is
        merged over several of them says its own once."""
        found: list[Paid] = []
        known = set[Place]()
        stated = [{c.column: c for c in row.cells if c.text.strip()} for row in rows]
        for row, cells in zip(rows, stated, strict=True):
            year = heading_exercise(cells[self._years].text) if self._years in cells else None
            of_row = [(one, cell) for one, cell in self._row(cells) if cell.place not in known]
            if self._stages in cells:
                of_row = list(_staged(of_row, cells[self._stages].text))
            known |= {cell.place for _, cell in of_row if cell.spans_rows > 1}
            before: Stage = "requested" if any(map(_asks, cells.values())) else "previous"
            for one, cell in of_row:
                if self._titled is False:
                    said = f"{self._columns[cell.column].heading} {one.raw}"
                    one = _of_state(one, said, self._money)
                if row.kind == "replaced" and one.funder != AMI:
                    continue
                stage = before if row.kind == "replaced" else one.stage
                found.append((replace(one, stage=stage, exercise=one.exercise or year), cell))
        if len(stated) > 1 and not (self._sourced or self._years or self._stages):
            found = _with_whole_costs(found)
        return list(_cost_once([*self._granted_once(found), *self._left_by_notes(stated[0])]))

    def _granted_once(self, sums: Sequence[Paid]) -> list[Paid]:
        """The `sums` of an action; what the AMI grants it once, where its incomes name the AMI too:
        with them, which its total covers."""
        granted = [one for one, cell in sums if self._is_of_ami(one, cell, "ami")]
        told: list[Sum] = []  # of these, what incomes tell as well
        found: list[Paid] = []
        for one, cell in sums:
            alike = (s for s in granted if s.amount and s.amount == one.amount)
            if self._is_of_ami(one, cell, "cofinancing") and (own := next(alike, None)):
                told.append(own)
                one = replace(one, stage=own.stage, exercise=own.exercise)
            found.append((one, cell))
        return [(one, cell) for one, cell in found if not any(one is own for own in told)]

    def _is_of_ami(self, one: Sum, cell: ExtractedCell, field: str) -> bool:
        """Is `one` the AMI's, in a column of this `field`?"""
        return one.funder == AMI and self._columns[cell.column].field == field

    def funded(self, sums: Iterable[Paid]) -> bool | None:
        """Whether the AMI pays the action, by the title of the table, else by the `sums` of its
        row; None where neither title nor column would say. What is only asked for is not paid
        where the table grants other actions what they ask."""
        if self._titled is not None:
            return self._titled
        own = [s for s, _ in sums if s.funder == AMI]
        named = "cofinancing_source" in self._fields or any(
            c.payer_in for c in self._columns.values()
        )
        if "ami" in self._fields or (named and own):
            paid = [s for s in own if s.stage not in ("previous", "spent")]
            decided = [s for s in paid if s.stage == "granted"]
            if self._decides:
                paid = [s for s in paid if s.stage != "requested"]
            return any(s.amount != 0 for s in decided or paid)
        return False if "ami_previous" in self._fields else None

    def _row(self, cells: Cells) -> Iterator[Paid]:
        """The sums of one row, and the reliquats that its comment states."""
        texts = (cells[k].text.strip() for k in self._sourced if k in cells)
        sources = [text for text in texts if text.strip(" -–—\n")][:1]
        for k, cell in with_payers_beside(cells, [*self._columns.values()]):
            column = self._columns.get(k)
            if column and column.field == "comment":
                yield from ((one, cell) for one in read_carry_over(cell.text))
            if column is None or column.field not in MONEY:
                continue
            payers = sources
            if column.payer_in and (payer := cells.get(column.payer_in)):
                several = names_apart(payer.text, max(2, len(read_cell(cell.text).amounts)))
                payers = [payer.text] if several else sources
                name = None if several else self._funders.name(payer.text)
                column = replace(column, funder=name)
            stage = (column.field == "cofinancing" and column.stage) or "granted"
            plan = financing_plan(column, cell.text, stage, self._funders)
            sums = plan or list(self._cell(column, cell.text, payers))
            if EXPENSES.search(column.folded):
                sums = _with_whole_cost(sums)
            yield from ((one, cell) for one in sums)

    def _cell(self, column: Column, text: str, sources: Sequence[str]) -> Iterator[Sum]:
        """The sums of the `text` of a cell, which `sources` of its row pay."""
        heading = column.heading
        context = f"{heading} {self._around}"
        own = "ami" in self._fields and not self._money.names_other_payer(heading)
        if own and (self._ami_only or CARRIED_OVER.search(heading)):
            context += f" {AMI}"
        others = "ami" in self._fields or self._money.is_of_one_side(heading)
        whole = any(ALL_FUNDERS.match(fold(s)) for s in sources)
        told = _with_left_over(heading, text)
        for one in read_sums(column, context, told, sources, self._funders):
            one = replace(one, raw=text)
            if column.by_source and whole:
                if one.stage != "spent":  # the funders' own sums say it
                    yield replace(one, funder=None, stage="total_cost")
            elif column.by_source:
                ami = any(self._money.is_ami(s, self._payers) for s in (*sources, one.funder))
                yield replace(one, funder=AMI) if ami else one
            else:
                own = self._money.is_state(one.funder) and not others
                yield replace(one, funder=AMI) if own else one

    def _left_by_notes(self, cells: Cells) -> Iterator[Paid]:
        """What was left of an earlier grant, by the notes of an action's name or of what the AMI
        pays for it ('* dont 7 500 € de reliquat 2023'); without value where several cells call
        one."""
        for k, cell in sorted(cells.items()):
            field = self._columns[k].field if k in self._columns else None
            for note in cell.notes if field in ("label", "ami", "planned") else ():
                for one in read_carry_over(note.text):
                    shared = self._calls[note.place] > 1
                    yield replace(one, amount=None, flag="shared") if shared else one, cell


def _staged(sums: Iterable[Paid], said: str) -> Iterator[Paid]:
    """`sums` as those of a row that is `said` to be planned, spent…; none of a difference. What an
    action costs in all is its cost, but where it was spent."""
    stage = row_stage(said)
    if stage is None:
        return
    for one, cell in sums:
        if one.stage != "total_cost" or stage == "spent":
            yield replace(one, stage=stage), cell
        elif stage != "carry_over":
            yield one, cell


def _asks(cell: ExtractedCell) -> bool:
    """Does `cell` say of its row that it was asked for: 'Demandé'?"""
    return ASKED.search(fold(cell.text)) is not None and len(cell.text.split()) <= FEW_WORDS


def _with_left_over(heading: str, text: str) -> str:
    """`text`, a sum in brackets told as left over where its heading says so."""
    said = WITH_LEFT_OVER.search(heading)
    if said is None:
        return text
    year = f" {said['year']}" if said["year"] else ""
    return re.sub(rf"{IN_BRACKETS.pattern}([^()]*)\)", rf"(dont \1 de reliquat{year})", text)


def _cost_once(sums: Iterable[Paid]) -> Iterator[Paid]:
    """`sums`, a cost that two cells tell, the expenses and who pays them, once."""
    known = set()
    for one, cell in sums:
        cost = (one.exercise, one.amount) if one.stage == "total_cost" and one.amount else None
        if cost is None or cost not in known:
            yield one, cell
        known.add(cost)


def _with_whole_cost(sums: Sequence[Sum]) -> list[Sum]:
    """The `sums` of a cell of expenses, all those of one exercise as what they cost together:
    'Personnel : 28 000 €, frais : 1 500 €'."""
    costs: dict[str | None, list[Sum]] = defaultdict(list)
    for one in sums:
        if one.stage == "total_cost":
            costs[one.exercise].append(one)
    whole = [replace(_added(parts), raw=parts[0].raw) for parts in costs.values()]
    return [*whole, *(one for one in sums if one.stage != "total_cost")]


def _with_whole_costs(sums: Sequence[Paid]) -> list[Paid]:
    """`sums` of the expenses of an action, a row each, with what these cost together in one: its
    box is around those that state its parts."""
    parts: dict[str | None, list[Paid]] = defaultdict(list)
    for one, cell in sums:
        if one.stage == "total_cost":
            parts[one.exercise].append((one, cell))
    return [
        *(paid for paid in sums if paid[0].stage != "total_cost"),
        *(_in_one_box(costs) for costs in parts.values()),
    ]


def _in_one_box(costs: Sequence[Paid]) -> Paid:
    """What `costs` make together, in a box around those of the first page."""
    cell = costs[0][1]
    places = [c.place for _, c in costs if c.place.page == cell.place.page]
    box = cell.place.model_copy(
        update={
            "x0": min(p.x0 for p in places),
            "top": min(p.top for p in places),
            "x1": max(p.x1 for p in places),
            "bottom": max(p.bottom for p in places),
        }
    )
    return _added([one for one, _ in costs]), cell.model_copy(update={"place": box})


def _added(costs: Sequence[Sum]) -> Sum:
    """`costs` as one, without value where one of them has none."""
    amounts = [one.amount for one in costs]
    return replace(
        costs[0],
        amount=None if None in amounts else sum((a for a in amounts if a is not None), Decimal(0)),
        raw=" + ".join(one.raw for one in costs),
        flag=next((one.flag for one in costs if one.flag), None),
    )


def _of_state(one: Sum, said: str, money: StateMoney) -> Sum:
    """`one` of an annex that the AMI does not pay: the State's, unless it was only asked for or
    what is `said`, in the heading or the cell, names the AMI."""
    only_asked = one.stage in ("previous", "requested")
    if one.funder != AMI or only_asked or money.names_ami(said):
        return one
    return replace(one, funder=STATE)


def _states_ami_only(columns: Sequence[Column], money: StateMoney) -> bool:
    """Are the sums of which no heading says who pays them those of the AMI: nobody else pays in
    the table, or all others are named by their headings and the AMI is not?"""
    fields = {c.field for c in columns}
    alone = "cofinancing" not in fields and not _of_several_payers(columns)
    named = all(c.funder for c in columns if c.field == "cofinancing")
    bare = not any(money.names_state(c.heading) for c in columns if c.field == "ami")
    return "total_cost" not in fields and (alone or (named and bare))


def _of_several_payers(columns: Sequence[Column]) -> bool:
    """Do several columns tell what was planned, spent or left over in one exercise: each what its
    own payer did?"""
    told = [(c.field, c.exercise) for c in columns if c.field in STAGED]
    return len(set(told)) < len(told)
