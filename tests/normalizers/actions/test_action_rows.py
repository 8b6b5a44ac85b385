"""Actions of annex tables: what their rows say, who pays."""

from collections.abc import Sequence

import pytest
from documents import FUNDERS, VOCABULARY, columns_of, place, row, table

from normalizers.actions.action_rows import numbered, read_actions
from normalizers.actions.columns import holds_actions
from pipeline.extracted import ExtractedRow, ExtractedTable, PlacedText

HEAD = ["Porteur", "Intitulé", "Avancement", "Crédits AMI 2031", "Cofinancements", "Remarques"]


def actions_of(annex: ExtractedTable):
    return list(read_actions(annex, columns_of(annex), VOCABULARY, FUNDERS))


def test_rows_are_numbered_without_section_titles() -> None:
    annex = table(
        HEAD,
        row("section", "Axe 1"),
        ["Ville", "Maraudes", "", "", "", ""],
        row("total", "TOTAL", "", "", "5 000 €"),
        row("section", "Axe 2"),
        ["CCAS", "Domiciliation", "", "", "", ""],
    )
    assert [(n.index, n.section) for n in numbered(annex)] == [
        (1, "Axe 1"),
        (2, "Axe 1"),
        (3, "Axe 2"),
    ]
    assert [(a.index, a.texts["label"], a.section) for a in actions_of(annex)] == [
        (1, "Maraudes", "Axe 1"),
        (3, "Domiciliation", "Axe 2"),
    ]


def test_a_row_that_adds_up_those_below_it_is_their_title() -> None:
    annex = table(
        HEAD,
        row("section", "Axe 1"),
        row("total", "", "CCAS de Toulon", "", "9 000 €"),
        ["Ville", "Maraudes", "", "5 000 €", "", ""],
        ["Ville", "Halte", "", "4 000 €", "", ""],
        row("section", "Axe 2"),
        ["Ville", "Étude", "", "3 000 €", "", ""],
        row("total", "TOTAL", "", "", "12 000 €"),
    )
    sections = [n.section for n in numbered(annex)]
    assert sections == [*["Axe 1 / CCAS de Toulon"] * 3, "Axe 2", "Axe 2"]
    last = table(HEAD, ["Ville", "Étude", "", "3 €", "", ""], row("total", "", "CCAS", "", "3 €"))
    assert [n.section for n in numbered(last)] == [None, None]


def test_a_part_goes_on_over_the_titles_of_its_own_parts() -> None:
    annex = table(
        HEAD,
        row("section", "Axe 1 – Loger"),
        row("section", "Objectif 1.1 – Accueillir"),
        ["Ville", "Maraudes", "", "", "", ""],
        row("section", "OBJECTIF 1.2 – Capter"),
        ["CCAS", "Captation", "", "", "", ""],
        row("section", "Axe 2 – Piloter"),
        ["CCAS", "Observatoire", "", "", "", ""],
        row("section", "Hors convention"),
        ["CCAS", "Domiciliation", "", "", "", ""],
    )
    assert [n.section for n in numbered(annex)] == [
        "Axe 1 – Loger / Objectif 1.1 – Accueillir",
        "Axe 1 – Loger / OBJECTIF 1.2 – Capter",
        "Axe 2 – Piloter",
        "Hors convention",
    ]


def test_bullets_are_no_names_and_an_axis_goes_on_below() -> None:
    annex = table(
        ["Axe", "Action", "Pilote", "AMI 2031"],
        ["Axe 1", "- Maraude", "– Croix-Rouge", "9 000 €"],
        ["", "- Bail\n- Glissement", "CCAS", "8 000 €"],
        ["Axe 2", "Halte - accueil", "CCAS", "7 000 €"],
    )
    assert [(a.section, a.texts["label"], a.texts["pilot"]) for a in actions_of(annex)] == [
        ("Axe 1", "Maraude", "Croix-Rouge"),
        ("Axe 1", "- Bail\n- Glissement", "CCAS"),
        ("Axe 2", "Halte - accueil", "CCAS"),
    ]


def test_a_cell_may_name_the_part_of_the_programme_before_its_action() -> None:
    annex = table(HEAD, ["Ville", "Axe 1 – Objectif 1.1 – Action 1.1.1 Maraudes", "", "", "", ""])
    (one,) = actions_of(annex)
    assert (one.section, one.texts["reference"]) == ("Axe 1 – Objectif 1.1", "Action 1.1.1")
    assert one.texts["label"] == "Maraudes"


def test_a_row_says_texts_sums_and_what_has_no_field() -> None:
    annex = table(
        [*HEAD, "Météo"],
        [
            "Ville",
            "Maraudes",
            "En cours",
            "5 000 €",
            "2 000 € (Ville)",
            "Reliquat de 900 €",
            "Beau",
        ],
        title="Actions financées",
    )
    (action,) = actions_of(annex)
    assert (action.texts["pilot"], action.texts["status"], action.funded) == (
        "Ville",
        "En cours",
        True,
    )
    assert [(s.funder, s.stage, int(s.amount or 0)) for s, _ in action.sums] == [
        ("AMI", "granted", 5000),
        ("Ville", "granted", 2000),
        ("AMI", "carry_over", 900),
    ]
    assert action.other == {"Météo": "Beau"}


