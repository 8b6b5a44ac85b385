"""Which acts are of one territory, by what they call their beneficiary."""

from pathlib import Path

import pytest
from documents import REFERENCE

from pipeline.extracted import Fact, Place
from pipeline.records import read_knowledge
from pipeline.territories import Head, territories_of

PLACE = Place(page=1, x0=0, top=0, x1=9, bottom=9)
MORNAY = ("CA du Bassin de Mornay", "La CA du Bassin de Mornay (CABM), représentée par")
MORLAND = ("CC du Bocage de Morland", "La CC du Bocage de Morland (CABM), représentée par")
CABM = ("La CABM", "La CABM, représentée par")
PAYS = ("CC du Pays d'Ormeau", "La CC du Pays d'Ormeau, représentée par")
VALLEYS = ("CA Ormeau-Vallées", "La CA Ormeau-Vallées, anciennement CC du Pays d'Ormeau,")
METRO = ("Ormeau Métropole", "Ormeau Métropole (anciennement CA Ormeau-Vallées), représentée")
RENAMED = ("Ormeau-Vallées Métropole", "Ormeau-Vallées Métropole, représentée par")
COAST = ("CC de la Côte", "La CC de la Côte, représentée par")
FUSED = (
    "CA Ormeau et Côte",
    "La CA Ormeau et Côte, issue de la fusion, au 1er janvier 2032, de la CC du Pays d'Ormeau et "
    "de la CC de la Côte, représentée par",
)
CENTRE = ("Centre communal d'action sociale de la ville de Mornay", "Le CCAS de Mornay, représenté")
CITY = ("Ville de Mornay", "La Ville de Mornay, représentée par")
OWN = ("26130000800008", "21130000900001")
RIVALS = ("73282932000074", "20005480700017")


@pytest.mark.parametrize(
    ("acts", "sirets", "names"),
    [
        pytest.param([MORNAY, CABM], None, [MORNAY[0]] * 2, id="a sigle"),
        pytest.param(
            [MORNAY, MORLAND, CABM], None, [MORNAY[0], MORLAND[0], CABM[0]], id="a sigle of two"
        ),
        pytest.param([PAYS, PAYS, VALLEYS], None, [VALLEYS[0]] * 3, id="a former name"),
        pytest.param([PAYS, VALLEYS, METRO], None, [METRO[0]] * 3, id="renamed twice"),
        pytest.param(
            [PAYS, VALLEYS, RENAMED],
            (None, *RIVALS),
            [PAYS[0], VALLEYS[0], RENAMED[0]],
            id="two SIRENs of one name",
        ),
        pytest.param([PAYS, FUSED], None, [FUSED[0]] * 2, id="a fusion of one with acts"),
        pytest.param(
            [PAYS, COAST, FUSED],
            None,
            [PAYS[0], COAST[0], FUSED[0]],
            id="a fusion of two with acts",
        ),
        pytest.param([CENTRE, CITY], OWN, [CITY[0]] * 2, id="a city and its CCAS"),
        pytest.param([PAYS, VALLEYS], RIVALS, [PAYS[0], VALLEYS[0]], id="two SIRENs"),
    ],
)
def test_an_act_says_what_else_its_party_is_called(
    acts: list[tuple[str, str]], sirets: tuple[str | None, ...] | None, names: list[str]
) -> None:
    heads = []
    for number, (name, quote) in enumerate(acts):
        siret = sirets[number] if sirets else None
        said = {"beneficiary": name} | ({"siret": siret} if siret else {})
        facts = [Fact(name=n, value=v, quote=quote, place=PLACE) for n, v in said.items()]
        heads.append(
            Head(file=Path("x"), digest="", size=1, document_id=str(number), title="", facts=facts)
        )
    found = territories_of(heads, read_knowledge(REFERENCE).territories)
    assert [found[head.document_id].name for head in heads] == names


def test_acts_between_the_same_parties_have_one_beneficiary() -> None:
    group = "Le groupement Habitat, représenté par M. Luc Roy, directeur"
    city = "La Ville de Mornay, représentée par Mme Eva Noir, maire"

    def act(number: str, **facts: str) -> Head:
        told = [
            Fact(name=name.replace("_", "."), value=value, quote=value, place=PLACE)
            for name, value in facts.items()
        ]
        return Head(file=Path("x"), digest="", size=1, document_id=number, title="", facts=told)

    called = f"{group}, ci-après « le bénéficiaire »"
    told = Fact(name="beneficiary", value="Groupement Habitat", quote=called, place=PLACE)
    convention = act("1", party_beneficiary=called, party_partner=city)
    convention.facts.append(told)
    avenant = act("2", beneficiary="Ville de Mornay", party_beneficiary=city, party_partner=group)
    alone = act("3", beneficiary="Ville de Mornay", party_beneficiary=city)
    found = territories_of([convention, avenant, alone], [])
    assert [found[number].name for number in "123"] == [
        "Groupement Habitat",
        "Groupement Habitat",
        "Ville de Mornay",
    ]
