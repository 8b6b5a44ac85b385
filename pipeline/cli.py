"""`filiation …`: every command is thin, and imports what it needs when it runs.

Help and messages are written in French and in English, "français / English"; one is shown.
"""

import os
import sys
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from pipeline.console import RED, print_json, progress_bar, say
from pipeline.errors import FiliationError, check_folder, explained
from pipeline.language import LANGUAGES, Language, languages, of_locale, said, speak
from pipeline.messages import (
    tell_database,
    tell_exported,
    tell_extracted,
    tell_folders,
    tell_ingested,
    tell_judged,
    tell_others,
    tell_report,
    tell_unreadable,
)
from pipeline.options import (
    CORES,
    DATABASE,
    REPORT,
    Database,
    Jobs,
    Json,
    KeepContacts,
    Limit,
    Processed,
    Processes,
    Raw,
    RawDir,
    Reference,
    Scheduler,
    Scratch,
)
from pipeline.usage import in_words

app = typer.Typer(name="filiation", no_args_is_help=True, pretty_exceptions_enable=False)
PROGRAM = "filiation"
USAGE_ERROR = 64
HOLDOUTS = [
    Path(f"tests/golden/{name}_actions.csv") for name in ("holdout", "strangers", "newcomers")
]


def main() -> None:
    """Run the command line; errors are one line on stderr, without a traceback."""
    code = run(sys.argv[1:])
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
        return commands()(list(arguments), prog_name=PROGRAM, standalone_mode=False) or 0
    except Exception as error:
        if os.environ.get("FILIATION_DEBUG"):
            raise
        line, code = _explain(error)
        say(line, RED)
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
        if option := command.get_help_option(typer.Context(command)):
            option.help = said("Montrer cette aide.", "Show this message and exit.")
    return group


