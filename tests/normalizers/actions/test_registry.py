"""What each kind of part states, on tables as conventions print them."""

from decimal import Decimal

import pytest
from documents import VOCABULARY, row
from documents import table as typed

from normalizers.actions.registry import read_part, read_parts
from normalizers.actions.transposed import is_transposed
from normalizers.actions.yearly import yearly_exercises
from pipeline.extracted import SHEET
from tests.normalizers.tables import part, table

PAST = ("2031-2032", "2032-2033", "2033-2034")
REPORT = ("Les livrables réalisés en 2031-2033", "Etat de la réalisation", "Observations")


def sums(statement):
    return {(s.stage, s.funder, s.exercise): s.amount for s, _ in statement.row.sums}


def test_a_yearly_table_states_an_action_a_year_with_a_sum():
    synthesis = table(
        ("n°", "Action", "2031 - 2032 prévu", "2031 - 2032 consommé", "2032 - 2033 prévu",
         "2032 - 2033 consommé", "Commentaire"),
        ("1", "Diagnostic", "35 000 €", "20 000 €", "", "",
         "15 000 € non consommés en N1 : proposition de report sur 2034-2035"),
        ("2", "Chef de projet", "30 000 €", "30 000 €", "31 000 €", "30 500 €", ""),
        ("3", "Gouvernance", "", "", "", "", "sans crédits"),
        ("", "TOTAL FINANCEMENT AMI", "65 000 €", "50 000 €", "31 000 €", "30 500 €", ""),
    )  # fmt: skip
    found = read_part(part(synthesis))
    assert [(s.row.texts["reference"], s.exercises[0], s.row.funded) for s in found] == [
        ("1", "2031-2032", True),
        ("2", "2031-2032", True),
        ("2", "2032-2033", True),
        ("3", "2032-2033", False),
    ]
    assert sums(found[0]) == {
        ("planned", "AMI", "2031-2032"): Decimal(35000),
        ("spent", "AMI", "2031-2032"): Decimal(20000),
        ("carry_over", "AMI", "2031-2032"): Decimal(15000),
    }
    assert sums(found[2])["spent", "AMI", "2032-2033"] == Decimal(30500)


def test_what_was_spent_is_of_the_year_planned_beside_it():
    columns = ("Action", "Pilote", "Prévu 2032", "Dépensé", "Prévu 2033", "Dépensé")
    body = ("Bail glissant", "CCAS", "1 000 €", "900 €", "2 000 €", "1 500 €")
    first, second = read_part(part(table(columns, body)))
    assert [(s.exercise, s.amount) for s, _ in first.row.sums if s.stage == "spent"] == [
        ("2032", 900)
    ]
    assert [(s.exercise, s.amount) for s, _ in second.row.sums if s.stage == "spent"] == [
        ("2033", 1500)
    ]


def test_what_is_granted_beside_the_years_before_is_of_its_own_year():
    years = [f"{year} {what}" for year in (2031, 2032) for what in ("Prévu", "Réalisé")]
    columns = ("Action", "Pilote", *years, "Crédits AMI accordés 2033")
    body = ("Bail glissant", "CCAS", "1 000 €", "900 €", "2 000 €", "1 500 €", "3 000 €")
    found = read_part(part(table(columns, body), exercise="2033"))
    assert [one.exercises for one in found] == [["2031"], ["2032"], ["2033"]]
    assert sums(found[2]) == {("granted", "AMI", "2033"): Decimal(3000)}
    assert found[2].row.funded


def test_a_table_that_also_plans_the_acts_own_exercise_states_an_action_once():
    programme = table(
        ("Action", "2033 Prévu", "Dépensé", "2034 Prévu"),
        ("Équipe mobile", "45 000 €", "41 250 €", "48 000 €"),
    )
    (only,) = read_part(part(programme, exercise="2034"))
    assert only.exercises == ["2034"]


@pytest.mark.parametrize(
    ("headings", "own", "past"),
    [
        (("2031 prévu", "2031 consommé", "2032 prévu"), "2034", ["2031", "2032"]),
        (("2031 prévu", "2031 consommé", "2032 prévu"), "2032", []),
        (("2031 prévu", "2032 prévu"), "2034", []),
        (("2031 prévu", "2031 consommé"), "2034", []),
    ],
)
def test_past_exercises_are_those_planned_and_spent(headings, own, past):
    assert yearly_exercises(part(table(("Action", *headings))).columns, own) == past


def test_a_roadmap_states_its_numbered_lines_under_their_titles():
    roadmap = table(
        ("",),
        ("Axe 1 : Produire des solutions de logement",),
        ("1.1. Logements très sociaux",),
        ("FA 8. Renforcer l'accompagnement ( terminée )",),
        ("FA 10. Logement adapté / avec les bailleurs (en cours / sera terminée en déc.2034 )",),
        ("Cf. DDETS et PDALHPD",),
        ("Axe 2 : Conforter le maintien",),
        ("FA 21. Mentorat pour les jeunes (dans le cadre du parcours)",),
    )
    found = [(s.row.texts, s.row.section) for s in read_part(part(roadmap))]
    axis = "Axe 1 : Produire des solutions de logement > 1.1. Logements très sociaux"
    assert found == [
        (
            {"reference": "FA 8", "label": "Renforcer l'accompagnement", "status": "terminée"},
            axis,
        ),
        (
            {
                "reference": "FA 10",
                "label": "Logement adapté / avec les bailleurs",
                "status": "en cours / sera terminée en déc.2034",
            },
            axis,
        ),
        (
            {
                "reference": "FA 21",
                "label": "Mentorat pour les jeunes (dans le cadre du parcours)",
            },
            "Axe 2 : Conforter le maintien",
        ),
    ]


def test_a_new_action_may_begin_in_a_later_exercise():
    renewed = table(
        ("Reconduire ou nouvelle", "Intitulé de l’action", "Commentaire"),
        ("Poursuivre", "FA 7. Plateforme de coordination", "Voir bilan"),
        ("Nouvelle 2036", "Équipe mobile de prévention", "En réflexion"),
    )
    first, second = read_part(part(renewed))
    assert (first.row.texts["reference"], first.row.texts["label"]) == (
        "FA 7",
        "Plateforme de coordination",
    )
    assert (first.exercises, second.exercises) == (["2034-2035"], ["2036"])


