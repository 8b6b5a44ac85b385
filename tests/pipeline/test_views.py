"""The views, on the rows of one realistic territory."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection as Connection

from pipeline.models import Funding
from pipeline.query import open_database
from tests.answers import run_query
from tests.pipeline.world import World


def rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


@pytest.mark.parametrize(
    ("label", "exercise", "event"),
    [
        ("Animer la démarche", "2023-2024", "new"),
        ("Poste de coordinateur", "2024-2025", "continued"),  # it was the objective before
        ("Nuit de la solidarité, Valmorin et Brielle", "2024-2025", "merged"),
        ("Aide aux opérateurs d'IML + Chargé de projet IML", "2024-2025", "split"),
        ("Réorganiser le SIAO", "2024-2025", "refunded"),
        ("Loger trente jeunes", "2024-2025", "new"),
        ("Étude sur les squats", "2024-2025", "ended"),
        ("Mobiliser le foncier vacant", "2024-2025", "ended"),
    ],
)
def test_event(connection: Connection, label: str, exercise: str, event: str) -> None:
    query = "SELECT event FROM action_continuity WHERE label = $label AND exercise = $exercise"
    found = connection.execute(query, {"label": label, "exercise": exercise}).fetchall()
    assert found == [(event,)]


def test_end_has_its_reason(connection: Connection) -> None:
    query = "SELECT label, reason FROM action_continuity WHERE event = 'ended' ORDER BY label"
    assert rows(connection, query) == [
        ("Mobiliser le foncier vacant", "objectifs réintégrés au PLH"),
        ("Étude sur les squats", "Action réalisée"),
    ]


def test_lineages_add_up_to_the_annexes(connection: Connection) -> None:
    by_lineage = "SELECT exercise, sum(ami) FROM lineage_money GROUP BY ALL ORDER BY ALL"
    by_territory = (
        "SELECT exercise, sum(annex_ami) FROM funding_by_territory GROUP BY ALL ORDER BY ALL"
    )
    assert rows(connection, by_lineage) == rows(connection, by_territory)


def test_funding_lineage_of_a_split(connection: Connection) -> None:
    query = """
        SELECT first_label, exercises, ami_by_exercise, ami_total
        FROM funding_lineage WHERE first_label LIKE '%intermédiation%'
    """
    money = {"2023-2024": Decimal("130000.00"), "2024-2025": Decimal("126000.00")}
    assert rows(connection, query) == [
        ("Soutenir l'intermédiation locative", 2, money, Decimal("256000.00"))
    ]


def test_articles_against_annexes(connection: Connection) -> None:
    query = (
        "SELECT exercise, stated_grant, annex_ami, difference FROM funding_by_territory ORDER BY 1"
    )
    assert rows(connection, query) == [
        ("2023-2024", Decimal(258000), Decimal(258000), Decimal(0)),
        ("2024-2025", Decimal(300000), Decimal(300000), Decimal(0)),
    ]


@pytest.mark.parametrize(
    ("number", "change", "text"),
    [
        ("1", "original", "La convention fixe les engagements."),
        (
            "6",
            "completed",
            "Le préavis est de trois mois.\nIl est porté à six mois pour la collectivité.",
        ),
        ("7", "replaced", "Une médiation précède tout recours."),
    ],
)
def test_article_in_force(connection: Connection, number: str, change: str, text: str) -> None:
    query = "SELECT change, text FROM convention_in_force WHERE number = $number"
    assert connection.execute(query, {"number": number}).fetchall() == [(change, text)]


def test_article_in_force_names_its_source(connection: Connection) -> None:
    query = "SELECT number, source_document_id FROM convention_in_force ORDER BY position"
    assert rows(connection, query) == [
        ("1", "valmorin-convention-2023"),
        ("3", "valmorin-convention-2023"),
        ("6", "valmorin-avenant-2024"),
        ("7", "valmorin-avenant-2024"),
    ]


def test_review_queue_shows_both_sides(connection: Connection) -> None:
    query = "SELECT source_label, target_label, target_ami, score FROM review_queue"
    assert rows(connection, query) == [
        ("Mobiliser le foncier vacant", "Loger trente jeunes", Decimal(20000), 0.5)
    ]


def test_certificate_counts_columns_and_findings(connection: Connection) -> None:
    query = (
        "SELECT document_id, annex_columns, columns_explained, errors, warnings"
        " FROM document_certificate"
    )
    counted = {name: found for name, *found in rows(connection, query)}
    assert all(columns == explained > 0 for columns, explained, *_ in counted.values())
    assert {name: tuple(found[2:]) for name, found in counted.items()} == {
        "valmorin-convention-2023": (0, 0),
        "valmorin-avenant-2024": (0, 3),  # actions without pilot
    }


AMENDMENTS = [  # article of an avenant: title, text; change to article 3 of the convention
    (
        "MODIFICATION DE L'ARTICLE 3",
        "A l'article 3 de la convention, la date de fin est portée au 31 décembre 2026.",
        "modified",
    ),
    (
        "Durée",
        "L'article 3 de la convention initiale est remplacé par : « Quatre ans. »",
        "replaced",
    ),
    (
        "Durée",
        "Les dispositions de l’article 3 sont ainsi modifiées : « Quatre ans. »",
        "replaced",
    ),
    ("Durée", "A l'article 3, il est ajouté un alinéa : « Renouvelable une fois. »", "completed"),
    ("Abrogation", "L'article 3 de la convention est abrogé.", "repealed"),
    ("Durée", "À l'article 3, le mot « Trois » est remplacé par le mot « Cinq ».", "modified"),
    ("Suppression", "L'article III de la convention est supprimé.", "repealed"),
    ("Suppression", "L'article 3 de l'avenant n° 1 est abrogé.", "original"),
    ("Financement", "Les crédits prévus à l'article 3 de la convention sont versés.", "original"),
    ("Effet", "L'article 3 du présent avenant est complété chaque année.", "original"),
    ("Portée", "L'article 13 de la convention est supprimé.", "original"),
    ("DUREE", "La convention court jusqu'au 31 décembre 2026.", "modified"),  # taken up again
    ("Durée", "Le présent avenant prend effet à sa signature.", "original"),
    ("Durée", "L'avenant court jusqu'au 31 décembre 2026.", "original"),
    ("Durée", "L'avenant n° 1 est prolongé : la durée est de quatre ans.", "modified"),
]


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    world = World()
    for number, (title, text, _) in enumerate(AMENDMENTS):
        convention = world.act(f"convention-{number}", "2023", territory=f"t{number}")
        convention.article("3", "Durée", "Trois ans.")
        world.act(
            f"avenant-{number}",
            territory=f"t{number}",
            kind="avenant",
            amends_document_id=f"convention-{number}",
        ).article("2", title, text)
    database, _ = world.load(tmp_path_factory.mktemp("amended"))
    with open_database(database) as connection:
        yield connection


STEPS = [  # what successive avenants say of article 3, and the wording before and after each
    ("completed", "Trois ans.", "Trois ans.\nRenouvelable."),
    ("replaced", "Trois ans.\nRenouvelable.", "Quatre ans."),
    ("completed", "Quatre ans.", "Quatre ans.\nSans reconduction."),
    ("modified", "Quatre ans.\nSans reconduction.", "Cinq ans.\nSans reconduction."),
    ("modified", "Cinq ans.\nSans reconduction.", "Cinq ans.\n."),
    ("repealed", "Cinq ans.\n.", None),
]


def test_each_avenant_changes_the_wording_left_by_the_one_before(tmp_path: Path) -> None:
    world = World()
    world.act("convention", "2023", territory="t").article("3", "Durée", "Trois ans.")
    says = (
        "L'article 3 est complété : « Renouvelable. »",
        "L'article 3 est ainsi rédigé : « Quatre ans. »",
        "L'article 3 est complété : « Sans reconduction. »",
        "À l'article 3, le mot « Quatre » est remplacé par le mot « Cinq ».",
        "À l'article 3, les mots « Sans reconduction » sont supprimés.",
        "L'article 3 est abrogé.",
    )
    for year, text in enumerate(says, 2024):
        act = world.act(
            f"avenant-{year}", str(year), territory="t", kind="avenant",
            amends_document_id="convention", signed_on=date(year, 5, 2),
        )  # fmt: skip
        act.article("1", "Modification", text)
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        steps = "SELECT change, before, after FROM amendment ORDER BY step"
        assert rows(connection, steps) == STEPS
        assert rows(connection, "SELECT text, change FROM convention_in_force") == [
            (None, "repealed")
        ]
    result = run_query(database, "avenant_changes", {"avenant": "avenant-2024"})
    columns = [result.columns.index(c) for c in ("what", "event", "before", "after")]
    assert [tuple(row[c] for c in columns) for row in result.rows] == [
        ("Article 3 – Durée", *STEPS[0])
    ]


def test_an_article_that_an_avenant_adds_is_in_force(tmp_path: Path) -> None:
    world = World()
    world.act("convention", "2023", territory="t").article("3", "Durée", "Trois ans.")
    world.act(
        "avenant", "2024", territory="t", kind="avenant", amends_document_id="convention"
    ).article("1", "", "Il est inséré un article 3 bis ainsi rédigé : « Un comité se réunit. »")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        in_force = "SELECT number, text, change FROM convention_in_force ORDER BY number"
        assert rows(connection, in_force) == [
            ("3", "Trois ans.", "original"),
            ("3bis", "Un comité se réunit.", "added"),
        ]


@pytest.mark.parametrize(("kept", "added"), [("2.5", "2.6"), ("II.5", "II.6")])
def test_an_article_is_added_under_a_number_as_those_of_the_convention(
    tmp_path: Path, kept: str, added: str
) -> None:
    world = World()
    world.act("convention", "2023", territory="t").article(kept, "Fongibilité", "De 15 %.")
    world.act(
        "avenant", "2024", territory="t", kind="avenant", amends_document_id="convention"
    ).article("1", "", "Il est inséré un article II-6 ainsi rédigé : « Un comité se réunit. »")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        in_force = "SELECT number FROM convention_in_force ORDER BY number"
        assert rows(connection, in_force) == [(kept,), (added,)]


def test_an_article_that_takes_the_number_of_another_does_not_replace_it(tmp_path: Path) -> None:
    world = World()
    convention = world.act("convention", "2023", territory="t")
    convention.article("9", "Litiges", "Le juge est saisi.").article("10", "Effet", "À signature.")
    says = (
        "Il est inséré un article 9 ainsi rédigé : « Un comité se réunit. » Les articles 9 et 10"
        " deviennent les articles 10 et 11.",
        "À l'article 9, les mots « se réunit » sont remplacés par les mots « est consulté ».",
        "L'article 10 est complété par : « Une médiation le précède. »",
    )
    for year, text in enumerate(says, 2024):
        act = world.act(
            f"avenant-{year}", str(year), territory="t", kind="avenant",
            amends_document_id="convention", signed_on=date(year, 5, 2),
        )  # fmt: skip
        act.article("1", "Modification", text)
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        in_force = "SELECT number, title, text, change FROM convention_in_force ORDER BY number"
        assert rows(connection, in_force) == [
            ("10", "Litiges", "Le juge est saisi.\nUne médiation le précède.", "completed"),
            ("11", "Effet", "À signature.", "renumbered"),
            ("9", None, "Un comité est consulté.", "modified"),
        ]


def test_an_avenant_changes_what_the_act_before_it_left(tmp_path: Path) -> None:
    world = World()
    years = {"signed_on": date(2023, 5, 2), "territory": "t"}
    convention = world.act("convention", "2023", **years)
    convention.table([{"key": "a", "label": "Bail", "ami": 50_000, "pilot": "ADIL"}])
    for key, number, exercise, month, sums in (
        ("un", 1, "2024", 3, {"a": 54_000, "b": 9_000}),
        ("deux", 2, None, 6, {}),  # a clause, and no money
        ("trois", 3, "2024", 9, {"a": 51_000, "c": 3_000}),  # b stays as it was
        ("quatre", 4, "2025", 3, {"a": 51_000, "b": 9_000, "c": 3_000}),
    ):
        act = world.act(
            key, exercise, "t", kind="avenant", amends_document_id="convention",
            title=f"Avenant n° {number}", signed_on=date(int(exercise or "2024"), month, 2),
        )  # fmt: skip
        if sums:
            act.table([{"key": k, "label": k, "ami": v} for k, v in sums.items()])
    world.link("convention#a", "un#a")
    world.lineages["trois#a"] = world.lineages["un#a"]
    for k, last in (("a", "trois"), ("b", "un"), ("c", "trois")):
        world.link(f"{last}#{k}", f"quatre#{k}")
    database, _ = world.load(tmp_path)
    with open_database(database) as connection:
        said = "SELECT document_id, aspect, event, before, after FROM avenant_change ORDER BY ALL"
        assert rows(connection, said) == [
            ("trois", "action", "continued", "a · 54 000 €", "a · 51 000 €"),
            ("trois", "action", "new", "", "c · 3 000 €"),
            ("un", "action", "new", "", "b · 9 000 €"),
            ("un", "action", "renamed", "Bail · 50 000 €", "a · 54 000 €"),
            ("un", "money", "changed", "50 000 €", "63 000 €"),
        ]


@pytest.mark.parametrize("number", range(len(AMENDMENTS)), ids=lambda n: AMENDMENTS[n][1])
def test_amendment(amended: Connection, number: int) -> None:
    query = "SELECT change FROM convention_in_force WHERE document_id = ?"
    assert amended.execute(query, [f"convention-{number}"]).fetchall() == [(AMENDMENTS[number][2],)]


@pytest.mark.parametrize("goes_on", [False, True])
def test_the_money_before_a_merger_is_that_of_all_its_origins(
    tmp_path: Path, goes_on: bool
) -> None:
    world = World()
    before = [
        {"key": "a", "label": "Meubles", "ami": 14_000},
        {"key": "b", "label": "Loyers", "ami": 16_000},
    ]
    world.act("un", "2023", territory="T").table(before)
    kept = [{"key": "b", "label": "Loyers", "ami": 6_000}] if goes_on else []
    later = world.act("zwei", "2024", territory="T", kind="avenant")
    later.table([{"key": "a", "label": "Installation", "ami": 28_000}, *kept])
    world.link("un#a", "zwei#a", "merges")
    if goes_on:
        world.link("un#b", "zwei#b")
    world.merged["zwei#a"] = world.lineages["un#b"]
    database, _ = world.load(tmp_path)
    query = """SELECT previous_label, previous_ami, ami FROM action_continuity
               WHERE label = 'Installation' AND ami IS NOT NULL"""
    whole = ("Meubles + Loyers", 30_000, 28_000)
    with open_database(database) as connection:
        assert rows(connection, query) == [("Meubles", 14_000, 28_000) if goes_on else whole]


@pytest.mark.parametrize(
    ("funder", "spent"), [(None, 3_500), ("Ville", 3_500), ("AMI", 8_500)], ids=str
)
def test_what_others_pay_is_not_added_to_the_money_of_the_ami(
    tmp_path: Path, funder: str | None, spent: int
) -> None:
    world = World()
    world.act("un", territory="T").table(
        [{"key": "a", "label": "Étude", "planned": 15_000, "spent": 3_500, "cofinancing": 4_000}]
    )
    others, _, own = world.of(Funding)
    world.add(own.model_copy(update={"funder": funder, "amount_eur": Decimal(5_000)}))
    world.add(others.model_copy(update={"stage": "planned"}))
    database, _ = world.load(tmp_path)
    for query in ("planned_vs_spent", "follow_up"):
        result = run_query(database, query)
        (row,) = (dict(zip(result.columns, found, strict=True)) for found in result.rows)
        assert (row["planned"], row["spent"]) == (15_000, spent)
