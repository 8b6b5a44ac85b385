"""Actions that an act says are over: nothing is guessed to carry them on."""

import re
from collections.abc import Iterable, Mapping, Sequence

from normalizers.references import reference_key
from normalizers.terms import words
from pipeline.judgements import Exercise, exercise_years, shown_label
from pipeline.models import Action, Document, StatedEnd

YEAR = re.compile(r"\b20\d\d\b")


def told_over(
    exercises: Mapping[Exercise, Sequence[Action]],
    ends: Iterable[StatedEnd],
    documents: Iterable[Document],
) -> set[str]:
    """The actions of one territory of which an act tells the end by their name, articles aside, or
    by a number that no action of the act's own exercise bears."""
    acts = {d.document_id: exercise_years(d.exercise or "") for d in documents}
    found = set()
    for end in ends:
        act = acts.get(end.document_id)
        if act is None or any(int(year) > act[1] for year in YEAR.findall(end.quote)):
            continue  # it ends later, and other acts may pay it until then
        known = [years for years in sorted(exercises, reverse=True) if years <= act]
        for years in known:
            if meant := _meant(end, exercises[years]):
                if len(meant) == 1 and (end.name or years != act):
                    found.add(meant[0].action_id)
                break
    return found


def _meant(end: StatedEnd, actions: Iterable[Action]) -> list[Action]:
    """Those of the actions of one exercise that `end` names, or else numbers."""
    if end.name is None:
        return [a for a in actions if reference_key(a.reference) == end.reference_key]
    name = words(end.name)
    return [a for a in actions if name and words(shown_label(a)) == name]