def test_a_report_speaks_of_the_action_above_it():
    report = table(
        REPORT,
        ("Convention signée", "Réalisée", "Subvention N1 prévue : 35 000 €\nN1 consommée : "
         "20 000 €\nN1 reliquat : 15 000 €\nSubvention N2 : 20 000 € + 70 000 €\nACTION TERMINEE "
         "au 31/12/2034\nDemande de subvention 2034-2035 (15 mois) : 75 000€"),
    )  # fmt: skip
    said, verdict, asked = read_part(part(report, "Action 4 : Gouvernance", past=PAST))
    assert not any(s.creates for s in (said, verdict, asked))
    assert (said.row.texts["reference"], said.exercises) == ("Action 4", ["2031-2032", "2032-2033"])
    assert sums(said) == {("carry_over", "AMI", "2031-2032"): Decimal(15000)}
    assert [(s.stage, s.exercise, s.amount) for s, _ in said.restated or ()] == [
        ("planned", "2031-2032", Decimal(35000)),
        ("spent", "2031-2032", Decimal(20000)),
        ("planned", "2032-2033", Decimal(90000)),
    ]
    assert verdict.row.texts["status"] == "ACTION TERMINEE au 31/12/2034"
    assert verdict.exercises == ("2033-2034",)
    assert sums(asked) == {("requested", "AMI", "2034-2035"): Decimal(75000)}


def test_a_report_under_no_actions_heading_states_nothing():
    report = table(REPORT, ("Convention signée", "Réalisée", "ACTION TERMINEE"))
    assert read_part(part(report, "Les difficultés rencontrées", past=PAST)) == []


def test_a_table_that_says_who_runs_each_row_is_no_report_on_one_action():
    programme = table(
        ("Chantier", "Maître d'ouvrage", "Livrable attendu", "Avancement", "AMI 2034"),
        ("1.1 Diagnostic partagé", "Ville", "Rapport", "80 %", "9 000 €"),
        ("1.2 Bail glissant", "Le Toit", "15 baux", "25 %", "25 000 €"),
    )
    found = read_part(part(programme))
    assert [(s.row.texts["label"], s.row.texts["pilot"]) for s in found] == [
        ("Diagnostic partagé", "Ville"),
        ("Bail glissant", "Le Toit"),
    ]


def test_a_sheet_tells_pilot_sums_and_texts_of_its_action():
    form = table(
        ("PILOTE : Métropole", "FINANCEMENT AMI : 36 000 €", "PARTENAIRE PRINCIPAL : Le Toit"),
        ("OBJECTIFS OPERATIONNELS", "Remobiliser les jeunes"),
        ("INDICATEURS D’EVALUATION", "Nombre de binômes"),
        ("POINTS DE VIGILANCE", "Fragilité des jeunes"),
    )
    (sheet,) = read_part(part(form, "Proposition de fiche n° 21 : Mentorat des jeunes"))
    assert sheet.creates
    assert sheet.row.texts == {
        "reference": "fiche n° 21",
        "label": "Mentorat des jeunes",
        "pilot": "Métropole",
        "objective": "Remobiliser les jeunes",
        "indicators": "Nombre de binômes",
    }
    assert sums(sheet) == {("requested", "AMI", "2034-2035"): Decimal(36000)}
    assert sheet.row.funded is True
    assert "Fragilité des jeunes" in str(sheet.row.other)


def test_sheets_below_one_another_begin_with_the_number_and_the_label_of_their_action():
    form = table(
        ("Action 1.1", "Piloter la feuille de route"),
        ("Pilote", "Métropole"),
        ("Indicateurs", "Un comité par semestre"),
        ("Budget 2034", "AMI : 40 000 €\nCAF : 20 000 €"),
        ("Action 1.2", "Mettre en place un observatoire"),
        ("Pilote", "ADIL"),
        ("Indicateurs", "Tableau de bord publié"),
        ("Budget 2034", "AMI : 15 000 €"),
    )
    first, second = read_part(part(form, "Feuille de route", exercise="2034"))
    assert first.row.texts == {
        "reference": "Action 1.1",
        "label": "Piloter la feuille de route",
        "pilot": "Métropole",
        "indicators": "Un comité par semestre",
    }
    assert sums(first) == {
        ("planned", "AMI", "2034"): Decimal(40000), ("planned", "CAF", "2034"): Decimal(20000)
    }  # fmt: skip
    assert second.row.texts["label"] == "Mettre en place un observatoire"
    assert sums(second) == {("planned", "AMI", "2034"): Decimal(15000)}
    assert first.creates and second.creates


@pytest.mark.parametrize("title", ["Action 2 : Bail glissant", "Fiche action n° 2 – Bail glissant"])
def test_a_sheet_may_ask_in_a_head_and_tell_in_one_row(title):
    heads = ("Pilote", "Public", "Coût total", "Financement AMI", "Statut")
    form = table(heads, ("SOLIHA", "Jeunes", "27 000 €", "21 000 €", "Nouvelle"))
    head = [row("body", *heads).cells]
    (sheet,) = read_part(part(form.model_copy(update={"head": head, "title": title})))
    assert {sheet.row.texts[name] for name in ("label", "pilot", "status")} == {
        "Bail glissant",
        "SOLIHA",
        "Nouvelle",
    }
    assert ("planned", "AMI", "2034-2035") in sums(sheet)


def test_a_sheet_numbered_by_a_letter_tells_who_pays_its_means():
    form = table(
        ("Action B", "Former les travailleurs sociaux"),
        ("Pilote", "Métropole"),
        ("Objectifs", "Quatre sessions"),
        ("Moyens", "1 ETP (50 000 € État, 15 000 € CAF)"),
    )
    (sheet,) = read_part(part(form, "Feuille de route", exercise="2034"))
    assert (sheet.row.texts["reference"], sheet.row.texts["description"]) == (
        "Action B",
        "1 ETP (50 000 € État, 15 000 € CAF)",
    )
    assert sums(sheet) == {
        ("planned", "AMI", "2034"): Decimal(50000), ("planned", "CAF", "2034"): Decimal(15000)
    }  # fmt: skip


def test_a_sheet_may_tell_its_pilot_and_sums_beside_their_names():
    form = table(
        ("", ""),
        ("Pilote", "Le Toit"),
        ("Objectifs", "Mettre à l’abri dix femmes"),
        ("Coût total", "20 000 €"),
        ("Financement AMI", "12 000 €"),
        ("Financeurs", "Le plan, pour 40 000 € au plus"),
    )
    (sheet,) = read_part(part(form, "Fiche action n° 4 : Maison des femmes"))
    assert (sheet.creates, sheet.row.texts["pilot"]) == (True, "Le Toit")
    assert sums(sheet) == {
        ("total_cost", None, "2034-2035"): Decimal(20000),
        ("planned", "AMI", "2034-2035"): Decimal(12000),
    }


