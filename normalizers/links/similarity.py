"""How much two actions of different exercises look alike, and in what.

An action becomes a `Profile` once; a `Comparison` then measures pairs of profiles, every text field
crossed with every other because columns change place between years. What a word is worth depends
on how few actions use it in the two exercises at hand, so that adding a later year never changes
what was measured on earlier ones.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from normalizers.links.couples import Couples
from normalizers.links.profiles import Profile
from normalizers.links.spaces import Floats, Ints, Space, share, worths

FEATURES = (
    "champ",  # best cosine of any text field with any other
    "intitule",  # share of one label's words found anywhere in the other action
    "libelle",  # letters of a label against another label or field; 0 below one half
    "notions",  # cosine of the concepts spoken of
    "sujet",  # share of the labels' concepts found in the other action
    "notion_rare",  # rarest concept in common: 1 where no other action speaks of it
    "phrase",  # a sentence of both that no other action has
    "indicateurs",  # cosine of the indicators
    "pilotes",  # share of pilots in common
    "nombres",  # rarest number in common: 1 where no other action has it
    "noms",  # share of proper names in common
    "montant",  # same AMI amount, worth less when common
    "rappel",  # the later action recalls the AMI amount of the earlier one, worth less when common
    "suite_dite",  # the later action's status supposes an earlier one
    "autre_public",  # publics named by both labels, none in common
    "autre_nature",  # natures (study, post, training…) named by both labels, none in common
    "autre_repere",  # another part, side, place or name, as what tells look-alikes apart
    "autre_lieu",  # names known on both sides, none in common
    "autre_sujet",  # concepts known of both labels, none of them in the other action
    "autre_debut",  # the later action is still to be launched
    "autre_fin",  # the earlier action is done or abandoned
)
AGAINST = frozenset(f for f in FEATURES if f.startswith("autre_"))
ALL_PAIRS = 40_000  # up to here every pair is measured; beyond, the nearest of each action
NEAREST = 12
CHUNK = 512
UNKNOWN_PILOT = 0.5
UNDERWAY = frozenset({"in_progress", "renewed", "increased", "modified", "done", "abandoned"})
ENDED = frozenset({"done", "abandoned"})


@dataclass(frozen=True)
class Pairs:
    """Measured pairs: indices of their profiles, features in FEATURES order."""

    source: Ints
    target: Ints
    features: Floats


class Comparison:
    """Two exercises held against each other, and what each word, concept, number, label and sum is
    worth there: the fewer of the actions have it, the more."""

    def __init__(self, sources: Sequence[Profile], targets: Sequence[Profile]) -> None:
        self.sources, self.targets = sources, targets
        both = [*sources, *targets]
        self._words = Space([p.whole.union(p.indicators) for p in both])
        self._notions = Space([p.concepts for p in both])
        self._rare_notions = worths([[p.concepts for p in side] for side in (sources, targets)])
        self._rare_sentences = worths([[p.sentences for p in side] for side in (sources, targets)])
        self._rare_numbers = worths([[p.numbers for p in side] for side in (sources, targets)])
        self._shared_labels = {
            label
            for side in (sources, targets)
            for label, times in Counter(p.written[0] for p in side).items()
            if times > 1 and label
        }
        self._sums = worths([[_known(p.amount) for p in side] for side in (sources, targets)])
        self._recalls = worths(
            [[_known(p.amount) for p in sources], [_known(p.recalled) for p in targets]]
        )

    def pairs(
        self,
        free_sources: NDArray[np.bool_] | None = None,
        free_targets: NDArray[np.bool_] | None = None,
    ) -> Pairs:
        """All pairs, or the nearest of each action when there are very many; of the `free` actions
        if given: the others only tell what words are worth."""
        n, m = len(self.sources), len(self.targets)
        rows = np.arange(n) if free_sources is None else np.flatnonzero(free_sources)
        columns = np.arange(m) if free_targets is None else np.flatnonzero(free_targets)
        if n * m <= ALL_PAIRS:
            near = [self.sources[k] for k in rows.tolist()]
            far = [self.targets[k] for k in columns.tolist()]
            i, j = np.divmod(np.arange(len(near) * len(far)), max(len(far), 1))
            return Pairs(rows[i], columns[j], self.measured(near, far, i, j))
        i, j = self._nearest()
        kept = np.isin(i, rows) & np.isin(j, columns)
        i, j = i[kept], j[kept]
        return Pairs(i, j, self.measured(self.sources, self.targets, i, j))

    def _nearest(self) -> tuple[Ints, Ints]:
        left, right = (
            sparse.csr_array(
                sparse.hstack(
                    [
                        self._words.vectors([p.whole for p in side]),
                        self._notions.vectors([p.concepts for p in side]),
                    ]
                )
            )
            for side in (self.sources, self.targets)
        )
        m = len(self.targets)
        keys = [a * m + b for a, b in _nearest(left, right)]
        keys += [a * m + b for b, a in _nearest(right, left)]
        i, j = np.divmod(np.unique(np.concatenate(keys)), m)
        return i, j

    def measured(
        self, sources: Sequence[Profile], targets: Sequence[Profile], i: Ints, j: Ints
    ) -> Floats:
        """Features of the pairs (sources[i], targets[j]), which may be other actions than those
        that the comparison was made of, such as two `joined`. Where a side says nothing of a thing,
        its measure is that of the whole text."""
        if not len(i):
            return np.zeros((0, len(FEATURES)))
        couples = Couples(sources, targets, i, j)
        everything = couples.cosines(self._words, lambda p: p.whole)
        one, two, _ = couples.named(self._words, lambda p: p.fields[0], lambda p: p.whole)
        intitule = np.maximum(one, two)
        one, two, known = couples.named(
            self._notions, lambda p: p.topics, lambda p: p.concepts.keys()
        )
        subject = share(one + two, known)
        mute = couples.silent(lambda p: p.concepts)
        champ = couples.best_fields(self._words)
        notions = couples.cosines(self._notions, lambda p: p.concepts)
        rare_notion = couples.rarest(self._rare_notions, lambda p: p.concepts.keys())
        phrase = couples.rarest(self._rare_sentences, lambda p: p.sentences)
        indicators = couples.cosines(self._words, lambda p: p.indicators)
        pilots, _ = couples.overlap(lambda p: p.pilots)
        names, other_place = couples.overlap(lambda p: p.names)
        columns = {
            "champ": champ,
            "intitule": intitule,
            "libelle": couples.label_likeness(),
            "notions": np.where(mute, everything, notions),
            "sujet": np.where(mute, intitule, subject),
            "notion_rare": np.where(mute, champ, rare_notion),
            "phrase": (phrase == 1).astype(float),
            "indicateurs": np.where(couples.silent(lambda p: p.indicators), everything, indicators),
            "pilotes": np.where(couples.silent(lambda p: p.pilots), UNKNOWN_PILOT, pilots),
            "nombres": couples.rarest(self._rare_numbers, lambda p: p.numbers),
            "noms": names,
            "montant": couples.same(self._sums, lambda p: p.amount, lambda p: p.amount),
            "rappel": couples.same(self._recalls, lambda p: p.amount, lambda p: p.recalled),
            "suite_dite": couples.target_is(UNDERWAY),
            "autre_public": couples.overlap(lambda p: p.publics)[1],
            "autre_nature": couples.overlap(lambda p: p.natures)[1],
            "autre_repere": np.maximum(
                couples.contradictions(), couples.namesakes(self._shared_labels) * (phrase < 1)
            ),
            "autre_lieu": other_place,
            "autre_sujet": ((known == 2) & (subject == 0)).astype(float),
            "autre_debut": couples.target_is({"planned"}),
            "autre_fin": couples.source_is(ENDED),
        }
        return np.column_stack([columns[f] for f in FEATURES])


def _known(amount: Decimal | None) -> list[Decimal]:
    return [amount] if amount else []


def _nearest(left: sparse.csr_array, right: sparse.csr_array) -> Iterable[tuple[Ints, Ints]]:
    across = sparse.csr_array(right.T)
    size = min(NEAREST, right.shape[0])
    for start in range(0, left.shape[0], CHUNK):
        near = (left[start : start + CHUNK] @ across).toarray()
        best = np.argpartition(-near, size - 1, axis=1)[:, :size]
        rows = np.repeat(np.arange(start, start + near.shape[0]), size)
        yield rows.astype(np.int64), best.ravel().astype(np.int64)
