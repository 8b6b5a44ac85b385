"""What the sums of a sentence are ('grant', 'carry_over'…), by the words around them.

The words are data, `data/reference/stated_kinds.csv`: a pattern, the side of the sum on which it
stands, an example; what several patterns share has a name in `stated_words.csv`, and stands in them
as `(?&name)`, as the names of `state_money.csv` do. The pattern that ends nearest before the sum
decides, unless one begins right behind it; one of side 'default' only where no other tells, one of
side 'part' whose a part of a grant is, where the parts make it. A sum that no pattern explains is
'other'.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, cast, get_args

from normalizers.amounts import Amount
from normalizers.exercises import YEAR, YEAR_BEHIND
from normalizers.reference import MalformedError, pattern, read_rows, read_words, spelt_out
from normalizers.written_numbers import is_changed_from
from pipeline.kinds import StatedKind

Side = Literal["before", "after", "default", "part"]
OF_ITS_OWN = ("other", "carry_over")  # kinds that what is done with the sum does not change
REACH_AFTER = 4  # characters between a sum and a pattern that explains it from behind
# 58 500 €, reliquat 2023 de 3 500 € compris
OF_THE_NEXT = re.compile(r"(?:\s(?:de |en )?[\d-]{4,9})?\s*(?:\bde|d'un montant de|:|,?\s?soit)\s*")
# la somme de « 162 450 € » est remplacée par « 187 450 € » · 90 000 € est porté à 100 000 € ·
# 168 500 € mentionné à l'article 4 de la convention est remplacé par ·
# 95 000 € attribuée par arrêté du 3 mai 2023 est abrogée · 120 000 € est réduit à 96 000 € ·
# initialement de 100 000 €, a été ramenée · 100 000 €, est diminuée de 12 000 €, and no sum told
REPLACED = re.compile(
    r"[\s»\",)]*"
    r"(?:(?:mentionn|prév|inscri|fix|indiqu|figur|attribu|accord|allou)\w+ [^.;,€]{0,60})?"
    r"(?:est|sont|sera|(?:a|ont)\sété)\s(?:en conséquence\s|donc\s|ainsi\s|désormais\s)?"
    r"(?:(?:remplac|substitu|supprim|port|ramen|abrog|annul)[éeè]+e?s?\b"
    r"|(?:rédui|limit|abaiss|relev)\w+\s(?:[^.;,€\d]{3,60}\set\s\w+\s)?à\s"
    r"|(?:augment|major|abond|diminu|minor|rédui)\w+\s(?:de|d['’]un montant de)\s\d[\d\s.,]*"
    r"(?:k€|€|euros))",
    re.IGNORECASE,
)
# le reliquat de 14 600 € est reversé au Trésor · crédits non dépensés (14 250 €) sont reversés ·
# le trop-perçu de 6 150 € constaté sur la subvention 2025 fait l'objet d'un titre de perception ·
# reliquat (18 400 €) fait l'objet d'un ordre de reversement · sera récupéré par titre ·
# la somme de 2 150 €, indûment perçue au titre de 2024, est remboursée à l'État ·
# 12 000 €, non justifiée au titre de 2024, est mise en recouvrement
PAID_BACK = re.compile(
    r"\)?(?:,\squi)?(?:,?\s(?:constat|dégag|enregistr|relev|non\s|ind[ûu]ment)\w*\s[^.;,€]{0,60}?)?\s?,?"
    r"(?:\s(?:est|sont|sera|seront)\s(?:[^\W\d]+ment\s)?(?:revers|restitu|rembours|récupér|recouvr)"
    r"|\s(?:est|sont|sera|seront)\smise?s?\sen\srecouvrement"
    r"|\s(?:fait|font|fera|feront)\sl['’]objet\sd['’]une?\s(?:ordre|titre|revers|restitu|rembours)"
    r"|\s(?:donne|donnera)\slieu\sà\s(?:un\s)?(?:revers|restitu|rembours))",
    re.IGNORECASE,
)
# 410 000 €, dont 50 000 € pour le poste, and not « dont 45 000 € pour 2024 »
PART = re.compile(r"\bdont\s(?:(?:une somme|un montant) de\s)?$", re.IGNORECASE)
# 160 000 €, se décomposant en 110 000 € sur le programme 177 et 50 000 € sur le programme 135
ALL_PARTS = re.compile(
    rf"{PART.pattern}|\($|\bimputée?s?\s(?:pour|à hauteur de)\s$"
    r"|\b(?:se\s(?:décompos|répartiss)\w+|(?:décompos|répart|ventil)\w+)\s"
    r"(?:en|entre|comme suit)\s?:?\s?$|,?\s(?:soit|à savoir)\s?:?\s?$",
    re.IGNORECASE,
)
# La contribution est répartie comme suit : gouvernance : 60 000 € ; observation : 60 000 €
IN_PARTS = re.compile(
    r"\b(?:(?:répart|ventil)(?:ie?|ée?)s?|se (?:répart|décompos|ventil)\w+"
    r"|compren(?:d|nent)|inclu(?:t|ent))\b",
    re.IGNORECASE,
)
# 372 000 €, équivalant à 60,7 % du coût total, dont 124 000 € : what a sum is a share of tells
# nothing of the next one
SHARE = re.compile(
    r"\b(?:équival[ae]nte?|correspondant|représentant|soit)\s(?:à\s)?(?:environ\s)?\d[\d,.]*\s?%\s"
    r"d[^.;,€\d]{3,90}(?=\s?[.;,)]|\sdont\b|$)(?!,\ssoit\b)",
    re.IGNORECASE,
)
# le solde, soit 59 500 €, est conservé
BALANCE = re.compile(r"\bsolde\b[^.;€\d]{0,30}$", re.IGNORECASE)
KEPT = re.compile(r"\s?,?\s(?:est|sera|reste)\s(?:conserv|report|gard|acquis)", re.IGNORECASE)
# il reste 33 000 € à consommer · il reste un solde de 12 000 € non utilisé
REMAINS = re.compile(r"\breste(?:nt|ra|ront|rait)?\b[^.;€\d]{0,40}$", re.IGNORECASE)
TO_SPEND = re.compile(r"\s(?:à|non)\s(?:consomm|dépens|utilis|employ|engag)\w+", re.IGNORECASE)
# à laquelle s'ajoute le reliquat 2024, soit 125 700 € disponibles
WITH_ADDED = re.compile(
    r"\b(?:ajout|major|augment|complét|cumul)\w*\b[^.;]*\bsoit\s*$", re.IGNORECASE
)
AVAILABLE = re.compile(
    r"\s(?:de crédits |de moyens )?(?:disponible|mobilisable)s?\b", re.IGNORECASE
)
# - pour l'année 2026 : 234 000 € : one of a list, of which the sentence before tells the kind
LISTED_YEAR = re.compile(
    rf"\W*(?:(?:pour|en|au titre de)\s)?(?:l['’])?(?:(?:année|exercice)\s)?{YEAR}\b"
    r"|\W*(?:pour\s)?(?:l['’])?année\s[1-5]\b",
    re.IGNORECASE,
)
RAISED_BY = re.compile(r",\s(?:major|augment|abond|complét)ée?s?\s(?:de|d['’]une? \w+ de)\s$")
SO = re.compile(r",\ssoit\s(?:(?:un (?:montant )?total|une somme|la somme|ensemble)\sde\s)?$")
# 175 000 € et 160 000 € : sums in a row
IN_A_ROW = re.compile(r"\s*(?:,|;|,?\s?et|puis)\s*(?:enfin\s)?(?:à\s|de\s)?")
# Pour l'année 2027, le montant prévisionnel est de 234 000 € : of what the sentence before grants
SAME_KIND = re.compile(
    r"\b(?:l?[ce]s? |son )montants? (?:(?:annuel|total|maximal|maximum|pr[ée]visionnel)s? ){0,2}"
    rf"(?:(?:de |pour )?(?:l['’](?:année|exercice) )?{YEAR} )?"
    r"(?:est|sera|sont|seront|s['’]élève(?:nt)?|s['’]établi(?:t|ssent))[^.;€\d]{0,30}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class KindPattern:
    """Words that tell what a sum is, on one side of it."""

    kind: StatedKind
    side: Side
    pattern: re.Pattern[str]


def load_kinds(folder: Path) -> list[KindPattern]:
    """The patterns of `stated_kinds.csv`; MalformedError names the line that is no pattern."""
    shared = read_words(folder / "stated_words.csv", read_words(folder / "state_money.csv"))
    path = folder / "stated_kinds.csv"
    kinds = []
    for line, row in enumerate(read_rows(path, ("pattern", "kind", "side")), 2):
        if row["kind"] not in get_args(StatedKind) or row["side"] not in get_args(Side):
            raise MalformedError(path, line, "kind ou side inconnu", "unknown kind or side")
        side = cast(Side, row["side"])
        found = pattern(f"(?i){spelt_out(row['pattern'], shared)}", path, line)
        kinds.append(KindPattern(cast(StatedKind, row["kind"]), side, found))
    return kinds


def kinds_of(
    sentence: str,
    amounts: Sequence[Amount],
    kinds: Sequence[KindPattern],
    lead: str = "",
    before: StatedKind | None = None,
) -> list[StatedKind]:
    """What each of the `amounts` of `sentence` is.

    `lead` is the sentence that opens the list in which this one stands ("" without); `before` the
    kind of the sum before this sentence, which "le montant est de" goes on with.
    """
    text, lead = sentence.replace("’", "'"), lead.replace("’", "'")
    text = SHARE.sub(lambda m: " " * len(m[0]), text)
    starts = [0, *(amount.end for amount in amounts)]
    governed = _governed(text, amounts)
    sums = _sums_of_parts(text, amounts)
    nexts = [0 if i in sums else amount.start for i, amount in enumerate(amounts)][1:]
    nexts.append(len(text))
    same = before if before == "grant" else None
    told: list[StatedKind] = [
        _own_kind(text, amount, start, until, kinds)
        or (same if SAME_KIND.search(text[:row]) else None)
        or _cued(lead, 0, len(lead), kinds)
        or (same if SAME_KIND.search(lead) else None)
        or _cued(text, governed[row], amount.start, kinds, "default")
        or "other"
        for amount, row, start, until in zip(
            amounts, _rows(text, amounts), starts, nexts, strict=False
        )
    ]
    for i, parts in sums.items():
        if {"grant", "carry_over"} <= {told[k] for k in parts}:
            told[i] = "total"
        first, second = parts[:2]
        between = text[amounts[first].end : amounts[second].start]
        if told[first] == "grant" and RAISED_BY.search(between):
            told[i], told[first] = "grant", "other"
    return _of_several_programmes(text, amounts, told, kinds)


def _sums_of_parts(text: str, amounts: Sequence[Amount]) -> dict[int, range]:
    """Which of `amounts` are said to be what those right before them come to, and which these are:
    '90 000 € de crédits nouveaux et 14 000 € de reliquat 2024, soit 104 000 €'."""
    found = dict[int, range]()
    for i, whole in enumerate(amounts):
        rest = whole.value or Decimal(0)
        parts = range(i, i)
        while SO.search(text[: whole.start]) and parts.start and rest > 0:
            parts = range(parts.start - 1, i)
            rest -= amounts[parts.start].value or whole.value or Decimal(0)
        if rest == 0 and len(parts) > 1:
            found[i] = parts
    return found


def _of_several_programmes(
    text: str,
    amounts: Sequence[Amount],
    told: Sequence[StatedKind],
    kinds: Sequence[KindPattern],
) -> list[StatedKind]:
    """`told`, a grant or total that those behind it make, one of them the AMI's, as a total, and
    that as grant: 'L'État engage 175 k€, dont 120 k€ de crédits AMI et 55 k€ du FNAVDL'."""
    found = list(told)
    of_ami = [kind.pattern for kind in kinds if kind.side == "part"]
    for i, whole in enumerate(amounts[:-1]):
        parts = range(i + 1, len(amounts))
        own = [k for k in parts if any(p.match(text, amounts[k].end) for p in of_ami)]
        announced = ALL_PARTS.search(text[: amounts[i + 1].start], whole.end)
        made = sum((amounts[k].value or Decimal(0) for k in parts), Decimal(0)) == whole.value
        if (
            told[i] in ("grant", "total")
            and announced
            and made
            and len(own) == 1
            and len(parts) > 1
        ):
            found[i:] = ["total", *("grant" if k in own else "other" for k in parts)]
    return found


