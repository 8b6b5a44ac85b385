"""The summary's figures are the database's."""

from pathlib import Path

import pytest

from pipeline.query import QueryError
from pipeline.summary import SHOWN, summary
from tests.pipeline.world import World


def test_summary_of_a_territory(database: Path) -> None:
    text = summary(database)
    assert text.startswith("Lu : 2 document(s), 18 page(s), 7 articles, 3 tableaux, 13 actions.\n")
    assert (
        "2023-2024 : 7 actions, dont 4 financées – AMI 258 000 €, cofinancements 88 000 €." in text
    )
    assert "Lié : 6 lien(s) entre exercices : 6 par le rapprochement" in text
    assert "2024-2025 : 1 nouvelle(s), 1 poursuivie(s), 1 divisée(s), 1 fusionnée(s)" in text
    assert "1 paire(s) à relire" in text
    assert "Contredit : 0 erreur(s), 0 contradiction(s) à vérifier" in text
    assert f"Base : {database}" in text


def test_report_is_named_when_it_exists(database: Path, tmp_path: Path) -> None:
    report = tmp_path / "index.html"
    assert "Rapport" not in summary(database, report)
    report.touch()
    assert f"Rapport : {report}" in summary(database, report)


def test_long_lists_are_cut_short(tmp_path: Path) -> None:
    world = World()
    for number in range(SHOWN + 3):
        world.act(f"act-{number:02}", signed_on=None)
    database, _ = world.load(tmp_path)
    lines = summary(database).splitlines()
    assert sum("date de signature" in line for line in lines) == SHOWN
    assert "  … et 3 de plus : « filiation query open_findings »." in lines


def test_no_database(tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        summary(tmp_path / "absent.duckdb")
