"""Tables that count their actions each from the first: 'Action A' of two axes is two actions."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.funding import AMI
from normalizers.actions.parts import Statement
from normalizers.references import reference_key
from normalizers.terms import fold

DECIDED = ("planned", "granted")
FEWEST = 2  # numbers that two tables share
Pair = frozenset[int]


def restarts(statements: Sequence[Statement]) -> set[Pair]:
    """The pairs of tables, by their ids, that give at least half the numbers which they share to
    actions that cannot be one."""
    numbered: dict[int, dict[str, ActionRow]] = defaultdict(dict)
    for one in statements:
        key = reference_key(one.row.texts.get("reference")) if one.creates else ""
        if key:
            numbered[id(one.table)].setdefault(key, one.row)
    found: set[Pair] = set()
    for (first, ours), (second, theirs) in combinations(numbered.items(), 2):
        shared = ours.keys() & theirs.keys()
        apart = sum(_are_two(ours[key], theirs[key]) for key in shared)
        if len(shared) >= FEWEST and 2 * apart >= len(shared):
            found.add(frozenset((first, second)))
    return found


def are_alike(one: ActionRow, other: ActionRow) -> bool:
    """Do two rows of tables that count each from the first name one action, word for word?"""
    labels = {fold(row.texts.get("label", "")) for row in (one, other)}
    return len(labels) == 1 and not _are_two(one, other)


def _are_two(one: ActionRow, other: ActionRow) -> bool:
    """Do both rows say who runs the action and what the AMI pays for it, each otherwise, under
    names that are not the same?"""
    labels = {fold(row.texts.get("label", "")) for row in (one, other)}
    ours, theirs = (fold(row.texts.get("pilot", "")) for row in (one, other))
    pilots = bool(ours and theirs) and ours not in theirs and theirs not in ours
    sums = [_paid(row) for row in (one, other)]
    return len(labels) == 2 and pilots and all(sums) and not set.intersection(*sums)


def _paid(row: ActionRow) -> set[object]:
    return {s.amount for s, _ in row.sums if s.funder == AMI and s.stage in DECIDED and s.amount}
