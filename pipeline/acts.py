"""How documents relate: which convention an avenant amends, which file is a copy of which act."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz, process

from normalizers.dates import read_dates
from normalizers.terms import fold
from pipeline.models import Action, Document, Funding, Signatory
from pipeline.wording import euros

SAME_LABEL = 85  # of 100: OCR misreads a letter here and there
SAME_ACT = 0.8  # share of actions, and of their sums, that two copies have in common
SHOWN = 5  # differences that a message names


@dataclass(frozen=True, slots=True)
class Copy:
    """`document_id` is the act of `original_id` again; `differences` are worded in French."""

    document_id: str
    original_id: str
    differences: tuple[str, ...]


def amended_conventions(
    documents: Sequence[Document], signatories: Iterable[Signatory]
) -> dict[str, str | None]:
    """The convention that each avenant amends; those by which the State's credits are passed on,
    without it, have avenants of their own."""
    passed_on = _without_state(signatories)
    found = {}
    for avenant in (d for d in documents if d.kind == "avenant"):
        own = avenant.document_id in passed_on
        alike = [d for d in documents if (d.document_id in passed_on) == own]
        found[avenant.document_id] = amended_convention(avenant, alike)
    return found


def _without_state(signatories: Iterable[Signatory]) -> set[str]:
    """The acts of several parties none of which is the State; a city and its CCAS are one."""
    roles: dict[str, set[str]] = defaultdict(set)
    for signatory in signatories:
        roles[signatory.document_id].add(signatory.role)
    return {key for key, held in roles.items() if len(held) > 1 and "state" not in held}


def amended_convention(avenant: Document, documents: Sequence[Document]) -> str | None:
    """The convention that `avenant` amends: of its territory, for its period, be it as avenants
    prolong it, and signed before it."""
    ranked = []
    for other in documents:
        if other.kind != "convention" or other.copy_of or avenant.territory_id is None:
            continue
        if other.territory_id != avenant.territory_id:
            continue
        if avenant.signed_on and other.signed_on and other.signed_on > avenant.signed_on:
            continue
        fit = _fit(avenant, other, _prolonged(other, documents))
        if fit:
            ranked.append((fit, other.signed_on is not None, other.signed_on, other.document_id))
    return max(ranked, key=lambda r: (r[0], r[1], str(r[2]), r[3]))[3] if ranked else None


def _prolonged(convention: Document, documents: Iterable[Document]) -> int:
    """The last year of `convention`, as avenants prolong it that follow without a gap and tell but
    the end: 'jusqu'au 31 décembre 2025'."""
    last = convention.period_end or 0
    for end, year in sorted(
        (d.period_end, known)
        for d in documents
        if d.kind == "avenant" and d.territory_id == convention.territory_id
        if d.period_end and d.period_start is None and (known := _year(d))
    ):
        if year <= last + 1 <= end:
            last = end
    return last


def _year(avenant: Document) -> int | None:
    """The year that `avenant` is of."""
    year = re.search(r"\d{4}", avenant.exercise or "")
    return int(year[0]) if year else avenant.signed_on.year if avenant.signed_on else None


def _fit(avenant: Document, convention: Document, prolonged: int) -> int:
    """How well the periods agree: 0 not at all, 1 nothing known or `prolonged` until the year, 2
    covers the year, 3 the same, be it for longer; 4 where the avenant names the date of the act:
    'Avenant n° 1 à l'arrêté du 19 mai 2025'."""
    start, end = convention.period_start, convention.period_end
    if convention.signed_on in [d.value for d in read_dates(avenant.title or "")]:
        return 4
    if start is None or end is None:
        return 1
    if avenant.period_start == start and (avenant.period_end or 0) >= end:
        return 3
    known = _year(avenant)
    if avenant.period_start == start or (known is not None and start <= known <= end):
        return 2
    if avenant.period_start is None and known is not None and end < known <= prolonged:
        return 1
    return 0 if avenant.period_start or known else 1


def find_copies(
    documents: Iterable[Document], actions: Iterable[Action], funding: Iterable[Funding]
) -> list[Copy]:
    """Documents that are a copy of another one, which has fewer pages read by OCR, or the lesser
    id. Acts that share actions but not their sums, number or date are no copies."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in funding:
        if one.funder == "AMI" and one.stage in ("granted", "planned", "requested"):
            sums[one.action_id] += one.amount_eur or 0
    money: dict[str, dict[str, Decimal]] = defaultdict(dict)
    written: dict[str, str] = {}  # a label as an act writes it, by its folded form
    for action in actions:
        label = fold(action.label or "")
        written.setdefault(label, action.label or "")
        known = money[action.document_id]
        known[label] = known.get(label, Decimal(0)) + sums.get(action.action_id, Decimal(0))
    groups: dict[tuple[str | None, str], list[Document]] = defaultdict(list)
    for document in documents:
        groups[document.territory_id, document.kind].append(document)
    copies = []
    for group in groups.values():
        originals: list[Document] = []
        for document in sorted(group, key=lambda d: (d.ocr_page_count, d.document_id)):
            for original in originals:
                found = _compare(original, document, money, written)
                if found is not None:
                    copies.append(Copy(document.document_id, original.document_id, tuple(found)))
                    break
            else:
                originals.append(document)
    return copies


def _compare(
    original: Document,
    document: Document,
    money: Mapping[str, Mapping[str, Decimal]],
    written: Mapping[str, str],
) -> list[str] | None:
    """What differs between two copies of one act; None when they are two acts."""
    if (original.sha256, original.page_first) == (document.sha256, document.page_first):
        return []
    if not _may_be_one(original, document):
        return None
    left, right = money.get(original.document_id, {}), money.get(document.document_id, {})
    if not left or not right:
        return None
    pairs = _pairs(list(left), list(right))
    equal = sum(left[a] == right[b] for a, b in pairs)
    if len(pairs) < SAME_ACT * max(len(left), len(right)) or equal < SAME_ACT * len(pairs):
        return None
    return [
        f"« {written[a][:60]} » : {euros(left[a])} dans {original.document_id},"
        f" {euros(right[b])} ici"
        for a, b in pairs
        if left[a] != right[b]
    ]


def _may_be_one(one: Document, other: Document) -> bool:
    """No date, exercise or number of the two acts contradicts the other's."""
    for name in ("signed_on", "exercise", "deliberation_ref"):
        a, b = getattr(one, name), getattr(other, name)
        if a and b and fold(str(a)) != fold(str(b)):
            return False
    a, b = (re.findall(r"\d+", d.title or "") for d in (one, other))
    return not a or not b or a == b


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    """Labels of both sides that read the same, each used once."""
    free, pairs = list(right), []
    for label in left:
        best = process.extractOne(label, free, scorer=fuzz.ratio, score_cutoff=SAME_LABEL)
        if best:
            free.remove(best[0])
            pairs.append((label, best[0]))
    return pairs
