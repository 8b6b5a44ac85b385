import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.terms import acronym_table, fold, spelt_out, stem, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Études  d’Œuvre", "etudes d'oeuvre"),
        ("Ville – Marseille", "ville - marseille"),
        ("« Toit à moi »", '" toit a moi "'),
        ("dé\u00adnombrement", "denombrement"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("capter", "captation"),
        ("accompagnement", "accompagner"),
        ("expulsions", "expulsion"),
        ("formations", "formation"),
    ],
)
def test_words_of_one_family_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_stem_keeps_different_words_apart() -> None:
    assert len({stem(w) for w in ("bailleur", "bail", "jeunes", "seniors", "logement")}) == 5


def test_words_drop_articles_and_keep_numbers() -> None:
    assert words("L'accès au logement de 30 jeunes") == ("acces", "logement", "30", "jeunes")


def test_acronyms_are_spelt_out() -> None:
    table = acronym_table([("P.F.T.A", "plateforme territoriale d'accompagnement"), ("", "rien")])
    assert spelt_out(words("Essaimage des PFTA"), table) == [
        "essaimage",
        "plateforme",
        "territoriale",
        "accompagnement",
    ]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    assert all(stem(w) for w in words(text))
