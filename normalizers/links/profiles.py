"""What is compared of an action: its stems, concepts, names, numbers, marks, pilots, money."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from types import MappingProxyType

from normalizers.lexicon import Lexicon
from normalizers.links.marks import NO_NAMES as NAMELESS
from normalizers.links.marks import Marks, marks
from normalizers.terms import fold, folded_words, spelt_out, stem, words

TEXT_FIELDS = ("label", "objective", "description")
LABEL_WORTH = 2  # a concept of the label counts as much as two of the text
SENTENCE = re.compile(r"[.;•\n]+(?:\s|$)")
LONG = 8  # words: a shorter sentence may be said of any action
NAME = re.compile(r"(?<=[\w,;'’] )(?:[dl]['’])?([A-ZÉÈÎÔ][a-zà-ÿ]{2,})")
NO_NAMES = frozenset(map(stem, NAMELESS))
# Regroupement · Fusion avec… · Scindée en deux · Issue de… : whether a row is the whole, or a part
SHARED = {
    "merges": re.compile(r"\b(?:(?:re)?group|fusion|reuni|mutualis|rassembl)\w*"),
    "splits": re.compile(r"\b(?:scind|scission|separ|dedoubl|dissoci|eclat|issue?s? d)\w*"),
}
NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:\s?%)?")


@dataclass(frozen=True)
class Profile:
    """What is compared of one action: stems by field, concepts, names, numbers, marks, pilots,
    money."""

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
    marks: Marks
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
    row: Mapping[str, str] = MappingProxyType({}),
) -> Profile:
    """Make an action comparable.

    `texts` has the action's 'label', 'objective', 'description' and 'indicators', of which the
    first that says something is compared as its label; `pilots` are their identifiers;
    `amount` what the AMI pays, `recalled` what it paid before, as the action's row recalls;
    `status` is one of the contract's words, `remark` what the row says of the action's course,
    `row` has the texts of its columns without a field, by their heading.
    """
    raw = sorted((texts.get(f) or "" for f in TEXT_FIELDS), key=lambda text: not text)
    fields = []
    found: Counter[str] = Counter()
    topics: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    folded = tuple(fold(t) for t in raw)
    for place, text in enumerate(folded):
        plain = folded_words(text)
        long = spelt_out(plain, acronyms)
        fields.append(tuple(dict.fromkeys(stem(w) for w in long)))
        announced = concepts.entries([*plain, *long])
        spoken = {c: n for c, n in announced.items() if concepts.rows[c]["kind"] != "side"}
        found.update({c: n * (LABEL_WORTH if place == 0 else 1) for c, n in spoken.items()})
        if place == 0:
            topics = frozenset(spoken)
            sides = frozenset(announced.keys() - spoken.keys())
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
        marks=marks(raw[0], sides, row, lambda word: bool(concepts.entries([word]))),
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
        marks=one.marks | two.marks,
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
