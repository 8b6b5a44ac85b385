"""The registry: which reader reads a table. A new kind of part is one module and one line here."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from normalizers.actions.action_rows import ActionRow, read_actions
from normalizers.actions.annexes import (
    SURE_KEY,
    headed_exercise,
    over_all_years,
    paid_exercises,
    titled_exercise,
)
from normalizers.actions.answers import LONGEST_ANSWER, asked_field
from normalizers.actions.bilan import read_bilan, read_objectives
from normalizers.actions.by_funder import read_by_funder
from normalizers.actions.captions import captions_apart
from normalizers.actions.cards import read_cards
from normalizers.actions.columns import holds_actions
from normalizers.actions.forms import read_form
from normalizers.actions.funding import Sum
from normalizers.actions.items import read_items
from normalizers.actions.likeness import MONEY, best_field
from normalizers.actions.miscounted import with_references
from normalizers.actions.numbers_alone import name_in_act
from normalizers.actions.operators import Told, pilots_in_brackets
from normalizers.actions.paid_below import read_paid_below
from normalizers.actions.parts import Part, Reader, Statement
from normalizers.actions.roadmap import read_roadmap
from normalizers.actions.rows import PROOF, texts_by_column
from normalizers.actions.shared import without_shared_sums
from normalizers.actions.sheets import read_sheets
from normalizers.actions.stumps import without_stumps
from normalizers.actions.titled_rows import with_titles_beside
from normalizers.actions.titles import action_title
from normalizers.actions.told_articles import read_articles
from normalizers.actions.told_in_cells import read_told_in_cells
from normalizers.actions.transposed import read_transposed
from normalizers.actions.yearly import read_yearly
from normalizers.exercises import heading_exercise
from normalizers.references import split_numbers
from normalizers.renames import renamed

AXIS_ALONE = re.compile(r"(?:axe\s(?:n°\s?)?)?(?P<number>\d{1,2}|[A-H]|[IVX]{1,4})", re.IGNORECASE)
SORTED_BY = re.compile(r"\bpar\s+(?:(?:chaque|les?)\s+)?([\w'’ ]+?)\W*$", re.IGNORECASE)
# Tableau 1 : actions portées par la Métropole
RUN_BY = re.compile(
    r"\b(?:actions?|projets?|mesures?)\s+(?:port|pilot|men|condui|réalis|assur)(?:é|t)e?s?\s+"
    r"(?:directement\s+)?par\s+(?:la\s+|le\s+|l['’]\s?)(?P<pilot>[^\W\d_][^.:;()]*?)\W*$",
    re.IGNORECASE,
)
NEW = re.compile(r"\s*nouve(?:lle|au)s?\b", re.IGNORECASE)


def read_annex(part: Part) -> Iterator[Statement] | None:
    """The actions of an annex, one a row; none where a heading tells that it lists other things."""
    if not holds_actions(part.columns) or (part.is_kind("none") and not _names_actions(part)):
        return None
    return None if _asks_below(part) or _only_renames(part) else _annex(part)


def _only_renames(part: Part) -> bool:
    """Does the table say only what became of actions: 'Ancien intitulé | Nouvel intitulé'?"""
    fields = {c.field for c in part.columns}
    return renamed(part.table.columns) is not None and not fields & {"pilot", *MONEY}


def _asks_below(part: Part) -> bool:
    """Does the column that would name the actions head one text of a form, and ask for another one
    below: 'Objectif', and further down 'Pilote'?"""
    column = next(k for k, c in enumerate(part.columns) if c.field == "label")
    if asked_field(part.table.columns[column], part) not in ("objective", "description"):
        return False
    texts = texts_by_column(part.table)[column]
    return any(asked_field(text, part, 1.0) == "pilot" for text in texts)


def _names_actions(part: Part) -> bool:
    """Do headings say that the table names actions and who runs them?"""
    return part.has_worded_label and any(c.field == "pilot" for c in part.columns)


def _annex(part: Part) -> Iterator[Statement]:
    grants = part.exercise in paid_exercises(part.columns)  # Bilan 2025 : … | Accordé 2026
    titled = None if grants else titled_exercise(part.table)
    exercise = titled or part.exercise or headed_exercise(part.columns)
    past = bool(titled and part.exercise and titled[:4] < part.exercise[:4])
    columns = over_all_years(part.columns, exercise)
    pilot, axis = _titled_pilot(part), _axis_above(part)
    rows = read_actions(part.table, columns, part.vocabulary, part.funders)
    by_pilot = _is_by_pilot(part)
    named = not any(
        c.field == "label" and asked_field(c.heading, part) in ("objective", "description")
        for c in part.columns
    )
    for row in _by_axis(_with_numbers(_with_titles(part, without_shared_sums(rows)))):
        if told := pilot or (by_pilot and row.section):
            row = replace(row, texts={**row.texts, "pilot": told})
        row = replace(row, section=row.section or axis)
        if past:
            row = replace(row, sums=[(_obtained_before(s, exercise), c) for s, c in row.sums])
        yield Statement(part.table, row, [later(row) or exercise], named=named)


def _obtained_before(one: Sum, exercise: str | None) -> Sum:
    """`one` as a report on an earlier `exercise` recalls it: another act granted it."""
    if one.stage != "granted":
        return one
    return replace(one, stage="previous", exercise=one.exercise or exercise)


def _titled_pilot(part: Part) -> str | None:
    """The pilot that the title of a table without pilot column gives to all its actions."""
    if any(c.field == "pilot" for c in part.columns):
        return None
    run = RUN_BY.search(part.table.title)
    if run and part.funders.knows(run["pilot"]):
        return run["pilot"]
    asked, mark, told = part.table.title.partition(":")
    if not mark:
        return None
    asks = best_field(asked, part.vocabulary.headings, SURE_KEY) == "pilot"
    return told.strip() if asks and 0 < len(told.strip()) <= LONGEST_ANSWER else None


def _axis_above(part: Part) -> str | None:
    """The axis whose name heads the actions of a table: 'Axe 1 – Prévenir | Porteur | État'."""
    heads = (h for h, c in zip(part.table.columns, part.columns, strict=True) if c.field == "label")
    head = next(heads, "")
    asked = best_field(head, part.vocabulary.headings, SURE_KEY)
    return head if asked == "section" else None


def _is_by_pilot(part: Part) -> bool:
    """Does the title of a table without pilot column say that its sections are those who run the
    actions below them: 'Crédits 2026 par opérateur'?"""
    if any(c.field == "pilot" for c in part.columns):
        return False
    match = SORTED_BY.search(part.table.title)
    if match is None:
        return False
    return best_field(match[1], part.vocabulary.headings, SURE_KEY) == "pilot"


def _with_titles(part: Part, rows: Iterable[ActionRow]) -> Sequence[ActionRow]:
    """`rows` with the names that titles across the table give them, where each has a title of its
    own, and no heading asks for a label: 'Action 1 – Veille' over 'CCAS | Repérer | 9 000 €'."""
    rows = list(rows)
    heads = "".join(row[0].text for row in part.table.head[:1] if len(row) == 1)
    titles = [action_title(row.section or heads) for row in rows]
    heading = next(
        h for h, c in zip(part.table.columns, part.columns, strict=True) if c.field == "label"
    )
    asked = asked_field(heading, part) or "description"
    if asked == "label" or len({title for title in titles if title}) != len(rows):
        return rows
    return [
        replace(
            row,
            section=None,
            texts={
                **row.texts,
                asked: row.texts["label"],
                "reference": title.reference or "",
                "label": title.label,
            },
        )
        for row, title in zip(rows, titles, strict=True)
        if title
    ]


def _with_numbers(rows: Sequence[ActionRow]) -> Sequence[ActionRow]:
    """`rows` with the numbers that their labels begin with, which count the actions of the table,
    in a field of their own."""
    labels = [row.texts["label"] for row in rows]
    worded = any("reference" in row.texts for row in rows)
    counted = None if worded else split_numbers(labels)
    if counted is None:
        return rows
    return [_numbered_as(row, *told) for row, told in zip(rows, counted, strict=True)]


def _by_axis(rows: Sequence[ActionRow]) -> Sequence[ActionRow]:
    """`rows`, whose numbers begin anew under each axis that a number of its own tells, with both:
    'Axe | N°' of '2 | 1' is 2.1."""
    numbers = [row.texts.get("reference", "").strip() for row in rows]
    axes = [AXIS_ALONE.fullmatch((row.section or "").strip()) for row in rows]
    if len(set(numbers)) == len(numbers) or not all(n.isdigit() for n in numbers):
        return rows
    both = [f"{axis['number']}.{n}" for axis, n in zip(axes, numbers, strict=True) if axis]
    if len(set(both)) < len(rows):
        return rows
    return [
        replace(row, texts={**row.texts, "reference": number})
        for row, number in zip(rows, both, strict=True)
    ]


def later(row: ActionRow) -> str | None:
    """The later exercise in which a new action will begin: '2026' of 'Nouvelle 2026'."""
    status = row.texts.get("status", "")
    return heading_exercise(status) if NEW.match(status) else None


READERS: Sequence[Reader] = (
    read_articles,
    read_items,
    read_transposed,
    read_by_funder,
    read_form,
    read_cards,
    read_paid_below,
    read_yearly,
    read_bilan,
    read_objectives,
    read_roadmap,
    read_told_in_cells,
    read_annex,
)


def read_parts(parts: Sequence[Part]) -> list[Statement]:
    """What the readers make of all parts of a document, in reading order; those that are pieces
    of one sheet are read together."""
    parts = [with_titles_beside(captions_apart(part)) for part in parts]
    sheets = read_sheets(parts)
    read = [sheets[i] if i in sheets else read_part(part) for i, part in enumerate(parts)]
    told = [found or _listed(part, read) for part, found in zip(parts, read, strict=True)]
    found = _with_titled_pilots([one for some in told for one in some], parts)
    return with_references(without_stumps(_counted_over_tables(found)))


def _listed(part: Part, read: Iterable[Sequence[Statement]]) -> list[Statement]:
    """The actions of a list that tells neither who runs them nor what is paid for them, where one
    of the other tables `read` tells the sums of most, by number or by name."""
    if not part.has_worded_label or part.is_kind("none"):
        return []
    rows = list(_annex(part))
    names = {name_in_act(one) for one in rows}
    paid = ({name_in_act(one) for one in found if one.row.sums} for found in read)
    most = (
        PROOF <= len(some & names) == len(some) and 3 * len(some) >= 2 * len(names) for some in paid
    )
    return rows if len(names) == len(rows) and any(most) else []


def _counted_over_tables(told: list[Statement]) -> list[Statement]:
    """`told`, those that are alone in their tables with the numbers that their labels count from
    one table to the next: '2 – Bail glissant', and in the next table '3 – Observatoire'."""
    counts = Counter(one.table.position for one in told)
    lone = [
        one
        for one in told
        if counts[one.table.position] == 1
        and {*one.row.texts} & {"label", "reference"} == {"label"}
    ]
    labels = [one.row.texts["label"] for one in lone]
    numbers = split_numbers(labels) if len(lone) > 1 else None
    named = dict(zip(map(id, lone), numbers or (), strict=False))
    return [
        replace(one, row=_numbered_as(one.row, *named[id(one)])) if id(one) in named else one
        for one in told
    ]


def _numbered_as(row: ActionRow, number: str, label: str) -> ActionRow:
    return replace(row, texts={**row.texts, "reference": number, "label": label})


def _with_titled_pilots(told: list[Statement], parts: Sequence[Part]) -> list[Statement]:
    """`told`, those of sheets that ask for no pilot run by who stands in brackets behind the titles
    of all of them: 'Fiche action n° 1 : Bail glissant (SOLIHA)'."""
    unrun = [one for one in told if one.row.index is None and "pilot" not in one.row.texts]
    labels = list(dict.fromkeys(one.row.texts.get("label", "") for one in unrun))
    if not parts or not labels:
        return told
    runs = pilots_in_brackets(labels, parts[0].funders, parts[0].vocabulary.headings)
    return [
        _run_by(one, runs[label])
        if one in unrun and (label := one.row.texts.get("label", "")) in runs
        else one
        for one in told
    ]


def _run_by(one: Statement, run: Told) -> Statement:
    texts = {**one.row.texts, "label": run.label, "pilot": run.pilot}
    return replace(one, row=replace(one.row, texts=texts), creates=True)


def unallocated(told: Sequence[Statement], parts: Sequence[Part]) -> list[Statement]:
    """Those `told` whose sums are no action's, by what their rows are called: 'Réserve', 'À
    répartir', 'Pour mémoire : PDALHPD'."""
    return [one for one in told if parts[0].wording(one.row.texts.get("label", ""), "unallocated")]


def read_part(part: Part) -> list[Statement]:
    """What the first reader that knows `part` makes of it; nothing where none does."""
    for reader in READERS:
        found = reader(part)
        if found is not None:
            return list(found)
    return []
