"""Texts of a table: *pieces*, runs of words on a line with no wide blank in them, and *blocks*, the
pieces of one cell, one below the other.

Lengths are in points unless said to be shares of the font size.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from statistics import median

from extractors.pages.page import Box, Run, Word, around, blank_between, clusters

WORD_SPACE = 0.37  # of the font size: a wider blank stands between columns, or justified words
COLUMN_SPACE = 1.0  # of the font size: a wider blank parts columns, hardly ever justified words
FIGURE_SPACE = 0.15  # of the font size: a wider blank between two whole figures parts columns
SURE = 2  # words of a scan are surely bold, or not, where as many are
SAME_SIZE = 0.6  # points by which the sizes of one text differ, at most
MEASURED = 0.25  # share of its size by which that of a word of a scan is off, at most
PIECES = 3  # a line with as many pieces may be a row
SAME_LINE = 3.0  # points between the baselines of one line
TINY = 0.4  # of the font size: so near are they in tiny type
SAME_EDGE = 3.0  # points between texts that are aligned
BESIDE = 3  # as many texts beside one another, on as many lines, are of as many columns
ALIGNED = 0.7  # share of a column's texts that are aligned
ALIKE = 1.0  # points between texts that are set at one place
ASIDE = 1.5  # of its size: a word as high stands on its side
LEADING = 1.5  # of the font size: lines further apart are not of one block
OVERLAP = 0.35  # of the lower of two blocks: more makes them of one row
FIGURE = re.compile(
    r"[(\[+<>~≈±−–—$€£-]*\s?\d[\d\s.,'’/:]*\)?\s?(?:%|[€$£]|k€|M€)?[)\]*†⁽¹²³⁴-⁹⁾]*\d?|[–—…·.-]{1,3}|n\.?[ac]\.?|n\.?d\.?",
    re.IGNORECASE,
)
NO_VALUE = re.compile(
    r"s\W?o\W?|n\W?[acd]\W?|néant|sans objet|aucune?", re.IGNORECASE
)  # s.o. · n.c.
MARKS = re.compile(r"[:;,.!?»)]+")  # end a text, begin none
# (1) Sous réserve · 1) Sous réserve · ¹ Sous réserve · * Sous réserve
NOTE = re.compile(r"(?P<mark>\(?\d{1,2}\)|⁽?[⁰¹²³⁴-⁹]{1,2}⁾?|\*{1,3}|\d{1,2}(?=\s))\s*[^\W\d]")
THOUSANDS = re.compile(r"\d{3}(?:\D.*)?")
CUT_NUMBER = re.compile(r"\d{1,3} 0\d\d")  # by the end of a line
PAIR = re.compile(r"\d\d")  # of a telephone number
GROUPS = re.compile(r"\d{1,3}(?:\s\d{3})*")


@dataclass(frozen=True)
class Piece(Run):
    @property
    def baseline(self) -> float:
        return self.words[0].baseline


@dataclass(slots=True)
class Block:
    """The text of one cell, in columns `start` to `end` (excluded)."""

    start: int
    end: int
    pieces: list[Piece]

    @property
    def box(self) -> Box:
        return around([p.box for p in self.pieces])

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for p in self.pieces for w in p.words)


@dataclass(slots=True)
class BlockRow:
    blocks: list[Block] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return around([b.box for b in self.blocks])

    def takes(self, block: Block) -> bool:
        """Does `block` stand beside the blocks of this row, in columns of its own?"""
        if any(b.start < block.end and block.start < b.end for b in self.blocks):
            return False
        one, other = self.box, block.box
        common = min(one.bottom, other.bottom) - max(one.top, other.top)
        return common > OVERLAP * min(one.height, other.height)


def are_of_one_line(one: Word, other: Word) -> bool:
    """Does the order of printing show that both stand on one stretched line of a text?"""
    return one.line is not None and one.line == other.line


def is_tall(word: Word) -> bool:
    """Is `word` as high as one that stands on its side?"""
    return len(word.text) > 2 and word.box.height > ASIDE * word.size


def is_figure(text: str) -> bool:
    return FIGURE.fullmatch(text) is not None


def same_line(words: Sequence[Word] | Sequence[Piece]) -> float:
    """How near to one another the baselines of a line of `words` are, points."""
    return min(SAME_LINE, TINY * median(w.size for w in words)) if words else SAME_LINE


def lines_of(words: Sequence[Word], space: float) -> list[list[Piece]]:
    """The lines of `words`, top to bottom, each parted where a blank is wider than `space`, of the
    font size, or stands between two whole figures, and not within a stretched line of a text."""
    lines = []
    for group in clusters(words, lambda w: w.baseline, same_line(words)):
        group.sort(key=lambda w: w.box.x0)
        pieces = [[group[0]]]
        for last, word in pairwise(group):
            blank = blank_between(last, word) / max(last.size, word.size)
            wide = blank > space or (blank > FIGURE_SPACE and _are_two_figures(last, word))
            if wide and not are_of_one_line(last, word):
                pieces.append([])
            pieces[-1].append(word)
        lines.append([Piece(tuple(p)) for p in pieces])
    return lines


def with_justified(lines: Sequence[list[Piece]]) -> list[list[Piece]]:
    """`lines`, the pieces joined that are stretched to begin and end with a text of the lines right
    above or below."""
    result = list(lines)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for i in order:
            if len(result[i]) > 1:
                near = _neighbours(result, i)
                result[i] = list(_justified(result[i], near))
    return result


def says_columns(words: Sequence[Word]) -> bool:
    """Do several texts stand beside one another on each of several lines of `words`?"""
    lines = with_justified(lines_of(words, COLUMN_SPACE))
    return sum(len(line) >= BESIDE for line in lines) >= BESIDE


def _neighbours(lines: Sequence[list[Piece]], i: int) -> list[Piece]:
    """The pieces on lines that are no further from line `i` than those of one block."""
    reach = LEADING * lines[i][0].size
    above = takewhile(lambda j: _pitch(lines[j], lines[i]) <= reach, range(i - 1, -1, -1))
    below = takewhile(lambda j: _pitch(lines[i], lines[j]) <= reach, range(i + 1, len(lines)))
    return [p for j in (*above, *below) for p in lines[j] if len(p.words) > 1]


def _pitch(above: Sequence[Piece], line: Sequence[Piece]) -> float:
    return line[0].baseline - above[0].baseline


def _justified(line: Sequence[Piece], near: Sequence[Piece]) -> Iterator[Piece]:
    i = 0
    while i < len(line):
        ends = (
            j
            for j in range(len(line), i + 1, -1)
            if not all(is_figure(p.text) for p in line[i + 1 : j])
            if any(_fill(line[i], line[j - 1], p) for p in near)
        )
        end = next(ends, i + 1)
        yield Piece(tuple(w for p in line[i:end] for w in p.words))
        i = end


def _fill(first: Piece, last: Piece, other: Piece) -> bool:
    """Do pieces from `first` to `last` begin and end where `other` does, in type of its size?"""
    return (
        abs(first.box.x0 - other.box.x0) < ALIKE
        and abs(last.box.x1 - other.box.x1) < ALIKE
        and abs(first.size - other.size) < ALIKE
    )


def _are_two_figures(left: Word, right: Word) -> bool:
    digits = left.text[-1:].isdigit() and right.text[:1].isdigit()
    if not (digits and is_figure(left.text) and is_figure(right.text)):
        return False
    thousands = THOUSANDS.fullmatch(right.text) and re.fullmatch(r"\D*\d{1,3}", left.text)
    phone = PAIR.fullmatch(left.text) and PAIR.fullmatch(right.text)
    return not (thousands or phone) and (len(left.text) > 1 or len(right.text) > 1)


def with_near_cells(lines: Sequence[list[Piece]]) -> list[list[Piece]]:
    """`lines`, parted as well where a figure and a text beside it are printed apart, and the latter
    begins where the texts of other lines do: 5 000,00 € | convention signée; or where any words are
    not printed one after the other; or, on a scan, where two texts of a row all but touch."""
    starts = [piece.box.x0 for line in lines for piece in line]
    heads = [p.box.x0 for p in next((line for line in lines if len(line) >= PIECES), [])]
    return [
        [p for piece in line for p in _near_cells(piece, starts, heads if len(line) > 1 else ())]
        for line in lines
    ]


def _near_cells(piece: Piece, starts: Sequence[float], heads: Sequence[float]) -> Iterator[Piece]:
    cell = [piece.words[0]]
    for word in piece.words[1:]:
        aligned = sum(abs(x - word.box.x0) < ALIKE for x in starts)
        touching = aligned >= BESIDE and _begin_columns(cell[0], word, heads)
        if word.apart or touching or (aligned > 1 and _are_apart(cell, word)):
            yield Piece(tuple(cell))
            cell = []
        cell.append(word)
    yield Piece(tuple(cell))


def _begin_columns(left: Word, right: Word, heads: Sequence[float]) -> bool:
    """Do these words, of which nothing tells how they were printed, begin where one of the `heads`
    does, and the next?"""
    return right.run is None and any(
        abs(left.box.x0 - x) < ALIKE and abs(right.box.x0 - after) < ALIKE
        for x, after in pairwise(heads)
    )


def _are_apart(left: Sequence[Word], right: Word) -> bool:
    """Are a figure, which numbers no paragraph, and a word printed apart; or a sum that its unit
    ends, and what follows?"""
    if right.run is None or right.run == left[-1].run or left[-1].text.endswith((".", ")")):
        return False
    text = " ".join(w.text for w in left)
    other = is_figure(text) != is_figure(right.text) or (is_figure(text) and text.endswith("€"))
    return other and not is_figure(f"{text} {right.text}")


def are_rows(above: Piece, piece: Piece) -> bool:
    """Is `above` a figure, and `piece` not the rest of it, cut between its thousands?"""
    if not is_figure(above.text):
        return False
    rest = GROUPS.fullmatch(above.text) and THOUSANDS.fullmatch(piece.text)
    return is_figure(piece.text) and not rest


def _are_set_alike(one: Piece, other: Piece) -> bool:
    """Are both of one size, and both bold or neither? Single words of a scan are measured badly; of
    several, most must be bold."""
    off = abs(one.size - other.size)
    if all(w.confidence is None for w in (*one.words, *other.words)):
        return off <= SAME_SIZE and one.bold == other.bold
    if min(len(one.words), len(other.words)) < SURE:
        return off <= MEASURED * max(one.size, other.size)
    return off <= SAME_SIZE and _mostly_bold(one) == _mostly_bold(other)


def _mostly_bold(piece: Piece) -> bool:
    return 2 * sum(w.bold for w in piece.words) > len(piece.words)


def carries_on(above: Piece, piece: Piece, right: float, labels: bool = False) -> bool:
    """Does `piece` go on with the text of `above`, whose column's texts end at `right`? It may be a
    figure only in a column of `labels`."""
    if piece.baseline - above.baseline > LEADING * piece.size:
        return False
    if not _are_set_alike(above, piece):
        return False
    if CUT_NUMBER.fullmatch(f"{above.words[-1].text} {piece.words[0].text}"):
        return True
    if is_figure(above.text):
        return is_figure(piece.text) and not are_rows(above, piece)
    if is_figure(piece.text) and not labels:
        return False
    first = piece.words[0]
    if above.text.endswith("-") or first.text[:1].islower() or first.text[:1] in "(,;.)»":
        return True
    return above.box.x1 + first.box.width + 0.25 * first.size > right
