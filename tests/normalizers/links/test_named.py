"""What sentences say of actions that they call by their names."""

import pytest

from normalizers.links.named import told_by_name

STREET, HOME = "Sortants de rue", "Un chez-soi d'abord"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (f"L'action « {STREET} » prend le nom national « {HOME} ».", [(STREET, HOME)]),
        (f"L'action « {STREET} » devient « {HOME} ».", [(STREET, HOME)]),
        (f"L'action « {STREET} », renommée « {HOME} », est confiée au CCAS.", [(STREET, HOME)]),
        (f"L'action intitulée « {STREET} » s'intitule désormais « {HOME} ».", [(STREET, HOME)]),
        (
            "Les actions « Accueil » et « Écoute » sont regroupées dans « La maison ».",
            [("Accueil", "La maison"), ("Écoute", "La maison")],
        ),
        ("« Accueil » et « Écoute » rejoignent l'action 3.", [("Accueil", "3"), ("Écoute", "3")]),
        (
            "L'action « Accueil » est scindée en deux actions : « Journée » et « La nuit ».",
            [("Accueil", "Journée"), ("Accueil", "La nuit")],
        ),
        (
            "Les actions 2 (accueil) et 3 sont regroupées au sein d'une action unique « La nuit ».",
            [("2", "La nuit"), ("3", "La nuit")],
        ),
        (f"L'action 5 est désormais intitulée « {HOME} ».", [("5", HOME)]),
        (f"L'action 5, désormais intitulée « {HOME} », est portée par la Ville.", [("5", HOME)]),
        (f"La Ville, désormais dénommée « {HOME} », pilote l'action 5.", []),
        (f"L'action 5 prend pour intitulé « {HOME} ».", [("5", HOME)]),
        (f"L'intitulé de l'action 5 est modifié comme suit : « {HOME} ».", [("5", HOME)]),
        (f"Le nom de l'action « {STREET} » est remplacé par « {HOME} ».", [(STREET, HOME)]),
        (f"L'action 5 prend le nom de « {HOME} ».", [("5", HOME)]),
        (f"L'action 5 « {STREET} » devient l'action 6 « {HOME} ».", []),  # told by their numbers
        (f"Les crédits de l'action « {STREET} » sont transférés à l'action « {HOME} ».", []),
        (f"L'action « {STREET} » pourra devenir « {HOME} ».", []),
        (f"Sous réserve de crédits, l'action « {STREET} » devient « {HOME} ».", []),
        (f"L'action « {STREET} » est menée en lien avec l'action « {HOME} ».", []),
    ],
)
def test_what_becomes_of_an_action_called_by_its_name(
    sentence: str, told: list[tuple[str, str]]
) -> None:
    found = told_by_name(sentence)
    assert [(a.name or a.reference, x.name or x.reference) for a, x in found] == told
    assert all(x.kind == "becomes" and x.quote == sentence for _, x in found)


def test_a_condition_is_told_apart() -> None:
    sentence = f"Sous réserve de crédits, l'action « {STREET} » devient « {HOME} »."
    ((action, said),) = told_by_name(sentence, on_condition=True)
    assert (action.name, said.name) == (STREET, HOME)
    assert told_by_name(f"L'action « {STREET} » devient « {HOME} ».", on_condition=True) == []
