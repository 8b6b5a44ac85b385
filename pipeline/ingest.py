"""One more document: checked, read and linked aside, then put in place all at once.

Everything is built in `processed/.ingest/`. Up to the marker `ready` nothing else has changed, so
an error or a kill leaves the previous state; from the marker on, what is left is a few renames,
which the next call finishes if this one is killed.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Unpack

from extractors.errors import UnreadableDocument
from extractors.preflight import check_file
from pipeline.build import DATABASE, METRICS, BuildReport, derive, prepare, reference_folder
from pipeline.errors import FiliationError, is_dvc_project
from pipeline.extract import ExtractReport, Reading, extract_files
from pipeline.language import said
from pipeline.names import find_pdfs, sha256_of, slug
from pipeline.store import FOLDERS, atomic, link_file, write_text
from pipeline.worker import Limits

STAGES = ("extract", "normalize", "link", "load")
REUSED = (DATABASE, "extracted", "normalized", "linked")
PUBLISHED = (METRICS, *REUSED)
Derive = Callable[[ExtractReport, Path, Path, int], BuildReport]


@dataclass(frozen=True, slots=True)
class NewAct:
    """What the new document was read as; `stated` is the grant that its articles state, `annexed`
    the AMI money that its annexes add up to, in euros."""

    territory: str | None
    kind: str
    exercise: str | None
    stated: Decimal | None
    annexed: Decimal | None


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action of the new document; `granted` is its AMI money in euros for its exercise, later
    years aside, None where not said."""

    exercise: str | None
    label: str | None
    granted: Decimal | None


@dataclass(frozen=True, slots=True)
class NewPair:
    """Two actions linked, or waiting for review, of which one is in the new document."""

    earlier: str
    later: str
    score: float


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A contradiction or doubt that was not known before."""

    severity: str
    rule: str
    page: int | None
    message: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a document brought; all empty when `already` (the same file was there before). `first`:
    there was no database before."""

    filename: str
    already: bool
    first: bool = False
    acts: tuple[NewAct, ...] = ()
    actions: tuple[NewAction, ...] = ()
    links: tuple[NewPair, ...] = ()
    to_review: tuple[NewPair, ...] = ()
    findings: tuple[NewFinding, ...] = ()


def ingest(
    file: Path,
    raw_dir: Path,
    processed_dir: Path,
    reference_dir: Path | None = None,
    notify: Callable[[str], None] = print,
    derive: Derive = derive,
    **reading: Unpack[Reading],
) -> IngestReport:
    """Add `file` to `raw_dir` and bring the database in `processed_dir` up to date.

    Raises FiliationError when the file cannot be read or holds no convention, OSError when a
    folder cannot be written; then nothing has changed. One call runs at a time: others wait.
    """
    try:
        check_file(file, (reading.get("limits") or Limits()).file_mb * 2**20)
    except UnreadableDocument as error:
        raise FiliationError(
            f"{file} : {error} Rien n'a été changé.",
            f"{file}: {error.english} Nothing was changed.",
        ) from error
    reference_dir = reference_folder(reference_dir)
    raw_dir.mkdir(parents=True, exist_ok=True)
    processed_dir.mkdir(parents=True, exist_ok=True)
    with _alone(processed_dir / ".ingest.lock", notify):
        aside = processed_dir / ".ingest"
        _finish_interrupted(aside, raw_dir, processed_dir)
        try:
            aside.mkdir()
            copy = Path(shutil.copyfile(file, aside / "document"))
            present = find_pdfs(raw_dir)
            same = _same_content(copy, present)
            if same is not None:
                return IngestReport(same, already=True)
            name = _clean_name(file, present)
            build = aside / "build"
            build.mkdir()
            for item in REUSED:
                _reuse(processed_dir / item, build / item)
            threading.Thread(target=prepare, args=(build,), daemon=True).start()
            extracted = extract_files({**present, name: copy}, build / "extracted", **reading)
            _require_read(extracted, name, file)
            built = derive(extracted, build, reference_dir, reading.get("jobs", 1))
            _check(built, name, file)
            report = _news(processed_dir / DATABASE, build / DATABASE, name)
            write_text(name, aside / "ready")
            _publish(aside, raw_dir, processed_dir)
        finally:
            if not (aside / "ready").exists():
                shutil.rmtree(aside, ignore_errors=True)
    _tell_dvc(raw_dir)
    return report