def _speak_help() -> None:
    """The words of Typer's own help screens, which load slowly, in the language spoken."""
    from typer import rich_utils

    rich_utils.DEFAULT_STRING = said("[par défaut : {}]", "[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = said("[obligatoire]", "[required]")
    rich_utils.COMMANDS_PANEL_TITLE = said("Commandes", "Commands")


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
        return said("Interrompu.", "Interrupted."), 130
    return explained(error), 1


@app.callback()
def _filiation(
    lang: Annotated[
        Language | None,
        typer.Option(
            "--lang",
            help="Langue des messages. Par défaut : FILIATION_LANG, sinon celle du système. / "
            "Language of the messages. By default: FILIATION_LANG, else the system's.",
        ),
    ] = None,
) -> None:
    """Des conventions « Logement d'abord » signées (PDF) à une base DuckDB vérifiable.
    / From signed conventions of “Logement d'abord” (PDF) to a DuckDB database to be checked.
    """


def _query_names(incomplete: str) -> list[tuple[str, str]]:
    """Completions of a query's name, with what it asks."""
    from pipeline.query import named_queries

    asked = [(query.name, said(query.question, query.question_en)) for query in named_queries()]
    return [pair for pair in asked if pair[0].startswith(incomplete)]


@app.command(epilog="filiation build ~/conventions ~/base --jobs 4")
def build(
    raw_dir: RawDir,
    out_dir: Annotated[
        Path, typer.Argument(help="Dossier où écrire filiation.duckdb. / Folder to write it to.")
    ],
    jobs: Jobs = CORES,
    reference: Reference = None,
    limit: Limit = None,
    as_json: Json = False,
    keep_contacts: KeepContacts = False,
    scheduler: Scheduler = None,
    scratch: Scratch = None,
) -> int:
    """Lire un dossier de PDF et en faire une base, sans DVC. / Read a folder of PDFs into a
    database, without DVC.

    Code 0 : tout a été lu ; 2 : certains documents non (ils sont nommés) ; 1 : aucun.
    / Code 0: all was read; 2: some documents were not (they are named); 1: none.
    """
    from pipeline.build import build
    from pipeline.worker import Limits

    limits = Limits.parse(limit or [])
    with progress_bar() as progress:
        report = build(
            raw_dir,
            out_dir,
            jobs=jobs,
            reference_dir=reference,
            limits=limits,
            keep_contacts=keep_contacts,
            progress=progress,
            scheduler=scheduler,
            scratch=scratch,
        )
    tell_unreadable(report.extracted)
    tell_others(raw_dir)
    if report.status is not None:
        tell_database(out_dir / DATABASE.name, report.status, report.extracted.unreadable, as_json)
        return report.exit_code
    say(
        said(
            "Aucun document n'a pu être lu : aucune base n'a été écrite.",
            "No document could be read: no database was written.",
        )
    )
    if as_json:
        print_json({"unreadable": report.extracted.unreadable})
    return report.exit_code


@app.command(epilog="filiation extract data/raw data/processed/extracted")
def extract(
    raw_dir: RawDir,
    out_dir: Annotated[
        Path, typer.Argument(help="Dossier des JSON, un par document. / Folder of the JSON files.")
    ],
    jobs: Jobs = CORES,
    limit: Limit = None,
    keep_contacts: KeepContacts = False,
    scheduler: Scheduler = None,
    scratch: Scratch = None,
) -> int:
    """Étape 1 : PDF → un JSON par document. Un document inchangé n'est pas relu.
    / Stage 1: PDF → a JSON a document. An unchanged document is not read again."""
    from pipeline.extract import extract
    from pipeline.worker import Limits

    limits = Limits.parse(limit or [])
    with progress_bar() as progress:
        report = extract(
            raw_dir,
            out_dir,
            jobs=jobs,
            limits=limits,
            keep_contacts=keep_contacts,
            progress=progress,
            scheduler=scheduler,
            scratch=scratch,
        )
    tell_extracted(report)
    tell_others(raw_dir)
    return 0 if report.documents else 1


@app.command(epilog="filiation normalize data/processed/extracted data/processed/norm")
def normalize(
    extracted_dir: Annotated[
        Path, typer.Argument(help="Dossier écrit par extract. / Folder written by extract.")
    ],
    out_dir: Annotated[
        Path, typer.Argument(help="Dossier des tables Parquet. / Folder of the Parquet tables.")
    ],
    reference: Reference = None,
    jobs: Processes = CORES,
) -> None:
    """Étape 2 : JSON → tables Parquet (documents, articles, actions, financements…), un dossier
    par territoire ; un territoire inchangé n'est pas recalculé. / Stage 2: JSON → Parquet tables
    (documents, articles, actions, funding…), a folder a territory, each done only if changed."""
    from pipeline.build import default_reference_dir
    from pipeline.normalize import normalize

    check_folder(extracted_dir)
    tell_folders(normalize(extracted_dir, reference or default_reference_dir(), out_dir, jobs))


@app.command(epilog="filiation link data/processed/normalized data/processed/linked")
def link(
    normalized_dir: Annotated[
        Path, typer.Argument(help="Dossier écrit par normalize. / Folder written by normalize.")
    ],
    out_dir: Annotated[Path, typer.Argument(help="Dossier des liens. / Folder of the links.")],
    reference: Reference = None,
    jobs: Processes = CORES,
) -> None:
    """Étape 3 : relier les actions d'un exercice à celles des exercices précédents ; un territoire
    inchangé n'est pas recalculé. / Stage 3: link the actions of an exercise to those of the
    exercises before; an unchanged territory is not done again."""
    from pipeline.build import default_reference_dir
    from pipeline.link import link

    check_folder(normalized_dir)
    tell_folders(link(normalized_dir, reference or default_reference_dir(), out_dir, jobs))


@app.command(epilog="filiation load data/processed/normalized data/processed/linked base")
def load(
    normalized_dir: Annotated[
        Path, typer.Argument(help="Dossier écrit par normalize. / Folder written by normalize.")
    ],
    linked_dir: Annotated[
        Path, typer.Argument(help="Dossier écrit par link. / Folder written by link.")
    ],
    database: Annotated[
        Path, typer.Argument(help="Base DuckDB à écrire. / DuckDB database to write.")
    ] = DATABASE,
    metrics: Annotated[
        Path | None, typer.Option(help="Fichier JSON des métriques. / JSON file of metrics.")
    ] = None,
) -> None:
    """Étape 4 : tables → base DuckDB avec clés, commentaires, vues et contrôles.
    / Stage 4: tables → DuckDB database with keys, comments, views and checks."""
    from pipeline.load import load

    for folder in (normalized_dir, linked_dir):
        check_folder(folder)
    load(normalized_dir, linked_dir, database, metrics or database.with_name("metrics.json"))


@app.command(epilog="filiation ingest ~/Téléchargements/avenant-2025.pdf")
def ingest(
    file: Annotated[Path, typer.Argument(help="PDF à ajouter. / PDF to add.")],
    raw_dir: Raw = Path("data/raw"),
    processed_dir: Processed = DATABASE.parent,
    jobs: Jobs = CORES,
    reference: Reference = None,
    limit: Limit = None,
    as_json: Json = False,
    keep_contacts: KeepContacts = False,
) -> None:
    """Ajouter un document : le vérifier, le copier, mettre la base à jour, dire ce qui est
    nouveau. / Add a document: check it, copy it, update the database, say what is new.

    S'il y est déjà, ou si quelque chose ne va pas, rien n'est changé.
    / If it is there already, or if anything is wrong, nothing is changed.
    """
    from pipeline.ingest import ingest
    from pipeline.worker import Limits

    with progress_bar() as progress:
        report = ingest(
            file,
            raw_dir,
            processed_dir,
            jobs=jobs,
            reference_dir=reference,
            limits=Limits.parse(limit or []),
            keep_contacts=keep_contacts,
            progress=progress,
            notify=say,
        )
    if as_json:
        print_json(report)
        return
    tell_ingested(report, raw_dir)


@app.command(epilog="filiation query action_history -p word=solidarité --format csv")
def query(
    question: Annotated[
        str | None,
        typer.Argument(
            help="Nom d'une requête, ou SELECT entre guillemets. Sans rien : la liste. / "
            "Name of a query, or a SELECT in quotes. Nothing: the list.",
            autocompletion=_query_names,
        ),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "--param", "-p", metavar="NOM=VALEUR", help="Paramètre de la requête. / Parameter."
        ),
    ] = None,
    format: Annotated[
        Literal["table", "csv", "json", "markdown"],
        typer.Option(help="Forme de la réponse. / Form of the answer."),
    ] = "table",
    database: Database = DATABASE,
) -> None:
    """Interroger la base, en lecture seule : requête nommée ou SQL.
    / Ask the database, read-only: a named query or SQL."""
    from pipeline.query import answer, named_queries
    from pipeline.rendering import SHOWN, render

    if question is None:
        for named in named_queries():
            settings = " ".join(f"-p {k}={v}" for k, v in named.parameters.items())
            question_asked = said(named.question, named.question_en)
            print(f"{named.name} {settings}".rstrip() + f"\n    {question_asked}")
        return
    values = {}
    for setting in parameter or []:
        name, equals, value = setting.partition("=")
        if not equals:
            raise FiliationError(
                f"Paramètre illisible : {setting!r}. Écrivez -p NOM=VALEUR.",
                f"Unreadable parameter: {setting!r}. Write -p NAME=VALUE.",
            )
        values[name] = value
    limit = SHOWN + 1 if format == "table" else None
    with answer(database, question, values, limit) as found:
        try:
            for piece in render(found, format):
                print(piece, end="")
            sys.stdout.flush()
        except BrokenPipeError:  # `| head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@app.command(epilog="filiation export ~/partage")
