"""The numbers of headings: how articles, sections and annexes are counted in an act."""

import re

DASH = r"[-–—−]"
MARK = rf"(?:\s*(?:[.:)°]|/(?=\s)|{DASH}))*\s*"
ROMAN = r"(?=[IVXLC])(?:X{0,3}(?:IX|IV|V?I{0,3}))"
ORDINALS = (
    "premier", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze",
)  # fmt: skip
IN_ORDER = (
    "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième",
    "huitième", "neuvième", "dixième", "onzième", "douzième",
)  # fmt: skip
WORDS = "|".join((*IN_ORDER, *ORDINALS, "second"))  # the longer first
# ARTICLE 1 – OBJET · Article 1er : Objet · Art. 3 · Art 3 : · ARTICLE PREMIER · Article II ·
# Article 2.1 - Article II.1.
ARTICLE = re.compile(
    rf"(?P<word>ARTICLE|Article|ART\.?|Art\.?)\s*(?:[Nn]°\s*)?"
    rf"(?P<number>(?i:{WORDS}|unique)\b|\d{{1,2}}(?:[.-]\d{{1,2}})*"
    rf"|{ROMAN}(?:[.-]\d{{1,2}})*)(?:\s?er|\s?ER)?"
    rf"(?P<suffix>\s?(?:bis|ter|quater))?(?!\w)(?P<mark>{MARK})(?P<title>.*)"
)
# 2.1 Stratégie · 2.2.1 - Crédits · 2.1.1. Actions · B.1 Versement · 2-1 Engagements · II.1 – Compte
# II.A – Part fixe
DECIMAL = re.compile(
    rf"(?P<number>(?:\d{{1,2}}|{ROMAN}|[A-H])(?:[.-]\d{{1,2}})+|{ROMAN}\.[A-H])(?!\w)"
    rf"{MARK}(?P<title>[^\W\d].*|«.*)"
)
# 1 - OBJET · 1-OBJET · 3- Durée · 1) Objet · 1/ Objet · 1° Objet · I. Objet · A. Objet · a) Objet
PLAIN = re.compile(
    rf"(?P<number>\d{{1,2}}|{ROMAN}|[A-H]|[a-h])"
    rf"(?P<mark>\s?[.)°:/]|\s{DASH}|(?<=\d){DASH}(?=\s?[A-ZÀ-Ý]\w)|(?=\s)){MARK}(?P<title>[^\W\d].*|«.*)"
)
# TITRE II – DISPOSITIONS FINANCIÈRES · Première partie – Objet, above several articles
GROUP = re.compile(
    rf"(?:(?i:titre|chapitre|section|partie)\s+(?:[Nn]°\s*)?"
    rf"(?:(?i:{WORDS})\b|\d{{1,2}}|{ROMAN}|[A-H])(?:\s?er|\s?ER)?"
    rf"|(?i:première|seconde|{'|'.join(IN_ORDER[1:])})\s(?i:partie|section))(?!\w){MARK}"
    r"(?P<title>[^\W\d].*)?"
)
# Chapitre 1 – Objet · CLAUSE II : Durée · Engagement 3 – Crédits · § 4. Durée, in an act without
# articles
WORDED = re.compile(
    rf"(?:(?i:chapitre|clause|titre|section|partie|engagement)\s+(?:[Nn]°\s*)?|§\s*)"
    rf"(?P<number>\d{{1,2}}|{ROMAN}|[A-H])(?:\s?er)?(?P<mark>\s?[.)°:/]|\s{DASH}|(?=\s))"
    rf"{MARK}(?P<title>[^\W\d].*)"
)
ANNEX = re.compile(
    rf"(?P<word>ANNEXE|Annexe)\s*(?:[Nn]°\s*)?(?P<number>\d{{1,2}}|{ROMAN}|[A-H])?(?!\w)"
    # Annexe 2 modifiée – Programme · ANNEXE 1 (rectifiée)
    r"(?:\s\(?(?i:modifi|rectifi|r[ée]vis|actualis|consolid|compl[ée]t)(?i:[ée]e)\)?(?!\w))?"
    rf"(?P<mark>{MARK})(?P<title>.*)"
)


def is_heading(text: str) -> bool:
    """Is `text` that of the heading of an article or an annex?"""
    return bool(ARTICLE.fullmatch(text) or ANNEX.fullmatch(text))


def counted_value(number: str, kind: str) -> int:
    if kind == "capital":
        return ord(number) - ord("A") + 1
    return int(number) if kind == "digit" else roman_value(number)


def number_path(number: str, suffix: str | None, roman: bool = False) -> tuple[str, ...]:
    """'2-1' → 2, 1; a Roman article is counted in figures unless `roman` numbers stay."""
    if number.lower() == "unique":
        number = "1"
    word = number.lower().replace("second", "deuxième")
    for words in (ORDINALS, IN_ORDER):
        if word in words:
            number = str(words.index(word) + 1)
    parts = re.split(r"[.-]", number)
    if not roman and re.fullmatch(ROMAN, parts[0]):
        parts[0] = str(roman_value(parts[0]))
    if suffix:
        parts[-1] += suffix.strip()
    return tuple(parts)


def roman_value(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    digits = [values[c] for c in text]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-d if d < after else d for d, after in pairs)


def follows(last: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Does article `path` come at or after `last`, letters aside?"""

    def key(parts: tuple[str, ...]) -> list[int]:
        return [int("0" + re.sub(r"\D.*", "", part)) for part in parts]

    return key(path) >= key(last[: len(path)])


def is_next(path: tuple[str, ...], seen: set[tuple[str, ...]]) -> bool:
    """Is `path` the first below its parent, or does the number before it exist?"""
    last = path[-1]
    before = str(int(last) - 1) if last.isdigit() else chr(ord(last) - 1)
    return last in ("1", "A") or (*path[:-1], before) in seen


def kind_of_number(number: str) -> str:
    if number.isdigit():
        return "digit"
    if number.islower():
        return "letter"
    return "roman" if re.fullmatch(ROMAN, number) else "capital"


def is_numbered(text: str) -> bool:
    plain = PLAIN.fullmatch(text)
    return bool(DECIMAL.fullmatch(text) or (plain and plain["mark"].strip()))


def section_number(text: str) -> tuple[tuple[str, ...], str]:
    """The number of a section heading, part by part, and its title; () where it has none."""
    match = DECIMAL.fullmatch(text)
    if match:
        return number_path(match["number"], None, roman=True), match["title"]
    match = PLAIN.fullmatch(text)
    if (
        match
        and (match["mark"].strip() or match["number"].isdigit())
        and match["title"][:1].isupper()
    ):
        return (match["number"],), match["title"]
    return (), text
