"""One action a document and exercise, however often the document states it.

A roadmap names an action, a second table says that it goes on, a sheet describes it, a report
tells what became of it. The first statement that names it makes the row; the others fill what it
leaves empty. What two of them state differently is kept as a conflict, never settled in silence.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations

from rapidfuzz import fuzz

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.funding import DECIDED, Sum, paid_by_others
from normalizers.actions.numbering import (
    Pair,
    are_alike,
    granted,
    restarts,
    same_numbers,
)
from normalizers.actions.numbers_alone import told_by_number
from normalizers.actions.parts import Conflict, Statement, Sums
from normalizers.actions.row_sums import Paid
from normalizers.references import reference_key, reference_keys
from normalizers.state_money import AMI, StateMoney
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedTable

SAME_NAMED = 60  # where the reference is worded: FA 12, fiche action 12
SAID_IN = ("label", "objective", "description", "indicators", "status", "comment")


@dataclass
class StatedAction:
    """An action of one exercise with all that its document says of it."""

    table: ExtractedTable
    row: ActionRow
    exercise: str | None
    said: list[tuple[str, int]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    other_labels: list[tuple[str, int]] = field(default_factory=list)  # under its number, by page

    @property
    def keys(self) -> list[str]:
        return reference_keys(self.row.texts.get("reference"))


def merge(statements: Sequence[Statement], money: StateMoney) -> list[StatedAction]:
    """The actions that `statements` (in reading order) make, in the order of their rows."""
    statements = told_by_number(statements)
    actions: list[StatedAction] = []
    restarted, continued = restarts(statements), same_numbers(statements)
    by_name = _same_by_name(statements)
    for one in statements:
        if one.creates:
            for exercise in one.exercises:
                same = _named(one, exercise, actions, by_name) or _restated(
                    one, exercise, actions, restarted, id(one.table) in continued
                )
                if same is None:
                    actions.append(
                        StatedAction(one.table, one.row, exercise, _said(one), [*one.conflicts])
                    )
                else:
                    _name(same, one)
                    _add(same, one, last=False)
    for one in statements:
        if not one.creates:
            _enrich(one, actions)
    for action in actions:
        action.row = replace(action.row, funded=_funded(action.row, money))
    return actions


def _funded(row: ActionRow, money: StateMoney) -> bool | None:
    """Whether the AMI pays: as stated, else as its sums or "financement 100 % ARS" tell."""
    if row.funded is not None:
        return row.funded
    if any(s.funder == AMI and s.amount for s, _ in row.sums):
        return True
    texts = (row.texts.get(name, "") for name in ("label", "comment"))
    return False if any(paid_by_others(text, money) for text in texts) else None


def _restated(
    one: Statement,
    exercise: str | None,
    actions: Iterable[StatedAction],
    restarted: Collection[Pair],
    continued: bool,
) -> StatedAction | None:
    """The action that `one` states again: same exercise, reference and label, other table; without
    reference the very same label and pilot, paid by others (a table a funder). Of two tables that
    have `restarted` to count, only the same label is the same action; one that has `continued` the
    numbers of those before may give it another."""
    reference = one.row.texts.get("reference", "")
    key = reference_key(reference)
    label = one.row.texts.get("label", "")
    if not key:
        again = (a for a in actions if a.exercise == exercise and _is_paid_by_others(a, one))
        return next(again, None)
    named = [
        a
        for a in actions
        if a.exercise == exercise and a.table is not one.table and a.keys == [key]
    ]
    for action in named:
        other = action.row.texts.get("label", "")
        if frozenset((id(action.table), id(one.table))) in restarted:
            if fold(label) == fold(other):
                return action
            continue
        worded = reference[0].isalpha() and action.row.texts["reference"][0].isalpha()
        alike = fuzz.token_set_ratio(fold(label), fold(other))
        if alike >= SAME_NAMED if worded else are_alike(label, other):
            return action
    return named[0] if continued and len(named) == 1 else None


def _same_by_name(statements: Iterable[Statement]) -> set[Pair]:
    """The pairs of tables that tell the same actions, all by the same labels, and by numbers in one
    of them at most: what one names the other finances ('Action | Pilote', 'Action | État | Ville'),
    or an article and an annex grant the same sums of the AMI."""
    told: dict[int, dict[str, list[ActionRow]]] = defaultdict(lambda: defaultdict(list))
    for one in statements:
        if one.creates:
            told[id(one.table)][_label(one.row)].append(one.row)
    named = {
        table: {label: row for label, (row,) in rows.items()}
        for table, rows in told.items()
        if all(len(same) == 1 for same in rows.values())
    }
    return {
        frozenset((one, other))
        for (one, ours), (other, theirs) in combinations(named.items(), 2)
        if ours.keys() <= theirs.keys() or theirs.keys() <= ours.keys()
        if not (_are_numbered(ours) and _are_numbered(theirs))
        if _finances(ours, theirs) or _finances(theirs, ours) or _grant_the_same(ours, theirs)
    }


def _are_numbered(rows: Mapping[str, ActionRow]) -> bool:
    return any("reference" in row.texts for row in rows.values())


def _finances(some: Mapping[str, ActionRow], bare: Mapping[str, ActionRow]) -> bool:
    """Have most of `some` actions sums, and none of the `bare` ones?"""
    paid = sum(bool(row.sums) for row in some.values())
    return 2 * paid > len(some) and not any(row.sums for row in bare.values())


def _grant_the_same(ours: Mapping[str, ActionRow], theirs: Mapping[str, ActionRow]) -> bool:
    """Does the AMI pay the same, in both, for each action that both name, and for several?"""
    paid = [[granted(rows[label]) for label in ours if label in theirs] for rows in (ours, theirs)]
    return paid[0] == paid[1] and sum(map(bool, paid[0])) > 1


def _named(
    one: Statement, exercise: str | None, actions: Iterable[StatedAction], by_name: Collection[Pair]
) -> StatedAction | None:
    """The action of the same label in another table that tells the same ones `by_name`."""
    for action in actions:
        pilots = {row.texts.get("pilot") for row in (action.row, one.row)} - {None}
        if (
            frozenset((id(action.table), id(one.table))) in by_name
            and action.exercise == exercise
            and _label(action.row) == _label(one.row)
            and len(pilots) < 2
        ):
            return action
    return None


def _label(row: ActionRow) -> str:
    return fold(row.texts.get("label", ""))


def _name(action: StatedAction, one: Statement) -> None:
    """Keep the label of `one`, another statement of `action`, where it is another name."""
    label, other = (row.texts.get("label", "") for row in (action.row, one.row))
    known = [fold(x) for x, _ in action.other_labels]
    if label and other and fold(other) not in known and not are_alike(label, other):
        action.other_labels.append((other, one.row.page))


def _is_paid_by_others(action: StatedAction, one: Statement) -> bool:
    """Does another table state the same action by name, with the sums of other funders?"""
    texts, again = action.row.texts, one.row.texts
    if action.table is one.table or "reference" in texts:
        return False
    funders = [{s.funder for s, _ in row.sums if s.funder} for row in (action.row, one.row)]
    return (
        all(fold(texts.get(n, "")) == fold(again.get(n, "")) for n in ("label", "pilot"))
        and all(funders)
        and not set.intersection(*funders)
    )


def _enrich(one: Statement, actions: Sequence[StatedAction]) -> None:
    """Add what `one` says to the actions of its references in its exercises; where a report finds
    none there, to the latest one before, else to the first."""
    for key in reference_keys(one.row.texts.get("reference")):
        named = sorted((a for a in actions if key in a.keys), key=lambda a: str(a.exercise))
        targets = [a for a in named if a.exercise in one.exercises]
        if one.restated is not None:
            until = max(map(str, one.exercises), default="")
            before = [a for a in named if str(a.exercise) <= until]
            targets = targets or before[-1:] or named[:1]
            _compare(one, one.restated, named)
        elif _stated_by_variant(one, key, actions):
            continue
        for action in targets:
            _add(action, one, last=action.exercise == targets[-1].exercise)


def _stated_by_variant(one: Statement, key: str, actions: Sequence[StatedAction]) -> bool:
    """Does a variant of the action ('FA 5 adaptée' of 'FA 5') already state these sums?"""
    variants = [
        a
        for a in actions
        if a.exercise in one.exercises and any(k.startswith(key + "adaptee") for k in a.keys)
    ]
    known = [(s.stage, s.funder, s.amount) for a in variants for s, _ in a.row.sums]
    new = [(s.stage, s.funder, s.amount) for s, _ in one.row.sums]
    return bool(new) and all(n in known for n in new)


def _add(action: StatedAction, one: Statement, *, last: bool) -> None:
    """Fill what is empty in `action`; a report tells the state of its last exercise."""
    texts = dict(action.row.texts)
    for name, text in one.row.texts.items():
        if name == "status" and not one.creates:
            if last:
                texts[name] = text
        elif name != "label":
            texts.setdefault(name, text)
    sums, again = _named_once(action.row.sums, one.row.sums, action.exercise)
    for new, cell in again:
        if new.stage == "carry_over" and new.exercise not in (action.exercise, None):
            continue
        alike = [s for s, _ in sums if _is_of(s, new, action.exercise)]
        known = [s for s in alike if s.stage == new.stage]
        if all(s.amount != new.amount for s in alike):
            if not known:
                sums.append((new, cell))
            if alike:
                stated = sum((s.amount or Decimal(0) for s in known or alike), Decimal(0))
                _conflict(action, stated, new, cell)
    if one.creates or last:
        action.said += _said(one)
    action.row = replace(
        action.row,
        texts=texts,
        sums=sums,
        section=action.row.section or one.row.section,
        funded=one.row.funded if action.row.funded is None else action.row.funded,
        other={**one.row.other, **action.row.other},
    )


def _said(one: Statement) -> list[tuple[str, int]]:
    """The texts in which an origin, a continuation or an end may be said, with their page."""
    texts = [one.row.texts[n] for n in SAID_IN if n in one.row.texts]
    if not one.creates:
        texts += one.row.other.values()
    return [(text, one.row.page) for text in texts]


def _is_of(one: Sum, other: Sum, own: str | None) -> bool:
    """Are they sums of one funder and year, and of one stage, or planned here and granted there?"""
    same = (one.funder, one.exercise or own) == (other.funder, other.exercise or own)
    return same and (one.stage == other.stage or {one.stage, other.stage} == DECIDED)


def _named_once(known: Sums, new: Sums, own: str | None) -> tuple[list[Paid], Sums]:
    """`known` and `new` without what the others than the AMI pay on the side that names none of
    them, where it adds up to what they pay on the other: 'Cofinancements', 'Contrepartie locale';
    where each side names some of the same sums, `known` has all the names.
    """
    ours, theirs = (
        [s for s, _ in sums if s.funder != AMI and s.stage in DECIDED and s.amount]
        for sums in (known, new)
    )
    years = {s.exercise or own for s in (*ours, *theirs)}
    totals = [sum(s.amount or 0 for s in side) for side in (ours, theirs)]
    if len(years) > 1 or totals[0] != totals[1]:
        return list(known), new
    if not any(s.funder for s in theirs):
        return list(known), [(s, cell) for s, cell in new if s not in theirs]
    if not any(s.funder for s in ours):
        return [(s, cell) for s, cell in known if s not in ours], new
    named = _named_by_either(ours, theirs)
    if named is None:
        return list(known), new
    return (
        [(named.get(s.amount, s) if s in ours else s, cell) for s, cell in known],
        [(s, cell) for s, cell in new if s not in theirs],
    )


def _named_by_either(
    ours: Sequence[Sum], theirs: Sequence[Sum]
) -> dict[Decimal | None, Sum] | None:
    """`ours` by amount, under the name that one side at least gives each: 'Département 10 000 |
    Autres 8 000' and 'Contrepartie 10 000 | ARS : 8 000'; None where they are not the same sums."""
    again = {s.amount: s.funder for s in theirs}
    if not len(ours) == len(theirs) == len(again) or again.keys() != {s.amount for s in ours}:
        return None
    if any(s.funder and again[s.amount] not in (s.funder, None) for s in ours):
        return None
    return {s.amount: replace(s, funder=s.funder or again[s.amount]) for s in ours}


def _compare(one: Statement, restated: Sums, named: Sequence[StatedAction]) -> None:
    """Hold the restated sums of a year against all rows of the reference that year."""
    for new, cell in restated if named else ():
        rows = [a for a in named if a.exercise == new.exercise]
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for action in rows:
            for known, _ in action.row.sums:
                if known.funder == new.funder and known.exercise == new.exercise and known.amount:
                    totals[known.stage] += known.amount
        expected = totals.get(new.stage)
        if new.amount and new.amount != expected and (expected is not None or not rows):
            _conflict((rows or named)[0], expected, new, cell)


def _conflict(
    action: StatedAction,
    expected: Decimal | None,
    new: Sum,
    cell: ExtractedCell,
) -> None:
    known = [(c.stage, c.exercise, c.observed) for c in action.conflicts]
    if new.amount is not None and (new.stage, new.exercise, new.amount) not in known:
        action.conflicts.append(
            Conflict(new.stage, new.exercise, expected, new.amount, new.raw, cell.place.page)
        )
