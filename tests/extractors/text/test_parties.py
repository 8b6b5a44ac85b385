"""The parties, as acts introduce them."""

import pytest

from normalizers.parties import Party, read_party
from tests.extractors.text.acts import facts_of, prose_of


@pytest.mark.parametrize(
    "parties",
    [
        """Les parties :

- l'État, préfecture du Morvan, ayant pour représentant M. le préfet du Morvan, Luc Petit

- le Conseil départemental du Morvan, ayant pour représentante Mme la présidente, Eva Roy

- le CCAS d'Autunois, ayant pour représentant Monsieur Jean Noir
""",
        """Entre l'administration, représentée par M. le préfet du Morvan, Luc Petit,

et le Conseil départemental du Morvan, représenté par sa présidente, Mme Eva Roy,

et le CCAS d'Autunois, représenté par Monsieur Jean Noir, d'autre part,
""",
        """Entre

L'État, représenté par M. Luc Petit, préfet du Morvan,

et, pour le Conseil départemental du Morvan, Mme Eva Roy, présidente,

et, pour le CCAS d'Autunois, M. Jean Noir
""",
        """Entre l'État, représenté par M. Luc Petit, préfet du Morvan, et, pour le Conseil
départemental du Morvan, Mme Eva Roy, sa présidente, et pour le CCAS d'Autunois, Monsieur
Jean Noir, son président.
""",
        """ENTRE, d'une part :

l'État, représenté par M. Luc Petit, préfet du Morvan

ET, d'autre part :

le Conseil départemental du Morvan, représenté par Mme Eva Roy, présidente

ET, d'autre part :

le CCAS d'Autunois, représenté par Monsieur Jean Noir
""",
        """ENTRE LES SOUSSIGNÉS :

D'une part,

L'État, représenté par le préfet du Morvan, M. Luc Petit,

ET

D'autre part,

Le Conseil départemental du Morvan, représenté par sa présidente, Mme Eva Roy,
ci-après dénommé « le Département »,

ET

Le CCAS d'Autunois, représenté par Monsieur Jean Noir, président,
""",
        """Entre
L'État, représenté par M. Luc Petit, préfet du Morvan, d'une part,
Et
Le Conseil départemental du Morvan, représenté par Mme Eva Roy, présidente,
Et
Le CCAS d'Autunois, représenté par Monsieur Jean Noir, président, d'autre part,
""",
        """Entre :

- l'État, représenté par M. Luc Petit, préfet du Morvan,

- le Conseil départemental du Morvan, représenté par Mme Eva Roy,
présidente, ci-après dénommé « le Département »,

- le CCAS d'Autunois, représenté par Monsieur Jean Noir, président,
d'autre part,
""",
        """Entre les soussignés :

- L'État, représenté par M. Luc Petit, préfet du Morvan, ci-après dénommé « l'État »
- Le Conseil départemental du Morvan, représenté par sa présidente, Madame Eva Roy,
agissant en vertu de la délibération n° CP-2023-0457 de la commission permanente
- Le CCAS d'Autunois, représenté par son président, Monsieur Jean Noir
""",
        """Entre
L'État, représenté par M. Luc Petit, préfet du Morvan, d'une part,
Et
Le Conseil départemental du Morvan, sis 3 place de la Mairie,
SIRET 217 400 019 00017, représenté par Mme Eva Roy, présidente,
Et
Le CCAS d'Autunois, représenté par Monsieur Jean Noir, président,
N° SIRET : 217 400 019 00025
d'autre part,
""",
        """ENTRE : l'État, représenté par M. Luc Petit, préfet du Morvan,

ET : le Conseil départemental du Morvan, dont le SIRET est 217 400 019 00017,
représenté par Mme Eva Roy, présidente,

et le CCAS d'Autunois, association, représenté par Monsieur Jean Noir, président,

ci-après ensemble « les Parties ».
""",
        """Entre : l'État, représenté par M. Luc Petit, préfet du Morvan ; le Conseil départemental
du Morvan, SIRET 225 800 012 00019, représenté par sa présidente, Mme Eva Roy ; le CCAS d'Autunois,
représenté par Monsieur Jean Noir,
""",
        """Entre l'État, représenté par M. Luc Petit, préfet du Morvan,
le Conseil départemental du Morvan, représenté par Mme Eva Roy, présidente, et
le CCAS d'Autunois, représenté par Monsieur Jean Noir, président,
""",
        """Le présent pacte est conclu entre l'État, représenté par M. Luc Petit, préfet
du Morvan, le Conseil départemental du Morvan, représenté par Mme Eva Roy,
présidente, et le CCAS d'Autunois, représenté par Monsieur Jean Noir, président.
""",
        """L'État, représenté par M. Luc Petit, préfet du Morvan, d'une part,

Et le Conseil départemental du Morvan, représenté par Mme Eva Roy, présidente, et

le CCAS d'Autunois, représenté par Monsieur Jean Noir, président, d'autre part,
""",
        """Conclu entre :

– l'État, représenté par M. Luc Petit, préfet du Morvan, ci-après « l'État » ;

– le Conseil départemental du Morvan, représenté par Mme Eva Roy, présidente ;

– le CCAS d'Autunois, représenté par Monsieur Jean Noir, président.
""",
        """ENTRE L'ÉTAT, représenté par M. Luc Petit, préfet du Morvan,
ET LE Conseil départemental du Morvan, représenté par sa présidente, Mme Eva Roy,
ET LE CCAS d'Autunois, représenté par Monsieur Jean Noir, président,
""",
    ],
    ids=[
        "liste",
        "administration",
        "pour",
        "pour, phrase",
        "parts",
        "soussignés",
        "et",
        "tirets",
        "tirets et capitales",
        "siret",
        "deux-points",
        "points-virgules",
        "virgules",
        "phrase",
        "sans entre",
        "conclu",
        "capitales",
    ],
)
def test_three_parties(parties: str) -> None:
    facts = facts_of(
        f"# CONVENTION\n{parties}\nIl est convenu ce qui suit :\n# ARTICLE 1 – OBJET\nLe plan."
    )
    assert facts["state_representative"] == "Luc Petit"
    assert facts["beneficiary"] == "Conseil départemental du Morvan"
    assert facts["beneficiary_representative"] == "Eva Roy"
    assert "CCAS d'Autunois" in facts["party.partner"]


