"""Sections of a report, or of a document without articles: by their number, else by type size."""

import re
from collections.abc import Sequence

from extractors.numbering import is_numbered, section_number
from extractors.pages.page import Line
from extractors.text.headings import BULLET, Heading, Style, continuation


def is_report(lines: Sequence[Line]) -> bool:
    """Is what follows the act a document of its own, with headings, not annex tables alone?"""
    return sum(1 for line in lines if line.bold and is_numbered(line.text)) >= 3


def section_headings(lines: Sequence[Line], style: Style, prefix: str) -> list[Heading]:
    """Headings of a document without articles: by their number, else by their type size."""
    sizes = sorted(
        {
            round(line.size)
            for line in lines
            if style.is_large(line) and line.bold and len(line.text) > 3
        },
        reverse=True,
    )
    headings: list[Heading] = []
    seen: set[tuple[str, ...]] = set()
    unnumbered = 0
    skip = 0
    for i, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if not _is_section(line, style):
            if headings:
                headings[-1].body.append(line)
            continue
        more = continuation(lines, i, style)
        skip = len(more)
        level = sizes.index(round(line.size)) if round(line.size) in sizes else len(sizes)
        number, title = section_number(line.text)
        path = number
        if not path or path in seen:
            unnumbered += 1
            path, title = (f"S{unnumbered}",), line.text
        seen.add(path)
        titles = [title, *(other.text for other in more)]
        headings.append(Heading(path, titles, [line, *more], level=level))
    for i, heading in enumerate(headings):
        heading.above = next((h for h in reversed(headings[:i]) if h.level < heading.level), None)
    for heading in headings:
        heading.path = (f"{prefix}{heading.path[0]}", *heading.path[1:])
    return headings


def _is_section(line: Line, style: Style) -> bool:
    text = line.text
    if len(text) < 4 or not re.search(r"[^\W\d_]{3}", text):
        return False
    if style.has_bold:
        larger = style.is_large(line) and line.bold and not BULLET.match(text)
        numbered = line.bold and section_number(text)[0] and not BULLET.match(text[0] + " ")
        return bool(larger or (numbered and line.size >= style.size - 0.4))
    return bool(section_number(text)[0]) and text[-1] not in ".;,:"
