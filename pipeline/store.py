"""Files between stages: sorted Parquet for records, JSON for documents; every write is atomic."""

import ctypes
import errno
import json
import os
import re
import shutil
import types
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from glob import escape
from pathlib import Path
from tempfile import mkdtemp, mkstemp
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pipeline.errors import FiliationError

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.models import Record

EXCHANGE = {"renameat2": 2, "renameatx_np": 2}  # how Linux and macOS exchange two names
HERE = {"renameat2": -100, "renameatx_np": -2}  # what their paths are relative to
FOLDERS = "folders.json"  # those that hold the tables of a stage, a territory each


R = TypeVar("R", bound="Record")


def plain_type(annotation: Any) -> type:
    """The Python type behind a field's annotation, without Annotated, Optional or Literal."""
    if get_origin(annotation) is Annotated:
        return plain_type(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return plain_type(next(a for a in get_args(annotation) if a is not type(None)))
    if get_origin(annotation) is Literal:
        return str
    assert isinstance(annotation, type), annotation
    return annotation


def table_name(model: "type[Record]") -> str:
    """Name of the table that holds `model`, in snake_case unless the model names it itself."""
    given = getattr(model, "table_name", None)
    if isinstance(given, str):
        return given
    name = model.__name__
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def arrow_schema(model: "type[Record]") -> "pa.Schema":
    """Declared types of a table: nothing is inferred from data."""
    import pyarrow as pa

    types = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
        Decimal: pa.decimal128(14, 2),
    }
    fields = model.model_fields.items()
    return pa.schema([(name, types[plain_type(field.annotation)]) for name, field in fields])


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that replaces it when the block ends without an error.

    What a killed process left of its own is removed. An OSError on it names `path`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _forget_the_dead(path)
    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.{os.getpid()}-")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if error.filename is None or Path(error.filename) == temporary:
            error.filename = str(path)
        raise
    finally:
        temporary.unlink(missing_ok=True)
        Path(f"{temporary}.wal").unlink(missing_ok=True)  # of a database


@contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """A temporary folder beside `path` that takes its name when the block ends without an error."""
    temporary = Path(mkdtemp(dir=path.parent, prefix=f".{path.name}.{os.getpid()}-"))
    try:
        yield temporary
        temporary.chmod(0o755)
        temporary.replace(path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def exchanged_folder(path: Path) -> Iterator[Path]:
    """A copy of the folder `path`, empty where there is none, that takes its place all at once when
    the block ends without an error. Files in it must be replaced or removed, never changed.

    Raises FiliationError where a folder cannot be exchanged. An OSError names a file of `path`.
    """
    path = path.resolve()
    if Path.cwd().is_relative_to(path):
        raise _no_exchange(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _recover(path)
    draft = Path(mkdtemp(dir=path.parent, prefix=f".{path.name}.{os.getpid()}-"))
    try:
        draft.chmod(0o755)
        if path.exists():
            shutil.copytree(path, draft, True, copy_function=link_file, dirs_exist_ok=True)
        yield draft
        if path.exists():
            _exchange(draft, path)
        else:
            draft.rename(path)
    except OSError as error:
        if error.filename is not None:
            error.filename = str(error.filename).replace(str(draft), str(path))
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def link_file(source: Path | str, target: Path | str) -> None:
    """The same file under another name; a copy where the disk knows no such thing."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _exchange(draft: Path, path: Path) -> None:
    """Exchange the names of two folders: at once, or by two renames where the system cannot."""
    try:
        if not _exchange_at_once(draft, path):
            aside = path.with_name(f".{path.name}.{os.getpid()}-old")
            path.rename(aside)
            draft.rename(path)
            aside.rename(draft)
    except OSError as error:
        if error.errno in (errno.EBUSY, errno.EXDEV):
            raise _no_exchange(path) from error
        raise


def _exchange_at_once(one: Path, other: Path) -> bool:
    """False where the system has no such call, or the disk does not know it."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    name = next((name for name in EXCHANGE if hasattr(library, name)), None)
    if name is None:
        return False
    here = HERE[name]
    call = library[name]
    if call(here, os.fsencode(one), here, os.fsencode(other), EXCHANGE[name]) == 0:
        return True
    if (code := ctypes.get_errno()) in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _no_exchange(path: Path) -> FiliationError:
    return FiliationError(
        f"{path} ne peut pas être remplacé d'un coup (dossier courant ou disque monté à cet"
        " endroit) : indiquer un dossier à l'intérieur.",
        f"{path} cannot be replaced all at once (current folder, or a disk mounted there): name a"
        " folder inside it.",
    )


def _recover(path: Path) -> None:
    """Put back or remove what a killed process left of exchanging `path`."""
    for leftover in path.parent.glob(f".{escape(path.name)}.*"):
        if leftover.is_dir() and is_forgotten(leftover):
            if leftover.name.endswith("-old") and not path.exists():
                leftover.rename(path)
            else:
                shutil.rmtree(leftover)


def _forget_the_dead(path: Path) -> None:
    """Remove the temporary files for `path` whose process is gone."""
    for leftover in path.parent.glob(f".{escape(path.name)}.*"):
        if is_forgotten(leftover):
            leftover.unlink(missing_ok=True)


def is_forgotten(temporary: Path) -> bool:
    """Is the process gone that made this temporary file or folder?"""
    owner = re.search(r"\.(\d+)-\w*(\.\w+)?$", temporary.name)
    return owner is not None and not _is_alive(int(owner[1]))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        pass
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # no Linux
        return True
    return state.rpartition(")")[2].split()[:1] != ["Z"]  # ended, though nobody took note of it


def write_records(records: Iterable[R], model: type[R], directory: Path) -> None:
    """Write `records` to `<directory>/<table>.parquet`, sorted: equal input gives equal bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    keys = model.primary_key or tuple(model.model_fields)
    rows = sorted(records, key=lambda r: [_in_order(getattr(r, key)) for key in keys])
    columns = {name: [getattr(r, name) for r in rows] for name in model.model_fields}
    with atomic(directory / f"{table_name(model)}.parquet") as path:
        pq.write_table(pa.Table.from_pydict(columns, schema=arrow_schema(model)), path)


def _in_order(value: Any) -> tuple[bool, Any]:
    """Comparable with others of its column; nothing goes first."""
    return value is not None, "" if value is None else value


def table_folders(directory: Path) -> list[Path]:
    """The folders that hold the tables of `directory`, a territory each; itself where they stand
    together. Raises FiliationError when one is missing."""
    listing = directory / FOLDERS
    if not listing.exists():
        return [directory]
    folders = [directory / name for name in json.loads(listing.read_text(encoding="utf-8"))]
    for folder in folders:
        if not folder.is_dir():
            raise FiliationError(
                f"{folder} manque : relancer l'étape qui l'écrit"
                " (`dvc repro` ou `filiation build`).",
                f"{folder} is missing: run again the stage that writes it"
                " (`dvc repro` or `filiation build`).",
            )
    return folders


def table_files(model: "type[Record]", folders: Iterable[Path]) -> list[Path]:
    """The files of a table, folder after folder; none is an empty table."""
    files = (folder / f"{table_name(model)}.parquet" for folder in folders)
    return [file for file in files if file.exists()]


def read_records(model: type[R], directory: Path) -> list[R]:
    """Records of a table of `directory`, territory after territory."""
    from pyarrow.parquet import ParquetFile

    records: list[R] = []
    for path in table_files(model, table_folders(directory)):
        with ParquetFile(path) as file:
            records += map(model.model_validate, file.read().to_pylist())
    return records


def write_text(text: str, path: Path) -> None:
    """Write a UTF-8 text file atomically."""
    write_bytes(text.encode(), path)


def write_bytes(content: bytes, path: Path) -> None:
    """Write a file atomically."""
    with atomic(path) as temporary:
        temporary.write_bytes(content)
