"""How much two actions of different exercises look alike, and in what.

An action becomes a `Profile` once; `compare` then measures pairs of profiles, every text field
crossed with every other because columns change place between years. What a word is worth depends
on how few actions use it in the two exercises at hand, so that adding a later year never changes
what was measured on earlier ones.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy import sparse

from normalizers.lexicon import Lexicon
from normalizers.terms import fold, spelt_out, stem, words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEATURES = (
    "champ",  # best cosine of any text field with any other
    "ensemble",  # cosine of the whole texts
    "inclusion",  # share of the shorter text's words found in the longer
    "intitule",  # share of one label's words found anywhere in the other action
    "identique",  # same label to the letter, worth less when several actions have it
    "libelle",  # character likeness of the labels, or of a label with another field
    "lettres",  # cosine of letter groups: typos, derived words
    "notions",  # cosine of the concepts spoken of
    "sujet",  # share of the labels' concepts found in the other action
    "notion_rare",  # rarest concept in common: 1 where no other action speaks of it
    "indicateurs",  # cosine of the indicators
    "pilotes",  # share of pilots in common
    "nombres",  # share of numbers in common
    "noms",  # share of proper names in common
    "montant",  # same AMI amount, worth less when common
    "montant_anterieur",  # what was obtained before is what the earlier action got
    "autre_pilote",  # pilots known on both sides, none in common
    "autre_public",  # publics named by both labels, none in common
    "autre_nature",  # natures (study, post, training…) named by both labels, none in common
    "autre_lieu",  # names known on both sides, none in common
)
AGAINST = frozenset(f for f in FEATURES if f.startswith("autre_"))
TEXT_FIELDS = ("label", "objective", "description")
LETTERS = 4
ALL_PAIRS = 40_000  # up to here every pair is measured; beyond, the nearest of each action
NEAREST = 12
CHUNK = 512
UNKNOWN_PILOT = 0.5
LABEL_WORTH = 2  # a concept of the label counts as much as two of the text
NAME = re.compile(r"(?<=[\w,;'’] )(?:[dl]['’])?([A-ZÉÈÎÔ][a-zà-ÿ]{2,})")
NO_NAMES = frozenset(  # written with a capital, yet naming nothing of one's own
    map(
        stem,
        "logement etat ville commune metropole departement region prefecture conseil plan pacte"
        " action fonds union pays service programme nuit solidarite maison".split(),
    )
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


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

    @property
    def whole(self) -> set[str]:
        return {s for f in self.fields for s in f}


def profile(
    texts: Mapping[str, str | None],
    pilots: Collection[str],
    amount: Decimal | None,
    previous: Decimal | None,
    acronyms: Mapping[str, tuple[str, ...]],
    concepts: Lexicon,
) -> Profile:
    """Make an action comparable.

    `texts` has the action's 'label', 'objective', 'description' and 'indicators'; `pilots` their
    identifiers; `amount` what the AMI pays, `previous` what the document says was obtained before.
    """
    raw = [texts.get(f) or "" for f in TEXT_FIELDS]
    fields = []
    found: Counter[str] = Counter()
    topics: frozenset[str] = frozenset()
    for place, text in enumerate(raw):
        plain = words(text)
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
        written=tuple(fold(t) for t in raw),
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
    space = _Space([p.whole | set(p.indicators) for p in both])
    wholes = space.vectors([p.whole for p in both])
    notions = _Space([p.concepts for p in both])
    concepts = notions.vectors([p.concepts for p in both])
    i, j = only or _candidates(wholes, concepts, n)
    left, right = i, j + n

    fields = [space.vectors([p.fields[f] for p in both]) for f in range(len(TEXT_FIELDS))]
    masses = [space.masses([p.fields[0] for p in both]), space.masses([p.whole for p in both])]
    grams = [_letter_groups(p) for p in both]
    letters = _Space(grams).vectors(grams)
    champ = np.max([_dots(a, left, b, right) for a, b in product(fields, fields)], axis=0)
    label, whole = masses
    smaller = np.minimum(_sums(whole)[left], _sums(whole)[right])
    intitule = np.maximum(
        _share(_common(label, left, whole, right), _sums(label)[left]),
        _share(_common(whole, left, label, right), _sums(label)[right]),
    )
    indicators = space.vectors([p.indicators for p in both])
    ensemble = _dots(wholes, left, wholes, right)
    silent = _either_empty([p.concepts for p in both], left, right)
    columns = {
        "champ": champ,
        "ensemble": ensemble,
        "inclusion": _share(_common(whole, left, whole, right), smaller),
        "intitule": intitule,
        "identique": _same([p.written[0] for p in sources], [p.written[0] for p in targets], i, j),
        "libelle": _label_likeness(sources, targets, i, j),
        "lettres": _dots(letters, left, letters, right),
        "notions": np.where(silent, ensemble, _dots(concepts, left, concepts, right)),
        "sujet": np.where(silent, intitule, _subject(notions, both, left, right)),
        "notion_rare": np.where(silent, champ, _rarest_common(sources, targets, i, j)),
        "indicateurs": np.where(
            _either_empty([p.indicators for p in both], left, right),
            ensemble,
            _dots(indicators, left, indicators, right),
        ),
        "montant": _same([p.amount for p in sources], [p.amount for p in targets], i, j),
        "montant_anterieur": np.array(
            [
                sources[a].amount is not None and sources[a].amount == targets[b].previous
                for a, b in zip(i, j, strict=True)
            ],
            dtype=float,
        ),
    }
    for shared, other, attribute in (
        ("pilotes", "autre_pilote", "pilots"),
        ("nombres", None, "numbers"),
        ("noms", "autre_lieu", "names"),
        (None, "autre_public", "publics"),
        (None, "autre_nature", "natures"),
    ):
        jaccard, disjoint = _overlap([getattr(p, attribute) for p in both], left, right)
        if shared:
            columns[shared] = jaccard
        if shared == "pilotes":
            unknown = _either_empty([p.pilots for p in both], left, right)
            columns[shared] = np.where(unknown, UNKNOWN_PILOT, jaccard)
        if other:
            columns[other] = disjoint
    return Pairs(i, j, np.column_stack([columns[f] for f in FEATURES]))


class _Space:
    """Terms with their weights: the fewer texts use one, the more it weighs."""

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        counts = Counter(t for text in texts for t in text)
        self.index = {t: k for k, t in enumerate(sorted(counts))}
        used = np.array([counts[t] for t in self.index], dtype=float)
        self.weights = np.log((len(texts) + 1.5) / (used + 0.5))

    def masses(self, texts: Sequence[Iterable[str]]) -> sparse.csr_array:
        """One row a text; the squares of two rows' common entries add up to the shared weight."""
        return self._rows(texts, np.sqrt(self.weights))

    def vectors(self, texts: Sequence[Iterable[str]]) -> sparse.csr_array:
        """One row a text, of length 1 (0 for an empty text)."""
        rows = self._rows(texts, self.weights)
        norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        rows.data /= np.repeat(np.where(norms > 0, norms, 1.0), np.diff(rows.indptr))
        return rows

    def _rows(self, texts: Sequence[Iterable[str]], weights: Floats) -> sparse.csr_array:
        bags = [t if isinstance(t, Mapping) else dict.fromkeys(t, 1.0) for t in texts]
        columns = np.array([self.index[t] for bag in bags for t in bag], dtype=np.int64)
        times = np.array([n for bag in bags for n in bag.values()], dtype=float)
        starts = np.cumsum([0, *map(len, bags)])
        return sparse.csr_array(
            (weights[columns] * times, columns, starts), shape=(len(texts), len(self.index))
        )


