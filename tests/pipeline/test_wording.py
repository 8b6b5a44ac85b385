"""Numbers and words agree, in French and in English."""

import pytest

from pipeline.language import speak
from pipeline.wording import agreed, article_called, counted


@pytest.mark.parametrize(
    ("number", "phrase", "expected"),
    [
        (0, "action", "0 action"),
        (1, "action", "1 action"),
        (2, "action", "2 actions"),
        (2, "tableau", "2 tableaux"),
        (3, "sortie du financement", "3 sorties du financement"),
        (3, "sans suite", "3 sans suite"),
        (1, "document lu", "1 document lu"),
        (2, "document lu", "2 documents lus"),
        (2, "paire douteuse à relire", "2 paires douteuses à relire"),
        (2, "constat nouveau", "2 constats nouveaux"),
    ],
)
def test_french(number: int, phrase: str, expected: str) -> None:
    assert agreed(number, phrase) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 pieces of news"), (1, "1 piece of news"), (2, "2 pieces of news")],
)
def test_english(number: int, expected: str) -> None:
    speak("en")
    assert counted(number, "nouvelle", "piece of news") == expected


def test_the_preamble_is_no_article() -> None:
    assert [article_called(n) for n in ("2.1", "0")] == ["Article 2.1", "Préambule"]
