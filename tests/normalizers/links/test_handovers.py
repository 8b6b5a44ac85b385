"""Who ran an action before, as rows tell."""

import pytest

from normalizers.links.handovers import former_pilots


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Poste transféré du CCAS à la commune", ["ccas"]),
        (
            "Action transférée, avec ses crédits, de l'association Le Berceau à la Fondation Marie",
            ["association le berceau"],
        ),
        ("Précédemment portée par l'UDAF.", ["udaf"]),
        ("Portée jusqu'en 2024 par le CCAS de Brive, puis par la Ville", ["ccas de brive"]),
        ("Pilotée par la mission locale jusqu'en juin 2024", ["mission locale"]),
        ("L'association Tandem succède à la Ville de Brive", ["ville de brive"]),
        ("Mission locale, en remplacement du CCAS", ["ccas"]),
        ("Le Département confie l'action à l'association Horizon", ["departement"]),
        ("Succède à l'action 4", []),
        ("Action portée par le CCAS", []),
        ("Pourra être transférée du CCAS à la commune", []),
        ("Transférée du CCAS à la commune sous réserve d'un accord", []),
        ("Crédits versés par le CCAS en 2024", []),
    ],
)
def test_who_ran_an_action_before(text: str, who: list[str]) -> None:
    assert former_pilots(text) == who
