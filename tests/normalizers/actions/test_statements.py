from decimal import Decimal

import pytest
from documents import VOCABULARY

from normalizers.actions.registry import read_part
from normalizers.actions.statements import merge
from tests.normalizers.tables import part, table

PAST = ("2032-2033", "2033-2034")
SYNTHESIS = table(
    ("n°", "Action", "2032-2033 prévu", "2032-2033 consommé", "2033-2034 prévu",
     "2033-2034 consommé"),
    ("4", "Gouvernance du plan", "10 000 €", "10 000 €", "12 000 €", "12 000 €"),
    ("5", "Socle de connaissances", "", "", "30 000 €", "30 000 €"),
    ("7", "Plateforme / étude", "20 000 €", "20 000 €", "", ""),
    ("7", "Plateforme / création", "70 000 €", "70 000 €", "", ""),
    ("TOTAL", "FINANCEMENT AMI", "100 000 €", "100 000 €", "42 000 €", "42 000 €"),
)  # fmt: skip
ROADMAP = table(
    ("",),
    ("FA 4. Gouvernance du plan",),
    ("FA 5. Socle de connaissances",),
    ("FA 5 adaptée. Formation des équipes",),
    ("FA 24. Accompagnement précoce / prévention des ruptures",),
)


def stated(*parts):
    return merge([s for one in parts for s in read_part(one)], VOCABULARY.money)


def report(number, text, years="2032-2034"):
    head = (f"Les livrables réalisés en {years}", "Etat de la réalisation", "Observations")
    return part(table(head, ("Convention", "", text)), f"Action {number} : Titre", past=PAST)


def by_reference(actions, exercise):
    return {a.row.texts["reference"]: a for a in actions if a.exercise == exercise}


def test_a_second_statement_fills_what_the_first_leaves_empty():
    renewed = table(
        ("Reconduire ou nouvelle", "Intitulé de l’action", "Commentaire"),
        ("Nouvelle", "FA 24. Accompagnement précoce – lutte contre les ruptures", "Sans "
         "financement Dihal"),
    )  # fmt: skip
    sheet = table(
        ("PILOTE Ville", "FINANCEMENT AMI : 0 €"), ("OBJECTIFS", "Sécuriser l'accès au logement")
    )
    actions = stated(
        part(ROADMAP), part(renewed), part(sheet, "Fiche action n°24 : Accompagnement précoce")
    )
    assert len(actions) == 4
    row = by_reference(actions, "2034-2035")["FA 24"].row
    assert row.texts == {
        "reference": "FA 24",
        "label": "Accompagnement précoce / prévention des ruptures",
        "status": "Nouvelle",
        "comment": "Sans financement Dihal",
        "pilot": "Ville",
        "objective": "Sécuriser l'accès au logement",
    }
    assert row.funded is False


def test_rows_of_one_table_stay_apart_even_under_one_number():
    actions = stated(part(SYNTHESIS))
    assert [a.row.texts["label"] for a in actions if a.row.texts["reference"] == "7"] == [
        "Plateforme / étude",
        "Plateforme / création",
    ]


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("Bail glissant", "Accueil de jour", 2),
        ("Dénombrer et connaître les jeunes", "Dénombrer et connaître les réfugiés", 2),
        ("Équipe mobile pour les familles", "Équipe mobile pour les 18-25 ans en rupture", 2),
        ("Équipe mobile", "Équipe mobile pour les familles", 1),
        ("Equipe mobile pour les familles", "Équipe mobile pour la famille", 1),
    ],
)
def test_one_number_in_two_tables_is_one_action_where_one_label_says_no_more(first, second, count):
    other = table(("N°", "Action", "Statut"), ("4", second, "en cours"))
    actions = stated(part(table(("N°", "Action", "Pilote"), ("4", first, "Ville"))), part(other))
    assert [a.row.texts["label"] for a in actions] == [first, second][:count]


HEAD = ("Réf.", "Action", "Pilote", "AMI 2034")
AXIS = (("Action A", "Suivi social", "UDAF", "20 000 €"), ("Action B", "Bail", "CCAS", "8 000 €"))
OTHER_AXIS = (
    ("Action A", "Suivi social des jeunes parents", "Amli", "9 000 €"),
    ("Action B", "Bail glissant", "La Halte", "7 000 €"),
)
SUMMARY = (
    ("Action A", "Suivi social individuel", "UDAF", "20 000 €"),
    ("Action B", "Bail glissant", "CCAS", "8 000 €"),
)


