"""Whatever is said is said in French and in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import FiliationError
from pipeline.language import LOCALE, languages, of_locale, said, speak
from pipeline.scdl import DOUBTS, FOLLOWS, REASONS
from pipeline.wording import WORDS

ROOT = Path(__file__).parents[2]
ACCENTED = re.compile(r"[éèêàùçî]|\b(?:le|la|les|des|une|dans|pas)\b", re.IGNORECASE)
SPOKEN = {"print", "say", "notify", "ask"}  # what they are given has been through said()


def calls(function: str) -> Iterator[tuple[Path, ast.Call]]:
    for folder in ("pipeline", "extractors"):
        for path in sorted((ROOT / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    if name == function:
                        yield path, node


def wording(node: ast.AST) -> str:
    """The literal text of a message, whatever stands in its gaps."""
    parts = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
    return " ".join(part for part in parts if isinstance(part, str))


@pytest.mark.parametrize(
    ("function", "least"),
    [("FiliationError", 15), ("QueryError", 5), ("LoadError", 3), ("said", 40)],
)
def test_a_message_is_in_both_languages(function: str, least: int) -> None:
    found = list(calls(function))
    assert len(found) >= least
    for path, call in found:
        if any(isinstance(argument, ast.Starred) for argument in call.args):
            continue  # a pair of a table, tested below
        assert len(call.args) == 2, f"{path.name}:{call.lineno} has one language"
        assert wording(call.args[1]).strip() or function == "said"


@pytest.mark.parametrize("function", sorted(SPOKEN))
def test_no_french_is_said_past_the_choice(function: str) -> None:
    for path, call in calls(function):
        for argument in call.args:
            direct = [argument] if isinstance(argument, (ast.Constant, ast.JoinedStr)) else []
            for node in direct:
                texts = node.values if isinstance(node, ast.JoinedStr) else [node]
                plain = " ".join(str(t.value) for t in texts if isinstance(t, ast.Constant))
                assert not ACCENTED.search(plain), f"{path.name}:{call.lineno}: {plain}"


def test_a_refusal_is_in_both_languages() -> None:
    refusals = [*calls("UnreadableDocument"), *calls("Refusal")]
    assert len(refusals) > 10
    for path, call in refusals:
        assert len(call.args) + len(call.keywords) == 3, f"{path.name}:{call.lineno}"


def test_words_and_reasons_have_both_languages() -> None:
    pairs = [pair for words in WORDS.values() for pair in words.values()]
    pairs += [*REASONS.values(), *DOUBTS.values(), FOLLOWS]
    assert all(len(pair) == 2 and all(pair) for pair in pairs)


def test_an_error_speaks_the_language_of_its_reader() -> None:
    error = FiliationError("Rien à lire.", "Nothing to read.")
    assert str(error) == "Rien à lire."
    speak("en")
    assert str(error) == "Nothing to read."
    assert said("oui", "yes") == "yes"


@pytest.mark.parametrize(
    ("setting", "language"),
    [
        ({}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "FILIATION_LANG": "en"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "fr"),
    ],
)
def test_language_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, setting: dict[str, str], language: str
) -> None:
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    assert of_locale() == language


@pytest.mark.parametrize(
    ("text", "pair"),
    [("Oui. / Yes.", ("Oui.", "Yes.")), ("AMI", ("AMI", "AMI")), ("", ("", ""))],
)
def test_languages(text: str, pair: tuple[str, str]) -> None:
    assert languages(text) == pair
