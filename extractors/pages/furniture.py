"""What pages carry beside the act: page numbers, running heads, stamps, footnotes.

It is taken out of the pages, so that no article and no cell holds it, and kept as data. Stamps are
known by their wording and may stand anywhere, even over a table; heads and feet by coming back at
the same height on several pages; footnotes by their number and small print.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extractors.pages.initials import are_initials, usual_size
from extractors.pages.lines import read_pieces
from extractors.pages.page import Box, Line, Page, Word
from extractors.pages.stamps import stamps_among, unframed, without_frames
from pipeline.extracted import Place, PlacedText

MARGIN = 0.13  # of the page's height: running heads and feet stand within
SAME_HEIGHT = 4.0  # points: how far a running head may move from page to page
OFTEN = 3  # pages that carry the same head or foot
SAME_HEAD = 85  # of 100: a running head on two scanned pages, a few letters of it misread
PART_OF_HEAD = 12  # letters that tell a part of a running head
ILLEGIBLE = 0.5  # OCR's confidence below which a text in the margin is noise
TABLE_COLUMNS = 4  # as many pieces on one line are the head of a table
LEADING = 1.5  # of the font size: lines further apart are not of one head
ALIKE = 1.0  # points between the sizes of its lines, at most
SMALL_PRINT = 0.86  # of the page's usual size: a footnote is set smaller
SMALLER = 0.95  # likewise, of one below the short rule that parts notes from the text
NOTES_RULE = (0.1, 0.45)  # of the page's width: how long that rule is
SAME_RULE = 3.0  # points between pieces of it, at most
SHORT = 6.0  # points: no border of a table is lower
NEAR = 12.0  # points between it and the border of a table, of which it is no rule then
PAGE_NUMBER = re.compile(
    r"(?:page|p\.)?\s*[-–—]?\s*\d{1,4}(?:\s*(?:/|sur|de)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE
)
# Page 2 sur 5 · p. 2/5, beside the text: bare figures may belong to it
NUMBER_OF_ALL = re.compile(r"(?:page|p\.)\s*\d{1,4}\s*(?:/|sur|de)\s*\d{1,4}", re.IGNORECASE)
# Paraphes : – 2 – · Annexe financière | 3 : an annex may count its pages from 1 again
NUMBERED_FOOT = re.compile(
    r"(?:[-–—|·•]|\bpage|\bp\.)\s*\d{1,3}(?:\s*/\s*\d{1,3})?\s*[-–—|]?$", re.IGNORECASE
)
FOOTNOTE = re.compile(r"\(?\d{1,2}\)?[ .]?\s*(?=[A-ZÀ-Ý«(a-zà-ÿ])|\*{1,3}\s*\S")


@dataclass(frozen=True, slots=True)
class Printed:
    """A page without its stamps, the pieces of lines that it prints, and the stamps."""

    page: Page
    pieces: tuple[Line, ...]
    stamps: tuple[PlacedText, ...]


def without_stamps(page: Page) -> Printed:
    """`page` by itself: its stamps and the frame around it taken off, its lines read."""
    pieces = read_pieces(page)
    stamps = stamps_among(pieces)
    body = without_frames(_without(page, stamps), stamps)
    over = read_pieces(replace(page, words=page.stamped))
    printed = [PlacedText(text=line.text, place=place(line)) for line in (*stamps, *over)]
    return Printed(unframed(body), tuple(read_pieces(body) if stamps else pieces), tuple(printed))


def without_furniture(printed: Printed, margins: "Margins") -> tuple[Page, list[PlacedText]]:
    """The page without heads, feet and footnotes, and these."""
    running = [*margins.running(printed), *_beside(printed)]
    taken = [*running, *_footnotes(printed.page, printed.pieces, running)]
    found = [PlacedText(text=piece.text, place=place(piece)) for piece in taken]
    return _without(printed.page, taken), found


def place(line: Line) -> Place:
    """Where `line` stands."""
    box = line.box
    return Place(page=line.page, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)


def _without(page: Page, pieces: Iterable[Line]) -> Page:
    taken = {word for piece in pieces for word in piece.words}
    return replace(page, words=tuple(w for w in page.words if w not in taken)) if taken else page


@dataclass(frozen=True, slots=True)
class Margins:
    """What the margins of a document's pages say, on which of them and at which heights (points
    from the edge)."""

    pages: int
    # key: shape of a piece, is it at the top
    heights: Mapping[tuple[str, bool], Sequence[tuple[int, float]]]
    scanned: Sequence["_Scanned"] = ()

    @classmethod
    def of(cls, pages: Iterable[Printed]) -> "Margins":
        """The margins of all pages of a document."""
        count = 0
        heights: dict[tuple[str, bool], list[tuple[int, float]]] = defaultdict(list)
        scanned: list[_Scanned] = []
        for printed in pages:
            count += 1
            for piece, at_top in _margin_pieces(printed):
                where = printed.page.number, _offset(piece, printed.page, at_top)
                for shape in _shapes(piece):
                    heights[shape, at_top].append(where)
                if _is_scanned(piece):
                    scanned.append(_Scanned.of(piece, printed.page, at_top))
        return cls(count, heights, scanned)

    def running(self, printed: Printed) -> list[Line]:
        """Of one of the pages, the heads, feet and page numbers."""
        pieces = _margin_pieces(printed)
        usual = usual_size(printed.page.words)
        kept: list[Line] = []
        for at_top in (True, False):
            for piece in (p for p, top in pieces if top is at_top):
                offset = _offset(piece, printed.page, at_top)
                count = max(
                    len(
                        {
                            n
                            for n, y in self.heights[shape, at_top]
                            if abs(offset - y) <= SAME_HEIGHT
                        }
                    )
                    for shape in _shapes(piece)
                )
                if _is_scanned(piece):
                    count = max(count, self._alike(_Scanned.of(piece, printed.page, at_top)))
                level = [
                    p
                    for p, top in pieces
                    if top is at_top
                    and abs(_offset(p, printed.page, at_top) - offset) <= SAME_HEIGHT
                ]
                noise = _is_illegible([piece]) or _is_illegible(level)
                noise = noise or (not at_top and are_initials(piece.words, usual))
                outermost = offset < MARGIN / 2 * printed.page.height
                if not _comes_back(piece, count, self.pages) and not (noise and outermost):
                    break
                kept.append(piece)
        return kept

    def _alike(self, piece: "_Scanned") -> int:
        """On how many scanned pages, OFTEN at most, a piece says what `piece` does but for a few
        letters."""
        pages: set[int] = set()
        for other in self.scanned:
            if len(pages) < OFTEN and other.page not in pages and piece.is_like(other):
                pages.add(other.page)
        return len(pages)


@dataclass(frozen=True, slots=True)
class _Scanned:
    """A piece of a margin as OCR read it. `texts`: its letters and figures, with and without the
    page's number, and those of the words that OCR could make out."""

    texts: tuple[str, ...]
    page: int
    at_top: bool
    offset: float

    @classmethod
    def of(cls, piece: Line, page: Page, at_top: bool) -> "_Scanned":
        text = piece.text.casefold()
        unnumbered = re.sub(rf"(?<![\w,./-])0*{piece.page}(?![\w,.-])", "", text)
        legible = " ".join(w.text for w in piece.words if not _is_misread(w)).casefold()
        texts = {re.sub(r"[\W_]+", "", t): None for t in (text, unnumbered, legible)}
        return cls(tuple(texts), page.number, at_top, _offset(piece, page, at_top))

    def is_like(self, other: "_Scanned") -> bool:
        """Is it the same head or foot, or a part of it?"""
        return (
            self.at_top is other.at_top
            and abs(self.offset - other.offset) <= SAME_HEIGHT
            and any(_is_said_in(*sorted((a, b), key=len)) for a in self.texts for b in other.texts)
        )


