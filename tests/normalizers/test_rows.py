import pytest

from normalizers.rows import is_total


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
    ],
)
def test_rows_of_totals(texts: list[str], total: bool) -> None:
    assert is_total(texts) is total
