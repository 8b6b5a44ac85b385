import pytest

from tests.normalizers.links.made import made


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Accompagnement renforcé – lot 1", "Accompagnement renforcé – lot 2", True),
        ("Accompagnement renforcé – lot 1", "Accompagnement renforcé (lot n° 1)", False),
        ("Accompagner 20 ménages", "Accompagner 30 ménages", False),
        ("Maraude de nuit", "Maraude sociale de jour", True),
        ("Maraude de nuit", "Maraudes de jour et de nuit", False),
        ("Nuit de la solidarité", "Décompte nocturne des personnes à la rue", False),
        ("Étude pension de famille Nord", "Étude pension de famille Sud", True),
        ("Pension de famille Les Tilleuls", "Pension de famille Les Acacias", True),
        ("Logements passerelles à Joué-lès-Tours", "Logements passerelles à Saint-Genouph", True),
        ("Logements passerelles à Joué-lès-Tours", "Logements passerelles", False),
        ("Maraude à St-Genouph", "Maraude à Saint-Genouph", False),
        ("Formation : Élus", "Formation : Bailleurs", False),  # no names: words of the trade
        ("Colocation à Rouen", "Logement d'abord en colocation à Elbeuf", False),
    ],
)
def test_a_mark_tells_look_alikes_apart(one: str, other: str, apart: bool) -> None:
    assert made(one).marks.contradict(made(other).marks) == apart


@pytest.mark.parametrize(
    ("before", "after", "apart"),
    [
        ({"Commune": "Rezé"}, {"Commune": "Orvault"}, True),
        ({"Lieu d'intervention": "Rezé"}, {"Commune": "Rezé et Orvault"}, False),
        ({"Commune": "Rezé"}, {"Commune": "Métropole"}, False),
        ({"Commune": "Rezé"}, {}, False),
        ({"Relais": "ARS"}, {"Relais": "CAF"}, False),
    ],
)
def test_the_place_of_a_row_is_a_mark(
    before: dict[str, str], after: dict[str, str], apart: bool
) -> None:
    one, other = (made("Habitat inclusif", row=row).marks for row in (before, after))
    assert one.contradict(other) == apart
