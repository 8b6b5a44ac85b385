"""Files that are not on this machine: those behind any URL that fsspec opens (`s3://…`, `gs://…`,
`https://…`, `file://…`). Keys and addresses of a store are set where fsspec looks for them:
variables of the environment, or its files of configuration."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from pipeline.errors import DISK_FULL, FiliationError

EXTRAS = {"https": "http"}  # of fsspec, where its name is not the URL's scheme


def is_url(text: str) -> bool:
    """Is `text` a URL, and no path? `Path` makes "s3:/" of "s3://"."""
    return bool(re.match(r"[a-z][a-z0-9+.-]+:/", text))


def find_pdfs(url: str) -> dict[str, str]:
    """Every `*.pdf` under `url` (any letter case, subfolders included): its URL, by relative name.

    Raises FiliationError when `url` cannot be listed.
    """
    with _reached(url) as (store, root):
        root = root.rstrip("/")
        store.ls(root)  # which says what `find` leaves unsaid: no such folder, no answer
        return {
            path.removeprefix(root).lstrip("/"): store.unstrip_protocol(path)
            for path in sorted(store.find(root))
            if path.lower().endswith(".pdf")
        }


def size_of(url: str) -> int:
    """Bytes of the file at `url`, or 1 where its store does not tell; raises FiliationError."""
    with _reached(url) as (store, path):
        size = store.info(path).get("size")
    return 1 if size is None else int(size)


def fetch(url: str, path: Path) -> Path:
    """Copy the file at `url` to `path`, and return it; raises FiliationError when it cannot be had,
    OSError when `path` cannot be written."""
    with _reached(url) as (store, source):
        store.get_file(source, str(path))
    return path


def send(path: Path, url: str) -> None:
    """Copy the file at `path` to `url`; raises FiliationError when it cannot be put there."""
    with _reached(url) as (store, target):
        store.put_file(str(path), target)


def count_try(url: str) -> int:
    """How many times this has been asked for `url`, this time included."""
    with _reached(url) as (store, path):
        store.invalidate_cache()
        count = 1
        while store.exists(f"{path}.{count}"):
            count += 1
        store.pipe_file(f"{path}.{count}", b".")
    return count


@contextmanager
def scratch(place: str, prefix: str) -> Iterator[str]:
    """The URL of a new folder under `place`, a URL or a path, removed in the end; raises
    FiliationError when none can be made."""
    url = place if is_url(place) else Path(place).absolute().as_uri()
    with _reached(f"{url.rstrip('/')}/{prefix}{uuid4().hex}") as (store, folder):
        store.makedirs(folder, exist_ok=True)
    try:
        yield store.unstrip_protocol(folder)
    finally:
        with suppress(FileNotFoundError), _reached(url) as (store, _):
            store.rm(folder, recursive=True)


@contextmanager
def _reached(url: str) -> Iterator[tuple[Any, str]]:
    """The file system of `url`, and the path in it; what goes wrong there is said for people."""
    scheme = url.partition("://")[0]
    try:
        from fsspec.core import url_to_fs

        yield url_to_fs(url)
    except FiliationError:
        raise
    except ImportError as error:
        install = f"pip install 'fsspec[{EXTRAS.get(scheme, scheme)}]'"
        raise FiliationError(
            f"{url} : il manque de quoi ouvrir {scheme}:// ({error}). Installez-le : {install}",
            f"{url}: what opens {scheme}:// is missing ({error}). Install it: {install}",
        ) from error
    except FileNotFoundError as error:
        raise FiliationError(
            f"{url} n'existe pas : vérifiez l'adresse.",
            f"{url} does not exist: check the address.",
        ) from error
    except Exception as error:  # each store raises its own
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            raise
        why = " ".join(f"{type(error).__name__} : {error}".split())
        raise FiliationError(
            f"{url} ne peut être lu ou écrit ({why}) : vérifiez l'adresse, les clés et les droits.",
            f"{url} cannot be read or written ({why}): check the address, the keys, the rights.",
        ) from error
