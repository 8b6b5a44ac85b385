"""An exercise that an avenant funds after its convention: what is stated again counts once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.models import Funding
from pipeline.query import open_database
from pipeline.summary import summary
from tests.pipeline.world import Row, World

FIRST = [
    {"key": "1", "label": "Observatoire", "ami": 40_000},
    {"key": "2", "label": "Captation", "ami": 30_000, "cofinancing": 5_000},
    {"key": "3", "label": "Formation", "ami": 20_000},
]
NEW = {"key": "4", "label": "Maraude", "ami": 10_000}
RAISED = {"key": "3", "label": "Formation", "ami": 35_000}


def amended(
    folder: Path, rows: list[Row], stated: list[float], again: tuple[str, ...] = ("1", "2", "3")
) -> Path:
    """A convention of 90 000 € and an avenant of the same year with `rows`, which states grants;
    rows with keys of `again` are actions of the convention."""
    world = World()
    world.act("conv", territory="T").states("grant", 90_000).table(FIRST)
    avenant = world.act(
        "av",
        territory="T",
        kind="avenant",
        amends_document_id="conv",
        signed_on=date(2024, 10, 14),
    )
    for amount in stated:
        avenant.states("grant", amount)
    avenant.table(rows)
    for key in again:
        if f"av#{key}" in world.lineages:
            world.lineages[f"av#{key}"] = f"conv#{key}"
    database, _ = world.load(folder)
    return database


@pytest.mark.parametrize(
    ("rows", "stated", "again", "ami", "severity"),
    [
        pytest.param([RAISED, NEW], [115_000], "123", 115_000, "info", id="some rows again"),
        pytest.param([*FIRST[:2], RAISED, NEW], [115_000], "123", 115_000, "info", id="all again"),
        pytest.param([RAISED, NEW], [25_000], "123", 115_000, "info", id="new sums, complement"),
        pytest.param([RAISED, NEW], [], "123", 115_000, "warning", id="no total stated"),
        pytest.param(
            [{**RAISED, "ami": 15_000}, NEW], [25_000], "123", 115_000, "info", id="sums that add"
        ),
        pytest.param(
            [*FIRST[:2], RAISED, NEW], [115_000], "", 205_000, "warning", id="under other names"
        ),
        pytest.param(FIRST[:2], [70_000], "12", 70_000, "info", id="an action left out"),
        pytest.param(
            [*FIRST[:2], {**RAISED, "ami": 0}], [], "123", 70_000, "warning", id="an action at 0"
        ),
        pytest.param(FIRST[:2], [], "12", 90_000, "warning", id="left out, no total stated"),
        pytest.param(
            [{**FIRST[1], "ami": 10_000 + FIRST[1]["ami"]}, {**FIRST[2], "ami": 10_000}],
            [],
            "23",
            90_000,
            "info",
            id="shared out otherwise",
        ),
        pytest.param(FIRST[2:], [20_000, 110_000], "3", 110_000, "info", id="the same sum again"),
    ],
)
def test_each_action_counts_as_the_last_act_states_it(
    tmp_path: Path, rows: list[Row], stated: list[float], again: str, ami: int, severity: str
) -> None:
    database = amended(tmp_path, rows, stated, tuple(again))
    (money,) = summary(database).money
    assert money["ami"] == Decimal(ami)
    with open_database(database) as connection:
        found = connection.execute(
            "SELECT severity FROM finding WHERE rule = 'exercise_funded_twice'"
        ).fetchall()
        assert found == [(severity,)]
        for relation in ("pilot_share", "funder_share", "lineage_year", "funding_lineage"):
            column = {"funder_share": "amount_eur", "funding_lineage": "ami_total"}.get(
                relation, "ami"
            )
            only = " WHERE funder = 'AMI'" if relation == "funder_share" else ""
            query = f"SELECT sum({column}) FROM {relation}{only}"
            assert connection.execute(query).fetchall() == [(Decimal(ami),)], relation


def test_an_avenant_that_leaves_actions_as_they_are_does_not_contradict_its_total(
    tmp_path: Path,
) -> None:
    database = amended(tmp_path, [RAISED, NEW], [115_000])
    with open_database(database) as connection:
        rules = connection.execute("SELECT DISTINCT rule FROM finding").fetchall()
    assert ("article_vs_annex",) not in rules


@pytest.mark.parametrize(
    ("quote", "ami"),
    [
        ("une subvention complémentaire de 120 000 € est attribuée", 210_000),
        ("un complément de 30 000,00 € porte la subvention à 120 000 €", 120_000),
        ("la subvention est de 120 000 €", 120_000),
    ],
)
def test_a_sum_that_its_article_calls_a_complement_adds(
    tmp_path: Path, quote: str, ami: int
) -> None:
    world = World()
    world.act("conv", territory="T").states("grant", 90_000).table(FIRST)
    avenant = world.act("av", territory="T", kind="avenant", signed_on=date(2024, 10, 14))
    avenant.states("grant", 120_000, quote=quote)
    avenant.table([{**row, "ami": 40_000} for row in FIRST])
    for key in "123":
        world.lineages[f"av#{key}"] = f"conv#{key}"
    database, _ = world.load(tmp_path)
    (money,) = summary(database).money
    assert money["ami"] == ami


def test_complements_of_several_avenants_add_up_in_a_lineage(tmp_path: Path) -> None:
    world = World()
    world.act("conv", territory="T").states("grant", 90_000).table(FIRST)
    for name, day, sum_ in (("av1", 1, 6_000), ("av2", 2, 4_000)):
        avenant = world.act(name, territory="T", kind="avenant", signed_on=date(2024, 6, day))
        avenant.states("grant", sum_).table([{**FIRST[0], "ami": sum_}])
        world.lineages[f"{name}#1"] = "conv#1"
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        for relation, column in (("funding_lineage", "ami_total"), ("lineage_year", "ami")):
            query = f"SELECT sum({column}) FROM {relation}"
            assert connection.execute(query).fetchall() == [(100_000,)], relation


def test_avenants_without_dates_follow_their_numbers(tmp_path: Path) -> None:
    world = World()
    world.act("conv", territory="T").table(FIRST)
    for name, title, sum_ in (
        ("a", "AVENANT N° 2 À LA", 50_000),
        ("b", "Avenant n°1 à la", 30_000),
    ):
        avenant = world.act(name, territory="T", kind="avenant", title=title, signed_on=None)
        avenant.table([*FIRST[:2], {**RAISED, "ami": sum_}])
        for key in "123":
            world.lineages[f"{name}#{key}"] = f"conv#{key}"
    database, _ = world.load(tmp_path)
    (money,) = summary(database).money
    assert money["ami"] == 120_000


def test_the_sum_that_an_avenant_changes_proves_nothing(tmp_path: Path) -> None:
    world = World()
    world.act("conv", territory="T").states("grant", 90_000).table(FIRST)
    avenant = world.act("av", territory="T", kind="avenant", signed_on=date(2024, 10, 14))
    avenant.states("other", 90_000).states("grant", 85_000).table(FIRST[:2])
    for key in "12":
        world.lineages[f"av#{key}"] = f"conv#{key}"
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        found = connection.execute("SELECT ami, proved FROM amended_exercise").fetchall()
    assert found == [(90_000, False)]


def test_the_last_of_several_avenants_proves_the_exercise(tmp_path: Path) -> None:
    world = World()
    world.act("conv", territory="T").states("grant", 90_000).table(FIRST)
    for number, total in ((1, 105_000), (2, 120_000)):
        avenant = world.act(
            f"av{number}", territory="T", kind="avenant", signed_on=date(2024, 5 + number, 1)
        )
        avenant.states("grant", total).table([*FIRST[:2], {**RAISED, "ami": total - 70_000}])
        for key in "123":
            world.lineages[f"av{number}#{key}"] = f"conv#{key}"
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        found = connection.execute("SELECT DISTINCT ami, proved FROM amended_exercise").fetchall()
        rules = {r for (r,) in connection.execute("SELECT rule FROM finding").fetchall()}
    assert found == [(120_000, True)]
    assert "duplicate_act" not in rules  # two dates: two acts


def test_exercises_of_two_names_count_apart(tmp_path: Path) -> None:
    world = World()
    world.act("conv", territory="T").table(FIRST)
    world.act("av", "2024-2025", territory="T", kind="avenant").table(FIRST)
    for key in "123":
        world.lineages[f"av#{key}"] = f"conv#{key}"
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT exercise, sum(ami) FROM lineage_year GROUP BY ALL ORDER BY ALL"
        assert connection.execute(query).fetchall() == [("2024", 90_000), ("2024-2025", 90_000)]


def test_the_next_exercise_supersedes_nothing(tmp_path: Path) -> None:
    world = World()
    world.act("conv", territory="T").states("grant", 90_000).table(FIRST)
    world.act("av", "2025", territory="T", kind="avenant", amends_document_id="conv").table(FIRST)
    for key in "123":
        world.link(f"conv#{key}", f"av#{key}")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        assert connection.execute("FROM act_pair").fetchall() == []
        assert connection.execute("FROM superseded_action").fetchall() == []


TWO_YEARS = {"1": (40_000, 45_000), "2": (30_000, 14_000), "3": (20_000, 40_000)}


def for_two_years(world: World, document_id: str, sums: dict[str, tuple[int, int]]) -> None:
    """An act for 2024 and 2025, each of its actions with a sum for either year."""
    avenant = world.act(document_id, "2024-2025", territory="T", kind="avenant")
    avenant.table([{"key": k, "label": f"Action {k}", "ami": one} for k, (one, _) in sums.items()])
    first = [f for f in world.of(Funding) if f.action_id.startswith(f"{document_id}#")]
    world.records[Funding] = [f for f in world.of(Funding) if f not in first]
    for granted in first:
        key = granted.action_id[-1]
        for year, amount in zip(("2024", "2025"), sums[key], strict=True):
            more = {"exercise": year, "amount_eur": Decimal(amount)}
            world.add(granted.model_copy(update=more))
        world.lineages[granted.action_id] = f"un#{key}"


@pytest.mark.parametrize(
    ("again", "second_year"),
    [
        ({**TWO_YEARS, "2": (30_000, 29_000), "3": (20_000, 25_000)}, (45_000, 29_000, 25_000)),
        ({"3": (20_000, 25_000)}, (45_000, 14_000, 25_000)),
    ],
)
def test_an_avenant_may_state_the_second_of_two_years_again(
    tmp_path: Path, again: dict[str, tuple[int, int]], second_year: tuple[int, ...]
) -> None:
    world = World()
    for_two_years(world, "un", TWO_YEARS)
    for_two_years(world, "zwei", again)
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT ami_by_exercise FROM funding_lineage ORDER BY first_label"
        told = connection.execute(query).fetchall()
    expected = [
        {"2024": Decimal(first), "2025": Decimal(second)}
        for (first, _), second in zip(TWO_YEARS.values(), second_year, strict=True)
    ]
    assert [money for (money,) in told] == expected


@pytest.mark.parametrize(
    ("row", "funded", "kept"),
    [
        pytest.param({"label": "Action 2", "ami": "-"}, False, False, id="funded no more"),
        pytest.param({"label": "Action 2"}, None, True, id="whether it is funded is not said"),
        pytest.param(None, None, True, id="not spoken of"),
        pytest.param(
            "L'action « Action 2 » est abandonnée.", None, False, id="given up by an article"
        ),
    ],
)
def test_what_the_act_of_a_year_gives_up_was_only_announced(
    tmp_path: Path, row: Row | str | None, funded: bool | None, kept: bool
) -> None:
    world = World()
    for_two_years(world, "un", TWO_YEARS)
    later = world.act("zwei", "2025", territory="T", kind="avenant")
    later.table([{"key": "1", "label": "Action 1", "ami": 45_000}])
    world.link("un#1", "zwei#1")
    if isinstance(row, str):
        later.article("2", text=row)
    elif row:
        later.table([{"key": "2", **row}], funded=funded)
        world.link("un#2", "zwei#2")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT ami_by_exercise FROM funding_lineage WHERE first_label = 'Action 2'"
        ((told,),) = connection.execute(query).fetchall()
    assert told == {"2024": 30_000} | ({"2025": 14_000} if kept else {})


@pytest.mark.parametrize("announced", [False, True])
def test_what_was_announced_of_an_action_without_a_sequel_is_told(
    tmp_path: Path, announced: bool
) -> None:
    world = World()
    world.act("conv", territory="T").table(FIRST[:2])
    if announced:
        (granted,) = (f for f in world.of(Funding) if f.action_id == "conv#1")
        world.add(granted.model_copy(update={"exercise": "2025"}))
    world.act("av", "2025", territory="T", kind="avenant").table(FIRST[1:2])
    world.link("conv#2", "av#2")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT severity, message FROM finding WHERE rule = 'ended_without_reason'"
        ((severity, message),) = connection.execute(query).fetchall()
    assert severity == ("warning" if announced else "info")
    assert message == (
        "L'action « Observatoire » de 2024 n'a pas de suite en 2025, sans raison donnée"
        + (" ; les 40 000 € que conv annonce pour la suite comptent encore." * announced or ".")
    )


def test_what_was_announced_of_an_action_counts_within_the_one_it_is_merged_into(
    tmp_path: Path,
) -> None:
    world = World()
    for_two_years(world, "un", TWO_YEARS)
    later = world.act("zwei", "2025", territory="T", kind="avenant")
    later.table([{"key": "1", "label": "Action 1", "ami": 59_000}])
    world.link("un#1", "zwei#1", "merges")
    world.merged["zwei#1"] = "un#2"
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT sum(ami) FROM lineage_money WHERE exercise = '2025'"
        assert connection.execute(query).fetchall() == [(59_000 + 40_000,)]