def export(
    out_dir: Annotated[
        Path, typer.Argument(help="Dossier où écrire les fichiers. / Folder to write to.")
    ],
    database: Database = DATABASE,
    reference: Reference = None,
    as_json: Json = False,
) -> None:
    """Écrire la base pour d'autres : Excel, CSV, Parquet (Data Package), subventions (SCDL).
    / Write the database for others: Excel, CSV, Parquet (Data Package), grants (SCDL).

    Une subvention dont un champ obligatoire n'est pas connu est laissée de côté et nommée.
    / A grant whose required field is not known is left out and named.
    """
    from pipeline.build import default_reference_dir
    from pipeline.export import export

    report = export(database, out_dir, reference or default_reference_dir())
    if as_json:
        print_json(report)
    tell_exported(report, out_dir)


@app.command(epilog="filiation report ; puis ouvrir data/processed/report/index.html")
def report(
    database: Database = DATABASE,
    raw_dir: Raw = Path("data/raw"),
    out_dir: Annotated[
        Path, typer.Option("--out", help="Dossier du site. / Folder of the site.")
    ] = REPORT.parent,
) -> None:
    """Écrire le site : territoires, filiations, documents, constats, chaque valeur dans sa page.
    / Write the site: territories, lineages, documents, findings, every value in its page.

    Il s'ouvre depuis le disque, sans serveur ni réseau, en français et en anglais.
    / It opens from disk, without server or network, in French and in English.
    """
    from pipeline.report import report

    written = report(database, raw_dir, out_dir)
    tell_report(written, raw_dir)


