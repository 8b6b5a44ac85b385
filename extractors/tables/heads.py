"""Which rows of a table are its head, a title over others, a total: by what they say and how."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extractors.tables.parts import Part, PartCell, PartRow
from normalizers.actions.rows import is_total
from normalizers.amounts import read_cell

SAME_HEAD = 90  # likeness, of 100, of a head that is repeated on the next page
SAME_HEADINGS = 0.75  # share of its headings that are as alike, where a stamp covers the others
FEWEST_HEADINGS = 3
HEAD_LENGTH = 90  # characters: a longer text is no heading
LABEL_VALUE = re.compile(r"^[^:]{2,40}\s?:\s*\S")
YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/(].*)?", re.DOTALL)
UNIT_ALONE = re.compile(
    r"[(\[]?\s*(?:en\s+)?(?:k€|M€|€|euros?|%)(?:\s+TTC)?\s*[)\]]?", re.IGNORECASE
)
GROUPED = re.compile(r"\b\d{1,3}(?:[\s.]\d{3})+\b")
NUMBERS = re.compile(r"\d{1,2}\b")
FEW_FIGURES = 3  # that a title over rows may say


def opened(
    rows: list[PartRow], parts: Sequence[Part], count: int
) -> tuple[list[PartRow], list[PartRow], list[PartRow]]:
    """The rows of a table's first part, parted in titles that span it, head and body."""
    titles: list[PartRow] = []
    if any(part.grid.boxed for part in parts[:1]):
        return [], [], rows
    while (
        len(rows) > 1
        and count > 1
        and (spans_all(rows[0], count) or _titles(rows[0], rows[1:], count))
    ):
        titles.append(rows.pop(0))
    if len(rows) == 1 and len(parts) > 1:  # at the foot of a page, its body on the next
        below = parts[1].rows
        headed = stands_out(rows[0], [rows[0], *below]) or _is_over_sums(rows[0], below, count)
        depth = int(count > 1 and headed)
    else:
        depth = _head_depth(rows, parts, count)
    while 0 < depth < len(rows) and (
        _says_units(rows[depth])
        or is_numbering(rows[depth], count)
        or _stands_beside(rows[depth], rows[0], depth)
        or _stands_under(rows[depth], rows[:depth], rows[depth + 1 :])
    ):
        depth += 1
    return titles, rows[:depth], rows[depth:]


def _is_over_sums(row: PartRow, below: Sequence[PartRow], count: int) -> bool:
    """Does `row`, none of whose texts is a sum, say something over sums?"""
    told = row.filled_columns
    sums = [any(is_sum(r.text(c)) for r in below) for c in told]
    return 2 * len(told) > count and any(sums) and not any(is_sum(row.text(c)) for c in told)


def _stands_beside(row: PartRow, top: PartRow, depth: int) -> bool:
    """Do heads of `top` go down to `row`, `depth` rows below, all bold or on colour, no sum?"""
    cells = told_cells(row)
    goes_down = any(c.spans_rows > depth for c in told_cells(top))
    marked = marked_share(cells) >= 0.99
    return goes_down and marked and not any(_is_no_heading(c) for c in cells)


def _stands_under(row: PartRow, head: Sequence[PartRow], body: Sequence[PartRow]) -> bool:
    """Does `row` give headings under some of `head`, none of them the first, set as it is and
    unlike `body`? A lone text over rows and others like it below are titles of theirs."""
    filled = row.filled_columns
    titles = [r for r in body if r.filled_columns == filled and marked_share(told_cells(r)) >= 0.99]
    return (
        not (len(filled) == 1 and titles)
        and 0 < len(filled) < len(head[-1].filled_columns)
        and not any(row.text(c) for c in range(min(head[0].cells) + 1))
        and marked_share(told_cells(head[0])) >= 0.99
        and _bold_share(told_cells(row)) >= _bold_share(told_cells(head[0]))
        and stands_out(row, [row, *body])
        and not any(_is_no_heading(c) for c in told_cells(row))
    )


def _says_units(row: PartRow) -> bool:
    """Does `row` tell but the units of the columns under their headings: (en €)?"""
    return all(UNIT_ALONE.fullmatch(row.text(c)) for c in row.filled_columns)


