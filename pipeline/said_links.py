"""Links that documents state themselves: in a phrase, or by the numbers they keep."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from normalizers.references import key_meant, reference_key
from normalizers.terms import fold
from pipeline.judgements import (
    Decisions,
    Exercise,
    certain_link,
    chronology,
    related,
    shown_label,
)
from pipeline.models import Action, Link, Mention
from pipeline.said_of import is_called_new

SAME_NUMBERED = 60  # within one document
SAME_NAME = 90  # ratio from which a quoted name is that of an action
# "intègre l'action S2", "S2 est intégrée à l'action S1": beside what it takes in, the action
# carries on another; "S2 est fusionnée avec l'action S1": so it does where one origin alone is told
TAKES_IN = re.compile(
    r"\b(?:(?:r[ée])?int[èeé]gr(?!al|it)|absor|incorpor|englob|rattach)\w+", re.IGNORECASE
)
JOINS = re.compile(
    r"\b(?:fusion|regroup|r[ée]uni(?!on)|r[ée]union des? (?:l['’])?(?:action|fiche)|rassembl|"
    r"mutualis)\w*",
    re.IGNORECASE,
)
# "intégrée à une nouvelle action 5"
IN_A_NEW_ONE = re.compile(r"\bnouve(?:lle|au)s?\s(?:fiche|action|projet)", re.IGNORECASE)


Pair = tuple[Action, Action]  # an action, and one that carries it on


def said_links(
    exercises: Mapping[Exercise, Sequence[Action]],
    said: Mapping[str, Sequence[Mention]],
    decisions: Decisions,
) -> list[Link]:
    """The links that the mentions of actions state (`said`: action id → mentions), but for pairs
    that people have decided."""
    known = _Known(exercises)
    quotes: dict[tuple[str, str], str] = {}
    for years in known.order:
        for action in exercises[years]:
            for mention in said.get(action.action_id, ()):
                for source, target in known.told(mention, action, years):
                    quotes.setdefault((source.action_id, target.action_id), mention.quote)
    quotes |= _also_their_own(quotes, exercises)
    allowed = [pair for pair in quotes if not decisions.settled(*pair)]
    return [
        certain_link(pair, "document", relation, citation=quotes[pair])
        for pair, relation in related(allowed).items()
    ]


def _also_their_own(
    quotes: Mapping[tuple[str, str], str], exercises: Mapping[Exercise, Sequence[Action]]
) -> dict[tuple[str, str], str]:
    """What carries on itself beside those it takes in, as stated in `quotes` (source, target →
    quote): where 'LOG-2' is merged with 'LOG-1', the earlier LOG-1 goes on in the later one."""
    years_of = {a.action_id: years for years, group in exercises.items() for a in group}
    actions = {a.action_id: a for group in exercises.values() for a in group}
    origins = Counter(target for _, target in quotes)
    carried_on = {source for source, _ in quotes}
    found = {}
    for (source, target), quote in quotes.items():
        alone = origins[target] == 1
        before = exercises[years_of[source]]
        after = exercises[years_of[target]]
        number = reference_key(actions[target].reference)
        own = [a for a in before if reference_key(a.reference) == number]
        if (
            number
            and (TAKES_IN.search(quote) or (alone and JOINS.search(quote)))
            and not IN_A_NEW_ONE.search(quote)
            and not is_called_new(actions[target])
            and len(own) == 1
            and own[0].action_id not in carried_on
            and _goes_on(own[0], actions[target], before, after)
        ):
            found[own[0].action_id, target] = quote
    return found


def _goes_on(
    source: Action, target: Action, before: Sequence[Action], after: Sequence[Action]
) -> bool:
    """Is `target`, which bears the reference of `source`, that action still? Their labels, or their
    pilot, must tell, and none of the actions `before` and `after` be closer by its label."""
    same = _alike(source, target)
    if any(_alike(source, a) > max(same, SAME_NUMBERED) for a in after) or any(
        _alike(a, target) > max(same, SAME_NUMBERED) for a in before
    ):
        return False
    pilots = [fold(a.pilot_raw or "") for a in (source, target)]
    return same >= SAME_NUMBERED or (all(pilots) and fuzz.token_set_ratio(*pilots) >= SAME_NAME)


def _alike(one: Action, other: Action) -> float:
    return fuzz.token_set_ratio(fold(shown_label(one)), fold(shown_label(other)))


class _Known:
    """The actions of a territory by exercise, in order, to be found by reference or by name."""

    def __init__(self, exercises: Mapping[Exercise, Sequence[Action]]) -> None:
        self.order = sorted(exercises, key=chronology)
        self._exercises = exercises
        self._by_reference: dict[Exercise, dict[str, list[Action]]] = {
            years: defaultdict(list) for years in exercises
        }
        for years, group in exercises.items():
            for action in group:
                self._by_reference[years][reference_key(action.reference)].append(action)

    def told(self, mention: Mention, action: Action, years: Exercise) -> Sequence[Pair]:
        """The pairs that a mention of `action`, of exercise `years`, states."""
        position = self.order.index(years)
        earlier, later = self.order[:position][::-1], self.order[position + 1 :]
        reference = reference_key(mention.reference)
        if mention.name:
            if mention.kind == "comes_from":
                return [(other, action) for other in self._called(mention.name, earlier)]
            return [(action, other) for other in self._called(mention.name, later)]
        if not reference or mention.kind not in ("comes_from", "becomes"):
            return []
        came_from = [(other, action) for other in self._nearest(reference, earlier)]
        if mention.kind == "comes_from":
            return came_from
        becomes = [(action, other) for other in self._nearest(reference, later)]
        if becomes or reference != reference_key(action.reference):
            return becomes
        # said by a later row that keeps the reference, "FA 5 … devient FA 5", and what it becomes,
        # where told apart
        variants = [
            other
            for other in self._exercises[years]
            if reference_key(other.reference).startswith(f"{reference}adaptee")
        ]
        return came_from + [(source, other) for source, _ in came_from for other in variants]

    def _nearest(self, reference: str, steps: Sequence[Exercise]) -> Sequence[Action]:
        """The actions of that reference, in the first of `steps` that has any; else of the one that
        it must mean, in the first that has one."""
        for years in steps:
            if found := self._by_reference[years].get(reference):
                return found
        meant = ((years, key_meant(reference, self._by_reference[years])) for years in steps)
        return next((self._by_reference[years][key] for years, key in meant if key), [])

    def _called(self, name: str, steps: Sequence[Exercise]) -> Sequence[Action]:
        """The one action of that name, in the first of `steps` that has any."""
        same = fold(name)
        for years in steps:
            alike = [
                action
                for action in self._exercises[years]
                if fuzz.ratio(same, fold(shown_label(action)), score_cutoff=SAME_NAME)
            ]
            if alike:
                return alike if len(alike) == 1 else []
        return []


def numbered_links(
    exercises: Mapping[Exercise, Sequence[Action]], decisions: Decisions
) -> list[Link]:
    """One document that numbers its actions through several exercises says which are the same:
    those with one reference and nearly one label, the closest label where a number serves twice."""
    links: list[Link] = []
    order = sorted(exercises, key=chronology)
    numbered: dict[tuple[Exercise, str, str], list[Action]] = defaultdict(list)
    for years, group in exercises.items():
        for action in group:
            if number := reference_key(action.reference):
                numbered[years, action.document_id, number].append(action)
    for position, years in enumerate(order):
        waiting = [a for a in exercises[years] if reference_key(a.reference)]
        for before in reversed(order[:position]):
            rated = sorted(
                (-fuzz.ratio(*labels), source.action_id, target.action_id, target.reference)
                for target in waiting
                for source in numbered.get(
                    (before, target.document_id, reference_key(target.reference)), ()
                )
                if not decisions.settled(source.action_id, target.action_id)
                and (labels := (fold(shown_label(source)), fold(shown_label(target))))
                and (
                    not (source.label and target.label)
                    or fuzz.token_set_ratio(*labels) >= SAME_NUMBERED
                )
            )
            used: set[str] = set()
            for _, source_id, target_id, reference in rated:
                if source_id in used or target_id in used:
                    continue
                used |= {source_id, target_id}
                pair = (source_id, target_id)
                links.append(certain_link(pair, "document", reference=reference))
            waiting = [a for a in waiting if a.action_id not in used]
    return links