def test_a_sheet_may_ask_twice_in_a_row():
    form = table(
        ("", "", "", ""),
        ("Pilote", "Le Toit", "Statut", "En cours"),
        ("Objectif", "Mettre à l’abri dix femmes", "Public", "Femmes avec enfants"),
        ("Financement AMI 2034", "12 000 €", "Cofinancement", "Département : 5 000 €"),
    )
    (sheet,) = read_part(part(form, "Fiche action n° 4 : Maison des femmes"))
    assert sheet.row.texts["objective"] == "Mettre à l’abri dix femmes"
    assert sheet.row.texts["status"] == "En cours"
    assert sums(sheet) == {
        ("planned", "AMI", "2034"): Decimal(12000),
        ("planned", "Département", "2034-2035"): Decimal(5000),
    }


@pytest.mark.parametrize(
    ("asked", "paid"),
    [
        ("Subvention du Département", ("planned", "Département")),
        ("Montant sollicité auprès de la Région", ("requested", "Région")),
        ("Montant accordé par la CAF", ("planned", "CAF")),
        ("Aide de l'Anah", ("planned", "Anah")),
        ("Concours des partenaires", ("planned", None)),
        ("Montant de l'avance", None),
        ("Solde à verser", None),
        ("Plafond de subvention", None),
        ("Coût par place", None),
        ("Dépenses de personnel", None),
        ("Action Logement", ("planned", "Action Logement")),
        ("Fondation Abbé Pierre", ("planned", "Fondation Abbé Pierre")),
        ("BOP 104", ("planned", "BOP 104")),
        ("Crédits État (hors AMI)", ("planned", "Crédits État (hors AMI)")),
    ],
)
def test_a_sheet_says_who_pays_in_what_it_asks(asked: str, paid: tuple[str, str | None] | None):
    form = table(("", ""), ("Pilote", "Le Toit"), ("Objectifs", "Loger"), (asked, "7 000 €"))
    (sheet,) = read_part(part(form, "Fiche action n° 4 : Maison des femmes"))
    assert [(s.stage, s.funder) for s, _ in sheet.row.sums] == ([paid] if paid else [])


@pytest.mark.parametrize("asked", ["Montant notifié", "Montant versé", "Total AMI", "Dotation"])
def test_a_sheet_counts_once_what_the_ami_grants(asked: str) -> None:
    form = table(("", ""), ("Pilote", "Le Toit"), ("Crédits AMI", "9 000 €"), (asked, "7 000 €"))
    (sheet,) = read_part(part(form, "Fiche action n° 4 : Maison des femmes"))
    assert [(s.funder, s.amount) for s, _ in sheet.row.sums] == [("AMI", 9000)]
    assert sheet.row.other == {asked: "7 000 €"}


def test_heads_of_a_table_in_a_sheet_ask_for_no_sum():
    plain = table(
        ("", "", "", ""),
        ("Actions", "Date", "Budget", "Opérateurs"),
        ("Séminaire", "Sur l’année 2034", "12 000 €", "Union régionale"),
    )
    (only,) = read_part(part(plain, "Fiche action n° 17 : Acculturation"))
    assert all(amount for amount in sums(only).values())


def test_a_sheet_funded_by_others_is_not_funded():
    form = table(
        ("", "", ""),
        ("PILOTE Ville ET DDETS", "FINANCEMENT Ville ET DDETS : 40 000 €", "FINANCEMENT AMI : 0 €"),
    )
    (sheet,) = read_part(part(form, "Fiche action n° 24 : Prévention"))
    assert sheet.row.funded is False
    assert ("planned", "AMI", "2034-2035") in sums(sheet)


def test_a_table_that_tells_no_pilot_adds_to_a_sheet_but_makes_none():
    plain = table(("Sigle", "Sens"), ("CLLAJ", "Comité local"))
    (only,) = read_part(part(plain, "Fiche action n° 9 : Mentorat des jeunes"))
    assert not only.creates


@pytest.mark.parametrize(
    ("title", "head", "pilot"),
    [
        ("Opérateur : Le Toit solidaire", ("Action", "Subvention État"), "Le Toit solidaire"),
        ("Porteur : CCAS", ("Action", "Subvention État", "Pilote"), "Ville"),
        ("Axe 1 : Produire", ("Action", "Subvention État"), None),
        ("Tableau 1 – Actions portées par le CCAS", ("Action", "Subvention État"), "CCAS"),
        ("Actions menées par la rue en 2031", ("Action", "Subvention État"), None),
        ("Actions portées par les partenaires", ("Action", "Subvention État"), None),
    ],
)
def test_the_pilot_in_the_title_of_a_table(
    title: str, head: tuple[str, ...], pilot: str | None
) -> None:
    of = table(head, ("Maraudes", "5 000 €", "Ville")[: len(head)])
    (only,) = read_part(part(of.model_copy(update={"title": title})))
    assert only.row.texts.get("pilot") == pilot


@pytest.mark.parametrize(
    ("axes", "numbers"),
    [
        ("112", ["1.1", "1.2", "2.1"]),
        ("111", ["1", "2", "1"]),  # no axis tells them apart
    ],
)
def test_numbers_that_begin_anew_under_each_axis_are_told_with_it(
    axes: str, numbers: list[str]
) -> None:
    rows = (
        (axis, number, label, "CCAS", "9 000 €")
        for axis, number, label in zip(axes, "121", ("Veille", "Maraude", "Bail"), strict=True)
    )
    head = ("Axe", "N°", "Action", "Porteur", "Crédits État")
    told = read_part(part(table(head, *rows)))
    assert [one.row.texts["reference"] for one in told] == numbers


@pytest.mark.parametrize(
    ("head", "first"),
    [
        (("Pilote", "Nombre d'actions", "Crédits État"), ("Ville", "2", "18 000 €")),
        (("Action", "Coût total"), ("Plan de financement :", "18 000 €")),
    ],
)
def test_a_table_that_sums_up_or_finances_states_no_action(
    head: tuple[str, ...], first: tuple[str, ...]
) -> None:
    assert read_part(part(table(head, first, ("CCAS", "3", "40 000 €")[: len(head)]))) == []


