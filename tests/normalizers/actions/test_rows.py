import pytest

from normalizers.actions.rows import is_total, replaces, subtotals


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        (["40 000 €", "Total des opérations", ""], True),
        (["40 000 €", "Total des opérations", "SOLIHA"], False),
        (["TOTAL", "", "12 000 €"], True),
        (["TOTAL", ""], True),
        (["Dont reliquat 2022", "", "31 000 €"], True),
        (["dont le report", "5 000 €"], True),
        (["Dont reliquat 2022", "Prospecter les logements", "31 000 €"], False),
        (["Reliquat des baux glissants", "Métropole", "31 000 €"], False),
        (["TOTAL", "IPPeume m", "67 000 €", "5 000 €"], True),
        (["Total", "Entraide", "Prospecter", "31 000 €"], False),
        (["Report de l'action", "", "31 000 €"], False),
        (["À reporter", "", "31 000 €"], True),
        (["Report page 2", "", "31 000 €"], True),
        (["Total des charges", "52 000 €", "Total des produits", "52 000 €"], True),
    ],
)
def test_rows_of_totals(texts: list[str], total: bool) -> None:
    assert is_total(texts) is total


@pytest.mark.parametrize(
    ("above", "below", "replaced"),
    [
        (("Bail", "CCAS", "au lieu de", "15 000 €"), ("Bail", "CCAS", "lire", "14 000 €"), True),
        (("Bail", "Avant avenant", "9 000 €"), ("Bail", "Après avenant", "-"), True),
        (("Bail", "Rédaction initiale", "9 000 €"), ("Bail", "Nouvelle rédaction", "8 €"), True),
        (("Total", "Initial", "9 000 €"), ("Total", "Modifié", "8 000 €"), True),
        (("Bail", "Ancienne", "9 000 €"), ("Halte", "Nouvelle", "8 000 €"), False),
        (("Bail", "lire", "9 000 €"), ("Bail", "au lieu de", "8 000 €"), False),
        (("Bail", "Prévu", "9 000 €"), ("Bail", "Réalisé", "8 000 €"), False),
    ],
)
def test_a_row_may_replace_the_one_above(above, below, replaced) -> None:
    assert replaces(dict(enumerate(above)), dict(enumerate(below))) is replaced


AXES = [
    {1: "Axe 1 – Produire", 3: "40 000 €", 4: "12 000 €"},
    {1: "Logements abordables", 2: "Auvergne Habitat", 3: "25 000 €", 4: "8 000 €"},
    {1: "Intermédiation", 2: "SIRA", 3: "15 000 €", 4: "4 000 €"},
    {1: "Axe 2 – Accompagner", 3: "9 000 €", 4: "2 000 €"},
    {1: "Travail pair", 2: "Ville", 3: "9 000 €", 4: "2 000 €"},
]


def test_rows_that_add_up_those_below_are_totals() -> None:
    assert subtotals(AXES) == [0, 3]
    assert subtotals([{**AXES[0], 3: "41 000 €"}, *AXES[1:]]) == []  # contradicted: an action?
    assert subtotals(AXES[1:]) == []
    assert subtotals([AXES[1], AXES[2]]) == []
