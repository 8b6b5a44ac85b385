"""Sums of a scan that were hardly legible, and that a total proves."""

import pytest

from normalizers.actions.proved import proved_by_totals
from pipeline.extracted import ExtractedTable
from tests.normalizers.tables import table

DOUBTED = "?"  # after a text that OCR hardly could read


def scanned(*rows: tuple[str, str]) -> ExtractedTable:
    of = table(("Action", "Crédits AMI"), *rows)
    read = [
        row.model_copy(
            update={
                "cells": [
                    cell.model_copy(
                        update={
                            "text": cell.text.removesuffix(DOUBTED),
                            "confidence": 0.3 if cell.text.endswith(DOUBTED) else 0.96,
                            "place": cell.place.model_copy(update={"top": 20.0 * i}),
                        }
                    )
                    for cell in row.cells
                ]
            }
        )
        for i, row in enumerate(of.rows)
    ]
    return of.model_copy(update={"rows": read})


@pytest.mark.parametrize(
    ("rows", "proved"),
    [
        ([("a", "8750 €?"), ("b", "12 000 €"), ("TOTAL", "20 750 €")], [0]),
        ([("a", "8750 €?"), ("b", "12 000 €"), ("TOTAL", "20 150 €")], []),
        ([("a", "8750 €?"), ("b", "12 000 €"), ("TOTAL", "20 750 €?")], []),
        ([("a", "8750 €?"), ("TOTAL", "8 750 €")], []),
        ([("a", "8750 €?"), ("b", "12 000 €?"), ("TOTAL", "20 750 €")], []),
        (
            [
                ("a", "1 000 €"),
                ("b", "2 000 €"),
                ("TOTAL axe 1", "3 000 €"),
                ("c", "4 000 €?"),
                ("d", "500 €"),
                ("TOTAL axe 2", "4 500 €"),
            ],
            [3],
        ),
        (
            [
                ("a", "1 000 €?"),
                ("b", "2 000 €"),
                ("TOTAL axe 1", "?"),
                ("c", "4 000 €"),
                ("TOTAL général", "7 000 €"),
            ],
            [0],
        ),
    ],
    ids=[
        "its total",
        "another total",
        "a doubted total",
        "a total of one",
        "two that may compensate one another",
        "the total of a part",
        "the total of all",
    ],
)
def test_sums_that_a_total_proves(rows: list[tuple[str, str]], proved: list[int]) -> None:
    assert sorted(place.top / 20 for place in proved_by_totals(scanned(*rows))) == proved
