"""Columns of sums that hold none of their own."""

import pytest
from documents import columns_of, row, table


@pytest.mark.parametrize(
    ("head", "rows", "proved"),
    [
        (
            ["État 2031", "État 2032", "Total État", "CAF"],
            [["10 €", "20 €", "30 €", "5 €"]],
            {"Total État": ("total", (3, 4))},
        ),
        (
            ["AMI 2031", "CAF", "Région", "Total cofinancements"],
            [["10 €", "20 €", "5 €", "25 €"]],
            {"Total cofinancements": ("total", (4, 5))},
        ),
        (
            ["État", "CAF", "Région", "Sous-total partenaires", "Ensemble des financements"],
            [["10 €", "20 €", "5 €", "25 €", "35 €"], ["4 €", "1 €", "2 €", "3 €", "7 €"]],
            {
                "Sous-total partenaires": ("total", (4, 5)),
                "Ensemble des financements": ("total_cost", (3, 4, 5)),
            },
        ),
        (
            ["État", "Ville", "Total public", "Fonds propres", "Coût du projet"],
            [["21 €", "9 €", "30 €", "3 €", "33 €"], ["18 €", "6 €", "24 €", "8 €", "32 €"]],
            {"Total public": ("total", (3, 4)), "Coût du projet": ("total_cost", (3, 4, 6))},
        ),
        (
            ["Dépenses", "Recettes acquises", "dont État (AMI)", "dont Ville", "Reste à financer"],
            [["40 €", "30 €", "20 €", "10 €", "10 €"], ["9 €", "9 €", "5 €", "4 €", "0 €"]],
            {"Recettes acquises": ("total", (5, 6))},
        ),
        (  # a speck, or a bullet, before a payer
            ["Dépenses", "Recettes acquises", "dont État (AMI)", "* dont CAF", "Reste à financer"],
            [["40 €", "30 €", "20 €", "10 €", "10 €"], ["9 €", "9 €", "5 €", "4 €", "0 €"]],
            {"Recettes acquises": ("total", (5, 6))},
        ),
        (
            ["BOP 177 (AMI)", "BOP 135", "Total État", "Collectivités"],
            [["45 €", "10 €", "55 €", "12 €"], ["15 €", "3 €", "18 €", "7 €"]],
            {"Total État": ("total", (3, 4))},
        ),
        (
            ["Dépenses 2031", "Part État", "Report 2030", "Part Ville"],
            [["10 €", "7 €", "2 €", "1 €"], ["9 €", "4 €", "0 €", "5 €"]],
            {"Dépenses 2031": ("total_cost", (4, 5, 6))},
        ),
        (
            ["Report 2030", "Dotation 2031", "Total 2031", "CAF"],
            [["4 €", "20 €", "24 €", "9 €"], ["0 €", "5 €", "5 €", "1 €"]],
            {"Total 2031": ("total", (4, 3))},
        ),
        (
            ["Crédits engagés en 2030", "Reste à consommer", "Crédits nouveaux 2031", "Total 2031"],
            [["50 €", "17 €", "22 €", "39 €"], ["70 €", "12 €", "48 €", "60 €"]],
            {"Total 2031": ("total", (5, 4))},
        ),
        (
            ["Aide initiale de l'État", "Aide complémentaire de l'État", "Aide totale de l'État"],
            [["20 €", "14 €", "34 €"], ["30 €", "8 €", "38 €"]],
            {"Aide totale de l'État": ("total", (3, 4))},
        ),
        (
            ["Année 1", "Année 2", "Total"],
            [["10 €", "20 €", "30 €"], ["4 €", "1 €", "5 €"]],
            {"Total": ("total", (3, 4))},
        ),
        (  # the State's, whatever adds up to it
            ["Convention initiale", "Avenant n° 1", "Total État"],
            [["10 €", "20 €", "30 €"], ["4 €", "1 €", "5 €"]],
            {},
        ),
        (
            ["Dépenses Personnel", "Dépenses Divers", "Dépenses Total", "Recettes État"],
            [["10 €", "20 €", "30 €", "9 €"], ["4 €", "1 €", "5 €", "5 €"]],
            {"Dépenses Total": ("total_cost", (3, 4))},
        ),
        # half and half: the State's money is no total of the others'
        (["CAF", "Région", "Part État"], [["10 €", "20 €", "30 €"], ["4 €", "1 €", "5 €"]], {}),
        (
            ["Réalisé 2030 AMI", "Réalisé 2030 Ville", "Réalisé 2030 Total", "Prévu 2031 AMI"],
            [["10 €", "20 €", "30 €", "9 €"], ["4 €", "1 €", "5 €", "8 €"]],
            {"Réalisé 2030 Total": ("total", (3, 4))},
        ),
        (
            ["Prévu 2031 AMI", "Prévu 2031 Ville", "Prévu 2031 Total", "Prévu 2032 AMI"],
            [["10 €", "20 €", "30 €", "9 €"], ["4 €", "1 €", "5 €", "8 €"]],
            {"Prévu 2031 Total": ("total", (3, 4))},
        ),
        (["État", "CAF", "Total"], [["10 €", "20 €", "31 €"], ["4 €", "1 €", "5 €"]], {}),
    ],
)
def test_a_column_that_adds_up_others_pays_nothing_more(
    head: list[str], rows: list[list[str]], proved: dict[str, tuple[str, tuple[int, ...]]]
) -> None:
    annex = table(["Action", "Porteur", *head], *(["Maraudes", "Ville", *sums] for sums in rows))
    columns = zip(annex.columns, columns_of(annex), strict=True)
    assert {h: (c.field, c.adds) for h, c in columns if c.adds} == proved


