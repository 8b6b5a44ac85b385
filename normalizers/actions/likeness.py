"""What headings announce, by how far they are like those of `data/reference/headings.csv`: accents,
case, punctuation, numbers and small words aside."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from rapidfuzz import fuzz

from normalizers.reference import MalformedError, read_rows
from normalizers.terms import fold
from pipeline.kinds import Stage

MONEY = frozenset(
    (
        "total_cost", "ami", "ami_previous", "cofinancing", "planned", "spent", "carry_over",
        "unfunded",
    )
)  # fmt: skip
TEXTS = ("label", "objective", "description", "indicators", "status", "comment")
OTHERS = (
    "reference", "pilot", "section", "cofinancing_source", "category", "operator", "partners",
    "territory", "schedule", "audience",
)  # fmt: skip
FIELDS = (*TEXTS, *OTHERS, *sorted(MONEY))
KEPT = ("staff", "rate", "volume")  # figures of no field, where nothing else explains a column
ACCEPTED = 0.72
SAME_WORD = 85  # of 100, for words that OCR or a plural changed
ENOUGH_LETTERS = 6  # of a phrase, to be told without its blanks
FEW_PIECES = 3  # more pieces of two letters are those of words that narrow cells cut
SMALL_WORDS = frozenset((
    "a", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou",
    "par", "pour", "sur", "un", "une",
))  # fmt: skip
WORD = re.compile(r"[a-z]+")
BOTH = re.compile(r"\s+et\s+|\s*[/&+]\s*|\s+[–-]\s+")
JOINED = re.compile(r"\s*(?:[/+&]|\bet\b)\s*")
CAPITAL = re.compile(r"(?<=\s)(?=[A-ZÀ-Ý][a-zà-ÿ]{7})")  # of a long word amid a heading


Likeness = dict[str, tuple[float, Stage | None]]  # by field: 0 to 1, and the stage of its sums
UNLIKE: tuple[float, Stage | None] = (0.0, None)


@dataclass(frozen=True, slots=True, eq=False)  # alike only to itself: quick to look up
class Phrase:
    """A heading as people write it, its words, the field it announces and the stage of its sums."""

    words: tuple[str, ...]
    field: str
    stage: Stage | None


class Phrases(tuple[Phrase, ...]):
    """A vocabulary, alike only to itself: quick to look up."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


def load_headings(path: Path) -> tuple[Phrase, ...]:
    """The phrases of `headings.csv`; MalformedError names the line that is wrong."""
    phrases = []
    for line, row in enumerate(read_rows(path, ("phrase", "field", "stage")), 2):
        stage = row["stage"] or None
        if row["field"] not in (*FIELDS, *KEPT) or (stage and stage not in get_args(Stage)):
            raise MalformedError(path, line, "champ ou étape inconnus", "unknown field or stage")
        phrases.append(
            Phrase(heading_words(row["phrase"]), row["field"], cast(Stage | None, stage))
        )
    return Phrases(phrases)


def heading_words(heading: str) -> tuple[str, ...]:
    """Folded words of a heading, without numbers and small words."""
    found = WORD.findall(fold(heading).replace("n°", "n "))
    if len(found) > FEW_PIECES and all(len(w) < 3 for w in found):  # C ré di ts A M I, set upright
        return tuple(found)
    return tuple(w for w in found if w not in SMALL_WORDS)


@lru_cache(maxsize=20_000)
def best_field(heading: str, phrases: tuple[Phrase, ...], least: float) -> str | None:
    """The field that `heading` announces by its wording alone, if its likeness is at least so."""
    found = likeness(heading_words(heading), phrases)
    found = {field: like for field, like in found.items() if field not in KEPT}
    field = max(found, key=lambda f: (found[f][0], f), default=None)
    return field if field and found[field][0] >= least else None


def kept_kind(heading: str, phrases: tuple[Phrase, ...]) -> str | None:
    """What figures of no field `heading` announces: posts, rates, counts of places."""
    found = likeness(heading_words(heading), phrases)
    kinds = [kind for kind in KEPT if found.get(kind, UNLIKE)[0] >= ACCEPTED]
    return max(kinds, key=lambda kind: found[kind][0], default=None)


