"""Stage 1: PDF → one JSON a document, read again only when it or its reader changed."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypedDict, Unpack

import extractors
import normalizers
import pipeline
from extractors.errors import UnreadableDocument
from extractors.preflight import check_file, check_size
from pipeline import remote
from pipeline.errors import FiliationError
from pipeline.executor import Outcome, read_all
from pipeline.names import document_ids, find_others, find_pdfs, sha256_of, version_of_code
from pipeline.store import write_text
from pipeline.worker import Limits, Reader, Refusal, Task, prepare, read_pdf

if TYPE_CHECKING:
    from pipeline.extracted import Unreadable

UNREADABLE = "unreadable"
SCRATCH = ".reading-"
READERS = ("pypdfium2", "pdfplumber", "camelot-py", "playa-pdf", "opencv-python-headless")

Progress = Callable[[int, int, str], None]  # documents done, of how many, name of the last one


class Reading(TypedDict, total=False):
    """How PDFs are read. Personal and bank data are masked (`normalizers/privacy.py`) unless
    `keep_contacts`. Results do not depend on `jobs` (1), nor on `scheduler`, the address of a Dask
    scheduler, whose workers see the PDFs and `scratch`, a folder or URL, by default in the output.
    """

    jobs: int
    limits: Limits | None
    keep_contacts: bool
    progress: Progress
    reader: Reader
    scheduler: str | None
    scratch: str | None


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """Ids of the documents read now and of those unchanged since last time, and what failed."""

    read: tuple[str, ...]
    unchanged: tuple[str, ...]
    unreadable: "tuple[Unreadable, ...]"

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of all documents that stand in the output, in order."""
        return tuple(sorted((*self.read, *self.unchanged)))


def silent(done: int, total: int, filename: str) -> None:
    """A progress that shows nothing."""


def extract(raw: Path | str, out_dir: Path, **reading: Unpack[Reading]) -> ExtractReport:
    """Write `<document_id>.json` (ExtractedDocument) for every PDF under `raw`, a folder or a URL
    that fsspec opens, and `unreadable.json` with the documents that could not be read.

    Raises FiliationError when `raw` is no folder or holds no PDF, OSError when `out_dir` cannot be
    written.
    """
    files = _find(str(raw))
    if not files:
        others = [] if remote.is_url(str(raw)) else find_others(Path(raw))
        raise FiliationError(
            f"Aucun PDF dans {raw} : déposez-y les conventions à lire"
            + (f" ({others[0]!r} n'en est pas un : enregistrez-le en PDF)." if others else "."),
            f"No PDF in {raw}: put the conventions to read there"
            + (f" ({others[0]!r} is none: save it as PDF)." if others else "."),
        )
    return extract_files(files, out_dir, **reading)


def _find(raw: str) -> Mapping[str, Path | str]:
    if remote.is_url(raw):
        return remote.find_pdfs(raw)
    if not Path(raw).is_dir():
        raise FiliationError(
            f"{raw} n'est pas un dossier : donnez le dossier des PDF.",
            f"{raw} is not a folder: give the folder of the PDFs.",
        )
    return find_pdfs(Path(raw))


def extract_files(
    files: Mapping[str, Path | str],
    out_dir: Path,
    *,
    jobs: int = 1,
    limits: Limits | None = None,
    keep_contacts: bool = False,
    progress: Progress = silent,
    reader: Reader = read_pdf,
    scheduler: str | None = None,
    scratch: str | None = None,
) -> ExtractReport:
    """`extract` on given files (paths or URLs), by the name that each will have in the results."""
    if remote.is_url(str(out_dir)):
        raise FiliationError(
            f"{out_dir} n'est pas un dossier : écrivez sur cette machine, puis copiez.",
            f"{out_dir} is not a folder: write on this machine, then copy.",
        )
    limits = limits or Limits()
    out_dir.mkdir(parents=True, exist_ok=True)
    run = _Run(files, out_dir, limits.file_mb * 2**20, keep_contacts)
    if scheduler is None and not all(run.is_known(filename) for filename in files):
        prepare()
    _remove_strangers(out_dir, {*run.ids.values(), UNREADABLE})
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(TemporaryDirectory(dir=out_dir.absolute(), prefix=SCRATCH))
        )
        shared = stack.enter_context(remote.scratch(scratch, SCRATCH)) if scratch else ""
        progress(0, len(files), "")
        tasks = run.tasks(folder, shared)
        for outcome in read_all(tasks, jobs, limits, reader, scheduler):
            run.settle(outcome)
            progress(run.done, len(files), outcome.task.filename)
    return run.report()


