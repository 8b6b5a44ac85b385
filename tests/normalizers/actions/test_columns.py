"""What each column holds, by its heading, its cells, its neighbours."""

from decimal import Decimal

import pytest
from documents import DIRECTORY, VOCABULARY, columns_of, table

from normalizers.actions.action_rows import exercises_of_rows
from normalizers.actions.annexes import (
    asked_exercises,
    granted_before,
    headed_exercise,
    opening_exercise,
    over_all_years,
    titled_exercise,
    told_of_own,
)
from normalizers.actions.columns import explain_columns, holds_actions
from normalizers.actions.headings import UNKNOWN_UNIT
from normalizers.actions.payers import headed_payer, paid_as_granted
from normalizers.counted_years import CountedYears

HEAD = ["Porteur", "Intitulé", "Avancement", "Crédits AMI 2031", "Cofinancements", "Remarques"]


@pytest.mark.parametrize(
    ("before", "after", "replaced"),
    [
        ("État 2024 (avant)", "État 2024 (après)", True),
        ("AMI au lieu de", "AMI lire", True),
        ("Ancien montant AMI", "Nouveau montant AMI", True),
        ("AMI 2024 voté", "AMI 2024 révisé", True),
        ("Crédits AMI 2024", "Crédits AMI 2025 révisés", False),
        ("Crédits AMI 2024", "Crédits AMI nouveaux 2024", False),  # or more of them?
    ],
)
def test_sums_that_others_replace_are_no_grant(before: str, after: str, replaced: bool) -> None:
    sums = ["25 000 €", "20 000 €"]
    rows = [["Bail glissant", "CCAS", *sums], ["Maraude", "CCAS", *sums]]
    columns = columns_of(table(["Action", "Pilote", before, after], *rows))
    fields = [c.field for c in columns][2:]
    assert fields == ["ami_previous" if replaced else "ami", "ami"]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["Pilote", "Action", "Statut"], True),
        (["Action", "Crédits AMI"], True),
        (["Objectifs poursuivis", "Pilote"], True),
        (["Sigle", "Signification"], False),
        (["Action", "Date"], False),
        (["Etat de la réalisation", "Observations"], False),
        ([], False),
    ],
)
def test_tables_that_hold_actions(columns: list[str], expected: bool) -> None:
    assert holds_actions(columns_of(table(columns))) is expected


def test_without_a_label_the_objective_is_one_and_no_unknown_column() -> None:
    columns = columns_of(table(["Pilote", "Objectifs", "Descriptif", "Météo"]))
    assert [c.field for c in columns] == ["pilot", "label", "description", None]


def test_exercises() -> None:
    annex = table(HEAD, title="Annexe 1 – Programme d'actions pour 2031-2032")
    assert titled_exercise(annex) == "2031-2032"
    assert titled_exercise(table(HEAD, title="Annexe 1")) is None
    assert headed_exercise(columns_of(annex)) == "2031"


def test_a_column_headed_by_an_organisation_is_its_cofunding() -> None:
    annex = table(
        [
            "Action",
            "Porteur",
            "Crédits LDA",
            "Subvention Région",
            "CAF",
            "Reste à charge opérateur",
        ],
        ["Maraudes", "Ville", "5 000 €", "1 000 €", "500 €", "200 €"],
    )
    columns = columns_of(annex)
    assert [c.field for c in columns[2:]] == ["ami", *["cofinancing"] * 3]
    assert columns[2].funder is None and columns[5].funder == "Reste à charge opérateur"
    assert (columns[3].funder or "").startswith("Région")
    assert (columns[4].funder or "").startswith("CAF")


def test_a_column_in_which_every_cell_says_who_pays() -> None:
    rows = [
        ["Maraudes", "Ville", "AMI : 38 000 €\nCAF : 12 000 €"],
        ["Bail", "CCAS", "AMI : 15 000 €"],
    ]
    assert columns_of(table(["Action", "Porteur", "Combien ?"], *rows))[2].field == "total_cost"
    rows[1][2] = "15 logements"
    assert columns_of(table(["Action", "Porteur", "Combien ?"], *rows))[2].field is None


@pytest.mark.parametrize(
    ("sums", "fields"),
    [
        (["AMI convention 2024", "AMI avenant 2024"], ["ami_previous", "ami"]),
        (["AMI (avenant n° 2)", "AMI (avenant n° 3)"], ["ami_previous", "ami"]),
        (["AMI convention", "AMI avenant", "AMI total"], ["ami", "ami", "total"]),
        (["AMI convention 2024", "AMI avenant 2025"], ["ami", "ami"]),
        (["AMI convention", "AMI"], ["ami", "ami"]),
    ],
)
def test_what_one_act_grants_after_another(sums: list[str], fields: list[str]) -> None:
    rows = [
        ["Maraudes", "5 000 €", "6 000 €", "11 000 €"],
        ["Bail", "2 000 €", "3 000 €", "5 000 €"],
    ]
    annex = table(["Action", *sums], *(row[: len(sums) + 1] for row in rows))
    assert [c.field for c in columns_of(annex)[1:]] == fields


@pytest.mark.parametrize(
    ("done", "field"),
    [(("6", "97"), None), (("600 €", "97 €"), "spent"), (("0", "0"), "spent")],
    ids=["counts", "sums", "nothing"],
)
def test_what_was_done_may_be_counted(done: tuple[str, str], field: str | None) -> None:
    annex = table(
        ["Action", "Porteur", "Dont AMI", "Cible 2031", "Réalisé 2030"],
        ["Maraudes", "Ville", "125 000 €", "8", done[0]],
        ["Bail", "CCAS", "15 000 €", "120", done[1]],
    )
    assert columns_of(annex)[4].field == field


def test_several_who_pay_under_one_heading() -> None:
    annex = table(
        [
            "Action",
            "Porteur",
            "Coût total",
            "Part LDA",
            "Part Ville/CCAS",
            "Part autres financeurs",
        ],
        ["Maraudes", "Ville", "9 000", "5 000", "3 000", "1 000"],
    )
    columns = columns_of(annex)[3:]
    assert [c.field for c in columns] == ["ami", "cofinancing", "cofinancing"]
    assert [c.funder for c in columns] == [None, "Ville/CCAS", None]


