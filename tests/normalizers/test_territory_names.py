import pytest

from normalizers.territory_names import abridges, is_named_apart, main_commune, sigles


@pytest.mark.parametrize(
    ("name", "commune"),
    [
        ("Grand Brévannes Agglomération", "Brévannes"),
        ("Métropole Val-de-Garde", None),
        ("Métropole de Saint-Orme", "Saint-Orme"),
        ("Communauté d'agglomération d'Ardelles", "Ardelles"),
        ("Communauté d'agglomération Saint-Orme-Agglomération", "Saint-Orme"),
        ("Communauté d'agglomération Brévannes Agglo", "Brévannes"),
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


@pytest.mark.parametrize(
    ("name", "apart"),
    [
        ("Communauté d'agglomération Sorne-Vallées", True),
        ("Communauté d'agglomération Sorne Sud", True),
        ("Communauté d'agglomération de Sorne", False),
        ("Communauté d'agglomération La Sorne", False),
        ("Communauté d'agglomération Sorne Agglo", False),
    ],
)
def test_a_name_may_be_no_communes(name: str, apart: bool) -> None:
    assert is_named_apart(name) is apart


@pytest.mark.parametrize(
    ("sigle", "name", "does"),
    [
        ("QNM", "Quintenelle Métropole", True),
        ("CALTV", "Communauté d'agglomération Les Trois Vals", True),
        ("CATV", "Communauté d'agglomération Les Trois Vals", True),
        ("AIVS", "Communauté d'agglomération Les Trois Vals", False),
        ("UDAF", "Communauté urbaine du Dauphin", False),
    ],
)
def test_capitals_that_abridge_a_name(sigle: str, name: str, does: bool) -> None:
    assert abridges(sigle, name) is does
