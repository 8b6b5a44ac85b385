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

from normalizers.in_order import named_in_order
from normalizers.written_numbers import (
    ACRONYM_BEFORE,
    BLANK,
    CALL,
    LOOK,
    MINUS,
    YEARS,
    Flag,
    Number,
    numbers_in,
    spelled_in,
    worked_out,
)

GROUP = re.compile(r"\([^()]*\)")
REMARK = re.compile(rf"\s*{GROUP.pattern}")
CHANGE = re.compile(r"\(\s*\+\s*$")  # Renforcée (+ 6 000 €) : by how much, not how much
PLUS = re.compile(r"\n|;|(?<=[\d€s)])\s*\+\s*|\s\+\s+")
# CCAS : 47500 Département : 17000
NEXT_LABEL = re.compile(
    r"(?:(?<=\d)|(?<=€)|(?<=euros))\s+(?=[^\W\d](?:[^:\d\n+;(]|\+(?=\s*:)){0,60}:\s*\d)",
    re.IGNORECASE,
)
# Ville 10 000, Département 5 000
NEXT_NAME = re.compile(
    rf"(?<=\d{{3}})\s*,\s+(?=[^\W\d][^\d,;:+()]{{1,40}}\d{{1,3}}(?:{BLANK}\d{{3}})+\s*(?:$|[,;\n]))"
)
# 9 000 € below « Bailleurs », and no other sum below it
SUM_ALONE = re.compile(
    rf"\s*\d[\d.,]*(?:{BLANK}\d+(?:,\d+)?)*{BLANK}?(?:€|euros?\b)[^\S\n]*(?:$|;|\n(?!\s*\d))",
    re.IGNORECASE,
)
AFTER_GROUP = re.compile(r"(?<=\))\s*(?:,|/|et\b|-)?\s*(?=\d)")
SUB_AMOUNT = re.compile(r"\b(?:dont|y compris|incluant|inclus)\b", re.IGNORECASE)
TOTAL = re.compile(r"(?:=|\b(?:soit|total)\b[^,;]*)$", re.IGNORECASE)
LIMIT = r"(?:au (?:moins|plus)|(?:au )?(?:minimum|maximum|max\b\.?))"
# 15 000 € (1 ETP) · 9 000 € (10 × 900 €) · 4 000 € TTC · Solde : 2 000 € · 8 000 € (demandé) ·
# 8 000 € (en attente)
NOT_A_FUNDER = re.compile(
    r"(?:dont|y compris|incluant|inclus|pour|sur|en|soit|hors)\b|[\d\s%.,/–+€-]*$"
    r"|\d[\d.,]*\s?(?:%\s(?:de\s|d['’])\d|(?:[^\W\d]+\s){0,3}[x×*])"
    r"|(?:ttc|ht|valoris\w+|en nature|(?:\d+(?:[.,]\d+)?\s*)?etp|solde|reliquats?|reports?"
    r"|(?:non )?(?:demand|sollicit|accord|acqui|obten|notifi|confirm|estim|attend|prév[iu])\w*"
    r"|(?:en attente|à (?:confirmer|valider|préciser|rechercher|trouver)|sous réserve)\b.*"
    rf"|{LIMIT})"
    r"(?:\s+(?:en\s+)?20\d\d)?$",
    re.IGNORECASE,
)
DEPARTMENTS = frozenset((*range(1, 96), *range(971, 990)))
NUMBERED_BEFORE = re.compile(r"\b(?:BOP|P|PROG|UO|n°)\s?$")
PAYER_NAME = re.compile(r"\W*[^\W\d][^\d:]*")
NAMED_BEFORE = re.compile(r"[^\W\d][^:]*:\s*$")
# Bailleurs : € ⏎ 27 500
MARK_AHEAD = re.compile(r"(?:^|(?<=[:(+;\n]))([^\S\n]*€[^\S\n]*)\n(?=\s*\d)")
# 20 000,0 0 € · 20 000 ,00 € in a narrow column
CUT_CENTS = re.compile(
    r"(?:(?<=\d,\d)\s(?=\d)|(?<=\d{3})\s(?=,\d\d))(?=,?\d{1,2}\s?(?:€|euros?\b))"
)
STATED_MINUS = re.compile(rf"(?:[:=(]{BLANK}*{MINUS}|\u2212|(?:^|\n)moins){BLANK}*$", re.IGNORECASE)
CLOSING = re.compile(r"\)(?P<mark>\s*(?:d['’])?euros?\b)?", re.IGNORECASE)  # (479 000) euros
LONE_DASH = re.compile(rf"[^:;,\s]{BLANK}*\n{BLANK}*{MINUS}{BLANK}*$")  # Total ⏎ - 35 000 €
BARE_SIGNS = re.compile(rf"(?:\s|{MINUS}|[()€+;,.]|\beuros?\b)*", re.IGNORECASE)
ABOUT = r"environ|env\b\.?|approximativement|à peu près|(?:de l['’]ordre|autour) de|[≈~<>≤≥?]"
ABOUT_BEFORE = re.compile(
    rf"(?:{ABOUT}|\b{LIMIT}|\bjusqu['’]à|\b(?:estim|plafonn)ée?s? à)\s*:?\s*$", re.IGNORECASE
)
ABOUT_AFTER = re.compile(
    rf"\s*[(,]?\s*(?:{ABOUT}|{LIMIT}|à confirmer|estim\w+)(?!\s*\d)", re.IGNORECASE
)
EDGES = re.compile(r"^(?:[\s,;:.+/()=•€–-]|et\b)+|(?:[\s,;:./()=•€–-]|\s\+)+$")
SHARE_AHEAD = re.compile(r"^\d{1,3}(?:,\d+)?\s?%\s+(?=[^\W\d])")  # 50 % Métropole
# entre 20 000 et 30 000 € · Ville, à hauteur de 5 000 € · Ville : 50 % du poste, soit 15 000 €
LEADS_TO_SUM = re.compile(
    r"(?:^|\s)(?:entre|de|d['’]|pour|à hauteur de)$|\s*:[^:]*\d[^:]*\bsoit$", re.IGNORECASE
)
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

    `amounts` add up; `sub_amounts` ("dont 23 000 pour …") are parts of them; `unread` are bare
    numbers behind a name, that are no clear sums ("Métropole 20"), without flag where they rather
    number the name ("CD 13").
    """

    amounts: tuple[Amount, ...] = ()
    sub_amounts: tuple[Amount, ...] = ()
    flags: tuple[Flag, ...] = ()
    unread: tuple[Amount, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """The cell's sum; None where it states none, or not with certainty."""
        values = [a.value for a in self.amounts]
        known = [v for v in values if v is not None]
        if self.flags or not known or len(known) < len(values):
            return None
        return sum(known, Decimal(0))


