"""Which field each column of an annex table holds.

Three kinds of evidence, weighed over the whole table: the wording of the heading against
`data/reference/headings.csv` (accents, case, punctuation, years and small words aside), what the
cells hold (a column of euros is a column of euros), and the other columns (a table has one label).
A column that nothing explains has no field.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from scipy.optimize import linear_sum_assignment

from normalizers.actions.contents import NOTHING, YEAR_ALONE, Contents
from normalizers.actions.likeness import (
    ACCEPTED,
    FIELDS,
    MONEY,
    UNLIKE,
    Likeness,
    Phrase,
    heading_words,
    likeness,
    of_two_texts,
)
from normalizers.amounts import read_cell
from normalizers.exercises import YEARS, heading_exercise, heading_years
from normalizers.state_money import OUTSIDE_STATE, StateMoney
from normalizers.statuses import SHORT
from normalizers.terms import fold
from pipeline.kinds import Stage

# Total AMI et cofinancements : what all pay together
PAID_BY_ALL = re.compile(r"\btotal\b.*\b(?:ami|etat|lda)\s*(?:et|\+|/|&)\s*(?:les )?co-?fin")
# Ancienne fiche · N° précédent · Ancien intitulé : not those of the row's action
FORMER = re.compile(r"\b(?:ancien(?:ne)?s?|anterieure?s?|precedente?s?|ex)\b")
# AMI obtenu précédemment · Pour mémoire, subvention : what was given before is no grant
BEFORE = re.compile(
    r"\b(?:precede\w+|anterieur\w*|auparavant|deja (?:obtenu|verse|percu|recu|accorde)\w*"
    r"|pour memoire|rappel(?:s|credits)?)\b"  # Rappel crédits, its blank lost at the end of a line
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
    r"|\b(?:execution|realisation)s?\b(?=[\W\d]*$)"
    r"|(?<=\w )depensee?s?(?= en\b| au\b|[\W\d]*$)"
)
LEFT = re.compile(
    r"\b(?:reste|restant|solde)s?\b(?! a (?:verser|payer|financer|charge|percevoir|mandater))"
    r"|\bnon (?:consomme|depense|utilise|engage)e?s?\b"
    r"|^(?!.*(?:\b(?:dont|compris|hors|avec|sans|nets?|et|ou|deduction|moins)\b|[+/]))"
    r".*\b(?:reliquats?|reports?|reporte?e?s?|a reporter|excedents?|reprises?)\b"
    r"(?! (?:compris|inclus|deduit))"
)
# Montant de l'avance · Solde à verser : when a grant is paid is no other grant, nor left over
INSTALMENT = re.compile(
    r"\b(?:avances?|acomptes?)\b"
    r"|\bsoldes?\b(?= (?:a|restant a) (?:verser|payer|percevoir|mandater|regler))"
)
# Cofinancements à rechercher : nobody pays them yet
TO_FIND = re.compile(
    r"\ba (?:rechercher|chercher|trouver|mobiliser|identifier)\b"
    r"|\bnon (?:trouve|couvert|finance)e?s?\b"
)
CEILING = re.compile(r"\bplafonds?\b|\bplafonn")  # Plafond de subvention: no grant itself
# Charges de structure · Dépenses de personnel : of a kind, neither all that was spent nor paid for
KIND_OF_COST = re.compile(
    r"\b(?:charges?|depenses?|frais|couts?) (?:de |du |d['’])?"
    r"(?:personnels?|salari\w+|structure|fonctionnement|investissement|siege|gestion|deplacements?"
    r"|equipement|materiel|formation|communication|locati\w+|loyers?|fixes?|(?:in)?directe?s?)\b"
)
CHARGE = re.compile(r"\W*(?:charges|depenses|emplois)\s+\w")  # of a kind: Charges Autres
# over the names of what is paid for; Montant HT beside it is what that costs
EXPENSES = re.compile(r"\W*(?:depenses?|charges?|emplois)(?: previsionnel(?:le)?s?)?\W*")
AMOUNT = re.compile(
    r"\W*(?:montants?|sommes?)\b(?:\W*(?:prevu|previsionnel(?:le)?|ht|ttc|en|euro|20\d\d)s?\b)*\W*"
)
INCOME = re.compile(
    r"\brecettes?\b|\bproduits\b|\bressources\b"
)  # beside them, Dépenses are a budget
# Crédits 2026 (reliquat compris) · AMI 2025, y compris report 2024: of both, not what was left
WITH_LEFT = re.compile(
    r"\W*\by compris (?:(?:les?|du) )?(?:reliquats?|reports?)\b(?: (?:de )?20\d\d)?\W*"
    r"|\W*\b(?:reliquats?|reports?)(?: (?:de )?20\d\d)? (?:compris|inclus)\b\W*",
    re.IGNORECASE,
)
IN_BRACKETS_LAST = re.compile(r"\(([^()]*)\)\s*$")  # Budget alloué (AMI)
RATE = re.compile(r"%|\btaux\b|\bpourcentage\b")  # État % · Taux État : no status
# % AMI · Taux de participation de l'État, and not « AMI (70 %) » or « AMI (€ et %) » : no sums
AS_SHARE = re.compile(r"(?<!\d)(?<!\d )%|\btaux\b|\bpourcentage\b")
IN_EUROS = re.compile(r"€|\beuros?\b|\bmontants?\b")
# Variation · Écart : by how much a sum of the table changes, beside the sum itself
CHANGE = re.compile(
    r"\b(?:variations?|mouvements?|ecarts?|evolution|redeploie\w+|reaffect\w+|ajustements?|delta|difference|hausse|baisse"
    r"|augmentation|diminution|majoration|minoration)\b"
)
# Coût unitaire · Tarif par mesure · Coût à la place : what one costs is no sum of an action
PER_UNIT = re.compile(
    r"\bunitaires?\b|\btarifs?\b|\bjournali(?:er|ere)s?\b|\bmensuel(?:le)?s?\b|\bhoraires?\b"
    r"|(?:\bpar |/ ?)(?:mesure|menage|place|personne|logement|mois|jour|nuitee|etp)\b"
    r"|\ba la (?:mesure|place|nuitee|journee)\b"
)
# Coût (k€) · Montants en milliers d'euros · en milliers d'€ · (x 1 000 €) · en milliers
UNIT = re.compile(
    r"(?:\(|\ben\s|\s)(?:(?P<k>k\s?(?:€|euros?\b|eur\b)|milliers? (?:d['’ ]\s?)?(?:€|euros?)"
    r"|x\s?1[ .]?000\s?€|(?<=\ben\s)(?:1[ .]?000\s?€|milliers?\b(?!\s(?:de?s?\b|d['’]))))"
    r"|m\s?€|millions? (?:d['’ ]\s?)?(?:€|euros?))",
    re.IGNORECASE,
)
ASKED = re.compile(r"\b(?:demand|sollicit)")
OBTAINED = re.compile(r"\bobtenu")
# Crédits AMI prévisionnels, and not Recettes prévisionnelles État: a budget's side, not its sums
PLANNED = re.compile(
    r"(?<!\brecettes )(?<!\bproduits )(?<!\bressources )\bprevisionnel"
    r"|\bprev(?:isions?)?\b(?=[\W\d]*$)"
)
YEAR_LAST = re.compile(rf"\w\W*{YEARS.pattern}\W*(?:(?:en\s)?(?:k?€|euros)\W*)?$")
# Service instructeur · En lien avec · Contact : over names of organisations, not who runs it
BESIDE_PILOT = re.compile(
    r"\binstruct\w+|\ben (?:lien|partenariat) avec\b|\bsoutiens?\b|\bcontacts?\b"
    r"|\bcorrespondante?s?\b|\bsignataires?\b|\breferente?s? (?:ddets|etat|dihal|prefecture)\b"
)
# Observations · Nature · Orientation : over statuses alone
STATED_AS = ("comment", "description", "category", "section")
COUNTING = ("indicators", "objective", "audience", "schedule")
WORDED = ("label", "objective", "description", "pilot")
LONGEST_FIGURE = 8  # characters, on average, of bare figures
DENIED = (
    (INSTALMENT, ("ami", "carry_over")),
    (CEILING, ("ami", "planned")),
    (KIND_OF_COST, ("cofinancing", "spent")),
    (BESIDE_PILOT, ("pilot",)),
)
STAGE_OF: dict[str, Stage] = {  # of the sums of a field, however headed
    "total_cost": "total_cost",
    "ami_previous": "previous",
    "spent": "spent",
    "carry_over": "carry_over",
}
UNKNOWN_UNIT = 0  # euros that 1 stands for in a column of sums, where nothing tells


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: field (None where unexplained), stage of its sums, the exercise that
    the heading names, the heading's likeness (0 to 1) to the vocabulary, who pays its sums where
    the heading names one organisation, the euros that 1 stands for ('en k€': 1000; 0 where they may
    be thousands), whether another column tells the funder of each of its sums, the State among
    them, which columns it adds up on every row, what a cross in it says of its field, and which
    column names who pays its sums; besides the heading itself, with the words over it, what the
    cells below it look like and say, row by row, and in which of these rows a scan leaves it in
    doubt."""

    field: str | None = None
    stage: Stage | None = None
    exercise: str | None = None
    similarity: float = 0.0
    funder: str | None = None
    unit: int = 1
    by_source: bool = False
    adds: tuple[int, ...] = ()
    option: str | None = None
    signs: tuple[tuple[str, str], ...] = ()
    payer_in: int | None = None
    heading: str = ""
    content: Contents = NOTHING
    texts: Sequence[str] = ()
    doubted: frozenset[int] = frozenset()

    @property
    def folded(self) -> str:
        """The heading in small letters without accents, as patterns have it."""
        return fold(self.heading)

    @property
    def sums(self) -> list[Decimal]:
        """What it states in each body row, 0 where it states no sum."""
        return [read_cell(text).total or Decimal(0) for text in self.texts]

    def told_as(self, field: str | None, stage: Stage | None = None) -> "Column":
        """It as a column of `field`, whose sums are at the stage of the field, else at `stage`."""
        return replace(self, field=field, stage=STAGE_OF.get(field or "", stage))

    def paid_by(self, funder: str | None) -> "Column":
        """It as what `funder` pays beside the AMI: granted, unless another stage is told."""
        return replace(self.told_as("cofinancing", self.stage or "granted"), funder=funder)


