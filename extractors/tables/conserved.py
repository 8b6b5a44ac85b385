"""How many of the characters printed in a table end in one of its cells: what is lost shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from extractors.pages.page import Word
from extractors.tables.by_head import MARK
from extractors.tables.parts import Part, PartRow
from pipeline.extracted import ExtractedCell, Place

HYPHENS = str.maketrans("", "", "-\u00ad\u2010\u2011")  # the last of a line goes with the cut

ReadRow = tuple[PartRow, Sequence[tuple[int, ExtractedCell]]]  # its cells by their column in it


def printed_in(parts: Iterable[Part]) -> int:
    """Characters of the words that `parts` of a table hold."""
    return _size({id(w): w for p in parts for c in p.grid.cells for w in c.words}.values())


def ended_in_cells(rows: Iterable[ReadRow]) -> int:
    """Characters of the words that stand in one cell alone, merged over rows or not, as far as its
    text says them."""
    homes: dict[int, set[tuple[int, Place]]] = defaultdict(set)
    held: dict[tuple[int, Place], dict[int, Word]] = defaultdict(dict)
    texts: dict[tuple[int, Place], str] = {}
    for row, cells in rows:
        for column, cell in cells:
            home = column, cell.place
            texts[home] = max(texts.get(home, ""), cell.text, key=len)
            for word in (word for member in row.cells[column] for word in member.words):
                homes[id(word)].add(home)
                held[home][id(word)] = word
    return sum(
        said_by(texts[home], [w for w in words.values() if len(homes[id(w)]) == 1])
        for home, words in held.items()
    )


def left_out(head: Sequence[PartRow], rows: Sequence[PartRow], kept: Sequence[PartRow]) -> int:
    """Characters of the `rows` of a later part that those `kept` of them need not hold: what the
    `head` of the table says, and the marks that part two columns set as one."""
    rest = {id(w) for w in words_of(kept)}
    left = [w for w in words_of(rows) if id(w) not in rest]
    marks = [w for w in left if MARK.fullmatch(w.text)]
    repeated = [w for w in left if not MARK.fullmatch(w.text)]
    return _size(marks) + said_by("".join(w.text for w in words_of(head)), repeated)


def said_by(text: str, words: Sequence[Word]) -> int:
    """How many of the characters of `words`, of which `text` was made, it says."""
    said, printed = (_letters(t) for t in (text, "".join(w.text for w in words)))
    return _size(words) - (printed - said).total()


def words_of(rows: Iterable[PartRow]) -> list[Word]:
    """The words of `rows`, those of a cell merged over several of them once."""
    found = (w for row in rows for cells in row.cells.values() for c in cells for w in c.words)
    return list({id(w): w for w in found}.values())


def _letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()).translate(HYPHENS))


def _size(words: Iterable[Word]) -> int:
    return sum(len(w.text) for w in words)
