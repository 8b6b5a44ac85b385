"""Tables that say which number an action had before: 'Ancienne lettre | Nouveau numéro', and the
columns of tables of actions that do: 'Ancien n°'."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from normalizers.exercises import heading_exercise
from normalizers.links.mentions import Said
from normalizers.links.prose import SaidInProse
from normalizers.references import is_reference, reference_key
from normalizers.terms import fold
from pipeline.extracted import ExtractedTable
from pipeline.models import Action

OLD = re.compile(
    r"\b(?:ancien(?:ne)?s?|anterieure?s?|precedente?s?|origine|initiale?s?|ex)\b"
    r"|\b(?:correspondance|provenance|filiation)\b"
)
NEW = re.compile(r"\b(?:nouve(?:l|au|lle)s?|nouveaux|actuel(?:le)?s?|desormais|devien\w+)\b")
ASIDE = re.compile(r"\([^()]*\)")
EACH = re.compile(r"\s*(?:[,;/+&\n]|\bet\b)\s*")


def said_in_tables(
    tables: Iterable[ExtractedTable], actions: Iterable[Action]
) -> Iterator[SaidInProse]:
    """The origins that tables of correspondence give to the latest `actions` of their document."""
    latest = {
        reference_key(a.reference): a
        for a in sorted(actions, key=lambda a: a.exercise or "")
        if reference_key(a.reference)
    }
    for table in tables:
        if (columns := _old_and_new(table.columns)) is None:
            continue
        for row in table.rows:
            cells = {c.column: c for c in row.cells if c.text.strip()}
            if row.kind != "body" or not all(k in cells for k in columns):
                continue
            olds, news = (references(cells[k].text) for k in columns)
            quote = " → ".join(f"{table.columns[k - 1]} {cells[k].text}" for k in columns)
            for new in news:
                action = latest.get(reference_key(new))
                for old in olds if action else ():
                    said = Said("comes_from", old, " ".join(quote.split())[:300])
                    yield SaidInProse(action, said, None, cells[columns[0]].place.page)


def formerly(other: Mapping[str, str]) -> list[Said]:
    """The earlier numbers that the columns without a field give to the action of their row."""
    return [
        Said("comes_from", old, f"{heading} : {text}"[:300])
        for heading, text in other.items()
        if OLD.search(fold(heading))
        for old in references(text)
    ]


def references(text: str) -> list[str]:
    """The references that are all that `text` says, remarks in parentheses aside: 'A et B', 'E
    (arrêtée en 2023)'; [] where it says something else."""
    parts = [p for p in EACH.split(ASIDE.sub(" ", text).strip()) if p]
    return [p.strip() for p in parts] if parts and all(map(is_reference, parts)) else []


def _old_and_new(headings: Sequence[str]) -> tuple[int, int] | None:
    """The columns, from 1, of the numbers before and now of a table of two such columns."""
    if len(headings) != 2:
        return None
    said = [fold(heading) for heading in headings]
    years = [heading_exercise(heading) or "" for heading in headings]
    for old, new in ((0, 1), (1, 0)):
        in_order = bool(years[old] and years[new] and years[old] < years[new])
        if (OLD.search(said[old]) and not OLD.search(said[new])) or (
            NEW.search(said[new]) and not NEW.search(said[old])
        ):
            return old + 1, new + 1
        if in_order and not any(OLD.search(s) or NEW.search(s) for s in said):
            return old + 1, new + 1
    return None
