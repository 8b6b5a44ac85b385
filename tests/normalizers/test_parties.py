"""Parties, as acts introduce them."""

import pytest

from normalizers.parties import (
    clean_organisation,
    organisations_of,
    parties_of,
    read_party,
    read_person,
    read_siret,
)


@pytest.mark.parametrize(
    ("text", "organisation", "representative", "kind"),
    [
        (
            "Le préfet de la Creuse, agissant au nom et pour le compte de l'État, M. Luc de Bar",
            "État",
            "Luc de Bar",
            "state",
        ),
        ("Monsieur le Préfet de la Creuse, Luc ROY", "État", "Luc ROY", "state"),
        (
            "La Dihal, délégation interministérielle, représentée par M. Luc ROY, délégué",
            "État",
            "Luc ROY",
            "state",
        ),
        ("l'administration, représentée par le préfet, Luc ROY", "État", "Luc ROY", "state"),
        ("l'État (préfet de la Creuse), Guéret Métropole", "État", None, "state"),
        (
            "L'État, préfecture de la Creuse, dont le représentant est M. Luc Roy, préfet",
            "État",
            "Luc Roy",
            "state",
        ),
        (
            "La Ville de Sens (89100), agissant par son maire en exercice, Mme Ida Le Goff, en"
            " vertu d'une délibération du 3 mai",
            "Ville de Sens",
            "Ida Le Goff",
            "other",
        ),
        (
            "la Ville de Sens, agissant poursuites et diligences de son maire, Mme Ida ROY",
            "Ville de Sens",
            "Ida ROY",
            "other",
        ),
        (
            "La Ville de Sens, agissant par l'intermédiaire de son maire, Mme Ida Roy",
            "Ville de Sens",
            "Ida Roy",
            "other",
        ),
        (
            "L’Etat, représenté par Monsieur le Préfet de la Région Provence Alpes Côte d’Azur, "
            "Préfet du département des Bouches-du-Rhône, d’une part,",
            "État",
            None,
            "state",
        ),
        (
            "L’État, représenté par Philippe MAHE, Préfet du département du Var, d’une part,",
            "État",
            "Philippe MAHE",
            "state",
        ),
        (
            "l'État, représenté par le Préfet de région et, par délégation, par Monsieur Jean "
            "TISON, Préfet du Morvan,",
            "État",
            "Jean TISON",
            "state",
        ),
        ("Le préfet du Var, Monsieur Philippe MAHÉ, d'une part,", "État", "Philippe MAHÉ", "state"),
        (
            "Monsieur le Maire de Sens, Luc LE ROY, représentant la Ville de Sens, par "
            "délibération du 4 avril 2024",
            "Ville de Sens",
            "Luc LE ROY",
            "other",
        ),
        (
            "L'État, représenté par le préfet de l'Yonne LA COMMUNE DE SENS, représentée par "
            "Monsieur le Maire, Luc ROY",
            "État",
            None,
            "state",
        ),
        (
            "La Métropole Aix-Marseille-Provence, représentée par Madame Martine VASSAL, "
            "Présidente de la Métropole Aix-Marseille-Provence, et désignée ci-après par les "
            "termes « La Métropole », d’autre part,",
            "Métropole Aix-Marseille-Provence",
            "Martine VASSAL",
            "other",
        ),
        (
            "La Métropole de Pontrévault, représentée par Monsieur Didier Salavert, président, "
            "ci-après « la métropole »",
            "Métropole de Pontrévault",
            "Didier Salavert",
            "other",
        ),
        (
            "Le Conseil départemental du Var, représenté par son Président, Monsieur Jean-Louis de "
            "LA TOUR, dûment habilité par délibération du 3 mai 2022",
            "Conseil départemental du Var",
            "Jean-Louis de LA TOUR",
            "other",
        ),
        (
            "Et la Ville de Nice, sise 5 rue de l'Hôtel de Ville, représentée par son maire "
            "M. Christian ESTROSI",
            "Ville de Nice",
            "Christian ESTROSI",
            "other",
        ),
        (
            "Le CCAS de Brest, représenté par sa vice-présidente, Mme Marie Le Goff",
            "CCAS de Brest",
            "Marie Le Goff",
            "other",
        ),
        (
            "l'État, préfecture du Morvan, ayant pour représentant M. le préfet du Morvan, Luc ROY",
            "État",
            "Luc ROY",
            "state",
        ),
        (
            "L'ÉTAT, représenté par Monsieur le haut-commissaire Luc LE ROY, DE PREMIÈRE PART,",
            "État",
            "Luc LE ROY",
            "state",
        ),
        (
            "L'État, représenté par Mme la Préfète Agnès Roy,",
            "État",
            "Agnès Roy",
            "state",
        ),
        (
            "L'État, représenté par la préfecture du Morvan en la personne de M. Luc ROY, préfet",
            "État",
            "Luc ROY",
            "state",
        ),
        (
            "le Département du Morvan – Hôtel du Département, 58000 Autun – représenté par le "
            "président, Monsieur Jean NOIR",
            "Département du Morvan",
            "Jean NOIR",
            "other",
        ),
        (
            "Grand Wattignolle Agglomération, représentée par son président",
            "Grand Wattignolle Agglomération",
            None,
            "other",
        ),
    ],
)
def test_read_party(text: str, organisation: str, representative: str | None, kind: str) -> None:
    party = read_party(text)
    assert party is not None
    assert (party.organisation, party.representative, party.kind) == (
        organisation,
        representative,
        kind,
    )


