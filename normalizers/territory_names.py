"""What a territory is called in its documents, by its name: without its kind ('Grand Poitiers'),
abridged ('CA du Pays de X'), by its sigle ('QNM'), by the commune that it is named after."""

import re
from collections.abc import Iterable, Iterator

from normalizers.terms import ARTICLE, fold

SIGLE = re.compile(r"[A-Z][A-Z0-9]{1,4}")
CALLED = (
    r"\s*,?\s*(?:\(?\s*ci-après\s*(?:d[ée](?:nomm|sign)ée?)?\s*)?"
    r"[(«\"]\s*(?:l[ae]\s|l['’])?(?P<sigle>[A-Z][A-Z0-9]{1,5})\s*[)»\"]"
)
# La Métropole X, représentée par …, ci-après « 3M » : behind all that its paragraph says of it
CALLED_AFTER = re.compile(
    r"ci-après\s(?:d[ée](?:nomm|sign)ée?\s)?(?:par\s)?[«\"“]\s?(?:l[ae]\s|l['’])?"
    r"(?P<sigle>(?=\d*[A-Z])[A-Z0-9]{2,6})\s?[»\"”]"
)
KIND = re.compile(
    r"^(?:communauté (?:urbaine|d['’]agglomération|de communes)|établissement public territorial)"
    r"\s*(?P<of>de la |de l['’]|du |des |de |d['’])?"
    r"|\s*,?\s*(?:communauté (?:urbaine|d['’]agglomération|de communes))$",
    re.IGNORECASE,
)
# Communauté d'agglomération Sorne-Vallées, or Sorne Sud, which no commune gave its name; but not …
# de Niort
NAMED_APART = re.compile(
    r"communauté (?:urbaine|d['’]agglomération|de communes)\s+"
    r"(?!(?:de|du|des|d['’]|le|la|les|sainte?)\b)[\w'’]+(?:-|\s(?!agglo|métropole))\w",
    re.IGNORECASE,
)
WITHOUT_COMMUNE = re.compile(
    r"^(?:conseil )?(?:departement(?:al)?|region(?:al)?)\b"
    r"|^(?:gip|groupement d['’]interet public|association)\b|\baggl(?!o\b|omeration)['’]?\w"
    # Métropole Val-de-Garde: a landscape
    r"|\b(?:val|vallees?|cotes?|coeur|bassin|baie|plateau|portes|terres|rives|plaine|littoral"
    r"|estuaire)\b"
)
COINED = re.compile(r"(?:euro(?!p)|agglo(?!m))\w{3,}")  # Eurocité Valmer is Eurocité
AGGLOMERATION = re.compile(r"\bagglom[ée]ration\b", re.IGNORECASE)
SMALL = frozenset(("de", "du", "des", "la", "le", "les", "l", "d", "et"))
GENERIC = SMALL | frozenset((
    "metropole", "metropolitaine", "eurometropole", "europeenne", "mediterranee", "communaute",
    "agglomeration", "agglo", "urbaine", "communes", "commune", "ville", "grand", "grande", "pays",
))  # fmt: skip


def key(text: str) -> str:
    """Folded words: what spellings of one name have in common."""
    return " ".join(re.findall(r"[a-z0-9+%]+", fold(text).replace("&", " et ")))


def main_commune(name: str) -> str | None:
    """The commune that a territory's name holds: 'Grand X Agglomération', 'Métropole de X' → X;
    None of a department, of a landscape, and of a name that grew together with what it is:
    'Agglopolys'."""
    if WITHOUT_COMMUNE.search(fold(name)):
        return None
    bare = re.sub(r"^(?:de la|de l['’]|de|du|des|d['’])\s*", "", _stripped(name)).strip(" -–")
    return bare or None


def own_names(name: str, sigles: Iterable[str] = ()) -> set[str]:
    """The keys of all that a territory of this `name` and these `sigles` may be called."""
    names = [name, *sigles, *_short_names(name), *_abridged(name)]
    names += [AGGLOMERATION.sub("Agglo", one) for one in names]
    return {key(one) for n in names for one in (n, ARTICLE.sub("", n))} - {""}


def is_named_apart(name: str) -> bool:
    """Has a territory a name that is no commune's: 'Communauté d'agglomération Sorne-Vallées'?"""
    return NAMED_APART.match(" ".join(map(_without_kind, name.split()))) is not None


def abridges(sigle: str, name: str) -> bool:
    """Do capitals abridge a territory's name: 'QNM' Quintenelle Métropole, 'CU' its kind? Most of
    them begin its words: 'AIVS' is no Communauté d'agglomération Les Trois Vals."""
    if not SIGLE.fullmatch(sigle) or not name:
        return False
    letters, words, short = sigle.lower(), _words(name), _words(KIND.sub("", name))
    kind = KIND.match(name)
    if kind and letters == _initials(kind[0]):
        return True
    initials = _initials(name)
    in_order = iter("".join(words))
    return (
        all(c in in_order for c in letters)
        and len(words) > 1
        and letters[0] in initials
        and any(w[-1][0] in letters[1:] for w in (words, short) if w)
        and sum(c in initials for c in letters) > max(1, len(letters) / 2)
    )


def _short_names(name: str) -> list[str]:
    """A territory's name without what it is, in one word or several: 'Grand Poitiers communauté
    urbaine' → 'Grand Poitiers', 'GrandPoitiers'; without its place, where the rest is coined:
    'Eurocité Valmer'. None where only the commune's name is left."""
    bare = KIND.sub("", name).strip()
    first, _, place = bare.partition(" ")
    if place and fold(first) not in GENERIC and COINED.fullmatch(fold(first)):
        return [bare, first]
    if NAMED_APART.match(name):
        return [bare]
    if bare == name or key(bare) == key(main_commune(name) or ""):
        return []
    return [bare, bare.replace(" ", "")]


def _abridged(name: str) -> list[str]:
    """A territory's name with its kind abridged: 'Communauté d'agglomération du Pays de X' → 'CA du
    Pays de X', 'CA Pays de X'."""
    kind = KIND.match(name)
    if kind is None:
        return []
    return [f"{_initials(kind[0])} {of}{name[kind.end() :]}" for of in ("", kind["of"] or "")]


def _words(name: str) -> list[str]:
    return [w for w in re.findall(r"\w+", fold(name)) if w not in SMALL]


def _initials(name: str) -> str:
    return "".join(word[0] for word in _words(name))


def _stripped(name: str) -> str:
    words = [_without_kind(w) for w in re.split(r"(\s+|['’])", name)]
    kept = [w for w in words if fold(w) not in GENERIC and w not in "'’"]
    return " ".join("".join(kept).split())


def _without_kind(word: str) -> str:
    """'Valmont-Agglomération' → 'Valmont'."""
    rest, _, kind = word.rpartition("-")
    return rest if rest and fold(kind) in GENERIC else word


def sigles(text: str, name: str) -> Iterator[str]:
    """The sigles that `text` gives to `name`, which may lack its first letter: "Métropole X (MX)",
    "X, ci-après « MX »", "X, représentée par …, ci-après « la MX »"."""
    if name and name in text:
        yield from (m["sigle"] for m in re.finditer(rf"{re.escape(name)}{CALLED}", text))
        if ARTICLE.sub("", text).find(name) in (0, 1) and (last := CALLED_AFTER.search(text)):
            yield last["sigle"]
