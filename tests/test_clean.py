"""No false alarms: acts that contradict nothing have no finding to check, from PDF to database."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.query import open_database

CLEAN = Path(__file__).parent / "clean"
REFERENCE = Path(__file__).parents[1] / "data/reference"
MONEY = {  # by act: AMI money, cofunding
    "bresles-avenant-2032": (Decimal("164000.00"), Decimal("75000.00")),
    "bresles-convention-2031": (Decimal("182500.50"), Decimal("125000.00")),
    "montfaucon-avenant-2032": (Decimal("250000.00"), Decimal("155000.00")),
    "montfaucon-convention-2031": (Decimal("255000.00"), Decimal("165000.00")),
    "rennes-convention-2031": (Decimal("143000.00"), Decimal("111000.00")),
}


@pytest.mark.parametrize("engine", ["chromium", "libreoffice"])
def test_clean_acts_have_nothing_to_check(engine: str, tmp_path: Path) -> None:
    report = build(CLEAN / engine, tmp_path, reference_dir=REFERENCE, jobs=2)
    assert report.exit_code == 0
    with open_database(tmp_path / "filiation.duckdb") as connection:

        def rows(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        query = "SELECT rule, document_id, message FROM finding WHERE severity <> 'info'"
        assert rows(query) == []
        assert {rule for (rule,) in rows("SELECT rule FROM finding")} == {
            "alias_unknown",  # four bodies that no reference holds
            "ended_without_reason",  # an action that the avenant does not take up
            "figure_doubtful",  # a range, which is no sum
            "sum_in_words",  # a cofunding still to be settled
        }
        query = "SELECT document_id, annex_ami, annex_cofinancing FROM document_money"
        assert {name: tuple(sums) for name, *sums in rows(query)} == MONEY
        query = "SELECT count(*), count(*) FILTER (is_right) FROM table_total"
        assert rows(query) == [(20, 19)]  # « dont reliquat » is a part of a total
        query = "SELECT count(*) FROM document WHERE signed_on IS NOT NULL AND siret IS NOT NULL"
        assert rows(query) == [(4,)]
        assert rows("SELECT DISTINCT iban_valid FROM document WHERE iban_masked IS NOT NULL") == [
            (True,)
        ]
