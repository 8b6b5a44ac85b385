"""What people decided of pairs of actions: `judgements.csv` brought to the rows it speaks of.

A judgement is keyed on what a person reads (territory, exercise, label), never on row numbers.
One that contradicts another, or that matches nothing any more, is a finding.
"""

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from normalizers.exercises import LONGEST_EXERCISE, YEAR
from normalizers.reference import MalformedError, read_rows
from pipeline.errors import reference_explained
from pipeline.kinds import DecidedBy, Relation, Verdict
from pipeline.models import Action, Finding, Judgement, Link, Territory
from pipeline.store import read_records

Exercise = tuple[int, int]
Key = tuple[str, str, str]
DAY = re.compile(r"^(\d\d)/(\d\d)/(\d{4})$")  # 02/03/2026, as a French sheet shows the 2nd of March
NEARBY = 75  # ratio from which a label may be meant by another


@reference_explained()
def read_judgements(path: Path) -> list[Judgement]:
    """Decisions of `judgements.csv`; an absent file holds none.

    Raises FiliationError with the line of a judgement that cannot be read.
    """
    if not path.exists():
        return []
    judgements = []
    for line, row in enumerate(read_rows(path, list(Judgement.model_fields)), 2):
        row["decided_on"] = DAY.sub(r"\3-\2-\1", row["decided_on"])
        try:
            judgements.append(Judgement.model_validate({k: v or None for k, v in row.items()}))
        except ValidationError as error:
            columns = [str(place) for one in error.errors() for place in one["loc"]]
            wrong = ", ".join(f"{name} « {row[name]} »{_meant(name)}" for name in columns)
            raise MalformedError(
                path, line, f"valeur illisible : {wrong}", f"value not understood: {wrong}"
            ) from error
    return judgements


def _meant(column: str) -> str:
    """What can stand in a column that takes no other text."""
    words = {"judgement": " | ".join(get_args(Verdict)), "decided_on": "2026-03-31"}.get(column)
    return f" ({words})" if words else ""


def written(text: str) -> str:
    """`text` as people hold two writings for the same: spacing, case, quotes and dashes aside."""
    same = unicodedata.normalize("NFKC", text)
    same = re.sub(r"[’‘`´]", "'", same)
    same = re.sub(r"[“”«»]", '"', same)
    same = re.sub(r"[‐‑‒–—−]", "-", same.replace("\u00ad", ""))
    return re.sub(r"\s+", " ", re.sub(r'"\s*([^"]*?)\s*"', r'"\1"', same)).strip().casefold()


def shown_label(action: Action) -> str:
    """What a person reads as the action's name."""
    texts = (action.label, action.objective, action.description, action.reference)
    return next((t for t in texts if t), "")


def told_apart(action: Action, others: Iterable[Action]) -> str:
    """The action's name, with its pilot in brackets where `others` have the same name."""
    name = written(shown_label(action))
    twins = [o for o in others if o is not action and written(shown_label(o)) == name]
    return f"{shown_label(action)} [{action.pilot_raw}]" if twins else shown_label(action)


def exercise_years(exercise: str) -> Exercise | None:
    """(first, last) year of an exercise, or told in a text: '2023-2024' is (2023, 2024); None where
    it has no year."""
    years = [int(y) for y in re.findall(rf"\b{YEAR}\b", exercise)]
    return (min(years), max(years)) if years else None


def chronology(years: Exercise) -> tuple[int, bool, int]:
    """Orders exercises by when they begin; one of more than two years, the period of a convention,
    before those within it."""
    first, last = years
    return first, last - first <= LONGEST_EXERCISE, last


def reading_order(action: Action) -> tuple[object, ...]:
    years = chronology(exercise_years(action.exercise or "") or (0, 0))
    place = (action.document_id, action.page, action.table_id or "", action.row_index or 0)
    return (action.territory_id or "", years, *place, action.action_id)


def names_of(territory: Territory) -> set[str]:
    """All that people may call a territory, as they `written` it."""
    names = (territory.name, territory.short_name, territory.territory_id)
    return {written(name) for name in names if name}