def test_the_word_below_who_pays_is_no_part_of_the_name() -> None:
    annex = table(
        ["Action", "Porteur", "Coût", "AMI Montant", "AMI %", "Ville Montant", "Ville %"],
        ["Maraudes", "Toit", "9 000,00", "5 000,00", "56%", "4 000,00", "44%"],
    )
    paying = columns_of(annex)[5]
    assert (paying.field, "Montant" in (paying.funder or "")) == ("cofinancing", False)


@pytest.mark.parametrize(
    ("headings", "stages"),
    [
        (("Département 2031 Demandé", "Département 2031 Accordé"), ["requested", "granted"]),
        (("Demandé 2031 Département", "Accordé 2031 Département"), ["requested", "granted"]),
        (("Ville – sollicité", "Ville – obtenu"), ["requested", "granted"]),
    ],
)
def test_what_is_asked_of_others_is_not_asked_of_the_ami(headings, stages) -> None:
    annex = table(
        ["Action", "Porteur", "AMI 2031 demandé", "AMI 2031 accordé", *headings],
        ["Maraudes", "Toit", "9 000 €", "8 000 €", "5 000 €", "4 000 €"],
        ["Étude", "Toit", "7 000 €", "6 000 €", "3 000 €", "2 000 €"],
    )
    asked, granted, *others = columns_of(annex)[2:]
    assert [(c.field, c.stage) for c in (asked, granted)] == [
        ("ami", "requested"),
        ("ami", "granted"),
    ]
    assert [(c.field, c.stage) for c in others] == [("cofinancing", stage) for stage in stages]
    assert {(c.funder or "").partition(" ")[0] for c in others} <= {"Département", "Ville"}


@pytest.mark.parametrize(
    ("asked", "obtained", "field"),
    [
        ("AMI 2031 sollicité", "AMI 2031 obtenu", "ami"),
        ("AMI sollicité", "AMI obtenu", "ami"),
        ("AMI 2031 sollicité", "AMI 2030 obtenu", "ami_previous"),
    ],
)
def test_what_is_obtained_of_what_is_asked_is_granted(asked, obtained, field) -> None:
    annex = table(
        ["Action", "Porteur", asked, obtained], ["Maraudes", "Toit", "9 000 €", "8 000 €"]
    )
    assert [c.field for c in columns_of(annex)[2:]] == ["ami", field]


def test_who_planned_and_who_executed() -> None:
    annex = table(
        ["Action", "Porteur", "2030 AMI Prévision", "2030 Ville Prévision", "2030 Ville Exécution"],
        ["Maraudes", "Toit", "9 000", "5 000", "4 000"],
        ["Étude", "Toit", "8 000", "6 000", "3 000"],
    )
    columns = columns_of(annex)[2:]
    assert [c.stage for c in columns] == ["planned", "planned", "spent"]
    assert [(c.funder or "").partition(" ")[0] for c in columns] == ["", "Ville", "Ville"]


def test_what_is_left_to_pay_is_whose_name_stands_beside_it() -> None:
    annex = table(
        ["Action", "Porteur", "Coût", "Part État", "Reste à charge Ville"],
        ["Maraudes", "Toit", "9 000,00", "5 000,00", "4 000,00"],
    )
    last = columns_of(annex)[4]
    assert (last.field, (last.funder or "").partition(" ")[0]) == ("cofinancing", "Ville")


def test_who_pays_stands_beside_the_exercise() -> None:
    annex = table(
        ["Action", "Porteur", "Exercice 2031 AMI", "Exercice 2031 CCAS", "CAF pour l'année 2031"],
        ["Maraudes", "Ville", "9 000 €", "5 000 €", "3 000 €"],
    )
    columns = columns_of(annex)[2:]
    assert [c.field for c in columns] == ["ami", "cofinancing", "cofinancing"]
    assert [c.exercise for c in columns] == ["2031"] * 3
    assert [(c.funder or "").partition(" ")[0] for c in columns] == ["", "CCAS", "CAF"]


def test_other_programmes_of_the_state_are_cofunding_beside_the_ami() -> None:
    annex = table(
        ["Action", "Porteur", "Coût total", "État LDA (BOP 177)", "État Autres BOP", "Bailleurs"],
        ["Maraudes", "Ville", "9 000", "5 000", "3 000", "1 000"],
    )
    columns = columns_of(annex)
    assert [c.field for c in columns[3:]] == ["ami", "cofinancing", "cofinancing"]
    assert [c.funder for c in columns[4:]] == ["État Autres BOP", "Bailleurs"]


def test_figures_beside_the_sums_are_kept() -> None:
    assert (
        columns_of(table(["Action", "AMI", "% Ville"], ["Bail", "9 000 €", "5 %"]))[2].field
        == "rate"
    )
    head = ["Action", "Porteur", "ETP", "Nombre de logements", "AMI", "Taux AMI"]
    rows = [
        ["Maraudes", "Ville", "0,5", "12", "9 000 €", "75 %"],
        ["Halte", "Ville", "1", "15", "8 000 €", "60 %"],
    ]
    fields = [c.field for c in columns_of(table(head, *rows))[2:]]
    assert fields == ["staff", "volume", "ami", "rate"]
    rows[0][2] = "45 000 €"
    assert columns_of(table(head, *rows))[2].field is None


def test_a_plan_of_charges_and_income_pays_by_number() -> None:
    annex = table(
        ["Réf.", "Charges Personnel", "Charges Autres", "Produits État", "Produits Ville", "Total"],
        ["BT-01", "9 000 €", "5 000 €", "13 000 €", "1 000 €", "14 000 €"],
        ["BT-02", "8 000 €", "6 000 €", "13 000 €", "1 000 €", "14 000 €"],
    )
    fields = [c.field for c in columns_of(annex)]
    assert fields == ["label", "part", "part", "ami", "cofinancing", "total_cost"]


