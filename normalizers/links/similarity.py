"""How much two actions of different exercises look alike, and in what.

An action becomes a `Profile` once; a `Comparison` then measures pairs of profiles, every text field
crossed with every other because columns change place between years. What a word is worth depends
on how few actions use it in the two exercises at hand, so that adding a later year never changes
what was measured on earlier ones.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy import sparse

from normalizers.lexicon import Lexicon
from normalizers.terms import fold, folded_words, spelt_out, stem, words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Matrix = Any  # a scipy.sparse.csr_array

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
    "autre_lieu",  # names known on both sides, none in common
    "autre_sujet",  # concepts known of both labels, none of them in the other action
    "autre_debut",  # the later action is still to be launched
    "autre_fin",  # the earlier action is done or abandoned
)
AGAINST = frozenset(f for f in FEATURES if f.startswith("autre_"))
TEXT_FIELDS = ("label", "objective", "description")
ALL_PAIRS = 40_000  # up to here every pair is measured; beyond, the nearest of each action
NEAREST = 12
CHUNK = 512
UNKNOWN_PILOT = 0.5
UNDERWAY = frozenset({"in_progress", "renewed", "increased", "modified", "done", "abandoned"})
ENDED = frozenset({"done", "abandoned"})
LABEL_WORTH = 2  # a concept of the label counts as much as two of the text
SENTENCE = re.compile(r"[.;•\n]+(?:\s|$)")
LONG = 8  # words: a shorter sentence may be said of any action
NAME = re.compile(r"(?<=[\w,;'’] )(?:[dl]['’])?([A-ZÉÈÎÔ][a-zà-ÿ]{2,})")
_NO_NAMES = (  # written with a capital, yet naming nothing of one's own
    "logement etat ville commune metropole departement region prefecture conseil plan pacte"
    " action fonds union pays service programme nuit solidarite maison"
)
NO_NAMES = frozenset(stem(w) for w in _NO_NAMES.split())
# Regroupement · Fusion avec… · Scindée en deux · Issue de… : whether a row is the whole, or a part
SHARED = {
    "merges": re.compile(r"\b(?:(?:re)?group|fusion|reuni|mutualis|rassembl)\w*"),
    "splits": re.compile(r"\b(?:scind|scission|separ|dedoubl|dissoci|eclat|issue?s? d)\w*"),
}
NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:\s?%)?")


@dataclass(frozen=True)
class Profile:
    """What is compared of one action: stems by field, concepts, names, numbers, pilots, money."""

    fields: tuple[tuple[str, ...], ...]  # stems of label, objective, description
    indicators: tuple[str, ...]
    written: tuple[str, ...]  # the same text fields, folded
    sentences: frozenset[str]  # the long ones of objective and description, folded
    concepts: Mapping[str, float]  # how much the action speaks of each
    topics: frozenset[str]  # concepts of the label
    publics: frozenset[str]  # named by the label
    natures: frozenset[str]  # named by the label
    numbers: frozenset[str]
    names: frozenset[str]
    pilots: frozenset[str]
    amount: Decimal | None
    recalled: Decimal | None
    status: str
    shared: frozenset[str]  # "merges" or "splits", as the row's status or comment says

    @cached_property
    def whole(self) -> frozenset[str]:
        """Stems of all text fields."""
        return frozenset(s for f in self.fields for s in f)

    @cached_property
    def worded(self) -> dict[str, str]:
        """The word that the text fields last have for each stem."""
        return {stem(w): w for text in self.written for w in folded_words(text)}

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The text fields, folded, words in alphabetical order."""
        return tuple(" ".join(sorted(t.split())) for t in self.written)


