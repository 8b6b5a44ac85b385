"""`filiation …`: every command is thin, and imports what it needs when it runs."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.errors import FiliationError

if TYPE_CHECKING:
    from pipeline.extract import ExtractReport, Progress
    from pipeline.status import Status

app = typer.Typer(
    name="filiation",
    help="Des conventions « Logement d'abord » signées (PDF) à une base DuckDB vérifiable.",
    epilog="Codes de retour : 0 tout va bien ; 1 rien n'a été fait ; 2 une partie des documents "
    "n'a pas pu être lue ; 64 commande mal écrite ; 130 interrompu.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
USAGE_ERROR = 64
DATABASE = Path("data/processed/filiation.duckdb")
REPORT = Path("data/processed/report/index.html")

RawDir = Annotated[Path, typer.Argument(help="Dossier des PDF, sous-dossiers compris.")]
Jobs = Annotated[int, typer.Option(min=1, help="Documents lus en même temps.")]
Reference = Annotated[
    Path | None,
    typer.Option(
        "--reference", help="Dossier des données de référence. Par défaut : data/reference."
    ),
]
Database = Annotated[Path, typer.Option("--database", help="Base DuckDB à lire.")]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NOM=VALEUR",
        help="Ce qu'un document peut coûter : seconds=60, seconds_per_page=60, memory_mb=3000, "
        "pages=2000, megapixels=200, file_mb=500 (valeurs par défaut). Répétable.",
    ),
]

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def main() -> None:
    """Run the command line; errors are one line on stderr, without a traceback."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run `arguments` and return the exit code. FILIATION_DEBUG=1 lets exceptions through."""
    try:
        return app(arguments, standalone_mode=False) or 0
    except Exception as error:
        if os.environ.get("FILIATION_DEBUG"):
            raise
        line, code = _explain(error)
        say(line)
        return code


def say(line: str) -> None:
    """A line for people, on stderr."""
    print(line, file=sys.stderr)


def _explain(error: Exception) -> tuple[str, int]:
    if hasattr(error, "format_message"):
        return f"Commande mal écrite : {error.format_message()} Voir --help.", USAGE_ERROR
    if isinstance(error, typer.Abort):
        return "Interrompu.", 130
    if isinstance(error, FiliationError):
        return str(error), 1
    if isinstance(error, OSError):
        where = error.filename or "?"
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return f"Disque plein ({where}) : libérez de la place et recommencez.", 1
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return f"Écriture refusée dans {where} : choisissez un dossier à vous.", 1
        return f"Lecture ou écriture impossible : {where} ({error.strerror or error}).", 1
    line = " ".join(str(error).split())
    return f"Erreur inattendue ({type(error).__name__}) : {line} — détail : FILIATION_DEBUG=1.", 1


@app.command(epilog="Exemple : filiation build ~/conventions ~/base --jobs 4")
def build(
    raw_dir: RawDir,
    out_dir: Annotated[Path, typer.Argument(help="Dossier où écrire filiation.duckdb.")],
    jobs: Jobs = CORES,
    reference: Reference = None,
    limit: Limit = None,
) -> int:
    """Lire un dossier de PDF et en faire une base, sans DVC.

    Code 0 : tout a été lu ; 2 : certains documents non (ils sont nommés) ; 1 : aucun.
    """
    from pipeline.build import build
    from pipeline.worker import Limits

    limits = Limits.parse(limit or [])
    with progress_bar("Lecture") as progress:
        report = build(
            raw_dir,
            out_dir,
            jobs=jobs,
            reference_dir=reference,
            limits=limits,
            progress=progress,
        )
    _name_unreadable(report.extracted)
    if report.status is None:
        say("Aucun document n'a pu être lu : aucune base n'a été écrite.")
    else:
        _print_summary(out_dir / DATABASE.name, report.status)
    return report.exit_code


@app.command(epilog="Exemple : filiation extract data/raw data/processed/extracted")
def extract(
    raw_dir: RawDir,
    out_dir: Annotated[Path, typer.Argument(help="Dossier des JSON, un par document.")],
    jobs: Jobs = CORES,
    limit: Limit = None,
) -> int:
    """Étape 1 : PDF → un JSON par document. Un document inchangé n'est pas relu."""
    from pipeline.extract import extract
    from pipeline.worker import Limits

    limits = Limits.parse(limit or [])
    with progress_bar("Lecture") as progress:
        report = extract(raw_dir, out_dir, jobs=jobs, limits=limits, progress=progress)
    _name_unreadable(report)
    say(f"{len(report.read)} document(s) lu(s), {len(report.unchanged)} inchangé(s).")
    return 0 if report.documents else 1