def _governed(text: str, amounts: Sequence[Amount]) -> dict[int, int]:
    """From where on words tell, if no others do, what each of `amounts` is, by its place: from the
    sum before it, unless that one gives way to it ('la somme de X est remplacée par Y')."""
    found, start = dict[int, int](), 0
    for amount in amounts:
        found[amount.start] = start
        start = start if REPLACED.match(text, amount.end) else amount.end
    return found


def _rows(text: str, amounts: Sequence[Amount]) -> list[int]:
    """Where the row of sums, each maybe with its year behind it, begins in which each of `amounts`
    stands."""
    begins: list[int] = []
    for i, amount in enumerate(amounts):
        dated = YEAR_BEHIND.match(text, amounts[i - 1].end) if i else None
        start = dated.end() if dated else amounts[i - 1].end
        goes_on = i and IN_A_ROW.fullmatch(text, start, amount.start)
        begins.append(begins[-1] if goes_on else amount.start)
    return begins


def opens_list(sentence: str, amounts: Sequence[Amount]) -> bool:
    """Does `sentence` tell what the sums of a list below it are? 'les montants s'élèvent à :'"""
    return sentence.endswith(":") and not amounts


def is_listed(sentence: str) -> bool:
    """Does `sentence` open with a year, as those of a list by years do?"""
    return LISTED_YEAR.match(sentence) is not None