@pytest.mark.parametrize(("second", "count"), [(OTHER_AXIS, 4), (SUMMARY, 2)])
def test_numbers_that_restart_in_another_table_are_other_actions(second, count):
    actions = stated(part(table(HEAD, *AXIS)), part(table(HEAD, *second)))
    assert len(actions) == count


def test_the_verdict_of_a_report_goes_to_the_last_past_exercise():
    actions = stated(part(SYNTHESIS), part(ROADMAP), report(4, "ACTION A POURSUIVRE", "2032-2033"))
    assert "status" not in by_reference(actions, "2032-2033")["4"].row.texts
    assert by_reference(actions, "2033-2034")["4"].row.texts["status"] == "ACTION A POURSUIVRE"
    assert "status" not in by_reference(actions, "2034-2035")["FA 4"].row.texts


def test_what_is_asked_goes_to_the_action_of_the_acts_exercise():
    actions = stated(
        part(SYNTHESIS), part(ROADMAP), report(4, "Subvention demandée pour 2035 : 10 000€")
    )
    row = by_reference(actions, "2034-2035")["FA 4"].row
    assert [(s.stage, s.amount) for s, _ in row.sums] == [("requested", Decimal(10000))]
    assert row.funded is True


def test_what_a_variant_asks_is_not_counted_twice():
    sheet = table(("PILOTE Ville", "FINANCEMENT AMI : 22 500 €"), ("OBJECTIFS", "Former"))
    actions = stated(
        part(SYNTHESIS),
        part(ROADMAP),
        report(5, "Subvention demandée pour 2035 (12 mois) : 22 500€"),
        part(sheet, "Proposition de Fiche Action 5 (adaptée) : Formation des équipes"),
    )
    current = by_reference(actions, "2034-2035")
    assert not current["FA 5"].row.sums
    assert [s.amount for s, _ in current["FA 5 adaptée"].row.sums] == [Decimal(22500)]


def test_sums_stated_differently_are_a_conflict():
    agrees = report(7, "Subvention N1 : 20 000 € + 70 000 €")
    differs = report(5, "Subvention N2 (2033-2034) : 45 000 €")
    elsewhere = report(5, "Subvention N1 : 5 000 €")
    actions = stated(part(SYNTHESIS), agrees, differs, elsewhere)
    conflicts = {
        a.row.texts["label"]: [(c.expected, c.observed) for c in a.conflicts] for a in actions
    }
    assert conflicts["Plateforme / étude"] == []
    assert conflicts["Socle de connaissances"] == [
        (Decimal(30000), Decimal(45000)),
        (None, Decimal(5000)),
    ]


RECAP = (
    ("N°", "Action", "Pilote", "Crédits État", "Département", "Coût total"),
    ("3", "Bail glissant", "Ville", "45 000 €", "9 000 €", "54 000 €"),
)


def restated(ami, others, question="Contrepartie locale"):
    """What the sheet of an action makes of the row that a recapitulation gives it."""
    sheet = table(
        ("Porteur", "Ville"),
        ("Crédits État – BOP 177", ami),
        (question, others),
        ("Description", "Prendre à bail, puis transmettre"),
    )
    (action,) = stated(part(table(*RECAP)), part(sheet, "Fiche action n° 3 : Bail glissant"))
    return action


def test_a_sheet_states_the_sums_of_its_row_again():
    action = restated("45 000 €", "9 000 €")
    known = sorted((s.stage, s.amount) for s, _ in action.row.sums)
    assert known == [("granted", 9000), ("granted", 45000), ("total_cost", 54000)]
    assert not action.conflicts


OTHERS = (
    ("N°", "Action", "Pilote", "Crédits État", "Département", "Autres"),
    ("3", "Bail glissant", "Ville", "45 000 €", "9 000 €", "6 000 €"),
)


@pytest.mark.parametrize(
    ("arrived", "conflicts", "funders"),
    [("ARS : 6 000 €", False, {"Département", "ARS"}), ("ARS : 7 000 €", True, None)],
)
def test_the_row_and_its_sheet_name_each_some_of_the_payers(arrived, conflicts, funders):
    sheet = table(
        ("Porteur", "Ville"),
        ("Crédits État – BOP 177", "45 000 €"),
        ("Contrepartie locale", "9 000 €"),
        ("Autre financeur", arrived),
    )
    (action,) = stated(part(table(*OTHERS)), part(sheet, "Fiche action n° 3 : Bail glissant"))
    assert bool(action.conflicts) == conflicts
    if funders:
        others = [s for s, _ in action.row.sums if s.funder != "AMI"]
        assert {(s.funder or "").split()[0] for s in others} == funders
        assert sum(s.amount for s in others) == 15000


