"""From how much pairs look alike to who carries on whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csgraph

from normalizers.similarity import Floats, Ints, Pairs

MESSAGES = 50
NEGLIGIBLE = 0.01


@dataclass(frozen=True)
class Match:
    """Pair number `pair` of those measured, with the probability that it is a true link."""

    pair: int
    source: int
    target: int
    probability: float
    chosen: bool
    relation: Literal["continues", "splits", "merges"]


def match(sources: int, targets: int, pairs: Pairs, logits: Floats) -> Iterator[Match]:
    """Every measured pair with its probability; `chosen` in the best one-to-one assignment."""
    if not len(logits):
        return
    probability = rivalry(sources, targets, pairs.source, pairs.target, logits)
    chosen = assignment(sources, targets, pairs.source, pairs.target, probability)
    for k in np.lexsort((pairs.target, pairs.source)):
        yield Match(
            int(k),
            int(pairs.source[k]),
            int(pairs.target[k]),
            float(probability[k]),
            bool(chosen[k]),
            "continues",
        )


def rivalry(sources: int, targets: int, i: Ints, j: Ints, logits: Floats) -> Floats:
    """Probability of each pair when an action has at most one partner on the other side.

    A pair's own odds are exp(logit); every rival pair takes its share. Marginals of the
    one-to-one matching, by belief propagation.
    """
    odds = np.exp(np.clip(logits, -30, 12))
    to_target, to_source = np.ones(len(odds)), np.ones(len(odds))
    for _ in range(MESSAGES):
        back, forth = odds * to_source, odds * to_target
        row = np.bincount(i, back, sources)[i] - back
        column = np.bincount(j, forth, targets)[j] - forth
        to_target = (to_target + 1 / (1 + np.maximum(row, 0))) / 2
        to_source = (to_source + 1 / (1 + np.maximum(column, 0))) / 2
    joint = odds * to_target * to_source
    return np.asarray(joint / (1 + joint))


def assignment(
    sources: int, targets: int, i: Ints, j: Ints, probability: Floats
) -> NDArray[np.bool_]:
    """The one-to-one choice of pairs with the greatest total probability."""
    chosen = np.zeros(len(i), dtype=bool)
    alive = np.flatnonzero(probability >= NEGLIGIBLE)
    graph = sparse.coo_array(
        (np.ones(len(alive)), (i[alive], j[alive] + sources)), shape=(sources + targets,) * 2
    )
    _, component = csgraph.connected_components(graph, directed=False)
    of_pair = component[i[alive]]
    order = np.argsort(of_pair, kind="stable")
    for together in np.split(alive[order], np.flatnonzero(np.diff(of_pair[order])) + 1):
        rows, row = np.unique(i[together], return_inverse=True)
        columns, column = np.unique(j[together], return_inverse=True)
        table = np.zeros((len(rows), len(columns)))
        table[row, column] = probability[together]
        partner = dict(zip(*linear_sum_assignment(-table), strict=True))
        chosen[together] = [partner.get(r) == c for r, c in zip(row, column, strict=True)]
    return chosen
