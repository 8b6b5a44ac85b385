"""`filiation …`: the command line in the language spoken; errors are one line."""

import os
import sys
from collections.abc import Sequence
from copy import copy

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

import pipeline.commands_using  # noqa: F401 – it adds its commands to `app`
from pipeline.commands_making import app
from pipeline.console import RED, say
from pipeline.errors import explained
from pipeline.language import LANGUAGES, Language, languages, of_locale, said, speak
from pipeline.usage import in_words

PROGRAM = "filiation"
USAGE_ERROR = 64
INTERRUPTED = 130
STOPPED = ("Interrompu.", "Interrupted.")
EXIT_CODES = (
    "Codes de retour : 0 tout va bien ; 1 rien n'a été fait ; 2 une partie des documents n'a pas "
    "pu être lue ; 64 commande mal écrite ; 130 interrompu.",
    "Exit codes: 0 all is well; 1 nothing was done; 2 some documents could not be read; "
    "64 misspelt command; 130 interrupted.",
)
HELP = {  # of the options that Typer adds
    "install_completion": "Compléter les commandes dans cet interpréteur (touche Tab). / "
    "Install completion for the current shell (Tab key).",
    "show_completion": "Montrer le script de complétion. / Show the completion script.",
}


def main() -> None:
    """Run the command line; errors are one line on stderr, without a traceback."""
    try:
        code = run(sys.argv[1:])
    except SystemExit as ended:  # so does Typer end where `| head` has seen enough
        code = ended.code if isinstance(ended.code, int) else 1
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)  # taking all that was imported down in order takes up to a second


def run(arguments: Sequence[str]) -> int:
    """Run `arguments` and return the exit code. FILIATION_DEBUG=1 lets exceptions through."""
    speak(_asked(arguments) or of_locale())
    if not arguments or "--help" in arguments:
        _speak_help()
    try:
        code = commands()(list(arguments), prog_name=PROGRAM, standalone_mode=False) or 0
    except Exception as error:
        if os.environ.get("FILIATION_DEBUG"):
            raise
        line, code = _explain(error)
        say(line, RED)
    else:
        if code == INTERRUPTED:  # as Typer answers Ctrl-C
            say(said(*STOPPED), RED)
    return code


def commands() -> TyperGroup:
    """All commands with their help in the language spoken, each with the option --lang."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    (lang,) = (option for option in group.params if option.name == "lang")
    shared = copy(lang)
    shared.expose_value = False
    for command in group.commands.values():
        command.params.append(shared)
    for command in (group, *group.commands.values()):
        paragraphs = (" ".join(p.split()) for p in (command.help or "").split("\n\n"))
        command.help = "\n\n".join(said(*languages(p)) for p in paragraphs)
        example = f"{said('Exemple :', 'Example:')} {command.epilog}"
        command.epilog = said(*EXIT_CODES) if command is group else example
        for parameter in command.params:
            assert isinstance(parameter, (TyperArgument, TyperOption))
            text = HELP.get(parameter.name or "", parameter.help or "")
            parameter.help = said(*languages(text))
            parameter.metavar = parameter.metavar and said(*languages(parameter.metavar))
        if option := command.get_help_option(typer.Context(command)):
            option.help = said("Montrer cette aide.", "Show this message and exit.")
    return group


def _speak_help() -> None:
    """The words of Typer's own help screens, which load slowly, in the language spoken."""
    from typer import rich_utils

    rich_utils.DEFAULT_STRING = said("[par défaut : {}]", "[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = said("[obligatoire]", "[required]")
    rich_utils.COMMANDS_PANEL_TITLE = said("Commandes", "Commands")


def _asked(arguments: Sequence[str]) -> Language | None:
    """The language of `--lang`, known before the commands, whose help depends on it."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        value = argument if before == "--lang" else argument.partition("--lang=")[2]
        for language in LANGUAGES:
            if value == language:
                return language
    return None


def _explain(error: Exception) -> tuple[str, int]:
    if hasattr(error, "format_message"):
        line = in_words(" ".join(str(error.format_message()).split()))
        return said(
            f"Commande mal écrite : {line} Voir --help.", f"Misspelt command: {line} See --help."
        ), USAGE_ERROR
    if isinstance(error, typer.Abort):
        return said(*STOPPED), INTERRUPTED
    return explained(error), 1


if __name__ == "__main__":
    main()
