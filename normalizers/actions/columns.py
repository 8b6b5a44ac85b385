"""What each column of an annex table holds."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from normalizers.actions.adding_up import (
    TOTAL,
    before_tax,
    changes,
    last_act,
    over_several_years,
    parts_of_grant,
    totals_of_actions,
    unproved_totals,
    with_left_over,
    with_totals,
)
from normalizers.actions.annexes import LIKELY, Vocabulary
from normalizers.actions.choices import with_choices, with_signs
from normalizers.actions.contents import Contents
from normalizers.actions.headings import (
    PAID_BY_ALL,
    UNKNOWN_UNIT,
    Column,
    explain,
    heading_unit,
    over_years,
)
from normalizers.actions.likeness import ACCEPTED, MONEY, are_two_sums, best_field, kept_kind
from normalizers.actions.no_grants import no_grants, parts_of_spent, without_second_grants
from normalizers.actions.paired_payers import named_beside, named_by_kind
from normalizers.actions.payers import (
    STAGED,
    beside_ami,
    paid_by_source,
    paid_by_title,
    parts_of_cost,
    rectified,
    with_funder,
)
from normalizers.actions.plans import told_by_plans
from normalizers.actions.proved import doubted_by_column
from normalizers.actions.row_texts import BESIDE_NUMBERS
from normalizers.actions.rows import texts_by_column
from normalizers.actions.transposed import is_transposed
from normalizers.counted_years import UNCOUNTED, CountedYears, counted_in
from normalizers.exercises import YEARS, heading_exercise
from normalizers.funders import Funders
from normalizers.organisations import Directory
from normalizers.references import is_reference
from normalizers.state_money import StateMoney
from normalizers.statuses import read_status
from normalizers.terms import fold
from pipeline.extracted import ExtractedTable

COMPANIONS = frozenset(("pilot", "status", "indicators", *MONEY))
RUN_OR_PAID = COMPANIONS - {"indicators"}  # an objective with an indicator is no action
SHORTEST_LABEL = 8  # characters, on average, of the names of actions
# Demandeur · Mise en œuvre par · Portée par : over names, who runs it
RUN_BY = re.compile(
    r"\bdemandeu(?:r|se)s?\b|\bmise? en (?:œ|oe)uvre\b"
    r"|\b(?:portee?|menee?|conduite?|realisee?|assuree?|pilotee?)s? par\b"
)
LONGEST_PILOT = 40  # characters, on average, of the names of organisations
BODIES = ("partners", "cofinancing_source")  # Ville et partenaires : over sums, what these pay
SUBJECTS = ("label", "objective", "description")
# Financements prévisionnels 2024 · Plan de financement · Montants : over those who pay
FINANCING = re.compile(
    r"(?:(?:plan|tableau|répartition) d(?:e|es|u) )?"
    r"(?:financements?|financeurs?|montants?|crédits|budgets?|programmations?|participations?)"
    r"(?: (?:prévisionnel|prévu|total|totaux|accordé|retenu|de l['’]action)\w*)*"
    rf"(?: {YEARS.pattern})?(?P<unit> \((?:en )?(?:k€|milliers d['’]\s?(?:€|euros))\))? ",
    re.IGNORECASE,
)
AXIS_NUMBER = re.compile(r"\b(?:\d{1,2}|[IVX]{1,4})\b")
TENTHS = re.compile(r"\s*\d{1,3},\d\s*")
EUROS = re.compile(r"€|\beuros?\b|\beur\b", re.IGNORECASE)


def explain_columns(
    table: ExtractedTable,
    vocabulary: Vocabulary,
    directory: Directory,
    counted: CountedYears = UNCOUNTED,
) -> list[Column]:
    """The field of each column of `table`; a table of actions without label column takes its
    objective, else its description, as the label. Headings may count their
    years: 'Année 2', 'N+1'."""
    if is_transposed(table, vocabulary):
        return [Column() for _ in table.columns]
    texts = texts_by_column(table)

    def is_status(text: str) -> bool:
        return read_status(text, vocabulary.statuses) != "unknown"

    contents = [Contents.of(t, directory.knows, is_status) for t in texts]
    written = [counted.written_out(heading) for heading in table.columns]
    headings = over_years(_below_one_head(written, vocabulary, directory))
    whole = max(heading_unit(table.title), heading_unit(table.annex_title))
    units = [
        whole if unit == 1 and _may_hold_sums(heading, vocabulary, directory) else unit
        for heading, unit in ((h, heading_unit(h)) for h in headings)
    ]
    contents = [_of_sums(c) if unit > 1 else c for c, unit in zip(contents, units, strict=True)]
    columns = explain(headings, contents, vocabulary.headings, vocabulary.money)
    units = [unit if unit > 1 else whole for unit in units]
    contents = [_of_sums(c) if unit > 1 else c for c, unit in zip(contents, units, strict=True)]
    columns = [
        replace(column, unit=unit, heading=heading, content=content, texts=cells, doubted=rows)
        for column, unit, heading, content, cells, rows in zip(
            columns, units, headings, contents, texts, doubted_by_column(table), strict=True
        )
    ]
    columns = [
        c.told_as(None)
        if are_two_sums(c.heading, vocabulary.headings) and not PAID_BY_ALL.search(c.folded)
        else c
        for c in columns
    ]
    columns = _of_known_years(_paid(_named(columns), table.title, directory, vocabulary.money))
    columns = with_choices(
        columns, lambda heading: best_field(heading, vocabulary.headings, ACCEPTED), is_status
    )
    columns = _without_guessed_unit(with_signs(columns, _signs(table, vocabulary)), table)
    return _kept(_numbered_now(columns), vocabulary)


def _numbered_now(columns: list[Column]) -> list[Column]:
    """`columns`, of several that number the actions of a year each the last one as the reference:
    'Code 2024' beside 'Code 2025'."""
    told = next((c for c in columns if c.field == "reference" and c.exercise), None)
    if told is None:
        return columns
    name = YEARS.sub("", told.folded)
    alike = [c for c in columns if c.exercise and YEARS.sub("", c.folded) == name]
    last = max(alike, key=lambda c: c.exercise or "")
    return [
        c.told_as("reference" if c is last else None) if c is told or c is last else c
        for c in columns
    ]


def _of_known_years(columns: list[Column]) -> list[Column]:
    """`columns`, those of sums of several years that are counted from one that is not known
    unexplained: 'AMI année 1' beside 'AMI année 2'; what counts one alone is no payer's name."""
    counted = {
        c.heading: year for c in columns if c.field in MONEY and (year := counted_in(c.heading))
    }
    if len({*counted.values()}) > 1:
        return [
            replace(c, field=None, stage=None, funder=None) if c.heading in counted else c
            for c in columns
        ]
    return [
        replace(c, funder=c.funder.replace(counted[c.heading], "").strip(" -–(),"))
        if c.funder and c.heading in counted
        else c
        for c in columns
    ]


