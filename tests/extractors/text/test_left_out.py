"""Sums that stand in nothing that was read."""

import pytest

from extractors.text.left_out import sums_left_out
from extractors.text.prose import read_prose
from tests.extractors.text.acts import lines_of

ACT = """# AVENANT À LA CONVENTION
Considérant que l'aide de l'État a été de 90 000 € en 2031 ;
# Article 1 – Montant
L'État alloue 120 000 € au titre de 2032.
# Article 2 – Durée
L'avenant est conclu pour un an.
Fait à Grandrieu, le 3 mars 2032
# ANNEXE 1 – ACTIONS (120 000 €)
"""


@pytest.mark.parametrize(
    ("below", "observed"),
    [
        ("(1) Le report 2031, soit 2.350,00 €, est affecté aux colocations.", True),
        ("(1) Le report 2031 est affecté aux colocations.", False),
    ],
)
def test_a_sum_below_a_table_is_told(below: str, observed: bool) -> None:
    lines = lines_of(f"{ACT}{below}\n")
    found = list(sums_left_out(lines, read_prose(lines, []), []))
    assert [problem.observed for problem in found] == [below] * observed


def test_a_price_weighs_less() -> None:
    lines = lines_of(f"{ACT}Le ménage verse 80 € par mois.\n")
    (price,) = sums_left_out(lines, read_prose(lines, []), [])
    assert price.severity == "info"


def test_a_sum_behind_the_number_of_its_article_is_in_it() -> None:
    lines = lines_of("""# ARRÊTÉ
Art. 3. – Le concours est de 9 000 € (neuf mille euros), imputé sur
le BOP 177.
""")
    prose = read_prose(lines, [])
    assert prose.articles[0].text.startswith("Le concours est de 9 000 €")
    assert not list(sums_left_out(lines, prose, []))
