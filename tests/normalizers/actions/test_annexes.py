"""What an annex says of all its actions."""

import pytest
from documents import VOCABULARY, table

from normalizers.actions.annexes import BoldMeaning, is_funded, titled_exercise


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Annexe 1 – Actions financées dans le cadre de l'AMI pour 2031", True),
        ("ANNEXE 2 : ACTIONS HORS CRÉDITS ALLOUÉS POUR 2031", False),
        ("Autres actions du plan, sans crédits AMI", False),
        ("Actions ne bénéficiant pas d'un financement", False),
        ("Tableau des actions soutenues par l'Etat", True),
        ("Annexe B – Actions différées", False),
        ("Les actions qui ne demandent pas d'argent de l'État", False),
        ("Actions menées à droit commun", False),
        ("Annexe 2 : actions autofinancées", False),
        ("Tableau des actions", None),
    ],
)
def test_the_title_says_whether_the_ami_pays(title: str, expected: bool | None) -> None:
    assert is_funded(title, VOCABULARY.annexes) is expected


@pytest.mark.parametrize(
    ("annex", "title", "exercise"),
    [
        ("Annexe 1 – Bilan 2031", "Action 1 – Veille", "2031"),
        ("Annexe 1 – Bilan 2031", "Programme 2032", "2032"),
        ("Annexe 1 – Programme 2031", "Action 1 – Veille", None),
    ],
)
def test_a_report_tells_the_exercise_of_its_tables(
    annex: str, title: str, exercise: str | None
) -> None:
    of = table(["Action"], ["Veille"], title=title).model_copy(update={"annex_title": annex})
    assert titled_exercise(of) == exercise


@pytest.mark.parametrize(
    ("sentence", "annexes"),
    [
        ("Les actions que la ville met en œuvre elle-même sont en gras dans l'annexe 2.", {"2"}),
        ("En gras figurent les actions portées directement par la métropole.", set()),
        ("Les montants en gras sont des totaux.", None),
        ("Les actions portées directement par la métropole sont nombreuses.", None),
    ],
)
def test_what_bold_means(sentence: str, annexes: set[str] | None) -> None:
    meaning = BoldMeaning.of(["Préambule.", sentence])
    assert (set(meaning.annexes) if meaning.said else None) == annexes
    assert meaning.holds_in("2") is (annexes is not None)
    assert meaning.holds_in("1") is (annexes == set())