@pytest.mark.parametrize(
    "office",
    [
        "maire, d'autre part",
        "maire (SIRET 213 500 019 00017)",
        "maire (délibération du 3 mai)",
        "agissant en qualité de maire, en vertu de la délibération du 3 mai",
        "maire, ou son représentant",
        "maire, sous l'autorité de laquelle sont placés les services",
        "maire, conjointement dénommés « les bénéficiaires »",
    ],
)
def test_the_office_is_kept_apart(office: str) -> None:
    party = read_party(f"La Ville de Brest, représentée par Mme Anne Le Bras, {office}")
    assert party is not None
    assert (party.representative, party.office) == ("Anne Le Bras", "maire")


@pytest.mark.parametrize("text", ["Le présent avenant modifie la convention.", "", "Et"])
def test_text_without_a_party(text: str) -> None:
    assert read_party(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Métropole Aix-Marseille-Provence", "Métropole Aix-Marseille-Provence"),
        ("l'agglomération de Sarreguemines", "Agglomération de Sarreguemines"),
        ("Lens-Liévin", "Lens-Liévin"),
        ("Le Havre Seine Métropole", "Le Havre Seine Métropole"),
        ("La Rochelle Agglomération", "La Rochelle Agglomération"),
        ("Le Pôle métropolitain du Sillon", "Pôle métropolitain du Sillon"),
        ("LA MÉTROPOLE DU LITTORAL", "MÉTROPOLE DU LITTORAL"),
        ("LE MANS MÉTROPOLE", "LE MANS MÉTROPOLE"),
        ("Odet Communauté Communauté d'agglomération – ", "Odet Communauté"),
        ("Communauté d'agglomération d'Odet", "Communauté d'agglomération d'Odet"),
    ],
)
def test_clean_organisation(text: str, expected: str) -> None:
    assert clean_organisation(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (": 13001303000106", "13001303000106"),
        ("259 937 548 00065", "25993754800065"),
        (": 2599375480006", None),
    ],
)
def test_read_siret(text: str, expected: str | None) -> None:
    assert read_siret(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "La Ville de Sens et son CCAS, représentés par le maire",
            ["Ville de Sens", "CCAS de Sens"],
        ),
        ("La Ville de Sens, représentée par le maire", ["Ville de Sens"]),
        ("Fait à Sens", []),
    ],
)
def test_the_organisations_of_a_party(text: str, names: list[str]) -> None:
    assert organisations_of(text) == names


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "L'État, représenté par la Dihal, Monsieur Luc ROY, délégué interministériel, et par"
            " Madame la Préfète de l'Orne, Madame Ida LE GOFF",
            [("Luc ROY", "Dihal, délégué interministériel"), ("Ida LE GOFF", "Préfète de l'Orne")],
        ),
        (
            "L'État, représenté par Madame Ida LE GOFF, Préfète de l'Orne, par délégation, la"
            " directrice départementale, Madame Ève ROY",
            [("Ida LE GOFF", "Préfète de l'Orne")],
        ),
        (
            "L'État, représenté par le préfet de l'Orne, Luc ROY, et par délégation par la"
            " directrice départementale, Madame Ève ROY",
            [("Luc ROY", "préfet de l'Orne")],
        ),
        (
            "L'État, représenté par le préfet de la région Grand Est préfet du Bas-Rhin Luc ROY",
            [("Luc ROY", "préfet de la région Grand Est préfet du Bas-Rhin")],
        ),
        (
            "L'État, représenté par Mme la préfète de la Drôme Ida LE GOFF",
            [("Ida LE GOFF", "préfète de la Drôme")],
        ),
        (
            "L'État, représenté par la préfète des Alpes Maritimes Ida LE GOFF",  # Maritimes Ida?
            [(None, "préfète des Alpes Maritimes Ida LE GOFF")],
        ),
        (
            "L'association Le Pas, représentée par son président Monsieur Luc ROY et sa directrice"
            " Madame Ida LE GOFF",
            [("Luc ROY", "président"), ("Ida LE GOFF", "directrice")],
        ),
        (
            "La Ville de Sens, représentée par son maire, Luc ROY, et, par délégation, Ève BLANC",
            [("Luc ROY", "maire")],
        ),
        (
            "La Ville de Sens et son CCAS, représentés par M. Luc ROY, maire",
            [("Luc ROY", "maire"), ("Luc ROY", "maire")],
        ),
        (
            "L'État, représenté par Madame Ida LE GOFF, préfète de l'Orne, et Monsieur Luc ROY,"
            " préfet du Perche",
            [("Ida LE GOFF", "préfète de l'Orne"), ("Luc ROY", "préfet du Perche")],
        ),
        (
            "L'État, représenté par : - Madame Ida LE GOFF, préfète de l'Orne, coordonnatrice, -"
            " Monsieur Luc ROY, préfet du Perche",
            [("Ida LE GOFF", "préfète de l'Orne, coordonnatrice"), ("Luc ROY", "préfet du Perche")],
        ),
    ],
)
def test_who_represents_a_party(text: str, people: list[tuple[str, str]]) -> None:
    assert [(party.representative, party.office) for party in parties_of(text)] == people


def test_no_civility_ends_a_word() -> None:
    assert read_person("M. Luc ROY, maire, comme prévu").office == "maire, comme prévu"
