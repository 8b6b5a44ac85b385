"""Who runs an action, in the words of the cell of its pilot."""

import pytest

from normalizers.in_charge import those_in_charge


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("CLLAJ, en lien avec la mission locale", "CLLAJ"),
        ("CCAS Partenaires : CAF", "CCAS"),
        ("CCAS\nPartenaires associés : CAF\nADIL", "CCAS"),
        ("Le Toit (partenaires : CAF, ADIL)", "Le Toit"),
        ("Partenaires du Lac", "Partenaires du Lac"),
        ("Co-portage CCAS et UDAF", "CCAS et UDAF"),
        ("Porté par la Métropole ; mis en œuvre par l'UDAF", "Métropole ; UDAF"),
        ("Pilotage : CCAS", "CCAS"),
        ("Pilote : Le Toit\nPartenaires : CAF,\nbailleurs", "Le Toit"),
        ("Pilote : Le Toit,\nCCAS\nAppui : CAF", "Le Toit,\nCCAS"),
        ("P : CCAS\nA : CAF", "CCAS"),
        ("P : CCAS", "CCAS"),
        ("P : CCAS\nCAF, ADIL", "CCAS"),
        ("A : CCAS", "A : CCAS"),
        ("Pilote : Entraide et Solidarités", "Entraide et Solidarités"),
        ("Pilote : Tours Métropole Partenaires : SIAO, CCAS", "Tours Métropole"),
        ("Ville : service habitat\nCCAS", "Ville : service habitat\nCCAS"),
        ("CCAS\nCAF", "CCAS\nCAF"),
    ],
)
def test_those_in_charge(cell: str, names: str) -> None:
    assert those_in_charge(cell).strip() == names
