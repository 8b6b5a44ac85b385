"""Which action carries on which: auto, from what documents say, and as people decided.

Within a territory each exercise is held against the one before it, then what found no origin
against all that ended earlier (an action may come back after a gap). The pairs between two
exercises are scored from those two exercises alone, and each action belongs to the lineage of its
best origin: so a later year never changes what was decided, nor a `lineage_id`. An action whose act
pays it for years ahead has not ended before they are over, though no act between states it again.
"""

import json
import re
from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType

from normalizers.links.profiles import Profile, profile
from normalizers.references import reference_key
from normalizers.terms import fold
from pipeline.exercise_pair import link_exercises
from pipeline.handed_on import handed_links
from pipeline.judgements import (
    Decisions,
    Exercise,
    chronology,
    exercise_years,
    reading_order,
    related,
)
from pipeline.knowledge import Acronyms, Knowledge
from pipeline.lineages import lineages_of
from pipeline.models import (
    Action,
    ActionPilot,
    CandidatePair,
    Document,
    Finding,
    Funding,
    Judgement,
    Lineage,
    Link,
    Mention,
    StatedFate,
    Territory,
)
from pipeline.said_links import JOINS, TAKES_IN, numbered_links, said_links
from pipeline.said_of import is_called_resumed
from pipeline.taken_in import taken_in, told_by_takers
from pipeline.told_over import told_over
from pipeline.twins import twins_of

# "issue de la scission de l'action 2": beside this part, another may carry the action on
IS_PART = re.compile(
    r"(?<![àa] l')(?<![àa] l’)\b(?:issue?|scission|scind[ée]e?|s[ée]par[ée]e?|d[ée]doubl\w+"
    r"|d[ée]tach[ée]e?|dissoci[ée]e?|extraite?|distraite?|(?:une|pour|en) partie|partiellement)\b",
    re.IGNORECASE,
)
GRANTED = ("granted", "planned", "requested")


@dataclass
class Links:
    """The outcome for a set of actions, in no particular order."""

    links: list[Link] = field(default_factory=list)
    candidates: list[CandidatePair] = field(default_factory=list)
    lineages: list[Lineage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def link_actions(
    actions: Sequence[Action],
    funding: Iterable[Funding],
    pilots: Iterable[ActionPilot],
    statements: Iterable[Mention],
    judgements: Sequence[Judgement],
    territories: Iterable[Territory],
    knowledge: Knowledge,
    acronyms: Mapping[str, Acronyms] | None = None,
    ends: Sequence[StatedFate] = (),
    documents: Sequence[Document] = (),
) -> Links:
    """Links, queue, lineages and findings of `actions`; touches no file.

    `acronyms` are those that documents define, by document; they go before the common ones. `ends`
    are those of actions that the `documents` state.
    Actions without territory or dated exercise are linked to nothing and stand alone.
    """
    decisions = Decisions(sorted(actions, key=reading_order), judgements, list(territories))
    result = link_decided(
        actions, funding, pilots, statements, decisions, knowledge, acronyms or {}, ends, documents
    )
    result.findings = decisions.findings
    return result


def link_decided(
    actions: Sequence[Action],
    funding: Iterable[Funding],
    pilots: Iterable[ActionPilot],
    statements: Iterable[Mention],
    decisions: Decisions,
    knowledge: Knowledge,
    acronyms: Mapping[str, Acronyms],
    ends: Sequence[StatedFate],
    documents: Sequence[Document],
) -> Links:
    """`link_actions` where judgements have found their rows."""
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
    for _, group in groupby(ordered, key=lambda a: a.territory_id or ""):
        singles = [a for a in group if a.action_id not in twins]
        exercises = _by_exercise(singles)
        finished = told_over(exercises, ends, documents)
        _link_territory(
            exercises, finished, profiles, paid_until, decisions, said, knowledge, result
        )
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


def _by_exercise(actions: Iterable[Action]) -> dict[Exercise, list[Action]]:
    """The actions of a territory in reading order, where their exercise is dated."""
    exercises: dict[Exercise, list[Action]] = defaultdict(list)
    for action in actions:
        years = exercise_years(action.exercise or "")
        if years and action.territory_id:
            exercises[years].append(action)
    return exercises


def _link_territory(
    exercises: Mapping[Exercise, list[Action]],
    finished: AbstractSet[str],
    profiles: Mapping[str, Profile],
    paid_until: Mapping[str, int],
    decisions: Decisions,
    said: Mapping[str, list[Mention]],
    knowledge: Knowledge,
    result: Links,
) -> None:
    """Append the links and candidates of one territory's actions, in reading order. Those that
    acts tell to be `finished` go on in the next exercise only as a document or a person says."""
    actions = [a for group in exercises.values() for a in group]
    ended: list[Action] = []
    before: list[Action] = []
    fixed = [
        *said_links(exercises, said, decisions),
        *numbered_links(exercises, decisions),
        *handed_links(exercises, decisions),
        *decisions.links(actions),
    ]
    first = len(result.links)
    result.links += _unique(fixed)
    settled = {*decisions.pairs(), *((x.source_action_id, x.target_action_id) for x in fixed)}
    sources_fixed, targets_fixed = _complete(fixed, actions)
    for years in sorted(exercises, key=chronology):
        continued, done = set(sources_fixed), set(targets_fixed)
        resumed = {a.action_id for a in exercises[years] if is_called_resumed(a)}
        others = {a.action_id for a in exercises[years]} - resumed
        lasting = [
            a
            for a in ended
            if paid_until.get(a.action_id, 0) >= years[0] - 1 and a.action_id not in finished
        ]
        over = [a for a in ended if a not in lasting]
        for sources, after_gap, apart in (
            ([*lasting, *before], False, set()),
            (over, False, others),
            (over, True, resumed),
        ):
            linked, queue = link_exercises(
                sources,
                exercises[years],
                (continued, done | apart),
                finished if sources is not over else set(),
                profiles,
                settled,
                knowledge,
                after_gap,
            )
            result.links += linked
            result.candidates += queue
            continued |= {x.source_action_id for x in linked}
            done |= {x.target_action_id for x in linked}
        ended = [a for a in [*ended, *before] if a.action_id not in continued]
        before = exercises[years]
    relations = related([(x.source_action_id, x.target_action_id) for x in result.links[first:]])
    result.links[first:] = [
        x.model_copy(update={"relation": relations[x.source_action_id, x.target_action_id]})
        for x in result.links[first:]
    ]


def _complete(fixed: Sequence[Link], actions: Iterable[Action]) -> tuple[set[str], set[str]]:
    """The sources and targets of the links `fixed` of which no other link is looked for. It is
    where only a part of a source goes on, and where a target has taken in what another was."""
    origins = Counter(x.target_action_id for x in fixed)
    numbers = {a.action_id: reference_key(a.reference) for a in actions}
    sources = {
        x.source_action_id
        for x in fixed
        if origins[x.target_action_id] > 1 or not IS_PART.search(x.evidence)
    }
    targets = {
        x.target_action_id
        for x in fixed
        if numbers[x.source_action_id] == numbers[x.target_action_id] != ""
        or not (
            TAKES_IN.search(x.evidence)
            or (origins[x.target_action_id] == 1 and JOINS.search(x.evidence))
        )
    }
    return sources, targets


def _unique(links: Iterable[Link]) -> list[Link]:
    """One link a pair; what people decided goes before what documents say."""
    by_pair: dict[tuple[str, str], Link] = {}
    for one in links:
        pair = (one.source_action_id, one.target_action_id)
        if pair not in by_pair or one.decided_by == "human":
            by_pair[pair] = one
    return list(by_pair.values())
