"""Who is known to pay, by name."""

import pytest
from documents import FUNDERS


@pytest.mark.parametrize(
    ("name", "known", "pays"),
    [
        ("CAF", True, True),
        ("CCAS", True, True),
        ("Bailleurs sociaux", False, True),
        ("Fondation Clairval", False, False),
        ("", False, False),
    ],
)
def test_known_bodies_and_kinds_of_bodies_pay(name: str, known: bool, pays: bool) -> None:
    assert (FUNDERS.knows(name), FUNDERS.pays(name)) == (known, pays)


def test_a_body_known_by_its_usual_name_is_known() -> None:
    assert FUNDERS.name("siao") == "SIAO"
    assert FUNDERS.knows("SIAO")