def read_amounts(text: str) -> list[Amount]:
    """The sums that prose states with a currency mark, in figures, in words, or both."""
    written = numbers_in(text)
    numbers = [n for n in written if n.marked]
    spelled = list(spelled_in(text))
    amounts: list[Amount] = []
    for words in spelled:
        twin = next((n for n in written if _restates(text, words, n)), None)
        if (
            twin
            and words.marked
            and not twin.marked
            and _is_year(twin)
            and twin.value != words.value
        ):
            twin = None  # en 2025 (cent vingt mille euros)
        if twin is None:
            if words.marked:
                amounts.append(_amount(text, words))
            continue
        numbers = [n for n in numbers if n.start != twin.start]
        closing = CLOSING.match(text, max(words.end, twin.end))
        if words.marked or twin.marked or (closing and closing["mark"]):
            end = closing.end() if closing else max(words.end, twin.end)
            both = replace(twin, start=min(words.start, twin.start), end=end, marked=True)
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
    text = re.sub(r"\s*\n\s*(?=(?:€|euros?\b|:))", " ", text)  # Bailleurs ⏎ : 6 500 ⏎ €
    text = CUT_CENTS.sub("", MARK_AHEAD.sub(r"\1 ", without_calls(text)))
    if ordered := _in_order(text):
        return CellAmounts(ordered)
    parts: list[Amount] = []
    subs: list[Amount] = []
    totals: list[Amount] = []
    flags: list[Flag] = []
    unread: list[Amount] = []
    whole, (text, written, differ) = text, _spelled(text, numbers_in(text))
    for start, end in _segments(text):
        found, inner, doubts = _segment(text, start, end, written)
        for amount in found:
            before = text[start : amount.start].rstrip()
            (totals if TOTAL.search(before.rstrip(": (")) else parts).append(amount)
        subs.extend(inner)
        flags.extend(doubts)
        if not found:
            flag = doubts[0] if doubts else None
            unread.extend(replace(a, flag=flag) for a in _behind_a_name(text, start, end, written))
    flags.extend(a.flag for a in (*parts, *totals) if a.flag)
    if not parts:
        parts, totals = totals, []
    if proved := _proved_sum(text, parts, totals):
        parts, totals = [proved], []
        flags = [flag for flag in flags if flag != "rate"]
    if differ:
        parts = [replace(p, value=None, flag=p.flag or "words_differ") for p in parts]
        flags.append("words_differ")
    if _may_be_negative(whole, parts):
        parts = [replace(p, value=None, flag=p.flag or "ambiguous_number") for p in parts]
        flags += [p.flag for p in parts if p.flag]
    if UNPRINTED.search(text):
        flags.append("unread_number")
    parts = [_about(text, part) for part in parts]
    if totals and totals[0].value != sum(p.value or 0 for p in parts):
        flags.append("total_differs")
    return CellAmounts(tuple(parts), tuple(subs), tuple(dict.fromkeys(flags)), tuple(unread))


