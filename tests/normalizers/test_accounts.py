import pytest

from normalizers.accounts import find_rib, iban_is_valid, mask_iban, mask_rib, rib_is_valid

IBAN = "FR14 2004 1010 0505 0001 3M02 606"


def test_iban_validity() -> None:
    assert iban_is_valid(IBAN)
    assert not iban_is_valid(IBAN.replace("606", "607"))
    assert mask_iban(IBAN) == "FR** **** 606"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RIB : 20041 01005 0500013M026 06", ("20041010050500013M02606", True)),
        ("RIB : 20041 01005 0500013M026 07", ("20041010050500013M02607", False)),
        ("le compte 20041 01005 0500013M026 06", ("20041010050500013M02606", True)),
        ("le compte 20041 01005 0500013M026 07", None),
        (
            "Code banque : 20041\nCode guichet : 01005\nN° de compte : 0500013M026\nClé RIB : 06",
            ("20041010050500013M02606", True),
        ),
        (
            "Banque 20041 – Guichet 01005 – Compte 0500013M026 – Clé 60",
            ("20041010050500013M02660", False),
        ),
        (f"IBAN : {IBAN}", None),
        ("le guichet unique de la banque alimentaire tient un compte", None),
    ],
)
def test_rib(text: str, expected: tuple[str, bool] | None) -> None:
    found = find_rib(text)
    assert (found and (found[1], rib_is_valid(found[1]))) == expected


def test_a_rib_keeps_its_last_three_characters() -> None:
    assert mask_rib("20041 01005 0500013M026 06") == "**** **** 606"
