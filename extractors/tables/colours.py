"""What a legend says of the colours behind rows: « Légende : ligne verte : action reconduite ; … ».

Such a legend names two colours at least, and says nothing else; or it shows them, each beside its
meaning or behind it: ■ reconduite ■ nouvelle.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from extractors.pages.page import Fill, Line, Page
from extractors.tables.legends import OPENING, with_cell_notes
from extractors.tables.logical import place
from normalizers.colours import SWATCH, has_hue, named_colour, nearest_colour
from pipeline.extracted import ExtractedCell, ExtractedTable, Place, PlacedText, Problem

PARTED = re.compile(r"\s*(?:[;•·|]|,(?=[^,;:=]{1,40}[:=]))\s*")  # vert = finie, rouge = à lancer
# ligne verte : action reconduite · En bleu = action nouvelle
ENTRY = re.compile(r"(?P<names>[^\W\d][^:=\d]{0,40}?)\s*[:=]\s*(?P<meaning>[^\W\d].*)")
FEWEST = 2

WIDEST_SWATCH = 12.0  # of the font size
LONGEST_MEANING = 40  # characters

Colour = tuple[int, int, int]
Legend = Mapping[str, PlacedText]  # by the key of a colour
Swatches = Mapping[Colour, PlacedText]


def with_colours(
    tables: Iterable[ExtractedTable], lines: Sequence[Line], fills: Mapping[int, Sequence[Fill]]
) -> list[ExtractedTable]:
    """`tables`, whose cells hold as notes what `lines` of the same page say of the colour behind
    them, of the `fills` by page."""
    legends: dict[int, dict[str, PlacedText]] = {}
    for line in lines:
        if legend := _legend(line):
            legends.setdefault(line.page, {}).update(legend)
    shown = {page: swatches(lines, page, fills[page]) for page in fills}
    if not legends and not any(shown.values()):
        return [*tables]
    return [_explained(table, legends, shown, fills) for table in tables]


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


def swatches(lines: Sequence[Line], page: int, fills: Sequence[Fill]) -> Swatches:
    """What the `lines` of `page`, outside its tables, say of the colours of the small `fills` on
    them; nothing where they show fewer than two, or one twice."""
    shown = [
        (colour, PlacedText(text=f"{SWATCH} = {meaning}", place=place(page, line.box)))
        for line in lines
        if line.page == page
        for colour, meaning in _shown_on(line, fills).items()
    ]
    told = dict(shown)
    return told if len(told) == len(shown) >= FEWEST else {}


def _shown_on(line: Line, fills: Sequence[Fill]) -> dict[Colour, str]:
    """The colours on `line`, which says nothing else, each with the words on it or behind it."""
    small = {
        fill.box.x0: fill
        for fill in fills
        if fill.box.top <= line.box.middle[1] <= fill.box.bottom
        and fill.box.width < WIDEST_SWATCH * line.size
        and has_hue(fill.colour)
    }
    pieces = list(_pieces(line))
    starts = [*sorted(small), inf]
    opening = " ".join(text for x, text in pieces if x < starts[0])
    told: dict[Colour, str] = {}
    for start, end in pairwise(starts):
        meaning = " ".join(text for x, text in pieces if start <= x < end)
        told[small[start].colour] = meaning.strip(" .,;:=-–()")
    short = all(0 < len(meaning) <= LONGEST_MEANING for meaning in told.values())
    apart = not opening or OPENING.fullmatch(opening) is not None
    return told if short and apart and len(told) == len(small) else {}


def _pieces(line: Line) -> Iterator[tuple[float, str]]:
    """What stands between the blanks of `line`, and about where the middle of each is."""
    for word in line.words:
        for piece in re.finditer(r"\S+", word.text):
            middle = sum(piece.span()) / 2 / len(word.text)
            yield word.box.x0 + middle * word.box.width, piece[0]


def _explained(
    table: ExtractedTable,
    legends: Mapping[int, Legend],
    shown: Mapping[int, Swatches],
    fills: Mapping[int, Sequence[Fill]],
) -> ExtractedTable:
    def told(cell: ExtractedCell) -> list[PlacedText]:
        page = cell.place.page
        legend, colours = legends.get(page, {}), shown.get(page, {})
        behind = _behind(cell.place, fills.get(page, ())) if legend or colours else None
        if behind and behind.colour in colours:
            return [colours[behind.colour]]
        colour = behind and nearest_colour(behind.colour, set(legend))
        return [legend[colour]] if colour else []

    return with_cell_notes(table, told)


def _behind(at: Place, fills: Sequence[Fill]) -> Fill | None:
    """The last painted of `fills` behind the middle of what stands at `at`."""
    x, y = (at.x0 + at.x1) / 2, (at.top + at.bottom) / 2
    return next((f for f in reversed(fills) if f.visible and f.box.holds(x, y)), None)
