"""Sheets in pieces: a form and its budget, in one table or several."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest
from documents import row
from documents import table as typed

from normalizers.actions.parts import Part, Statement
from normalizers.actions.registry import read_parts
from pipeline.extracted import ExtractedRow, ExtractedTable
from tests.normalizers.tables import part, table

FORM = (("Porteur", "Le Toit"), ("Objectif", "Loger quinze ménages"))
FUNDERS = (
    ("État (AMI)", "20 000 €", "80 %"),
    ("Caisse d'allocations familiales", "5 000 €", "20 %"),
)


def form(title: str = "", *rows: tuple[str, str]) -> ExtractedTable:
    return table(("", ""), *(rows or FORM)).model_copy(update={"title": title})


def budget(total: str = "25 000 €", title: str = "", *rows: tuple[str, ...]) -> ExtractedTable:
    body = table(("Financeurs", "Montant", "%"), *(rows or FUNDERS), ("TOTAL", total, "100 %"))
    return body.model_copy(update={"title": title})


def read(*tables: ExtractedTable) -> list[Statement]:
    parts = [part(t.model_copy(update={"position": k})) for k, t in enumerate(tables, 1)]
    return read_parts(parts)


def paid(one: Statement) -> dict[str | None, Decimal | None]:
    return {s.funder[:4]: s.amount for s, _ in one.row.sums if s.funder}


def payers(one: Statement) -> list[tuple[bool, str | None, Decimal | None]]:
    """Of each sum that somebody pays: is it the AMI's, its exercise and its amount?"""
    paying = (s for s, _ in one.row.sums if s.stage != "total_cost")
    return [(s.funder == "AMI", s.exercise, s.amount) for s in paying]


@pytest.mark.parametrize(
    "tables",
    [
        (form("Fiche action n° 3 : Bail"), budget()),
        (form("Fiche action n° 3 : Bail", *FORM, ("Montant prévu", "20 000 €")),),
    ],
    ids=["sheet", "form"],
)
def test_a_sheet_of_a_report_is_of_its_exercise(tables: tuple[ExtractedTable, ...]) -> None:
    of_report = {"annex_title": "Annexe 2 – Bilan 2032"}
    (one,) = read(*(t.model_copy(update=of_report) for t in tables))
    assert one.exercises == ["2032"]
    assert {s.exercise for s, _ in one.row.sums} == {"2032"}


def cost(one: Statement) -> list[tuple[str | None, Decimal | None]]:
    return [(s.exercise, s.amount) for s, _ in one.row.sums if s.stage == "total_cost"]


@pytest.mark.parametrize(
    ("tables", "reference", "label"),
    [
        ((form("Fiche action n° 3 : Bail"), budget()), "Fiche action n° 3", "Bail"),
        ((budget(title="Action 2 – Bail"), form()), "Action 2", "Bail"),
        ((form("3. Bail"), budget(title="Plan de financement :")), "3", "Bail"),
        ((form("", ("Intitulé de l'action", "Bail"), *FORM), budget()), None, "Bail"),
        ((budget(title="Action 7 : Bail"),), "Action 7", "Bail"),
        (
            (
                table(
                    ("", "", ""),
                    ("Action n° 4 : Bail",),
                    *FORM,
                    ("Financeur", "Montant", "%"),
                    *FUNDERS,
                ),
            ),
            "Action n° 4",
            "Bail",
        ),
    ],
    ids=["form first", "budget first", "bare heading", "label asked", "no form", "one table"],
)
def test_a_form_and_its_budget_are_one_action(
    tables: tuple[ExtractedTable, ...], reference: str | None, label: str
) -> None:
    (one,) = read(*tables)
    assert one.creates and not one.conflicts
    assert one.row.texts["label"] == label
    assert one.row.texts.get("reference") == reference
    assert paid(one) == {"AMI": 20000, "CAF": 5000}
    assert one.row.funded is True


def test_a_row_may_ask_twice_and_tell_the_axis() -> None:
    sheet = table(
        ("", "", "", ""),
        ("Action n° 4 : Bail", "", "", ""),
        ("Axe stratégique", "Loger", "", ""),
        ("Maître d'ouvrage", "Le Toit", "Partenaires mobilisés", "CCAS, bailleurs"),
        ("Charges", "Montant", "Produits", "Montant"),
        ("Loyers", "20 000 €", "État (AMI)", "20 000 €"),
    )
    (one,) = read(sheet)
    assert (one.row.texts["pilot"], one.row.section) == ("Le Toit", "Loger")
    assert one.row.other["Partenaires mobilisés"] == "CCAS, bailleurs"
    assert "Maître d'ouvrage" not in one.row.other
    assert paid(one) == {"AMI": 20000}


