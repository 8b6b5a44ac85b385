import pytest

from normalizers.references import (
    is_reference,
    key_meant,
    reference_key,
    reference_keys,
    split_numbers,
    split_part,
    split_reference,
)

CODED = ("A.1.a", "A.1.b", "A.2.a", "B.1.a")


@pytest.mark.parametrize(
    ("reference", "keys"),
    [
        ("FA 13 Bis", ["13bis"]),
        ("Action 1bis", ["1bis"]),
        ("1'", ["1bis"]),
        ("1’", ["1bis"]),
        ("FA 5 adaptée", ["5adaptee"]),
        ("Fiche Action 5 (adaptée)", ["5adaptee"]),
        ("FA 3b", ["3b"]),
        ("Fiche 3 b", ["3b"]),
        ("fiches 3 a et 3 b", ["3a", "3b"]),
        ("la fiche 3 a été", ["3"]),
        ("A.1.a", ["a1a"]),
        ("III.1", ["iii1"]),
        ("II-1", ["ii1"]),
        ("3 avenants", ["3"]),
        ("fiche projet n° 23", ["23"]),
        ("Action 11/12", ["11", "12"]),
        ("2.2.1", ["2.2.1"]),
        ("B.1", ["b1"]),
        ("Fiche 1.A", ["1a"]),
        ("2.A + 2.B", ["2a", "2b"]),
        ("la fiche 3.C.", ["3c"]),
        ("Action H2", ["h2"]),
        ("actions L1 et L 2", ["l1", "l2"]),
        ("A.1.3", ["a1.3"]),
        ("F.A. 2", ["2"]),
        ("ACC-1", ["acc1"]),
        ("l'action ACC 1", ["acc1"]),
        ("acc 1", ["acc1"]),  # of a folded sentence
        ("fa 1", ["1"]),
        ("ACTION 1, FA 2", ["1", "2"]),
        ("LDA-02a", ["lda02a"]),
        ("EV25-01 et EV25-02", ["ev25-01", "ev25-02"]),
        ("B1-B3", ["b1", "b3"]),
        ("ex-3, fiche-4 et FA5", ["3", "4", "5"]),
        ("Action n 2", ["2"]),
        ("LDA/2025/03", ["lda2025-03"]),
        ("LDA-2025-03", ["lda2025-03"]),
        ("2025-03", ["2025-03"]),
        ("2025/04", ["2025-04"]),
        ("LA-01/24", ["la01-24"]),
        ("P1-A2", ["p1a2"]),
        ("P1/A2", ["p1a2"]),
        ("A1-A3", ["a1", "a3"]),
        ("3a/3b", ["3a", "3b"]),
        ("n° 3-b", ["3b"]),
        ("FA 1-2", ["1.2"]),
        ("A1-2", ["a1.2"]),
        ("II.A.1", ["iia1"]),
        ("FA-5", ["5"]),
        ("Axe transversal", []),
        (None, []),
    ],
)
def test_a_reference_names_the_same_action_in_all_its_writings(reference, keys):
    assert reference_keys(reference) == keys
    assert reference_key(reference) == (keys[0] if keys else "")


