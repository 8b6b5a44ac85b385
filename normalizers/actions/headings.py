"""Which field each column of an annex table holds.

Three kinds of evidence, weighed over the whole table: the wording of the heading against
`data/reference/headings.csv` (accents, case, punctuation, years and small words aside), what the
cells hold (a column of euros is a column of euros), and the other columns (a table has one label).
A column that nothing explains has no field.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from statistics import mean
from typing import cast, get_args

import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from normalizers.amounts import read_cell
from normalizers.exercises import YEARS, heading_exercise
from normalizers.reference import MalformedError, read_rows
from normalizers.references import COUNTED
from normalizers.statuses import SHORT
from normalizers.terms import fold
from pipeline.kinds import Stage

MONEY = frozenset(
    (
        "total_cost", "ami", "ami_previous", "cofinancing", "planned", "spent", "carry_over",
        "unfunded",
    )
)  # fmt: skip
TEXTS = ("label", "objective", "description", "indicators", "status", "comment")
OTHERS = (
    "reference", "pilot", "section", "cofinancing_source", "category", "operator", "partners",
    "territory", "schedule", "audience",
)  # fmt: skip
FIELDS = (*TEXTS, *OTHERS, *sorted(MONEY))
ACCEPTED = 0.72
SAME_WORD = 85  # of 100, for words that OCR or a plural changed
SMALL_WORDS = frozenset((
    "a", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou",
    "par", "pour", "sur", "un", "une",
))  # fmt: skip
WORD = re.compile(r"[a-z]+")
CODE = re.compile(
    r"(?:fa|fiche|action|n°?|axe)?\s*[a-z]{0,2}[\s.-]?\d{1,3}(?:[.-]\d{1,3})*\s?(?:bis|ter)?|[a-z]\d?"
)
WITHOUT_SUM = re.compile(
    r"\W*(?:(?:neant|aucun|sans objet|s\W?o|n\W?c|n\W?a|(?:annul|supprim|abandonn|retir)ee?s?)\W*)?"
)
# what a cell of sums says in place of one: 0,00 · cf. supra · p.m. · valorisation · à définir
INSTEAD_OF_SUM = re.compile(
    r"\W*(?:0+(?:[.,]0+)?|p\W{0,2}m|pour memoire|cf\W.*|voir .*|idem|valoris\w+(?: \D*)?"
    r"|(?:mises? a disposition|mad|apport|contribution)?\D*\d+(?:[.,]\d+)? ?etp\b\D*"
    r"|mises? a disposition\D*|(?:en cours|a l'etude|chiffrage)\D*"
    r"|inclus?e?s?(?: .*)?|en nature|a (?:definir|preciser|determiner|confirmer|venir|chiffrer))\W*"
)
PAID_BY_STATE = re.compile(r"\b(?:ami|etat|dihal|lda|logement d'abord|bop|p?\s?177)\b")
# BOP 104 · État – BOP 304 · FNAVDL : the State's as well, and not the AMI's
OTHER_PROGRAMME = re.compile(
    r"\b(?:bop|programme|p)\s?(?!177)\d{3}\b|\bfnavdl\b|\bfnadt\b|\bpolitique de la ville\b"
    r"|\bautres? (?:\w+ )?(?:de l')?etat\b|\bplan pauvrete\b|\bpacte des solidarites\b"
    r"|\bhors ami\b|\bdroit commun\b"
)
# Hors État Région · Financeurs autres que l'État : what is said of the State is that it pays none
OUTSIDE_STATE = re.compile(
    r"\b(?:hors|autres? que|en dehors de)\s(?:l['’]\s?)?[ée]tat\b", re.IGNORECASE
)
NAMES_AMI = re.compile(r"\b(?:ami|dihal|lda|logement d'abord)\b")
# Apport des partenaires hors État · Autres crédits de l'État (BOP 304)
NOT_BY_AMI = re.compile(
    rf"\bautres?\b|\bhors\b|\bco-?fin|\bpartenaires?\b|{OTHER_PROGRAMME.pattern}"
)
# Ancienne fiche · N° précédent · Ancien intitulé : not those of the row's action
FORMER = re.compile(r"\b(?:ancien(?:ne)?s?|anterieure?s?|precedente?s?|ex)\b")
# AMI obtenu précédemment · Pour mémoire, subvention : what was given before is no grant
BEFORE = re.compile(
    r"\b(?:precede\w+|anterieur\w*|auparavant|deja (?:obtenu|verse|percu|recu|accorde)\w*"
    r"|pour memoire|rappel)\b"
)
# Participation initiale, beside Participation après avenant: replaced by it, not added to it
REPLACED = re.compile(
    r"\binitia(?:l|le|ux|les|lement)\b|\bavant(?=\W*$)|\bau lieu de\b|\bancien(?:ne)?\b"
    r"|\bavant (?:avenant|modification|revision|transfert|virement|correction|rectification)\b"
)
# AMI 2024 révisé, beside AMI 2024 voté : it replaces the only other one of its year
REPLACES = re.compile(
    r"\b(?:modifi|rectifi|revis|corrig|actualis|ajust|redeploy)ee?s?\b|\bapres\b|\bdesormais\b"
    r"|\bnouve(?:au|l|lle) (?:montant|subvention|dotation|repartition|participation|financement)\b"
    r"|\b(?:montant|subvention|dotation|participation) (?:\w+ )?nouve(?:au|lle)\b"
)
# Montant à reverser : what goes back to the State is no grant, nor carried over
RETURNED = re.compile(
    r"\ba (?:reverser|rembourser|restituer)\b|\breversements?\b|\btrop[- ]percus?\b"
)
# Crédits État 2021 Consommé · Reste : what became of the money of the AMI is no grant
SPENT = re.compile(
    r"\b(?:consomme|mandate|execute|realise|utilise)e?s?\b|\bconsommations?\b"
    r"|(?<=\w )depensee?s?(?= en\b| au\b|[\W\d]*$)"
)
LEFT = re.compile(
    r"\b(?:reste|restant|solde)s?\b(?! a (?:verser|payer|financer|charge|percevoir|mandater))"
    r"|\bnon (?:consomme|depense|utilise|engage)e?s?\b"
    r"|^(?!.*(?:\b(?:dont|compris|hors|avec|sans|nets?|et|ou|deduction|moins)\b|[+/]))"
    r".*\b(?:reliquats?|reports?|reporte?e?s?|a reporter|excedents?|reprises?)\b"
    r"(?! (?:compris|inclus|deduit))"
)
INCOME = re.compile(
    r"\brecettes?\b|\bproduits\b|\bressources\b"
)  # beside them, Dépenses are a budget
# Variation · Écart : by how much a sum of the table changes, beside the sum itself
CHANGE = re.compile(
    r"\b(?:variations?|mouvements?|ecarts?|evolution|redeploie\w+|reaffect\w+|ajustements?|delta|difference|hausse|baisse"
    r"|augmentation|diminution|majoration|minoration)\b"
)
# Coût unitaire · Tarif par mesure : what one costs is no sum of an action
PER_UNIT = re.compile(
    r"\bunitaires?\b|\btarifs?\b"
    r"|(?:\bpar |/ ?)(?:mesure|menage|place|personne|logement|mois|jour|nuitee|etp)\b"
)
# Coût (k€) · Montants en milliers d'euros
UNIT = re.compile(
    r"(?:\(|\ben\s|\s)(?:(?P<k>k\s?(?:€|euros?\b|eur\b)|milliers? d['’ ]\s?euros?)"
    r"|m\s?€|millions? d['’ ]\s?euros?)",
    re.IGNORECASE,
)
ASKED = re.compile(r"\b(?:demand|sollicit)")
PLANNED = re.compile(r"\bprevisionnel")
BOTH = re.compile(r"\s+et\s+|\s*[/&+]\s*|\s+[–-]\s+")
CAPITAL = re.compile(r"(?<=\s)(?=[A-ZÀ-Ý][a-zà-ÿ]{7})")  # of a long word amid a heading
YEAR_ALONE = re.compile(rf"\W*{YEARS.pattern}\W*")
YEAR_LAST = re.compile(rf"\w\W*{YEARS.pattern}\W*(?:(?:en\s)?(?:k?€|euros)\W*)?$")
# Observations · Nature · Orientation : over statuses alone
STATED_AS = ("comment", "description", "category", "section")
WORDED = ("label", "objective", "description", "pilot")
UNKNOWN_UNIT = 0  # euros that 1 stands for in a column of sums, where nothing tells
REAL_SUM = 500  # euros: a bare number below is as likely a count or a reference


@dataclass(frozen=True, slots=True, eq=False)  # alike only to itself: quick to look up
class Phrase:
    """A heading as people write it, its words, the field it announces and the stage of its sums."""

    words: tuple[str, ...]
    field: str
    stage: Stage | None


class Phrases(tuple[Phrase, ...]):
    """A vocabulary, alike only to itself: quick to look up."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: field (None where unexplained), stage of its sums, the exercise that
    the heading names, the heading's likeness (0 to 1) to the vocabulary, who pays its sums where
    the heading names one organisation, the euros that 1 stands for ('en k€': 1000; 0 where they may
    be thousands), whether another column tells the funder of each of its sums, the State among
    them, which columns it adds up on every row, what a cross in it says of its field, and which
    column names who pays its sums."""

    field: str | None
    stage: Stage | None
    exercise: str | None
    similarity: float
    funder: str | None = None
    unit: int = 1
    by_source: bool = False
    adds: tuple[int, ...] = ()
    option: str | None = None
    payer_in: int | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What the cells of a column look like; shares are of the cells that are not empty."""

    filled: int
    money: float
    numbers: float
    codes: float
    known_pilots: float
    known_statuses: float
    length: float

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        is_pilot: Callable[[str], bool],
        is_status: Callable[[str], bool],
    ) -> "Contents":
        said = [t for t in texts if not WITHOUT_SUM.fullmatch(fold(t))]
        if any(_is_sum(t) for t in said):
            said = [t for t in said if not INSTEAD_OF_SUM.fullmatch(fold(t))]
        if not said:
            return cls(0, 0, 0, 0, 0, 0, 0)

        def share(test: Callable[[str], bool]) -> float:
            return sum(test(t) for t in said) / len(said)

        codes = [fold(t) for t in said]
        alike = len(set(codes)) > len(codes) / 2 and all(len(c) < 15 for c in codes)
        numbers = [int(c) for c in codes if c.isdecimal()]
        if len(numbers) == len(codes) and numbers != sorted(numbers):
            alike = False  # counts of something
        return cls(
            len(said),
            share(_is_sum),
            share(lambda t: bool(read_cell(t).amounts) and not COUNTED.fullmatch(t.strip())),
            sum(bool(CODE.fullmatch(c)) for c in codes) / len(codes) if alike else 0,
            share(lambda t: len(t) < 100 and is_pilot(t)),
            share(lambda t: len(t) < 60 and is_status(t)),
            mean(len(t) for t in said),
        )


