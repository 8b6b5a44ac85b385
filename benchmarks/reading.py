"""What it costs to read documents: Filiation beside camelot, pdfplumber and pdfium alone.

*Cold* is what a user waits for, from the start of the process, imports and results on disk
included: `extract(jobs=2)` of this product, beside `camelot.read_pdf(path, pages="all",
flavor="lattice")`, one document after the other as its users call it, and over two processes.
*Warm* are processes that have read the first document before: what a document of a long run costs.
pdfium only looks up each character and its box: nothing reads in less.

CPU seconds are those of all processes; they hardly depend on what else the machine does, seconds
passed do. Memory is that of the largest process. What is made once a machine (byte code, the
unpacked French lexicon) stands ready from the second run on: run it twice.

python -m benchmarks.reading [FILE.pdf …]      # by default the AMP documents of data/raw
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import forkserver
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PROCESSES = 2


class Cost(NamedTuple):
    passed: float  # seconds
    cpu: float  # seconds, of all processes
    memory: float  # MB, of the largest process


def filiation(path: Path) -> None:
    import extractors.document
    import extractors.preload  # what its processes are forked from
    from normalizers.privacy import without_contacts

    without_contacts(extractors.document.read_document(path)).model_dump_json(indent=1)


def camelot(path: Path) -> None:
    import camelot

    camelot.read_pdf(str(path), pages="all", flavor="lattice")


def pdfplumber(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.find_tables()
            page.extract_text()
            page.close()


def pdfium(path: Path) -> None:
    import pypdfium2
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for i in range(text.count_chars()):
                pdfium.FPDFText_GetUnicode(text, i)
                pdfium.FPDFText_GetLooseCharBox(text, i, box)
            text.close()
            page.close()


def product(paths: Sequence[Path]) -> None:
    """As `filiation extract` reads a folder."""
    from pipeline.extract import extract_files

    with TemporaryDirectory() as out:
        report = extract_files({path.name: path for path in paths}, Path(out), jobs=PROCESSES)
    forkserver._forkserver._stop()  # its CPU seconds count when it has ended
    if report.unreadable:
        raise SystemExit(f"not read: {', '.join(u.filename for u in report.unreadable)}")


def one_by_one(read: Callable[[Path], None], paths: Sequence[Path]) -> None:
    for path in paths:
        read(path)


def side_by_side(read: Callable[[Path], None], paths: Sequence[Path]) -> None:
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(read, paths))


def warm(
    read: Callable[[Path], None], paths: Sequence[Path], processes: int
) -> tuple[float, float]:
    """Seconds passed and CPU seconds of reading `paths`, the longest first."""
    longest_first = sorted(paths, key=pages, reverse=True)
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(read, [paths[0]] * processes))
        start = time.perf_counter()
        cpu = sum(pool.map(partial(_cpu, read), longest_first))
        return time.perf_counter() - start, cpu


def _cpu(read: Callable[[Path], None], path: Path) -> float:
    start = time.process_time()
    read(path)
    return time.process_time() - start


READERS = {f.__name__: f for f in (filiation, camelot, pdfplumber, pdfium)}
COLD: dict[str, tuple[str, str]] = {  # how it is shown → (reader, how it is called)
    "Filiation, 2 processes": ("filiation", "product"),
    "camelot, 1 process": ("camelot", "one_by_one"),
    "camelot, 2 processes": ("camelot", "side_by_side"),
    "pdfplumber, 2 processes": ("pdfplumber", "side_by_side"),
    "pdfium, 1 process": ("pdfium", "one_by_one"),
}

WARM: dict[str, tuple[str, str]] = {
    "Filiation, 2 processes": ("filiation", "warm, 2"),
    "Filiation, 1 process": ("filiation", "warm"),
    "camelot, 1 process": ("camelot", "warm"),
    "pdfplumber, 1 process": ("pdfplumber", "warm"),
    "pdfium, 1 process": ("pdfium", "warm"),
}


def run(reader: str, how: str, paths: Sequence[Path]) -> None:
    """Read `paths`; the body of a process of its own."""
    if how == "product":
        product(paths)
    elif how.startswith("warm"):
        print(*warm(READERS[reader], paths, PROCESSES if how == "warm, 2" else 1))
    else:
        {"one_by_one": one_by_one, "side_by_side": side_by_side}[how](READERS[reader], paths)


def _process(reader: str, how: str, paths: Sequence[Path]) -> tuple[Cost, str]:
    """What `run` costs in a new process, measured from outside, and what it prints."""
    command = [sys.executable, "-m", "benchmarks.reading", "--run", reader, how, *map(str, paths)]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    # one process between: the memory of those that it waited for is not mixed with ours
    done = subprocess.run(
        [sys.executable, "-c", OUTSIDE, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    passed = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{reader} failed")
    *printed, usage = done.stdout.splitlines()
    cpu, memory = map(float, usage.split())
    return Cost(passed, cpu, memory), "\n".join(printed)


OUTSIDE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(done.returncode)
"""


def cold(reader: str, how: str, paths: Sequence[Path]) -> Cost:
    return _process(reader, how, paths)[0]


def once_started(reader: str, how: str, paths: Sequence[Path]) -> Cost:
    cost, printed = _process(reader, how, paths)
    passed, cpu = map(float, printed.split())
    return Cost(passed, cpu, cost.memory)


def pages(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def show(costs: dict[str, Cost], base: str, count: int) -> None:
    """Each of `costs` beside that of `base`."""
    columns = f"{'seconds':>9}{'pages/s':>9}{'CPU s/page':>12}{'peak MB':>9}{'× camelot':>11}"
    print(f"{'':26}{columns}{'in CPU':>8}")
    for name, cost in costs.items():
        figures = f"{cost.passed:9.2f}{count / cost.passed:9.1f}{cost.cpu / count:12.3f}"
        ratios = f"{costs[base].passed / cost.passed:11.1f}{costs[base].cpu / cost.cpu:8.1f}"
        print(f"{name:26}{figures}{cost.memory:9.0f}{ratios}")


def main() -> None:
    if sys.argv[1:2] == ["--run"]:
        reader, how, *names = sys.argv[2:]
        run(reader, how, [Path(name) for name in names])
        return
    given = [Path(name).absolute() for name in sys.argv[1:]]
    paths = given or sorted((ROOT / "data" / "raw").glob("amp-*.pdf"))
    count = sum(map(pages, paths))
    print(f"{count} pages, {len(paths)} files\n\nCold, from the start of the process")
    show({name: cold(*called, paths) for name, called in COLD.items()}, "camelot, 1 process", count)
    print("\nWarm, once started")
    show(
        {name: once_started(*called, paths) for name, called in WARM.items()},
        "camelot, 1 process",
        count,
    )


if __name__ == "__main__":
    main()