def _in_order(text: str) -> tuple[Amount, ...]:
    """The sums of `text`, where it tells in one order who pays them; none where one is in doubt."""
    found = []
    for name, start, end in named_in_order(text):
        numbers = [n for n in numbers_in(text[start:end]) if not (n.flag or _is_year(n))]
        if len(numbers) != 1:
            return ()
        inside = replace(numbers[0], start=start + numbers[0].start, end=start + numbers[0].end)
        found.append(_amount(text, inside, name))
    return tuple(found)


def _spelled(text: str, written: list[Number]) -> tuple[str, list[Number], bool]:
    """`text` with blanks for the words that the figures beside them repeat ('ARS : dix mille euros
    (10 000 €)'), its numbers, those in words alone among them, and whether words and figures beside
    each other tell two sums."""
    numbers, differ = list(written), False
    for words in spelled_in(text):
        twin = next((n for n in written if _restates(text, words, n)), None)
        if words.marked and twin and twin.value is not None:
            differ |= words.value != twin.value
            text = text[: words.start] + " " * (words.end - words.start) + text[words.end :]
        elif words.marked and twin is None:
            numbers.append(words)
    return text, sorted(numbers, key=lambda n: n.start), differ


def _proved_sum(text: str, parts: list[Amount], totals: list[Amount]) -> Amount | None:
    """The one sum that is written beside prices, or shares, which come to it: '30 ménages × 900 € =
    27 000 €', '27 000 € soit 30 x 900 €'."""
    for prices, sums in ((parts, totals), (totals, parts)):
        worth = [worked_out(text, a.start, a.end) for a in prices if a.flag == "rate"]
        known = [value for value in worth if value is not None]
        funders = {a.funder for a in sums if a.funder}
        funders |= {a.funder.split(":")[0].strip() for a in prices if a.funder and ":" in a.funder}
        if (
            known
            and len(known) == len(prices)
            and [sum(known)] == [a.value for a in sums]
            and len(funders) < 2
        ):
            return replace(sums[0], funder=next(iter(funders), None))
    return None


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


def _amount(text: str, number: Number, funder: str | None = None) -> Amount:
    raw = text[number.start : number.end]
    return Amount(number.value, funder, raw, number.start, number.end, number.flag)


def _about(text: str, amount: Amount) -> Amount:
    """`amount`, flagged where the words beside it say that it is no exact sum, or by how much one
    changes."""
    if CHANGE.search(text[: amount.start]):
        return replace(amount, value=None, funder=None, flag=amount.flag or "ambiguous_number")
    said = ABOUT_BEFORE.search(text[: amount.start]) or ABOUT_AFTER.match(text, amount.end)
    if amount.flag or not said:
        return amount
    funder = _label((amount.funder or "").replace(said[0].strip(" (,.\n"), ""))
    return replace(amount, flag="about", funder=funder or None)