def test_the_total_of_those_who_pay_is_the_cost_of_the_action() -> None:
    (one,) = read(form("Action 1 : Bail"), budget())
    assert [amount for _, amount in cost(one)] == [25000]
    (both,) = read(form("Action 1 : Bail"), sides("25 000 €", "25 000 €"))
    assert [amount for _, amount in cost(both)] == [25000]


def test_every_sheet_has_its_own_budget() -> None:
    other = (("CCAS", "3 000 €", "100 %"),)
    first, second = read(
        form("Action 1 : Bail"), budget(), form("Action 2 : Halte"), budget("3 000 €", "", *other)
    )
    assert (paid(first)["AMI"], paid(second)) == (20000, {"CCAS": 3000})


def test_the_head_of_a_budget_may_name_the_exercise() -> None:
    head = ("Financeurs", "Montant 2034-2035", "%")
    (one,) = read(form("Fiche action 3 – Bail"), table(head, *FUNDERS))
    assert paid(one) == {"AMI": 20000, "CAF": 5000}


def test_a_budget_of_years() -> None:
    years = table(
        ("Financeur", "2034", "2035", "Total"),
        ("État", "9 000 €", "8 000 €", "17 000 €"),
        ("Région", "1 000 €", "0 €", "1 500 €"),
        ("TOTAL", "10 000 €", "8 000 €", "18 500 €"),
    )
    (one,) = read(form("Action 1 : Bail"), years)
    assert payers(one) == [
        (True, "2034", 9000),
        (True, "2035", 8000),
        (False, "2034", 1000),
        (False, "2035", 0),
    ]
    assert cost(one) == [("2034", 10000), ("2035", 8000)]
    assert [(c.expected, c.observed) for c in one.conflicts] == [(1000, 1500)]


@pytest.mark.parametrize("spent", [(), ("Salaire", "10 000 €", "8 000 €", "18 000 €")])
def test_the_years_that_head_a_table_are_those_of_each_action_below(spent: tuple[str, ...]) -> None:
    of = "dont " if spent else ""
    block = [
        *([spent] if spent else []),
        (f"{of}AMI", "9 000 €", "8 000 €", "17 000 €"),
        (f"{of}Région", "1 000 €", "0 €", "1 000 €"),
        ("Total de l'action", "10 000 €", "8 000 €", "18 000 €"),
    ]
    model = typed(
        ["", "2034", "2035", "Total"],
        row("section", "Action 1 : Bail"),
        *(list(line) for line in block),
        row("section", "Action 2 : Étude"),
        *(list(line) for line in block),
        row("total", "TOTAL GÉNÉRAL", "20 000 €", "16 000 €", "36 000 €"),
    )
    first, second = read(model)
    assert [one.row.texts["label"] for one in (first, second)] == ["Bail", "Étude"]
    for one in (first, second):
        assert [amount for ami, _, amount in payers(one) if ami] == [9000, 8000]
        assert [amount for ami, _, amount in payers(one) if not ami] == [1000, 0]
        assert cost(one) == [("2034", 10000), ("2035", 8000)]
        assert not one.conflicts


def test_a_plan_of_financing_may_head_the_funders() -> None:
    plan = table(
        ("Plan de financement", "2034", "2035", "Total"),
        ("État (Logement d'abord)", "30.000 €", "32.000 €", "62.000 €"),
        ("Autres (CAF, communes)", "-", "2.000 €", "2.000 €"),
        ("TOTAL", "30.000 €", "34.000 €", "64.000 €"),
    )
    (one,) = read(
        form("Fiche action n° 1 – Référent", ("Pilote de l'action", "UDAF"), FORM[1]), plan
    )
    assert one.row.texts["pilot"] == "UDAF"
    assert payers(one) == [
        (True, "2034", 30000),
        (True, "2035", 32000),
        (False, "2035", 2000),
    ]