def load_headings(path: Path) -> tuple[Phrase, ...]:
    """The phrases of `headings.csv`; MalformedError names the line that is wrong."""
    phrases = []
    for line, row in enumerate(read_rows(path, ("phrase", "field", "stage")), 2):
        stage = row["stage"] or None
        if row["field"] not in FIELDS or (stage and stage not in get_args(Stage)):
            raise MalformedError(path, line, "champ ou étape inconnus", "unknown field or stage")
        phrases.append(
            Phrase(heading_words(row["phrase"]), row["field"], cast(Stage | None, stage))
        )
    return Phrases(phrases)


def heading_words(heading: str) -> tuple[str, ...]:
    """Folded words of a heading, without numbers and small words."""
    found = WORD.findall(fold(heading).replace("n°", "n "))
    return tuple(w for w in found if w not in SMALL_WORDS)


def heading_unit(heading: str) -> int:
    """The euros that 1 stands for in a column so headed: 1000 for 'Coût (k€)'."""
    match = UNIT.search(heading)
    return 1 if match is None else 1000 if match["k"] else 10**6


def explain(
    headings: Sequence[str],
    contents: Sequence[Contents],
    phrases: tuple[Phrase, ...],
) -> list[Column]:
    """The field of each column: the assignment whose evidence is best over the whole table.

    Fields of money may explain several columns, any other field one at most.
    """
    single = [f for f in FIELDS if f not in MONEY]
    count = len(headings)
    likeness = [_likeness(heading_words(h), phrases) | _of_two_texts(h, phrases) for h in headings]
    scores = np.zeros((count, len(single) + count))
    money: list[str | None] = []
    for i, (like, content) in enumerate(zip(likeness, contents, strict=True)):
        weighed = {f: _weighed(f, like[f][0] if f in like else 0.0, content) for f in FIELDS}
        folded = fold(headings[i])
        of_state = PAID_BY_STATE.search(folded) and not NOT_BY_AMI.search(folded)
        if of_state and weighed["cofinancing"] > max(weighed[f] for f in MONEY - {"cofinancing"}):
            weighed["ami"] = weighed["cofinancing"]  # Apport de l'État
        if is_of_other_programme(headings[i]):
            weighed["cofinancing"] = max(weighed["cofinancing"], weighed["ami"])
            weighed["ami"] = 0.0
        if OUTSIDE_STATE.search(folded):
            weighed["cofinancing"] = max(weighed["cofinancing"], weighed["ami"])
            weighed["ami"] = 0.0
        if "%" in folded:
            weighed["status"] = 0.0  # État %
        if FORMER.search(folded):
            weighed["reference"] = 0.0
            if FORMER.match(folded):
                weighed["label"] = 0.0
        if BEFORE.search(folded):
            weighed["ami_previous"] = max(weighed["ami_previous"], weighed["ami"])
            weighed["ami"] = 0.0
        for fate, words in (("carry_over", LEFT), ("spent", SPENT)):
            if weighed["ami"] >= ACCEPTED and words.search(folded):
                weighed[fate] = max(weighed[fate], weighed["ami"])
                weighed["ami"] = 0.0
        scores[i, : len(single)] = [_accepted(weighed[f]) for f in single]
        best = max(sorted(MONEY), key=lambda f: (weighed[f], f == "ami"))
        money.append(best if weighed[best] >= ACCEPTED else None)
        scores[i, len(single) + i] = _accepted(weighed[best])
    columns: list[Column] = []
    rows, chosen = linear_sum_assignment(-scores) if count else ((), ())
    for i, j in zip(rows, chosen, strict=True):
        field = None
        if scores[i, j] > 0:
            field = single[j] if j < len(single) else money[i]
        similarity, stage = likeness[i].get(field or "", (0.0, None))
        if field == "ami_previous":
            similarity, stage = max(similarity, likeness[i].get("ami", (0.0, None))[0]), "previous"
        elif field in ("spent", "carry_over"):
            stage = field
        elif field == "cofinancing" and OUTSIDE_STATE.search(headings[i]):
            stage = stage or "granted"
        stage = _stage(headings[i], field, stage)
        exercise = heading_exercise(headings[i])
        columns.append(Column(field, stage, exercise, round(similarity, 3)))
    if any(INCOME.search(fold(heading)) for heading in headings):
        columns = [
            replace(c, field="total_cost", stage="total_cost") if c.field == "spent" else c
            for c in columns
        ]
    return _without_replaced(headings, columns)


