"""What the end of a page cuts: a row goes on when its cells complete those above, a figure when
its halves make one."""

import re
from collections.abc import Collection, Sequence

from extractors.grids.pieces import NO_VALUE
from extractors.pages.page import Word
from extractors.tables.heads import YEAR, is_heading_row, is_sum
from extractors.tables.parts import PartCell, PartRow, SetLine
from normalizers.actions.rows import names_part

PADDING = 6.0  # points, at most, between a cell's border and its text
MANY = 4  # columns with text
SPACE = 0.4  # of the font size: what a blank may take, and a margin for doubt
CUT_ABOVE = re.compile(r"(?:^|[:=+€])\s*(?P<figure>\d[\d\s.]*(?:,\d?)?)$")  # no unit behind it
CUT_BELOW = re.compile(
    r"(?P<figure>\d[\d\s.]*(?:,\d{1,2})?)(?![\d/:-])\s*(?P<unit>€|k€|M€|euros?)?", re.IGNORECASE
)
UNIT = re.compile(r"€|euros?", re.IGNORECASE)
ONE_FIGURE = re.compile(r"(?:[1-9]\d{0,2}(?:[\s.]\d{3})+|[1-9]\d*)(?:,\d{1,2})?")
HALF_FIGURE = re.compile(r",\d?\n\d|\n0(?:0|\d\d)\b")  # no whole figure ends, or begins, so
SENTENCE_END = re.compile(r"[.;:!?…»)]\s*$")


def completes(rows: Sequence[PartRow], row: PartRow, count: int) -> bool:
    """Is `row`, first of a page, the rest of the last of `rows`?"""
    last = rows[-1]
    if _carries_label(last, row):
        proof = 1.5 * all(r.text(min(last.cells)) for r in rows)
    elif is_heading_row(row, count) or is_heading_row(last, count):
        return False
    else:
        proof = 0.0
    if any(
        last.cells[c][0].spans_columns != row.cells[c][0].spans_columns
        for c in row.filled_columns
        if last.text(c)
    ):
        return False
    small = {c for c in row.filled_columns if _begin_small(rows, c)}
    if _starts_anew(last, row, small) or _is_title(last, row):
        return False
    for column in range(count):
        above, here = last.text(column), row.text(column)
        if cut_figure(above, here) is not None:
            if _is_certain(above, here):
                proof += 2.0
                continue
            others = [text for r in rows[:-1] if is_sum(text := r.text(column))]
            if others and all(UNIT.search(text) for text in others):
                proof += (
                    -1.0 if cut_with_room(last.cells[column][-1], row.cells[column][0]) else 2.0
                )
                continue
        if is_sum(above) and is_sum(here):
            return False
        if here and not above:
            proof -= 2.0
        elif here:
            proof += _flow(above, here, column in small)
            proof += _room(last.cells[column][-1], row.cells[column][0])
        elif above:
            proof += 1.0 if all(r.text(column) for r in rows) else 0.4
    return proof > 0


def _starts_anew(last: PartRow, row: PartRow, small: Collection[int]) -> bool:
    """Does `row` tell something in many columns of `last`, and nowhere go on within a sentence, a
    word or a figure? `small`: the columns whose texts begin with small letters."""
    both = [(c, last.text(c), row.text(c)) for c in last.filled_columns if row.text(c)]
    return len(both) >= MANY and not any(
        _goes_on(above, here, c in small) or cut_figure(above, here) is not None
        for c, above, here in both
    )


def _begin_small(rows: Sequence[PartRow], column: int) -> bool:
    """Do most texts of `column` begin with a small letter: statuses, 'réalisé', 'en cours'?"""
    texts = [text for row in rows if (text := row.text(column))]
    return len(texts) > 1 and 2 * sum(text[0].islower() for text in texts) > len(texts)


def _is_title(last: PartRow, row: PartRow) -> bool:
    """Is all that `row` says the name of a part, or one bold text under one of `last` that is
    not?"""
    filled = row.filled_columns
    if len(filled) != 1 or not last.text(filled[0]):
        return False
    if names_part(row.text(filled[0])):
        return True
    return all(c.bold for c in row.cells[filled[0]]) and not last.cells[filled[0]][-1].bold


def _goes_on(above: str, here: str, small: bool) -> bool:
    """Does a sentence or a word of `above` go on with `here`? `small`: a whole text may begin with
    a small letter."""
    hyphen = above.endswith("-") and above[-2:-1].isalpha()
    lower = here[:1].islower() and not small and not NO_VALUE.fullmatch(here)
    return hyphen or lower or here[:1] in ",;.)»"