@app.command(epilog="Exemple : filiation normalize data/processed/extracted data/processed/norm")
def normalize(
    extracted_dir: Annotated[Path, typer.Argument(help="Dossier écrit par extract.")],
    out_dir: Annotated[Path, typer.Argument(help="Dossier des tables Parquet.")],
    reference: Reference = None,
) -> None:
    """Étape 2 : JSON → tables Parquet (documents, articles, actions, financements…)."""
    from pipeline.build import default_reference_dir
    from pipeline.normalize import normalize

    normalize(extracted_dir, reference or default_reference_dir(), out_dir)


@app.command(epilog="Exemple : filiation link data/processed/normalized data/processed/linked")
def link(
    normalized_dir: Annotated[Path, typer.Argument(help="Dossier écrit par normalize.")],
    out_dir: Annotated[Path, typer.Argument(help="Dossier des liens.")],
    reference: Reference = None,
) -> None:
    """Étape 3 : relier les actions d'un exercice à celles des exercices précédents."""
    from pipeline.build import default_reference_dir
    from pipeline.link import link

    link(normalized_dir, reference or default_reference_dir(), out_dir)


@app.command(epilog="Exemple : filiation load data/processed/normalized data/processed/linked base")
def load(
    normalized_dir: Annotated[Path, typer.Argument(help="Dossier écrit par normalize.")],
    linked_dir: Annotated[Path, typer.Argument(help="Dossier écrit par link.")],
    database: Annotated[Path, typer.Argument(help="Base DuckDB à écrire.")] = DATABASE,
    metrics: Annotated[Path | None, typer.Option(help="Fichier JSON des métriques.")] = None,
) -> None:
    """Étape 4 : tables → base DuckDB avec clés, commentaires, vues et contrôles."""
    from pipeline.load import load

    load(normalized_dir, linked_dir, database, metrics or database.with_name("metrics.json"))


@app.command(epilog="Exemple : filiation ingest ~/Téléchargements/avenant-2025.pdf")
def ingest(
    file: Annotated[Path, typer.Argument(help="PDF à ajouter.")],
    raw_dir: Annotated[Path, typer.Option("--raw", help="Dossier des PDF.")] = Path("data/raw"),
    processed_dir: Annotated[
        Path, typer.Option("--processed", help="Dossier de la base.")
    ] = DATABASE.parent,
    jobs: Jobs = CORES,
    reference: Reference = None,
    limit: Limit = None,
) -> None:
    """Ajouter un document : le vérifier, le copier, mettre la base à jour, dire ce qui est nouveau.

    S'il y est déjà, ou si quelque chose ne va pas, rien n'est changé.
    """
    from pipeline.ingest import ingest
    from pipeline.worker import Limits

    with progress_bar("Lecture") as progress:
        report = ingest(
            file,
            raw_dir,
            processed_dir,
            jobs=jobs,
            reference_dir=reference,
            limits=Limits.parse(limit or []),
            progress=progress,
            notify=say,
        )
    if report.already:
        print(f"Ce document est déjà là, sous le nom {report.filename!r} : rien n'a été changé.")
        return
    print(f"Ajouté : {raw_dir / report.filename}")
    print(f"\n{len(report.actions)} action(s)")
    for action in report.actions:
        print(f"  {action.exercise or '—'}  {_euros(action.granted):>14}  {action.label or '—'}")
    for title, pairs in (
        ("lien(s) avec d'autres exercices", report.links),
        ("paire(s) douteuse(s), à relire", report.to_review),
    ):
        print(f"\n{len(pairs)} {title}")
        for pair in pairs:
            print(f"  {pair.score:.2f}  {pair.earlier}  →  {pair.later}")
    print(f"\n{len(report.findings)} constat(s) nouveau(x)")
    for finding in report.findings:
        page = f" (page {finding.page})" if finding.page else ""
        print(f"  {finding.severity}  {finding.rule}{page} : {finding.message}")


