"""Sums that an act states in neither article, table, note nor title: below a table, say."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf

from extractors.numbering import ARTICLE, DECIMAL, PLAIN
from extractors.pages.page import Line
from extractors.text.listed import SUM
from extractors.text.prose import Prose
from normalizers.amounts import read_amounts
from pipeline.extracted import ExtractedTable, Problem

BETWEEN_LETTERS = re.compile(r"\W+")


def sums_left_out(
    lines: Sequence[Line], prose: Prose, tables: Sequence[ExtractedTable]
) -> Iterator[Problem]:
    """The `lines` with a sum, from the first article on, that nothing read of them holds, by page;
    a deliberation in front of the act is none of it."""
    held = BETWEEN_LETTERS.sub("", " ".join(_texts(prose, tables)))
    start = min(((a.place.page, a.place.top) for a in prose.articles), default=(inf, inf))
    left = [
        line
        for line in lines
        if (line.page, line.box.top) >= start
        and SUM.search(line.text)
        and not any(BETWEEN_LETTERS.sub("", text) in held for text in _told(line.text))
    ]
    for page, some in groupby(left, key=lambda line: line.page):
        texts = [line.text for line in some]
        first, *others = texts
        said = "énonce une somme" if not others else f"et {len(others)} de plus énoncent des sommes"
        yield Problem(
            rule="sum_left_out",
            severity="info" if all(map(_is_rate, texts)) else "warning",
            message=f"Page {page} : « {first} » {said} hors des articles et des tableaux ; rien ne"
            " les reprend : voyez le document.",
            page=page,
            observed=first,
        )


def _is_rate(text: str) -> bool:
    """Are all sums of `text` prices or rates: 'Le ménage verse 80 € par mois'?"""
    sums = read_amounts(text)
    return bool(sums) and all(amount.flag == "rate" for amount in sums)


def _told(text: str) -> Iterator[str]:
    """What a line says, and what it says behind the number of an article."""
    yield text
    headings = (pattern.fullmatch(text) for pattern in (ARTICLE, DECIMAL, PLAIN))
    yield from (heading["title"] for heading in headings if heading)


def _texts(prose: Prose, tables: Sequence[ExtractedTable]) -> Iterator[str]:
    """All that was read, as it stands."""
    yield prose.title
    yield from (text for article in prose.articles for text in (article.title, article.text))
    yield from (heading.title for heading in prose.annex_headings)
    yield from (note.text for note in prose.notes)
    for table in tables:
        yield table.title
        for cell in (c for row in (*table.head, *(r.cells for r in table.rows)) for c in row):
            yield cell.text
            yield from (note.text for note in cell.notes)
