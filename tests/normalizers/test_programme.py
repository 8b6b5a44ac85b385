"""Whether an act names the programme."""

import pytest
from documents import REFERENCE

from normalizers.programme import load_programme, names_programme

PATTERNS = load_programme(REFERENCE / "programme.csv")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("CONVENTION « LOGEMENT D’ABORD » 2031", True),
        ("lauréate de l'AMI de 2020", True),
        ("un appel à manifestation d'intérêt", True),
        ("Observatoire du sans-abrisme", True),
        ("Contrat de ville 2031, règlement à l'amiable", False),
        ("Le logement des jeunes, d'abord", False),
        (None, False),
    ],
)
def test_wordings_of_the_programme(text: str | None, named: bool) -> None:
    assert names_programme(["Article 1", text], PATTERNS) is named
