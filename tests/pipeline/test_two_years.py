"""An act for two years, with a sum for each: what counts under which year, and what a later act of
the second year changes."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.models import Funding
from pipeline.query import open_database
from pipeline.report import report
from pipeline.report_content import Content
from pipeline.summary import summary
from tests.pipeline.world import Act, Row, World

TOLD = [
    {"key": "1", "label": "Observatoire", "ami": 40_000},
    {"key": "2", "label": "Captation", "ami": 30_000},
]
TWO_YEARS = {"1": (40_000, 45_000), "2": (30_000, 14_000), "3": (20_000, 40_000)}


def for_two_years(world: World, document_id: str, sums: dict[str, tuple[int, int]]) -> Act:
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
    return avenant


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


@pytest.mark.parametrize(
    ("grants", "rows", "kept"),
    [
        pytest.param([(95_000, "")], "12", False, id="grants what its annexes add up to"),
        pytest.param([], "12", True, id="grants no sum"),
        pytest.param([(99_000, "")], "12", True, id="grants another sum"),
        pytest.param([(50_000, "")], "1", True, id="states less than half of the actions again"),
        pytest.param([(95_000, ""), (135_000, "")], "12", True, id="states a total with it"),
        pytest.param(
            [(95_000, "une subvention complémentaire de 95 000 €")], "12", True, id="a complement"
        ),
    ],
)
def test_what_the_act_of_a_year_leaves_out_counts_unless_it_grants_the_rest_alone(
    tmp_path: Path, grants: list[tuple[int, str]], rows: str, kept: bool
) -> None:
    world = World()
    for_two_years(world, "un", TWO_YEARS)
    later = world.act("zwei", "2025", territory="T", kind="avenant")
    for amount, quote in grants:
        later.states("grant", amount, quote=quote)
    sums = {"1": 50_000, "2": 45_000}
    later.table([{"key": k, "label": f"Action {k}", "ami": sums[k]} for k in rows])
    for key in rows:
        world.link(f"un#{key}", f"zwei#{key}")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT ami_by_exercise FROM funding_lineage WHERE first_label = 'Action 3'"
        ((told,),) = connection.execute(query).fetchall()
    assert told == {"2024": 20_000} | ({"2025": 40_000} if kept else {})


@pytest.mark.parametrize("recalled", [30_000, None])
def test_an_act_that_changes_some_sums_of_a_year_ends_no_other_action(
    tmp_path: Path, recalled: int | None
) -> None:
    """The sum that it recalls is the one announced for the year: the others are as announced, and
    end with the next act. What is announced counts in either case, until it is given up."""
    world = World()
    world.act("un", "2024", territory="T").table(
        [{"key": k, "label": f"Action {k}", "ami": 30_000} for k in ("1", "2")]
    )
    for granted in [*world.of(Funding)]:
        world.add(granted.model_copy(update={"exercise": "2025"}))
    for name, exercise in (("zwei", "2025"), ("drei", "2026")):
        row = {"key": "1", "label": "Action 1", "ami": 52_000, "ami_previous": recalled}
        world.act(name, exercise, territory="T", kind="avenant").table([row])
    world.link("un#1", "zwei#1")
    world.link("zwei#1", "drei#1")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        ((ended,),) = connection.execute(
            "SELECT exercise FROM action_continuity WHERE event = 'ended'"
        ).fetchall()
        totals = dict(connection.execute("SELECT exercise, ami FROM exercise_total").fetchall())
    assert ended == ("2026" if recalled else "2025")
    assert totals["2025"] == 82_000


@pytest.mark.parametrize("granted", [False, True])
def test_what_is_announced_and_not_granted_is_told(tmp_path: Path, granted: bool) -> None:
    world = World()
    world.act("conv", territory="T").table(TOLD)
    for sum_ in [f for f in world.of(Funding) if f.action_id.startswith("conv#")]:
        world.add(sum_.model_copy(update={"exercise": "2025"}))
    later = world.act("av", "2025", territory="T", kind="avenant")
    later.table(TOLD[1:])
    if granted:
        later.states("grant", 30_000)
    world.link("conv#2", "av#2")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT severity, message FROM finding WHERE rule = 'ended_without_reason'"
        ((severity, message),) = connection.execute(query).fetchall()
        query = "SELECT sum(ami) FROM lineage_money WHERE exercise = '2025'"
        assert connection.execute(query).fetchall() == [(30_000 if granted else 70_000,)]
    assert severity == "warning"
    assert message.endswith(
        "les 40 000 € que conv annonce pour la suite ne comptent plus : av n'accorde que ce que"
        " ses annexes totalisent."
        if granted
        else "les 40 000 € que conv annonce pour la suite comptent encore."
    )


@pytest.mark.parametrize("announced", [False, True])
def test_what_was_announced_of_an_action_without_a_sequel_is_told(
    tmp_path: Path, announced: bool
) -> None:
    world = World()
    world.act("conv", territory="T").table(TOLD)
    if announced:
        (granted,) = (f for f in world.of(Funding) if f.action_id == "conv#1")
        world.add(granted.model_copy(update={"exercise": "2025"}))
    world.act("av", "2025", territory="T", kind="avenant").table(TOLD[1:])
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


def test_an_exercise_of_two_years_shows_the_sums_of_both(tmp_path: Path) -> None:
    world = World()
    for_two_years(world, "un", TWO_YEARS)
    database, _ = world.load(tmp_path)
    (money,) = summary(database).money
    assert money["ami"] == 189_000
    assert "AMI 189 000 € (2024 : 90 000 €, 2025 : 99 000 €)" in summary(database).as_text()
    with open_database(database) as connection:
        query = "SELECT ami, ami_by_year FROM action_continuity ORDER BY label"
        assert connection.execute(query).fetchall() == [
            (sum(sums), {"2024": sums[0], "2025": sums[1]}) for sums in TWO_YEARS.values()
        ]
        for query in (
            "SELECT sum(ami_total) FROM funding_lineage",
            "SELECT sum(ami) FROM pilot_share",
            "SELECT sum(amount_eur) FROM funder_share",
            "SELECT sum(ami) FROM lineage_follow_up",
            "SELECT annex_ami FROM document_money",
        ):
            assert connection.execute(query).fetchall() == [(189_000,)], query


def taken_over_in_the_second_year() -> World:
    world = World()
    for_two_years(world, "un", TWO_YEARS)
    later = world.act("zwei", "2025", territory="T", kind="avenant")
    later.table([{"key": "1", "label": "Action 1", "ami": 50_000}])
    world.link("un#1", "zwei#1")
    return world


def test_the_act_of_the_second_year_takes_it_over(tmp_path: Path) -> None:
    database, _ = taken_over_in_the_second_year().load(tmp_path)
    assert [m["ami"] for m in summary(database).money] == [189_000 - 45_000, 50_000]
    with open_database(database) as connection:
        assert Content(connection).counted["un#1"] == [(40_000, "2024")]
        query = """SELECT exercise, ami, ami_by_year, previous_ami FROM action_continuity
                   WHERE label = 'Action 1' ORDER BY exercise"""
        assert connection.execute(query).fetchall() == [
            ("2024-2025", 40_000, {"2024": Decimal(40_000)}, None),
            ("2025", 50_000, None, 40_000),
        ]
        query = "SELECT ami_total FROM funding_lineage WHERE first_label = 'Action 1'"
        assert connection.execute(query).fetchall() == [(90_000,)]
        query = "SELECT exercise, sum(ami) FROM lineage_follow_up GROUP BY ALL ORDER BY ALL"
        told = connection.execute(query).fetchall()
    assert told == [("2024-2025", 144_000), ("2025", 50_000)]


def test_a_complement_for_the_second_year_adds_to_it(tmp_path: Path) -> None:
    world = World()
    for_two_years(world, "un", TWO_YEARS)
    later = world.act("zwei", "2025", territory="T", kind="avenant")
    later.states("grant", 5_000, quote="une subvention complémentaire de 5 000 €")
    later.table([{"key": "1", "label": "Action 1", "ami": 5_000}])
    world.link("un#1", "zwei#1")
    database, _ = world.load(tmp_path)
    assert [m["ami"] for m in summary(database).money] == [189_000, 5_000]
    with open_database(database) as connection:
        query = "SELECT ami_by_exercise FROM funding_lineage WHERE first_label = 'Action 1'"
        assert connection.execute(query).fetchall() == [({"2024": 40_000, "2025": 50_000},)]
        query = "SELECT sum(ami) FROM lineage_year UNION ALL SELECT sum(ami) FROM lineage_money"
        assert connection.execute(query).fetchall() == [(194_000,), (194_000,)]
        query = "SELECT count(*) FROM finding WHERE rule = 'announced_left_out'"
        assert connection.execute(query).fetchall() == [(0,)]


def test_the_total_of_two_years_beside_them_counts_once(tmp_path: Path) -> None:
    world = World()
    for_two_years(world, "un", {"1": (40_000, 45_000)})
    first = next(iter(world.of(Funding)))
    whole = {"exercise": "2024-2025", "amount_eur": Decimal(85_000)}
    world.add(first.model_copy(update=whole))
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT ami FROM action_money UNION ALL SELECT ami_total FROM funding_lineage"
        assert connection.execute(query).fetchall() == [(85_000,), (85_000,)]


@pytest.mark.parametrize(
    ("grants", "stated", "contradicted"),
    [
        pytest.param({"2024-2025": 189_000}, 189_000, [], id="one for both"),
        pytest.param({"2024": 90_000, "2025": 99_000}, 189_000, [], id="one for each"),
        pytest.param({"2024": 90_000, "2025": 90_000}, 180_000, ["99000"], id="another second"),
        pytest.param({"2024": 90_000}, None, [], id="the first alone"),
        pytest.param({"2024": 80_000}, None, ["90000"], id="the first alone is other"),
        pytest.param({"2024-2025": 150_000}, 150_000, ["189000"], id="both are other"),
    ],
)
def test_what_articles_grant_for_two_years(
    tmp_path: Path, grants: dict[str, int], stated: int | None, contradicted: list[str]
) -> None:
    world = World()
    act = for_two_years(world, "un", TWO_YEARS)
    for exercise, amount in grants.items():
        act.states("grant", amount, exercise)
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT stated_grant, annex_ami FROM document_money"
        assert connection.execute(query).fetchall() == [(stated, 189_000)]
        query = "SELECT expected FROM finding WHERE rule = 'article_vs_annex'"
        assert [e for (e,) in connection.execute(query).fetchall()] == contradicted


@pytest.mark.parametrize(
    ("recalled", "differs"), [(14_000, False), (44_000, False), (15_000, True)]
)
def test_a_later_act_recalls_both_years_or_one(
    tmp_path: Path, recalled: int, differs: bool
) -> None:
    world = World()
    for_two_years(world, "un", TWO_YEARS)
    act = world.act("zwei", "2026", territory="T", kind="avenant")
    act.table([{"key": "2", "label": "Action 2", "ami": 30_000, "ami_previous": recalled}])
    world.link("un#2", "zwei#2")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT count(*) FROM finding WHERE rule = 'previous_funding_mismatch'"
        assert connection.execute(query).fetchone() == (int(differs),)


def test_the_picture_of_flows_says_of_which_year_a_sum_is(tmp_path: Path) -> None:
    database, _ = taken_over_in_the_second_year().load(tmp_path)
    report(database, tmp_path, tmp_path / "report")
    (page,) = (p for p in (tmp_path / "report" / "territory").iterdir() if "findings" not in p.name)
    drawing = page.read_text().partition('<svg class="flows"')[2].partition("</svg>")[0]
    sums = re.findall(r'class="small"[^>]*>([^<·]+?) ·', drawing)
    assert sorted(" ".join(s.split()) for s in sums) == [
        "40 000 € (2024)",
        "44 000 € (2024, 2025)",
        "50 000 €",
        "60 000 € (2024, 2025)",
    ]


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("est suspendue pour l'exercice 2025", {"2024", "2026"}),
        ("est abandonnée en 2025", {"2024"}),
    ],
)
def test_a_suspension_gives_up_the_year_that_it_names(
    tmp_path: Path, said: str, years: set[str]
) -> None:
    world = World()
    world.act("un", "2024", territory="T").table(
        [{"key": k, "label": f"Action {k}", "ami": 30_000} for k in ("1", "2")]
    )
    for granted in [*world.of(Funding)]:
        for year in ("2025", "2026"):
            world.add(granted.model_copy(update={"exercise": year}))
    later = world.act("zwei", "2025", territory="T", kind="avenant")
    later.table([{"key": "1", "label": "Action 1", "ami": 52_000}])
    later.article("2", text=f"L'action « Action 2 » {said}.")
    world.link("un#1", "zwei#1")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT ami_by_exercise FROM funding_lineage WHERE first_label = 'Action 2'"
        ((told,),) = connection.execute(query).fetchall()
    assert told.keys() == years
