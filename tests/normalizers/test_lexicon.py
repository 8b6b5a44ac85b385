import pytest

from normalizers.lexicon import Lexicon
from normalizers.terms import words

ROWS = [
    {"concept": "mobilier", "terms": "mobilier; meubles; ressourcerie"},
    {"concept": "gens du voyage", "terms": "gens voyage; aire* accueil"},
    {"concept": "vacance", "terms": "vacan*; inoccup*"},
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ressourcerie et meubles", {"mobilier": 2}),
        ("L'accueil sur les aires des gens du voyage", {"gens du voyage": 2}),
        ("Un voyage", {}),
        ("Logements vacants", {"vacance": 1}),
        ("Traiter l'inoccupation", {"vacance": 1}),
        ("", {}),
    ],
)
def test_entries(text: str, found: dict[str, int]) -> None:
    assert Lexicon(ROWS, "concept").entries(words(text)) == found