def heading_unit(heading: str) -> int:
    """The euros that 1 stands for in a column so headed: 1000 for 'Coût (k€)'."""
    match = UNIT.search(heading)
    return 1 if match is None else 1000 if match["k"] else 10**6


def explain(
    headings: Sequence[str],
    contents: Sequence[Contents],
    phrases: tuple[Phrase, ...],
    state: StateMoney,
) -> list[Column]:
    """The field of each column: the assignment whose evidence is best over the whole table.

    Fields of money may explain several columns, any other field one at most.
    """
    headings = [WITH_LEFT.sub(" ", h) for h in headings]
    in_budget = any(INCOME.search(fold(heading)) for heading in headings)
    single = [f for f in FIELDS if f not in MONEY]
    count = len(headings)
    likes = [likeness(heading_words(h), phrases) | of_two_texts(h, phrases) for h in headings]
    scores = np.zeros((count, len(single) + count))
    money: list[str] = []
    for i, (heading, like, content) in enumerate(zip(headings, likes, contents, strict=True)):
        weighed = _evidence(heading, like, content, state, in_budget)
        scores[i, : len(single)] = [_accepted(weighed[f]) for f in single]
        money.append(max(sorted(MONEY), key=lambda f: (weighed[f], f == "ami")))
        scores[i, len(single) + i] = _accepted(weighed[money[i]])
    columns: list[Column] = []
    rows, chosen = linear_sum_assignment(-scores) if count else ((), ())
    for i, j in zip(rows, chosen, strict=True):
        held = single[j] if j < len(single) else money[i]
        columns.append(_column(headings[i], held if scores[i, j] > 0 else None, likes[i]))
    columns = [replace(c, content=of) for c, of in zip(columns, contents, strict=True)]
    if any(EXPENSES.fullmatch(c.folded) and not c.content.money for c in columns):
        columns = [
            c.told_as("total_cost") if c.field == "ami" and AMOUNT.fullmatch(c.folded) else c
            for c in columns
        ]
    columns = _without_replaced([_of_budget(c) for c in columns] if in_budget else columns)
    return _obtained_as_asked(columns)


