"""Which action carries on which: auto, from what documents say, and as people decided.

Within a territory each exercise is held against the one before it, then what found no origin
against all that ended earlier (an action may come back after a gap). The pairs between two
exercises are scored from those two exercises alone, and each action belongs to the lineage of its
best origin: so a later year never changes what was decided, nor a `lineage_id`. An action whose act
pays it for years ahead has not ended before they are over, though no act between states it again.
"""

import json
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType

from normalizers.links.profiles import Profile, profile
from normalizers.terms import fold
from pipeline.judgements import Decisions, Exercise, exercise_years, reading_order
from pipeline.knowledge import Acronyms, Knowledge
from pipeline.lineages import lineages_of
from pipeline.link_territory import Known, by_exercise, link_territory
from pipeline.models import (
    Action,
    ActionPilot,
    CandidatePair,
    Document,
    Funding,
    Lineage,
    Link,
    Mention,
    StatedFate,
)
from pipeline.taken_in import taken_in, told_by_takers
from pipeline.told_over import told_over
from pipeline.twins import twins_of

GRANTED = ("granted", "planned", "requested")


@dataclass
class Links:
    """The outcome for a set of actions, in no particular order."""

    links: list[Link] = field(default_factory=list)
    candidates: list[CandidatePair] = field(default_factory=list)
    lineages: list[Lineage] = field(default_factory=list)


def link_actions(
    actions: Sequence[Action],
    funding: Iterable[Funding],
    pilots: Iterable[ActionPilot],
    statements: Iterable[Mention],
    decisions: Decisions,
    knowledge: Knowledge,
    acronyms: Mapping[str, Acronyms] = MappingProxyType({}),
    ends: Sequence[StatedFate] = (),
    documents: Sequence[Document] = (),
) -> Links:
    """Links, queue and lineages of `actions`; touches no file.

    `acronyms` are those that documents define, by document; they go before the common ones. `ends`
    are those of actions that the `documents` state.
    Actions without territory or dated exercise are linked to nothing and stand alone.
    """
    ordered = sorted(actions, key=reading_order)
    sums = list(funding)
    profiles = profiles_of(ordered, sums, pilots, knowledge, acronyms)
    paid_until = _paid_until(sums)
    result = Links()
    mentions = list(statements)
    absorbed = taken_in(ordered, mentions)
    twins = twins_of(ordered) | {row: told.action_id for row, told in absorbed.items()}
    said = defaultdict(list)  # a later act may list the actions of before, with what they become
    for mention in told_by_takers(mentions, absorbed):
        said[twins.get(mention.action_id, mention.action_id)].append(mention)
    known = Known(profiles, paid_until, said, decisions, knowledge)
    for _, group in groupby(ordered, key=lambda a: a.territory_id or ""):
        singles = [a for a in group if a.action_id not in twins]
        exercises = by_exercise(singles)
        finished = told_over(exercises, ends, documents)
        links, candidates = link_territory(exercises, finished, known)
        result.links += links
        result.candidates += candidates
    result.lineages = lineages_of(ordered, result.links, twins)
    return result


def profiles_of(
    actions: Sequence[Action],
    funding: Iterable[Funding],
    pilots: Iterable[ActionPilot],
    knowledge: Knowledge,
    acronyms: Mapping[str, Acronyms] = MappingProxyType({}),
) -> dict[str, Profile]:
    """Each action made comparable, by its identifier; `acronyms` as documents define them."""
    meanings = {d: ChainMap(dict(own), dict(knowledge.acronyms)) for d, own in acronyms.items()}
    sums = [f for f in funding if f.funder == "AMI" and f.amount_eur is not None]
    ami = _latest(f for f in sums if f.stage in GRANTED)
    recalled = _latest(f for f in sums if f.stage == "previous")
    known: dict[str, set[str]] = defaultdict(set)
    for pilot in pilots:
        known[pilot.action_id].add(pilot.organisation_id)
    return {
        a.action_id: profile(
            {
                "label": a.label,
                "objective": a.objective,
                "description": a.description,
                "indicators": a.indicators,
            },
            known.get(a.action_id) or ({fold(a.pilot_raw)} if a.pilot_raw else set()),
            ami.get(a.action_id),  # of the last year, which a later act recalls
            meanings.get(a.document_id, knowledge.acronyms),
            knowledge.concepts,
            a.status,
            recalled.get(a.action_id),
            f"{a.status_raw or ''}. {a.comment or ''}",
            json.loads(a.other) if a.other else {},
        )
        for a in actions
    }


def _latest(sums: Iterable[Funding]) -> dict[str, Decimal]:
    """What each action has in the last of the exercises that `sums` are of."""
    by_action: dict[str, dict[Exercise, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for sum_ in sums:
        first, last = exercise_years(sum_.exercise or "") or (0, 0)
        by_action[sum_.action_id][last, first] += sum_.amount_eur or 0
    return {action: yearly[max(yearly)] for action, yearly in by_action.items()}


def _paid_until(funding: Iterable[Funding]) -> dict[str, int]:
    """The last year for which the AMI pays each action."""
    last: dict[str, int] = {}
    for sum_ in funding:
        years = exercise_years(sum_.exercise or "")
        if years and sum_.stage in GRANTED and sum_.funder == "AMI" and sum_.amount_eur:
            last[sum_.action_id] = max(years[1], last.get(sum_.action_id, 0))
    return last
