"""From the rows of an annex table to the actions and sums that they state."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from normalizers.actions.adding_up import PART_OF
from normalizers.actions.annexes import SURE_KEY, Vocabulary, is_funded
from normalizers.actions.choices import is_mark
from normalizers.actions.funding import (
    AMI,
    CARRIED_OVER,
    Sum,
    read_carry_over,
    read_sums,
)
from normalizers.actions.headings import NAMES_AMI, PAID_BY_STATE, YEAR_ALONE, Column
from normalizers.actions.labels import LabelForm
from normalizers.actions.likeness import MONEY, TEXTS, best_field
from normalizers.actions.operators import Told, pilots_apart
from normalizers.actions.paired_payers import with_payers_beside
from normalizers.actions.payers import (
    ALL_FUNDERS,
    OF_ONE_SIDE,
    STAGED,
    is_ami,
    is_state,
    names_authority,
)
from normalizers.actions.plans import financing_plan
from normalizers.actions.rows import entries
from normalizers.actions.told_below import texts_below
from normalizers.exercises import heading_exercise
from normalizers.references import is_reference, split_reference
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable, Place

STATE = "État"
ADDING = ("total", "part", "change")  # what a column of sums of its row adds, or tells of them
TICKED_BOX = "☒ "
LETTER = re.compile(r"[^\W\d_]")  # a label has one at least
CALL = re.compile(r"\s*(?:\*{1,3}|\(\d{1,2}\)|[¹²³⁴-⁹]+)$", re.MULTILINE)  # of a note


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row with its number, body and totals rows counted from 1, and the section above it."""

    index: int
    row: ExtractedRow
    section: str | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as one row states it, or several: texts by field, sums with the cells that state
    them, and by heading what no field of an action holds. `index` is None where it is no row of a
    table, a sum's cell where a heading states it."""

    index: int | None
    texts: Mapping[str, str]
    page: int
    section: str | None = None
    funded: bool | None = None
    bold: bool = False
    other: Mapping[str, str] = field(default_factory=dict)
    sums: Sequence[tuple[Sum, ExtractedCell | None]] = ()


def numbered(table: ExtractedTable) -> Iterator[NumberedRow]:
    """The rows of `table` but for section titles, which go with the rows below them."""
    section, index = None, 0
    for row in table.rows:
        if row.kind == "section":
            section = " ".join(c.text for c in row.cells if c.text.strip()) or None
        else:
            index += 1
            yield NumberedRow(index, row, section)


def read_actions(
    table: ExtractedTable,
    columns: Sequence[Column],
    vocabulary: Vocabulary,
    name_funder: Callable[[str], str],
) -> Iterator[ActionRow]:
    """The actions of `table`, one a body row that has a label: in letters, not '(3)'."""
    titled = is_funded(table.title, vocabulary.annexes)
    table, below = texts_below(table, columns, vocabulary)
    last: ActionRow | None = None
    years = _column_of_years(table, columns)
    form = _label_form(table, columns)
    by_number = _are_numbered_only(table, columns)
    run_by = _pilots_apart(table, columns, vocabulary, name_funder)
    payers = _sources(table, columns)
    calls = Counter(note.place for r in table.rows for c in r.cells for note in c.notes)
    for line, *others in _one_action_each(table, columns, years):
        cells = {c.column: c for c in line.row.cells if c.text.strip()}
        if below.get(id(line.row)) == {}:
            continue
        texts = below.get(id(line.row), {}) | _texts(cells, columns)
        texts = _with_inner_pilot(texts, vocabulary)
        if one := run_by.get(texts.get("label", "")):
            texts = {**texts, "label": one.label, "pilot": one.pilot}
        named = LETTER.search(texts.get("label", "")) or (by_number and "label" in texts)
        if not named or _repeats_head(cells, table.columns):
            continue
        if form:
            texts = form.apart(texts)
        label = next(c for k, c in cells.items() if columns[k - 1].field == "label")
        if label.notes:
            texts = {**texts, "label": CALL.sub("", texts["label"])}
        reference, name = split_reference(texts["label"])
        if reference:
            texts = {"reference": reference, **texts, "label": name}
        if last and PART_OF.match(texts["label"]):
            told = " ; ".join(c.text for _, c in sorted(cells.items()) if c is not label)
            last = replace(last, other={**last.other, label.text: told})
            continue
        if last:
            yield last
        sums: list[tuple[Sum, ExtractedCell | None]] = []
        for each in (line, *others):
            stated = {c.column: c for c in each.row.cells if c.text.strip()}
            year = heading_exercise(stated[years].text) if years in stated else None
            said = _sums(stated, columns, table, _texts(stated, columns), payers, name_funder)
            if titled is False:
                said = ((_of_state(s, table.columns[c.column - 1]), c) for s, c in said)
            if each.row.kind == "replaced":
                said = ((replace(s, stage="previous"), c) for s, c in said if s.funder == AMI)
            sums += ((replace(one, exercise=one.exercise or year), cell) for one, cell in said)
        sums += _left_by_notes(cells, columns, calls)
        last = ActionRow(
            line.index,
            texts,
            page=min(c.place.page for c in cells.values()),
            section=texts.get("section") or line.section,
            funded=titled if titled is not None else _pays(columns, sums),
            bold=label.bold,
            other=_other(cells, columns, table.columns),
            sums=list(_cost_once(sums)),
        )
    if last:
        yield last