def _require_read(extracted: ExtractReport, name: str, file: Path) -> None:
    """Raise FiliationError if `file`, added as `name`, could not be read."""
    for entry in extracted.unreadable:
        if entry.filename == name:
            raise FiliationError(
                f"{file} : {entry.reason} {entry.advice} Rien n'a été changé.",
                f"{file}: {entry.english} Nothing was changed.",
            )


@contextmanager
def _alone(lock: Path, notify: Callable[[str], None]) -> Iterator[None]:
    """Hold `lock`, which the system frees when this process ends, however it ends."""
    with lock.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            notify(
                said(
                    "Un autre ajout de document est en cours : celui-ci attend son tour…",
                    "Another document is being added: this one waits for its turn…",
                )
            )
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _finish_interrupted(aside: Path, raw_dir: Path, processed_dir: Path) -> None:
    """Put in place what a killed call had ready; forget what it had not."""
    if (aside / "ready").exists():
        _publish(aside, raw_dir, processed_dir)
    shutil.rmtree(aside, ignore_errors=True)


def _publish(aside: Path, raw_dir: Path, processed_dir: Path) -> None:
    """Move the new state into place; may be called again after a kill at any point."""
    name = (aside / "ready").read_text(encoding="utf-8")
    for leftover in raw_dir.glob(f".{name}.*"):
        leftover.unlink()
    if not (raw_dir / name).exists():
        with atomic(raw_dir / name) as temporary:
            shutil.copyfile(aside / "document", temporary)
    for item in PUBLISHED:
        new, place, old = aside / "build" / item, processed_dir / item, aside / "old" / item
        if not new.exists():
            continue
        if (place / FOLDERS).exists():
            _add_folders(new, place)
            continue
        if new.is_dir() and place.exists():
            old.parent.mkdir(exist_ok=True)
            place.replace(old)
        new.replace(place)
    (aside / "ready").unlink()


def _add_folders(new: Path, place: Path) -> None:
    """Move the folders of `new` to `place`, where those that are links in it stand already; the
    list of those that count goes last."""
    from pipeline.partition import remove_others

    for folder in new.iterdir():
        if folder.is_dir() and not folder.is_symlink():
            if (place / folder.name).exists():
                shutil.rmtree(place / folder.name)
            folder.replace(place / folder.name)
    if (new / FOLDERS).exists():
        (new / FOLDERS).replace(place / FOLDERS)
    remove_others(place)


def _same_content(copy: Path, present: dict[str, Path]) -> str | None:
    size, digest = copy.stat().st_size, sha256_of(copy)
    for name, path in present.items():
        if path.is_file() and path.stat().st_size == size and sha256_of(path) == digest:
            return name
    return None


def _clean_name(file: Path, present: dict[str, Path]) -> str:
    """A name of letters, digits and '-' that no file of the folder has, in any letter case."""
    taken = {name.lower() for name in present}
    stem = slug(file.stem)[:80].strip("-") or "document"
    name, number = f"{stem}.pdf", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}.pdf"
    return name


def _reuse(item: Path, copy: Path) -> None:
    """What a stage wrote, as links: its files and folders are replaced, never written into."""
    if not item.is_dir():
        if item.exists():
            link_file(item, copy)
        return
    copy.mkdir()
    for path in item.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir():
            (copy / path.name).symlink_to(path.absolute(), target_is_directory=True)
        else:
            link_file(path, copy / path.name)


