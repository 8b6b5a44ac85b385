"""What authorities go by."""

import pytest

from normalizers.authority_names import main_commune, sigles


@pytest.mark.parametrize(
    ("name", "commune"),
    [
        ("Grand Brévannes Agglomération", "Brévannes"),
        ("Métropole de Saint-Orme", "Saint-Orme"),
        ("Communauté d'agglomération d'Ardelles", "Ardelles"),
        ("Communauté d'agglomération Saint-Orme-Agglomération", "Saint-Orme"),
        ("Métropole", None),
        ("Département de l'Ardelle", None),
        ("Communauté d'agglomération Aggl'Orme", None),
    ],
)
def test_main_commune(name: str, commune: str | None) -> None:
    assert main_commune(name) == commune


def test_sigles_that_a_text_gives() -> None:
    text = "La Métropole de Brévannes-le-Mont (BLM), ci-après « la métropole », et l'ARS (ARS)"
    assert list(sigles(text, "Métropole de Brévannes-le-Mont")) == ["BLM"]
    party = "La Métropole du Lac, représentée par Mme Eva Roy, ci-après « 3M », d'autre part"
    assert list(sigles(party, "Métropole du Lac")) == ["3M"]
    assert list(sigles(f"L'État et {party}", "Métropole du Lac")) == []
