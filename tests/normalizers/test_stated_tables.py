from collections.abc import Sequence
from decimal import Decimal

import pytest
from documents import REFERENCE, VOCABULARY

from normalizers.stated_kinds import load_kinds
from normalizers.stated_tables import read_stated_table
from tests.normalizers.tables import table

KINDS = load_kinds(REFERENCE)
BY_YEAR = ["Exercice", "Montant de la subvention"]


@pytest.mark.parametrize(
    ("columns", "rows", "expected"),
    [
        (
            BY_YEAR,
            [["2023", "110 000 €"], ["2024", "90 000,50 €"], ["TOTAL", "200 000,50 €"]],
            [
                ("grant", "2023", "110000"),
                ("grant", "2024", "90000.50"),
                ("total", None, "200000.50"),
            ],
        ),
        (
            ["Année", "Part de l'État (k€)", "Part de la Ville (k€)"],
            [["2023", "110", "30"], ["2024", "90", "20"]],
            [
                ("grant", "2023", "110000"),
                ("grant", "2024", "90000"),
                ("other", "2023", "30000"),
                ("other", "2024", "20000"),
            ],
        ),
        (
            ["Financeur", "2023", "2024", "Total"],
            [
                ["Subvention de l'État", "110 000 €", "90 000 €", "200 000 €"],
                ["Subvention du Département", "7 000 €", "8 000 €", "15 000 €"],
            ],
            [
                ("grant", "2023", "110000"),
                ("grant", "2024", "90000"),
                ("total", None, "200000"),
                ("other", "2023", "7000"),
                ("other", "2024", "8000"),
                ("other", None, "15000"),
            ],
        ),
        (
            ["Exercice", "Subvention du Département"],
            [["2023", "5 €"], ["2024", "6 €"]],
            [("other", "2023", "5"), ("other", "2024", "6")],
        ),
        (BY_YEAR, [["2023", "110 000 €"], ["2024", "90 000 €"], ["TOTAL", "190 000 €"]], []),
        (BY_YEAR, [["2023", "110 000 €"], ["2024", "à définir"]], []),
        (
            ["Nature", "Montant"],
            [["Ingénierie", "30 000 €"], ["État (AMI)", "7 000 €"], ["Total", "37 000 €"]],
            [("other", "2031", "30000"), ("grant", "2031", "7000")],
        ),
        (
            ["Nature", "Montant"],
            [["Ingénierie", "30 000 €"], ["Captation", "7 000 €"], ["Total", "38 000 €"]],
            [],
        ),
        (["Nature", "Montant"], [["Ingénierie", "30 000 €"], ["Captation", "7 000 €"]], []),
        (
            ["Exercice", "Subvention"],
            [["2023-2027", "5 €"], ["2028", "6 €"], ["2029", "7 €"]],
            [],
        ),
        (["Financeur", "2023", "2024", "Part"], [["État", "5 €", "6 €", "11 €"]], []),
        (["Indicateur", "2023", "2024"], [["Ménages logés", "110", "120"]], []),
        (["Action", "Subvention"], [["Bail glissant", "9 000 €"], ["2024", "1 000 €"]], []),
    ],
)
def test_sums_by_exercise(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    expected: list[tuple[str, str | None, str]],
) -> None:
    found = read_stated_table(table(columns, *rows), KINDS, VOCABULARY.money, "2031")
    assert [(s.kind, s.exercise, s.amount) for s in found] == [
        (kind, exercise, Decimal(amount)) for kind, exercise, amount in expected
    ]