def is_of_other_programme(text: str) -> bool:
    """Does `text` name money of the State that is not the AMI's: 'BOP 104', 'crédits hors AMI'?"""
    folded = fold(text)
    other = OTHER_PROGRAMME.search(folded)
    return bool(other and not NAMES_AMI.search(OTHER_PROGRAMME.sub(" ", folded)))


def over_years(headings: Sequence[str]) -> list[str]:
    """`headings`, a bare year with the words that stand over the year on its left: 'Crédits 2023'
    and '2024' are 'Crédits 2023' and 'Crédits 2024'. What stands behind a year is that year's:
    '2023 (réalisé)'."""
    full: list[str] = []
    for heading in headings:
        worded = full and YEAR_LAST.search(full[-1]) and heading_exercise(full[-1])
        if worded and YEAR_ALONE.fullmatch(heading):
            heading = YEARS.sub(heading.strip(), full[-1])
        full.append(heading)
    return full


def _without_replaced(headings: Sequence[str], columns: Sequence[Column]) -> list[Column]:
    """`columns`, the sums that the act replaces ('initial') beside those that replace them not
    granted: what the AMI gave before, or unexplained; unexplained as well by how much they change
    and what goes back. What one of several costs is no sum of an action.
    """
    units = [bool(PER_UNIT.search(fold(heading))) for heading in headings]
    sums = [c.field in MONEY for c in columns]
    of_one = "unit_cost" if sum(sums) > sum(map(all, zip(sums, units, strict=True))) else None
    columns = [
        replace(c, field=of_one if unit else None, stage=None)
        if c.field in MONEY and (unit or RETURNED.search(fold(heading)))
        else c
        for heading, unit, c in zip(headings, units, columns, strict=True)
    ]
    changes = [bool(CHANGE.search(fold(heading))) for heading in headings]
    old = _replaced(headings, columns)
    kept = {c.field for c, *gone in zip(columns, old, changes, strict=True) if not any(gone)}
    found = []
    for column, replaced, change in zip(columns, old, changes, strict=True):
        if change and column.field in MONEY and column.field in kept:
            column = replace(column, field=None, stage=None)
        elif replaced and column.field == "ami" and "ami" in kept:
            column = replace(column, field="ami_previous", stage="previous")
        elif replaced and column.field in ("cofinancing", "total_cost") and column.field in kept:
            column = replace(column, field=None, stage=None)
        found.append(column)
    return found


