"""Learns the weights of evidence, and says how they fare on territories that they never saw.

    python benchmarks/learn_links.py            # leaves out each territory in turn: figures only
    python benchmarks/learn_links.py --write    # learns on all of them: data/reference

Learns on `tests/golden/learning_actions.csv` (whole territories) and on the `train` split of the
reworded pairs of `action_pairs.csv`; never on `test`, never on `holdout_actions.csv`.

Logistic regression with several choices: each action has at most one partner, or none, among the
actions of the other exercise. A feature counts for a link or against it as its name says, never
the other way about, and weights are kept small.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from normalizers.links.matching import SharedWeights, trios
from normalizers.links.profiles import Profile
from normalizers.links.similarity import AGAINST, FEATURES, Comparison, Pairs
from normalizers.links.spaces import Floats
from normalizers.statuses import load_statuses
from pipeline.evaluate import judged
from pipeline.exercise_pair import AUTO
from pipeline.judgements import exercise_years
from pipeline.knowledge import Knowledge, read_knowledge
from pipeline.labelled import SIDES, Labelled, pair_profile, read_labelled, read_pairs, side
from pipeline.linking import profiles_of

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "data" / "reference"
GOLDEN = ROOT / "tests" / "golden"
L2 = 3.0  # the strongest that costs no F1 left out: fewer wrong links, and milder odds
L2_SHARED = 0.1
LEARNT = ("bias", "gain", "margin", "gap", "faint")  # of what makes a split or merger, as `signs`
BOUNDS = {  # decided by people: how far a sign may count
    "champ": (1.5, None),  # invented look-alikes repeat their sentences more than real ones do
    "phrase": (1.5, 1.5),  # which the learning set hardly has
    "montant": (0.0, 1.2),
    "rappel": (4.0, 4.0),  # which the learning set does not tell
    "suite_dite": (0.0, 2.0),
    "autre_public": (-4.0, -4.0),
    "autre_repere": (-8.0, -8.0),
    "autre_debut": (-2.5, 0.0),
    "autre_fin": (-2.0, 0.0),
}


@dataclass
class Group:
    """Two exercises of one territory: their actions, the measured pairs, which are true."""

    territory: str
    compared: Comparison
    pairs: Pairs
    true: np.ndarray
    open: np.ndarray


def learning_groups(knowledge: Knowledge, labelled: Labelled) -> Iterator[Group]:
    """Every exercise against the next one, and the reworded pairs."""
    exercises: dict[tuple[str, tuple[int, int]], list[str]] = defaultdict(list)
    for action in labelled.actions:
        years = exercise_years(action.exercise or "")
        assert years
        exercises[action.territory_id or "", years].append(action.action_id)
    profiles = profiles_of(labelled.actions, labelled.funding, labelled.pilots, knowledge)
    for before, after in pairwise(sorted(exercises)):
        if before[0] == after[0]:
            yield _group(before[0], exercises[before], exercises[after], profiles, labelled)
    sides: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_pairs(GOLDEN / "action_pairs.csv"):
        if row["split"] == "train" and row["source"] == "reworded":
            sides[row["group"]].append(row)
    for rows in sides.values():
        names = [list(dict.fromkeys(side(r, s) for r in rows)) for s in SIDES]
        both = {repr(a): pair_profile(a, knowledge) for a in (*names[0], *names[1])}
        told = Labelled()
        told.links |= {
            (repr(side(r, "left")), repr(side(r, "right")))
            for r in rows
            if r["verdict"] == "positive"
        }
        yield _group("", *([repr(a) for a in n] for n in names), both, told)


def _group(
    territory: str,
    sources: Sequence[str],
    targets: Sequence[str],
    profiles: dict[str, Profile],
    labelled: Labelled,
) -> Group:
    compared = Comparison([profiles[a] for a in sources], [profiles[a] for a in targets])
    pairs = compared.pairs()
    named = [(sources[i], targets[j]) for i, j in zip(pairs.source, pairs.target, strict=True)]
    return Group(
        territory,
        compared,
        pairs,
        np.array([p in labelled.links for p in named]),
        np.array([p in labelled.open for p in named]),
    )


def learn(groups: Sequence[Group], start: Knowledge) -> Knowledge:
    """The knowledge with the weights that make the links of `groups` likeliest."""
    bounds = [(None, None)]
    for name in FEATURES:
        bounds.append(BOUNDS.get(name, (None, 0.0) if name in AGAINST else (0.0, None)))
    first = np.array([start.bias, *start.weights])
    first = np.clip(
        first,
        [-np.inf if low is None else low for low, _ in bounds],
        [np.inf if high is None else high for _, high in bounds],
    )
    found = minimize(
        _loss,
        first,
        (groups,),
        jac=True,
        bounds=bounds,
        method="L-BFGS-B",
        options={"maxiter": 500},
    ).x
    known = replace(start, bias=float(found[0]), weights=tuple(map(float, found[1:])))
    return replace(known, shared=_learn_shared(groups, known))


def _loss(weights: Floats, groups: Sequence[Group]) -> tuple[float, Floats]:
    """Minus the log-likelihood of each action's choice on either side, and its gradient."""
    total, gradient = 0.0, np.zeros_like(weights)
    for g in groups:
        logits = g.pairs.features @ weights[1:] + weights[0]
        odds = np.exp(np.clip(logits, -30, 30)) * ~g.open
        for place, n in (
            (g.pairs.source, len(g.compared.sources)),
            (g.pairs.target, len(g.compared.targets)),
        ):
            wrong = odds * ~g.true
            none = 1 + np.bincount(place, wrong, n)  # no partner, or a wrong one
            true = np.flatnonzero(g.true)
            of_true = none[place[true]] + odds[true]
            total -= float((logits[true] - np.log(of_true)).sum())
            alone = np.bincount(place, g.true, n) == 0
            total += float(np.log(none[alone]).sum())
            slope = wrong * (np.bincount(place[true], 1 / of_true, n) + alone / none)[place]
            slope[true] -= 1 - odds[true] / of_true
            gradient[0] += slope.sum()
            gradient[1:] += g.pairs.features.T @ slope
    total += L2 * float((weights[1:] ** 2).sum()) / 2
    gradient[1:] += L2 * weights[1:]
    return total, gradient


