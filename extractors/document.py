"""One PDF → one ExtractedDocument: pages, furniture, tables, prose, in that order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2

from extractors.attached import attached, attached_files, only_attached
from extractors.damaged import damaged_pages
from extractors.grids.boxes import box_grids
from extractors.grids.grid import Grid, without
from extractors.grids.nested import without_blank_rows, without_nested
from extractors.grids.partly_ruled import (
    with_columns,
    with_head,
    with_head_above,
    with_merged_cells,
)
from extractors.grids.rows_within import with_rows
from extractors.grids.ruled import ruled_grids
from extractors.grids.stripes import is_band, is_highlight, with_stripes
from extractors.grids.tall_cells import with_tall_cells
from extractors.grids.texts_apart import with_column_left, with_texts_apart
from extractors.grids.unruled import unruled_grids
from extractors.pages.cards_beside import cards_apart
from extractors.pages.furniture import without_stamps
from extractors.pages.layers import Layers
from extractors.pages.lines import read_lines
from extractors.pages.page import Box, Line, Page
from extractors.pages.panels import panels_apart
from extractors.pages.read_page import read_page
from extractors.pages.text_layer import inlaid_pictures, needs_ocr, was_recognised
from extractors.pages.two_up import parted
from extractors.problems import find_problems
from extractors.ranges import Layout, ReadPage
from extractors.second_opinion import unproved, with_second_opinion
from extractors.tables.beside import MOVED, SAME_HEIGHT, joined_beside
from extractors.tables.called_notes import with_notes
from extractors.tables.colours import fills_on_paper, unseen_colours, with_colours
from extractors.tables.legends import with_legends, without_legend
from extractors.tables.logical import judged, place, read_tables
from extractors.text.annexes import AnnexHeading, unread_annexes
from extractors.text.contacts import contact_places
from extractors.text.enclosed import acts_behind, several_acts
from extractors.text.left_out import sums_left_out
from extractors.text.listed import LINE, in_reading_order, listed_actions
from extractors.text.particulars import read_particulars
from extractors.text.prose import read_prose
from extractors.text.told_above import forms_above
from extractors.text.told_articles import actions_in_articles, actions_under_titles
from extractors.text.written_sheets import with_written_sheets
from extractors.unheld import with_unheld
from normalizers.privacy import signatories
from normalizers.references import names_action, split_reference
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import ExtractedDocument, ExtractedTable, Fact, PageSummary, Place
from pipeline.kinds import PageKind
from pipeline.names import sha256_of

EXTRACTOR_VERSION = "30"
ASKED_AT_ONCE = 50  # pages, of the other readers
FEW_CHARACTERS = 3  # a page with fewer is blank
SENTENCE_END = re.compile(r"(?<=[.;!?])(?<!^\d\.)(?<!^\d\d\.)\s+(?=[A-ZÀ-Ý])")
TITLE_REACH = 60.0  # points above a table where its title may stand
TOLD_GAP = 0.5  # of the font size, between the lines of what is told of an action
TITLE_PITCH = 1.8  # of the font size, from line to line of a title


def read_document(path: Path) -> ExtractedDocument:
    """All that the PDF at `path` says; its `document_id` is the caller's to give, and those of the
    acts behind it.

    Raises pypdfium2.PdfiumError when it cannot be opened, UnreadableDocument when its pages are
    scans that nothing here can read.
    """
    return whole_document(path, _read_pages(path))


def read_range(path: Path, numbers: range) -> list[ReadPage]:
    """The pages `numbers` (from 1) of a document too long to be read at once.

    Raises what `read_document` raises.
    """
    read = _read_pages(path, numbers)
    layout, _ = _laid_out(path, read)
    return [replace(item, found=layout.found(item.page.number)) for item in read]


def whole_document(path: Path, read: Sequence[ReadPage]) -> ExtractedDocument:
    """What the PDF at `path` says, of which all pages were `read`, at once or in ranges: the result
    is the same. Acts bound into one file are read each by itself; files that it carries within are
    told. Raises UnreadableDocument where it holds nothing but these.
    """
    document = _document(path, read)
    files = attached_files(path)
    if not files:
        return document
    if not document.articles and not document.tables:
        raise only_attached(files)
    return document.model_copy(update={"problems": [*document.problems, attached(files)]})


def _document(path: Path, read: Sequence[ReadPage]) -> ExtractedDocument:
    layout, tables = _laid_out(path, read)
    titles = list(acts_behind(layout.lines))
    if not titles:
        return _act(path, read, layout, tables)
    starts = [0, *(title.page - 1 for title in titles), len(read)]
    parts = [read[start:end] for start, end in pairwise(starts)]
    first, *behind = (_act(path, part, *_laid_out(path, part)) for part in parts)
    told = [several_acts(t, act.pages[-1].number) for t, act in zip(titles, behind, strict=True)]
    return first.model_copy(update={"behind": behind, "problems": [*first.problems, *told]})


def _act(
    path: Path, read: Sequence[ReadPage], layout: Layout, tables: list[ExtractedTable]
) -> ExtractedDocument:
    """One act of the PDF at `path`, which has the pages `read`."""
    prose = read_prose(layout.lines, layout.furniture, layout.vocabulary)
    tables, others = with_written_sheets(tables, layout.lines, layout.vocabulary)
    tables += listed_actions(others, prose.annex_headings, layout.vocabulary, len(tables) + 1)
    if not tables:
        tables = actions_in_articles(prose.articles, 1) or actions_under_titles(
            layout.lines, prose.articles, layout.vocabulary, 1
        )
    facts = _with_particulars(prose.facts, tables, layout.vocabulary)
    public = signatories(facts)
    hidden: list[Place] = []
    summaries: list[PageSummary] = []
    for item in read:
        grids = layout[item.page.number]
        body = layout.body(item.page.number)
        summaries.append(_summary(body, grids))
        hidden += contact_places(item.page, grids, public)
    lines, fills = layout.lines, {item.page.number: fills_on_paper(item.page) for item in read}
    joined = joined_beside(
        tables,
        {item.page.number: item.page for item in read},
        lambda page, left: _says_no_more(layout.rest(page), layout.rest(left)),
    )
    noted = with_legends(with_notes(joined, lines, layout.furniture), lines)
    coloured = in_reading_order(with_colours(noted, lines, fills))
    titled = (_titled(table, prose.annex_headings, layout) for table in coloured)
    explained = forms_above(titled, others, layout.vocabulary)
    document = ExtractedDocument(
        document_id=path.stem,
        filename=path.name,
        sha256=sha256_of(path),
        extractor_version=EXTRACTOR_VERSION,
        page_count=len(read),
        pages=summaries,
        title=prose.title,
        facts=facts,
        articles=prose.articles,
        tables=explained,
        notes=prose.notes,
        furniture=layout.furniture,
        problems=[
            *find_problems(read, layout),
            *prose.problems,
            *unseen_colours(explained, lines),
            *unread_annexes(lines, prose.annex_headings, tables, prose.articles),
            *sums_left_out(lines, prose, explained),
        ],
        hidden=hidden,
    )
    return _unfolded(document, {i.page.number: i.page for i in read if i.page.fold is not None})


def _with_particulars(
    facts: list[Fact], tables: Sequence[ExtractedTable], vocabulary: Vocabulary
) -> list[Fact]:
    """`facts`, and, where they name no party, those that a table of the act's particulars adds."""
    if any(fact.name.startswith("party.") for fact in facts):
        return facts
    told = {fact.name for fact in facts}
    return facts + [f for f in read_particulars(tables, vocabulary) if f.name not in told]


