"""Ends of actions that a text states by their reference or their name."""

import pytest

from normalizers.links.ends import said_ends, said_fates


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("La fiche 6 est achevée.", ["6"]),
        ("L'action 6 (étude de préfiguration) est achevée.", ["6"]),
        ("L'action 6 (menée avec l'action 7) est achevée.", []),
        ("L'action 9 « Formation » est désormais prise en charge par la DREETS, hors AMI.", ["9"]),
        ("L'action C2 (fonds de garantie) est intégrée au droit commun du FSL.", ["c2"]),
        (
            "La gestion locative adaptée est financée par le FSL à compter de 2024.",
            ["gestion locative adaptée"],
        ),
        ("L'action 4 est financée par l'État à compter de 2024.", []),
        ("Les actions 5 et 6 de l'avenant n° 1 ne sont pas reconduites.", ["5", "6"]),
        ("L'action 11 « Résidence accueil » portée par l'UDAF est achevée.", ["11"]),
        ("L'action 4 est désormais financée par la Ville avec l'AMI.", []),
        ("L'action 4 est prise en charge par le CCAS.", []),
        ("Les fiches actions 3.2, 6 et 8b ne sont pas reconduites.", ["3.2", "6", "8b"]),
        ("La fiche action FA n° 3 bis a été abandonnée en 2024.", ["3bis"]),
        ("Les actions LDA-02a et B.1 sont désormais terminées.", ["lda02a", "b1"]),
        ("L'action 7 est maintenue et l'action II prend fin le 31 décembre.", ["ii"]),
        ("L’action « Bail glissant » n’est plus maintenue.", ["Bail glissant"]),
        ("L'action intitulée « Étude (phase 2) » s'est achevée.", ["Étude (phase 2)"]),
        ("L'action 4 « Bail glissant » est supprimée.", ["4"]),
        ("L'action A2, qui relève désormais du droit commun, n'est pas reconduite.", ["a2"]),
        ("Les fiches 2.A et 2.B fusionnent en 2.C. La fiche 3.B est arrêtée.", ["3b"]),
        ("Les actions 4 et 5 sont supprimées de la programmation.", ["4", "5"]),
        ("L'action 11, qui n'a pas démarré, est retirée de l'annexe 2.", ["11"]),
        ("Il est mis fin aux actions 2 à 4.", ["2", "3", "4"]),
        ("Il est mis fin à l'action 5 à compter du 1er janvier 2025.", ["5"]),
        ("Il est mis fin à l'action 5 au profit de l'action 6.", []),
        ("Le présent avenant met un terme à l'action 5.", ["5"]),
        ("L'action 4 sort du périmètre de l'AMI et relève désormais du droit commun.", ["4"]),
        ("La fiche V1 n'est plus soutenue par l'AMI : la Ville la finance seule.", ["v1"]),
        ("L'action 4 n'est plus financée par le Département.", []),
        ("Les actions suivantes sont supprimées : action 3, action 5.", ["3", "5"]),
        ("Sont supprimées les actions 3 et 5.", ["3", "5"]),
        ("Sont supprimées les actions 3 et 5 du volet 2.", []),
        ("L'action 2 de l'axe 1 (Observation sociale) prend fin au 31 décembre 2024.", ["2"]),
        ("L'action 2 de l'axe 1 prend fin au 31 décembre 2024.", []),
        ("Il n'est pas mis fin à l'action 6.", []),
        ("L'action 4, en sommeil depuis 2022, est définitivement abandonnée.", ["4"]),
        ("L'action 4 n'a plus lieu d'être.", ["4"]),
        ("La convention est résiliée ; l'action 4 est close.", ["4"]),
        ("Les parties décident de mettre fin à l'action 4.", ["4"]),
        ("L'action 4 n'est pas reconduite en 2024 mais reprendra en 2025.", []),
        ("Si l'action 4 est abandonnée, l'action 5 est arrêtée.", []),
        ("L'observatoire du sans-abrisme (action 2) est achevé.", ["2"]),
        ("Les ateliers et l'étude (fiches 2 et 3) sont terminés.", ["2", "3"]),
        ("La subvention du Département (action 2) est soldée.", []),
        ("Le marché d'étude (action 2) est clos.", []),
        ("L'observatoire (action 2) est arrêté à 20 000 €.", []),
        ("L'observatoire (action 2) est reconduit.", []),
        ("En cas de refus, l'action 4 est abandonnée.", []),
        ("Les parties décident de mettre fin à l'action 8, sous réserve d'un avis.", ["8"]),
        ("Les parties décident de mettre fin à l'action « Bail glissant ».", ["Bail glissant"]),
        ("L'étude (action 8) a été remise en décembre : cette action est achevée.", ["8"]),
        ("Les actions 7 et 8 ont été évaluées : cette action est achevée.", []),
        ("L'action 3.2 « Pairs aidants » est transférée au Département, qui la conduit.", ["3.2"]),
        ("L'action 3.2 est transférée à l'action 4.", []),
        ("L'action 3.2 est confiée au CCAS.", []),
        ("L'action 4 est reprise par l'État au titre du Logement d'abord.", []),
        ("L'action 4 est reprise par l'association Le Gué sous le numéro 5.", []),
        ("L'action 5 est suspendue pour l'exercice 2024.", ["5"]),
        ("L'action 5 est suspendue jusqu'au 30 juin 2024.", []),
        ("L'action P2, achevée, sort du programme.", ["p2"]),
        ("L'action 4 n'a pas démarré et ne sera pas engagée.", ["4"]),
        ("L'action 4 n'est pas engagée en 2024.", []),
        ("Les actions 4 et 6 sont mises en sommeil.", ["4", "6"]),
        ("L'action 5, portée par l'UDAF, s'éteint au 31 décembre 2024.", ["5"]),
        ("L'action 9 n'a pas été engagée et ne sera pas reconduite.", ["9"]),
        ("L'action 6 passe sous financement de droit commun.", ["6"]),
        ("Les actions 1 et 2 sont reconduites ; seule l'action 3 prend fin.", ["3"]),
        ("L'action D est reportée à l'exercice 2025-2026.", ["d"]),
        ("Le solde de l'action 2 est reporté à 2026.", []),
        ("L'action 2 est reportée au second semestre.", []),
        ("L'action 8 ne bénéficie plus de crédits de l'AMI.", ["8"]),
        ("Il est mis un terme anticipé à l'action 3.", ["3"]),
        ("Les crédits de l'action 3.2 sont transférés à la Ville.", []),
        ("L'étude (action 8) a été rendue le 9 novembre ; elle est achevée.", ["8"]),
        ("L'étude (action 8) a financé une enquête ; elle est achevée.", []),
        ("La domiciliation (LDA-10) s'arrête avec le service national.", ["lda10"]),
        ("LDA-10 prend fin.", ["lda10"]),
        ("La domiciliation (LDA-10) s'arrête à la commune.", []),
        ("Le taux de 3.2 prend fin.", []),
        (
            "Les chantiers participatifs, réalisés en totalité, ne sont pas reconduits.",
            ["chantiers participatifs"],
        ),
        ("Le marché d'étude est clos. Le comité de suivi est supprimé.", []),
        ("Les crédits du bail glissant ne sont pas reconduits.", []),
        ("La convention prend fin ; la fiche 6 est financée par la Ville.", []),
        ("Si la fiche 6 est abandonnée, ses crédits sont reversés.", []),
        ("La subvention de l'action « Bail glissant » est soldée.", []),
        ("L'action 9 a atteint ses objectifs et prend fin en 2024.", ["9"]),
        ("L'action 9 a été évaluée et la convention prend fin.", []),
        ("La formation (F2), réalisée en totalité, ne figure plus au programme.", ["f2"]),
        ("L'action 4 ne figure plus au programme de l'AMI mais continue sur ses fonds.", []),
        ("L'action 4 ne figure plus à l'annexe 1.", []),
        ("Les actions 8 et 9 sortent du programme 2025.", ["8", "9"]),
        ("Les consultations (action 10), portées par l'hôpital, quittent le programme.", ["10"]),
        ("Les jeunes de l'action 4 sortent du programme en 18 mois.", []),
        ("La maison ayant ouvert, la préfiguration (FA 9) est arrivée à son terme.", ["9"]),
        ("La convention de l'action 4 est arrivée à son terme.", []),
        ("L'enquête (action 3) ne donne pas lieu à une nouvelle action.", ["3"]),
        ("Ont pris fin en 2024 les actions 3, 5 et 8.", ["3", "5", "8"]),
        ("Ont pris fin en 2024 les mesures de l'action 5.", []),
        ("Sont arrivées à échéance les actions 2 et 4.", ["2", "4"]),
        ("L'action 11 a été menée à bien et n'appelle pas de suite.", ["11"]),
        ("Les parties ont décidé de l'arrêt de l'action 13.", ["13"]),
        ("Il est décidé de clore les actions 5 et 6.", ["5", "6"]),
        ("Il n'est pas décidé de clore l'action 5.", []),
        ("L'action 4 est dissoute ; ses missions sont réparties.", ["4"]),
        ("Il n'est pas donné suite à l'action 6.", ["6"]),
        ("Il n'est pas donné suite à l'évaluation (action D3), remise en juin.", ["d3"]),
        ("Il n'est pas donné suite au financement de l'évaluation (action D3).", []),
        ("Sont arrivés à échéance les baux (action 4).", []),
        ("Les parties conviennent de ne pas reconduire l'action 14.", ["14"]),
        ("L'action 8 est reprise par l'association Horizon et devient l'action 5.", []),
        ("L'action 3 est abandonnée au profit de l'action 10.", []),
        ("L'action 3 est abandonnée au profit d'autres priorités.", ["3"]),
        ("L'action 4 devient sans objet.", ["4"]),
        ("L'action 6 est arrêtée à 20 000 €.", []),
        ("L'action « Bail glissant » n'est pas abandonnée.", []),
    ],
)
def test_ends_are_said(text: str, ended: list[str]) -> None:
    assert [end.reference or end.name for end in said_ends(f"Vu.\n{text}")] == ended


