"""How many of the characters printed in a table end in one of its cells: what is lost shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from extractors.pages.page import Word
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
    held: dict[tuple[int, Place], dict[int, Word]] = defaultdict(dict)
    texts: dict[tuple[int, Place], str] = {}
    for row, cells in rows:
        for column, cell in cells:
            home = column, cell.place
            texts[home] = max(texts.get(home, ""), cell.text, key=len)
            held[home].update((id(w), w) for member in row.cells[column] for w in member.words)
    homes = Counter(key for words in held.values() for key in words)
    return sum(
        said_by(texts[home], [w for key, w in words.items() if homes[key] == 1])
        for home, words in held.items()
    )


def left_out(head: Sequence[PartRow], rows: Sequence[PartRow], kept: Sequence[PartRow]) -> int:
    """Characters of the `rows` of a later part that those `kept` of them need not hold: what the
    `head` of the table says."""
    rest = {id(w) for w in words_of(kept)}
    repeated = [w for w in words_of(rows) if id(w) not in rest]
    return said_by("".join(w.text for w in words_of(head)), repeated)


def said_by(text: str, words: Sequence[Word]) -> int:
    """How many of the characters of `words`, of which `text` was made, it says."""
    said, printed = (_letters(t) for t in (text, "".join(w.text for w in words)))
    unsaid = 0 if said == printed else (Counter(printed) - Counter(said)).total()
    return _size(words) - unsaid


def words_of(rows: Iterable[PartRow]) -> list[Word]:
    """The words of `rows`, those of a cell merged over several of them once."""
    found = (w for row in rows for cells in row.cells.values() for c in cells for w in c.words)
    return list({id(w): w for w in found}.values())


def _letters(text: str) -> str:
    return "".join(text.split()).translate(HYPHENS)


def _size(words: Iterable[Word]) -> int:
    return sum(len(w.text) for w in words)
