"""Sheets of actions that are written below one another, as text: each asks what the others ask.

Fiche action n° 2 : Bail glissant      a title
Pilote : CCAS                          a question, answered on its line
Objectifs                              or below
- capter 20 logements

A question needs no wording of its own: most sheets repeat it, and it stands out, or ends with a
colon; where nothing stands out, all repeat it. The titles number actions, or are what stands out
above the question that is asked first. Each sheet becomes a form of two columns, what is asked and
what is told; a table within it parts it in two. Where all questions are answered on their lines,
the sheets are the entries of a list (`listed`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extractors.pages.page import Line
from extractors.text.annexes import annex_heading
from extractors.text.asked import COUNTED, Answered, asks, title_at, written_form
from extractors.text.headings import BULLET, OFFICE, SAME_SIZE, Style, is_article, is_signed
from extractors.text.listed import SUM, start_of
from normalizers.exercises import YEARS
from normalizers.references import TITLE_ALONE, names_action
from normalizers.terms import fold
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import SHEET, ExtractedTable

FEWEST_SHEETS, FEWEST_ASKED = 2, 3
LONGEST_QUESTION = 60  # characters


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: the lines of its title, or the table that is its head, and the lines below."""

    title: Sequence[Line]
    body: Sequence[Line]
    head: ExtractedTable | None = None


def with_written_sheets(
    tables: Sequence[ExtractedTable], lines: Sequence[Line], vocabulary: Vocabulary
) -> tuple[list[ExtractedTable], list[Line]]:
    """`tables`, and as forms the sheets of actions among `lines` (those outside of them, without
    furniture, in reading order), each joined with the table that is its head; the lines that no
    sheet holds."""
    style = Style.of(lines)
    heads = {_first_below(lines, table): table for table in tables if _heads_sheet(table)}
    found = _found(lines, heads, style)
    if found is None:
        return list(tables), list(lines)
    sheets, questions = found
    held = {id(line) for sheet in sheets for line in (*sheet.title, *sheet.body)}
    joined = {id(sheet.head) for sheet in sheets}
    forms = [f for sheet in sheets for f in _forms(sheet, questions, tables, vocabulary)]
    left = [line for line in lines if id(line) not in held]
    return [*(table for table in tables if id(table) not in joined), *forms], left


