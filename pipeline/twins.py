"""Rows that state again an action of the same exercise."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from normalizers.references import reference_key
from normalizers.terms import fold, words
from pipeline.judgements import shown_label
from pipeline.models import Action

TELLING = 3  # words of a label that two acts do not share by chance, whoever runs the action
SAME_LABEL = 85  # token_set_ratio from which two rows with one reference are one action
CUT_LABEL = 40  # letters that a sheet too narrow may leave of a label


def twins_of(actions: Sequence[Action]) -> dict[str, str]:
    """Rows that state again an action of the same exercise: {action_id: the first row's}.

    A roadmap, a financing table and an action sheet may all state "FA 20": same reference, nearly
    the same label, another table or document; or all its texts and its pilot are the same. Only
    the first takes part in linking. A row of another document that says the label alone, of a
    report on the year before, is the twin of the row that says more; so is one of a following act
    that corrects the sums of the year, where each act has the label once; and so is one without
    label of the only row of another act that has its number.
    """
    firsts: dict[tuple[object, ...], list[tuple[Action, str]]] = defaultdict(list)
    labelled: dict[tuple[str, str], list[tuple[Action, str]]] = defaultdict(list)
    twins: dict[str, str] = {}
    alone = Counter((a.document_id, a.exercise, fold(shown_label(a))) for a in actions)
    for action in sorted(actions, key=lambda a: (_says_label_alone(a), not a.label)):
        if not action.territory_id or not action.exercise:
            continue
        label = fold(shown_label(action))
        texts = [fold(t) for t in (action.objective, action.description) if t]
        told = (reference_key(action.reference), (label, *texts, fold(action.pilot_raw or "")))
        signs = [sign for sign, known in zip(told, (told[0], texts), strict=True) if known]
        first = next(
            (
                first
                for sign in signs
                for first, same in firsts[action.territory_id, action.exercise, sign]
                if (first.document_id, first.table_id) != (action.document_id, action.table_id)
                and fuzz.token_set_ratio(label, same) >= SAME_LABEL
            ),
            None,
        )
        known = labelled[action.territory_id, action.exercise]
        if first is None and label and alone[action.document_id, action.exercise, label] == 1:
            named = [a for a, said in known if said == label and _states_again(a, action, alone)]
            first = named[0] if len(named) == 1 else None
        if first is None and not action.label and told[0]:
            numbered = [
                a
                for a, _ in firsts[action.territory_id, action.exercise, told[0]]
                if a.document_id != action.document_id
            ]
            first = numbered[0] if len(numbered) == 1 else None
        if first is None and label and _says_label_alone(action):
            whole = [
                a
                for a, said in known
                if a.document_id != action.document_id
                and (said == label or (len(label) >= CUT_LABEL and said.startswith(label)))
            ]
            first = whole[0] if len(whole) == 1 else None
        if first:
            twins[action.action_id] = first.action_id
            continue
        known.append((action, label))
        for sign in signs:
            firsts[action.territory_id, action.exercise, sign].append((action, label))
    return twins


def _states_again(
    first: Action, action: Action, alone: Mapping[tuple[str, str | None, str], int]
) -> bool:
    """Is `action` the `first` one of its very label, which each of two acts states once?"""
    label = fold(shown_label(action))
    if first.document_id == action.document_id:
        return False
    if alone[first.document_id, first.exercise, label] != 1:
        return False
    same_pilot = fold(first.pilot_raw or "") == fold(action.pilot_raw or "")
    return same_pilot or len(words(label)) >= TELLING


def _says_label_alone(action: Action) -> bool:
    told = (action.reference, action.pilot_raw, action.objective, action.description)
    return not any(told)
