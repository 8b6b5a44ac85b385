import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.links.mentions import mentions

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
        "Les actions 2 et 3 ne font plus qu'une seule action, numérotée 2.",
        {("becomes", "2")},
    ),
    (
        "FA 3 scindée en FA 3a et FA 3b",
        {("comes_from", "3"), ("becomes", "3a"), ("becomes", "3b")},
    ),
    (
        "Est scindée en deux actions : C1 « Captation » et C3 « Plan B de 2024 ».",
        {("becomes", "c1"), ("becomes", "c3")},
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
    ("Abandonnée au profit de l'action 10", {("becomes", "10"), ("ended", None)}),
    ("Action abandonnée ayant en 2021/2022 obtenu des crédits AMI LDA", {("ended", None)}),
    ("FA 2. Révision du règlement du FSL (terminée )", {("ended", None)}),
    ("La convention est caduque.", {("ended", None)}),
    ("Terminée", {("ended", None)}),
    ("Regroupement de 1.1 et 3.3", {("comes_from", "1.1"), ("comes_from", "3.3")}),
    ("Scission de 3.1a", {("comes_from", "3.1a")}),
    ("Séparée de l'ex-LDA 2", {("comes_from", "lda 2")}),
    ("Suite de l'action LDA/2025/03", {("comes_from", "lda/2025/03")}),
    ("Suite de l'action 2025-03", {("comes_from", "2025-03")}),
    ("Fusionnée avec l'action 1-2", {("becomes", "1-2")}),
    ("Suite de l'action n° 3-b", {("comes_from", "3-b")}),
    ("« Un toit » (suite de 2024-02)", {("comes_from", "2024-02")}),
    ("(suite de 2024-2025)", set()),
    ("(suite de P1-A2)", {("comes_from", "p1-a2")}),
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
    ("Doit être fusionnée avec l'action 6", set()),
    ("Proposition de fusion avec l'action 4", set()),
    ("Reprend le reliquat de l'action 4", set()),
    ("Correspond à la fiche 3 du PDALHPD", set()),
    ("Correspond à la fiche 3 du plan LDA", {("comes_from", "3")}),
    ("Suite fiche 4", {("comes_from", "4")}),
    ("Places transférées vers l'action 3", set()),
    ("Accompagnement repris dans l'action 3", set()),
    ("Désormais reprise dans l'action 3", {("becomes", "3")}),
    ("Action intégralement reprise dans l'action 3", {("becomes", "3")}),
    ("Poste transféré sur l'action 2", set()),
    ("À l'issue de l'évaluation de l'action 3, un bilan est présenté", set()),
    ("À l'issue de l'évaluation, intégrée à l'action 5", {("becomes", "5")}),
    ("Selon les résultats de l'évaluation, intégrée à l'action 5", set()),
    ("Répartie selon les besoins, intégrée à l'action 5", {("becomes", "5")}),
    ("Résulte de l'action 5", {("comes_from", "5")}),
    ("Continue l'action 2 de la convention", {("comes_from", "2")}),
    ("Formation continue de l'action 2", set()),
    ("Même action que la n° 5 de 2023", {("comes_from", "5")}),
    ("Mutualisation des fiches 4 et 5", {("comes_from", "4"), ("comes_from", "5")}),
    ("Mutualisation des moyens de l'action 3", set()),
    (
        "Rassemble les commissions des deux villes (B1 et B2)",
        {("comes_from", "b1"), ("comes_from", "b2")},
    ),
    ("Rassemble les crédits des deux commissions (B1 et B2)", set()),
    ("Rassemble les commissions de deux villes (10 000 habitants)", set()),
    ("Englobe désormais l'action 3", {("comes_from", "3")}),
    ("Action 6 + action 7", {("comes_from", "6"), ("comes_from", "7")}),
    ("Cofinancement action 6 + action 7", set()),
    ("Nouvel intitulé de l'action 4", {("comes_from", "4")}),
    ("Action 8 rebaptisée", {("comes_from", "8")}),
    ("Prend la place de l'action 6", {("comes_from", "6")}),
    ("Héritière de l'action 11", {("comes_from", "11")}),
    ("Action identique à la fiche 5 de 2024", {("comes_from", "5")}),
    ("Action identique à l'action 3 sur un autre territoire", set()),
    ("Public identique à la fiche 5 de 2024", set()),
    ("Fiche 9 de 2023, pour partie", {("comes_from", "9")}),
    ("Fiche 9 de 2023 à transmettre", set()),
    (
        "Réunit en une seule action les actions 2 et 8",
        {("comes_from", "2"), ("comes_from", "8")},
    ),
    ("Réunie en une seule action, l'action 8", {("becomes", "8")}),
    ("Désormais confondue avec la fiche 1", {("becomes", "1")}),
    ("Ne pas confondre avec l'action 4", set()),
    ("Redevient deux actions : l'action 4 et l'action 5", {("becomes", "4"), ("becomes", "5")}),
    ("Réflexion engagée sur la fusion de l'action 3 avec l'action 5", set()),
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
        (
            "Scindée en « Captation » et « Garantie des risques »",
            [("becomes", "Captation"), ("becomes", "Garantie des risques")],
        ),
        ("Scindée en deux actions : « Captation »", [("becomes", "Captation")]),
        ("Pourra être intégrée à l'action « Bail glissant »", []),
        ("En cas d'accord, intégrée à l'action « Bail glissant »", []),
        ("Intégrée à l'action « Bail glissant », sous réserve d'un accord", []),
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