@pytest.mark.parametrize("of", ["", "dont "])
def test_an_account_is_paid_by_those_below_it(of: str) -> None:
    """The budget of the form Cerfa 12156: accounts 60 to 69 and 70 to 79, some of them detailed."""
    accounts = table(
        ("CHARGES", "Montant", "PRODUITS", "Montant"),
        ("60 – Achats", "4 000 €", "70 – Ventes", "1 000 €"),
        ("Fournitures", "4 000 €", "74 – Subventions d'exploitation", "48 000 €"),
        ("64 – Personnel", "48 000 €", f"{of}État (BOP 177)", "36 000 €"),
        ("", "", f"{of}Le Toit", "12 000 €"),
        ("", "", "75 – Autres produits", "3 000 €"),
        ("TOTAL des charges", "52 000 €", "Total des produits", "52 000 €"),
    )
    (one,) = read(form("Action 1 : Bail"), accounts)
    assert [s.amount for s, _ in one.row.sums if s.stage != "total_cost"] == [
        1000,
        36000,
        12000,
        3000,
    ]
    assert paid(one)["AMI"] == 36000 and not one.conflicts


@pytest.mark.parametrize(
    ("asked", "exercise"),
    [("Financement", "2034-2035"), ("Plan de financement prévisionnel 2025", "2025")],
)
def test_funders_beside_one_word_are_a_budget(asked: str, exercise: str) -> None:
    rows = (
        row("body", "Porteur", "Le Toit", at=1),
        row("body", asked, "État – Logement d'abord", "28 000 €", at=2),
        row("body", asked, "Le Toit", "10 000 €", at=3),
        row("body", asked, "Total", "38 000 €", at=4),
    )
    merged = rows[1].cells[0].model_copy(update={"spans_rows": 3})
    shared = [r.model_copy(update={"cells": [merged, *r.cells[1:]]}) for r in rows[1:]]
    sheet = typed(("", "", ""), rows[0], *shared, title="Fiche action n° 1 : Guichet")
    (one,) = read(sheet)
    assert (one.row.texts["label"], one.row.texts["pilot"]) == ("Guichet", "Le Toit")
    assert [(of_ami, amount) for of_ami, _, amount in payers(one)] == [
        (True, 28000),
        (False, 10000),
    ]
    assert {s.exercise for s, _ in one.row.sums if s.amount} == {exercise}
    assert not one.conflicts


def nested(question: str, *rows: Sequence[str], at: int) -> Iterator[ExtractedRow]:
    """`rows` of a table beside one `question`, the first of them in bold, a blank one above it."""
    head = 0 if rows[0] else 1
    made = [
        row("body", question, *texts, at=at + i, bold=i <= head) for i, texts in enumerate(rows)
    ]
    merged = made[0].cells[0].model_copy(update={"spans_rows": len(rows)})
    for one in made:
        yield one.model_copy(update={"cells": [merged, *one.cells[1:]]})


def test_a_table_below_its_question() -> None:
    sheet = typed(
        ("",) * 3,
        row("body", "Porteur", "Le Toit", at=1),
        row("body", "Plan de financement prévisionnel", at=2, bold=True),
        row("body", "Financeur", "2034", "2035", at=3, bold=True),
        row("body", "État (AMI)", "60 000 €", "50 000 €", at=4),
        row("body", "Indicateurs d'évaluation", at=5, bold=True),
        row("body", "Indicateur", "Cible 2034", "Cible 2035", at=6, bold=True),
        row("body", "Ménages accompagnés", "40", "60", at=7),
        row("body", "Maintien à 12 mois", "85 %", "90 %", at=8),
        title="Fiche n° 2 – Accompagner",
    )
    (one,) = read(sheet)
    assert payers(one) == [(True, "2034", 60000), (True, "2035", 50000)]
    assert one.row.texts["indicators"].split("\n") == [
        "Ménages accompagnés – Cible 2034 : 40 – Cible 2035 : 60",
        "Maintien à 12 mois – Cible 2034 : 85 % – Cible 2035 : 90 %",
    ]


def test_sums_of_the_ami_by_year_within_a_sheet() -> None:
    sheet = typed(
        ("",) * 3,
        row("body", "Porteur", "Le Toit", at=1),
        *nested(
            "Financement AMI",
            ("Année", "Montant"),
            ("2034", "30 000 €"),
            ("2035", "25 000 €"),
            at=2,
        ),
        *nested(
            "Cofinancements",
            ("Financeur", "Montant"),
            ("CAF", "5 000 €"),
            ("Ville", "4 000 €"),
            at=5,
        ),
        *nested(
            "Coût total",
            ("Poste", "Montant"),
            ("Salaires", "50 000 €"),
            ("Loyers", "14 000 €"),
            at=8,
        ),
        title="Fiche action n° 2 : Bail",
    )
    (one,) = read(sheet)
    assert payers(one) == [
        (True, "2034", 30000),
        (True, "2035", 25000),
        (False, "2034-2035", 5000),
        (False, "2034-2035", 4000),
    ]
    assert cost(one) == [("2034-2035", 50000), ("2034-2035", 14000)]  # none of them the whole


