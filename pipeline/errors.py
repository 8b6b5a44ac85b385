"""Errors for people."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from normalizers.reference import MalformedError
from pipeline.language import said

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # or a quota reached


class FiliationError(Exception):
    """What is wrong, where, and what to do, in one line of French and one of English; the command
    shows the line of the language spoken and ends with code 1."""

    def __init__(self, french: str, english: str) -> None:
        super().__init__(french, english)
        self.french, self.english = french, english

    def __str__(self) -> str:
        return said(self.french, self.english)


def check_folder(
    folder: Path,
    french: str = "celui que l'étape précédente a écrit",
    english: str = "the one that the stage before wrote",
) -> None:
    """Raises FiliationError, with the words for what is asked, unless `folder` is one."""
    if not folder.is_dir():
        raise FiliationError(
            f"{folder} n'est pas un dossier : donnez {french}.",
            f"{folder} is not a folder: give {english}.",
        )


def is_dvc_project() -> bool:
    """Does DVC run the stages in the working folder?"""
    return Path(".dvc").is_dir() and Path("dvc.yaml").is_file()


def rerun() -> str:
    """The command that brings a database up to date, here."""
    return "dvc repro" if is_dvc_project() else "filiation build"


@contextmanager
def reference_explained() -> Iterator[None]:
    """What is wrong in a reference table becomes an error for people."""
    try:
        yield
    except MalformedError as error:
        raise FiliationError(*error.said) from error


def explained(error: Exception) -> str:
    """What went wrong and what to do, in one line of the language spoken."""
    if isinstance(error, FiliationError):
        return str(error)
    if isinstance(error, OSError):
        where = error.filename or "?"
        if error.errno in DISK_FULL:
            return said(
                f"Disque plein ({where}) : libérez de la place et recommencez.",
                f"Disk full ({where}): make room and start again.",
            )
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return said(
                f"Écriture refusée dans {where} : choisissez un dossier à vous.",
                f"Not allowed to write in {where}: choose a folder of your own.",
            )
        if isinstance(error, FileNotFoundError):
            return said(
                f"Il n'y a rien sous le nom {where} : vérifiez le chemin.",
                f"There is nothing named {where}: check the path.",
            )
        if isinstance(error, IsADirectoryError | NotADirectoryError | FileExistsError):
            return said(
                f"{where} n'est pas de la sorte attendue : un fichier pour un dossier, ou "
                "l'inverse.",
                f"{where} is not of the kind expected: a file for a folder, or the reverse.",
            )
        reason = error.strerror or error
        return said(
            f"Lecture ou écriture impossible : {where} ({reason}).",
            f"Cannot read or write: {where} ({reason}).",
        )
    line = f"({type(error).__name__}) : {' '.join(str(error).split())}"
    return said(
        f"Erreur inattendue {line} — détail : FILIATION_DEBUG=1.",
        f"Unexpected error {line} — details: FILIATION_DEBUG=1.",
    )
