"""Cards side by side, each under the name of its action, put one below the other.

Action 1 – Bail glissant      Action 2 – Halte de nuit
Pilote        CCAS            Pilote        SOLIHA
Part AMI      12 000 €        Part AMI      30 000 €

What says so is the titles: two or more that name actions, by a number or in bold type over
questions and answers, stand level, and a blank strip, which nothing printed or drawn crosses, runs
down between what stands under them. Cards set in rows are read row by row, those of which each
column runs on by itself column by column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pages.lines import read_pieces
from extractors.pages.page import Box, Line, Page, clusters
from normalizers.references import TITLE_ALONE, split_reference

ASKED = re.compile(r"[^\W\d][^:]{1,40}:\s*\S")  # Pilote : CCAS
CARD_GAP = 1.0  # of the font size: no narrower a blank stands between two cards
LEVEL = 3.0  # points between titles that stand level, or begin at one place
PADDING = 20.0  # points: texts of a card begin no further left of its title
STRIP = 4.0  # points: how wide a strip nothing crosses
FEWEST = 2  # texts under the title of a card, at least
BLANK = 3.0  # of the font size: a higher one, across all cards, ends the last of them
BACKGROUND = 0.8  # of the height of the cards: what is drawn behind all of them is higher


@dataclass(slots=True)
class _Cards:
    """Cards side by side: the beginnings of their columns, their titles, and all texts of each
    column, top to bottom; `end` is where the last of them end."""

    lefts: list[float]
    titles: list[Box]
    texts: list[list[Box]]
    end: float = 0.0

    @property
    def top(self) -> float:
        return min(box.top for box in self.titles)

    def column(self, box: Box) -> int | None:
        """The column that a text stands in; None where it crosses the blank before the next one, or
        stands left of all."""
        column = sum(box.x0 >= left - PADDING for left in self.lefts) - 1
        if column < 0:
            return None
        inside = column + 1 == len(self.lefts) or box.x1 + STRIP <= self.starts(column + 1)
        others = self.texts[column - 1] if column else []
        return column if inside and all(o.x1 + STRIP <= box.x0 for o in others) else None

    def starts(self, column: int) -> float:
        return min((box.x0 for box in self.texts[column]), default=self.lefts[column])


def cards_apart(page: Page) -> Page:
    """`page` with the cards that stand side by side on it one below the other."""
    if page.fold is not None:
        return page
    parts: list[Box] = []
    top = 0.0
    for cards in _cards(page):
        gutters = [_gutter(page, cards, k) for k in range(1, len(cards.lefts))]
        if None in gutters:
            continue
        xs = [0.0, *(x for x in gutters if x is not None), page.width]
        ys = [*_cuts(page, cards), cards.end]
        if ys[0] > top:
            parts.append(Box(0.0, top, page.width, ys[0]))
        parts += [Box(a, y, b, end) for y, end in pairwise(ys) for a, b in pairwise(xs)]
        top = ys[-1]
    if not parts:
        return page
    return page.folded([*parts, Box(0.0, top, page.width, page.height)])


def _cards(page: Page) -> Iterator[_Cards]:
    """The cards of `page` whose titles stand level, and what stands under them."""
    printed = read_pieces(page, CARD_GAP)
    named = (piece.box for piece in printed if _names_action(piece.text))
    titles = list(dict.fromkeys([*named, *_titles_over_answers(printed)]))
    if len(titles) < 2:
        return
    pieces = sorted(((p.box, p.size) for p in printed), key=_top)
    end = 0.0
    for row in clusters(titles, lambda box: box.top, LEVEL):
        if len(row) < 2 or row[0].top < end:
            continue
        lefts = sorted(box.x0 for box in row)
        cards = _Cards(lefts, [], [[] for _ in lefts])
        for box, size in pieces:
            if box.top < min(b.top for b in row) - LEVEL:
                continue
            is_title = box in titles and any(abs(box.x0 - x) <= LEVEL for x in lefts)
            column = cards.column(box)
            blank = box.top - cards.end if cards.end else 0.0
            if column is None or (blank > BLANK * size and not is_title):
                break
            others = cards.texts[column]
            if len(others) > FEWEST and box.x0 < min(b.x0 for b in others) - LEVEL:
                break  # below the cards, from the margin on
            cards.texts[column].append(box)
            cards.titles += [box] if is_title else []
            cards.end = max(cards.end, box.bottom)
        if all(len(column) > FEWEST for column in cards.texts):
            cards.end += STRIP / 2
            end = cards.end
            yield cards


def _titles_over_answers(printed: Sequence[Line]) -> Iterator[Box]:
    """The lines in bold type over questions and answers, set left as they are: 'Pilote : CCAS'."""
    for column in clusters(printed, lambda piece: piece.box.x0, LEVEL):
        lines = sorted(column, key=lambda piece: piece.box.top)
        bold = [i for i, piece in enumerate(lines) if piece.bold]
        for i, end in pairwise([*bold, len(lines)]):
            told = lines[i + 1 : end]
            asked = sum(ASKED.match(piece.text) is not None for piece in told)
            if asked >= FEWEST and 2 * asked > len(told):
                yield lines[i].box


def _top(piece: tuple[Box, float]) -> float:
    return piece[0].top


def _names_action(text: str) -> bool:
    return split_reference(text)[0] is not None or TITLE_ALONE.fullmatch(text) is not None


def _gutter(page: Page, cards: _Cards, column: int) -> float | None:
    """The middle of the strip before `column` that nothing drawn crosses; None without one."""
    left = max(box.x1 for box in cards.texts[column - 1])
    right = cards.starts(column)
    free = [left]
    drawn = sorted(
        (b.x0, b.x1)
        for b in (*page.rules, *(fill.box for fill in page.fills if fill.visible))
        if cards.top <= b.middle[1] <= cards.end
        and b.width > STRIP
        and b.height < BACKGROUND * (cards.end - cards.top)
    )
    strips: list[tuple[float, float]] = []
    for x0, x1 in (*drawn, (right, right)):
        if min(x0, right) - free[-1] >= STRIP:
            strips.append((free[-1], min(x0, right)))
        free.append(max(free[-1], x1))
    widest = max(strips, key=lambda strip: strip[1] - strip[0], default=None)
    return sum(widest) / 2 if widest else None


def _cuts(page: Page, cards: _Cards) -> list[float]:
    """Where each row of cards begins; the top of all alone, where they do not stand in rows."""
    columns = [
        sorted(t.top for t in cards.titles if abs(t.x0 - left) <= LEVEL) for left in cards.lefts
    ]
    rows = [
        [column[i] for column in columns if len(column) > i] for i in range(max(map(len, columns)))
    ]
    first = [_card_top(page, cards, rows[0])]
    cuts = [*first, *(_card_top(page, cards, row) for row in rows[1:])]
    level = all(max(row) - min(row) <= LEVEL for row in rows)
    texts = [box for column in cards.texts for box in column]
    clean = not any(box.top < y < box.bottom for y in cuts for box in texts)
    return cuts if level and clean else first


def _card_top(page: Page, cards: _Cards, tops: Sequence[float]) -> float:
    """Where the cards begin whose titles begin at `tops`: above what is drawn around these, unless
    other texts stand within."""
    y = min(tops) + 1
    drawn = [
        b for b in (*page.rules, *(f.box for f in page.fills if f.visible)) if b.height > STRIP
    ]
    around = [b.top for b in drawn if b.top < y < b.bottom and b.x1 > cards.lefts[0] - PADDING]
    above = [w.box.bottom for w in page.words if w.box.bottom <= y]
    return max(min([*around, y - 1]) - 1, max(above, default=0.0))