BESIDE = (
    ("Structure porteuse", "Le Toit"),
    ("Objectif visé", "Aller vers les personnes à la rue"),
    ("Coût global", "88 000,00 €"),
    ("Subvention État demandée", "58 000,00 €"),
    ("Part CAF", "25 000,00 €"),
    ("Reste à trouver", "5 000,00 €"),
)


def test_a_form_asks_its_label_itself():
    form = table(("", ""), ("Nom de l'action", "Équipe mobile"), *BESIDE)
    (sheet,) = read_part(part(form, "Fiche-action n° 1"))
    assert sheet.creates and sheet.row.texts == {
        "reference": "Fiche-action n° 1",
        "label": "Équipe mobile",
        "pilot": "Le Toit",
        "objective": "Aller vers les personnes à la rue",
    }
    found = {(s.stage, (s.funder or "")[:3]): s.amount for s, _ in sheet.row.sums}
    assert found == {
        ("total_cost", ""): 88000,
        ("requested", "AMI"): 58000,
        ("planned", "CAF"): 25000,
    }
    assert "5 000,00" in str(sheet.row.other)


@pytest.mark.parametrize(
    ("title", "annex_title", "extractor", "label"),
    [
        ("Projet « Équipe mobile »", "Fiches actions", SHEET, "Projet « Équipe mobile »"),
        ("Fiches actions", "Fiches actions", SHEET, None),
        ("Modalités de suivi", "", "pdfium", None),
    ],
)
def test_the_title_of_a_sheet_written_as_text_names_its_action(
    title: str, annex_title: str, extractor: str, label: str | None
) -> None:
    form = table(("", ""), *BESIDE).model_copy(
        update={"title": title, "annex_title": annex_title, "extractor": extractor}
    )
    assert [s.row.texts["label"] for s in read_part(part(form))] == [label] * (label is not None)


def test_a_form_may_name_who_pays_in_what_it_asks():
    asked = (("Cofinancement CAF", "25 000 €"), ("Cofinancements Prévus", "4 000 €"))
    form = table(("", ""), ("Nom de l'action", "Équipe mobile"), *BESIDE[:2], *asked)
    (sheet,) = read_part(part(form))
    assert [((s.funder or "")[:3], s.amount) for s, _ in sheet.row.sums] == [
        ("CAF", 25000),
        ("", 4000),
    ]


def test_a_status_may_be_asked_as_the_nature_of_an_action():
    form = table(
        ("", ""),
        ("Nom de l'action", "Équipe mobile"),
        ("Nature de l'action", "Action reconduite"),
        ("Description", "Un camion"),
        *BESIDE,
    )
    (sheet,) = read_part(part(form))
    assert sheet.row.texts["status"] == "Action reconduite"
    assert sheet.row.texts["description"] == "Un camion"


def test_a_form_may_number_its_actions():
    rows = [
        row
        for k in ("1", "2")
        for row in ((f"Projet n° {k}", f"Équipe {k}"), ("Porteur", "CCAS"), *BESIDE)
    ]
    sheets = list(read_part(part(table(("", ""), *rows))))
    assert [(s.row.texts["reference"], s.row.texts["label"]) for s in sheets] == [
        ("Projet n° 1", "Équipe 1"),
        ("Projet n° 2", "Équipe 2"),
    ]


def test_the_title_of_a_sheet_may_stand_in_its_head():
    form = table(("FICHE ACTION N° 1 : Mentorat Pilote", "FICHE ACTION N° 1 : Mentorat Le Toit"))
    title, (asked, told) = row("body", "FICHE ACTION N° 1 : Mentorat"), BESIDE[0]
    head = [title.cells, row("body", asked, told, at=1).cells]
    body = [row("body", *texts, at=i) for i, texts in enumerate(BESIDE[1:], 2)]
    (sheet,) = read_part(part(form.model_copy(update={"head": head, "rows": body})))
    assert sheet.creates
    assert (sheet.row.texts["label"], sheet.row.texts["pilot"]) == ("Mentorat", "Le Toit")


def test_two_forms_in_one_table_are_two_actions():
    first, second = ("Nom de l'action", "Équipe mobile"), ("Nom de l'action", "Pension de famille")
    forms = read_part(part(table(("", ""), first, *BESIDE, second, *BESIDE)))
    assert [f.row.texts["label"] for f in forms] == ["Équipe mobile", "Pension de famille"]
    assert forms[0].row.index != forms[1].row.index


def test_forms_in_one_table_begin_with_what_the_first_asks_above_its_label():
    rows = [
        row
        for k, label in enumerate(("Équipe mobile", "Pension de famille"), 1)
        for row in (("Référence", f"FA {k}"), ("Nom de l'action", label), *BESIDE)
    ]
    forms = read_part(part(table(("", ""), *rows)))
    assert [(f.row.texts["reference"], f.row.texts["label"]) for f in forms] == [
        ("FA 1", "Équipe mobile"),
        ("FA 2", "Pension de famille"),
    ]


def test_a_row_may_part_the_number_of_a_sheet_from_its_label():
    def sheet(number, label, cofunding):
        return (
            (f"Fiche {number}", label),
            ("Pilote", "Le Toit", "Suite donnée", "Poursuite"),
            ("AMI 2034", "20 000 €", "Cofinancements", cofunding),
        )

    rows = (*sheet("1.A", "Bail", "5 000 € (CAF)"), *sheet("1.B", "Halte", ""))
    first, second = read_part(part(table(("", "", "", ""), *rows)))
    assert [(s.row.texts["reference"], s.row.texts["label"]) for s in (first, second)] == [
        ("Fiche 1.A", "Bail"),
        ("Fiche 1.B", "Halte"),
    ]
    assert [s.amount for s, _ in first.row.sums] == [20000, 5000]
    assert [s.amount for s, _ in second.row.sums] == [20000]


def test_forms_in_one_table_may_be_numbered_above():
    def form(number, label):
        return (f"FICHE ACTION {number}",), ("Nom de l'action", label), *BESIDE

    of = table(("", ""), *form("1.1", "Équipe mobile"), *form("1.2", "Pension de famille"))
    first, second = read_part(part(of))
    assert [one.row.texts["reference"] for one in (first, second)] == [
        "FICHE ACTION 1.1",
        "FICHE ACTION 1.2",
    ]
    assert (first.row.index, second.row.index) == (2, 3 + len(BESIDE) + 1)
    assert first.table is second.table is of
    assert "1.2" not in str(first.row.other)


