"""References of actions and sheets: 'FA 13 Bis', 'Action 1bis', 'Fiche projet n° 23', '1’'."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from normalizers.terms import fold

# 3a, 3.A and 3 a, but not the verb of "la fiche 3 a été scindée"
VARIANT = r"(?:[a-e]\b|\.[a-h]\b(?!['’]|\.\w)|\s[a-e]\b(?=\s*(?:[.:,;/&)–—-]|et\b|$)))"
SUFFIX = rf"(?:\s?(?:bis|ter|quater|['’](?!\w))|{VARIANT}|\s\(?adapt[ée]e\)?)"
NUMBER = rf"\d{{1,3}}+(?:\.\d{{1,3}})*+{SUFFIX}?+"  # never the 1 of 1.1
# Action B, Fiche II; but not ACTION A POURSUIVRE
LETTER = r"(?<=\s)(?-i:[A-H]|[IVX]{1,4})(?=\s*(?:$|[^\w\s'’]))(?![.-]\d)"
COUNT = rf"(?:{NUMBER}|{LETTER})"
SHEET = (
    r"(?:fiches?[\s-](?:actions?|projets?)|fiches?|actions?|mesures?|projets?(?=\s*n°)"
    r"|f\.\s?a\.|fa)"
)
IN_ANNEX = r"\s*(?:annexes?\s+(?:n°\s*)?\w+\s*[.:–—-]\s*)?"  # Annexe 2 – Fiche action n° 1 : Label
# FA 10. Label · FA 1 bis . Label · FA 5 adaptée. Label · Action 11/12 : Label · Action 3 • Label ·
# Action 3, « Label »
NAMED = re.compile(
    rf"{IN_ANNEX}(?P<reference>{SHEET}\s*(?:n°\s*)?"
    rf"(?:{NUMBER}(?:\s?[/,&]\s?{NUMBER})*|{LETTER}))(?:\s*[.:–—•·|-]\s*|\s*,?\s*(?=[«“\"]))"
    rf"(?P<label>.*[^\W\d_].*)",
    re.IGNORECASE | re.DOTALL,
)
# fiche projet n° 23 Amélioration et coordination; but not the "Fiche 8 de 2024, pour partie"
UNPARTED = re.compile(
    rf"{IN_ANNEX}(?P<reference>{SHEET}\s*(?:n°\s*)?{NUMBER})\s+"
    r"(?!(?:de|en|du)\s(?:20\d\d|la\sconvention|l['’]avenant|plan\s)|(?:en|pour)\spartie\b)"
    r"(?P<label>[^\W\d_].+)",
    re.IGNORECASE | re.DOTALL,
)
# Axe 1 – Objectif 1.1 – Action 1.1.1 Repérer · Axe II : Loger / Action 3 : Bail glissant
IN_PART = re.compile(
    r"\s*(?P<part>(?:axe|volet|pilier|priorité|orientation|objectif)\s+(?:n°\s*)?"
    r"(?:\d|[IVX]{1,4}\b|[A-H]\b).{0,120}?)\s*[.:–—•|/>\n-]\s*"
    rf"(?P<action>(?:fiche[\s-]action|fiche|action|mesure)\s*(?:n°\s*)?{NUMBER}(?!\w).*)",
    re.IGNORECASE | re.DOTALL,
)
# B.1 · H2 · III.1 : an axis and a rank; but not the n of "n° 2", nor the a of "FA 2" and "F.A. 2"
CODE = r"(?<![a-z.])(?:[ivx]{2,4}|[a-mo-z])[.\s-]?(?=\d)"
# ACC-1 · LDA-02a · EV25-01: what parts the actions of one document, where it differs
NO_SIGLE = r"(?!(?:fa|fiches?|actions?|mesures?|projets?|axe|annexe|ex|no)(?![a-z]))"
SIGLE = rf"(?<![a-z\d]){NO_SIGLE}[a-z]{{2,6}}[.-]?(?:\d{{2,4}}[.-])?(?=\d)"
# AC 03, and ac 03 alone, as of a folded sentence
SPACED = re.compile(rf"\b([A-Z]{{2,6}}|^{NO_SIGLE}[a-z]{{2,4}})\s(?=\d)")
ONE = re.compile(
    rf"((?:{CODE}|{SIGLE})?\d+(?:\.\d+)*)(\s?(?:bis|ter|quater|')|{VARIANT})?(\s?\(?adaptee)?"
)
# LDA/2025/03 · P1-A2 · 2025-03 · n° 3-b · II.A.1: one code of several parts, and no list: 11/12
PART = r"(?:[a-z]{1,6}\d{0,4}|\d{1,4}[a-h]?)"
COMPOUND = re.compile(
    rf"(?:{SHEET}(?![a-z])[\s.-]*)?+(?:n°\s*)?({PART}(?:\s?[/._–-]\s?{PART}){{1,3}})\.?"
)
# a key that may be written without its letters, or its zeros; but not the axis of iii1
LETTERED = re.compile(
    r"(?![ivx]+\d)([a-z]{2,4})?0*(\d{1,3}(?:\.\d{1,3})*(?:bis|ter|quater|[a-h])?)"
)
JOINED = re.compile(r"\s?[/._–-]\s?")
YEAR = re.compile(r"(?:19|20)\d\d")

# 50 000 € pour la plateforme (FA 1) ;
BEHIND = re.compile(
    rf"\s*\((?P<reference>{SHEET}\s*(?:n°\s*)?{NUMBER})\)(?=\s*[;.,]?\s*$)", re.IGNORECASE
)
# ACTION 3, its label on the next line
TITLE_ALONE = re.compile(rf"{SHEET}\s*(?:n°\s*)?{COUNT}", re.IGNORECASE)
ALONE = re.compile(
    rf"(?:{SHEET}\s*(?:n°?\s*)?|[a-z]{{2,4}}[\s.-]?)?(?:{CODE})?{NUMBER}", re.IGNORECASE
)
# A.1.a Accueil · B2.3 Bail · I.2 Bail · A.1 Accueil: axis, objective, action
CODED = re.compile(
    r"[A-H]\.?\d{1,2}(?:\.(?:\d{1,2}|[a-h]))+|\d{1,2}(?:\.\d{1,2})*\.[a-hA-H]"
    r"|(?:[IVX]{1,4}|[A-H])\.\d{1,2}"
)
# A1 – Accueil : an axis and the rank in it
RANKED = re.compile(r"[A-H][.-]?\d{1,2}")
# 1. Accueil · 3a – Étude · 2.1 Bail glissant · A1-Accueil · Action II : Bail · B – Bail ·
# Action n° 4 Accueil; but no 24 places
COUNTED = re.compile(
    rf"(?P<number>(?:{CODED.pattern})(?![\w.])|"
    r"\d{1,2}(?:\.\d{1,2})+[a-e]?"
    r"|(?:(?i:action|mesure|fiche)\s(?:n°\s?)?)?(?:\d{1,2}\s?(?:bis|ter|[a-e])?|[IVX]{1,4}"
    r"|[A-H](?:[.-]?\d{1,2})?|[a-h](?=\)))"
    r"(?=\s?[.):°–—-])|[Nn]°\s?\d{1,2}(?=\s)"
    r"|(?i:action|mesure|fiche)\s(?:n°\s?)?\d{1,2}(?=\s[A-ZÀ-Ý]))"
    r"(?:\s?[.):°–—-]?\s+|\s?[.):°–—-](?=[A-ZÀ-Ý][^\W\d]))(?P<label>[^\W\d_].*)",
    re.DOTALL,
)
# 5. Accueil · 1.2 Bail glissant, and no list "1. Accueil, 2. Bail"
ALONE_COUNTED = re.compile(
    r"(?:\d{1,2}\.|\d{1,2}(?:\.\d{1,2})+)\s(?:(?!\d{1,2}[.)]\s).)*", re.DOTALL
)
SHUFFLED = 2  # actions whose numbers stand in another order by chance
LETTERS = "abcdefgh"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
FEW_LEFT_OUT = 2  # times as many numbers as actions
WHOLE = re.compile(rf"(?:{SHEET}\s*(?:n°?\s*)?)?([ivx]{{1,4}}|[a-h])\s*\.?")  # Action II, B


def split_title(text: str) -> tuple[str | None, str]:
    """As `split_reference`; 'Action 3' alone on the first line numbers what the next ones say."""
    first, _, rest = text.partition("\n")
    if rest and TITLE_ALONE.fullmatch(first.strip()):
        return " ".join(first.split()), rest.strip()
    return split_reference(text)


def split_behind(text: str) -> tuple[str | None, str]:
    """The reference in brackets that ends `text`, and `text` without it: 'La plateforme (FA 1)'."""
    match = BEHIND.search(text)
    return (
        (match["reference"], text[: match.start()] + text[match.end() :]) if match else (None, text)
    )


def reference_keys(reference: str | None) -> list[str]:
    """The actions that a reference names, alike for all its writings.

    'FA 13 Bis' and '13 bis' are '13bis', "1'" is '1bis', '5 (adaptée)' is '5adaptee', '3b' is '3b',
    'B.1' and 'Action B1' are 'b1', 'ACC-1' is 'acc1', 'Action II' is 'ii', 'LDA/2025/03' is
    'lda2025-03', and 'Action 11/12' names '11' and '12'.
    """
    plain = fold(reference or "").strip()
    if whole := WHOLE.fullmatch(plain):
        return [whole[1]]
    if code := _compound(plain):
        return [code]
    found = ONE.findall(fold(SPACED.sub(r"\1-", reference or "")))
    return [
        _number(number) + suffix.strip(" .").replace("'", "bis") + ("adaptee" if adapted else "")
        for number, suffix, adapted in found
    ]


def is_reference(text: str) -> bool:
    """Is all of `text` one reference: 'A', 'C1', 'Fiche 3', 'LDA-02a'?"""
    plain = fold(text).strip(" .:")
    coded = re.search(r"[a-z]", plain) and not plain[-4:].startswith("20") and _compound(plain)
    return bool(WHOLE.fullmatch(plain) or ALONE.fullmatch(plain) or coded)


def _compound(plain: str) -> str:
    """The code that all of a folded text is: 'lda2025-03', 'p1a2', '2025-03', '1.2' of '1-2', '3b'
    of 'n° 3-b'; '' where it is none, or lists actions: '11/12', 'A1-A3'."""
    match = COMPOUND.fullmatch(plain)
    parts = JOINED.split(match[1]) if match else []
    counted = [bool(re.search(r"\d", part)) for part in parts]
    if match is None or not any(counted) or counted == [False, True]:  # ACC-1 is no compound
        return ""
    letters = [re.sub(r"\d.*", "", part) for part in parts]
    dated = any(map(YEAR.fullmatch, parts))
    levels = all(letters) and len(set(letters)) > 1  # P1/A2, and not A1/A2
    listed = set(re.findall(r"[/._–-]", match[1])) == {"/"} or all(letters)
    if listed and not dated and not levels:
        return ""
    sign = "-" if dated or len(letters[0]) > 1 else "."
    return re.sub(r"(?<=[a-z])\.|\.(?=[a-z])", "", ".".join(parts)).replace(".", sign)


def _number(written: str) -> str:
    """The number without what parts it from its letters: 'b1' of 'b.1', 'acc1' of 'acc-1'."""
    return re.sub(r"(?<=[a-z])[.\s-]", "", written)


@lru_cache(maxsize=10_000)
def reference_key(reference: str | None) -> str:
    """The first action that `reference` names; '' where it names none."""
    return next(iter(reference_keys(reference)), "")


def key_meant(key: str, known: Iterable[str]) -> str | None:
    """The one of the `known` keys that `key` means: itself, or else the only one of its number that
    differs by zeros, or by letters that one of the two leaves out: '4' is 'lda4', 'ac3' is 'ac03'.
    """
    near = []
    letters, number = _letters_and_number(key)
    for one in known:
        if one == key:
            return one
        its_letters, its_number = _letters_and_number(one)
        if its_number == number != "" and (
            its_letters == letters or not its_letters or not letters
        ):
            near.append(one)
    return near[0] if len(near) == 1 else None


@lru_cache(maxsize=10_000)
def _letters_and_number(key: str) -> tuple[str, str]:
    match = LETTERED.fullmatch(key)
    return (match[1] or "", match[2]) if match else ("", "")


def names_action(text: str) -> bool:
    """Does `text` begin with an action's number and say more: 'Action n° 2 – Bail glissant'?"""
    return split_reference(text, parted=False)[0] is not None


