"""Rows that state again an action of the same exercise."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    known: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    twins: dict[str, str] = {}
    alone = Counter((a.document_id, a.exercise, fold(shown_label(a))) for a in actions)
    for action in sorted(actions, key=lambda a: (_says_label_alone(a), not a.label)):
        if not action.territory_id or not action.exercise:
            continue
        row = _Row.of(action, alone)
        firsts = known[action.territory_id, action.exercise]
        if first := _stated_first(row, firsts):
            twins[action.action_id] = first.action.action_id
        else:
            firsts.append(row)
    return twins


@dataclass(frozen=True, slots=True)
class _Row:
    """An action with what tells it, folded; `alone`: no other of its document and exercise has its
    label."""

    action: Action
    number: str
    label: str
    texts: tuple[str, ...]
    pilot: str
    alone: bool

    @classmethod
    def of(cls, action: Action, labels: Mapping[tuple[str, str | None, str], int]) -> "_Row":
        """`action`, where so many of a document and exercise have each of the `labels`."""
        label = fold(shown_label(action))
        return cls(
            action,
            reference_key(action.reference),
            label,
            tuple(fold(text) for text in (action.objective, action.description) if text),
            fold(action.pilot_raw or ""),
            labels[action.document_id, action.exercise, label] == 1,
        )


def _stated_first(row: _Row, known: Sequence[_Row]) -> _Row | None:
    """The one of the rows `known` of its exercise that states the action of `row`."""
    place = row.action.document_id, row.action.table_id
    others = [x for x in known if (x.action.document_id, x.action.table_id) != place]
    for is_signed in (_same_number, _same_texts):
        for first in others:
            if is_signed(first, row) and fuzz.token_set_ratio(row.label, first.label) >= SAME_LABEL:
                return first
    elsewhere = [x for x in others if x.action.document_id != row.action.document_id]
    for is_again in (_states_again, _gives_the_number, _gives_the_label):
        found = [first for first in elsewhere if is_again(first, row)]
        if len(found) == 1:
            return found[0]
    return None


def _same_number(first: _Row, row: _Row) -> bool:
    return first.number == row.number != ""


def _same_texts(first: _Row, row: _Row) -> bool:
    said, again = ((x.label, x.texts, x.pilot) for x in (first, row))
    return said == again and row.texts != ()


def _states_again(first: _Row, row: _Row) -> bool:
    """Has `row` the very label of `first`, which each of two acts states once?"""
    if not (first.label == row.label != "" and first.alone and row.alone):
        return False
    return first.pilot == row.pilot or len(words(row.label)) >= TELLING


def _gives_the_number(first: _Row, row: _Row) -> bool:
    return not row.action.label and _same_number(first, row)


def _gives_the_label(first: _Row, row: _Row) -> bool:
    if not row.label or not _says_label_alone(row.action):
        return False
    is_cut = len(row.label) >= CUT_LABEL and first.label.startswith(row.label)
    return first.label == row.label or is_cut


def _says_label_alone(action: Action) -> bool:
    told = (action.reference, action.pilot_raw, action.objective, action.description)
    return not any(told)
