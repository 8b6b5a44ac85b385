"""A convention whose annexes name no year: its actions are of its whole period, and those of the
acts of a year within it carry them on."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.judgements import chronology
from pipeline.models import Action, StatedAmount
from pipeline.query import open_database
from pipeline.store import read_records
from tests.documents import article, document, table
from tests.pipeline.linked_actions import AFTER, BEFORE, linked, pairs, rows, same
from tests.pipeline.test_normalize import run
from tests.pipeline.world import World

HEADS = ["Action", "Porteur", "Subvention de l'État (AMI)"]
GRANT = "L'État verse 9 000 € sur la durée de la convention."


@pytest.mark.parametrize(
    ("kind", "text", "exercise"),
    [
        ("convention", GRANT, "2031-2035"),
        ("convention", "L'État verse 4 000 € en 2031 et 5 000 € en 2032.", None),
        ("avenant", GRANT, None),
    ],
)
def test_what_nothing_dates_is_of_the_period_of_the_convention(
    tmp_path: Path, kind: str, text: str, exercise: str | None
) -> None:
    annex = table(HEADS, ["Maraudes", "Ville", "9 000 €"])
    facts = {"kind": kind, "period_start": "2031", "period_end": "2035"}
    run(tmp_path, document("act", annex, articles=[article("2", "", text)], **facts))
    (action,) = read_records(Action, tmp_path / "normalized")
    assert action.exercise == exercise
    if text == GRANT:
        (stated,) = read_records(StatedAmount, tmp_path / "normalized")
        assert stated.exercise == exercise


def test_a_period_is_before_the_exercises_within_it() -> None:
    exercises = [(2023, 2023), (2023, 2024), (2024, 2024), (2023, 2027)]
    assert sorted(exercises, key=chronology) == [exercises[3], *exercises[:3]]


@pytest.mark.parametrize("year", ["2023", "2024"])
def test_an_act_of_a_year_carries_on_the_actions_of_the_period(year: str) -> None:
    found = pairs(linked(rows("2023-2027", BEFORE) + rows(year, AFTER)))
    keys = ("coordination", "mobilier", "nuit", "courrier")
    assert found == same(*keys, before="2023-2027", after=year)


def test_money_of_a_year_is_a_part_of_that_of_the_period(tmp_path: Path) -> None:
    world = World()
    plan = world.act("plan", "2023-2027", territory="T")
    plan.table([{"key": k, "label": f"Action {k}", "ami": 90_000} for k in ("1", "2", "3")])
    for year in ("2024", "2025"):
        avenant = world.act(year, year, territory="T", kind="avenant")
        avenant.table([{"key": "1", "label": "Action 1", "ami": 20_000}])
    avenant.article("2", text="L'action « Action 2 » est abandonnée.")
    world.link("plan#1", "2024#1")
    world.link("2024#1", "2025#1")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        totals = connection.execute(
            "SELECT first_label, ami_total FROM funding_lineage ORDER BY first_label"
        ).fetchall()
        events = connection.execute(
            "SELECT label, exercise, event, previous_ami FROM action_continuity"
            " WHERE event <> 'new' ORDER BY label, exercise"
        ).fetchall()
    assert totals == [(f"Action {k}", Decimal(90_000)) for k in (1, 2, 3)]
    assert events == [
        ("Action 1", "2024", "continued", None),
        ("Action 1", "2025", "continued", Decimal(20_000)),
        ("Action 2", "2025", "ended", None),
    ]