@pytest.mark.parametrize("label", ["(2)", "8", "…", "115 rue"])
def test_an_action_has_a_letter_in_its_label(label: str) -> None:
    rows = [["Ville", text, "", "5 000 €", "", ""] for text in ("Maraudes", label)]
    labels = [a.texts["label"] for a in actions_of(table(HEAD, *rows))]
    assert labels == ["Maraudes", "115 rue"][: 1 + ("rue" in label)]


def test_else_the_row_says_whether_the_ami_pays() -> None:
    rows = [["Ville", "A", "", s, "", ""] for s in ("5 000 €", "-", "0 €", "à préciser")]
    assert [a.funded for a in actions_of(table(HEAD, *rows))] == [True, False, False, True]
    silent = table(["Pilote", "Action"], ["Ville", "A"])
    assert [a.funded for a in actions_of(silent)] == [None]


@pytest.mark.parametrize(
    ("label", "reference"),
    [
        ("FA 5. Former", "FA 5"),
        ("Fiche action n° 12 : Former", "Fiche action n° 12"),
        ("Mesure 4 – Former", "Mesure 4"),
        ("Action 3 bis – Former", "Action 3 bis"),
        ("Actions de formation", None),
        ("FA 5 ans après", None),
    ],
)
def test_reference_that_stands_in_the_label(label: str, reference: str | None) -> None:
    (action,) = actions_of(table(["Pilote", "Action"], ["Ville", label]))
    assert action.texts.get("reference") == reference
    assert action.texts["label"] == ("Former" if reference else label)


def test_sums_of_a_column_in_thousands() -> None:
    annex = table(
        ["Action", "Porteur", "Concours de l'État (k€)", "Cofinancements (k€)"],
        ["Maraudes", "Ville", "22,5", "CAF : 8"],
        ["Étude", "Ville", "45 000", "5 000 €"],
    )
    first, second = actions_of(annex)
    assert [s.amount for s, _ in first.sums] == [22500, 8000]
    assert [(s.amount, s.flag) for s, _ in second.sums] == [
        (None, "ambiguous_number"),
        (5000, None),
    ]


def test_the_unit_that_the_title_gives() -> None:
    head = ["Action", "Opérateurs", "Montant validé – État", "Montant validé – CAF"]
    annex = table(head, ["Maraudes", "Ville", "32,5", "10"], title="Montants en milliers d'euros")
    (only,) = actions_of(annex)
    assert next((s.funder, s.amount) for s, _ in only.sums) == ("AMI", 32500)
    assert only.sums[1][0].amount == 10000 and (only.sums[1][0].funder or "").startswith("CAF")


def test_years_and_totals_of_each_funder_in_thousands() -> None:
    head = [f"{who} {of}" for who in ("État", "Région") for of in ("2031", "2032", "Total")]
    annex = table(
        ["Action", "Pilote", *head],
        ["Un chez-soi", "CCAS", "35", "40", "75", "10", "5", "15"],
        ["Guichet", "Ville", "25", "30", "55", "5", "10", "15"],
        ["Pension", "SIAO", "-", "10", "10", "-", "4", "4"],
        title="Montants en milliers d'euros",
    )
    sums = [[(s.exercise, s.amount) for s, _ in action.sums] for action in actions_of(annex)]
    assert sums[0] == [("2031", 35000), ("2032", 40000), ("2031", 10000), ("2032", 5000)]
    assert sums[2] == [("2032", 10000), ("2032", 4000)]


def test_funders_and_their_sums_line_by_line() -> None:
    head = ["N°", "Action", "Porteur", "Financeurs", "Montants"]
    annex = table(
        head,
        ["1", "Maraudes", "Ville", "État\nCAF", "37 000 €\n3 500 €"],
        ["2", "Étude", "Ville", "État", "20 000 €"],
    )
    first, second = actions_of(annex)
    assert [(s.funder == "AMI", s.amount) for s, _ in first.sums] == [(True, 37000), (False, 3500)]
    assert [(s.funder, s.amount) for s, _ in second.sums] == [("AMI", 20000)]


def test_a_note_of_a_name_tells_what_was_left_over() -> None:
    annex = table(
        ["Action", "Pilote", "Crédits AMI 2031"],
        ["Maraudes *", "Ville", "9 000 €"],
        ["Étude **", "Ville", "8 000 €"],
        ["Relais **", "Ville", "7 000 €"],
    )
    texts = ("* dont 900 € de reliquat 2030", "** dont 500 € de reliquat 2030")
    notes = [PlacedText(text=t, place=place(3, 9 + i)) for i, t in enumerate(texts)]
    for line, note in zip(annex.rows, (notes[0], notes[1], notes[1]), strict=True):
        line.cells[0] = line.cells[0].model_copy(update={"notes": [note]})
    found = actions_of(annex)
    assert [a.texts["label"] for a in found] == ["Maraudes", "Étude", "Relais"]
    left = [[(s.exercise, s.amount) for s, _ in a.sums if s.stage == "carry_over"] for a in found]
    assert left == [[("2030", 900)], [("2030", None)], [("2030", None)]]
    assert found[0].other == {"Note": texts[0]}


