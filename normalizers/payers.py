"""Who pays the sums of a column, told by its heading, by another column, or by what adds up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from normalizers.amounts import read_cell
from normalizers.exercises import YEARS
from normalizers.headings import Column, Contents
from normalizers.organisations import Directory
from normalizers.terms import fold
from pipeline.models import ExtractedTable

PROOF = 2  # actions whose costs add up prove what a column holds
# CAF · Plan de financement Ville · dont Région · Participation du Département (prévisionnelle)
PAYER = re.compile(
    r"(?:(?:plan de financement|budget|ressources|recettes)\W+)?"
    r"(?:dont\s+)?(?:(?:part|participation|contribution|co-?financement|financement|apport|subvention|concours|soutien"
    r"|crédit|aide)s?\s+)?(?:de la |du |de l['’]|des |de |d['’])?(?P<payer>.+?)(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"[,;/+&\n]|\set\s")
PARTED = re.compile(r"\s[–—-]\s|\s?:\s")
# Conseil départemental 64 · Agglo. : who pays, where no organisation is known by that name
AUTHORITY = re.compile(
    r"\W*(?:conseil |collectivite )?(?:departement\w*|region\w*|territoriale)\b"
    r"|\W*(?:villes?|communes?|communaute|intercommunalite|epci|metropole|agglo\w*)\b"
    r"|\W*(?:ccas|caf|msa|ars|cd|cr|cu|ca|cc)\b"
)
TOTAL = re.compile(r"\btotal\b|\btotaux\b")
# in the place of a funder: Total · Coût total de l'action · Ensemble
ALL_FUNDERS = re.compile(r"\W*(?:sous[ -])?(?:totaux|total|cout|budget|ensemble)\b")
PAID_BY_STATE = re.compile(r"\b(?:ami|etat|dihal|lda|logement d'abord|bop|p?\s?177)\b")
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
    the State: 'CAF', 'Part Ville', 'Participation du Département 2024'."""
    holds_sums = column.field in ("cofinancing", "ami") or (
        column.field is None and content.money >= 0.5
    )
    bare = " ".join(YEARS.sub(" ", heading).split())
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


def without_sums_of_others(columns: list[Column], table: ExtractedTable) -> list[Column]:
    """`columns`, those which only add up others of their kind left unexplained: the 'Total' beside
    three years of AMI money is nobody's grant."""
    rows = _sums_by_column(table)
    kinds = [c.field for c in columns]
    found = list(columns)
    for kind, other in (("ami", "cofinancing"), ("cofinancing", "ami")):
        same = [i for i, k in enumerate(kinds, 1) if k == kind]
        totals = [i for i, k in enumerate(kinds, 1) if k == "total_cost" and other in kinds]
        for i in (*same, *totals):
            parts = [j for j in same if j != i]
            named = TOTAL.search(fold(table.columns[i - 1]))
            if len(parts) > (not named) and _adds_up(rows, i, parts):
                found[i - 1] = replace(columns[i - 1], field=None, stage=None)
                break
    return found


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
    """Is `funder` the State alone?"""
    return bool(funder and PAID_BY_STATE.search(fold(funder)) and not SEVERAL.search(funder))