def test_every_sheet_in_a_table_is_an_action():
    def sheet(number, label, pilot, amount):
        return (
            (f"Fiche action n° {number} : {label}",),
            ("Pilote", pilot),
            ("Objectifs", "Créer douze logements"),
            ("Financement de l'État", amount),
        )

    rows = (*sheet(1, "Bail", "CCAS", "10 000 €"), *sheet(2, "Halte", "Ville", "20 000 €"))
    for of, heading in ((rows, ""), (rows[1:], rows[0][0])):
        first, second = read_part(part(table(("", ""), *of), heading))
        assert (first.row.texts["label"], first.row.texts["pilot"]) == ("Bail", "CCAS")
        assert (second.row.texts["label"], second.row.texts["pilot"]) == ("Halte", "Ville")
        assert [list(sums(one).values()) for one in (first, second)] == [[10000], [20000]]


def test_cells_of_a_sheet_may_tell_below_what_their_first_line_asks():
    (only,) = read_part(
        part(
            table(
                ("", "", ""),
                ("Pilote\nVille", "Public :\n• Jeunes\n• Familles", "Calendrier\nMai"),
                ("Financement AMI 2031\n9 000 €", "Cofinanceurs\nCAF (2 000 €)", "Objectif\nLoger"),
            ),
            "Fiche n° 3 – Bail glissant",
            exercise="2031",
        )
    )
    assert (only.row.texts["reference"], only.row.texts["label"]) == ("Fiche n° 3", "Bail glissant")
    assert (only.row.texts["pilot"], only.row.texts["objective"]) == ("Ville", "Loger")
    assert sums(only) == {("planned", "AMI", "2031"): 9000, ("planned", "CAF", "2031"): 2000}
    assert only.row.other == {"Public": "• Jeunes\n• Familles", "Calendrier": "Mai"}


def test_a_form_in_one_column_under_the_title_of_its_action():
    form = table(
        ("",),
        ("Pilote",),
        ("Association La Passerelle",),
        ("Objectifs",),
        ("Loger trente ménages",),
        ("Financement AMI",),
        ("9 000 €",),
    ).model_copy(update={"title": "Action 2 – Bail glissant"})
    (sheet,) = read_part(part(form))
    assert (sheet.row.texts["label"], sheet.row.texts["pilot"]) == (
        "Bail glissant",
        "Association La Passerelle",
    )
    assert list(sums(sheet).values()) == [9000]


@pytest.mark.parametrize("when", ["2031", "en 2031", "pour 2031"])
def test_the_title_of_a_sheet_answers_nothing_and_a_year_is_no_part_of_who_pays(when: str):
    title = row("section", "Action 2 : Relais").cells[0].model_copy(update={"spans_columns": 4})
    form = table(
        ("Pilote", "SOLIHA", "Suite donnée", "Poursuite"),
        ("Montant demandé 2031", "9 000 €", "Montant retenu par l'État 2031", "8 000 €"),
        (f"Participation de la Ville {when}", "3 000 €", "Bilan", "Atteint"),
    )
    head = [[title], row("body", "Pilote", "SOLIHA", "Suite donnée", "Poursuite").cells]
    of = form.model_copy(update={"title": "Action 2 : Relais", "head": head})
    (sheet,) = read_part(part(of))
    assert sheet.row.texts["pilot"] == "SOLIHA"
    assert sums(sheet)["planned", "Ville", "2031"] == 3000


def test_a_form_may_tell_below_what_it_asks():
    form = table(
        ("", ""),
        ("Intitulé de l'action", ""),
        ("Habitat modulaire", ""),
        ("Porteur", "Partenaires"),
        ("Le Toit", "Commune, SIAO"),
        ("Objectifs", ""),
        ("Offrir une étape", ""),
        ("Coût prévisionnel", "Financement de l'État"),
        ("62.000,00 € TTC", "45.000,00 €"),
    )
    (sheet,) = read_part(part(form))
    assert {k: sheet.row.texts[k] for k in ("label", "pilot", "objective")} == {
        "label": "Habitat modulaire",
        "pilot": "Le Toit",
        "objective": "Offrir une étape",
    }
    assert [s.amount for s, _ in sheet.row.sums] == [62000, 45000]


@pytest.mark.parametrize("first", ["LDA-{}", "Action {}", "CD {}", "Objectif {}"])
def test_a_table_whose_rows_begin_like_questions_is_no_form(first: str):
    annex = table(
        ("Réf.", "Actions", "Structures porteuses", "Livrables", "Financement État"),
        *[(first.format(n), "Maraudes", "Ville", "Un bilan annuel", "10 000 €") for n in "123"],
        ("TOTAL", "", "", "", "30 000 €"),
    )
    assert [s.row.texts["label"] for s in read_part(part(annex))] == ["Maraudes"] * 3


@pytest.mark.parametrize(
    "other",
    [
        table(
            ("CHARGES 12 mois", "Dépenses", "PRODUITS 12 mois", "Recettes"),
            ("60 – Achats", "4 500 €", "74 – Subventions", "70 000 €"),
        ),
        table(
            ("Typologie", "Demande de financement AMI pour 2034-2035", "Co-financements"),
            ("Actions à poursuivre", "227 500 €", "350 000 €"),
            ("Nouvelles actions", "178 000 €", "52 000 €"),
        ),
        table(
            ("Objectifs", "Indicateurs", "Valeur cible 2034", "Valeur cible 2035"),
            ("Objectif 1", "Nombre de comités", "2", "3"),
            ("Objectif 2", "Nombre de ménages", "40", "60"),
        ),
        table(
            ("Poste", "Structure", "ETP", "Coût chargé", "Part financée par l'État"),
            ("Coordinatrice", "Métropole", "1", "58 000 €", "34 800 €"),
            ("Travailleurs sociaux", "L'Escale", "3", "135 000 €", "81 000 €"),
        ),
        table(("Sigle", "Signification"), ("AHI", "Accueil, hébergement, insertion")),
        table(("Juin 2034", "Juillet – nov.", "Nov. 2034"), ("Étude", "Modélisation", "Livraison")),
        table(
            ("", "", "Département", "Métropole"), ("Ménages demandeurs", "2032", "3 129", "2 176")
        ),
        table(
            ("Montants alloués Année 1 2031-2032", "Dépenses totales", "Co-financements"),
            ("330 000,00 €", "295 000,00 €", "238 330,00 €"),
        ),
    ],
    ids=[
        "budget",
        "financing",
        "indicators",
        "posts",
        "sigles",
        "schedule",
        "statistics",
        "totals",
    ],
)
def test_other_tables_state_no_action(other):
    assert read_part(part(other)) == []


