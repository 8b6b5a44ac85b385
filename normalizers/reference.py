"""Reference tables: CSV files that people edit, read with a clear word on what is wrong in them."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from normalizers.terms import fold

SEPARATORS = ",;"
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
    """The rows of a CSV with at least `columns`, cells trimmed; cells missing at its end are empty,
    and a row of empty cells is none.

    A file that a French Excel has saved is read, too: semicolons, Windows' letters. Raises
    MalformedError that names the file and what it lacks, or the line with a cell too many.
    """
    text = _decoded(path.read_bytes())
    head = text.partition("\n")[0]
    delimiter = max(SEPARATORS, key=head.count)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    if missing := ", ".join(sorted(set(columns) - set(reader.fieldnames or ()))):
        raise MalformedError(path, 1, f"colonne absente : {missing}", f"column missing: {missing}")
    rows = (
        {name: (cell or "").strip() for name, cell in _whole(row, path, reader).items()}
        for row in reader
    )
    return [row for row in rows if any(row.values())]


def _decoded(content: bytes) -> str:
    """The text of a file in UTF-8, else as Windows writes French."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _whole(row: dict[str, str], path: Path, reader: "csv.DictReader[str]") -> dict[str, str]:
    """`row`, unless a separator within a text parted it."""
    if None in row:
        mark = reader.reader.dialect.delimiter
        raise MalformedError(
            path,
            reader.line_num,
            f"une cellule de trop ; un texte qui contient « {mark} » s'écrit entre guillemets",
            f"a cell too many; a text with “{mark}” in it stands between quotation marks",
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