@app.command(epilog="filiation tables rapport.pdf --format xlsx --output rapport.xlsx")
def tables(
    file: Annotated[
        Path, typer.Argument(help="Un PDF, convention ou non. / A PDF, convention or not.")
    ],
    format: Annotated[
        Literal["json", "csv", "xlsx"],
        typer.Option(help="json : avec pages, cadres, confiance. / json: with boxes."),
    ] = "json",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Fichier à écrire ; sinon, à l'écran. / File to write; else, on the screen.",
        ),
    ] = None,
    limit: Limit = None,
) -> None:
    """Tous les tableaux d'un PDF, coupures de page réparées.
    / Every table of a PDF, page breaks healed."""
    from pipeline.store import atomic
    from pipeline.tables import read_tables, render
    from pipeline.wording import counted
    from pipeline.worker import Limits

    if output is None and format == "xlsx":
        raise FiliationError(
            "Un classeur ne s'affiche pas : donnez --output FICHIER.xlsx.",
            "A workbook is not for the screen: give --output FILE.xlsx.",
        )
    found = read_tables(file, Limits.parse(limit or []))
    content = render(found, format)
    if output is None:
        sys.stdout.write(content.decode())
        return
    with atomic(output) as temporary:
        temporary.write_bytes(content)
    number = counted(len(found), "tableau", "table")
    say(said(f"{number} dans {output}.", f"{number} in {output}."))


@app.command(epilog="filiation show avenant.pdf --page 7 --out page-7.png")
def show(
    file: Annotated[Path, typer.Argument(help="Un PDF. / A PDF.")],
    page: Annotated[
        int, typer.Option("--page", "-p", min=1, help="Numéro de la page. / Number of the page.")
    ] = 1,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="PNG à écrire. Par défaut : <nom>-<page>.png / PNG to write."
        ),
    ] = None,
    limit: Limit = None,
) -> None:
    """Dessiner sur une page ce qui y est reconnu : cellules, titres d'articles, tampons et notes.
    / Draw on a page what is recognised there: cells, headings of articles, stamps and notes.

    Turquoise : tête ; bleu : ligne ; violet : intertitre ; orange : total ; rouge : lecteurs en
    désaccord ; vert : article ; gris : hors texte. / Turquoise: head; blue: row; violet: section;
    orange: total; red: readers disagree; green: article; grey: not of the text.
    """
    from extractors.show import show_page
    from pipeline.store import atomic
    from pipeline.tables import read_file
    from pipeline.wording import counted
    from pipeline.worker import Limits

    acts = read_file(file, Limits.parse(limit or []))
    if page > (count := sum(act.page_count for act in acts)):
        pages = counted(count, "page", "page")
        raise FiliationError(
            f"{file} n'a que {pages} : pas de page {page}.",
            f"{file} has only {pages}: no page {page}.",
        )
    target = out or Path(f"{file.stem}-{page}.png")
    with atomic(target) as temporary:
        show_page(file, acts, page).save(temporary, format="PNG")
    say(said(f"Page {page} dessinée dans {target}.", f"Page {page} drawn in {target}."))


