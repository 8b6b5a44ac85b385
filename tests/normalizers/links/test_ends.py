"""Ends of actions that a text states by their reference or their name."""

import pytest

from normalizers.links.ends import said_ends


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("La fiche 6 est achevée.", ["6"]),
        ("Les fiches actions 3.2, 6 et 8b ne sont pas reconduites.", ["3.2", "6", "8b"]),
        ("La fiche action FA n° 3 bis a été abandonnée en 2024.", ["3bis"]),
        ("Les actions LDA-02a et B.1 sont désormais terminées.", ["02a", "b1"]),
        ("L'action 7 est maintenue et l'action II prend fin le 31 décembre.", ["ii"]),
        ("L’action « Bail glissant » n’est plus maintenue.", ["Bail glissant"]),
        ("L'action intitulée « Étude (phase 2) » s'est achevée.", ["Étude (phase 2)"]),
        ("L'action 4 « Bail glissant » est supprimée.", ["4"]),
        ("L'action A2, qui relève désormais du droit commun, n'est pas reconduite.", ["a2"]),
        ("Les fiches 2.A et 2.B fusionnent en 2.C. La fiche 3.B est arrêtée.", ["3b"]),
        ("La convention prend fin ; la fiche 6 est financée par la Ville.", []),
        ("Si la fiche 6 est abandonnée, ses crédits sont reversés.", []),
        ("La subvention de l'action « Bail glissant » est soldée.", []),
        ("L'action 6 est arrêtée à 20 000 €.", []),
        ("L'action « Bail glissant » n'est pas abandonnée.", []),
    ],
)
def test_ends_are_said(text: str, ended: list[str]) -> None:
    assert [end.reference or end.name for end in said_ends(f"Vu.\n{text}")] == ended


def test_an_end_quotes_its_sentence_and_tells_its_place() -> None:
    text = "Il est rappelé ce qui suit.\nLa  fiche 6\nest achevée. La fiche 7 se poursuit."
    (end,) = said_ends(text)
    assert end.quote == "La fiche 6 est achevée."
    assert text[end.position :].startswith("La  fiche 6")