def _replaced(headings: Sequence[str], columns: Sequence[Column]) -> list[bool]:
    """Which of `columns` the act replaces: as their headings say, or as that of the only other AMI
    money of the same year does."""
    said = [fold(heading) for heading in headings]
    old = [bool(REPLACED.search(heading)) for heading in said]
    years: dict[str | None, list[int]] = defaultdict(list)
    for i, (heading, column) in enumerate(zip(headings, columns, strict=True)):
        if column.field == "ami" and column.stage == "granted":
            years[heading_exercise(heading)].append(i)
    for pair in years.values():
        match [i for i in pair if not REPLACES.search(said[i])], len(pair):
            case [one], 2:
                old[one] = True
    return old


def _stage(heading: str, field: str | None, stage: Stage | None) -> Stage | None:
    """The stage of a column's sums; a grant may be only asked for, or planned."""
    if field in ("ami", "cofinancing") and ASKED.search(fold(heading)):
        return "requested"
    if field == "ami" and stage == "granted" and PLANNED.search(fold(heading)):
        return "planned"
    return stage


@lru_cache(maxsize=20_000)
def best_field(heading: str, phrases: tuple[Phrase, ...], least: float) -> str | None:
    """The field that `heading` announces by its wording alone, if its likeness is at least so."""
    found = _likeness(heading_words(heading), phrases)
    field = max(found, key=lambda f: (found[f][0], f), default=None)
    return field if field and found[field][0] >= least else None


