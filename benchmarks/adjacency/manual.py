"""The tables of a manual that is published as PDF and as HTML, for `score.py`.

    python benchmarks/adjacency/manual.py MANUAL.pdf HTML FOLDER

`HTML` has one page a chapter, in the order of the PDF's outline (`ch*.html`, then appendices
`ap*.html`), as DocBook writes them. Debian's package `debian-reference-fr` holds both: 265 pages
set by LaTeX, with 170 tables that nobody made for a test.
"""

import argparse
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
from lxml import html

TABLES = "//div[@class='table' or @class='informaltable']//table"


def chapters(manual: pypdfium2.PdfDocument) -> Iterator[range]:
    """The pages of each chapter, numbered from 0."""
    starts = [
        place.get_index()
        for mark in manual.get_toc(max_depth=1)
        if mark.level == 0 and (place := mark.get_dest())
    ]
    yield from (range(*pair) for pair in pairwise([*starts, len(manual)]))


def cells(table: html.HtmlElement) -> Iterator[tuple[str, int, int, int, int]]:
    """Text, row, column, rows and columns of each cell."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(table.iter("tr")):
        c = 0
        for cell in row.iterchildren("td", "th"):
            while (r, c) in taken:
                c += 1
            down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            yield " ".join(cell.text_content().split()), r, c, down, across


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manual", type=Path)
    parser.add_argument("html", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    pages = [*sorted(options.html.glob("ch*.html")), *sorted(options.html.glob("ap*.html"))]
    with pypdfium2.PdfDocument(options.manual) as manual:
        for i, (page, numbers) in enumerate(zip(pages, chapters(manual), strict=True), 1):
            stem = options.folder / f"manual-{i:02}-latex"
            with pypdfium2.PdfDocument.new() as chapter:
                chapter.import_pages(manual, list(numbers))
                chapter.save(stem.with_suffix(".pdf"))
            tables = [list(cells(table)) for table in html.parse(page).xpath(TABLES)]
            truth = {"style": "manual", "layout": "chapter", "tables": tables}
            stem.with_suffix(".json").write_text(json.dumps(truth, ensure_ascii=False))


if __name__ == "__main__":
    main()
