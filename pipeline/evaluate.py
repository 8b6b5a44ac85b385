"""How good the matcher is on labelled pairs, beside two plain ways of doing it.

A pair belongs to a group (two exercises of one territory): the group is linked as a whole, then
each labelled pair is compared with its verdict. The plain methods look at one pair at a time, with
the threshold that is best on the `train` split; figures are to be read on the `test` split.

The splits `holdout`, `strangers` and `newcomers` are files of whole territories through their
exercises, with the origins of each action, that nothing was learnt from. They are linked as real
ones are; the plain methods see the pairs of an exercise and the next.

Theme and expense category are held against what people say of actions; where they hesitate, any
of their answers is right.
"""

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz
from scipy import sparse

from normalizers.links.matching import match
from normalizers.links.mentions import mentions
from normalizers.links.profiles import Profile, profile
from normalizers.links.similarity import Comparison
from normalizers.statuses import StatusPattern, load_statuses, read_status
from normalizers.terms import fold, stem, words
from normalizers.themes import UNKNOWN, expense_category_of, theme_of
from pipeline.errors import FiliationError
from pipeline.exercise_pair import AUTO, SHARED
from pipeline.extracted import Model
from pipeline.judgements import exercise_years
from pipeline.knowledge import Knowledge, read_knowledge, read_lexicon
from pipeline.language import said
from pipeline.linking import Links, link_actions
from pipeline.models import Action, ActionPilot, Funding, Mention

SIDES = ("left", "right")
FIELDS = ("reference", "pilot", "label", "objective", "description", "indicators", "amount")
COLUMNS = (
    "group",
    "split",
    "source",
    "kind",
    "verdict",
    *(f"{side}_{name}" for side in SIDES for name in FIELDS),
)
ACTION_COLUMNS = (
    "territory",
    "exercise",
    "key",
    "carries_on",
    "funded",
    "pilot",
    "reference",
    "label",
    "objective",
    "description",
    "indicators",
    "status",
    "ami_eur",
)
TEXTS = ("label", "objective", "description")
AS_WRITTEN = ("exercise", "reference", "label", "objective", "description", "indicators")
KIND_COLUMNS = ("split", *TEXTS, "theme", "expense_category")
BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)

Row = dict[str, str]
Pair = tuple[str, str]


class Score(Model):
    """Precision, recall and F1 of one method on one split; `threshold` is what it links from."""

    method: str
    split: str
    threshold: float
    pairs: int
    precision: float
    recall: float
    f1: float


class Bin(Model):
    """Pairs that were given a probability in [low, high): how many, and how many were true."""

    low: float
    high: float
    pairs: int
    mean_probability: float
    true_share: float


class KindScore(Model):
    """How well 'theme' or 'expense_category' is told: share of answers that are right, share of
    the actions that have one which are told rightly."""

    what: str
    split: str
    actions: int
    precision: float
    coverage: float


class Evaluation(Model):
    """All that `filiation evaluate` says; `calibration` by split."""

    scores: list[Score]
    kinds: list[KindScore]
    calibration: dict[str, list[Bin]]
    mistakes: list[str]

    def as_text(self) -> str:
        """The report as plain text tables."""
        lines = [
            said(
                "méthode            jeu       seuil  paires  précision  rappel  F1",
                "method             split     from   pairs   precision  recall  F1",
            )
        ]
        lines += [
            f"{s.method:<18} {s.split:<9} {s.threshold:<6.2f} {s.pairs:<7} {s.precision:<10.3f} "
            f"{s.recall:<7.3f} {s.f1:.3f}"
            for s in self.scores
        ]
        for split, bins in self.calibration.items():
            lines += [
                "",
                said(
                    f"probabilité   paires  moyenne  part de vraies ({split})",
                    f"probability   pairs   mean     share of true ones ({split})",
                ),
            ]
            lines += [
                f"{b.low:.2f} – {b.high:.2f}   {b.pairs:<7} {b.mean_probability:<8.3f} "
                f"{b.true_share:.3f}"
                for b in bins
            ]
        if self.kinds:
            lines += [
                "",
                said(
                    "classement         jeu       actions  précision  couverture",
                    "classification     split     actions  precision  coverage",
                ),
            ]
        lines += [
            f"{k.what:<18} {k.split:<9} {k.actions:<8} {k.precision:<10.3f} {k.coverage:.3f}"
            for k in self.kinds
        ]
        return "\n".join([*lines, "", *self.mistakes]).rstrip() + "\n"


