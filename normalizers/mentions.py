"""What a text says itself of an action's origin, continuation or end.

"issue des actions 15 et 16"                 comes from 15, comes from 16
"FA 5. … / devient : FA 5. Formation …"      becomes FA 5
"ACTION TERMINEE au 31/12/2024"              ended
"sera poursuivie dans le cadre du Pacte …"   moved
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from normalizers.terms import fold

Kind = Literal["comes_from", "becomes", "ended", "moved"]

NUMBER = r"\d{1,3}(?:\.\d{1,2})?(?:\s?(?:bis|ter|quater)\b)?"
ACTION = r"(?:fiches?[\s-]actions?|actions?|fa|f\.a\.)\s*(?:n[°os]{0,2}\.?\s*)?"
LIST = rf"{NUMBER}(?:\s*(?:,|;|/|et|&)\s*(?:{ACTION})?{NUMBER})*"

ORIGINS = (
    # "issue des actions 15 et 16", "est née de l'action 3", "fait suite à la FA 12"
    rf"\b(?:issue?s?|nee?s?|emergee?s?|decoul\w+|prolong\w+|provien\w+|suite|fusion|"
    rf"regroupement|continuite)\b[^.;:\n]{{0,90}}?\b{ACTION}(?P<refs>{LIST})",
    # "ex-action 4", "anciennement FA 7", "reprend l'action 2", "remplace la fiche action 9"
    rf"\b(?:ex|ancienne(?:ment)?|repren(?:d|ds|nent)|reprise|remplace(?:nt)?)\b"
    rf"[\s-]{{1,2}}(?:de\s)?(?:l'|la\s|les\s|des\s)?{ACTION}(?P<refs>{LIST})",
)
CONTINUATIONS = (
    # "devient : FA 5", "intégrée à l'action 12", "fusionnée avec la FA 3", "voir action 1 bis"
    rf"\b(?:devien(?:t|nent|dra|dront)|integree?s?|reintegree?s?|fusionnee?s?|basculee?s?|"
    rf"remplacee?s?|reprise?s?|poursuivie?s?)\b"
    rf"[\s:]*(?:(?:a|dans|avec|par|sur|en|au sein de)\s)?(?:l'|la\s|les\s)?"
    rf"{ACTION}(?P<refs>{LIST})",
    # "Transformation de l'action en APIE (cf. fiche action 13 Bis)"
    rf"\btransform(?:ation|ee?s?)\b[^.;\n]{{0,120}}\((?:cf\.?|voir)\s{ACTION}(?P<refs>{LIST})",
    rf"\bnouvelle\saction\b[^.;\n]{{0,20}}:\s*voir\s(?:l'|la\s)?{ACTION}(?P<refs>{LIST})",
)
MOVES = (
    # "sera poursuivie dans le cadre du Pacte des Solidarités", "se poursuit sur droit commun"
    r"\b(?:sera|seront|est|sont|se)?\s?(?:poursuivi\w*|poursui[tv]\w*|repris\w*|transfer\w+|"
    r"integr\w+|reintegr\w+|bascul\w+|finance\w*|perennis\w+|portee?s?)\b[^.;\n]{0,60}?"
    r"\b(?:dans\sle\scadre\s(?:du|de\s|d'|des\s)|(?:sur|par|dans|au|via|en)\s(?:le\s)?droit\scommun|"
    r"(?:a|dans|par)\sla\sconvention\b|au\stitre\sd(?:u|e\s|'))[^.;\n]*",
)
ENDS = (
    # "ACTION TERMINEE", "action réalisée", "action abandonnée", "la convention est caduque"
    r"\baction\s(?:est\s)?(?:consideree?\s(?:comme\s)?(?:etant\s)?)?[:\s«\"]{0,3}"
    r"(?:terminee|achevee|abandonnee|cloturee|arretee|annulee|realisee|suspendue)\b[^.;\n]*",
    r"\b(?:convention|marche|dispositif|action)\b[^.;\n]{0,20}\b(?:caduque?|non reconduite?|"
    r"n'est pas renouvelee?|n'est pas reconduite?|ne sera pas reconduite?)\b[^.;\n]*",
    # a status that stands alone: "Terminée", "Abandonnée en 2023", "(terminée)"
    r"^[\s\d().-]*(?:terminee?|achevee?|abandonnee?|cloturee?|arretee?|abandon)\b[^.;\n]*$",
    r"\((?:terminee?|achevee?|abandonnee?|en cours / sera terminee?)\b[^)]*\)",
)
RULES: tuple[tuple[Kind, tuple[re.Pattern[str], ...]], ...] = (
    ("comes_from", tuple(re.compile(p) for p in ORIGINS)),
    ("becomes", tuple(re.compile(p) for p in CONTINUATIONS)),
    ("moved", tuple(re.compile(p) for p in MOVES)),
    ("ended", tuple(re.compile(p, re.MULTILINE) for p in ENDS)),
)
BREAK = re.compile(r"(?<!\d)\. |\n| ; |• ")
DENIED = re.compile(r"\b(?:ne|n'|pas|non|sans|pour|afin de)\s*(?:\w+\s)?$")


@dataclass(frozen=True)
class Said:
    """One thing a text says; `reference` is the other action's, as '15' or '1 bis'."""

    kind: Kind
    reference: str | None
    quote: str


def mentions(text: str) -> list[Said]:
    """What `text` says of an action's origin, continuation or end, in order, each said once."""
    found: dict[tuple[Kind, str | None], tuple[int, Said]] = {}
    for kind, start, end, references in _hits(text):
        quote = _sentence(text, start, end)
        for reference in references or (None,):
            found.setdefault((kind, reference), (start, Said(kind, reference, quote)))
    return [said for _, said in sorted(found.values(), key=lambda f: (f[0], f[1].reference or ""))]


def _hits(text: str) -> Iterable[tuple[Kind, int, int, list[str]]]:
    plain = _aligned(text)
    for kind, patterns in RULES:
        for pattern in patterns:
            for hit in pattern.finditer(plain):
                if DENIED.search(plain[max(0, hit.start() - 20) : hit.start()]):
                    continue
                listed = hit.groupdict().get("refs")
                yield kind, hit.start(), hit.end(), _references(listed) if listed else []


def _aligned(text: str) -> str:
    """`text` folded letter by letter, so that places in it are places in the original."""
    return "".join(_letter(c) for c in text)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    if char == "\n":
        return char
    plain = fold(char)
    return plain if len(plain) == 1 else " "


def _references(listed: str) -> list[str]:
    return [re.sub(r"(\d)\s*(bis|ter|quater)", r"\1 \2", r) for r in re.findall(NUMBER, listed)]


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence (or line) around text[start:end], at most 300 characters of it."""
    before = max((m.end() for m in BREAK.finditer(text, 0, start)), default=0)
    after = BREAK.search(text, end)
    quote = " ".join(text[before : after.end() if after else len(text)].split())
    return quote.strip("•;- ")[:300]