@pytest.mark.parametrize(
    ("row", "sheet", "paid"),
    [
        pytest.param(
            {"Département": "9 000 €"},
            {"Contrepartie locale": "8 000 €"},
            [("Département", 9000), (None, 8000)],
            id="another sum, whose payer the sheet does not name",
        ),
        pytest.param(
            {"Autres": "9 000 €"},
            {"Contrepartie du Département": "9 000 €"},
            [("Département", 9000)],
            id="the sheet names who pays",
        ),
        pytest.param(
            {"Département": "9 000 €", "Autres": "6 000 €"},
            {"Contrepartie de la Région": "9 000 €", "Autre financeur": "ARS : 6 000 €"},
            [("ARS", 6000), ("Département", 9000), ("Région", 9000), (None, 6000)],
            id="another payer of the same sum",
        ),
        pytest.param(
            {"Département": "6 000 €", "Autres": "6 000 €"},
            {"Contrepartie locale": "6 000 €", "Autre financeur": "ARS : 6 000 €"},
            [("ARS", 6000), ("Département", 6000), (None, 6000)],
            id="two payers of one sum each",
        ),
    ],
)
def test_who_pays_is_told_once(row, sheet, paid):
    head = ("N°", "Action", "Pilote", "Crédits État", *row)
    recap = table(head, ("3", "Bail glissant", "Ville", "45 000 €", *row.values()))
    asked = [("Porteur", "Ville"), ("Crédits État – BOP 177", "45 000 €"), *sheet.items()]
    (action,) = stated(part(recap), part(table(*asked), "Fiche action n° 3 : Bail glissant"))
    others = [(s.funder, s.amount) for s, _ in action.row.sums if s.funder != "AMI"]
    assert sorted(others, key=lambda one: (one[0] or "~", one[1])) == paid


def test_a_sheet_that_says_another_sum_than_its_row_contradicts_it():
    action = restated("42 000 €", "9 000 €")
    assert [(c.expected, c.observed) for c in action.conflicts] == [(45000, 42000)]
    assert restated("45 000 €", "8 000 €", "Contrepartie du Département").conflicts


NAMED = table(
    ("Lettre", "Intitulé de l'action", "Chef de file"),
    ("A", "Coordination de bassin", "CCAS"),
    ("B", "Commission des situations bloquées", "Ville"),
)
FINANCED = table(
    ("Action", "État (AMI)", "Département", "Total"),
    ("A", "44 000 €", "11 000 €", "55 000 €"),
    ("B", "16 000 €", "", "16 000 €"),
    ("TOTAL", "60 000 €", "11 000 €", "71 000 €"),
)


@pytest.mark.parametrize("order", [(NAMED, FINANCED), (FINANCED, NAMED)])
def test_a_plan_of_financing_adds_to_the_actions_that_it_numbers(order) -> None:
    actions = stated(*map(part, order))
    assert sorted((a.row.texts["label"], a.row.funded) for a in actions) == [
        ("Commission des situations bloquées", True),
        ("Coordination de bassin", True),
    ]
    paid = [{(s.funder, s.amount) for s, _ in a.row.sums if s.funder} for a in actions]
    assert {("AMI", Decimal(44000)), ("AMI", Decimal(16000))} <= set.union(*paid)


def test_a_number_that_no_other_table_names_is_an_action() -> None:
    assert [a.row.texts["label"] for a in stated(part(FINANCED))] == ["A", "B"]


@pytest.mark.parametrize("head", ["Repère", "N°", "Action", "Ligne"])
def test_numbers_and_sums_alone_are_a_plan_of_financing(head) -> None:
    names = table(("Repère", "Action", "Pilote"), ("VB-1", "Ingénierie", "CCAS"),
                  ("VB-2", "Bail glissant", "Ville"))  # fmt: skip
    sums = table((head, "État", "CCAS"), ("VB-1", "38 k€", "9 k€"), ("VB-2", "74,5 k€", ""))
    paid = [(a.row.texts["label"], s.funder, s.amount)
            for a in stated(part(names), part(sums)) for s, _ in a.row.sums]  # fmt: skip
    assert paid == [
        ("Ingénierie", "AMI", Decimal(38000)),
        ("Ingénierie", "CCAS", Decimal(9000)),
        ("Bail glissant", "AMI", Decimal(74500)),
    ]


