"""What the surest links between two exercises teach on the others.

Some territories keep an action's number through the years, or the order of the rows; others start
anew each year. The surest links tell which, and how far to trust it.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from normalizers.links.similarity import Pairs
from normalizers.links.spaces import Floats, Ints
from normalizers.terms import fold

STRONGEST = 3.0  # log-odds that a habit adds at most
AGAINST = -1.5  # and takes off at most
FEWEST = 4  # links that make a habit
IN_ORDER = 8  # links that show an order, which look-alikes keep too:
PLACE = 1.0  # a place counts little

Names = NDArray[np.str_]


def dotted_number(reference: str | None) -> str:
    """The number of a reference with its axis: 'FA 13 Bis' is '13bis', 'Action 2.6' is '2.6'."""
    found = re.search(r"(\d+(?:[.]\d+)*)\s*(bis|ter|quater)?", fold(reference or ""))
    return "".join(p or "" for p in found.groups()) if found else ""


class Habits:
    """What sure pairs of two exercises teach on `pairs`, from references and row order."""

    def __init__(
        self, pairs: Pairs, sources: Sequence[str | None], targets: Sequence[str | None]
    ) -> None:
        self._pairs = pairs
        keys = [[dotted_number(r) for r in side] for side in (sources, targets)]
        # '2.6' and '6' may be one action whose axis was named, or named no more
        numbers = [[key.rpartition(".")[2] for key in side] for side in keys]
        self._references = [(np.array(a, str), np.array(b, str)) for a, b in (keys, numbers)]
        self._size = max(2, len(targets))

    def __call__(self, sources: Ints, targets: Ints) -> Floats:
        """Log-odds that the sure pairs (`sources`, `targets`) add to each pair."""
        kept = [self._kept(a, b, sources, targets) for a, b in self._references]
        strongest = max(kept, key=lambda x: float(np.abs(x).sum()))
        return np.asarray(strongest + self._order(sources, targets))

    def _kept(self, before: Names, after: Names, sources: Ints, targets: Ints) -> Floats:
        """More for a pair with one reference, less for another, as sure pairs keep theirs."""
        i, j = self._pairs.source, self._pairs.target
        known = (before[sources] != "") & (after[targets] != "")
        same = (before[sources] == after[targets])[known]
        worth = _learnt(before[i] == after[j], same, np.full(len(i), 1 / self._size))
        return np.where((before[i] == "") | (after[j] == ""), 0.0, worth)

    def _order(self, sources: Ints, targets: Ints) -> Floats:
        """More for a pair that stands between the sure pairs around it, as sure pairs do."""
        if len(sources) < IN_ORDER:
            return np.zeros(len(self._pairs.source))
        rank = np.argsort(sources, kind="stable")
        sources, targets = sources[rank], targets[rank]
        low, high = self._around(sources, targets, sources)
        held = (low < targets) & (targets < high)
        i, j = self._pairs.source, self._pairs.target
        low, high = self._around(sources, targets, i)
        chance = np.clip((high - low - 1) / self._size, 1 / self._size, 1 - 1 / self._size)
        worth = _learnt((low < j) & (j < high), held, chance)
        return np.where(high > low + 1, np.clip(worth, -PLACE, PLACE), 0.0)

    def _around(self, sources: Ints, targets: Ints, of: Ints) -> tuple[Ints, Ints]:
        """Targets of the sure pairs just before and just after each source of `of`."""
        places = np.concatenate([[-1], targets, [self._size]])
        before = np.searchsorted(sources, of, side="left")
        after = np.searchsorted(sources, of, side="right")
        return places[before], places[after + 1]


def _learnt(holds: NDArray[np.bool_], held: NDArray[np.bool_], chance: Floats) -> Floats:
    """Log-odds of what `holds` by `chance` and `held` for so many sure pairs; 0 if too few."""
    if len(held) < FEWEST:
        return np.zeros(len(holds))
    rate = np.maximum((held.sum() + 0.5) / (len(held) + 1), chance)
    gain = np.where(holds, np.log(rate / chance), np.log1p(-rate) - np.log1p(-chance))
    return np.asarray(np.clip(gain, AGAINST, STRONGEST))
