"""A document, or some of its pages, read in a process of its own, under limits that the kernel
enforces.

A PDF is untrusted: an endless loop, a bomb or a crash of a native library ends this process and
costs this document, never the run.
"""

import errno
import json
import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from extractors.errors import UnreadableDocument
from pipeline.errors import FiliationError

if TYPE_CHECKING:
    from pipeline.extracted import ExtractedDocument

REPORT_IT = "Signalez ce document à l'équipe de Filiation."
REPORT_IT_EN = "Report this document to the team of Filiation."
READ, REFUSED, NO_SPACE, CRASHED, LONG = 0, 3, 4, 5, 6  # exit codes of the process
LARGEST_RESULT = 2**30  # bytes that a process may write to one file

_one_thread = threading.Lock()  # starting a process looks at the exit codes of all others
_reading: set[BaseProcess] = set()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. Time is `seconds` to open it plus `seconds_per_page` a page.

    One of more than `pages_at_once` is read in ranges of so many: each is read under these limits.
    """

    seconds: int = 60
    seconds_per_page: int = 60
    memory_mb: int = 3000
    pages: int = 2000
    megapixels: int = 600  # of one page drawn at 300 dots an inch; a photo of 72 has 200
    file_mb: int = 500
    pages_at_once: int = 50

    @classmethod
    def parse(cls, settings: Iterable[str]) -> "Limits":
        """Limits from texts such as "pages=5000"; raises FiliationError on any other form."""
        changed: dict[str, int] = {}
        names = [field.name for field in fields(cls)]
        for setting in settings:
            name, _, value = setting.partition("=")
            if name not in names or not value.isdecimal() or int(value) == 0:
                raise FiliationError(
                    f"Limite illisible : {setting!r}. Écrivez NOM=NOMBRE, NOM parmi "
                    f"{', '.join(names)}.",
                    f"Unreadable limit: {setting!r}. Write NAME=NUMBER, NAME among "
                    f"{', '.join(names)}.",
                )
            changed[name] = int(value)
        return cls(**changed)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read under the names it will have; the result is written to `result`, personal
    and bank data masked unless `keep_contacts`.

    Of a long document, `pages` are those to read, if not all; `parts` are the results of its
    ranges, to put together. `url`, if any, is where the file is copied from; `shared` is the URL of
    the folder where `result` and `parts` stand under their names, if not on this machine."""

    document_id: str
    filename: str
    path: Path
    sha256: str
    version: str
    result: Path
    keep_contacts: bool = False
    pages: range | None = None
    parts: tuple[Path, ...] = ()
    url: str = ""
    shared: str = ""

    @property
    def address(self) -> str:
        """The URL of `result` in `shared`."""
        return f"{self.shared}/{self.result.name}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document could not be read, as it passes from the process to its parent."""

    reason: str
    advice: str
    english: str


@dataclass(frozen=True, slots=True)
class Long:
    """A document of more pages than are read at once."""

    pages: int


class Reader:
    """Reads PDFs; the libraries are imported here, in the process."""

    def __call__(self, path: Path) -> "ExtractedDocument":
        """The document at `path`."""
        from extractors.document import read_document

        return read_document(path)

    def part(self, path: Path, pages: range) -> bytes:
        """Some pages of the document at `path`, for `whole`."""
        from extractors.document import read_range
        from extractors.ranges import stored

        return stored(read_range(path, pages))

    def whole(self, path: Path, parts: Sequence[Path]) -> "ExtractedDocument":
        """The document at `path`, of which `parts` are the files of all its ranges."""
        from extractors.document import whole_document
        from extractors.ranges import StoredPages

        return whole_document(path, StoredPages(parts))


read_pdf = Reader()


def read_one(task: Task, limits: Limits, reader: Reader = read_pdf) -> Refusal | Long | None:
    """Read `task` in a process of its own and wait for it; None when it was read.

    `reader` must be what another process can import. Any number of threads may read.
    Raises OSError when the process found the disk full.
    """
    process = _context().Process(target=_read, args=(task, limits, reader), daemon=True)
    with _one_thread, _without_main():
        process.start()
        _reading.add(process)
    wait([process.sentinel])
    with _one_thread:
        process.join()
        _reading.remove(process)
    _end_group(process)
    return _answer(process.exitcode, task, limits)


@contextmanager
def _without_main() -> Iterator[None]:
    """A process imports the program that it is started from, all its commands; none is read with
    them."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def prepare() -> None:
    """Start what readers are forked from, unless it runs: it loads its libraries while the caller
    goes on. Ctrl-C is not heard there: the parent decides."""
    _context()
    if threading.current_thread() is not threading.main_thread():  # which alone may say so
        ensure_running()
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        ensure_running()
    finally:
        signal.signal(signal.SIGINT, heard)


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.worker", "extractors.preload"])
    return context


def end_readers() -> None:
    """End the processes that still read, and what they started."""
    with _one_thread:
        for process in _reading:
            process.kill()
            _end_group(process)


def _end_group(process: BaseProcess) -> None:
    """End what the process started itself and left behind (OCR)."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid or 0, signal.SIGKILL)


