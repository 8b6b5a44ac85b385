"""Cells that several actions share: merged over their rows, or not parted as they should be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.funding import Sum
from pipeline.extracted import ExtractedCell, Place

Key = tuple[Place, str | None, str, str | None]


def without_shared_sums(rows: Iterable[ActionRow]) -> list[ActionRow]:
    """`rows`, without a value for the sums of a cell that several of them share: nothing tells
    what part of them is each action's, and counted for each they would count twice."""
    actions = list(rows)
    told = Counter(
        key for action in actions for key in {_key(one, cell) for one, cell in action.sums}
    )
    return [
        replace(
            action,
            sums=[
                (replace(one, amount=None, flag="shared"), cell)
                if one.amount and told[_key(one, cell)] > 1
                else (one, cell)
                for one, cell in action.sums
            ],
        )
        for action in actions
    ]


def _key(one: Sum, cell: ExtractedCell) -> Key:
    return cell.place, one.funder, one.stage, one.exercise
