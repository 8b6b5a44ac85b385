"""How much two actions of different exercises look alike, and in what.

An action becomes a `Profile` once; `compare` then measures pairs of profiles, every text field
crossed with every other because columns change place between years. What a word is worth depends
on how few actions use it in the two exercises at hand, so that adding a later year never changes
what was measured on earlier ones.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence, Sized
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy import sparse

from normalizers.lexicon import Lexicon
from normalizers.terms import fold, folded_words, spelt_out, stem, words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Matrix = Any  # a numpy table when small, else a scipy.sparse.csr_array

FEATURES = (
    "champ",  # best cosine of any text field with any other
    "intitule",  # share of one label's words found anywhere in the other action
    "identique",  # same label to the letter, worth less when several actions have it
    "libelle",  # letters of a label against another label or field; 0 below one half
    "notions",  # cosine of the concepts spoken of
    "sujet",  # share of the labels' concepts found in the other action
    "notion_rare",  # rarest concept in common: 1 where no other action speaks of it
    "indicateurs",  # cosine of the indicators
    "pilotes",  # share of pilots in common
    "nombres",  # rarest number in common: 1 where no other action has it
    "noms",  # share of proper names in common
    "montant",  # same AMI amount, worth less when common
    "montant_anterieur",  # what was obtained before is what the earlier action got
    "suite_dite",  # the later action's status supposes an earlier one
    "autre_pilote",  # pilots known on both sides, none in common
    "autre_public",  # publics named by both labels, none in common
    "autre_nature",  # natures (study, post, training…) named by both labels, none in common
    "autre_lieu",  # names known on both sides, none in common
    "autre_sujet",  # concepts known of both labels, none of them in the other action
    "autre_debut",  # the later action is still to be launched
    "autre_fin",  # the earlier action is done or abandoned
)
AGAINST = frozenset(f for f in FEATURES if f.startswith("autre_"))
TEXT_FIELDS = ("label", "objective", "description")
DENSE = 2_000_000  # up to here a table of all pairs is the quickest way to measure any
ALL_PAIRS = 40_000  # up to here every pair is measured; beyond, the nearest of each action
NEAREST = 12
CHUNK = 512
UNKNOWN_PILOT = 0.5
UNDERWAY = frozenset({"in_progress", "renewed", "increased", "modified", "done", "abandoned"})
ENDED = frozenset({"done", "abandoned"})
LABEL_WORTH = 2  # a concept of the label counts as much as two of the text
NAME = re.compile(r"(?<=[\w,;'’] )(?:[dl]['’])?([A-ZÉÈÎÔ][a-zà-ÿ]{2,})")
_NO_NAMES = (  # written with a capital, yet naming nothing of one's own
    "logement etat ville commune metropole departement region prefecture conseil plan pacte"
    " action fonds union pays service programme nuit solidarite maison"
)
NO_NAMES = frozenset(stem(w) for w in _NO_NAMES.split())
NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:\s?%)?")


@dataclass(frozen=True)
class Profile:
    """What is compared of one action: stems by field, concepts, names, numbers, pilots, money."""

    fields: tuple[tuple[str, ...], ...]  # stems of label, objective, description
    indicators: tuple[str, ...]
    written: tuple[str, ...]  # the same text fields, folded
    concepts: Mapping[str, float]  # how much the action speaks of each
    topics: frozenset[str]  # concepts of the label
    publics: frozenset[str]  # named by the label
    natures: frozenset[str]  # named by the label
    numbers: frozenset[str]
    names: frozenset[str]
    pilots: frozenset[str]
    amount: Decimal | None
    previous: Decimal | None
    status: str

    @cached_property
    def whole(self) -> frozenset[str]:
        """Stems of all text fields."""
        return frozenset(s for f in self.fields for s in f)

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The text fields, folded, words in alphabetical order."""
        return tuple(" ".join(sorted(t.split())) for t in self.written)


