"""What the reading of a document leaves in doubt."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.blanks import COLUMN_SPACE, SAME_EDGE, is_figure, lines_of
from extractors.grid import clusters
from extractors.lines import read_lines
from extractors.page import Page
from extractors.ranges import Layout, ReadPage
from extractors.text_layer import was_recognised
from pipeline.models import Problem

MISSED_ROWS = 3  # as many sums under one another, in two columns, are of a table


def find_problems(read: Sequence[ReadPage], layout: Layout) -> Iterator[Problem]:
    """The problems of each page, in order, then those of the whole document."""
    recognised: list[int] = []
    for item in read:
        number = item.page.number
        body = layout.body(number)
        yield from _struck(body)
        yield from _missed(layout.rest(number))
        yield from _unread(body)
        if was_recognised(item.page):
            recognised.append(number)
    yield from _recognised(recognised)


def _struck(page: Page) -> Iterator[Problem]:
    """Figures that the document crosses out: the text beneath is kept, and no reader sees it."""
    for line in read_lines(replace(page, words=page.struck)):
        if any(c.isdigit() for c in line.text):
            yield Problem(
                rule="figure_doubtful",
                severity="warning",
                message=f"« {line.text} » est barré dans le document, mais lu comme le reste : "
                "vérifiez les sommes qui le comptent.",
                page=page.number,
                observed=line.text,
            )


def _missed(page: Page) -> Iterator[Problem]:
    """Sums that stand in columns outside every table of `page`: a table was missed."""
    sums = [
        piece
        for line in lines_of(page.words, COLUMN_SPACE)
        for piece in line
        if len(line) > 1 and is_figure(piece.text) and re.search(r"€|\d[\s.]\d{3}\b", piece.text)
    ]
    columns = clusters(sums, lambda piece: piece.box.x1, SAME_EDGE)
    aligned = sum(len(column) for column in columns if len(column) >= MISSED_ROWS)
    if aligned >= 2 * MISSED_ROWS:
        yield Problem(
            rule="table_missed",
            severity="warning",
            message=f"Page {page.number} : {aligned} sommes alignées en colonnes ne sont d'aucun"
            " tableau reconnu : lisez-les dans le document.",
            page=page.number,
            observed=sums[0].text,
        )


def _unread(page: Page) -> Iterator[Problem]:
    """A scan that OCR gave up."""
    if page.unread:
        yield Problem(
            rule="page_unread",
            severity="error",
            message=f"Page {page.number} : Tesseract n'a pas pu la lire ; rien de ce qu'elle porte "
            "n'est dans la base. Numérisez-la de nouveau, ou lisez-la dans le document.",
            page=page.number,
        )


def _recognised(numbers: Sequence[int]) -> Iterator[Problem]:
    """Pages with the text of another program's OCR, whose confidence nobody knows."""
    if numbers:
        first, last = numbers[0], numbers[-1]
        where = f"Page {first}"
        if last > first:
            where = f"{len(numbers)} pages, de la page {first} à la page {last}"
        yield Problem(
            rule="text_layer_ocr",
            severity="warning",
            message=f"{where} : image et texte reconnu par un autre logiciel, dont on ignore la "
            "confiance. Vérifiez les sommes dans l'image.",
            page=first,
        )