def _of_two_texts(
    heading: str, phrases: tuple[Phrase, ...]
) -> dict[str, tuple[float, Stage | None]]:
    """The field of a column whose heading announces two texts in one cell: 'Objectifs et
    présentation' describes, 'Action / objectif' labels."""
    parts = [p for p in BOTH.split(fold(heading)) if p]
    fields = {best_field(p, phrases, 1.0) for p in parts} if len(parts) == 2 else set()
    first = next((f for f in ("label", "description") if f in fields), None)
    others = fields - {first}
    return (
        {first: (1.0, None)} if first and others and others <= {"objective", "description"} else {}
    )


def are_two_sums(heading: str, phrases: tuple[Phrase, ...]) -> bool:
    """Do two headings of sums stand in `heading`, one after the other, where a column was missed:
    'AMI antérieur Cofinancements'? Nobody can tell then which of them a sum of the column is."""
    for match in CAPITAL.finditer(heading):
        parts = heading[: match.start()], heading[match.start() :]
        fields = [best_field(part, phrases, 1.0) for part in parts]
        of_its_own = fields[1] in ("ami", "cofinancing", "total_cost")  # no stage of the first's
        two = of_its_own and fields[0] in MONEY and fields[0] != fields[1]
        if two and len(heading_words(parts[0])) > 1:
            return True
    return False