def _cost_once(
    sums: Iterable[tuple[Sum, ExtractedCell | None]],
) -> Iterator[tuple[Sum, ExtractedCell | None]]:
    """`sums`, a cost that two cells tell, the expenses and who pays them, once."""
    known = set()
    for one, cell in sums:
        cost = (one.exercise, one.amount) if one.stage == "total_cost" and one.amount else None
        if cost is None or cost not in known:
            yield one, cell
        known.add(cost)


def _repeats_head(cells: Mapping[int, ExtractedCell], headings: Sequence[str]) -> bool:
    """Do several cells of a row all say what stands over them, or the end of it?"""
    over = dict(enumerate(map(fold, headings), start=1))
    return len(cells) > 1 and all(
        over.get(column, "").endswith(fold(cell.text)) for column, cell in cells.items()
    )


def _of_state(one: Sum, heading: str) -> Sum:
    """`one` of an annex that the AMI does not pay: the State's, unless it was only asked for or
    `heading` names the AMI."""
    if (
        one.funder != AMI
        or one.stage in ("previous", "requested")
        or NAMES_AMI.search(fold(heading))
    ):
        return one
    return replace(one, funder=STATE)


def _one_action_each(
    table: ExtractedTable, columns: Sequence[Column], years: int | None
) -> Iterator[list[NumberedRow]]:
    """The body rows; together those that share all cells but who pays, when and how much, merged
    over them or left empty below the first: one action, a row a funder or a year. A wording that is
    replaced comes behind the row that replaces it."""
    shared = [
        k
        for k, c in enumerate(columns, 1)
        if c.field not in (*MONEY, *ADDING, "cofinancing_source", None) and k != years
    ]
    by_source = any(c.by_source for c in columns)

    def places(line: NumberedRow) -> list[tuple[int, Place]]:
        return [(c.column, c.place) for c in line.row.cells if c.column in shared]

    def said(line: NumberedRow) -> list[str]:
        return [c.text.strip() for c in line.row.cells if c.column in shared]

    def year(line: NumberedRow) -> str | None:
        return next((c.text for c in line.row.cells if c.column == years), None)

    def goes_on(line: NumberedRow) -> bool:
        if not by_source and years is None:
            return False
        texts, same = said(line), said(group[0])
        if years is not None and texts == same:
            return all(year(line) != year(other) for other in group)
        return not any(texts) or places(line) == places(group[0])

    group: list[NumberedRow] = []
    replaced: list[NumberedRow] = []
    for line in _entries(table):
        if line.row.kind == "replaced":
            replaced = [line]
            continue
        if line.row.kind == "body":
            if group and not goes_on(line):
                yield group
                group = []
            group += [line, *replaced]
        replaced = []
    if group:
        yield group


def _entries(table: ExtractedTable) -> list[NumberedRow]:
    """The rows of `table` without those below its total."""
    lines = list(numbered(table))
    texts = [{c.column: c.text for c in line.row.cells if c.text.strip()} for line in lines]
    return lines[: entries([line.row.kind for line in lines], texts)]


def _column_of_years(table: ExtractedTable, columns: Sequence[Column]) -> int | None:
    """The column that says for which year each row's sums are: years alone, and several."""
    for k, column in enumerate(columns, 1):
        if column.field in ("schedule", "reference", None):
            rows = [row for row in table.rows if row.kind == "body"]
            told = [c.text for r in rows for c in r.cells if c.column == k and c.text.strip()]
            if len(set(told)) > 1 and all(YEAR_ALONE.fullmatch(t) for t in told):
                return k
    return None