def _candidates(wholes: sparse.csr_array, concepts: sparse.csr_array, n: int) -> tuple[Ints, Ints]:
    """Pairs worth measuring: all of few, else each action's nearest on the other side."""
    m = wholes.shape[0] - n
    if n * m <= ALL_PAIRS:
        i, j = np.divmod(np.arange(n * m), m)
        return i, j
    joined = sparse.csr_array(sparse.hstack([wholes, concepts]))
    left, right = joined[:n], joined[n:]
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
        best = np.argsort(-near, axis=1, kind="stable")[:, :size]
        rows = np.repeat(np.arange(start, start + near.shape[0]), size)
        yield rows.astype(np.int64), best.ravel().astype(np.int64)


def _dots(a: sparse.csr_array, left: Ints, b: sparse.csr_array, right: Ints) -> Floats:
    return np.asarray(a[left].multiply(b[right]).sum(axis=1), dtype=float).ravel()


_common = _dots


def _sums(masses: sparse.csr_array) -> Floats:
    return np.asarray(masses.multiply(masses).sum(axis=1), dtype=float).ravel()


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _letter_groups(p: Profile) -> set[str]:
    return {
        padded[k : k + LETTERS]
        for s in p.whole
        for padded in [f" {s} "]
        for k in range(max(1, len(padded) - LETTERS + 1))
    }


