"""People decide: a walk through the doubtful pairs in the terminal.

Each answer is a line of `data/reference/judgements.csv`, keyed on what a person reads (territory,
exercise, label), written at once and whole: a crash loses nothing.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from normalizers.terms import stem
from normalizers.terms import words as words_of
from pipeline.judgements import read_judgements, told_apart, written
from pipeline.kinds import Verdict
from pipeline.language import said
from pipeline.models import Action, CandidatePair, Document, Funding, Judgement, Territory
from pipeline.store import atomic, read_records
from pipeline.wording import euros, in_common, words

COLUMNS = tuple(Judgement.model_fields)
KEY = COLUMNS[:6]  # the pair
ANSWERS: dict[str, Verdict] = {
    "y": "positive",
    "o": "positive",
    "oui": "positive",
    "n": "negative",
    "non": "negative",
    "u": "unsure",
}
HELP = (
    "[y, o] même action  [n] autre action  [u] sans avis  [s] passer  [undo] revenir  [q] finir",
    "[y] same action  [n] another  [u] undecided  [s] skip  [undo] back  [q] end",
)
FIELDS = {
    "label": ("Action", "Action"),
    "objective": ("Objectif", "Objective"),
    "description": ("Description", "Description"),
    "indicators": ("Indicateurs", "Indicators"),
}


@dataclass(frozen=True)
class Side:
    """One action as it is shown."""

    territory: str
    exercise: str
    label: str
    pilot: str
    texts: Mapping[str, str]  # by name of FIELDS, in its order
    amounts: str
    page: str


@dataclass(frozen=True)
class Question:
    """One doubtful pair: do these two rows state the same action?"""

    left: Side
    right: Side
    score: float
    evidence: str

    def judged(self, verdict: Verdict, author: str | None, note: str | None = None) -> Judgement:
        return Judgement(
            left_territory=self.left.territory,
            left_exercise=self.left.exercise,
            left_label=self.left.label,
            right_territory=self.right.territory,
            right_exercise=self.right.exercise,
            right_label=self.right.label,
            judgement=verdict,
            author=author,
            decided_on=date.today(),
            note=note,
        )


class Reviewed:
    """What a review came to, for the last line."""

    def __init__(self) -> None:
        self.answers: dict[Verdict, int] = {"positive": 0, "negative": 0, "unsure": 0}
        self.skipped = 0
        self.left = 0


def questions(normalized_dir: Path, links_dir: Path) -> list[Question]:
    """The queue, best first; a pair without territory or label cannot be asked and is left out."""
    actions = {a.action_id: a for a in read_records(Action, normalized_dir)}
    names = {t.territory_id: t.name for t in read_records(Territory, normalized_dir)}
    titles = {d.document_id: d.filename for d in read_records(Document, normalized_dir)}
    money: dict[str, list[Funding]] = {}
    for row in read_records(Funding, normalized_dir):
        money.setdefault(row.action_id, []).append(row)
    fellows: dict[tuple[str | None, str | None], list[Action]] = {}
    for action in actions.values():
        fellows.setdefault((action.territory_id, action.exercise), []).append(action)

    def side(action: Action) -> Side:
        return Side(
            territory=names.get(action.territory_id or "", action.territory_id or ""),
            exercise=action.exercise or "",
            label=told_apart(action, fellows[action.territory_id, action.exercise]),
            pilot=action.pilot_raw or "",
            texts={name: text for name in FIELDS if (text := getattr(action, name))},
            amounts=" ; ".join(_sum(f) for f in money.get(action.action_id, [])),
            page=f"{titles.get(action.document_id, action.document_id)}, p. {action.page}",
        )

    asked = [
        Question(
            side(actions[p.source_action_id]),
            side(actions[p.target_action_id]),
            p.score,
            p.evidence,
        )
        for p in sorted(
            read_records(CandidatePair, links_dir),
            key=lambda p: (-p.score, p.source_action_id, p.target_action_id),
        )
        if p.source_action_id in actions and p.target_action_id in actions
    ]
    return [
        q for q in asked if all(s.territory and s.exercise and s.label for s in (q.left, q.right))
    ]


def _sum(funding: Funding) -> str:
    amount = "?" if funding.amount_eur is None else euros(funding.amount_eur)
    stage = said(*words("stage", funding.stage)) if funding.stage != "granted" else ""
    unsaid = "" if stage else said("financeur non dit", "funder not said")
    return f"{' '.join(filter(None, (funding.funder or unsaid, stage)))} : {amount}"


def review(
    normalized_dir: Path,
    links_dir: Path,
    judgements_csv: Path,
    author: str | None = None,
    ask: Callable[[str], str] = input,
    console: Console | None = None,
) -> Reviewed:
    """Walk through the queue; each answer is saved before the next question.

    `ask` reads one answer (y, n, u, s, undo, q). Pairs that have a judgement are not asked again.
    """
    console = console or Console()
    judgements = read_judgements(judgements_csv)
    known = {key_of(j) for j in judgements}
    queue = [
        q
        for q in questions(normalized_dir, links_dir)
        if key_of(q.judged("unsure", None)) not in known
    ]
    result = Reviewed()
    steps: list[Verdict | None] = []
    for answer in _answers(queue, steps, ask, console):
        if answer == "undo":
            if not steps:
                console.print(said("Rien à reprendre.", "Nothing to take back."))
            elif last := steps.pop():
                judgements.pop()
                save_judgements(judgements, judgements_csv)
                result.answers[last] -= 1
        elif answer == "s":
            steps.append(None)
        elif answer in ANSWERS:
            verdict = ANSWERS[answer]
            judgements.append(queue[len(steps)].judged(verdict, author))
            save_judgements(judgements, judgements_csv)
            steps.append(verdict)
            result.answers[verdict] += 1
        else:
            console.print(said(f"« {answer} » n'est pas une réponse.", f"“{answer}” is no answer."))
    result.skipped = steps.count(None)
    result.left = len(queue) - len(steps)
    return result


def _answers(
    queue: Sequence[Question],
    steps: Sequence[object],
    ask: Callable[[str], str],
    console: Console,
) -> Iterator[str]:
    """What is answered to the first of `queue` behind the `steps` taken, until all are, or "q"."""
    shown: int | None = None
    while len(steps) < len(queue):
        if shown != len(steps):
            shown = len(steps)
            show(queue[shown], f"{shown + 1} / {len(queue)}", console)
        try:
            answer = ask(f"{said(*HELP)}\n> ").strip().lower()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if answer == "q":
            return
        yield answer


def key_of(judgement: Judgement) -> tuple[str, ...]:
    """The pair that is judged, however it is written."""
    return tuple(written(str(getattr(judgement, c))) for c in KEY)


def save_judgements(judgements: Iterable[Judgement], path: Path) -> None:
    """Write all judgements in their order; the file is replaced whole or not at all."""
    with atomic(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for judgement in judgements:
            writer.writerow({k: "" if v is None else v for k, v in judgement.model_dump().items()})


def show(question: Question, progress: str, console: Console) -> None:
    """Both actions side by side, field by field, the words that only one of them has marked."""
    left, right = question.left, question.right
    table = Table("", box=box.ROUNDED, expand=True, show_lines=True)
    for side in (left, right):
        table.add_column(Text(f"{side.exercise} · {side.territory}"), ratio=1, overflow="fold")
    for name, told in FIELDS.items():
        if name in left.texts or name in right.texts:
            one, other = (
                marked(side.texts.get(name, ""), against.texts.values())
                for side, against in ((left, right), (right, left))
            )
            table.add_row(said(*told), one, other)
    for head, *facts in (
        (said("Pilote", "Pilot"), left.pilot or "—", right.pilot or "—"),
        (said("Montants", "Sums"), *(s.amounts or said("aucun", "none") for s in (left, right))),
        (said("Source", "Source"), left.page, right.page),
    ):
        table.add_row(head, *map(Text, facts))
    console.print()
    console.print(table)
    score = question.score
    likely = said(f"probabilité {100 * score:.0f}\u00a0%", f"probability {score:.0%}")
    reasons = Text(f"{progress} · {likely} · {_why(question.evidence)}")
    console.print(reasons)


def marked(text: str, others: Iterable[str]) -> Text:
    """`text` with every word that `others` lack in bold and underlined; small words never are."""
    there = {stem(w) for other in others for w in words_of(other)}
    line = Text()
    for word in text.split():
        lacking = {stem(w) for w in words_of(word)} - there
        line.append(word, style="bold underline" if lacking else "")
        line.append(" ")
    return line


def _why(evidence: str) -> str:
    """The words and concepts in common; pilots are on the screen."""
    found = json.loads(evidence)
    common = {
        k.replace("_", " "): in_common(v)
        for k, v in found.items()
        if isinstance(v, list) and k != "pilotes_communs"
    }
    return " ; ".join(f"{k} : {v}" for k, v in common.items()) or said(
        "rien de commun à citer", "nothing in common to quote"
    )