def test_who_pays_below_income_that_is_foreseen() -> None:
    head = ["Dépenses prévisionnelles Total", "Recettes prévisionnelles État (AMI)"]
    head += ["Recettes prévisionnelles Ville / CCAS", "Taux État"]
    annex = table(
        ["Bénéficiaire", "Opération", *head],
        ["CCAS", "Accueil de jour", "52 500", "39 375", "13 125", "75 %"],
        ["Ville", "Habitat léger", "45 000", "32 000", "13 000", "71 %"],
    )
    *_, total, ami, others, rate = columns_of(annex)
    assert [c.field for c in (total, ami, others, rate)] == [
        "total_cost",
        "ami",
        "cofinancing",
        "rate",
    ]
    assert others.funder == "Ville / CCAS"
    assert (ami.stage, others.stage) == ("granted", "granted")


def test_charges_pay_nothing() -> None:
    annex = table(
        ["Action", "Charges Personnel", "Charges Autres", "Produits État", "Produits Autres"],
        ["Maraudes", "9 000 €", "5 000 €", "13 000 €", "1 000 €"],
        ["Halte", "8 000 €", "5 000 €", "13 000 €", ""],
    )
    fields = [c.field for c in columns_of(annex)[1:]]
    assert fields == ["part", "part", "ami", "cofinancing"]
    annex.columns[3:] = ["Subvention État", "Autres"]
    assert columns_of(annex)[2].field == "cofinancing"


def test_money_of_another_programme_of_the_state() -> None:
    annex = table(
        ["Action", "Porteur", "AMI 2031", "Pauvreté 2031"],
        ["Maraudes", "Ville", "9 000", "5 000"],
        ["Halte", "Ville", "8 000", "0"],
    )
    *_, ami, other = columns_of(annex)
    assert (ami.field, other.field, other.funder) == ("ami", "cofinancing", "Pauvreté")


def test_the_unit_of_an_annex_is_that_of_each_of_its_tables() -> None:
    annex = table(["Action", "Pilote", "Coût", "AMI"], ["Maraudes", "Ville", "70", "50"])
    of_axis = annex.model_copy(update={"title": "Axe 2", "annex_title": "Annexe 1 (en k€)"})
    assert [c.unit for c in columns_of(of_axis)[2:]] == [1000, 1000]


def test_a_sheet_that_asks_for_the_sums_of_several_years() -> None:
    asked = [["AMI 2032", "9 000 €"], ["AMI 2031", "8 000 €"], ["Bilan 2030", "Fait"]]
    sheet = table(["Pilote", "Ville"], *asked, title="Fiche action n° 2 – Maraudes")
    assert asked_exercises(sheet) == ["2031", "2032"]
    assert asked_exercises(table(["Pilote", "Ville"], *asked, title="Budget")) == []
    budget = [["Financeur", "2031", "2032"], ["AMI", "10 000 €", "9 000 €"]]
    of_years = table(["", "", ""], *budget, title="Fiche n° 2 – Maraudes")
    assert asked_exercises(of_years) == ["2031", "2032"]


def test_a_table_that_pays_year_by_year() -> None:
    annex = table(
        ["Action", "Porteur", "AMI 2031", "AMI 2032", "AMI 2033", "CAF (par an)", "Coût total"],
        ["Maraudes", "Ville", "10 000 €", "9 000 €", "8 000 €", "1 000 €", "30 000 €"],
    )
    columns = columns_of(annex)
    assert opening_exercise(columns, [None, "2031"]) == "2031"
    assert opening_exercise(columns, ["2030", None]) is None
    by_payer = columns_of(
        table(
            ["Action", "Porteur", "Financeur", "2031", "2032"],
            ["Maraudes", "Ville", "État (AMI)", "10 000 €", "9 000 €"],
            ["Maraudes", "Ville", "CAF", "1 000 €", "1 000 €"],
        )
    )
    assert opening_exercise(by_payer, [None, "2031"]) == "2031"
    by_row = table(
        ["Action", "Porteur", "Exercice", "AMI"],
        ["Maraudes", "Ville", "2032", "9 000"],
        ["Maraudes", "Ville", "2031", "10 000"],
    )
    rows = exercises_of_rows(by_row, columns_of(by_row))
    assert opening_exercise(columns_of(by_row), ["2031"], rows) == "2031"
    years = [c.exercise for c in over_all_years(columns, "2031")[2:]]
    assert years == ["2031", "2032", "2033", None, "2031-2033"]
    later = over_all_years(columns, "2032")
    assert [c.exercise for c in later[5:]] == [None, None]


def test_the_exercise_of_which_a_table_tells_what_was_spent_is_past() -> None:
    head = [
        "Action",
        "Porteur",
        "Montant convention 2031",
        "Consommé au 31/12/2031",
        "Dotation 2032",
    ]
    annex = table(head, ["Maraudes", "Ville", "10 000 €", "8 000 €", "9 000 €"])
    columns = columns_of(annex)
    assert opening_exercise(columns, [None, "2032"]) == "2032"
    assert opening_exercise(columns, [None, "2031"]) is None


def test_of_columns_headed_alike_that_of_the_own_year_tells() -> None:
    head = ["Action", "Pilote", "Objectifs 2031", "Résultats 2031", "Objectifs 2032", "AMI 2032"]
    annex = table(head, ["Bail glissant", "CCAS", "10 places", "8 places", "15 places", "9 000 €"])
    columns = columns_of(annex)
    for own, fields in {
        "2032": {2: None, 4: "objective"},
        "2031": {2: "objective", 4: None},
        None: {2: "objective", 4: None},
    }.items():
        found = [c.field for c in told_of_own(columns, own)]
        assert {k: found[k] for k in fields} == fields


@pytest.mark.parametrize(
    ("heading", "payer"),
    [("dont CAF", "CAF"), ("* dont CAF", "CAF"), ("• DDETS • EPCI • SIAO", None)],
)
def test_a_list_of_partners_is_no_payer(heading: str, payer: str | None) -> None:
    assert headed_payer(heading) == payer


