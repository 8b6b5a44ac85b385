"""The sums of money cells and comments, with who pays and at which stage."""

from dataclasses import replace
from decimal import Decimal

import pytest
from documents import VOCABULARY

from normalizers.actions.funding import read_carry_over, read_sums
from normalizers.actions.headings import Column
from normalizers.funders import Funders

AMI = Column("ami", "granted", None, 1.0)
COFUNDING = Column("cofinancing", "granted", None, 1.0)
AS_WRITTEN = Funders(str, VOCABULARY.money)
NAMES = {"Ville": "Ville de Saint-Orme"}
FUNDERS = Funders(lambda name: NAMES.get(name, name), VOCABULARY.money)


def sums(column: Column, text: str, sources: tuple[str, ...] = (), context: str = ""):
    found = read_sums(
        column,
        context,
        text,
        sources,
        FUNDERS,
    )
    return [(s.funder, s.amount and int(s.amount)) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35 000 €", [("AMI", 35000)]),
        ("42500,50", [("AMI", 42500)]),
        ("0 €", [("AMI", 0)]),
        ("A préciser", [("AMI", None)]),
        ("########", [("AMI", None)]),
        ("#N/A", [("AMI", None)]),
        ("", []),
        ("-", []),
        ("s.o.", []),
        ("N.C.", []),
        ("Néant", []),
        ("Sans objet", []),
        ("Non financée en 2023 au titre de l'AMI", []),
        ("Hors AMI", []),
        ("Non retenue", []),
        ("Sans financement dédié en 2024", []),
    ],
)
def test_ami(text: str, expected: list) -> None:
    assert sums(AMI, text) == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("70 000 € (2030)\n65 000 € (2031)", ["2030", "2031"]),
        ("70 000 € en 2030, 65 000 € en 2031", ["2030", "2031"]),
        ("2030 : 70 000 € / 2031 : 65 000 €", ["2030", "2031"]),
        ("70 000 € en 2030, 65 000 € ensuite", [None, None]),
        ("70 000 € (2030) et 65 000 € (2030)", [None, None]),
    ],
)
def test_sums_of_several_years_in_one_cell(text: str, years: list[str | None]) -> None:
    found = read_sums(AMI, "", text, (), AS_WRITTEN)
    assert [(s.amount, s.exercise) for s in found] == list(zip((70000, 65000), years, strict=True))


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Département : 15 000 € (2030)", "2030"),
        ("15 000 € en 2030", "2030"),
        ("15 000 € (2030-2032)", "2030-2032"),
        ("15 000 € (2030 et 2031)", None),
        ("15 000 €, dont un poste (2030)", None),
    ],
)
def test_the_year_behind_the_only_sum_of_a_cell_is_its_own(text: str, year: str | None) -> None:
    (one,) = read_sums(AMI, "", text, (), AS_WRITTEN)
    assert (one.amount, one.exercise) == (15000, year)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "20 000 € + 5 500 € de reliquat 2030",
            [("granted", None, 20000), ("carry_over", "2030", 5500)],
        ),
        ("3 000 € (report 2030)", [("carry_over", "2030", 3000)]),
        (
            "Crédits nouveaux : 9 000 €\nReliquat 2030 : 1 000 €",
            [("granted", None, 9000), ("carry_over", "2030", 1000)],
        ),
        ("9 000 € hors reliquat", [("granted", None, 9000)]),
    ],
)
def test_what_was_left_over_beside_what_is_new(
    text: str, expected: list[tuple[str, str | None, int]]
) -> None:
    found = read_sums(AMI, "", text, (), AS_WRITTEN)
    assert [(s.stage, s.exercise, s.amount) for s in found] == expected


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        ("30 000 €", (), [(None, 30000)]),
        ("30 000 € (Ville)", (), [("Ville de Saint-Orme", 30000)]),
        ("30 000 €", ("Ville",), [("Ville de Saint-Orme", 30000)]),
        ("30 000 €", ("Ville, Région",), [("Ville, Région", 30000)]),
        (
            "9 000 € + 7 000 €",
            ("Ville ; Région",),
            [("Ville de Saint-Orme", 9000), ("Région", 7000)],
        ),
        (
            "9 000 € / 7 000 €",
            ("Ville / Région",),
            [("Ville de Saint-Orme", 9000), ("Région", 7000)],
        ),
        ("9 000 € + 7 000 €", ("Ville",), [(None, 9000), (None, 7000)]),
        ("75000 (dont 23 000 pour un chantier) (Ville)", (), [("Ville de Saint-Orme", 75000)]),
        ("En cours de négociation", ("Ville",), [("Ville de Saint-Orme", None)]),
    ],
)
def test_cofunding(text: str, sources: tuple[str, ...], expected: list) -> None:
    assert sums(COFUNDING, text, sources) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 000 € (demandés)", [(None, "requested")]),
        ("CAF (sollicitée) : 4 000 €", [("CAF", "requested")]),
        ("CAF (demande en cours) 4 000 €", [("CAF", "requested")]),
        ("4 000 € (CAF, sollicitée)", [("CAF", "requested")]),
        (
            "Caisse : 5 000 € (acquis), CAF : 4 000 € (sollicité)",
            [("Caisse", "granted"), ("CAF", "requested")],
        ),
        (
            "CAF : 4 000 € (sollicité) ; Caisse : 5 000 €",
            [("CAF", "requested"), ("Caisse", "granted")],
        ),
        ("CAF : 4 000 € (demandeurs d'asile)", [("CAF", "granted")]),
        ("CAF 4 000 € (en attente)", [("CAF", "requested")]),
        ("CAF 4 000 € (à confirmer)", [("CAF", "requested")]),
        ("CAF 4 000 € (à rechercher)", [("CAF", "requested")]),
        (
            "Caisse : 5 000 € ; CAF : 4 000 € (non notifié)",
            [("Caisse", "granted"), ("CAF", "requested")],
        ),
        ("3 000 € (sous réserve de l'accord de la CAF)", [(None, "granted")]),
    ],
)
def test_what_a_cell_says_to_be_asked_for_is_not_granted(text: str, expected: list) -> None:
    found = read_sums(COFUNDING, "", text, (), AS_WRITTEN)
    assert [(s.funder, s.stage) for s in found] == expected