class Decisions:
    """Judgements brought to the rows that they speak of; what matches nothing is a finding."""

    def __init__(
        self,
        actions: Sequence[Action],
        judgements: Sequence[Judgement],
        territories: Sequence[Territory],
    ) -> None:
        self.findings: list[Finding] = []
        self._verdicts: dict[tuple[str, str], Judgement] = {}
        self._conflicts: set[tuple[str, str]] = set()
        if judgements:
            names = {t.territory_id: names_of(t) for t in territories}
            self._rows: dict[Key, list[Action]] = defaultdict(list)
            for action in sorted(actions, key=reading_order):
                for key in self._keys(action, names):
                    self._rows[key].append(action)
            for judgement in judgements:
                self._place(judgement)

    @staticmethod
    def _keys(action: Action, names: Mapping[str, set[str]]) -> set[Key]:
        label = shown_label(action)
        territory = action.territory_id or ""
        places = names.get(territory, set()) | {written(territory)}
        labels = {written(label), written(f"{label} [{action.pilot_raw}]")}
        return {(p, written(action.exercise or ""), x) for p in places for x in labels}

    def _place(self, judgement: Judgement) -> None:
        named = (
            (judgement.left_territory, judgement.left_exercise, judgement.left_label),
            (judgement.right_territory, judgement.right_exercise, judgement.right_label),
        )
        left, right = (
            self._rows.get((written(territory), written(exercise), written(label)), [])
            for territory, exercise, label in named
        )
        pairs = [
            (a.action_id, b.action_id)
            for one in left
            for two in right
            for a, b in [sorted((one, two), key=reading_order)]
            if one.territory_id == two.territory_id
            and exercise_years(one.exercise or "") != exercise_years(two.exercise or "")
        ]
        if not pairs:
            unknown = [
                f"« {label} » ({territory}, {exercise}){self._nearest(territory, exercise, label)}"
                for (territory, exercise, label), rows in zip(named, (left, right), strict=True)
                if not rows
            ]
            why = " et ".join(unknown) if unknown else "deux actions d'exercices différents"
            self._find(
                "judgement_orphan",
                f"Un jugement de judgements.csv ne correspond plus à rien : {why} introuvable. "
                "Corriger l'intitulé ou retirer la ligne.",
                judgement,
            )
        for pair in pairs:
            self._decide(pair, judgement)

    def _decide(self, pair: tuple[str, str], judgement: Judgement) -> None:
        """Keep the first `judgement` on `pair`; one that contradicts it is found."""
        other = self._verdicts.setdefault(pair, judgement)
        if other.judgement != judgement.judgement:
            self._conflicts.add(pair)
            self._find(
                "judgement_conflict",
                f"Deux jugements se contredisent sur « {judgement.left_label} » "
                f"({judgement.left_exercise}) et « {judgement.right_label} » "
                f"({judgement.right_exercise}) : aucun n'est appliqué. Garder le bon.",
                judgement,
                expected=_verdict(other),
                observed=_verdict(judgement),
                action_id=pair[1],
            )

    def _nearest(self, territory: str, exercise: str, label: str) -> str:
        """The label there that is most like `label`, as words to add to a message."""
        there = (written(territory), written(exercise))
        labels = {key[2]: rows[0] for key, rows in self._rows.items() if key[:2] == there}
        found = process.extractOne(
            written(label), list(labels), scorer=fuzz.ratio, score_cutoff=NEARBY
        )
        return f", le plus proche étant « {shown_label(labels[found[0]])} »," if found else ""

    def _find(self, rule: str, message: str, judgement: Judgement, **values: str) -> None:
        content = f"{rule}|{judgement.model_dump_json()}|{values}"
        self.findings.append(
            Finding(
                finding_id=f"{rule}-{hashlib.sha256(content.encode()).hexdigest()[:12]}",
                rule=rule,
                severity="warning",
                message=message,
                **values,  # type: ignore[arg-type]
            )
        )

    def on(self, action_ids: Collection[str]) -> "Decisions":
        """What is decided of these actions."""
        own = Decisions([], [], [])
        own._verdicts = {p: j for p, j in self._verdicts.items() if p[0] in action_ids}
        own._conflicts = {p for p in self._conflicts if p[0] in action_ids}
        return own

    def as_text(self) -> str:
        """The same for equal decisions."""
        said = [[p, j.model_dump_json(), p in self._conflicts] for p, j in self._verdicts.items()]
        return json.dumps(said)

    def settled(self, source: str, target: str) -> bool:
        """A person has spoken on this pair: nothing else decides it."""
        return (source, target) in self._verdicts

    def pairs(self) -> Collection[tuple[str, str]]:
        """The pairs (source, target) that are settled."""
        return self._verdicts.keys()

    def links(self, actions: Sequence[Action]) -> list[Link]:
        """The links among `actions` that people decided."""
        ids = {a.action_id for a in actions}
        positive = [
            pair
            for pair, judgement in self._verdicts.items()
            if judgement.judgement == "positive" and pair not in self._conflicts and pair[0] in ids
        ]
        return [
            certain_link(pair, "human", relation, jugement=_verdict(self._verdicts[pair]))
            for pair, relation in related(positive).items()
        ]


def place_judgements(
    folders: Sequence[Path], judgements: Sequence[Judgement]
) -> tuple[Decisions, list[Decisions]]:
    """`judgements` brought to the rows of the territories in `folders`, and of them what concerns
    each folder's. Only the territories that judgements name are read."""
    named = {written(t) for j in judgements for t in (j.left_territory, j.right_territory)}
    territories: list[Territory] = []
    actions: list[Action] = []
    owners: list[set[str]] = []
    for folder in folders:
        here = read_records(Territory, folder) if judgements else []
        spoken_of = any(n in named for t in here for n in names_of(t))
        found = read_records(Action, folder) if spoken_of else []
        territories += here
        actions += found
        owners.append({action.action_id for action in found})
    decisions = Decisions(actions, judgements, territories)
    return decisions, [decisions.on(ids) for ids in owners]


def _verdict(judgement: Judgement) -> str:
    day = judgement.decided_on.isoformat() if judgement.decided_on else None
    return " · ".join(x for x in (judgement.judgement, judgement.author, day, judgement.note) if x)


def certain_link(
    pair: tuple[str, str],
    decided_by: DecidedBy,
    relation: Relation = "continues",
    **evidence: str | None,
) -> Link:
    """A link (source, target) that a person or a document decides."""
    source, target = pair
    return Link(
        source_action_id=source,
        target_action_id=target,
        relation=relation,
        score=1.0,
        decided_by=decided_by,
        evidence=json.dumps(evidence, ensure_ascii=False),
    )


def related(pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Relation]:
    """Relation of each (source, target): several sources merge, several targets split."""
    sources: dict[str, set[str]] = defaultdict(set)
    targets: dict[str, set[str]] = defaultdict(set)
    for source, target in pairs:
        sources[target].add(source)
        targets[source].add(target)
    return {
        (s, t): "merges"
        if len(sources[t]) > 1
        else "splits"
        if len(targets[s]) > 1
        else "continues"
        for s, t in pairs
    }