def _learn_shared(groups: Sequence[Group], known: Knowledge) -> SharedWeights:
    signs, true = [], []
    for g in groups:
        logits = known.logits(g.pairs)
        named = zip(g.pairs.source.tolist(), g.pairs.target.tolist(), g.true, strict=True)
        links = {(i, j) for i, j, t in named if t}
        for trio in trios(g.compared, g.pairs, logits, known.logits):
            signs.append([1.0, *trio.signs])
            true.append(all(p in links for p in trio.places))
    x, y = np.array(signs), np.array(true, dtype=float)

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w
        penalty = L2_SHARED * np.array([0.0, *w[1:]])
        cost = (np.logaddexp(0, z) - y * z).sum() + (penalty * w).sum() / 2
        return float(cost), x.T @ (1 / (1 + np.exp(-z)) - y) + penalty

    bounds = [(None, None), (0, None), (0, None), (None, 0), (0, None)]
    start = np.array([-3, 0.5, 0.5, -0.3, 0.3])
    learnt = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return replace(known.shared, **dict(zip(LEARNT, learnt.tolist(), strict=True)))


def one_left_out(
    groups: Sequence[Group], labelled: Labelled, start: Knowledge
) -> tuple[Floats, np.ndarray, np.ndarray]:
    """Probability, truth and verdict of the pairs of each territory, learnt on the others."""
    found = []
    for territory in sorted({g.territory for g in groups} - {""}):
        known = learn([g for g in groups if g.territory != territory], start)
        kept = Labelled(
            [a for a in labelled.actions if a.territory_id == territory],
            labelled.funding,
            labelled.pilots,
            links={p for p in labelled.links if p[0].startswith(f"{territory}/")},
            open=labelled.open,
        )
        found.append(judged(kept, kept.linked(known)))
    p, true, linked = (np.concatenate(x) for x in zip(*found, strict=True))
    return p, true, linked


def figures(probability: Floats, true: np.ndarray, linked: np.ndarray) -> str:
    """Precision, recall and F1 of what is linked."""
    right = (linked & true).sum()
    precision, recall = right / max(linked.sum(), 1), right / true.sum()
    f1 = 2 * precision * recall / (precision + recall)
    wrong = np.sort(probability[linked & ~true])[::-1].round(2).tolist()
    return f"précision {precision:.3f}, rappel {recall:.3f}, F1 {f1:.3f} (à tort : {wrong})"


def write(knowledge: Knowledge, links: int, said: str, path: Path) -> None:
    """`link_weights.csv`, with what the figures mean."""
    note = (
        "log-cotes d'une paire sans rien de commun. Poids appris par benchmarks/learn_links.py sur "
        f"{links} liens de onze territoires (un réel, dix inventés) et des paires reformulées. En "
        f"laissant chaque territoire de côté à son tour, au seuil {AUTO:.2f} : {said}. Chiffre "
        "optimiste : critères et notions ont été choisis en regardant ces mêmes territoires"
    )
    rows = [("bias", knowledge.bias, note)]
    rows += [
        (name, weight, "borné à la main" if name in BOUNDS else "appris")
        for name, weight in zip(FEATURES, knowledge.weights, strict=True)
    ]
    told = {
        "bias": "scission ou fusion : log-cotes de départ, apprises sur peu de cas",
        "gain": "ce que gagnent les deux parties lues ensemble",
        "margin": "préférence des parties pour ce tout",
        "gap": "écart entre les deux parties",
        "faint": "log-cotes de la partie la plus faible",
        "said": "la ligne la plus récente dit la scission ou la fusion ; décidé à la main",
        "adds": "les crédits des deux parties font exactement ceux du tout et aucune autre paire "
        "ne les fait ; décidé à la main",
        "alone": "une des deux parties a seule l'intitulé du tout, ou son nom propre, et peut en "
        "être toute la suite ; décidé à la main",
    }
    rows += [(f"partage_{k}", getattr(knowledge.shared, k), told[k]) for k in told]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("feature", "weight", "notes"))
        out.writerows((name, round(weight, 3), text) for name, weight, text in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    start = read_knowledge(REFERENCE)
    statuses = load_statuses(REFERENCE / "statuses.csv")
    labelled = read_labelled(GOLDEN / "learning_actions.csv", statuses)
    groups = list(learning_groups(start, labelled))
    write_it = parser.parse_args().write
    known = learn(groups, start)
    print("appris et jugé sur tous :", figures(*judged(labelled, labelled.linked(known))))
    said = figures(*one_left_out(groups, labelled, start))
    print("chacun de côté à son tour :", said)
    if write_it:
        write(known, len(labelled.links), said.partition(" (")[0], REFERENCE / "link_weights.csv")


if __name__ == "__main__":
    main()