def profile(
    texts: Mapping[str, str | None],
    pilots: Collection[str],
    amount: Decimal | None,
    previous: Decimal | None,
    acronyms: Mapping[str, tuple[str, ...]],
    concepts: Lexicon,
    status: str = "unknown",
) -> Profile:
    """Make an action comparable.

    `texts` has the action's 'label', 'objective', 'description' and 'indicators'; `pilots` their
    identifiers; `amount` what the AMI pays, `previous` what the document says was obtained before;
    `status` is one of the contract's words.
    """
    raw = [texts.get(f) or "" for f in TEXT_FIELDS]
    fields = []
    found: Counter[str] = Counter()
    topics: frozenset[str] = frozenset()
    folded = tuple(fold(t) for t in raw)
    for place, text in enumerate(folded):
        plain = folded_words(text)
        long = spelt_out(plain, acronyms)
        fields.append(tuple(dict.fromkeys(stem(w) for w in long)))
        spoken = concepts.entries([*plain, *long])
        found.update({c: n * (LABEL_WORTH if place == 0 else 1) for c, n in spoken.items()})
        if place == 0:
            topics = frozenset(spoken)
    kinds = {c: concepts.rows[c]["kind"] for c in found}
    together = ". ".join(raw)
    indicators = texts.get("indicators") or ""
    return Profile(
        fields=tuple(fields),
        indicators=tuple(dict.fromkeys(stem(w) for w in spelt_out(words(indicators), acronyms))),
        written=folded,
        concepts={c: math.sqrt(n) for c, n in sorted(found.items())},
        topics=topics,
        publics=frozenset(c for c in topics if kinds[c] == "public"),
        natures=frozenset(c for c in topics if kinds[c] == "nature"),
        numbers=frozenset(
            n for n in NUMBER.findall(together + " " + indicators) if not re.match(r"20[123]\d$", n)
        ),
        names=frozenset(stem(fold(n)) for n in NAME.findall(together)) - NO_NAMES,
        pilots=frozenset(pilots),
        amount=amount,
        previous=previous,
        status=status,
    )


def joined(one: Profile, two: Profile) -> Profile:
    """Two actions read as one: what they would be if they were a single row."""
    amounts = [p.amount for p in (one, two) if p.amount is not None]
    return Profile(
        fields=tuple(_union(a, b) for a, b in zip(one.fields, two.fields, strict=True)),
        indicators=_union(one.indicators, two.indicators),
        written=tuple(f"{a} {b}".strip() for a, b in zip(one.written, two.written, strict=True)),
        concepts={
            c: max(one.concepts.get(c, 0.0), two.concepts.get(c, 0.0))
            for c in _union(one.concepts, two.concepts)
        },
        topics=one.topics | two.topics,
        publics=one.publics | two.publics,
        natures=one.natures | two.natures,
        numbers=one.numbers | two.numbers,
        names=one.names | two.names,
        pilots=one.pilots | two.pilots,
        amount=sum(amounts, Decimal(0)) if amounts else None,
        previous=None,
        status=one.status if one.status == two.status else "unknown",
    )


def _union(one: Iterable[str], two: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*one, *two]))


@dataclass(frozen=True)
class Pairs:
    """Measured pairs: indices of their profiles, features in FEATURES order."""

    source: Ints
    target: Ints
    features: Floats


