"""Readers that behave in known ways, importable by the processes that extract starts."""

import ctypes
import errno
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from extractors.errors import UnreadableDocument
from pipeline.extracted import ExtractedDocument
from pipeline.worker import Reader


def plain(path: Path) -> ExtractedDocument:
    """`silent`, noting in `<path>.reads` that it ran."""
    with path.with_suffix(".reads").open("a") as notes:
        notes.write("read\n")
    return silent(path)


def silent(path: Path) -> ExtractedDocument:
    """The text of the pages as the title."""
    pdf = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    return ExtractedDocument(
        document_id="",
        filename="",
        sha256="",
        extractor_version="",
        page_count=len(pdf),
        pages=[],
        title=text,
        facts=[],
        articles=[],
        tables=[],
    )


def hostile(path: Path) -> ExtractedDocument:
    """Does to the process what the file's name says."""
    match path.stem:
        case "loops":
            while True:
                time.sleep(0.001)
        case "loops-in-native-code":
            ctypes.CDLL(None).pause()
        case "eats-memory":
            hoard = [bytearray(2**20) for _ in range(10**6)]
            del hoard
        case "crashes":
            ctypes.string_at(0)
        case "exits":
            os._exit(9)
        case "loses-its-machine":
            kill_dask_worker()
        case "loses-its-machine-once":
            if not path.with_suffix(".reads").exists():
                plain(path)
                kill_dask_worker()
        case "raises":
            raise ValueError("objet 12\nillisible")
        case "refuses":
            raise UnreadableDocument(
                "Page 3 numérisée.", "Installez Tesseract.", "Page 3 is scanned. Install Tesseract."
            )
    return plain(path)


class HostilePages(Reader):
    """Reads ranges of pages; on pages 2 and 4 it does what the file's name says."""

    def part(self, path: Path, pages: range) -> bytes:
        if {2, 4} & set(pages):
            hostile(path)
        return super().part(path, pages)


@dataclass(frozen=True)
class LosesMachineOnce(Reader):
    """Its machine is lost with the range that holds page 4, if `note` does not say that one was."""

    note: Path

    def part(self, path: Path, pages: range) -> bytes:
        if 4 in pages and not self.note.exists():
            self.note.touch()
            kill_dask_worker()
        return super().part(path, pages)


def no_space(path: Path) -> ExtractedDocument:
    """A reader that finds the disk full."""
    raise OSError(errno.ENOSPC, "No space left on device")


def kill_dask_worker() -> None:
    """End the process whose fork server this one comes from, as a machine that is lost does."""
    status = Path(f"/proc/{os.getppid()}/stat").read_text()
    os.kill(int(status.rpartition(")")[2].split()[1]), signal.SIGKILL)
    time.sleep(60)
