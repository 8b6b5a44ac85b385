"""Pilots and funders as annexes write them, in an invented territory."""

import pytest
from documents import REFERENCE
from hypothesis import given
from hypothesis import strategies as st

from normalizers.organisations import Directory, Place, load_organisations
from normalizers.territory_names import main_commune

ORGANISATIONS = load_organisations(REFERENCE)
PLACE = Place(
    "123456782",
    "Métropole de Brévannes-le-Mont",
    (),
    "Brévannes-le-Mont",
    "38",
    "de l'Isère",
    "Auvergne-Rhône-Alpes",
)
DIRECTORY = Directory(ORGANISATIONS, PLACE, ["Ville de Saint-Orme", "Ville – Ardelles", "Escale"])


def names(text: str) -> list[str]:
    return [organisation.name for organisation, _ in DIRECTORY.spelled(text)]


METROPOLE, VILLE = "Métropole de Brévannes-le-Mont", "Ville de Brévannes-le-Mont"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Métropole", [METROPOLE]),
        ("Roulotte et Cie", ["Roulotte et Cie"]),
        ("Habitat & Humanisme Isère", ["Habitat & Humanisme Isère"]),
        ("Habitat & Humanisme / ADIL", ["Habitat et Humanisme", "ADIL 38"]),
        ("Les Toits & Rebond", ["Les Toits", "Rebond"]),
        ("Association Nuit et Jour", ["Association Nuit et Jour"]),
        (
            "CCAS et l'association Toits et Chemins, ADIL",
            ["CCAS de Brévannes-le-Mont", "l'association Toits et Chemins", "ADIL 38"],
        ),
        ("Associations Nuit et Jour", ["Associations Nuit", "Jour"]),
        ("Association Rebond et Escale", ["Association Rebond", "Escale"]),
        ("Association Rebond et ALT", ["Association Rebond", "ALT"]),
        ("Association Rebond et Ville", ["Association Rebond", VILLE]),
        ("Département (SPIP, Le Toit)", ["Département de l'Isère", "SPIP 38", "Le Toit"]),
        (
            "Le Toit (service loyer / accueil) et Ville",
            ["Le Toit", "service loyer", "accueil", VILLE],
        ),
        ("Association Le Toit (ALT)", ["Association Le Toit (ALT)"]),
        ("la métropole de Brévannes-le-Mont", [METROPOLE]),
        ("MBM", [METROPOLE]),
        ("Ville", [VILLE]),
        ("La Ville de Saint-Orme", ["Ville de Saint-Orme"]),
        ("Le Département", ["Département de l'Isère"]),
        ("Ville – Brévannes-le-Mont", [VILLE]),
        ("Ville-Brévannes-le-Mont", [VILLE]),
        ("Brévannes-le-Mont", [VILLE]),
        ("Saint-Orme", ["Ville de Saint-Orme"]),
        ("Ville-Ardelles", ["Ville d'Ardelles"]),
        ("Ville d’Ardelles", ["Ville d'Ardelles"]),
        ("CCAS", ["CCAS de Brévannes-le-Mont"]),
        ("CCAS Saint-Orme", ["CCAS de Saint-Orme"]),
        ("CD 38", ["Département de l'Isère"]),
        ("Conseil départemental", ["Département de l'Isère"]),
        ("Département de l'Isère", ["Département de l'Isère"]),
        ("DDETS38", ["DDETS 38"]),
        ("Etat (DDETS)", ["DDETS 38"]),
        ("DDCS", ["DDETS 38"]),
        ("ADIL", ["ADIL 38"]),
        ("Région", ["Région Auvergne-Rhône-Alpes"]),
        ("Région Bretagne", ["Région Bretagne"]),
        ("ARS de Bretagne", ["ARS Bretagne"]),
        ("FSE+", ["Union européenne"]),
        ("MBM-DDETS", [METROPOLE, "DDETS 38"]),
        ("DDETS/Métropole", ["DDETS 38", METROPOLE]),
        ("Métropole et CD 38", [METROPOLE, "Département de l'Isère"]),
        ("Saint-Orme/ardelles", ["Ville de Saint-Orme", "Ville d'Ardelles"]),
        ("CCAS\nSIAO 38", ["CCAS de Brévannes-le-Mont", "SIAO 38"]),
        ("Ville de Saint-Orme – CCAS – Saint-Orme", ["Ville de Saint-Orme", "CCAS de Saint-Orme"]),
        ("Ville, Ville – Brévannes-le-Mont", [VILLE]),
        ("Toit pour Tous-Isère", ["Toit pour Tous-Isère"]),
        ("Les Quatre-Saisons / DDETS", ["Les Quatre-Saisons", "DDETS 38"]),
        ("", []),
        ("-", []),
    ],
)
def test_the_organisations_that_a_text_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_another_department_is_not_this_one() -> None:
    (rhone,), (isere,) = DIRECTORY.spelled("DDETS 69"), DIRECTORY.spelled("DDETS")
    assert rhone[0].organisation_id != isere[0].organisation_id
    assert names("Département du Rhône") == ["Département du Rhône"]


