"""Lines of a paragraph or a cell become running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.words import Vocabulary, _is_word, join_lines

DOCUMENT = Vocabulary.of(
    [
        "Le co-financement du SIAO de Marseille",
        "par la PTFA, la CCAPEX",
        "le logement relais",
        "relais",
    ]
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["la ville de Mar-", "seille"], "la ville de Marseille"),
        (["métropole Aix-", "Marseille"], "métropole Aix-Marseille"),
        (["Mars-", "décembre"], "Mars-décembre"),
        (["Cofinancem", "ent"], "Cofinancement"),
        (["les partenaires so", "ciaux"], "les partenaires so ciaux"),
        (["Mars", "eille"], "Marseille"),
        (["COFINANCEM", "ENT"], "COFINANCEMENT"),
        (["SIAO", "PTFA"], "SIAO PTFA"),
        (["Agglomération", ", ville"], "Agglomération, ville"),
        (["1 10", "2 500 €"], "1 102 500 €"),
        (["1 277,", "5 k€"], "1 277,5 k€"),
        (["1 277", "500"], "1 277 500"),
        (["01 42", "3 rue Haute"], "01 42 3 rue Haute"),
        (["les actions 12,", "13 et 14"], "les actions 12, 13 et 14"),
        (["en 2024 1", "2 actions"], "en 2024 1 2 actions"),
        (["SOLIHA", "et la ville"], "SOLIHA et la ville"),
        (["Aix-Mar-", "seille-Provence"], "Aix-Marseille-Provence"),
        (["Ville-Aix-", "en-Pro-", "vence"], "Ville-Aix-en-Provence"),
        (["Mars-", "sur-", "Allier"], "Mars-sur-Allier"),
        (["CCAS de Saint-Rémy", "-de-Provence"], "CCAS de Saint-Rémy-de-Provence"),
        (["Etat (DDETS)/", "Métropole"], "Etat (DDETS)/Métropole"),
        (["SIAO13/", "DDETS13"], "SIAO13/DDETS13"),
        (["(CCA-", "PEX)"], "(CCAPEX)"),
        (["secteur médico-", "social"], "secteur médico-social"),
        (["le co-", "financement"], "le co-financement"),
        (["le co-", "ordinateur"], "le coordinateur"),
        (["PTFA-", "SIAO"], "PTFA-SIAO"),
        (["la CDA-", "PEL locale"], "la CDAPEL locale"),
        (["de façon précoce-", "ment"], "de façon précocement"),
        (["le sans-", "abrisme"], "le sans-abrisme"),
        (["Unafo-SIAO-", "Etat"], "Unafo-SIAO-Etat"),
        (["CONVEN-", "TION"], "CONVENTION"),
        (["COMMUNE DE SAINT-", "ORME"], "COMMUNE DE SAINT-ORME"),
        (["LA SOUS-", "LOCATION"], "LA SOUS-LOCATION"),
        (["LA SOUS-", "TRAMOL"], "LA SOUSTRAMOL"),
        (["LA MOBILITÉ RÉSIDE-", "NIELLE"], "LA MOBILITÉ RÉSIDENIELLE"),
        (["CONVENTION DE PONT-", "RÉVAULT"], "CONVENTION DE PONTRÉVAULT"),
        (["2023-", "2024"], "2023-2024"),
        (["2023 -", "2025"], "2023 - 2025"),
        (["personnes sans-", "abri"], "personnes sans-abri"),
        (["l'in-", "termédiation"], "l'intermédiation"),
        (["la straté -", "gie"], "la stratégie"),
        (["a éva -", "lué"], "a évalué"),
        (["entrée -", "sortie"], "entrée - sortie"),
        (["loyer minoré/", "adapté"], "loyer minoré/adapté"),
        (["PIG", "/OPAH"], "PIG/OPAH"),
        (["celui-", "ci"], "celui-ci"),
        (["la rue Tramo-", "la"], "la rue Tramola"),
        (["peut-", "être"], "peut-être"),
        (["Un chez-", "soi d'abord"], "Un chez-soi d'abord"),
        (["logement-", "relais"], "logement-relais"),
        (["Logements-", "relais"], "Logements-relais"),
        (["beau-", "coup"], "beaucoup"),
        (["pour-", "quoi"], "pourquoi"),
        (["l'accompagne-", "ment"], "l'accompagnement"),
        (["l'inter-", "médiation"], "l'intermédiation"),
        (["pluri-", "annuelle"], "pluriannuelle"),
        (["sous-", "location"], "sous-location"),
        (["hy\u00ad", "gié\u00adnique"], "hygiénique"),
        (["de l'", "État"], "de l'État"),
        (["deux  blancs ", "", " ici"], "deux blancs ici"),
        ([], ""),
    ],
)
def test_join_lines(lines: list[str], expected: str) -> None:
    assert join_lines(lines, DOCUMENT) == expected


NAMES = Vocabulary.of(["Ville de Pontrévault-lès-Bois", "poursuivre"])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Renouvelé", "e"], "Renouvelée"),
        (["département", "al"], "départemental"),
        (["l'accompagne", "ment"], "l'accompagnement"),
        (
            ["Diffuser les principes du r", "établissement"],
            "Diffuser les principes du rétablissement",
        ),
        (["un ac", "compagnemen", "t souple"], "un accompagnement souple"),
        (["Ville de P", "ontrévault-l", "ès-Bois"], "Ville de Pontrévault-lès-Bois"),
        (["Kervado", "nnec"], "Kervadonnec"),
        (["l'intermédiati", "on locative"], "l'intermédiation locative"),
        (["les réservatair", "es"], "les réservataires"),
        (["Solidha", "et on"], "Solidha et on"),
        (["HABI", "TAT"], "HABITAT"),
        (["pour", "suivre"], "pour suivre"),
        (["commun", "aux familles"], "commun aux familles"),
        (["hébergement", "nuit"], "hébergement nuit"),
        (["CCAS", "social"], "CCAS social"),
        (["CCAS", "SIAO"], "CCAS SIAO"),
        (["Espoir", "Logis"], "Espoir Logis"),
        (["action", "a"], "action a"),
        (["Crédits 202", "0-2021"], "Crédits 2020-2021"),
        (["Crédits 2019", "-2020"], "Crédits 2019-2020"),
        (["en 2020", "2021-2022"], "en 2020 2021-2022"),
        (["Lot 1", "er étage"], "Lot 1 er étage"),
    ],
)
def test_words_that_a_narrow_column_cuts(lines: list[str], expected: str) -> None:
    assert join_lines(lines, NAMES, range(len(lines))) == expected


FRENCH = st.sampled_from(
    ["accueil", "bail", "ménages", "logement", "rue", "social", "suivi", "jeunes", "la", "à", "de"]
)


@given(st.lists(FRENCH, min_size=1, max_size=8))
def test_words_of_the_language_stay_apart_in_a_narrow_column(words: list[str]) -> None:
    assert join_lines(words, NAMES, range(len(words))) == " ".join(words)


@given(st.text(alphabet="abeilmnorstué", min_size=2, max_size=14), st.data())
def test_a_word_of_the_document_is_joined_wherever_it_is_cut(
    word: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(word) - 1))
    joined = join_lines([word[:cut], word[cut:]], Vocabulary.of([word]), [0])
    assert joined in (word, f"{word[:cut]} {word[cut:]}")
    assert joined == word or all(_is_word(half) for half in (word[:cut], word[cut:]))


def test_the_document_decides_before_the_lexicon() -> None:
    fused = Vocabulary.of(["le cofinancement"])
    assert join_lines(["co-", "financement"], fused) == "cofinancement"
    assert join_lines(["co-", "financement"], DOCUMENT) == "co-financement"


def test_a_name_in_capitals_keeps_its_hyphen_in_a_text_that_cuts_no_word() -> None:
    signed = ["représenté par Mme Irène DUVAL-", "MONTEIL, présidente"]
    joined = "représenté par Mme Irène DUVAL-MONTEIL, présidente"
    assert join_lines(signed, Vocabulary.of(signed)) == joined


def test_a_text_that_cuts_no_word_keeps_its_hyphens() -> None:
    lines = ["l'équipe mobile anti-", "expulsion"]
    assert join_lines(lines, Vocabulary.of(lines)).endswith("anti-expulsion")
    lines = ["un chantier d'auto-", "réhabilitation"]
    assert join_lines(lines, Vocabulary.of(lines)).endswith("auto-réhabilitation")
    cut = Vocabulary.of([*lines, "le lo-", "gement"])
    assert join_lines(lines, cut).endswith("autoréhabilitation")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Passerelle rue-", "logement"], "Passerelle rue-logement"),
        (["plu-", "sieurs"], "plusieurs"),
        (["Val-", "mont"], "Valmont"),
        (["par-", "autonome"], "parautonome"),
    ],
)
def test_a_word_of_three_letters_before_a_hyphen(lines: list[str], expected: str) -> None:
    assert join_lines(lines, Vocabulary.of(lines)) == expected
    cut = Vocabulary.of([*lines, "le lo-", "gement"])
    assert join_lines(lines, cut) == expected.replace("-", "")


def test_in_capitals_one_known_acronym_tells_nothing() -> None:
    known = Vocabulary.of(["le SIAO-CA-Nord"])
    assert known.acronyms == {"SIAO", "CA"}
    assert join_lines(["le CA-", "BRIO"], known) == "le CA-BRIO"
    assert join_lines(["LA VILLE DE CA-", "BRIO"], known) == "LA VILLE DE CABRIO"


def test_a_capital_begins_a_word_of_its_own_in_a_narrow_column() -> None:
    assert join_lines(["le cofinancem", "ent"], DOCUMENT) == "le cofinancement"
    assert join_lines(["le cofinancem", "Ent"], DOCUMENT) == "le cofinancem Ent"


def test_a_line_without_words_cuts_none() -> None:
    assert Vocabulary.of(["une straté-", "…", "gie locale"])["locale"] == 1


def test_cut_words_are_no_evidence() -> None:
    vocabulary = Vocabulary.of(["une straté-", "gie locale"])
    assert vocabulary["straté"] == vocabulary["gie"] == 0
    assert vocabulary["locale"] == 1


WORDS = st.lists(st.text(alphabet="abcdefghiéàç", min_size=1, max_size=9), min_size=1, max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_without_hyphens_words_stay_apart_within_a_line(lines: list[list[str]]) -> None:
    text = join_lines([" ".join(words) for words in lines], DOCUMENT)
    for words in lines:  # at the ends of lines `cofinancem`, `ent` are one word
        assert " ".join(words[1:-1]) in text
    assert text.replace(" ", "") == "".join(word for words in lines for word in words)


@given(st.lists(st.text(max_size=20), max_size=5))
def test_no_letter_is_lost(lines: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert letters(join_lines(lines, DOCUMENT)) == letters("".join(lines))
