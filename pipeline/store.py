"""Files between stages: sorted Parquet for records, JSON for documents; every write is atomic."""

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
from pipeline.models import Record

if TYPE_CHECKING:
    import pyarrow as pa

FOLDERS = "folders.json"  # those that hold the tables of a stage, a territory each


R = TypeVar("R", bound=Record)


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


def table_name(model: type[Record]) -> str:
    """Name of the table that holds `model`, in snake_case unless the model names it itself."""
    given = getattr(model, "table_name", None)
    if isinstance(given, str):
        return given
    name = model.__name__
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def arrow_schema(model: type[Record]) -> "pa.Schema":
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
    return True


def write_records(records: Iterable[R], model: type[R], directory: Path) -> None:
    """Write `records` to `<directory>/<table>.parquet`, sorted: equal input gives equal bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [r.model_dump() for r in records]
    keys = (*model.primary_key, *(f for f in model.model_fields if f not in model.primary_key))
    rows.sort(
        key=lambda row: [(row[k] is not None, "" if row[k] is None else row[k]) for k in keys]
    )
    with atomic(directory / f"{table_name(model)}.parquet") as path:
        pq.write_table(pa.Table.from_pylist(rows, schema=arrow_schema(model)), path)


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


def table_files(model: type[Record], directory: Path) -> list[Path]:
    """The files of a table, a territory each; none is an empty table."""
    files = (folder / f"{table_name(model)}.parquet" for folder in table_folders(directory))
    return [file for file in files if file.exists()]


def read_records(model: type[R], directory: Path) -> list[R]:
    """Records of a table of `directory`, territory after territory."""
    import pyarrow.parquet as pq

    return [
        model.model_validate(row)
        for file in table_files(model, directory)
        for row in pq.read_table(file).to_pylist()
    ]


def write_text(text: str, path: Path) -> None:
    """Write a UTF-8 text file atomically."""
    with atomic(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
