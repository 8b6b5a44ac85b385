"""Grids of all pages → logical tables: page breaks healed, heads told from rows, words joined."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count as count_from
from itertools import pairwise, repeat, takewhile
from typing import Any

from extractors.grids.grid import Grid
from extractors.grids.pieces import says_columns
from extractors.pages.page import Box, Page
from extractors.tables.by_head import Columns
from extractors.tables.cell_text import cell_text
from extractors.tables.confidence import confidence_in
from extractors.tables.conserved import (
    ReadRow,
    ended_in_cells,
    left_out,
    printed_in,
    said_by,
    words_of,
)
from extractors.tables.cut_rows import (
    MANY,
    carry_down,
    complete,
    completes,
    cut_with_room,
    has_sums_alone,
)
from extractors.tables.heads import (
    YEAR,
    is_numbering,
    is_section,
    is_sum,
    opened,
    without_head,
)
from extractors.tables.joining import columns_of, joined_parts
from extractors.tables.parts import Part, PartCell, PartRow
from normalizers.actions.rows import is_part, is_total, names_part, replaces, subtotals
from normalizers.amounts import read_cell
from normalizers.words import Vocabulary
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable, Place
from pipeline.kinds import RowKind

NARROW = 5.0  # points: an empty column this narrow is a double rule
DOUBTFUL = 0.5  # confidence in a figure that the end of a page may have cut
CUT = 0.0  # and in one whose end stands in the next row
# Département : 8 | 500 €
CUT_SUM = re.compile(r"(?:^|[^\d.,][ :])\d{1,3}$")
END_OF_SUM = re.compile(r"\d{3}(?:[ .]\d{3})*(?:,\d{1,2})?\s?(?:€|euros?\b)", re.IGNORECASE)


GridPlace = tuple[int, int]  # the page of a grid, and its place among those of this page


def read_tables(
    pages: Iterable[Page], grids: Mapping[int, Sequence[Grid]], vocabulary: Vocabulary
) -> list[tuple[ExtractedTable, list[GridPlace]]]:
    """Logical tables in reading order, from the grids of each page (key: page number), and where
    the grids stand that each is made of.

    `pages` hold neither furniture nor the words of tables: what is left between two grids parts
    them. Titles and annex numbers are left to the caller.
    """
    return [
        (_table(position, parts, vocabulary), [_place_of(part.grid, grids) for part in parts])
        for position, parts in enumerate(joined_parts(pages, grids), start=1)
    ]


def _place_of(grid: Grid, grids: Mapping[int, Sequence[Grid]]) -> GridPlace:
    return grid.page, [other.box for other in grids[grid.page]].index(grid.box)


def judged(
    table: ExtractedTable, places: Iterable[GridPlace], grids: Mapping[int, Sequence[Grid]]
) -> ExtractedTable:
    """`table`, made of the grids at `places`, with what other readers say of these."""
    return table.model_copy(update=_opinion([grids[page][i] for page, i in places]))


def _table(position: int, parts: Sequence[Part], vocabulary: Vocabulary) -> ExtractedTable:
    first = parts[0].grid
    count = first.column_count
    titles, head, rows = opened(list(parts[0].rows), parts, count)
    spared = 0
    for part, own in zip(parts[1:], columns_of(parts), strict=True):
        more = [_moved(row, own) for row in part.rows[own.head :]]
        more = without_head(more, [*titles, *head])
        spared += left_out([*titles, *head], part.rows, more)
        if rows and more and completes(rows, more[0], count):
            complete(rows, more.pop(0))
        elif rows and more and has_sums_alone(rows[-1], more[0]):
            rows[-1].torn = more[0].torn = True
        carry_down(rows, more, count)
        rows.extend(more)
    kept = _kept_columns([*head, *rows], first)
    levels = _spread([row for row in head if not is_numbering(row, count)], count)
    columns = [_heading([r.cells.get(c, []) for r in levels], vocabulary) for c in kept]
    opening = [_extracted(row, kept, count, vocabulary).cells for row in (*titles, *head)]
    body = _told_apart(_doubted([_extracted(row, kept, count, vocabulary) for row in rows]))
    title = " ".join(
        cell_text(row.cells[c], vocabulary) for row in titles for c in row.filled_columns
    )
    made = [*opening[len(titles) :], *(row.cells for row in body)]
    return ExtractedTable(
        position=position,
        annex=None,
        title=title,
        columns=columns,
        head=opening,
        rows=body,
        page_first=parts[0].grid.page,
        page_last=parts[-1].grid.page,
        extractor="pdfium" if first.ruled else "pdfium, sans filets",
        characters=printed_in(parts),
        characters_in_cells=said_by(title, words_of(titles))
        + ended_in_cells(map(_made_of, [*head, *rows], made, repeat(kept)))
        + spared,
        **_opinion([part.grid for part in parts]),
    )


def _made_of(row: PartRow, cells: Sequence[ExtractedCell], kept: Sequence[int]) -> ReadRow:
    return row, [(kept[cell.column - 1], cell) for cell in cells]


def _opinion(grids: Sequence[Grid]) -> dict[str, Any]:
    """On what share of cells readers agree (None where only one could read), and where not."""
    compared = sum(grid.compared for grid in grids)
    agreed = sum(grid.agreed for grid in grids)
    return {
        "agreement": round(agreed / compared, 4) if compared else None,
        "disagreements": [d for grid in grids for d in grid.doubtful],
    }


def _moved(row: PartRow, own: Columns) -> PartRow:
    """`row` with its cells in the columns of the table's first part, of which its `own` are."""
    cells: dict[int, list[PartCell]] = {}
    for column, members in row.cells.items():
        target = own.spans[column][0]
        for cell in members:
            end = own.spans[column + cell.spans_columns - 1][1]
            cells.setdefault(target, []).append(replace(cell, spans_columns=end - target))
    return PartRow(cells)