def _accepted(score: float) -> float:
    return score if score >= ACCEPTED else 0.0


@lru_cache(maxsize=4096)
def _likeness(
    words: tuple[str, ...], phrases: tuple[Phrase, ...]
) -> dict[str, tuple[float, Stage | None]]:
    """How far a heading is like the best phrase of each field, with that phrase's stage. The
    field that the vocabulary names first for the very same phrase goes before the others."""
    found: dict[str, tuple[float, Stage | None]] = {}
    claimed: set[tuple[str, ...]] = set()
    for phrase in phrases:
        like = _like(words, phrase.words)
        if phrase.words in claimed:
            like -= 0.02
        claimed.add(phrase.words)
        if like > found.get(phrase.field, (0.0, None))[0]:
            found[phrase.field] = (like, phrase.stage)
    if "amis" in words:  # friends: an association's
        found.pop("ami", None)
    return found


def _like(words: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """1 for the same words; less for other spellings or order; less for a part of the heading,
    the more the further it stands from the head of it."""
    if not words or not phrase:
        return 0.0
    if words == phrase:
        return 1.0
    whole = 0.0
    if _of_others(words) == _of_others(phrase):
        whole = fuzz.ratio(_in_any_order(words), _in_any_order(phrase), score_cutoff=80) / 100
    part = 0.0
    for i in range(len(words) - len(phrase) + 1):
        same = words[i : i + len(phrase)]
        if _of_others(same) == _of_others(phrase) and all(
            fuzz.ratio(one, w) >= SAME_WORD for one, w in zip(same, phrase, strict=True)
        ):
            part = 0.7 + 0.2 * len(phrase) / len(words) + 0.08 * (1 - i / len(words))
            break
    if whole and any(
        len(w) > 3 and all(fuzz.ratio(w, p) < SAME_WORD for p in phrase) for w in words
    ):
        whole -= 0.05  # "Financements Coût total" is no misspelt "Total cofinancements"
    if whole == 1.0:
        whole -= 0.01  # "Action et porteur" is no "Porteur de l'action"
    return max(whole if whole >= 0.8 else 0.0, part)


def _of_others(words: tuple[str, ...]) -> bool:
    """Do `words` name cofunding? "Cofinancements obtenus" is no misspelt "Financement obtenu"."""
    return any(w.startswith("cofin") for w in words)


@lru_cache(maxsize=4096)
def _in_any_order(words: tuple[str, ...]) -> str:
    return " ".join(sorted(words))


def _weighed(field: str, likeness: float, content: Contents) -> float:
    """The likeness of the heading, more or less believable for what the column holds."""
    if not content.filled:
        return likeness
    if field in MONEY:
        if content.money >= 0.3:
            return likeness + 0.1 if likeness else 0.0
        return likeness - (0.4 if content.length > 40 else 0.15) * (content.money == 0)
    if field in WORDED and content.numbers == 1 and content.length < SHORT:
        return 0.0  # Objectif 2022, over a count
    if content.money >= 0.6:
        return likeness - (0.2 if field == "comment" else 0.5)
    if field == "reference":
        seen = 0.75 if content.codes >= 0.8 and content.filled > 2 else 0.0
        return max(seen, likeness - (0.5 if content.length > 25 else 0.0))
    if field == "pilot":
        return max(0.75 if content.known_pilots >= 0.7 else 0.0, likeness)
    if field == "status":
        return max(0.75 if content.known_statuses >= 0.7 else 0.0, likeness)
    if field in STATED_AS and content.known_statuses >= 0.9 and content.length < SHORT:
        return likeness - 0.3
    return likeness


@lru_cache(maxsize=4096)
def _is_sum(text: str) -> bool:
    return any(
        a.value is not None and (a.value >= REAL_SUM or re.search(r"€|eur", a.raw, re.IGNORECASE))
        for a in read_cell(text).amounts
    )
