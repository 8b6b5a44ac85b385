"""Pairs of actions, measured one way at a time."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from normalizers.links.profiles import TEXT_FIELDS, Profile
from normalizers.links.spaces import Floats, Ints, Matrix, Space, incidence, share

ALIKE = 50  # of 100: letters less alike than this are not


@dataclass(frozen=True)
class Couples:
    """The pairs (`sources[i]`, `targets[j]`) for each of the places `i` and `j`. A measure is an
    array with a value for each of them."""

    sources: Sequence[Profile]
    targets: Sequence[Profile]
    i: Ints
    j: Ints

    @cached_property
    def _sides(self) -> tuple[Sequence[Profile], Sequence[Profile]]:
        return self.sources, self.targets

    @cached_property
    def _every(self) -> bool:
        """Is each source paired with each target, in order?"""
        return len(self.i) == len(self.sources) * len(self.targets)

    def dots(self, a: Matrix, b: Matrix) -> Floats:
        """Products of the rows of `a`, one a source, and `b`, one a target."""
        if self._every:
            return np.asarray((a @ b.T).toarray(), dtype=float).ravel()
        return np.asarray(a[self.i].multiply(b[self.j]).sum(axis=1), dtype=float).ravel()

    def cosines(self, space: Space, texts: Callable[[Profile], Iterable[str]]) -> Floats:
        return self.dots(*(space.vectors([texts(p) for p in side]) for side in self._sides))

    def best_fields(self, space: Space) -> Floats:
        """Best cosine of any text field of one with any of the other."""
        n, m, many = len(self.sources), len(self.targets), len(TEXT_FIELDS)
        a, b = (
            space.vectors([p.fields[f] for f in range(many) for p in side]) for side in self._sides
        )
        if self._every:
            table = (a @ b.T).toarray().reshape(many, n, many, m)
            return np.asarray(table.max(axis=(0, 2)).ravel(), dtype=float)
        crossed = list(product(range(many), range(many)))
        one = np.concatenate([self.i + f * n for f, _ in crossed])
        two = np.concatenate([self.j + g * m for _, g in crossed])
        products = a[one].multiply(b[two]).sum(axis=1)
        best = np.asarray(products, dtype=float).reshape(len(crossed), len(self.i)).max(axis=0)
        return np.asarray(best, dtype=float)

    def label_likeness(self) -> Floats:
        """Letters of a label against another label or field, 0 to 1."""
        best = np.zeros(len(self.i))
        for f, g in ((0, 0), (0, 1), (1, 0), (0, 2), (2, 0)):
            a, b = [p.ordered[f] for p in self.sources], [p.ordered[g] for p in self.targets]
            how: dict[str, Any] = {
                "scorer": fuzz.ratio,
                "score_cutoff": ALIKE,
                "dtype": np.float64,
            }
            likeness = (
                process.cdist(a, b, **how).ravel()
                if self._every
                else process.cpdist(
                    [a[k] for k in self.i.tolist()], [b[k] for k in self.j.tolist()], **how
                )
            )
            said = np.array([bool(text) for text in a])[self.i]  # two silences are not alike
            best = np.maximum(best, np.where(said, likeness / 100, 0.0))
        return best

    def named(
        self,
        space: Space,
        labels: Callable[[Profile], Collection[str]],
        texts: Callable[[Profile], Collection[str]],
    ) -> tuple[Floats, Floats, Floats]:
        """Share of each label found in the other's text, how many of the two have a label."""
        (a, before), (b, after) = (space.masses([labels(p) for p in s]) for s in self._sides)
        (c, _), (d, _) = (space.masses([texts(p) for p in s]) for s in self._sides)
        one = share(self.dots(a, d), before[self.i])
        two = share(self.dots(c, b), after[self.j])
        return one, two, (before[self.i] > 0).astype(float) + (after[self.j] > 0)

    def silent(self, things: Callable[[Profile], Sized]) -> NDArray[np.bool_]:
        """Pairs where a side says nothing."""
        a, b = (np.array([not things(p) for p in s], dtype=bool) for s in self._sides)
        return np.asarray(a[self.i] | b[self.j])

    def overlap(self, things: Callable[[Profile], AbstractSet[str]]) -> tuple[Floats, Floats]:
        """Jaccard index, and 1 where both are known and have nothing in common."""
        a, b = ([things(p) for p in side] for side in self._sides)
        ones = dict.fromkeys(chain(*a, *b), 1.0)
        common = self.dots(incidence(a, ones), incidence(b, ones))
        one, two = (np.array([len(x) for x in side], dtype=float) for side in (a, b))
        one, two = one[self.i], two[self.j]
        known = (one > 0) & (two > 0)
        return share(common, one + two - common), (known & (common == 0)).astype(float)

    def contradictions(self) -> Floats:
        """1 where a mark tells the two apart."""
        a, b = ([p.marks for p in side] for side in self._sides)
        places = zip(self.i.tolist(), self.j.tolist(), strict=True)
        return np.array([a[i].contradict(b[j]) for i, j in places], dtype=float)

    def namesakes(self, labels: Collection[str]) -> Floats:
        """1 where two actions have one of `labels`, and neither the pilot nor the place in common:
        who runs them is all that tells them from those of the same name."""
        a, b = self.sources, self.targets
        places = zip(self.i.tolist(), self.j.tolist(), strict=True)
        return np.array([_are_namesakes(a[i], b[j], labels) for i, j in places], dtype=float)

    def rarest(
        self, worths: Mapping[str, float], things: Callable[[Profile], AbstractSet[str]]
    ) -> Floats:
        """Worth of the rarest thing that both name."""
        a, b = ([things(p) & worths.keys() for p in side] for side in self._sides)
        ones = dict.fromkeys(worths, 1.0)
        common = incidence(a, worths)[self.i].multiply(incidence(b, ones)[self.j])
        return np.asarray(common.max(axis=1).toarray(), dtype=float).ravel()

    def same(
        self,
        worths: Mapping[Decimal, float],
        source: Callable[[Profile], Decimal | None],
        target: Callable[[Profile], Decimal | None],
    ) -> Floats:
        """Worth of the sum that both have."""
        a, b = [source(p) for p in self.sources], [target(p) for p in self.targets]
        codes = {v: k for k, v in enumerate(dict.fromkeys([*a, *b]))}
        one, two = (np.array([codes[v] for v in x], dtype=np.int64) for x in (a, b))
        worth = np.array([worths.get(v, 1.0) if v else 0.0 for v in codes])
        return np.asarray(np.where(one[self.i] == two[self.j], worth[one[self.i]], 0.0))

    def source_is(self, states: Collection[str]) -> Floats:
        return np.array([p.status in states for p in self.sources], dtype=float)[self.i]

    def target_is(self, states: Collection[str]) -> Floats:
        return np.array([p.status in states for p in self.targets], dtype=float)[self.j]


def _are_namesakes(one: Profile, other: Profile, labels: Collection[str]) -> bool:
    return (
        one.written[0] == other.written[0]
        and one.written[0] in labels
        and bool(one.pilots and other.pilots)
        and not (one.pilots & other.pilots or one.marks.places & other.marks.places)
    )
