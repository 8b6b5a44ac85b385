import re
from collections.abc import Callable

import pytest

from extractors.pages.page import Box
from extractors.scans.misreadings import (
    capitalised,
    numbered,
    repaired,
    with_bullet,
    with_elisions,
    with_euros,
    with_first_days,
    with_thousands,
    without_accents,
    without_dots,
    without_noise,
)
from extractors.scans.tokens import TextLine, Token
from tests.extractors.scans.drawing import said, typed


@pytest.mark.parametrize(
    ("read_as", "text", "doubtful"),
    [
        ("35O", "350", True),
        ("1l2", "112", True),
        ("O8", "08", True),
        ("FRO9", "FRO9", True),
        ("I'Etat", "l'Etat", False),
        ("1’accès", "l'accès", False),
        ("Fhabitat,", "l'habitat,", False),
        ("Forme", "Forme", False),
        ("Fécamp", "Fécamp", False),
        ("Totai", "Total", False),
        ("TOTA1", "TOTAL", False),
        ("Cambrai", "Cambrai", False),
        ("essai", "essai", False),
        ("{e", "le", False),
        ("{ogements,", "logements,", False),
        ("{a}", "{a}", False),
        ("{fonds", "(fonds", False),
        ("{ARS)", "(ARS)", False),
        ("SOCIaux", "sociaux", False),
        ("SOCIAUX", "SOCIAUX", False),
        ("Baïilleurs", "Bailleurs", False),
        ("prôfit,", "profit,", False),
        ("Rhône-Alpes", "Rhône-Alpes", False),
        ("hébergement", "hébergement", False),
        ("reponse", "reponse", False),
        ("relogés", "relogés", False),
        ("CIOls", "CIOls", False),
        ("050.€", "050€", False),
        ('000"', "000", True),
        ("000€!", "000€", True),
        ("000*", "000*", False),
        ("2025!", "2025", True),
        ("12'", "12'", False),
        ("35", "35", False),
        ("?2", "?2", True),
        ("2024-2025", "2024-2025", False),
        ("1er", "1er", False),
        ("ler", "1er", False),
        ("£€", "€", False),
        ("€$", "€", False),
        ("000£", "000€", False),
        ("-—", "—", False),
        ("5.0.", "s.o.", False),
        ("S.O.", "s.o.", False),
        ("5.000", "5.000", False),
        ("5,00", "5,00", False),
        ("Octobre", "Octobre", False),
        ("Insertion", "Insertion", False),
    ],
)
def test_repairs(read_as: str, text: str, doubtful: bool) -> None:
    token = repaired(Token(read_as, Box(0, 0, 10, 10), 0.95))
    assert token.text == text
    assert (token.confidence < 0.7) is doubtful


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        (["L OBJET", "La dotation", "IL. MOYENS", "III. DURÉE"], "I. II. III."),
        (["I. Objet", "Il, Moyens", "II. Suivi", "IV. Durée"], "I. II. III. IV."),
        (["ARTICLE I - OBJET", "ARTICLE Il - SUIVI", "ARTICLE IN - DURÉE"], "I II III"),
        (["ARTICLE 1 - Objet", "ARTICLE 2 - Suivi"], "1 2"),
        (["ARTICLE 1 - Objet", "ARTICLE 11 - Suivi"], "1 11"),
        (
            ["Article 1! - Objet", "Article 11 - Suivi", "Article I - Don", "Article IV - Fin"],
            "I II III IV",
        ),
        (["ANNEXE I : ACTIONS", "ANNEXE Il : BUDGET", "ANNEXE II! : SUIVI"], "I II III"),
        (["I- OBJET", "II - SUIVI", "III - DURÉE"], "I II III"),
        (["I. Objet", "1. Contexte", "II. Suivi", "1. Bilan", "III. Fin"], "I. 1. II. 1. III."),
        (["TITRE I - OBJET", "Article 1 - But", "TITRE II - DURÉE", "Article 1 - Fin"], "I 1 II 1"),
        (["L. Martin", "M. Durand"], "L. M."),
        (["Il est convenu", "II. Objet"], "Il II."),
    ],
)
def test_roman_numbers_follow_one_another(read_as: list[str], meant: str) -> None:
    lines = numbered([typed(text, 20.0 * i) for i, text in enumerate(read_as)])
    texts = [said(line) for line in lines if said(line) != "La dotation"]
    heads = [re.sub("^(?i:article|titre|annexe) ", "", text) for text in texts]
    assert " ".join(head.split()[0] for head in heads) == meant


