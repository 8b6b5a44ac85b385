"""Sums of a cell that several actions share."""

from decimal import Decimal

import pytest

from normalizers.actions.action_rows import read_actions
from normalizers.actions.shared import without_shared_sums
from tests.normalizers.tables import part, table


@pytest.mark.parametrize(
    ("said", "shared", "amounts"),
    [
        ("99 500 €\n41 000 €", True, {None}),
        ("99 500 €\n41 000 €", False, {Decimal(99_500), Decimal(41_000)}),
        ("99 500 €", True, {None}),
        ("0 €", True, {Decimal(0)}),
    ],
    ids=["two for two actions", "two for one action", "one for two actions", "nothing for two"],
)
def test_sums_that_may_be_one_action_s_each(
    said: str, shared: bool, amounts: set[Decimal | None]
) -> None:
    of = table(
        ("Action", "Pilote", "Crédits AMI"), ("Accueil", "Ville", said), ("Bail", "CCAS", said)
    )
    first, second = of.rows
    if shared:
        place = first.cells[2].place
        cells = [*second.cells[:2], second.cells[2].model_copy(update={"place": place})]
        of = of.model_copy(update={"rows": [first, second.model_copy(update={"cells": cells})]})
    asked = part(of)
    rows = without_shared_sums(
        read_actions(asked.table, asked.columns, asked.vocabulary, asked.funders)
    )
    assert {one.amount for one, _ in rows[1].sums} == amounts
    assert {one.flag for one, _ in rows[1].sums} == ({"shared"} if amounts == {None} else {None})
