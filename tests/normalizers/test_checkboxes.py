"""Options with boxes: what is ticked."""

import pytest

from normalizers.checkboxes import chosen, ticked


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("☐ À lancer ☒ En cours ☐ Terminée", ["En cours"]),
        ("☐ À lancer\n☑ En cours\n☑ Renforcée", ["En cours", "Renforcée"]),
        ("□ Nouvelle action ■ Reconduction", ["Reconduction"]),
        ("[ ] Nouvelle [x] Reconduite", ["Reconduite"]),
        ("À lancer ☐ En cours ☒ Terminée ☐", ["En cours"]),
        ("Statut : ☐ À lancer ☒ En cours", ["En cours"]),
        ("☐ À lancer ☐ En cours", []),
        ("☒ DDETS", ["DDETS"]),
        ("En cours", None),
        ("✓ 12 ménages relogés ✓ 3 baux signés", None),
        ("■ Accueil ■ Orientation", None),
        ("[12] ménages", None),
    ],
)
def test_ticked(text: str, options: list[str] | None) -> None:
    assert ticked(text) == options


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("☒ DDETS ☐ Métropole", "DDETS"),
        ("☒ DDETS ☐ Métropole ☒ CCAS", "DDETS\nCCAS"),
        ("DDETS", "DDETS"),
        ("□ DDETS □ Métropole", "□ DDETS □ Métropole"),
    ],
)
def test_chosen(text: str, said: str) -> None:
    assert chosen(text) == said
