"""The committed documents, and anything at all."""

from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.pages.lines import read_lines
from extractors.pages.page import Box, Page, Word
from extractors.pages.read_page import read_page
from extractors.text.prose import Prose, read_prose
from tests.extractors.furniture import split_furniture

RAW = Path(__file__).parents[3] / "data/raw"


def prose_of(name: str, pages: int) -> Prose:
    document = pypdfium2.PdfDocument(RAW / name)
    read = [read_page(document, n) for n in range(1, min(pages, len(document)) + 1)]
    bodies, furniture = split_furniture(read)
    return read_prose([line for page in bodies for line in read_lines(page)], furniture)


@pytest.mark.parametrize(
    ("name", "pages", "numbers"),
    [
        ("amp-convention-2023.pdf", 6, "0 1 2 2.1 2.1.1 2.2 2.2.1 2.3 3 4 5 6 7"),
        ("amp-avenant-2024.pdf", 3, "0 1 2 2.1 2.2 3 4"),
        ("tpm-convention-2024.pdf", 9, "0 1 2 2.1 2.2 2.3 2.3.1 2.3.2 2.4 3 4 5 6 7"),
    ],
)
def test_articles_of_the_conventions(name: str, pages: int, numbers: str) -> None:
    assert [a.number for a in prose_of(name, pages).articles] == numbers.split()


def test_the_report_behind_the_convention_is_not_mixed_in() -> None:
    articles = prose_of("tpm-convention-2024.pdf", 26).articles
    assert [a.number for a in articles if not a.number.startswith("R.")][-1] == "7"
    titles = {a.number: a.title for a in articles}
    assert titles["R.1.1"] == "Action 1 : Diagnostic Logement d’Abord"
    assert titles["R.1.3"] == "Action 2 : Révision du FSL"


def test_the_call_has_its_sections() -> None:
    prose = prose_of("ami-2020.pdf", 7)
    texts = {a.title: a.text for a in prose.articles}
    assert "est ouvert du 10 septembre 2020 au 11 décembre 2020" in texts["Calendrier prévisionnel"]
    assert "à hauteur de 4 millions d'euros en 2021" in texts["Financements"]
    assert "• Communication : les territoires" in texts["Financements"]
    assert {f.name: f.value for f in prose.facts}["kind"] == "call"


FRAGMENTS = st.sampled_from(
    """ARTICLE|Article|1|2.1|2.1.|I.|A)|–|OBJET|Annexe|« |»|Entre|Et|PRÉAMBULE|plan-|le|5 000 €|-
    |Fait à Brest, le 3 mai 2024|Pour l'Etat,|L'Etat, représenté par|M. Luc Petit|préfet|SIRET|…
    |d'une part|IBAN|FR14 2004|Reçu en préfecture le 03/05/2024|programme 177|délibération n°
    |mé­nage""".replace("\n    ", "").split("|")
)
WORDS = st.builds(
    lambda text, x, line, bold, size: Word(
        text, Box(x, line * 14 - size, x + 5 * len(text), line * 14), line * 14, size, bold
    ),
    FRAGMENTS,
    st.integers(40, 500),
    st.integers(1, 58),
    st.booleans(),
    st.sampled_from([6.5, 8.0, 11.0, 14.0]),
)
ONCE = st.lists(WORDS, max_size=25, unique_by=lambda word: (word.text, word.box))  # printed once
PAGES = st.lists(ONCE, max_size=4)


@settings(max_examples=40)
@given(PAGES)
def test_any_pages_are_survived(words: list[list[Word]]) -> None:
    pages = [Page(n, 595, 842, tuple(w)) for n, w in enumerate(words, 1)]
    bodies, furniture = split_furniture(pages)
    prose = read_prose([line for page in bodies for line in read_lines(page)], furniture)
    numbers = [a.number for a in prose.articles]
    assert len(numbers) == len(set(numbers))
    assert {a.parent_number for a in prose.articles} <= {None, *numbers}
    kept = sum(len(w.text.replace(" ", "")) for p in bodies for w in p.words)
    taken = sum(len(f.text.replace(" ", "")) for f in furniture)
    assert kept + taken == sum(len(w.text.replace(" ", "")) for p in pages for w in p.words)
