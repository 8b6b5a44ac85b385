"""Headings as territories write them, alone and with what stands under them."""

from collections import Counter

import pytest
from documents import REFERENCE, VOCABULARY
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.actions.contents import Contents
from normalizers.actions.headings import explain, heading_unit, over_years
from normalizers.actions.likeness import MONEY, are_two_sums, load_headings
from normalizers.statuses import load_statuses, read_status

PHRASES = load_headings(REFERENCE / "headings.csv")
STATUSES = load_statuses(REFERENCE / "statuses.csv")
SUMS = ["12 000 €", "4500 €", "", "à préciser"]
PROSE = ["Accompagner trente ménages sortant de l'hôtel vers un logement stable et durable"] * 4


def field_of(heading: str, texts: list[str] | None = None) -> str | None:
    return explain([heading], [contents(texts or [])], PHRASES, VOCABULARY.money)[0].field


def contents(texts: list[str]) -> Contents:
    return Contents.of(
        texts,
        lambda t: t in ("Ville", "CCAS", "DDETS"),
        lambda t: read_status(t, STATUSES) != "unknown",
    )


def test_a_status_over_statuses_heads_no_labels() -> None:
    """The row of an action, where a scan lost its head."""
    statuses = ["Action terminée", "Engagée", "En cours", "Renouvelée"]
    assert field_of("Action terminée", statuses) == "status"
    assert field_of("Action", ["Accueil de jour", "Maraude", "Action terminée"]) == "label"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Structure porteuse de l'action", "pilot"),
        ("AMI obtenu précédemment", "ami_previous"),
        ("Crédits État reçus auparavant", "ami_previous"),
        ("Finalité et présentation de l'action", "description"),
        ("Projet / but", "label"),
        ("Descriptif des actions", "description"),
        ("Subvention AMI de l'exercice précédent", "ami_previous"),
        ("Pour mémoire : crédits AMI", "ami_previous"),
        ("Organisme responsable", "pilot"),
        ("PORTEUR(S)", "pilot"),
        ("Finance mentAMI 2020-202 1 (en k€)", "ami"),
        ("Cofin ance ments", "cofinancing"),
        ("C ré di ts A M I", "ami"),
        ("Intitulé du projet", "label"),
        ("Actions et objectifs", "label"),
        ("Objectifs stratégiques", "objective"),
        ("Descriptif synthétique", "description"),
        ("Description et objectifs de l'action", "description"),
        ("Indicateurs d'évaluation et cibles", "indicators"),
        ("Etat au 31/12/2026", "status"),
        ("Remarques éventuelles", "comment"),
        ("N° d'action", "reference"),
        ("Coût global de l'action (en €)", "total_cost"),
        ("Part Dihal", "ami"),
        ("Dotation Logement d'abord 2026", "ami"),
        ("Finacement AMl 2026", "ami"),
        ("Financement obtenu au titre de l'AMI en 2025", "ami_previous"),
        ("Co-financements", "cofinancing"),
        ("Total cofinancements", "cofinancing"),
        ("Financements Coût total", "total_cost"),
        ("Financement des collectivités", "cofinancing"),
        ("Cofinanceurs (nom)", "cofinancing_source"),
        ("2025 – 2026 consommé", "spent"),
        ("Reliquat 2025", "carry_over"),
        ("Dépenses prévisionnelles", "total_cost"),
        ("Coût éligible", "total_cost"),
        ("Bénéficiaire", "pilot"),
        ("Bénéficiaires", "audience"),
        ("Météo du jour", None),
        ("", None),
    ],
)
def test_a_heading_announces_its_field(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("heading", "texts", "field"),
    [
        ("Etat", SUMS, "ami"),
        ("Bilan", ["Réalisée", "En cours", "Abandonnée", "En cours"], "status"),
        ("Bilan", ["Réalisée avec trois mois de retard, faute de local", "Bonne"], "comment"),
        (
            "Cofinanceurs",
            ["Ville (12 000 €)", "CAF : 5 000 €", "Département (16 000 €)"],
            "cofinancing",
        ),
        ("Cofinanceurs", ["Ville", "CAF", "Département"], "cofinancing_source"),
        ("Nature", ["Renouvellement", "Création", "Renouvellement"], "status"),
        ("Nature", ["Ingénierie", "Travaux", "Accompagnement"], "category"),
        ("Nature de l'action", ["Six logements", "Douze maraudes", "Un poste"], "description"),
        ("Etat", ["A lancer", "En cours", "Terminée", "En cours"], "status"),
        ("Action", SUMS, None),
        ("Coût", PROSE, None),
        ("Qui ?", ["Ville", "CCAS", "DDETS", "Ville"], "pilot"),
        ("Point au 1er juin", ["En cours", "A lancer", "Terminée", "Annulée"], "status"),
        ("", ["1", "2", "3.1", "3 bis"], "reference"),
        ("2032 Dont crédits 2032", SUMS, "ami"),
        ("Situation 2032", ["0", "12", "8"], None),
        ("Cible 2032", ["6", "12", "25", "30"], "indicators"),
        ("Ménages 2032", ["6", "12", "25", "30"], None),
        ("Ménages", ["6", "80", "40 %", "25", "30"], None),
        ("", SUMS, None),
        ("Autres financeurs", ["20 000 €", "cf. supra", "p.m.", "valorisation"], "cofinancing"),
        ("Part Ville", ["0,00", "0,00", "18 000,00", "0,00"], "cofinancing"),
        ("Reste à financer", SUMS, "unfunded"),
        ("Cofinancements à rechercher", SUMS, "unfunded"),
        ("Cofinancement à trouver", SUMS, "unfunded"),
        ("Dépense subventionnable", SUMS, "total_cost"),
        ("MO", ["Croix-Rouge", "Alter", "SM"], "pilot"),
        ("Rappel 2023", SUMS, "ami_previous"),
        ("État (reliquat 2022)", SUMS, "carry_over"),
        ("État AMI (reprise excédent 2025)", SUMS, "carry_over"),
        ("Consommation AMI 2023", SUMS, "spent"),
        ("Budget État 2024", SUMS, "ami"),
        ("Contribution de l'administration", SUMS, "ami"),
        ("Enveloppe globale", SUMS, "total_cost"),
        ("Crédits de l'État dont reliquat", SUMS, "ami"),
        ("Crédits de l'État (nouveaux / reliquats)", SUMS, "ami"),
        ("Action", ["1 – Maraudes", "2 – Bail", "3 – Étude", "4 – Toit"], "label"),
        ("Commentaires", ["Reliquat de 4 000 €", "dont 2 000 € pour la Ville"], "comment"),
        ("Évolution", ["+5 000", "-5 000", "=", "nouvelle action"], None),
        ("Évolution", ["Renforcée (+ 5 000 €)", "Reconduite"], "status"),
    ],
)
def test_the_cells_confirm_or_deny_it(heading: str, texts: list[str], field: str | None) -> None:
    assert field_of(heading, texts) == field


