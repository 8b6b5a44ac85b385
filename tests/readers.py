"""Readers that behave in known ways, importable by the processes that extract starts."""

import ctypes
import errno
import os
import time
from pathlib import Path

import pypdfium2

from extractors.errors import UnreadableDocument
from pipeline.models import ExtractedDocument


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
        case "raises":
            raise ValueError("objet 12\nillisible")
        case "refuses":
            raise UnreadableDocument(
                "Page 3 numérisée.", "Installez Tesseract.", "Page 3 is scanned. Install Tesseract."
            )
    return plain(path)


def no_space(path: Path) -> ExtractedDocument:
    """A reader that finds the disk full."""
    raise OSError(errno.ENOSPC, "No space left on device")