@pytest.mark.parametrize(
    ("heading", "left"),
    [("État 2031 (dont report 2030)", [("2030", 1700)]), ("État 2031 (montant)", [])],
)
def test_a_heading_tells_that_sums_in_brackets_were_left_over(
    heading: str, left: list[tuple[str, int]]
) -> None:
    annex = table(["Action", "Pilote", heading], ["Maraudes", "Ville", "9 000 (1 700)"])
    (action,) = actions_of(annex)
    sums = [s for s, _ in action.sums]
    assert [(s.exercise, s.amount) for s in sums if s.stage == "carry_over"] == left
    assert [s.amount for s in sums if s.stage == "granted"] == [9000]
    assert {s.raw for s in sums} == {"9 000 (1 700)"}


def test_the_pilot_told_behind_the_name() -> None:
    annex = table(
        ["Action / opérateur", "Crédits AMI 2031"],
        ["Maraudes\nLa Halte", "9 000 €"],
        ["Étude\nCCAS", "8 000 €"],
    )
    told = [(a.texts["label"], a.texts["pilot"]) for a in actions_of(annex)]
    assert told == [("Maraudes", "La Halte"), ("Étude", "CCAS")]


def test_the_communes_that_pay_are_named_by_another_column() -> None:
    annex = table(
        ["Commune", "Action", "Opérateur", "Enveloppe Dihal", "Part commune", "Part communes"],
        ["Mendelle", "Maraudes", "SIAO", "9 000 €", "500 €", "100 €"],
        ["Langonac", "Relais", "SIAO", "8 000 €", "700 €", "200 €"],
    )
    found = [[s.funder for s, _ in a.sums] for a in actions_of(annex)]
    assert found == [["AMI", "Mendelle", "communes"], ["AMI", "Langonac", "communes"]]


def test_the_payer_in_the_cell_before_under_one_head() -> None:
    annex = table(
        ["Action", "Porteur", "Plan de financement", "Plan de financement"],
        ["Maraudes", "Ville", "CAF", "9 000 €"],
        ["Étude", "Ville", "État", "8 000 €"],
        ["Relais", "Ville", "-", "7 000 €"],
        ["Bail", "Ville", "CAF : 3 000 €", "2 000 €"],
    )
    found = [[((s.funder or "")[:3], s.amount) for s, _ in a.sums] for a in actions_of(annex)]
    assert found == [
        [("CAF", 9000)],
        [("AMI", 8000)],
        [("", 7000)],
        [("CAF", 3000), ("", 2000)],
    ]


def merged(lines: Sequence[ExtractedRow], *columns: int) -> list[ExtractedRow]:
    """`lines` with the cells of the first one in `columns` merged over all."""
    first = {c.column: c.model_copy(update={"spans_rows": len(lines)}) for c in lines[0].cells}
    return [
        line.model_copy(
            update={"cells": [first[c.column] if c.column in columns else c for c in line.cells]}
        )
        for line in lines
    ]


def test_a_row_an_expense_is_one_action_where_its_name_is_merged_over_them() -> None:
    head = ["Action", "Porteur", "Poste de dépense", "Coût total", "Crédits AMI", "Cofinancements"]
    expenses = [
        ("Équipe mobile", "CCAS", "Salaires", "60 000 €", "40 000 €", "CAF : 20 000 €"),
        ("Équipe mobile", "CCAS", "Véhicule", "5 000 €", "5 000 €", ""),
        ("Équipe mobile", "CCAS", "Formation", "5 000 €", "3 000 €", "Ville : 2 000 €"),
    ]
    lines = [row("body", *texts, at=i) for i, texts in enumerate(expenses, 1)]
    assert len(actions_of(table(head, *lines))) == 3
    (one,) = actions_of(table(head, *merged(lines, 1, 2)))
    assert one.other == {"Poste de dépense": "Salaires ; Véhicule ; Formation"}
    granted = [("granted", amount) for amount in (40000, 20000, 5000, 3000, 2000)]
    whole, cell = one.sums[-1]
    assert whole.raw == "60 000 € + 5 000 € + 5 000 €"
    places = [line.cells[3].place for line in lines]
    assert (cell.place.top, cell.place.bottom) == (places[0].top, places[2].bottom)
    for heading in ("Poste de dépense", "Nature de la dépense", "Dépense"):
        (one,) = actions_of(table([*head[:2], heading, *head[3:]], *merged(lines, 1, 2)))
        assert [(s.stage, s.amount) for s, _ in one.sums] == [*granted, ("total_cost", 70000)]
    (one,) = actions_of(table(head, *merged(lines, 1, 2, 5)))  # one grant for all of them
    assert [s.amount for s, _ in one.sums if s.funder == "AMI"] == [40000]


def test_rows_that_tell_another_expense_alone_are_of_the_action_above() -> None:
    annex = table(
        ["Action", "Pilote", "Nature de dépense", "Crédits AMI"],
        ["Équipe mobile", "CCAS", "Salaires", "40 000 €"],
        ["", "", "Véhicule", "5 000 €"],
        ["", "", "Véhicule", "4 000 €"],
        ["Captation", "Soliha", "Prospection", "20 000 €"],
        ["", "", "", "3 000 €"],
    )
    sums = [[s.amount for s, _ in action.sums] for action in actions_of(annex)]
    assert sums == [[40000, 5000], [20000]]