def _found(
    lines: Sequence[Line], heads: Mapping[int, ExtractedTable], style: Style
) -> tuple[list[_Sheet], set[int]] | None:
    """The sheets, and the lines that ask, by their identity; None where there are none."""
    named = {i for i, line in enumerate(lines) if _is_title(line, style)} | {*heads}
    for plain in (False, True):
        asked = [_question(line, style, plain) for line in lines]
        starts = sorted(named) if len(named) >= FEWEST_SHEETS else _above_first(asked, lines, style)
        blocks = list(_blocks(lines, starts, style))
        counts = Counter(q for block in blocks for q in {*asked[block.start : block.stop]} if q)
        most = len(blocks) if plain else max(FEWEST_SHEETS, len(blocks) // 2 + 1)
        again = {question for question, count in counts.items() if count >= most}
        told = [b for b in blocks if len(again & {*asked[b.start : b.stop]}) >= FEWEST_ASKED]
        alone = any(asked[i] in again and not _told_beside(lines[i]) for b in told for i in b)
        answers = {" ".join(lines[i].text for i in b if asked[i] not in again) for b in told}
        if len(answers - {""}) >= FEWEST_SHEETS and alone:
            questions = {id(line) for line, q in zip(lines, asked, strict=True) if q in again}
            return [_sheet(lines, b, heads.get(b.start), questions) for b in told], questions
    return None


def _above_first(asked: Sequence[str], lines: Sequence[Line], style: Style) -> list[int]:
    """Where sheets begin whose titles number no action: at the first of the questions that are
    `asked` equally often, or at what stands out right above it."""
    counts = Counter(question for question in asked if question)
    often = Counter(count for count in counts.values() if count >= FEWEST_SHEETS)
    count, several = max(often.items(), key=lambda c: (c[1], c[0]), default=(0, 0))
    if several < FEWEST_ASKED:
        return []
    first = next(question for question in asked if counts[question] == count)
    starts = [i for i, question in enumerate(asked) if question == first]
    return [i - 1 if i and _titles(lines, i - 1, style) else i for i in starts]


def _titles(lines: Sequence[Line], i: int, style: Style) -> bool:
    same_page = lines[i].page == lines[i + 1].page
    return same_page and style.stands_out(lines[i]) and not _closes(lines, i, style)


def _blocks(lines: Sequence[Line], starts: Sequence[int], style: Style) -> Iterator[range]:
    """The lines of each sheet, down to the next one, or to another part of the act."""
    for start, end in pairwise([*starts, len(lines)]):
        size = lines[start].size if start < len(lines) else 0.0
        last = (
            i
            for i in range(start + 1, end)
            if _closes(lines, i, style) or lines[i].size > size + SAME_SIZE
        )
        yield range(start, next(last, end))


def _sheet(
    lines: Sequence[Line],
    block: range,
    head: ExtractedTable | None,
    questions: Collection[int],
) -> _Sheet:
    first = next(i for i in block if id(lines[i]) in questions)
    untitled = head is not None or first == block.start
    title = [] if untitled else title_at(lines[:first], block.start)
    return _Sheet(title, lines[block.start + len(title) : block.stop], head)


def _first_below(lines: Sequence[Line], table: ExtractedTable) -> int:
    """The first of `lines` below `table`, which stands amid none."""
    start = start_of(table)
    return sum((line.page, line.box.top) < start for line in lines)


def _heads_sheet(table: ExtractedTable) -> bool:
    """Does the first row of a `table` of two columns name an action, and it alone?"""
    rows = [*table.head, *(row.cells for row in table.rows)]
    named = [names_action(" ".join(cell.text for cell in row)) for row in rows]
    return len(table.columns) == 2 and named[:1] == [True] and not any(named[1:])


def titled_texts(
    lines: Sequence[Line], style: Style
) -> Iterator[tuple[Sequence[Line], Sequence[Line]]]:
    """The titles that number actions, each with what stands below it."""
    titles = [i for i, line in enumerate(lines) if _is_title(line, style)]
    for block in _blocks(lines, titles, style):
        title = title_at(lines[: block.stop], block.start)
        yield title, lines[block.start + len(title) : block.stop]


def _is_title(line: Line, style: Style) -> bool:
    numbered = names_action(line.text) or TITLE_ALONE.fullmatch(line.text)
    return style.stands_out(line) and bool(numbered)


def _closes(lines: Sequence[Line], i: int, style: Style) -> bool:
    line = lines[i]
    if style.stands_out(line) and OFFICE.match(line.text):  # Pour l'État : who signs
        return True
    return is_article(line) or is_signed(line) or annex_heading(lines, i, style) is not None


def _question(line: Line, style: Style, plain: bool) -> str:
    """What `line` asks, alike for all years; '' where it asks nothing, as far as one can tell:
    a `plain` line that stands below its like may."""
    text = COUNTED.sub("", line.text, count=1)
    asked, mark, _ = text.partition(":")
    if (
        BULLET.match(text)
        or OFFICE.match(text)
        or len(asked) > LONGEST_QUESTION
        or not text[:1].isupper()
    ):
        return ""
    set_off = style.stands_out(line) or (plain and not asked.endswith((".", ";", ",")))
    if not (asks(text) if mark else set_off) or SUM.search(asked):
        return ""
    return fold(YEARS.sub("", asked)).strip()


def _told_beside(line: Line) -> str:
    return line.text.partition(":")[2].strip()


def _forms(
    sheet: _Sheet,
    questions: Collection[int],
    tables: Sequence[ExtractedTable],
    vocabulary: Vocabulary,
) -> Iterator[ExtractedTable]:
    """The forms of `sheet`, parted where a table stands amid it, the first one with its head."""
    starts = [start_of(table) for table in tables]
    named = sheet.head.columns if sheet.head else [line.text for line in sheet.title]
    title, head = join_lines(named, vocabulary), sheet.head
    for _, lines in groupby(sheet.body, lambda x: sum(s < (x.page, x.box.top) for s in starts)):
        form = written_form(title, _answered(lines, questions), SHEET, vocabulary)
        yield _joined(head, form) if head else form
        head = None


def _joined(head: ExtractedTable, form: ExtractedTable) -> ExtractedTable:
    """The table that is the `head` of a sheet with the `form` below it, as one."""
    return head.model_copy(
        update={
            "rows": [*head.rows, *form.rows],
            "page_last": form.page_last,
            "extractor": form.extractor,
            "characters": head.characters + form.characters,
            "characters_in_cells": head.characters_in_cells + form.characters_in_cells,
        }
    )


def _answered(lines: Iterable[Line], questions: Collection[int]) -> list[Answered]:
    """The `questions` among `lines` with their answers, and below one that is answered on its line
    any other; who pays how much below 'Plan de financement' answers that."""
    answered: list[Answered] = []
    for line in lines:
        last = answered[-1] if answered else Answered([[]])
        asking = id(line) in questions or (asks(line.text) and not last.is_alone)
        if asking and not (_lists_sums(last) and _tells_sum(line)):
            answered.append(Answered([[line]]))
            continue
        if not answered:
            answered.append(last)
        last.add(line)
    return answered


def _lists_sums(above: Answered) -> bool:
    """Does no answer stand beside the question `above`, and none but sums below?"""
    return above.is_alone and all(_tells_sum(below[-1]) for below in above.paragraphs[1:])


def _tells_sum(line: Line) -> bool:
    return asks(line.text) and SUM.search(_told_beside(line)) is not None