def test_a_table_has_one_label_and_many_sums() -> None:
    headings = ["Action", "Actions", "AMI 2025", "AMI 2026", "Opérateur", "Pilote"]
    texts = [PROSE, PROSE, SUMS, SUMS, ["Ville"], ["CCAS"]]
    columns = explain(headings, [contents(t) for t in texts], PHRASES, VOCABULARY.money)
    fields = [c.field for c in columns]
    assert fields[2:] == ["ami", "ami", "operator", "pilot"]
    assert sorted(fields[:2], key=str) == ["None", "label"] or fields[:2].count("label") == 1
    assert [c.exercise for c in columns[2:4]] == ["2025", "2026"]


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("Crédits AMI", "granted"),
        ("Crédits AMI demandés en 2026", "requested"),
        ("Subvention de l'Etat sollicitée", "requested"),
        ("Crédits AMI déjà obtenus", "previous"),
        ("Rappelcrédits AMI 201 9-20 20", "previous"),
        ("Crédits État 2021 Consommé", "spent"),
        ("Crédits AMI dépensés en 2031", "spent"),
        ("2031 Dihal Exécution", "spent"),
        ("2024 Demandé (AMI)", "requested"),
        ("Crédits État 2021 Reste", "carry_over"),
        ("Subvention de l'État non utilisée", "carry_over"),
        ("Dépenses prises en charge par l'État", "granted"),
        ("Crédits État restant à verser", "granted"),
        ("AMI Prévisionnel", "planned"),
        ("Recettes prévisionnelles État (AMI)", "granted"),
        ("Crédits 2026 (reliquat compris)", "granted"),
        ("Subvention 2026, y compris report 2025", "granted"),
        ("Crédits dont reliquat", "carry_over"),
        ("Reste", "carry_over"),
        ("Total AMI et cofinancements", "total_cost"),
        ("Montant acquis", "granted"),
        ("Cofinancements acquis", "granted"),
    ],
)
def test_a_heading_says_the_stage_of_its_sums(heading: str, stage: str) -> None:
    assert explain([heading], [contents(SUMS)], PHRASES, VOCABULARY.money)[0].stage == stage


def test_a_column_of_sums_may_add_up_years() -> None:
    total, label = explain(
        ["Total 2025-2027", "Actions 2025-2027"],
        [contents(SUMS), contents(PROSE)],
        PHRASES,
        VOCABULARY.money,
    )
    assert (total.field, total.exercise) == ("total_cost", "2025-2027")
    assert (label.field, label.exercise) == ("label", None)


PIECES = st.sampled_from(
    [
        "Action",
        "Pilote",
        "AMI",
        "2025",
        "2026",
        "-",
        "/",
        "cofinancements",
        "obtenu",
        "(en €)",
        "n°",
        "Coût",
        "total",
        "Statut",
        "Commentaires",
        "précédemment",
        "demandés",
        "Objectif",
        "\n",
        "%",
    ]
)
HEADINGS = st.lists(PIECES, max_size=6).map(" ".join) | st.text(max_size=30)
COLUMNS = st.lists(
    st.tuples(HEADINGS, st.lists(st.sampled_from([*SUMS, *PROSE[:1], "Ville", "A lancer", "3.1"]))),
    max_size=8,
)


