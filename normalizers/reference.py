"""Reference tables: CSV files that people edit, read with a clear word on what is wrong in them."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path


def read_rows(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a CSV with at least `columns`, cells trimmed.

    Raises ValueError that names the file and what it lacks.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(columns) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name} : colonne absente : {', '.join(sorted(missing))}")
        return [{k: (v or "").strip() for k, v in row.items() if k} for row in reader]


def pattern(text: str, path: Path, line: int) -> re.Pattern[str]:
    """`text` compiled; raises ValueError with file and line when it is no regular expression."""
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"{path.name}, ligne {line} : motif illisible ({error})") from error