def test_by_how_much_a_sum_changes_is_no_sum() -> None:
    found = read_sums(COFUNDING, "", "CAF 5 000 € ; Renforcée (+ 6 000 €)", (), AS_WRITTEN)
    assert [(s.funder, s.amount) for s in found] == [("CAF", 5000), (None, None)]


@pytest.mark.parametrize(
    ("unit", "text", "expected"),
    [
        (1000, "Ville 20 ; Anah 15,5", [("Anah", 15500), ("Ville de Saint-Orme", 20000)]),
        (1000, "CCAS 18 ; FNAVDL 10", [("CCAS", 18000), ("FNAVDL", 10000)]),
        (1000, "CAF 13 ; Anah 15,5", [("Anah", 15500), ("CAF", None)]),
        (1000, "Conseil départemental 83", [("Conseil départemental", None)]),
        (1, "Ville 800 ; Anah 15 500", [("Anah", 15500), ("Ville de Saint-Orme", None)]),
        (1, "CAF 500 ; Anah 15 500", [("Anah", 15500), ("CAF", None)]),
        (1, "CD 13 ; Anah 15 500", [("Anah", 15500)]),
        (1, "BOP 177 ; Anah 15 500", [("Anah", 15500)]),
        (1, "cf. action 3", [(None, None)]),
    ],
)
def test_a_bare_number_behind_a_name(unit: int, text: str, expected: list) -> None:
    assert sums(replace(COFUNDING, unit=unit), text) == expected


def test_what_can_be_read_in_two_ways_has_no_amount_and_a_flag() -> None:
    (one,) = read_sums(AMI, "", "entre 10 000 et 15 000 €", (), AS_WRITTEN)
    assert (one.amount, one.flag) == (None, "range")


@pytest.mark.parametrize("text", ["idem", "»"])
def test_a_sum_told_by_another_row_is_not_copied(text: str) -> None:
    (one,) = read_sums(AMI, "", text, (), AS_WRITTEN)
    assert (one.amount, one.flag) == (None, "repeated")


@pytest.mark.parametrize("text", ["####", "#N/A"])
def test_a_number_that_a_spreadsheet_did_not_print_is_in_doubt(text: str) -> None:
    (one,) = read_sums(AMI, "", text, (), AS_WRITTEN)
    assert (one.amount, one.flag) == (None, "unread_number")