class _Run:
    """The reading of `files` into `out_dir`: what is to be read, and what came of it."""

    def __init__(
        self, files: Mapping[str, Path | str], out_dir: Path, max_bytes: int, keep_contacts: bool
    ) -> None:
        self.ids = document_ids(files, reserved=(UNREADABLE,))
        self._files = files
        self._out_dir = out_dir
        self._max_bytes = max_bytes
        self._keep_contacts = keep_contacts
        self._read: list[str] = []
        self._unchanged: list[str] = []
        self._unreadable: list[Unreadable] = []

    @property
    def done(self) -> int:
        """Of how many files it is known what came of them."""
        return len(self._read) + len(self._unchanged) + len(self._unreadable)

    def is_known(self, filename: str) -> bool:
        """Was a file of this name read before?"""
        return self._result(self.ids[filename]).exists()

    def tasks(self, folder: Path, shared: str) -> Iterator[Task]:
        """The documents to read, found while others are being read: those that never were go
        first, then the longest."""
        version = extractor_version() + ("+contacts" if self._keep_contacts else "")
        sizes = {filename: _size(source) for filename, source in self._files.items()}
        known = {filename: self.is_known(filename) for filename in self._files}
        for filename in sorted(self._files, key=lambda name: (known[name], -sizes[name])):
            document_id, source = self.ids[filename], self._files[filename]
            sha256, why = _looked_at(source, sizes[filename], folder, self._max_bytes)
            if why:
                self._refuse(document_id, filename, sha256 or None, why)
                continue
            task = Task(
                document_id,
                filename,
                Path(source).absolute() if isinstance(source, Path) else Path(f"{document_id}.pdf"),
                sha256,
                version,
                folder / document_id,
                self._keep_contacts,
                url="" if isinstance(source, Path) else source,
                shared=shared,
            )
            if _is_unchanged(self._result(document_id), task):
                self._unchanged.append(document_id)
            else:
                yield task

    def settle(self, outcome: Outcome) -> None:
        """Put what was read in its place; take note of what could not be read."""
        task = outcome.task
        if outcome.refusal is not None:
            self._refuse(task.document_id, task.filename, task.sha256, outcome.refusal)
            return
        if task.shared:
            remote.fetch(task.address, task.result)
        task.result.replace(self._result(task.document_id))
        self._read.append(task.document_id)

    def report(self) -> ExtractReport:
        """What was done; the documents that could not be read are listed in a file, and have no
        other."""
        refused = sorted(self._unreadable, key=lambda entry: entry.document_id)
        for entry in refused:
            self._result(entry.document_id).unlink(missing_ok=True)
        listing = [entry.model_dump() for entry in refused]
        text = json.dumps(listing, ensure_ascii=False, indent=1)
        write_text(text, self._out_dir / f"{UNREADABLE}.json")
        return ExtractReport(
            tuple(sorted(self._read)), tuple(sorted(self._unchanged)), tuple(refused)
        )

    def _result(self, document_id: str) -> Path:
        return self._out_dir / f"{document_id}.json"

    def _refuse(
        self,
        document_id: str,
        filename: str,
        sha256: str | None,
        why: UnreadableDocument | Refusal,
    ) -> None:
        from pipeline.extracted import Unreadable

        self._unreadable.append(
            Unreadable(
                document_id=document_id,
                filename=filename,
                sha256=sha256,
                reason=why.reason,
                advice=why.advice,
                english=why.english,
            )
        )


def _size(source: Path | str) -> int:
    """Bytes of a file, 0 where this machine cannot tell; raises FiliationError as `remote`."""
    if isinstance(source, str):
        return remote.size_of(source)
    try:
        return source.stat().st_size
    except OSError:  # `check_file` says what is wrong with it
        return 0


def _looked_at(
    source: Path | str, size: int, folder: Path, max_bytes: int
) -> tuple[str, UnreadableDocument | None]:
    """Hash of a file of `size` bytes, '' where it is not opened, and why it is not read, if so;
    raises FiliationError when it cannot be had from its URL."""
    if isinstance(source, Path):
        return _checked(source, max_bytes)
    try:
        check_size(max(size, 1), max_bytes)  # an empty file is looked at
    except UnreadableDocument as error:
        return "", error
    copy = remote.fetch(source, folder / "document")
    try:
        return _checked(copy, max_bytes)
    finally:
        copy.unlink()


def _checked(path: Path, max_bytes: int) -> tuple[str, UnreadableDocument | None]:
    """As `_looked_at`, of a file at hand."""
    try:
        check_file(path, max_bytes)
    except UnreadableDocument as error:
        with suppress(OSError):
            return sha256_of(path) if path.is_file() else "", error
        return "", error
    return sha256_of(path), None


@cache
def extractor_version() -> str:
    """The product's version and a hash of all that decides how a PDF is read."""
    files = (Path(pipeline.__path__[0], name) for name in ("extracted.py", "kinds.py"))
    return version_of_code(extractors, normalizers, files=files, libraries=READERS)


def _is_unchanged(path: Path, task: Task) -> bool:
    """Whether `path` holds this very file, read by this very reader: its first fields tell."""
    wanted = {
        "document_id": task.document_id,
        "filename": task.filename,
        "sha256": task.sha256,
        "extractor_version": task.version,
    }
    try:
        with path.open(encoding="utf-8") as file:
            lines = [file.readline().strip().rstrip(",") for _ in range(1 + len(wanted))]
        return bool(json.loads("{" + ",".join(lines[1:]) + "}") == wanted)
    except (OSError, ValueError):
        return False


def _remove_strangers(out_dir: Path, kept: set[str]) -> None:
    """Remove results of documents that are gone, and what an interrupted run left behind."""
    for path in out_dir.glob(f"{SCRATCH}*"):
        shutil.rmtree(path)
    for path in out_dir.glob(f".{UNREADABLE}.json.*"):
        path.unlink()
    for path in out_dir.glob("*.json"):
        if path.stem not in kept and _is_result(path):
            path.unlink()


def _is_result(path: Path) -> bool:
    """Whether a previous run wrote `path`; files of others are never removed."""
    with path.open(encoding="utf-8", errors="replace") as file:
        file.readline()
        return file.readline().strip() == f'"document_id": {json.dumps(path.stem)},'