@app.command(epilog="filiation evaluate tests/golden/action_pairs.csv")
def evaluate(
    pairs: Annotated[
        Path, typer.Argument(help="CSV de paires d'actions jugées. / CSV of judged pairs.")
    ] = Path("tests/golden/action_pairs.csv"),
    holdout: Annotated[
        list[Path],
        typer.Option(
            help="CSV de territoires jamais appris. / CSV of territories never learnt from."
        ),
    ] = HOLDOUTS,
    kinds: Annotated[
        Path | None,
        typer.Option(
            help="CSV de thèmes et catégories jugés. / CSV of judged themes and categories."
        ),
    ] = Path("tests/golden/action_kinds.csv"),
    reference: Reference = None,
    as_json: Json = False,
) -> None:
    """Mesurer le rapprochement des actions sur des paires jugées par des personnes.
    / Measure the matching of actions on pairs judged by people."""
    from pipeline.build import default_reference_dir
    from pipeline.evaluate import evaluate

    found = evaluate(pairs, reference or default_reference_dir(), holdout, kinds)
    print(found.model_dump_json(indent=1) if as_json else found.as_text().rstrip())


@app.command(epilog="filiation review --author 'C. Martin'")
def review(
    processed_dir: Processed = DATABASE.parent,
    reference: Reference = None,
    author: Annotated[
        str | None,
        typer.Option(help="Nom à écrire avec chaque réponse. / Name written with each answer."),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export", metavar="XLSX", help="Écrire la file à relire. / Write the queue."
        ),
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option(
            "--import",
            metavar="XLSX",
            help="Reprendre un classeur rempli. / Take a filled-in workbook.",
        ),
    ] = None,
) -> None:
    """Juger les paires douteuses, une à une dans le terminal ou dans un classeur.
    / Judge the pairs in doubt, one by one in the terminal or in a workbook.

    Chaque réponse est écrite aussitôt dans judgements.csv ; « dvc repro » l'applique.
    / Each answer is written at once into judgements.csv; “dvc repro” applies it.
    """
    from pipeline.build import default_reference_dir
    from pipeline.review import export_sheet, import_sheet, review
    from pipeline.wording import counted

    if export and import_:
        raise FiliationError(
            "Choisissez --export ou --import, pas les deux.",
            "Choose --export or --import, not both.",
        )
    judgements = (reference or default_reference_dir()) / "judgements.csv"
    if import_:
        added = import_sheet(import_, judgements, author)
        number = counted(added, "jugement ajouté", "judgement added")
        print(
            said(
                f"{number} à {judgements}. Lancez « dvc repro ».",
                f"{number} to {judgements}. Run “dvc repro”.",
            )
        )
        return
    stages = (processed_dir / "normalized", processed_dir / "linked")
    if missing := next((s for s in stages if not s.is_dir()), None):
        raise FiliationError(
            f"Rien à relire : {missing} n'existe pas. Lancez « dvc repro ».",
            f"Nothing to review: {missing} is not there. Run “dvc repro”.",
        )
    if export:
        pairs = export_sheet(*stages, export)
        number = counted(pairs, "paire à juger", "pair to judge")
        print(said(f"{number} dans {export}.", f"{number} in {export}."))
        return
    result = review(*stages, judgements, author)
    tell_judged(result, judgements)


@app.command(epilog="filiation status")
def status(
    database: Database = DATABASE,
    raw_dir: Raw = Path("data/raw"),
    as_json: Json = False,
) -> None:
    """Ce que contient la base, ce qui n'y est pas encore, ce qui attend une relecture.
    / What the database holds, what it does not hold yet, what waits for review."""
    from pipeline.status import status

    tell_database(database, status(database, raw_dir if raw_dir.is_dir() else None), (), as_json)


if __name__ == "__main__":
    main()
