"""Actions that an act says are over: nothing is guessed to carry them on."""

import re
from collections.abc import Iterable, Mapping, Sequence

from normalizers.links.ends import OF_ACT
from normalizers.references import reference_key
from normalizers.terms import fold, words
from pipeline.judgements import Exercise, exercise_years, shown_label
from pipeline.models import Action, Document, StatedFate

EARLIER = re.compile(OF_ACT)
PAUSED = re.compile(r"\bsuspendu|\ben (?:sommeil|pause)\b")  # and may be taken up again


def told_over(
    exercises: Mapping[Exercise, Sequence[Action]],
    fates: Iterable[StatedFate],
    documents: Iterable[Document],
) -> set[str]:
    """The actions of one territory of which an act tells the end by their name, articles aside, or
    by a number: of an earlier act, or that no action of the act's own exercise bears."""
    acts = {d.document_id: exercise_years(d.exercise or "") for d in documents}
    found: set[str] = set()
    for end in (fate for fate in fates if not (fate.kept or PAUSED.search(fold(fate.quote)))):
        act = acts.get(end.document_id)
        if act is None or (exercise_years(end.quote) or act)[1] > act[1]:
            continue  # it ends later, and other acts may pay it until then
        earlier = bool(EARLIER.search(fold(end.quote)))
        last = [y for y in sorted(exercises, reverse=True) if y < act or (y == act and not earlier)]
        found |= _meant(end, [(years == act, exercises[years]) for years in last])
    return found


def _meant(end: StatedFate, known: Sequence[tuple[bool, Sequence[Action]]]) -> set[str]:
    """The action that `end` names and numbers, else the one that it names, in the last of the
    exercises `known` that has any; a number alone may be another one's in the act's own."""
    ways = (_names_and_numbers, _names) if end.name else (_numbers,)
    for way in ways:
        for is_own, actions in known:
            if meant := [a.action_id for a in actions if way(end, a)]:
                return {*meant} if len(meant) == 1 and (end.name or not is_own) else set()
    return set()


def _names_and_numbers(end: StatedFate, action: Action) -> bool:
    return _names(end, action) and _numbers(end, action)


def _names(end: StatedFate, action: Action) -> bool:
    return words(shown_label(action)) == words(end.name or "")


def _numbers(end: StatedFate, action: Action) -> bool:
    return reference_key(action.reference) == end.reference_key