def compare(
    sources: Sequence[Profile],
    targets: Sequence[Profile],
    only: tuple[Ints, Ints] | None = None,
) -> Pairs:
    """Measure sources against targets: all pairs, or the nearest ones when there are very many.

    `only` names the pairs to measure (indices of sources and of targets) instead.
    """
    if not sources or not targets:
        none = np.zeros(0, dtype=np.int64)
        return Pairs(none, none, np.zeros((0, len(FEATURES))))
    both = [*sources, *targets]
    n = len(sources)
    space = _Space([p.whole.union(p.indicators) for p in both])
    notions = _Space([p.concepts for p in both])
    wholes = space.vectors([p.whole for p in both])
    concepts = notions.vectors([p.concepts for p in both])
    i, j = only or _candidates(wholes, concepts, n)
    left, right = i, j + n

    def dots(a: Matrix, b: Matrix) -> Floats:
        """Products of a's source rows with b's target rows, one a pair."""
        if n * len(targets) <= DENSE:
            return np.asarray(_full(a[:n] @ b[n:].T)[i, j], dtype=float)
        one, two = sparse.csr_array(a)[left], sparse.csr_array(b)[right]
        return np.asarray(one.multiply(two).sum(axis=1), dtype=float).ravel()

    def names_in(
        some: _Space, labels: Sequence[Collection[str]], texts: Sequence[Collection[str]]
    ) -> tuple[Floats, Floats, Floats]:
        """Share of each label found in the other's text, and how many of the two have a label."""
        (a, sizes), (b, _) = some.masses(labels), some.masses(texts)
        one, two = _share(dots(a, b), sizes[left]), _share(dots(b, a), sizes[right])
        return one, two, (sizes[left] > 0).astype(float) + (sizes[right] > 0)

    fields = [space.vectors([p.fields[f] for p in both]) for f in range(len(TEXT_FIELDS))]
    champ = np.max([dots(a, b) for a, b in product(fields, fields)], axis=0)
    ensemble = dots(wholes, wholes)
    indicators = space.vectors([p.indicators for p in both])
    one, two, _ = names_in(space, [p.fields[0] for p in both], [p.whole for p in both])
    intitule = np.maximum(one, two)
    one, two, known = names_in(notions, [p.topics for p in both], [p.concepts.keys() for p in both])
    subject = _share(one + two, known)
    silent = _either_empty([p.concepts for p in both], left, right)
    mute = _either_empty([p.indicators for p in both], left, right)
    unknown = _either_empty([p.pilots for p in both], left, right)
    concept_sets = [p.concepts.keys() for p in both]
    pilots, other_pilot = _overlap([p.pilots for p in both], dots, left, right)
    names, other_place = _overlap([p.names for p in both], dots, left, right)
    _, other_public = _overlap([p.publics for p in both], dots, left, right)
    _, other_nature = _overlap([p.natures for p in both], dots, left, right)
    columns = {
        "champ": champ,
        "intitule": intitule,
        "identique": _same([p.written[0] for p in both], n, left, right),
        "libelle": _label_likeness(sources, targets, i, j),
        "notions": np.where(silent, ensemble, dots(concepts, concepts)),
        "sujet": np.where(silent, intitule, subject),
        "notion_rare": np.where(silent, champ, _rarest_common(concept_sets, n, left, right)),
        "indicateurs": np.where(mute, ensemble, dots(indicators, indicators)),
        "pilotes": np.where(unknown, UNKNOWN_PILOT, pilots),
        "nombres": _rarest_common([p.numbers for p in both], n, left, right),
        "noms": names,
        "montant": _same([p.amount for p in both], n, left, right),
        "montant_anterieur": _obtained_before(both, left, right),
        "suite_dite": np.array([p.status in UNDERWAY for p in both], dtype=float)[right],
        "autre_pilote": other_pilot,
        "autre_public": other_public,
        "autre_nature": other_nature,
        "autre_lieu": other_place,
        "autre_sujet": ((known == 2) & (subject == 0)).astype(float),
        "autre_debut": np.array([p.status == "planned" for p in both], dtype=float)[right],
        "autre_fin": np.array([p.status in ENDED for p in both], dtype=float)[left],
    }
    return Pairs(i, j, np.column_stack([columns[f] for f in FEATURES]))


class _Space:
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
        return self._table(row, column, weights, len(texts)), sizes

    def members(self, texts: Sequence[Iterable[str]]) -> Matrix:
        """One row a text, 1 for each term it has."""
        row, column, times = self._entries(texts)
        return self._table(row, column, times, len(texts))

    def vectors(self, texts: Sequence[Iterable[str]]) -> Matrix:
        """One row a text, of length 1 (0 for an empty text)."""
        row, column, times = self._entries(texts)
        values = self.weights[column] * times
        norms = np.sqrt(np.bincount(row, values**2, len(texts)))
        return self._table(row, column, values / np.where(norms > 0, norms, 1)[row], len(texts))

    def _entries(self, texts: Sequence[Iterable[str]]) -> tuple[Ints, Ints, Floats]:
        """Row, column and count of each term of each text."""
        bags = [t if isinstance(t, Mapping) else dict.fromkeys(t, 1.0) for t in texts]
        row = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
        column = np.array([self.index[t] for bag in bags for t in bag], dtype=np.int64)
        times = np.array([n for bag in bags for n in bag.values()], dtype=float)
        return row, column, times

    def _table(self, row: Ints, column: Ints, values: Floats, height: int) -> Matrix:
        shape = (height, len(self.index))
        if height * len(self.index) > DENSE:
            return sparse.csr_array((values, (row, column)), shape=shape)
        table = np.zeros(shape)
        table[row, column] = values
        return table


def _candidates(wholes: Matrix, concepts: Matrix, n: int) -> tuple[Ints, Ints]:
    """Pairs worth measuring: all of few, else each action's nearest on the other side."""
    m = wholes.shape[0] - n
    if n * m <= ALL_PAIRS:
        i, j = np.divmod(np.arange(n * m), m)
        return i, j
    near = sparse.csr_array(sparse.hstack([sparse.csr_array(wholes), sparse.csr_array(concepts)]))
    left, right = near[:n], near[n:]
    keys = np.concatenate(
        [
            *(a * m + b for a, b in _nearest(left, right)),
            *(b * m + a for a, b in _nearest(right, left)),
        ]
    )
    i, j = np.divmod(np.unique(keys), m)
    return i, j


