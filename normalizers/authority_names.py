"""What an authority goes by: its name in full, abridged, without what it is, by its sigle, or by
the commune that gave it its name."""

import re
from collections.abc import Iterable, Iterator

from normalizers.terms import fold

CALLED = (
    r"\s*,?\s*(?:\(?\s*ci-après\s*(?:d[ée](?:nomm|sign)ée?)?\s*)?"
    r"[(«\"]\s*(?P<sigle>[A-Z][A-Z0-9]{1,5})\s*[)»\"]"
)
# La Métropole X, représentée par …, ci-après « 3M » : behind all that its paragraph says of it
CALLED_AFTER = re.compile(
    r"ci-après\s(?:d[ée](?:nomm|sign)ée?\s)?(?:par\s)?[«\"“]\s?"
    r"(?P<sigle>(?=\d*[A-Z])[A-Z0-9]{2,6})\s?[»\"”]"
)
ARTICLE = re.compile(r"^\s*(?:(?:la|le|les)\s+|l['’])(?=\w)", re.IGNORECASE)
KIND = re.compile(
    r"^(?:communauté (?:urbaine|d['’]agglomération|de communes)|établissement public territorial)"
    r"\s*(?P<of>de la |de l['’]|du |des |de |d['’])?"
    r"|\s*,?\s*(?:communauté (?:urbaine|d['’]agglomération|de communes))$",
    re.IGNORECASE,
)
# Communauté d'agglomération Sorne-Vallées, which no commune gave its name; but not … de Niort
NAMED_APART = re.compile(
    r"communauté (?:urbaine|d['’]agglomération|de communes)\s+"
    r"(?!(?:de|du|des|d['’]|sainte?)\b)[\w'’]+-\w",
    re.IGNORECASE,
)
WITHOUT_COMMUNE = re.compile(
    r"^(?:conseil )?(?:departement(?:al)?|region(?:al)?)\b|\baggl(?!o\b|omeration)['’]?\w"
)
GENERIC = frozenset(
    [
        "metropole",
        "metropolitaine",
        "eurometropole",
        "europeenne",
        "mediterranee",
        "communaute",
        "agglomeration",
        "urbaine",
        "communes",
        "commune",
        "ville",
        "grand",
        "grande",
        "pays",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
    ]
)
GENERIC_SMALL = frozenset(["de", "du", "des", "la", "le", "les", "l", "d", "et"])


AGGLOMERATION = re.compile(r"\bagglom[ée]ration\b", re.IGNORECASE)


def own_names(name: str, sigles: Iterable[str] = ()) -> set[str]:
    """What an authority goes by, each as `name_key` writes it."""
    own = (name, *sigles, *_short_names(name), *_abridged(name))
    own += tuple(AGGLOMERATION.sub("Agglo", written) for written in own)
    return {name_key(spelt) for n in own for spelt in (n, ARTICLE.sub("", n))} - {""}


def bare_words(name: str) -> str:
    """`name` without the kinds that its words end with: 'Valmont-Agglomération' → 'Valmont'."""
    return " ".join(map(_without_kind, name.split()))


def main_commune(name: str) -> str | None:
    """The commune that a territory's name holds: 'Grand X Agglomération', 'Métropole de X' → X;
    None of a department, and of a name that grew together with what it is: 'Agglopolys'."""
    if WITHOUT_COMMUNE.search(fold(name)):
        return None
    bare = re.sub(r"^(?:de la|de l['’]|de|du|des|d['’])\s*", "", _stripped(name)).strip(" -–")
    return bare or None


def _short_names(name: str) -> list[str]:
    """A territory's name without what it is, in one word or several: 'Grand Poitiers communauté
    urbaine' → 'Grand Poitiers', 'GrandPoitiers'. None where only the commune's name is left."""
    bare = KIND.sub("", name).strip()
    if NAMED_APART.match(name):
        return [bare]
    if bare == name or name_key(bare) == name_key(main_commune(name) or ""):
        return []
    return [bare, bare.replace(" ", "")]


def _abridged(name: str) -> tuple[str, ...]:
    """A territory's name with its kind abridged: 'Communauté d'agglomération du Pays de X' → 'CA du
    Pays de X', 'CA Pays de X'."""
    kind = KIND.match(name)
    if kind is None:
        return ()
    sigle = "".join(w[0] for w in telling_words(kind[0]))
    return tuple(f"{sigle} {of}{name[kind.end() :]}" for of in ("", kind["of"] or ""))


def telling_words(name: str) -> list[str]:
    return [w for w in re.findall(r"\w+", fold(name)) if w not in GENERIC_SMALL]


def _stripped(name: str) -> str:
    words = [_without_kind(w) for w in re.split(r"(\s+|['’])", name)]
    kept = [w for w in words if fold(w) not in GENERIC and w not in "'’"]
    return " ".join("".join(kept).split())


def _without_kind(word: str) -> str:
    """'Valmont-Agglomération' → 'Valmont'."""
    rest, _, kind = word.rpartition("-")
    return rest if rest and fold(kind) in GENERIC else word


def name_key(text: str) -> str:
    """Folded words: what spellings of one name have in common."""
    return " ".join(re.findall(r"[a-z0-9+%]+", fold(text).replace("&", " et ")))


def name_slug(text: str) -> str:
    return name_key(text).replace(" ", "-").replace("+", "-plus").replace("%", "")


def sigles(text: str, name: str) -> Iterator[str]:
    """The sigles that `text` gives to `name`: "Métropole X (MX)", "X, ci-après « MX »"."""
    if name and name in text:
        yield from (m["sigle"] for m in re.finditer(rf"{re.escape(name)}{CALLED}", text))
        if ARTICLE.sub("", text).startswith(name) and (last := CALLED_AFTER.search(text)):
            yield last["sigle"]