@pytest.mark.parametrize(("again", "paid"), [("3", ["ARS", "CAF"]), ("2", [])])
def test_cofunding_by_numbers_adds_to_the_actions_that_bear_them(again, paid) -> None:
    names = table(
        ("N°", "Action", "Pilote", "AMI 2034"),
        ("1", "Maraude", "CCAS", "9 000 €"),
        ("2", "Bail", "Ville", "8 000 €"),
        (again, "Relais", "Ville", "7 000 €"),
    )
    sums = table(
        ("N° action", "Cofinanceur", "Montant"), ("1", "ARS", "900 €"), ("2", "CAF", "800 €")
    )
    actions = stated(part(names), part(sums))
    funders = [s.funder or "" for a in actions for s, _ in a.row.sums]
    assert len(actions) == 3
    assert [name[:3] for name in funders if name != "AMI"] == paid


def test_sums_of_two_axes_are_not_those_of_five_actions() -> None:
    names = [(str(k), f"Action du logement {k}", "CCAS", "") for k in range(1, 6)]
    sums = table(("N°", "État", "CCAS"), ("1", "38 000 €", "9 000 €"), ("2", "7 000 €", ""))
    actions = stated(part(table(("N°", "Action", "Pilote", "Bilan"), *names)), part(sums))
    assert not [a for a in actions if a.row.texts["label"].startswith("Action") and a.row.sums]


def test_a_table_that_numbers_as_the_one_before_states_its_actions_under_other_names() -> None:
    names = ("1.1 Chefferie de projet", "1.2 Observatoire", "2.1 Intermédiation locative",
             "2.2 Pension de famille")  # fmt: skip
    roadmap = table(("Action", "Porteur"), *((name, "SIAO") for name in names))
    short = (*names[:2], "2.1 IML rurale", names[3])
    budget = table(("Action", "AMI 2034"), *((name, "9 000 €") for name in short))
    found = stated(part(roadmap, exercise="2034"), part(budget, exercise="2034"))
    assert [a.row.texts["label"] for a in found] == [name[4:] for name in names]
    assert [a.row.sums[0][0].amount for a in found] == [9000] * 4
    assert [a.other_labels for a in found] == [[], [], [("IML rurale", 3)], []]


def test_two_tables_that_share_a_number_by_chance_state_two_actions() -> None:
    one = table(("Action", "Porteur"), ("1.1 Observer", "SIAO"), ("1.2 Former", "SIAO"))
    other = table(("Action", "Porteur"), ("1.1 Capter", "SIAO"), ("1.2 Former", "SIAO"))
    found = stated(part(one, exercise="2034"), part(other, exercise="2034"))
    assert [a.row.texts["label"] for a in found] == ["Observer", "Former", "Capter"]


NAMED = table(
    ("Intitulé de l'action", "Porteur", "Objectifs"),
    ("Sortir de la rue", "Halte", "30 personnes"),
    ("Habiter mieux", "SOLIHA", "12 logements"),
)


def test_a_table_of_sums_may_call_the_actions_of_another_one_by_name():
    sums = table(
        ("Action", "Coût total", "État (AMI)"),
        ("Habiter mieux", "45 000 €", "28 000 €"),
        ("Sortir de la rue", "80 000 €", "50 000 €"),
    )
    for tables in ((NAMED, sums), (sums, NAMED)):
        found = {a.row.texts["label"]: a.row for a in stated(*map(part, tables))}
        assert {n: row.texts["pilot"] for n, row in found.items()} == {
            "Sortir de la rue": "Halte",
            "Habiter mieux": "SOLIHA",
        }
        paid = {n: [s.amount for s, _ in row.sums if s.funder] for n, row in found.items()}
        assert paid == {"Sortir de la rue": [50000], "Habiter mieux": [28000]}


@pytest.mark.parametrize(
    ("sums", "count"),
    [
        (("28 000 €", "50 000 €"), 2),
        (("28 000 €", "51 000 €"), 4),
        (("28 000 €", ""), 4),
        (("", ""), 2),
    ],
)
def test_an_article_may_grant_by_name_what_an_annex_numbers(sums, count):
    rows = zip(("Habiter mieux", "Sortir de la rue"), sums, strict=True)
    article = table(("Action", "État (AMI)"), *rows)
    annex = table(
        ("N°", "Action", "Porteur", "État (AMI)"),
        ("1", "Sortir de la rue", "Halte", "50 000 €"),
        ("2", "Habiter mieux", "SOLIHA", "28 000 €"),
    )
    found = stated(part(article), part(annex))
    assert len(found) == count
    if count == 2:
        assert {a.row.texts["reference"]: len(a.row.sums) for a in found} == {"1": 1, "2": 1}


