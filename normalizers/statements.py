"""One action a document and exercise, however often the document states it.

A roadmap names an action, a second table says that it goes on, a sheet describes it, a report
tells what became of it. The first statement that names it makes the row; the others fill what it
leaves empty. What two of them state differently is kept as a conflict, never settled in silence.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from rapidfuzz import fuzz

from normalizers.annexes import ActionRow
from normalizers.funding import Sum
from normalizers.parts import Statement
from normalizers.references import reference_key, reference_keys
from normalizers.terms import fold
from pipeline.models import ExtractedCell, ExtractedTable

SAME_LABEL = 85  # token_set_ratio of two labels with one bare number
SAME_NAMED = 60  # where the reference is worded: FA 12, fiche action 12
COMPARED = ("requested", "planned", "granted", "spent", "carry_over")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of one sum: which, as first stated, as stated again, with the page."""

    stage: str
    exercise: str | None
    expected: Decimal
    observed: Decimal
    quote: str
    page: int


@dataclass
class StatedAction:
    """An action of one exercise with all that its document says of it."""

    table: ExtractedTable
    row: ActionRow
    exercise: str | None
    said: list[tuple[str, int]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        return reference_keys(self.row.texts.get("reference"))


def merge(statements: Sequence[Statement]) -> list[StatedAction]:
    """The actions that `statements` (in reading order) make, in the order of their rows."""
    actions: list[StatedAction] = []
    for one in statements:
        if one.creates:
            for exercise in one.exercises:
                same = _restated(one, exercise, actions)
                if same is None:
                    actions.append(StatedAction(one.table, one.row, exercise))
                else:
                    _add(same, one, last=False)
    for one in statements:
        if not one.creates:
            _enrich(one, actions)
    return actions


def _restated(
    one: Statement, exercise: str | None, actions: Iterable[StatedAction]
) -> StatedAction | None:
    """The action that `one` states again: same exercise, reference and label, other table."""
    reference = one.row.texts.get("reference", "")
    key = reference_key(reference)
    label = fold(one.row.texts.get("label", ""))
    if not key:
        return None
    for action in actions:
        if action.exercise != exercise or action.table is one.table or action.keys != [key]:
            continue
        worded = reference[0].isalpha() and action.row.texts["reference"][0].isalpha()
        alike = fuzz.token_set_ratio(label, fold(action.row.texts.get("label", "")))
        if alike >= (SAME_NAMED if worded else SAME_LABEL):
            return action
    return None


def _enrich(one: Statement, actions: Sequence[StatedAction]) -> None:
    """Add what `one` says to the actions of its references, in its exercises; where there is none,
    to those of other exercises that the report covers."""
    for key in reference_keys(one.row.texts.get("reference")):
        named = [a for a in actions if key in a.keys]
        targets = [a for a in named if a.exercise in one.exercises]
        if not targets and len(one.exercises) > 1:
            targets = [a for a in named if a.exercise and a.exercise < str(one.exercises[0])] or [
                a for a in named if a.table is not one.table
            ][:1]
        last = max((str(a.exercise) for a in targets), default="")
        for action in targets:
            _add(action, one, last=str(action.exercise) == last)
        if targets:
            _compare(one, named)


def _add(action: StatedAction, one: Statement, *, last: bool) -> None:
    """Fill what is empty in `action`; a report tells the state of its last exercise."""
    texts = dict(action.row.texts)
    for name, text in one.row.texts.items():
        if name == "status" and not one.creates:
            if last:
                texts[name] = text
        elif name not in ("label", "reference"):
            texts.setdefault(name, text)
    sums = list(action.row.sums)
    for new, cell in one.row.sums:
        if new.stage == "carry_over" and new.exercise not in (action.exercise, None):
            continue
        known = [s for s, _ in sums if _same_kind(s, new)]
        if not known:
            sums.append((new, cell))
        elif all(s.amount != new.amount for s in known):
            _conflict(
                action,
                sum((s.amount or Decimal(0) for s in known), Decimal(0)),
                new,
                cell,
                one.row.page,
            )
    if one.creates or last:
        page = one.row.page
        action.said += [(text, page) for name, text in one.row.texts.items() if name != "reference"]
    action.row = replace(
        action.row,
        texts=texts,
        sums=sums,
        section=action.row.section or one.row.section,
        funded=one.row.funded if action.row.funded is None else action.row.funded,
        other=_merged(action.row.other, one.row.other),
    )


def _same_kind(one: Sum, other: Sum) -> bool:
    return (one.stage, one.funder, one.exercise) == (other.stage, other.funder, other.exercise)


def _compare(one: Statement, named: Sequence[StatedAction]) -> None:
    """Hold the restated sums of a year against all rows of the reference that year."""
    for new, cell in one.restated:
        rows = [a for a in named if a.exercise == new.exercise]
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for action in rows:
            for known, _ in action.row.sums:
                if known.funder == new.funder and known.exercise == new.exercise and known.amount:
                    totals[known.stage] += known.amount
        expected = totals.get(new.stage)
        if rows and new.amount is not None and expected is not None and new.amount != expected:
            _conflict(rows[0], expected, new, cell, one.row.page)


def _conflict(
    action: StatedAction, expected: Decimal, new: Sum, cell: ExtractedCell | None, page: int
) -> None:
    if new.amount is not None:
        found = Conflict(
            new.stage,
            new.exercise,
            expected,
            new.amount,
            new.raw,
            cell.place.page if cell else page,
        )
        if found not in action.conflicts:
            action.conflicts.append(found)


def _merged(one: str | None, other: str | None) -> str | None:
    """Two JSON objects as one, the first one's entries first."""
    if one is None or other is None:
        return one or other
    return json.dumps(json.loads(other) | json.loads(one), ensure_ascii=False)
