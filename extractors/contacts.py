"""Where on its pages a document gives personal or bank data: what pictures must not show."""

from collections.abc import Collection, Iterable, Sequence

from extractors.grid import Grid
from extractors.lines import read_lines
from extractors.page import Page, Word, around
from normalizers.privacy import find_contacts
from pipeline.models import Place


def contact_places(page: Page, grids: Sequence[Grid], public: Collection[str] = ()) -> list[Place]:
    """The words of `page` that `find_contacts` finds, line by line, and within each cell."""
    runs = [[line.words for line in read_lines(page)]]
    runs += [list(cell.lines) for grid in grids for cell in grid.cells]
    boxes = {
        page.on_paper(around([word.box for word in words]))
        for run in runs
        for words in _said(run, public)
    }
    return [
        Place(page=page.number, x0=b.x0, top=b.top, x1=b.x1, bottom=b.bottom)
        for b in sorted(boxes, key=lambda b: (b.top, b.x0))
    ]


def _said(lines: Iterable[Sequence[Word]], public: Collection[str]) -> Iterable[list[Word]]:
    """The words of each line that hold a piece of a contact."""
    text, lines = "", list(lines)
    starts: list[list[int]] = []
    for line in lines:
        starts.append([])
        for word in line:
            starts[-1].append(len(text))
            text += word.text + " "
        text = text[:-1] + "\n"
    contacts = find_contacts(text, public)
    for line, offsets in zip(lines, starts, strict=True):
        for contact in contacts:
            words = [
                word
                for word, start in zip(line, offsets, strict=True)
                if start < contact.end and contact.start < start + len(word.text)
            ]
            if words:
                yield words