def of_two_texts(heading: str, phrases: tuple[Phrase, ...]) -> Likeness:
    """The field of a column whose heading announces two texts in one cell: 'Objectifs et
    présentation' describes, 'Action / objectif' labels."""
    parts = [p for p in BOTH.split(fold(heading)) if p]
    fields = {best_field(p, phrases, 1.0) for p in parts} if len(parts) == 2 else set()
    first = next((f for f in ("label", "description") if f in fields), None)
    others = fields - {first}
    return (
        {first: (1.0, None)} if first and others and others <= {"objective", "description"} else {}
    )


def are_two_sums(heading: str, phrases: tuple[Phrase, ...]) -> bool:
    """Do two headings of sums stand in `heading`, one after the other, where a column was missed
    ('AMI antérieur Cofinancements'), or as one: 'AMI et cofinancements'? Nobody can tell then which
    of them a sum of the column is."""
    missed = [(heading[: m.start()], heading[m.start() :]) for m in CAPITAL.finditer(heading)]
    joined = [(heading[: m.start()], heading[m.end() :]) for m in JOINED.finditer(heading)]
    for parts in [*(p for p in missed if len(heading_words(p[0])) > 1), *joined]:
        fields = [best_field(part, phrases, 1.0) for part in parts]
        of_its_own = fields[1] in ("ami", "cofinancing", "total_cost")  # no stage of the first's
        if of_its_own and fields[0] in MONEY and fields[0] != fields[1]:
            return True
    return False


@lru_cache(maxsize=4096)
def likeness(words: tuple[str, ...], phrases: tuple[Phrase, ...]) -> Likeness:
    """How far a heading is like the best phrase of each field, with that phrase's stage. The
    field that the vocabulary names first for the very same phrase goes before the others."""
    found: Likeness = {}
    claimed: set[tuple[str, ...]] = set()
    for phrase in phrases:
        like = _like(words, phrase.words)
        if phrase.words in claimed:
            like -= 0.02
        claimed.add(phrase.words)
        if like > found.get(phrase.field, UNLIKE)[0]:
            found[phrase.field] = (like, phrase.stage)
    if "amis" in words:  # friends: an association's
        found.pop("ami", None)
    return found


def _like(words: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """1 for the same words; less for other spellings or order; less for a part of the heading,
    the more the further it stands from the head of it."""
    if not words or not phrase:
        return 0.0
    if words == phrase:
        return 1.0
    whole = 0.0
    if _of_others(words) == _of_others(phrase):
        whole = fuzz.ratio(_in_any_order(words), _in_any_order(phrase), score_cutoff=80) / 100
    part = 0.0
    for i in range(len(words) - len(phrase) + 1):
        same = words[i : i + len(phrase)]
        if _of_others(same) == _of_others(phrase) and all(
            fuzz.ratio(one, w) >= SAME_WORD for one, w in zip(same, phrase, strict=True)
        ):
            part = 0.7 + 0.2 * len(phrase) / len(words) + 0.08 * (1 - i / len(words))
            break
    part = part or _parted_elsewhere(words, phrase)
    if whole and any(
        len(w) > 3 and all(fuzz.ratio(w, p) < SAME_WORD for p in phrase) for w in words
    ):
        whole -= 0.05  # "Financements Coût total" is no misspelt "Total cofinancements"
    if whole == 1.0:
        whole -= 0.01  # "Action et porteur" is no "Porteur de l'action"
    return max(whole if whole >= 0.8 else 0.0, part)


def _parted_elsewhere(words: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """How like `phrase` a part of the heading is that has its letters, blanks elsewhere: narrow
    columns cut 'Finance|mentAMI'."""
    letters = "".join(phrase)
    if len(letters) < ENOUGH_LETTERS or letters not in "".join(words):
        return 0.0
    for i in range(len(words)):
        for end in range(i + 1, len(words) + 1):
            if "".join(words[i:end]) == letters:
                return 0.7 + 0.2 * (end - i) / len(words) + 0.08 * (1 - i / len(words))
    return 0.0


def _of_others(words: tuple[str, ...]) -> bool:
    """Do `words` name cofunding? "Cofinancements obtenus" is no misspelt "Financement obtenu"."""
    return any(w.startswith("cofin") for w in words)


@lru_cache(maxsize=4096)
def _in_any_order(words: tuple[str, ...]) -> str:
    return " ".join(sorted(words))
