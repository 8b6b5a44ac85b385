"""Names: files found in a folder, and the document ids made from them."""

import hashlib
import os
import re
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import TypeVar

import pipeline

LONGEST_ID = 80
SETTLED = 10**9  # nanoseconds in which the clock of any file system that counts changes moves on
DOCUMENTS = (
    ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".xlsm", ".ods", ".jpg", ".jpeg", ".png",
    ".tif", ".tiff", ".zip", ".p7m", ".msg", ".eml",
)  # fmt: skip
LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
SEPARATORS = re.compile(r"[^a-z0-9]+")

Seen = TypeVar("Seen")


def find_pdfs(folder: Path) -> dict[str, Path]:
    r"""Every `*.pdf` under `folder` (any letter case, subfolders included), by relative name;
    bytes of a name that are no UTF-8 are shown as \xNN.

    Links to files are listed, links to folders are not followed. A folder that cannot be opened
    stands for the documents that it may hold.
    """
    return {
        _shown(p.relative_to(folder)): p
        for p in sorted(folder.rglob("*"))
        if (
            not os.access(p, os.R_OK | os.X_OK)
            if p.is_dir() and not p.is_symlink()
            else p.suffix.lower() == ".pdf"
        )
    }


def find_others(folder: Path) -> list[str]:
    """The documents under `folder` that are no PDF, by relative name: an annex may be one."""
    return [
        _shown(p.relative_to(folder))
        for p in sorted(folder.rglob("*"))
        if p.suffix.lower() in DOCUMENTS and p.is_file()
    ]


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def slug(text: str) -> str:
    """Lower-case ASCII letters and digits joined by '-'; '' where `text` has none."""
    spelt_out = text.translate(LIGATURES)
    letters = (c for c in unicodedata.normalize("NFKD", spelt_out) if not unicodedata.combining(c))
    return SEPARATORS.sub("-", "".join(letters).lower()).strip("-")


def document_ids(filenames: Iterable[str], reserved: Iterable[str] = ()) -> dict[str, str]:
    """A document id for each file name: the slug of the name, without folder and extension.

    Where names share a slug (letter case, punctuation, subfolders), only one that is its own slug
    keeps it; the others, like very long or unprintable names, end in a hash of the whole name.
    So an id does not depend on the order of the files.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for filename in filenames:
        groups[slug(PurePosixPath(filename).stem)].append(filename)
    kept_back = set(reserved)
    ids = {}
    for wanted, names in groups.items():
        for name in names:
            alone = len(names) == 1 or name == f"{wanted}.pdf"
            if alone and 0 < len(wanted) <= LONGEST_ID and wanted not in kept_back:
                ids[name] = wanted
            else:
                digest = hashlib.sha256(name.encode()).hexdigest()[:8]
                ids[name] = f"{wanted[:LONGEST_ID].strip('-') or 'document'}-{digest}"
    return ids


def id_behind(document_id: str, page: int) -> str:
    """The document id of an act that begins on `page` of the file of another act; no slug of a file
    name is like it."""
    return f"{document_id}--page-{page}"


def sha256_of(path: Path) -> str:
    """Hash of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def version_of_code(
    *packages: ModuleType, files: Iterable[Path] = (), libraries: Sequence[str]
) -> str:
    """The product's version and a hash of `packages`, `files` and the versions of `libraries`."""
    from importlib import metadata  # slow to load

    digest = hashlib.sha256()
    sources = (sorted(Path(package.__path__[0]).rglob("*.py")) for package in packages)
    for source in chain(*sources, files):
        digest.update(source.read_bytes())
    digest.update("".join(f"{name} {metadata.version(name)}\n" for name in libraries).encode())
    return f"{pipeline.__version__}+{digest.hexdigest()[:12]}"


def remembered(look: Callable[[Path], Seen]) -> Callable[[Path], Seen]:
    """`look` at a file, once a process as long as nobody touches it. The time of the last change
    cannot be set back; where it is that of a moment ago, another change may have the same."""

    @cache
    def known(path: Path, state: tuple[int, ...]) -> Seen:
        return look(path)

    def seen(path: Path) -> Seen:
        state = path.stat()
        if time.time_ns() - state.st_ctime_ns < SETTLED:
            return look(path)
        return known(path, (state.st_dev, state.st_ino, state.st_size, state.st_ctime_ns))

    return seen


known_sha256_of = remembered(sha256_of)