def is_numbering(row: PartRow, count: int) -> bool:
    """Does `row` number the columns: (1) (2) (3)? Two may have been read as one."""
    texts = " ".join(row.texts(count))
    numbers = [int(number) for number in NUMBERS.findall(texts)]
    alone = not NUMBERS.sub("", texts).strip("()[] ")
    return alone and len(numbers) >= max(count, 3) and numbers == [*range(1, len(numbers) + 1)]


def spans_all(row: PartRow, count: int) -> bool:
    """Is `row` one text across all of `count` columns?"""
    filled = row.filled_columns
    return len(filled) == 1 and row.cells[filled[0]][0].spans_columns == count


def _titles(row: PartRow, below: Sequence[PartRow], count: int) -> bool:
    """Does `row` say one text, in the first column or from it on over empty ones, and the first row
    `below` it headings: of most columns if it goes on, else of all, over sums?"""
    filled = row.filled_columns
    over = row.cells[filled[0]][0].spans_columns if filled else 0
    head, *body = below
    told = head.filled_columns
    if filled != [0] or over == count or any(map(_is_no_heading, told_cells(head))):
        return False
    if over == 1:
        return count >= FEWEST_HEADINGS and len(told) == count and _is_over_sums(head, body, count)
    return told[:1] == [0] and 2 * len(told) > count and marked_share(told_cells(head)) >= 0.99


def _head_depth(rows: Sequence[PartRow], parts: Sequence[Part], count: int) -> int:
    """How many of the first rows are the head: 0 for a form (labels down the first column)."""
    if len(rows) < 2 or count == 1:
        return 0
    top = rows[0]
    cells = told_cells(top)
    if any(_is_no_heading(c) for c in cells) or tells_values(top):
        return 0
    if _is_subdivided(top, rows[1]) and not any(_is_no_heading(c) for c in told_cells(rows[1])):
        tall = max(c.spans_rows for c in cells)
        return min(max(tall, 2), len(rows))
    repeated = any(alike(top, row) for part in parts[1:] for row in part.rows[:2])
    if repeated or stands_out(top, rows):
        return 1
    if _is_form(rows, count):
        return 0
    return 1 if 2 * len(top.filled_columns) > count else 0


def tells_values(row: PartRow) -> bool:
    """Does each cell say what it tells and tells it, as in a form? PILOTE : CCAS"""
    return all(LABEL_VALUE.match(c.raw) for c in told_cells(row))


def told_cells(row: PartRow) -> list[PartCell]:
    """The cells of its columns with text."""
    return [c for column in row.filled_columns for c in row.cells[column]]


def _is_no_heading(cell: PartCell) -> bool:
    """Is it a sum, or too long for a heading? One on colour may be longer."""
    return len(cell.raw) > HEAD_LENGTH * (2 if cell.filled else 1) or is_sum(cell.raw)


def _is_subdivided(top: PartRow, under: PartRow) -> bool:
    """Has a cell of `top` that covers several columns several cells below it, and none across?"""
    below = _spans(under)
    wide = [(start, end) for start, end in _spans(top) if end - start > 1]
    for start, end in wide:
        under_it = [(a, b) for a, b in below if a < end and start < b]
        if any(a < start or b > end for a, b in under_it):
            return False
    return any(sum(start <= a < end for a, _ in below) > 1 for start, end in wide)


def _spans(row: PartRow) -> list[tuple[int, int]]:
    return [(column, column + c[0].spans_columns) for column, c in row.cells.items()]


def _is_form(rows: Sequence[PartRow], count: int) -> bool:
    """Are these label | text rows: labels that stand out all the way down, in the first of two
    columns, or in the first and third of four; or labels beside texts and sums by turns?"""
    if count not in (1, 2, 4) or len(rows) < 2:
        return False
    labels, told = ([c for r in rows for c in _filled(r, start)] for start in (0, 1))
    if count == 1 or marked_share(labels) >= 0.8 > 0.5 >= marked_share(told):
        return True
    below = [c for row in rows[1:] for c in _filled(row, 1)]
    sums = sum(is_sum(c.raw) for c in below)
    texts = sum(len(c.words) > 2 and not re.search(r"\d", c.raw) for c in below)
    return (
        len(told) == len(labels) == len({c.raw for c in labels})
        and min(sums, texts - 1) > 0
        and not any(is_sum(c.raw) for c in labels)
    )


def _filled(row: PartRow, start: int) -> list[PartCell]:
    """The cells with text of every other column, from `start`."""
    return [c for column in row.filled_columns if column % 2 == start for c in row.cells[column]]


