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

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz
from scipy import sparse

from normalizers.links.matching import match
from normalizers.links.similarity import Comparison
from normalizers.statuses import load_statuses
from normalizers.terms import fold, stem, words
from normalizers.themes import UNKNOWN, expense_category_of, theme_of
from pipeline.exercise_pair import AUTO, SHARED
from pipeline.judgements import chronology, exercise_years
from pipeline.knowledge import Knowledge, read_knowledge, read_lexicon
from pipeline.labelled import (
    SIDES,
    Labelled,
    Row,
    pair_profile,
    read_labelled,
    read_pairs,
    read_rows,
    side,
)
from pipeline.language import said
from pipeline.linking import Links
from pipeline.models import Action
from pipeline.scores import Evaluation, KindScore, best_threshold, calibration, scored

TEXTS = ("label", "objective", "description")
KIND_COLUMNS = ("split", *TEXTS, "theme", "expense_category")


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
        scores.append(scored("filiation", split, AUTO, truth[held], linked[held]))
        for method, values in plain.items():
            from_ = thresholds[method]
            scores.append(scored(method, split, from_, truth[held], values[held] >= from_))
    tested = splits == "test"
    calibrations = {"test": calibration(probability[tested], truth[tested])}
    for path in holdouts:
        split = path.stem.removesuffix("_actions")
        held_out = read_labelled(path, load_statuses(reference_dir / "statuses.csv"))
        p, true, chosen = judged(held_out, held_out.linked(knowledge))
        scores.append(scored("filiation", split, AUTO, true, chosen))
        calibrations[split] = calibration(p, true)
        pairs, true = _next_exercises(held_out)
        for method, from_ in thresholds.items():
            scores.append(scored(method, split, from_, true, PLAIN[method](pairs) >= from_))
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
        for before, after in pairwise(sorted(exercises, key=lambda e: (e[0], chronology(e[1]))))
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
    rows = read_rows(path, KIND_COLUMNS)
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