def profile(
    texts: Mapping[str, str | None],
    pilots: Collection[str],
    amount: Decimal | None,
    acronyms: Mapping[str, tuple[str, ...]],
    concepts: Lexicon,
    status: str = "unknown",
    recalled: Decimal | None = None,
    remark: str = "",
) -> Profile:
    """Make an action comparable.

    `texts` has the action's 'label', 'objective', 'description' and 'indicators', of which the
    first that says something is compared as its label; `pilots` are their identifiers;
    `amount` what the AMI pays, `recalled` what it paid before, as the action's row recalls;
    `status` is one of the contract's words, `remark` what the row says of the action's course.
    """
    raw = sorted((texts.get(f) or "" for f in TEXT_FIELDS), key=lambda text: not text)
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
        sentences=frozenset(
            told
            for text in raw[1:]
            for sentence in SENTENCE.split(text)
            if len((told := " ".join(folded_words(fold(sentence)))).split()) >= LONG
        ),
        concepts={c: math.sqrt(n) for c, n in sorted(found.items())},
        topics=topics,
        publics=frozenset(c for c in topics if kinds[c] == "public"),
        natures=frozenset(c for c in topics if kinds[c] == "nature"),
        numbers=frozenset(
            n for n in NUMBER.findall(together + " " + indicators) if not re.match(r"20[123]\d$", n)
        ),
        names=frozenset(map(_name, NAME.findall(together))) - NO_NAMES,
        pilots=frozenset(pilots),
        amount=amount,
        recalled=recalled,
        status=status,
        shared=frozenset(k for k, pattern in SHARED.items() if pattern.search(fold(remark))),
    )


@lru_cache(maxsize=50_000)
def _name(written: str) -> str:
    return stem(fold(written))


def joined(one: Profile, two: Profile) -> Profile:
    """Two actions read as one: what they would be if they were a single row."""
    return Profile(
        fields=tuple(_union(a, b) for a, b in zip(one.fields, two.fields, strict=True)),
        indicators=_union(one.indicators, two.indicators),
        written=tuple(f"{a} {b}".strip() for a, b in zip(one.written, two.written, strict=True)),
        sentences=one.sentences | two.sentences,
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
        amount=_sum(one.amount, two.amount),
        recalled=_sum(one.recalled, two.recalled),
        status=one.status if one.status == two.status else "unknown",
        shared=one.shared | two.shared,
    )


def _sum(*amounts: Decimal | None) -> Decimal | None:
    known = [a for a in amounts if a is not None]
    return sum(known, Decimal(0)) if known else None