def test_who_pays_without_being_known() -> None:
    head = ["Action", "Crédits LDA", "Plan de financement 2031 Conseil départemental 99", "Météo"]
    annex = table(head, ["Maraudes", "5 000 €", "1 000 €", "300 €"])
    assert [c.field for c in columns_of(annex)[1:]] == ["ami", "cofinancing", None]


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("Dépense", ["total_cost", "ami", "cofinancing"]),
        ("Dépenses réalisées", ["spent", "spent", "part"]),
    ],
)
def test_an_expense_that_all_who_pay_add_up_to_is_the_cost(heading: str, fields: list[str]) -> None:
    head = ["Action", heading, "Dont AMI", "Dont cofinanceurs"]
    annex = table(
        head,
        ["Maraudes", "60 000 €", "52 000 €", "8 000 €"],
        ["Étude", "9 000 €", "9 000 €", ""],
    )
    assert [c.field for c in columns_of(annex)] == ["label", *fields]


@pytest.mark.parametrize(
    ("cost", "field"), [("31 000 €", "cofinancing"), ("31 500 €", None)], ids=["adds up", "not"]
)
def test_what_a_cost_proves(cost: str, field: str | None) -> None:
    annex = table(
        ["Action", "Coût total", "AMI", "dont Pontaubert", "Reste à financer"],
        ["Maraudes", cost, "20 000 €", "6 000 €", "5 000 €"],
        ["Étude", "12 000 €", "9 000 €", "3 000 €", "-"],
    )
    column = columns_of(annex)[3]
    assert (column.field, column.funder) == (field, "Pontaubert" if field else None)


def test_what_the_cost_of_one_year_proves() -> None:
    annex = table(
        ["Action", "AMI 2031", "AMI 2032", "CD 2031", "CD 2032", "Pontaubert 2031", "Total 2031"],
        ["Maraudes", "20 000 €", "9 000 €", "1 000 €", "2 000 €", "5 000 €", "26 000 €"],
        ["Étude", "12 000 €", "9 000 €", "-", "-", "3 000 €", "15 000 €"],
    )
    column = columns_of(annex)[5]
    assert (column.field, column.funder, column.exercise) == ("cofinancing", "Pontaubert", "2031")


def test_the_share_of_the_state_is_no_status() -> None:
    annex = table(
        ["Action", "Pilote", "Coût total", "État %"],
        ["Maraudes", "Ville", "20 000 €", "50 %"],
        ["Étude", "CCAS", "10 000 €", "60 %"],
    )
    assert columns_of(annex)[3].field == "rate"


def test_heads_over_those_who_pay() -> None:
    over = "Financements prévisionnels 2031"
    annex = table(
        ["Action", f"{over} AMI", f"{over} CAF", f"{over} Commune", f"{over} Total"],
        ["Maraudes", "5 000 €", "1 000 €", "500 €", "6 500 €"],
    )
    columns = columns_of(annex)[1:]
    assert [c.field for c in columns] == ["ami", "cofinancing", "cofinancing", "total_cost"]
    assert {c.exercise for c in columns} == {"2031"}
    assert columns[1].funder is not None and columns[1].funder.startswith("CAF")
    alone = table(["Action", "Montant initial", "Montant modifié"], ["Étude", "5 000 €", "6 000 €"])
    assert [c.field for c in columns_of(alone)[1:]] == ["ami_previous", "ami"]


def test_the_unit_over_those_who_pay_is_that_of_each() -> None:
    over = "Financeurs (K€)"
    annex = table(
        ["Action", f"{over} AMI", f"{over} CAF", f"{over} Commune"], ["Maraudes", "5", "1", "0,5"]
    )
    columns = columns_of(annex)[1:]
    assert [c.field for c in columns] == ["ami", "cofinancing", "cofinancing"]
    assert [c.unit for c in columns] == [1000] * 3
    assert columns[1].funder is not None and columns[1].funder.startswith("CAF")


def test_who_pays_each_year_may_stand_in_the_title() -> None:
    years = ["Année 1", "Année 2", "Total"]
    rows = [["Maraudes", "Ville", "10 €", "9 €", "19 €"], ["Étude", "CCAS", "5 €", "4 €", "9 €"]]
    annex = table(["Action", "Porteur", *years], *rows, title="Crédits de l'État")
    columns = explain_columns(annex, VOCABULARY, DIRECTORY, counted=CountedYears(2031))
    assert [(c.field, c.exercise) for c in columns[2:]] == [
        ("ami", "2031"),
        ("ami", "2032"),
        ("total", None),
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("AE 2031", "ami"),
        ("Autorisations d'engagement", "ami"),
        ("Total État 2031", "ami"),
        ("CP 2031", None),
        ("Apport de l'État", "ami"),
        ("Budget alloué (AMI)", "ami"),
        ("Coût (État – BOP 177)", "ami"),
        ("Coût total (dont AMI)", "total_cost"),
        ("Apport des partenaires hors État", "cofinancing"),
    ],
)
def test_credits_of_the_state(heading: str, field: str | None) -> None:
    annex = table(["Axes et actions", "Porteur", heading], ["Bail", "CCAS", "30 000 €"])
    assert [c.field for c in columns_of(annex)] == ["label", "pilot", field]


def test_a_column_under_two_headings_of_sums_holds_neither():
    annex = table(
        ["Action", "Pilote", "AMI antérieur Cofinancements"],
        ["Bail glissant", "CCAS", "Fonds propres : 7 500 €"],
        ["Maraudes", "SIAO", "CAF : 12 600 €"],
    )
    assert [column.field for column in columns_of(annex)] == ["label", "pilot", None]


@pytest.mark.parametrize(
    ("heading", "field", "stage", "funder"),
    [
        ("Montant sollicité auprès de la Région", "cofinancing", "requested", "Région"),
        ("Montant demandé au Département", "cofinancing", "requested", "Département"),
        ("Financement demandé à l'Anah", "cofinancing", "requested", "Anah"),
        ("Montant accordé par la CAF", "cofinancing", "granted", "CAF"),
        ("Concours des partenaires", "cofinancing", "granted", None),
        ("Montant accordé", None, None, None),
        ("Montant de l'avance", None, None, None),
        ("Solde à verser", None, None, None),
        ("Plafond de subvention", None, None, None),
        ("Charges de structure", None, None, None),
        ("Dépenses de personnel", None, None, None),
        ("Coût journalier", "unit_cost", None, None),
        ("Total AMI", None, None, None),
        ("Complément AMI", "ami", "granted", None),
    ],
)
def test_sums_that_others_pay_or_that_are_paid_in_parts_are_no_grants(
    heading: str, field: str | None, stage: str | None, funder: str | None
) -> None:
    annex = table(
        ["Action", "Pilote", "Crédits AMI", heading],
        ["Bail glissant", "CCAS", "20 000 €", "7 000 €"],
        ["Maraudes", "SIAO", "30 000 €", "8 000 €"],
    )
    column = columns_of(annex)[-1]
    assert (column.field, column.stage) == (field, stage)
    assert (column.funder or "").split(" ")[0] == (funder or "")