@pytest.mark.parametrize(
    ("read_as", "confidence", "text"),
    [
        ("‘Article 2", 0.9, "Article 2"),
        (". 135 000", 0.9, "135 000"),
        ("- Nombre de places", 0.9, "- Nombre de places"),
        ("comme suit :", 0.9, "comme suit :"),
        ("35 000 € °", 0.2, "35 000 €"),
        ("35 000 € V", 0.2, "35 000 €"),
        ("35 000 € V", 0.9, "35 000 € V"),
        ("'", 0.9, ""),
        (":", 0.9, ""),
        (": 12 500 €", 0.9, ": 12 500 €"),
        ("-", 0.9, "-"),
    ],
)
def test_dust_at_the_ends_of_a_line_is_no_sign(read_as: str, confidence: float, text: str) -> None:
    assert said(without_noise(typed(read_as, confidence=confidence))) == text


@pytest.mark.parametrize(
    ("sign", "left", "confidence", "stays"),
    [
        pytest.param("è", 120, 0.0, False, id="dust, far from the word"),
        pytest.param("à", 50, 0.0, True, id="near it"),
        pytest.param("X", 120, 0.6, True, id="a cross, well read"),
        pytest.param("8", 120, 0.0, True, id="a figure"),
        pytest.param("du", 120, 0.0, True, id="a word"),
    ],
)
def test_a_guessed_letter_far_from_the_words_is_dust(
    sign: str, left: float, confidence: float, stays: bool
) -> None:
    line = [
        Token("Université", Box(0, 0, 40, 10), 0.96),
        Token(sign, Box(left, 0, left + 8, 10), confidence),
    ]
    assert (sign in said(without_noise(line))) is stays


def in_capitals(line: TextLine) -> TextLine:
    (read,) = capitalised([line])
    return read


def test_a_sentence_that_begins_a_line_has_its_capital() -> None:
    lines = capitalised([typed("est versée en 2025."), typed("il est rappelé"), typed("il est dû")])
    assert [said(line) for line in lines] == ["est versée en 2025.", "Il est rappelé", "il est dû"]