@pytest.mark.parametrize(("confidence", "field"), [(0.5, "part"), (0.95, "total_cost")])
def test_a_figure_that_a_scan_leaves_in_doubt_refutes_no_total(
    confidence: float, field: str
) -> None:
    head = ["Dépenses Personnel", "Dépenses Frais", "Dépenses Total", "Recettes État", "CAF"]
    sums = ["50 000", "8 000", "58 000", "36 000", "22 000"]
    more = ["42 600", "15 000", "57 600", "36 000", "21 600"]
    last = ["0", "20 000", "20 600", "12 500", "7 500"]
    names = ["Plateforme", "Maraudes", "Formation"]
    rows = [row("body", n, "Ville", *s) for n, s in zip(names, (sums, more, last), strict=True)]
    rows[2].cells[4] = rows[2].cells[4].model_copy(update={"confidence": confidence})
    columns = columns_of(table(["Action", "Porteur", *head], *rows))
    assert [c.field for c in columns[2:5]] == [field, field, "total_cost"]


def test_the_total_of_what_payers_spent_is_no_more_money_where_it_does_not_add_up() -> None:
    head = ["Action", "Porteur", *(f"Réalisé 2030 {who}" for who in ("AMI", "Ville", "Total"))]
    rows = [["Maraudes", "CCAS", "10 €", "20 €", "31 €"], ["Étude", "MJC", "4 €", "1 €", "5 €"]]
    assert [c.field for c in columns_of(table(head, *rows))[2:]] == ["spent", "spent", None]
    head[4] = "Réalisé 2030 autres"
    assert columns_of(table(head, *rows))[4].field == "spent"


def test_the_total_of_the_rows_of_each_action_is_no_sum_of_its_own() -> None:
    annex = table(
        ["Action", "Poste", "Dépense prévue", "Subvention État", "Sous-total action (État)"],
        ["Pilotage", "Poste", "56 000 €", "45 000 €", "46 000 €"],
        ["Pilotage", "Frais", "1 500 €", "1 000 €", "46 000 €"],
        ["Accueil", "Équipe", "60 000 €", "50 000 €", "50 000 €"],
        ["Prévention", "Permanences", "22 000 €", "18 000 €", "20 000 €"],
        ["Prévention", "Affiches", "3 000 €", "2 000 €", "20 000 €"],
    )
    *_, cost, ami, total = columns_of(annex)
    assert (cost.field, ami.field, total.field) == ("total_cost", "ami", "total")


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (["Dépense prévue", "Subvention AMI"], ["total_cost", "ami"]),
        (["Subvention AMI", "Coût total"], ["ami", "total_cost"]),
    ],
)
def test_a_grant_of_all_that_an_action_costs_is_no_total(
    head: list[str], fields: list[str]
) -> None:
    annex = table(
        ["Action", "Poste", *head],
        ["Pilotage", "Poste", "56 000 €", "57 500 €"],
        ["Pilotage", "Frais", "1 500 €", "57 500 €"],
        ["Prévention", "Permanences", "22 000 €", "25 000 €"],
        ["Prévention", "Affiches", "3 000 €", "25 000 €"],
    )
    assert [c.field for c in columns_of(annex)[2:]] == fields


def test_what_is_eligible_is_no_cost_beside_the_whole_one() -> None:
    annex = table(
        ["Action", "Porteur", "Coût total", "Assiette éligible", "Subvention AMI"],
        ["Pilotage", "Métropole", "68 000 €", "64 000 €", "38 400 €"],
        ["Accueil", "CCAS", "24 000 €", "24 000 €", "14 400 €"],
    )
    assert [c.field for c in columns_of(annex)[2:]] == ["total_cost", "part", "ami"]


