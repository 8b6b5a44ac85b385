"""`filiation build`, `ingest` and the stages: the commands that make the database.

Help and messages are written in French and in English, "français / English"; one is shown.
Commands import what they need when they run.
"""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.console import print_json, progress_bar, say
from pipeline.errors import check_folder
from pipeline.language import Language, said
from pipeline.messages import (
    tell_database,
    tell_extracted,
    tell_folders,
    tell_ingested,
    tell_others,
    tell_unreadable,
)
from pipeline.options import (
    CORES,
    DATABASE,
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

app = typer.Typer(name="filiation", no_args_is_help=True, pretty_exceptions_enable=False)


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

    Code 0 : tout a été lu ; 2 : certains documents non, ou en partie (ils sont nommés) ; 1 : aucun.
    / Code 0: all was read; 2: some documents were not, or in part (they are named); 1: none.
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
    tell_unreadable(report.extracted.unreadable)
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
    from pipeline.build import reference_folder
    from pipeline.normalize import normalize

    check_folder(extracted_dir)
    tell_folders(normalize(extracted_dir, reference_folder(reference), out_dir, jobs))


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
    from pipeline.build import reference_folder
    from pipeline.link import link

    check_folder(normalized_dir)
    tell_folders(link(normalized_dir, reference_folder(reference), out_dir, jobs))


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
    tell_ingested(report, raw_dir, processed_dir / DATABASE.name)
