import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.accounts import find_iban, iban_is_valid, mask_iban
from normalizers.contacts import SIGNS, find_contacts, mask

IBAN = "FR14 2004 1010 0505 0001 3M02 606"

MASKED = [
    (f"IBAN : {IBAN} BIC : BDFEFRPPCCT", "IBAN : FR** **** 606 BIC : BDFEFRPPCCT"),
    (f"IBAN:{IBAN.replace(' ', '')}.", "IBAN:FR** **** 606."),
    ("N° de compte : A6279000000 Clé RIB : 90", "N° de compte : [compte] Clé RIB : [compte]"),
    ("Clé RIB : 30001 00512 C1300000000 02", "Clé RIB : [compte]"),
    (
        "Code banque : 20041 ; code guichet : 01005",
        "Code banque : [compte] ; code guichet : [compte]",
    ),
    ("compte 20041 01005 0500013M026 06 ouvert", "compte [compte] ouvert"),
    ("compte 20041 01005 0500013M026 07 ouvert", "compte 20041 01005 0500013M026 07 ouvert"),
    ("FR14 2004 1010 0505\n0001 3M02 606", "FR** **** 606"),
    ("FR14 20041 01005 0500013M026 06 BIC PSST", "FR** **** 606 BIC PSST"),
    ("IBAN : FR76 3000 1005 12C1 3000 0000 003", "IBAN : FR** **** 003"),
    ("IBAN : FRO9 3000 1005 l2C1 3000", "IBAN : FRO9 3000 1005 l2C1 3000"),
    ("BE68 5390 0754 7034, ouvert", "BE** **** 034, ouvert"),
    ("Téléphone : 04 91 99 79 80", "Téléphone : [téléphone]"),
    ("tél. 0491997980", "tél. [téléphone]"),
    ("+33 (0)4 91 99 79 80", "[téléphone]"),
    ("0033 4 91 99 79 80", "[téléphone]"),
    ("06 12 34\n56 78 le matin", "[téléphone] le matin"),
    ("06.12.34. 56.78", "[téléphone]"),
    ("06/12/34/56/78", "[téléphone]"),
    ("06\u00a012\u00a034\u00a056\u00a078", "[téléphone]"),
    ("le 05/06/2023 10 places", "le 05/06/2023 10 places"),
    ("05 06 2023 12", "05 06 2023 12"),
    ("activité 0177010612", "activité 0177010612"),
    ("lots 01, 02, 03, 04, 05", "lots 01, 02, 03, 04, 05"),
    ("prenom.nom @ ville.fr", "[courriel]"),
    ("prenom.nom@\nville-brest.fr.", "[courriel]."),
    ("p.nom@ville-\nbrest.fr", "[courriel]"),
    ("p.nom@aube. fr", "[courriel]"),
    ("p.nom@ville.fr. Le bilan", "[courriel]. Le bilan"),
    ("p.nom (at) ville.fr", "[courriel]"),
    ("10 places @ Brest", "10 places @ Brest"),
    ("Contact : Mme Anne LE GOFF, cheffe de pôle", "Contact : [nom], cheffe de pôle"),
    ("Affaire suivie par : Jean-Marc PETIT", "Affaire suivie par : [nom]"),
    ("Contact : Ville de Marseille", "Contact : Ville de Marseille"),
    ("Virginie Marchal, 04 91 99 79 80", "[nom], [téléphone]"),
    ("CCAS Brest : 04 91 99 79 80", "CCAS Brest : [téléphone]"),
    ("Préfecture de l'Aube, 04 91 99 79 80", "Préfecture de l'Aube, [téléphone]"),
    ("revu avec Mme Jeanne Martin", "revu avec Mme [nom]"),
    ("Madame Claire AUBIER, Présidente", "Madame Claire AUBIER, Présidente"),
    ("représentée par M. Paul Renard", "représentée par M. Paul Renard"),
    ("Monsieur le Préfet de la Région Bretagne", "Monsieur le Préfet de la Région Bretagne"),
    ("écrire à marie.dupont@ville-brest.fr.", "écrire à [courriel]."),
    ("N° SIRET : 13001303000106", "N° SIRET : 13001303000106"),
    ("compte PCE 6541200000", "compte PCE 6541200000"),
    ("domaine fonctionnel 0177-12-17", "domaine fonctionnel 0177-12-17"),
    ("un montant de 1 102 521,50 €", "un montant de 1 102 521,50 €"),
    ("177-01-06-12-44", "177-01-06-12-44"),
    ("activité 0177 01 06 12 10", "activité 0177 01 06 12 10"),
    ("04 91 99 79 80 06 12 34 56 78", "[téléphone] [téléphone]"),
    ("06 12345678", "[téléphone]"),
    ("06 12 345 678, le matin", "[téléphone], le matin"),
    ("06 . 12 . 34 . 56 . 78", "[téléphone]"),
    ("(+33) 6 12 34 56 78", "[téléphone]"),
    ("0262 12 34 56", "[téléphone]"),
    ("+32 2 123 45 67", "[téléphone]"),
    ("+262 692 12 34 56", "[téléphone]"),
    ("Portable : O6 12 34 56 78", "Portable : [téléphone]"),
    ("20 000 € +30 000 000 €", "20 000 € +30 000 000 €"),
    ("+ 1 250 000 €, +10 %", "+ 1 250 000 €, +10 %"),
    ("p.nom (a) ville.fr", "[courriel]"),
    ("p.nom@ville", "[courriel]"),
    ("F R 1 4 2 0 0 4 1 0 1 0 0 5 0 5 0 0 0 1 3 M 0 2 6 0 6", "FR** **** 606"),
    ("FR 14 2004 1010 0505 0001 3M02 606", "FR** **** 606"),
    (
        "Code banque 20041 Code guichet 01005 N° de compte 0500013M026 Clé 07",
        "Code banque [compte] Code guichet [compte] N° de compte [compte] Clé [compte]",
    ),
    ("Affaire suivie par Jeanne Lescure", "Affaire suivie par [nom]"),
    ("Référente AMI : Nadia BENALI", "Référente AMI : [nom]"),
    ("Bénévoles référents\nPorteur : Le Toit", "Bénévoles référents\nPorteur : Le Toit"),
    ("Interlocutrice : Anne-Sophie de La Tour", "Interlocutrice : [nom]"),
    ("Jeanne Lescure, chargée de mission", "[nom], chargée de mission"),
    ("Paul AUBRAC, Chef de service habitat", "[nom], Chef de service habitat"),
    ("Sonia Tercieux (responsable du pôle logement)", "[nom] (responsable du pôle logement)"),
    ("Mme Nadia Benali, cheffe de projet", "Mme [nom], cheffe de projet"),
    ("Mmes Benali et Martin", "Mmes [nom]"),
    ("Chargé de mission : à recruter", "Chargé de mission : à recruter"),
    ("Métropole de Brest, chef de projet", "Métropole de Brest, chef de projet"),
    ("Préfecture, 2 boulevard Paul Peytral", "Préfecture, 2 boulevard Paul Peytral"),
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_mask(text: str, expected: str) -> None:
    assert mask(text) == expected


def test_what_is_masked_shows_a_sign_to_python_and_to_the_database() -> None:
    held = [text for text, masked in MASKED if text != masked]
    for words in ("Numéro du compte bancaire n° : 0A", "Référentes techniques : Anne Petit"):
        assert find_contacts(words)
        held.append(words)
    held += [text.replace(" ", space) for text in held for space in "\u202f\u3000\x0b\x85"]
    held = [text for text in held if find_contacts(text)]
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT text FROM (SELECT unnest($held) AS text) WHERE regexp_matches(text, $signs)",
            {"held": held, "signs": SIGNS},
        ).fetchall()
    assert {text for (text,) in found} == set(held)
    assert all(re.search(SIGNS, text) for text in held)
    for words in (
        "Au titre de 2031, une subvention de 1 200 000 € est versée.",
        "Exercice 2024-2025 : le guichet de l'hôtel de ville suit 30 ménages, SIREN 290000223",
    ):
        assert not re.search(SIGNS, words)


