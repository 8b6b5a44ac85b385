"""Of which actions sentences of articles and notes tell."""

import pytest

from normalizers.links.cited import may_tell
from normalizers.links.subjects import told_of


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "La fiche 3 est scindée en fiches 3 a et 3 b, confiées à la CAF.",
            [(["3"], "becomes", "3 a"), (["3"], "becomes", "3 b")],
        ),
        ("A1 : suite de la fiche 1 du plan 2031-2033.", [(["a1"], "comes_from", "1")]),
        (
            "L'action 2.2 est dédoublée (2.2 et 2.3).",
            [(["2.2"], "becomes", "2.2"), (["2.2"], "becomes", "2.3")],
        ),
        ("Les actions 4 et 5 sont regroupées dans l'action 6.", [(["4", "5"], "becomes", "6")]),
        (
            "L'action 7 est issue de l'action 3 ; l'action 8 est nouvelle.",
            [(["7"], "comes_from", "3")],
        ),
        ("La fiche III.1 reprend l'action n° 5 de 2032.", [(["iii.1"], "comes_from", "5")]),
        (
            "Les actions sont renumérotées : LDA-01 devient 1.1 ; LDA-02a et LDA-02b sont réunies "
            "en 2.1.",
            [(["lda-01"], "becomes", "1.1"), (["lda-02a", "lda-02b"], "becomes", "2.1")],
        ),
        (
            "Les actions de l'axe 2 sont renumérotées : 2.1 devient 2.2, 2.2 devient 2.3.",
            [(["2.1"], "becomes", "2.2"), (["2.2"], "becomes", "2.3")],
        ),
        (
            "L'action 1 devient A1, l'action 2 devient B1 et les actions 3 et 4 deviennent B2.",
            [
                (["1"], "becomes", "a1"),
                (["2"], "becomes", "b1"),
                (["3", "4"], "becomes", "b2"),
            ],
        ),
        (
            "L'action LDA-2 est séparée en deux : LDA-2a, confiée à l'Agglo, et LDA-2b.",
            [(["lda-2"], "becomes", "lda-2a"), (["lda-2"], "becomes", "lda-2b")],
        ),
        (
            "De l'action 5 naissent deux actions nouvelles, les actions 5 et 13.",
            [(["5"], "becomes", "5"), (["5"], "becomes", "13")],
        ),
        ("De l'action 5 naissent des partenariats avec l'action 6.", []),
        (
            "L'ex-fiche 6 se retrouve pour partie dans la fiche 2, pour partie dans la fiche 8.",
            [(["6"], "becomes", "2"), (["6"], "becomes", "8")],
        ),
        (
            "Les fiches 3 et 4 n'en constituent plus qu'une, portée par l'ADIL : la fiche 3.",
            [(["3", "4"], "becomes", "3")],
        ),
        (
            "Les actions 1 et 2 ne sont plus distinguées et forment ensemble l'action 1.",
            [(["1", "2"], "becomes", "1")],
        ),
        (
            "L'action 4 est dissoute ; ses missions sont réparties entre les actions 2 et 7.",
            [(["4"], "becomes", "2"), (["4"], "becomes", "7")],
        ),
        ("L'action 4 est reconduite ; ses objectifs sont précisés à l'action 5.", []),
        (
            "L'action 9 a été scindée : 9A pour l'accueil, 9B pour le suivi.",
            [(["9"], "becomes", "9a"), (["9"], "becomes", "9b")],
        ),
        (
            "Les missions de l'action 5 sont désormais assurées par l'action 1.",
            [(["5"], "becomes", "1")],
        ),
        ("Les missions de l'action 5 sont assurées par l'équipe de l'action 1.", []),
        ("L'action 4 (ex 6) est renforcée.", [(["4"], "comes_from", "6")]),
        ("L'action 4 (ex 6 ETP) est renforcée.", []),
        (
            "L'action 2 absorbe à elle seule les anciennes actions 4 et 9.",
            [(["2"], "comes_from", "4"), (["2"], "comes_from", "9")],
        ),
        ("LA 1 : suite de l'action 1.", [(["la 1"], "comes_from", "1")]),
        ("En 2031 : suite de l'action 1.", []),
        (
            "L'action LA 3 est dédoublée en actions LA 3 a et LA 3 b.",
            [(["la 3"], "becomes", "la 3 a"), (["la 3"], "becomes", "la 3 b")],
        ),
        ("L'action AC 03 devient l'action AC 13.", [(["ac 03"], "becomes", "ac 13")]),
        (
            "La fiche 9, née de la fiche 4, devient la fiche 12.",
            [(["9"], "comes_from", "4"), (["9"], "becomes", "12")],
        ),
        (
            "À la suite de la fiche 2, la fiche 5 devient la fiche 7.",
            [(["5"], "becomes", "7")],
        ),
        (
            "L'action C est partagée en C1 et C2.",
            [(["C"], "becomes", "c1"), (["C"], "becomes", "c2")],
        ),
        (
            "Les actions 4 et 7 n'en font plus qu'une, l'action 8.",
            [(["4", "7"], "becomes", "8")],
        ),
        ("M-01 porte désormais le numéro 1.", [(["m-01"], "becomes", "1")]),
        ("M-03 et M-06 forment le projet 2.", [(["m-03", "m-06"], "becomes", "2")]),
        ("M-04 est réactivé sous le numéro 3.", [(["m-04"], "becomes", "3")]),
        ("L'action 7 est reportée en 2025 sous le n° 6.", [(["7"], "becomes", "6")]),
        (
            "L'action 4 donne naissance à deux actions, numérotées 4 et 9.",
            [(["4"], "becomes", "4"), (["4"], "becomes", "9")],
        ),
        (
            "Le volet « captation » de l'action 2 devient une action à part entière (action 6).",
            [(["2"], "becomes", "6")],
        ),
        (
            "L'ancienne action 2 (2023) est désormais l'action A1.",
            [(["2"], "becomes", "a1")],
        ),
        ("L'action 3 est désormais l'action phare du territoire.", []),
        (
            "L'action 3 est dissociée en deux actions, numérotées 3 et 8.",
            [(["3"], "becomes", "3"), (["3"], "becomes", "8")],
        ),
        (
            "L'action C.1 est reprise par l'État au titre du Logement d'abord sous le numéro A.3.",
            [(["c.1"], "becomes", "a.3")],
        ),
        ("M-05 débouche sur le projet 4.", [(["m-05"], "becomes", "4")]),
        (
            "Les actions 3.1 « Équipe mobile » et 3.2 « Bail « sortants » » sont fusionnées au sein"
            " d'une action 3.1 « Équipe mobile et baux glissants ».",
            [(["3.1", "3.2"], "becomes", "3.1")],
        ),
        (
            "Les actions 3 (Équipe mobile) et 4 (Bail glissant) sont regroupées en une action"
            " unique n° 3.",
            [(["3", "4"], "becomes", "3")],
        ),
        (
            "L'action 6 « Captation » est scindée en deux actions : 6a « Parc privé » et 6b.",
            [(["6"], "becomes", "6a"), (["6"], "becomes", "6b")],
        ),
        (
            "L'action n° 3 devient l'action n° 2, l'action n° 5 l'action n° 4 et l'action 6"
            " l'action 5.",
            [(["3"], "becomes", "2"), (["5"], "becomes", "4"), (["6"], "becomes", "5")],
        ),
        (
            "L'action 7 est fusionnée avec l'action 8 au sein de la nouvelle action 9.",
            [(["7", "8"], "becomes", "9")],
        ),
        (
            "Les actions 1 à 4 sont inchangées, l'action 5 est intégrée à l'action 2.",
            [(["5"], "becomes", "2")],
        ),
        ("Les crédits de l'action 3 sont transférés à l'action 5.", []),
        ("Le reliquat de 12 000 € de l'action 3 est versé à l'action 5.", []),
        (
            "Les actions 4, 5 et 6 deviennent respectivement les actions 3, 4 et 5.",
            [(["4"], "becomes", "3"), (["5"], "becomes", "4"), (["6"], "becomes", "5")],
        ),
        (
            "Les actions 3 et 4 deviennent les actions 2 et 3.",
            [(["3"], "becomes", "2"), (["4"], "becomes", "3")],
        ),
        (
            "Les actions 2 à 4 sont regroupées dans l'action 2.",
            [(["2", "3", "4"], "becomes", "2")],
        ),
        (
            "Les actions 1.1 et 1.2 fusionnent pour former l'action 1.",
            [(["1.1", "1.2"], "becomes", "1")],
        ),
        (
            "Les actions n° 3 et n° 7 sont fusionnées en une seule action n° 3.",
            [(["3", "7"], "becomes", "3")],
        ),
        (
            "Le programme est revu comme suit : l'action 6 devient l'action 7 et inversement.",
            [(["6"], "becomes", "7"), (["7"], "becomes", "6")],
        ),
        (
            "L'action 6, suspendue en 2023, reprend en 2024 sous le numéro 5.",
            [(["6"], "becomes", "5")],
        ),
        (
            "L'action 7, renumérotée 5, pourra être fusionnée avec l'action 3.",
            [(["7"], "becomes", "5")],
        ),
        (
            "Le volet « santé » de l'action 2 devient une action à part entière, l'action 7.",
            [(["2"], "becomes", "7")],
        ),
        ("Une partie de l'action 3 est transférée à l'action 4.", [(["3"], "becomes", "4")]),
        ("L'action 5 pourra être fusionnée avec l'action 6 en 2026.", []),
        ("Il est envisagé que l'action 5 soit intégrée à l'action 6.", []),
        ("Il est proposé que l'action 5 soit intégrée à l'action 6.", []),
        ("Si les crédits le permettent, l'action 3 sera scindée en actions 3a et 3b.", []),
        ("Sous réserve d'un accord, l'action 3 intègre l'action 5.", []),
        ("Le poste financé au titre de l'action 1 est rattaché à l'action 2.", []),
        ("Le pilote de l'action 3 rejoint l'action 5.", []),
        ("L'action 3 s'appuie sur les logements issus de l'action 1.", []),
        (
            "L'action 7 prend le numéro 6, l'action 8 le numéro 7.",
            [(["7"], "becomes", "6"), (["8"], "becomes", "7")],
        ),
        ("L'action 3 n'est plus rattachée à l'action 1.", []),
        ("L'action 3 sera évaluée avant d'être intégrée à l'action 1.", []),
        ("L'action 4 est reprise à l'action 5 du PDALHPD.", []),
        ("L'action 3 de la convention correspond à l'action 5 du présent avenant.", []),
        (
            "Les actions 3 et 4 fusionnent sous le numéro 3.",
            [(["3", "4"], "becomes", "3")],
        ),
        (
            "L'action 5 (ancienne action 3) et l'action 6 (ancienne action 4) sont reconduites.",
            [(["5"], "comes_from", "3"), (["6"], "comes_from", "4")],
        ),
        (
            "L'action 3 est articulée avec l'action 4, qui remplace l'action 5.",
            [(["4"], "comes_from", "5")],
        ),
        (
            "Les actions 3.1 à 3.2 deviennent 4.1 à 4.2.",
            [(["3.1"], "becomes", "4.1"), (["3.2"], "becomes", "4.2")],
        ),
        (
            "La FA 9 est scindée : la captation relève de la FA 9 a et la gestion de la FA 9 b.",
            [(["9"], "becomes", "9 a"), (["9"], "becomes", "9 b")],
        ),
        ("L'action 3 est scindée : un volet reste à l'action 3.", []),
        (
            "Les FA 5 adaptée et FA 17 sont regroupées dans une fiche unique, la FA 25.",
            [(["5 adaptee", "17"], "becomes", "25")],
        ),
        ("La FA 5 (adaptée) devient la FA 25.", [(["5 (adaptee)"], "becomes", "25")]),
        ("EV24-02 est fusionnée avec EV24-01.", [(["ev24-02"], "becomes", "ev24-01")]),
        (
            "Les actions P1-A2 et P1-A3 sont intégrées à l'action P2-A1.",
            [(["p1-a2", "p1-a3"], "becomes", "p2-a1")],
        ),
        (
            "L'action LDA/2024/03 devient l'action LDA/2025/01.",
            [(["lda/2024/03"], "becomes", "lda/2025/01")],
        ),
        ("Le lieu ferme, suite de la Covid-19, et l'action 4 est reportée.", []),
        ("L'action 4 n'est pas issue de l'action 2.", []),
        ("L'article 3 remplace l'article 2 de la convention.", []),
        ("Les actions 1 à 4 sont reconduites.", []),
    ],
)
def test_a_sentence_tells_of_the_actions_that_it_names_first(sentence, expected) -> None:
    assert [(told, x.kind, x.reference) for told, x in told_of(sentence)] == expected
    assert may_tell(sentence) or not expected


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("L'action I devient l'action II.", [(["I"], "becomes", "II")]),
        ("La fiche 3 regroupe les fiches A et B.", [(["3"], "comes_from", x) for x in "AB"]),
        ("L'action C remplace l'action B de 2022.", [(["C"], "comes_from", "B")]),
        (
            "L'action A est la suite de l'action 1, l'action B prolonge l'action 2.",
            [(["A"], "comes_from", "1"), (["B"], "comes_from", "2")],
        ),
        ("LA 3 remplace l'action 3.", [(["la 3"], "comes_from", "3")]),
        ("LA 3 remplace l'action III.", [(["la 3"], "comes_from", "III")]),
        ("L'action a repris : suite de l'action d'insertion.", []),
        ("L'ACTION 3 EST LA SUITE DE L'ACTION A MENER.", []),
        ("L'action 3 est la suite de l'action D'Artagnan.", []),
    ],
)
def test_a_reference_may_be_a_letter_or_a_roman_number(
    sentence: str, told: list[tuple[list[str], str, str]]
) -> None:
    assert [(named, x.kind, x.reference) for named, x in told_of(sentence)] == told
    assert may_tell(sentence) or not told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Les fiches 5 et 6 ne font plus l'objet que d'une fiche commune, la fiche 5.", "5>5 6>5"),
        (
            "L'aide et le prêt, conduits en 2031 sous les numéros 11 et 12, ne forment plus qu'un"
            " seul dispositif : la fiche A-07.",
            "11>a-07 12>a-07",
        ),
        (
            "L'action 9 se décline en deux volets autonomes : l'action 9.1 et l'action 9.2.",
            "9>9.1 9>9.2",
        ),
        ("C'est désormais la fiche 4 qui porte les missions de la fiche 10.", "4<10"),
        ("L'action 3 change de numéro et figure à présent sous le n° 5.", "3>5"),
        ("L'action 4 demeure, sous le numéro 3.", "4>3"),
        ("Les actions 2 et 3 se poursuivent sous les numéros 4 et 5.", "2>4 3>5"),
        ("L'ancienne fiche 7 figure désormais sous la référence LDA-04.", "7>lda-04"),
        ("La fiche 8 trouve son prolongement dans la fiche 2 du présent avenant.", "8>2"),
        ("L'action 7 perd son volet « jeunes », qui constitue désormais l'action 12.", "7>12"),
        ("L'action 4 continue l'action 2.", "4<2"),
        ("L'action 4 prolonge et amplifie l'action 2.", "4<2"),
        ("L'action 3 et l'action 4 deviennent l'action 6.", "3>6 4>6"),
        ("L'action 3 remplace l'action 2 et l'action 4 remplace l'action 1.", "3<2 4<1"),
        ("Les actions 2 et 6 sont jumelées sous le numéro 2.", "2>2 6>2"),
        ("Les actions 4 et 9 ont été rassemblées au sein de la seule action 4.", "4>4 9>4"),
        ("L'action 12 recouvre désormais les actions 3 et 5.", "12<3 12<5"),
        ("La fiche 6 est désormais traitée dans la fiche 2.", "6>2"),
        (
            "L'action 6 n'existe plus en tant que telle : elle est diluée dans les actions 2 et 4.",
            "6>2 6>4",
        ),
        ("La numérotation est revue : l'action 4 porte le n° 3, l'action 5 le n° 4.", "4>3 5>4"),
        ("L'action 9 fait place aux actions 9a et 9b.", "9>9a 9>9b"),
        ("Il est demandé au porteur d'étudier la fusion des actions 3 et 4.", ""),
        ("L'action 5 devient prioritaire, au même titre que l'action 2.", ""),
        ("Les ménages de l'action 7 rejoignent l'action 3.", ""),
        # those who sign the act do it
        ("Il a été convenu de fondre les actions 8 et 10 en une seule, numérotée 8.", "8>8 10>8"),
        ("Le présent avenant regroupe dans l'action 1 les actions 1 et 3.", "1>1 3>1"),
        ("Les parties décident de fusionner l'action 3 avec l'action 5.", "3>5"),
        ("Le comité a acté l'absorption de l'action 14 par l'action 2.", "14>2"),
        ("Le comité n'a pas encore acté l'absorption de l'action 14 par l'action 2.", ""),
        ("Il n'est pas décidé de fusionner les actions 3 et 4 dans l'action 3.", ""),
        ("Il pourrait être décidé de fusionner les actions 3 et 4 dans l'action 3.", ""),
        ("Il est proposé de fondre les actions 8 et 10 en une seule, numérotée 8.", ""),
        ("Le présent avenant intègre les actions 3 et 4 à la convention.", ""),
        # means, people, neighbours
        ("Sauf avis contraire du comité, l'action 5 rejoindra l'action 9.", ""),
        ("L'action 5 est adossée à l'action 2.", ""),
        ("L'action 2 poursuit les objectifs de l'action 1.", ""),
        ("L'action 6 partage ses locaux avec l'action 4.", ""),
        ("Les moyens de l'action 2 viennent renforcer l'action 6.", ""),
        ("L'action 2 constitue, avec l'action 3, le socle du plan.", ""),
    ],
)
def test_what_acts_say_in_other_words(sentence: str, told: str) -> None:
    arrow = {"becomes": ">", "comes_from": "<"}
    found = [
        f"{one}{arrow[said.kind]}{said.reference}"
        for subjects, said in told_of(sentence)
        for one in subjects
    ]
    assert sorted(found) == sorted(told.split())
    assert may_tell(sentence) or not told