def _signs(table: ExtractedTable, vocabulary: Vocabulary) -> dict[str, str]:
    """The fields of the signs in cells that a legend explains: '● = pilote'; beside the pilot's,
    other single letters and marks are those of partners: 'A = associé'."""
    notes = {note.text for row in table.rows for cell in row.cells for note in cell.notes}
    told = (note.partition(" = ") for note in sorted(notes))
    fields = {sign: best_field(said, vocabulary.headings, ACCEPTED) for sign, _, said in told}
    signs = {s: f for s, f in fields.items() if f in ("pilot", "partners")}
    others = {s: "partners" for s, f in fields.items() if f is None and len(s) == 1}
    return others | signs if "pilot" in signs.values() else signs


def _kept(columns: list[Column], vocabulary: Vocabulary) -> list[Column]:
    """`columns`, those that nothing explains told as the figures that they hold beside the sums of
    the actions: posts, rates, counts."""
    return [
        c.told_as("rate" if "%" in c.heading else kept_kind(c.heading, vocabulary.headings))
        if c.field is None and not c.content.money
        else c
        for c in columns
    ]


def _named(columns: list[Column]) -> list[Column]:
    """`columns`, those that no heading explains and that can but hold the names of the actions, or
    of those who run them, told as such."""
    fields = {c.field for c in columns}
    columns = _without_counts(_without_texts(columns))
    subject = next((f for f in SUBJECTS if f in fields), "label")
    if subject != "label" and fields & RUN_OR_PAID:
        columns = [c.told_as("label") if c.field == subject else c for c in columns]
    columns = _with_guessed_label(_with_guessed_pilot(columns))
    return _named_by_number(_below_axis(columns))


