"""One realistic territory, loaded once: two acts, their actions and what became of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.load import LoadReport
from pipeline.models import Mention
from pipeline.query import open_database
from tests.pipeline.world import World

TERRITORY = "Métropole de Valmorin"


def valmorin() -> World:
    world = World()
    convention = world.act(
        "valmorin-convention-2023",
        "2023-2024",
        territory=TERRITORY,
        programme_named="text",
        signed_on=date(2023, 9, 20),
        beneficiary=TERRITORY,
    )
    convention.article("1", "OBJET", "La convention fixe les engagements.")
    convention.article("3", "DURÉE", "La convention court de 2023 à 2025.")
    convention.article("6", "DÉNONCIATION", "Le préavis est de trois mois.")
    convention.article("7", "LITIGES", "Le tribunal administratif est compétent.")
    convention.states("grant", 258000, at="2.2.1")
    convention.table(
        [
            {
                "key": "post",
                "label": "Animer la démarche",
                "objective": "Poste de coordinateur",
                "pilot_raw": "Métropole",
                "organisation": TERRITORY,
                "ami": 35000,
                "cofinancing": 35000,
                "total_cost": 70000,
                "expense_category": "coordination",
                "theme": "coordination",
            },
            {
                "key": "night-a",
                "label": "Nuit de la solidarité de Valmorin",
                "pilot_raw": "Ville – Valmorin",
                "organisation": "Ville de Valmorin",
                "ami": 50000,
                "cofinancing": 33000,
                "total_cost": 83000,
                "theme": "nuit de la solidarité",
            },
            {
                "key": "iml",
                "label": "Soutenir l'intermédiation locative",
                "pilot_raw": "DDETS",
                "organisation": "DDETS",
                "ami": 130000,
                "cofinancing": 20000,
                "total_cost": 150000,
            },
            {
                "key": "squat",
                "label": "Étude sur les squats",
                "pilot_raw": "Ville – Valmorin",
                "organisation": "Ville de Valmorin",
                "ami": 43000,
                "total_cost": 43000,
                "status": "done",
                "status_raw": "Action réalisée",
            },
        ]
    )
    convention.table(
        [
            {"key": "night-b", "label": "Nuit de la solidarité de Brielle", "ami_previous": 5000},
            {"key": "siao", "label": "Réorganiser le SIAO", "ami_previous": 60000},
            {"key": "land", "label": "Mobiliser le foncier vacant"},
        ],
        funded=False,
    )
    avenant = world.act(
        "valmorin-avenant-2024",
        "2024-2025",
        territory=TERRITORY,
        programme_named="text",
        kind="avenant",
        signed_on=date(2024, 8, 27),
        amends_document_id="valmorin-convention-2023",
        beneficiary=TERRITORY,
    )
    avenant.article("1", "OBJET", "Le présent avenant finance 2024-2025.")
    avenant.article(
        "2",
        "MODIFICATION DE L'ARTICLE 6",
        "L'article 6 de la convention est complété par la phrase suivante :"
        " « Il est porté à six mois pour la collectivité. »",
    )
    avenant.article(
        "3",
        "MODIFICATION DE L'ARTICLE 7",
        "L'article 7 de la convention est ainsi rédigé : « Une médiation précède tout recours. »",
    )
    avenant.states("grant", 300000, at="2")
    avenant.table(
        [
            {
                "key": "post",
                "label": "Poste de coordinateur",
                "pilot_raw": "Métropole",
                "organisation": TERRITORY,
                "ami": 35000,
                "cofinancing": 35000,
            },
            {
                "key": "night",
                "label": "Nuit de la solidarité, Valmorin et Brielle",
                "pilot_raw": "Ville – Valmorin",
                "organisation": "Ville de Valmorin",
                "ami": 55000,
            },
            {"key": "iml-post", "label": "Chargé de projet IML", "ami": 56000},
            {"key": "iml-help", "label": "Aide aux opérateurs d'IML", "ami": 70000},
            {
                "key": "siao",
                "label": "Réorganiser le SIAO",
                "ami": 64000,
                "planned": 64000,
                "spent": 61500.5,
            },
            {
                "key": "youth",
                "label": "Loger trente jeunes",
                "pilot_raw": "Association du Val",
                "ami": 20000,
                "cofinancing": 20000,
            },
        ]
    )
    convention_id, avenant_id = "valmorin-convention-2023", "valmorin-avenant-2024"
    for source, target, relation in (
        ("post", "post", "continues"),
        ("night-a", "night", "merges"),
        ("night-b", "night", "merges"),
        ("iml", "iml-post", "splits"),
        ("iml", "iml-help", "splits"),
        ("siao", "siao", "continues"),
    ):
        world.link(f"{convention_id}#{source}", f"{avenant_id}#{target}", relation)
    world.candidate(f"{convention_id}#land", f"{avenant_id}#youth")
    world.add(
        Mention(
            action_id=f"{convention_id}#land",
            kind="ended",
            quote="objectifs réintégrés au PLH",
            page=6,
        )
    )
    return world


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LoadReport]:
    return valmorin().load(tmp_path_factory.mktemp("valmorin"))


@pytest.fixture(scope="session")
def database(loaded: tuple[Path, LoadReport]) -> Path:
    return loaded[0]


@pytest.fixture(scope="session")
def connection(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(database) as connection:
        yield connection
