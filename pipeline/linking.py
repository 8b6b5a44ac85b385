"""Which action carries on which: auto, from what documents say, and as people decided.

Within a territory each exercise is held against the one before it, then what found no origin
against all that ended earlier (an action may come back after a gap). The pairs between two
exercises are scored from those two exercises alone, and each action belongs to the lineage of its
best origin: so a later year never changes what was decided, nor a `lineage_id`.
"""

import json
import re
from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType

import numpy as np

from normalizers.links.habits import Habits
from normalizers.links.matching import match
from normalizers.links.profiles import Profile, profile
from normalizers.links.similarity import FEATURES, Comparison, Pairs
from normalizers.links.spaces import Floats
from normalizers.references import reference_key
from normalizers.terms import fold
from pipeline.judgements import Decisions, Exercise, exercise_years, reading_order, related
from pipeline.knowledge import Acronyms, Knowledge
from pipeline.lineages import lineages_of
from pipeline.models import (
    Action,
    ActionPilot,
    CandidatePair,
    Finding,
    Funding,
    Judgement,
    Lineage,
    Link,
    Mention,
    Territory,
)
from pipeline.said_links import JOINS, SAID_NEW, TAKES_IN, numbered_links, said_links
from pipeline.twins import twins_of

AUTO = 0.55
SHARED = 0.9  # a split or a merger makes two claims at once
AUTO_AFTER_GAP = 0.9
QUEUE = 0.05
GAP = 1.5  # what a year without trace takes off the log-odds
# "issue de la scission de l'action 2": beside this part, another may carry the action on
IS_PART = re.compile(
    r"(?<![àa] l')(?<![àa] l’)\b(?:issue?|scission|scind[ée]e?|s[ée]par[ée]e?|d[ée]doubl\w+"
    r"|d[ée]tach[ée]e?|dissoci[ée]e?|extraite?|distraite?|(?:une|pour|en) partie|partiellement)\b",
    re.IGNORECASE,
)
# "Reprise après une année d'interruption": a year without trace is what is to be expected
RESUMED = re.compile(
    r"^\W*repris(?:e|es)?\b(?!\s(?:par|de|du|des|d['’]))"
    r"|\b(?:r[ée]activ|relanc|red[ée]marr)\w+|\binterruption\b"
    r"|\b(?:de|[àa]) nouveau\b|\brepren(?:d|nent|dra)\b(?!\s(?:l['’]|la\s|les\s|le\s))",
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
) -> Links:
    """Links, queue, lineages and findings of `actions`; touches no file.

    `acronyms` are those that documents define, by document; they go before the common ones.
    Actions without territory or dated exercise are linked to nothing and stand alone.
    """
    decisions = Decisions(sorted(actions, key=reading_order), judgements, list(territories))
    result = link_decided(
        actions, funding, pilots, statements, decisions, knowledge, acronyms or {}
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
) -> Links:
    """`link_actions` where judgements have found their rows."""
    ordered = sorted(actions, key=reading_order)
    profiles = profiles_of(ordered, funding, pilots, knowledge, acronyms)
    result = Links()
    twins = twins_of(ordered)
    said = defaultdict(list)
    for mention in statements:  # a later act may list the actions of before, with what they become
        said[twins.get(mention.action_id, mention.action_id)].append(mention)
    for _, group in groupby(ordered, key=lambda a: a.territory_id or ""):
        singles = [a for a in group if a.action_id not in twins]
        _link_territory(singles, profiles, decisions, said, knowledge, result)
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
    ami: dict[str, Decimal] = {}
    recalled: dict[str, Decimal] = {}
    for sum_ in funding:
        paid = ami if sum_.stage in GRANTED else recalled if sum_.stage == "previous" else None
        if paid is not None and sum_.amount_eur is not None and sum_.funder == "AMI":
            paid[sum_.action_id] = paid.get(sum_.action_id, Decimal(0)) + sum_.amount_eur
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
            ami.get(a.action_id),
            meanings.get(a.document_id, knowledge.acronyms),
            knowledge.concepts,
            a.status,
            recalled.get(a.action_id),
            f"{a.status_raw or ''}. {a.comment or ''}",
        )
        for a in actions
    }


