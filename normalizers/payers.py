"""Who pays the sums of a column, told by its heading, by another column, or by what adds up."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

from normalizers.amounts import read_cell
from normalizers.exercises import YEARS
from normalizers.funding import AMI
from normalizers.headings import (
    MONEY,
    PAID_BY_STATE,
    SPENT,
    Column,
    Contents,
    is_of_other_programme,
)
from normalizers.organisations import Directory
from normalizers.terms import fold
from pipeline.models import ExtractedTable

PROOF = 2  # actions whose costs add up prove what a column holds
# CAF · Plan de financement Ville · dont Région · Participation du Département (prévisionnelle)
PAYER = re.compile(
    r"(?:(?:plan de financement|budget|ressources|recettes|produits)\W+)?"
    r"(?:dont\s+)?(?:(?:part|participation|contribution|(?:co-?|auto)?financement|co-?financeur|apport"
    r"|subvention|concours|soutien|crédit|aide|fonds propre)s?\s+)?"
    r"(?:de la |du |de l['’]|des |de |d['’])?(?P<payer>.+?)(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
# Financements du Département · crédits AMI · actions financées par l'AMI en
PAID_BY = re.compile(
    r"\b(?i:(?:financements?|cr[ée]dits?|subventions?|participations?|contributions?|concours|aides?"
    r"|parts?|dotations?|apports?)|(?:financ|soutenu|subventionn|vers|accord)[ée]+s?\s+par)\s+"
    r"(?:de\s+la\s+|du\s+|de\s+l['’]\s*|des\s+|de\s+|la\s+|le\s+|l['’]\s*)?"
    r"(?P<payer>[A-ZÀ-Ý].*?)(?:\s+(?:en|pour|au\s+titre)\b.*)?$"
)
SEVERAL = re.compile(r"[,;/+&\n]|\set\s")
PARTED = re.compile(r"\s[–—-]\s|\s?:\s")
# Conseil départemental 64 · Agglo. : who pays, where no organisation is known by that name
AUTHORITY = re.compile(
    r"\W*(?:conseil |collectivite )?(?:departement\w*|region\w*|territoriale)\b"
    r"|\W*(?:villes?|communes?|communaute|intercommunalite|epci|metropole|agglo\w*)\b"
    r"|\W*(?:pole metropolitain|syndicat mixte|petr|sivom)\b"
    r"|\W*(?:ccas|caf|msa|ars|cd|cr|cu|ca|cc)\b"
)
# Grand Lac Bleu Réalisé 2024 · Prévisionnel Département : what is told of the payer's sums
TOLD_OF = re.compile(
    r"\b(?:montants?|dépenses?|prév(?:u|isionnel(?:le)?|ision)|programmé|planifié|réalisé|dépensé"
    r"|consommé|exécuté|mandaté|engagé|reliquat|report|reste|solde)e?s?\b",
    re.IGNORECASE,
)
STAGED = ("planned", "spent", "carry_over")
TOTAL = re.compile(r"\btotale?s?\b|\btotaux\b|\bensemble\b|\bcumul\b")
PAYING = ("ami", "cofinancing")
# in the place of a funder: Total · Coût total de l'action · Ensemble
ALL_FUNDERS = re.compile(r"\W*(?:sous[ -])?(?:totaux|total|cout|budget|ensemble)\b")
OF_ONE_SIDE = re.compile(rf"{PAID_BY_STATE.pattern}|\bautres?\b|\bco-?fin")
STATE_SERVICES = frozenset(("ddets", "ddt", "dreets", "dreal", "prefecture"))


def paid_by_source(
    columns: list[Column],
    headings: Sequence[str],
    contents: Sequence[Contents],
    texts: Sequence[Sequence[str]],
) -> list[Column]:
    """`columns`, the one column of sums beside one that names the funder of each row ('Financeur |
    Montant') holding what they pay: unexplained, or grants ('Montant accordé') that may be those of
    others than the State, which stands among the funders."""
    fields = [c.field for c in columns]
    if "cofinancing_source" not in fields:
        return columns
    at = fields.index("cofinancing_source")
    sums = [c for c, of in zip(columns, contents, strict=True) if not c.field and of.money >= 0.5]
    if "ami" in fields:
        of_all = {is_state(t) for t in texts[at] if t.strip()} == {True, False}
        said = f"{headings[at]} {headings[fields.index('ami')]}"
        open_to_all = of_all and not OF_ONE_SIDE.search(fold(said))
        sums = [c for c in columns if c.field == "ami"] if open_to_all else []
    if len(sums) != 1 or "cofinancing" in fields:
        return columns
    one = replace(
        sums[0], field="cofinancing", stage=sums[0].stage or "granted", funder=None, by_source=True
    )
    return [one if c is sums[0] else c for c in columns]


def paid_by_title(
    columns: list[Column], contents: Sequence[Contents], table: ExtractedTable, directory: Directory
) -> list[Column]:
    """`columns`, the one unexplained column of sums in a table whose title says who pays them
    ('Crédits de l'État (AMI) 2024', 'Actions financées par la Région') explained by it; a table
    of two columns without any head names its actions in the first."""
    payer = _titled_payer(table.title, directory)
    sums = [i for i, c in enumerate(contents) if c.money >= 0.9 and columns[i].field is None]
    if payer is None or len(sums) != 1 or any(c.field in MONEY for c in columns):
        return columns
    found = list(columns)
    bare = len(columns) == 2 and not any(h.strip() for h in table.columns) and sums == [1]
    if bare and (contents[0].filled < 2 or contents[0].money or contents[0].numbers):
        return columns
    if bare:
        found[0] = replace(found[0], field="label")
    at = sums[0]
    found[at] = replace(
        found[at],
        field="ami" if payer == AMI else "cofinancing",
        stage="granted",
        funder=None if payer == AMI else payer,
    )
    return found


def _titled_payer(title: str, directory: Directory) -> str | None:
    """The one funder that the title of a table names: AMI, or an organisation."""
    match = PAID_BY.search(" ".join(YEARS.sub(" ", title).split()))
    name = match["payer"].strip(" :.–—-") if match else ""
    if not name or SEVERAL.search(name):
        return None
    if is_state(name):
        return AMI
    payer = directory.one(name)
    if payer is None and not AUTHORITY.match(fold(name)):
        return None
    return payer.name if payer else name


def parts_of_cost(
    columns: list[Column],
    contents: Sequence[Contents],
    table: ExtractedTable,
    directory: Directory,
) -> list[Column]:
    """`columns`, the unexplained ones of sums holding what their headings' organisations pay,
    where every action's cost is all that is paid with them: 'Coût | État | Châtillon | FNAVDL'."""
    fields = [c.field for c in columns]
    costs = [i for i, f in enumerate(fields, 1) if f == "total_cost"]
    unknown = [
        i
        for i, (field, of) in enumerate(zip(fields, contents, strict=True), 1)
        if field is None and of.money >= 0.5 and table.columns[i - 1].strip()
    ]
    rows = _sums_by_column(table)
    granted = [f for f, c in zip(fields, columns, strict=True) if c.stage in ("granted", "planned")]
    if len(costs) != 1 or not unknown or "ami" not in granted or len(rows) < PROOF:
        return columns
    paid = [
        i
        for i, c in enumerate(columns, 1)
        if c.field in ("ami", "cofinancing") and c.stage != "requested" and _pays_in(rows, i)
    ]
    lacking = [i for i, f in enumerate(fields, 1) if f == "unfunded" and _pays_in(rows, i)]
    if not any(_adds_up(rows, costs[0], [*paid, *unknown, *more]) for more in ([], lacking)):
        return columns
    found = list(columns)
    for i in unknown:
        match = PAYER.fullmatch(" ".join(YEARS.sub(" ", table.columns[i - 1]).split()))
        name = directory.name(match["payer"]) if match else table.columns[i - 1]
        found[i - 1] = replace(columns[i - 1], field="cofinancing", stage="granted", funder=name)
    return found


def with_funder(column: Column, heading: str, content: Contents, directory: Directory) -> Column:
    """`column` with the organisation that its heading names alone, if it holds sums of others than
    the State: 'CAF', 'Part Ville', 'Participation du Département 2024'; of sums planned or spent,
    the one beside these words: 'Département réalisé 2024'."""
    if column.field in STAGED:
        rest = " ".join(TOLD_OF.sub(" ", YEARS.sub(" ", heading)).split())
        match = PAYER.fullmatch(rest) if not PAID_BY_STATE.search(fold(rest)) else None
        payer = directory.one(match["payer"]) if match else None
        named = payer.name if payer else match["payer"] if match else ""
        known = payer is not None or AUTHORITY.match(fold(named))
        return replace(column, funder=named) if known else column
    holds_sums = column.field in ("cofinancing", "ami") or (
        column.field is None and content.money >= 0.5
    )
    bare = " ".join(YEARS.sub(" ", heading).split())
    if column.field == "cofinancing" and is_of_other_programme(bare):
        return replace(column, stage=column.stage or "granted", funder=bare)
    match = PAYER.fullmatch(bare) if holds_sums and not PAID_BY_STATE.search(fold(bare)) else None
    name = match["payer"] if match else ""
    behind = PARTED.split(name)[-1]  # Montant validé – Ville
    payer = (
        directory.one(name) or directory.one(behind) or directory.one("".join(name.split()))
    )  # CINO R, cut by the column
    if payer and payer.kind in STATE_SERVICES:
        return column
    if payer is None and not (column.field is None and AUTHORITY.match(fold(name))):
        return column
    stage = column.stage or "granted"
    funder = payer.name if payer else name
    return replace(column, field="cofinancing", stage=stage, similarity=1.0, funder=funder)


def with_totals(columns: list[Column], table: ExtractedTable) -> list[Column]:
    """`columns`, those which only add up others proved to be totals: the 'Total' beside three
    years of AMI money is nobody's grant, that of all who pay is the cost of the action."""
    rows = _sums_by_column(table)
    found = list(columns)
    for i in _until_none_is_left(found):
        heading = fold(table.columns[i - 1])
        if found[i - 1].field == "spent" and SPENT.search(heading):
            continue  # Dépenses réalisées, and not Dépense, dont AMI, dont autres
        for parts in _addends(found, i, bool(TOTAL.search(heading))):
            if _adds_up(rows, i, parts):
                kinds = {found[j - 1].field for j in parts}
                whole = kinds >= set(PAYING)
                found[i - 1] = replace(
                    found[i - 1],
                    field="total_cost" if whole else "total",
                    stage="total_cost" if whole else None,
                    adds=tuple(parts),
                )
                break
    costs = [i for i, column in enumerate(found, 1) if column.field == "total_cost"]
    for i, j in permutations(costs, 2):  # Total public, beside the cost of the action
        if found[i - 1].adds and set(found[i - 1].adds) < set(found[j - 1].adds):
            found[i - 1] = replace(found[i - 1], field="total", stage=None)
    costs = [i for i in costs if found[i - 1].field == "total_cost"]
    for cost, again in pairwise(costs):  # Total charges, Total produits
        if all(row.get(cost) == row.get(again) for row in rows) and _pays_in(rows, again):
            twice = found[again - 1]
            adds = twice.adds or (cost,)
            found[again - 1] = replace(twice, field="total", stage=None, adds=adds)
    return found


def _until_none_is_left(columns: Sequence[Column]) -> Iterator[int]:
    """The columns that may be totals, again and again as long as one more is proved."""
    proved = -1
    while proved < (known := sum(bool(c.adds) for c in columns)):
        proved = known
        for i, column in enumerate(columns, 1):
            if not column.adds and column.field in (*PAYING, "total_cost", "spent", None):
                yield i


def _addends(columns: Sequence[Column], total: int, named: bool) -> Iterator[list[int]]:
    """The columns that column `total` may add up: those of its kind, of all who pay, or the last
    ones on its left. Only one `named` a total adds up one column, or money of both kinds."""
    of = columns[total - 1]
    pays = [j for j, c in enumerate(columns, 1) if c.field in PAYING and not c.adds and j != total]
    both = {columns[j - 1].field for j in pays} == set(PAYING)
    if of.funder and not named:
        return
    left_over = [j for j, c in enumerate(columns, 1) if c.field == "carry_over" and j != total]
    if left_over and (named or of.field == "total_cost"):  # Total disponible : report et nouveaux
        new = [j for j in pays if columns[j - 1].field == "ami"]
        of_year = [j for j in new if columns[j - 1].exercise == of.exercise]
        yield from ([*some, *left_over] for some in (new, of_year, pays) if some)
    given = [j for j, c in enumerate(columns, 1) if c.field == "ami_previous" and j < total]
    if named and given and of.field == "ami":  # Aide initiale, complémentaire, totale
        yield [*given, *(j for j in pays if columns[j - 1].field == "ami")]
    for kind in PAYING:
        same = [j for j in pays if columns[j - 1].field == kind]
        alike = of.field in (kind, None) or (of.field == "total_cost" and both)
        if alike and len(same) > (not named):
            yield same
    if both and (named or of.field in ("total_cost", "spent", None)):
        yield pays
    left = [j for j in pays if j < total and of.field != "spent"]
    for k in range(len(left) - 1):
        some = left[k:]
        mixed = len({columns[j - 1].field for j in some}) > 1
        if (named or not mixed) and (of.field != "ami" or named):
            yield some


def _sums_by_column(table: ExtractedTable) -> list[dict[int, Decimal]]:
    """What each body row of `table` states in each column, 0 where it states no sum."""
    return [
        {c.column: read_cell(c.text).total or Decimal(0) for c in row.cells}
        for row in table.rows
        if row.kind == "body"
    ]


def _adds_up(rows: Sequence[Mapping[int, Decimal]], total: int, parts: Sequence[int]) -> bool:
    """Does column `total` state the sum of `parts` on every row, each of which pays somewhere?"""
    zero = Decimal(0)
    sums = all(r.get(total, zero) == sum((r.get(j, zero) for j in parts), zero) for r in rows)
    return sums and all(_pays_in(rows, j) for j in parts)


def _pays_in(rows: Sequence[Mapping[int, Decimal]], column: int) -> bool:
    return any(row.get(column) for row in rows)


def names_authority(heading: str) -> bool:
    """Does `heading` name a local authority or fund anywhere: 'Reliquat Ville 2023'?"""
    folded = fold(heading)
    return any(AUTHORITY.match(folded, word.start()) for word in re.finditer(r"\w+", folded))


def is_state(funder: str | None) -> bool:
    """Is `funder` the State alone, by a programme that may be the AMI's?"""
    if not funder or SEVERAL.search(funder) or is_of_other_programme(funder):
        return False
    return bool(PAID_BY_STATE.search(fold(funder)))
