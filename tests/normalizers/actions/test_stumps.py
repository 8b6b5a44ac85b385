"""Sums of a scan that may be what is left of longer ones."""

import pytest

from normalizers.actions.parts import Part
from normalizers.actions.registry import read_parts
from tests.normalizers.tables import part, table


def scanned(*rows: tuple[str, ...]) -> Part:
    """An annex of these rows that OCR read."""
    of = table(("Action", "Pilote", "Crédits AMI"), *rows)
    read = [
        row.model_copy(
            update={"cells": [c.model_copy(update={"confidence": 0.96}) for c in row.cells]}
        )
        for row in of.rows
    ]
    return part(of.model_copy(update={"rows": read}))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("15", False),
        ("CCAS : 15", False),
        ("500,00", False),
        ("1 000", True),
        ("4 500,00", True),
        ("0", True),
    ],
    ids=[
        "its beginning",
        "of a payer",
        "its end",
        "four digits",
        "less than others",
        "nothing",
    ],
)
def test_a_piece_of_a_sum(said: str, kept: bool) -> None:
    of = scanned(
        ("Accueil", "Ville", said),
        ("Bail", "CCAS", "24 500,00"),
        ("Veille", "CCAS", "31 000,00"),
    )
    (first, _), (second, _), _ = (one.row.sums[0] for one in read_parts([of]))
    assert second.amount == 24_500
    assert (first.amount is not None, first.flag) == (kept, None if kept else "stump")


@pytest.mark.parametrize("said", ["650,00", "650 €"])
def test_small_sums_beside_small_ones(said: str) -> None:
    of = scanned(("Accueil", "Ville", said), ("Bail", "CCAS", said))
    assert {one.row.sums[0][0].amount for one in read_parts([of])} == {650}


@pytest.mark.parametrize(("said", "kept"), [("900,00", False), ("950,00", True)])
def test_a_tenth_of_what_is_usual(said: str, kept: bool) -> None:
    of = scanned(("A", "B", said), ("Bail", "CCAS", "9 000,00"), ("Veille", "CCAS", "9 600,00"))
    assert (read_parts([of])[0].row.sums[0][0].amount is not None) is kept


def test_a_small_sum_of_another_table() -> None:
    small = scanned(("Accueil", "Ville", "650,00"), ("Bail", "CCAS", "800,00"))
    large = scanned(("Veille", "CCAS", "31 000,00"), ("Halte", "CCAS", "24 500,00"))
    sums = [one.row.sums[0][0].amount for one in read_parts([small, large])]
    assert sums == [650, 800, 31_000, 24_500]


def test_a_short_sum_on_no_scan() -> None:
    of = table(("Action", "Pilote", "Crédits AMI"), ("Bail", "CCAS", "15"), ("A", "B", "31 000"))
    assert read_parts([part(of)])[0].row.sums[0][0].amount == 15