@app.command(epilog="Exemple : filiation query action_history -p word=solidarité --format csv")
def query(
    question: Annotated[
        str | None,
        typer.Argument(help="Nom d'une requête, ou SELECT entre guillemets. Sans rien : la liste."),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NOM=VALEUR", help="Paramètre de la requête."),
    ] = None,
    format: Annotated[
        Literal["table", "csv", "json", "markdown"], typer.Option(help="Forme de la réponse.")
    ] = "table",
    database: Database = DATABASE,
) -> None:
    """Interroger la base, en lecture seule : requête nommée ou SQL."""
    from pipeline.query import named_queries, render, run_query

    if question is None:
        for named in named_queries():
            settings = " ".join(f"-p {k}={v}" for k, v in named.parameters.items())
            print(f"{named.name} {settings}".rstrip() + f"\n    {named.question}")
        return
    values = {}
    for setting in parameter or []:
        name, equals, value = setting.partition("=")
        if not equals:
            raise FiliationError(f"Paramètre illisible : {setting!r}. Écrivez -p NOM=VALEUR.")
        values[name] = value
    print(render(run_query(database, question, values), format))


@app.command(epilog="Exemple : filiation export ~/partage")
def export(
    out_dir: Annotated[Path, typer.Argument(help="Dossier où écrire les fichiers.")],
    database: Database = DATABASE,
    reference: Reference = None,
) -> None:
    """Écrire la base pour d'autres : Excel, CSV, Parquet (Data Package), subventions (SCDL).

    Une subvention dont un champ obligatoire n'est pas connu est laissée de côté et nommée.
    """
    from pipeline.build import default_reference_dir
    from pipeline.export import export

    report = export(database, out_dir, reference or default_reference_dir())
    say(f"{len(report.files)} fichiers dans {out_dir} ; {report.grants} subvention(s) SCDL.")
    for document_id, missing in report.left_out.items():
        say(f"Laissée de côté : {document_id} — {' '.join(missing.values())}")


@app.command(epilog="Exemple : filiation report ; puis ouvrir data/processed/report/index.html")
def report(
    database: Database = DATABASE,
    raw_dir: Annotated[Path, typer.Option("--raw", help="Dossier des PDF.")] = Path("data/raw"),
    out_dir: Annotated[Path, typer.Option("--out", help="Dossier du site.")] = REPORT.parent,
) -> None:
    """Écrire le site : territoires, filiations, documents, constats, chaque valeur dans sa page.

    Il s'ouvre depuis le disque, sans serveur ni réseau, en français et en anglais.
    """
    from pipeline.report import report

    written = report(database, raw_dir, out_dir)
    for document_id in written.no_pictures:
        say(
            f"Pas d'image des pages de {document_id} : son PDF n'est pas dans {raw_dir}, a changé "
            "depuis sa lecture, ou ne s'affiche pas."
        )
    print(f"Rapport : {written.index}")


@app.command(epilog="Exemple : filiation tables rapport.pdf --format xlsx --output rapport.xlsx")
def tables(
    file: Annotated[Path, typer.Argument(help="Un PDF, convention ou non.")],
    format: Annotated[
        Literal["json", "csv", "xlsx"], typer.Option(help="json : avec pages, cadres, confiance.")
    ] = "json",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Fichier à écrire ; sinon, à l'écran.")
    ] = None,
    limit: Limit = None,
) -> None:
    """Tous les tableaux d'un PDF, coupures de page réparées."""
    from pipeline.store import atomic
    from pipeline.tables import read_tables, render
    from pipeline.worker import Limits

    if output is None and format == "xlsx":
        raise FiliationError("Un classeur ne s'affiche pas : donnez --output FICHIER.xlsx.")
    found = read_tables(file, Limits.parse(limit or []))
    content = render(found, format)
    if output is None:
        sys.stdout.write(content.decode())
        return
    with atomic(output) as temporary:
        temporary.write_bytes(content)
    say(f"{len(found)} tableau(x) dans {output}.")


@app.command(epilog="Exemple : filiation show avenant.pdf --page 7 --out page-7.png")
def show(
    file: Annotated[Path, typer.Argument(help="Un PDF.")],
    page: Annotated[int, typer.Option("--page", "-p", min=1, help="Numéro de la page.")] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="PNG à écrire. Par défaut : <nom>-<page>.png")
    ] = None,
    limit: Limit = None,
) -> None:
    """Dessiner sur une page ce qui y est reconnu : cellules, titres d'articles, tampons et notes.

    Turquoise : tête ; bleu : ligne ; violet : intertitre ; orange : total ; rouge : lecteurs en
    désaccord ; vert : article ; gris : hors texte.
    """
    from extractors.show import show_page
    from pipeline.store import atomic
    from pipeline.tables import read_file
    from pipeline.worker import Limits

    document = read_file(file, Limits.parse(limit or []))
    if page > document.page_count:
        raise FiliationError(f"{file} n'a que {document.page_count} page(s) : pas de page {page}.")
    target = out or Path(f"{file.stem}-{page}.png")
    with atomic(target) as temporary:
        show_page(file, document, page).save(temporary, format="PNG")
    say(f"Page {page} dessinée dans {target}.")


