"""How texts cite actions by their numbers: 'action 15', 'les fiches 3 a et 3 b', 'LDA-02a à 04'.

Here a number stands among words, dates and sums, so that each form is told by what is around it;
`normalizers/references.py` reads a text that is a reference.
"""

import re
from functools import lru_cache

from normalizers.references import VARIANT
from normalizers.terms import fold

PLAIN = (
    rf"\d{{1,3}}(?:\.\d{{1,2}})?(?:\s?(?:bis|ter|quater)\b|{VARIANT}|\s(?:adaptee\b|\(adaptee\)))?"
)
CODE = r"(?<![a-z.])(?:[ivx]{2,4}|[a-mo-z])\.?\d{1,2}(?:\.\d{1,2})?\b"  # B.1, H2, III.1: axis, rank
SIGLE = (  # LDA-02a, AC 03; but not "en 2024"
    r"(?<![a-z.])(?!(?:de|du|des|en|et|le|les|au|aux|par|sur|ou|pour|avec|fa)[\s.-])"
    r"[a-z]{2,4}[\s.-]?(?=\d{1,3}(?!\d))"
)
# action II, fiche B: capitals, which `aligned` keeps; but not "L'ACTION A ETE", B.1, d'action
WHOLE = r"\b(?:[IVX]{1,4}|[A-H])\b(?!['’]|[.\s-]?\d|\s[A-ZÀ-Ý]{2})"
LETTERED = r"(?<![a-z.])(?!n-)[a-z]-\d{1,3}[a-e]?\b(?!-)"  # M-03
CODED = (  # LDA/2025/03, 2025-03, P1-A2, EV25-01: one code, and no range or list
    r"(?<![\w./-])(?:(?:[a-z]{1,6}\d{0,2}[/-])?20\d\d[/-]\d{1,3}|[a-z]{1,3}\d{1,2}-[a-z]{1,3}\d{1,2}"
    r"|(?!covid)[a-z]{2,6}\d\d-\d{1,3})"
    r"(?![\w/-]|\.\d)"
)
COMPOUND = (  # A1-2, 1-2, 3-b, II.A.1
    r"(?<![\w./-])(?:[a-z]?\d{1,2}(?:-\d{1,2}){1,2}|\d{1,2}(?:\.\d{1,2})?-[a-e]"
    r"|(?i:[ivx]{1,4}\.[a-h])\.\d{1,2})(?![\w/-]|\.\d)"
)
NUMBER = rf"(?:{CODED}|{COMPOUND}|{CODE}|{LETTERED}|(?:{SIGLE})?{PLAIN}|{WHOLE})"
NO = r"(?:n[°os]{0,2}\.?\s*)"
ACTION = (
    r"(?:fiches?(?:[\s-]actions?)?|actions?|projets?|fa|f\.a\.)\s*(?:(?:unique|commune)s?\s)?"
    rf"{NO}?"
)
THE = r"(?:l'|la\s|les\s|le\s|des\s|une\s|cette\s)?"
# "issue de l'action 3 ; l'action 8 est nouvelle": of which more is said
SPOKEN_OF = (
    rf"(?:{THE}{ACTION}{NUMBER}\s(?:est|sera|devien\w+|reste\w*|a|fait|"
    r"(?:prolong|remplac|regroup|repren|succed|integr|absorb|poursui|fusionn|rejoin)\w+)"
    rf"(?<![^i]ent)|les\s{ACTION}{NUMBER}\s(?:sont|seront|ont|font|\w+[^i]ent))\b"
)
# "3 devient l'action 2 et l'action 5 l'action 4": of which the same is said
ELLIPSIS = rf"{THE}{ACTION}{NUMBER},?\s(?:{THE}{ACTION}{NUMBER}|le\s(?:numero|code)\b)"
AND = r"\s*(?:,|;|/|et|&)\s*"
NAMED = r"\s?\"[^\"\n]{2,90}\""  # C1 « Captation » et C3 « Accompagnement »
LIST = (
    rf"{NUMBER}(?:(?:{NAMED})?{AND}(?:de\s|d')?(?!{SPOKEN_OF}|{ELLIPSIS})"
    rf"(?:{THE}{ACTION}|{NO})?{NUMBER}|\sa\s(?=\d){PLAIN}){{0,40}}"
)
RANGE = re.compile(r"\b(\d{1,2}\.|)(\d{1,2})\sa\s\1(\d{1,2})(?![\w.])")  # 2 à 5, 1.1 à 1.3
# 2.1 and 3.1a, without a word before them; but not 2.1 M€, 12.10.2024
DOTTED = (
    r"(?<![\d.,/])\d{1,2}\.\d{1,2}[a-e]?(?![\d.,/%]*\d)"
    r"(?!\s?(?:%|€|k€|m€|millions?|etp|euros?)(?!\w))"
)
SIGNED = r"(?<![a-z.])(?!fa|ami|bop|n-)[a-z]{1,4}-\d{1,3}[a-e]?\b(?!-)"  # LDA-02a, M-03
BARE = rf"(?:{CODED}|(?:{CODE}|{DOTTED}|{SIGNED})(?!-[a-z]?\d))"
CODES = rf"{BARE}(?:(?:(?:{NAMED})?{AND}(?:de\s|d')?|\sa\s){BARE}){{0,40}}"
OTHER = (
    rf"{THE}(?:(?:ancienne?s?|nouvelles?|seules?|memes?)\s)?[\"\s]*"
    rf"(?P<refs>{ACTION}{LIST}|{CODES})"
)
# of what no word "action" precedes
ALONE = r"^\W*(?:ex|anciennement|(?:issue?|suite|reprise|fusion)\sde)[\s.:-]{1,3}"
# anything that numbers an action
NUMBERED = re.compile(
    rf"{ACTION}{NUMBER}|{BARE}|\bex\s?-\s?{SIGLE}|{ALONE}\d|\bn[°o]\s?\d|\ben\s\d{{1,2}}\s?[a-e]\b",
    re.MULTILINE,
)
NUMERAL = re.compile(rf"\d|{WHOLE}")  # each NUMBER has one
CAPITAL = re.compile(WHOLE)
CAPITALS = re.compile(rf"(?i:\b(?:{ACTION}))(?:\d+\w?|{WHOLE})(?:{AND}(?:\d+\w?|{WHOLE}))*")


