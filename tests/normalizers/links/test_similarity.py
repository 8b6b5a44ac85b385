import numpy as np
import pytest

from normalizers.links import similarity
from normalizers.links.profiles import Profile
from normalizers.links.similarity import FEATURES, Comparison
from tests.normalizers.links.made import made


def measured(left: Profile, right: Profile) -> dict[str, float]:
    bystander = made("Tenir les registres de la cantine")
    pairs = Comparison([left, bystander], [right, bystander]).pairs()
    return dict(zip(FEATURES, map(float, pairs.features[0]), strict=True))


def test_a_text_that_changed_column_is_found() -> None:
    before = made("Mieux accompagner les jeunes", description="Soutien aux CLLAJ du territoire")
    after = made("Soutien aux CLLAJ du territoire", objective="Mieux accompagner les jeunes")
    assert measured(before, after)["champ"] == pytest.approx(1)


def test_an_acronym_is_its_meaning() -> None:
    assert measured(
        made("Essaimage des PFTA"), made("Essaimage des plateformes territoriales d'accompagnement")
    )["champ"] == pytest.approx(1)


def test_a_typo_costs_little() -> None:
    assert measured(made("Essaimage du réseau"), made("Essaiage du réseau"))["libelle"] > 0.9


@pytest.mark.parametrize(
    ("measure", "one", "other", "value"),
    [
        ("montant", made("a", amount=15130), made("b", amount=15130), 1),
        ("montant", made("a", amount=15130), made("b", amount=15131), 0),
        ("rappel", made("a", amount=15130), made("b", amount=9000, recalled=15130), 1),
        ("rappel", made("a", recalled=15130), made("b", amount=15130), 0),
        ("pilotes", made("a", pilot="CCAS"), made("b", pilot="CCAS"), 1),
        ("pilotes", made("a", pilot="CCAS"), made("b"), 0.5),
        ("nombres", made("Loger 35 familles"), made("Loger 35 ménages"), 1),
        ("nombres", made("Loger 35 familles"), made("Remettre 35 % du parc"), 0),
        (
            "autre_public",
            made("Former les travailleurs sociaux"),
            made("Former les bailleurs sociaux"),
            1,
        ),
        ("autre_public", made("Loger les jeunes"), made("Loger des jeunes à la rue"), 0),
    ],
)
def test_measures(measure: str, one: Profile, other: Profile, value: float) -> None:
    assert measured(one, other)[measure] == value


def test_measures_stay_between_0_and_1() -> None:
    texts = ["Loger 30 jeunes à Aubagne", "Loger", "", "Nuit de la solidarité", "12 000 € à Aix"]
    some = [made(t, t[:9], t[::-1], "x", 5) for t in texts]
    features = Comparison(some, some).pairs().features
    assert features.min() >= 0
    assert features.max() <= 1 + 1e-9


def test_what_is_measured_does_not_depend_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = ["Loger 30 jeunes", "Former les élus", "Meubler les logements", "Accueil de jour"]
    some = [made(x, pilot="ab"[k % 2], amount=k) for k, x in enumerate(labels)]
    compared = Comparison(some, some)
    table = compared.pairs()
    each = np.arange(len(some))
    alone = compared.measured(some, some, each, each)
    assert np.allclose(table.features[table.source == table.target], alone)
    monkeypatch.setattr(similarity, "ALL_PAIRS", 0)
    assert np.allclose(table.features, Comparison(some, some).pairs().features)


def test_blocking_keeps_the_true_partner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "ALL_PAIRS", 0)
    some = [
        made(f"Action {chr(97 + k // 26)}{chr(97 + k % 26)}xyz du programme") for k in range(60)
    ]
    pairs = Comparison(some, some).pairs()
    assert {(k, k) for k in range(60)} <= set(zip(pairs.source, pairs.target, strict=True))
    assert len(pairs.source) < 60 * 60
