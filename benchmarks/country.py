"""What a country costs: a cold build, one document more, linking, every named query, at any size.

python -m benchmarks.country --documents 40          # 1000 for the whole country

Documents are invented (`territories.py`). Two databases are measured: one read from PDFs, one of
46 territories × 8 years × 40 actions whose rows are written as if they had been read. An exponent
is how a time grows with size: 1 is in proportion. Prints tables; writes `benchmarks/results.json`.
"""

import argparse
import json
import math
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import chdir
from dataclasses import replace
from importlib import metadata
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

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
from pipeline.build import build, default_reference_dir
from pipeline.extract import extract, extract_files
from pipeline.ingest import ingest
from pipeline.link import link
from pipeline.load import load
from pipeline.models import (
    ExtractedArticle,
    ExtractedCell,
    ExtractedDocument,
    ExtractedRow,
    ExtractedTable,
    Fact,
    PageSummary,
    Place,
    RowKind,
)
from pipeline.normalize import normalize
from pipeline.query import named_queries, run_query
from pipeline.report import report

TERRITORIES = 46
TEN_PAGES = 66  # actions of an act of about so many pages
RESULTS = Path(__file__).with_name("results.json")
Seconds = dict[str, float]


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


def derived(folder: Path, reference: Path, jobs: int) -> Seconds:
    """Seconds of each stage after reading, on `folder/extracted`, and of each named query."""
    normalized, linked, database = folder / "normalized", folder / "linked", folder / "f.duckdb"
    seconds = {
        "normalize": timed(lambda: normalize(folder / "extracted", reference, normalized, jobs)),
        "link": timed(lambda: link(normalized, reference, linked, jobs)),
        "load": timed(lambda: load(normalized, linked, database, folder / "metrics.json")),
    }
    for named in named_queries():
        name = named.name
        seconds[f"query {name}"] = min(timed(lambda n=name: run_query(database, n)) for _ in "ab")
    return seconds


def measure_reading(documents: int, jobs: int, reference: Path, work: Path) -> dict[str, float]:
    """A cold build of `documents` PDFs, and one document more: its reading and all else."""
    whole = work / f"pdf-{documents}"
    raw, out = whole / "raw", whole / "out"
    pages = generate(whole, documents + 1, actions=TEN_PAGES) * documents / (documents + 1)
    last = sorted(raw.glob("*.pdf"))[-1]
    more = last.rename(whole / last.name)
    cold = timed(lambda: extract(raw, out / "extracted", jobs=jobs))
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    stages = timed(lambda: build(raw, out, jobs=jobs, reference_dir=reference))
    own = timed(lambda: extract_files({more.name: more}, whole / "alone", jobs=jobs))
    with chdir(whole):  # where no DVC project is
        one_more = timed(lambda: ingest(more, raw, out, jobs=jobs, reference_dir=reference))
    return {
        "documents": documents,
        "pages": pages,
        "pages a second": pages / cold,
        "read": cold,
        "stages after reading": stages,
        "one document more, its reading": own,
        "one document more, besides": one_more - own,
        "largest process, MB": worker,
    }


def measure_stages(sizes: Sequence[int], jobs: int, reference: Path, work: Path) -> list[Seconds]:
    """Stages and queries for so many territories of 8 years × 40 actions."""
    found = []
    for count in sizes:
        folder = work / f"rows-{count}"
        acts = chain.from_iterable(map(territory, range(count)))
        write_read(acts, folder / "extracted")
        found.append({"territories": float(count), **derived(folder, reference, jobs)})
    return found


def exponent(small: Seconds, large: Seconds, size: str, name: str) -> float:
    return math.log(large[name] / small[name]) / math.log(large[size] / small[size])


def show(measures: Sequence[Seconds], size: str) -> None:
    """A table, a line a measure and a column a size; the last column is the exponent."""
    first, last = measures[0], measures[-1]
    print("\n" + f"{size:34}" + "".join(f"{m[size]:>10.0f}" for m in measures) + f"{'growth':>10}")
    for name in first:
        if name != size:
            grown = exponent(first, last, size, name) if len(measures) > 1 else math.nan
            print(f"{name:34}" + "".join(f"{m[name]:>10.3f}" for m in measures) + f"{grown:>10.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=40, help="PDFs to read; 0: none")
    parser.add_argument("--territories", type=int, default=TERRITORIES)
    parser.add_argument(
        "--crowd", type=int, default=10_000, help="actions of one exercise; 0: none"
    )
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--reports", action="store_true", help="write the pages of the report too")
    parser.add_argument("--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    reference = default_reference_dir().absolute()
    results: dict[str, Any] = {
        "machine": f"{platform.machine()}, {platform.system()}, {given.jobs} processes",
        "versions": {"python": sys.version.split()[0]}
        | {name: metadata.version(name) for name in ("duckdb", "pdfplumber", "camelot-py")},
    }
    print(results["machine"], results["versions"])
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        sizes = [max(1, given.territories // 4), given.territories]
        results["stages"] = measure_stages(sizes, given.jobs, reference, work)
        show(results["stages"], "territories")
        if given.reports:
            database = work / f"rows-{given.territories}/f.duckdb"
            results["report"] = timed(lambda: report(database, work, work / "report"))
            print(f"{'report':34}{results['report']:>20.3f}")
        if given.crowd:
            results["crowd"] = [
                crowd(size, reference, work) for size in (given.crowd // 4, given.crowd)
            ]
            show(results["crowd"], "actions")
        if given.documents:
            sizes = [max(1, given.documents // 4), given.documents]
            results["reading"] = [measure_reading(n, given.jobs, reference, work) for n in sizes]
            show(results["reading"], "documents")
    given.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def crowd(actions: int, reference: Path, work: Path) -> Seconds:
    """Linking two exercises of one territory with so many actions each."""
    folder = work / f"crowd-{actions}"
    write_read(crowded(actions), folder / "extracted")
    normalize(folder / "extracted", reference, folder / "normalized")
    seconds = timed(lambda: link(folder / "normalized", reference, folder / "linked"))
    return {"actions": float(actions), "link": seconds}


if __name__ == "__main__":
    main()
