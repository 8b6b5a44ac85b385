"""Texts as rows of sparse tables, and what each of their terms is worth."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Matrix = Any  # a scipy.sparse.csr_array


class Space:
    """Terms with their weights: the fewer texts use one, the more it weighs."""

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        counts = Counter(t for text in texts for t in text)
        self.index = {t: k for k, t in enumerate(sorted(counts))}
        used = np.array([counts[t] for t in self.index], dtype=float)
        self.weights = np.log((len(texts) + 1.5) / (used + 0.5))

    def masses(self, texts: Sequence[Iterable[str]]) -> tuple[Matrix, Floats]:
        """One row a text, and what the text weighs; two rows' product is the weight they share."""
        row, column, _ = self._entries(texts)
        weights = np.sqrt(self.weights)[column]
        sizes = np.asarray(np.bincount(row, weights**2, len(texts)), dtype=float)
        return _table(row, column, weights, (len(texts), len(self.index))), sizes

    def vectors(self, texts: Sequence[Iterable[str]]) -> Matrix:
        """One row a text, of length 1 (0 for an empty text)."""
        row, column, times = self._entries(texts)
        values = self.weights[column] * times
        norms = np.sqrt(np.bincount(row, values**2, len(texts)))
        values /= np.where(norms > 0, norms, 1)[row]
        return _table(row, column, values, (len(texts), len(self.index)))

    def _entries(self, texts: Sequence[Iterable[str]]) -> tuple[Ints, Ints, Floats]:
        """Row, column and count of each term of each text, in the order of rows and columns."""
        bags = [t if isinstance(t, dict) else dict.fromkeys(t, 1.0) for t in texts]
        row, column = _places(bags, self.index)
        counts = chain.from_iterable(bag.values() for bag in bags)
        times = np.fromiter(counts, dtype=float, count=len(row))
        order = np.lexsort((column, row))
        return row, column[order], times[order]


def _places(texts: Sequence[Collection[str]], index: Mapping[str, int]) -> tuple[Ints, Ints]:
    """Row and column of each term of each text."""
    sizes = [len(text) for text in texts]
    columns = map(index.__getitem__, chain.from_iterable(texts))
    row = np.repeat(np.arange(len(texts)), sizes)
    return row, np.fromiter(columns, dtype=np.int64, count=len(row))


def incidence(texts: Sequence[Collection[str]], worths: Mapping[str, float]) -> Matrix:
    """One row a text, one column a term of `worths`, which holds them all: what it is worth."""
    row, column = _places(texts, {term: k for k, term in enumerate(worths)})
    values = np.array(list(worths.values()), dtype=float)[column]
    return _table(row, column, values, (len(texts), max(len(worths), 1)))


def _table(row: Ints, column: Ints, values: Floats, shape: tuple[int, int]) -> Matrix:
    """The sparse table of `values`; `row` is in order."""
    starts = np.searchsorted(row, np.arange(shape[0] + 1))
    return sparse.csr_array((values, column, starts), shape=shape)


def worths(sides: Sequence[Sequence[Iterable[Any]]]) -> dict[Any, float]:
    """Worth of what both sides have: 1 where one action of each does, less the commoner it is."""
    before, after = (Counter(x for things in side for x in things) for side in sides)
    return {x: 1 / math.sqrt(n * after[x]) for x, n in before.items() if x in after}


def share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