def test_a_row_a_post_is_one_action_where_its_name_is_merged_over_them() -> None:
    head = ["Action", "Employeur", "Poste", "ETP", "Coût du poste", "Prise en charge AMI"]
    posts = [
        ("Équipe mobile", "CCAS", "Travailleur social", "1", "48 000 €", "30 000 €"),
        ("Équipe mobile", "CCAS", "Infirmier", "0,5", "26 000 €", "15 000 €"),
    ]
    lines = [row("body", *texts, at=i) for i, texts in enumerate(posts, 1)]
    (one,) = actions_of(table(head, *merged(lines, 1, 2)))
    assert [s.amount for s, _ in one.sums] == [30000, 15000, 74000]
    assert one.other == {"Poste": "Travailleur social ; Infirmier", "ETP": "1 ; 0,5"}


def test_actions_of_one_objective_with_pilots_of_their_own_stay_several() -> None:
    head = ["Action", "Porteur", "Crédits AMI"]
    told = [("Accompagner", "CCAS", "9 000 €"), ("Accompagner", "Soliha", "8 000 €")]
    lines = [row("body", *texts, at=i) for i, texts in enumerate(told, 1)]
    assert len(actions_of(table(head, *merged(lines, 1)))) == 2


def test_a_row_a_funder_is_one_action() -> None:
    head = ["Action", "Porteur", "Financeur", "Montant"]
    lines = [
        row("body", "Maraudes", "Ville", funder, amount, at=i)
        for i, (funder, amount) in enumerate([("État", "52 000 €"), ("CAF", "8 000 €")], 1)
    ]
    apart = table(head, *lines)
    assert len(actions_of(apart)) == 2
    (only,) = actions_of(table(head, *merged(lines, 1, 2)))
    assert [s.amount for s, _ in only.sums] == [52000, 8000]
    assert only.sums[0][0].funder == "AMI" and only.funded
    assert only.sums[1][0].funder != "AMI"


def test_a_row_a_funder_and_a_column_a_year_are_one_action() -> None:
    head = ["Action", "Porteur", "Financeur", "2030 (réalisé)", "2031", "2032 (prév.)", "Total"]
    sums = [
        ("AMI – État", "40 000", "42 000", "45 000", "127 000"),
        ("Ville", "20 000", "21 000", "-", "41 000"),
        ("Total action 1", "60 000", "63 000", "45 000", "168 000"),
    ]
    lines = [row("body", "Maraudes", "Ville", *each, at=i) for i, each in enumerate(sums, 1)]
    (only,) = actions_of(table(head, *merged(lines, 1, 2)))
    assert [(s.funder == "AMI", s.stage, s.exercise, s.amount) for s, _ in only.sums] == [
        (True, "spent", "2030", 40000),
        (True, "granted", "2031", 42000),
        (True, "planned", "2032", 45000),
        (False, "spent", "2030", 20000),
        (False, "granted", "2031", 21000),
        (False, "total_cost", "2031", 63000),
        (False, "total_cost", "2032", 45000),
    ]


def test_of_funders_of_the_state_the_one_named_is_the_ami() -> None:
    head = ["Action", "Pilote", "Financeur", "Montant 2031"]
    rows = [
        ["Équipe santé", "CHU", "État – AMI", "44 500 €"],
        ["", "", "État – MILDECA", "12 000 €"],
    ]
    (one,) = actions_of(table(head, *rows))
    assert {s.funder: s.amount for s, _ in one.sums} == {"AMI": 44500, "État – MILDECA": 12000}
    rows[0][2] = "CAF"
    rows[1][2] = "État"
    (one,) = actions_of(table(head, *rows))
    assert one.sums[1][0].funder == "AMI"


def test_the_state_among_cofunders_is_not_the_ami() -> None:
    head = ["Action", "Pilote", "Autres financeurs", "Origine du cofinancement"]
    annex = table(
        head, ["Maraudes", "Ville", "5 270 €", "CAF, Etat"], ["Étude", "Ville", "9 €", "Etat"]
    )
    assert all(s.funder != "AMI" for action in actions_of(annex) for s, _ in action.sums)


def test_a_total_below_the_funders_of_an_action_is_its_cost() -> None:
    head = ["Action", "Porteur", "Financeur", "Montant accordé 2031"]
    annex = table(
        head,
        ["Maraudes", "Ville", "État (AMI)", "52 000 €"],
        ["", "", "CAF", "8 000 €"],
        ["", "", "Ensemble", "60 000 €"],
        ["Étude", "Ville", "État (AMI)", "9 000 €"],
    )
    first, second = actions_of(annex)
    assert [(s.funder == "AMI", s.stage, s.amount) for s, _ in first.sums] == [
        (True, "granted", 52000),
        (False, "granted", 8000),
        (False, "total_cost", 60000),
    ]
    assert [(s.funder, s.amount) for s, _ in second.sums] == [("AMI", 9000)]


