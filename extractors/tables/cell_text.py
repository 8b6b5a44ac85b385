"""The text of a cell: cut words and figures joined, paragraphs parted."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.pages.key_figures import figures_apart
from extractors.pages.page import Box, Word
from extractors.tables.cut_rows import SENTENCE_END, SPACE, cut_figure, had_room, room_left
from extractors.tables.parts import PartCell, SetLine
from normalizers.terms import LIST_MARKS
from normalizers.words import Vocabulary, join_lines

WIDEST = 1.0  # of the font size: hardly a letter takes more
PARAGRAPH = 1.25  # of the lines' distance: a wider one parts paragraphs of a cell
LIST_MARK = re.compile(rf"^[{LIST_MARKS}]\s")
BULLET = re.compile(rf"^(?:[{LIST_MARKS}*-]|\d{{1,2}}[./)°]|[a-z]\))(?:\s|$)")


def cell_text(members: Sequence[PartCell], vocabulary: Vocabulary) -> str:
    """The text of a cell: cut words joined, a newline between paragraphs."""
    lines = [
        (tuple(part), cell.box) for cell in members for line in cell.lines for part in _apart(line)
    ]
    if not lines:
        return ""
    pitches = (_pitch(a, b) for a, b in pairwise(lines) if a[1] == b[1] and not _beside(a, b))
    pitch = min(pitches, default=0.0)
    listed = sum(bool(BULLET.match(" ".join(w.text for w in line))) for line, _ in lines) > 1
    paragraphs: list[list[str]] = [[]]
    full: list[set[int]] = [set()]  # in each paragraph, the lines that may end within a word
    last: tuple[tuple[Word, ...], Box] | None = None
    for line, box in lines:
        text = " ".join(w.text for w in line)
        item = listed and BULLET.match(text)
        beside = last is not None and _beside(last, (line, box))
        gap = cut_figure(paragraphs[-1][-1], text) if last and not beside else None
        if last and gap is not None and (last[1] != box or not had_room(last, line[0], gap)):
            paragraphs[-1][-1] += gap + text
            last = (line, box)
            continue
        if last and (item or beside or _breaks(last, (line, box), _margin(lines, box), pitch)):
            paragraphs.append([])
            full.append(set())
        elif last and _may_cut_word(last, line[0]):
            full[-1].add(len(paragraphs[-1]) - 1)
        paragraphs[-1].append(text)
        last = (line, box)
    return "\n".join(
        join_lines(p, vocabulary, some) for p, some in zip(paragraphs, full, strict=True)
    )


def _apart(line: Sequence[Word]) -> Sequence[Sequence[Word]]:
    """`line` of a cell, parted between figures that stand apart, unless OCR read it."""
    return [line] if any(w.confidence is not None for w in line) else figures_apart(line)


def _beside(last: SetLine, line: SetLine) -> bool:
    """Does `line` go on at the height of `last`, apart from it?"""
    one, other = last[0][-1], line[0][0]
    return (
        last[1] == line[1] and abs(other.baseline - one.baseline) < 1 <= other.box.x0 - one.box.x1
    )


def _may_cut_word(last: SetLine, word: Word) -> bool:
    """Had the line no room for one more letter, nor the column for its last word and `word` in
    one?"""
    line, free = last[0], room_left(last)
    column = free + line[-1].box.x1 - line[0].box.x0
    letter = min(word.box.width, WIDEST * word.size)
    return letter >= free and line[-1].box.width + word.box.width > column


def _pitch(last: SetLine, line: SetLine) -> float:
    """From baseline to baseline, in sizes of the larger type."""
    distance = line[0][0].baseline - last[0][0].baseline
    return distance / max(w.size for w in (*last[0], *line[0]))


def _margin(lines: Sequence[SetLine], box: Box) -> float:
    return min(line[0].box.x0 for line, other in lines if other == box) - box.x0


def _breaks(last: SetLine, line: SetLine, margin: float, pitch: float) -> bool:
    """Was the line broken on purpose: set lower than at `pitch`, or with room for the next word
    behind it, or does the next line open a paragraph by its looks?"""
    words, box = last
    following = line[0][0]
    text, here = (" ".join(w.text for w in some) for some in (words, line[0]))
    ended = SENTENCE_END.search(text)
    if text.endswith(("-", "/", "\u00ad")) and len(words[-1].text) > 1:
        return False
    page_cut = box != line[1]
    if LIST_MARK.match(here) or ((ended or page_cut) and BULLET.match(here)):
        return True
    if here[:1].isupper() and {w.bold for w in words} ^ {w.bold for w in line[0]} == {True, False}:
        return True
    if page_cut and not ended and here[:1].islower():
        return False
    if not page_cut and _pitch(last, line) > PARAGRAPH * pitch:
        return True
    room = box.x1 - max(margin, 0.0) - words[-1].box.x1
    return following.box.width + SPACE * following.size < room - 1.0
