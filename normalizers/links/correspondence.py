"""Tables that say which number or name an action had before: 'Ancienne lettre | Nouveau numéro',
'Ancien intitulé | Nouvel intitulé | Décision'; and the columns of tables of actions that do:
'Ancien n°'."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from normalizers.exercises import YEARS, heading_exercise
from normalizers.links.action_names import ActionNames
from normalizers.links.cited import ACTION, LIST, aligned, references_of
from normalizers.links.mentions import Said, mentions
from normalizers.links.prose import SaidInProse
from normalizers.references import is_reference, reference_key
from normalizers.renames import NAME, NEW, OLD, renamed
from normalizers.terms import fold
from pipeline.extracted import ExtractedTable
from pipeline.models import Action

WORDED = re.compile(r"\w{3}")
WORDED_REFERENCE = re.compile(
    rf"\W*(?:ex-?|anciennes?\s)?\s?{ACTION}(?P<refs>{LIST})"
    r"(?:\s(?:en|pour)\spartie)?(?=\W*$|\s*[,;(]|\s(?:de|en)\s(?:20\d\d|la\sconvention|l'avenant))"
)
COUNTED = re.compile(
    rf"\W*(?:n°|(?:nos?|numeros?|ref(?:erence)?s?|code|lettre)\b)\W*"
    rf"(?:(?:de (?:l['’])?)?(?:fiches?|actions?)\b\W*){{0,2}}(?:en |de |avenant |convention )?"
    rf"{YEARS.pattern}\W*"
)
OF_NUMBERS = re.compile(
    r"(?:n°|n[o.]?\b|numeros?\b|ref(?:erence)?s?\b|codes?\b"
    rf"|fiches?(?:[ -]actions?)?\s{YEARS.pattern}$)"
)
ASIDE = re.compile(r"\([^()]*\)")
EACH = re.compile(r"\s*(?:[,;/+&\n]|\bet\b)\s*")


def said_in_tables(
    tables: Iterable[ExtractedTable], actions: Iterable[Action]
) -> Iterator[SaidInProse]:
    """The origins that tables of correspondence give to the latest `actions` of their document."""
    known = ActionNames.of((), actions)
    for old, new, _, quote, page in _told(tables):
        numbered = [known.latest.get(reference_key(number)) for number in references(new)]
        for action in filter(None, numbered or [known.named(new)]):
            for said in _before(old, quote):
                yield SaidInProse(action, said, None, page)


def ends_in_tables(tables: Iterable[ExtractedTable]) -> Iterator[tuple[Said, int]]:
    """The ends that tables of correspondence tell of earlier actions, by number or by name, with
    their page: '12 | Achevée', 'Formation | – | Supprimée'."""
    for old, new, others, quote, page in _told(tables):
        telling = [new] if WORDED.search(new) else others
        goes_on = bool(references(new))
        if not goes_on and any(x.kind == "ended" for text in telling for x in mentions(text)):
            for said in _before(old, quote):
                yield replace(said, kind="ended"), page


def _told(tables: Iterable[ExtractedTable]) -> Iterator[tuple[str, str, list[str], str, int]]:
    """What each row of the tables of correspondence says: before, now, what other cells add; as a
    quote, and where."""
    for table in tables:
        if (columns := renamed(table.columns) or _old_and_new(table.columns)) is None:
            continue
        for row in table.rows:
            cells = {c.column: c for c in row.cells if c.text.strip()}
            if row.kind != "body" or not all(k in cells for k in columns):
                continue
            old, new = (" ".join(cells[k].text.split()) for k in columns)
            others = [cell.text for k, cell in cells.items() if k not in columns]
            quote = " → ".join(f"{table.columns[k - 1]} {cells[k].text}" for k in columns)
            yield old, new, others, " ".join(quote.split())[:300], cells[columns[0]].place.page


def formerly(other: Mapping[str, str], exercise: str | None = None) -> list[Said]:
    """The earlier numbers and names that the columns without a field give to the action of their
    row, of this `exercise`: 'Ancien n°', 'N° 2023'."""
    return [
        said
        for heading, text in other.items()
        if OLD.search(fold(heading)) or _numbers_before(heading, exercise)
        for said in _before(text, f"{heading} : {text}"[:300])
        if said.reference or NAME.search(fold(heading))
    ]


def _numbers_before(heading: str, exercise: str | None) -> bool:
    """Does `heading` tell the numbers of an exercise before: 'N° 2023', 'Réf. fiche (2023)'?"""
    year = heading_exercise(heading)
    earlier = bool(year and exercise) and (year or "")[:4] < (exercise or "")[:4]
    return earlier and COUNTED.fullmatch(fold(heading)) is not None


def _before(old: str, quote: str) -> list[Said]:
    """The origins that the text of a cell names, by number or by name."""
    worded = WORDED_REFERENCE.match(aligned(old))  # Fiche 6 de 2021, relancée
    if numbers := references(old) or (references_of(worded["refs"]) if worded else []):
        return [Said("comes_from", number, quote) for number in numbers]
    name = " ".join(old.split())
    return [Said("comes_from", None, quote, name)] if WORDED.search(name) else []


def references(text: str) -> list[str]:
    """The references that are all that `text` says, remarks in parentheses aside: 'A et B', 'E
    (arrêtée en 2023)'; [] where it says something else."""
    parts = [p for p in EACH.split(ASIDE.sub(" ", text).strip()) if p]
    return [p.strip() for p in parts] if parts and all(map(is_reference, parts)) else []


def _old_and_new(headings: Sequence[str]) -> tuple[int, int] | None:
    """The columns, from 1, of the numbers before and now of a table of two columns, or of one with
    two numbers of different years: 'N° 2022 | N° 2023 | Observations', 'Fiche 2022 | …'."""
    if len(headings) != 2:
        years_of = {k: heading_exercise(h) for k, h in enumerate(headings, 1)}
        numbers = [k for k, h in enumerate(headings, 1) if OF_NUMBERS.match(fold(h))]
        first, *then = sorted(numbers, key=lambda k: years_of[k] or "") or [0]
        dated = len(then) == 1 and years_of[first] and years_of[first] != years_of[then[0]]
        return (first, then[0]) if dated else None
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
