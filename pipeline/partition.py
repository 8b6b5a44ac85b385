"""Tables in a folder a territory: computed where something changed, put in place all at once.

A folder's name ends in the hash of all that its tables are made from, so what is in it never
changes; `sha256` in it tells whether it is whole. The list of the folders that count is written
last: killed anywhere, a stage leaves the tables of before, and what it has computed stays.
"""

import hashlib
import json
import multiprocessing
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import normalizers
import pipeline
from pipeline.errors import FiliationError
from pipeline.models import TABLES
from pipeline.names import known_sha256_of, slug, version_of_code
from pipeline.store import (
    FOLDERS,
    atomic_folder,
    is_forgotten,
    table_folders,
    table_name,
    write_text,
)

NAMED = re.compile(r"\.?[a-z0-9-]+-[0-9a-f]{16}(\.|$)")  # of a territory, or its draft
WHOLE = "sha256"  # of the tables beside it
JUDGEMENTS = "judgements.csv"
LIBRARIES = ("numpy", "pyarrow", "pydantic", "rapidfuzz")


@dataclass(frozen=True, slots=True)
class Folder:
    """The tables of one territory. `write` puts them into a folder, the same bytes whenever
    `made_from` is the same, in this process or in another one."""

    territory: str
    made_from: tuple[str, ...]
    write: Callable[[Path], None]
    size: int = 0  # how long it takes, in any unit

    @property
    def name(self) -> str:
        """The folder's name: the territory and the key."""
        key = hashlib.sha256("\n".join((self.territory, *self.made_from)).encode()).hexdigest()
        return f"{slug(self.territory)[:60]}-{key[:16]}"


@dataclass(frozen=True, slots=True)
class FoldersReport:
    """Territories computed now and those unchanged since last time."""

    computed: tuple[str, ...]
    unchanged: tuple[str, ...]


def write_folders(folders: Iterable[Folder], out_dir: Path, jobs: int) -> FoldersReport:
    """Make `out_dir` hold just `folders`, computed by `jobs` processes where they are not there.

    Raises FiliationError when a process dies, and what `write` raises.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    wanted = {folder.name: folder for folder in folders}
    stale = [folder for name, folder in wanted.items() if not _is_whole(out_dir / name)]
    _write_all(sorted(stale, key=lambda folder: -folder.size), out_dir, jobs)
    write_text(json.dumps(list(wanted), indent=1) + "\n", out_dir / FOLDERS)
    remove_others(out_dir)
    computed = tuple(folder.territory for folder in stale)
    every = (folder.territory for folder in wanted.values())
    return FoldersReport(computed, tuple(name for name in every if name not in computed))


def remove_others(out_dir: Path) -> None:
    """Remove what stages wrote to `out_dir` and does not count any more."""
    wanted = {folder.name for folder in table_folders(out_dir)}
    for path in list(out_dir.iterdir()):
        ours = path.is_dir() and NAMED.match(path.name) and path.name not in wanted
        if ours and (not path.name.startswith(".") or is_forgotten(path)):
            _remove(path)
    for model in TABLES:  # where all territories stood together before
        (out_dir / f"{table_name(model)}.parquet").unlink(missing_ok=True)


def _is_whole(folder: Path) -> bool:
    """Are the tables of `folder` all there, as they were written?"""
    try:
        return (folder / WHOLE).read_text(encoding="utf-8") == hash_of(folder.glob("*.parquet"))
    except FileNotFoundError:
        return False


def _remove(folder: Path) -> None:
    """Remove a folder under another name: what a kill leaves of it counts for nothing."""
    if folder.is_symlink():
        folder.unlink()
        return
    gone = folder.with_name(f".{folder.name.lstrip('.')}.{os.getpid()}-gone")
    folder.rename(gone)
    shutil.rmtree(gone)


def _write_all(folders: Sequence[Folder], out_dir: Path, jobs: int) -> None:
    if jobs == 1 or len(folders) < 2:
        for folder in folders:
            _write(folder, out_dir)
        return
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(min(jobs, len(folders)), context, _end_with_parent) as pool:
        try:
            for done in as_completed([pool.submit(_write, one, out_dir) for one in folders]):
                done.result()
        except BrokenProcessPool as error:
            raise FiliationError(
                "Un processus s'est arrêté net, souvent faute de mémoire : recommencez avec"
                f" --jobs {jobs // 2}. Ce qui est calculé ne le sera pas deux fois.",
                "A process stopped dead, often for want of memory: start again with"
                f" --jobs {jobs // 2}. What is computed will not be computed twice.",
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _write(folder: Folder, out_dir: Path) -> None:
    place = out_dir / folder.name
    if place.is_dir():
        _remove(place)
    with atomic_folder(place) as draft:
        folder.write(draft)
        write_text(hash_of(draft.glob("*.parquet")), draft / WHOLE)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, killed for instance."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@cache
def code_version() -> str:
    """The product's version and a hash of all that decides what a territory's tables hold."""
    return version_of_code(normalizers, pipeline, libraries=LIBRARIES)


def version_of(reference_dir: Path) -> str:
    """A hash of the reference files that are of all territories."""
    return hash_of(path for path in reference_dir.rglob("*.csv") if path.name != JUDGEMENTS)


def hash_of(files: Iterable[Path]) -> str:
    """A hash of the names and contents of `files`, in whatever order."""
    lines = sorted(f"{path.name} {known_sha256_of(path)}" for path in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