def _spread(head: Sequence[PartRow], count: int) -> list[PartRow]:
    """Head rows with each text standing over all columns that its cell covers, and a year over
    those on both sides of it that have headings below it and none beside it."""
    result = []
    for row, below in pairwise([*head, PartRow({})]):
        cells: dict[int, list[PartCell]] = {}
        for column, members in row.cells.items():
            for c in range(column, min(column + members[0].spans_columns, count)):
                cells[c] = members
        cells |= {c: row.cells[year] for year in row.cells for c in _beside_year(row, year, below)}
        result.append(PartRow(cells))
    return result


def _beside_year(row: PartRow, year: int, below: PartRow) -> list[int]:
    """The columns on both sides of `year`, a column of `row` that says no more than one, up to the
    texts beside it; none where these are years, too, or missing, as in a row above the head."""
    if row.cells[year][0].spans_columns > 1 or not YEAR.fullmatch(row.text(year)):
        return []
    sides = []
    for step in (-1, 1):
        blank = takewhile(
            lambda c: below.text(c) and not row.text(c), count_from(year + step, step)
        )
        sides.append(list(blank))
        end = row.cells.get(year + step * (len(sides[-1]) + 1), [])
        bare = not any(c.raw for c in end)
        if (
            bare
            or not sides[-1]
            or any(c.spans_columns == 1 and YEAR.fullmatch(c.raw) for c in end)
        ):
            return []
    return [c for side in sides for c in side]


def _heading(levels: Sequence[Sequence[PartCell]], vocabulary: Vocabulary) -> str:
    """A column's heading: the texts above it, top to bottom, each once."""
    texts: list[str] = []
    for cells in levels:
        text = cell_text(cells, vocabulary).replace("\n", " ")
        if text and text not in texts:
            texts.append(text)
    return " ".join(texts)


def _kept_columns(rows: Sequence[PartRow], grid: Grid) -> list[int]:
    """Columns that say something, or are wide enough to be meant."""
    return [
        c
        for c in range(grid.column_count)
        if any(row.text(c) for row in rows)
        or (grid.xs[c + 1] - grid.xs[c] > NARROW and not _always_covered(rows, c))
    ]


def _always_covered(rows: Sequence[PartRow], column: int) -> bool:
    return all(column not in row.cells for row in rows)


def _extracted(
    row: PartRow, kept: Sequence[int], count: int, vocabulary: Vocabulary
) -> ExtractedRow:
    cells = [
        _extracted_cell(number, row.cells[column], vocabulary, row.torn)
        for number, column in enumerate(kept, start=1)
        if row.cells.get(column)
    ]
    scanned = any(cell.confidence is not None for cell in cells)
    parts = (part for column in kept for part in row.cells.get(column, []))
    if scanned and any(says_columns(part.words) for part in parts):
        cells = [_in_doubt(cell) for cell in cells]
    own = [
        cell.text for cell in cells if cell.spans_rows == 1
    ]  # an axis beside its rows tells none
    if is_total([cell.text for cell in cells]) or is_total(own):
        return ExtractedRow(kind="total", cells=cells)
    return ExtractedRow(kind="section" if is_section(row, count) else "body", cells=cells)


def _in_doubt(cell: ExtractedCell) -> ExtractedCell:
    """`cell` of a row in which columns of a scan, if it is one, were read as one."""
    if cell.confidence is None:
        return cell
    return cell.model_copy(update={"confidence": min(cell.confidence, DOUBTFUL)})


def _doubted(rows: list[ExtractedRow]) -> list[ExtractedRow]:
    """`rows`, the cells without confidence of which one ends as a sum begins and the one below it
    begins as a sum ends: they are one, that was parted."""
    cut: set[tuple[int, int]] = set()
    for i, (above, below) in enumerate(pairwise(rows)):
        ends = {c.column: c.text for c in below.cells if END_OF_SUM.match(c.text)}
        for cell in above.cells:
            if cell.column in ends and CUT_SUM.search(cell.text):
                cut |= {(i, cell.column), (i + 1, cell.column)}
    return [
        row.model_copy(
            update={
                "cells": [
                    c.model_copy(update={"confidence": CUT}) if (i, c.column) in cut else c
                    for c in row.cells
                ]
            }
        )
        if any(i == number for number, _ in cut)
        else row
        for i, row in enumerate(rows)
    ]


