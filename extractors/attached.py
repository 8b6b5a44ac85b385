"""Files that a PDF carries within: an annex may be one of them, and none is read."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.errors import UnreadableDocument
from extractors.pages.remarks import file_name
from pipeline.extracted import Problem

# An invoice's or a form's own data (.xml) is no annex.
DOCUMENTS = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".xlsm", ".ods", ".csv", ".ppt",
    ".pptx", ".zip", ".jpg", ".jpeg", ".png", ".tif", ".tiff",
)  # fmt: skip
ADVICE = (
    "Enregistrez-les depuis le volet « Pièces jointes » d'un lecteur de PDF, au besoin au format "
    "PDF, et réunissez l'acte et ses annexes : pdfunite acte.pdf annexe.pdf complet.pdf"
)


def attached_files(path: Path) -> list[str]:
    """The names of the documents that the PDF at `path` carries, in its order."""
    with pypdfium2.PdfDocument(path) as document:
        names = list(_names(document))
    return documents_of(names)


def documents_of(names: Iterable[str]) -> list[str]:
    """Those of `names` that are documents'."""
    return [name for name in names if PurePath(name).suffix.lower() in DOCUMENTS]


def attached(names: Sequence[str]) -> Problem:
    """What a reader has to know of files that an act carries."""
    return Problem(
        rule="attached_files",
        severity="warning",
        message=f"Le PDF porte des fichiers joints, qui ne sont pas lus ({_listed(names)}). Si une "
        f"annexe en fait partie : {ADVICE[0].lower()}{ADVICE[1:]}.",
        page=1,
        observed=_listed(names),
    )


def only_attached(names: Sequence[str]) -> UnreadableDocument:
    """Why a PDF that is no more than the cover of its files cannot be read."""
    return UnreadableDocument(
        f"Ce PDF n'est que l'enveloppe de fichiers joints ({_listed(names)}).",
        f"{ADVICE}.",
        f"This PDF is no more than a cover for attached files ({_listed(names)}). Save them from "
        "the “Attachments” pane of a PDF viewer, as PDF where they are not, and join the act and "
        "its annexes: pdfunite act.pdf annex.pdf whole.pdf.",
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)


def _names(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for i in range(pdfium.FPDFDoc_GetAttachmentCount(document.raw)):
        yield file_name(pdfium.FPDFDoc_GetAttachment(document.raw, i))