def _obtained_as_asked(columns: Sequence[Column]) -> list[Column]:
    """`columns`, what was obtained of the AMI beside what is asked of it for the same exercise
    granted, and not obtained before: 'AMI 2025 sollicité | AMI 2025 obtenu'."""
    stages = {(c.exercise, c.stage) for c in columns if c.field == "ami"}
    return [
        c.told_as("ami", "granted")
        if c.field == "ami_previous"
        and OBTAINED.search(c.folded)
        and (c.exercise, "requested") in stages
        and (c.exercise, "granted") not in stages
        else c
        for c in columns
    ]


def _of_budget(column: Column) -> Column:
    """`column`, as it stands beside incomes: expenses are costs, those of a kind a part of them."""
    if column.field == "spent":
        return column.told_as("total_cost")
    of_a_kind = column.content.money and CHARGE.match(column.folded)
    if column.field in ("cofinancing", None) and of_a_kind:
        return column.told_as("part")
    return column


def _evidence(
    heading: str, like: Likeness, content: Contents, state: StateMoney, in_budget: bool
) -> dict[str, float]:
    """How far `heading`, over such a `content`, is believed to announce each field: money of the
    State is the AMI's, unless more is said of it; `in_budget`, expenses are costs."""
    folded = fold(heading)
    weighed = {f: _weighed(f, like.get(f, UNLIKE)[0], content) for f in FIELDS}
    of_state = state.names_state(folded) and not state.is_of_others(folded)
    if of_state and weighed["cofinancing"] > max(weighed[f] for f in MONEY - {"cofinancing"}):
        weighed["ami"] = weighed["cofinancing"]  # Apport de l'État
    if (said := IN_BRACKETS_LAST.search(heading)) and state.is_state_alone(said[1]):
        weighed["ami"] = max(weighed["ami"], weighed["total_cost"])
        weighed["total_cost"] = 0.0
    if PAID_BY_ALL.search(folded):
        weighed["total_cost"] = max(weighed["total_cost"], weighed["ami"])
        weighed["ami"] = weighed["cofinancing"] = 0.0
    for field in no_grant(heading, state):
        weighed[field] = max(weighed[field], weighed["ami"])
        weighed["ami"] = 0.0
    if TO_FIND.search(folded):
        weighed["unfunded"] = max(weighed["unfunded"], weighed["cofinancing"])
        weighed["cofinancing"] = 0.0
    for field in denied(heading, in_budget):
        weighed[field] = 0.0
    moved = CHANGE.search(folded) and content.numbers > content.known_statuses  # Évolution : +5 000
    if RATE.search(folded) or moved:
        weighed["status"] = 0.0
    counts = YEARS.search(folded) or any(like.get(f, UNLIKE)[0] >= ACCEPTED for f in COUNTING)
    if counts:  # Cible 2024, over 6, 12, 25: no numbers of actions
        weighed["reference"] = min(weighed["reference"], like.get("reference", UNLIKE)[0])
    if AS_SHARE.search(folded) and not IN_EUROS.search(folded):
        weighed |= dict.fromkeys(MONEY, 0.0)
    if FORMER.search(folded):
        weighed["reference"] = 0.0
        if FORMER.match(folded):
            weighed["label"] = 0.0
    return weighed


