"""Numbers and words agree, in French and in English."""

from typing import get_args

import pytest

from normalizers.links.similarity import FEATURES
from pipeline import kinds
from pipeline.language import speak
from pipeline.wording import WORDS, agreed, article_called, counted


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


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("status", kinds.Status),
        ("stage", kinds.Stage),
        ("stated", kinds.StatedKind),
        ("kind", kinds.DocumentKind),
        ("page_kind", kinds.PageKind),
        ("severity", kinds.Severity),
        ("relation", kinds.Relation),
        ("decided_by", kinds.DecidedBy),
        ("role", kinds.Role),
    ],
)
def test_every_code_of_the_contract_has_words_and_no_other(kind: str, codes: object) -> None:
    assert set(WORDS[kind]) == set(get_args(codes))


def test_all_that_a_link_is_decided_on_has_words_and_nothing_else() -> None:
    in_common = {f"{what}_communs" for what in ("mots", "noms", "nombres", "pilotes")}
    told = in_common | {"notions_communes", "reference", "citation"}
    assert set(WORDS["evidence"]) == told | {*FEATURES}