def _is_said_in(short: str, long: str) -> bool:
    """Does `long` say `short`, of which it may misread letters, but no figures?"""
    figures, others = (re.sub(r"\D", "", text) for text in (short, long))
    if figures == others and fuzz.ratio(short, long) >= SAME_HEAD:
        return True
    part = len(short) >= PART_OF_HEAD and not figures
    return part and fuzz.partial_ratio(short, long) >= SAME_HEAD


def _is_scanned(piece: Line) -> bool:
    return piece.words[0].confidence is not None


def _is_misread(word: Word) -> bool:
    return word.confidence is not None and word.confidence < ILLEGIBLE


def _is_illegible(pieces: Iterable[Line]) -> bool:
    """Could OCR hardly make them out, as it happens to a pale head on a scan?"""
    words = [word for piece in pieces for word in piece.words]
    read = [(len(w.text), w.confidence) for w in words if w.confidence is not None]
    return sum(n * c for n, c in read) < ILLEGIBLE * sum(n for n, _ in read)


def _comes_back(piece: Line, count: int, pages: int) -> bool:
    if PAGE_NUMBER.fullmatch(piece.text.strip()):
        return count > 1 or pages == 1
    return count >= min(OFTEN, pages) and pages > 1


def _margin_pieces(printed: Printed) -> list[tuple[Line, bool]]:
    """Pieces in the top margin (True, from the top) and the bottom one (False, from the bottom)."""
    page, pieces = printed.page, printed.pieces
    limit = MARGIN * page.height
    top = [p for p in pieces if p.box.bottom <= limit]
    bottom = [p for p in reversed(pieces) if p.box.top >= page.height - limit]
    heights = {round(p.words[0].baseline) for p in (*top, *bottom)}
    level = (p for p in pieces if round(p.words[0].baseline) in heights)
    rows = Counter(round(p.words[0].baseline) for p in level if not _is_illegible([p]))
    table = {i for i, p in enumerate(top) if rows[round(p.words[0].baseline)] >= TABLE_COLUMNS}
    for i, p in enumerate(top):
        if any(_goes_on_below(top[j], p) for j in table):
            table.add(i)
    heads = [p for i, p in enumerate(top) if i not in table]
    return [
        (p, at_top)
        for side, at_top in ((heads, True), (bottom, False))
        for p in side
        if rows[round(p.words[0].baseline)] < TABLE_COLUMNS and not _in_grid(p.box, page)
    ]


