"""What is kept of personal and bank data: the policy, in one place.

Replaced by a mark when a document is read, before anything of it is written:

* direct telephone numbers and e-mail addresses, of people and of offices alike: nothing in the text
  tells one from the other with certainty;
* bank details: an IBAN keeps its country and last three characters (`FR** **** 606`), an account
  number becomes `[compte]`, in `document.rib_masked` its last three characters (`**** **** 606`);
  whether their keys are right stays in `document.iban_valid` and `document.rib_valid`;
* names of staff: people named as a contact ("Affaire suivie par : …"), by what they do ("Jeanne
  Martin, chargée de mission"), beside a number or an address, or with a civility but without a
  public office ("Mme Jeanne Martin").

Kept: institutions with their names, SIRET, BIC and postal addresses; functions; the people who
represent a party or hold a public office ("Madame Claire Aubier, Présidente"): they are what makes
the act public. On the pictures of the report the same places are painted over. File names are the
reader's own and stay as they are.

`--keep-contacts` is the only way around, and its default is off.
"""

import operator
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import Any

from normalizers.accounts import account_numbers, ibans
from normalizers.contacts import ACCOUNT_MARK, mask, mask_beside
from normalizers.parties import read_party
from pipeline.extracted import ExtractedDocument, ExtractedTable, Fact, Model, Place

CODE = re.compile(r"\d+(?:-\d+)*")  # 0177-01-06-12-15, read as a fact
# Opérateur · Intitulé de l'action : what stands below is no person, whatever its neighbours ask
NO_PERSON = re.compile(
    r"\s*(?:noms? (?:de l['’]|du |des |de la ))?(?:actions?|mesures?|projets?|intitulés?|libellés?"
    r"|opérateurs?|porteurs?|pilotes?|maîtres? d['’]ouvrage|structures?|organismes?|associations?"
    r"|partenaires?|(?:co-?)?financeurs?)\b(?!.*\b(?:nom|prénom|contact|responsable|référent))",
    re.IGNORECASE | re.DOTALL,
)
EXEMPT = {"document_id", "filename", "sha256", "extractor_version", "rule", "name"}


def without_contacts(document: ExtractedDocument) -> ExtractedDocument:
    """`document` with every text masked, but its identifiers and the name of its file; the cells
    that only their place in a table gives away are hidden on pictures too."""
    public = signatories(document.facts)
    tables = [_without_labelled(table) for table in document.tables]
    hidden = [
        cell.place
        for before, after in zip(document.tables, tables, strict=True)
        for row, masked in zip(before.rows, after.rows, strict=True)
        for cell, other in zip(row.cells, masked.cells, strict=True)
        if cell.text != other.text
    ]
    articles = [
        a.model_copy(
            update={"page_starts": [len(mask(a.text[:start], public)) for start in a.page_starts]}
        )
        for a in document.articles
    ]
    update = {"tables": tables, "articles": articles, "hidden": [*document.hidden, *hidden]}
    masked: ExtractedDocument = _masked(document.model_copy(update=update), public)
    facts = [
        fact.model_copy(update={"value": read.value}) if CODE.fullmatch(read.value) else fact
        for fact, read in zip(masked.facts, document.facts, strict=True)
    ]  # a code is no telephone number
    return masked.model_copy(update={"facts": facts})


def signatories(facts: Iterable[Fact]) -> set[str]:
    """The names that the facts of a document give to those who represent a party."""
    names = set()
    for fact in facts:
        if fact.name.endswith("_representative"):
            names.add(fact.value)
        elif fact.name.startswith("party.") and (party := read_party(fact.value)):
            names.add(party.representative or "")
    return names - {""}


def _masked(value: Any, public: Collection[str]) -> Any:
    """`value` with every text in it masked; what has none to mask is itself, no copy of it."""
    if isinstance(value, str):
        return mask(value, public)
    if isinstance(value, list | tuple):
        items = [_masked(item, public) for item in value]
        return items if any(map(operator.is_not, items, value)) else value
    if isinstance(value, Model) and not isinstance(value, Place):
        texts = {name: _masked(v, public) for name, v in value if name not in EXEMPT}
        changed = {name: v for name, v in texts.items() if v is not getattr(value, name)}
        return value.model_copy(update=changed) if changed else value
    return value


def _without_labelled(table: ExtractedTable) -> ExtractedTable:
    """`table` with the cells masked that their heading, left or upper neighbour announces, and the
    accounts that are written over several."""
    rows, above = [], dict(enumerate(table.columns, 1))
    for row in table.rows:
        cells, left = [], ""
        for cell, text in zip(row.cells, _without_spread([c.text for c in row.cells]), strict=True):
            heading = table.columns[cell.column - 1]
            near = () if NO_PERSON.match(heading) else (above.get(cell.column, ""), left)
            for label in (heading, *near):
                text = mask_beside(text, label)
            masked = text != cell.text
            cells.append(cell.model_copy(update={"text": text}) if masked else cell)
            left = above[cell.column] = cell.text
        rows.append(row.model_copy(update={"cells": cells}))
    return table.model_copy(update={"rows": rows})


def _without_spread(texts: Sequence[str]) -> list[str]:
    """The texts of a row's cells, without the pieces of accounts and IBANs that several share."""
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    line = "\n".join(texts)
    spans = (*ibans(line), *account_numbers(line))
    found = sorted((span for span in spans if "\n" in line[slice(*span)]), reverse=True)
    result = []
    for start, text in zip(starts, texts, strict=False):
        for first, last in found:
            i, j = max(0, first - start), min(len(text), last - start)
            if i < j:
                text = text[:i] + ACCOUNT_MARK + text[j:]
        result.append(text)
    return result
