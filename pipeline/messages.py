"""What the commands tell people of what they have done: answers on stdout, the rest on stderr."""

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.console import BOLD, RED, YELLOW, coloured, print_json, say
from pipeline.errors import rerun
from pipeline.language import said
from pipeline.options import DATABASE, REPORT
from pipeline.wording import agreed, counted, euros, words

NAMED = 5  # files that one line names

if TYPE_CHECKING:
    from pipeline.export import ExportReport
    from pipeline.extract import ExtractReport
    from pipeline.extracted import Unreadable
    from pipeline.ingest import IngestReport, NewAct
    from pipeline.partition import FoldersReport
    from pipeline.report import ReportReport
    from pipeline.review import Reviewed
    from pipeline.status import Status


def tell_extracted(report: "ExtractReport") -> None:
    """How many documents were read, and which could not be."""
    tell_unreadable(report.unreadable)
    read = counted(len(report.read), "document lu", "document read")
    unchanged = said(
        agreed(len(report.unchanged), "inchangé"), f"{len(report.unchanged)} unchanged"
    )
    say(f"{read}, {unchanged}.")


def tell_others(raw: str) -> None:
    """The documents of a folder that are not read, because they are no PDF."""
    from pipeline.names import find_others

    folder = Path(raw)
    others = find_others(folder) if folder.is_dir() else []
    if others:
        names = ", ".join(repr(name) for name in others[:NAMED])
        more = "…" if len(others) > NAMED else ""
        say(
            said(
                f"Pas des PDF, donc pas lus : {names}{more} — enregistrez-les au format PDF ; une "
                "annexe va dans le même PDF que son acte.",
                f"No PDFs, so not read: {names}{more} — save them as PDF; an annex belongs into "
                "the PDF of its act.",
            ),
            YELLOW,
        )


def tell_unreadable(unreadable: "Iterable[Unreadable]") -> None:
    """The documents that could not be read, each with the reason and what to do."""
    for entry in unreadable:
        say(
            said(
                f"Non lu : {entry.filename!r} — {entry.reason} {entry.advice}",
                f"Not read: {entry.filename!r} — {entry.english}",
            ),
            RED,
        )


def tell_folders(report: "FoldersReport") -> None:
    """How many territories a stage computed."""
    unchanged = len(report.unchanged)
    computed = counted(len(report.computed), "dossier calculé", "folder computed")
    say(f"{computed}, {said(agreed(unchanged, 'inchangé'), f'{unchanged} unchanged')}.")


def tell_ingested(report: "IngestReport", raw_dir: Path, database: Path) -> None:
    """What a new document is and brings: its actions, its links, the pairs in doubt, the
    findings."""
    if report.already:
        print(
            said(
                f"Ce document est déjà là, sous le nom {report.filename!r} : rien n'a été changé.",
                f"This document is there already, as {report.filename!r}: nothing was changed.",
            )
        )
        return
    print(said("Ajouté :", "Added:"), raw_dir / report.filename)
    for act in report.acts:
        print(f"  {_read_as(act)}")
    print(f"\n{counted(len(report.actions), 'action', 'action')}")
    for action in report.actions:
        granted = "" if action.granted is None else euros(action.granted)
        print(f"  {action.exercise or '—'}  {granted:>14}  {action.label or '—'}")
    for french, english, pairs in (
        ("lien avec d'autres exercices", "link to other exercises", report.links),
        ("paire douteuse à relire", "pair in doubt to review", report.to_review),
    ):
        print(f"\n{counted(len(pairs), french, english)}")
        for pair in pairs:
            print(f"  {pair.score:.2f}  {pair.earlier}  →  {pair.later}")
    print(f"\n{counted(len(report.findings), 'constat nouveau', 'finding not seen before')}")
    for finding in report.findings:
        page = f" (page {finding.page})" if finding.page else ""
        severity = said(*words("severity", finding.severity))
        print(f"  {severity}  {finding.rule}{page} : {finding.message}")
    print(f"\n{said('Base :', 'Database:')} {database}")
    if report.first:
        say(
            said(
                "Cette base est nouvelle : elle ne tient que ce dossier. Pour ajouter à une autre, "
                "donnez --raw et --processed.",
                "This database is new: it holds this folder only. To add to another one, give "
                "--raw and --processed.",
            ),
            YELLOW,
        )