def split_part(text: str) -> tuple[str | None, str]:
    """The part of the programme that 'Axe 1 – Objectif 1.1 – Action 1.1.1 Repérer' names before its
    numbered action, and that action; (None, text) where it names none."""
    match = IN_PART.fullmatch(text)
    reference, label = split_reference(match["action"] if match else "", parted=False)
    if match is None or reference is None or not label[0].isupper():
        return None, text
    return " ".join(match["part"].split()), match["action"]


def split_numbers(labels: Sequence[str]) -> list[tuple[str, str]] | None:
    """Number and label of each of several, counted in order: '1. Accueil', '2. Bail', '3a. Étude',
    '3b. Suivi', or '1.1 Accueil', '1.2 Bail', and of one alone '5. Accueil'; in any order where a
    sign parts all numbers, the same, and few are left out; or anew in each part of the programme:
    'a) …', 'b) …', 'a) …'. None where one has no number, or is out of order."""
    told = [COUNTED.fullmatch(label.strip()) for label in labels]
    if len(labels) == 1 and told[0] and ALONE_COUNTED.fullmatch(labels[0].strip()):
        return [(told[0]["number"].strip(), told[0]["label"].strip())]
    found = [(match["number"].strip(), match["label"].strip()) for match in told if match]
    numbers = [number for number, _ in found]
    if not len(found) == len(labels) > 1:
        return None
    if _counts_anew(numbers):
        return found
    order = [_order(number) for number in numbers]
    once = len(set(found)) == len(set(numbers))
    if not once or order == sorted(order):
        return found if once else None
    marks = {
        label.strip()[len(number) :].lstrip()[:1]
        for label, (number, _) in zip(labels, found, strict=True)
    }
    shuffled = len(marks) == 1 and len(order) > SHUFFLED and all(len(of) == 1 for of in order)
    return found if shuffled and max(order) <= [FEW_LEFT_OUT * len(found)] else None