@dataclass
class Labelled:
    """Actions as `normalize` gives them, and the true links between them.

    `open` are pairs that may be linked or not: nobody can tell.
    """

    actions: list[Action] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)
    pilots: list[ActionPilot] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    links: set[Pair] = field(default_factory=set)
    open: set[Pair] = field(default_factory=set)

    def linked(self, knowledge: Knowledge) -> Links:
        """What `link` makes of the actions."""
        return link_actions(
            self.actions, self.funding, self.pilots, self.mentions, [], [], knowledge
        )


def evaluate(
    pairs_csv: Path,
    reference_dir: Path,
    holdouts: Sequence[Path] = (),
    kinds_csv: Path | None = None,
) -> Evaluation:
    """Score the matcher and the two plain methods on the labelled pairs of `pairs_csv` and on the
    territories of `holdouts` ('strangers_actions.csv' is split `strangers`), and what tells themes
    and expense categories on `kinds_csv`.

    Raises FiliationError when a column is missing.
    """
    rows = read_pairs(pairs_csv)
    truth = np.array([r["verdict"] == "positive" for r in rows])
    splits = np.array([r["split"] for r in rows])
    knowledge = read_knowledge(reference_dir)
    probability, linked = _filiation(rows, knowledge)
    scores = []
    seen = splits == "train"
    plain = {name: method(rows) for name, method in PLAIN.items()}
    thresholds = {name: best_threshold(v[seen], truth[seen]) for name, v in plain.items()}
    for split in ("train", "test"):
        held = splits == split
        scores.append(_scored("filiation", split, AUTO, truth[held], linked[held]))
        for method, values in plain.items():
            from_ = thresholds[method]
            scores.append(_scored(method, split, from_, truth[held], values[held] >= from_))
    tested = splits == "test"
    calibrations = {"test": calibration(probability[tested], truth[tested])}
    for path in holdouts:
        split = path.stem.removesuffix("_actions")
        held_out = read_labelled(path, load_statuses(reference_dir / "statuses.csv"))
        p, true, chosen = judged(held_out, held_out.linked(knowledge))
        scores.append(_scored("filiation", split, AUTO, true, chosen))
        calibrations[split] = calibration(p, true)
        pairs, true = _next_exercises(held_out)
        for method, from_ in thresholds.items():
            scores.append(_scored(method, split, from_, true, PLAIN[method](pairs) >= from_))
    return Evaluation(
        scores=scores,
        kinds=_kind_scores(kinds_csv, reference_dir) if kinds_csv else [],
        calibration=calibrations,
        mistakes=[
            f"{said('à tort ', 'wrong  ') if linked[k] else said('manqué ', 'missed ')} "
            f"p={probability[k]:.2f}  "
            f"{rows[k]['left_label']}  →  {rows[k]['right_label']}"
            for k in np.flatnonzero(tested & (linked != truth))
        ],
    )


def read_pairs(path: Path) -> list[Row]:
    """The labelled pairs; raises FiliationError when a column is missing."""
    return _rows(path, COLUMNS)


def _rows(path: Path, columns: Sequence[str]) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := set(columns) - set(reader.fieldnames or ()):
            absent = ", ".join(sorted(missing))
            raise FiliationError(
                f"{path.name} : colonne absente : {absent}",
                f"{path.name}: column missing: {absent}",
            )
        return list(reader)