def test_a_sentence_may_number_hundreds_of_actions_anew() -> None:
    pairs = ", ".join(f"la fiche {i} devient la fiche {i + 1}" for i in range(600))
    assert [(told, said.reference) for told, said in told_of(pairs)] == [
        ([str(i)], str(i + 1)) for i in range(600)
    ]


@pytest.mark.parametrize(
    ("sentence", "certain", "on_condition"),
    [
        ("L'action 5 rejoint l'action 6.", 1, 0),
        ("L'action 5 rejoint l'action 6, sous réserve de l'avis du comité.", 0, 1),
        ("Si les crédits le permettent, l'action 5 est intégrée à l'action 6.", 0, 1),
        ("L'action 5 doit être intégrée à l'action 6.", 0, 0),
        ("L'action 5 doit, à terme, être intégrée à l'action 6.", 0, 0),
        ("L'action 5, qui doit évoluer et changer d'échelle, devient l'action 6.", 1, 0),
        ("L'action 5 pourra évoluer et devenir l'action 6.", 0, 0),
        ("Le cas échéant, l'action 5 sera intégrée à l'action 6.", 0, 1),
        ("En cas d'avis favorable, l'action 5 devient l'action 6.", 0, 1),
        ("À défaut de cofinancement, l'action 5 est fusionnée avec l'action 6.", 0, 1),
        ("Dans l'hypothèse d'un retrait de la Ville, l'action 5 rejoint l'action 6.", 0, 1),
        ("L'action 5 rejoint l'action 6 dès lors que le comité la valide.", 0, 1),
        ("L'action 5 sera intégrée à l'action 6 après validation du comité.", 0, 1),
        ("Après validation du comité, l'action 5 rejoint l'action 6.", 1, 0),
        ("Faute d'accord, l'action 5 sera intégrée à l'action 6.", 0, 1),
        ("Faute de porteur, l'action 5 a été intégrée à l'action 6.", 1, 0),
    ],
)
def test_what_is_said_on_a_condition_is_told_apart(
    sentence: str, certain: int, on_condition: int
) -> None:
    assert len(told_of(sentence)) == certain
    assert len(told_of(sentence, on_condition=True)) == on_condition
