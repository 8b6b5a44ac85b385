"""Who pays the sums of a column, told by its heading, by another column, or by what adds up."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from normalizers.actions.adding_up import PROOF, TOTAL, adds_up, pays_in
from normalizers.actions.funding import DECIDED
from normalizers.actions.headings import ASKED, SPENT, Column
from normalizers.actions.likeness import MONEY
from normalizers.exercises import YEARS
from normalizers.organisations import Directory
from normalizers.state_money import AMI, OUTSIDE_STATE, SEVERAL, StateMoney
from normalizers.terms import fold
from pipeline.kinds import Stage

# CAF · Plan de financement Ville · dont Région · Participation du Département (prévisionnelle) ·
# Reste à charge Agglo · Montant sollicité auprès de la Région · Aide accordée par la CAF ·
# * dont CAF
PAYER = re.compile(
    r"(?:[*•·|._-]+\s+(?=dont\b))?(?:(?:plan de financement|budget|ressources|recettes|produits)"
    r"(?: pr[ée]visionnel(?:le)?s?)?\W+)?"
    r"(?:dont\s+)?(?:(?:part|participation|contribution|(?:co-?|auto)?financement|co-?financeur|apport"
    r"|subvention|concours|soutien|crédit|aide|fonds propre|montant|reste à (?:sa )?charge)s?\s+"
    r"(?:(?:demand|sollicit|attend)[éu]+e?s?\s(?:auprès\s|(?=à\s|au\s))"
    r"|(?:accord|attribu|vers|octroy|apport|vot|financ)ée?s?\s(?=par\s))?)?"
    r"(?:de la |du |de l['’]|des |de |d['’]|au |(?:à|par) (?:la |le |l['’])?)?"
    r"(?P<payer>.+?)(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
# Financements du Département · crédits AMI · actions financées par l'AMI en
# Actions financées dans le cadre de l'AMI · au titre de l'AMI
PAID_BY = re.compile(
    r"\b(?i:(?:financements?|cr[ée]dits?|subventions?|participations?|contributions?|concours|aides?"
    r"|parts?|dotations?|apports?)|(?:financ|soutenu|subventionn|vers|accord)[ée]+s?\s+"
    r"(?:par|(?:dans\s+le\s+cadre|au\s+titre)(?=\s+d)))\s+"
    r"(?:de\s+la\s+|du\s+|de\s+l['’]\s*|des\s+|de\s+|la\s+|le\s+|l['’]\s*)?"
    r"(?P<payer>[A-ZÀ-Ý].*?)(?:\s+(?:en|pour|au\s+titre)\b.*)?$"
)
NOT_PAID = re.compile(r"\b(?:hors|sans|dehors|autres? que)\b", re.IGNORECASE)
ONE_YEAR = re.compile(
    rf"\W*(?:(?:année|exercice|an)\s+)?(?:{YEARS.pattern}|[1-5])\W*", re.IGNORECASE
)
# Exercice 2025 MTPM · Ville, année 2024
DATED = re.compile(
    rf"(?:\b(?:exercices?|années?|pour|en|l['’])\s*){{0,3}}{YEARS.pattern}", re.IGNORECASE
)
PARTED = re.compile(r"\s[–—-]\s|\s?:\s")
# Grand Lac Bleu Réalisé 2024 · Prévisionnel Département : what is told of the payer's sums
TOLD_OF = re.compile(
    r"\b(?:montants?|dépenses?|prév(?:u|isionnel(?:le)?|ision)?|programmé|planifié|réalisé|dépensé"
    r"|consommé|consommation|exécuté|exécution|réalisation|mandaté|engagé|reliquat|report|reste|solde)e?s?\b",
    re.IGNORECASE,
)
# Collectivités MEL · Autres financements CAF, which a head over several columns gathers
GATHERED = re.compile(
    r"(?i:(?:collectivités|(?:autres\s+)?(?:co-?)?financeurs|autres\s+(?:co-?)?financements)\s+"
    r"(?!territoriales|locales|publi|priv|montant))(?=[A-ZÀ-Ý])"
)
# Département – demandé · Ville (obtenu) · Accordé Région : what was decided of the payer's sums
DECISION = r"(?:demand|sollicit|accord|attribu|obten|notifi|vot|reten|valid|acqui|confirm)\w*"
DECIDED_OF = re.compile(rf"^\W*{DECISION}\W+|[\s(–:-]+{DECISION}\W*$", re.IGNORECASE)
SUM_ALONE = re.compile(r"\s*\b(?:montants?|sommes?)\s*$", re.IGNORECASE)  # Département Montant
STAGED = ("planned", "spent", "carry_over")
# in the place of a funder: Total · Coût total de l'action · Ensemble
ALL_FUNDERS = re.compile(r"\W*(?:sous[ -])?(?:totaux|total|cout|budget|ensemble)\b")
OF_NOBODY = re.compile(rf"{TOTAL.pattern}|\bautres?\b|\bdivers\b|\bco-?fin|\bpartenaires?\b")
STATE_SERVICES = frozenset(("ddets", "ddt", "dreets", "dreal", "prefecture"))


def paid_by_source(columns: list[Column], money: StateMoney) -> list[Column]:
    """`columns`, the one column of sums beside one that names the funder of each row ('Financeur |
    Montant') holding what they pay: unexplained, or grants ('Montant accordé') that may be those of
    others than the State, which stands among the funders; of grants, one for each stage ('Montant
    demandé', 'Montant accordé')."""
    fields = [c.field for c in columns]
    if "cofinancing_source" not in fields:
        return columns
    if yearly := _years_by_source(columns):
        return yearly
    source = columns[fields.index("cofinancing_source")]
    sums = [c for c in columns if not c.field and c.content.money >= 0.5]
    if "ami" in fields:
        of_all = {money.is_state(t) for t in source.texts if t.strip()} == {True, False}
        said = f"{source.heading} {columns[fields.index('ami')].heading}"
        open_to_all = of_all and not money.is_of_one_side(said)
        sums = [c for c in columns if c.field == "ami"] if open_to_all else []
    stages = {c.stage or "granted" for c in sums}
    if not sums or len(stages) < len(sums) or "cofinancing" in fields:
        return columns
    return [replace(c.paid_by(None), by_source=True) if c in sums else c for c in columns]


def _years_by_source(columns: Sequence[Column]) -> list[Column] | None:
    """`columns`, those of one year each beside the funders holding what these pay or spent that
    year: 'Financeur | 2023 réalisé | 2024 | 2025 prévisionnel | Total'; None where others hold
    sums."""
    sums = [
        i for i, c in enumerate(columns) if c.content.money >= 0.5 and not TOTAL.search(c.folded)
    ]
    of_years = [
        columns[i].exercise
        for i in sums
        if ONE_YEAR.fullmatch(TOLD_OF.sub(" ", columns[i].heading)) and columns[i].funder is None
    ]
    if not PROOF <= len(sums) == len(set(of_years)):
        return None
    found = list(columns)
    for i in sums:
        stage: Stage = "granted"
        if SPENT.search(columns[i].folded):
            stage = "spent"
        elif TOLD_OF.search(columns[i].heading):
            stage = "planned"
        found[i] = replace(found[i], field="cofinancing", stage=stage, by_source=True)
    return found


def beside_ami(columns: list[Column], money: StateMoney) -> list[Column]:
    """`columns`, those of the State's other means holding what others pay where the AMI has a
    column of its own: 'Dihal – AMI | DDETS – AVDL (BOP 177)'."""
    granted = [c for c in columns if c.field == "ami" and c.stage in DECIDED]
    others = [c for c in granted if not money.names_ami(c.heading)]
    if len(others) == len(granted):
        return columns
    return [
        c.paid_by(_undated(c.heading)) if c in others and money.is_of_other_means(c.heading) else c
        for c in columns
    ]


def paid_by_title(
    columns: list[Column], title: str, directory: Directory, money: StateMoney
) -> list[Column]:
    """`columns`, the one unexplained column of sums in a table whose title says who pays them
    ('Crédits de l'État (AMI) 2024', 'Actions financées par la Région') explained by it, or those
    of one year each; a table of two columns without any head names its actions in the first."""
    payer = _titled_payer(title, directory, money)
    sums = [i for i, c in enumerate(columns) if c.content.money >= 0.9 and c.field is None]
    years = {columns[i].exercise for i in sums if _is_of_one_year(columns[i])}
    one_each = len(years) == len(sums)
    if payer is None or (len(sums) > 1 and not one_each):
        return columns
    if any(c.field in MONEY for c in columns):
        return columns
    found = list(columns)
    bare = len(columns) == 2 and not any(c.heading.strip() for c in columns) and sums == [1]
    first = columns[0].content if bare else None
    if first and (first.filled < 2 or first.money or first.numbers):
        return columns
    if bare:
        found[0] = found[0].told_as("label")
    for at in sums:
        found[at] = replace(
            found[at],
            field="ami" if payer == AMI else "cofinancing",
            stage="granted",
            funder=None if payer == AMI else payer,
        )
    return found


def paid_as_stated(columns: list[Column], stated: Mapping[str, Sequence[Decimal]]) -> list[Column]:
    """`columns`, those of one year each ('2024', 'Année 2') holding what the State grants where
    nothing else is paid and each adds up to a sum that the act states for that year."""
    years = {
        i: column.exercise
        for i, column in enumerate(columns, 1)
        if column.field is None and column.exercise and _is_of_one_year(column)
    }
    if len(set(years.values())) < max(PROOF, len(years)) or any(c.field in MONEY for c in columns):
        return columns
    if not all(sum(columns[i - 1].sums) in stated.get(year, ()) for i, year in years.items()):
        return columns
    return _granted(columns, years)


def paid_as_granted(
    columns: list[Column], exercise: str | None, grants: Collection[Decimal]
) -> list[Column]:
    """`columns`, the one unexplained column of sums of a table of actions that has none of the AMI,
    but of other years, holding what it grants, where it adds up to one of the `grants` that the act
    states for its `exercise`: 'Montants', 'Concours 2024', 'Besoin 2025' beside 'AMI 2024'; with
    the other years that one total adds up with it."""
    own = [c.field for c in columns if c.exercise in (None, exercise)]
    if "label" not in own or "ami" in own:
        return columns
    found = [
        i
        for i, column in enumerate(columns, 1)
        if column.field is None
        and column.exercise in (None, exercise)
        and sum(map(bool, column.sums)) > PROOF
        and sum(column.sums) in grants
    ]
    if len(found) != 1:
        return columns
    alike = [k for c in columns if found[0] in c.adds for k in c.adds]  # in one total, year by year
    years = [k for k in alike if not columns[k - 1].field and _is_of_one_year(columns[k - 1])]
    return _granted(columns, years if found[0] in years else found)


def _is_of_one_year(column: Column) -> bool:
    return ONE_YEAR.fullmatch(column.heading) is not None


def _granted(columns: Sequence[Column], granted: Collection[int]) -> list[Column]:
    """`columns`, those of these numbers holding what the AMI grants."""
    return [c.told_as("ami", "granted") if i in granted else c for i, c in enumerate(columns, 1)]


def rectified(columns: list[Column]) -> list[Column]:
    """`columns`, sums under 'Au lieu de' beside sums under 'Lire' those that the State granted and
    those that it grants instead, in a table that has no other of the AMI."""
    said = (column.folded.strip(" :.«»") for column in columns)
    at = {
        name: i
        for i, (name, column) in enumerate(zip(said, columns, strict=True))
        if name in ("au lieu de", "lire") and column.field is None and column.content.money >= 0.9
    }
    if len(at) != 2 or any(c.field == "ami" for c in columns):
        return columns
    found = _granted(columns, [at["lire"] + 1])
    old = at["au lieu de"]
    found[old] = columns[old].told_as("ami_previous")
    return found


def _titled_payer(title: str, directory: Directory, money: StateMoney) -> str | None:
    """The one funder that the title of a table names: AMI, or an organisation."""
    said = _undated(title)
    match = PAID_BY.search(said)
    if match and NOT_PAID.search(said[: match.start()]):
        return None
    name = match["payer"].strip(" :.–—-") if match else ""
    if SEVERAL.search(name):
        return None
    if money.is_state(name):
        return AMI
    is_payer = directory.one(name) or money.is_other_payer(name)
    return directory.name(name) if is_payer else None


def parts_of_cost(columns: list[Column], directory: Directory) -> list[Column]:
    """`columns`, the unexplained ones of sums holding what their headings' organisations pay,
    where every action's cost, or that of one year among several, is all that is paid with them:
    'Coût | État | Châtillon | FNAVDL', 'AMI 2025 | AMI 2026 | Châtillon 2025 | Coût 2025'."""
    fields = [c.field for c in columns]
    costs = [i for i, f in enumerate(fields, 1) if f == "total_cost"]
    unknown = [
        i
        for i, c in enumerate(columns, 1)
        if c.field is None
        and c.heading.strip()
        and (c.content.money >= 0.5 or (c.unit > 1 and c.content.numbers >= 0.5))
    ]
    named = [i for i in unknown if TOTAL.search(columns[i - 1].folded)]
    if not costs and len(named) == 1:  # Dihal | Ville et partenaires | Ensemble
        costs = named
        unknown.remove(named[0])
    granted = [f for f, c in zip(fields, columns, strict=True) if c.stage in DECIDED]
    if len(costs) != 1 or not unknown or "ami" not in granted or len(columns[0].texts) < PROOF:
        return columns
    paid = [
        i
        for i, c in enumerate(columns, 1)
        if c.field in ("ami", "cofinancing") and c.stage != "requested" and pays_in(columns, i)
    ]
    lacking = [i for i, f in enumerate(fields, 1) if f == "unfunded" and pays_in(columns, i)]
    year = columns[costs[0] - 1].exercise
    of_year = [i for i in paid if year and columns[i - 1].exercise == year]
    whole = ([*paid, *unknown], [*paid, *unknown, *lacking], [*of_year, *unknown])
    if not any(adds_up(columns, costs[0], parts) for parts in whole):
        return columns
    found = list(columns)
    found[costs[0] - 1] = columns[costs[0] - 1].told_as("total_cost")
    for i in unknown:
        heading = columns[i - 1].heading
        match = PAYER.fullmatch(_undated(heading))
        name = directory.name(match["payer"]) if match else heading
        found[i - 1] = columns[i - 1].paid_by(name)
    return found


def with_funder(column: Column, directory: Directory, money: StateMoney) -> Column:
    """`column` with the organisation that its heading names alone, if it holds sums of others than
    the State: 'CAF', 'Part Ville', 'Participation du Département 2024'; of sums planned or spent,
    the one beside these words: 'Département réalisé 2024'."""
    if column.field in STAGED:
        return _told_of_payer(column, directory, money)
    heading = column.heading
    holds_sums = column.field in ("cofinancing", "ami", "ami_previous") or (
        column.field is None and column.content.money >= 0.5
    )
    gathered = GATHERED.match(heading)
    heading = heading[gathered.end() :] if gathered else heading
    bare = " ".join(OUTSIDE_STATE.sub(" ", _undated(heading)).split())
    bare = SUM_ALONE.sub("", bare) or bare
    if holds_sums and column.field != "ami" and money.is_of_other_programme(bare):
        return column.paid_by(bare)
    if column.field == "cofinancing" and money.is_own(bare):
        return replace(column, funder=bare)
    match = PAYER.fullmatch(bare) if holds_sums and not money.names_state(bare) else None
    name = match["payer"] if match else ""
    decided = DECIDED_OF.sub("", name)
    if decided != name and (directory.one(decided) or money.is_other_payer(decided)):
        stage: Stage = "requested" if ASKED.search(column.folded) else "granted"
        paid = with_funder(replace(column, heading=decided, stage=stage), directory, money)
        return replace(paid, heading=column.heading)
    payer = directory.one(name) or directory.one(PARTED.split(name)[-1])  # Montant validé – Ville
    if payer and payer.kind in STATE_SERVICES:
        return column
    told = money.is_other_payer(name, alone=column.field is not None)
    over = gathered or OUTSIDE_STATE.match(heading)
    below = over and name and not OF_NOBODY.search(fold(name))
    together = SEVERAL.search(name) and directory.knows(name)  # Part Ville/CCAS
    if payer is None and not told and not below and not together:
        return column
    return replace(column.paid_by(payer.name if payer else name), similarity=1.0)


def _told_of_payer(column: Column, directory: Directory, money: StateMoney) -> Column:
    """`column` of what was planned or done with the payer whom its heading names beside that."""
    rest = " ".join(TOLD_OF.sub(" ", _undated(column.heading)).split())
    match = PAYER.fullmatch(rest)
    if match is None or money.names_state(rest):
        return column
    is_payer = directory.one(match["payer"]) or money.is_other_payer(match["payer"])
    return replace(column, funder=directory.name(match["payer"])) if is_payer else column


def headed_payer(heading: str) -> str | None:
    """Who pays sums so headed, after a word for what they pay: 'Subvention du Département'."""
    match = PAYER.fullmatch(heading)
    return match["payer"] if match and match.start("payer") else None


def _undated(heading: str) -> str:
    return " ".join(DATED.sub(" ", heading).split())