def _told_apart(rows: list[ExtractedRow]) -> list[ExtractedRow]:
    """`rows`, those that the next one replaces, those that add up the next ones, and titles in one
    of their columns named so."""
    texts = [{c.column: c.text for c in row.cells if c.text.strip()} for row in rows]
    kinds: dict[int, RowKind] = {
        i: "replaced" for i, pair in enumerate(pairwise(texts)) if replaces(*pair)
    }
    found = [*_titles_in_column(rows), *_titles_across(rows)]
    titles: dict[int, RowKind] = {i: "section" for i in found if i not in kinds}
    kinds |= titles
    kinds |= {i: "total" for i in _sums_below_total(rows) if i not in kinds}
    body = [i for i, row in enumerate(rows) if row.kind == "body" and i not in kinds]
    kinds |= {body[k]: "total" for k in subtotals([texts[i] for i in body])}
    for i, text in enumerate(texts[1:], 1):
        if kinds.get(i - 1, rows[i - 1].kind) == "total" and len(text) > 1 and is_part(text):
            kinds[i] = "total"  # dont État, below what all pay
    return [row.model_copy(update={"kind": kinds.get(i, row.kind)}) for i, row in enumerate(rows)]


def _sums_below_total(rows: Sequence[ExtractedRow]) -> list[int]:
    """Which of `rows` say nothing but sums below the one word, across the table, that adds all up:
    'TOTAL'."""
    told = [[c for c in row.cells if c.text.strip()] for row in rows]
    return [
        i
        for i in range(1, len(rows))
        if rows[i - 1].kind == "total"
        and len(told[i - 1]) == 1
        and told[i - 1][0].spans_columns > 1
        and told[i]
        and all(read_cell(c.text).total is not None for c in told[i])
    ]


def _titles_across(rows: Sequence[ExtractedRow]) -> list[int]:
    """Which of `rows` of a scan say one title over others across several cells, first to last."""
    told = [[c for c in row.cells if c.text.strip()] for row in rows]
    return [
        i
        for i, cells in enumerate(told[:-1])
        if 1 < len(cells) < len(rows[i].cells)
        and len(rows[i].cells) >= MANY
        and cells == rows[i].cells[: len(cells)]
        and all(c.confidence is not None and "\n" not in c.text for c in cells)
        and names_part(" ".join(c.text for c in cells))
    ]


def _titles_in_column(rows: Sequence[ExtractedRow]) -> list[int]:
    """Which of `rows` say one text alone, over others that say more: the name of a part, or a text
    in bold type, unlike the others of its column."""
    told = [[c for c in row.cells if c.text.strip()] for row in rows]
    body = [i for i, row in enumerate(rows) if row.kind == "body" and told[i]]
    lone = [
        i
        for i in body
        if len(told[i]) == 1
        and sum(c.spans_columns for c in rows[i].cells) >= MANY
        and told[i][0].spans_rows == 1
        and not is_sum(told[i][0].text)
    ]
    parts = [i for i in lone if names_part(told[i][0].text)]
    bold = [i for i in lone if told[i][0].bold and i not in parts]
    others = [c for i in body if i not in (*parts, *bold) for c in told[i]]
    found = parts if others else []
    for i in bold:
        column = [c for c in others if c.column == told[i][0].column]
        over = next((j for j in body if j > i), i)
        if over > i and over not in bold and 2 * sum(c.bold for c in column) < len(column):
            found.append(i)
    return found


def _extracted_cell(
    number: int, members: Sequence[PartCell], vocabulary: Vocabulary, torn: bool
) -> ExtractedCell:
    first = members[0]
    words = [w for cell in members for w in cell.words]
    text = cell_text(members, vocabulary)
    doubtful = _may_be_cut(members) or (torn and is_sum(text))
    heavy = sum(len(w.text) for w in words if w.bold)
    return ExtractedCell(
        column=number,
        text=text,
        bold=bool(words) and 2 * heavy > sum(len(w.text) for w in words),
        place=place(first.page, first.paper),
        spans_rows=first.spans_rows,
        spans_columns=first.spans_columns,
        rest=[place(c.page, c.paper) for c in members if c.page != first.page],
        confidence=DOUBTFUL if doubtful else confidence_in(words, vocabulary),
    )


def place(page: int, box: Box) -> Place:
    """`box` of `page` as a Place, to a tenth of a point."""
    return Place(
        page=page,
        x0=round(box.x0, 1),
        top=round(box.top, 1),
        x1=round(box.x1, 1),
        bottom=round(box.bottom, 1),
    )


def _may_be_cut(members: Sequence[PartCell]) -> bool:
    """May a page's end have cut a figure of this cell, though nothing proves it?"""
    return any(cut_with_room(above, here) for above, here in pairwise(members))
