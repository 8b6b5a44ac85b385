"""The name of an action and who runs it, in one cell."""

import pytest
from documents import DIRECTORY, FUNDERS, VOCABULARY

from normalizers.actions.operators import Told, pilots_apart, pilots_in_brackets
from normalizers.funders import Funders


def apart(heading: str, *labels: str) -> list[tuple[str, str] | None]:
    def knows(text: str) -> bool:
        return DIRECTORY.name(text) != text

    told = pilots_apart(heading, labels, VOCABULARY.headings, knows)
    found = [told.get(label) for label in labels]
    return [(one.label, one.pilot) if one else None for one in found]


@pytest.mark.parametrize(
    ("heading", "labels"),
    [
        ("Action / opérateur", ("Bail glissant\nLa Halte", "Étude\nCCAS")),
        ("Mesures / opérateurs", ("Bail glissant – La Halte", "Étude – CCAS")),
        ("Action (opérateur)", ("Bail glissant (La Halte)", "Étude (CCAS)")),
        ("Porteur et action", ("La Halte\nBail glissant", "CCAS\nÉtude")),
    ],
)
def test_the_heading_announces_both(heading: str, labels: tuple[str, str]) -> None:
    assert apart(heading, *labels) == [("Bail glissant", "La Halte"), ("Étude", "CCAS")]


def test_a_name_told_elsewhere_or_known_ends_a_cell_without_room_for_a_break() -> None:
    found = apart(
        "Action et porteur",
        "Étude\nLa Halte",
        "Un toit\nLes Amis",
        "Bail\nRelais",
        "Maraude de nuit La Halte",
        "Écoute Croix-Rouge",
        "Aide aux Ménages Isolés",
    )
    assert found[3:] == [("Maraude de nuit", "La Halte"), ("Écoute", "Croix-Rouge"), None]


@pytest.mark.parametrize(
    ("heading", "labels"),
    [
        ("Action", ("Bail glissant\nLa Halte", "Étude\nCCAS")),
        ("Action / opérateur", ("Bail glissant – La Halte", "Étude")),
        ("Action / opérateur", ("Bail – suite – La Halte", "Étude – fin – CCAS")),
        ("Action / opérateur", ("Bail\nDix logements sont captés.", "Étude\nDes besoins.")),
    ],
)
def test_nothing_is_parted_without_a_heading_and_one_mark(
    heading: str, labels: tuple[str, str]
) -> None:
    assert apart(heading, *labels) == [None, None]


@pytest.mark.parametrize(
    ("names", "are_parted"),
    [
        (("Association Le Gué", "CCAS", "Fondation Clairval"), True),
        (("Association Le Gué", "SIAO", "Ville de Toulon"), True),
        (("Toulon", "Association Le Gué", "SIAO"), True),
        (("Toulon", "Toulon", "SIAO"), False),  # where, not who
        (("phase 1", "Association Le Gué", "CCAS"), False),
        (("Association Le Gué", "CCAS"), False),
    ],
)
def test_a_body_in_brackets_behind_each_name_runs_the_action(
    names: tuple[str, ...], are_parted: bool
) -> None:
    labels = [f"Bail glissant {i} ({name})" for i, name in enumerate(names)]
    known = {"siao": "SIAO", "toulon": "Ville de Toulon"}
    funders = Funders(lambda name: known.get(name.lower(), name), VOCABULARY.money)
    told = pilots_in_brackets(labels, funders, VOCABULARY.headings)
    expected = [(f"Bail glissant {i}", name) for i, name in enumerate(names)]
    assert [(t.label, t.pilot) for t in told.values()] == (expected if are_parted else [])


def test_a_name_without_body_leaves_all_as_they_are() -> None:
    labels = ["Bail (CCAS)", "Étude (SIAO)", "Garantie (Association Le Gué)", "Halte"]
    assert pilots_in_brackets(labels, FUNDERS, VOCABULARY.headings) == {}


def test_the_pilot_in_brackets_that_say_so() -> None:
    labels = ["Bail glissant (pilote : Le Toit)", "Maraude (12 places)"]
    told = pilots_in_brackets(labels, FUNDERS, VOCABULARY.headings)
    assert told == {labels[0]: Told("Bail glissant", "Le Toit")}
    assert pilots_in_brackets(["Bail (durée : un an)"], FUNDERS, VOCABULARY.headings) == {}
