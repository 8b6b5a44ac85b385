"""Reference tables: CSV files that people edit, read with a clear word on what is wrong in them."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from normalizers.terms import fold

NAMED = re.compile(r"\(\?&(\w+)\)")
NO_LETTER = re.compile(r"\\.|\(\?P|\s")  # of a pattern: \W, (?P<name>…)


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
    """The rows of a CSV with at least `columns`, cells trimmed; cells missing at its end are empty.

    Raises MalformedError that names the file and what it lacks, or the line with a cell too many.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, skipinitialspace=True)
        if missing := ", ".join(sorted(set(columns) - set(reader.fieldnames or ()))):
            raise MalformedError(
                path, 1, f"colonne absente : {missing}", f"column missing: {missing}"
            )
        return [
            {
                name: (cell or "").strip()
                for name, cell in _whole(row, path, reader.line_num).items()
            }
            for row in reader
        ]


def _whole(row: dict[str, str], path: Path, line: int) -> dict[str, str]:
    """`row`, unless a comma within a text parted it."""
    if None in row:
        raise MalformedError(
            path,
            line,
            "une cellule de trop ; un texte qui contient une virgule s'écrit entre guillemets",
            "a cell too many; a text with a comma in it stands between quotation marks",
        )
    return row


def read_words(path: Path, known: Mapping[str, str] = {}) -> dict[str, str]:
    """The patterns of a CSV by name, those of one name as alternatives. `(?&name)` in a pattern
    stands for those of a name above it, or `known`."""
    found: dict[str, list[str]] = defaultdict(list)
    for line, row in enumerate(read_rows(path, ("name", "pattern")), 2):
        above = {name: "|".join(some) for name, some in found.items()}
        spelt = spelt_out(row["pattern"], {**known, **above})
        pattern(spelt, path, line)
        found[row["name"]].append(spelt)
    return {name: "|".join(some) for name, some in found.items()}


def spelt_out(text: str, words: Mapping[str, str]) -> str:
    """`text` of a pattern with each `(?&name)` as what `words` say it is, if they do."""
    return NAMED.sub(lambda m: f"(?:{words[m[1]]})" if m[1] in words else m[0], text)


def pattern(text: str, path: Path, line: int) -> re.Pattern[str]:
    """`text` compiled; raises MalformedError when it is no regular expression."""
    try:
        return re.compile(text)
    except re.error as error:
        raise MalformedError(
            path, line, f"motif illisible ({error})", f"no regular expression ({error})"
        ) from error


def folded_pattern(text: str, path: Path, line: int) -> re.Pattern[str]:
    """`text` compiled, to be looked for in folded text; raises MalformedError where a sign in it
    is never found there: 'gelée', 'Suspendu'."""
    if odd := " ".join(sorted({sign for sign in NO_LETTER.sub("", text) if fold(sign) != sign})):
        raise MalformedError(
            path,
            line,
            f"« {odd} » ne se trouve jamais : le texte comparé est en minuscules sans accents",
            f"{odd} is never found: the text compared is in lower case without accents",
        )
    return pattern(text, path, line)