def test_an_end_quotes_its_sentence_and_tells_its_place() -> None:
    text = "Il est rappelé ce qui suit.\nLa  fiche 6\nest achevée. La fiche 7 se poursuit."
    (end,) = said_ends(text)
    assert end.quote == "La fiche 6 est achevée."
    assert text[end.position :].startswith("La  fiche 6")


def test_an_end_keeps_the_name_behind_the_number() -> None:
    (end,) = said_ends("Il est mis fin à l'action 8 « Bail glissant », faute d'opérateur.")
    assert (end.reference, end.name) == ("8", "Bail glissant")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Les actions 1 et 4 sont maintenues à l'identique en 2025.", ["1", "4"]),
        ("L'action 3 est reconduite sans financement complémentaire.", ["3"]),
        ("L'action « Bail glissant » se poursuit en 2025.", ["Bail glissant"]),
        ("L'action 8 est achevée ; la fiche 7 est poursuivie.", ["7"]),
        ("L'action 3 n'est pas reconduite.", []),
        ("L'action 3 pourra être reconduite.", []),
        ("Si l'action 3 est reconduite, ses crédits sont reportés.", []),
        ("La subvention de l'action 3 est reconduite.", []),
        ("L'action 3 est arrêtée.", []),
    ],
)
def test_what_goes_on_is_said(text: str, kept: list[str]) -> None:
    told = [fate.reference or fate.name for fate in said_fates(text) if fate.kept]
    assert told == kept
