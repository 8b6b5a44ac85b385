"""Cells that repeat the one above them."""

import pytest
from documents import FUNDERS, VOCABULARY, columns_of, row, table

from normalizers.actions.action_rows import read_actions

HEAD = ["Action", "Pilote", "Échéance", "Crédits AMI"]


@pytest.mark.parametrize("mark", ["Idem", "idem ci-dessus", "Id.", "»", '- " -', "''", "〃"])
def test_a_ditto_says_what_stands_above_it(mark):
    of = table(
        HEAD,
        row("body", "Maraudes", "CCAS", "juin 2031", "5 000 €"),
        row("body", "Bail glissant", mark, mark, "7 000 €"),
        row("section", "Axe 2"),
        row("body", "Étude", mark, "mai 2032", "idem"),
    )
    columns = columns_of(of)
    _, second, third = read_actions(of, columns, VOCABULARY, FUNDERS)
    assert (second.texts["pilot"], second.other["Échéance"]) == ("CCAS", "juin 2031")
    assert (third.texts["pilot"], third.sums[0][0].raw) == ("CCAS", "idem")
    assert of.rows[1].cells[1].text == mark


def test_the_first_row_repeats_nothing_and_a_name_is_no_ditto():
    of = table(HEAD, *(row("body", "Bail", who, "", "5 000 €") for who in ("Idem", "Ideem")))
    columns = columns_of(of)
    actions = read_actions(of, columns, VOCABULARY, FUNDERS)
    assert [a.texts["pilot"] for a in actions] == ["Idem", "Ideem"]


def pilots(head, *names):
    rows = [row("body", name, f"Bail {i}", "5 000 €") for i, name in enumerate(names)]
    of = table([*head, "Crédits AMI"], *rows)
    columns = columns_of(of)
    actions = read_actions(of, columns, VOCABULARY, FUNDERS)
    return [a.texts.get("pilot") for a in actions]


@pytest.mark.parametrize(
    ("names", "read"),
    [
        (["CCAS", "", "Toit", "", ""], ["CCAS", "CCAS", "Toit", "Toit", "Toit"]),
        (["CCAS", "", "Toit", "", "CCAS"], ["CCAS", None, "Toit", None, "CCAS"]),
        (["CCAS", "", "Toit", "Halte", "Veille"], ["CCAS", None, "Toit", "Halte", "Veille"]),
        (["", "CCAS", "", "Toit", ""], [None, "CCAS", None, "Toit", None]),
    ],
    ids=["sorted", "a name again", "one group", "none first"],
)
def test_the_pilots_that_rows_are_sorted_by_stand_over_them(names, read):
    assert pilots(["Pilote", "Action"], *names) == read
