"""A table of the act's particulars names its parties."""

from collections.abc import Sequence

from extractors.text.particulars import read_particulars
from normalizers.words import Vocabulary
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable, Place

STATE = ("Financeur", "État – DDETS de la Creuse, représentée par sa directrice, Mme Ida Roy")
CITY = (
    "Bénéficiaire",
    "Ville de Sens – Hôtel de ville, 89100 Sens\nSIRET 213 500 019 00017\n"
    "Représentée par : M. Luc Petit, maire",
)


def facts_of(*rows: Sequence[str]) -> dict[str, str]:
    table = ExtractedTable(
        position=1,
        annex=None,
        title="Désignation des parties",
        columns=["", ""],
        rows=[
            ExtractedRow(
                kind="body",
                cells=[
                    ExtractedCell(
                        column=column,
                        text=text,
                        bold=False,
                        place=Place(page=1, x0=100 * column, top=20 * i, x1=190, bottom=20 * i + 9),
                    )
                    for column, text in enumerate(row, 1)
                ],
            )
            for i, row in enumerate(rows)
        ],
        page_first=1,
        page_last=1,
        extractor="pdfium",
    )
    return {f.name: f.value for f in read_particulars([table], Vocabulary.of([]))}


def test_parties_with_their_representatives():
    facts = facts_of(STATE, CITY, ("Durée", "Du 1er octobre 2031 au 30 septembre 2034"))
    assert facts["state_representative"] == "Ida Roy"
    assert (facts["beneficiary"], facts["siret"]) == ("Ville de Sens", "21350001900017")
    assert facts["beneficiary_representative"] == "Luc Petit"
    assert (facts["period_start"], facts["period_end"]) == ("2031", "2034")


def test_who_represents_a_party_may_stand_in_the_row_below():
    facts = facts_of(
        ("Nom du bénéficiaire", "Département de la Creuse"),
        ("Représenté par", "Mme Ida Roy, présidente du conseil départemental"),
        ("Délibération", "délibération n° CP-2031-14 du 22 septembre 2031"),
    )
    assert facts["beneficiary"] == "Département de la Creuse"
    assert facts["beneficiary_representative"] == "Ida Roy"
    assert (facts["deliberation_ref"], facts["deliberation_on"]) == ("CP-2031-14", "2031-09-22")


def test_the_parties_may_stand_side_by_side() -> None:
    facts = facts_of(
        ("L'ÉTAT", "LE BÉNÉFICIAIRE"),
        (
            "Préfecture de la Brume\nreprésentée par M. Octave Lemarchand, préfet",
            "Eurométropole des Brumes\n1 parvis de l'Hôtel de ville, 68900 Brumeville\n"
            "SIRET : 213 500 019 00017\nreprésentée par Mme Yasmina Keller, présidente",
        ),
    )
    assert facts["state_representative"] == "Octave Lemarchand"
    assert facts["beneficiary"] == "Eurométropole des Brumes"
    assert facts["beneficiary_representative"] == "Yasmina Keller"
    assert facts["siret"] == "21350001900017"


def test_a_table_without_a_party_tells_nothing():
    assert not facts_of(("Durée", "Du 1er mai 2031 au 30 juin 2032"), ("Lieu", "Sens"))
    assert not facts_of(("Action", "Bénéficiaires", "Coût"), ("Ouvrir", "Jeunes", "3 000 €"))
