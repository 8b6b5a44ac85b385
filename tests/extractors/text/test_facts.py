"""Facts of acts with other layouts of parties, references and bank details."""

import pytest

from normalizers.contacts import mask
from tests.extractors.text.acts import facts_of, prose_of

CONVENTION = """# CONVENTION PLURIANNUELLE D'OBJECTIFS
# 2024 – 2026
# CONCLUE AVEC LA VILLE DE BRUMEVAL
Appel à manifestation d'intérêt

Entre

L'Etat, représenté par Madame Anne Le Bras, préfète du Tarn-et-
Brume, ci-après « l'Etat », d'une part,

Et

La Ville de Brumeval, représentée par Monsieur Paul de La Roche, maire,
d'autre part,

N° SIRET : 217 400 019 00017
Vu la délibération n° DEL-2024-12 du conseil municipal du 3 avril 2024 ;
Il est convenu ce qui suit :
# ARTICLE 1 – OBJET
La convention soutient le plan.
# ARTICLE 2 – VERSEMENT
Les crédits du programme 177, action 12, activité 217, compte PCE
6541200000 sont versés sur le compte suivant :
IBAN : FR14 2004 1010 0505 0001 3M02 606
BIC : PSSTFRPPMON
Fait à Brumeval, le 1er juin 2024
Pour l'Etat, Pour la Ville,"""
ANNEXES = """# Annexe 1 – Tableau des actions pour 2024-2025
Reçu en préfecture le 12/06/2024"""


def test_an_act_that_prolongs_its_convention_holds_longer_than_its_title_says() -> None:
    act = CONVENTION.replace(
        "La convention soutient le plan.",
        "« La convention est conclue pour quatre ans, du 1er mai 2024 au 31 décembre 2027. »",
    )
    assert facts_of(act)["period_end"] == "2027"
    assert facts_of(act.replace("2027", "2025"))["period_end"] == "2026"


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("La convention est prorogée jusqu'au 31 décembre 2027.", "2027"),
        ("Elle prend effet à sa notification et jusqu'au 30 juin 2027.", "2027"),
        ("Le protocole est prorogé d'un an, jusqu'au 30 juin 2027.", "2027"),
        (
            "La durée de la convention, dont le terme était fixé au 31 décembre 2026,\nest "
            "prolongée jusqu'au 30 juin 2027.",
            "2027",
        ),
        ("Le présent acte prolonge la durée de la convention jusqu'au 30 juin 2028.", "2028"),
        ("Le terme de la convention, fixé au 30 juin 2026, est reporté au 30 juin 2027.", "2027"),
        ("Le terme de l'action 3, fixé au 30 juin 2026, est reporté au 30 juin 2027.", "2026"),
        ("La convention pourra être prolongée jusqu'au 31 décembre 2028.", "2026"),
        ("L'action 3 se poursuit jusqu'au 31 décembre 2028.", "2026"),
        ("L'action 3 est prolongée jusqu'au 31 décembre 2028.", "2026"),
        ("La convention dit que l'action 3 est prolongée jusqu'au 31 décembre 2028.", "2026"),
    ],
)
def test_a_convention_that_is_prolonged_holds_longer(said: str, end: str) -> None:
    facts = facts_of(CONVENTION.replace("La convention soutient le plan.", said))
    assert (facts["period_start"], facts["period_end"]) == ("2024", end)


