"""Actions on cards, one below the other in one table."""

from documents import row
from documents import table as typed

from normalizers.actions.cards import read_cards
from normalizers.actions.parts import Part
from normalizers.actions.registry import read_part
from pipeline.extracted import ExtractedRow
from tests.normalizers.tables import part

PILOTS = "Pilote", "Ville", "Statut", "En cours"
TEXTS = "Description", "Un bail au nom de l'association"
MONEY = "Financement AMI", "12 000 €", "Cofinancements", "-"


def cards(*rows: tuple[str, ...] | ExtractedRow, title: str = "") -> Part:
    return part(typed([""] * 4, *rows, title=title))


def test_a_title_and_what_is_asked_below() -> None:
    of = cards(
        ("Action 1 : Bail glissant",),
        PILOTS,
        TEXTS,
        MONEY,
        row("section", "Action 2 : Veille sociale", at=5),
        ("Pilote", "CCAS", "Statut", "En cours"),
        ("Description", "Une veille de nuit"),
        ("Financement AMI", "9 000 €", "Cofinancements", "CCAS : 5 000 €"),
        row("total", "Total", "", "", "21 000 €", at=9),
        title="Annexe 1 – Actions 2033-2034",
    )
    first, second = read_part(of)
    assert first.row.texts == {
        "reference": "1",
        "label": "Bail glissant",
        "pilot": "Ville",
        "status": "En cours",
        "description": "Un bail au nom de l'association",
    }
    assert [(s.funder, s.amount) for s, _ in first.row.sums] == [("AMI", 12_000)]
    assert second.row.texts["label"] == "Veille sociale"
    assert [(s.funder, s.amount) for s, _ in second.row.sums] == [("AMI", 9_000), ("CCAS", 5_000)]
    assert [one.row.index for one in (first, second)] == [2, 5]  # rows below the titles
    assert first.exercises == second.exercises == ["2033-2034"]


def test_a_sum_beside_a_title_is_nobody_s() -> None:
    (one,) = read_part(cards(("Action 1 : Bail glissant", "", "", "35 000 €"), PILOTS, TEXTS))
    assert not one.row.sums
    assert one.row.other == {"colonne 4": "35 000 €"}


def test_cells_that_ask_and_tell() -> None:
    of = cards(
        ("Action 1 : Bail glissant",),
        ("Pilote : Ville",),
        ("Crédits AMI 2034 : 12 000 €", "Cofinancements : CCAS : 5 000 € ; Ville : 1 000 €"),
        ("Action 2 : Veille sociale",),
        ("Pilote : CCAS – Partenaires : bailleurs – associations",),
        ("Crédits AMI 2034 : 9 000 €", "Coût total : 9 000 €"),
        row("total", "Total", "21 000 €", "", "", at=7),
    )
    first, second = read_part(of)
    assert first.row.texts == {"reference": "1", "label": "Bail glissant", "pilot": "Ville"}
    assert [(s.funder, s.amount) for s, _ in first.row.sums] == [
        ("AMI", 12_000),
        ("CCAS", 5_000),
        ("Ville", 1_000),
    ]
    assert second.row.texts["pilot"] == "CCAS"  # and not that of the table's first row
    assert second.row.other == {"Partenaires": "bailleurs – associations"}
    assert [(s.funder, s.amount) for s, _ in second.row.sums] == [("AMI", 9_000), (None, 9_000)]


def test_a_total_told_below_the_last_card_is_not_its_own() -> None:
    of = (
        ("Action 1 – Hébergement citoyen",),
        ("Pilote : Singa", "Objectif : Héberger", "AMI 2034 : 18 000 €"),
        ("Action 2 – Maraude logement",),
        ("Pilote : SDAT", "Objectif : Aller vers", "AMI 2034 : 41 250 €"),
    )
    first, last = read_part(cards(*of, ("Total AMI 2034 : 59 250 €",)))
    assert [s.amount for s, _ in first.row.sums] == [18_000]
    assert [s.amount for s, _ in last.row.sums] == [41_250]
    *_, last = read_part(cards(*of[:3], ("Pilote : SDAT", "Objectif : Loger", "Total : 9 000 €")))
    assert [s.amount for s, _ in last.row.sums] == [9_000]  # its only sum


def test_no_cards() -> None:
    title = ("Action 1 : Bail glissant",)
    assert read_cards(cards(PILOTS, TEXTS, MONEY)) is None  # nothing names the action
    assert read_cards(cards(title, PILOTS, TEXTS, PILOTS, TEXTS)) is None  # a title is missed
    assert read_cards(cards(title, ("Description", "Un bail"))) is None  # it asks too little
    assert read_cards(cards(("Action 1 : Bail", "Ville", "", "35 000 €"), PILOTS, TEXTS)) is None


def test_the_title_may_stand_above_and_a_text_below_across() -> None:
    told = row("body", "Douze baux dans l'année", at=4)
    told = told.model_copy(
        update={"cells": [told.cells[0].model_copy(update={"spans_columns": 2})]}
    )
    of = part(
        typed(
            [""] * 2,
            ("Pilote", "Ville"),
            row("total", "Coût total", "20 000 €", at=2),
            ("Part AMI", "12 000 €"),
            told,
            title="Action 3 – Bail glissant",
        )
    )
    (card,) = read_part(of)
    assert card.row.texts == {
        "reference": "3",
        "label": "Bail glissant",
        "pilot": "Ville",
        "description": "Douze baux dans l'année",
    }
    assert {(s.funder, s.stage, s.amount) for s, _ in card.row.sums} == {
        (None, "total_cost", 20_000),
        ("AMI", "planned", 12_000),
    }
