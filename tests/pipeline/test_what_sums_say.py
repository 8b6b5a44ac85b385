"""What queries answer where an analyst could print a wrong figure: sums of two years held against
those of one, what a report asks or recalls, an avenant that states a part of an exercise."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.answers import run_query
from tests.pipeline.test_same_exercise import FIRST, RAISED, amended
from tests.pipeline.test_two_years import TWO_YEARS, for_two_years
from tests.pipeline.world import World


def changes(database: Path) -> list[tuple[Any, ...]]:
    found = run_query(database, "funding_changes", {})
    wanted = ("label", "previous_exercise", "previous_ami", "exercise", "ami", "change")
    return [tuple(row[found.columns.index(name)] for name in wanted) for row in found.rows]


def test_sums_by_year_are_held_against_one_year(tmp_path: Path) -> None:
    world = World()
    world.act("eins", "2023", territory="T").table(
        [{"key": "1", "label": "Action 1", "ami": 40_000}]
    )
    for_two_years(world, "un", {"1": TWO_YEARS["1"]})
    world.link("eins#1", "un#1")
    world.act("trois", "2026", territory="T").table(
        [{"key": "1", "label": "Action 1", "ami": 45_000}]
    )
    world.link("un#1", "trois#1")
    database, _ = world.load(tmp_path)
    one, two = Decimal(40_000), Decimal(45_000)
    assert changes(database) == [("Action 1", "2024", one, "2025", two, Decimal(5_000))]


def test_what_follows_a_sum_that_is_not_legible_is_no_gain(tmp_path: Path) -> None:
    world = World()
    for document_id, year, ami in (("eins", "2023", None), ("zwei", "2024", 45_000)):
        world.act(document_id, year, territory="T").table([{"key": "1", "label": "A", "ami": ami}])
    world.link("eins#1", "zwei#1")
    database, _ = world.load(tmp_path)
    assert changes(database) == []


@pytest.fixture
def reported(tmp_path: Path) -> Path:
    world = World()
    row = {"key": "1", "label": "Maraude", "organisation": "CCAS"}
    world.act("acte", "2023", territory="T").table([{**row, "ami": 40_000}])
    bilan = world.act("bilan", "2023", territory="T", kind="report")
    bilan.table(
        [{**row, "ami_previous": 40_000, "spent": 36_000, "requested": 44_000, "status": "done"}]
    )
    world.lineages["bilan#1"] = "acte#1"
    return world.load(tmp_path)[0]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT sum(actions), sum(ami) FROM pilot_share", (1, 40_000)),
        ("SELECT sum(sums), sum(amount_eur) FROM funder_share", (1, 40_000)),
        ("SELECT count(*), sum(ami_total) FROM funding_lineage", (1, 40_000)),
        ("SELECT requested, spent FROM lineage_follow_up", (44_000, 36_000)),
        ("SELECT status, ami FROM action_continuity", ("done", 40_000)),
    ],
)
def test_a_report_recalls_what_an_act_pays_and_what_it_asks_nobody_pays(
    reported: Path, query: str, expected: tuple[Any, ...]
) -> None:
    assert run_query(reported, query).rows == [expected]


def test_an_avenant_for_a_part_of_the_exercise_lacks_nothing(tmp_path: Path) -> None:
    database = amended(tmp_path, [RAISED], [105_000])
    query = "SELECT annex_ami, exercise_ami, difference FROM funding_by_territory ORDER BY 1"
    sums = sum(row["ami"] for row in FIRST)
    assert run_query(database, query).rows == [(35_000, 105_000, 0), (sums, 105_000, 0)]


def test_an_act_of_the_second_of_two_years_lacks_nothing(tmp_path: Path) -> None:
    world = World()
    for_two_years(world, "un", TWO_YEARS)
    later = world.act("zwei", "2025", territory="T", kind="avenant")
    later.table([{"key": "1", "label": "Action 1", "ami": 50_000}])
    later.article("2").states("grant", 50_000 + 14_000 + 40_000)
    world.link("un#1", "zwei#1")
    database, _ = world.load(tmp_path)
    query = "SELECT difference FROM funding_by_territory WHERE document_id = 'zwei'"
    assert run_query(database, query).rows == [(0,)]
    assert run_query(database, "FROM finding WHERE rule = 'article_vs_annex'").rows == []
