"""What a legend says of the colours behind rows: « Légende : ligne verte : action reconduite ; … ».

Such a legend names two colours at least, and says nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.pages.page import Fill, Line, Page
from extractors.tables.legends import OPENING, with_cell_notes
from extractors.tables.logical import place
from normalizers.colours import named_colour, nearest_colour
from pipeline.extracted import ExtractedCell, ExtractedTable, Place, PlacedText, Problem

PARTED = re.compile(r"\s*(?:[;•·|]|,(?=[^,;:=]{1,40}[:=]))\s*")  # vert = finie, rouge = à lancer
# ligne verte : action reconduite · En bleu = action nouvelle
ENTRY = re.compile(r"(?P<names>[^\W\d][^:=\d]{0,40}?)\s*[:=]\s*(?P<meaning>[^\W\d].*)")
FEWEST = 2

Legend = Mapping[str, PlacedText]


def with_colours(
    tables: Iterable[ExtractedTable], lines: Sequence[Line], fills: Mapping[int, Sequence[Fill]]
) -> list[ExtractedTable]:
    """`tables`, whose cells hold as notes what `lines` of the same page say of the colour behind
    them, of the `fills` by page."""
    legends: dict[int, dict[str, PlacedText]] = {}
    for line in lines:
        if legend := _legend(line):
            legends.setdefault(line.page, {}).update(legend)
    return [_explained(table, legends, fills) for table in tables] if legends else [*tables]


def unseen_colours(tables: Iterable[ExtractedTable], lines: Sequence[Line]) -> Iterator[Problem]:
    """Legends among `lines` of colours that stand behind no cell of `tables`: of letters, marks."""
    noted = {n.text for t in tables for r in t.rows for c in r.cells for n in c.notes}
    for line in lines:
        legend = _legend(line)
        if legend and noted.isdisjoint(note.text for note in legend.values()):
            yield Problem(
                rule="colour_unread",
                severity="warning",
                message=f"Page {line.page} : « {line.text} » dit ce que des couleurs signifient, "
                "qui ne sont pas lues : voyez dans le document quelles lignes les portent.",
                page=line.page,
                observed=line.text,
            )


def fills_on_paper(page: Page) -> list[Fill]:
    """The fills of `page` where they stand on it as displayed."""
    return [replace(fill, box=page.on_paper(fill.box)) for fill in page.fills]


def _legend(line: Line) -> Legend:
    if len(PARTED.split(line.text)) < FEWEST:
        return {}
    text = OPENING.sub("", line.text).strip(" .;")
    entries = [ENTRY.fullmatch(piece) for piece in PARTED.split(text)]
    told = [(m, colour) for m in entries if m and (colour := named_colour(m["names"]))]
    if len(told) < max(FEWEST, len(entries)) or len({colour for _, colour in told}) < len(told):
        return {}
    at = place(line.page, line.box)
    return {
        colour: PlacedText(text=f"{m['names']} = {m['meaning'].strip()}", place=at)
        for m, colour in told
    }


def _explained(
    table: ExtractedTable,
    legends: Mapping[int, Legend],
    fills: Mapping[int, Sequence[Fill]],
) -> ExtractedTable:
    def told(cell: ExtractedCell) -> list[PlacedText]:
        legend = legends.get(cell.place.page, {})
        behind = _behind(cell.place, fills.get(cell.place.page, ())) if legend else None
        colour = behind and nearest_colour(behind.colour, set(legend))
        return [legend[colour]] if colour else []

    return with_cell_notes(table, told)


def _behind(at: Place, fills: Sequence[Fill]) -> Fill | None:
    """The last painted of `fills` behind the middle of what stands at `at`."""
    x, y = (at.x0 + at.x1) / 2, (at.top + at.bottom) / 2
    return next((f for f in reversed(fills) if f.visible and f.box.holds(x, y)), None)
