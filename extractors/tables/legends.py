"""What a legend beside a table says of the signs in its cells: « EV = Eurovallée ; CD = … »,
« ● pilote ○ partenaire »."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from extractors.pages.page import Line
from extractors.tables.logical import place
from pipeline.extracted import ExtractedCell, ExtractedTable, PlacedText

MARKS = "●○◉◎◆◇■□▲△★☆"
SIGN = re.compile(rf"(?:\b[A-Z](?:[A-Z0-9&.-]*[A-Z0-9])?\b|[{MARKS}])")
# ● pilote ○ partenaire · ■ : porteur ; □ : associé
MARKED = re.compile(rf"(?P<sign>[{MARKS}])\s*[:=]?\s*(?P<meaning>[^\W\d][^{MARKS}:;|]*)[;|\s]*")
# Plan d'actions (P = pilote, A = associé) · (P : pilote – A : associé)
BRACKETED = re.compile(rf"\((?P<entries>{SIGN.pattern}\s*[=:].*)\)\W*$")
BRACKETED_ENTRY = re.compile(rf"(?P<sign>{SIGN.pattern})\s*[=:]\s*(?P<meaning>[^\W\d].*)")
BRACKETED_PARTED = re.compile(rf"\s*[;,•|/–—-]\s*(?={SIGN.pattern}\s*[=:])")
# Légende : EV = Eurovallée · CD = Département
ENTRY = re.compile(rf"(?:^|:\s*)(?P<sign>{SIGN.pattern})\s*=\s*(?P<meaning>[^\W\d].*)")
PARTED = re.compile(rf"\s*[;,•|]\s*(?={SIGN.pattern}\s*=)")
# Légende : ligne verte : action reconduite · Lecture : …
OPENING = re.compile(
    r"\W*(?:légende|(?:clé|note) de lecture|lecture|nota(?: bene)?|n\.?b\.?)\s*:", re.I
)
PITCH = 1.8  # of the font size, from line to line of a legend

Legend = Mapping[str, PlacedText]


def with_legends(
    tables: Iterable[ExtractedTable], lines: Sequence[Line]
) -> Iterable[ExtractedTable]:
    """`tables`, whose cells hold as notes what `lines` on the same pages, outside the tables, say
    that their signs mean."""
    entries = [(line.page, legend) for line in lines if (legend := _legend(line))]
    for table in tables:
        own: dict[str, PlacedText] = {}
        for page, legend in entries:
            if table.page_first <= page <= table.page_last:
                own |= legend
        yield with_cell_notes(table, partial(_told, own)) if own else table


def without_legend(lines: Sequence[Line]) -> Sequence[Line]:
    """`lines` above a table without the legend that ends them: it is no title."""
    start = next((i for i in range(len(lines), 0, -1) if OPENING.match(lines[i - 1].text)), None)
    if start is None:
        return lines
    pitches = (b.box.top - a.box.top for a, b in pairwise(lines[start - 1 :]))
    return lines[: start - 1] if all(p < PITCH * lines[start - 1].size for p in pitches) else lines


def _legend(line: Line) -> Legend:
    """The signs that `line` explains, where it says nothing else; marks, which may be bullets,
    where several do."""
    at = place(line.page, line.box)
    rest = OPENING.sub("", line.text).strip()
    marked = [*MARKED.finditer(rest)]
    signs = {m["sign"]: m["meaning"].strip(" .,") for m in marked}
    if len(signs) == len(marked) > 1 and "".join(m[0] for m in marked) == rest:
        return {
            sign: PlacedText(text=f"{sign} = {meaning}", place=at)
            for sign, meaning in signs.items()
        }
    if bracketed := BRACKETED.search(line.text):
        pieces = BRACKETED_PARTED.split(bracketed["entries"])
        found = [BRACKETED_ENTRY.fullmatch(piece) for piece in pieces]
    else:
        pieces = PARTED.split(line.text.strip(" .;")) if "=" in line.text else []
        found = [ENTRY.search(piece) for piece in pieces]
    told = [m for m in found if m]
    if len(told) < len(found) or (bracketed and len(told) < 2):
        return {}
    return {m["sign"]: PlacedText(text=f"{m['sign']} = {m['meaning']}", place=at) for m in told}


def _told(legend: Legend, cell: ExtractedCell) -> list[PlacedText]:
    signs = dict.fromkeys(SIGN.findall(cell.text))
    return [legend[sign] for sign in signs if sign in legend]


def with_cell_notes(
    table: ExtractedTable, told: Callable[[ExtractedCell], Sequence[PlacedText]]
) -> ExtractedTable:
    """`table`, each cell below the head with what is `told` of it as further notes."""

    def noted(cell: ExtractedCell) -> ExtractedCell:
        more = told(cell)
        return cell.model_copy(update={"notes": [*cell.notes, *more]}) if more else cell

    rows = [row.model_copy(update={"cells": [*map(noted, row.cells)]}) for row in table.rows]
    return table.model_copy(update={"rows": rows})
