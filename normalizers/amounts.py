"""A small grammar of French euro amounts, in prose and in the cells of a money column.

Nothing is guessed: in prose a number is an amount only with a currency mark; in a cell of a money
column a bare number is one only where the rest of the cell is a funder, not a count of something.
What can be read in two ways has no value and a flag.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
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
      | \d+(?:[.,]\d+)?                                      # 70000 · 24000,50 · 1.5
    )(?:
        {CALL}?{BLANK}?(?:(?P<scale>k|m|md|mille|milliers?|millions?|milliards?){BLANK}?(?:d['’])?{BLANK}?)?
        (?P<mark>€|(?:euros?|eur)\b)
      | {BLANK}?(?P<bare_scale>k)\b
    )?""",
    re.IGNORECASE | re.VERBOSE,
)
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
GROUP = re.compile(r"\([^()]*\)")
PLUS = re.compile(r"\n|;|(?<=[\d€s)])\s*\+\s*|\s\+\s+")
# CCAS : 47500 Département : 17000
NEXT_LABEL = re.compile(
    r"(?:(?<=\d)|(?<=€)|(?<=euros))\s+(?=[^\W\d](?:[^:\d\n+;(]|\+(?=\s*:)){0,60}:\s*\d)",
    re.IGNORECASE,
)
# 9 000 € below « Bailleurs », and no other sum below it
SUM_ALONE = re.compile(
    rf"\s*\d[\d.,]*(?:{BLANK}\d+(?:,\d+)?)*{BLANK}?(?:€|euros?\b)[^\S\n]*(?:$|;|\n(?!\s*\d))",
    re.IGNORECASE,
)
AFTER_GROUP = re.compile(r"(?<=\))\s*(?:,|/|et\b|-)?\s*(?=\d)")
RANGE = re.compile(rf"{BLANK}*(?:à|a|et|-|–|/|ou){BLANK}*", re.IGNORECASE)
# La dotation est portée de 210 000 € à 226 500 €
CHANGED_FROM = re.compile(
    r"\b(?:port|ramen|pass|augment|rédui|relev|abaiss|diminu|modifi)[a-zà-ÿ]*\s+(?:\w+\s+)?de\s*$",
    re.IGNORECASE,
)
RATE_BEFORE = re.compile(r"\d\s*[x×*]\s*$|%\s*(?:de|d['’])?\s*$", re.IGNORECASE)
RATE_AFTER = re.compile(
    r"\s*(?:[x×*]\s*\d|/\s*(?:an|mois|jour|demi-journée|journée|heure|semaine|nuit|logement|ménage|mesure|place|personne)"
    r"|par\s+(?:an|mois|jour|demi-journée|journée|heure|semaine|nuit|logement|ménage|mesure|place|personne)\b)",
    re.IGNORECASE,
)
SUB_AMOUNT = re.compile(r"\b(?:dont|y compris|incluant|inclus)\b", re.IGNORECASE)
TOTAL = re.compile(r"(?:=|\b(?:soit|total)\b[^,;]*)$", re.IGNORECASE)
# 15 000 € (1 ETP) · 4 000 € TTC · Solde : 2 000 € · 8 000 € (demandé en 2024)
NOT_A_FUNDER = re.compile(
    r"(?:dont|y compris|incluant|inclus|pour|sur|en|soit|hors)\b|[\d\s%.,/–-]*$"
    r"|(?:ttc|ht|(?:\d+(?:[.,]\d+)?\s*)?etp|solde|reliquats?|reports?"
    r"|(?:demand|sollicit|accord|acqui|obten|notifi|estim|attend|prév[iu])\w*)"
    r"(?:\s+(?:en\s+)?20\d\d)?$",
    re.IGNORECASE,
)
NAMED_BEFORE = re.compile(r"[^\W\d][^:]*:\s*$")
CUT_CENTS = re.compile(r"(?<=\d,\d)\s(?=\d\s?(?:€|euros?\b))")  # 20 000,0 0 € in a narrow column
ACRONYM_BEFORE = re.compile(rf"(?:\b[A-Z][A-Z0-9]+|n°){BLANK}$")
SHORT_NUMBER_BEFORE = re.compile(rf"(?<!\d)\d{{1,3}}{BLANK}$")
# 1'500 · 10·500 · 12* 500 · 1O 500 · 10 | 500: what stands before may belong to the number
JOINED_BEFORE = re.compile(
    rf"\d[^\w\s()/:;+=€%–—−-]+{BLANK}?$|\d(?!{BLANK}|\n)\s$"
    rf"|(?<!\w)[\dOoIl]*(?:\d[OoIl]|[OoIl]\d)[\dOoIl]*{BLANK}$"
)
# au titre de 2024, 231 400 € · pour l'action 1, 21 000 €
AFTER_YEAR = re.compile(r"\b(?:(?:19|20)\d\d|(?:action|fiche|axe|article)\s(?:n°\s?)?\d{1,2}),\s$")
CUT_BEFORE = re.compile(rf"(?<![\w,.])\d{{1,3}}(?:{BLANK}\d{{3}})*{BLANK}?\n{BLANK}?$")
GLUED_MINUS = re.compile(rf"(?:^|\n|[:=(]{BLANK}*){MINUS}$")  # -35 000 € · Ville : -35 000 €
STATED_MINUS = re.compile(rf"(?:[:=(]{BLANK}*{MINUS}|\u2212|(?:^|\n)moins){BLANK}*$", re.IGNORECASE)
LONE_DASH = re.compile(rf"[^:;,\s]{BLANK}*\n{BLANK}*{MINUS}{BLANK}*$")  # Total ⏎ - 35 000 €
BARE_SIGNS = re.compile(rf"(?:\s|{MINUS}|[()€+;,.]|\beuros?\b)*", re.IGNORECASE)
YEARS = range(1950, 2100)
ABOUT = r"environ|env\b\.?|approximativement|à peu près|(?:de l['’]ordre|autour) de|[≈~<>≤≥?]"
ABOUT_BEFORE = re.compile(rf"(?:{ABOUT}|\bau (?:moins|minimum))\s*$", re.IGNORECASE)
ABOUT_AFTER = re.compile(rf"\s*[(,]?\s*(?:{ABOUT}|à confirmer|estim\w+)(?!\s*\d)", re.IGNORECASE)
# What a spreadsheet prints where a column is too narrow for a number, or a formula fails
UNPRINTED = re.compile(
    r"#{2,}|#(?:REF|VALEUR|VALUE|N/A|NOM|NAME|DIV/0|NUL|NUM|NOMBRE)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in euros, cents included, as written at [start:end] of the text.

    `value` is None when `flag` says why it could not be read with certainty, but for "about".
    `funder` is the text that names who pays, as written: it may name several.
    """

    value: Decimal | None
    funder: str | None
    raw: str
    start: int
    end: int
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class CellAmounts:
    """What a cell of a money column says.

    `amounts` add up; `sub_amounts` ("dont 23 000 pour …") are parts of them; `stated_total` is the
    sum where the cell writes it beside its parts.
    """

    amounts: tuple[Amount, ...] = ()
    sub_amounts: tuple[Amount, ...] = ()
    stated_total: Amount | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """The cell's sum; None where it states none, or not with certainty."""
        values = [a.value for a in self.amounts]
        known = [v for v in values if v is not None]
        if self.flags or not known or len(known) < len(values):
            return None
        return sum(known, Decimal(0))


@dataclass(frozen=True, slots=True)
class _Number:
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


def read_amounts(text: str) -> list[Amount]:
    """The sums that prose states with a currency mark, in figures, in words, or both."""
    written = _numbers(text)
    numbers = [n for n in written if n.marked]
    spelled = list(_spelled(text))
    amounts: list[Amount] = []
    for words in spelled:
        twin = next((n for n in written if _restates(text, words, n)), None)
        if twin is None:
            if words.marked:
                amounts.append(_amount(text, words))
            continue
        numbers = [n for n in numbers if n.start != twin.start]
        if (
            words.marked
            or twin.marked
            or re.match(r"\)\s*(?:d['’])?euros?\b", text[twin.end : twin.end + LOOK])
        ):
            both = replace(
                twin, start=min(words.start, twin.start), end=max(words.end, twin.end), marked=True
            )
            if None in (words.value, twin.value) or words.value != twin.value:
                both = replace(both, value=None, flag=twin.flag or "words_differ")
            amounts.append(_amount(text, both))
    amounts.extend(_amount(text, n) for n in numbers)
    return sorted(amounts, key=lambda a: a.start)


def without_calls(text: str) -> str:
    """`text` without the calls of notes in it."""
    return re.sub(CALL, "", text)


@lru_cache(maxsize=20_000)
def read_cell(text: str) -> CellAmounts:
    """The sums that a cell of a money column states; bare numbers count when nothing forbids it."""
    text = re.sub(r"\s*\n\s*(?=(?:€|euros?\b))", " ", text)
    text = CUT_CENTS.sub("", without_calls(text))
    parts: list[Amount] = []
    subs: list[Amount] = []
    totals: list[Amount] = []
    flags: list[Flag] = []
    written = _numbers(text)
    for start, end in _segments(text):
        found, inner, unread = _segment(text, start, end, written)
        for amount in found:
            before = text[start : amount.start].rstrip()
            (totals if TOTAL.search(before.rstrip(": (")) else parts).append(amount)
        subs.extend(inner)
        flags.extend(unread)
    flags.extend(a.flag for a in (*parts, *totals) if a.flag)
    if not parts:
        parts, totals = totals, []
    if _may_be_negative(text, parts):
        parts = [replace(p, value=None, flag=p.flag or "ambiguous_number") for p in parts]
        flags += [p.flag for p in parts if p.flag]
    if UNPRINTED.search(text):
        flags.append("unread_number")
    parts = [_about(text, part) for part in parts]
    total = totals[0] if totals else None
    if total and total.value != sum((p.value or Decimal(0) for p in parts), Decimal(0)):
        flags.append("total_differs")
    return CellAmounts(tuple(parts), tuple(subs), total, tuple(dict.fromkeys(flags)))


def _may_be_negative(text: str, amounts: Sequence[Amount]) -> bool:
    """Does a minus or an accountant's parenthesis stand before a sum, and no bullet of a list?

    Where nothing but sums is written, a dash before each of several is a bullet, before one alone
    or some of them it is not. Beside words it is one, but between them and the sum of their line,
    or before the one sum of a cell that stands alone below words that announce no list.
    """
    alone = len(amounts) == 1 and not text[amounts[0].end :].strip()
    if alone and LONE_DASH.search(text[: amounts[0].start]):
        return True
    if any(STATED_MINUS.search(text[: a.start]) for a in amounts):
        return True
    bounds = [0, *itertools.chain.from_iterable((a.start, a.end) for a in amounts), len(text)]
    between = zip(bounds[::2], bounds[1::2], strict=True)
    if not all(BARE_SIGNS.fullmatch(text[a:b]) for a, b in between):
        return False
    dashes = [bool(re.search(rf"{MINUS}\s*$", text[: a.start])) for a in amounts]
    bullets = len(amounts) > 1 and all(dashes)
    return (any(dashes) and not bullets) or any(
        re.search(r"\(\s*$", text[: a.start]) and re.match(r"\s*\)", text[a.end :]) for a in amounts
    )


def _amount(text: str, number: _Number, funder: str | None = None) -> Amount:
    raw = text[number.start : number.end]
    return Amount(number.value, funder, raw, number.start, number.end, number.flag)


def _about(text: str, amount: Amount) -> Amount:
    """`amount`, flagged where the words beside it say that it is no exact sum."""
    said = ABOUT_BEFORE.search(text[: amount.start]) or ABOUT_AFTER.match(text, amount.end)
    if amount.flag or not said:
        return amount
    funder = (amount.funder or "").replace(said[0].strip(" (,.\n"), "").strip()
    return replace(amount, flag="about", funder=funder or None)


# --- numbers -----------------------------------------------------------------------------------


def _is_marked_before(text: str, match: re.Match[str]) -> bool:
    """Does the currency mark stand before the number, which is no year: '€ 9 000'?"""
    year = match["figures"].isdigit() and int(match["figures"]) in YEARS
    return not year and bool(MARK_BEFORE.search(text[max(0, match.start() - LOOK) : match.start()]))


def _numbers(text: str) -> list[_Number]:
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
        number = _Number(
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
    before, after = text[max(0, start - LOOK) : start], text[end : end + LOOK]
    groups = re.split(BLANK, figures)
    if len(groups) > 2 and ACRONYM_BEFORE.search(before):
        return "ambiguous_number"
    if SHORT_NUMBER_BEFORE.search(before) and not ACRONYM_BEFORE.search(
        SHORT_NUMBER_BEFORE.sub("", before)
    ):
        return "ambiguous_number"
    if JOINED_BEFORE.search(before) and not AFTER_YEAR.search(before):
        return "ambiguous_number"
    if CUT_BEFORE.search(before) and re.fullmatch(rf"\d{{3}}(?:{BLANK}\d{{3}})*(?:,\d+)?", figures):
        return "ambiguous_number"
    if GLUED_MINUS.search(before):
        return "ambiguous_number"
    if RATE_BEFORE.search(before) or (marked and RATE_AFTER.match(after)):
        return "rate"
    return None


def _is_range(text: str, first: _Number, second: _Number) -> bool:
    between = text[first.end : second.start]
    if CHANGED_FROM.search(text[: first.start]):
        return False
    if not RANGE.fullmatch(between) or first.value is None or second.value is None:
        return False
    if first.figures.isdigit() and int(first.figures) in YEARS:
        return False
    if between.strip().lower() == "et":
        return bool(re.search(r"\bentre\s*$", text[: first.start], re.IGNORECASE))
    return not first.marked or between.strip().lower() in ("à", "a", "ou")


def _spelled(text: str) -> Iterator[_Number]:
    """Numbers written in words."""
    for match in SPELLED.finditer(text):
        value = read_number_words(match["words"])
        cents = read_number_words(match["cents"]) if match["cents"] else 0
        quantity = None
        if value is not None and cents is not None and cents < 100:
            quantity = (Decimal(value) + cents * CENT).quantize(CENT)
        yield _Number(quantity, match.start(), match.end(), bool(match["mark"]), match["words"])


def _restates(text: str, words: _Number, number: _Number) -> bool:
    """Does `number` repeat `words` in parentheses, or the other way round?"""
    first, second = sorted((words, number), key=lambda n: n.start)
    if second.start - first.end > LOOK:
        return False
    return bool(re.fullmatch(r"\s*\(\s*(?:soit\s*)?", text[first.end : second.start]))


# --- cells -------------------------------------------------------------------------------------


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Parts of a cell that state one sum each, or none: lines, terms of a '+', labelled sums."""
    hidden = GROUP.sub(lambda m: "(" + "." * (len(m[0]) - 2) + ")", text)
    cuts = [(m.start(), m.end()) for m in PLUS.finditer(hidden) if not _open_label(hidden, m)]
    cuts += [(m.start(), m.end()) for m in AFTER_GROUP.finditer(hidden)]
    cuts += [(m.start(), m.end()) for m in NEXT_LABEL.finditer(hidden)]
    start = 0
    for cut_start, cut_end in sorted(cuts):
        if text[start:cut_start].strip():
            yield start, cut_start
        start = max(start, cut_end)
    if text[start:].strip():
        yield start, len(text)


def _open_label(text: str, cut: re.Match[str]) -> bool:
    """A line that ends with ':', or one alone above a line that is no more than a sum, names the
    funder of the sum on the next line."""
    if cut[0] != "\n":
        return False
    line = re.split(r"[\n;]", text[: cut.start()])[-1]
    above = text[: cut.start() - len(line)]
    alone = bool(line.strip()) and not re.search(r"\d", line)
    first = not above.strip() or re.search(r"\d[^\n;]*[\n;]$", above)
    return line.rstrip().endswith(":") or bool(alone and first and SUM_ALONE.match(text, cut.end()))


def _segment(
    text: str, start: int, end: int, written: Sequence[_Number]
) -> tuple[list[Amount], list[Amount], list[Flag]]:
    """The sums of one segment, their sub-amounts, and what could not be read."""
    numbers = [n for n in written if start <= n.start < end]
    groups = [(start + m.start(), start + m.end()) for m in GROUP.finditer(text[start:end])]
    sub = SUB_AMOUNT.search(text, start, end)
    inner: list[_Number] = []
    if sub:
        limit = next((g[1] for g in groups if g[0] < sub.start() < g[1]), end)
        inner = [n for n in numbers if sub.start() < n.start < limit]
        numbers = [n for n in numbers if n not in inner]
        inner = [n for n in inner if n.looks_like_money]
    outside = [n for n in numbers if not _within(n, groups)]
    chosen = [n for n in outside if n.marked]
    if chosen:
        inner += [n for n in numbers if n.marked and n not in chosen]
    else:
        chosen = [n for n in numbers if n.marked]
    flags: list[Flag] = []
    if not chosen:
        chosen, flags = _bare(text, start, end, outside, groups)
        if not chosen and not flags:
            chosen = [n for n in numbers if _alone_in_group(text, n) and _at_least_1000(n)]
    amounts = _labelled(text, start, end, chosen)
    return amounts, [_amount(text, n) for n in inner], flags


def _within(number: _Number, groups: Iterable[tuple[int, int]]) -> bool:
    return any(a < number.start < b for a, b in groups)


def _alone_in_group(text: str, number: _Number) -> bool:
    return bool(
        re.search(r"\(\s*$", text[max(0, number.start - LOOK) : number.start])
        and re.match(r"\s*\)", text[number.end : number.end + LOOK])
    )


def _at_least_1000(number: _Number) -> bool:
    return number.value is not None and number.value >= 1000


def _bare(
    text: str, start: int, end: int, numbers: list[_Number], groups: list[tuple[int, int]]
) -> tuple[list[_Number], list[Flag]]:
    """The number without currency mark that is the segment's sum."""
    colon = max(
        (i for i in _positions(text, ":", start, end) if not _inside(i, groups)), default=-1
    )
    numbers = [n for n in numbers if not _is_code(text, n)]
    candidates = [n for n in numbers if n.start > colon]
    if candidates and any(n.start < colon and n.looks_like_money for n in numbers):
        return [], ["unread_number"]
    if len(candidates) != 1:
        doubtful = [n for n in candidates if not _is_year(n)]
        return [], ["unread_number"] if doubtful else []
    number = candidates[0]
    before = text[max(start, colon + 1) : number.start].strip()
    until = next((a for a, _ in groups if a >= number.end), end)
    after = text[number.end : until].strip()
    if before in ("", "=", "-", "–", "•") and re.fullmatch(r"[.,]?|[-–,]\s*\D+", after):
        return [number], []
    if not after and number.looks_like_money:
        return [number], []
    return [], [] if _is_year(number) else ["unread_number"]


def _positions(text: str, mark: str, start: int, end: int) -> Iterator[int]:
    return (i for i in range(start, end) if text[i] == mark)


def _inside(position: int, groups: Iterable[tuple[int, int]]) -> bool:
    return any(a < position < b for a, b in groups)


def _is_code(text: str, number: _Number) -> bool:
    """The number of a department or a budget programme after its acronym: CD 13, BOP 177."""
    short = number.figures.isdigit() and len(number.figures) <= 3
    return short and bool(ACRONYM_BEFORE.search(text[max(0, number.start - LOOK) : number.start]))


def _is_year(number: _Number) -> bool:
    return number.figures.isdigit() and int(number.figures) in YEARS


def _labelled(text: str, start: int, end: int, numbers: Sequence[_Number]) -> list[Amount]:
    """Each number with the text that names its funder: in parentheses, before it, or after it."""
    if not numbers:
        return []
    bounds = [start, *(n.end for n in numbers)]
    befores = [text[a : n.start] for a, n in zip(bounds, numbers, strict=False)]
    afters = [*befores[1:], text[numbers[-1].end : end]]
    leads = bool(_label(GROUP.sub("", befores[0])))
    amounts = []
    for number, before, after in zip(numbers, befores, afters, strict=True):
        said = NAMED_BEFORE.search(before)  # Ville : 15 500 € (hors valorisation)
        groups = [] if said else [m[0][1:-1] for m in GROUP.finditer(after)]
        funder = next((g.strip() for g in groups if not NOT_A_FUNDER.match(g.strip())), None)
        if funder is None:
            funder = _label(GROUP.sub("", before if leads else after))
        amounts.append(_amount(text, number, funder or None))
    return amounts


def _label(text: str) -> str:
    """`text` without the punctuation and the conjunctions around a funder's name."""
    label = re.sub(r"^(?:[\s,;:.+/()=•€–-]|et\b)+|(?:[\s,;:./()=•€–-]|\s\+)+$", "", text)
    return "" if NOT_A_FUNDER.match(label) else label