@pytest.mark.parametrize(
    "parties",
    [
        """Entre l'État, représenté par Mme Aïcha Bensalem, préfète du Morvan, et Morvan
Métropole, représentée par son président M. Gaspard Thiénot,""",
        """Entre l'État, représenté par Mme Aïcha Bensalem, préfète du Morvan, et Morvan
Métropole, établissement public de coopération intercommunale, représenté par
M. Gaspard Thiénot en qualité de président,""",
        """Entre l'État, représenté par Mme Aïcha Bensalem, préfète du Morvan,

et Morvan Métropole, représentée par son vice-président délégué à l'habitat, M.

Gaspard Thiénot, agissant en vertu de la délibération du 2 mai 2031,""",
        """ENTRE : L'État, représenté par Mme Aïcha Bensalem, préfète du Morvan
ET : Morvan Métropole, représentée par M. Gaspard Thiénot, président""",
        """Entre l'État,

représenté par Mme Aïcha Bensalem,

préfète du Morvan,

et

Morvan Métropole, représentée par M. Gaspard Thiénot, président,
""",
        """Entre d'une part l'État, représenté par Mme Aïcha Bensalem, préfète du Morvan, et désigné
sous le terme « l'administration »,

Et d'autre part Morvan Métropole, dont le siège est situé 9 rue Jean et Eva Roy, représentée par son
président, M. Gaspard Thiénot, et désignée sous le terme « le bénéficiaire »,
""",
        """Entre, d'une part, l'État, représenté par Mme Aïcha Bensalem, préfète du Morvan, et,
d'autre part, Morvan Métropole, représentée par M. Gaspard Thiénot, président,""",
        """Entre l'État représenté par Mme la préfète du Morvan, Aïcha Bensalem, et Morvan Métropole
représentée par son président, M. Gaspard Thiénot (délibération n° 2031/02/18)""",
        """Entre les soussignés :
1° L'État, pris en la personne de Mme Aïcha Bensalem, préfète du Morvan,
2° Morvan Métropole, prise en la personne de M. Gaspard Thiénot, président,
3° Le Département du Morvan, pris en la personne de M. Luc Roy, président,""",
        """ENTRE la Préfecture du Morvan, représentée par sa préfète, Mme Aïcha Bensalem, agissant
au nom de l'État,

ET Morvan Métropole, représentée par son président, M. Gaspard Thiénot,""",
        """Entre : d'une part, l'État, représenté par Mme Aïcha Bensalem, préfète du Morvan ; et
d'autre part, Morvan Métropole, représentée par M. Gaspard Thiénot, président ;""",
        """Entre la direction départementale des solidarités du Morvan, représentée par
sa directrice, Mme Aïcha Bensalem, par délégation de la préfète,

et Morvan Métropole et son centre intercommunal d'action sociale (CIAS), représentés par leur
président, M. Gaspard Thiénot,""",
    ],
)
def test_parties_in_one_sentence(parties: str) -> None:
    facts = facts_of(f"""# AVENANT N° 3
{parties}
Il a été convenu ce qui suit :
# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["state_representative"] == "Aïcha Bensalem"
    assert facts["beneficiary"] == "Morvan Métropole"
    assert facts["beneficiary_representative"] == "Gaspard Thiénot"


@pytest.mark.parametrize(
    "party",
    [
        """et, d'autre part, la Communauté d'agglomération Morvan et Forêts (SIRET 2000718760022),
représentée par son président, M. Gaspard Thiénot,""",
        """et la Communauté d'agglomération Morvan et Forêts, représentée par M. Gaspard Thiénot,
président, d'autre part,""",
    ],
)
def test_a_party_may_have_and_in_its_name(party: str) -> None:
    facts = facts_of(f"""# AVENANT N° 3
Entre, d'une part, l'État, représenté par Mme Aïcha Bensalem, préfète du Morvan,

{party}

Il a été convenu ce qui suit :
# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary"] == "Communauté d'agglomération Morvan et Forêts"
    assert facts["beneficiary_representative"] == "Gaspard Thiénot"


def test_parties_told_by_their_siret() -> None:
    facts = facts_of(
        "Entre l'État (préfet du Morvan), Autun Métropole (SIRET 217 400 019 00017), "
        "et le CCAS d'Autun.\n"
    )
    assert facts["beneficiary"] == "Autun Métropole"
    assert "state_representative" not in facts


def test_parties_of_a_sentence_that_ends_in_between() -> None:
    facts = facts_of("""# CONVENTION DE FINANCEMENT
La présente convention est conclue entre :

d'une part, l'État, représenté par le préfet du Morvan, Monsieur Gaspard Thiénot ;

d'autre part, l'Agglomération des Trois-Rus, représentée par Madame Sidonie Marchand,
présidente, autorisée à signer par délibération n° D2022/09/14 en date du 29 septembre 2022.

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["state_representative"] == "Gaspard Thiénot"
    assert facts["beneficiary"] == "Agglomération des Trois-Rus"
    assert facts["beneficiary_representative"] == "Sidonie Marchand"


def test_a_party_after_and_with_a_colon() -> None:
    facts = facts_of("""# CONVENTION

Entre :

L'État, représenté par Mme Aïcha Bensalem, préfète de l'Yonne

Et : la communauté de communes du Serein, représentée par M. Luc Marin, président

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary"] == "Communauté de communes du Serein"
    assert facts["state_representative"] == "Aïcha Bensalem"


def test_a_party_after_and_with_a_colon_in_one_line() -> None:
    facts = facts_of("""# CONVENTION

Entre : l'État, représenté par Mme Aïcha Bensalem, préfète ; et : Grand Lac Agglomération,
représentée par M. Luc Marin, président ;

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary"] == "Grand Lac Agglomération"
    assert facts["beneficiary_representative"] == "Luc Marin"


def test_the_undersigned_in_one_sentence() -> None:
    facts = facts_of("""# CONVENTION 2025
Entre les soussignés : l'État, représenté par le préfet de l'Yonne, Monsieur Luc Marin, d'une part,
et la Ville du Serein, représentée par son maire, Madame Aïcha Bensalem, et le CCAS du Serein,
représenté par son vice-président, Monsieur Jean Roy, d'autre part,

# ARTICLE 1 – OBJET
Le plan.""")
    assert (facts["state_representative"], facts["beneficiary"]) == ("Luc Marin", "Ville du Serein")
    assert facts["beneficiary_representative"] == "Aïcha Bensalem"
    assert facts["party.partner"].startswith("le CCAS du Serein")


def test_a_numbered_title_ends_the_parties() -> None:
    facts = facts_of("""# CONVENTION 2025
ENTRE l'ÉTAT, représenté par Mme Aïcha Bensalem, ET la CA du Serein, représentée par M. Luc Marin.
1 – OBJET
L'État soutient la CA, représentée au comité par son directeur.""")
    assert facts["beneficiary"] == "CA du Serein"
    assert facts["beneficiary_representative"] == "Luc Marin"
    assert "OBJET" not in facts["party.beneficiary"]


def test_an_authority_in_small_letters_is_a_party() -> None:
    facts = facts_of("""# PROTOCOLE 2025
Entre l'État (préfecture du Morvan), représenté par la préfète, Aïcha Bensalem,

et la communauté d'agglomération du Morvan, représentée par sa présidente, Eva Roy,

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary"] == "Communauté d'agglomération du Morvan"
    assert facts["state_representative"] == "Aïcha Bensalem"


def test_a_list_of_people_is_of_one_party() -> None:
    facts = facts_of("""# CONVENTION
ENTRE

L'État, représenté par :

- Madame Aïcha Bensalem, préfète du Morvan, coordonnatrice,

- Monsieur Luc Petit, préfet de l'Autunois,

ET

La communauté de communes du Morvan, représentée par sa présidente, Mme Eva Roy,

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["state_representative"] == "Aïcha Bensalem"
    assert facts["beneficiary_representative"] == "Eva Roy"
    assert "party.partner" not in facts


def test_a_body_in_small_letters_follows_a_comma() -> None:
    facts = facts_of("""# AVENANT
Entre l'État, représenté par Mme Aïcha Bensalem, préfète du Morvan, le groupement d'intérêt public
« Un toit en Morvan », représenté par Mme Eva Roy, directrice, la Ville d'Autun, représentée par
M. Jean Noir, maire, et le pôle d'équilibre territorial du Morvan, représenté par Mme Ève Blanc,

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary"] == "Groupement d'intérêt public Un toit en Morvan"
    assert facts["beneficiary_representative"] == "Eva Roy"


def test_a_person_at_the_start_of_a_line_is_no_party() -> None:
    """Lines are far apart where the font asks for it."""
    facts = facts_of("""# CONVENTION
Entre :
L'État, représenté par M. Luc Petit, préfet du Morvan ;

Morvan Métropole, représentée par sa présidente,

Mme Eva Roy, habilitée par délibération n° 12 du 3 mai 2024 ;

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary_representative"] == "Eva Roy"
    assert "party.partner" not in facts


@pytest.mark.parametrize(
    ("sentence", "beneficiary"),
    [
        (
            "Une subvention de 164 000 € est attribuée à la communauté d'agglomération du Morvan,"
            " au titre de 2025.",
            "Communauté d'agglomération du Morvan",
        ),
        (
            "Une subvention de 9 000 € est accordée au département du Morvan pour l'exercice 2025.",
            "Département du Morvan",
        ),
        ("Une subvention de 9 € est attribuée au Centre social du Val.", "Centre social du Val"),
        ("Une subvention est versée à la signature de la présente.", None),
    ],
)
def test_an_order_names_whom_it_pays(sentence: str, beneficiary: str | None) -> None:
    facts = facts_of(f"""# ARRÊTÉ
Le préfet du Morvan,
ARRÊTE

# ARTICLE 1
{sentence}""")
    assert facts.get("beneficiary") == beneficiary


@pytest.mark.parametrize("beside", ["", " (SIRET 217 400 019 00017)"])
def test_an_order_may_name_who_represents_whom_it_pays(beside: str) -> None:
    facts = facts_of(f"""# DÉCISION ATTRIBUTIVE DE SUBVENTION
Le préfet du Morvan,
# ARTICLE 1
Une subvention de 9 000 € est attribuée à la Ville d'Autunois{beside},
représentée par son maire, M. Jean Noir, au titre de l'exercice 2031.""")
    assert facts["beneficiary"] == "Ville d'Autunois"
    assert facts["beneficiary_representative"] == "Jean Noir"


@pytest.mark.parametrize(
    ("signed", "name"),
    [
        ("La préfète,\n\nMaud CHARTIER", "Maud CHARTIER"),
        ("La préfète, Maud Chartier", "Maud Chartier"),
        ("Pour la préfète et par délégation,\n\nle secrétaire général, Luc Roy", None),
    ],
)
def test_an_order_is_made_by_the_state(signed: str, name: str | None) -> None:
    facts = facts_of(f"""# ARRÊTÉ N° 12
portant attribution d'une subvention au titre de l'exercice 2024

LA PRÉFÈTE DE LA RANCE,

Chevalier de la Légion d'honneur,

Vu la demande de la métropole ;

ARRÊTE

# ARTICLE 1
Une subvention de 9 000 € est attribuée à la métropole du Morvan.

Fait à Sens, le 3 mai 2024

{signed}""")
    party = read_party(facts["party.state"])
    assert party == Party("État", name, "PRÉFÈTE DE LA RANCE", "state")
    assert facts.get("state_representative") == name
    assert facts["beneficiary"] == "Métropole du Morvan"


def test_a_party_may_have_no_article_between_two_others() -> None:
    acts = prose_of("""# CONVENTION

Entre l'État, représenté par M. Luc Petit, préfet du Morvan, le Département du Morvan, 3 rue
Haute, Château-Chinon, représenté par Mme Eva Roy, présidente, Autunois Métropole, représentée par
M. Yves Brun, président,

conviennent de ce qui suit :

# ARTICLE 1 – OBJET
Le plan.""")
    parties = [read_party(f.value) for f in acts.facts if f.name.startswith("party.")]
    assert [(p.organisation, p.representative, p.office) for p in parties if p] == [
        ("État", "Luc Petit", "préfet du Morvan"),
        ("Département du Morvan", "Eva Roy", "présidente"),
        ("Autunois Métropole", "Yves Brun", "président"),
    ]


@pytest.mark.parametrize("between", ["\n", ""], ids=["paragraphs", "lines"])
def test_an_act_in_capitals_without_accents(between: str) -> None:
    facts = facts_of(f"""# CONVENTION POUR LA MISE EN OEUVRE ACCELEREE DU LOGEMENT D'ABORD
ENTRE L'ETAT
ET LA COMMUNAUTE D'AGGLOMERATION DE L'AUTUNOIS

ENTRE L'ETAT, REPRESENTE PAR MONSIEUR LUC PETIT, PREFET DU MORVAN,
{between}ET LA COMMUNAUTE D'AGGLOMERATION DE L'AUTUNOIS, REPRESENTEE PAR SA
PRESIDENTE, MADAME EVA ROY, AGISSANT EN VERTU D'UNE DELIBERATION DU
CONSEIL COMMUNAUTAIRE DU 24 SEPTEMBRE 2018,

# ARTICLE 1 - OBJET
Le plan.

FAIT A AUTUN, LE 15 OCTOBRE 2018""")
    assert facts["beneficiary"] == "COMMUNAUTE D'AGGLOMERATION DE L'AUTUNOIS"
    assert facts["beneficiary_representative"] == "EVA ROY"
    assert facts["state_representative"] == "LUC PETIT"
    assert (facts["deliberation_on"], facts["signed_on"]) == ("2018-09-24", "2018-10-15")


def test_parties_in_one_sentence_without_commas_around_their_sides() -> None:
    facts = facts_of("""# PROTOCOLE

Entre les soussignés, d'une part l'État, représenté par Madame Eva Roy,
sous-préfète, par délégation du préfet du Morvan, et d'autre part la Ville
d'Autun, représentée par Monsieur Yves Brun, adjoint au maire ;

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary"] == "Ville d'Autun"
    assert facts["beneficiary_representative"] == "Yves Brun"
    assert facts["state_representative"] == "Eva Roy"


def test_the_ministry_may_stand_between_the_state_and_its_representative() -> None:
    facts = facts_of("""# CONVENTION

L'État, ministère de la transition écologique, représenté par la préfète du
Morvan, Madame Eva Roy,

et

Autunois Agglomération, représentée par Monsieur Yves Brun, président,

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary"] == "Autunois Agglomération"
    assert facts["state_representative"] == "Eva Roy"


def test_a_party_in_lines_that_nothing_sets_apart_begins_with_its_article() -> None:
    facts = facts_of("""# CONVENTION

Entre les soussignés :
L'État, représenté par la préfète du Morvan, Mme Eva Roy,
La Ville d'Autun, identifiée sous le SIRET 217 100 148 00015, représentée par son maire, M. Yves
Brun, agissant en vertu de la délibération du 6 avril 2023,
Le Centre communal d'action sociale (CCAS) d'Autun, représenté par sa vice-présidente, Mme Ada
Noir, bénéficiaire du reversement,

Il est convenu :

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["state_representative"] == "Eva Roy"
    assert facts["beneficiary"] == "Ville d'Autun"
    assert facts["beneficiary_representative"] == "Yves Brun"
    assert "CCAS" in facts["party.partner"]


def test_the_beneficiary_is_the_party_that_is_called_so() -> None:
    facts = facts_of("""# CONVENTION

Entre l'État, représenté par la préfète du Morvan, Mme Eva Roy, le Département du Morvan, représenté
par sa présidente, Mme Ada Noir, et le groupement d'intérêt public « Habitat du Morvan » (GIP HM),
représenté par son directeur, M. Yves Brun, ci-après dénommé « le bénéficiaire »,

il est convenu ce qui suit :

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary"] == "Groupement d'intérêt public Habitat du Morvan"
    assert facts["beneficiary_representative"] == "Yves Brun"
    assert "Département" in facts["party.partner"]


@pytest.mark.parametrize("heading", ["1 – Ce que nous voulons", "I. Contexte"])
def test_the_first_article_without_the_word_ends_the_parties(heading: str) -> None:
    facts = facts_of(f"""# CONVENTION-CADRE
Les parties :

– L'État, représenté par Mme Aïcha Bensalem, préfète du Morvan ;

– La Ville d'Autun, représentée par M. Luc Petit, maire.

{heading}
Réduire de moitié le nombre de personnes sans abri.""")
    assert facts["party.beneficiary"].endswith("M. Luc Petit, maire.")


def test_the_prefect_may_open_the_parties() -> None:
    facts = facts_of("""# CONVENTION
Entre : le préfet du Morvan, M. Luc Petit, agissant au nom de l'État ;

Et : la communauté de communes du Morvan, représentée par Mme Eva Roy, présidente ;

# ARTICLE 1 – OBJET
Le plan.""")
    assert facts["beneficiary"] == "Communauté de communes du Morvan"
    assert facts["state_representative"] == "Luc Petit"


def test_a_numbered_heading_ends_the_parties() -> None:
    facts = facts_of("""# AVENANT N° 2

Entre
d'une part, l'État, représenté par Mme Eva Roy, préfète du Morvan,
et d'autre part,
Morvan Métropole, représentée par M. Yves Brun, président,

# 1 – Rectification
Au lieu de « 176 400 € », lire « 178 400 € ».

# 2 – Autres dispositions
Les autres dispositions sont inchangées.""")
    party = read_party(facts["party.beneficiary"])
    assert party == Party("Morvan Métropole", "Yves Brun", "président", "other")
