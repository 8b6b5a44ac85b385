"""The summary's figures are the database's."""

import re
from pathlib import Path

import pytest

from pipeline.language import speak
from pipeline.models import Document
from pipeline.query import QueryError
from pipeline.summary import SHOWN, Summary, summary
from tests.pipeline.world import World


def test_summary_of_a_territory(database: Path) -> None:
    text = summary(database).as_text()
    assert text.startswith("Lu : 2 documents, 18 pages, 7 articles, 3 tableaux, 13 actions.\n")
    assert (
        "2023-2024 : 7 actions, dont 4 financées – AMI 258 000 €, cofinancements 88 000 €." in text
    )
    assert "Lié : 6 liens entre exercices : 6 par le rapprochement" in text
    assert "2024-2025 : 1 nouvelle, 1 poursuivie, 1 divisée, 1 fusionnée" in text
    assert "1 paire à relire" in text
    assert "Contredit : 0 erreur, 3 contradictions à vérifier" in text


def test_the_certificate_of_a_document_in_words() -> None:
    row = {
        "document_id": "act",
        "pages": 3,
        "pages_by_kind": {"prose": 2, "scan": 1},
        "characters_in_tables": 900,
        "characters_in_cells": 890,
        "annex_columns": 8,
        "columns_explained": 7,
        "totals_checked": 3,
        "totals_right": 2,
        "table_cells": 60,
        "cells_read_twice": 40,
        "agreement": 0.975,
        "figures_in_doubt": 1,
        "ocr_confidence": 0.913,
    }
    read = dict.fromkeys(("documents", "pages", "ocr_pages", "articles", "tables", "actions"), 0)
    linked = dict.fromkeys(("auto", "document", "human", "lineages", "to_review"), 0)
    findings = dict.fromkeys(("error", "warning", "info"), 0)
    text = Summary(read, [], linked, [], [row], findings, []).as_text()
    assert (
        "Prouvé :\n  act : 3 pages, 2 de texte, 1 sur image ; "
        "890 sur 900 caractères dans les cellules ; 7 sur 8 colonnes dans un champ ; "
        "2 sur 3 sommes totales exactes ; 40 sur 60 cellules à deux lecteurs, "
        "d'accord sur 97,5 % ; "
        "1 chiffre en doute ; OCR sûr à 91 %.\n"
    ) in text


def test_summary_in_english(database: Path) -> None:
    speak("en")
    text = summary(database).as_text()
    assert text.startswith("Read: 2 documents, 18 pages, 7 articles, 3 tables, 13 actions.\n")
    assert "2023-2024: 7 actions, of which 4 funded – AMI 258 000 €, cofunding 88 000 €." in text
    assert "2024-2025: 1 new, 1 continued, 1 split, 1 merged" in text
    assert "1 pair to review" in text
    assert not re.search(r"exercice|par le|financées|erreur", text)


def test_long_lists_are_cut_short(tmp_path: Path) -> None:
    world = World()
    for number in range(SHOWN + 3):
        act = world.act(f"act-{number:02}", signed_on=None)
        act.table([{"label": "Bail glissant", "ami": 12000}])
    database, _ = world.load(tmp_path)
    lines = summary(database).as_text().splitlines()
    assert sum("date de signature" in line for line in lines) == SHOWN
    assert "  … et 3 de plus : « filiation query open_findings »." in lines


def test_what_a_later_act_recalls_counts_once(tmp_path: Path) -> None:
    world = World()
    world.act("first", "2031", "t").table([{"label": "Bail glissant", "ami": 12000}])
    world.act("second", "2032", "t").table([{"label": "Bail glissant", "ami": 15000}])
    report = world.act("report", "2031", "t")
    report.table([{"label": "Bail glissant", "ami": 11000}])
    documents = world.records[Document]
    world.records[Document] = [  # the report belongs to the act of the year after
        d.model_copy(update={"exercise": "2032"}) if d.document_id == "report" else d
        for d in documents
    ]
    database, _ = world.load(tmp_path)
    text = summary(database).as_text()
    assert "2031 : 1 action, dont 1 financée – AMI 12 000 €" in text
    assert "2032 : 1 action, dont 1 financée – AMI 15 000 €" in text


def test_a_report_on_what_an_act_funds_counts_nothing_again(tmp_path: Path) -> None:
    world = World()
    world.act("avenant-2024", territory="Métropole").table([{"key": "a", "ami": 75000}])
    report = world.act("bilan-2024", territory="Métropole", kind="report")
    report.table([{"key": "b", "ami_previous": 75000, "spent": 60000}])
    database, _ = world.load(tmp_path)
    assert "1 action, dont 1 financée – AMI 75 000 €" in summary(database).as_text()


def test_no_database(tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        summary(tmp_path / "absent.duckdb")
