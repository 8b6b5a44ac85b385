"""Words of a text, made comparable: folded, without accents or endings, acronyms spelt out."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_SMALL = (
    "a afin ainsi au aux avec ce cela celle celles ces cet cette ceux chaque comme dans de des dont"
    " du elle elles en est et etc etre fait ils la le les leur leurs lors mais meme memes ne"
    " nos notamment notre nous on ont ou par pas pour puis qu que qui sa se selon ses"
    " si soit son sont sur tous tout toute toutes un une via vos votre"
)
STOPWORDS = frozenset(_SMALL.split())
_TAILS = (
    "issements issement ements ement ations ation ateurs ateur atrices atrice euses euse eurs"
    " eur ives ive ifs if ites ite antes ante ants ant entes ente ents ent iques ique ees ee"
    " es er ez ions ion ir is it e s x"
)
ENDINGS = tuple(sorted(_TAILS.split(), key=len, reverse=True))
STEM = 4  # letters that an ending never eats
WORD = re.compile(r"[a-z0-9]+")
ARTICLE = re.compile(r"^\s*(?:(?:la|le|les)\s+|l['’]\s*)(?=\w)", re.IGNORECASE)  # before a name


ALIKE = str.maketrans(
    {"œ": "oe", "æ": "ae", "\u00ad": None}
    | dict.fromkeys("’‘`´", "'")
    | dict.fromkeys("“”«»", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
)
ACCENT = re.compile(r"[\u0300-\u036f]")
LIST_MARKS = "•▪■●○◦‣⁃➔➢➲→✓"
ITEM = rf"(?:[{LIST_MARKS}*–—-]|\d{{1,2}}[.)°]|[a-z]\))\s"  # what opens an item of a list
PICTOGRAM = r"[^\w\s()«»\"'’&+=<>~≈%,.;:/–—-]"  # ☎ Pilote · € Budget · • Action
CALL = re.compile("[⁽⁰¹²³⁴-⁹⁾]+")  # of a note


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case without accents and calls of notes, one kind of quote and dash, single spaces."""
    plain = ACCENT.sub("", unicodedata.normalize("NFKD", CALL.sub("", text))).lower()
    return " ".join((plain if plain.isascii() else plain.translate(ALIKE)).split())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """`word` (folded) without its ending: 'captation' and 'capter' are both 'capt'."""
    if word[0].isdigit():
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Folded words of `text` in order, without articles and single letters."""
    return tuple(folded_words(fold(text)))


def folded_words(folded: str) -> list[str]:
    """Like `words`, of a text that is folded already."""
    return [w for w in WORD.findall(folded) if w not in STOPWORDS and (len(w) > 1 or w.isdigit())]


def spelt_out(tokens: Iterable[str], acronyms: Mapping[str, tuple[str, ...]]) -> list[str]:
    """`tokens` with each known acronym replaced by the words that it stands for.

    `acronyms` maps a folded acronym to folded words: {'iml': ('intermediation', 'locative')}.
    """
    return [part for t in tokens for part in acronyms.get(t, (t,))]


def acronym_table(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """{folded acronym: words of its expansion} from (acronym, expansion) as people write them."""
    table: dict[str, tuple[str, ...]] = {}
    for acronym, expansion in pairs:
        key = "".join(WORD.findall(fold(acronym)))
        if key and (meaning := tuple(words(expansion))):
            table.setdefault(key, meaning)
    return table