def _read_as(act: "NewAct") -> str:
    """Whose act it is, for which exercise, and its money as articles and annexes have it."""
    sums = [
        f"{name} {euros(amount)}"
        for name, amount in (
            (said("subvention énoncée", "grant stated"), act.stated),
            (said("crédits AMI des annexes", "AMI money of the annexes"), act.annexed),
        )
        if amount is not None
    ]
    return ", ".join(
        (
            act.territory or said("territoire inconnu", "unknown territory"),
            said(*words("kind", act.kind)),
            act.exercise or said("exercice inconnu", "unknown exercise"),
            *sums,
        )
    )


def tell_exported(report: "ExportReport", out_dir: Path) -> None:
    """The files written, and the grants that the official schema cannot take."""
    from pipeline.scdl import REASONS

    files, grants = len(report.files), report.grants
    say(
        said(
            f"{files} fichiers dans {out_dir} ; SCDL : {agreed(grants, 'subvention')}.",
            f"{files} files in {out_dir}; SCDL: {counted(grants, 'subvention', 'grant')}.",
        )
    )
    for document_id, missing in report.left_out.items():
        reasons = " ".join(said(*REASONS[field]) for field in missing)
        say(f"{said('Laissée de côté :', 'Left out:')} {document_id} — {reasons}")


def tell_report(written: "ReportReport", raw_dir: Path) -> None:
    """Where the site is, and the documents of which it has no pictures."""
    if written.no_pictures and not raw_dir.is_dir():
        say(
            said(
                f"Pas d'image des pages : {raw_dir} n'est pas un dossier. Donnez celui des PDF : "
                "--raw DOSSIER.",
                f"No pictures of pages: {raw_dir} is not a folder. Give that of the PDFs: "
                "--raw FOLDER.",
            ),
            YELLOW,
        )
    for document_id in written.no_pictures if raw_dir.is_dir() else ():
        say(
            said(
                f"Pas d'image des pages de {document_id} : son PDF n'est pas dans {raw_dir}, a "
                "changé depuis sa lecture, ou ne s'affiche pas.",
                f"No pictures of the pages of {document_id}: its PDF is not in {raw_dir}, has "
                "changed since it was read, or cannot be drawn.",
            )
        )
    print(said("Rapport :", "Report:"), written.index)


def tell_judged(result: "Reviewed", judgements: Path) -> None:
    """How many pairs were judged and how, and what to run next."""
    yes, no, unsure = (result.answers[v] for v in ("positive", "negative", "unsure"))
    print(
        said(
            f"{yes} oui, {no} non, {unsure} sans avis ; {agreed(result.skipped, 'passée')}, "
            f"{agreed(result.left, 'restante')}.",
            f"{yes} yes, {no} no, {unsure} undecided; {result.skipped} skipped, "
            f"{result.left} left.",
        )
    )
    if any(result.answers.values()):
        print(
            said(
                f"Écrit dans {judgements}. Lancez « {rerun()} ».",
                f"Written to {judgements}. Run “{rerun()}”.",
            )
        )


def tell_database(
    database: Path, state: "Status", unreadable: "Iterable[Unreadable]", as_json: bool
) -> None:
    """What a database holds, on stdout; what is wrong with its documents, on stderr."""
    from pipeline.summary import summary

    found = summary(database)
    report = database.parent / REPORT.relative_to(DATABASE.parent)
    files = {"database": database, "report": report if report.exists() else None}
    if as_json:
        print_json(files | asdict(found) | asdict(state) | {"unreadable": unreadable})
    else:
        for line in found.as_text().splitlines():
            print(coloured(line, None if line.startswith(" ") else BOLD, sys.stdout))
        print(said("Base :", "Database:"), database)
        if report.exists():
            print(said("Rapport :", "Report:"), report)
    for one in state.unrecognised:
        say(
            said(
                f"Aucune convention reconnue dans {one.filename!r} : ni article, ni action.",
                f"No convention recognised in {one.filename!r}: neither article nor action.",
            ),
            YELLOW,
        )
    for one in state.partial:
        say(
            said(
                f"Lu en partie : {one.filename!r}, dont une page au moins n'est pas entière.",
                f"Read in part: {one.filename!r}, of which a page at least is not whole.",
            ),
            YELLOW,
        )
    for filename in state.stale:
        say(
            said(
                f"Pas (ou plus) à jour dans la base : {filename!r}. Lancez « {rerun()} ».",
                f"Not up to date in the database: {filename!r}. Run “{rerun()}”.",
            ),
            YELLOW,
        )
    for filename in state.gone:
        say(
            said(
                f"Dans la base, mais plus dans le dossier : {filename!r}. Lancez « {rerun()} ».",
                f"In the database, but no longer in the folder: {filename!r}. Run “{rerun()}”.",
            ),
            YELLOW,
        )
