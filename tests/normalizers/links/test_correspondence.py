"""Numbers that actions had before, as tables tell them."""

import pytest
from documents import table

from normalizers.links.correspondence import (
    ends_in_tables,
    formerly,
    references,
    said_in_tables,
)
from tests.normalizers.links.test_prose import action

ACTIONS = [action("1", "Coordination"), action("4", "Caravane")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A et B", ["A", "B"]),
        ("E (arrêtée en 2023)", ["E"]),
        ("Fiche 3 ; Fiche 4", ["Fiche 3", "Fiche 4"]),
        ("Nouvelle", []),
        ("—", []),
        ("A et le reste", []),
    ],
)
def test_references_alone(text: str, expected: list[str]) -> None:
    assert references(text) == expected


@pytest.mark.parametrize(
    "head",
    [
        ["Ancienne lettre (2031)", "Nouveau numéro (2032)"],
        ["Lettre 2031", "Numéro 2032"],
        ["Ancien", "Action"],
    ],
)
def test_a_table_of_correspondence_tells_origins(head: list[str]) -> None:
    rows = [["A et B", "1"], ["E (arrêtée en 2031)", "4"], ["F", "9"], ["G", "—"]]
    found = [(x.action, x.said.kind, x.said.reference) for x in said_in_tables(
        [table(head, *rows)], ACTIONS)]  # fmt: skip
    assert found == [
        (ACTIONS[0], "comes_from", "A"),
        (ACTIONS[0], "comes_from", "B"),
        (ACTIONS[1], "comes_from", "E"),
    ]


@pytest.mark.parametrize("numbers_of", ["N°", "Fiche", "Fiche action"])
def test_a_table_of_numbers_and_remarks_tells_origins_and_ends(numbers_of: str) -> None:
    rows = [["A.1", "1", "-"], ["A.2", "supprimée", "sur fonds propres"], ["-", "4", "création"]]
    numbers = table([f"{numbers_of} 2031", f"{numbers_of} 2032", "Observations"], *rows)
    (origin,) = said_in_tables([numbers], ACTIONS)
    assert (origin.action, origin.said.reference) == (ACTIONS[0], "A.1")
    assert [said.reference for said, _ in ends_in_tables([numbers])] == ["A.2"]
    sums = table(["Budget 2031", "Budget 2032", "Observations"], *rows)
    assert not [*said_in_tables([sums], ACTIONS), *ends_in_tables([sums])]


def test_a_table_of_names_tells_origins() -> None:
    head = ["Ancien intitulé", "Nouvel intitulé", "Décision"]
    rows = [
        ["Pilotage", "Coordination", "Renommée"],
        ["Observatoire", "Coordination", "Fusion"],
        ["Formation", "–", "Supprimée"],
        ["–", "Caravane", "Nouvelle"],
        ["Bus de nuit", "Camion", "Renommée"],
    ]
    found = [
        (x.action, x.said.kind, x.said.name) for x in said_in_tables([table(head, *rows)], ACTIONS)
    ]
    assert found == [
        (ACTIONS[0], "comes_from", "Pilotage"),
        (ACTIONS[0], "comes_from", "Observatoire"),
    ]


@pytest.mark.parametrize(
    ("head", "row", "ended"),
    [
        (["N° 2031", "N° 2032"], ["3 et 4", "Sans suite"], ["3", "4"]),
        (["N° 2031", "N° 2032"], ["3 (étude)", "Achevée"], ["3"]),
        (["N° 2031", "N° 2032"], ["3", "4 (achevée)"], []),
        (["N° 2031", "N° 2032"], ["3", "—"], []),
        (["Ancien intitulé", "Nouvel intitulé", "Décision"], ["Bus", "–", "Supprimée"], ["Bus"]),
        (["Ancien intitulé", "Nouvel intitulé", "Décision"], ["Bus", "Camion", "Supprimée"], []),
        (["Axe", "Action"], ["3", "Achevée"], []),
    ],
)
def test_a_table_of_correspondence_tells_ends(
    head: list[str], row: list[str], ended: list[str]
) -> None:
    found = [x.reference or x.name for x, _ in ends_in_tables([table(head, row)])]
    assert found == ended


def test_the_former_name_in_a_row() -> None:
    other = {"Ancien intitulé": "Bail glissant", "Ancien porteur": "CCAS", "Nom": "Autre"}
    assert [(s.kind, s.name) for s in formerly(other)] == [("comes_from", "Bail glissant")]


@pytest.mark.parametrize("head", [["Axe", "Action"], ["Lettre 2032", "Numéro 2032"]])
def test_another_table_tells_none(head: list[str]) -> None:
    assert not list(said_in_tables([table(head, ["A", "1"])], ACTIONS))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Fiche 6 de 2021, relancée", ["6"]),
        ("Ex-fiches 3 et 4 (réunies)", ["3", "4"]),
        ("Fiche 7 pour partie", ["7"]),
        ("Fiche 6 du PDALHPD", ["Fiche 6 du PDALHPD"]),  # a name, of no action
        ("Fiche 6 et un nouveau volet", ["Fiche 6 et un nouveau volet"]),
    ],
)
def test_what_a_column_of_origins_says_beside_a_number(text: str, told: list[str]) -> None:
    found = [s.reference or s.name for s in formerly({"Origine de l'action": text})]
    assert found == told


def test_the_former_number_in_a_row() -> None:
    other = {"Ancienne fiche": "01 et 02", "Ancien statut": "En cours", "Priorité": "2"}
    assert [(s.kind, s.reference) for s in formerly(other)] == [
        ("comes_from", "01"),
        ("comes_from", "02"),
    ]


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [("N° 2031", ["A"]), ("Réf. fiche (2031)", ["A"]), ("N° 2032", []), ("Cible 2031", [])],
)
def test_numbers_of_an_exercise_before(heading: str, numbers: list[str]) -> None:
    assert [s.reference for s in formerly({heading: "A"}, "2032")] == numbers