def _link_territory(
    actions: list[Action],
    profiles: Mapping[str, Profile],
    decisions: Decisions,
    said: Mapping[str, list[Mention]],
    knowledge: Knowledge,
    result: Links,
) -> None:
    """Append the links and candidates of one territory's `actions`, in reading order."""
    exercises: dict[Exercise, list[Action]] = defaultdict(list)
    for action in actions:
        years = exercise_years(action.exercise or "")
        if years and action.territory_id:
            exercises[years].append(action)
    ended: list[Action] = []
    before: list[Action] = []
    fixed = [
        *said_links(exercises, said, decisions),
        *numbered_links(exercises, decisions),
        *decisions.links(actions),
    ]
    first = len(result.links)
    result.links += _unique(fixed)
    settled = {*decisions.pairs(), *((x.source_action_id, x.target_action_id) for x in fixed)}
    origins = Counter(x.target_action_id for x in fixed)
    numbers = {a.action_id: reference_key(a.reference) for a in actions}
    targets_fixed = {
        x.target_action_id
        for x in fixed
        if numbers[x.source_action_id] == numbers[x.target_action_id] != ""
        or not (
            TAKES_IN.search(x.evidence)
            or (origins[x.target_action_id] == 1 and JOINS.search(x.evidence))
        )
    }
    sources_fixed = {
        x.source_action_id
        for x in fixed
        if origins[x.target_action_id] > 1 or not IS_PART.search(x.evidence)
    }
    for years in sorted(exercises):
        continued, done = set(sources_fixed), set(targets_fixed)
        resumed = {a.action_id for a in exercises[years] if _is_resumed(a)}
        others = {a.action_id for a in exercises[years]} - resumed
        for sources, after_gap, apart in (
            (before, False, set()),
            (ended, False, others),
            (ended, True, resumed),
        ):
            linked, queue = _link_exercises(
                sources,
                exercises[years],
                (continued, done | apart),
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


def _link_exercises(
    sources: Sequence[Action],
    targets: Sequence[Action],
    taken: tuple[AbstractSet[str], AbstractSet[str]],
    profiles: Mapping[str, Profile],
    settled: AbstractSet[tuple[str, str]],
    knowledge: Knowledge,
    after_gap: bool,
) -> tuple[list[Link], list[CandidatePair]]:
    """Links and doubtful pairs between earlier `sources` and `targets` of one later exercise.

    The sources and targets `taken` are linked already, and only tell what words are worth: what is
    decided of one action does not change how others look alike. Pairs that are `settled`, linked
    or judged, are no question any more.

    A year without trace (`after_gap`) makes a link less likely, and asks for more certainty.
    Where the surest links show that both exercises number their actions alike, the same
    reference counts as evidence; elsewhere it means nothing.
    """

    free_sources, free_targets = (
        np.array([a.action_id not in linked for a in side], dtype=bool)
        for side, linked in zip((sources, targets), taken, strict=True)
    )
    if not free_sources.any() or not free_targets.any():
        return [], []

    def score(measured: Pairs) -> Floats:
        return knowledge.logits(measured) - (GAP if after_gap else 0.0)

    left = [profiles[a.action_id] for a in sources]
    right = [profiles[a.action_id] for a in targets]
    compared = Comparison(left, right)
    pairs = compared.pairs(free_sources, free_targets)
    rows, columns = ({a.action_id: k for k, a in enumerate(side)} for side in (sources, targets))
    known = [
        rows[one] * len(targets) + columns[other]
        for one, other in settled
        if one in rows and other in columns
    ]
    free = np.flatnonzero(~np.isin(pairs.source * len(targets) + pairs.target, known))
    pairs = Pairs(pairs.source[free], pairs.target[free], pairs.features[free])
    habits = Habits(pairs, [a.reference for a in sources], [a.reference for a in targets])
    linked, queue = [], []
    found = match(compared, pairs, score, knowledge.shared, SHARED, habits)
    for one in found:
        if one.probability < QUEUE:
            continue
        doubtful = CandidatePair(
            source_action_id=sources[one.source].action_id,
            target_action_id=targets[one.target].action_id,
            score=round(one.probability, 4),
            evidence=_evidence(
                left[one.source],
                right[one.target],
                one.features,
            ),
        )
        called_new = SAID_NEW.match(targets[one.target].status_raw or "")
        certain = one.probability >= (AUTO_AFTER_GAP if after_gap else AUTO)
        if one.chosen and certain and not called_new:
            linked.append(Link(relation=one.relation, decided_by="auto", **doubtful.model_dump()))
        else:
            queue.append(doubtful)
    told = (
        *_numbered_alike(pairs, sources, targets, profiles, linked),
        *_told_by_pilot(pairs, sources, targets, profiles, linked),
    )
    for i, j, features in () if after_gap else told:
        source, target = sources[i], targets[j]
        pair = (source.action_id, target.action_id)
        if pair in {(x.source_action_id, x.target_action_id) for x in queue}:
            continue
        same = reference_key(source.reference) == reference_key(target.reference)
        evidence = _evidence(left[i], right[j], features, target.reference if same else None)
        queue.append(
            CandidatePair(
                source_action_id=pair[0],
                target_action_id=pair[1],
                score=QUEUE,
                evidence=evidence,
            )
        )
    return linked, queue


def _is_resumed(action: Action) -> bool:
    """Does its row say that the action comes back?"""
    return any(RESUMED.search(text) for text in (action.status_raw, action.comment) if text)


def _numbered_alike(
    pairs: Pairs,
    sources: Sequence[Action],
    targets: Sequence[Action],
    profiles: Mapping[str, Profile],
    linked: Sequence[Link],
) -> Iterator[tuple[int, int, Floats]]:
    """Of `pairs` without a link on either side, those of one reference and one pilot, however
    their words differ, with their features; none where most links give their action another
    reference."""
    keys = {a.action_id: reference_key(a.reference) for a in (*sources, *targets)}
    numbered = [
        keys[x.source_action_id] == keys[x.target_action_id]
        for x in linked
        if keys[x.source_action_id] and keys[x.target_action_id]
    ]
    if 2 * sum(numbered) < len(numbered):
        return
    done = {k for x in linked for k in (x.source_action_id, x.target_action_id)}
    for i, j, features in zip(pairs.source, pairs.target, pairs.features, strict=True):
        one, other = sources[i].action_id, targets[j].action_id
        if (
            keys[one] == keys[other] != ""
            and not done & {one, other}
            and profiles[one].pilots & profiles[other].pilots
            and not SAID_NEW.match(targets[j].status_raw or "")
        ):
            yield int(i), int(j), features


def _told_by_pilot(
    pairs: Pairs,
    sources: Sequence[Action],
    targets: Sequence[Action],
    profiles: Mapping[str, Profile],
    linked: Sequence[Link],
) -> Iterator[tuple[int, int, Floats]]:
    """Of `pairs` without a link on either side, with their features: those of one pilot that runs
    no other action in either exercise, and those to which the AMI pays one sum, as to no other such
    action of the pilot. The one may be the other under new words."""
    done = {k for x in linked for k in (x.source_action_id, x.target_action_id)}
    run, paid = [], []
    for side in (sources, targets):
        mine = [(a.action_id, profiles[a.action_id]) for a in side]
        run.append(Counter(p for _, of in mine for p in of.pilots))
        paid.append(Counter((p, of.amount) for k, of in mine if k not in done for p in of.pilots))
    for i, j, features in zip(pairs.source, pairs.target, pairs.features, strict=True):
        one, other = sources[i].action_id, targets[j].action_id
        before, after = profiles[one], profiles[other]
        same_sum = before.amount if before.amount == after.amount else None
        if (
            not done & {one, other}
            and any(
                run[0][p] == run[1][p] == 1
                or (same_sum and paid[0][p, same_sum] == paid[1][p, same_sum] == 1)
                for p in before.pilots & after.pilots
            )
            and not SAID_NEW.match(targets[j].status_raw or "")
        ):
            yield int(i), int(j), features


def _evidence(
    source: Profile, target: Profile, features: Floats, reference: str | None = None
) -> str:
    """Why: each measure (0 to 1), then the words, concepts, names and numbers in common, and the
    `reference` if it counts."""
    shown: dict[str, object] = {
        name: round(float(v), 3) for name, v in zip(FEATURES, features, strict=True) if v
    }
    same = source.whole & target.whole & target.worded.keys()
    common: dict[str, object] = {
        "mots_communs": sorted((target.worded[s] for s in same), key=lambda w: (-len(w), w))[:12],
        "notions_communes": sorted(source.concepts.keys() & target.concepts.keys()),
        "noms_communs": sorted(source.names & target.names),
        "nombres_communs": sorted(source.numbers & target.numbers),
        "pilotes_communs": sorted(source.pilots & target.pilots),
        "reference": reference,
    }
    shown |= {k: v for k, v in common.items() if v}
    return json.dumps(shown, ensure_ascii=False)


def _unique(links: Iterable[Link]) -> list[Link]:
    """One link a pair; what people decided goes before what documents say."""
    by_pair: dict[tuple[str, str], Link] = {}
    for one in links:
        pair = (one.source_action_id, one.target_action_id)
        if pair not in by_pair or one.decided_by == "human":
            by_pair[pair] = one
    return list(by_pair.values())
