"""Links that documents state themselves: in a phrase, or by the numbers they keep."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from normalizers.references import reference_key
from normalizers.terms import fold
from pipeline.judgements import Decisions, Exercise, related, shown_label
from pipeline.models import Action, Link, Mention

SAME_NUMBERED = 60  # within one document
SAME_NAME = 90  # ratio from which a quoted name is that of an action


def said_links(
    exercises: Mapping[Exercise, Sequence[Action]],
    said: Mapping[str, Sequence[Mention]],
    decisions: Decisions,
) -> list[Link]:
    by_reference: dict[tuple[Exercise, str], list[Action]] = defaultdict(list)
    for years, group in exercises.items():
        for action in group:
            by_reference[years, reference_key(action.reference)].append(action)

    def nearest(reference: str, steps: Iterable[Exercise]) -> Sequence[Action]:
        return next(
            (by_reference[y, reference] for y in steps if (y, reference) in by_reference), []
        )

    def called(name: str, steps: Iterable[Exercise]) -> Sequence[Action]:
        """The one action of that name, in the nearest exercise that has any."""
        same = fold(name)
        for years in steps:
            alike = [
                a
                for a in exercises[years]
                if fuzz.ratio(same, fold(shown_label(a)), score_cutoff=SAME_NAME)
            ]
            if alike:
                return alike if len(alike) == 1 else []
        return []

    quotes: dict[tuple[str, str], str] = {}
    order = sorted(exercises)
    pairs: list[tuple[Action, Action]]
    for position, years in enumerate(order):
        for action in exercises[years]:
            for mention in said.get(action.action_id, ()):
                reference = reference_key(mention.reference)
                if mention.name:
                    if mention.kind == "comes_from":
                        earlier = reversed(order[:position])
                        pairs = [(a, action) for a in called(mention.name, earlier)]
                    else:
                        later = order[position + 1 :]
                        pairs = [(action, a) for a in called(mention.name, later)]
                    for source, target in pairs:
                        quotes.setdefault((source.action_id, target.action_id), mention.quote)
                    continue
                if not reference or mention.kind not in ("comes_from", "becomes"):
                    continue
                own = mention.kind == "becomes"
                pairs = []
                if own:  # said by the earlier row, or by a later one that keeps the reference
                    pairs = [(action, other) for other in nearest(reference, order[position + 1 :])]
                if not pairs and (not own or reference == reference_key(action.reference)):
                    earlier = reversed(order[:position])
                    pairs = [(other, action) for other in nearest(reference, earlier)]
                    if own:  # "FA 5 … devient FA 5": and what it becomes, where told apart
                        variants = [
                            other
                            for other in exercises[years]
                            if reference_key(other.reference).startswith(f"{reference}adaptee")
                        ]
                        pairs += [(s, v) for s, _ in pairs for v in variants]
                for source, target in pairs:
                    quotes.setdefault((source.action_id, target.action_id), mention.quote)
    allowed = [pair for pair in quotes if not decisions.settled(*pair)]
    return [
        Link(
            source_action_id=source,
            target_action_id=target,
            relation=relation,
            score=1.0,
            decided_by="document",
            evidence=json.dumps({"citation": quotes[source, target]}, ensure_ascii=False),
        )
        for (source, target), relation in related(allowed).items()
    ]


def numbered_links(
    exercises: Mapping[Exercise, Sequence[Action]], decisions: Decisions
) -> list[Link]:
    """One document that numbers its actions through several exercises says which are the same:
    those with one reference and nearly one label, the closest label where a number serves twice."""
    links: list[Link] = []
    order = sorted(exercises)
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
                and fuzz.token_set_ratio(*labels) >= SAME_NUMBERED
            )
            used: set[str] = set()
            for _, source_id, target_id, reference in rated:
                if source_id in used or target_id in used:
                    continue
                used |= {source_id, target_id}
                evidence = json.dumps({"reference": reference}, ensure_ascii=False)
                links.append(
                    Link(
                        source_action_id=source_id,
                        target_action_id=target_id,
                        relation="continues",
                        score=1.0,
                        decided_by="document",
                        evidence=evidence,
                    )
                )
            waiting = [a for a in waiting if a.action_id not in used]
    return links