@settings(max_examples=40)
@given(COLUMNS)
def test_any_headings_are_explained_once_each(drawn: list[tuple[str, list[str]]]) -> None:
    columns = explain(
        [h for h, _ in drawn], [contents(t) for _, t in drawn], PHRASES, VOCABULARY.money
    )
    assert len(columns) == len(drawn)
    fields = Counter(c.field for c in columns if c.field and c.field not in MONEY)
    assert set(fields.values()) <= {1}
    for column, (heading, _) in zip(columns, drawn, strict=True):
        assert (column.stage is not None) <= (column.field in MONEY)
        assert column.exercise is None or all(y in heading for y in column.exercise.split("-"))


def test_vocabulary_with_an_unknown_field_names_the_line(tmp_path) -> None:
    path = tmp_path / "headings.csv"
    path.write_text("phrase,field,stage\nPilote,pilot,\nMontant,sous,\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"headings\.csv, ligne 3"):
        load_headings(path)


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ("Participation LDA initiale", "Participation LDA après avenant"),
            ["ami_previous", "ami"],
        ),
        (("Subvention initiale",), ["ami"]),
        (
            ("Dotation de l'État Initiale", "Dotation de l'État Variation", "Dotation de l'État"),
            ["ami_previous", None, "ami"],
        ),
        (("Dépenses", "Recettes État"), ["total_cost", "ami"]),
        (("Dépenses", "État"), ["spent", "ami"]),
    ],
)
def test_sums_beside_others(headings: tuple[str, ...], fields: list[str | None]) -> None:
    columns = explain(headings, [contents(SUMS)] * len(headings), PHRASES, VOCABULARY.money)
    assert [c.field for c in columns] == fields


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Montant HT", "total_cost"),
        ("Montant AMI", "ami"),
        ("Subvention", "ami"),
        ("Montant accordé", "ami"),
    ],
)
def test_sums_beside_the_names_of_expenses_are_costs(heading: str, field: str) -> None:
    names, sums = contents(["Action 1", "Action 2"]), contents(["24 000 €", "38 500 €"])
    found = explain(["Dépenses", heading], [names, sums], PHRASES, VOCABULARY.money)
    assert found[1].field == field


def test_counts_are_no_objectives() -> None:
    headings = ["Indicateur", "Réalisé 2021", "Objectif 2022"]
    told = [["Ménages", "Logements", "Femmes"], ["1 120", "85", "14"], ["1 300", "120", "20"]]
    columns = explain(headings, [contents(texts) for texts in told], PHRASES, VOCABULARY.money)
    assert columns[2].field is None


@pytest.mark.parametrize(
    ("headings", "full"),
    [
        (["Crédits 2023", "2024", "Ville 2023", "2024"],
         ["Crédits 2023", "Crédits 2024", "Ville 2023", "Ville 2024"]),
        (["Action", "2024"], ["Action", "2024"]),
        (["2023 (réalisé)", "2024"], ["2023 (réalisé)", "2024"]),
        (["Crédits 2023 (en €)", "2024"], ["Crédits 2023 (en €)", "Crédits 2024 (en €)"]),
        (["2023", "2024"], ["2023", "2024"]),
    ],
)  # fmt: skip
def test_a_bare_year_goes_on_from_its_left(headings: list[str], full: list[str]) -> None:
    assert over_years(headings) == full


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Coût (k€)", 1000),
        ("Concours de l'État 2024 (en K€)", 1000),
        ("Programme 2025 (montants en milliers d'euros)", 1000),
        ("Crédits AMI (en milliers d'€)", 1000),
        ("Montants en milliers", 1000),
        ("AMI (x 1 000 €)", 1000),
        ("Public, en milliers de ménages", 1),
        ("Plafond 1 000 €", 1),
        ("Budget en M€", 10**6),
        ("Montant (en €)", 1),
        ("Marché", 1),
    ],
)
def test_unit_of_a_heading(heading: str, unit: int) -> None:
    assert heading_unit(heading) == unit


@pytest.mark.parametrize(
    ("heading", "two"),
    [
        ("AMI antérieur Cofinancements", True),
        ("Coût total\nFinancement AMI", True),
        ("AMI et cofinancements", True),
        ("Crédits AMI / Cofinancements", True),
        ("Crédits État et reliquats", False),
        ("Coût total", False),
        ("AMI antérieur", False),
        ("Cofinancements (Département, Région)", False),
        ("Crédits État 2021 Consommé", False),
    ],
)
def test_two_headings_of_sums_over_one_column(heading: str, two: bool) -> None:
    assert are_two_sums(heading, PHRASES) is two


@pytest.mark.parametrize(
    ("texts", "field"), [(["1", "2", "3"], "reference"), (["12", "25", "8"], None)]
)
def test_numbers_out_of_order_are_counts(texts: list[str], field: str | None) -> None:
    assert field_of("Ménages", texts) == field


def test_friends_are_not_the_ami() -> None:
    assert field_of("Amis du Lac", ["5 000 €"]) != "ami"