def test_who_pays_beside_the_state() -> None:
    """A head over both: 'Crédits de l'État' over the AMI and what was left, 'Hors État'."""
    annex = table(
        [
            "Désignation",
            "Opérateur",
            "Crédits de l'État AMI notifié 2030-2031",
            "Crédits de l'État Report de crédits 2030-2031",
            "Crédits de l'État AMI – dotation nouvelle 2031-2032",
            "Hors État Région",
            "Hors État Bailleurs",
            "Hors État Autres",
            "Plan de financement total",
        ],
        ["Bail glissant", "Ville", "30 €", "2 €", "20 €", "3 €", "4 €", "1 €", "30 €"],
        ["Maraudes", "CCAS", "", "", "9 €", "", "", "", "9 €"],
    )
    columns = columns_of(annex)[2:]
    assert [c.field for c in columns] == [
        "ami",
        "carry_over",
        "ami",
        *["cofinancing"] * 3,
        "total_cost",
    ]
    assert [c.stage for c in columns[3:6]] == ["granted"] * 3
    assert (columns[3].funder or "").startswith("Région")
    assert [c.funder for c in columns[4:6]] == ["Bailleurs", None]


@pytest.mark.parametrize(
    ("beside", "fields"),
    [
        ("DDETS – AVDL (BOP 177)", ["ami", "cofinancing"]),
        ("Crédits État complémentaires", ["ami", "ami"]),
    ],
)
def test_other_means_of_the_state_beside_the_ami(beside: str, fields: list[str]) -> None:
    head = ["Action", "Pilote", "Dihal – AMI", beside]
    columns = columns_of(table(head, ["Bail", "Ville", "5 000 €", "6 000 €"]))[2:]
    assert [c.field for c in columns] == fields
    alone = columns_of(table([*head[:2], beside], ["Bail", "Ville", "6 000 €"]))[2]
    assert alone.field == "ami"


def test_cofunding_obtained_was_not_obtained_before() -> None:
    head = ["Action", "Pilote", "Dotation Dihal 2031", "Cofinancements obtenus"]
    columns = columns_of(table(head, ["Bail", "Ville", "5 000 €", "CAF : 6 000 €"]))
    assert [c.field for c in columns[2:]] == ["ami", "cofinancing"]


def test_financing_that_names_no_payer_is_whose_its_cells_say() -> None:
    for heading in (
        "Financement mobilisé",
        "Sources de financement",
        "Financements",
        "Financement prévisionnel 2024",
    ):
        columns = columns_of(
            table(["Action", "Pilote", heading], ["Bail", "Ville", "CAF : 6 000 €"])
        )
        assert columns[2].field == "cofinancing"


def test_another_grant_of_the_state_is_not_the_ami_s() -> None:
    head = ["Action", "Pilote", "Dotation Dihal", "Autre dotation État (plan pauvreté)"]
    columns = columns_of(table(head, ["Bail", "Ville", "5 000 €", "6 000 €"]))
    assert [c.field for c in columns[2:]] == ["ami", "cofinancing"]


@pytest.mark.parametrize(("whole", "proved"), [("95", True), ("96", False)])
def test_all_who_pay_and_their_total_that_no_word_explains(whole: str, proved: bool) -> None:
    annex = table(
        ["Action", "Pilote", "Dihal 2031", "Ville et partenaires", "Ensemble"],
        ["Bail", "Ville", "33", "16,5", "49,5"],
        ["Halte", "CCAS", "90", "5", whole],
        title="Annexe A – Actions cofinancées par la Dihal (en milliers d'euros)",
    )
    columns = columns_of(annex)[2:]
    assert columns[0].field == "ami"
    assert columns[2].field == ("total_cost" if proved else None)
    assert (columns[1].field, columns[1].funder) == ("cofinancing", "Ville et partenaires")


@pytest.mark.parametrize(
    ("title", "paid"),
    [("Crédits de la Dihal", True), ("Actions menées en dehors des crédits de la Dihal", False)],
)
def test_who_does_not_pay_may_stand_in_the_title(title: str, paid: bool) -> None:
    annex = table(["Action", "Pilote", "Apport"], ["Bail", "Ville", "5 000 €"], title=title)
    bare = table(["Action", "Pilote", "Météo"], ["Bail", "Ville", "5 000 €"], title=title)
    assert (columns_of(bare)[2].field == "ami") is paid
    assert columns_of(annex)[2].field == "cofinancing"


def test_what_stands_under_a_word_of_sections_may_be_statuses() -> None:
    rows = [["Bail", "Ville", "Reconduite", "5 000 €"], ["Halte", "CCAS", "Ajustée", "6 000 €"]]
    columns = columns_of(table(["Action", "Pilote", "Orientation", "AMI 2031"], *rows))
    assert columns[2].field == "status"
    rows = [["Bail", "Ville", "Accès au logement", "5 000 €"]]
    columns = columns_of(table(["Action", "Pilote", "Orientation", "AMI 2031"], *rows))
    assert columns[2].field == "section"


def test_what_was_granted_for_an_earlier_exercise() -> None:
    head = ["Action", "Pilote", "Accordé en 2030-2031", "Concours de l'État 2031-2032"]
    columns = columns_of(table(head, ["Bail glissant", "Ville", "45 000 €", "50 000 €"]))
    told = [c.stage for c in granted_before(columns, "2031-2032")]
    assert told == [None, None, "previous", "granted"]
    assert [c.stage for c in granted_before(columns, "2030-2031")][2] == "granted"


