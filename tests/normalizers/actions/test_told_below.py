"""Texts of an action across the table, below its row."""

import pytest
from documents import FUNDERS, VOCABULARY, columns_of, row, table

from normalizers.actions.action_rows import read_actions
from pipeline.extracted import ExtractedRow

HEAD = ["Pilote", "Action", "Crédits AMI"]
WIDE = {"spans_columns": 3}
LONG = "Une équipe de deux personnes visite les familles logées, et cherche avec elles un bail."


def actions_of(*below: str, first: str | None = None, last: tuple[str, str] = (HEAD[2], "5 000 €")):
    rows: list[ExtractedRow] = [row("section", first)] if first else []
    for i, text in enumerate(below, 1):
        rows += [row("body", "Ville", f"Maraudes {i}", last[1])]
        rows += [row("section", paragraph) for paragraph in text.splitlines()]
    of = table([*HEAD[:2], last[0]], *rows, row("total", "Total", "", "10 000 €"))
    columns = columns_of(of)
    return list(read_actions(of, columns, VOCABULARY, FUNDERS))


@pytest.mark.parametrize(
    ("below", "field", "told"),
    [
        (["Description : Équipe", "Description : Bail"], "description", ["Équipe", "Bail"]),
        (["Indicateurs : Baux", "", "Indicateurs : Nuits"], "indicators", ["Baux", None, "Nuits"]),
    ],
    ids=["below each", "below some"],
)
def test_a_named_text_across_the_table_is_of_the_row_above(below, field, told):
    actions = actions_of(*below, first="Axe 1")
    assert [a.texts.get(field) for a in actions] == told
    assert {a.section for a in actions} == {"Axe 1"}
    assert [a.index for a in actions] == [*range(1, len(below) + 1)]


def test_a_long_text_below_each_row_describes_it():
    actions = actions_of(LONG, LONG)
    assert [(a.texts["description"], a.section) for a in actions] == [(LONG, None)] * 2
    described = actions_of(LONG, LONG, last=("Description", "Équipe"))
    assert [(a.texts["comment"], a.section) for a in described] == [(LONG, None)] * 2


def test_a_sentence_below_a_row_tells_of_it_and_titles_stand_over_theirs():
    told = f"{LONG}\nLe recrutement d'un travailleur social est prévu en mars."
    first, second, third = actions_of("Axe 2", told, "", first="Axe 1")
    assert [a.section for a in (first, second, third)] == ["Axe 1", "Axe 2", "Axe 2"]
    assert [a.texts.get("description") for a in (first, second, third)] == [None, told, None]


def test_a_text_beside_cells_that_go_down_to_it_is_of_the_row_above():
    rows = [row("body", "Ville", f"Maraudes {i}", "En cours", "5 000 €", at=2 * i) for i in (1, 2)]
    beside = [
        ExtractedRow(
            kind="body",
            cells=[
                above.cells[0],
                above.cells[1].model_copy(update={"text": f"Description : {text}", **WIDE}),
            ],
        )
        for above, text in zip(rows, ("Équipe", "Bail"), strict=True)
    ]
    of = table(
        ["Pilote", "Action", "Statut", "Crédits AMI"], rows[0], beside[0], rows[1], beside[1]
    )
    columns = columns_of(of)
    actions = list(read_actions(of, columns, VOCABULARY, FUNDERS))
    told = [(a.index, a.texts["label"], a.texts["description"]) for a in actions]
    assert told == [(1, "Maraudes 1", "Équipe"), (3, "Maraudes 2", "Bail")]


@pytest.mark.parametrize(
    ("below", "first"),
    [
        (["Objectif : se loger", "Objectif : se former"], "Objectif : accéder"),
        (["Objectif 1 : se loger", "Objectif 2 : se former"], None),
        (["Axe 2", "Axe 3"], None),
        (["Description : Équipe", ""], None),
        ([LONG.rstrip("."), LONG.rstrip(".")], "Axe 1"),
        ([LONG, LONG], LONG),
    ],
    ids=["over the first row", "numbered", "no field", "once", "under a title", "all sentences"],
)
def test_titles_over_rows_are_not_of_the_row_above(below, first):
    _, second = actions_of(*below, first=first)
    assert set(second.texts) == {"pilot", "label"}
    assert second.section == below[0]
