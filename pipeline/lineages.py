"""All actions that links join, one through the years."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from normalizers.references import reference_key
from normalizers.terms import fold
from pipeline.judgements import reading_order
from pipeline.models import Action, Lineage, Link


def lineages_of(
    actions: Sequence[Action], links: Iterable[Link], twins: Mapping[str, str]
) -> list[Lineage]:
    """The lineages of each action: those of its origins or of its twin, else one of its own.

    Where actions merge, the merged one belongs to the lineages of all its origins; the best proved
    origin's is the main one, in which its money counts. The identifier is a hash of what the
    earliest action says, so neither later years nor row numbers change it.
    """
    origins: dict[str, list[Link]] = defaultdict(list)
    for one in links:
        origins[one.target_action_id].append(one)
    rank = {"human": 2, "document": 1, "auto": 0}
    ids: dict[str, list[str]] = {}
    taken: dict[str, int] = defaultdict(int)
    for action in sorted(actions, key=lambda a: (reading_order(a)[:2], a.action_id in twins)):
        found = sorted(
            origins[action.action_id],
            key=lambda x: (-rank[x.decided_by], -x.score, x.source_action_id),
        )
        earlier = [x.source_action_id for x in found] or [twins.get(action.action_id, "")]
        known = [name for source in earlier for name in ids.get(source, [])]
        ids[action.action_id] = list(dict.fromkeys(known)) or [_lineage_name(action, taken)]
    return [
        Lineage(lineage_id=name, action_id=a.action_id, main=i == 0)
        for a in actions
        for i, name in enumerate(ids[a.action_id])
    ]


def _lineage_name(action: Action, taken: dict[str, int]) -> str:
    says = (
        action.territory_id,
        action.exercise,
        reference_key(action.reference),
        *(fold(t or "") for t in (action.label, action.objective, action.description)),
        fold(action.pilot_raw or ""),
    )
    name = hashlib.sha256(json.dumps(says).encode()).hexdigest()[:16]
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"