def _texts(cells: Mapping[int, ExtractedCell], columns: Sequence[Column]) -> dict[str, str]:
    wanted = (*TEXTS, "reference", "pilot", "section", "category", "cofinancing_source")
    texts: dict[str, str] = {}
    chosen: dict[str, list[str]] = defaultdict(list)
    for k, cell in sorted(cells.items()):
        field = columns[k - 1].field if k <= len(columns) else None
        if field in wanted and cell.text.strip(" -–—\n"):
            option = columns[k - 1].option if is_mark(cell.text) else None
            if option:
                chosen[field].append(option)
            texts.setdefault(field, option or cell.text.strip())
    for field, options in chosen.items():
        box = TICKED_BOX if field == "status" and len(options) > 1 else ""  # one too many
        texts[field] = "\n".join(f"{box}{option}" for option in options)
    return texts


def _label_form(table: ExtractedTable, columns: Sequence[Column]) -> LabelForm | None:
    heading, labels = _labels(table, columns)
    return LabelForm.of(heading, labels, [c.field for c in columns]) if heading else None


def _pilots_apart(
    table: ExtractedTable,
    columns: Sequence[Column],
    vocabulary: Vocabulary,
    name_funder: Callable[[str], str],
) -> dict[str, Told]:
    """Who runs the actions of a table without column of pilots, by label that tells it too."""
    if any(c.field == "pilot" for c in columns):
        return {}
    heading, labels = _labels(table, columns)
    return pilots_apart(
        heading, labels, vocabulary.headings, lambda t: name_funder(fold(t)) != fold(t)
    )


def _are_numbered_only(table: ExtractedTable, columns: Sequence[Column]) -> bool:
    """Do numbers alone name the actions, and other columns say who pays them, and how much?"""
    _, labels = _labels(table, columns)
    fields = {c.field for c in columns}
    alone = not fields - {*MONEY, "label", "cofinancing_source", None}
    return alone and len(labels) > 1 and all(map(is_reference, labels))


def _labels(table: ExtractedTable, columns: Sequence[Column]) -> tuple[str, list[str]]:
    """The heading of the column of labels, and its texts; none where there is no such column."""
    at = next((k for k, c in enumerate(columns, 1) if c.field == "label"), None)
    if at is None:
        return "", []
    rows = [row for row in table.rows if row.kind == "body"]
    texts = (c.text.strip() for row in rows for c in row.cells if c.column == at)
    return table.columns[at - 1], [text for text in texts if text]