def _check(built: BuildReport, name: str, file: Path) -> None:
    """Raises FiliationError unless the database just built holds the new document."""
    documents = built.status.documents if built.status else ()
    if any(line.filename == name and line.recognised for line in documents):
        return
    raise FiliationError(
        f"{file} : aucune convention reconnue, ni article, ni action. Rien n'a été changé.",
        f"{file}: no convention recognised, neither article nor action. Nothing was changed.",
    )


ACTS = "(SELECT document_id FROM document WHERE filename = $1)"  # bound into one file
READ_AS = """
SELECT t.name, d.kind, d.exercise, m.stated_grant, m.annex_ami
FROM document d
LEFT JOIN territory t USING (territory_id)
LEFT JOIN document_money m USING (document_id)
WHERE d.document_id IN {acts} ORDER BY d.document_id
"""
ACTIONS = """
SELECT a.exercise, a.label, sum(f.amount_eur) FILTER (
    f.funder = 'AMI' AND f.stage = 'granted'
    AND coalesce(left(f.exercise, 4) = left(a.exercise, 4), true)
)
FROM action a LEFT JOIN funding f USING (action_id)
WHERE a.document_id IN {acts}
GROUP BY a.document_id, a.action_id, a.exercise, a.label ORDER BY a.document_id, a.action_id
"""
PAIRS = """
SELECT concat_ws(' ', s.exercise, s.label), concat_ws(' ', t.exercise, t.label), p.score
FROM {table} p
JOIN action s ON s.action_id = p.source_action_id
JOIN action t ON t.action_id = p.target_action_id
WHERE s.document_id IN {acts} OR t.document_id IN {acts}
ORDER BY p.score DESC, s.action_id, t.action_id
"""
FINDINGS = """
SELECT severity, rule, page, message FROM finding {new}
ORDER BY array_position(['error', 'warning', 'info'], severity), rule, finding_id
"""


def _news(before: Path, after: Path, name: str) -> IngestReport:
    import duckdb

    with duckdb.connect() as connection:
        for role, database in (("before", before), ("after", after)):
            if database.exists():
                place = str(database).replace("'", "''")
                connection.execute(f"ATTACH '{place}' AS {role} (READ_ONLY)")
        connection.execute("USE after")

        def rows(query: str, *parameters: str) -> list[tuple[Any, ...]]:
            return connection.execute(query, parameters).fetchall()

        new = "ANTI JOIN before.finding USING (finding_id)" if before.exists() else ""
        links, to_review = (
            rows(PAIRS.format(table=table, acts=ACTS), name) for table in ("link", "candidate_pair")
        )
        return IngestReport(
            name,
            already=False,
            first=not before.exists(),
            acts=tuple(NewAct(*row) for row in rows(READ_AS.format(acts=ACTS), name)),
            actions=tuple(NewAction(*row) for row in rows(ACTIONS.format(acts=ACTS), name)),
            links=tuple(NewPair(*row) for row in links),
            to_review=tuple(NewPair(*row) for row in to_review),
            findings=tuple(NewFinding(*row) for row in rows(FINDINGS.format(new=new))),
        )


def _tell_dvc(raw_dir: Path) -> None:
    """Record the new state in DVC, in a DVC project, and run what else depends on it."""
    if not is_dvc_project():
        return
    if not raw_dir.resolve().is_relative_to(Path.cwd()):  # the documents of no stage
        return
    tracked = raw_dir.with_name(f"{raw_dir.name}.dvc")
    targets = [*STAGES, *([str(tracked)] if tracked.is_file() else [])]
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    for arguments in (["commit", "--quiet", "--force", *targets], ["repro", "--quiet"]):
        done = subprocess.run(
            [sys.executable, "-m", "dvc", *arguments],
            env={**os.environ, "PATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            said_last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            reason = "".join(f" ({line.rstrip('.')})" for line in said_last)
            raise FiliationError(
                f"Le document est dans la base, mais « dvc {arguments[0]} » a échoué{reason}. "
                "Lancez « dvc repro ».",
                f"The document is in the database, but “dvc {arguments[0]}” failed{reason}. "
                "Run “dvc repro”.",
            )
