"""Actions that articles tell, one each: '2.1 Coordination', 'Portée par la Ville, … 52 000 €'.

The sums of all, one each, make what the act grants: that one of an article with several is the
State's. An article without sum is an action only where it says that nobody pays it, or its number
that it is one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from normalizers.actions.answers import state
from normalizers.actions.parts import Part, Statement
from normalizers.amounts import read_amounts
from normalizers.references import split_title
from normalizers.shares import one_of_each
from normalizers.state_money import AMI
from normalizers.terms import ARTICLE
from pipeline.extracted import LISTED

UNPAID = re.compile(
    r"\bsans (?:crédits?|financement|subvention|participation|concours|contribution)s?\b",
    re.IGNORECASE,
)
# Portée par la Ville, … · Confiée à l'ADIL 38, … · L'association Le Gué porte une équipe …
RUN_BY = re.compile(
    r"\b(?:(?:port|men|pilot|assur|réalis|anim|gér)ée?s?|condui(?:te?|ts)|mise? en œuvre) par "
    r"(?P<pilot>[^,.;:()]{2,80}?)(?=[,.;:(]|$)"
    r"|\bconfiée?s? (?=à |au )(?:à |au )(?P<trusted>[^,.;:()]{2,80}?)(?=[,.;:(]|$)"
    r"|^(?P<acting>[A-ZÀ-Ý][^,.;:()]{2,60}?) "
    r"(?:porte|met en œuvre|pilote|assure|anime|conduit|capte|produit|gère|mène|accompagne) ",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"(?:cet(?:te)?|ces|l['’]action|elle|il|l['’]équipe)\b", re.IGNORECASE)


def read_articles(part: Part) -> Iterator[Statement] | None:
    """The actions that the articles of `part` tell; None where it is no list of articles."""
    if part.table.extractor != LISTED or len(part.table.columns) != 2:
        return None
    return _statements(part)


def _statements(part: Part) -> Iterator[Statement]:
    entries = [row.cells for row in part.table.rows]
    sums = [{a.value: a.raw for a in read_amounts(told.text) if a.value} for _, told in entries]
    granted = one_of_each([list(own) for own in sums], part.grants)
    if granted is None:
        return
    for index, ((title, told), own, value) in enumerate(
        zip(entries, sums, granted, strict=True), 1
    ):
        reference, label = split_title(title.text)
        paid = own[value] if value else None
        if paid is None and not reference and not UNPAID.search(told.text):
            continue
        texts = {
            "reference": reference,
            "label": label,
            "description": told.text,
            "pilot": _pilot(told.text),
        }
        answers = [(AMI, told.model_copy(update={"text": paid}))] if paid else []
        one = state(part, {k: text for k, text in texts.items() if text}, answers, index=index)
        sums_told = [(replace(sum_, stage="granted"), cell) for sum_, cell in one.row.sums]
        yield replace(one, row=replace(one.row, sums=sums_told))


def _pilot(text: str) -> str | None:
    """Who runs the action that `text` tells of, as its first words on that say."""
    match = RUN_BY.search(text)
    if match is None:
        return None
    name = next(said for said in match.groups() if said)
    return None if SUBJECT.match(name) else ARTICLE.sub("", name)
