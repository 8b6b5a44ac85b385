"""What must hold before a PDF is read: it is one, whole, open, and of a size that can be read."""

import mmap
import os
import re
from pathlib import Path

from extractors.errors import UnreadableDocument

HEADER_WITHIN = 1024  # bytes; readers accept some junk before %PDF-
RENDERING = 300 / 72  # pixels a point, at the resolution of OCR
HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)", re.I | re.S)
KINDS = (  # how a file begins, and what it is then
    (b"PK\x03\x04", "un document bureautique ou une archive", "an office document or an archive"),
    (b"\xd0\xcf\x11\xe0", "un document Word ou Excel ancien", "an old Word or Excel document"),
    (b"{\\rtf", "un document RTF", "an RTF document"),
    (b"\xff\xd8\xff", "une image", "a picture"),
    (b"\x89PNG", "une image", "a picture"),
    (b"II*\x00", "une image", "a picture"),
    (b"MM\x00*", "une image", "a picture"),
)
ASK_AGAIN = "Demandez-le de nouveau à qui l'a fourni."
ASK_AGAIN_EN = "Ask whoever provided it for it again."


def check_file(path: Path, max_bytes: int) -> int:
    """Size of `path` in bytes; raises UnreadableDocument unless it is a regular, whole PDF file of
    at most `max_bytes`.

    Symbolic links are followed. Only bytes are looked at, so this is safe in any process.
    """
    if path.is_symlink() and not path.exists():
        raise UnreadableDocument(
            "Ce lien symbolique ne mène à aucun fichier.",
            "Copiez le document à sa place.",
            "This symbolic link leads to no file. Copy the document in its place.",
        )
    if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
        raise UnreadableDocument(
            "Ce dossier ne peut pas être ouvert : ses documents manquent.",
            "Donnez-vous le droit de le lire.",
            "This folder cannot be opened: its documents are missing. "
            "Give yourself the right to read it.",
        )
    if not path.exists():
        raise UnreadableDocument(
            "Il n'y a pas de fichier de ce nom.",
            "Vérifiez le chemin.",
            "There is no file of this name. Check the path.",
        )
    if not path.is_file():
        raise UnreadableDocument(
            "Ce n'est pas un fichier.",
            "Mettez le document PDF à sa place.",
            "This is not a file. Put the PDF document in its place.",
        )
    size = path.stat().st_size
    check_size(size, max_bytes)
    if not os.access(path, os.R_OK):
        raise UnreadableDocument(
            "Le fichier ne peut pas être ouvert.",
            "Donnez-vous le droit de le lire.",
            "The file cannot be opened. Give yourself the right to read it.",
        )
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(b"%PDF-", 0, HEADER_WITHIN) < 0:
            raise _no_pdf(content[:HEADER_WITHIN])
        end = content.rfind(b"%%EOF")
        if end < 0 or content.find(b" obj", end) >= 0:
            raise UnreadableDocument(
                "Le PDF est tronqué : sa fin manque.",
                ASK_AGAIN,
                f"The PDF is truncated: its end is missing. {ASK_AGAIN_EN}",
            )
    return size


def _no_pdf(start: bytes) -> UnreadableDocument:
    """What a file that begins with `start` is, and how to come by a PDF."""
    if HTML.search(start):
        return UnreadableDocument(
            "C'est une page web, et non le PDF : le téléchargement a échoué.",
            "Téléchargez le document de nouveau, connecté si le site le demande.",
            "This is a web page and not the PDF: the download failed. Download the document again, "
            "signed in if the site asks for it.",
        )
    for begins, kind, kind_en in KINDS:
        if start.startswith(begins):
            return UnreadableDocument(
                f"Ce n'est pas un PDF, malgré son nom, mais {kind}.",
                "Ouvrez-le et enregistrez-le au format PDF.",
                f"This is not a PDF, whatever its name, but {kind_en}. Open it and save it as PDF.",
            )
    return UnreadableDocument(
        "Ce n'est pas un PDF, malgré son nom.",
        "Enregistrez le document au format PDF.",
        "This is not a PDF, whatever its name. Save the document as PDF.",
    )


def check_size(size: int, max_bytes: int) -> None:
    """Raises UnreadableDocument when a file of `size` bytes is empty, or too heavy."""
    if size == 0:
        raise UnreadableDocument(
            "Le fichier est vide (0 octet).",
            ASK_AGAIN,
            f"The file is empty (0 bytes). {ASK_AGAIN_EN}",
        )
    if size > max_bytes:
        raise UnreadableDocument(
            f"Le fichier pèse {size // 2**20} Mo, plus que la limite de {max_bytes // 2**20} Mo.",
            "Allégez-le, ou relevez la limite avec --limit file_mb=N.",
            f"The file weighs {size // 2**20} MB, more than the limit of {max_bytes // 2**20} MB. "
            "Make it lighter, or raise the limit with --limit file_mb=N.",
        )


def check_pdf(path: Path, max_pages: int, max_megapixels: float) -> int:
    """Number of pages of the PDF at `path`, opened with pdfium.

    Raises UnreadableDocument when it is encrypted, damaged, without pages, has too many, or has a
    page of more than `max_megapixels` once drawn at 300 dots an inch.
    """
    import pypdfium2  # native: never in the process that looks at bytes only

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error.err_code) from error
    try:
        if document.get_formtype() == pypdfium2.raw.FORMTYPE_XFA_FULL:
            raise UnreadableDocument(
                "Ce PDF est un formulaire dynamique (XFA) : ses pages n'existent que dans Acrobat.",
                "Ouvrez-le dans Adobe Acrobat et imprimez-le en PDF.",
                "This PDF is a dynamic form (XFA): its pages exist in Acrobat only. Open it in "
                "Adobe Acrobat and print it as PDF.",
            )
        pages = len(document)
        if pages > max_pages:
            raise UnreadableDocument(
                f"Le PDF a {pages} pages, plus que la limite de {max_pages}.",
                "Séparez-le en plusieurs actes, ou relevez la limite avec --limit pages=N.",
                f"The PDF has {pages} pages, more than the limit of {max_pages}. Part it into "
                "several acts, or raise the limit with --limit pages=N.",
            )
        for index in range(pages):
            width, height = document.get_page_size(index)
            megapixels = width * height * RENDERING**2 / 1e6
            if not megapixels <= max_megapixels:  # also refuses NaN
                raise UnreadableDocument(
                    f"La page {index + 1} est démesurée ({width:.0f} × {height:.0f} points).",
                    "Refaites-la en A4 ou A3, ou relevez la limite avec --limit megapixels=N.",
                    f"Page {index + 1} is oversized ({width:.0f} × {height:.0f} points). Make it "
                    "again in A4 or A3, or raise the limit with --limit megapixels=N.",
                )
        return pages
    except pypdfium2.PdfiumError as error:
        raise _refusal(error.err_code) from error
    finally:
        document.close()


def _refusal(code: int | None) -> UnreadableDocument:
    import pypdfium2.raw as pdfium

    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return UnreadableDocument(
            "Le PDF est protégé par un mot de passe.",
            "Fournissez une copie sans protection.",
            "The PDF is protected by a password. Provide a copy without protection.",
        )
    return UnreadableDocument(
        "Le PDF est endommagé, ou n'a aucune page : il ne s'ouvre pas.",
        ASK_AGAIN,
        f"The PDF is damaged, or has no page: it does not open. {ASK_AGAIN_EN}",
    )