def test_an_unknown_funder_keeps_its_words() -> None:
    assert DIRECTORY.name("Fondation  Hyacinthe") == "Fondation Hyacinthe"
    assert DIRECTORY.name("CD 38, Région") == "CD 38, Région"
    assert not DIRECTORY.knows("Fondation Hyacinthe")
    assert DIRECTORY.knows("CD 38, Région")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("CCAS de Saint-Orme, en lien avec la mission locale", ["CCAS de Saint-Orme"]),
        ("La Traverse, en partenariat avec Aléos", ["La Traverse"]),
        ("CCAS de Saint-Orme avec l’appui du Secours catholique", ["CCAS de Saint-Orme"]),
        ("Co-portage CCAS de Saint-Orme et La Traverse", ["CCAS de Saint-Orme", "La Traverse"]),
        ("ADEFO / SDAT (co-portage)", ["ADEFO", "SDAT"]),
        ("En lien avec la DDETS", ["En lien avec la DDETS"]),
        ("La Traverse – direction de l'habitat", ["La Traverse"]),
        ("ADEFO / Mission locale du Lac", ["ADEFO", "Mission locale du Lac"]),
        ("ADEFO / service intégré d'accueil et d'orientation", ["ADEFO", "SIAO 38"]),
        ("Service habitat", ["Service habitat"]),
        ("Porté par La Traverse ; mis en œuvre par l'ADEFO", ["La Traverse", "ADEFO"]),
    ],
)
def test_who_is_beside_a_pilot_is_none(cell: str, expected: list[str]) -> None:
    assert [organisation.name for organisation, _ in DIRECTORY.pilots(cell)] == expected


def test_without_a_territory_kinds_are_still_known() -> None:
    nowhere = Directory(ORGANISATIONS, Place("", ""))
    assert [o.name for o, _ in nowhere.spelled("DDETS")] == ["DDETS"]
    ((metropole, _),) = nowhere.spelled("Métropole")
    assert (metropole.organisation_id, metropole.kind) == ("nom::metropole", None)


@pytest.mark.parametrize(
    "name", ["Département de la Charente", "Conseil départemental de Charente"]
)
def test_a_department_may_be_the_territory(name: str) -> None:
    place = Place("221600018", name, (), None, "16", "de la Charente", "Nouvelle-Aquitaine")
    directory = Directory(ORGANISATIONS, place)
    own = ("Département", "CD 16", "Conseil départemental", "Département de la Charente")
    found = {directory.one(spelling) for spelling in own}
    assert {one and one.organisation_id for one in found} == {"221600018"}
    other = directory.one("CD 17")
    assert other is not None and other.organisation_id == "departement:17"


PARTNERS = ["Communauté d'agglomération de Saint-Orme", "Centre communal d'action sociale d'Orme"]


@pytest.mark.parametrize(
    ("partners", "text", "expected"),
    [
        (PARTNERS, "Agglomération", "Communauté d'agglomération de Saint-Orme"),
        (PARTNERS, "CA Saint-Orme", "Communauté d'agglomération de Saint-Orme"),
        (PARTNERS, "CCAS", "CCAS d'Orme"),
        (["Orme Métropole"], "Métropole", "Orme Métropole"),
        (["Orme Solidarité"], "Métropole", None),
        (PARTNERS, "Département", "Département de l'Orme"),
        ([*PARTNERS, "Communauté de communes du Lac"], "Agglomération", None),  # which of the two?
        ([*PARTNERS, "Association Le Lac"], "Le Lac", None),
        ([], "Agglomération", None),
    ],
)
def test_other_parties_of_an_act_run_actions(
    partners: list[str], text: str, expected: str | None
) -> None:
    place = Place("123456782", "Département de l'Orme")
    found = Directory(ORGANISATIONS, place, [], partners).one(text)
    assert (found and found.name) == expected


def test_a_territory_s_own_bodies_go_before_those_of_its_partners() -> None:
    place = Place("123456782", "Métropole d'Ardelles", (), "Ardelles")
    directory = Directory(ORGANISATIONS, place, [], [*PARTNERS, "Ville de Saint-Orme"])
    found = [directory.one(text) for text in ("Agglomération", "CCAS", "Ville")]
    names = ["Métropole d'Ardelles", "CCAS d'Ardelles", "Ville d'Ardelles"]
    assert [one and one.name for one in found] == names