def _goes_on_below(above: Line, piece: Line) -> bool:
    """Is `piece` the next line of the heads of columns, of which `above` are some: right below
    them, in type of their size?"""
    one, other = above.box, piece.box
    alike = one.x0 < other.x1 and other.x0 < one.x1 and abs(above.size - piece.size) < ALIKE
    return alike and 0 < other.bottom - one.bottom <= LEADING * piece.size


def _beside(printed: Printed) -> list[Line]:
    """The page numbers that stand at the side and reach further than all text and rules there."""
    page = printed.page
    top, bottom = MARGIN * page.height, (1 - MARGIN) * page.height
    found = []
    for piece in printed.pieces:
        box = piece.box
        if not (top < box.top < bottom and NUMBER_OF_ALL.fullmatch(piece.text.strip())):
            continue
        others = [w.box for w in page.words if w not in piece.words]
        inner = [b for b in (*others, *page.rules) if b.bottom > top and b.top < bottom]
        if all(b.x1 < box.x1 for b in inner) or all(b.x0 > box.x0 for b in inner):
            found.append(piece)
    return found


def _in_grid(box: Box, page: Page) -> bool:
    """Does `box` stand in a ruled or coloured cell?"""
    x, y = box.middle
    if any(fill.box.holds(x, y) and fill.box.width < 0.9 * page.width for fill in page.fills):
        return True
    across = [r for r in page.rules if r.width > r.height and r.x0 <= x <= r.x1]
    return any(r.bottom <= y for r in across) and any(r.top >= y for r in across)


def _shapes(piece: Line) -> set[str]:
    """What `piece` may share with other pages: its text, as it is or but for the page's number."""
    text = re.sub(r"[–—−]", "-", piece.text.strip())  # OCR takes one for another
    if _is_scanned(piece):  # 718: 7/8
        text = re.sub(rf"^(0*{piece.page})[1Il](?=\d{{1,3}}$)", r"\1/", text)
    if PAGE_NUMBER.fullmatch(text):
        return {re.sub(r"\d+", "#", text)}
    own_number = re.sub(rf"(?<![\w,./-])0*{piece.page}(?![\w,.-])", "#", text)
    return {text, own_number, NUMBERED_FOOT.sub("#", text)}


def _offset(piece: Line, page: Page, at_top: bool) -> float:
    return piece.box.top if at_top else page.height - piece.box.bottom


def _footnotes(page: Page, pieces: Sequence[Line], running: Sequence[Line]) -> list[Line]:
    """Lines in small print that begin with a note's number, and those that carry it on."""
    taken = {id(piece) for piece in running}
    pieces = [p for p in pieces if id(p) not in taken]
    letters: Counter[float] = Counter()
    for piece in pieces:
        letters[round(piece.size * 2) / 2] += len(piece.text)
    if not letters:
        return []
    usual = letters.most_common(1)[0][0]
    ruled = _notes_rule(page, pieces)
    notes: list[Line] = []
    for piece in pieces:
        follows = bool(notes) and piece.box.top - notes[-1].box.bottom < piece.size
        small = (SMALLER if piece.box.top > ruled else SMALL_PRINT) * usual
        if piece.size > small or not (follows or _opens_note(piece)):
            continue
        if _in_grid(piece.box, page):
            continue
        if follows or piece.box.top > page.height / 3:
            notes.append(piece)
    return notes


def _notes_rule(page: Page, pieces: Sequence[Line]) -> float:
    """Where the rule above the page's notes is drawn: short, from the left edge of the text on,
    alone at its height and with no other rule below; the page's end without one."""
    left = min(piece.box.x0 for piece in pieces)
    level = [r for r in page.rules if r.width > r.height and r.top > page.height / 3]
    lowest = max((r.bottom for r in level), default=0.0)
    last = [r for r in level if r.bottom > lowest - SAME_RULE]
    x0, x1 = min((r.x0 for r in last), default=0.0), max((r.x1 for r in last), default=0.0)
    shortest, longest = NOTES_RULE
    short = shortest * page.width <= x1 - x0 <= longest * page.width
    alone = not any(
        r.height > SHORT and r.x0 <= x1 and r.x1 >= x0 and r.top <= lowest <= r.bottom + NEAR
        for r in page.rules
    )
    return lowest if short and alone and abs(x0 - left) <= SAME_HEIGHT else page.height


def _opens_note(piece: Line) -> bool:
    return bool(FOOTNOTE.match(piece.text)) and len(piece.words) > 2
