"""When an act was received, as stamps tell it."""

import pytest

from extractors.text.dates import dates_of_act
from pipeline.extracted import Place, PlacedText


def printed(text: str, top: float, x0: float = 400.0) -> PlacedText:
    return PlacedText(text=text, place=Place(page=1, x0=x0, top=top, x1=x0 + 90, bottom=top + 9))


@pytest.mark.parametrize(
    ("lines", "received"),
    [
        ([("REÇU LE", 40), ("12 MARS 2024", 51), ("Contrôle de légalité", 62)], "2024-03-12"),
        ([("le 21 mai 2024", 30), ("Reçu au contrôle de légalité", 41)], "2024-05-21"),
        ([("Reçu en préfecture le 3 juin 2024", 40), ("1er juin 2024", 51)], "2024-06-03"),
        ([("ARRIVÉ LE", 40), ("4 MARS 2024", 51)], "2024-03-04"),
        ([("REÇU LE", 40), ("12 MARS 2024", 90)], None),
        ([("REÇU LE", 40), ("12 MARS 2024", 51), ("4 MARS 2024", 29)], None),
        ([("PRÉFECTURE", 40), ("12 MARS 2024", 51)], None),
    ],
    ids=["below", "above", "on the line", "arrived", "far off", "two dates", "of another stamp"],
)
def test_the_date_of_a_stamp(lines: list[tuple[str, float]], received: str | None) -> None:
    facts = dates_of_act([], [printed(text, top) for text, top in lines])
    assert [fact.value for fact in facts] == ([received] if received else [])


def test_a_date_beside_a_stamp_is_not_its_own() -> None:
    assert not dates_of_act([], [printed("REÇU LE", 40), printed("12 MARS 2024", 51, x0=60)])
