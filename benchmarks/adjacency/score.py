"""Pairs of neighbouring cells that readers find: the measure of ICDAR-2013, on made documents.

    python benchmarks/adjacency/make.py FOLDER     # once
    python benchmarks/adjacency/score.py FOLDER [--half look] [--readers filiation,…] [--each]

A pair is two texts and a direction: a cell and the next that is not empty, to the right or below.
Tables are found by the reader itself, so one that is none costs precision. F1 per document, then
their mean. A document without tables counts 1 when nothing is found in it, else 0.
"""

import argparse
import json
import logging
import re
import sys
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
UNSAID = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Cell:
    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


Table = list[Cell]
Pairs = Counter[tuple[str, str, str]]


def normal(text: str) -> str:
    """`text` without blanks and marks, unless it is nothing else."""
    text = unicodedata.normalize("NFKC", text).lower()
    return UNSAID.sub("", text) or "".join(text.split())


def pairs(tables: Iterable[Table]) -> Pairs:
    found: Pairs = Counter()
    for table in tables:
        at = {
            (r, c): i
            for i, cell in enumerate(table)
            if normal(cell.text)
            for r in range(cell.row, cell.row + cell.rows)
            for c in range(cell.column, cell.column + cell.columns)
        }
        for direction, order in (("right", sorted(at)), ("below", sorted(at, key=_by_column))):
            line = 0 if direction == "right" else 1
            neighbours = {
                (at[a], at[b]) for a, b in pairwise(order) if a[line] == b[line] and at[a] != at[b]
            }
            found.update(
                (normal(table[a].text), normal(table[b].text), direction) for a, b in neighbours
            )
    return found


def _by_column(place: tuple[int, int]) -> tuple[int, int]:
    return place[1], place[0]


def score(found: Pairs, true: Pairs) -> tuple[float, float, float]:
    """(precision, recall, F1)"""
    if not true:
        return (1.0, 1.0, 1.0) if not found else (0.0, 1.0, 0.0)
    hits = (found & true).total()
    precision, recall = hits / max(found.total(), 1), hits / true.total()
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


# --- readers -------------------------------------------------------------------------------------


def filiation(path: Path) -> list[Table]:
    from extractors import document as reader

    reader.with_second_opinion = lambda path, pages, grids, furniture: grids  # changes no text
    return [list(_cells(table)) for table in reader.read_document(path).tables]


def _cells(table: object) -> Iterator[Cell]:
    lines = [*table.head, *(row.cells for row in table.rows)]  # type: ignore[attr-defined]
    seen = set()
    for r, line in enumerate(lines):
        for cell in line:
            if cell.place not in seen:
                seen.add(cell.place)
                rows = sum(any(c.place == cell.place for c in other) for other in lines[r:])
                yield Cell(cell.text, r, cell.column, rows, cell.spans_columns)


def camelot(path: Path, flavor: str, **options: str) -> list[Table]:
    import camelot as reader

    logging.getLogger("camelot").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tables = reader.read_pdf(str(path), pages="all", flavor=flavor, **options)
        except Exception as error:
            print(f"camelot {flavor}: {path.name}: {error!r}", file=sys.stderr)
            return []
    return [_listed(table.df.to_numpy().tolist()) for table in tables]


def lattice(path: Path) -> list[Table]:
    return camelot(path, "lattice")


def stream(path: Path) -> list[Table]:
    return camelot(path, "stream")


def hybrid(path: Path) -> list[Table]:
    return camelot(path, "hybrid")


def auto(path: Path) -> list[Table]:
    return camelot(path, "auto")


def pdfplumber(path: Path) -> list[Table]:
    import pdfplumber as reader

    with reader.open(path) as document:
        return [_listed(table) for page in document.pages for table in page.extract_tables()]


def _listed(rows: list[list[str | None]]) -> Table:
    return [Cell(t or "", r, c) for r, row in enumerate(rows) for c, t in enumerate(row)]


READERS: dict[str, Callable[[Path], list[Table]]] = {
    f.__name__: f for f in (filiation, lattice, stream, hybrid, auto, pdfplumber)
}


def measured(name: str, truth: Path) -> tuple[float, float, float]:
    known = json.loads(truth.read_text(encoding="utf-8"))["tables"]
    found = pairs(READERS[name](truth.with_suffix(".pdf")))
    return score(found, pairs([Cell(*cell) for cell in table] for table in known))


# --- report --------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="PDFs, each with its truth in a .json")
    parser.add_argument("--half", default="", help="only documents whose name starts so")
    parser.add_argument("--readers", default=",".join(READERS))
    parser.add_argument("--each", action="store_true", help="also a line for each document")
    options = parser.parse_args()
    truths = sorted(options.folder.glob(f"{options.half}*.json"))
    groups = {path.stem: _groups(path) for path in truths}
    names = options.readers.split(",")
    scores: dict[str, dict[str, tuple[float, float, float]]] = {}
    with ProcessPoolExecutor(2) as pool:
        for name in names:
            results = pool.map(measured, [name] * len(truths), truths)
            scores[name] = dict(zip(groups, results, strict=True))
    if options.each:
        for stem, some in groups.items():
            line = "".join(f"{'/'.join(f'{v:.2f}' for v in scores[n][stem]):>17}" for n in names)
            print(f"{stem:24}{' '.join(some[1:]):42}{line}")
    print(f"{'F1, mean of documents':32}{'docs':>5}" + "".join(f"{name:>12}" for name in names))
    for group in dict.fromkeys(g for some in groups.values() for g in some):
        stems = [stem for stem, some in groups.items() if group in some]
        means = (sum(scores[n][s][2] for s in stems) / len(stems) for n in names)
        print(f"{group:32}{len(stems):5}" + "".join(f"{mean:12.3f}" for mean in means))


def _groups(truth: Path) -> list[str]:
    """The groups of documents that one belongs to."""
    known = json.loads(truth.read_text(encoding="utf-8"))
    half, _, engine = truth.stem.split("-")
    if not known["tables"]:
        return [f"{half}: no table at all"]
    return [
        f"{half}: with tables",
        f"style {known['style']}",
        f"layout {known['layout']}",
        f"engine {engine}",
    ]


if __name__ == "__main__":
    main()
