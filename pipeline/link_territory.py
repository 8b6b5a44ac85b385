"""The links of one territory, exercise after exercise."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from normalizers.links.profiles import Profile
from normalizers.references import reference_key
from pipeline.exercise_pair import link_exercises
from pipeline.handed_on import handed_links
from pipeline.judgements import Decisions, Exercise, chronology, exercise_years, related
from pipeline.knowledge import Knowledge
from pipeline.models import Action, CandidatePair, Link, Mention
from pipeline.said_links import JOINS, TAKES_IN, numbered_links, said_links
from pipeline.said_of import is_called_resumed

# "issue de la scission de l'action 2": beside this part, another may carry the action on
IS_PART = re.compile(
    r"(?<![àa] l')(?<![àa] l’)\b(?:issue?|scission|scind[ée]e?|s[ée]par[ée]e?|d[ée]doubl\w+"
    r"|d[ée]tach[ée]e?|dissoci[ée]e?|extraite?|distraite?|(?:une|pour|en) partie|partiellement)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Known:
    """What the links of every territory rest on: actions made comparable, the last year for which
    the AMI pays each, what acts say of it, what people decided."""

    profiles: Mapping[str, Profile]
    paid_until: Mapping[str, int]
    said: Mapping[str, list[Mention]]
    decisions: Decisions
    knowledge: Knowledge


@dataclass(frozen=True)
class _Round:
    """Earlier actions that are held against those of an exercise, but for the targets `apart`."""

    sources: Sequence[Action]
    finished: AbstractSet[str] = frozenset()
    apart: AbstractSet[str] = frozenset()
    after_gap: bool = False


def link_territory(
    exercises: Mapping[Exercise, list[Action]], finished: AbstractSet[str], known: Known
) -> tuple[list[Link], list[CandidatePair]]:
    """The links and the candidates of one territory's actions, in reading order. Those that acts
    tell to be `finished` go on in the next exercise only as a document or a person says."""
    dated = [a for group in exercises.values() for a in group]
    fixed = [
        *said_links(exercises, known.said, known.decisions),
        *numbered_links(exercises, known.decisions),
        *handed_links(exercises, known.decisions),
        *known.decisions.links(dated),
    ]
    links, candidates = _unique(fixed), list[CandidatePair]()
    settled = {*known.decisions.pairs(), *map(_pair, fixed)}
    sources_fixed, targets_fixed = _complete(fixed, dated)
    ended: list[Action] = []
    before: list[Action] = []
    for years in sorted(exercises, key=chronology):
        continued, done = set(sources_fixed), set(targets_fixed)
        lasts = {
            a.action_id for a in ended if known.paid_until.get(a.action_id, 0) >= years[0] - 1
        } - finished
        for held in _rounds(exercises[years], before, ended, lasts, finished):
            linked, queue = link_exercises(
                held.sources,
                exercises[years],
                (continued, done | held.apart),
                held.finished,
                known.profiles,
                settled,
                known.knowledge,
                held.after_gap,
            )
            links += linked
            candidates += queue
            continued |= {x.source_action_id for x in linked}
            done |= {x.target_action_id for x in linked}
        ended = [a for a in [*ended, *before] if a.action_id not in continued]
        before = exercises[years]
    relations = related(list(map(_pair, links)))
    return [x.model_copy(update={"relation": relations[_pair(x)]}) for x in links], candidates


def _rounds(
    targets: Iterable[Action],
    before: Iterable[Action],
    ended: Iterable[Action],
    lasts: AbstractSet[str],
    finished: AbstractSet[str],
) -> Iterator[_Round]:
    """The actions of the exercise `before` and those `ended` that are still paid (`lasts`), then
    those over: for the targets that say that they come back the gap is what is to be expected."""
    resumed = {a.action_id for a in targets if is_called_resumed(a)}
    others = {a.action_id for a in targets} - resumed
    over = [a for a in ended if a.action_id not in lasts]
    yield _Round([*(a for a in ended if a.action_id in lasts), *before], finished)
    yield _Round(over, apart=others)
    yield _Round(over, apart=resumed, after_gap=True)


def by_exercise(actions: Iterable[Action]) -> dict[Exercise, list[Action]]:
    """The actions of a territory in reading order, where their exercise is dated."""
    exercises: dict[Exercise, list[Action]] = defaultdict(list)
    for action in actions:
        years = exercise_years(action.exercise or "")
        if years and action.territory_id:
            exercises[years].append(action)
    return exercises


def _pair(link: Link) -> tuple[str, str]:
    return link.source_action_id, link.target_action_id


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
        if _pair(one) not in by_pair or one.decided_by == "human":
            by_pair[_pair(one)] = one
    return list(by_pair.values())