MONEY_OF_NOBODY = (
    ["N°", "Action", "Pilote", "Quote-part 2031"],
    ["1", "Mentorat", "CCAS", "20 000 €"],
    ["2", "Maraude", "Ville", "30 000 €"],
    ["3", "Bail glissant", "SIAO", "40 000 €"],
)


@pytest.mark.parametrize(
    ("exercise", "grants", "field"),
    [
        ("2031", {Decimal(90000)}, "ami"),
        ("2031", {Decimal(91000)}, None),  # nothing proves it
        ("2032", {Decimal(90000)}, None),  # a column of another year
    ],
)
def test_a_column_that_adds_up_to_the_grant_is_the_ami_s(exercise, grants, field) -> None:
    annex = table(*MONEY_OF_NOBODY)
    columns = columns_of(annex)
    assert columns[3].field is None
    assert paid_as_granted(columns, exercise, grants)[3].field == field


@pytest.mark.parametrize(("total", "fields"), [(72_000, ["ami", "ami"]), (70_000, ["ami", None])])
def test_the_years_that_one_total_adds_up_are_granted_alike(total: int, fields: list) -> None:
    head = ["Action", "Structure", "Année 1 (2031)", "Année 2 (2032)", "Total"]
    rows = [
        ["Équipe mobile", "CCAS", "45 000 €", "27 000 €", f"{total} €"],
        ["Captation", "Soliha", "20 000 €", "15 000 €", "35 000 €"],
        ["Observatoire", "Ville", "15 000 €", "1 000 €", "16 000 €"],
    ]
    columns = paid_as_granted(columns_of(table(head, *rows)), "2031", {Decimal(80000)})
    assert [c.field for c in columns[2:4]] == fields


def test_a_column_beside_that_of_the_ami_is_not_explained_by_the_grant() -> None:
    head, *rows = MONEY_OF_NOBODY
    annex = table([*head, "Crédits AMI"], *([*row, row[3]] for row in rows))
    columns = columns_of(annex)
    assert paid_as_granted(columns, "2031", {Decimal(90000)}) == columns


def test_a_column_beside_that_of_the_ami_for_another_year_may_be_what_it_grants() -> None:
    (*head, _), *rows = MONEY_OF_NOBODY
    annex = table([*head, "Crédits AMI 2030", "Besoin 2031"], *([*r, r[3]] for r in rows))
    columns = paid_as_granted(columns_of(annex), "2031", {Decimal(90000)})
    assert [(c.field, c.exercise) for c in columns[3:]] == [("ami", "2030"), ("ami", "2031")]


def test_an_erratum_in_two_columns() -> None:
    head = ["Code", "Action", "Porteur", "Au lieu de", "Lire"]
    sums = table(head, ["R1", "Bureau d'accès aux droits", "CCAS", "20 000 €", "15 000 €"])
    assert [c.field for c in columns_of(sums)][3:] == ["ami_previous", "ami"]
    words = table(head, ["R1", "Bureau d'accès aux droits", "CCAS", "le CCAS", "la Ville de Sens"])
    assert "ami" not in {c.field for c in columns_of(words)}


PAIRED = [
    "Code",
    "Action",
    "Subvention AMI",
    "Cofinanceur 1",
    "Montant",
    "Cofinanceur 2",
    "Montant",
]


@pytest.mark.parametrize("second", ["Cofinanceur 2", "Autre", "Autres subventions"])
def test_sums_whose_payer_the_column_before_names(second: str) -> None:
    rows = [
        ["A 1", "Référent de parcours", "32 000 €", "Ville", "16 000 €", "CAF", "8 000 €"],
        ["A 2", "Gestion locative adaptée", "54 600 €", "MSA", "12 000 €", "", ""],
    ]
    columns = columns_of(table([*PAIRED[:5], second, PAIRED[6]], *rows))
    assert [(c.field, c.payer_in) for c in columns[2:]] == [
        ("ami", None),
        ("partners", None),
        ("cofinancing", 4),
        ("partners", None),
        ("cofinancing", 6),
    ]


def test_a_pair_without_a_column_of_the_ami_is_all_that_is_paid() -> None:
    rows = [["Référent", "État (AMI)", "16 000 €"], ["Référent", "CAF", "8 000 €"]]
    columns = columns_of(table(["Action", "Financeur", "Montant"], *rows))
    assert [c.payer_in for c in columns] == [None, None, None]


def test_a_former_number_is_no_reference() -> None:
    rows = [["A", "01", "Captation", "CCAS", "9 000 €"], ["B", "02", "Bail", "CCAS", "8 000 €"]]
    columns = columns_of(table(["Réf.", "Ancienne fiche", "Action", "Pilote", "AMI"], *rows))
    assert [c.field for c in columns[:3]] == ["reference", None, "label"]


def test_the_last_of_the_numbers_of_several_years_is_the_reference() -> None:
    rows = [
        ["LV2", "LV2a", "Captation", "CCAS", "9 000 €"],
        ["–", "LV4", "Bail", "CCAS", "8 000 €"],
    ]
    columns = columns_of(table(["Code 2024", "Code 2025", "Action", "Pilote", "AMI"], *rows))
    assert [c.field for c in columns[:3]] == [None, "reference", "label"]


def test_a_former_name_is_no_label() -> None:
    rows = [["Bail glissant", "Captation", "CCAS", "9 000 €"], ["Bus", "Camion", "Ville", "800 €"]]
    columns = columns_of(table(["Ancien intitulé", "Nouvel intitulé", "Pilote", "AMI"], *rows))
    assert [c.field for c in columns[:3]] == [None, "label", "pilot"]


def test_a_service_of_the_state_is_no_cofunder() -> None:
    rows = [("Accueil", "Ville", "9 000 €", "2 000 €"), ("Bail", "CCAS", "8 000 €", "1 000 €")]
    for payer, field in (("CAF", "cofinancing"), ("DDETS", None)):
        annex = table(["Action", "Porteur", "Crédits LDA", payer], *rows)
        assert columns_of(annex)[3].field == field


