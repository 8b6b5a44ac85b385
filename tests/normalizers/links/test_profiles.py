from normalizers.links.profiles import joined
from tests.normalizers.links.made import made


def test_the_name_of_an_operator_is_no_public() -> None:
    assert "usagers" not in made("Gestion sociale portée par Entraide Sorlandaise").concepts
    assert "usagers" in made("Créer un groupe d'entraide mutuelle").concepts


def test_two_parts_read_as_one() -> None:
    whole = joined(made("Meubler", pilot="a", amount=2), made("Cautionner", pilot="b", amount=3))
    assert whole.pilots == {"a", "b"}
    assert whole.amount == 5
    assert set(whole.topics) == {"mobilier", "caution", "nature_aide"}
