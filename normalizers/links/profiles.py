"""What is compared of an action: its stems, concepts, names, numbers, marks, pilots, money."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
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
YEAR = re.compile(r"20[123]\d$")


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
    written = tuple(map(fold, raw))
    plain = [folded_words(text) for text in written]
    long = [spelt_out(told, acronyms) for told in plain]
    announced = [concepts.entries([*a, *b]) for a, b in zip(plain, long, strict=True)]
    kinds = {c: concepts.rows[c]["kind"] for found in announced for c in found}
    topics = frozenset(c for c in announced[0] if kinds[c] != "side")
    sides = frozenset(announced[0]) - topics
    together = ". ".join(raw)
    indicators = texts.get("indicators") or ""
    return Profile(
        fields=tuple(map(_stems, long)),
        indicators=_stems(spelt_out(words(indicators), acronyms)),
        written=written,
        sentences=_long_sentences(raw[1:]),
        concepts={c: math.sqrt(n) for c, n in _spoken(announced) if kinds[c] != "side"},
        topics=topics,
        publics=frozenset(c for c in topics if kinds[c] == "public"),
        natures=frozenset(c for c in topics if kinds[c] == "nature"),
        numbers=frozenset(
            n for n in NUMBER.findall(f"{together} {indicators}") if not YEAR.match(n)
        ),
        names=frozenset(map(_name, NAME.findall(together))) - NO_NAMES,
        marks=marks(raw[0], sides, row, lambda word: bool(concepts.entries([word]))),
        pilots=frozenset(pilots),
        amount=amount,
        recalled=recalled,
        status=status,
        shared=frozenset(k for k, pattern in SHARED.items() if pattern.search(fold(remark))),
    )


def _stems(told: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(stem, told)))


def _spoken(announced: Sequence[Mapping[str, int]]) -> list[tuple[str, int]]:
    """How often each concept is told in the texts, of which the first is the label."""
    found = Counter({c: n * LABEL_WORTH for c, n in announced[0].items()})
    for text in announced[1:]:
        found.update(text)
    return sorted(found.items())


def _long_sentences(texts: Iterable[str]) -> frozenset[str]:
    """Those of `texts`, folded, that are not said of any action."""
    said = (folded_words(fold(s)) for text in texts for s in SENTENCE.split(text))
    return frozenset(" ".join(told) for told in said if len(told) >= LONG)


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
