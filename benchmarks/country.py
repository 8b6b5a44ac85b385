"""What a country costs: a cold build, one document more, linking, every named query, at any size.

python -m benchmarks.country --documents 40                      # 1000 for the whole country
python -m benchmarks.country --documents 1000 --work FOLDER      # what it drew and read stays there

Documents are invented (`territories.py`). Two databases are measured: one read from PDFs, one of
46 territories × 8 years × 40 actions whose rows are written as if they had been read. Each stage
has its seconds on the clock, its seconds of processor and the largest memory of one process; a
query has the time to its first rows and to its last, both from opening the database on. An
exponent is how a figure grows with size: 1 is in proportion. Prints tables; writes
`benchmarks/results.json`.

A run in `--work FOLDER` goes on from the documents that are there; `--as-read` takes those that
other code read as if by this one. `FOLDER/pdf-1000` holds `raw`, `out/extracted`, and the document
more.
"""

import argparse
import json
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import metadata
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import psutil

from benchmarks.territories import (
    ACTIONS,
    YEARS,
    Act,
    Territory,
    generate,
    invent_acts,
    invent_territory,
    table_of,
)
from pipeline.build import DATABASE, METRICS, reference_folder
from pipeline.extract import extractor_version
from pipeline.extracted import (
    ExtractedArticle,
    ExtractedCell,
    ExtractedDocument,
    ExtractedRow,
    ExtractedTable,
    Fact,
    PageSummary,
    Place,
)
from pipeline.kinds import RowKind
from pipeline.link import link
from pipeline.load import load
from pipeline.normalize import normalize
from pipeline.query import answer, named_queries
from pipeline.report import report
from pipeline.store import write_text

TERRITORIES = 46
TEN_PAGES = 66  # actions of an act of about so many pages
RESULTS = Path(__file__).with_name("results.json")
SAMPLED = 0.1  # seconds between two looks at the processes
FIRST_ROWS = 100
READ_BY = re.compile(r'"extractor_version": ?"[^"]*"')
Figures = dict[str, float]  # seconds, but for megabytes and counts, which their names tell


def as_read(act: Act) -> ExtractedDocument:
    """`act` as a reader without any error would give it."""
    territory, year = act.territory, int(act.exercise[:4])
    place = Place(page=1, x0=50, top=50, x1=500, bottom=60)
    facts = {
        "kind": "avenant" if act.number else "convention",
        "period_start": str(territory.first_year),
        "period_end": str(territory.first_year + 3),
        "exercise": str(year),
        "signed_on": act.signed_on.isoformat(),
        "beneficiary": territory.name,
        "party.beneficiary": territory.name,
        "siret": territory.siret,
    } | ({"avenant_number": str(act.number)} if act.number else {})
    articles = [
        ExtractedArticle(
            number=str(number),
            title=title,
            parent_number=None,
            position=number,
            text=f"{title}. L'Etat apporte une subvention de {act.granted} €.",
            page_first=number,
            page_last=number,
            place=place,
        )
        for number, title in enumerate(("Objet", "Financement", "Durée", "Suivi"), 1)
    ]
    return ExtractedDocument(
        document_id=act.stem,
        filename=f"{act.stem}.pdf",
        sha256=act.stem,
        extractor_version="invented",
        page_count=10,
        pages=[
            PageSummary(
                number=page, width=595, height=842, kind="prose", characters=1,
                characters_in_tables=1,
            )
            for page in range(1, 11)
        ],
        title=f"{territory.name} {act.exercise}",
        facts=[Fact(name=k, value=v, quote=v, place=place) for k, v in facts.items()],
        articles=articles,
        tables=[table_as_read(act, annex) for annex in (1, 2)],
    )  # fmt: skip