def _answer(exitcode: int | None, task: Task, limits: Limits) -> Refusal | Long | None:
    if exitcode == READ:
        return None
    if exitcode == LONG:
        return Long(**json.loads(task.result.read_bytes()))
    if exitcode == REFUSED:
        said = json.loads(task.result.read_bytes())
        return Refusal(said["reason"], said["advice"], said["english"])
    if exitcode == NO_SPACE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(task.result.parent))
    if exitcode == -signal.SIGALRM:
        return Refusal(
            reason="La lecture dépasse le temps permis "
            f"({limits.seconds} s et {limits.seconds_per_page} s par page).",
            advice="Relevez la limite avec --limit seconds_per_page=N si le document est sain.",
            english="Reading takes longer than allowed "
            f"({limits.seconds} s and {limits.seconds_per_page} s a page). "
            "Raise the limit with --limit seconds_per_page=N if the document is sound.",
        )
    return Refusal(
        reason=f"Le lecteur de PDF s'est arrêté net (code {exitcode}), souvent faute de mémoire "
        f"(limite : {limits.memory_mb} Mo).",
        advice="Relevez --limit memory_mb=N si le document est sain.",
        english=f"The PDF reader stopped dead (code {exitcode}), often for want of memory "
        f"(limit: {limits.memory_mb} MB). Raise --limit memory_mb=N if the document is sound.",
    )


def _read(task: Task, limits: Limits, reader: Reader) -> None:
    """Body of the process: limits first, then everything that touches the PDF."""
    os.setsid()
    _limit(limits)
    try:
        result, code = _result(task, limits, reader)
        written = task.result.with_name(f"{task.result.name}.{os.urandom(8).hex()}")
        written.write_bytes(result)
        written.replace(task.result)  # whole, though another machine should read the same task
    except OSError as error:
        code = NO_SPACE if error.errno in (errno.ENOSPC, errno.EDQUOT) else CRASHED
    os._exit(code)  # no clean-up of native libraries that may be in any state


def _result(task: Task, limits: Limits, reader: Reader) -> tuple[bytes, int]:
    from pydantic_core import to_json

    from extractors.preflight import check_pdf  # native libraries, for this process alone

    try:
        pages = check_pdf(task.path, limits.pages, limits.megapixels)
        whole = task.pages is None and not task.parts
        if whole and pages > limits.pages_at_once:
            return _json(Long(pages)), LONG
        read = len(task.pages) if task.pages else pages
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + read * limits.seconds_per_page)
        if task.pages:
            return reader.part(task.path, task.pages), READ
        document = reader.whole(task.path, task.parts) if task.parts else reader(task.path)
        named = _named(document, task, task.document_id)
        return to_json(named, indent=1), READ
    except UnreadableDocument as error:
        reason, advice, english = error.reason, error.advice, error.english
    except MemoryError:
        reason = f"La lecture demande plus de mémoire que permis ({limits.memory_mb} Mo)."
        advice = "Relevez la limite avec --limit memory_mb=N si le document est sain."
        english = (
            f"Reading takes more memory than allowed ({limits.memory_mb} MB). "
            "Raise the limit with --limit memory_mb=N if the document is sound."
        )
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        what = " ".join(f"{type(error).__name__} : {error}".split())
        what = what.encode("utf-8", "replace").decode()
        reason, advice = f"Le lecteur a échoué ({what}).", REPORT_IT
        english = f"The reader failed ({what}). {REPORT_IT_EN}"
    return _json(Refusal(reason, advice, english)), REFUSED


def _json(answer: Refusal | Long) -> bytes:
    return json.dumps(asdict(answer)).encode()


def _named(document: "ExtractedDocument", task: Task, document_id: str) -> "ExtractedDocument":
    """`document` and the acts behind it under the names they will have; personal data masked."""
    from normalizers.privacy import without_contacts
    from pipeline.names import id_behind

    behind = [
        _named(act, task, id_behind(document_id, act.pages[0].number)) for act in document.behind
    ]
    document = document.model_copy(update={"behind": []})
    if task.keep_contacts:
        document = document.model_copy(update={"hidden": []})
    else:
        document = without_contacts(document)
    return document.model_copy(
        update={
            "document_id": document_id,
            "filename": task.filename,
            "sha256": task.sha256,
            "extractor_version": task.version,
            "behind": behind,
        }
    )


def _limit(limits: Limits) -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a document has one core; each thread takes memory
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process even inside native code
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    memory = _address_space() + limits.memory_mb * 2**20
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, LARGEST_RESULT),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with suppress(ValueError, OSError):  # a system that does not know this limit
            resource.setrlimit(kind, (ceiling, hard))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)


def _address_space() -> int:
    """Bytes mapped before anything is read; 0 where the system does not say."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0