@pytest.mark.parametrize(
    ("mended", "read_as", "meant"),
    [
        (in_capitals, "ARTICLE 4 - imputation et paiement", "ARTICLE 4 - Imputation et paiement"),
        (in_capitals, "Article 4- imputation", "Article 4- Imputation"),
        (in_capitals, "Article 4 : il est inséré", "Article 4 : Il est inséré"),
        (in_capitals, "l'article 4 : imputation", "l'article 4 : imputation"),
        (in_capitals, "Article 4 imputation", "Article 4 imputation"),
        (in_capitals, "pour l'exercice 2025. il est dû", "pour l'exercice 2025. Il est dû"),
        (in_capitals, "selon l'art. il est dû", "selon l'art. il est dû"),
        (with_elisions, "de l’ AMI et jusqu' au", "de l’AMI et jusqu'au"),
        (with_elisions, "les élus’ AMI, l' 1", "les élus’ AMI, l' 1"),
        (with_euros, "de 453 500 c pour", "de 453 500 € pour"),
        (with_euros, "453 500 C.", "453 500 €."),
        (with_euros, "66 000 ©", "66 000 €"),
        (with_euros, "500 c", "500 c"),
        (with_euros, "soit 143 Ke.", "soit 143 K€."),
        (with_euros, "88,5kc", "88,5k€"),
        (with_euros, "5Kk€", "5k€"),
        (with_euros, "5K€ + 2 k€", "5K€ + 2 k€"),
        (with_euros, "Ke Fanny", "Ke Fanny"),
        (with_euros, "l'action 12 c", "l'action 12 c"),
        (with_euros, "12 000 €", "12 000 €"),
        (with_euros, "(montants en ke)", "(montants en k€)"),
        (with_euros, "CAF :12ke ; CCAS:8 ke", "CAF :12k€ ; CCAS:8 k€"),
        (with_euros, "Ke bien", "Ke bien"),
        (with_bullet, "e L'État, représenté par", "• L'État, représenté par"),
        (with_bullet, "° nombre de ménages", "• nombre de ménages"),
        (with_bullet, "+ Le Conseil départemental", "• Le Conseil départemental"),
        (with_bullet, "+ ARS : 5 000 €", "+ ARS : 5 000 €"),
        (with_bullet, "* Capter 30 logements", "• Capter 30 logements"),
        (with_bullet, "*_ Fondation : 10 000 €", "• Fondation : 10 000 €"),
        (with_bullet, "+ _Ville : 10 000 €", "• Ville : 10 000 €"),
        (with_bullet, "-< Fondation : 10 000 €", "• Fondation : 10 000 €"),
        (with_bullet, "_Ville : 10 000 €", "• Ville : 10 000 €"),
        (with_bullet, "*_2 tableaux de bord", "• 2 tableaux de bord"),
        (with_bullet, "+ 2 tableaux de bord", "+ 2 tableaux de bord"),
        (with_bullet, "____ Ville", "____ Ville"),
        (with_bullet, "- Ville : 10 000 €", "- Ville : 10 000 €"),
        (with_bullet, "*", "*"),
        (with_bullet, "e 20", "e 20"),
        (with_bullet, "et la Ville", "et la Ville"),
        (with_euros, "12 000 et", "12 000 et"),
        (with_euros, "CAF :12ke;CCAS:8k€", "CAF :12k€;CCAS:8k€"),
        (with_thousands, "1037 750 €", "1 037 750 €"),
        (with_thousands, "2024 750 €", "2024 750 €"),
        (with_thousands, "037 750 €", "037 750 €"),
        (with_thousands, "fiche 1037 750 €", "fiche 1037 750 €"),
    ],
)
def test_letters_that_are_something_else(
    mended: Callable[[TextLine], TextLine], read_as: str, meant: str
) -> None:
    assert said(mended(typed(read_as))) == meant


@pytest.mark.parametrize(
    ("read_as", "text"),
    [
        ("du 1° janvier 2026", "du 1er janvier 2026"),
        ("au 1°° Mars", "au 1er Mars"),
        ("l° juin", "1er juin"),
        ("1°! juillet 2024", "1er juillet 2024"),
        ("1° le préfet", "1° le préfet"),
        ("le 1°", "le 1°"),
    ],
)
def test_the_first_of_a_month(read_as: str, text: str) -> None:
    assert said(with_first_days(typed(read_as))) == text


@pytest.mark.parametrize(
    ("mark", "box", "confidence", "kept"),
    [
        pytest.param("»", Box(102, 90, 108, 97), 0.36, False, id="an accent"),
        pytest.param("»", Box(102, 90, 108, 97), 0.9, True, id="surely a sign"),
        pytest.param("»", Box(102, 60, 108, 67), 0.36, True, id="far above"),
        pytest.param("»", Box(180, 90, 186, 97), 0.36, True, id="above another letter"),
        pytest.param("4", Box(102, 90, 108, 97), 0.36, True, id="a digit"),
    ],
)
def test_the_accent_of_a_capital_is_no_line(
    mark: str, box: Box, confidence: float, kept: bool
) -> None:
    lines = [
        [Token(mark, box, confidence)],
        [Token("Evaluations", Box(98, 100, 250, 130), 0.95)],
    ]
    assert len(without_accents(lines)) == 1 + kept


@pytest.mark.parametrize(
    ("text", "width", "height", "kept"),
    [
        ("-", 3, 2, False),
        ("ce", 5, 5, False),
        ("ou", 5, 8, False),
        ("-", 9, 2, True),
        ("1", 4, 22, True),
    ],
    ids=["a dot", "a dot of a semicolon", "its comma", "a dash", "a digit"],
)
def test_the_dots_of_a_colon_far_behind_its_word_are_no_lines(
    text: str, width: int, height: int, kept: bool
) -> None:
    word = [Token("départemental", Box(100, 100, 290, 130), 0.95)]
    dot = [Token(text, Box(380, 108, 380 + width, 108 + height), 0.29)]
    assert without_dots([word, dot], 300 / 72) == [word, *([dot] if kept else [])]