def table_as_read(act: Act, annex: int) -> ExtractedTable:
    _, headings, rows, totals = table_of(act, annex)

    def row(rank: int, texts: Sequence[str], kind: RowKind) -> ExtractedRow:
        page, top = 5 + rank // 10, 60 + 70 * (rank % 10)
        cells = [
            ExtractedCell(
                column=column,
                text=text,
                bold=kind == "total",
                place=Place(
                    page=page, x0=50 * column, top=top, x1=50 * column + 49, bottom=top + 9
                ),
            )
            for column, text in enumerate(texts)
        ]
        return ExtractedRow(kind=kind, cells=cells)

    kinds: list[tuple[list[str], RowKind]] = [(texts, "body") for texts in rows]
    kinds += [(texts, "total") for texts in totals]
    what = "Actions financées dans le cadre de l'AMI" if annex == 1 else "Autres actions"
    return ExtractedTable(
        position=annex,
        annex=str(annex),
        title=f"Annexe {annex} – {what} pour {act.exercise}",
        columns=headings,
        rows=[row(rank, texts, kind) for rank, (texts, kind) in enumerate(kinds)],
        page_first=5,
        page_last=10,
        extractor="invented",
    )


def write_read(acts: Iterable[Act], folder: Path) -> None:
    folder.mkdir(parents=True)
    for act in acts:
        document = as_read(act)
        path = folder / f"{document.document_id}.json"
        path.write_text(document.model_dump_json(indent=1), encoding="utf-8")


def territory(index: int, actions: int = ACTIONS) -> list[Act]:
    dice = Random(f"country {index}")
    return invent_acts(invent_territory(index, dice), YEARS, actions, dice)


def crowded(actions: int) -> list[Act]:
    """Two exercises of one territory with `actions` actions each, as several territories' are."""
    many = [territory(index) for index in range(math.ceil(actions / ACTIONS))]
    here: Territory = many[0][0].territory

    def together(number: int) -> Act:
        funded = list(chain.from_iterable(acts[number].funded for acts in many))
        others = list(chain.from_iterable(acts[number].others for acts in many))
        kept = [*funded, *others][:actions]
        return replace(
            many[0][number],
            territory=here,
            funded=[a for a in kept if a.ami],
            others=[a for a in kept if not a.ami],
        )

    return [together(0), together(1)]