def _union(one: Iterable[str], two: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*one, *two]))


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
        self._words = _Space([p.whole.union(p.indicators) for p in both])
        self._notions = _Space([p.concepts for p in both])
        self._rare_notions = _worths([[p.concepts for p in side] for side in (sources, targets)])
        self._rare_sentences = _worths([[p.sentences for p in side] for side in (sources, targets)])
        self._rare_numbers = _worths([[p.numbers for p in side] for side in (sources, targets)])
        self._sums = _worths([[_known(p.amount) for p in side] for side in (sources, targets)])
        self._recalls = _worths(
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
        that the comparison was made of, such as two `joined`."""
        every = len(i) == len(sources) * len(targets)

        def dots(a: Matrix, b: Matrix) -> Floats:
            """Products of a's and b's rows, one a pair."""
            if every:
                return np.asarray((a @ b.T).toarray(), dtype=float).ravel()
            return np.asarray(a[i].multiply(b[j]).sum(axis=1), dtype=float).ravel()

        def cosines(space: _Space, texts: Callable[[Profile], Iterable[str]]) -> Floats:
            return dots(*(space.vectors([texts(p) for p in side]) for side in (sources, targets)))

        def named(
            space: _Space,
            labels: Callable[[Profile], Collection[str]],
            texts: Callable[[Profile], Collection[str]],
        ) -> tuple[Floats, Floats, Floats]:
            """Share of each label found in the other's text, how many of the two have a label."""
            (a, before), (b, after) = (
                space.masses([labels(p) for p in s]) for s in (sources, targets)
            )
            (c, _), (d, _) = (space.masses([texts(p) for p in s]) for s in (sources, targets))
            one, two = _share(dots(a, d), before[i]), _share(dots(c, b), after[j])
            return one, two, (before[i] > 0).astype(float) + (after[j] > 0)

        def empty(things: Callable[[Profile], Sized]) -> NDArray[np.bool_]:
            """Pairs where a side says nothing: its measure is then that of the whole text."""
            a, b = (np.array([not things(p) for p in s], dtype=bool) for s in (sources, targets))
            return np.asarray(a[i] | b[j])

        def overlap(things: Callable[[Profile], AbstractSet[str]]) -> tuple[Floats, Floats]:
            """Jaccard index, and 1 where both are known and have nothing in common."""
            a, b = ([things(p) for p in side] for side in (sources, targets))
            ones = dict.fromkeys(chain(*a, *b), 1.0)
            common = dots(_incidence(a, ones), _incidence(b, ones))
            one, two = (np.array([len(x) for x in side], dtype=float) for side in (a, b))
            known = (one[i] > 0) & (two[j] > 0)
            return _share(common, one[i] + two[j] - common), (known & (common == 0)).astype(float)

        def rarest(
            worths: Mapping[str, float], things: Callable[[Profile], AbstractSet[str]]
        ) -> Floats:
            """Worth of the rarest thing that both name."""
            a, b = ([things(p) & worths.keys() for p in side] for side in (sources, targets))
            ones = dict.fromkeys(worths, 1.0)
            common = _incidence(a, worths)[i].multiply(_incidence(b, ones)[j])
            return np.asarray(common.max(axis=1).toarray(), dtype=float).ravel()

        def same(worths: Mapping[Decimal, float], a: Sequence[Any], b: Sequence[Any]) -> Floats:
            """Worth of the value that the sources (`a`) and the targets (`b`) have."""
            codes = {v: k for k, v in enumerate(dict.fromkeys([*a, *b]))}
            one, two = (np.array([codes[v] for v in x], dtype=np.int64) for x in (a, b))
            worth = np.array([worths.get(v, 1.0) if v else 0.0 for v in codes])
            return np.asarray(np.where(one[i] == two[j], worth[one[i]], 0.0))

        def state(side: Sequence[Profile], places: Ints, states: Collection[str]) -> Floats:
            return np.array([p.status in states for p in side], dtype=float)[places]

        if not len(i):
            return np.zeros((0, len(FEATURES)))
        ensemble = cosines(self._words, lambda p: p.whole)
        one, two, _ = named(self._words, lambda p: p.fields[0], lambda p: p.whole)
        intitule = np.maximum(one, two)
        one, two, known = named(self._notions, lambda p: p.topics, lambda p: p.concepts.keys())
        subject = _share(one + two, known)
        silent = empty(lambda p: p.concepts)
        mute = empty(lambda p: p.indicators)
        champ = self._best_fields(sources, targets, i, j)
        pilots, _ = overlap(lambda p: p.pilots)
        names, other_place = overlap(lambda p: p.names)
        notions = cosines(self._notions, lambda p: p.concepts)
        amounts = [p.amount for p in sources]
        rare_notion = rarest(self._rare_notions, lambda p: p.concepts.keys())
        columns = {
            "champ": champ,
            "intitule": intitule,
            "libelle": _label_likeness(sources, targets, i, j),
            "notions": np.where(silent, ensemble, notions),
            "sujet": np.where(silent, intitule, subject),
            "notion_rare": np.where(silent, champ, rare_notion),
            "phrase": (rarest(self._rare_sentences, lambda p: p.sentences) == 1).astype(float),
            "indicateurs": np.where(mute, ensemble, cosines(self._words, lambda p: p.indicators)),
            "pilotes": np.where(empty(lambda p: p.pilots), UNKNOWN_PILOT, pilots),
            "nombres": rarest(self._rare_numbers, lambda p: p.numbers),
            "noms": names,
            "montant": same(self._sums, amounts, [p.amount for p in targets]),
            "rappel": same(self._recalls, amounts, [p.recalled for p in targets]),
            "suite_dite": state(targets, j, UNDERWAY),
            "autre_public": overlap(lambda p: p.publics)[1],
            "autre_nature": overlap(lambda p: p.natures)[1],
            "autre_lieu": other_place,
            "autre_sujet": ((known == 2) & (subject == 0)).astype(float),
            "autre_debut": state(targets, j, {"planned"}),
            "autre_fin": state(sources, i, ENDED),
        }
        return np.column_stack([columns[f] for f in FEATURES])

    def _best_fields(
        self, sources: Sequence[Profile], targets: Sequence[Profile], i: Ints, j: Ints
    ) -> Floats:
        """Best cosine of any text field of one with any of the other."""
        n, m, many = len(sources), len(targets), len(TEXT_FIELDS)
        a, b = (
            self._words.vectors([p.fields[f] for f in range(many) for p in side])
            for side in (sources, targets)
        )
        if len(i) == n * m:
            table = (a @ b.T).toarray().reshape(many, n, many, m)
            return np.asarray(table.max(axis=(0, 2)).ravel(), dtype=float)
        crossed = list(product(range(many), range(many)))
        one = np.concatenate([i + f * n for f, _ in crossed])
        two = np.concatenate([j + g * m for _, g in crossed])
        products = a[one].multiply(b[two]).sum(axis=1)
        best = np.asarray(products, dtype=float).reshape(len(crossed), len(i)).max(axis=0)
        return np.asarray(best, dtype=float)


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


def _incidence(texts: Sequence[Collection[str]], worths: Mapping[str, float]) -> Matrix:
    """One row a text, one column a term of `worths`, which holds them all: what it is worth."""
    row, column = _places(texts, {term: k for k, term in enumerate(worths)})
    values = np.array(list(worths.values()), dtype=float)[column]
    return _table(row, column, values, (len(texts), max(len(worths), 1)))


def _table(row: Ints, column: Ints, values: Floats, shape: tuple[int, int]) -> Matrix:
    """The sparse table of `values`; `row` is in order."""
    starts = np.searchsorted(row, np.arange(shape[0] + 1))
    return sparse.csr_array((values, column, starts), shape=shape)


def _known(amount: Decimal | None) -> list[Decimal]:
    return [amount] if amount else []


def _worths(sides: Sequence[Sequence[Iterable[Any]]]) -> dict[Any, float]:
    """Worth of what both sides have: 1 where one action of each does, less the commoner it is."""
    before, after = (Counter(x for things in side for x in things) for side in sides)
    return {x: 1 / math.sqrt(n * after[x]) for x, n in before.items() if x in after}


def _nearest(left: sparse.csr_array, right: sparse.csr_array) -> Iterable[tuple[Ints, Ints]]:
    across = sparse.csr_array(right.T)
    size = min(NEAREST, right.shape[0])
    for start in range(0, left.shape[0], CHUNK):
        near = (left[start : start + CHUNK] @ across).toarray()
        best = np.argpartition(-near, size - 1, axis=1)[:, :size]
        rows = np.repeat(np.arange(start, start + near.shape[0]), size)
        yield rows.astype(np.int64), best.ravel().astype(np.int64)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _label_likeness(
    sources: Sequence[Profile], targets: Sequence[Profile], i: Ints, j: Ints
) -> Floats:
    every = len(i) == len(sources) * len(targets)
    best = np.zeros(len(i))
    for f, g in ((0, 0), (0, 1), (1, 0), (0, 2), (2, 0)):
        a, b = [p.ordered[f] for p in sources], [p.ordered[g] for p in targets]
        how: dict[str, Any] = {"scorer": fuzz.ratio, "score_cutoff": 50, "dtype": np.float64}
        likeness = (
            process.cdist(a, b, **how).ravel()
            if every
            else process.cpdist([a[k] for k in i.tolist()], [b[k] for k in j.tolist()], **how)
        )
        said = np.array([bool(text) for text in a])[i]  # two silences are not alike
        best = np.maximum(best, np.where(said, likeness / 100, 0.0))
    return best
