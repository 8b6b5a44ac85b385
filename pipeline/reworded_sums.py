"""What sums are that an avenant writes in the place of others.

"À l'article 4, le montant de 120 000 € est remplacé par 140 000 €" says neither what the sum is nor
of which exercise: article 4 of the convention does, unless the avenant writes another year there,
too: "et l'année « 2024 » par l'année « 2025 »".
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from normalizers.amounts import read_amounts
from normalizers.exercises import YEAR
from pipeline.models import Document, StatedAmount, StatedChange

YEAR_ALONE = re.compile(YEAR)


def told_by_convention(
    stated: Iterable[StatedAmount],
    changes: Iterable[StatedChange],
    documents: Iterable[Document],
) -> list[StatedAmount]:
    """The sums `stated`; one put in the place of a sum of the convention is of the same kind, and
    of the same exercise where the words of the convention name it."""
    found = list(stated)
    by_article: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, sum_ in enumerate(found):
        by_article[sum_.document_id, sum_.article_number].append(i)
    written = dict(by_article)  # in each article of a convention, its avenants included
    acts = {d.document_id: d for d in documents if d.amends_document_id}
    told = [c for c in changes if c.document_id in acts]
    years_now = {
        (c.document_id, c.number, c.removed): c.added
        for c in told
        if YEAR_ALONE.fullmatch(c.removed or "") and YEAR_ALONE.fullmatch(c.added or "")
    }
    for change in sorted(told, key=lambda c: _order(acts[c.document_id], c)):
        place = (acts[change.document_id].amends_document_id or "", change.number)
        before = [found[i] for i in written.get(place, ())]
        was, becomes = _sums(change.removed), _sums(change.added)
        own = by_article[change.document_id, change.article_number]
        added = [i for i in own if found[i].amount_eur in becomes]
        meant = [sum_ for sum_ in before if sum_.amount_eur in was]
        if len(was) == len(becomes) == len({sum_.kind for sum_ in meant}) == 1:
            years = {m.exercise for m in meant if m.exercise and m.exercise[:4] in m.quote}
            for i in added:
                exercise = next(iter(years)) if len(years) == 1 else found[i].exercise
                year_now = years_now.get((change.document_id, change.number, exercise))
                exercise = year_now or exercise
                update = {"kind": meant[0].kind, "exercise": exercise}
                found[i] = found[i].model_copy(update=update)
        written[place] = [*written.get(place, ()), *added]
    return found


def _order(act: Document, change: StatedChange) -> tuple[date, str, str, int]:
    return (act.signed_on or date.max, act.exercise or "", act.document_id, change.rank)


def _sums(words: str | None) -> set[Decimal]:
    """The sums of `words`, each told in letters, in figures or in both."""
    return {amount.value for amount in read_amounts(words or "") if amount.value is not None}
