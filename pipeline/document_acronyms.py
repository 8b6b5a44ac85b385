"""The sigles that documents define."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby, pairwise

from normalizers.sigles import sigles
from normalizers.terms import acronym_table
from pipeline.judgements import Exercise, exercise_years
from pipeline.knowledge import Acronyms
from pipeline.models import AnnexTable, Article, Cell, Document


def document_acronyms(
    documents: Iterable[Document],
    articles: Iterable[Article],
    tables: Iterable[AnnexTable],
    cells: Iterable[Cell],
) -> dict[str, Acronyms]:
    """The sigles that each document defines, or an earlier one of its territory: in its prose, in
    a cell, or in the row of a table of sigles. The first definition holds."""
    texts: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        texts[article.document_id].append(article.text or "")
    of_table = {t.table_id: t.document_id for t in tables}
    by_place = sorted(cells, key=lambda c: (c.table_id, c.row_index, c.column_index))
    for (table_id, _), row in groupby(by_place, key=lambda c: (c.table_id, c.row_index)):
        written = [c.text for c in row if c.text]
        texts[of_table[table_id]] += [*written, *(f"{a} : {b}" for a, b in pairwise(written))]
    known: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    found: dict[str, Acronyms] = {}
    for document in sorted(documents, key=_period):
        place = document.territory_id or document.document_id
        said = (definition for text in texts[document.document_id] for definition in sigles(text))
        known[place] = acronym_table(said) | known[place]
        found[document.document_id] = known[place]
    return found


def _period(document: Document) -> tuple[Exercise, str]:
    years = exercise_years(document.exercise or str(document.period_start or ""))
    return years or (0, 0), document.document_id
