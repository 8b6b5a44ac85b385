"""Where on its pages a document gives personal or bank data: what pictures must not show."""

from collections.abc import Collection, Iterable, Sequence

from extractors.grids.grid import Grid
from extractors.pages.lines import read_lines
from extractors.pages.page import Page, Word, around
from normalizers.contacts import find_contacts
from pipeline.extracted import Place


def contact_places(page: Page, grids: Sequence[Grid], public: Collection[str] = ()) -> list[Place]:
    """The words of `page` that `find_contacts` finds, line by line, and within each cell."""
    runs = [tuple(line.words for line in read_lines(page))]
    runs += [cell.lines for grid in grids for cell in grid.cells]
    boxes = {
        page.on_paper(around([word.box for word in words]))
        for run in runs
        for words in _said(run, public)
    }
    return [
        Place(page=page.number, x0=b.x0, top=b.top, x1=b.x1, bottom=b.bottom)
        for b in sorted(boxes, key=lambda b: (b.top, b.x0))
    ]


def _said(lines: Sequence[Sequence[Word]], public: Collection[str]) -> Iterable[list[Word]]:
    """The words of each line that hold a piece of a contact."""
    text = "".join(" ".join(word.text for word in line) + "\n" for line in lines)
    contacts = find_contacts(text, public)
    start = 0
    for line in lines if contacts else ():
        starts = []
        for word in line:
            starts.append(start)
            start += len(word.text) + 1
        for contact in contacts:
            words = [
                word
                for word, start_ in zip(line, starts, strict=True)
                if start_ < contact.end and contact.start < start_ + len(word.text)
            ]
            if words:
                yield words
