"""What the lines between the title of an action and its table name and tell, as a form before it.

Action 1. Bail glissant            the title
Porteur : Habitat Jeunes           what stands here would be lost: no article, and no cell
Budget de l'action                 a caption of the table may follow
Financeur | Montant 2023           the table
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from extractors.pages.page import Box, Line, around
from extractors.text.annexes import annex_heading
from extractors.text.headings import BULLET, Style
from extractors.text.listed import LINE, SUM
from normalizers.references import names_action
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable, Place

GAP = 0.5  # of the font size: lines further apart are not of one text
EDGE = 1.5  # points by which boxes may reach over one another


def forms_above(
    tables: Iterable[ExtractedTable], lines: Sequence[Line], vocabulary: Vocabulary
) -> list[ExtractedTable]:
    """`tables` in reading order, before each that a title names as an action's the form of `lines`,
    those outside tables, that stand between both; positions count anew. Where nothing but a caption
    stands between, it is a second line of the title."""
    style = Style.of(lines)
    found: list[ExtractedTable] = []
    end = (0, 0.0)  # of the table before: its page, and how far down it goes
    for table in tables:
        places = _places(table)
        first = min(places, default=None)
        if first:
            between = [x for x in lines if end <= (x.page, x.box.top) and _is_over(x, first)]
            above = _in_last_annex(between, style)
            title, told = _under_title(table, above, style, vocabulary)
            if title and not told and title != table.title:
                table = table.model_copy(update={"title": f"{title}\n{table.title}".strip()})
            found += _form(table, title, told, vocabulary)
        found.append(table)
        end = max(((page, bottom) for page, _, bottom in places), default=end)
    return [t.model_copy(update={"position": i}) for i, t in enumerate(found, start=1)]


def _in_last_annex(lines: Sequence[Line], style: Style) -> Sequence[Line]:
    """`lines` from the last heading of an annex on: what stands before is of another annex."""
    return lines[max((i for i in range(len(lines)) if annex_heading(lines, i, style)), default=0) :]


def _places(table: ExtractedTable) -> list[tuple[int, float, float]]:
    """The page, top and bottom of each cell."""
    cells = (c for row in (*table.head, *(r.cells for r in table.rows)) for c in row)
    return [(p.page, p.top, p.bottom) for c in cells for p in (c.place, *c.rest)]


def _is_over(line: Line, first: tuple[int, float, float]) -> bool:
    """Does `line` stand above a table that begins at `first`, or end the page before?"""
    page, top, _ = first
    return line.page == page - 1 or (line.page == page and line.box.bottom <= top + EDGE)


def _under_title(
    table: ExtractedTable, above: Sequence[Line], style: Style, vocabulary: Vocabulary
) -> tuple[str, Sequence[Line]]:
    """The title that names the action of `table`, its own or one that stands out `above` its
    caption, and the lines between; no title where none does."""
    captions = [i for i, line in enumerate(above) if _is_title(line, table.title)]
    if names_action(table.title):
        return (table.title, above[captions[-1] + 1 :]) if captions else ("", ())
    titles = [i for i, line in enumerate(above) if _names(line, style)]
    if not titles or (table.title and captions[-1:] != [len(above) - 1]):
        return "", ()
    start, *others = takewhile(
        lambda i: i == titles[-1] or _goes_on(above[i - 1], above[i]),
        range(titles[-1], len(above)),
    )
    title = join_lines([above[i].text for i in (start, *others)], vocabulary)
    return title, _without_caption(above[start + 1 + len(others) :], table.title)


def _without_caption(lines: Sequence[Line], caption: str) -> Sequence[Line]:
    """`lines` without the last ones, which make the `caption`."""
    rest = "".join(caption.split())
    for end in range(len(lines), 0, -1):
        text = "".join(lines[end - 1].text.split())
        if not rest or not rest.endswith(text):
            return lines[:end]
        rest = rest.removesuffix(text)
    return ()


def _names(line: Line, style: Style) -> bool:
    return style.stands_out(line) and names_action(line.text)


def _goes_on(above: Line, line: Line) -> bool:
    """Is `line` the next one of the title that ends with the line `above`?"""
    alike = (line.page, line.bold, line.size) == (above.page, above.bold, above.size)
    return alike and not _asks(line.text) and line.box.top - above.box.bottom < GAP * line.size


def _form(
    table: ExtractedTable, title: str, told: Sequence[Line], vocabulary: Vocabulary
) -> Iterator[ExtractedTable]:
    """The form that the lines `told` make below the `title` of the action of `table`."""
    if not told or not _asks(told[0].text):
        return
    entries: list[_Entry] = []
    for line in told:
        if _asks(line.text):
            entries.append(_Entry([[line]]))
        elif not entries[-1].add(line):
            return
    characters = sum(len("".join(line.text.split())) for line in told)
    yield ExtractedTable(
        position=table.position,
        annex=table.annex,
        annex_title=table.annex_title,
        title=title,
        columns=["", ""],
        rows=[_row(entry, vocabulary) for entry in entries],
        page_first=told[0].page,
        page_last=told[-1].page,
        extractor=table.extractor,
        characters=characters,
        characters_in_cells=characters,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A question with the paragraphs that answer it: its own, or those below where it is alone."""

    paragraphs: list[list[Line]]

    def add(self, line: Line) -> bool:
        """Take `line`, unless it is of another text than the question and its answer."""
        last = self.paragraphs[-1][-1]
        near = line.page == last.page and line.box.top - last.box.bottom < GAP * line.size
        if near and not BULLET.match(line.text) and last is not self._alone:
            self.paragraphs[-1].append(line)
        elif near or self._alone:
            self.paragraphs.append([line])
        else:
            return False
        return True

    @property
    def _alone(self) -> Line | None:
        """The question, if nothing answers it on its line."""
        first = self.paragraphs[0][0]
        return first if first.text.rstrip().endswith(":") else None

    @property
    def lines(self) -> list[Line]:
        """All lines, in order."""
        return [line for paragraph in self.paragraphs for line in paragraph]


def _asks(text: str) -> bool:
    """Does `text` ask and tell: 'Porteur : …'? A question has figures before a sum alone: 'Coût
    2024 : 9 000 €', but not 'Appel au 115 : les demandes'."""
    asked, _, told = text.partition(":")
    plain = not any(map(str.isdigit, asked)) or SUM.search(told) is not None
    return plain and LINE.match(f"{text} ") is not None


def _is_title(line: Line, title: str) -> bool:
    return "".join(line.text.split()) in "".join(title.split())


def _row(entry: _Entry, vocabulary: Vocabulary) -> ExtractedRow:
    """What lines ask before the colon, and what they tell behind it."""
    text = "\n".join(
        join_lines([line.text for line in paragraph], vocabulary) for paragraph in entry.paragraphs
    )
    asked, _, told = text.partition(":")
    first = entry.lines[0]
    places = [
        _place(page, around([line.box for line in entry.lines if line.page == page]))
        for page in dict.fromkeys(line.page for line in entry.lines)
    ]
    return ExtractedRow(
        kind="body",
        cells=[
            ExtractedCell(
                column=i, text=part.strip(), bold=first.bold, place=places[0], rest=places[1:]
            )
            for i, part in enumerate((asked, told), start=1)
        ],
    )


def _place(page: int, box: Box) -> Place:
    return Place(page=page, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)
