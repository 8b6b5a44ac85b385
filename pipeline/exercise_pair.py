"""Two exercises of a territory held against each other: their links, and the pairs in doubt."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from normalizers.links.habits import Habits
from normalizers.links.matching import match
from normalizers.links.profiles import Profile
from normalizers.links.similarity import FEATURES, UNDERWAY, Comparison, Pairs
from normalizers.links.spaces import Floats
from normalizers.references import reference_key
from pipeline.knowledge import Knowledge
from pipeline.models import Action, CandidatePair, Link
from pipeline.said_of import is_called_new

AUTO = 0.55
SHARED = 0.9  # a split or a merger makes two claims at once
AUTO_AFTER_GAP = 0.9
QUEUE = 0.05
GAP = 1.5  # what a year without trace takes off the log-odds

Sign = Callable[[int, int], bool]  # of a source and a target, by their places


def link_exercises(
    sources: Sequence[Action],
    targets: Sequence[Action],
    taken: tuple[AbstractSet[str], AbstractSet[str]],
    finished: AbstractSet[str],
    profiles: Mapping[str, Profile],
    settled: AbstractSet[tuple[str, str]],
    knowledge: Knowledge,
    after_gap: bool,
) -> tuple[list[Link], list[CandidatePair]]:
    """Links and doubtful pairs between earlier `sources` and `targets` of one later exercise.

    The sources and targets `taken` are linked already, and only tell what words are worth: what is
    decided of one action does not change how others look alike. Pairs that are `settled`, linked
    or judged, are no question any more. A source that an act tells to be `finished`, as a target
    that is called new, is linked by no likeness.

    A year without trace (`after_gap`) makes a link less likely, and asks for more certainty.
    Where the surest links show that both exercises number their actions alike, the same
    reference counts as evidence; elsewhere it means nothing.
    """
    free = [
        np.array([a.action_id not in linked for a in side], dtype=bool)
        for side, linked in zip((sources, targets), taken, strict=True)
    ]
    if not all(side.any() for side in free):
        return [], []
    both = _Both(sources, targets, profiles)

    def score(measured: Pairs) -> Floats:
        return knowledge.logits(measured) - (GAP if after_gap else 0.0)

    compared = Comparison(both.left, both.right)
    pairs = both.open(compared.pairs(*free), settled)
    habits = Habits(pairs, [a.reference for a in sources], [a.reference for a in targets])
    certain = AUTO_AFTER_GAP if after_gap else AUTO
    over = {k for k, a in enumerate(sources) if a.action_id in finished}
    linked, queue = [], []
    for one in match(compared, pairs, score, knowledge.shared, SHARED, habits):
        if one.probability < QUEUE:
            continue
        pair = both.pair(one.source, one.target, one.probability, one.features)
        told_apart = one.source in over or one.target in both.called_new
        if one.chosen and one.probability >= certain and not told_apart:
            linked.append(Link(relation=one.relation, decided_by="auto", **pair.model_dump()))
        else:
            queue.append(pair)
    if not after_gap:
        known = {(x.source_action_id, x.target_action_id) for x in queue}
        queue += both.worth_asking(pairs, linked, known)
    return linked, queue


class _Both:
    """The actions of both exercises, told by their places; `left` and `right` are their profiles,
    `called_new` the targets that their document calls new."""

    def __init__(
        self, sources: Sequence[Action], targets: Sequence[Action], profiles: Mapping[str, Profile]
    ) -> None:
        self.sources, self.targets = sources, targets
        self.left = [profiles[a.action_id] for a in sources]
        self.right = [profiles[a.action_id] for a in targets]
        self.called_new = {k for k, a in enumerate(targets) if is_called_new(a)}
        self._keys = [[reference_key(a.reference) for a in side] for side in (sources, targets)]
        self._rows = {a.action_id: k for k, a in enumerate(sources)}
        self._columns = {a.action_id: k for k, a in enumerate(targets)}

    def open(self, pairs: Pairs, settled: AbstractSet[tuple[str, str]]) -> Pairs:
        """Those of `pairs` that are not `settled`."""
        size = len(self.targets)
        known = [
            self._rows[one] * size + self._columns[other]
            for one, other in settled
            if one in self._rows and other in self._columns
        ]
        free = np.flatnonzero(~np.isin(pairs.source * size + pairs.target, known))
        return Pairs(pairs.source[free], pairs.target[free], pairs.features[free])

    def pair(
        self, source: int, target: int, score: float, features: Floats, reference: str | None = None
    ) -> CandidatePair:
        """A source and a target, and why they may be one; with the `reference` if it counts."""
        return CandidatePair(
            source_action_id=self.sources[source].action_id,
            target_action_id=self.targets[target].action_id,
            score=round(score, 4),
            evidence=_evidence(self.left[source], self.right[target], features, reference),
        )

    def worth_asking(
        self, pairs: Pairs, linked: Sequence[Link], known: AbstractSet[tuple[str, str]]
    ) -> list[CandidatePair]:
        """Of `pairs` without a link on either side, and not `known` to be in doubt, those that
        something else than their words joins."""
        sources = {self._rows[x.source_action_id] for x in linked}
        targets = {self._columns[x.target_action_id] for x in linked}
        sources |= {*range(len(self.sources))} - {*pairs.source.tolist()}
        targets |= {*range(len(self.targets))} - {*pairs.target.tolist()}
        alone = [
            (int(i), int(j), features)
            for i, j, features in zip(pairs.source, pairs.target, pairs.features, strict=True)
            if i not in sources
            and j not in targets
            and (self.sources[i].action_id, self.targets[j].action_id) not in known
            and j not in self.called_new
        ]
        found: dict[tuple[int, int], CandidatePair] = {}
        for sign in (self._same_number(linked), self._told_by_pilot(sources, targets)):
            for i, j, features in alone:
                if (i, j) not in found and sign(i, j):
                    same = self._keys[0][i] == self._keys[1][j]
                    reference = self.targets[j].reference if same else None
                    found[i, j] = self.pair(i, j, QUEUE, features, reference)
        return list(found.values())

    def _same_number(self, linked: Sequence[Link]) -> Sign:
        """Have two actions one reference and one pilot, however their words differ? That tells
        nothing where most links give their action another reference."""
        before, after = self._keys
        keys = [
            (before[self._rows[x.source_action_id]], after[self._columns[x.target_action_id]])
            for x in linked
        ]
        kept = [one == other for one, other in keys if one and other]
        alike = 2 * sum(kept) >= len(kept)
        return lambda i, j: (
            alike
            and before[i] == after[j] != ""
            and bool(self.left[i].pilots & self.right[j].pilots)
        )

    def _told_by_pilot(self, sources: AbstractSet[int], targets: AbstractSet[int]) -> Sign:
        """Have two actions one pilot that runs no other action in either exercise, or to which the
        AMI pays this one sum for no other action, those linked (`sources`, `targets`) aside? Or one
        that runs no other of these, where the later row says that it goes on? The one may be the
        other under new words."""
        run, left_to, paid = [], [], []
        for side, done in ((self.left, sources), (self.right, targets)):
            run.append(Counter(p for of in side for p in of.pilots))
            left = [of for k, of in enumerate(side) if k not in done]
            left_to.append(Counter(p for of in left for p in of.pilots))
            paid.append(Counter((p, of.amount) for of in left for p in of.pilots))

        def told(i: int, j: int) -> bool:
            one, other = self.left[i], self.right[j]
            amount = one.amount if one.amount == other.amount else None
            return any(
                run[0][p] == run[1][p] == 1
                or (other.status in UNDERWAY and left_to[0][p] == left_to[1][p] == 1)
                or (amount and paid[0][p, amount] == paid[1][p, amount] == 1)
                for p in one.pilots & other.pilots
            )

        return told


def _evidence(
    source: Profile, target: Profile, features: Floats, reference: str | None = None
) -> str:
    """Why: each measure (0 to 1), then the words, concepts, names and numbers in common, and the
    `reference` if it counts."""
    shown: dict[str, object] = {
        name: round(float(v), 3) for name, v in zip(FEATURES, features, strict=True) if v
    }
    same = source.whole & target.whole & target.worded.keys()
    common: dict[str, object] = {
        "mots_communs": sorted((target.worded[s] for s in same), key=lambda w: (-len(w), w))[:12],
        "notions_communes": sorted(source.concepts.keys() & target.concepts.keys()),
        "noms_communs": sorted(source.names & target.names),
        "nombres_communs": sorted(source.numbers & target.numbers),
        "pilotes_communs": sorted(source.pilots & target.pilots),
        "reference": reference,
    }
    shown |= {k: v for k, v in common.items() if v}
    return json.dumps(shown, ensure_ascii=False)