def _paid(
    columns: list[Column], title: str, directory: Directory, money: StateMoney
) -> list[Column]:
    """`columns`, those of sums with who pays them, or as what they are beside others: what one rule
    explains the next ones build on."""
    columns = parts_of_spent([with_funder(column, directory, money) for column in columns])
    columns = named_beside(rectified(beside_ami(columns, money)), money)
    columns = paid_by_source(named_by_kind(columns, money), money)
    columns = with_totals(totals_of_actions(no_grants(columns)))
    columns = paid_by_title(columns, title, directory, money)
    columns = parts_of_cost(columns, directory)
    columns = with_left_over(unproved_totals(with_totals(columns)))
    columns = before_tax(over_several_years(columns))
    columns = told_by_plans(columns, Funders(directory.name, money))
    columns = last_act(changes(parts_of_grant(columns)))
    return without_second_grants(columns, money)


def _without_texts(columns: list[Column]) -> list[Column]:
    """`columns`, one that holds no sum unexplained where another of its field does: 'Réalisé 2024'
    (neuf baux) beside 'AMI consommé'."""
    held = {c.field for c in columns if c.content.money >= 0.5}
    return [
        c.told_as(None)
        if c.field in MONEY & held and c.content.filled > 1 and c.content.money == 0
        else c
        for c in columns
    ]


def _without_counts(columns: list[Column]) -> list[Column]:
    """`columns`, one on what was planned or done that holds but small numbers, or several texts,
    where another holds sums, unexplained: 'Réalisé 2024' (97 ménages), 'Dépense' (Salaires) beside
    'Dont AMI' (125 000 €)."""
    if not any(c.field in MONEY and c.content.money >= 0.5 for c in columns):
        return columns
    return [
        c.told_as(None)
        if c.field in STAGED and c.content.money == 0 and _counts_or_tells(c.texts)
        else c
        for c in columns
    ]


def _counts_or_tells(texts: Sequence[str]) -> bool:
    """Do `texts`, none a sum, hold a number or say several things?"""
    return any(re.search(r"[1-9]", text) for text in texts) or len({*texts} - {""}) > 1


def _without_guessed_unit(columns: list[Column], table: ExtractedTable) -> list[Column]:
    """`columns`, those of sums in no known unit where none of them holds a sum that an action may
    cost in euros, and none says that these are euros: '22,5' under 'État'; beside sums in euros
    those of which one has tenths alone, as no sum in euros has."""
    sums = [c for c in columns if c.field in MONEY and c.content.numbers]
    looks = any(c.content.money for c in columns if c.field in MONEY)
    said = " ".join((table.title, *table.columns))
    if any(c.unit > 1 for c in sums) or EUROS.search(said):
        return columns
    unknown = [c for c in sums if not looks or (not c.content.money and _has_tenths(c.texts))]
    return [replace(c, unit=UNKNOWN_UNIT) if c in unknown else c for c in columns]


def _has_tenths(texts: Sequence[str]) -> bool:
    return any(TENTHS.fullmatch(text) for text in texts)


def _as_one(columns: list[Column], found: Sequence[Column], field: str) -> list[Column]:
    """`columns`, the one `found` among them holding `field`; as they are where several were."""
    if len(found) != 1:
        return columns
    return [c.told_as(field) if c is found[0] else c for c in columns]


def _with_guessed_pilot(columns: list[Column]) -> list[Column]:
    """`columns`, the only one on how actions are run holding who runs them where its cells are
    short and no other tells it."""
    told = [
        c
        for c in columns
        if c.field in ("description", None, *MONEY)
        and RUN_BY.search(c.folded)
        and 0 < c.content.length < LONGEST_PILOT
        and not c.content.numbers
    ]
    return columns if any(c.field == "pilot" for c in columns) else _as_one(columns, told, "pilot")


