"""Bank details and people's contacts don't leave in clear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.privacy import iban_is_valid, mask, mask_iban

IBAN = "FR14 2004 1010 0505 0001 3M02 606"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"IBAN : {IBAN} BIC : BDFEFRPPCCT", "IBAN : FR** **** 606 BIC : BDFEFRPPCCT"),
        (f"IBAN:{IBAN.replace(' ', '')}.", "IBAN:FR** **** 606."),
        ("N° de compte : A6279000000 Clé RIB : 90", "N° de compte : [compte] Clé RIB : [compte]"),
        ("Clé RIB : 30001 00512 C1300000000 02", "Clé RIB : [compte]"),
        ("Téléphone : 04 91 99 79 80", "Téléphone : [téléphone]"),
        ("tél. 0491997980", "tél. [téléphone]"),
        ("+33 (0)4 91 99 79 80", "[téléphone]"),
        ("écrire à marie.dupont@ville-brest.fr.", "écrire à [courriel]."),
        ("N° SIRET : 13001303000106", "N° SIRET : 13001303000106"),
        ("compte PCE 6541200000", "compte PCE 6541200000"),
        ("domaine fonctionnel 0177-12-17", "domaine fonctionnel 0177-12-17"),
        ("un montant de 1 102 521,50 €", "un montant de 1 102 521,50 €"),
        ("177-01-06-12-44", "177-01-06-12-44"),
        ("activité 0177 01 06 12 10", "activité 0177 01 06 12 10"),
        ("04 91 99 79 80 06 12 34 56 78", "[téléphone] [téléphone]"),
        ("Préfecture, 2 boulevard Paul Peytral", "Préfecture, 2 boulevard Paul Peytral"),
    ],
)
def test_mask(text: str, expected: str) -> None:
    assert mask(text) == expected


def test_iban_validity() -> None:
    assert iban_is_valid(IBAN)
    assert not iban_is_valid(IBAN.replace("606", "607"))
    assert mask_iban(IBAN) == "FR** **** 606"


@given(st.text(max_size=80))
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"0[1-9]( \d\d){4}", fullmatch=True))
def test_no_phone_number_survives(number: str) -> None:
    assert number not in mask(f"Contact : {number} (bureau)")