def marked_share(cells: Sequence[PartCell]) -> float:
    """Share of bold or coloured ones."""
    return sum(c.bold or c.filled for c in cells) / len(cells) if cells else 0.0


def stands_out(row: PartRow, rows: Sequence[PartRow]) -> bool:
    """Is every text of `row` bold, or bold or on colour, while the other rows' texts are not so?"""
    others = [told_cells(r) for r in rows if r is not row]
    return any(
        share(told_cells(row)) >= 0.99
        and (not others or sum(map(share, others)) / len(others) < 0.6)
        for share in (marked_share, _bold_share)
    )


def _bold_share(cells: Sequence[PartCell]) -> float:
    return sum(c.bold for c in cells) / len(cells) if cells else 0.0


def alike(one: PartRow, other: PartRow) -> bool:
    return len(one.filled_columns) > 1 and _likeness(one, other) >= SAME_HEAD


def _likeness(one: PartRow, other: PartRow) -> float:
    """That of all that the rows say, of 100."""
    ours, theirs = (" ".join(row.text(c) for c in row.filled_columns) for row in (one, other))
    return same_words(ours, theirs)


def same_words(one: str, other: str) -> float:
    """Their likeness, of 100; 0 where their figures differ: FICHE 1 is not FICHE 2."""
    figures = (re.findall(r"\d+", text) for text in (one, other))
    return fuzz.ratio(one, other) if next(figures) == next(figures) else 0.0


def _repeats(head: PartRow, row: PartRow) -> bool:
    """Is `row` the `head` again, all of it or most headings to the letter?"""
    columns = {*head.filled_columns, *row.filled_columns}
    same = sum(same_words(head.text(c), row.text(c)) >= SAME_HEAD for c in columns)
    most = same >= max(FEWEST_HEADINGS, SAME_HEADINGS * len(columns))
    return most or _likeness(head, row) >= SAME_HEAD


def without_head(rows: list[PartRow], head: Sequence[PartRow]) -> list[PartRow]:
    """`rows` of a later part without the head that it repeats."""
    rest = list(rows)
    above: tuple[PartRow, PartRow] | None = None  # in the head, and repeated
    for line in head:
        under = under_head(line, rest[0]) if rest else None
        if under:
            rest[0] = under
        elif rest and (_repeats(line, rest[0]) or (above and _goes_on(above, line, rest[0]))):
            above = line, rest.pop(0)
    return rest


def _goes_on(above: tuple[PartRow, PartRow], line: PartRow, row: PartRow) -> bool:
    """Does `row` repeat what `line` of a head says below the line `above` it, here and there?"""
    own = [
        PartRow({c: some for c, some in r.cells.items() if r.text(c) != over.text(c)})
        for r, over in zip((line, row), above, strict=True)
    ]
    return bool(own[0].filled_columns) and _repeats(*own)


def under_head(head: PartRow, row: PartRow) -> PartRow | None:
    """What `row` says under the texts of `head`, where no rule parts it from these; None where it
    does not repeat them all, or says no more."""
    columns = head.filled_columns
    if len(columns) < 2 or any(len(row.cells.get(c, ())) != 1 for c in columns):
        return None
    cells = dict(row.cells)
    for c in columns:
        told = sum(len(cell.words) for cell in head.cells[c])
        words = row.cells[c][0].words
        if [w.text for w in words[:told]] != head.text(c).split():
            return None
        below = {id(w) for w in words[told:]}
        lines = (tuple(w for w in line if id(w) in below) for line in row.cells[c][0].lines)
        cells[c] = [replace(row.cells[c][0], lines=tuple(filter(None, lines)))]
    under = PartRow(cells)
    return under if under.filled_columns else None


def is_heading_row(row: PartRow, count: int) -> bool:
    return is_section(row, count) or is_total(row.texts(count))


def is_section(row: PartRow, count: int) -> bool:
    """A title over the rows below: one cell across (nearly) the whole table."""
    filled = row.filled_columns
    if count < 3 or len(filled) != 1:
        return False
    cell = row.cells[filled[0]][0]
    if len(GROUPED.findall(cell.raw)) > FEW_FIGURES:  # rows that nothing parts
        return False
    return cell.spans_columns >= max(3, count - 1) and not is_total([cell.raw])


def is_sum(text: str) -> bool:
    if YEAR.fullmatch(text):
        return False
    return bool(re.match(r"^[\d\s.,€]{3,}", text)) and read_cell(text).total is not None
