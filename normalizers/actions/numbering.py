"""How the tables of a document number their actions: each from the first ('Action A' of two axes is
two actions), or as the tables before them do ('2.1 IML rurale' is their '2.1 Intermédiation')."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from rapidfuzz import fuzz

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.funding import DECIDED
from normalizers.actions.parts import Statement
from normalizers.references import reference_key
from normalizers.state_money import AMI
from normalizers.terms import fold, stem, words

FEWEST = 2  # numbers that two tables share
LEAST_ALIKE = 3  # actions that show that a table numbers as the tables before
SAME_LABEL = 85  # token_set_ratio of two labels with one bare number, ratio of what each alone says
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


def same_numbers(statements: Sequence[Statement]) -> set[int]:
    """The tables whose numbers are those of the tables before, by `id`: no number stands twice, and
    of those known before, at least three and two thirds name what they named."""
    tables: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in statements:
        if one.creates and (key := reference_key(one.row.texts.get("reference"))):
            tables[id(one.table)][key].append(one.row.texts.get("label", ""))
    found, before = set(), dict[str, list[str]]()
    for table, named in tables.items():
        alike = [
            any(are_alike(label, other) for other in before[key] for label in labels)
            for key, labels in named.items()
            if key in before
        ]
        once = all(len(set(labels)) == 1 for labels in named.values())
        if once and sum(alike) >= LEAST_ALIKE and 3 * sum(alike) >= 2 * len(alike):
            found.add(table)
        for key, labels in named.items():
            before.setdefault(key, []).extend(labels)
    return found


def are_alike(one: str, other: str) -> bool:
    """Does one of two labels say no more than the other, but for its spelling? Two actions under
    one number of two tables are alike: "Observer les jeunes", "Observer les réfugiés"."""
    if fuzz.token_set_ratio(fold(one), fold(other)) < SAME_LABEL:
        return False
    ours, theirs = ([stem(w) for w in words(fold(label))] for label in (one, other))
    alone = [w for w in ours if w not in theirs], [w for w in theirs if w not in ours]
    return not all(alone) or fuzz.ratio(*map(" ".join, alone)) >= SAME_LABEL


def _are_two(one: ActionRow, other: ActionRow) -> bool:
    """Do both rows say who runs the action and what the AMI pays for it, each otherwise, under
    names that are not the same?"""
    labels = {fold(row.texts.get("label", "")) for row in (one, other)}
    ours, theirs = (fold(row.texts.get("pilot", "")) for row in (one, other))
    pilots = bool(ours and theirs) and ours not in theirs and theirs not in ours
    sums = [granted(row) for row in (one, other)]
    return len(labels) == 2 and pilots and all(sums) and not set.intersection(*sums)


def granted(row: ActionRow) -> set[Decimal]:
    """The sums that the AMI pays for the action of `row`."""
    return {s.amount for s, _ in row.sums if s.funder == AMI and s.stage in DECIDED and s.amount}
