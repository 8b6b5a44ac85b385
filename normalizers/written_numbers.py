"""Numbers as documents write them, in figures or in words, with what makes one doubtful.

A number that can be read in two ways has no value, and a flag that says why.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod
from typing import Literal

from normalizers.number_words import NUMBER_WORDS, read_number_words

Flag = Literal[
    "ambiguous_number",  # 1,500 € · 1 02 521 · CD 13 150 000 € · (35 000 €), which may be less
    "range",  # entre 10 000 et 15 000 €
    "rate",  # 3 x 5 000 € · 5 000 €/mois
    "unread_number",  # 12 logements, in a money column
    "words_differ",  # quatre mille euros (5 000 €)
    "total_differs",  # 5 000 € + 3 000 € = 9 000 €
    "about",  # environ 12 000 €, which has its value
    "shared",  # 14 000 € in a cell over two actions
    "repeated",  # idem, in a money column
    "stump",  # 23 on a scan, where 000 may stand below
]
CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 12  # euros: longer numbers are references, or misread
LOOK = 40  # characters: how far around a number its meaning is looked for
BLANK = r"[ \u00a0\u202f\u2009]"
MINUS = "[-\u2010-\u2014\u2212]"  # or the bullet of a list
RAISED = "[⁽⁰¹²³⁴-⁹⁾]"
# 59 500 €¹, the call of a note; but 59 500⁵⁰, which may be cents, 59² 500, and 10⁶
CALL = (
    rf"(?:(?<!{RAISED})(?<!\b10)(?:[¹²³⁴-⁹]|⁽[¹²³⁴-⁹]⁾)(?!{RAISED}|(?<=\d.){BLANK}?\d)"
    rf"|(?<=[\d€]){BLANK}?\*{{1,3}}(?=\s*(?:$|\n)))"
)
NUMBER = re.compile(
    rf"""(?<![\w,.])(?P<figures>
        \d{{1,3}}(?:{BLANK}\d{{3}})+(?:,\d{{1,2}})?(?![\d])  # 1 102 521,50
      | \d{{1,3}}(?:\.\d{{3}})+(?:,\d{{1,2}})?(?![\d])       # 370.500,00
      | \d{{1,3}}(?:,\d{{3}})+\.\d{{2}}(?![\d])             # 370,500.00, in English
      | \d{{1,3}}(?:['’]\d{{3}})+(?:[.,]\d{{2}})?(?![\d])    # 370'500, in Swiss
      | \d+(?:[.,]\d+)?                                      # 70000 · 24000,50 · 1.5
    )(?:
        {CALL}?{BLANK}?(?:(?P<scale>k|m|md|mille|milliers?|millions?|milliards?){BLANK}?(?:d['’])?{BLANK}?)?
        (?P<mark>€|(?:euros?|eur)\b)
      | {BLANK}?(?P<bare_scale>k)\b
    )?""",
    re.IGNORECASE | re.VERBOSE,
)
ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{2}")
# € 9 000 · un soutien de EUR 173 500, and not the mark of the sum before, nor « en € 2024 »
MARK_BEFORE = re.compile(rf"(?:^|[^\s\dkKmM])(?<!\ben)\s*(?:€|\bEUR){BLANK}?$")
SCALES = {"": 1, "k": 10**3, "mille": 10**3, "millier": 10**3}
SCALES |= {"m": 10**6, "million": 10**6, "md": 10**9, "milliard": 10**9}
SPELLED = re.compile(
    rf"(?<![\d,.])(?<!\d{BLANK})(?P<words>\b(?:{NUMBER_WORDS})(?:[\s-]+(?:et[\s-]+)?(?:{NUMBER_WORDS}))*)\b"
    r"(?P<mark>\s+(?:d['’])?euros?\b)?"
    rf"(?(mark)(?:\s+(?:et\s+)?(?P<cents>(?:{NUMBER_WORDS})(?:[\s-]+(?:{NUMBER_WORDS}))*)\s+centimes?\b)?)",
    re.IGNORECASE,
)
RANGE = re.compile(rf"{BLANK}*(?:à|a|et|-|–|/|ou){BLANK}*", re.IGNORECASE)
# La dotation est portée de 210 000 € à 226 500 € · 152 000 € au lieu de 160 000 €
CHANGED_FROM = re.compile(
    r"\b(?:port|ramen|pass|augment|rédui|relev|abaiss|diminu|modifi)[a-zà-ÿ]*\s+(?:\w+\s+)?de\s*$"
    r"|\b(?:au lieu|en lieu et place|à la place|et non)"
    r"\s(?:des?|du montant de|d['’]une? \w+ de)\s*$",
    re.IGNORECASE,
)
# L'avenant porte la contribution de l'État pour 2026 de 148 000 € (à 160 000 €)
CHANGES_FROM = re.compile(
    r"\b(?:port|ramèn|pass|augment|rédui|relèv|abaiss|diminu|modifi)[a-zà-ÿ]*\s+(?:l[ae]s?\s|l['’]|s[ao]n?\s|cette\s)"
    r"(?:(?!\sà\s)[^.;€]){3,80}?\s(?:de|d['’]un montant de)\s*$",
    re.IGNORECASE,
)
RAISED_TO = re.compile(r"\s*à\s")
# 3 x 5 000 € · 15 ménages × 12 mois × 150 € · 900 € par ménage × 30
COUNT_BEFORE = re.compile(
    r"(?<![\d,.])(?P<count>\d{1,4}(?:,\d{1,2})?)(?:\s[^\W\d]+){0,3}\s*(?<![^\W\d])[x×*]\s*$",
    re.IGNORECASE,
)
COUNT_AFTER = re.compile(
    r"\s*(?:(?:/\s?|par\s)[^\W\d]+)?\s*[x×*]\s*(?P<count>\d{1,4}(?:,\d{1,2})?)(?![\d,.])",
    re.IGNORECASE,
)
SHARE_BEFORE = re.compile(r"(?<![\d,.])(?P<count>\d{1,3}(?:,\d{1,2})?)\s?%\s(?:de\s|d['’])$")
RATE_BEFORE = re.compile(
    r"\d(?:\s[^\W\d]+){0,3}\s*(?<![^\W\d])[x×*]\s*$|%\s*(?:de|d['’])?\s*$|\bfois\s*$", re.IGNORECASE
)
RATE_AFTER = re.compile(
    r"\s*(?:[x×*]\s*\d|/\s*(?:an|mois|jour|demi-journée|journée|heure|semaine|nuit|logement|ménage|mesure|place|personne)"
    r"|par\s+(?:an|mois|jour|demi-journée|journée|heure|semaine|nuit|logement|ménage|mesure|place|personne)\b)",
    re.IGNORECASE,
)
ACRONYM_BEFORE = re.compile(rf"(?:\b[A-Z][A-Z0-9]+|n°){BLANK}$")
SHORT_NUMBER_BEFORE = re.compile(rf"(?<!\d)\d{{1,3}}{BLANK}$")
# 1' 500 · 10·500 · 12* 500 · 1O 500 · 10 | 500: what stands before may belong to the number
JOINED_BEFORE = re.compile(
    rf"\d[^\w\s()/:;+=€%–—−-]+{BLANK}?$|\d(?!{BLANK}|\n)\s$"
    rf"|(?<!\w)[\dOoIl]*(?:\d[OoIl]|[OoIl]\d)[\dOoIl]*{BLANK}$"
)
# au titre de 2024, 231 400 € · pour l'action 1, 21 000 € · pour l'année 1, 130 000 € ·
# sur le programme 177, 30 000 €
AFTER_RANK = re.compile(
    r"\b(?:(?:19|20)\d\d|(?:action|fiche|axe|article|année|exercice|tranche|phase)\s(?:n°\s?)?\d{1,2}"
    r"|(?:programme|BOP)\s(?:n°\s?)?\d{3}),\s$"
)
CUT_BEFORE = re.compile(rf"(?<![\w,.])\d{{1,3}}(?:{BLANK}\d{{3}})*{BLANK}?\n{BLANK}?$")
GLUED_MINUS = re.compile(rf"(?:^|\n|[:=(]{BLANK}*){MINUS}$")  # -35 000 € · Ville : -35 000 €
YEARS = range(1950, 2100)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at [start:end] of a text; `marked` where it says that it is euros. `value` is None
    where `flag` says why it cannot be read with certainty."""

    value: Decimal | None
    start: int
    end: int
    marked: bool
    figures: str
    flag: Flag | None = None

    @property
    def looks_like_money(self) -> bool:
        """Grouped thousands, cents, a scale, or too long to be a count or a year."""
        digits = re.match(r"\d*", self.figures)
        return (
            self.marked or not self.figures.isdigit() or (digits is not None and digits.end() > 4)
        )


def _is_marked_before(text: str, match: re.Match[str]) -> bool:
    """Does the currency mark stand before the number, which is no year: '€ 9 000'?"""
    year = match["figures"].isdigit() and int(match["figures"]) in YEARS
    return not year and bool(MARK_BEFORE.search(text[max(0, match.start() - LOOK) : match.start()]))


def numbers_in(text: str) -> list[Number]:
    """Every number of `text` but percentages, with what makes it doubtful."""
    found = []
    for match in NUMBER.finditer(text):
        if re.match(rf"{BLANK}?%", text[match.end() : match.end() + 2]):
            continue
        scale = (match["scale"] or match["bare_scale"] or "").lower().rstrip("s")
        marked = bool(match["mark"] or match["bare_scale"]) or _is_marked_before(text, match)
        value = _value(match["figures"], SCALES[scale])
        flag = _doubt(text, match.start(), match.end(), match["figures"], marked)
        if value is None:
            flag = "ambiguous_number"
        number = Number(
            None if flag else value, match.start(), match.end(), marked, match["figures"], flag
        )
        found.append(number)
    for first, second in itertools.pairwise(found):
        if second.marked and _is_range(text, first, second):
            at = found.index(second)
            found[at] = replace(second, value=None, flag="range", start=first.start)
            found[at - 1] = replace(first, marked=False)
    return found


def _value(figures: str, scale: int) -> Decimal | None:
    """The number that `figures` write, times `scale`; None when they can be read in two ways."""
    if ENGLISH.fullmatch(figures):
        figures = figures.replace(",", "")
    figures = re.sub(r"['’]", "", figures)
    if re.match(rf"0(?:{BLANK}|\.\d{{3}}|\d)", figures):
        return None
    if re.search(rf"{BLANK}|\.\d{{3}}(?:\D|$)", figures):
        if scale > 1 and not re.search(BLANK, figures):
            return None
        figures = re.sub(rf"{BLANK}|\.(?=\d{{3}})", "", figures)
    value = Decimal(figures.replace(",", ".")) * scale
    if value >= LARGEST:
        return None
    decimals = len(re.split(r"[.,]", figures)[1]) if re.search(r"[.,]", figures) else 0
    if (scale == 1 and decimals > 2) or value != value.quantize(CENT):
        return None
    return value.quantize(CENT)


def _doubt(text: str, start: int, end: int, figures: str, marked: bool) -> Flag | None:
    before = text[max(0, start - LOOK) : start]
    groups = re.split(BLANK, figures)
    if len(groups) > 2 and ACRONYM_BEFORE.search(before):
        return "ambiguous_number"
    if SHORT_NUMBER_BEFORE.search(before) and not ACRONYM_BEFORE.search(
        SHORT_NUMBER_BEFORE.sub("", before)
    ):
        return "ambiguous_number"
    if JOINED_BEFORE.search(before) and not AFTER_RANK.search(before):
        return "ambiguous_number"
    if CUT_BEFORE.search(before) and re.fullmatch(rf"\d{{3}}(?:{BLANK}\d{{3}})*(?:,\d+)?", figures):
        return "ambiguous_number"
    if GLUED_MINUS.search(before):
        return "ambiguous_number"
    return "rate" if _is_rate(text, start, end, after=marked) else None


def _is_rate(text: str, start: int, end: int, *, after: bool = True) -> bool:
    """Is what stands at [start:end] of `text` a price: '3 x 5 000 €', or `after` it: 'par mois'?"""
    before = RATE_BEFORE.search(text[max(0, start - LOOK) : start])
    return bool(before or (after and RATE_AFTER.match(text[end : end + LOOK])))


def worked_out(text: str, start: int, end: int) -> Decimal | None:
    """What the price, or the base, at [start:end] of `text` comes to: '30 ménages × 900 €', '80 %
    de 50 000 €'; None where it is not told how often it counts."""
    found = next((n.value for n in numbers_in(text[start:end])), None)
    before, counts = text[:start], list[Decimal]()
    if share := SHARE_BEFORE.search(before):
        counts.append(Decimal(share["count"].replace(",", ".")) / 100)
    elif after := COUNT_AFTER.match(text, end):
        counts.append(Decimal(after["count"].replace(",", ".")))
    while count := COUNT_BEFORE.search(before):
        counts.append(Decimal(count["count"].replace(",", ".")))
        before = before[: count.start()]
    return prod(counts, start=found) if counts and found is not None else None


def is_changed_from(text: str, start: int, end: int) -> bool:
    """Is the sum at [start:end] of `text` what is replaced by another: 'porté de 210 000 € à'?"""
    if CHANGED_FROM.search(text[:start]):
        return True
    return bool(RAISED_TO.match(text, end) and CHANGES_FROM.search(text[:start]))


def _is_range(text: str, first: Number, second: Number) -> bool:
    between = text[first.end : second.start]
    if is_changed_from(text, first.start, first.end):
        return False
    if not RANGE.fullmatch(between) or first.value is None or second.value is None:
        return False
    if first.figures.isdigit() and int(first.figures) in YEARS:
        return False
    if between.strip().lower() == "et":
        return bool(re.search(r"\bentre\s*$", text[: first.start], re.IGNORECASE))
    return not first.marked or between.strip().lower() in ("à", "a", "ou")


def spelled_in(text: str) -> Iterator[Number]:
    """Numbers written in words."""
    for match in SPELLED.finditer(text):
        whole = read_number_words(match["words"])
        cents = read_number_words(match["cents"]) if match["cents"] else 0
        quantity = None
        if whole is not None and cents is not None and cents < 100:
            quantity = (Decimal(whole) + cents * CENT).quantize(CENT)
        marked = bool(match["mark"])
        flag: Flag | None = "rate" if marked and _is_rate(text, *match.span()) else None
        value = None if flag else quantity
        yield Number(value, match.start(), match.end(), marked, match["words"], flag)
