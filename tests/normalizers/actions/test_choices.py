"""Columns in which a cross says what their heading says."""

from typing import NamedTuple

import pytest
from documents import VOCABULARY

from normalizers.actions.action_rows import read_actions
from normalizers.statuses import read_status
from pipeline.extracted import ExtractedTable, PlacedText
from tests.normalizers.tables import part, table


class Told(NamedTuple):
    status: str | None
    pilot: str | None


def told(columns: tuple[str, ...], *rows: tuple[str, ...]) -> list[Told]:
    of = part(table(columns, *rows))
    actions = read_actions(of.table, of.columns, of.vocabulary, of.funders)
    return [Told(a.texts.get("status"), a.texts.get("pilot")) for a in actions]


STATES = ("À lancer", "En cours", "Terminée")


@pytest.mark.parametrize("over", ["", "État d'avancement "])
def test_the_state_whose_column_is_crossed(over: str) -> None:
    columns = ("Action", "Pilote", *(over + state for state in STATES), "Crédits AMI")
    rows = [
        ("Plateforme", "Ville", "", "X", "", "40 000 €"),
        ("Captation", "CCAS", "x", "", "", "20 000 €"),
        ("Étude", "CCAS", "", "", "", "5 000 €"),
    ]
    assert [t.status for t in told(columns, *rows)] == ["En cours", "À lancer", None]


@pytest.mark.parametrize(("yes", "no"), [("☒", "☐"), ("X", "☐"), ("[x]", "[ ]"), ("oui", "non")])
def test_an_empty_box_is_no_cross(yes: str, no: str) -> None:
    columns = ("Action", "Porteur", "Statut Nouvelle", "Statut Reconduite", "Crédits AMI")
    rows = [("Plateforme", "Ville", no, yes, "40 000 €"), ("Étude", "CCAS", yes, no, "5 000 €")]
    assert [t.status for t in told(columns, *rows)] == ["Reconduite", "Nouvelle"]


def test_an_action_crossed_under_two_states_keeps_both_and_has_none() -> None:
    columns = ("Action", "Pilote", *STATES, "Crédits AMI")
    (twice,) = told(columns, ("Captation", "CCAS", "", "X", "X", "20 000 €"))
    assert twice.status == "☒ En cours\n☒ Terminée"
    assert read_status(twice.status, VOCABULARY.statuses) == "unknown"


def test_the_pilots_whose_columns_are_crossed() -> None:
    columns = ("Action", "Pilote DDETS", "Pilote Métropole", "Crédits AMI")
    rows = [("Plateforme", "X", "X", "40 000 €"), ("Captation", "", "X", "20 000 €")]
    assert [t.pilot for t in told(columns, *rows)] == ["DDETS\nMétropole", "Métropole"]


def test_crosses_under_headings_that_ask_nothing_known_are_left() -> None:
    columns = ("Action", "Pilote", "Nord", "Sud", "Crédits AMI")
    of = part(table(columns, ("Plateforme", "Ville", "X", "", "40 000 €")))
    assert [c.option for c in of.columns] == [None] * 5


def _with_notes(plain: ExtractedTable, *told: str) -> ExtractedTable:
    """`plain`, each cell of which has these notes."""
    place = plain.rows[0].cells[0].place
    notes = [PlacedText(text=said, place=place) for said in told]
    rows = [
        row.model_copy(update={"cells": [c.model_copy(update={"notes": notes}) for c in row.cells]})
        for row in plain.rows
    ]
    return plain.model_copy(update={"rows": rows})


def test_signs_that_a_legend_explains_tell_pilots_from_partners() -> None:
    plain = table(
        ("Action", "Ville", "Bailleurs", "Associations", "Crédits AMI"),
        ("Captation", "●", "", "○ Le Toit", "20 000 €"),
        ("Résidence", "", "● Orme Habitat", "○", "22 500 €"),
    )
    for read, pilots, partners in (
        (
            _with_notes(plain, "● = pilote", "○ = partenaire"),
            ["Ville", "Orme Habitat"],
            ["Le Toit", "Associations"],
        ),
        (
            _with_notes(plain, "● = pilote", "○ = en appui"),
            ["Ville", "Orme Habitat"],
            ["Le Toit", "Associations"],
        ),
        (plain, ["○ Le Toit", "○"], [None, None]),
    ):
        of = part(read)
        found = list(read_actions(of.table, of.columns, of.vocabulary, of.funders))
        assert [a.texts.get("pilot") for a in found] == pilots
        assert [a.texts.get("partners") for a in found] == partners


@pytest.mark.parametrize(
    ("notes", "status"),
    [
        (["ligne verte = action reconduite"], "action reconduite"),
        (["ligne verte = action reconduite", "ligne rouge = action terminée"], None),
        (["ce fond = action reconduite"], "action reconduite"),
        (["ligne verte = portée par la Ville"], None),
        (["V = action reconduite"], None),
    ],
)
def test_the_colour_behind_a_row_tells_its_status(notes: list[str], status: str | None) -> None:
    of = part(table(("Action", "Crédits AMI"), ("Bail glissant", "5 000 €")))
    (row,) = of.table.rows
    here = [PlacedText(text=note, place=row.cells[0].place) for note in notes]
    cells = [row.cells[0].model_copy(update={"notes": here}), *row.cells[1:]]
    coloured = of.table.model_copy(update={"rows": [row.model_copy(update={"cells": cells})]})
    (action,) = read_actions(coloured, of.columns, of.vocabulary, of.funders)
    assert action.texts.get("status") == status


def test_the_colour_of_a_cell_without_a_word_tells_it_too() -> None:
    of = part(table(("Action", "Avancement", "Crédits AMI"), ("Bail glissant", "", "5 000 €")))
    (row,) = of.table.rows
    note = PlacedText(text="vert = terminée", place=row.cells[1].place)
    coloured = row.cells[1].model_copy(update={"notes": [note]})
    whole = row.model_copy(update={"cells": [row.cells[0], coloured, row.cells[2]]})
    annex = of.table.model_copy(update={"rows": [whole]})
    (action,) = read_actions(annex, of.columns, of.vocabulary, of.funders)
    assert action.texts["status"] == "terminée"
    assert action.other == {}