def test_what_is_there_with_what_was_left_over_is_no_cost() -> None:
    annex = table(
        [
            "Action",
            "AMI 2031 (convention)",
            "AMI 2031 (avenant)",
            "Crédits 2030 reportés",
            "Total disponible",
        ],
        ["Pilotage", "60 000 €", "60 000 €", "", "60 000 €"],
        ["Accueil", "120 000 €", "110 000 €", "21 250 €", "131 250 €"],
        ["Baux", "25 000 €", "30 000 €", "20 000 €", "50 000 €"],
    )
    fields = [c.field for c in columns_of(annex)[1:]]
    assert fields == ["ami_previous", "ami", "carry_over", "total"]


def test_quarters_that_add_up_a_grant_are_its_parts() -> None:
    head = ["Action", "Porteur", "Montant AMI", "T1", "T2"]
    rows = [["Maraudes", "CCAS", "30 000 €", "10 000 €", "20 000 €"]]
    rows += [["Étude", "MJC", "5 000 €", "5 000 €", ""]]
    assert [c.field for c in columns_of(table(head, *rows))[2:]] == ["ami", "part", "part"]
    rows[1][3] = "4 000 €"
    assert [c.field for c in columns_of(table(head, *rows))[2:]] == ["ami", None, None]


def test_what_is_paid_in_several_years_is_not_paid_twice() -> None:
    head = ["Action", "Porteur", "Subvention annuelle", "Subvention sur trois ans"]
    rows = [["Maraudes", "Ville", "20 €", "60 €"], ["Étude", "CCAS", "5 €", "15 €"]]
    assert [c.field for c in columns_of(table(head, *rows))[2:]] == ["ami", "total"]
    rows[0][3] = "50 €"
    assert [c.field for c in columns_of(table(head, *rows))[2:]] == ["ami", None]


def test_the_balance_of_a_year_beside_its_advance_is_not_left_over() -> None:
    years = ["2031 Acompte", "2031 Solde", "2032 Acompte", "2032 Solde"]
    rows = [["Bail", "MJC", *["30 €", "10 €"] * 2], ["Halte", "MJC", *["15 €", "5 €"] * 2]]
    fields = [c.field for c in columns_of(table(["Action", "Porteur", *years], *rows))[2:]]
    assert "carry_over" not in fields
    rows = [[*row, total] for row, total in zip(rows, ("80 €", "40 €"), strict=True)]
    head = ["Action", "Porteur", *years]
    assert columns_of(table([*head, "Total"], *rows))[-1].field is None
    assert columns_of(table([*head, "Coût total"], *rows))[-1].field == "total_cost"


def test_parts_of_a_grant_are_no_sums_of_their_own() -> None:
    head = ["Action", "Porteur", "AMI (AE 2031)", "dont CP 2031", "dont CP 2032"]
    rows = [["Maraudes", "Ville", "50 €", "40 €", "10 €"], ["Étude", "CCAS", "22 €", "22 €", "0 €"]]
    assert [c.field for c in columns_of(table(head, *rows))[2:]] == ["ami", "part", "part"]
    rows[0][3] = "41 €"
    assert [c.field for c in columns_of(table(head, *rows))[2:]] == ["ami", None, None]
    for parts in (["CP 2031", "CP 2032"], ["1er versement (mars)", "Solde (juin)"]):
        rows[0][2:] = ["40 €", "10 €", "50 €"]
        rows[1][2:] = ["22 €", "-", "22 €"]
        columns = columns_of(table([*head[:2], *parts, "Subvention de l'État"], *rows))
        assert [c.field for c in columns[2:]] == ["part", "part", "ami"]
    for parts in (["Versements Acompte 80 %", "Versements Solde 20 %"], ["Avance", "Solde"]):
        columns = columns_of(table([*head[:2], *parts, "Subvention de l'État"], *rows))
        assert [c.field for c in columns[2:]] == ["part", "part", "ami"]
    head = ["Action", "Porteur", "Part État Total", "Part État Mars", "Part État Juin"]
    paid = [["Bail", "MJC", "50 €", "20 €", "20 €", "10 €"], ["Halte", "MJC", "9 €", *["3 €"] * 3]]
    columns = columns_of(table([*head, "Part État Solde"], *paid))
    assert [c.field for c in columns[2:]] == ["ami", "part", "part", "part"]
    columns = columns_of(table([*head, "Part État Reliquat"], *paid))
    assert [c.field for c in columns[2:]] == ["total", "ami", "ami", "carry_over"]
    head = ["Action", "Porteur"]
    off = [rows[0], ["Étude", "CCAS", "21 €", "-", "22 €"]]
    columns = columns_of(table([*head[:2], *parts, "Subvention de l'État"], *off))
    assert [c.field for c in columns[2:]] == [None, None, "ami"]
    columns = columns_of(table([*head[:2], "Versement", "Solde 2030", "Subvention État"], *rows))
    assert [c.field for c in columns[2:]] == ["part", "carry_over", "ami"]
    columns = columns_of(table([*head[:2], "MJC", "Solde 2030", "Subvention État"], rows[0]))
    assert [c.field for c in columns[2:]] == [None, "carry_over", "ami"]
    rows[0][2:], rows[1][2:] = ["50 €", "40 €", "10 €"], ["22 €", "20 €", "2 €"]
    head = ["Action", "Porteur", "AMI 2031", "dont reliquat 2030", "Versement 2031"]
    fields = ["ami", "carry_over", "part"]
    rows[0][3] = "40 €"
    assert [c.field for c in columns_of(table(head, *rows))[2:]] == fields


