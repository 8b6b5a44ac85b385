import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.links.mentions import mentions, told_of

SAID = [
    (
        "FA 20, issue des actions 15 et 16 du plan LDA 1",
        {("comes_from", "15"), ("comes_from", "16")},
    ),
    (
        "Cette action est née des préconisations des jeunes qui ont émergées des actions 16 et 15.",
        {("comes_from", "15"), ("comes_from", "16")},
    ),
    ("fait suite à la fiche action n° 4", {("comes_from", "4")}),
    (
        "FA 3 scindée en FA 3a et FA 3b",
        {("comes_from", "3"), ("becomes", "3a"), ("becomes", "3b")},
    ),
    ("FA 5. Socle commun / devient : FA 5. Formation AHI", {("becomes", "5")}),
    ("Nouvelle action 2023 : voir action 1 bis", {("becomes", "1 bis")}),
    ("Cette partie a été basculée sur l'action 1 Bis", {("becomes", "1 bis")}),
    ("L'action sera poursuivie dans le cadre du Pacte des Solidarités", {("moved", None)}),
    (
        "objectifs réintégrés à la convention générale du Service HABITAT",
        {("moved", None)},
    ),
    ("Se poursuit sur droit commun", {("moved", None)}),
    ("Droit commun", {("moved", None)}),
    ("Passage au droit commun en 2025", {("moved", None)}),
    ("Accès au droit commun des publics", set()),
    ("ACTION TERMINEE au 31/12/2024", {("ended", None)}),
    ("Action abandonnée ayant en 2021/2022 obtenu des crédits AMI LDA", {("ended", None)}),
    ("FA 2. Révision du règlement du FSL (terminée )", {("ended", None)}),
    ("La convention est caduque.", {("ended", None)}),
    ("Terminée", {("ended", None)}),
    ("Regroupement de 1.1 et 3.3", {("comes_from", "1.1"), ("comes_from", "3.3")}),
    ("Scission de 3.1a", {("comes_from", "3.1a")}),
    ("Séparée de l'ex-LDA 2", {("comes_from", "lda 2")}),
    ("ex 2A et 2B", {("comes_from", "2a"), ("comes_from", "2b")}),
    ("ex 3 (2022)", {("comes_from", "3")}),
    ("Suite de 3 réunions", set()),
    ("Détachée de l'action 4", {("comes_from", "4")}),
    ("Le covid-19 a retardé le projet de 2024", set()),
    ("Financement issu de 1.2 M€ de reliquat", set()),
    ("Fait suite à la réunion du 12.10.2024", set()),
    ("Ces actions se poursuivront par un portage du Département", {("moved", None)}),
    ("L'action est maintenue par un portage financier de la Ville", {("moved", None)}),
    ("L'action se poursuit par un portage associatif", set()),
    ("L'action sera poursuivie dans le cadre de l'AMI", set()),
    ("L'action est poursuivie dans le cadre du présent avenant", set()),
    ("Financée au titre du plan Logement d'abord", set()),
    ("Les deux actions ne sont pas issues des actions 15 et 16", set()),
    ("Projet né de l'action 3", {("comes_from", "3")}),
    ("2-Action en cours", set()),
    ("ACTION A POURSUIVRE", set()),
    ("L'action n'est pas terminée", set()),
    ("Action inscrite au plan départemental", set()),
    ("Actions issues de 3 ateliers", set()),
    ("Arrêté préfectoral d'approbation du 20 04 2022", set()),
    ("Les 4 communes intègrent les ménages à leurs actions", set()),
    ("suite à l'expérimentation de la plateforme du Pays d'Aix", set()),
    ("À l'issue du délai de 2 mois, 16 actions sont évaluées", set()),
    ("Regroupe les anciennes actions 2 à 4", {("comes_from", x) for x in "234"}),
    ("Regroupe les actions 1.1 à 1.3", {("comes_from", f"1.{i}") for i in (1, 2, 3)}),
    ("Action inchangée – ancien n° 3", {("comes_from", "3")}),
    ("Dédoublée en 4a et 4b", {("becomes", "4a"), ("becomes", "4b")}),
    ("Dédoublée en 4 lots", set()),
    ("Reprise dans le PDALHPD 2024-2029", {("moved", None)}),
    ("Pourra être fusionnée avec l'action 6", set()),
    ("Serait à terme fusionnée avec l'action 6", set()),
    ("Budget 2023 issu de l'action 7", set()),
    ("Les données issues de l'action 2", set()),
    ("Équipe issue de l'action 1", set()),
    ("Action issue de l'action 3", {("comes_from", "3")}),
    ("Devait être fusionnée avec l'action 6", set()),
    ("Poste transféré sur l'action 2", set()),
]