@pytest.mark.parametrize(
    ("of", "references"),
    [
        (
            table(
                ("", "Action 1", "Action 2"),
                ("Intitulé", "Maraude", "Étude"),
                ("Pilote", "Croix-Rouge", "Ville"),
                ("Objectif", "Aller vers", "Mesurer"),
                ("Montant AMI", "24 000 €", "10 000 €"),
                ("Cofinancement", "3 000 €", "-"),
            ),
            ["Action 1", "Action 2"],
        ),
        (
            table(
                ("", "Action 1", "Action 2", ""),
                ("Intitulé", "Maraude", "Étude", "Total"),
                ("Pilote", "Croix-Rouge", "Ville", ""),
                ("Objectif", "Aller vers", "Mesurer", ""),
                ("Montant AMI", "24 000 €", "10 000 €", "34 000 €"),
                ("Cofinancement", "3 000 €", "-", "3 000 €"),
            ),
            ["Action 1", "Action 2"],
        ),
        (
            table(
                ("", "Action 1 Maraude", "Action 2 Étude"),
                ("Porteur", "Croix-Rouge", "Ville"),
                ("Objectif", "Aller vers", "Mesurer"),
                ("Cofinancement", "3 000 €", "-"),
                ("Montant AMI", "24 000 €", "10 000 €"),
            ),
            ["Action 1", "Action 2"],
        ),
        (
            table(
                ("Actions", "Maraude", "Étude"),
                ("Porteur", "Croix-Rouge", "Ville"),
                ("Objectif", "Aller vers", "Mesurer"),
                ("Cofinancement", "3 000 €", "-"),
                ("Subvention de l'État", "24 000 €", "10 000 €"),
            ),
            [None, None],
        ),
    ],
    ids=["numbers above", "a total beside", "both above", "labels above"],
)
def test_actions_side_by_side(of, references):
    found = read_part(part(of))
    assert [s.row.texts.get("reference") for s in found] == references
    assert [(s.row.texts["label"], s.row.texts["pilot"]) for s in found] == [
        ("Maraude", "Croix-Rouge"),
        ("Étude", "Ville"),
    ]
    amounts = [{s.funder or s.stage: s.amount for s, _ in one.row.sums} for one in found]
    assert [a["AMI"] for a in amounts] == [24000, 10000]
    assert [a.get("planned") for a in amounts] == [3000, None]


def test_actions_side_by_side_with_who_pays_them():
    of = table(
        ("", "Maraude", "Étude"),
        ("Porteur", "Croix-Rouge", "Ville"),
        ("Subvention de l'État", "24 000 €", "10 000 €"),
        ("Communauté de communes", "1 000 €", "2 000 €"),
        ("Département", "3 000 €", "-"),
        ("Action Logement", "-", "500 €"),
        ("Coût total", "28 000 €", "12 500 €"),
    )
    paid = [{s.funder: s.amount for s, _ in one.row.sums} for one in read_part(part(of))]
    assert paid == [
        {"AMI": 24000, "Métropole de Saint-Orme": 1000, "Département": 3000, None: 28000},
        {"AMI": 10000, "Métropole de Saint-Orme": 2000, "Action Logement": 500, None: 12500},
    ]


@pytest.mark.parametrize("mark", [" €", ""])
def test_a_total_may_stand_beside_actions_side_by_side(mark: str) -> None:
    of = table(
        ("", "Maraude éducative", "Bail glissant", "Médiation locative", "Total"),
        ("Porteur", "La Halte", "CCAS", "ADIL", ""),
        ("Objectif", "Aller vers", "Loger", "Prévenir", ""),
        *(
            (asked, *(f"{n} 000{mark}" if n else "" for n in paid))
            for asked, *paid in (
                ("Coût", 30, 25, 12, 67),
                ("AMI", 20, 15, 8, 43),
                ("Ville", 10, 5, None, 15),
                ("Département", None, 5, 4, 9),
            )
        ),
    )
    paid = [{s.funder: s.amount for s, _ in one.row.sums} for one in read_part(part(of))]
    assert paid == [
        {None: 30000, "AMI": 20000, "Ville": 10000},
        {None: 25000, "AMI": 15000, "Ville": 5000, "Département": 5000},
        {None: 12000, "AMI": 8000, "Département": 4000},
    ]


def test_an_answer_over_two_columns_is_not_two_actions():
    of = table(
        ("Pilote", "Le Toit", "Le Toit"),
        ("Objectif", "Loger", "Loger"),
        ("Montant AMI", "5 000 €", "6 000 €"),
        ("Indicateurs", "Dix baux", "Dix baux"),
    )
    assert not is_transposed(of, VOCABULARY)


def test_a_form_of_years_is_not_actions_side_by_side():
    years = table(
        ("", "2031", "2032"),
        ("Pilote", "Ville", "Ville"),
        ("Montant AMI", "5 000 €", "6 000 €"),
        ("Objectif", "Loger", "Loger"),
    )
    assert read_part(part(years)) == []


def test_a_report_on_an_earlier_exercise_recalls_what_was_granted():
    report = table(("Action", "Alloué", "Consommé"), ("Bail glissant", "45 000 €", "41 000 €"))
    titled = report.model_copy(update={"title": "Bilan financier 2033-2034"})
    (recalled,) = read_part(part(titled))
    assert recalled.exercises == ["2033-2034"]
    assert sums(recalled) == {
        ("previous", "AMI", "2033-2034"): Decimal(45000),
        ("spent", "AMI", None): Decimal(41000),
    }


def test_labels_that_all_begin_with_their_number():
    head = ("Action", "Porteur", "Subvention de l'État")
    found = read_part(
        part(table(head, ("1. Répit", "CCAS", "9 000 €"), ("5. Bail", "CCAS", "8 000 €")))
    )
    assert [(s.row.texts["reference"], s.row.texts["label"]) for s in found] == [
        ("1", "Répit"),
        ("5", "Bail"),
    ]
    rows = ("Action I : Répit", "CCAS", "9 000 €"), ("Action II : Bail", "CCAS", "8 000 €")
    assert [s.row.texts["reference"] for s in read_part(part(table(head, *rows)))] == [
        "Action I",
        "Action II",
    ]
    found = read_part(part(table(head, ("1. Répit", "CCAS", "9 000 €"), ("Bail", "CCAS", "1 €"))))
    assert [s.row.texts["label"] for s in found] == ["1. Répit", "Bail"]


