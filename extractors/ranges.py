"""The pages of a document between their reading and the whole: in memory, or range by range in
files, so that a long document takes hardly more memory than a short one.

A range is read as if it were a document. Nearly all that it finds holds for the whole; the rest,
where pages far apart decide (a running head, a table over two ranges), is found again.
"""

import copyreg
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import overload

from extractors.grids.continued import continued
from extractors.grids.foot_heads import head_at_foot
from extractors.grids.grid import Grid, without
from extractors.pages.furniture import Margins, Printed, without_furniture
from extractors.pages.lines import read_lines
from extractors.pages.page import Box, Line, Page, Word, around
from normalizers.words import Vocabulary
from pipeline.extracted import PlacedText


@dataclass(frozen=True, slots=True)
class Found:
    """A page without furniture, its grids by itself, these with the last rows of a table of the
    page before, and as other readers see them where they were asked."""

    body: Page
    own: list[Grid]
    grids: list[Grid]
    judged: list[Grid] | None = None


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as it was read, without its stamps, and what its range found on it."""

    page: Page
    printed: Printed
    found: Found | None = None


class Layout(Mapping[int, list[Grid]]):
    """The grids of a document's pages (key: page number), and what stands around them.

    Only `lines`, those outside the grids, `furniture` and `vocabulary` are held, and what the
    ranges of `read` did not find by themselves. What other readers said to the ranges counts.
    """

    def __init__(self, read: Sequence[ReadPage], find_grids: Callable[[Page], list[Grid]]) -> None:
        self._read = read
        self._first = read[0].page.number if read else 1
        self._made: dict[int, Found] = {}
        self.judged: set[int] = set()  # pages whose grids count as the other readers see them
        self.lines: list[Line] = []
        margins = Margins.of(item.printed for item in read)
        stamps: list[PlacedText] = []
        furniture: list[PlacedText] = []
        texts: list[str] = []
        above: Found | None = None
        for item in read:
            body, taken = without_furniture(item.printed, margins)
            known = item.found if item.found and item.found.body == body else None
            own = known.own if known else find_grids(body)
            grids = continued(above.body, above.grids, body, own) if above else own
            if above and (head := head_at_foot(above.body, above.grids, body, grids)):
                self._add(head, above)
            found = Found(body, own, grids)
            if not known or known.grids != grids:
                self._made[body.number] = found
            elif known.judged is not None:
                self.judged.add(body.number)
            stamps += item.printed.stamps
            furniture += taken
            self.lines += map(_light, read_lines(without(body, grids)))
            texts += _texts(grids)
            if body.words:  # a blank page, as the backs of sheets are, ends no table
                above = found
        self.furniture = [*stamps, *furniture]
        self.vocabulary = Vocabulary.of([*(line.text for line in self.lines), *texts])

    def _add(self, head: Grid, found: Found) -> None:
        """Let the lines below all grids of the page that was `found` be the `head` of a table."""
        self._made[head.page] = replace(found, grids=[*found.grids, head])
        self.judged.discard(head.page)
        self.lines = [
            line
            for line in self.lines
            if line.page != head.page or line.box.middle[1] < head.box.top
        ]

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._first, self._first + len(self)))

    def __len__(self) -> int:
        return len(self._read)

    def __getitem__(self, number: int) -> list[Grid]:
        found = self.found(number)
        return found.judged if found.judged and number in self.judged else found.grids

    def found(self, number: int) -> Found:
        """All that is known of page `number`."""
        made = self._made.get(number) or self._read[number - self._first].found
        assert made is not None
        return made

    def body(self, number: int) -> Page:
        """Page `number` without furniture."""
        return self.found(number).body

    def rest(self, number: int) -> Page:
        """Page `number` without furniture and the words of its grids."""
        return without(self.body(number), self[number])

    def judge(self, grids: Mapping[int, list[Grid]]) -> None:
        """Let `grids` count, which other readers have seen now."""
        for number, judged in grids.items():
            self._made[number] = replace(self.found(number), judged=judged)
            self.judged.add(number)


def _light(line: Line) -> Line:
    """`line` in fewer pieces: words in one type made one. Its text, box and type stay."""
    runs = [list(run) for _, run in groupby(line.words, key=lambda w: (w.bold, w.size))]
    return Line(
        tuple(
            replace(run[0], text=" ".join(w.text for w in run), box=around([w.box for w in run]))
            for run in runs
        ),
        line.page,
    )


def _texts(grids: Iterable[Grid]) -> Iterator[str]:
    """The lines of all cells."""
    for grid in grids:
        for cell in grid.cells:
            for line in cell.lines:
                yield " ".join(w.text for w in line)


class _Pickler(pickle.Pickler):
    """Writes what there are thousands of in few bytes."""

    dispatch_table = copyreg.dispatch_table | {
        Box: lambda b: (Box, (b.x0, b.top, b.x1, b.bottom)),
        Word: lambda w: (Word, (w.text, w.box, w.baseline, w.size, w.bold, w.confidence, w.run)),
        Line: lambda line: (Line, (line.words, line.page)),
    }


def stored(read: Sequence[ReadPage]) -> bytes:
    """The pages of a range as a file; `StoredPages` reads it."""
    file = BytesIO()
    for part in (len(read), list(read)):
        _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(part)
    return file.getvalue()


class StoredPages(Sequence[ReadPage]):
    """Pages in the files of their ranges, of which one at a time is in memory."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._places: list[tuple[Path, int]] = []
        for path in files:
            with path.open("rb") as file:
                self._places += [(path, i) for i in range(pickle.load(file))]

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> ReadPage: ...

    @overload
    def __getitem__(self, index: slice) -> "StoredPages": ...

    def __getitem__(self, index: int | slice) -> "ReadPage | StoredPages":
        if isinstance(index, slice):
            some = StoredPages([])
            some._places = self._places[index]
            return some
        path, i = self._places[index]
        return _range(path)[i]


@lru_cache(1)
def _range(path: Path) -> list[ReadPage]:
    with path.open("rb") as file:
        pickle.load(file)
        pages: list[ReadPage] = pickle.load(file)
    return pages