def test_what_each_funder_was_asked_for_and_gave() -> None:
    head = ["Action", "Financeur", "Montant demandé", "Montant accordé"]
    rows = [
        ("Accueil", "État", "9 000 €", "8 000 €"),
        ("Accueil", "Ville", "3 000 €", "2 000 €"),
        ("Bail", "Ville", "2 000 €", "1 000 €"),
    ]
    columns = columns_of(table(head, *rows))
    told = [(c.field, c.stage, c.by_source) for c in columns[2:]]
    assert told == [("cofinancing", "requested", True), ("cofinancing", "granted", True)]


@pytest.mark.parametrize(
    ("heading", "funder"),
    [
        ("Collectivités MEL", "MEL"),
        ("Collectivités Département", "Département"),
        ("Autres financeurs FSL", "FSL"),
        ("Autres financements Département", "Département"),
        ("Autres financements Autres", None),
        ("Collectivités territoriales", None),
        ("Collectivités Autres", None),
        ("COLLECTIVITÉS LOCALES", None),
    ],
)
def test_the_payer_below_a_head_that_gathers_several(heading: str, funder: str | None) -> None:
    head = ["Action", "Pilote", "Crédits AMI 2031", heading]
    columns = columns_of(table(head, ["Bail", "Ville", "5 000 €", "6 000 €"]))
    assert (columns[3].field, columns[3].funder) == ("cofinancing", funder)


@pytest.mark.parametrize("heading", ["Service instructeur", "En lien avec", "Référent DDETS"])
def test_organisations_beside_the_pilot_do_not_run_the_action(heading: str) -> None:
    annex = table(
        ["Action", heading, "Crédits AMI"],
        ["Bail glissant", "CCAS", "20 000 €"],
        ["Maraudes", "CAF", "30 000 €"],
    )
    assert columns_of(annex)[1].field != "pilot"


@pytest.mark.parametrize(
    ("headings", "first", "explained"),
    [
        (["AMI année 1", "AMI année 2", "CCAS année 2"], None, [(None, None, None)] * 3),
        (
            ["AMI année 1", "AMI année 2", "CCAS année 2"],
            2031,
            [("ami", "2031", None), ("ami", "2032", None), ("cofinancing", "2032", "CCAS")],
        ),
        (
            ["AMI année 2", "CCAS année 2"],
            None,
            [("ami", None, None), ("cofinancing", None, "CCAS")],
        ),
    ],
)
def test_sums_of_years_that_count_from_an_unknown_one_are_of_none(
    headings: list[str], first: int | None, explained: list[tuple[str | None, ...]]
) -> None:
    sums = ["10 000 €", "12 000 €", "3 000 €"][: len(headings)]
    annex = table(["Action", "Pilote", *headings], ["Loger", "Ville", *sums])
    columns = explain_columns(annex, VOCABULARY, DIRECTORY, CountedYears(first))
    assert [(c.field, c.exercise, c.funder) for c in columns[2:]] == explained


def test_what_the_state_pays_in_all_beside_the_ami_counts_once() -> None:
    heads = ["Action", "Pilote", "Coût total", "Part de l'État", "Financement AMI"]
    annex = table(heads, ["Loger", "Ville", "30 000 €", "20 000 €", "15 000 €"])
    assert [c.field for c in columns_of(annex)[2:]] == ["total_cost", None, "ami"]


LEASE, MEDIATION = "Bail glissant accompagné", "Intermédiation locative"


@pytest.mark.parametrize(
    ("beside", "funder"),
    [("Part de l'État", "État"), ("Participation de l'État (hors AMI)", None)],
)
def test_what_the_state_pays_beside_the_ami_where_a_total_adds_both(
    beside: str, funder: str | None
) -> None:
    head = ["Action", "Pilote", "Financement AMI", beside, "Total"]
    annex = table(
        head,
        [LEASE, "CCAS", "20 000 €", "5 000 €", "25 000 €"],
        [MEDIATION, "UDAF", "10 000 €", "12 000 €", "22 000 €"],
    )
    ami, other = columns_of(annex)[2:4]
    assert (ami.field, other.field) == ("ami", "cofinancing")
    assert funder in (other.funder, None)


@pytest.mark.parametrize(
    ("heading", "cells", "field", "stage"),
    [
        ("AMI 2031 (prév.)", ("9 000 €", "7 000 €"), "ami", "planned"),
        ("État", ("22,5", "10"), "ami", "granted"),  # and no status, in an unknown unit
        ("État", ("Reconduite", "Terminée"), "status", None),
        ("État", ("1-Action à lancer", "2-Action en cours"), "status", None),
        ("% AMI", ("20 000 €", "10 000 €"), None, None),
        ("% AMI", ("70 %", "60"), "rate", None),
        ("Taux État", ("70", "60"), "rate", None),
        ("AMI (70 %)", ("20 000 €", "10 000 €"), "ami", "granted"),
        ("AMI (€ et %)", ("20 000 €", "10 000 €"), "ami", "granted"),
    ],
)
def test_a_heading_and_what_its_cells_look_like(
    heading: str, cells: tuple[str, str], field: str | None, stage: str | None
) -> None:
    annex = table(
        ["Action", "Pilote", heading], [LEASE, "CCAS", cells[0]], [MEDIATION, "UDAF", cells[1]]
    )
    column = columns_of(annex)[2]
    assert (column.field, column.stage) == (field, stage)


@pytest.mark.parametrize(
    ("head", "rows", "fields"),
    [
        # names below no heading, where others say who runs each and what the AMI pays
        (["Pilote", "", "État"], [LEASE, MEDIATION], ["pilot", "label", "ami"]),
        (["Pilote", "", "Coût total"], [LEASE, MEDIATION], ["pilot", None, "total_cost"]),
        (["Pilote", "", "État"], ["12 places", "140"], ["pilot", None, "ami"]),
        (["Pilote", "", "État"], ["Bail", "IML"], ["pilot", None, "ami"]),
        (["Pilote", "Action", "État"], [LEASE, MEDIATION], ["pilot", "label", "ami"]),
        # the name of an axis over its actions
        (["Porteur", "Axe 1 – Prévenir", "État"], [LEASE, MEDIATION], ["pilot", "section", "ami"]),
        # an objective names an action where others say who runs it, or what is paid
        (["Pilote", "Objectif", "État"], [LEASE, MEDIATION], ["pilot", "label", "ami"]),
        (["Date", "Objectif", "Météo"], [LEASE, MEDIATION], ["pilot", "label", None]),
    ],
)
def test_what_names_the_actions_of_a_table(
    head: list[str], rows: list[str], fields: list[str | None]
) -> None:
    cells = zip(("CCAS", "UDAF"), rows, ("9 000 €", "8 000 €"), strict=True)
    assert [c.field for c in columns_of(table(head, *cells))] == fields


