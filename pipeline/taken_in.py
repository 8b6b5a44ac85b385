"""Rows that only say into which action of their act an earlier one went: 'Fusionnée avec A2'."""

import re
from collections.abc import Iterable, Mapping, Sequence

from normalizers.references import reference_key
from pipeline.judgements import exercise_years
from pipeline.models import Action, Mention
from pipeline.said_links import JOINS, TAKES_IN

LATER = re.compile(r"\b(?:sera|seront|serait)\b", re.IGNORECASE)


def taken_in(actions: Sequence[Action], statements: Iterable[Mention]) -> dict[str, Mention]:
    """By the row that the act does not fund and of which it says so, what this tells of the action
    of the same table that takes it in: that it comes from the one of the row's number."""
    known = {a.action_id: a for a in actions if not a.funded and reference_key(a.reference)}
    found = {}
    for mention in statements:
        action = known.get(mention.action_id)
        if action is None or mention.kind != "becomes" or not _is_past(mention.quote, action):
            continue
        takers = [
            a
            for a in actions
            if (a.table_id, a.exercise) == (action.table_id, action.exercise)
            and a.funded
            and reference_key(a.reference) == mention.reference
        ]
        if len(takers) == 1:
            told = {
                "action_id": takers[0].action_id,
                "kind": "comes_from",
                "reference": reference_key(action.reference),
            }
            found[action.action_id] = mention.model_copy(update=told)
    return found


def told_by_takers(statements: Iterable[Mention], found: Mapping[str, Mention]) -> list[Mention]:
    """`statements`, those of the rows `found` as told of the actions that take them in."""
    return [*(m for m in statements if m.action_id not in found), *found.values()]


def _is_past(quote: str, action: Action) -> bool:
    """Does `quote` tell of a merger of the exercise of `action`, and of none to come?"""
    years = exercise_years(action.exercise or "")
    if years is None or not (JOINS.search(quote) or TAKES_IN.search(quote)):
        return False
    told = exercise_years(quote) or years
    return not LATER.search(quote) and told[1] <= years[1]
