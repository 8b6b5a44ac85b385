"""Which pages are read from their picture."""

from dataclasses import replace

import pytest

from extractors.pages.page import Box, Page, Word
from extractors.pages.text_layer import (
    inlaid_pictures,
    lies_over_picture,
    needs_ocr,
    was_recognised,
)

WHOLE = (Box(0, 0, 595, 842),)
PROSE = "la convention fixe les actions du programme et les moyens de la métropole pour un an"
CIPHER = "mb dpowfoujpo gjyf mft bdujpot ev qsphsbnnf fu mft npzfot ef mb nfuspqpmf qpvs vo bo"
NAMES = "Logement Hébergement Insertion Département Jeunesse Santé Accueil Ressourcerie"


STAMPS = (
    "Envoyé en préfecture le 22/06/2031 Reçu en préfecture le 22/06/2031 Publié le 23/06/2031 "
    "ID : 099-229900015-20310614-CC2031_156-DE Acte rendu exécutoire après son dépôt et sa "
    "publication Signé électroniquement par Madame la présidente le 14 juin 2031 à 10 h 32 "
    "Certificat délivré par une autorité qualifiée"
)


def layer(
    text: str,
    images: tuple[Box, ...] = (),
    unreadable: int = 0,
    torn: int = 0,
    size: float = 10.0,
) -> Page:
    words = tuple(
        Word(t, Box(0, 0, 0.6 * size * len(t), size), 8, size, False) for t in text.split()
    )
    return Page(1, 595, 842, words, images=images, unreadable=unreadable, torn=torn)


@pytest.mark.parametrize(
    ("page_read", "needed"),
    [
        pytest.param(layer("", WHOLE), True, id="image only"),
        pytest.param(layer(""), True, id="no text at all"),
        pytest.param(layer("Reçu le 16/10/2031", WHOLE), True, id="stamp on a scan"),
        pytest.param(layer(STAMPS, WHOLE, size=6), True, id="many stamps on a scan"),
        pytest.param(layer(STAMPS, size=6), False, id="a digital page of small print"),
        pytest.param(layer("Reçu le 16/10/2031"), False, id="a short digital page"),
        pytest.param(layer(PROSE * 4), False, id="prose"),
        pytest.param(layer(PROSE * 4, WHOLE), False, id="scan with a good text layer"),
        pytest.param(layer(PROSE * 4, unreadable=200), True, id="codes without meaning"),
        pytest.param(layer(PROSE * 4, unreadable=9, torn=9), True, id="accents without codes"),
        pytest.param(layer(PROSE * 4, unreadable=9, torn=1), False, id="marks of lists"),
        pytest.param(layer(" ".join([CIPHER] * 4)), True, id="words of no language"),
        pytest.param(layer(" ".join([NAMES] * 6)), False, id="a list of nouns"),
        pytest.param(layer("12 450 € 35 000 € " * 30), False, id="figures only"),
    ],
)
def test_needs_ocr(page_read: Page, needed: bool) -> None:
    assert needs_ocr(page_read) is needed


@pytest.mark.parametrize(
    ("images", "invisible", "recognised"),
    [(WHOLE, 100, True), (WHOLE, 0, False), ((), 100, False)],
    ids=["unseen over an image", "seen over an image", "unseen on paper"],
)
def test_text_of_another_ocr(images: tuple[Box, ...], invisible: int, recognised: bool) -> None:
    page = replace(layer(PROSE, images), invisible=invisible)
    assert was_recognised(page) is recognised


@pytest.mark.parametrize(
    ("page_read", "over"),
    [
        pytest.param(layer(PROSE, WHOLE), True, id="seen over an image"),
        pytest.param(replace(layer(PROSE, WHOLE), invisible=200), False, id="unseen"),
        pytest.param(replace(layer(PROSE, WHOLE), ocr_confidence=0.9), False, id="read from it"),
        pytest.param(layer(PROSE, (Box(0, 200, 595, 842),)), False, id="beside a photograph"),
        pytest.param(layer(PROSE, (Box(0, 0, 90, 90),)), False, id="over a logo"),
    ],
)
def test_text_over_a_picture_of_its_page(page_read: Page, over: bool) -> None:
    assert lies_over_picture(page_read) is over


@pytest.mark.parametrize(
    ("images", "found"),
    [
        ((Box(50, 300, 545, 600),), [Box(50, 300, 545, 600)]),
        ((Box(50, 300, 545, 450), Box(50, 450, 545, 600)), [Box(50, 300, 545, 600)]),
        ((Box(50, 300, 545, 330),), [Box(50, 300, 545, 330)]),
        ((Box(50, 20, 150, 90),), []),
        (WHOLE, []),
    ],
    ids=["large", "in bands", "a table of two rows", "a logo", "behind the text"],
)
def test_pictures_amid_text(images: tuple[Box, ...], found: list[Box]) -> None:
    assert inlaid_pictures(layer(PROSE * 4, images)) == found


def test_a_folded_page_lies_over_its_picture_as_its_sheet_does() -> None:
    words = tuple(Word("mot", Box(x, 700, x + 20, 710), 708, 10, False) for x in (60, 360))
    sheet = Page(1, 595, 842, words, images=WHOLE)
    halves = [Box(0, 0, 300, 842), Box(300, 0, 595, 842)]
    assert lies_over_picture(sheet) and lies_over_picture(sheet.folded(halves))