def _with_inner_pilot(texts: dict[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """`texts` with the pilot that a line of the label tells: 'Baux glissants', 'Porteur : CCAS'."""
    if "pilot" in texts or "\n" not in texts.get("label", ""):
        return texts
    first, *lines = texts["label"].split("\n")
    for i, line in enumerate(lines):
        asked, mark, told = line.partition(":")
        if mark and told.strip() and best_field(asked, vocabulary.headings, SURE_KEY) == "pilot":
            label = "\n".join([first, *lines[:i], *lines[i + 1 :]])
            return {**texts, "label": label, "pilot": told.strip()}
    return texts


def _sums(
    cells: Mapping[int, ExtractedCell],
    columns: Sequence[Column],
    table: ExtractedTable,
    texts: Mapping[str, str],
    payers: Sequence[str],
    name_funder: Callable[[str], str],
) -> Iterator[tuple[Sum, ExtractedCell]]:
    totals = " ".join(c.text for r in table.rows if r.kind == "total" for c in r.cells)
    sources = [texts["cofinancing_source"]] if "cofinancing_source" in texts else []
    ami = any(is_ami(s, payers) for s in sources)
    whole = any(ALL_FUNDERS.match(fold(s)) for s in sources)
    fields = {c.field for c in columns}
    around = "" if _of_several_payers(columns) else f"{table.title} {totals}"
    for k, cell in with_payers_beside(cells, columns, table.columns):
        column = columns[k - 1] if k <= len(columns) else None
        if column is None:
            continue
        if column.field in MONEY:
            heading = table.columns[k - 1]
            context = f"{heading} {around}"
            own = "ami" in fields and not names_authority(heading)
            if own and (CARRIED_OVER.search(heading) or _states_ami_only(table, columns)):
                context += f" {AMI}"
            others = "ami" in fields or OF_ONE_SIDE.search(fold(heading))
            if column.payer_in and (payer := cells.get(column.payer_in)):
                column = replace(column, funder=name_funder(payer.text))
            plan = financing_plan(column, cell.text, "granted", name_funder)
            if plan:
                yield from ((one, cell) for one in plan)
                continue
            for one in read_sums(column, context, cell.text, sources, name_funder):
                if column.by_source and whole and one.stage == "spent":
                    continue  # the funders' own sums say it
                if column.by_source and whole:
                    one = replace(one, funder=None, stage="total_cost")
                elif column.by_source:
                    one = replace(one, funder=AMI) if ami or is_ami(one.funder, payers) else one
                elif is_state(one.funder) and not others:
                    one = replace(one, funder=AMI)
                yield one, cell
        elif column.field == "comment":
            for one in read_carry_over(cell.text):
                yield one, cell


def _left_by_notes(
    cells: Mapping[int, ExtractedCell], columns: Sequence[Column], calls: Mapping[Place, int]
) -> Iterator[tuple[Sum, ExtractedCell]]:
    """What was left of an earlier grant, by the notes of an action's name or of what the AMI pays
    for it ('* dont 7 500 € de reliquat 2023'); without value where several cells call one."""
    for k, cell in sorted(cells.items()):
        field = columns[k - 1].field if k <= len(columns) else None
        for note in cell.notes if field in ("label", "ami", "planned") else ():
            for one in read_carry_over(note.text):
                shared = calls[note.place] > 1
                yield replace(one, amount=None, flag="shared") if shared else one, cell


def _sources(table: ExtractedTable, columns: Sequence[Column]) -> list[str]:
    """Who pays, as the cells of `table` that tell it name them."""
    told = {k for k, c in enumerate(columns, 1) if c.field == "cofinancing_source"}
    return [c.text for row in table.rows for c in row.cells if c.column in told]


def _states_ami_only(table: ExtractedTable, columns: Sequence[Column]) -> bool:
    """Are the sums of which no heading says who pays them those of the AMI: nobody else pays in
    the table, or all others are named by their headings and the AMI is not?"""
    fields = {c.field for c in columns}
    alone = "cofinancing" not in fields and not _of_several_payers(columns)
    named = all(c.funder for c in columns if c.field == "cofinancing")
    bare = not any(
        PAID_BY_STATE.search(fold(heading))
        for heading, c in zip(table.columns, columns, strict=True)
        if c.field == "ami"
    )
    return "total_cost" not in fields and (alone or (named and bare))


def _of_several_payers(columns: Sequence[Column]) -> bool:
    """Do several columns tell what was planned, spent or left over in one exercise: each what its
    own payer did?"""
    told = [(c.field, c.exercise) for c in columns if c.field in STAGED]
    return len(set(told)) < len(told)


def _pays(
    columns: Sequence[Column], sums: Sequence[tuple[Sum, ExtractedCell | None]]
) -> bool | None:
    """Whether the AMI pays the action, by the sums of its row; None where no column would say."""
    by_source = any(c.field == "cofinancing_source" for c in columns)
    if any(c.field == "ami" for c in columns) or (
        by_source and any(s.funder == AMI for s, _ in sums)
    ):
        own = [s for s, _ in sums if s.funder == AMI and s.stage not in ("previous", "spent")]
        decided = [s for s in own if s.stage == "granted"]
        return any(s.amount != 0 for s in decided or own)
    return False if any(c.field == "ami_previous" for c in columns) else None


def _other(
    cells: Mapping[int, ExtractedCell], columns: Sequence[Column], headings: Sequence[str]
) -> dict[str, str]:
    """What has no column of its own in `action`, by heading."""
    kept = {*TEXTS, "reference", "pilot", "section", *MONEY} - {"unfunded"}
    other: dict[str, str] = {}
    for k, cell in sorted(cells.items()):
        if k > len(columns) or columns[k - 1].field not in kept:
            heading = (headings[k - 1] if k <= len(headings) else "") or f"colonne {k}"
            other[heading if heading not in other else f"{heading} ({k})"] = cell.text
        elif columns[k - 1].field == "label" and cell.note:
            other["Note"] = cell.note
    return other