def test_a_grant_of_the_ami_is_no_sum_of_the_cofunders_beside_it() -> None:
    head = ["Action", "Pilote", "AMI accordé", "Origine du cofinancement"]
    annex = table(
        head, ["Maraudes", "Ville", "5 270 €", "CAF"], ["Étude", "Ville", "9 000 €", "État"]
    )
    assert all(s.funder == "AMI" for action in actions_of(annex) for s, _ in action.sums)


@pytest.mark.parametrize(
    ("granted", "heading", "others", "funder"),
    [
        ("Crédits nouveaux", "Reliquat 2030", ["Coût"], "AMI"),
        ("Crédits nouveaux", "Reliquat Département 2030", ["Part Ville"], "Département"),
        ("Crédits nouveaux", "Dépensé en mars 2030", ["Part Ville"], "AMI"),
        ("Crédits nouveaux", "Dépensé 2030", ["Coût"], None),
        ("Part État", "Dépensé 2030", [], "AMI"),
        ("Part État", "Dépensé 2030", ["Part Ville"], None),
    ],
)
def test_whose_money_was_left_or_spent(
    granted: str, heading: str, others: list[str], funder: str | None
) -> None:
    annex = table(
        ["Action", granted, heading, *others],
        ["Maraudes", "5 000 €", "1 000 €", *["700 €" for _ in others]],
    )
    (action,) = actions_of(annex)
    assert [s.funder for s, _ in action.sums if s.amount == 1000] == [funder]


@pytest.mark.parametrize("merged", [True, False])
def test_a_row_a_year_is_one_action(merged: bool) -> None:
    lines = [
        row("body", "Maraudes" if merged or not i else "", year, amount, at=i)
        for i, (year, amount) in enumerate([("2031", "5 000 €"), ("2032", "6 000 €")])
    ]
    other = row("body", "Étude", "2031", "700 €", at=7)
    first, second = actions_of(table(["Action", "Année", "Part État"], *lines, other))
    assert [(s.exercise, s.amount) for s, _ in first.sums] == [("2031", 5000), ("2032", 6000)]
    assert [(s.exercise, s.amount) for s, _ in second.sums] == [("2031", 700)]


def test_the_state_among_the_labelled_sums_of_a_cell() -> None:
    plan = table(
        ["Action", "Porteur", "Plan de financement"],
        ["Maraudes", "Ville", "État : 5 000 € ; CAF : 700 €"],
    )
    (action,) = actions_of(plan)
    assert [(s.funder == "AMI", s.amount) for s, _ in action.sums] == [(True, 5000), (False, 700)]
    others = table(
        ["Action", "Crédits AMI", "Cofinancements"], ["Maraudes", "9 000 €", "État : 5 000 €"]
    )
    (action,) = actions_of(others)
    assert [(s.funder == "AMI", s.amount) for s, _ in action.sums] == [(True, 9000), (False, 5000)]


@pytest.mark.parametrize(
    ("title", "funder"),
    [
        ("Financements de l'État (AMI) 2031", "AMI"),
        ("Annexe 1 – Actions financées par l'AMI en 2031", "AMI"),
        ("Annexe 1 – Actions financées dans le cadre de l'AMI pour 2031", "AMI"),
        ("Crédits de la Région Centre", "Région"),
        ("Financements de l'État et de la CAF", None),
        ("Programme d'actions 2031", None),
    ],
)
def test_who_pays_may_stand_in_the_title(title: str, funder: str | None) -> None:
    headed = table(["Action", "Porteur", "Montant"], ["Maraudes", "Ville", "5 000 €"], title=title)
    bare = table(["", ""], ["Maraudes", "5 000 €"], ["Étude", "900 €"], title=title)
    for annex, count in ((headed, 1), (bare, 2)):
        sums = [s for action in actions_of(annex) for s, _ in action.sums]
        assert [(s.funder or "").startswith(funder or "?") for s in sums] == (
            [True] * count if funder else []
        )


@pytest.mark.parametrize("said", ["Mise à disposition 0,5 ETP", "valorisation de locaux"])
def test_what_is_lent_is_no_doubtful_sum(said: str) -> None:
    head = ["Action", "Porteur", "AMI", "Apport du GIP"]
    rows = [["Maraudes", "Ville", "5 000 €", said], ["Étude", "CCAS", "2 000 €", "900 €"]]
    sums = [s for action in actions_of(table(head, *rows)) for s, _ in action.sums]
    assert [(s.amount, s.flag) for s in sums] == [
        (5000, None),
        (None, None),
        (2000, None),
        (900, None),
    ]


def test_what_stands_below_an_action_as_a_part_of_it() -> None:
    annex = table(
        ["Action", "Pilote", "Montant AMI"],
        ["Plateforme", "Ville", "45 000 €"],
        ["dont poste de coordinateur", "", "30 000 €"],
        ["Étude", "Ville", "5 000 €"],
    )
    first, second = actions_of(annex)
    assert [s.amount for s, _ in first.sums] == [45000]
    assert "30 000 €" in first.other["dont poste de coordinateur"]
    assert second.texts["label"] == "Étude"


