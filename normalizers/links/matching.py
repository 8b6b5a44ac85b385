"""From how much pairs look alike to who carries on whom."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, groupby
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csgraph

from normalizers.links.profiles import Profile, joined
from normalizers.links.similarity import Comparison, Pairs
from normalizers.links.spaces import Floats, Ints

MESSAGES = 50
SETTLED = 1e-8
NEGLIGIBLE = 0.01
PARTNERS = 4  # how many partners of an action may be thought to share it
FAINTEST = -1.2  # logit below which a pair takes no part in a split or merger
MARGIN = 3.0
PASSED_OVER = 2.0  # of logit: two parts leave out no partner of their whole that is so much better
GAIN = 3.0  # more than this a union gains nothing

SURE = 0.9  # from here a link teaches how the two exercises relate
SETTLED_ELSEWHERE = 0.5  # from here a part has another partner
DOUBTFUL = 0.2  # from here a split or merger is worth a person's look

Score = Callable[[Pairs], Floats]
Habits = Callable[[Ints, Ints], Floats]


@dataclass(frozen=True)
class Match:
    """A pair of indices, the probability of a link, and whether it stands in the best solution."""

    source: int
    target: int
    features: Floats
    probability: float
    chosen: bool
    relation: Literal["continues", "splits", "merges"]


@dataclass(frozen=True)
class Trio:
    """One action on a side, two on the other, that may be the same matter."""

    whole: int
    parts: tuple[int, int]
    splits: bool
    strong: float
    faint: float
    margin: float
    gain: float = 0.0
    said: bool = False
    adds: bool = False
    alone: bool = False

    @property
    def signs(self) -> tuple[float, ...]:
        """In the order of SharedWeights after its bias."""
        return self.gain, self.margin, self.strong - self.faint, self.faint

    @property
    def places(self) -> list[tuple[int, int]]:
        """Its two links as (source, target)."""
        return [(self.whole, p) if self.splits else (p, self.whole) for p in self.parts]


@dataclass(frozen=True)
class SharedWeights:
    """How much each sign of a split or merger counts.

    `gain`: logit of the two parts read as one, less that of the better part alone;
    `margin`: by how much each part prefers this whole to any other (at most 3);
    `gap`: by how much one part is better than the other; `faint`: logit of the fainter part;
    `said`: the later row, or one of them, says that it was merged, or split;
    `adds`: what the AMI pays for the parts, and for no other two, is what it pays for the whole;
    `alone`: one part alone has the label of the whole, or its name, and may be all of it.
    """

    bias: float
    gain: float
    margin: float
    gap: float
    faint: float
    said: float
    adds: float
    alone: float

    def probability(self, trio: Trio) -> float:
        """That the trio is one matter."""
        slopes = (self.gain, self.margin, self.gap, self.faint)
        z = self.bias + sum(w * s for w, s in zip(slopes, trio.signs, strict=True))
        z += self.said * trio.said + self.adds * trio.adds + self.alone * trio.alone
        return 1 / (1 + math.exp(-z))


def match(
    compared: Comparison,
    pairs: Pairs,
    score: Score,
    shared: SharedWeights,
    sure: float,
    habits: Habits | None = None,
) -> Iterator[Match]:
    """Every pair that is not hopeless, with its probability after rivals took their share.

    Splits and mergers that are at least `sure` go first; the rest is the one-to-one assignment
    with the greatest total probability. The pairs of a doubtful split or merger that are not
    chosen are as probable as it is. `habits` takes the surest pairs (indices of sources, of
    targets) and gives what they teach on each of `pairs`, in log-odds.
    """
    if not len(pairs.source):
        return
    logits = score(pairs)
    n, m = len(compared.sources), len(compared.targets)
    found = _shared_matters(compared, pairs, logits, score, shared, DOUBTFUL)
    certain_trios, doubtful = _parted(found, sure)
    for probability, trio in certain_trios:
        relation: Literal["splits", "merges"] = "splits" if trio.splits else "merges"
        for one, other in trio.places:
            row = np.flatnonzero((pairs.source == one) & (pairs.target == other))[0]
            yield Match(one, other, pairs.features[row], probability, True, relation)
    places = [place for _, trio in certain_trios for place in trio.places]
    used = np.isin(pairs.source, [a for a, _ in places])
    used |= np.isin(pairs.target, [b for _, b in places])
    free = np.flatnonzero(~used)
    i, j = pairs.source[free], pairs.target[free]
    likely = rivalry(n, m, i, j, logits[free])
    if habits:
        certain = likely >= SURE
        likely = rivalry(n, m, i, j, logits[free] + habits(i[certain], j[certain])[free])
    chosen = assignment(n, m, i, j, likely)
    shown = _with_doubtful(doubtful, i, j, likely, chosen)
    for k in np.flatnonzero(shown >= NEGLIGIBLE):
        yield Match(
            int(i[k]),
            int(j[k]),
            pairs.features[free[k]],
            float(shown[k]),
            bool(chosen[k]),
            "continues",
        )


def _parted(
    found: Iterable[tuple[float, Trio]], sure: float
) -> tuple[list[tuple[float, Trio]], list[tuple[float, Trio]]]:
    """The splits and mergers `found` that are at least `sure`, none of which shares an action with
    a surer one, and those in doubt that share none with these."""
    certain, doubtful = [], []
    sources, targets = set[int](), set[int]()
    for probability, trio in found:
        if any(a in sources or b in targets for a, b in trio.places):
            continue
        if probability < sure:
            doubtful.append((probability, trio))
            continue
        certain.append((probability, trio))
        sources |= {a for a, _ in trio.places}
        targets |= {b for _, b in trio.places}
    return certain, doubtful


def _with_doubtful(
    doubtful: Iterable[tuple[float, Trio]],
    i: Ints,
    j: Ints,
    likely: Floats,
    chosen: NDArray[np.bool_],
) -> Floats:
    """How probable the pairs of sources `i` and targets `j` are shown to be: those not `chosen` as
    much as a `doubtful` split or merger of which no part is settled elsewhere."""
    shown = likely.copy()
    wholes = {True: i, False: j}  # of splits, of mergers
    for probability, trio in doubtful:
        whole, part = wholes[trio.splits], wholes[not trio.splits]
        elsewhere = chosen & (likely >= SETTLED_ELSEWHERE) & (whole != trio.whole)
        if not np.isin(part[elsewhere], trio.parts).any():
            beside = (whole == trio.whole) & np.isin(part, trio.parts) & ~chosen
            shown[beside] = np.maximum(shown[beside], probability)
    return shown


def trios(
    compared: Comparison,
    pairs: Pairs,
    logits: Floats,
    score: Score,
    hopeful: Callable[[Trio], bool] = lambda _: True,
) -> Iterator[Trio]:
    """Possible splits and mergers that are `hopeful` before what they gain is known, with what
    the two parts gain when they are read as one (at most GAIN)."""
    for splits in (True, False):
        sides = (pairs.source, pairs.target) if splits else (pairs.target, pairs.source)
        near, far = compared.sources, compared.targets
        whole, part = (near, far) if splits else (far, near)
        twos = _sums_of_two(part)
        told = (
            replace(
                t,
                said=_is_said(t, far),
                adds=twos.get(whole[t.whole].amount) == tuple(sorted(t.parts)),
                alone=_is_alone(whole[t.whole], *(part[k] for k in t.parts)),
            )
            for t in _trios(*sides, logits, splits)
        )
        found = [t for t in told if hopeful(t)]
        wholes = [whole[t.whole] for t in found]
        unions = [joined(part[t.parts[0]], part[t.parts[1]]) for t in found]
        one, other = (wholes, unions) if splits else (unions, wholes)
        each = np.arange(len(found))
        together = Pairs(each, each, compared.measured(one, other, each, each))
        for trio, logit in zip(found, score(together), strict=True):
            yield replace(trio, gain=min(float(logit) - trio.strong, GAIN))


def _sums_of_two(parts: Sequence[Profile]) -> dict[Decimal | None, tuple[int, int]]:
    """What two of `parts`, and no other two, have together."""
    paid = [(k, p.amount) for k, p in enumerate(parts) if p.amount]
    pairs: dict[Decimal | None, list[tuple[int, int]]] = defaultdict(list)
    for (i, one), (j, two) in combinations(paid, 2):
        pairs[one + two].append((i, j))
    return {amount: found[0] for amount, found in pairs.items() if len(found) == 1}


def _is_said(trio: Trio, targets: Sequence[Profile]) -> bool:
    """Does a later row say that it is a part of an earlier action, or what several became?"""
    if trio.splits:
        return any("splits" in targets[part].shared for part in trio.parts)
    return "merges" in targets[trio.whole].shared


def _is_alone(whole: Profile, one: Profile, other: Profile) -> bool:
    """Has one of two parts alone the label of the whole, or the name in it, the other its own?"""
    parts = (one, other)
    same = [{*part.fields[0]} == {*whole.fields[0]} for part in parts]
    names = whole.marks.names
    named = [bool(names & part.marks.names) for part in parts]
    return sum(same) == 1 or (sum(named) == 1 and all(part.marks.names for part in parts))


def _shared_matters(
    compared: Comparison,
    pairs: Pairs,
    logits: Floats,
    score: Score,
    weights: SharedWeights,
    least: float,
) -> list[tuple[float, Trio]]:
    """Splits and mergers that are at least so probable, best first."""

    def hopeful(trio: Trio) -> bool:
        return weights.probability(replace(trio, gain=GAIN)) >= least

    found = trios(compared, pairs, logits, score, hopeful)
    rated = [(weights.probability(trio), trio) for trio in found]
    return sorted(
        (f for f in rated if f[0] >= least),
        key=lambda f: (-f[0], f[1].splits, f[1].whole, f[1].parts),
    )


def _trios(whole: Ints, part: Ints, logits: Floats, splits: bool) -> Iterator[Trio]:
    """Pairs of parts that both prefer one whole to any other, and pass over none that does so
    by far more."""
    second = _second_best(part, logits)
    alive = np.flatnonzero((logits >= FAINTEST) & (logits > second))
    by_whole = alive[np.lexsort((part[alive], -logits[alive], whole[alive]))]
    for _, group in groupby(by_whole, key=lambda k: int(whole[k])):
        partners = list(group)[:PARTNERS]
        for one, two in combinations(partners, 2):
            if logits[partners[0]] - logits[one] > PASSED_OVER:
                continue
            margin = min(logits[k] - second[k] for k in (one, two))
            yield Trio(
                whole=int(whole[one]),
                parts=(int(part[one]), int(part[two])),
                splits=splits,
                strong=float(logits[one]),
                faint=float(logits[two]),
                margin=min(float(margin), MARGIN),
            )


def _second_best(part: Ints, logits: Floats) -> Floats:
    """For each pair the best logit that its part has with another whole; -20 without any."""
    best = np.full(int(part.max(initial=-1)) + 1, -20.0)
    np.maximum.at(best, part, logits)
    runner = np.full(len(best), -20.0)
    below = logits < best[part]
    np.maximum.at(runner, part[below], logits[below])
    return np.where(below, best[part], runner[part])


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
        target_step = (1 / (1 + np.maximum(row, 0)) - to_target) / 2
        source_step = (1 / (1 + np.maximum(column, 0)) - to_source) / 2
        to_target, to_source = to_target + target_step, to_source + source_step
        if max(np.abs(step).max(initial=0.0) for step in (target_step, source_step)) < SETTLED:
            break
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
