"""Which authority an act is signed with."""

import pytest
from documents import REFERENCE
from stdnum.fr import siren

from normalizers.territories import (
    KnownTerritory,
    authority,
    bare_name,
    find_territory,
    load_departments,
    load_territories,
    named_in,
    new_territory,
    other_names,
    place_of,
    predecessors,
)

KNOWN = load_territories(REFERENCE / "territories.csv")
DEPARTMENTS = load_departments(REFERENCE / "departments.csv")


def test_every_siren_of_the_reference_is_valid_and_used_once() -> None:
    ids = [t.territory_id for t in KNOWN]
    assert all(siren.is_valid(i) for i in ids)
    assert len(set(ids)) == len(ids)
    assert {t.department_code for t in KNOWN} <= DEPARTMENTS.keys()


@pytest.mark.parametrize(
    ("name", "territory_id"),
    [
        ("Métropole Aix-Marseille-Provence", "200054807"),
        ("METROPOLE D’AIX-MARSEILLE PROVENCE", "200054807"),
        ("Métropole Toulon-Provence-Méditerranée", "248300543"),
        ("TPM", "248300543"),
        ("Métropole Toulon Provnce Méditerranée", "248300543"),
        ("Métropole de Saint-Orme", None),
        ("Mantes Métropole", None),
        ("Métropole Orval Loire", None),
        ("Eurométropole de Strasbourc", None),
        ("Métropole", None),
    ],
)
def test_the_name_decides(name: str, territory_id: str | None) -> None:
    found = find_territory(name, KNOWN)
    assert (found and found.territory_id) == territory_id


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Communauté d'agglomération Valbrune Agglo", "valbrune"),
        ("CA Valbrune Agglo", "valbrune"),
        ("Valbrune Métropole", "valbrune"),
        ("Communauté urbaine du Grand Valbrune", "grand valbrune"),
        ("Ville de Valbrune", "ville valbrune"),
        ("Commune de Valbrune", "ville valbrune"),
        ("Département de la Valbrune", "departement valbrune"),
        ("Communauté d'agglomération", "communaute agglomeration"),
        ("PETR du Pays de Valbrune", "pole equilibre territorial rural pays valbrune"),
        (
            "Pôle d'équilibre territorial et rural du Pays de Valbrune",
            "pole equilibre territorial rural pays valbrune",
        ),
    ],
)
def test_a_union_of_communes_is_known_without_its_form(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("name", "text", "others"),
    [
        ("CA du Bassin de Mornay", "La CA du Bassin de Mornay (CABM), représentée par", {"cabm"}),
        ("Communauté Mornay", "la communauté Mornay, ci-après dénommée « CM »,", {"cm"}),
        ("Communauté Mornay", "La Communauté Mornay, M. Roy, ci-après « la CM »,", {"cm"}),
        (
            "Communauté d'agglomération Ormeau-Vallées",
            "La Communauté d'agglomération Ormeau-Vallées, anciennement dénommée Communauté de"
            " communes du Pays d'Ormeau, représentée par M. Luc BERNARD, ancien maire",
            {"pays ormeau"},
        ),
        (
            "Mornay Agglo",
            "Mornay Agglo, anciennement communauté d'agglomération, représentée",
            set(),
        ),
        ("Mornay Agglo", "Mornay Agglo (Jura), représentée par Mme Anne Exbrayat", set()),
    ],
)
def test_the_sigle_and_the_former_name_of_a_party(name: str, text: str, others: set[str]) -> None:
    assert other_names(name, text) == others


@pytest.mark.parametrize(
    ("party", "name"),
    [
        ("CCAS de la Ville de Morlande", "Ville de Morlande"),
        ("Conseil départemental de la Varenne", "Département de la Varenne"),
        ("Conseil régional d'Armor", "Région d'Armor"),
        ("Conseil citoyen de Morlande", "Conseil citoyen de Morlande"),
        ("Ville de Morlande", "Ville de Morlande"),
    ],
)
def test_the_authority_behind_a_party(party: str, name: str) -> None:
    assert authority(party) == name