def no_grant(heading: str, state: StateMoney) -> list[str]:
    """What sums so headed are, that might else be taken for what the AMI grants."""
    folded = fold(heading)
    told = {
        "cofinancing": state.is_of_other_programme(heading) or OUTSIDE_STATE.search(folded),
        "ami_previous": BEFORE.search(folded),
        "carry_over": LEFT.search(folded),
        "spent": SPENT.search(folded),
    }
    return [field for field, said in told.items() if said]


def denied(heading: str, in_budget: bool = False) -> set[str]:
    """What is not so headed, whatever it is called: the part in which a grant is paid, its ceiling,
    a kind of costs, but beside incomes `in_budget`, whoever is told beside the pilot."""
    folded = fold(heading)
    found = {field for said, fields in DENIED if said.search(folded) for field in fields}
    return found - {"spent"} if in_budget else found


def _column(heading: str, field: str | None, like: Likeness) -> Column:
    """The column so headed, of this `field`; a grant may be only asked for, or planned."""
    folded = fold(heading)
    similarity, stage = like.get(field or "", UNLIKE)
    if field == "ami_previous":
        similarity = max(similarity, like.get("ami", UNLIKE)[0])
    if field in STAGE_OF:
        stage = STAGE_OF[field]
    elif field in ("ami", "cofinancing") and ASKED.search(folded):
        stage = "requested"
    elif field == "cofinancing" and OUTSIDE_STATE.search(heading):
        stage = stage or "granted"
    elif field == "ami" and stage == "granted" and PLANNED.search(folded):
        stage = "planned"
    exercise = (heading_years if field in MONEY else heading_exercise)(heading)
    return Column(field, stage, exercise, round(similarity, 3), heading=heading)


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


