"""The convention of Toulon: report on three years, roadmap and sheets in one document."""

from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.extract import extract_files
from pipeline.link import link
from pipeline.models import Action, Finding, Funding, Link, Mention
from pipeline.normalize import normalize
from pipeline.store import read_records

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "data/raw/tpm-convention-2024.pdf"
REFERENCE = ROOT / "data/reference"
OWN = "2024-2025"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Its actions by id, and its sums, mentions, links and findings."""
    home = tmp_path_factory.mktemp("toulon")
    extract_files({SOURCE.name: SOURCE}, home / "extracted")
    normalize(home / "extracted", REFERENCE, home / "normalized")
    link(home / "normalized", REFERENCE, home / "linked")
    actions = {a.action_id: a for a in read_records(Action, home / "normalized")}
    return (
        actions,
        read_records(Funding, home / "normalized"),
        read_records(Mention, home / "normalized"),
        read_records(Link, home / "linked"),
        read_records(Finding, home / "normalized"),
    )


def called(action):
    return f"{action.exercise} {action.reference}"


def test_only_actions_are_actions(read):
    actions, *_ = read
    assert Counter(a.exercise for a in actions.values()) == {
        "2021-2022": 12,
        "2022-2023": 7,
        "2023-2024": 11,
        "2024-2025": 25,
        "2026": 5,
        "2026-2027": 1,
    }


def test_ami_sums_are_those_of_the_documents_totals(read):
    _, funding, *_ = read
    ami = defaultdict(Decimal)
    for one in funding:
        if one.funder == "AMI" and one.amount_eur:
            ami[one.exercise, one.stage] += one.amount_eur
    assert ami == {
        ("2021-2022", "planned"): 330000,
        ("2021-2022", "spent"): 295000,
        ("2021-2022", "carry_over"): 35000,
        ("2022-2023", "planned"): 265000,
        ("2022-2023", "spent"): 250000,
        ("2023-2024", "planned"): 250000,
        ("2023-2024", "spent"): 265000,
        ("2024-2025", "requested"): 405500,
    }


@pytest.mark.parametrize(
    ("reference", "asked"),
    [
        ("FA 1 bis", 20000), ("FA 3", 30000), ("FA 4", 10000), ("FA 5", None),
        ("FA 5 adaptée", 22500), ("FA 7", 70000), ("FA 9", 75000), ("FA 17", 12000),
        ("FA 18", None), ("FA 20", 40000), ("FA 21", 36000), ("FA 22", 70000), ("FA 23", 20000),
        ("FA 24", 0),
    ],
)  # fmt: skip
def test_what_each_action_asks_of_the_ami(read, reference, asked):
    actions, funding, *_ = read
    (action,) = (a for a in actions.values() if (a.exercise, a.reference) == (OWN, reference))
    sums = [f.amount_eur for f in funding if f.action_id == action.action_id and f.funder == "AMI"]
    assert sums == ([] if asked is None else [asked])


@pytest.mark.parametrize(
    ("exercise", "reference", "status"),
    [
        ("2021-2022", "1", "done"),
        ("2022-2023", "13", "done"),
        ("2023-2024", "9", "in_progress"),
        ("2023-2024", "11", "planned"),
        (OWN, "FA 8", "done"),
        (OWN, "FA 10", "in_progress"),
        (OWN, "FA 11", "planned"),
        (OWN, "FA 5", "renewed"),
        (OWN, "FA 20", "planned"),
    ],
)
def test_status_of_an_action(read, exercise, reference, status):
    actions, *_ = read
    found = [a for a in actions.values() if (a.exercise, a.reference) == (exercise, reference)]
    assert [a.status for a in found] == [status]


def test_a_sheet_completes_its_line_of_the_roadmap(read):
    actions, *_ = read
    (action,) = (a for a in actions.values() if (a.exercise, a.reference) == (OWN, "FA 22"))
    assert (action.pilot_raw, action.funded) == ("MTPM", True)
    assert action.section and action.section.startswith("Axe 2")
    assert action.objective and action.objective.startswith("1. Mettre le jeune en sécurité")


def test_links_are_those_that_the_document_states(read):
    actions, _, _, links, _ = read
    found = {(called(actions[x.source_action_id]), called(actions[x.target_action_id]))
             for x in links}  # fmt: skip
    first, second, third = "2021-2022", "2022-2023", "2023-2024"
    assert found == {
        *((f"{first} {n}", f"{second} {n}") for n in (3, 7, 10, 13, 14, 15, 16)),
        *((f"{first} {n}", f"{third} {n}") for n in (5, 9)),
        *((f"{first} {n}", f"{OWN} FA {n}") for n in (1, 2)),
        *((f"{second} {n}", f"{third} {n}") for n in (3, 15)),
        *((f"{second} {n}", f"{OWN} FA {n}") for n in (7, 10, 14, 16)),
        *((f"{third} {n}", f"{OWN} FA {n}") for n in (3, 4, 5, 6, 8, 9, 11, 15)),
        (f"{first} 1", f"{third} 1'"),
        (f"{second} 13", f"{third} 13 bis"),
        (f"{third} 1'", f"{OWN} FA 1 bis"),
        (f"{third} 13 bis", f"{OWN} FA 13 Bis"),
        (f"{third} 5", f"{OWN} FA 5 adaptée"),
        (f"{second} 16", f"{OWN} FA 20"),
        (f"{third} 15", f"{OWN} FA 20"),
        (f"{second} 16", f"{OWN} FA 21"),
        (f"{third} 15", f"{OWN} FA 21"),
    }


@pytest.mark.parametrize(
    ("reference", "kind", "words"),
    [
        ("1", "ended", "ACTION TERMINEE"),
        ("10", "moved", "convention générale du Service HABITAT"),
        ("14", "moved", "Pacte des Solidarités"),
        ("15", "ended", "La convention est caduque"),
        ("FA 6", "moved", "portage FSL MTPM"),
        ("FA 13 Bis", "moved", "portage FSL MTPM"),
    ],
)
def test_ends_have_their_reason(read, reference, kind, words):
    actions, _, said, *_ = read
    quotes = [
        m.quote for m in said if actions[m.action_id].reference == reference and m.kind == kind
    ]
    assert any(words in quote for quote in quotes)


def test_what_moves_without_being_an_action_of_the_tables_is_said(read):
    *_, findings = read
    (quote,) = [f.message for f in findings if f.rule == "said_of_no_action"]
    assert "jeunes sans ressources (Pacte des Solidarités 2024-2027)" in quote