def test_the_whole_convention() -> None:
    facts = facts_of(CONVENTION, ANNEXES)
    party = facts.pop("party.beneficiary"), facts.pop("party.state")
    assert party[0].startswith("La Ville de Brumeval, représentée")
    assert facts == {
        "title": "CONVENTION PLURIANNUELLE D'OBJECTIFS 2024 – 2026 CONCLUE AVEC LA VILLE DE "
        "BRUMEVAL",
        "kind": "convention",
        "period_start": "2024",
        "period_end": "2026",
        "state_representative": "Anne Le Bras",
        "beneficiary": "Ville de Brumeval",
        "beneficiary_representative": "Paul de La Roche",
        "siret": "21740001900017",
        "deliberation_ref": "DEL-2024-12",
        "deliberation_on": "2024-04-03",
        "signed_on": "2024-06-01",
        "received_on": "2024-06-12",
        "programme": "177",
        "budget_action": "12",
        "activity_code": "217",
        "pce_account": "6541200000",
        "iban_masked": "FR** **** 606",
        "iban_valid": "true",
        "bic": "PSSTFRPPMON",
        "exercise": "2024-2025",
    }


@pytest.mark.parametrize("length", [350, 370, 375, 380, 390, 400])
def test_no_quote_cuts_a_contact_in_two(length: int) -> None:
    words = "Crédits du programme 177, " + "mot " * (length // 4)
    lines = [words[i : i + 80] for i in range(0, len(words), 80)]
    facts = prose_of("\n".join([*lines, "IBAN FR14 2004 1010 0505 0001 3M02 606 fin."])).facts
    (quote,) = [f.quote for f in facts if f.name == "programme"]
    assert "FR14 20" not in mask(quote)


def test_every_fact_has_its_place() -> None:
    for fact in prose_of(CONVENTION, ANNEXES).facts:
        assert fact.place.page == (2 if fact.name in ("exercise", "received_on") else 1)
        assert fact.place.x1 > fact.place.x0 and fact.place.bottom > fact.place.top


def test_an_unsigned_act_has_no_date() -> None:
    facts = facts_of(CONVENTION.replace("le 1er juin 2024", "le ……………"), ANNEXES)
    assert "signed_on" not in facts


def test_what_was_sent_is_received_but_for_another_stamp() -> None:
    sent = "Télétransmis le 10/06/2024"
    stamped = [ANNEXES, ANNEXES.replace("Reçu en préfecture le 12/06/2024", "") + sent]
    assert facts_of(CONVENTION, stamped[0] + f"\n{sent}")["received_on"] == "2024-06-12"
    assert facts_of(CONVENTION, stamped[1])["received_on"] == "2024-06-10"


def test_another_programme_that_the_act_only_mentions() -> None:
    said = "Les crédits, dont 9 000 € du programme 135, action 12, compte PCE"
    act = CONVENTION.replace(
        "Les crédits du programme 177, action 12, activité 217, compte PCE", said
    )
    assert "programme" not in facts_of(act)
    assert "programme" not in facts_of(act.replace("Les crédits", "L'État s'engage pour un an"))
    assert facts_of(act.replace("dont 9 000 € du", "imputés sur le"))["programme"] == "135"


def test_a_budget_line_that_names_no_programme() -> None:
    line = "domaine fonctionnel : 0177-12-10 ; activité : 017701051210"
    facts = facts_of(CONVENTION.replace("programme 177, action 12, activité 217", line))
    assert [facts[n] for n in ("programme", "budget_action", "activity_code")] == [
        "177",
        "12",
        "017701051210",
    ]


def test_a_contact_sheet_names_the_party_that_the_act_does_not() -> None:
    party = CONVENTION[CONVENTION.index("Entre\n") : CONVENTION.index("N° SIRET")]
    sheet = "# Annexe 2 – Contacts\nNom de la collectivité : Ville de Brumeval\n"
    facts = facts_of(
        CONVENTION.replace(party, ""), f"{sheet}Nom du maire : Monsieur Paul de La Roche"
    )
    assert facts["beneficiary"] == "Ville de Brumeval"
    assert facts["beneficiary_representative"] == "Paul de La Roche"


def test_a_wrong_key_is_told() -> None:
    facts = facts_of(CONVENTION.replace("3M02 606", "3M02 607"))
    assert (facts["iban_masked"], facts["iban_valid"]) == ("FR** **** 607", "false")
    rib = "IBAN : FR14 2004 1010 0505 0001 3M02 606", "RIB : 20041 01005 0500013M026 07"
    facts = facts_of(CONVENTION.replace(*rib))
    assert (facts["rib_masked"], facts["rib_valid"]) == ("**** **** 607", "false")
    assert "iban_masked" not in facts


ACT = """# CONVENTION LOGEMENT D'ABORD
Entre
L'État, représenté par M. Luc Petit, préfet du Morvan, d'une part,
Et
Le Département du Morvan, représenté par Mme Eva Roy, présidente, d'autre part,
{recital}
Il est convenu ce qui suit :
# ARTICLE 1 – OBJET
La convention soutient le plan.
# ARTICLE 2 – DURÉE
{term}
{signed}
Pour l'Etat, Pour le Département,"""


@pytest.mark.parametrize(
    ("part", "text", "name", "value"),
    [
        ("recital", "Vu la délibération n° FCT 006-12345/23/CM du 12 octobre 2023 ;",
         "deliberation_ref", "FCT 006-12345/23/CM"),
        ("recital", "Vu la délibération n° 2024-12-05/17 du 5 décembre 2024 ;",
         "deliberation_ref", "2024-12-05/17"),
        ("recital", "Vu la délibération en date du 7 mars 2025 portant le numéro B-25-044 ;",
         "deliberation_ref", "B-25-044"),
        ("recital", "Vu la délibération n° 2024-06-03 du 9 juin 2024 ;",
         "deliberation_on", "2024-06-09"),
        ("term", "La dépense est imputée sur le BOP 177, activité 0177 0105 1214, PCE 6541200000.",
         "activity_code", "017701051214"),
        ("term", "Elle est imputée sur le BOP 177, code activité 0177 01 05 12 14.",
         "activity_code", "017701051214"),
        ("term", "Elle est imputée sur le programme 177-12. Les reliquats vont à l'action n° 3.",
         "budget_action", "12"),
        ("term", "Elle est imputée sur le programme 177. Les reliquats vont à l'action n° 3.",
         "budget_action", None),
        ("recital", "Vu le code ; (SIRET : 217 400\n019 00017)", "siret", "21740001900017"),
        ("term", "La convention couvre la période du 1er octobre 2024 au 31 décembre 2025.",
         "period_end", "2025"),
        ("term", "Elle est conclue pour une durée de 36 mois à compter du 1er octobre 2024.",
         "period_end", "2027"),
        ("term", "La convention est conclue pour les années 2024 à 2026.", "period_start", "2024"),
        ("term", "Les actions ont couvert la période du 1er mai 2021 au 31 mai 2022.",
         "period_start", None),
        ("signed", "Fait à Sens, le vingt-huit juin deux mille vingt-quatre (28/06/2024)",
         "signed_on", "2024-06-28"),
        ("signed", "Fait à Sens, le dix-sept septembre deux mille vingt-quatre.",
         "signed_on", "2024-09-17"),
        ("signed", "Fait à Sens, en deux originaux dont un pour chaque partie, le\n3 mai 2024",
         "signed_on", "2024-05-03"),
        ("term", "Elle prend effet au 1er janvier 2024 et s'achève le 31 décembre 2026.",
         "period_end", "2026"),
        ("term", "Le contrat couvre la période du 1er mai 2024 au 30 avril 2025.",
         "period_end", "2025"),
        ("recital", "Vu la délibération du 27 mars 2024 référencée CC-2024-045 ;",
         "deliberation_ref", "CC-2024-045"),
        ("recital", "Vu la délibération n° 24/102 AC de l'Assemblée du 26 juillet 2024,",
         "deliberation_ref", "24/102 AC"),
        ("recital", "en vertu de la délibération 23-C-0287 du 13 octobre 2023,",
         "deliberation_ref", "23-C-0287"),
        ("recital", "Vu la délibération C_24_05_27_031 du 27 mai 2024 ;",
         "deliberation_ref", "C_24_05_27_031"),
        ("recital", "habilité par délibération B 24.117 du 27 mai 2024,",
         "deliberation_ref", "B 24.117"),
        ("recital", "habilité par une délibération du comité du 14 mai 2024 (réf. 2024-88),",
         "deliberation_ref", "2024-88"),
        ("recital", "en exécution de la délibération n° 25 C 0041 du 7 février 2025,",
         "deliberation_ref", "25 C 0041"),
        ("recital", "habilitée par délibération du conseil du 28 mars 2024 (DCM 2024-03-21).",
         "deliberation_ref", "DCM 2024-03-21"),
        ("recital", "autorisée par délibération DCM 2025-02-14 du 27 février 2025,",
         "deliberation_on", "2025-02-27"),
        ("recital", "habilité par délibération n° 9 du 27/05/2024,", "deliberation_ref", "9"),
        ("recital", "habilité par la délibération 118B du 27/05/2024,", "deliberation_ref", "118B"),
        ("recital", "Vu la délibération du 27.05.2024 ;", "deliberation_ref", None),
        ("recital", "Vu la délibération du 27.05.2024 (rapport n° 6.3) ;", "deliberation_ref",
         None),
        ("recital", "selon la délibération du conseil du 23 juin 2023,\n\nVu la convention et "
         "son avenant n° 1 du 8 novembre 2022 ;", "deliberation_ref", None),
        ("recital", "vu la délibération du 23 juin 2023 sur l'avenant n° 2, enregistrée sous le "
         "n° 2023-88 ;", "deliberation_ref", "2023-88"),
        ("recital", "autorisée par décision n° 2024-D-318 du bureau du 3 juillet 2024,",
         "deliberation_ref", "2024-D-318"),
        ("recital", "habilité par la décision du Président n° DEC-2024-58 du 12 mars 2024,",
         "deliberation_ref", "DEC-2024-58"),
        ("term", "La convention prend effet à sa signature et expire le 31 décembre 2026.",
         "period_end", "2026"),
        ("term", "Le bilan est remis avant que la convention ne prenne fin le 31 mars 2026.",
         "period_end", None),
        ("term", "La convention couvre l'année civile 2024. Elle s'éteint ensuite.",
         "period_start", "2024"),
        ("term", "Le pacte est valable du 1er mars 2024 au 31 décembre 2024.",
         "period_end", "2024"),
        ("signed", "Établi en deux exemplaires à Sens, le 4 octobre 2024", "signed_on",
         "2024-10-04"),
        ("signed", "Dressé en deux exemplaires originaux,\nà Sens, le 4 octobre 2024", "signed_on",
         "2024-10-04"),
        ("recital", "Conclue le 3 mai 2023, la convention fixe le cadre", "signed_on", None),
        ("signed", "À Sens, le 4 octobre 2024", "signed_on", "2024-10-04"),
        ("signed", "Fait à Sens, ce 4 octobre 2024, en trois originaux", "signed_on", "2024-10-04"),
        ("signed", "Signée à Sens le premier août deux mille vingt-quatre (01/08/2024).",
         "signed_on", "2024-08-01"),
        ("term", "La convention vaut pour trois ans, du 1er juillet 2024 au 30 juin 2027.",
         "period_end", "2027"),
        ("term", "L'échéance de la convention du 11 juillet 2025 est repoussée de six mois, soit\n"
         "au 30 juin 2027.", "period_end", "2027"),
        ("term", "La convention est reconduite, jusqu'au 31 décembre 2027.", "period_end", "2027"),
        ("term", "La convention est renouvelée pour l'année 2027.", "period_end", "2027"),
        ("term", "La convention est renouvelable une fois, pour l'année 2027.", "period_end", None),
        ("term", "La convention porte sur l'exercice 2024. Elle s'achève le 30 juin 2025.",
         "period_end", "2025"),
        ("term", "La convention est valable jusqu'au 30 juin 2026.", "period_end", "2026"),
        ("term", "La convention court jusqu'au 31 décembre 2026.", "period_end", "2026"),
        ("term", "La durée de la convention est fixée à 30 mois à compter du 1er juillet 2024.",
         "period_end", "2026"),
        ("term", "La convention prend effet le 1er septembre 2024 et s'achève\nau plus tard le "
         "31 août 2026.", "period_start", "2024"),
        ("term", "La durée de la convention est prorogée d'un an, jusqu'au 30 juin 2025.",
         "period_start", None),
        ("term", "La convention est applicable du 01/01/2024 au 31/12/2026.", "period_end", "2026"),
        ("term", "Le présent avenant prolonge la convention, son terme étant reporté\n"
         "du 31 décembre 2025 au 31 décembre 2026.", "period_end", "2026"),
        ("term", "L'avenant porte sur l'année 2 de la convention (1er juillet 2025 – 30 juin 2026)."
         "\nLa convention est prolongée de six mois, soit jusqu'au 31 décembre 2027.",
         "period_end", "2027"),
        ("term", "La convention arrive à échéance le 30 juin 2026.", "period_end", "2026"),
        ("term", "La convention est établie entre les parties pour des actions menées du "
         "1er juillet 2023 au 30 juin 2024.", "period_end", None),
        ("signed", "Sens-sur-Orle, le 4 octobre 2024", "signed_on", "2024-10-04"),
        ("signed", "Sens, le 4 octobre 2024\nFait à Sens, le 7 octobre 2024", "signed_on",
         "2024-10-07"),
        ("signed", "Signé électroniquement par : Anne Le Bras\nDate de signature : 16/11/2023\n"
         "Signé électroniquement par Luc Roy le 20/11/2023 à 10:21", "signed_on", "2023-11-20"),
        ("signed", "Signature numérique de Luc Roy\nDate : 2023.11.20 10:21:33 +01'00'",
         "signed_on", "2023-11-20"),
        ("signed", "Fait à Sens, le 4 octobre 2024\nSigné électroniquement par Luc Roy le "
         "9 octobre 2024", "signed_on", "2024-10-04"),
        ("signed", "Le comité se réunit à Sens, le 4 octobre 2024", "signed_on", None),
        ("recital", "Sens, le 4 octobre 2024", "signed_on", None),
        ("signed", "Fait à Sens, le .\nDélibération du 3 mai 2024", "signed_on", None),
    ],
)  # fmt: skip
def test_how_acts_state_it(part: str, text: str, name: str, value: str | None) -> None:
    said = {"recital": "", "term": "", "signed": "", part: text}
    assert facts_of(ACT.format(**said)).get(name) == value


@pytest.mark.parametrize(
    ("title", "annex", "exercise"),
    [
        ("CONVENTION FINANCIÈRE 2025", "", "2025"),
        ("CONVENTION – Exercice 2023-2024", "", "2023-2024"),
        ("CONVENTION 1er juillet 2024 – 30 juin 2025", "", "2024-2025"),
        ("CONVENTION 2024-2026", "", None),
        (
            "CONVENTION 2024-2025",
            "L'État verse :\n- 9 000 € au titre de l'exercice 2024 ;\n- 8 000 € en 2025.",
            "2024",
        ),
        (
            "CONVENTION 2024-2026",
            "La convention vaut du 1er juillet 2024 au 30 juin 2026. L'État verse 9 000 € au titre"
            " de 2024-2025 et 8 000 € au titre de 2025-2026.",
            "2024-2025",
        ),
        ("AVENANT N° 1 À LA CONVENTION 2025", "", None),
        (
            "AVENANT N° 1",
            "L'avenant porte sur l'année 2 de la convention (1er juillet 2025 – 30 juin 2026).\n\n"
            "# Annexe 1 – Actions de l'année 2",
            "2025-2026",
        ),
        ("AVENANT N° 2 À LA CONVENTION 2023-2025", "# Annexe 1 – Crédits, troisième année", "2025"),
        ("AVENANT N° 1 – années 2024 et 2025", "", "2024-2025"),
        (
            "AVENANT N° 1",
            "L'État verse 9 000 € en 2024 et 8 000 € en 2025.\n\n"
            "# Annexe 1 – Actions soutenues en 2024 et 2025",
            "2024-2025",
        ),
        ("AVENANT N° 1", "# Annexe 1 – Actions de 2023 et actions de 2025", None),
        ("AVENANT N° 1", "# Annexe 1 – Bilan de l'année 2024", None),
        ("AVENANT N° 1", "L'État accorde 96 750 € pour 2025.", "2025"),
        (
            "AVENANT N° 1",
            "L'État accorde 96 750 € pour 2026.\nLes 2 150 € indûment perçus au titre de 2024 sont"
            " remboursés.",
            "2026",
        ),
        ("AVENANT N° 1", "L'État accorde 52 k€ pour 2025 (au lieu de 40 k€ en 2024).", "2025"),
        (
            "AVENANT N° 1",
            "En 2020, l'État verse 58 000 €. Le reliquat de l'exercice 2019, soit 6 400 €, reste.",
            "2020",
        ),
        (
            "CONVENTION – Année 2024",
            "La subvention est de 9 000 €. Le solde (1 800 €) est versé en 2025, au vu du bilan.",
            "2024",
        ),
        ("AVENANT N° 1", "# Annexe – Actions et budget 2025", "2025"),
        ("AVENANT N° 1", "Vu la convention attribuant 58 000 € pour 2020 ;", None),
        ("CONVENTION 2026", "Au titre de l'exercice 2025, 4 000 € restent à verser.", "2026"),
        ("AVENANT N° 1", "# Annexe 1 – Bilan de l'année 2024\n\n# Annexe 2 – Actions 2025", "2025"),
    ],
)
def test_the_exercise_of_a_title_or_of_an_annex_that_looks_forward(
    title: str, annex: str, exercise: str | None
) -> None:
    act = f"# {title}\n\n# ARTICLE 1 – OBJET\nLe plan.\n\nFait à Sens, le 3 mai 2024\n\n{annex}"
    assert facts_of(act).get("exercise") == exercise


@pytest.mark.parametrize(
    ("said", "exercise"),
    [
        ("Le présent avenant rectifie l'annexe 1 de l'avenant n° 2 pour l'année 2024.", "2024"),
        ("Le présent avenant modifie les annexes pour l'année 2024 et pour l'année 2025.", None),
        ("Un rapport est remis pour l'année 2023.", None),
    ],
)
def test_the_exercise_of_an_act_without_sums(said: str, exercise: str | None) -> None:
    act = f"# AVENANT N° 3 À LA CONVENTION 2022-2024\n\n# ARTICLE 1 – OBJET\n{said}\n\nFait à Sens"
    assert facts_of(act).get("exercise") == exercise


@pytest.mark.parametrize(
    ("term", "years"),
    [
        ("Elle est conclue pour une durée de trois ans à compter de sa signature.", "2024 2027"),
        ("Elle prend effet à sa signature et s'achève le 31 décembre 2026.", "2024 2026"),
        ("Elle prend effet à sa signature.", ""),
        ("Elle prend effet à sa notification et s'achève le 31 décembre 2026.", "2026"),
    ],
)
def test_an_act_may_hold_from_its_signature_on(term: str, years: str) -> None:
    facts = facts_of(f"""# CONVENTION

# ARTICLE 1 – DURÉE
{term}

Fait à Autun, le 4 mars 2024""")
    told = (facts.get(name) for name in ("period_start", "period_end"))
    assert " ".join(filter(None, told)) == years
