"""The summary's figures are the database's."""

import re
from pathlib import Path

import pytest

from pipeline.language import speak
from pipeline.query import QueryError
from pipeline.summary import SHOWN, summary
from tests.pipeline.world import World


def test_summary_of_a_territory(database: Path) -> None:
    text = summary(database).as_text()
    assert text.startswith("Lu : 2 document(s), 18 page(s), 7 articles, 3 tableaux, 13 actions.\n")
    assert (
        "2023-2024 : 7 actions, dont 4 financées – AMI 258 000 €, cofinancements 88 000 €." in text
    )
    assert "Lié : 6 lien(s) entre exercices : 6 par le rapprochement" in text
    assert "2024-2025 : 1 nouvelle, 1 poursuivie, 1 divisée, 1 fusionnée" in text
    assert "1 paire(s) à relire" in text
    assert "Contredit : 0 erreur(s), 0 contradiction(s) à vérifier" in text


def test_summary_in_english(database: Path) -> None:
    speak("en")
    text = summary(database).as_text()
    assert text.startswith("Read: 2 document(s), 18 page(s), 7 articles, 3 tables, 13 actions.\n")
    assert "2023-2024: 7 actions, of which 4 funded – AMI 258 000 €, cofunding 88 000 €." in text
    assert "2024-2025: 1 new, 1 continued, 1 split, 1 merged" in text
    assert "1 pair(s) to review" in text
    assert not re.search(r"exercice|par le|financées|erreur", text)


def test_long_lists_are_cut_short(tmp_path: Path) -> None:
    world = World()
    for number in range(SHOWN + 3):
        world.act(f"act-{number:02}", signed_on=None)
    database, _ = world.load(tmp_path)
    lines = summary(database).as_text().splitlines()
    assert sum("date de signature" in line for line in lines) == SHOWN
    assert "  … et 3 de plus : « filiation query open_findings »." in lines


def test_no_database(tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        summary(tmp_path / "absent.duckdb")