def test_parts_that_do_not_make_the_total_are_flagged() -> None:
    found = read_sums(COFUNDING, "", "5 000 € + 3 000 € = 9 000 €", (), AS_WRITTEN)
    assert [(s.amount, s.flag) for s in found] == [
        (Decimal(5000), "total_differs"),
        (Decimal(3000), "total_differs"),
    ]


def test_the_wording_around_says_whose_the_planned_sums_are() -> None:
    planned = Column("planned", "planned", "2025", 1.0)
    assert sums(planned, "4 000 €", context="2025 prévu – total financement AMI") == [("AMI", 4000)]
    assert sums(planned, "4 000 €", context="2025 prévu") == [(None, 4000)]
    named = sums(planned, "MSA : 4 000 € ; Ville : 500 €", context="2025 prévu, crédits AMI")
    assert named == [("MSA", 4000), ("Ville de Saint-Orme", 500)]
    assert sums(planned, "Personnel : 4 000 €", context="2025 prévu") == [(None, 4000)]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Reliquat de 55 000 euros", [55000]),
        ("Reliquats : 12 000 € et report de 3 000 €. Bilan en mai.", [12000, 3000]),
        ("dont 7 500 € de reliquat 2023", [7500]),
        ("7 500 € reportés sur 2025", []),
        ("Financement de 50 000 euros pour la Ville", []),
        ("Pas de reliquat. Subvention de 9 000 €", []),
        ("", []),
    ],
)
def test_reliquats_of_a_comment(comment: str, expected: list[int]) -> None:
    assert [int(s.amount) for s in read_carry_over(comment) if s.amount] == expected


@pytest.mark.parametrize(
    ("text", "left", "year"),
    [
        ("52 000 € (dont 11 500 € de reliquat)", 11500, "2025"),
        ("52 000 € dont 11 500 € issus du reliquat 2024", 11500, "2024"),
        ("52 000 (dont report 2024 : 11 500)", 11500, "2024"),
        ("52 000 € dont 40 500 € de crédits nouveaux et 11 500 € de reliquat", 11500, "2025"),
    ],
)
def test_what_was_left_is_a_part_of_what_is_granted(text: str, left: int, year: str) -> None:
    granted = Column("ami", "granted", "2025", 1.0)
    found = read_sums(granted, "", text, [], AS_WRITTEN)
    assert [(s.funder, s.stage, s.amount, s.exercise) for s in found] == [
        ("AMI", "granted", 52000, "2025"),
        ("AMI", "carry_over", left, year),
    ]


def test_another_part_of_a_grant_is_no_reliquat() -> None:
    granted = Column("ami", "granted", "2025", 1.0)
    (one,) = read_sums(granted, "", "52 000 € (dont 11 500 € pour le CCAS)", [], AS_WRITTEN)
    assert one.amount == 52000


def test_a_reliquat_is_of_the_year_behind_it() -> None:
    (one,) = read_carry_over("* dont 7 500 € de reliquat 2023")
    assert (one.stage, one.exercise) == ("carry_over", "2023")


@pytest.mark.parametrize(
    "text",
    [
        "52 000 € (AMI : 30 000 € ; Ville : 13 000 €)",  # who pays the rest?
        "52 000 € (30 000 € + 22 000 €)",
        "52 000 € (2 ETP)",
    ],
)
def test_a_cost_is_one_sum(text: str) -> None:
    assert sums(Column("total_cost", "total_cost", None, 1.0), text) == [(None, 52000)]


def test_several_sums_of_which_one_is_the_amis_are_no_costs() -> None:
    cost = Column("total_cost", "total_cost", None, 1.0)
    assert sums(cost, "AMI : 30 000 € – Le Toit : 10 000 €") == [(None, None), (None, None)]
    assert sums(cost, "Personnel : 48 000 €\nFrais : 2 000 €") == [(None, 48000), (None, 2000)]


def test_what_is_left_beside_those_who_pay_is_nobodys_grant() -> None:
    found = read_sums(
        COFUNDING,
        "",
        "Ville : 6 000 €\nReport 2030 : 3 000 €",
        (),
        AS_WRITTEN,
    )
    assert [(s.funder, s.stage, s.exercise) for s in found] == [
        ("Ville", "granted", None),
        (None, "carry_over", "2030"),
    ]