@pytest.mark.parametrize(
    "rows",
    [
        [("Habiter mieux", "CCAS", "9 000 €"), ("Sortir de la rue", "CCAS", "9 000 €")],
        [("Habiter mieux", "", "9 000 €"), ("Former", "", "9 000 €")],
        [("Habiter mieux", "", "9 000 €"), ("Habiter mieux", "", "8 000 €")],
        [("Habiter mieux", "", "9 000 €"), ("Sortir de la rue", "", "")],
    ],
    ids=["other pilots", "another action", "one label twice", "one without sum"],
)
def test_other_tables_state_actions_of_their_own(rows):
    sums = table(("Action", "Porteur", "AMI"), *rows)
    assert len(stated(part(NAMED), part(sums))) == 4


PROGRAMME = table(
    ("N°", "Action", "Pilote", "AMI 2035"),
    ("1", "Coordination", "CCAS", "25 000 €"),
    ("2", "Bail glissant", "Ville", "53 000 €"),
    ("3", "Maraude", "CHU", "40 000 €"),
)


@pytest.mark.parametrize("objective", ["", "Objectif 2034"])
def test_a_report_may_tell_its_actions_by_their_numbers(objective: str) -> None:
    head = ("N° action", objective, "Crédits État alloués", "Crédits État consommés", "Analyse")
    told = [
        ("1", "1 ETP", "30 000 €", "30 000 €", "Poste maintenu"),
        ("2", "20 baux", "60 000 €", "42 300 €", ""),
        ("4", "5 visites", "9 000 €", "9 000 €", "Achevée"),
    ]
    rows = [head, *told] if objective else [(h, *t) for h, _, *t in (head, *told)]
    report = table(*rows)
    found = by_reference(stated(part(report, exercise="2034"), part(PROGRAMME, "", "2035")), "2034")
    assert found.keys() == {"1", "2", "4"}
    assert not [a for a in found.values() if "label" in a.row.texts]
    assert [a.row.texts.get("objective", "") for a in found.values()] == [
        row[1] if objective else "" for row in told
    ]
    assert [s.amount for a in found.values() for s, _ in a.row.sums if s.stage == "spent"] == [
        30000,
        42300,
        9000,
    ]


BY_AMI = table(
    ("Action", "Porteur", "État (AMI)"),
    ("Habiter mieux", "SOLIHA", "28 000 €"),
    ("Sortir de la rue", "Halte", "9 000 €"),
)


@pytest.mark.parametrize(
    ("payer", "row", "count"),
    [
        ("CAF", ("Habiter mieux", "SOLIHA", "5 000 €"), 2),
        ("CAF", ("Habiter mieux", "CCAS", "5 000 €"), 3),
        ("CAF", ("Loger mieux", "SOLIHA", "5 000 €"), 3),
        ("État (AMI)", ("Habiter mieux", "SOLIHA", "5 000 €"), 3),  # another grant
    ],
)
def test_a_table_of_another_payer_adds_to_the_actions_of_one_name_and_pilot(
    payer: str, row: tuple[str, ...], count: int
) -> None:
    actions = stated(part(BY_AMI), part(table(("Action", "Porteur", payer), row)))
    assert len(actions) == count
    if count == 2:
        assert [(s.funder, s.amount) for s, _ in actions[0].row.sums] == [
            ("AMI", 28000),
            ("CAF", 5000),
        ]


@pytest.mark.parametrize(
    ("question", "told", "sums"),
    [
        ("Subvention AMI 2034-2035", "45 000 €", [("granted", 45000)]),  # the year of the act
        ("Subvention AMI 2033", "45 000 €", [("granted", 45000), ("planned", 45000)]),
        ("Subvention demandée à l'AMI", "50 000 €", [("granted", 45000), ("requested", 50000)]),
    ],
)
def test_a_sum_is_stated_again_in_its_own_year_and_stage(
    question: str, told: str, sums: list[tuple[str, int]]
) -> None:
    summary = table(("N°", "Action", "Pilote", "État"), ("3", "Bail", "Ville", "45 000 €"))
    sheet = table(("Porteur", "Ville"), (question, told), ("Description", "Prendre à bail"))
    (action,) = stated(part(summary), part(sheet, "Fiche action n° 3 : Bail"))
    assert sorted((s.stage, s.amount) for s, _ in action.row.sums) == sums
    assert not action.conflicts


@pytest.mark.parametrize(
    ("cell", "funded"),
    [("Financement 100 % ARS", False), ("Avec le SIAO", None)],
)
def test_what_a_comment_says_of_the_money_tells_whether_the_ami_pays(
    cell: str, funded: bool | None
) -> None:
    said = table(("N°", "Action", "Pilote", "Commentaire"), ("3", "Bail", "Ville", cell))
    (action,) = stated(part(said))
    assert action.row.funded is funded