@app.command(epilog="Exemple : filiation evaluate tests/golden/action_pairs.csv")
def evaluate(
    pairs: Annotated[Path, typer.Argument(help="CSV de paires d'actions jugées.")] = Path(
        "tests/golden/action_pairs.csv"
    ),
    reference: Reference = None,
) -> None:
    """Mesurer le rapprochement des actions sur des paires jugées par des personnes."""
    from pipeline.build import default_reference_dir
    from pipeline.evaluate import evaluate

    print(evaluate(pairs, reference or default_reference_dir()).as_text(), end="")


@app.command(epilog="Exemple : filiation review --author 'C. Martin'")
def review(
    processed_dir: Annotated[
        Path, typer.Option("--processed", help="Dossier de la base.")
    ] = DATABASE.parent,
    reference: Reference = None,
    author: Annotated[str | None, typer.Option(help="Nom à écrire avec chaque réponse.")] = None,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="XLSX", help="Écrire la file à relire.")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", metavar="XLSX", help="Reprendre un classeur rempli.")
    ] = None,
) -> None:
    """Juger les paires douteuses, une à une dans le terminal ou dans un classeur.

    Chaque réponse est écrite aussitôt dans judgements.csv ; « dvc repro » l'applique.
    """
    from pipeline.build import default_reference_dir
    from pipeline.review import export_sheet, import_sheet, review

    if export and import_:
        raise FiliationError("Choisissez --export ou --import, pas les deux.")
    judgements = (reference or default_reference_dir()) / "judgements.csv"
    if import_:
        added = import_sheet(import_, judgements, author)
        print(f"{added} jugement(s) ajouté(s) à {judgements}. Lancez « dvc repro ».")
        return
    stages = (processed_dir / "normalized", processed_dir / "linked")
    if missing := next((s for s in stages if not s.is_dir()), None):
        raise FiliationError(f"Rien à relire : {missing} n'existe pas. Lancez « dvc repro ».")
    if export:
        print(f"{export_sheet(*stages, export)} paire(s) à juger dans {export}.")
        return
    result = review(*stages, judgements, author)
    print(
        f"{result.answers['positive']} oui, {result.answers['negative']} non, "
        f"{result.answers['unsure']} sans avis ; {result.skipped} passée(s), "
        f"{result.left} restante(s)."
    )
    if any(result.answers.values()):
        print(f"Écrit dans {judgements}. Lancez « dvc repro ».")


@app.command(epilog="Exemple : filiation status")
def status(
    database: Database = DATABASE,
    raw_dir: Annotated[Path, typer.Option("--raw", help="Dossier des PDF.")] = Path("data/raw"),
) -> None:
    """Ce que contient la base, ce qui n'y est pas encore, ce qui attend une relecture."""
    from pipeline.status import status

    _print_summary(database, status(database, raw_dir if raw_dir.is_dir() else None))


@contextmanager
def progress_bar(title: str) -> "Iterator[Progress]":
    """A progress bar on stderr, on a terminal only."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def progress(done: int, total: int, filename: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{title} {filename}")

        yield progress


def _euros(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.0f} €".replace(",", "\u202f")


def _name_unreadable(report: "ExtractReport") -> None:
    for entry in report.unreadable:
        say(f"Non lu : {entry.filename!r} — {entry.reason} {entry.advice}")


def _print_summary(database: Path, state: "Status") -> None:
    from pipeline.summary import summary

    print(summary(database, database.parent / REPORT.relative_to(DATABASE.parent)), end="")
    for line in state.unrecognised:
        say(f"Aucune convention reconnue dans {line.filename!r} : ni article, ni action.")
    for filename in state.stale:
        say(f"Pas (ou plus) à jour dans la base : {filename!r}. Lancez « dvc repro ».")
    for filename in state.gone:
        say(f"Dans la base, mais plus dans le dossier : {filename!r}. Lancez « dvc repro ».")
