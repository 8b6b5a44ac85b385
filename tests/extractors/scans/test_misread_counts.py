import pytest

from extractors.scans.misread_counts import with_counts
from tests.extractors.scans.drawing import said, typed


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        (["1.1 Accueil", "l.2 Bail", "1.3 Étude"], ["1.1 Accueil", "1.2 Bail", "1.3 Étude"]),
        (["l.1 Accueil", "l.2 Bail", "1.3 Étude"], ["1.1 Accueil", "1.2 Bail", "1.3 Étude"]),
        (["A.l Accueil", "A.2 Bail", "B.I Étude"], ["A.1 Accueil", "A.2 Bail", "B.I Étude"]),
        (["Al", "A2", "A3"], ["A1", "A2", "A3"]),
        (["I. Accueil", "2. Bail"], ["1. Accueil", "2. Bail"]),
        (["10", "Il", "12"], ["10", "11", "12"]),
        (["Fiche action n° l", "Fiche action n° 2"], ["Fiche action n° 1", "Fiche action n° 2"]),
        (["I. Objet", "1. Accueil", "2. Bail"], ["I. Objet", "1. Accueil", "2. Bail"]),
        (["I.1 Accueil", "I.2 Bail", "II.1 Suivi"], ["I.1 Accueil", "I.2 Bail", "II.1 Suivi"]),
        (["II. Objet", "2. Bail"], ["II. Objet", "2. Bail"]),
        (["Action I", "Action II"], ["Action I", "Action II"]),
    ],
)
def test_a_stroke_in_a_number_that_counts_on_is_a_one(read_as: list[str], meant: list[str]) -> None:
    lines = with_counts([typed(text, 20.0 * i) for i, text in enumerate(read_as)])
    assert [said(line) for line in lines] == meant


def test_only_the_numbers_of_its_own_column_count_on() -> None:
    lines = [typed("l. Accueil", 0.0), typed("x 2. Bail", 20.0)[1:]]
    assert said(with_counts(lines)[0]) == "l. Accueil"