@given(st.text(max_size=80))
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"0[1-9]( \d\d){4}", fullmatch=True))
def test_no_phone_number_survives(number: str) -> None:
    assert number not in mask(f"Contact : {number} (bureau)")


@given(st.from_regex(r"[a-z]{1,9}\.[a-z]{1,9}@[a-z]{2,9}-?[a-z]{2,9}\.fr", fullmatch=True))
def test_no_address_survives(address: str) -> None:
    assert mask(f"Écrire à {address}, ou passer.") == "Écrire à [courriel], ou passer."


@given(st.integers(10**22, 10**23 - 1), st.sampled_from([" ", "", "\n", "-"]))
def test_no_iban_survives_however_it_is_spaced(account: int, gap: str) -> None:
    whole = f"FR{98 - int(f'{account}152700') % 97:02}{account}"
    spaced = gap.join(whole[i : i + 4] for i in range(0, len(whole), 4))
    assert iban_is_valid(spaced)
    assert find_iban(f"le compte {spaced} ouvert") == spaced
    assert mask(f"le compte {spaced} ouvert") == f"le compte {mask_iban(whole)} ouvert"


@given(st.text(max_size=120))
def test_contacts_lie_in_the_text_in_order(text: str) -> None:
    ends = [0, *(c.end for c in find_contacts(text)), len(text)]
    starts = [0, *(c.start for c in find_contacts(text)), len(text)]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
