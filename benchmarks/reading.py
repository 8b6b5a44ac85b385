"""Pages per second of Filiation and of the readers that it stands beside, on two processes.

Every reader starts cold in processes of its own, its imports counted. What is made once a machine
(byte code, the unpacked French lexicon) stands ready from the second run on: run it twice. Seconds
passed depend on what else the machine does; CPU seconds hardly do.

python benchmarks/reading.py [FILE.pdf …]      # by default the AMP documents of data/raw
"""

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

sys.path.insert(0, str(Path(__file__).parents[1]))
PROCESSES = 2


def filiation(path: Path) -> None:
    from extractors.document import read_document

    read_document(path)


def pdfium_boxes(path: Path) -> None:
    box = pdfium.FS_RECTF()
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for i in range(text.count_chars()):
                pdfium.FPDFText_GetUnicode(text, i)
                pdfium.FPDFText_GetLooseCharBox(text, i, box)
            text.close()
            page.close()


def pdfplumber(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.find_tables()
            page.extract_text()
            page.close()


def camelot(path: Path) -> None:
    import camelot

    camelot.read_pdf(str(path), pages="all", flavor="lattice")


READERS: tuple[Callable[[Path], None], ...] = (pdfium_boxes, filiation, pdfplumber, camelot)


def measure(reader: Callable[[Path], None], paths: list[Path]) -> tuple[float, float, float]:
    """Seconds passed, CPU seconds, and the largest process in MB, for all of `paths`."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        start = time.perf_counter()
        results = list(pool.map(_one, [reader] * len(paths), paths))
        passed = time.perf_counter() - start
    return passed, sum(cpu for cpu, _ in results), max(memory for _, memory in results)


def _one(reader: Callable[[Path], None], path: Path) -> tuple[float, float]:
    start = time.process_time()
    reader(path)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.process_time() - start, memory


def pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def main() -> None:
    raw = Path(__file__).parents[1] / "data" / "raw"
    paths = [Path(name) for name in sys.argv[1:]] or sorted(raw.glob("amp-*.pdf"))
    count = sum(map(pages, paths))
    measures = {reader.__name__: measure(reader, paths) for reader in READERS}
    slowest, most_cpu, _ = measures["camelot"]
    print(f"{count} pages, {len(paths)} files, {PROCESSES} processes")
    columns = f"{'pages/s':>10}{'CPU s/page':>12}{'peak MB':>10}{'× camelot':>11}{'in CPU':>8}"
    print(f"{'reader':14}{columns}")
    for name, (passed, cpu, memory) in measures.items():
        speed = f"{count / passed:10.1f}{cpu / count:12.3f}"
        print(f"{name:14}{speed}{memory:10.0f}{slowest / passed:11.1f}{most_cpu / cpu:8.1f}")


if __name__ == "__main__":
    main()