def _own_kind(
    text: str, amount: Amount, start: int, until: int, kinds: Sequence[KindPattern]
) -> StatedKind | None:
    """The kind whose words stand nearest to the sum, between the sum before and the one after it
    (at `start` and `until`); of words that overlap, the longest decide. None without such words."""
    if is_changed_from(text, amount.start, amount.end) or REPLACED.match(text, amount.end):
        return "other"  # no longer
    if PAID_BACK.match(text, amount.end):
        return "other"
    if AVAILABLE.match(text, amount.end) and WITH_ADDED.search(text[: amount.start]):
        return "total"
    if TO_SPEND.match(text, amount.end) and REMAINS.search(text[: amount.start]):
        return "carry_over"
    right_before = [
        kind.kind
        for kind in kinds
        if kind.side == "before" and kind.kind in OF_ITS_OWN
        for match in kind.pattern.finditer(text, start, amount.start)
        if not text[match.end() : amount.start].strip(" (")
    ]
    if right_before and BALANCE.search(text[: amount.start]) and KEPT.match(text, amount.end):
        return "carry_over"
    if right_before:  # un acompte de 60 000 € est versé
        return right_before[0]
    for kind in kinds:
        if kind.side == "after":
            match = kind.pattern.search(text, amount.end)
            gap = text[amount.end : match.start()] if match else ""
            near = match and len(gap) <= REACH_AFTER and not gap.strip("() ,")
            of_next = OF_THE_NEXT.fullmatch(text, match.end(), until) if match else None
            if match and near and (not of_next or PART.search(text, 0, amount.start)):
                return kind.kind
    if PART.search(text, 0, amount.start) and not YEAR_BEHIND.match(text, amount.end):
        return "other"
    parted = IN_PARTS.search(text, 0, amount.start)
    start = max(start, parted.end()) if parted else start
    own = _cued(text, start, amount.start, kinds)
    dated = re.search(YEAR, text[start : amount.start]) or YEAR_BEHIND.match(text, amount.end)
    if own or (parted and not dated):
        return own or "other"
    return _cued(text, 0, amount.start, kinds)  # of the words that govern the sentence


def _cued(
    text: str, start: int, end: int, kinds: Sequence[KindPattern], side: Side = "before"
) -> StatedKind | None:
    """The kind of a sum at `end` by the last of the words from `start` on that tell one."""
    cues = [
        (match.start(), match.end(), kind.kind)
        for kind in kinds
        if kind.side == side
        for match in kind.pattern.finditer(text, start, end)
    ]
    outer = [c for c in cues if not any(_within(c, other) for other in cues)]
    return max(outer, key=lambda c: (c[1], c[1] - c[0]))[2] if outer else None


def _within(cue: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    shorter = cue[1] - cue[0] < other[1] - other[0]
    return shorter and other[0] <= cue[0] and cue[1] <= other[1]