def _without_replaced(columns: Sequence[Column]) -> list[Column]:
    """`columns`, the sums that the act replaces ('initial') beside those that replace them not
    granted: what the AMI gave before, or unexplained; unexplained as well by how much they change
    and what goes back. What one of several costs is no sum of an action.
    """
    sums = [c for c in columns if c.field in MONEY]
    of_one = None if all(_is_per_unit(c) for c in sums) else "unit_cost"
    columns = [
        c.told_as(of_one if _is_per_unit(c) else None)
        if c.field in MONEY and (_is_per_unit(c) or RETURNED.search(c.folded))
        else c
        for c in columns
    ]
    changes = [bool(CHANGE.search(c.folded)) for c in columns]
    old = _replaced(columns)
    kept = {c.field for c, *gone in zip(columns, old, changes, strict=True) if not any(gone)}
    found = []
    for column, replaced, change in zip(columns, old, changes, strict=True):
        if change and column.field in MONEY and column.field in kept:
            column = column.told_as(None)
        elif replaced and column.field == "ami" and column.stage != "requested" and "ami" in kept:
            column = column.told_as("ami_previous")
        elif replaced and column.field in ("cofinancing", "total_cost") and column.field in kept:
            column = column.told_as(None)
        found.append(column)
    return found


def _is_per_unit(column: Column) -> bool:
    return PER_UNIT.search(column.folded) is not None


def _replaced(columns: Sequence[Column]) -> list[bool]:
    """Which of `columns` the act replaces: as their headings say, or as that of the only other AMI
    money of the same year does."""
    old = [bool(REPLACED.search(column.folded)) for column in columns]
    years: dict[str | None, list[int]] = defaultdict(list)
    for i, column in enumerate(columns):
        if column.field == "ami" and column.stage == "granted":
            years[heading_exercise(column.heading)].append(i)
    for pair in years.values():
        match [i for i in pair if not REPLACES.search(columns[i].folded)], len(pair):
            case [one], 2:
                old[one] = True
    return old


def _accepted(score: float) -> float:
    return score if score >= ACCEPTED else 0.0


def _weighed(field: str, likeness: float, content: Contents) -> float:
    """The likeness of the heading, more or less believable for what the column holds."""
    if not content.filled:
        return likeness
    if field in MONEY:
        if content.money >= 0.3:
            return likeness + 0.1 if likeness else 0.0
        return likeness - (0.4 if content.length > 40 else 0.15) * (content.money == 0)
    counts = content.numbers == 1 and content.length < SHORT
    if counts and (field in WORDED or (field == "status" and content.length < LONGEST_FIGURE)):
        return 0.0  # Objectif 2022, Situation 2022, over a count
    if content.money >= 0.6:
        return likeness - (0.2 if field == "comment" else 0.5)
    if field == "reference":
        seen = 0.75 if content.codes >= 0.8 and content.filled > 2 else 0.0
        return max(seen, likeness - (0.5 if content.length > 25 else 0.0))
    if field == "pilot":
        return max(0.75 if content.known_pilots >= 0.7 else 0.0, likeness)
    if field == "status":
        return max(0.75 if content.known_statuses >= 0.7 else 0.0, likeness)
    if field == "label" and content.known_statuses >= 0.7 and content.length < SHORT:
        return 0.0  # Action terminée, over statuses: a row where a head is looked for
    if field in STATED_AS and content.known_statuses >= 0.9 and content.length < SHORT:
        return likeness - 0.3
    return likeness
