"""What kind of row a table's row is, from its texts and the next one's."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from normalizers.amounts import read_cell
from normalizers.references import COUNTED
from pipeline.extracted import ExtractedTable
from pipeline.kinds import RowKind

# TOTAUX · Total général · Sous-total axe 1 · Montant total demandé pour 2024-2025 (avant retrait…)
# Total des reliquats · Reliquat total · TOTAL FINANCEMENT AMI · Ensemble du programme
# Dont reliquat 2022 · S/Total · S/T axe 1 · Budget global · Cumul
TOTAL = re.compile(
    r"^\W*(?:(?:sous|s/s|s\s?/)?[\s-]*tota(?:l|ux)\b|s\s?/\s?t\b|cumul\W*$|(?:montants?|co[uû]ts?|budget|reliquats?|ensemble"
    r"|somme|cumul|enveloppe)\s+(?:\w+\s+){0,2}?(?:total|totaux|g[ée]n[ée]ral|global)\w*\b"
    r"|ensemble(?:\s+d(?:u|es)\s+(?:programme|plan|actions|projets?|op[ée]rations))?\W*$"
    r"|somme\W*$|(?:montants?\s+)?(?:[àa]\s+)?report(?:er|[ée]s?)?(?:\s+(?:de\s+(?:la\s+)?)?page"
    r"(?:\s+pr[ée]c[ée]dente|\s+\d+)?)?\W*$|dont\s+(?:\w+\s+)?(?:reliquats?|reports?)\b)",
    re.IGNORECASE,
)
# Axe 1 – Accéder au logement
PART_OF_ACTIONS = re.compile(
    r"(?:axe|volet|pilier|priorité|orientation|objectif)\s+(?:\d{1,2}|[IVX]{1,4}|[A-H])"
    r"(?:\s?[:.]|\s[–—-])\s?[^\W\d_]\D*",
    re.IGNORECASE,
)
PART_OF = re.compile(r"\W*(?:dont|y compris)\b", re.IGNORECASE)  # Dont salaires
# Total · Sous-total · Total | Ac, of which the end is a scrap of a stamp
PLAIN_TOTAL = re.compile(r"^\W*(?:sous[\s-]*)?tota(?:l|ux)(?:\W+\w{1,2})?\W*$", re.IGNORECASE)
SHARE = re.compile(r"\W*\d[\d\s,.]*%\W*")
LETTER = re.compile(r"[^\W\d_]")
NUMBER = re.compile(r"\W*(?:\d{1,2}|[A-Z]|[IVX]{1,4})\W*")
# b) · 2.b · 2.1
PART_NUMBER = re.compile(r"\W*(?:[a-z]|\d{1,2}\s?[a-z]|(?:\d{1,2}|[A-Z])[.-](?:\d{1,2}|[a-z]))\W*")
PAID = re.compile(
    r"(?:[^\W\d][^:\d]*:\s*\d[\d\s.,]*(?:k?€|euros?)?\s*)+"
)  # État : 97 300 € CAF : 5 000 €
NO_SUM = re.compile(r"^(?:[\s\W]*|[\s\W]*\d[\d\s,.]*%|n[ée]ant)$", re.IGNORECASE)

# au lieu de · Ancienne rédaction · Avant avenant · Demandé, above: lire · Nouvelle rédaction
# · Après avenant · Accordé
OLD = re.compile(
    r"\W*(?:au lieu de|avant(?: (?:avenant|modification|révision))?|ancien(?:ne)?s?(?: \w+)?"
    r"|(?:\w+ )?(?:initia(?:le?|ux)|antérieure?|demandée?|sollicitée?)s?)\W*",
    re.IGNORECASE,
)
NEW = re.compile(
    r"\W*(?:lire|après(?: (?:avenant|modification|révision))?|nouve(?:au|l|lle)s?(?: \w+)?"
    r"|(?:\w+ )?(?:(?:modifi|révis|actualis|accord|valid|notifi)ée?|attribuée?|retenue?)s?)\W*",
    re.IGNORECASE,
)
# A sum of n others counts n - 1, and each row of sums one: more than this proves what they are
PROOF = 2


def texts_by_column(table: ExtractedTable) -> list[list[str]]:
    """What each column of `table` says in each body row, top to bottom, '' where nothing."""
    rows = [{c.column: c.text for c in row.cells} for row in table.rows if row.kind == "body"]
    return [[row.get(k, "") for row in rows] for k, _ in enumerate(table.columns, 1)]


def replaces(above: Mapping[int, str], below: Mapping[int, str]) -> bool:
    """Does a row replace the one above it, which says the same but its sums: 'au lieu de' over
    'lire'? Texts by column."""
    pairs = [(above[k], text) for k, text in below.items() if k in above]
    versions = [(old, new) for old, new in pairs if OLD.fullmatch(old) and NEW.fullmatch(new)]
    others = [pair for pair in pairs if pair not in versions]
    return len(versions) == 1 and all(a == b or (_is_sum(a) and _is_sum(b)) for a, b in others)


def _is_sum(text: str) -> bool:
    return bool(NO_SUM.match(text)) or read_cell(text).total is not None


def subtotals(rows: Sequence[Mapping[int, str]]) -> list[int]:
    """Which of `rows`, whatever they are called, state in fewer cells than others, or under the
    name of a part of the programme, and beside one text at most, nothing but sums: those of the
    rows below, up to the next such row, where the first row is one, else those of the rows above,
    from the last such row on or all of them. An axis over its actions, or their total, or an action
    over its parts. All of them, or none. Texts by column.
    """
    whole = [i for i, row in enumerate(rows) if not is_part(row)]
    if len(whole) < len(rows):
        return [whole[i] for i in subtotals([rows[i] for i in whole])]
    if parted := _over_their_parts(rows):
        return parted
    widest = max(map(len, rows), default=0)
    bare = [_unnumbered(row) if len(row) < widest else row for row in rows]
    named = [i for i, row in enumerate(bare) if _is_named_part(row)]
    return next((some for some in (_apart(bare, widest), named) if _are_totals(bare, some)), [])


def _over_their_parts(rows: Sequence[Mapping[int, str]]) -> list[int]:
    """Which of `rows`, by their numbers, tell actions whose parts the rows below tell ('2' over
    'a)' and 'b) Captation'), where their sums are those of the parts."""
    numbers = [_number(row[min(row)]) if len(row) > 1 else "" for row in rows]
    whole = [i for i, number in enumerate(numbers) if NUMBER.fullmatch(number)]
    parts = [i for i, number in enumerate(numbers) if PART_NUMBER.fullmatch(number)]
    if not whole or whole[0] != 0 or len(whole) + len(parts) < len(rows):
        return []
    below = {i: rows[i + 1 : end] for i, end in pairwise([*whole, len(rows)]) if i + 1 < end}
    sums = [
        {k: text for k, text in rows[i].items() if read_cell(text).total and k > min(rows[i])}
        for i in below
    ]
    proofs = [_proofs(of, some) for of, some in zip(sums, below.values(), strict=True) if of]
    return list(below) if len(proofs) == len(below) and _prove(proofs) else []


def _number(text: str) -> str:
    """The number that `text` opens with: 'b' of 'b) Captation'; `text`, where with none."""
    match = COUNTED.fullmatch(text)
    return match["number"] if match else text


def _are_totals(rows: Sequence[Mapping[int, str]], apart: Sequence[int]) -> bool:
    """Are those of `rows` whose numbers are in `apart` proved to be totals of the others?"""
    if not apart:
        return False
    if apart[0] == 0:
        ends = [*apart[1:], len(rows)]
        proofs = [_proofs(rows[i], rows[i + 1 : end]) for i, end in zip(apart, ends, strict=True)]
    else:
        proofs = []
        for start, end in pairwise([-1, *apart]):
            everything = [row for i, row in enumerate(rows[:end]) if i not in apart]
            proof = _proofs(rows[end], rows[start + 1 : end])
            proofs.append(_proofs(rows[end], everything) if proof is None else proof)
    return _prove(proofs)


def _prove(proofs: Sequence[int | None]) -> bool:
    """Are all totals proved, and by enough sums together?"""
    known = [proof for proof in proofs if proof is not None]
    return len(known) == len(proofs) and any(known) and sum(known) + len(known) > PROOF


def _apart(rows: Sequence[Mapping[int, str]], widest: int) -> list[int]:
    """Which of `rows` have fewer cells than `widest`, all sums but the first."""
    return [i for i, row in enumerate(rows) if 1 < len(row) < widest and _has_one_text(row)]


def _is_named_part(row: Mapping[int, str]) -> bool:
    """Does `row` say sums behind the name of a part of the programme, and nothing else?"""
    return len(row) > 1 and names_part(row[min(row)]) and _has_one_text(row)


def is_part(row: Mapping[int, str]) -> bool:
    """Does `row` say of what the one above it is made: 'Dont salaires', '2a | dont les jeunes'?"""
    names = (text for _, text in sorted(row.items()) if not PART_NUMBER.fullmatch(text))
    return PART_OF.match(next(names, "")) is not None


def _proofs(total: Mapping[int, str], rows: Sequence[Mapping[int, str]]) -> int | None:
    """How often `total`, in each column of its sums that of `rows`, adds one more up; None where a
    sum differs."""
    (first, text), *_ = sorted(total.items())
    proofs = 0
    for column, said in total.items():
        if (column == first and not _is_sum(text)) or SHARE.fullmatch(said):
            continue
        sums = [value for row in rows if (value := read_cell(row.get(column, "")).total)]
        if sum(sums) != read_cell(total[column]).total:
            return None
        proofs += max(0, len(sums) - 1)
    return proofs


def entries(kinds: Sequence[RowKind], rows: Sequence[Mapping[int, str]]) -> int:
    """How many of `rows` there are without those below the table's total, which it does not count:
    'Part de l'État', 'Acompte', 'Montant à verser', each one text and sums, in fewer cells than
    others have, under a total that is the sum of all rows above it. Texts by column."""
    total = max((i for i, kind in enumerate(kinds) if kind == "total"), default=len(rows))
    above = [row for row, kind in zip(rows[:total], kinds, strict=False) if kind == "body"]
    below = rows[total + 1 :]
    apart = len(_apart(below, widest=max(map(len, above), default=0))) == len(below)
    return total + 1 if apart and total < len(rows) and _totals(rows[total], above) else len(rows)


def _totals(total: Mapping[int, str], rows: Sequence[Mapping[int, str]]) -> bool:
    """Is a sum of `total` that of two of `rows` or more?"""
    for column, text in total.items():
        sums = [value for row in rows if (value := read_cell(row.get(column, "")).total)]
        if len(sums) > 1 and sum(sums) == read_cell(text).total:
            return True
    return False


def _has_one_text(row: Mapping[int, str]) -> bool:
    _, *others = (text for _, text in sorted(row.items()))
    return all(map(_is_sum, others))


def _unnumbered(row: Mapping[int, str]) -> dict[int, str]:
    """`row` without the number before its text: '2 | Accompagnement | 9 000 €'."""
    cells = sorted(row.items())
    numbered = len(cells) > 2 and NUMBER.fullmatch(cells[0][1]) and not _is_sum(cells[1][1])
    return dict(cells[1:] if numbered else cells)


def is_total(texts: Sequence[str]) -> bool:
    """Is this the row of a total? `texts` are its cells, left to right, '' where empty.

    One text names a total and all others do or are sums, percentages or nothing; or it opens the
    row, says no more than « Total », and most of the others are, have no letters (what a stamp
    covers reads as anything), or name who pays each of their sums.
    """
    filled = [t for t in texts if t.strip()]
    total = next((i for i, t in enumerate(filled) if TOTAL.match(t)), None)
    if total is None:
        return False
    rest = [t for i, t in enumerate(filled) if i != total]
    others = [bool(TOTAL.match(t)) or _is_sum(t) for t in rest]
    plain = total == 0 and bool(PLAIN_TOTAL.match(filled[0]))
    bare = [
        other or not LETTER.search(t) or bool(PAID.fullmatch(t))
        for other, t in zip(others, rest, strict=True)
    ]
    return all(others) or (plain and 2 * sum(bare) > len(bare))


def names_part(text: str) -> bool:
    """Is `text` the name of a part of the programme, as titles over its actions are?"""
    return PART_OF_ACTIONS.fullmatch(text) is not None
