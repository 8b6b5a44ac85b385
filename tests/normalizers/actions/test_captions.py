"""Cells that ask on their first line what they tell below it."""

import pytest
from documents import row
from documents import table as typed

from normalizers.actions.registry import read_parts
from tests.normalizers.tables import part

TITLE = "Action 1 : Bail glissant"
TOLD = "Un bail au nom de l'association, puis du ménage après douze mois"


def test_boxes_under_the_title_of_a_card_tell_what_their_captions_ask() -> None:
    boxes = (
        "Pilote\nCCAS",
        "Statut\nEn cours",
        "Financement AMI\n12 000 €",
        "Coût total\n20 000 €",
    )
    told = row("section", TOLD)
    wide = told.model_copy(
        update={"cells": [c.model_copy(update={"spans_columns": 4}) for c in told.cells]}
    )
    (one,) = read_parts([part(typed([""] * 4, (TITLE,), wide, boxes))])
    assert one.row.texts["pilot"] == "CCAS"
    assert one.row.texts["description"] == TOLD
    assert [(s.funder, s.stage, s.amount) for s, _ in one.row.sums] == [
        ("AMI", "planned", 12_000),
        (None, "total_cost", 20_000),
    ]


def test_boxes_may_ask_what_no_field_holds_where_all_of_the_table_ask() -> None:
    tall = row("body", "Association La Passerelle", "Public\nFamilles").cells[1]
    tall = tall.model_copy(update={"spans_rows": 2})
    first = row("body", "Pilote\nAssociation La Passerelle", tall.text)
    second = row("body", "Budget\nAMI : 12 000 €\nCAF : 3 000 €", "")
    boxes = [
        first.model_copy(update={"cells": [first.cells[0], tall]}),
        second.model_copy(update={"cells": [second.cells[0], tall]}),
        row("body", "Objectifs\nLoger", "Statut\nEn cours"),
    ]
    (one,) = read_parts([part(typed([""] * 2, *boxes, title=TITLE))])
    assert one.row.texts["pilot"] == "Association La Passerelle"
    assert one.row.other == {"Public": "Familles"}
    assert [(s.funder, s.amount) for s, _ in one.row.sums] == [("AMI", 12_000), ("CAF", 3_000)]


def test_boxes_in_one_column() -> None:
    boxes = [("Pilote\nCCAS",), ("Objectifs\nLoger",), ("Financement AMI\n9 000 €",)]
    (one,) = read_parts([part(typed([""], *boxes, title=TITLE))])
    assert one.row.texts["pilot"] == "CCAS"
    assert [(s.funder, s.amount) for s, _ in one.row.sums] == [("AMI", 9_000)]


def test_boxes_that_no_reader_knows_state_nothing() -> None:
    boxes = ("Statut\nEn cours", "Coût total\n20 000 €")
    assert read_parts([part(typed([""] * 2, boxes))]) == []


@pytest.mark.parametrize(
    "boxes",
    [
        ("Pilote\nCCAS", "Pilote\nVille", "Financement AMI\n12 000 €"),
        ("Pilote\nCCAS", "Bail\nglissant", "Financement AMI\n12 000 €"),
        ("Pilote", "Statut", "Financement AMI\n12 000 €"),
    ],
    ids=["twice the same", "one asks nothing", "told elsewhere"],
)
def test_no_captions(boxes: tuple[str, ...]) -> None:
    assert read_parts([part(typed([""] * 3, (TITLE,), boxes))]) == []