@pytest.mark.parametrize(
    ("key", "known", "meant"),
    [
        ("3", ["3", "03"], "3"),
        ("lda4", ["3", "4"], "4"),
        ("4", ["lda3", "lda04"], "lda04"),
        ("ac3", ["ac03", "lda3"], "ac03"),
        ("ac3", ["lda3"], None),
        ("4", ["ac4", "lda4"], None),
        ("1", ["iii1"], None),
        ("1.1", ["1.10", "lda1.1"], "lda1.1"),
        ("3a", ["3"], None),
        ("", ["3"], None),
    ],
)
def test_a_key_may_leave_out_letters_that_all_share(key, known, meant):
    assert key_meant(key, known) == meant


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (["1. Accueil", "2. Bail glissant", "3a – Étude", "3b – Suivi"], ["1", "2", "3a", "3b"]),
        (["1.1 Accueil", "1.2 Bail glissant"], ["1.1", "1.2"]),
        (["Action n° 1 Accueil", "Action n° 4 Bail"], ["Action n° 1", "Action n° 4"]),
        (["A1 – Accueil", "A2 – Bail", "B1 – Suivi"], ["A1", "A2", "B1"]),
        (["A1 – Accueil", "B2 – Bail", "B1 – Suivi"], None),
        (["A1-Accueil", "A2 - Bail glissant"], ["A1", "A2"]),
        (["1.Accueil", "2.IML"], ["1", "2"]),
        (["1-2 ans", "3-4 ans"], None),
        (["1.A Accueil", "1.B Bail glissant"], ["1.A", "1.B"]),
        (["A – Accueil", "B – Bail glissant"], ["A", "B"]),
        (["I.1 Accueil", "I.2 Bail", "II.1 Suivi", "IV.1 Étude"], ["I.1", "I.2", "II.1", "IV.1"]),
        (["A.1 Accueil", "A.2 Bail", "B.1 Suivi"], ["A.1", "A.2", "B.1"]),
        (["A.1.a Accueil", "A.1.b Bail", "A.2.a Étude", "B.1.a Suivi"], [*CODED]),
        (["a) Accueil", "b) Bail glissant"], ["a", "b"]),
        (["a) Accueil", "b) Bail", "a) Suivi", "b) Étude", "c) IML"], ["a", "b", "a", "b", "c"]),
        (["1. Accueil", "2. Bail", "1. Suivi"], ["1", "2", "1"]),
        (["1. Accueil", "2. Bail", "2. Suivi"], None),
        (["1. Accueil", "3. Bail", "1. Suivi"], None),
        (["B.1.a Accueil", "A.1.a Bail glissant"], None),
        (["1. Accueil", "1. Accueil", "2. Bail"], ["1", "1", "2"]),
        (["1. Accueil", "Bail glissant"], None),
        (["2. Accueil", "1. Bail glissant"], None),
        (["2 – Bail", "3 – Suivi", "1 – Accueil"], ["2", "3", "1"]),
        (["2 – Bail", "30 – Suivi", "1 – Accueil"], None),
        (["2 – Bail", "3. Suivi", "1 – Accueil"], None),
        (["1. Accueil", "1. Bail glissant"], None),
        (["24 places d'accueil", "25 baux glissants"], None),
        (["5. Accueil"], ["5"]),
        (["1.2 Accueil"], ["1.2"]),
        (["1. Accueil\n2. Bail"], None),
        (["5 – Accueil"], None),
    ],
)
def test_labels_may_count_the_actions(labels, numbers):
    found = split_numbers(labels)
    assert (found and [number for number, _ in found]) == numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FA 10. Logement adapté / avec l'ARHLM", ("FA 10", "Logement adapté / avec l'ARHLM")),
        ("FA 1 bis . Démarche de suivi", ("FA 1 bis", "Démarche de suivi")),
        ("FA 13 Bis. Impayés d'énergie", ("FA 13 Bis", "Impayés d'énergie")),
        ("FA 5 adaptée. Formation", ("FA 5 adaptée", "Formation")),
        ("Fiche Action 5 (adaptée) : Formation", ("Fiche Action 5 (adaptée)", "Formation")),
        ("Action 11/12 : Maintien", ("Action 11/12", "Maintien")),
        ("Fiche Action n° 20 : Accélérateur", ("Fiche Action n° 20", "Accélérateur")),
        ("Annexe 2 – Fiche action n° 1 : Guichet", ("Fiche action n° 1", "Guichet")),
        ("Mesure n° 3 : Halte", ("Mesure n° 3", "Halte")),
        ("Mesure 12 mois", (None, "Mesure 12 mois")),
        ("Annexe n° 3 : Projet n° 2 – Halte", ("Projet n° 2", "Halte")),
        ("Annexe 1 : Actions 2034", (None, "Annexe 1 : Actions 2034")),
        ("Projet 2034 : Halte", (None, "Projet 2034 : Halte")),
        ("Cf. DDETS et PDALHPD", (None, "Cf. DDETS et PDALHPD")),
        ("Axe 1 : Produire des logements", (None, "Axe 1 : Produire des logements")),
        ("FICHE ACTION 1.1 : Animation", ("FICHE ACTION 1.1", "Animation")),
        ("Fiche 1.A", (None, "Fiche 1.A")),
        ("Fiche 1.A – Animation", ("Fiche 1.A", "Animation")),
        ("Action 3 • Animation", ("Action 3", "Animation")),
        ("Action 3 | Animation", ("Action 3", "Animation")),
        ("Action B – Animation", ("Action B", "Animation")),
        ("Fiche II : Bail", ("Fiche II", "Bail")),
        ("ACTION A POURSUIVRE", (None, "ACTION A POURSUIVRE")),
        ("Fiche I-1 : Bail", (None, "Fiche I-1 : Bail")),
        ("FICHE ACTION 1.1", (None, "FICHE ACTION 1.1")),
        ("FICHE ACTION 1.1 Animation", (None, "FICHE ACTION 1.1 Animation")),
        ("fiche projet n° 23 Coordination", (None, "fiche projet n° 23 Coordination")),
    ],
)
def test_a_line_is_parted_into_reference_and_label(text, expected):
    assert split_reference(text) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Axe 1 – Objectif 1.1 – Action 1.1.1 Repérer", "Axe 1 – Objectif 1.1"),
        ("Axe II : Loger durablement / Action 3 : Bail", "Axe II : Loger durablement"),
        ("Objectif 2\nFiche 4 – Bail", "Objectif 2"),
        ("Axe 1 – Repérer", None),
        ("Action 1.1.1 – Repérer", None),
        ("Axe 1 – Suite donnée à l'action 3", None),
        ("Axe 1 – Action 2 fois par semaine", None),
        ("Axe 1 – Actions de repérage", None),
    ],
)
def test_the_part_of_the_programme_before_an_action(text, part):
    assert split_part(text) == (part, text[len(part) :].lstrip(" –/\n") if part else text)


def test_a_heading_needs_no_sign_between_reference_and_label():
    text = "fiche projet n° 23 Coordination des accompagnements"
    found = split_reference(text, parted=False)
    assert found == ("fiche projet n° 23", "Coordination des accompagnements")


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("Action II", "ii"),
        ("II", "ii"),
        ("B", "b"),
        ("Fiche B.", "b"),
        ("Axe", ""),
        ("II.1", "ii1"),
    ],
)
def test_a_letter_or_a_roman_number_is_a_reference(reference: str, key: str) -> None:
    assert reference_key(reference) == key


@pytest.mark.parametrize(
    ("text", "alone"),
    [("A", True), ("C1", True), ("Fiche 3", True), ("LDA-02a", True), ("M-01", True), 
     ("LDA/2025/03", True), ("P1-A2", True), ("S1-2025", False),
     ("Aide", False), ("2024", False), ("12 000", False), ("3 logements", False)],
)  # fmt: skip
def test_a_reference_alone(text, alone):
    assert is_reference(text) is alone