def _with_guessed_label(columns: list[Column]) -> list[Column]:
    """`columns`, the only one of texts that nothing explains holding the names of the actions where
    others say who runs each and what is paid for it."""
    fields = {c.field for c in columns}
    if fields & {*SUBJECTS} or "pilot" not in fields or not fields & {"ami", "cofinancing"}:
        return columns
    unknown = [
        c
        for c in columns
        if c.field is None and c.content.length > SHORTEST_LABEL and not c.content.numbers
    ]
    return _as_one(columns, unknown, "label")


def _below_axis(columns: list[Column]) -> list[Column]:
    """`columns`, the first, headed by the name of an axis, holding its actions where no other does:
    'Axe 1 – Prévenir | Porteur | État'."""
    fields = {c.field for c in columns}
    axis = columns and columns[0].field == "section" and AXIS_NUMBER.search(columns[0].heading)
    if fields & {*SUBJECTS} or not fields & COMPANIONS or not axis:
        return columns
    return [columns[0].told_as("label"), *columns[1:]]


def _named_by_number(columns: list[Column]) -> list[Column]:
    """`columns`, the references of a table that says what is paid for each action and nothing else
    of it holding all by which it names them: 'Repère | État | Val-de-Brume', or 'N° action |
    Cofinanceur | Montant'."""
    fields = {c.field for c in columns}
    paid = fields & {"ami", "spent"} or {"reference", "cofinancing_source"} <= fields
    if fields - {*BESIDE_NUMBERS, "reference"} or not paid:
        return columns
    named = [
        c
        for c in columns
        if c.field in ("reference", None) and _are_references([t for t in c.texts if t.strip()])
    ]
    return _as_one(columns, named, "label")


def _are_references(texts: Sequence[str]) -> bool:
    several = 1 < len(texts) == len(set(texts))
    return several and all(map(is_reference, texts))


def _below_one_head(
    headings: Sequence[str], vocabulary: Vocabulary, directory: Directory
) -> list[str]:
    """`headings`, those without the words over them and their neighbours that only say that there
    is money below: 'Financements prévisionnels 2024' over 'AMI', 'CAF' and 'Total'."""
    found = list(headings)
    matches = [FINANCING.match(heading) for heading in headings]
    start = 0
    units = {m[0]: m["unit"] or "" for m in matches if m}
    for prefix, run in groupby(m[0] if m else "" for m in matches):
        end = start + len(list(run))
        below = [heading[len(prefix) :] for heading in headings[start:end]]
        told = [h for h in below if prefix and _says_who(h, vocabulary, directory)]
        if len(below) > 1 and 3 * len(told) >= 2 * len(below):
            year = heading_exercise(prefix)
            found[start:end] = [
                (f"{h} {year}" if year and heading_exercise(h) is None else h) + units[prefix]
                for h in below
            ]
        start = end
    return found


def _says_who(heading: str, vocabulary: Vocabulary, directory: Directory) -> bool:
    """Does a heading say by itself what its sums are, or who pays them?"""
    known = best_field(heading, vocabulary.headings, ACCEPTED) in MONEY
    return known or bool(directory.one(heading) or vocabulary.money.is_other_payer(heading))


def _may_hold_sums(heading: str, vocabulary: Vocabulary, directory: Directory) -> bool:
    """May a column so headed be one of sums, in a table whose title gives their unit: 'Coût',
    'État', 'État Total', 'Eurométropole 2025', 'CAF', 'Ensemble'?"""
    field = best_field(heading, vocabulary.headings, LIKELY)
    if field in (*MONEY, *BODIES, "status") or TOTAL.search(fold(heading)):
        return True
    return field is None and bool(heading_exercise(heading) or directory.one(heading))


def _of_sums(content: Contents) -> Contents:
    """`content` of a column in a unit of money: its bare numbers are sums, no codes."""
    return replace(content, money=max(content.money, content.numbers), codes=0)


def holds_actions(columns: Sequence[Column]) -> bool:
    """Does a table with these columns state actions: a label, and what is done or paid for it?"""
    fields = {c.field for c in columns}
    return "label" in fields and bool(fields & COMPANIONS)