def test_a_title_names_one_authority_or_none() -> None:
    title = "AVENANT N°2 À LA CONVENTION CONCLUE AVEC LA MÉTROPOLE DE LYON"
    found = named_in(title, KNOWN)
    assert found and found.territory_id == "200046977"
    assert named_in("CONVENTION PLURIANNUELLE D'OBJECTIFS", KNOWN) is None


def test_a_stranger_takes_the_siren_of_its_acts_if_one_is_valid() -> None:
    name = "Grand Ardelles Agglomération"
    wrong, right = "12345678900012", "73282932000074"
    assert new_territory(name, [wrong, right, right], "x").territory_id == "732829320"
    assert new_territory(name, [wrong], "grand-ardelles").territory_id == "nom:grand-ardelles"
    assert new_territory(name, [], "x").main_commune == "Ardelles"
    assert new_territory(name, [], "x").kind == "agglomération"


def test_department_from_the_documents() -> None:
    texts = ["DDETS 38", "CD38 et SIAO 38", "ADIL 69", "préfète du département de l’Isère"]
    place = place_of(KnownTerritory("1", "Métropole X"), texts, DEPARTMENTS)
    assert (place.department_code, place.of_department) == ("38", "de l'Isère")
    signed = place_of(KnownTerritory("1", "X"), ["M. Y, préfet de la Drôme"], DEPARTMENTS)
    assert signed.department_code == "26"
    beside = place_of(
        KnownTerritory("1", "X"), ["ADIL 26", "CAF 26", "M. Y, préfet de l'Ardèche"], DEPARTMENTS
    )
    assert (beside.department_code, beside.of_department) == ("07", "de l'Ardèche")
    island = place_of(KnownTerritory("1", "X"), ["le Département de La Réunion"], DEPARTMENTS)
    assert island.department_code == "974"
    region = place_of(KnownTerritory("1", "X"), ["préfet de la région Bretagne"], DEPARTMENTS)
    assert region.department_code is None
    town = place_of(KnownTerritory("1", "X"), ["M. Y, sous-préfet de Thérou"], DEPARTMENTS)
    assert town.of_department is None
    prefects = [
        "préfète de la Haute-Lone",
        "préfet de la Basse-Lone",
        "Département de la Basse-Lone",
    ]
    both = place_of(KnownTerritory("1", "Métropole X"), prefects, DEPARTMENTS)
    assert both.of_department is None
    one = place_of(KnownTerritory("1", "Département de la Haute-Lone"), prefects, DEPARTMENTS)
    assert one.of_department == "de la Haute-Lone"
    sums = ["CAF 10 000 €", "CAF 10 k€", "ADIL 38 : 25 000 €"]
    assert place_of(KnownTerritory("1", "X"), sums, DEPARTMENTS).department_code == "38"
    nowhere = place_of(KnownTerritory("1", "Métropole X"), [], DEPARTMENTS)
    assert (nowhere.department_code, nowhere.of_department, nowhere.region) == (None, None, None)


def test_a_wrong_siren_is_named(tmp_path) -> None:
    path = tmp_path / "territories.csv"
    path.write_text(
        "siren,name,short_name,kind,main_commune,department_code,region_code\nx,Y,,,,,\n"
    )
    with pytest.raises(ValueError, match=r"territories\.csv, ligne 2"):
        load_territories(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "et la CU Orme et Val, issue de la fusion, au 1er janvier 2032, de la CU Rives de "
            "l'Orme et de la communauté de communes du Val, représentée par sa présidente",
            ["CU Rives de l'Orme", "communauté de communes du Val"],
        ),
        ("La CA Orme, venant aux droits de la CC d'Orme, représentée par", ["CC d'Orme"]),
        (
            "La CC Orme, venant aux droits de la commune d'Orme pour la compétence habitat, "
            "représentée par",
            ["commune d'Orme"],
        ),
        ("Orme Métropole, qui succède à la CU d'Orme, sise 3 rue Haute", ["CU d'Orme"]),
        ("La Ville d'Orme, représentée par M. Jean PETIT, issu de la liste unique", []),
    ],
)
def test_whom_a_party_succeeds(text: str, expected: list[str]) -> None:
    assert predecessors(text) == expected
