"""An exercise that an avenant funds after its convention: what is stated again counts once."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.query import open_database
from pipeline.report import report
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
        columns = {
            **{"pilot_share": "ami", "lineage_year": "ami", "funder_share": "amount_eur"},
            **{"funding_lineage": "ami_total", "funding_by_territory": "counted_ami"},
        }
        for relation, column in columns.items():
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


def test_the_signed_act_counts_and_not_its_draft(tmp_path: Path) -> None:
    world = World()
    for name, title, signed_on, sum_ in (
        ("a-projet", "PROJET D'AVENANT N° 1", None, 50_000),
        ("signe", "AVENANT N° 1", date(2024, 3, 28), 30_000),
    ):
        avenant = world.act(name, territory="T", kind="avenant", title=title, signed_on=signed_on)
        avenant.table([*FIRST[:2], {**RAISED, "ami": sum_}])
    for key in "123":
        world.lineages[f"signe#{key}"] = f"a-projet#{key}"
    database, _ = world.load(tmp_path)
    (money,) = summary(database).money
    assert money["ami"] == 100_000
    with open_database(database) as connection:
        rules = {r for (r,) in connection.execute("SELECT rule FROM finding").fetchall()}
    assert "duplicate_act" not in rules and {"draft", "exercise_funded_twice"} <= rules


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


def test_each_of_several_copies_is_told_once(tmp_path: Path) -> None:
    world = World()
    for document_id in "abcd":
        labels = ("Observatoire", "Captation", "Formation", f"Maraude {document_id}")
        world.act(document_id, territory="T", signed_on=None).table(
            [{"label": label, "ami": 1_000} for label in labels]
        )
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        query = "SELECT document_id FROM finding WHERE rule = 'duplicate_act' ORDER BY ALL"
        assert connection.execute(query).fetchall() == [("b",), ("c",), ("d",)]


def test_the_halves_of_an_action_are_each_told_as_the_last_act_states_them(tmp_path: Path) -> None:
    world = World()
    world.act("before", "2023", "T").table([{"key": "a", "label": "Référent", "ami": 42_000}])
    halves = [("1", "Appui", 21_000, 23_000), ("2", "Consultations", 20_000, 18_000)]
    for act, column, month in (("un", 2, 3), ("deux", 3, 9)):
        rows: list[Row] = [{"key": h[0], "label": h[1], "ami": h[column]} for h in halves]
        avenant = world.act(act, "2024", "T", kind="avenant", signed_on=date(2024, month, 2))
        avenant.table(rows)
    for key in "12":
        world.link("before#a", f"un#{key}", "splits")
        world.lineages[f"deux#{key}"] = world.lineages["before#a"]
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        pairs = "SELECT target_label, target_ami FROM action_pair ORDER BY ALL"
        assert connection.execute(pairs).fetchall() == [
            ("Appui", 23_000),
            ("Consultations", 18_000),
        ]
        again = "SELECT actions, changed FROM act_pair"
        assert connection.execute(again).fetchall() == [(2, 2)]


def test_the_page_of_a_territory_tells_what_of_an_act_still_counts(tmp_path: Path) -> None:
    database = amended(tmp_path, [RAISED, NEW], [115_000])
    report(database, tmp_path, tmp_path / "site")
    (page,) = (p for p in (tmp_path / "site" / "territory").glob("*.html") if "-" not in p.stem)
    ((_, told),) = re.findall(r"(dont comptent)</span>.*?(\d+\D000\D€)", page.read_text(), re.S)
    assert re.sub(r"\D", "", told) == "70000"  # of the convention; all of the avenant's
