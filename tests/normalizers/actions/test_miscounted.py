"""References of a scan that OCR took for something else."""

import pytest

from normalizers.actions.miscounted import IN_DOUBT, READ_AS
from normalizers.actions.parts import Part
from normalizers.actions.registry import read_parts
from tests.normalizers.tables import part, table


def numbered(read: str, confidence: float | None = 0.9) -> Part:
    """An annex whose references are those that `read` lists, between commas; those in brackets
    were read with doubt."""
    said = [r.strip() for r in read.split(",")]
    rows = [(r.strip("()"), f"Accueil de jour {i}", "1 000 €") for i, r in enumerate(said)]
    of = table(("N°", "Action", "Crédits AMI"), *rows)
    scanned = [
        row.model_copy(
            update={
                "cells": [
                    c.model_copy(update={"confidence": 0.4 if r[0] == "(" else confidence})
                    for c in row.cells
                ]
            }
        )
        for r, row in zip(said, of.rows, strict=True)
    ]
    return part(of.model_copy(update={"rows": scanned}))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("1, 2, 3, à, 5", "1, 2, 3, 4, 5"),
        ("1, 2, 3, 4, >, 6", "1, 2, 3, 4, 5, 6"),
        ("Al, A2, B1, B2", "A1, A2, B1, B2"),
        ("C1, C2, C3, Ca", "C1, C2, C3, C4"),
        ("FA 4, FA 5, FA G", "FA 4, FA 5, FA 6"),
        ("FAO1, FAO2, FA03, FA04, FAO5, FA06", "FA01, FA02, FA03, FA04, FA05, FA06"),
        ("1.1, 1.2, 2.l, 2.2", "1.1, 1.2, 2.1, 2.2"),
        ("3, 3 bis, 5, 6", "3, 3 bis, 5, 6"),
        ("1, 2, 3, A", "1, 2, 3, 4"),
        ("1, 2, 3, B", "1, 2, 3, B"),
        ("1, x, y, 4", "1, x, y, 4"),
        ("A, B, C, D", "A, B, C, D"),
    ],
)
def test_the_reference_that_is_due(read: str, meant: str) -> None:
    rows = [one.row.texts for one in read_parts([numbered(read)])]
    assert ", ".join(texts["reference"] for texts in rows) == meant
    mended = [texts[READ_AS] for texts in rows if READ_AS in texts]
    pairs = zip(read.split(", "), meant.split(", "), strict=True)
    assert mended == [one for one, other in pairs if one != other]


def test_what_no_scan_says_stays() -> None:
    rows = [one.row.texts for one in read_parts([numbered("1, 2, 3, à, 5", confidence=None)])]
    assert [texts["reference"] for texts in rows] == ["1", "2", "3", "à", "5"]


@pytest.mark.parametrize(
    ("read", "meant", "doubted"),
    [
        ("10, (41), 12, 13", "10, 11, 12, 13", ""),
        ("(a -), (- 7), 3, 4, 5", "1, 2, 3, 4, 5", ""),
        ("(LT), 1.2, 1.3, 1.4", "1.1, 1.2, 1.3, 1.4", ""),
        ("5, 6, (- -), 8, 9", "5, 6, 7, 8, 9", ""),
        ("1.1, (1.2), 2.1, 2.2", "1.1, 1.2, 2.1, 2.2", ""),
        ("FA 1, (FA2), FA 3, FA 4", "FA 1, FA2, FA 3, FA 4", ""),
        ("12, 13, (4), 15.", "12, 13, 14, 15.", ""),
        ("2, 5, (81), 9, 14", "2, 5, 81, 9, 14", "81"),
        ("1, 2, 3, (41)", "1, 2, 3, 41", "41"),
        ("(9), 3, 8", "9, 3, 8", "9"),
        ("G1, G2, 01, 02", "G1, G2, 01, 02", "01, 02"),
        ("01, 02, 03, 04", "01, 02, 03, 04", ""),
    ],
)
def test_a_reference_read_with_doubt(read: str, meant: str, doubted: str) -> None:
    rows = [one.row.texts for one in read_parts([numbered(read)])]
    assert ", ".join(texts["reference"] for texts in rows) == meant
    assert ", ".join(texts[IN_DOUBT] for texts in rows if IN_DOUBT in texts) == doubted
