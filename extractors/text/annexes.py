"""The headings of annexes: 'Annexe 1 – …', with their whole title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from extractors.numbering import ANNEX
from extractors.pages.page import Line, around
from extractors.text.headings import Style, continuation, is_signed, without_contents
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import ExtractedArticle, ExtractedTable, Place, Problem

ACTIONS = re.compile(r"\bactions?\b|\bsuite\W*$", re.IGNORECASE)  # or what goes on with them
FEWEST_LINES = 2  # below a heading: one may say "sans objet"


@dataclass(frozen=True, slots=True)
class AnnexHeading:
    """The heading of an annex: number as written (None without), full title, where it stands."""

    annex: str | None
    title: str
    place: Place


def annex_headings(lines: Sequence[Line], vocabulary: Vocabulary) -> list[AnnexHeading]:
    """The headings 'Annexe 1 – …', with their whole title, in order."""
    lines = without_contents(lines)
    style = Style.of(lines)
    found = []
    for i, line in enumerate(lines):
        match = annex_heading(lines, i, style)
        if match is None:
            continue
        block = [line, *continuation(lines, i, style)]
        box = around([b.box for b in block if b.page == line.page])
        found.append(
            AnnexHeading(
                match["number"],
                join_lines([b.text for b in block], vocabulary),
                Place(page=line.page, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom),
            )
        )
    return found


def annex_heading(lines: Sequence[Line], i: int, style: Style) -> re.Match[str] | None:
    """Line `i` where it is the heading of an annex: set off, or numbered at the top of a page."""
    line = lines[i]
    match = ANNEX.fullmatch(line.text)
    if match is None:
        return None
    title = match["title"].strip()
    opens_page = i == 0 or lines[i - 1].page != line.page
    if title[:1].islower():  # « Annexe 1 : actions financées », and not « Annexe 1 jointe »
        return match if match["mark"].strip() and style.stands_out(line) else None
    if title.startswith((",", ";")) or title.endswith(";"):
        return None
    plain = opens_page or ANNEX not in style.set_off
    numbered = bool(match["number"]) and not title.endswith(".")
    if style.stands_out(line) or match["word"].isupper() or (plain and numbered):
        return match
    return None


def unread_annexes(
    lines: Sequence[Line],
    headings: Sequence[AnnexHeading],
    tables: Sequence[ExtractedTable],
    articles: Sequence[ExtractedArticle],
) -> Iterator[Problem]:
    """The annexes whose `lines` (without furniture and tables) are in no table and no article.

    Their text is not quoted: bank details stand in annexes too.
    """
    rows = [r for t in tables for r in (*t.head, *(row.cells for row in t.rows))]
    places = [p for row in rows for cell in row for p in (cell.place, *cell.rest)]
    read = [(p.page, p.top) for p in (*places, *(a.place for a in articles))]
    named = {t.annex for t in tables if t.annex}
    starts = [(float(h.place.page), h.place.top) for h in headings]
    for heading, (start, end) in zip(headings, pairwise([*starts, (inf, inf)]), strict=True):
        if heading.annex in named or any(start <= at < end for at in read):
            continue
        title_end = (heading.place.page, heading.place.bottom - 1)
        below = [ln for ln in lines if title_end <= (ln.page, ln.box.top) < end]
        if len(below) < FEWEST_LINES or any(
            is_signed(ln) or any(ln.text in a.text for a in articles) for ln in below
        ):
            continue
        yield Problem(
            rule="annex_unread",
            severity="warning" if ACTIONS.search(heading.title) else "info",
            message=f"Page {heading.place.page} : « {heading.title} » n'est ni un tableau ni une"
            " liste de sommes ; rien n'en est lu. Si des actions y sont nommées, lisez-les dans le"
            " document.",
            page=heading.place.page,
            observed=heading.title,
        )