def _label_likeness(
    sources: Sequence[Profile], targets: Sequence[Profile], i: Ints, j: Ints
) -> Floats:
    best = np.zeros(len(i))
    for f, g in ((0, 0), (0, 1), (1, 0), (0, 2), (2, 0)):
        a = [sources[k].written[f] for k in i]
        b = [targets[k].written[g] for k in j]
        if any(a) and any(b):
            likeness = process.cpdist(a, b, scorer=fuzz.token_sort_ratio, dtype=np.float64) / 100
            best = np.maximum(best, likeness)
    return best


def _same(old: Sequence[Hashable], new: Sequence[Hashable], i: Ints, j: Ints) -> Floats:
    """1 where both sides have the same value and nobody else does, less the commoner it is."""
    before, after = Counter(old), Counter(new)
    worth = {v: 1 / math.sqrt(before[v] * after[v]) for v in before.keys() & after.keys() if v}
    pairs = zip(i, j, strict=True)
    return np.array([worth.get(old[a], 0.0) if old[a] == new[b] else 0.0 for a, b in pairs])


def _subject(space: "_Space", both: Sequence[Profile], left: Ints, right: Ints) -> Floats:
    labels = space.masses([p.topics for p in both])
    texts = space.masses([p.concepts.keys() for p in both])
    sizes = _sums(labels)
    one = _share(_common(labels, left, texts, right), sizes[left])
    two = _share(_common(texts, left, labels, right), sizes[right])
    known = (sizes[left] > 0).astype(float) + (sizes[right] > 0)
    return _share(one + two, known)


def _rarest_common(
    sources: Sequence[Profile], targets: Sequence[Profile], i: Ints, j: Ints
) -> Floats:
    old = Counter(c for p in sources for c in p.concepts)
    new = Counter(c for p in targets for c in p.concepts)
    worth = {c: 1 / math.sqrt(old[c] * new[c]) for c in old.keys() & new.keys()}
    pairs = zip(i, j, strict=True)
    common = (sources[a].concepts.keys() & targets[b].concepts.keys() for a, b in pairs)
    return np.array([max((worth[c] for c in shared), default=0.0) for shared in common])


def _either_empty(sides: Sequence[Sized], left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Pairs where a side says nothing: its measure is then that of the whole text."""
    empty = np.array([len(s) == 0 for s in sides], dtype=bool)
    return np.asarray(empty[left] | empty[right])


def _overlap(sets: Sequence[frozenset[str]], left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Jaccard index of each pair, and 1 where both are known and have nothing in common."""
    jaccard, disjoint = np.zeros(len(left)), np.zeros(len(left))
    for k, (a, b) in enumerate(zip(left, right, strict=True)):
        one, two = sets[a], sets[b]
        if one and two:
            common = len(one & two)
            jaccard[k] = common / len(one | two)
            disjoint[k] = float(common == 0)
    return jaccard, disjoint