def test_each_sum_has_the_payer_that_stands_beside_it():
    head = ("Action", "Subvention AMI", "Cofinanceur 1", "Montant", "Cofinanceur 2", "Montant")
    (one, two) = read_part(
        part(
            table(
                head,
                ("Référent de parcours", "32 000 €", "Agglo", "16 000 €", "CAF", "8 000 €"),
                ("Gestion locative", "54 600 €", "MSA", "12 000 €", "", ""),
            )
        )
    )
    assert {(s.funder, s.amount and int(s.amount)) for s, _ in one.row.sums} == {
        ("AMI", 32000),
        ("Métropole de Saint-Orme", 16000),
        ("CAF", 8000),
    }
    assert {s.funder for s, _ in two.row.sums} == {"AMI", "MSA"}


def test_a_table_headed_by_an_axis_lists_its_actions():
    of = table(("Axe 3 – Loger", "Porteur", "État"), ("3.1 Pension de famille", "Ville", "9 000 €"))
    (one,) = read_part(part(of))
    assert (one.row.texts["reference"], one.row.texts["label"]) == ("3.1", "Pension de famille")
    assert one.row.section == "Axe 3 – Loger"


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        ([("Bail glissant", "9 000 €"), ("Maraude", "3 000 €")], ["Bail glissant", "Maraude"]),
        ([("Montant de la subvention", "40 000 €")], []),
    ],
)
def test_rows_without_a_head_below_who_pays_are_actions_one_alone_is_none(rows, labels):
    of = typed(("", ""), *rows, title="Crédits de l'État (AMI) 2024")
    assert [one.row.texts["label"] for one in read_part(part(of))] == labels


def test_texts_of_a_form_one_below_the_other_are_no_actions():
    rows = ("Mobiliser les propriétaires", "41 500 €"), ("Pilote", "20 500 €"), ("Toit", "62 000 €")
    assert read_part(part(table(("Objectif", "Budget 2034"), *rows))) == []


def test_a_sheet_may_be_new_and_tell_what_was_done():
    of = table(
        ("", ""),
        ("FICHE ACTION N° 6 (nouvelle)", "Accès direct"),
        ("Porteur", "CCAS"),
        ("Objectif", "25 jeunes"),
        ("Réalisé en 2033", "40 000 € consommés sur les 60 000 € prévus"),
        ("Financement 2034", "État AMI : 64 500 €\nVille : 4 500 €"),
    )
    (one,) = read_part(part(of))
    assert (one.row.texts["reference"], one.row.texts["label"]) == (
        "FICHE ACTION N° 6",
        "Accès direct",
    )
    assert [(s.funder, s.amount) for s, _ in one.row.sums] == [("AMI", 64500), ("Ville", 4500)]


def test_the_sum_asked_of_the_state_is_no_status():
    rows = ("Pilote", "CCAS"), ("État (AMI)", "9 000 €"), ("Coût total", "12 000 €")
    (one,) = read_part(part(table(("", ""), ("Action 1 : Bail",), *rows)))
    assert "status" not in one.row.texts
    assert [s.amount for s, _ in one.row.sums if s.funder == "AMI"] == [9000]


@pytest.mark.parametrize(
    ("title", "pilots"),
    [("Crédits AMI 2031 par opérateur", ["CCAS", "SOLIHA"]), ("Crédits AMI par axe", [None] * 2)],
)
def test_sections_may_be_those_who_run_the_actions(title, pilots):
    annex = typed(
        ["N°", "Action", "AMI 2031"],
        row("section", "CCAS"),
        ["1", "Maraude", "9 000 €"],
        row("section", "SOLIHA"),
        ["2", "Captation", "8 000 €"],
        title=title,
    )
    assert [s.row.texts.get("pilot") for s in read_part(part(annex))] == pilots


TITLED = (
    row("section", "Action 1 – Maraude"),
    ["CCAS", "Repérer", "9 000 €"],
    row("section", "Action 2 – Captation"),
    ["SOLIHA", "Capter", "8 000 €"],
)


def test_titles_across_the_table_name_the_actions() -> None:
    found = read_part(part(typed(["Pilote", "Objectif", "AMI 2031"], *TITLED)))
    keys = ("reference", "label", "objective", "pilot")
    assert [tuple(s.row.texts[k] for k in keys) for s in found] == [
        ("Action 1", "Maraude", "Repérer", "CCAS"),
        ("Action 2", "Captation", "Capter", "SOLIHA"),
    ]
    assert [s.row.section for s in found] == [None, None]


def test_titles_over_several_rows_or_over_labels_name_no_action() -> None:
    more = typed(["Pilote", "Objectif", "AMI 2031"], *TITLED, ["CAF", "Aider", "1 000 €"])
    labels = typed(["Pilote", "Intitulé", "AMI 2031"], *TITLED)
    assert [s.row.texts["label"] for s in read_part(part(more))] == ["Repérer", "Capter", "Aider"]
    assert [s.row.texts["label"] for s in read_part(part(labels))] == ["Repérer", "Capter"]


def test_texts_beside_a_column_of_what_was_spent_are_no_sums() -> None:
    of = table(
        ("N°", "Action", "Réalisé 2034", "AMI alloué", "AMI consommé"),
        ("1", "Coordination", "Poste pourvu", "40 000 €", "40 000 €"),
        ("2", "Bail glissant", "9 baux, dont 4 glissés", "18 000 €", "13 500 €"),
    )
    spent = [
        [s.amount for s, _ in one.row.sums if s.stage == "spent"] for one in read_part(part(of))
    ]
    assert spent == [[40000], [13500]]


def test_a_report_that_tells_what_the_act_grants_is_of_its_own_exercise():
    spent = table(
        ("Action", "Pilote", "Obtenu 2033", "Consommé 2033", "Accordé 2034"),
        ("Bail glissant", "SOLIHA", "40 000 €", "28 500 €", "52 000 €"),
        ("Halte", "CCAS", "16 000 €", "16 000 €", "8 000 €"),
    ).model_copy(update={"title": "Annexe 2 – Exécution de l'exercice 2033"})
    found = read_part(part(spent, exercise="2034"))
    assert [s.exercises for s in found] == [["2034"], ["2034"]]
    assert sums(found[0]) == {
        ("previous", "AMI", "2033"): Decimal(40000),
        ("spent", "AMI", "2033"): Decimal(28500),
        ("granted", "AMI", "2034"): Decimal(52000),
    }