def _restates(text: str, words: Number, number: Number) -> bool:
    """Does `number` repeat `words` in parentheses, or the other way round?"""
    first, second = sorted((words, number), key=lambda n: n.start)
    if second.start - first.end > LOOK:
        return False
    return bool(re.fullmatch(r"\s*\(\s*(?:soit\s*)?", text[first.end : second.start]))


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Parts of a cell that state one sum each, or none: lines, terms of a '+', labelled sums."""
    hidden = GROUP.sub(lambda m: "(" + "." * (len(m[0]) - 2) + ")", text)
    cuts = [(m.start(), m.end()) for m in PLUS.finditer(hidden) if not _open_label(hidden, m)]
    behind_sums = (m for m in AFTER_GROUP.finditer(hidden) if re.search(r"\d", hidden[: m.start()]))
    cuts += [(m.start(), m.end()) for m in behind_sums]  # CAF (acquis) 9 000 € is one
    cuts += [(m.start(), m.end()) for m in NEXT_LABEL.finditer(hidden)]
    cuts += [(m.start(), m.end()) for m in NEXT_NAME.finditer(hidden)]
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
    text: str, start: int, end: int, written: Sequence[Number]
) -> tuple[list[Amount], list[Amount], list[Flag]]:
    """The sums of one segment, their sub-amounts, and what could not be read."""
    numbers = [n for n in written if start <= n.start < end]
    groups = [(start + m.start(), start + m.end()) for m in GROUP.finditer(text[start:end])]
    sub = SUB_AMOUNT.search(text, start, end)
    inner: list[Number] = []
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


def _within(number: Number, groups: Iterable[tuple[int, int]]) -> bool:
    return any(a < number.start < b for a, b in groups)


def _alone_in_group(text: str, number: Number) -> bool:
    return bool(
        re.search(r"\(\s*$", text[max(0, number.start - LOOK) : number.start])
        and re.match(r"\s*\)", text[number.end : number.end + LOOK])
    )


def _at_least_1000(number: Number) -> bool:
    return number.value is not None and number.value >= 1000


def _bare(
    text: str, start: int, end: int, numbers: list[Number], groups: list[tuple[int, int]]
) -> tuple[list[Number], list[Flag]]:
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
    if before in ("", "=", "-", "–", "•", "€") and re.fullmatch(r"[.,]?|[-–,]\s*\D+", after):
        return [number], []
    if not after and number.looks_like_money:
        return [number], []
    return [], [] if _is_year(number) else ["unread_number"]


def _behind_a_name(text: str, start: int, end: int, written: Sequence[Number]) -> Iterator[Amount]:
    """The one number of a segment that stands behind a name and ends it: 'Métropole 20'."""
    numbers = [n for n in written if start <= n.start < end]
    name = text[start : numbers[0].start] if len(numbers) == 1 else ""
    last = bool(numbers) and not text[numbers[0].end : end].strip(" .")
    counts = last and not _is_year(numbers[0]) and not NUMBERED_BEFORE.search(name)
    if counts and PAYER_NAME.fullmatch(name):
        yield from _labelled(text, start, end, numbers)


def _positions(text: str, mark: str, start: int, end: int) -> Iterator[int]:
    return (i for i in range(start, end) if text[i] == mark)


def _inside(position: int, groups: Iterable[tuple[int, int]]) -> bool:
    return any(a < position < b for a, b in groups)


def _is_code(text: str, number: Number) -> bool:
    """The number of a department or a budget programme after its acronym: CD 13, BOP 177."""
    if not number.figures.isdigit() or len(number.figures) > 3:
        return False
    before = text[max(0, number.start - LOOK) : number.start]
    by_name = int(number.figures) in DEPARTMENTS and ACRONYM_BEFORE.search(before)
    return bool(by_name or NUMBERED_BEFORE.search(before))


def _is_year(number: Number) -> bool:
    return number.figures.isdigit() and int(number.figures) in YEARS


def _labelled(text: str, start: int, end: int, numbers: Sequence[Number]) -> list[Amount]:
    """Each number with the text that names its funder: in parentheses, before it, or after it."""
    if not numbers:
        return []
    bounds = [start, *(n.end for n in numbers)]
    befores = [text[a : n.start] for a, n in zip(bounds, numbers, strict=False)]
    afters = [*befores[1:], text[numbers[-1].end : end]]
    leads = bool(_label(REMARK.sub("", befores[0])))
    amounts = []
    for number, before, after in zip(numbers, befores, afters, strict=True):
        said = NAMED_BEFORE.search(before)  # Ville : 15 500 € (hors valorisation)
        groups = [] if said else [m[0][1:-1] for m in GROUP.finditer(after)]
        funder = next((g.strip() for g in groups if not NOT_A_FUNDER.match(g.strip())), None)
        if funder is None:
            funder = _label(REMARK.sub("", before if leads else after))
        amounts.append(_amount(text, number, funder or None))
    return amounts


def _label(text: str) -> str:
    """`text` without the punctuation and the conjunctions around a funder's name."""
    label = LEADS_TO_SUM.sub("", SHARE_AHEAD.sub("", EDGES.sub("", text)))
    label = EDGES.sub("", label)
    return "" if NOT_A_FUNDER.match(label) else label