def read_labelled(path: Path, statuses: Sequence[StatusPattern]) -> Labelled:
    """The actions of `path`: one a row, `carries_on` the keys (in its territory) of its origins,
    with a question mark where nobody can tell. What a column `comment`, where there is one, says
    of an action's origin or continuation is heard.

    Raises FiliationError when a column is missing or an origin is unknown.
    """
    found = Labelled()
    rows = _rows(path, ACTION_COLUMNS)
    known = {(r["territory"], r["key"]) for r in rows}
    for place, row in enumerate(rows):
        action_id = f"{row['territory']}/{row['key']}"
        own: dict[str, object] = {
            "action_id": action_id,
            "document_id": f"{row['territory']}/{row['exercise']}",
            "territory_id": row["territory"],
            "table_id": f"{row['territory']}/{row['exercise']}/{row['funded']}",
            "row_index": place,
            "funded": row["funded"] == "true",
            "pilot_raw": row["pilot"] or None,
            "status_raw": row["status"] or None,
            "status": read_status(row["status"], statuses),
            "page": 1,
        }
        as_written = {name: row[name] or None for name in AS_WRITTEN}
        found.actions.append(Action.model_validate(own | as_written))
        found.pilots += [
            ActionPilot(action_id=action_id, organisation_id=fold(name))
            for name in row["pilot"].split(" / ")
            if name
        ]
        for told in mentions(row.get("comment", "")):
            said_of = {"kind": told.kind, "reference": told.reference, "name": told.name}
            mention = {"action_id": action_id, "quote": told.quote, "page": 1, **said_of}
            found.mentions.append(Mention.model_validate(mention))
        if row["ami_eur"]:
            sum_: dict[str, object] = {
                "action_id": action_id,
                "funder": "AMI",
                "stage": "granted",
                "amount_eur": row["ami_eur"],
                "raw": row["ami_eur"],
                "page": 1,
            }
            found.funding.append(Funding.model_validate(sum_))
        for written in row["carries_on"].split():
            origin = written.rstrip("?")
            if (row["territory"], origin) not in known:
                unknown = f"{row['territory']}, {origin}"
                raise FiliationError(
                    f"{path.name} : origine inconnue : {unknown}",
                    f"{path.name}: unknown origin: {unknown}",
                )
            kind = found.links if origin == written else found.open
            kind.add((f"{row['territory']}/{origin}", action_id))
    return found