def test_rows_that_name_a_sheet_each_are_actions():
    listed = table(
        ("Actions", "Opérateur", "Description", "État – AMI 2034"),
        ("Fiche 1 : Bail glissant", "SOLIHA", "12 logements", "28 000 €"),
        ("Fiche 2 : Halte", "CCAS", "8 places", "16 000 €"),
    )
    found = read_part(part(listed, exercise="2034"))
    assert [(s.row.texts["reference"], s.row.texts["label"]) for s in found] == [
        ("Fiche 1", "Bail glissant"),
        ("Fiche 2", "Halte"),
    ]


def test_a_table_of_new_names_states_no_actions():
    renamed = table(
        ("Ancien intitulé", "Nouvel intitulé", "Décision"),
        ("Coordination départementale", "Pilotage du plan", "Reconduite"),
        ("Garantie des loyers", "–", "Supprimée"),
    )
    assert not list(read_part(part(renamed)) or ())


def test_actions_that_recall_their_former_names_bear_the_new_ones():
    renamed = table(
        ("Ancien intitulé", "Nouvel intitulé", "Pilote", "AMI 2034"),
        ("Coordination départementale", "Pilotage du plan", "Département", "9 000 €"),
        ("Bail glissant", "Sous-location", "CCAS", "8 000 €"),
    )
    found = [s.row.texts["label"] for s in read_part(part(renamed))]
    assert found == ["Pilotage du plan", "Sous-location"]


@pytest.mark.parametrize(
    ("asked", "sum_", "paid"),
    [
        ("Contrepartie locale", "6 000 €", 6_000),
        ("Contrepartie locale", "8 000 €", 14_000),
        ("Autres cofinancements", "6 000 €", 12_000),
    ],
)
def test_what_those_named_pay_together_is_no_sum_of_its_own(
    asked: str, sum_: str, paid: int
) -> None:
    sheet = table(
        ("", ""),
        ("Structure pilote", "Soliha"),
        ("Montant AMI", "20 000 €"),
        ("Département", "4 000 €"),
        ("Caisse d'allocations familiales", "2 000 €"),
        (asked, sum_),
    ).model_copy(update={"title": "Fiche n° 2 – Captation"})
    (one,) = read_part(part(sheet))
    assert sum(s.amount for s, _ in one.row.sums if s.funder != "AMI" and s.amount) == paid
    assert (asked in one.row.other) == (paid == 6_000)


@pytest.mark.parametrize(("last", "runs"), [("(CAF)", "CAF"), ("(en 2034)", None)])
def test_who_runs_the_action_of_a_sheet_may_stand_behind_its_title(
    last: str, runs: str | None
) -> None:
    titles = ("Équipe mobile (CCAS)", "Captation (DDETS)", f"Observatoire {last}")
    sheets = [
        table(("", ""), ("AMI", "45 000 €"), ("Indicateurs", "Nombre de ménages")).model_copy(
            update={"title": f"Fiche action n° {i} : {title}", "position": i}
        )
        for i, title in enumerate(titles, 1)
    ]
    *_, one = read_parts([part(sheet) for sheet in sheets])
    assert (one.row.texts.get("pilot"), one.creates) == (runs, runs is not None)


@pytest.mark.parametrize(
    ("labels", "references"),
    [
        (("2 – Bail glissant", "3 – Observatoire"), ["2", "3"]),
        (("2 – Bail glissant", "Observatoire"), [None, None]),
        (("2 – Bail glissant",), [None]),
    ],
)
def test_labels_may_count_from_one_table_to_the_next(
    labels: tuple[str, ...], references: list[str | None]
) -> None:
    head = ("Action", "Pilote", "Montant AMI")
    tables = [
        table(head, (label, "CCAS", "9 000 €")).model_copy(update={"position": i})
        for i, label in enumerate(labels, 1)
    ]
    told = [one.row.texts for one in read_parts([part(each) for each in tables])]
    assert [texts.get("reference") for texts in told] == references
    assert told[-1]["label"] == (labels[-1] if references[-1] is None else "Observatoire")


BARE = ("N°", "Intitulé", "Description")
BARE_ROWS = (("1", "Maraudes", "Deux soirs"), ("2", "Étude", "En juin"), ("3", "Bail", "Six mois"))


@pytest.mark.parametrize(
    ("head", "names", "count"),
    [
        ("Action n°", ("1", "2", "3"), 3),
        ("Action n°", ("1", "4", "3"), 0),
        ("Axe", ("1", "2", "3"), 0),
    ],
)
def test_a_list_of_names_is_of_actions_where_another_table_tells_their_sums(
    head: str, names: tuple[str, ...], count: int
) -> None:
    listed = part(table(BARE, *BARE_ROWS))
    budget = part(table((head, "État (AMI)", "CAF"), *((n, "9 000 €", "1 000 €") for n in names)))
    told = [one for one in read_parts([listed, budget]) if one.table is listed.table]
    assert len(told) == count
    assert read_parts([listed]) == []


@pytest.mark.parametrize("spans", [2, 1])
def test_a_question_over_several_rows_stands_beside_those_that_ask_for_sums(spans: int) -> None:
    sheet = table(
        ("", "", ""),
        ("Pilote", "CCAS", ""),
        ("Objectif", "Loger", ""),
        ("Budget", "État (AMI)", "45 000 €"),
        ("Budget", "Autres financeurs", "10 000 €"),
    )
    place = sheet.rows[2].cells[0].place
    tall = [
        r.model_copy(
            update={
                "cells": [
                    c.model_copy(update={"place": place, "spans_rows": spans}) if not k else c
                    for k, c in enumerate(r.cells)
                ]
            }
        )
        for r in sheet.rows[2:]
    ]
    merged = sheet.model_copy(update={"rows": [*sheet.rows[:2], *tall]})
    (one,) = read_parts([part(merged, "Fiche action n° 2 : Bail glissant")])
    assert one.row.texts["pilot"] == "CCAS"
    paid = [(s.funder, s.amount) for s, _ in one.row.sums]
    assert (paid == [("AMI", 45_000), (None, 10_000)]) is (spans > 1)