def aligned(text: str) -> str:
    """`text` folded letter by letter, so that places in it are places in the original; a reference
    that is a letter or a Roman number keeps its capitals, which tell it from a word."""
    plain = "".join(_letter(c) for c in text)
    for listed in CAPITALS.finditer(text):
        for whole in CAPITAL.finditer(text, listed.start(), listed.end()):
            plain = plain[: whole.start()] + whole[0] + plain[whole.end() :]
    return plain


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    if char == "\n":
        return char
    plain = fold(char)
    return plain if len(plain) == 1 else " "


def may_tell(sentence: str) -> bool:
    """Does `sentence` number an action and have another number, as one that tells what became of an
    action has to?"""
    numerals = sum(NUMERAL.search(word) is not None for word in sentence.split())
    return numerals > 1 and NUMBERED.search(aligned(sentence)) is not None


def references_of(listed: str) -> list[str]:
    """The references of a list, folded as `aligned` does: '3 a et 3 b' → ['3 a', '3 b']."""
    full = RANGE.sub(_all_of, re.sub(NAMED, "", listed))
    return [re.sub(r"(\d)\s*(bis|ter|quater)", r"\1 \2", r) for r in re.findall(NUMBER, full)]


def _all_of(found: re.Match[str]) -> str:
    """'2 à 5' → '2, 3, 4, 5'"""
    axis, first, last = found.groups()
    return ", ".join(f"{axis}{i}" for i in range(int(first), int(last) + 1)) or found[0]
