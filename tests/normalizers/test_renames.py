"""Headings that say how actions were called, and how they are."""

import pytest

from normalizers.renames import renamed


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (["Ancien intitulé", "Nouvel intitulé", "Décision"], (1, 2)),
        (["N°", "Nouveau nom de l'action", "Action d'origine"], (3, 2)),
        (["Ancien intitulé", "Pilote"], None),
        (["Ancien statut", "Nouveau statut"], None),
        (["Ancien intitulé", "Ancien projet", "Nouvel intitulé"], None),
        (["Nouvelles actions", "Pilote"], None),
    ],
)
def test_what_actions_were_called(headings: list[str], columns: tuple[int, int] | None) -> None:
    assert renamed(headings) == columns