def complete(rows: Sequence[PartRow], rest: PartRow) -> None:
    """Add `rest` to the last of `rows`, and to those that share a merged cell with it."""
    for column, cells in rest.cells.items():
        more = [c for c in cells if c.raw]
        cut = rows[-1].cells.setdefault(column, [])[:1]
        sharing = [r for r in rows[:-1] if cut and r.cells.get(column, [])[:1] == cut]
        for row in (*sharing, rows[-1]):
            row.cells[column].extend(more)


def has_sums_alone(last: PartRow, row: PartRow) -> bool:
    """Does `row` tell nothing but sums, under sums of `last`: is it a row, or the rest of one?"""
    told = row.filled_columns
    return bool(told) and all(is_sum(row.text(c)) and is_sum(last.text(c)) for c in told)


def carry_down(rows: Sequence[PartRow], more: Sequence[PartRow], count: int) -> None:
    """Give an empty cell at the top of a page the text of the merged cell that the page cut.

    Only in a column where cells are merged downwards and that is never empty elsewhere.
    """
    if not rows or not more:
        return
    for column in range(count):
        merged = any(c.spans_rows > 1 for r in (*rows, *more) for c in r.cells.get(column, []))
        always = all(r.text(column) for r in rows if not is_heading_row(r, count))
        if not (merged and always):
            continue
        for row in more:
            if row.text(column) or is_heading_row(row, count):
                break
            row.cells[column] = rows[-1].cells[column]


def cut_figure(above: str, here: str) -> str | None:
    """What stands between the halves of the one figure that the end of a page may cut between
    `above` and `here`, a blank or nothing; None where they do not make one.

    20 000,0|0 € · 1 250|000 € · 2000|0 €, but not 2031|12 000 €, not 12 000 €|600 €
    """
    start, end = CUT_ABOVE.search(above), CUT_BELOW.match(here)
    if not start or not end or not (end["unit"] or _is_certain(above, here)):
        return None
    halves = start["figure"], end["figure"].rstrip()
    if YEAR.fullmatch(halves[0]) and len(halves[1]) > 1:
        return None
    return next((gap for gap in (" ", "") if ONE_FIGURE.fullmatch(gap.join(halves))), None)


def _is_certain(above: str, here: str) -> bool:
    """Is one of them no whole figure by its looks?"""
    return HALF_FIGURE.search(f"{above}\n{here}") is not None


def cut_with_room(above: PartCell, here: PartCell) -> bool:
    """Does `here` go on with the figure that ends `above`, though it need not have been cut?"""
    if not above.lines or not here.lines:
        return False
    line, following = above.lines[-1], here.lines[0]
    text, below = (" ".join(w.text for w in some) for some in (line, following))
    gap = cut_figure(text, below)
    return (
        gap is not None
        and not _is_certain(text, below)
        and had_room((line, above.box), following[0], gap)
    )


def had_room(last: SetLine, word: Word, gap: str) -> bool:
    """Would `word` have had room behind `last`; any digit of it, where no `gap` parts them?"""
    return word.box.width / (1 if gap else len(word.text)) + 1.0 <= room_left(last)


def room_left(last: SetLine) -> float:
    """The room that a line leaves between the paddings of its cell."""
    line, box = last
    left, right = line[0].box.x0 - box.x0, box.x1 - line[-1].box.x1
    return left + right - 2 * min(left, right, PADDING)


def _carries_label(last: PartRow, row: PartRow) -> bool:
    """Is `row` one text under the text of `last`, beside a label that only `last` has?"""
    filled, label = row.filled_columns, min(last.cells)
    return (
        len(filled) == 1
        and filled[0] > label
        and label in row.cells
        and bool(last.text(label))
        and bool(last.text(filled[0]))
    )


def _flow(above: str, here: str, small: bool) -> float:
    """How well `here` reads as the continuation of `above`; `small` as in `_goes_on`."""
    if above == here:
        return -1.5
    if _goes_on(above, here, small):
        return 2.0
    if not SENTENCE_END.search(above):
        return 0.3
    return -0.6


def _room(above: PartCell, here: PartCell) -> float:
    """How far the space in a cell lets `here` be the rest of `above`: its first word had to go
    below, and a text cut after its only line hardly has one line more."""
    if not above.lines or not here.lines:
        return 0.0
    line, word = above.lines[-1], here.lines[0][0]
    margin = max(min(x[0].box.x0 for x in above.lines) - above.box.x0, 0.0)
    room = above.box.x1 - margin - line[-1].box.x1
    if word.box.width + SPACE * word.size <= room - 1.0:
        return -1.5
    return -1.0 if len(above.lines) == len(here.lines) == 1 else 0.5