GOLDEN = Path(__file__).parents[2] / "golden" / "mentions.csv"
with GOLDEN.open(encoding="utf-8", newline="") as file:
    WRITTEN = list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Suite de l'action « Création d'une pension de famille »",
            [("comes_from", "Création d'une pension de famille")],
        ),
        (
            "Fusion des actions « Bail glissant » et « Sous-location »",
            [("comes_from", "Bail glissant"), ("comes_from", "Sous-location")],
        ),
        ("ex « Bail glissant »", [("comes_from", "Bail glissant")]),
        ("Anciennement intitulée “Bail glissant”.", [("comes_from", "Bail glissant")]),
        ("Remplace l’action « Bail glissant »", [("comes_from", "Bail glissant")]),
        ("Intégrée à l'action « Bail glissant »", [("becomes", "Bail glissant")]),
        ("Devient « Bail glissant »", [("becomes", "Bail glissant")]),
        ("L'association remplace le dispositif « Bail glissant » de l'État", []),
        ("Les ménages intègrent « La Maison des Tilleuls »", []),
        ("Le programme « Logement d'abord »", []),
        ("n'est pas la suite de l'action « Bail glissant »", []),
    ],
)
def test_actions_told_by_their_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(x.kind, x.name) for x in mentions(text) if x.name] == expected


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row["text"])
def test_what_other_authors_write(row: dict[str, str]) -> None:
    named = row["references"].split(" ; ")
    expected = {(row["kind"], reference or None) for reference in named if row["kind"]}
    assert {(m.kind, m.reference) for m in mentions(row["text"])} == expected


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_what_texts_say(text: str, expected: set[tuple[str, str | None]]) -> None:
    assert {(m.kind, m.reference) for m in mentions(text)} == expected


def test_the_quote_is_the_sentence_as_written() -> None:
    (said,) = mentions("Bilan positif. La convention est caduque. Reste à solder.")
    assert said.quote == "La convention est caduque."