def _nearest(left: sparse.csr_array, right: sparse.csr_array) -> Iterable[tuple[Ints, Ints]]:
    across = sparse.csr_array(right.T)
    size = min(NEAREST, right.shape[0])
    for start in range(0, left.shape[0], CHUNK):
        near = (left[start : start + CHUNK] @ across).toarray()
        best = np.argpartition(-near, size - 1, axis=1)[:, :size]
        rows = np.repeat(np.arange(start, start + near.shape[0]), size)
        yield rows.astype(np.int64), best.ravel().astype(np.int64)


def _full(product: Matrix) -> Floats:
    return np.asarray(product.toarray() if sparse.issparse(product) else product)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _label_likeness(
    sources: Sequence[Profile], targets: Sequence[Profile], i: Ints, j: Ints
) -> Floats:
    best = np.zeros(len(i))
    for f, g in ((0, 0), (0, 1), (1, 0), (0, 2), (2, 0)):
        a, b = [p.ordered[f] for p in sources], [p.ordered[g] for p in targets]
        long_a, long_b = (np.array([len(t) for t in texts], dtype=float) for texts in (a, b))
        lengths = np.sort(np.stack([long_a[i], long_b[j]]), axis=0)
        near = np.flatnonzero((lengths[0] > 0) & (lengths[0] * 3 >= lengths[1]))
        if len(near):
            likeness = process.cpdist(
                [a[i[k]] for k in near],
                [b[j[k]] for k in near],
                scorer=fuzz.ratio,
                score_cutoff=50,
                dtype=np.float64,
            )
            best[near] = np.maximum(best[near], likeness / 100)
    return best


def _same(values: Sequence[Hashable], n: int, left: Ints, right: Ints) -> Floats:
    """1 where both sides have the same value and nobody else does, less the commoner it is."""
    before, after = Counter(values[:n]), Counter(values[n:])
    codes = {v: k for k, v in enumerate(dict.fromkeys(values))}
    worth = np.array(
        [1 / math.sqrt(before[v] * after[v]) if v and before[v] and after[v] else 0 for v in codes]
    )
    code = np.array([codes[v] for v in values])
    return np.asarray(np.where(code[left] == code[right], worth[code[left]], 0.0))


def _obtained_before(both: Sequence[Profile], left: Ints, right: Ints) -> Floats:
    amount = np.array([float(p.amount or 0) for p in both])
    previous = np.array([float(p.previous or 0) for p in both])
    return np.asarray((amount[left] > 0) & (amount[left] == previous[right]), dtype=float)


def _rarest_common(sets: Sequence[AbstractSet[str]], n: int, left: Ints, right: Ints) -> Floats:
    """Worth of the rarest thing that both name: 1 where none of the other actions does."""
    holders: dict[str, tuple[list[int], list[int]]] = {}
    for k, one in enumerate(sets):
        for x in one:
            holders.setdefault(x, ([], []))[k >= n].append(k)
    shared = [(1 / math.sqrt(len(a) * len(b)), a, b) for a, b in holders.values() if a and b]
    if n * (len(sets) - n) <= DENSE:
        table = np.zeros((n, len(sets) - n))
        for worth, a, b in sorted(shared):
            table[np.ix_(np.array(a), np.array(b) - n)] = worth
        return np.asarray(table[left, right - n])
    worths = {x: 1 / math.sqrt(len(a) * len(b)) for x, (a, b) in holders.items() if a and b}
    pairs = zip(left, right, strict=True)
    return np.array([max((worths[x] for x in sets[a] & sets[b]), default=0.0) for a, b in pairs])


def _either_empty(sides: Sequence[Sized], left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Pairs where a side says nothing: its measure is then that of the whole text."""
    empty = np.array([len(s) == 0 for s in sides], dtype=bool)
    return np.asarray(empty[left] | empty[right])


def _overlap(
    sets: Sequence[AbstractSet[str]],
    dots: Callable[[Matrix, Matrix], Floats],
    left: Ints,
    right: Ints,
) -> tuple[Floats, Floats]:
    """Jaccard index of each pair, and 1 where both are known and have nothing in common."""
    members = _Space(sets).members(sets)
    sizes = np.array([len(s) for s in sets], dtype=float)
    common = dots(members, members)
    jaccard = _share(common, sizes[left] + sizes[right] - common)
    return jaccard, ((sizes[left] > 0) & (sizes[right] > 0) & (common == 0)).astype(float)
