"""`filiation query`, `report`, `review`…: the commands that use the database, or a single PDF.

They are added to the `app` of the commands that make it.
"""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.commands_making import app
from pipeline.console import print_json, say
from pipeline.errors import FiliationError, rerun
from pipeline.language import said
from pipeline.messages import (
    tell_database,
    tell_exported,
    tell_judged,
    tell_report,
    tell_unreadable,
)
from pipeline.options import DATABASE, REPORT, Database, Json, Limit, Processed, Raw, Reference

HOLDOUTS = [
    Path(f"tests/golden/{name}_actions.csv") for name in ("holdout", "strangers", "newcomers")
]


def _query_names(incomplete: str) -> list[tuple[str, str]]:
    """Completions of a query's name, with what it asks."""
    from pipeline.query import named_queries

    asked = [(query.name, said(query.question, query.question_en)) for query in named_queries()]
    return [pair for pair in asked if pair[0].startswith(incomplete)]


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
            "--param",
            "-p",
            metavar="NOM=VALEUR / NAME=VALUE",
            help="Paramètre de la requête. / Parameter.",
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
    from pipeline.build import reference_folder
    from pipeline.export import export

    report = export(database, out_dir, reference_folder(reference))
    if as_json:
        print_json(report)
    tell_exported(report, out_dir)


@app.command(epilog="filiation report --out ~/rapport")
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
    from pipeline.build import reference_folder
    from pipeline.evaluate import evaluate

    found = evaluate(pairs, reference_folder(reference), holdout, kinds)
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

    Chaque réponse est écrite aussitôt dans judgements.csv ; « dvc repro » ou
    « filiation build » l'applique.
    / Each answer is written at once into judgements.csv; “dvc repro” or
    “filiation build” applies it.
    """
    from pipeline.build import reference_folder
    from pipeline.review import review
    from pipeline.review_sheet import export_sheet, import_sheet
    from pipeline.wording import counted

    if export and import_:
        raise FiliationError(
            "Choisissez --export ou --import, pas les deux.",
            "Choose --export or --import, not both.",
        )
    judgements = reference_folder(reference) / "judgements.csv"
    if import_:
        added = import_sheet(import_, judgements, author)
        number = counted(added, "jugement ajouté", "judgement added")
        print(
            said(
                f"{number} à {judgements}. Lancez « {rerun()} ».",
                f"{number} to {judgements}. Run “{rerun()}”.",
            )
        )
        return
    stages = (processed_dir / "normalized", processed_dir / "linked")
    if missing := next((s for s in stages if not s.is_dir()), None):
        raise FiliationError(
            f"Rien à relire : {missing} n'existe pas. Lancez « {rerun()} ».",
            f"Nothing to review: {missing} is not there. Run “{rerun()}”.",
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

    state = status(database, raw_dir if raw_dir.is_dir() else None)
    tell_unreadable(state.unreadable)
    tell_database(database, state, state.unreadable, as_json)
