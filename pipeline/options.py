"""The arguments and options that several commands share, with their help in both languages."""

import os
from pathlib import Path
from typing import Annotated

import typer

DATABASE = Path("data/processed/filiation.duckdb")
REPORT = Path("data/processed/report/index.html")
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

RawDir = Annotated[
    str,
    typer.Argument(
        help="Dossier des PDF, sous-dossiers compris, ou son URL (s3://…). / "
        "Folder of PDFs, with its own, or its URL (s3://…)."
    ),
]
Jobs = Annotated[
    int, typer.Option(min=1, help="Documents lus en même temps. / Documents read at once.")
]
Processes = Annotated[
    int,
    typer.Option(
        "--jobs", min=1, help="Territoires calculés en même temps. / Territories done at once."
    ),
]
Reference = Annotated[
    Path | None,
    typer.Option(
        "--reference",
        help="Dossier des données de référence. Par défaut : data/reference. / "
        "Folder of the reference data. By default: data/reference.",
    ),
]
Database = Annotated[
    Path, typer.Option("--database", help="Base DuckDB à lire. / DuckDB database to read.")
]
Raw = Annotated[Path, typer.Option("--raw", help="Dossier des PDF. / Folder of the PDFs.")]
Processed = Annotated[
    Path, typer.Option("--processed", help="Dossier de la base. / Folder of the database.")
]
Json = Annotated[
    bool, typer.Option("--json", help="Répondre en JSON, pour un programme. / Answer in JSON.")
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NOM=VALEUR / NAME=VALUE",
        help="Ce qu'un document peut coûter : seconds=60, seconds_per_page=60, memory_mb=3000, "
        "pages=2000, megapixels=600, file_mb=500 (valeurs par défaut) ; pages_at_once=50 : "
        "pages qu'un même processus lit d'un long document. Répétable. / "
        "What a document may cost, with the defaults; pages_at_once: those of a long document that "
        "one process reads. Repeatable.",
    ),
]

KeepContacts = Annotated[
    bool,
    typer.Option(
        "--keep-contacts",
        help="Garder en clair téléphones, courriels, comptes bancaires et noms d'agents, masqués "
        "par défaut (RGPD). / Keep phones, e-mails, bank accounts and names of staff, masked by "
        "default (GDPR).",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="tcp://HÔTE:PORT / tcp://HOST:PORT",
        help="Planificateur Dask dont les machines lisent, sur les mêmes chemins ou URL. / Dask "
        "scheduler whose machines read, on the same paths or URLs.",
    ),
]
Scratch = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Dossier ou URL où les machines de --scheduler déposent ce qu'elles lisent. Par "
        "défaut : le dossier écrit. / Folder or URL where the machines of --scheduler leave what "
        "they read. By default: the folder written to.",
    ),
]