def _unfolded(document: ExtractedDocument, folded: Mapping[int, Page]) -> ExtractedDocument:
    """`document` with what stands on the pages `folded` in its place on their sheets."""

    def walked(value: Any) -> Any:
        if isinstance(value, list):
            return [walked(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.keys() == Place.model_fields.keys() and value["page"] in folded:
            page = folded[value["page"]]
            box = page.unfolded(Box(value["x0"], value["top"], value["x1"], value["bottom"]))
            return place(value["page"], box).model_dump()
        return {name: walked(item) for name, item in value.items()}

    return ExtractedDocument.model_validate(walked(document.model_dump())) if folded else document


def _read_pages(path: Path, numbers: range | None = None) -> list[ReadPage]:
    with pypdfium2.PdfDocument(path) as document:
        numbers = numbers or range(1, len(document) + 1)
        layers = Layers(path)
        pages = {number: read_page(document, number, layers) for number in numbers}
        scans = [
            page.number
            for page in pages.values()
            if _is_picture(page) and min(document.get_page_size(page.number - 1)) >= 1
        ]
        if scans:
            from extractors.scans.ocr import read_scans  # image libraries load slowly

            for page in read_scans(document, scans):
                other = pages[page.number]
                if not was_recognised(other) or 2 * page.characters > other.characters:
                    pages[page.number] = page
        pictured = {
            page.number: (page, pictures)
            for page in pages.values()
            if page.number not in scans and (pictures := inlaid_pictures(page))
        }
        if pictured:
            from extractors.scans.inlaid import with_pictures  # as above

            pages |= {page.number: page for page in with_pictures(document, pictured)}
    for number in damaged_pages(path, numbers):
        pages[number] = replace(pages[number], damaged=True)
    read = (page if _is_scan(page) else _in_order(page) for page in pages.values())
    return [ReadPage(page, without_stamps(page)) for page in read]


def _in_order(page: Page) -> Page:
    """`page` with what stands side by side on it, to be read one after the other, so."""
    return panels_apart(cards_apart(parted(page)))


def _is_scan(page: Page) -> bool:
    return page.is_scan or was_recognised(page)


def _is_picture(page: Page) -> bool:
    """Is `page` to be read from its picture? So is one whose text another program recognised, where
    Tesseract is installed: what that program doubted, it did not write down."""
    if not was_recognised(page):
        return needs_ocr(page)
    from extractors.scans.tesseract import ocr_available  # image libraries load slowly

    return ocr_available() or needs_ocr(page)


def _laid_out(path: Path, read: Sequence[ReadPage]) -> tuple[Layout, list[ExtractedTable]]:
    """The tables of some pages, and what stands around them."""
    layout = Layout(read, _grids)
    placed = read_tables(map(layout.rest, layout), layout, layout.vocabulary)
    placed = [(with_unheld(table, places, layout.body, layout), places) for table, places in placed]
    tables = [table for table, _ in placed]
    asked = layout.judged.copy()
    doubted = {page.number for page in unproved(map(layout.body, layout), layout, tables)}
    layout.judged &= doubted
    ask = sorted(doubted - asked)
    for start in range(0, len(ask), ASKED_AT_ONCE):
        some = ask[start : start + ASKED_AT_ONCE]
        furniture = [piece for piece in layout.furniture if piece.place.page in some]
        grids = {number: layout[number] for number in some}
        layout.judge(with_second_opinion(path, [*map(layout.body, some)], grids, furniture))
    if layout.judged != asked:
        tables = [judged(table, places, layout) for table, places in placed]
    return layout, tables


def _grids(page: Page) -> list[Grid]:
    even = [without_blank_rows(without_nested(grid)) for grid in ruled_grids(page)]
    drawn = [g for g in with_stripes(page, even) if not is_band(page, g)]
    ruled = [with_head(page, with_rows(page, with_columns(page, grid))) for grid in drawn]
    ruled = [with_head_above(page, grid) for grid in ruled]
    ruled = [grid for grid in ruled if not is_highlight(page, grid)]
    boxed = box_grids(page, ruled)
    ruled = [grid for grid in ruled if not any(b.box.overlap(grid.box) for b in boxed)]
    unruled = unruled_grids(page, [*boxed, *ruled])
    grids = [with_merged_cells(page, grid) for grid in (*ruled, *unruled)]
    full = [with_texts_apart(with_tall_cells(grid)) for grid in grids]
    rest = without(page, [*boxed, *full]).words
    whole = [with_column_left(grid, rest) for grid in full]
    return sorted([*boxed, *whole], key=lambda g: g.box.top)


def _summary(page: Page, grids: Sequence[Grid]) -> PageSummary:
    inside = sum(len(w.text) for grid in grids for cell in grid.cells for w in cell.words)
    width, height = page.displayed
    return PageSummary(
        number=page.number,
        width=round(width, 1),
        height=round(height, 1),
        kind=_kind(page, grids),
        characters=page.characters,
        characters_in_tables=inside,
        ocr_confidence=page.ocr_confidence,
    )


def _kind(page: Page, grids: Sequence[Grid]) -> PageKind:
    if page.unread:
        return "scan"
    if page.characters < FEW_CHARACTERS:
        return "blank"
    if page.is_scan or was_recognised(page):
        return "scan"
    if not grids:
        return "prose"
    if not any(grid.ruled for grid in grids):
        return "unruled_table"
    return "form" if all(grid.column_count <= 2 for grid in grids) else "ruled_table"


def _titled(
    table: ExtractedTable,
    annexes: Sequence[AnnexHeading],
    layout: Layout,
) -> ExtractedTable:
    """`table` with the annex it stands in, and a title: its own, the annex's, or the text above."""
    start = min(
        (c.place for cells in (*table.head, *(r.cells for r in table.rows)) for c in cells),
        key=lambda p: (p.page, p.top),
        default=None,
    )
    if start is None:
        return table
    before = [
        a for a in annexes if (a.place.page, a.place.top) < (table.page_first, start.top + 0.1)
    ]
    annex = before[-1] if before else None
    above = _text_above(table.page_first, start.top, layout)
    title = table.title or (annex.title if annex and not above else "") or above
    over = annex.title if annex and annex.place.page == table.page_first else ""
    for named in (above, over):  # the band « FICHE ACTION », or who runs it
        if names_action(named) and not names_action(title):
            title = named
    if annex and above and above in annex.title:
        title = annex.title
    of_annex = {"annex": annex.annex, "annex_title": annex.title} if annex else {"annex": None}
    return table.model_copy(update={**of_annex, "title": title})


def _says_no_more(page: Page, other: Page) -> bool:
    """Does `page` say nothing but what `other` says at the same places?"""
    reach = MOVED if page.is_scan else SAME_HEIGHT
    return all(
        any(
            word.text == said.text
            and abs(word.box.x0 - said.box.x0) <= reach
            and abs(word.box.top - said.box.top) <= reach
            for said in other.words
        )
        for word in page.words
    )


def _text_above(number: int, top: float, layout: Layout) -> str:
    """The heading or the last sentence above a table that starts at `top` of page `number`."""
    page = layout.rest(number)
    above = read_lines(replace(page, words=tuple(w for w in page.words if w.box.middle[1] < top)))
    lines = without_legend(above)
    top = above[len(lines)].box.top if len(lines) < len(above) else top
    if not lines and number > min(layout):
        return _heading_below(number - 1, layout)
    if not lines or lines[-1].box.middle[1] < top - TITLE_REACH:
        return ""
    block = [lines[-1]]
    for line in reversed(lines[:-1]):
        below = block[0]
        near = below.box.top - line.box.top < TITLE_PITCH * below.size
        alike = near and line.bold == below.bold and abs(line.size - below.size) <= 0.6
        if not alike or names_action(below.text):
            break
        block.insert(0, line)
    text = join_lines([line.text for line in block], layout.vocabulary)
    if not names_action(text) and (title := _title_over(lines)):
        return title
    if _are_told(lines) and number > min(layout) and (title := _heading_below(number - 1, layout)):
        return title
    if not SENTENCE_END.search(split_reference(text)[1]):  # FA 3. Colocations
        return text
    return SENTENCE_END.split(text)[-1]


def _title_over(lines: Sequence[Line]) -> str:
    """The title of an action above the last of `lines`, which name what they tell of it: 'Porteur :
    …', between its title and its budget; '' without one."""
    for i in range(len(lines) - 1, -1, -1):
        if names_action(lines[i].text) and lines[i].bold and not lines[-1].bold:
            return lines[i].text if _are_told(lines[i + 1 :]) else ""
    return ""


def _are_told(lines: Sequence[Line]) -> bool:
    """Does each of `lines` name what it tells, or go on with the one right above?"""
    return bool(lines) and all(
        LINE.match(line.text)
        or (above is not None and line.box.top - above.box.bottom < TOLD_GAP * line.size)
        for above, line in zip((None, *lines), lines, strict=False)
    )


def _heading_below(number: int, layout: Layout) -> str:
    """The heading of an action that ends page `number`, with nothing of its own below it but lines
    that name what they tell."""
    bottom = max((grid.box.bottom for grid in layout[number]), default=0.0)
    lines = [line for line in read_lines(layout.rest(number)) if line.box.top >= bottom]
    if not lines:
        return ""
    last = lines[-1].text
    return last if names_action(last) and last[-1] not in ".;:" else _title_over(lines)