@pytest.mark.parametrize(
    ("head", "field"),
    [
        (["Axe 1 – Prévenir", "Porteur", "État"], "label"),
        (["Axe stratégique", "Porteur", "État"], "section"),
        (["Axe 1 – Prévenir", "Remarques", "Date"], "section"),
        (["Axe 1 – Prévenir", "Action", "État"], "section"),
    ],
)
def test_the_first_column_below_the_name_of_an_axis(head: list[str], field: str) -> None:
    rows = [[LEASE, "CCAS", "9 000 €"], [MEDIATION, "UDAF", "8 000 €"]]
    if "Date" in head:
        rows = [[name, who, "mai"] for name, who, _ in rows]
    assert columns_of(table(head, *rows))[0].field == field


@pytest.mark.parametrize(
    ("payer", "names", "field"),
    [
        ("État", ["VB-1", "VB-2"], "label"),
        ("État", ["VB-1", "VB-1"], "reference"),
        ("État", ["VB-1", "Bail"], "reference"),
        ("État", ["VB-1"], "reference"),
        ("Région", ["VB-1", "VB-2"], "reference"),
    ],
)
def test_numbers_name_the_actions_that_the_ami_pays(
    payer: str, names: list[str], field: str
) -> None:
    rows = ([name, "9 000 €"] for name in names)
    assert columns_of(table(["Repère", payer], *rows))[0].field == field


@pytest.mark.parametrize(
    ("heads", "exercises"),
    [
        (("2031 AMI", "2031 CAF"), ["2031", "2031"]),
        (("2031 AMI 2032", "2031 CAF 2033"), ["2032", "2033"]),
        (("AMI", "CAF"), [None, None]),
    ],
)
def test_a_year_over_several_payers_is_that_of_each(
    heads: tuple[str, str], exercises: list[str | None]
) -> None:
    head = ["Action", *(f"Financements prévisionnels {said}" for said in heads)]
    columns = columns_of(table(head, [LEASE, "9 000 €", "1 000 €"], [MEDIATION, "8 000 €", "50 €"]))
    assert [(c.field, c.exercise) for c in columns[1:]] == [
        ("ami", exercises[0]),
        ("cofinancing", exercises[1]),
    ]


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Réalisé 2024", ("97 ménages", "12 ménages"), None),
        ("Réalisé 2024", ("Neuf baux", "Deux mesures"), None),
        ("Dépense", ("Salaires", "Loyers"), None),
        ("Dépense", ("-", ""), "spent"),
        ("Dépense", ("7 000 €", "900 €"), "spent"),
    ],
)
def test_what_was_done_is_no_sum_beside_one(
    heading: str, cells: tuple[str, str], field: str | None
) -> None:
    rows = zip((LEASE, MEDIATION), cells, ("9 000 €", "1 000 €"), strict=True)
    columns = columns_of(table(["Action", heading, "AMI"], *rows))
    assert [c.field for c in columns] == ["label", field, "ami"]


@pytest.mark.parametrize(
    ("title", "cells", "unit"),
    [
        ("", ("22,5", "8"), UNKNOWN_UNIT),  # thousands?
        ("Montants en euros", ("22,5", "8"), 1),
        ("Montants (k€)", ("22,5", "8"), 1000),
        ("", ("22 500", "8"), 1),
        ("", ("-", ""), 1),
    ],
)
def test_sums_that_no_action_may_cost_are_in_no_known_unit(
    title: str, cells: tuple[str, str], unit: int
) -> None:
    rows = zip((LEASE, MEDIATION), ("CCAS", "UDAF"), cells, strict=True)
    columns = columns_of(table(["Action", "Pilote", "Crédits AMI"], *rows, title=title))
    assert (columns[2].field, columns[2].unit) == ("ami", unit)


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (("22,5", "8"), UNKNOWN_UNIT),
        (("225", "80"), 1),
        (("22,50", "8"), 1),
        (("22 500", "8,5"), 1),
    ],
)
def test_tenths_beside_sums_in_euros_are_in_no_known_unit(
    cells: tuple[str, str], unit: int
) -> None:
    rows = zip((LEASE, MEDIATION), cells, ("9 000 €", "1 000 €"), strict=True)
    columns = columns_of(table(["Action", "Crédits AMI", "CAF"], *rows))
    assert [(c.field, c.unit) for c in columns[1:]] == [("ami", unit), ("cofinancing", 1)]


@pytest.mark.parametrize("heading", ["Crédits AMI / Cofinancements", "AMI et cofinancements"])
@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["AMI : 45 000 €\nDépartement : 10 000 €", "20 000 € (AMI)"], "total_cost"),
        (["45 000 € / 10 000 €", "20 000 € / -"], None),
    ],
    ids=["each payer named", "none named"],
)
def test_sums_of_the_ami_and_of_others_in_one_column(heading, cells, field) -> None:
    rows = [["Équipe mobile", "CCAS", cells[0]], ["Captation", "Soliha", cells[1]]]
    *_, column = columns_of(table(["Action", "Pilote", heading], *rows))
    assert column.field == field


def test_a_total_of_the_ami_and_of_others_is_what_the_action_costs() -> None:
    rows = [["Équipe mobile", "CCAS", "45 000 €"], ["Captation", "Soliha", "9 000 €"]]
    *_, column = columns_of(table(["Action", "Pilote", "Total AMI et cofinancements"], *rows))
    assert column.field == "total_cost"


def test_kinds_of_authorities_cut_short_pay() -> None:
    rows = [["Équipe mobile", "45 000 €", "10 000 €", "3 000 €"]]
    *_, department, region = columns_of(table(["Action", "AMI", "Dép.", "Rég."], *rows))
    assert (department.field, region.field) == ("cofinancing", "cofinancing")
