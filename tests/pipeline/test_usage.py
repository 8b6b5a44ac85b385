"""A misspelt command is told in the language spoken."""

import pytest

from pipeline.cli import USAGE_ERROR, run

TOLD = [
    (["build"], "il manque raw_dir.", "Missing argument 'raw_dir'."),
    (["biuld"], "« biuld » n'existe pas ; plutôt build ?", "No such command 'biuld'."),
    (["xyz"], "« xyz » n'existe pas.", "No such command 'xyz'."),
    (["build", "--job", "3"], "l'option --job n'existe pas ; plutôt --jobs", "No such option"),
    (["status", "--foo"], "l'option --foo n'existe pas.", "No such option: --foo"),
    (["status", "trop"], "« trop » est de trop.", "unexpected extra argument"),
    (["query", "-p"], "l'option -p demande une valeur.", "requires an argument"),
    (["status", "--json=1"], "l'option --json ne prend pas de valeur.", "does not take a value"),
    (["build", "a", "b", "--jobs", "x"], "--jobs demande un nombre entier.", "valid integer"),
    (["build", "a", "b", "--jobs", "0"], "--jobs demande au moins 1.", "greater than or equal"),
    (["query", "--format", "xml"], "--format ne peut pas être « xml », mais table", "not one of"),
]


@pytest.mark.parametrize(("arguments", "french", "english"), TOLD)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_misspelt_command_is_told(
    arguments: list[str],
    french: str,
    english: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FILIATION_LANG", language)
    assert run(arguments) == USAGE_ERROR
    line = capsys.readouterr().err
    assert (french if language == "fr" else english) in line
    assert line.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Montrer cette aide.", "[par défaut : data/raw]")),
        ("en", ("Show this message and exit.", "[default: data/raw]")),
    ],
)
def test_help_is_of_one_language(
    language: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["--lang", language, "report", "--help"])
    shown = capsys.readouterr().out
    assert all(word in shown for word in words)