@given(st.text())
def test_quotes_come_from_the_text(text: str) -> None:
    for said in mentions(text):
        assert "".join(said.quote.split()) in "".join(text.split())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "La fiche 3 est scindée en fiches 3 a et 3 b, confiées à la CAF.",
            [(["3"], "becomes", "3 a"), (["3"], "becomes", "3 b")],
        ),
        ("A1 : suite de la fiche 1 du plan 2031-2033.", [(["a1"], "comes_from", "1")]),
        (
            "L'action 2.2 est dédoublée (2.2 et 2.3).",
            [(["2.2"], "becomes", "2.2"), (["2.2"], "becomes", "2.3")],
        ),
        ("Les actions 4 et 5 sont regroupées dans l'action 6.", [(["4", "5"], "becomes", "6")]),
        (
            "L'action 7 est issue de l'action 3 ; l'action 8 est nouvelle.",
            [(["7"], "comes_from", "3")],
        ),
        ("La fiche III.1 reprend l'action n° 5 de 2032.", [(["iii.1"], "comes_from", "5")]),
        (
            "Les actions sont renumérotées : LDA-01 devient 1.1 ; LDA-02a et LDA-02b sont réunies "
            "en 2.1.",
            [(["lda-01"], "becomes", "1.1"), (["lda-02a", "lda-02b"], "becomes", "2.1")],
        ),
        ("LA 1 : suite de l'action 1.", [(["la 1"], "comes_from", "1")]),
        ("En 2031 : suite de l'action 1.", []),
        (
            "L'action LA 3 est dédoublée en actions LA 3 a et LA 3 b.",
            [(["la 3"], "becomes", "la 3 a"), (["la 3"], "becomes", "la 3 b")],
        ),
        ("L'action AC 03 devient l'action AC 13.", [(["ac 03"], "becomes", "ac 13")]),
        (
            "La fiche 9, née de la fiche 4, devient la fiche 12.",
            [(["9"], "comes_from", "4"), (["9"], "becomes", "12")],
        ),
        (
            "À la suite de la fiche 2, la fiche 5 devient la fiche 7.",
            [(["5"], "becomes", "7")],
        ),
        (
            "L'action C est partagée en C1 et C2.",
            [(["C"], "becomes", "c1"), (["C"], "becomes", "c2")],
        ),
        (
            "Les actions 4 et 7 n'en font plus qu'une, l'action 8.",
            [(["4", "7"], "becomes", "8")],
        ),
        ("M-01 porte désormais le numéro 1.", [(["m-01"], "becomes", "1")]),
        ("M-03 et M-06 forment le projet 2.", [(["m-03", "m-06"], "becomes", "2")]),
        ("M-04 est réactivé sous le numéro 3.", [(["m-04"], "becomes", "3")]),
        ("M-05 débouche sur le projet 4.", [(["m-05"], "becomes", "4")]),
        (
            "Les actions 3.1 « Équipe mobile » et 3.2 « Bail « sortants » » sont fusionnées au sein"
            " d'une action 3.1 « Équipe mobile et baux glissants ».",
            [(["3.1", "3.2"], "becomes", "3.1")],
        ),
        (
            "Les actions 3 (Équipe mobile) et 4 (Bail glissant) sont regroupées en une action"
            " unique n° 3.",
            [(["3", "4"], "becomes", "3")],
        ),
        (
            "L'action 6 « Captation » est scindée en deux actions : 6a « Parc privé » et 6b.",
            [(["6"], "becomes", "6a"), (["6"], "becomes", "6b")],
        ),
        (
            "L'action n° 3 devient l'action n° 2, l'action n° 5 l'action n° 4 et l'action 6"
            " l'action 5.",
            [(["3"], "becomes", "2"), (["5"], "becomes", "4"), (["6"], "becomes", "5")],
        ),
        (
            "L'action 7 est fusionnée avec l'action 8 au sein de la nouvelle action 9.",
            [(["7", "8"], "becomes", "9")],
        ),
        (
            "Les actions 1 à 4 sont inchangées, l'action 5 est intégrée à l'action 2.",
            [(["5"], "becomes", "2")],
        ),
        ("Les crédits de l'action 3 sont transférés à l'action 5.", []),
        ("Le reliquat de 12 000 € de l'action 3 est versé à l'action 5.", []),
        (
            "Les actions 4, 5 et 6 deviennent respectivement les actions 3, 4 et 5.",
            [(["4"], "becomes", "3"), (["5"], "becomes", "4"), (["6"], "becomes", "5")],
        ),
        (
            "Les actions 3 et 4 deviennent les actions 2 et 3.",
            [(["3"], "becomes", "2"), (["4"], "becomes", "3")],
        ),
        (
            "Les actions 2 à 4 sont regroupées dans l'action 2.",
            [(["2", "3", "4"], "becomes", "2")],
        ),
        (
            "Les actions 1.1 et 1.2 fusionnent pour former l'action 1.",
            [(["1.1", "1.2"], "becomes", "1")],
        ),
        (
            "Les actions n° 3 et n° 7 sont fusionnées en une seule action n° 3.",
            [(["3", "7"], "becomes", "3")],
        ),
        (
            "Le programme est revu comme suit : l'action 6 devient l'action 7 et inversement.",
            [(["6"], "becomes", "7"), (["7"], "becomes", "6")],
        ),
        (
            "L'action 6, suspendue en 2023, reprend en 2024 sous le numéro 5.",
            [(["6"], "becomes", "5")],
        ),
        (
            "L'action 7, renumérotée 5, pourra être fusionnée avec l'action 3.",
            [(["7"], "becomes", "5")],
        ),
        (
            "Le volet « santé » de l'action 2 devient une action à part entière, l'action 7.",
            [(["2"], "becomes", "7")],
        ),
        ("Une partie de l'action 3 est transférée à l'action 4.", [(["3"], "becomes", "4")]),
        ("L'action 5 pourra être fusionnée avec l'action 6 en 2026.", []),
        ("Il est envisagé que l'action 5 soit intégrée à l'action 6.", []),
        ("Il est proposé que l'action 5 soit intégrée à l'action 6.", []),
        ("Si les crédits le permettent, l'action 3 sera scindée en actions 3a et 3b.", []),
        ("Sous réserve d'un accord, l'action 3 intègre l'action 5.", []),
        ("Le poste financé au titre de l'action 1 est rattaché à l'action 2.", []),
        ("Le pilote de l'action 3 rejoint l'action 5.", []),
        ("L'action 3 s'appuie sur les logements issus de l'action 1.", []),
        ("L'action 7 prend le numéro 6, l'action 8 le numéro 7.", [(["7"], "becomes", "6")]),
        ("L'action 4 n'est pas issue de l'action 2.", []),
        ("L'article 3 remplace l'article 2 de la convention.", []),
        ("Les actions 1 à 4 sont reconduites.", []),
    ],
)
def test_a_sentence_tells_of_the_actions_that_it_names_first(sentence, expected) -> None:
    assert [(told, x.kind, x.reference) for told, x in told_of(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("L'action I devient l'action II.", [(["I"], "becomes", "II")]),
        ("La fiche 3 regroupe les fiches A et B.", [(["3"], "comes_from", x) for x in "AB"]),
        ("L'action C remplace l'action B de 2022.", [(["C"], "comes_from", "B")]),
        (
            "L'action A est la suite de l'action 1, l'action B prolonge l'action 2.",
            [(["A"], "comes_from", "1")],  # of B, nothing is said rather than of A
        ),
        ("LA 3 remplace l'action 3.", [(["la 3"], "comes_from", "3")]),
        ("LA 3 remplace l'action III.", [(["la 3"], "comes_from", "III")]),
        ("L'action a repris : suite de l'action d'insertion.", []),
        ("L'ACTION 3 EST LA SUITE DE L'ACTION A MENER.", []),
        ("L'action 3 est la suite de l'action D'Artagnan.", []),
    ],
)
def test_a_reference_may_be_a_letter_or_a_roman_number(
    sentence: str, told: list[tuple[list[str], str, str]]
) -> None:
    assert [(named, x.kind, x.reference) for named, x in told_of(sentence)] == told


def test_a_sentence_may_number_hundreds_of_actions_anew() -> None:
    pairs = ", ".join(f"la fiche {i} devient la fiche {i + 1}" for i in range(600))
    assert [(told, said.reference) for told, said in told_of(pairs)] == [
        ([str(i)], str(i + 1)) for i in range(600)
    ]