def judged(labelled: Labelled, found: Links) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every pair that is linked, doubtful or true: probability, truth, whether it is linked."""
    linked = {(x.source_action_id, x.target_action_id): x.score for x in found.links}
    doubtful = {(x.source_action_id, x.target_action_id): x.score for x in found.candidates}
    pairs = sorted({*linked, *doubtful, *labelled.links} - labelled.open)
    probability = [linked.get(p, doubtful.get(p, 0.0)) for p in pairs]
    return (
        np.array(probability),
        np.array([p in labelled.links for p in pairs]),
        np.array([p in linked for p in pairs]),
    )


def _next_exercises(labelled: Labelled) -> tuple[list[Row], np.ndarray]:
    """Every action beside every one of the next exercise of its territory, and which are true."""
    exercises: dict[tuple[str, tuple[int, int]], list[Action]] = defaultdict(list)
    for action in labelled.actions:
        if years := exercise_years(action.exercise or ""):
            exercises[action.territory_id or "", years].append(action)
    pairs = [
        (one, two)
        for before, after in pairwise(sorted(exercises))
        if before[0] == after[0]
        for one in exercises[before]
        for two in exercises[after]
        if (one.action_id, two.action_id) not in labelled.open
    ]
    rows = [
        {
            f"{side}_{name}": getattr(action, name) or ""
            for side, action in zip(SIDES, pair, strict=True)
            for name in TEXTS
        }
        for pair in pairs
    ]
    true = [(one.action_id, two.action_id) in labelled.links for one, two in pairs]
    return rows, np.array(true, dtype=bool)


def _kind_scores(path: Path, reference_dir: Path) -> list[KindScore]:
    """Theme and expense category of the actions of `path`, by split."""
    themes = read_lexicon(reference_dir / "themes.csv", "theme")
    categories = read_lexicon(reference_dir / "expense_categories.csv", "category")
    found = []
    rows = _rows(path, KIND_COLUMNS)
    for split in dict.fromkeys(row["split"] for row in rows):
        group = [row for row in rows if row["split"] == split]
        texts = [[row[name] for name in TEXTS] for row in group]
        for what, told in (
            ("theme", [theme_of(t, themes) or "" for t in texts]),
            ("expense_category", [expense_category_of(t, categories) for t in texts]),
        ):
            nothing = {"", UNKNOWN}
            answers = [set(row[what].split(";")) - nothing for row in group]
            right = sum(one in answer for one, answer in zip(told, answers, strict=True))
            found.append(
                KindScore(
                    what=what,
                    split=split,
                    actions=len(group),
                    precision=right / max(sum(one not in nothing for one in told), 1),
                    coverage=right / max(sum(map(bool, answers)), 1),
                )
            )
    return found


def _filiation(rows: Sequence[Row], knowledge: Knowledge) -> tuple[np.ndarray, np.ndarray]:
    """Probability of each pair, and whether it is linked, each group linked as a whole."""
    probability, linked = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    groups: dict[str, list[int]] = defaultdict(list)
    for k, row in enumerate(rows):
        groups[row["group"]].append(k)
    for members in groups.values():
        sides = [list(dict.fromkeys(side(rows[k], s) for k in members)) for s in SIDES]
        left, right = ([pair_profile(a, knowledge) for a in group] for group in sides)
        place = {
            (sides[0].index(side(rows[k], "left")), sides[1].index(side(rows[k], "right"))): k
            for k in members
        }
        compared = Comparison(left, right)
        for found in match(compared, compared.pairs(), knowledge.logits, knowledge.shared, SHARED):
            row_number = place.get((found.source, found.target))
            if row_number is not None:
                probability[row_number] = found.probability
                linked[row_number] = found.chosen and found.probability >= AUTO
    return probability, linked


def side(row: Row, which: str) -> tuple[str, ...]:
    """What a labelled pair says of its 'left' or 'right' action, in FIELDS order."""
    return tuple(row[f"{which}_{name}"] for name in FIELDS)


def pair_profile(values: tuple[str, ...], knowledge: Knowledge) -> Profile:
    """The action that `side` gives, made comparable."""
    action = dict(zip(FIELDS, values, strict=True))
    return profile(
        action,
        {fold(action["pilot"])} if action["pilot"] else set(),
        Decimal(action["amount"]) if action["amount"] else None,
        knowledge.acronyms,
        knowledge.concepts,
    )


def _token_set(rows: Sequence[Row]) -> np.ndarray:
    return np.array(
        [fuzz.token_set_ratio(fold(r["left_label"]), fold(r["right_label"])) / 100 for r in rows]
    )


def _tf_idf(rows: Sequence[Row]) -> np.ndarray:
    """Cosine of the whole texts, words weighed by how few of all texts use them."""
    texts = [
        [stem(w) for name in ("label", "objective", "description") for w in words(r[f"{s}_{name}"])]
        for s in SIDES
        for r in rows
    ]
    index = {w: k for k, w in enumerate(sorted({w for t in texts for w in t}))}
    counts = sparse.lil_array((len(texts), len(index)))
    for k, text in enumerate(texts):
        for word in text:
            counts[k, index[word]] += 1
    table = counts.tocsr()
    rarity = np.log(len(texts) / np.maximum(1, np.asarray((table > 0).sum(axis=0)).ravel()))
    weighed = table.multiply(rarity).tocsr()
    norms = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    n = len(rows)
    dots = np.asarray(weighed[:n].multiply(weighed[n:]).sum(axis=1)).ravel()
    return np.asarray(dots / np.maximum(norms[:n] * norms[n:], 1e-9))


PLAIN = {"token_set_ratio": _token_set, "tf-idf cosinus": _tf_idf}


def best_threshold(values: np.ndarray, truth: np.ndarray) -> float:
    """The value from which calling pairs true gives the best F1."""
    return float(max(np.unique(values), key=lambda t: _prf(truth, values >= t)[2]))


def _scored(
    method: str, split: str, threshold: float, truth: np.ndarray, said: np.ndarray
) -> Score:
    precision, recall, f1 = _prf(truth, said)
    return Score(
        method=method,
        split=split,
        threshold=threshold,
        pairs=len(truth),
        precision=precision,
        recall=recall,
        f1=f1,
    )


def _prf(truth: np.ndarray, said: np.ndarray) -> tuple[float, float, float]:
    right = float((truth & said).sum())
    precision = right / said.sum() if said.any() else 0.0
    recall = right / truth.sum() if truth.any() else 0.0
    total = precision + recall
    return float(precision), float(recall), float(2 * precision * recall / total if total else 0.0)


def calibration(probability: np.ndarray, truth: np.ndarray) -> list[Bin]:
    """For each band of probability: how many pairs, their mean probability, the share of true."""
    bins = []
    for low, high in pairwise(BINS):
        inside = (probability >= low) & ((probability < high) | (high == BINS[-1]))
        if inside.any():
            bins.append(
                Bin(
                    low=low,
                    high=high,
                    pairs=int(inside.sum()),
                    mean_probability=float(probability[inside].mean()),
                    true_share=float(truth[inside].mean()),
                )
            )
    return bins
