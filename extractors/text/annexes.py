"""The headings of annexes: 'Annexe 1 – …', with their whole title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pages.page import Line, around
from extractors.text.headings import Style, continuation, without_contents
from extractors.text.numbering import ANNEX
from normalizers.words import Vocabulary, join_lines
from pipeline.models import Place


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