def test_a_label_that_no_word_announces() -> None:
    head = ["Structure", "Ce que nous ferons ensemble", "Part État"]
    rows = [["CCAS", "Maraudes de soirée", "5 000 €"], ["SIAO", "Étude des besoins", "700 €"]]
    assert [a.texts["label"] for a in actions_of(table(head, *rows))] == [r[1] for r in rows]
    without_pilot = table(["Poste", "Part État"], ["Achats de fournitures", "700 €"])
    assert not holds_actions(columns_of(without_pilot))


def test_the_pilot_in_a_line_of_the_label() -> None:
    annex = table(
        ["Action et porteur", "Crédits AMI"], ["Maraudes\nde soirée\nPorteur : SIAO 99", "700 €"]
    )
    (action,) = actions_of(annex)
    assert (action.texts["label"], action.texts["pilot"]) == ("Maraudes\nde soirée", "SIAO 99")


def test_each_payers_sums_planned_and_spent() -> None:
    payers = ["État", "Région", "Mécénat Untel"]
    head = [f"{p} {told}" for p in payers for told in ("Réalisé 2030", "Prévu 2031")]
    annex = table(
        ["Action", "Pilote", *head],
        ["Maraudes", "CCAS", "8 000 €", "9 000 €", "4 000 €", "5 000 €", "2 000 €", "3 000 €"],
        title="Bilan de l'AMI",
    )
    (action,) = actions_of(annex)
    told = {(int(s.amount or 0), s.stage) for s, _ in action.sums if s.funder == "AMI"}
    assert told == {(8000, "spent"), (9000, "granted")}
    assert {int(s.amount or 0) for s, _ in action.sums if s.funder is None} == {2000, 3000}


@pytest.mark.parametrize(
    ("title", "heading", "funder"),
    [
        ("Annexe 1 – Actions financées par l'AMI", "Crédits BOP 177", "AMI"),
        ("Annexe 2 – Dispositifs de droit commun (hors AMI)", "Crédits BOP 177", "État"),
        ("Annexe 2 – Actions non financées par l'AMI", "Crédits AMI", "AMI"),
        ("", "État BOP 304", "État BOP 304"),
        ("", "FNAVDL", "FNAVDL"),
    ],
)
def test_money_of_the_state_that_is_not_the_amis(title: str, heading: str, funder: str) -> None:
    annex = table(["Action", "Porteur", heading], ["Maraudes", "CCAS", "700 €"], title=title)
    (action,) = actions_of(annex)
    assert [s.funder for s, _ in action.sums] == [funder]


def test_money_of_the_ami_that_a_cell_names_among_the_unfunded_is_the_amis() -> None:
    annex = table(["Action", "Porteur", "Financement"], ["Bail", "CCAS", "AMI : 6 000 €"])
    annex = annex.model_copy(update={"title": "Annexe 2 – Actions non financées par l'AMI"})
    (action,) = actions_of(annex)
    assert [s.funder for s, _ in action.sums] == ["AMI"]
    assert action.funded is False


def test_what_was_asked_for_and_not_kept_was_asked_of_the_ami() -> None:
    annex = table(["Action", "Op.", "Montant demandé"], ["Maraudes", "CCAS", "700 €"])
    annex = annex.model_copy(update={"title": "Annexe B – Actions non financées par l'AMI"})
    (action,) = actions_of(annex)
    assert [(s.funder, s.stage) for s, _ in action.sums] == [("AMI", "requested")]
    assert (action.funded, action.texts["pilot"]) == (False, "CCAS")


def test_a_grant_that_is_cancelled_funds_no_action() -> None:
    head = ["Action", "Porteur", "Subvention État", "Ville"]
    rows = [["Étude", "CCAS", "7 €", "2 €"], ["Bal", "MJC", "annulé", "annulée"]]
    kept, gone = actions_of(table(head, *rows))
    assert (kept.funded, gone.funded, list(gone.sums)) == (True, False, [])


def test_what_was_asked_and_not_granted_is_not_funded() -> None:
    head = ["Projet", "Demandeur", "Montant demandé", "Montant retenu"]
    rows = [["Maraudes", "Le Toit", "900 €", "0 €"], ["Étude", "Le Pas", "900 €", "700 €"]]
    actions = actions_of(table(head, *rows))
    assert [(a.texts["pilot"], a.funded) for a in actions] == [("Le Toit", False), ("Le Pas", True)]
    blank = [["Maraudes", "Le Toit", "900 €", "–"], rows[1]]
    assert [a.funded for a in actions_of(table(head, *blank))] == [False, True]
    undecided = [["Maraudes", "Le Toit", "900 €", ""], ["Étude", "Le Pas", "900 €", ""]]
    assert [a.funded for a in actions_of(table(head, *undecided))] == [True, True]
    (asked,) = actions_of(table(head[:3], ["Maraudes", "Le Toit", "900 €"]))
    assert asked.funded is True


def test_what_goes_back_is_no_grant() -> None:
    head = ["Action", "Montant notifié", "Montant justifié", "Montant à reverser"]
    (action,) = actions_of(table(head, ["Maraudes", "4 000 €", "3 000 €", "1 000 €"]))
    assert [(s.stage, s.amount) for s, _ in action.sums] == [("granted", 4000), ("spent", 3000)]


