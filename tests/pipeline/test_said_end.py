"""Ends of actions that an article of a later act states by their reference or their name."""

from pathlib import Path

import pytest

from tests.answers import run_query
from tests.pipeline.world import World

ENDS = {
    "La fiche 6 est achevée.": {"Fiche 6"},
    "La fiche n° 6 n'est pas reconduite en 2024 ; la fiche 7 est poursuivie.": {"Fiche 6"},
    "Il est constaté que l’action LA 6 a été abandonnée, faute de candidats.": {"Fiche 6"},
    "L'action LDA 12 est achevée.": {"LDA-12"},
    "La garantie (action 12) est close.": {"LDA-12"},
    "L'action AC 12 est achevée.": set(),
    "Les chantiers d'insertion, menés à bien, ne sont pas reconduits.": {"LDA-12"},
    "Les chantiers d'insertion dans un parc sont achevés.": {"LDA-12"},  # articles aside
    "Les chantiers d'insertion sont financés par la Ville à compter de 2024.": {"LDA-12"},
    "Les chantiers sont achevés.": set(),  # too few words to name an action
    "Les fiches actions 3.2, 6 et 8b ne sont pas reconduites.": {"Fiche 6", "3.2", "8 b"},
    "L'action 7 est maintenue et l'action 6 prend fin le 31 décembre 2023.": {"Fiche 6"},
    "L'action II est terminée.": {"Action II"},
    "Les actions B et II s'achèvent.": {"B", "Action II"},
    "Le comité acte que l'action « Étude 3.2 » n’est pas reconduite.": {"3.2"},
    "La fiche action n° 6 « Bail glissant » est clôturée au 31 décembre.": {"Fiche 6"},
    "L'action « Étude » est abandonnée.": set(),  # of none
    "La fiche 6 n'est pas abandonnée.": set(),
    "La subvention de l'action 6 est soldée.": set(),
    "L'action 6 est arrêtée à 20 000 €.": set(),
    "Si la fiche 6 est abandonnée, ses crédits sont reversés.": set(),
    "La fiche 9 est achevée.": set(),
    "L'action a été abandonnée.": set(),
    "La fiche 6 est financée par la Ville et la convention prend fin.": set(),
    "La fiche 4 est achevée.": set(),  # of two actions
}
REFERENCES = ("Fiche 6", "3.2", "8 b", "Action II", "B", "A", "4", "Fiche 4")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = World()
    for number, sentence in enumerate(ENDS):
        name = f"acte-{number}"
        rows = [{"label": f"Étude {r}", "reference": r} for r in REFERENCES]
        rows.append({"label": "Chantiers d'insertion dans le parc", "reference": "LDA-12"})
        world.act(f"{name}-2023", "2023", territory=name).table(rows)
        later = world.act(name, "2024", territory=name).article("3", "Programme", f"Vu. {sentence}")
        later.table([{"label": "Accueil de jour", "reference": "7"}])
    return world.load(tmp_path_factory.mktemp("ends"))[0]


@pytest.mark.parametrize("number", range(len(ENDS)), ids=list(ENDS))
def test_a_later_act_says_what_ends(database: Path, number: int) -> None:
    query = f"""
        SELECT a.reference, e.reason IS NOT NULL, e.reason
        FROM lineage_event AS e JOIN action AS a ON a.action_id = e.action_ids[1]
        WHERE e.event = 'ended' AND a.document_id = 'acte-{number}-2023'
    """
    told = {
        reference: reason for reference, said, reason in run_query(database, query).rows if said
    }
    assert told.keys() == list(ENDS.values())[number]
    assert all(f"(acte-{number}, p. 2)" in str(reason) for reason in told.values())


def test_an_end_that_is_said_is_not_found(database: Path) -> None:
    query = """
        SELECT count(*) FROM finding AS f JOIN action AS a USING (action_id)
        WHERE f.rule = 'ended_without_reason' AND f.document_id = 'acte-0-2023'
        AND a.reference = 'Fiche 6'
    """
    assert run_query(database, query).rows == [(0,)]


@pytest.mark.parametrize(
    ("sentence", "ended"),
    [
        ("L'action 8 est achevée.", "Étude des besoins"),
        ("Il est mis fin à l'action 8 « Accueil de nuit ».", "Accueil de nuit"),
        (
            "Les parties décident de mettre fin à l'étude des besoins (action 8).",
            "Étude des besoins",
        ),
    ],
)
def test_the_number_of_an_ended_action_may_serve_again(
    tmp_path: Path, sentence: str, ended: str | None
) -> None:
    world = World()
    world.act("a", "2023", territory="t").table(
        [{"label": "Étude des besoins", "reference": "8"}, {"label": "Accueil de nuit"}]
    )
    act = world.act("b", "2024", territory="t").article("2", "Programme", sentence)
    act.table([{"label": "Prévention", "reference": "8"}])
    world.act("c", "2025", territory="t").table([{"label": "Formation", "reference": "1"}])
    database = world.load(tmp_path)[0]
    query = "SELECT label FROM lineage_event WHERE event = 'ended' AND reason IS NOT NULL"
    assert [row[0] for row in run_query(database, query).rows] == ([ended] if ended else [])


def test_an_action_that_the_act_of_the_year_keeps_does_not_end(tmp_path: Path) -> None:
    world = World()
    labels = {"1": "Coordination", "2": "Bail glissant", "3": "Étude"}
    rows = [{"key": k, "reference": k, "label": name, "ami": 9_000} for k, name in labels.items()]
    world.act("eins", "2023", territory="T").table(rows)
    later = world.act("zwei", "2024", territory="T")
    later.article("3", text="Les actions 1 et 3 sont maintenues. L'action 3 est terminée.")
    later.table([{**rows[1], "key": "2"}])
    world.link("eins#2", "zwei#2")
    database = world.load(tmp_path)[0]
    query = """
        SELECT label, event, funded, ami, len(action_ids), contains(reason, 'maintenues')
        FROM action_continuity WHERE exercise = '2024' ORDER BY label
    """
    assert run_query(database, query).rows == [
        ("Bail glissant", "continued", True, 9_000, 1, None),
        ("Coordination", "continued", None, None, 0, True),
        ("Étude", "ended", False, None, 1, False),
    ]