def timed(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@contextmanager
def gauged(name: str, figures: Figures) -> Iterator[None]:
    """Add to `figures` what the block costs: time, time of all processors, largest process.

    A process counts as it was when last looked at: the one that started it may be gone before it,
    and nobody is told then what it cost.
    """
    largest, spent, done = [0], dict[psutil.Process, float](), threading.Event()

    def look() -> None:
        own = psutil.Process()
        for process in (own, *own.children(recursive=True)):
            with suppress(psutil.Error):
                largest.append(process.memory_info().rss)
                spent[process] = sum(process.cpu_times()[:2])

    def watch() -> None:
        while not done.wait(SAMPLED):
            look()

    look()
    start, before = time.perf_counter(), sum(spent.values())
    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()
    figures[name] = time.perf_counter() - start
    look()
    figures[f"{name}, processor"] = sum(spent.values()) - before
    figures[f"{name}, MB"] = max(largest) / 2**20


def asked(database: Path, name: str) -> tuple[float, float]:
    """Figures from opening `database` to the first rows of a named query, where no more are asked
    for, and to all of them."""

    def took(limit: int | None) -> float:
        start = time.perf_counter()
        with answer(database, name, limit=limit) as found:
            for _ in found.rows:
                pass
        return time.perf_counter() - start

    return took(FIRST_ROWS), took(None)


def command(*arguments: object, here: Path | None = None) -> None:
    """Run a command of the product, as its users do. Called in this process, each of the processes
    that it starts would import this benchmark first."""
    line = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run(line, check=True, cwd=here, env=os.environ | paths, stdout=subprocess.DEVNULL)


def derived(folder: Path, reference: Path, jobs: int) -> Figures:
    """Figures of each stage after reading, on `folder/extracted`, and of each named query."""
    normalized, linked, database = folder / "normalized", folder / "linked", folder / DATABASE
    for earlier in (normalized, linked):
        shutil.rmtree(earlier, ignore_errors=True)
    database.unlink(missing_ok=True)
    settings = ("--reference", reference, "--jobs", jobs)
    figures: Figures = {}
    with gauged("normalize", figures):
        command("normalize", folder / "extracted", normalized, *settings)
    with gauged("link", figures):
        command("link", normalized, linked, *settings)
    with gauged("load", figures):
        loaded = load(normalized, linked, database, folder / METRICS)
    figures |= {"pages": loaded.pages, "actions": loaded.actions}
    for named in named_queries():
        firsts, wholes = zip(*(asked(database, named.name) for _ in "abc"), strict=True)
        figures[f"{named.name}, first rows"] = min(firsts)
        figures[f"{named.name}, whole"] = min(wholes)
    return figures


def drawn(documents: int, work: Path, jobs: int) -> Path:
    """`work/pdf-N`, with so many PDFs in `raw` and one more beside it."""
    whole = work / f"pdf-{documents}"
    if not whole.exists():
        unfinished = work / f"drawing-{documents}"
        shutil.rmtree(unfinished, ignore_errors=True)
        generate(unfinished, documents + 1, actions=TEN_PAGES, jobs=jobs)
        last = sorted((unfinished / "raw").glob("*.pdf"))[-1]
        last.rename(unfinished / last.name)
        unfinished.rename(whole)
    return whole


def part_of(whole: Path, documents: int) -> Path:
    """The first documents of `whole` and the next one beside them, in a folder of their own."""
    part = whole.with_name(f"pdf-{documents}")
    if not part.exists():
        unfinished = whole.with_name(f"drawing-{documents}")
        shutil.rmtree(unfinished, ignore_errors=True)
        (unfinished / "out/extracted").mkdir(parents=True)
        (unfinished / "raw").mkdir()
        for rank, pdf in enumerate(sorted((whole / "raw").glob("*.pdf"))[: documents + 1]):
            os.link(pdf, unfinished / ("raw" if rank < documents else "") / pdf.name)
            read = Path("out/extracted", f"{pdf.stem}.json")
            if rank < documents and (whole / read).exists():
                os.link(whole / read, unfinished / read)
        unfinished.rename(part)
    return part


def adopt(extracted: Path) -> None:
    """Take what other code read for what this one would read."""
    for path in extracted.glob("*.json"):
        text, version = path.read_text(encoding="utf-8"), extractor_version()
        write_text(READ_BY.sub(f'"extractor_version": "{version}"', text, count=1), path)


def _written(raw: Path, extracted: Path) -> set[tuple[str, int]]:
    """The documents of `raw` that are read, each with when."""
    files = (extracted / f"{pdf.stem}.json" for pdf in raw.glob("*.pdf"))
    return {(file.stem, file.stat().st_mtime_ns) for file in files if file.exists()}


def measure_reading(whole: Path, as_read: bool, jobs: int, reference: Path) -> Figures:
    """A cold build of the PDFs of `whole`, and one document more: its reading and all else."""
    raw, out = whole / "raw", whole / "out"
    (more,) = whole.glob("*.pdf")
    (raw / more.name).unlink(missing_ok=True)
    if as_read:
        adopt(out / "extracted")
    figures: Figures = {}
    before = _written(raw, out / "extracted")
    with gauged("read", figures):
        command("extract", raw, out / "extracted", "--jobs", jobs)
    read = _written(raw, out / "extracted") - before
    figures |= {"documents": len(list(raw.glob("*.pdf"))), "documents read now": len(read)}
    figures |= derived(out, reference, jobs)
    alone = whole / "alone"
    shutil.rmtree(alone, ignore_errors=True)
    (alone / "raw").mkdir(parents=True)
    os.link(more, alone / "raw" / more.name)
    with gauged("one more, its reading", figures):
        command("extract", alone / "raw", alone / "extracted", "--jobs", jobs)
    with gauged("one more, ingest", figures):
        place = ("--raw", raw, "--processed", out)
        settings = ("--reference", reference, "--jobs", jobs)
        command("ingest", more, *place, *settings, here=whole)  # where no DVC project is
    figures["one more, besides reading"] = (
        figures["one more, ingest"] - figures["one more, its reading"]
    )
    return figures


def measure_stages(sizes: Sequence[int], jobs: int, reference: Path, work: Path) -> list[Figures]:
    """Stages and queries for so many territories of 8 years × 40 actions."""
    found = []
    for count in sizes:
        folder = work / f"rows-{count}"
        shutil.rmtree(folder, ignore_errors=True)
        acts = chain.from_iterable(map(territory, range(count)))
        write_read(acts, folder / "extracted")
        found.append({"territories": float(count), **derived(folder, reference, jobs)})
    return found


def exponent(small: Figures, large: Figures, size: str, name: str) -> float:
    """How `name` grows with `size`; NaN where one of them is nothing."""
    if min(small[name], large[name]) <= 0 or small[size] == large[size]:
        return math.nan
    return math.log(large[name] / small[name]) / math.log(large[size] / small[size])


def show(measures: Sequence[Figures], size: str) -> None:
    """A table, a line a measure and a column a size; the last column is the exponent."""
    first, last = measures[0], measures[-1]
    print("\n" + f"{size:38}" + "".join(f"{m[size]:>10.0f}" for m in measures) + f"{'growth':>10}")
    for name in first:
        if name != size:
            grown = exponent(first, last, size, name) if len(measures) > 1 else math.nan
            print(f"{name:38}" + "".join(f"{m[name]:>10.3f}" for m in measures) + f"{grown:>10.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=40, help="PDFs to read; 0: none")
    parser.add_argument("--territories", type=int, default=TERRITORIES, help="0: none")
    parser.add_argument(
        "--crowd", type=int, default=10_000, help="actions of one exercise; 0: none"
    )
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--reports", action="store_true", help="write the pages of the report too")
    parser.add_argument("--work", type=Path, help="folder of an earlier run to go on with")
    parser.add_argument(
        "--as-read",
        action="store_true",
        help="documents there that other code read need no reading",
    )
    parser.add_argument("--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    reference = reference_folder().absolute()
    results: dict[str, Any] = {
        "machine": f"{platform.machine()}, {platform.system()}, {given.jobs} processes",
        "versions": {"python": sys.version.split()[0]}
        | {name: metadata.version(name) for name in ("duckdb", "pdfplumber", "camelot-py")},
    }
    print(results["machine"], results["versions"])
    with tempfile.TemporaryDirectory() as scratch:
        work = (given.work or Path(scratch)).absolute()
        work.mkdir(parents=True, exist_ok=True)
        if given.territories:
            sizes = [max(1, given.territories // 4), given.territories]
            results["stages"] = measure_stages(sizes, given.jobs, reference, work)
            show(results["stages"], "territories")
        if given.reports:
            database = work / f"rows-{given.territories}" / DATABASE
            results["report"] = timed(lambda: report(database, work, work / "report"))
            print(f"{'report':34}{results['report']:>20.3f}")
        if given.crowd:
            results["crowd"] = [
                crowd(size, reference, work) for size in (given.crowd // 4, given.crowd)
            ]
            show(results["crowd"], "actions")
        if given.documents:
            whole = drawn(given.documents, work, given.jobs)
            results["reading"] = [
                measure_reading(folder, given.as_read, given.jobs, reference)
                for folder in (part_of(whole, max(1, given.documents // 4)), whole)
            ]
            show(results["reading"], "documents")
    given.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def crowd(actions: int, reference: Path, work: Path) -> Figures:
    """Linking two exercises of one territory with so many actions each."""
    folder = work / f"crowd-{actions}"
    shutil.rmtree(folder, ignore_errors=True)
    write_read(crowded(actions), folder / "extracted")
    normalize(folder / "extracted", reference, folder / "normalized")
    seconds = timed(lambda: link(folder / "normalized", reference, folder / "linked"))
    return {"actions": float(actions), "link": seconds}


if __name__ == "__main__":
    main()
