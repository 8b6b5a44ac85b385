"""Links of actions whose pilot changed, as their later rows say: the same label, run before by
whom the row names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from normalizers.links.handovers import former_pilots
from normalizers.terms import fold
from pipeline.judgements import Decisions, Exercise, certain_link, chronology, shown_label
from pipeline.models import Action, Link
from pipeline.said_of import told_of_origin

SAME = 90  # ratio from which two labels, or two names of a pilot, are one


def handed_links(
    exercises: Mapping[Exercise, Sequence[Action]], decisions: Decisions
) -> list[Link]:
    """A link where one action alone of the exercise before has the label and the pilot named, and
    one row alone says so of it."""
    order = sorted(exercises, key=chronology)
    found: list[tuple[Action, Action, str]] = []
    for before, years in pairwise(order):
        for action in exercises[years]:
            for text in told_of_origin(action):
                named = former_pilots(text)
                sources = [a for a in exercises[before] if _is_handed_on(a, action, named)]
                if len(sources) == 1:
                    found.append((sources[0], action, text))
    times = Counter(source.action_id for source, *_ in found)
    return [
        certain_link((source.action_id, target.action_id), "document", citation=text)
        for source, target, text in found
        if times[source.action_id] == 1
        and not decisions.settled(source.action_id, target.action_id)
    ]


def _is_handed_on(source: Action, target: Action, named: Sequence[str]) -> bool:
    labels = [fold(shown_label(a)) for a in (source, target)]
    pilot = fold(source.pilot_raw or "")
    return (
        bool(pilot and all(labels))
        and fuzz.ratio(*labels) >= SAME
        and any(fuzz.token_set_ratio(who, pilot) >= SAME for who in named)
    )
