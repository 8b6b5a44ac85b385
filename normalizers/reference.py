"""Reference tables: CSV files that people edit, read with a clear word on what is wrong in them."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path


class MalformedError(ValueError):
    """What is wrong in a reference table, and where; `said` in French and in English."""

    def __init__(self, path: Path, line: int | None, french: str, english: str) -> None:
        place = ("", "") if line is None else (f", ligne {line}", f", line {line}")
        self.said = (
            f"{path.name}{place[0]} : {french}. Corrigez ce fichier de référence.",
            f"{path.name}{place[1]}: {english}. Correct this reference file.",
        )
        super().__init__(self.said[0])


def read_rows(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a CSV with at least `columns`, cells trimmed.

    Raises MalformedError that names the file and what it lacks.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := ", ".join(sorted(set(columns) - set(reader.fieldnames or ()))):
            raise MalformedError(
                path, 1, f"colonne absente : {missing}", f"column missing: {missing}"
            )
        return [{k: (v or "").strip() for k, v in row.items() if k} for row in reader]


def pattern(text: str, path: Path, line: int) -> re.Pattern[str]:
    """`text` compiled; raises MalformedError when it is no regular expression."""
    try:
        return re.compile(text)
    except re.error as error:
        raise MalformedError(
            path, line, f"motif illisible ({error})", f"no regular expression ({error})"
        ) from error