def test_tables_within_a_sheet() -> None:
    sheet = typed(
        ("",) * 5,
        row("body", "Porteur", "Le Toit", at=1),
        *nested(
            "Budget prévisionnel 2025",
            ("Charges", "Montant", "Produits", "Montant"),
            ("Salaires", "68 000 €", "État – AMI", "60 000 €"),
            ("Loyers", "6 000 €", "Département (FSL)", "14 000 €"),
            ("Total", "74 000 €", "Total", "74 000 €"),
            at=2,
        ),
        *nested(
            "Indicateurs",
            (),
            ("Indicateur", "2024", "Objectif 2025"),
            ("Ménages suivis", "18", "25"),
            ("Relogements", "7", "15"),
            at=6,
        ),
        title="FICHE-ACTION N° 2\nAccompagnement global\ndes ménages",
    )
    (one,) = read(sheet)
    assert one.row.texts["reference"] == "FICHE-ACTION N° 2"
    assert one.row.texts["label"] == "Accompagnement global des ménages"
    assert payers(one) == [(True, "2025", 60000), (False, "2025", 14000)]
    assert cost(one)[0] == ("2025", 74000)
    assert one.row.texts["indicators"].split("\n") == [
        "Ménages suivis – 2024 : 18 – Objectif 2025 : 25",
        "Relogements – 2024 : 7 – Objectif 2025 : 15",
    ]
    assert not one.conflicts


@pytest.mark.parametrize(
    ("below", "indicators"),
    [
        ([("Indicateurs", "Nombre de maintiens")], "Nombre de maintiens"),
        ([("Porteur", "La Halte"), ("Indicateurs", "Nombre de nuitées")], None),
    ],
)
def test_a_form_goes_on_below_its_budget(
    below: list[tuple[str, str]], indicators: str | None
) -> None:
    rows = (("Financeurs", "Montant", "%"), *FUNDERS)
    amid = table(("", "", ""), ("Intitulé de l'action", "Bail"), *FORM, *rows, *below)
    first = read(amid)[0]
    assert first.row.texts.get("indicators") == indicators
    assert paid(first) == {"AMI": 20000, "CAF": 5000}


def test_a_title_over_a_budget_is_none() -> None:
    rows = (("Plan de financement",), ("Financeur", "Montant", "%"), *FUNDERS)
    titled = table(("", "", ""), *rows)
    first, *others = titled.rows
    wide = [cell.model_copy(update={"spans_columns": 3}) for cell in first.cells]
    first = first.model_copy(update={"cells": wide})
    titled = titled.model_copy(update={"rows": [first, *others]})
    (one,) = read(form("Action 1 : Bail"), titled)
    assert paid(one) == {"AMI": 20000, "CAF": 5000}


def test_the_name_of_a_budget_over_its_columns_is_no_form() -> None:
    rows = sides("25 000 €", "25 000 €")
    titled = table(("", "", "", ""), ("Budget prévisionnel 2031",), rows.columns)
    titled = titled.model_copy(update={"rows": [*titled.rows, *rows.rows]})
    (one,) = read(form("Action 1 : Bail"), titled)
    assert paid(one) == {"AMI": 20000, "Fond": 5000} and cost(one)[0][1] == 25000


def sides(charges: str, income: str) -> ExtractedTable:
    return table(
        ("Charges", "Montant", "Produits", "Montant"),
        ("Salaires", "18 000 €", "État", "20 000 €"),
        ("Locaux", "7 000 €", "Fonds propres", "5 000 €"),
        ("TOTAL des charges", charges, "Total des produits", income),
    )


