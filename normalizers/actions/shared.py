"""Cells that several actions share: merged over their rows, or not parted as they should be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.funding import Sum
from pipeline.models import ExtractedCell, Place

Key = tuple[Place, str | None, str, str | None]


def without_shared_sums(rows: Iterable[ActionRow]) -> list[ActionRow]:
    """`rows`, without a value for each of several sums of one payer that one cell states for
    several of them: each may be one action's."""
    actions = list(rows)
    stated = [
        Counter(key for one, cell in action.sums if (key := _key(one, cell))) for action in actions
    ]
    told = Counter(key for keys in stated for key in keys)
    doubtful = {
        key for keys in stated for key, count in keys.items() if count > 1 and told[key] > 1
    }
    return [
        replace(
            action,
            sums=[
                (
                    replace(one, amount=None, flag=one.flag or "ambiguous_number")
                    if _key(one, cell) in doubtful
                    else one,
                    cell,
                )
                for one, cell in action.sums
            ],
        )
        if doubtful
        else action
        for action in actions
    ]


def _key(one: Sum, cell: ExtractedCell | None) -> Key | None:
    return (cell.place, one.funder, one.stage, one.exercise) if cell else None