def test_a_territory_may_be_called_after_its_main_commune_and_more() -> None:
    name = "Orme Alpes Agglomération"
    place = Place("123456782", name, main_commune=main_commune(name))
    directory = Directory(ORGANISATIONS, place, ["CCAS", "CCAS d'Orme"])
    found = [directory.one(text) for text in ("CCAS", "Ville", "Orme Alpes")]
    assert [one.name for one in found if one] == ["CCAS d'Orme", "Ville d'Orme", name]


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("Association Passerelles", "Passerelles", True),
        ("l'association Passerelles", "Passerelles", True),
        ("Association Passerelles", "Les Passerelles du Lac", False),
        ("Fondation Passerelles", "Passerelles", False),
        ("Association Passerelles (ex-Relais Nord)", "Relais Nord", True),
        ("Passerelles (anciennement association Relais Nord)", "Association Relais Nord", True),
        ("Association Passerelles (ex-Relais Nord)", "Relais Sud", False),
        ("Association Ville", "Ville", False),
    ],
)
def test_a_body_told_without_its_kind_or_by_its_former_name(
    first: str, second: str, one: bool
) -> None:
    place = Place("123456782", "Métropole d'Ardelles", (), "Ardelles")
    directory = Directory(ORGANISATIONS, place, [first, second])
    (a, _), (b, _) = (directory.spelled(text)[0] for text in (first, second))
    assert (a.organisation_id == b.organisation_id) == one


@pytest.mark.parametrize(
    ("place", "pilot", "payer"),
    [
        ("Métropole d'Ardelles", "Commune de Saint-Orme", "Ville de Saint-Orme"),
        ("Métropole d'Ardelles", "Halte Ardelles", "commune"),  # which one?
        ("Métropole d'Ardelles", "Ville de Saint-Orme / Ville de Brocel", "commune"),
        ("Ville d'Ardelles", "Halte Ardelles", "Ville d'Ardelles"),
    ],
)
def test_a_commune_pays_for_what_it_runs(place: str, pilot: str, payer: str) -> None:
    directory = Directory(ORGANISATIONS, Place("123456782", place, (), "Ardelles"))
    assert directory.payer(directory.name("commune"), pilot) == payer


@pytest.mark.parametrize(
    ("pilot", "payer"),
    [
        ("CCAS", "CCAS d'Ardelles"),
        ("Halte Ardelles", "Halte Ardelles"),
        ("CCAS / Halte Ardelles", "Autofinancement"),  # whose?
        ("", "Autofinancement"),
    ],
)
def test_the_only_pilot_pays_what_is_its_own_money(pilot: str, payer: str) -> None:
    directory = Directory(ORGANISATIONS, Place("123456782", "Ville d'Ardelles", (), "Ardelles"))
    assert directory.payer("Autofinancement", pilot, own=True) == payer


@given(st.text(alphabet="AMPVil le-–/,(\n)'é38 det", max_size=60))
def test_no_text_is_lost_or_breaks(text: str) -> None:
    for organisation, written in DIRECTORY.spelled(text):
        assert organisation.organisation_id and organisation.name
        assert written in text


@pytest.mark.parametrize(
    ("name", "spelling", "expected"),
    [
        ("Grand Poitiers communauté urbaine", "Grand Poitiers", None),
        ("Grand Poitiers communauté urbaine", "Poitiers", "Ville de Poitiers"),
        ("Communauté d'agglomération du Grand Brocel", "GrandBrocel", None),
        ("Le Grand Brocel", "Grand Brocel", None),
        ("Brocel Agglomération", "Brocel Agglo", None),
        ("Communauté d'agglomération de Niort", "Niort", "Ville de Niort"),
        ("Communauté d'agglomération Sorne-Vallées", "Sorne-Vallées", None),
        ("Communauté d'agglomération Saint-Orme", "Saint-Orme", "Ville de Saint-Orme"),
        ("Communauté d'agglomération Sud-Brocel", "CASB", None),
        ("Brocel Méditerranée Métropole communauté urbaine", "BMM", None),
        ("Communauté d'agglomération du Pays de Brocel", "CA Pays de Brocel", None),
        ("Communauté d'agglomération du Pays de Brocel", "CA du Pays de Brocel", None),
        ("Communauté d'agglomération Sud-Brocel", "ARS", "ARS"),
        ("Eurocité Valmer", "Eurocité", None),
        ("Établissement public territorial Plaine Brévine", "EPT Plaine Brévine", None),
    ],
)
def test_a_territory_by_its_short_name(name: str, spelling: str, expected: str | None) -> None:
    directory = Directory(ORGANISATIONS, Place("9", name, (), main_commune(name)))
    found = directory.one(spelling)
    assert found is not None and found.name == (expected or name)


@pytest.mark.parametrize(
    ("place", "text", "beneficiary"),
    [
        ("Ville de Saint-Orme", "Métropole", False),
        ("Ville de Saint-Orme", "Collectivité", True),
        ("Groupement d'intérêt public Un toit pour Orme", "Métropole", False),
        ("Métropole d'Ardelles", "Métropole", True),
        ("Communauté urbaine Ardelles Nord", "CU", True),
        ("Communauté d'agglomération d'Ardelles", "CA", True),
        ("Communauté d'agglomération d'Ardelles", "CU", False),
    ],
)
def test_which_words_mean_the_beneficiary(place: str, text: str, beneficiary: bool) -> None:
    directory = Directory(ORGANISATIONS, Place("123456782", place))
    found = directory.one(text)
    assert (found is not None and found.organisation_id == "123456782") is beneficiary
