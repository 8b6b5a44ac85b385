"""The notes that cells call: « 59 500 €¹ », and « (1) Sous réserve… » below the table."""

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.grids.pieces import NOTE
from extractors.pages.page import Line
from extractors.tables.logical import place
from pipeline.extracted import ExtractedCell, ExtractedTable, Place, PlacedText

CALL = re.compile(
    r"(?<=\S)(?:[⁽⁰¹²³⁴-⁹⁾]+|\s?(?:\(\d{1,2}\)|\*{1,3})(?=\s*(?:\n|$)))",
)
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", "⁽⁾() ")
SMALLER = 0.8  # of the size of its note, at most, a number that nothing encloses
NEAR = 0.6  # of the height of a line: how far below it its note goes on


def with_notes(
    tables: Iterable[ExtractedTable], lines: Sequence[Line], small_print: Sequence[PlacedText]
) -> list[ExtractedTable]:
    """`tables`, whose cells hold the notes that they call: of `lines`, outside the tables, or of
    the `small_print` of their pages."""
    around = [
        *(PlacedText(text=line.text, place=place(line.page, line.box)) for line in lines),
        *small_print,
    ]
    bare = {id(text) for text, line in zip(around, lines, strict=False) if not _is_small(line)}
    around.sort(key=lambda text: (text.place.page, text.place.top))
    notes = list(_notes(around, bare))
    return [_with_notes(table, notes) for table in tables] if notes else list(tables)


def _is_small(line: Line) -> bool:
    return line.words[0].size <= SMALLER * line.size


def _notes(texts: Sequence[PlacedText], bare: set[int]) -> Iterator[tuple[str, PlacedText]]:
    """Each note with its mark, the lines that carry it on joined to it; a number of full size that
    nothing encloses opens none in those of `bare`."""
    mark = ""
    lines: list[PlacedText] = []
    for text in texts:
        opened = NOTE.match(text.text)
        opens = opened and not (opened["mark"].isdecimal() and id(text) in bare)
        if lines and not opens and _goes_on(lines[-1].place, text.place):
            lines.append(text)
            continue
        if lines:
            yield mark, _joined(lines)
        lines = [text] if opens else []
        mark = opened["mark"].translate(PLAIN) if opened else ""
    if lines:
        yield mark, _joined(lines)


def _joined(lines: Sequence[PlacedText]) -> PlacedText:
    return PlacedText(text=" ".join(line.text for line in lines), place=lines[0].place)


def _goes_on(above: Place, below: Place) -> bool:
    height = above.bottom - above.top
    return (
        above.page == below.page
        and abs(below.bottom - below.top - height) < 1
        and below.top - above.bottom < NEAR * height
        and below.x0 - above.x0 < height
    )


def _with_notes(table: ExtractedTable, notes: Sequence[tuple[str, PlacedText]]) -> ExtractedTable:
    def noted(cell: ExtractedCell) -> ExtractedCell:
        marks = [m[0].translate(PLAIN) for m in CALL.finditer(cell.text)]
        called = [note for mark in marks if (note := _called(mark, cell, table, notes))]
        return cell.model_copy(update={"notes": called}) if called else cell

    rows = [row.model_copy(update={"cells": [*map(noted, row.cells)]}) for row in table.rows]
    return table.model_copy(update={"rows": rows})


def _called(
    mark: str,
    cell: ExtractedCell,
    table: ExtractedTable,
    notes: Sequence[tuple[str, PlacedText]],
) -> PlacedText | None:
    """The first note of `mark` below `cell`, no further than the page behind the table."""
    start = (cell.place.page, cell.place.top)
    for other, note in notes:
        page, top = note.place.page, note.place.top
        if other == mark and (page, top) > start and page <= table.page_last + 1:
            return note
    return None
