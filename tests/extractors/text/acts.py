"""Acts typeset from their text, and what is read in them."""

from extractors.pages.lines import read_lines
from extractors.pages.page import Line
from extractors.text.prose import Prose, read_prose
from tests.extractors.furniture import split_furniture
from tests.extractors.typesetter import Typesetter


def lines_of(*pages: str) -> list[Line]:
    sheet = Typesetter()
    for i, page in enumerate(pages):
        if i:
            sheet.new_page()
        sheet.lines(page)
    return [line for page in sheet.pages() for line in read_lines(page)]


def prose_of(*pages: str) -> Prose:
    sheet = Typesetter()
    for i, page in enumerate(pages):
        if i:
            sheet.new_page()
        sheet.lines(page)
    bodies, furniture = split_furniture(sheet.pages())
    return read_prose([line for page in bodies for line in read_lines(page)], furniture)


def facts_of(*pages: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    for fact in prose_of(*pages).facts:
        facts.setdefault(fact.name, fact.value)
    return facts