@pytest.mark.parametrize("heading", ["Mise en œuvre", "Mise en œuvre par"])
def test_who_runs_an_action_under_how_it_is_run(heading: str) -> None:
    head = ["Intitulé", heading, "Crédits AMI"]
    (action,) = actions_of(table(head, ["Maraudes", "Les Amis du Toit", "700 €"]))
    assert action.texts == {"label": "Maraudes", "pilot": "Les Amis du Toit"}
    long = "Deux éducateurs vont chaque soir à la rencontre des personnes sans abri"
    (action,) = actions_of(table(head, ["Maraudes", long, "700 €"]))
    assert "pilot" not in action.texts


@pytest.mark.parametrize(
    ("heading", "funder"),
    [("Cofinanceurs CAF", "CAF"), ("Autofinancement Région", "Région")],
)
def test_a_payer_behind_words_of_money(heading: str, funder: str) -> None:
    (action,) = actions_of(table(["Action", "AMI", heading], ["Maraudes", "700 €", "300 €"]))
    assert [(s.funder or "")[: len(funder)] for s, _ in action.sums] == ["AMI", funder]


def test_what_is_said_below_the_name_of_an_action() -> None:
    rows = [["Maraudes\nDeux soirs", "CCAS", "700 €"], ["Étude\nEn juin", "SIAO", "900 €"]]
    actions = actions_of(table(["Action", "Porteur", "Crédits AMI"], *rows))
    assert [(a.texts["label"], a.texts["description"]) for a in actions] == [
        ("Maraudes", "Deux soirs"),
        ("Étude", "En juin"),
    ]


@pytest.mark.parametrize(
    "heading", ["Coût unitaire", "Coût par mesure", "Budget / ménage", "Coût à la place"]
)
def test_what_one_of_several_costs_is_no_sum_of_the_action(heading: str) -> None:
    annex = table(["Action", heading, "Crédits AMI"], ["Mesures", "2 000 €", "100 000 €"])
    (action,) = actions_of(annex)
    assert [s.amount for s, _ in action.sums] == [100000]
    assert columns_of(annex)[1].field == "unit_cost"


def test_a_head_that_stands_amid_the_rows_again_is_no_action() -> None:
    annex = table(
        ["N° ACTION", "ACTION", "PILOTE", "CRÉDITS AMI"],
        ["1", "Maraudes", "Ville", "9 000 €"],
        ["", "Action", "Pilote", "Crédits AMI"],
        ["2", "Action sociale", "Pilote", "4 000 €"],
    )
    assert [a.texts["label"] for a in actions_of(annex)] == ["Maraudes", "Action sociale"]


@pytest.mark.parametrize(
    ("old", "new", "stage"),
    [("au lieu de", "lire", "previous"), ("Montant demandé", "Accordé", "requested")],
)
def test_what_an_act_replaces_was_given_before_or_asked_for(old, new, stage) -> None:
    head = ["Action", "Porteur", "", "Subvention de l'État", "Participation de la Ville"]
    annex = table(
        head,
        row("replaced", "Bail", "CCAS", old, "15 000 €", "6 000 €"),
        ["Bail", "CCAS", new, "14 000 €", "7 000 €"],
        ["Halte", "Ville", "", "8 000 €", "1 000 €"],
    )
    first, second = actions_of(annex)
    assert [(s.stage, s.amount) for s, _ in first.sums] == [
        ("granted", 14000),
        ("granted", 7000),
        (stage, 15000),
    ]
    assert [s.amount for s, _ in second.sums] == [8000, 1000]


@pytest.mark.parametrize(
    ("head", "title", "amounts"),
    [
        ("Subvention de l'État", "", [None, None]),
        ("Subvention de l'État (€)", "", [22.5, 30]),
        ("Subvention de l'État", "Montants en k€", [22500, 30000]),
    ],
)
def test_sums_in_no_known_unit_are_doubtful(head, title, amounts) -> None:
    rows = (["Bail", "CCAS", "22,5"], ["Halte", "Ville", "30,0"])
    annex = table(["Action", "Porteur", head], *rows, title=title)
    sums = [s for action in actions_of(annex) for s, _ in action.sums]
    assert [s.amount for s in sums] == amounts
    assert all((s.flag == "ambiguous_number") is (s.amount is None) for s in sums)


def test_a_total_that_holds_177_names_no_programme() -> None:
    head = ["Dispositif", "2030 Prévu", "2030 Dépensé", "2031 Prévu", "2031 Dépensé"]
    annex = table(
        head,
        ["Étude", "100 000 €", "99 000 €", "77 000 €", "70 000 €"],
        ["Bail", "90 000 €", "80 000 €", "100 000 €", "95 000 €"],
        row("total", "Total", "190 000 €", "179 000 €", "177 000 €", "165 000 €"),
    )
    assert {s.funder for action in actions_of(annex) for s, _ in action.sums} == {None}


