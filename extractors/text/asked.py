"""Forms that are written, line by line: a title, and below it questions with their answers.

Fiche action n° 2 : Bail glissant      the title
Pilote : CCAS                          a question, answered on its line
Objectifs :                            or below
- capter 20 logements
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from extractors.pages.page import Line
from extractors.text.headings import BULLET
from extractors.text.listed import LINE, SUM, places_of
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable

COUNTED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[IVX]{1,4})\s?[.)°–—-]\s*")  # 1. Pilote
GAP = 0.5  # of the font size: lines further apart are not of one text


def asks(text: str) -> bool:
    """Does `text` ask and tell: 'Porteur : …'? A question has figures before a sum alone: 'Coût
    2024 : 9 000 €', but not 'Appel au 115 : les demandes'."""
    asked, _, told = text.partition(":")
    plain = not any(map(str.isdigit, asked)) or SUM.search(told) is not None
    return plain and LINE.match(f"{text} ") is not None


def title_at(lines: Sequence[Line], start: int) -> list[Line]:
    """The lines of the title that begins at line `start`."""
    return [
        lines[i]
        for i in takewhile(
            lambda i: i == start or _goes_on(lines[i - 1], lines[i]), range(start, len(lines))
        )
    ]


def _goes_on(above: Line, line: Line) -> bool:
    """Is `line` the next one of the title that ends with the line `above`?"""
    alike = (line.page, line.bold, line.size) == (above.page, above.bold, above.size)
    return alike and not asks(line.text) and line.box.top - above.box.bottom < GAP * line.size


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the paragraphs that answer it: its own, or those below where it is alone.
    The first paragraph is empty where nothing asks what the others tell."""

    paragraphs: list[list[Line]]

    @property
    def lines(self) -> list[Line]:
        """All lines, in order."""
        return [line for paragraph in self.paragraphs for line in paragraph]

    @property
    def is_alone(self) -> bool:
        """Does nothing answer the question on its line?"""
        return not any(line.text.partition(":")[2].strip() for line in self.paragraphs[0][:1])

    def is_above(self, line: Line) -> bool:
        """Does `line` stand right below the last line?"""
        last = self.lines[-1]
        return line.page == last.page and line.box.top - last.box.bottom < GAP * line.size

    def add(self, line: Line) -> None:
        """Take `line`, as more of the last paragraph or as another one."""
        unanswered = self.is_alone and len(self.paragraphs) == 1
        if unanswered or not self.is_above(line) or BULLET.match(line.text) or asks(line.text):
            self.paragraphs.append([])
        self.paragraphs[-1].append(line)

    def row(self, vocabulary: Vocabulary) -> ExtractedRow:
        """What is asked, without its number, and what is told."""
        first, *others = [
            join_lines([line.text for line in paragraph], vocabulary)
            for paragraph in self.paragraphs
        ]
        asked, _, beside = first.partition(":")
        asked, told = COUNTED.sub("", asked, count=1), "\n".join([beside, *others])
        place, *rest = places_of(self.lines)
        bold = self.lines[0].bold
        cells = [
            ExtractedCell(column=i, text=text.strip(), bold=bold, place=place, rest=rest)
            for i, text in enumerate((asked, told), start=1)
        ]
        return ExtractedRow(kind="body", cells=cells)


def written_form(
    title: str, answered: Sequence[Answered], extractor: str, vocabulary: Vocabulary
) -> ExtractedTable:
    """The form of what is `answered` below the `title` of an action."""
    lines = [line for one in answered for line in one.lines]
    characters = sum(len("".join(line.text.split())) for line in lines)
    return ExtractedTable(
        position=0,
        annex=None,
        title=title,
        columns=["", ""],
        rows=[one.row(vocabulary) for one in answered],
        page_first=lines[0].page,
        page_last=lines[-1].page,
        extractor=extractor,
        characters=characters,
        characters_in_cells=characters,
    )
