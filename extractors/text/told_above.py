"""What the lines between the title of an action and its table name and tell, as a form before it.

Action 1. Bail glissant            the title
Porteur : Habitat Jeunes           what stands here would be lost: no article, and no cell
Budget de l'action                 a caption of the table may follow
Financeur | Montant 2023           the table
"""

from collections.abc import Iterable, Iterator, Sequence

from extractors.pages.page import Line
from extractors.text.annexes import annex_heading
from extractors.text.asked import Answered, asks, title_at, written_form
from extractors.text.headings import Style
from normalizers.references import names_action
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import ExtractedTable

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
    written = title_at(above, titles[-1])
    title = join_lines([line.text for line in written], vocabulary)
    return title, _without_caption(above[titles[-1] + len(written) :], table.title)


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


def _form(
    table: ExtractedTable, title: str, told: Sequence[Line], vocabulary: Vocabulary
) -> Iterator[ExtractedTable]:
    """The form that the lines `told` make below the `title` of the action of `table`."""
    if not told or not asks(told[0].text):
        return
    answered: list[Answered] = []
    for line in told:
        if asks(line.text):
            answered.append(Answered([[line]]))
        elif answered[-1].is_above(line) or answered[-1].is_alone:
            answered[-1].add(line)
        else:
            return
    form = written_form(title, answered, table.extractor, vocabulary)
    yield form.model_copy(update={"annex": table.annex, "annex_title": table.annex_title})


def _is_title(line: Line, title: str) -> bool:
    return "".join(line.text.split()) in "".join(title.split())