def test_the_cost_is_the_one_that_is_paid_before_tax_or_with_it() -> None:
    head = ["Action", "Porteur", "Dépense HT", "Dépense TTC", "Subvention État", "Part Ville"]
    rows = [["Bail", "MJC", "40 €", "48 €", "30 €", "10 €"], ["Halte", "MJC", *["9 €"] * 3, ""]]
    columns = columns_of(table(head, *rows))
    assert [c.field for c in columns[2:4]] == ["total_cost", "part"]
    rows[0][5] = "18 €"
    columns = columns_of(table(head, *rows))
    assert [c.field for c in columns[2:4]] == ["part", "total_cost"]


def test_what_is_needed_is_what_was_left_and_what_is_paid() -> None:
    head = ["AMI à reporter sur 2031", "Besoin AMI 2031", "Versement AMI 2031"]
    rows = [["Bail", "Ville", "10 €", "50 €", "40 €"], ["Halte", "CCAS", "", "9 €", "9 €"]]
    columns = columns_of(table(["Action", "Porteur", *head], *rows))[2:]
    assert [c.field for c in columns] == ["carry_over", "total", "ami"]
    rows[0][3] = "51 €"
    columns = columns_of(table(["Action", "Porteur", *head], *rows))[2:]
    assert [c.field for c in columns] == ["carry_over", "ami", "ami"]


def test_what_became_of_the_parts_of_an_earlier_grant() -> None:
    head = ["Contribution État 2030", "Dont utilisée", "Dont conservée", "Contribution État 2031"]
    rows = [["Bail", "Ville", "50 €", "40 €", "10 €", "45 €"], ["Halte", "CCAS", *["9 €"] * 2]]
    columns = columns_of(table(["Action", "Porteur", *head], *rows))[3:5]
    assert [(c.stage, c.funder, c.exercise) for c in columns] == [
        ("spent", "AMI", "2030"),
        ("carry_over", "AMI", "2030"),
    ]


def test_by_how_much_a_sum_changes_is_no_sum() -> None:
    head = ["Action", "Porteur", "Part État avant avenant", "Mouvement", "Part État après avenant"]
    rows = [
        ["Maraudes", "Ville", "20 €", "+ 8 €", "28 €"],
        ["Étude", "CCAS", "5 €", "- 5 €", "0 €"],
    ]
    fields = [c.field for c in columns_of(table(head, *rows))[2:]]
    assert fields == ["ami_previous", "change", "ami"]
    rows[0][3] = "+ 9 €"
    assert columns_of(table(head, *rows))[3].field is None
    head[2:] = ["Subvention AMI 2031", "Montant à reverser", "Dépensé 2031"]
    rows = [["Maraudes", "Ville", "40 €", "2 €", "38 €"], ["Étude", "CCAS", "30 €", "-", "30 €"]]
    assert columns_of(table(head, *rows))[3].field == "change"


def test_a_cost_stated_twice_is_one() -> None:
    annex = table(
        ["Action", "Total charges", "Produits État", "Produits CAF", "Total produits"],
        ["Maraudes", "9 000 €", "5 000 €", "4 000 €", "9 000 €"],
    )
    fields = [c.field for c in columns_of(annex)[1:]]
    assert fields == ["total_cost", "ami", "cofinancing", "total"]


@pytest.mark.parametrize(
    ("sums", "fields"),
    [
        (["10 000 €", "12 000 €"], ["ami", "total"]),
        (["12 000 €", "10 000 €"], ["ami", "ami"]),  # less than the grant alone
    ],
)
def test_a_grant_with_what_was_left_is_no_second_one(sums: list[str], fields: list[str]) -> None:
    head = ["Action", "Pilote", "AMI hors reliquat 2031", "AMI y compris reliquat 2031"]
    columns = columns_of(table(head, ["Bail glissant", "CCAS", *sums]))
    assert [c.field for c in columns[2:]] == fields