def _counts_anew(numbers: Sequence[str]) -> bool:
    """Do `numbers` count one by one from the first, several times: a, b, a, b, c?"""
    ranks = [int(n) if n.isdigit() else LETTERS.find(n.lower()) + 1 for n in numbers]
    steps = list(pairwise(ranks))
    return (
        ranks[0] == 1
        and all(now in (1, before + 1) for before, now in steps)
        and {now > before for before, now in steps} == {True, False}
    )


def _order(number: str) -> list[int]:
    """The figures of `number`, and the letters of one that is coded: 'B.1.a' is 2, 1, 1; 'II.3' is
    2, 3."""
    axis, _, rank = number.partition(".")
    if axis in ROMAN and rank.isdigit():
        return [ROMAN.index(axis) + 1, int(rank)]
    coded = CODED.fullmatch(number) or RANKED.fullmatch(number)
    parts = re.findall(r"\d+|[a-h]" if coded else r"\d+", number.lower())
    return [int(part) if part.isdigit() else ord(part) - ord("a") + 1 for part in parts]


def split_reference(text: str, *, parted: bool = True) -> tuple[str | None, str]:
    """Reference and label of 'FA 10. Développement de l'offre…'; (None, text) without reference.

    Where they need not be `parted` by a sign, 'Fiche 23 Amélioration…' has a reference too.
    """
    match = NAMED.match(text) or (None if parted else UNPARTED.match(text))
    if match is None:
        return None, text.strip()
    return " ".join(match["reference"].split()), match["label"].strip()