def test_a_cell_of_planned_financing_says_the_cost_and_who_pays_it() -> None:
    head = ("Intitulé", "Contenu", "Porteur", "Financement prévisionnel 2034")
    told = "Coût : 22 000 €\nAMI : 18 000 €\nVille : 4 000 €"
    (action,) = actions_of(table(head, ("Hébergement citoyen", "Douze places", "Singa", told)))
    assert [(s.funder, s.stage, s.amount) for s, _ in action.sums] == [
        (None, "total_cost", 22_000),
        ("AMI", "planned", 18_000),
        ("Ville", "planned", 4_000),
    ]


def test_expenses_and_incomes_of_an_action_in_two_cells() -> None:
    """The AMI is told twice, and grants once; the expenses are one cost."""
    head = ("Action", "Porteur", "Dépenses", "Recettes", "AMI 2034")
    rows = [
        ("Bail", "CCAS", "Personnel : 28 000 €\nFrais : 1 500 €", "AMI : 18 000 €\nCAF : 11 500 €"),
        ("Étude", "CCAS", "Étude : 9 000 €", "AMI : 8 000 €\nCAF : 1 000 €"),
    ]
    paid = [
        [(s.funder, s.stage, s.amount, s.exercise) for s, _ in action.sums]
        for action in actions_of(
            table(head, (*rows[0], "18 000 €"), (*rows[1], "7 000 €"))  # the second contradicts
        )
    ]
    assert paid[0] == [
        (None, "total_cost", 29_500, None),
        ("AMI", "granted", 18_000, "2034"),
        ("CAF", "granted", 11_500, None),
    ]
    assert [amount for funder, _, amount, _ in paid[1] if funder == "AMI"] == [8_000, 7_000]


def test_a_payer_and_its_sum_under_a_head_that_stands_over_the_names_alone() -> None:
    """A table within the cells: « Bailleurs | 39 000 € », in columns of which one has no head."""
    head = ("Action", "Pilote", "Crédits AMI", "Cofinancements", "")
    rows = [
        ("Coordination", "DDETS", "84 500 €", "0 €", ""),
        ("Bail glissant", "CCAS", "63 500 €", "Bailleurs", "39 000 €"),
    ]
    first, second = actions_of(table(head, *rows))
    assert [(s.funder, s.amount) for s, _ in first.sums] == [("AMI", 84_500), (None, 0)]
    assert [(s.funder, s.amount) for s, _ in second.sums] == [
        ("AMI", 63_500),
        ("Bailleurs", 39_000),
    ]
    assert second.other == {}


def test_a_head_of_two_rows_that_is_repeated_amid_the_table_is_no_action() -> None:
    again = ["Action", "Pilote"]
    annex = table(
        [*again, "Financement Crédits AMI", "Financement Cofinancements"],
        ["Équipe mobile", "CCAS", "45 000 €", "CAF : 5 000 €"],
        [*again, "Financement", ""],
        [*again, "Crédits AMI", "Cofinancements"],
        ["Observatoire", "Métropole", "15 000 €", ""],
    )
    assert [a.texts["label"] for a in actions_of(annex)] == ["Équipe mobile", "Observatoire"]


def test_each_sum_may_have_its_payer_in_the_column_before() -> None:
    annex = table(
        ["Action", "Pilote", "Financeur 1", "Montant 1", "Financeur 2", "Montant 2"],
        ["Équipe mobile", "CCAS", "AMI", "45 000 €", "CAF", "10 000 €"],
        ["Captation", "Soliha", "AMI", "20 000 €", "", ""],
    )
    found = [
        (a.funded, [(s.funder == "AMI", s.amount) for s, _ in a.sums]) for a in actions_of(annex)
    ]
    assert found == [(True, [(True, 45000), (False, 10000)]), (True, [(True, 20000)])]


def test_one_cell_may_name_who_pays_each_sum_of_the_next() -> None:
    annex = table(
        ["Action", "Pilote", "AMI", "Cofinanceurs", "Montants"],
        ["Équipe mobile", "CCAS", "45 000 €", "Département / CAF", "10 000 € / 5 000 €"],
        ["Captation", "Soliha", "20 000 €", "Anah\nRégion", "4 000 €\n1 000 €"],
        ["Étude", "Soliha", "9 000 €", "Région", "4 000 €\n1 000 €"],
    )
    found = [
        [(s.funder, s.amount) for s, _ in action.sums if s.funder != "AMI"]
        for action in actions_of(annex)
    ]
    assert found == [
        [("Département", 10000), ("CAF", 5000)],
        [("Anah", 4000), ("Région", 1000)],
        [("Région", 4000), ("Région", 1000)],
    ]


def test_a_table_in_each_cell_names_who_pays_beside_the_sum() -> None:
    cofunders = [("Ville", "17 k€"), ("Bailleurs", "16,5 k€"), ("Ville", "20 k€")]
    annex = table(
        ["Porteur", "Action", "Cofinancements", "Cofinancements"],
        *(["CCAS", f"Action sociale {i}", *pair] for i, pair in enumerate(cofunders)),
    )
    found = [[(s.funder, s.amount) for s, _ in action.sums] for action in actions_of(annex)]
    assert [[amount for _, amount in sums] for sums in found] == [[17000], [16500], [20000]]
    assert all(funder for sums in found for funder, _ in sums)
    assert not any("Cofinancements" in action.other for action in actions_of(annex))