def test_charges_on_the_left_and_produits_on_the_right() -> None:
    (one,) = read(form("Action 1 : Bail"), sides("25 000 €", "25 000 €"))
    assert paid(one) == {"AMI": 20000, "Fond": 5000} and cost(one)[0][1] == 25000
    assert one.row.other["Salaires"] == "18 000 €"
    assert not one.conflicts


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (budget("26 000 €"), [(25000, 26000)]),
        (sides("24 000 €", "25 000 €"), [(25000, 24000), (24000, 25000)]),
        (sides("25 000 €", "27 000 €"), [(25000, 27000), (25000, 27000)]),
    ],
)
def test_a_total_that_differs_is_a_conflict(
    table: ExtractedTable, told: list[tuple[int, int]]
) -> None:
    (one,) = read(form("Action 1 : Bail"), table)
    assert [(c.expected, c.observed) for c in one.conflicts] == told
    assert paid(one)["AMI"] == 20000


def test_a_form_that_says_another_sum_than_its_budget() -> None:
    said = form("Action 1 : Bail", *FORM, ("Financement AMI", "21 000 €"))
    (one,) = read(said, budget())
    assert [(c.expected, c.observed) for c in one.conflicts] == [(21000, 20000)]
    assert [s.amount for s, _ in one.row.sums if s.funder == "AMI"] == [21000]
    (same,) = read(form("Action 1 : Bail", *FORM, ("Financement AMI", "20 000 €")), budget())
    assert not same.conflicts and paid(same)["AMI"] == 20000


def test_of_several_programmes_of_the_state_one_is_the_ami() -> None:
    rows = (
        ("État – AMI", "20 000 €", ""),
        ("État – BOP 304", "4 000 €", ""),
        ("Sous-total État", "24 000 €", ""),
        ("CAF", "1 000 €", ""),
        ("dont numéraire", "600 €", ""),
    )
    (one,) = read(form("Action 1 : Bail"), budget("25 000 €", "", *rows))
    assert [(of_ami, amount) for of_ami, _, amount in payers(one)] == [
        (True, 20000),
        (False, 4000),
        (False, 1000),
    ]
    assert not one.conflicts
    assert one.row.other["dont numéraire"].startswith("600 €")


def test_a_budget_in_thousands() -> None:
    rows = (("État", "20", ""), ("CAF", "5", ""))
    (one,) = read(
        form("Action 1 : Bail"), budget("25", "Plan de financement (en milliers d'euros)", *rows)
    )
    assert paid(one)["AMI"] == 20000 and not one.conflicts


@pytest.mark.parametrize(
    "tables",
    [
        (budget(),),
        (table(("Action", "Porteur", "Durée"), ("Bail", "Le Toit", "un an")), budget()),
        (form("Action 1 : Bail"), budget(title="Plan de financement global")),
        (form("Action 1 : Bail"), budget(title="Budget du programme d'actions")),
        (form("Annexe 2", *FORM), budget()),
    ],
    ids=["nothing else", "behind a list", "of all actions", "of the programme", "no name"],
)
def test_a_budget_of_no_action(tables: tuple[ExtractedTable, ...]) -> None:
    assert not any(s.amount == 20000 for one in read(*tables) for s, _ in one.row.sums)


def test_the_name_of_an_action_says_nothing_of_its_budget() -> None:
    (one,) = read(form("Action 1 : Accompagnement global"), budget(title="Action 1 : Suivi global"))
    assert paid(one)["AMI"] == 20000


def test_other_parts_are_read_one_by_one() -> None:
    annex = table(("Action", "Pilote", "Montant AMI"), ("Étude", "CCAS", "5 000 €"))
    parts: list[Part] = [part(annex)]
    assert [s.row.texts["label"] for s in read_parts(parts)] == ["Étude"]


def test_actions_side_by_side_are_no_sheet() -> None:
    side_by_side = table(
        ("", "Action 1", "Action 2", "Action 3"),
        ("Intitulé de l'action", "Coordination", "Bail glissant", "Santé mentale"),
        ("Pilote", "Ville de Tours", "SOLIHA", "CHRU"),
        ("Objectif", "Animer", "Sécuriser", "Soigner"),
        ("Financement AMI 2024", "20 000 €", "15 500 €", "31 000 €"),
        ("Cofinancements", "Ville : 10 000 €", "CAF : 3 000 €", "ARS : 31 000 €"),
    )
    found = read(side_by_side)
    assert [one.row.texts["pilot"] for one in found] == ["Ville de Tours", "SOLIHA", "CHRU"]
    assert [paid(one) for one in found] == [
        {"AMI": 20_000, "Vill": 10_000},
        {"AMI": 15_500, "CAF": 3_000},
        {"AMI": 31_000, "ARS": 31_000},
    ]
