"""Typesets the golden PDFs and writes what is expected of them.

    python tests/golden/make.py                 # all PDFs and expectations of sources/
    python tests/golden/make.py fiches          # those of one source
    python tests/golden/make.py --read act.pdf  # what Filiation reads, to be reviewed by a person

Expectations of typeset PDFs come from their sources, never from the reader. A source is HTML, set
by Chromium and by LibreOffice, or a function of `drawn.py`, set by reportlab. Only this tool needs
Chromium and LibreOffice; tests read the PDFs that it leaves behind.
"""

import argparse
import json
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from sources.drawn import DRAWINGS

GOLDEN = Path(__file__).parent
SOURCES = GOLDEN / "sources"


@dataclass
class Cell:
    text: str = ""
    rows: int = 1
    columns: int = 1
    bold: bool = False


@dataclass
class Row:
    kind: str = "body"
    cells: list[Cell] = field(default_factory=list)


@dataclass
class Table:
    pages: list[int]
    form: bool
    rows: list[Row] = field(default_factory=list)


class _Source(HTMLParser):
    """The tables of an HTML source; what HTML cannot say stands in data-… attributes."""

    def __init__(self, html: str, engine: str) -> None:
        super().__init__()
        self.engine = engine
        self.tables: list[Table] = []
        self.articles: list[list[str]] = []
        self.row = Row()
        self.cell: Cell | None = None
        self.in_head = self.continued = self.in_list = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "data-article" in given:
            self.articles.append([given["data-article"], given["data-title"]])
        if tag == "table":
            self.continued = "data-continues" in given
            if not self.continued:
                stated = given.get(f"data-pages-{self.engine}", given["data-pages"])
                pages = [int(n) for n in stated.split("-")]
                self.tables.append(Table(pages, "data-form" in given))
        elif "data-list" in given:
            pages = [int(n) for n in given["data-list"].split("-")]
            self.tables.append(Table(pages, form=True))
            self.in_list = True
        elif tag == "p" and self.in_list:
            self.cell = Cell()
            self.row = Row(cells=[self.cell])
            self.tables[-1].rows.append(self.row)
        elif tag == "thead":
            self.in_head = True
        elif tag == "tr":
            head = self.in_head or "data-head" in given
            self.row = Row("head" if head else given.get("data-kind", "body"))
            if not (head and self.continued):
                self.tables[-1].rows.append(self.row)
        elif tag in ("td", "th"):
            spans = int(given.get("rowspan", 1)), int(given.get("colspan", 1))
            self.cell = Cell("", *spans)
            self.row.cells.append(self.cell)
        elif tag == "br" and self.cell is not None:
            self.cell.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "p"):
            self.cell = None
        elif tag == "div":
            self.in_list = False
        elif tag == "thead":
            self.in_head = False

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            plain = unicodedata.normalize("NFKC", data.replace("\u00ad", ""))
            self.cell.text += plain.replace("\u2010", "-")  # the hyphen that breaks no line


def expectation(tables: list[Table]) -> dict[str, Any]:
    """What a reader should find: merged cells repeated downwards, once in the columns covered."""
    return {"tables": [_expected(table) for table in tables]}


def _expected(table: Table) -> dict[str, Any]:
    lines = list(_laid_out(table.rows))
    depth = 0 if table.form else sum(row.kind == "head" for row in table.rows)
    heads = [_spread(row, line) for row, line in zip(table.rows[:depth], lines, strict=False)]
    width = len(lines[0])
    columns = [" ".join(dict.fromkeys(h[c] for h in heads if h[c])) for c in range(width)]
    rows = [[r.kind, *line] for r, line in zip(table.rows, lines, strict=True)][depth:]
    return {"pages": table.pages, "columns": columns, "rows": rows}


def _laid_out(rows: list[Row]) -> Iterator[list[str]]:
    """Texts of each row by column."""
    width = sum(cell.columns for cell in rows[0].cells)
    hanging: dict[int, tuple[int, Cell]] = {}
    for row in rows:
        line, cells, column = [""] * width, iter(row.cells), 0
        while column < width:
            left, cell = hanging.pop(column, (0, Cell()))
            if not left:
                cell = next(cells)
                left = cell.rows
            line[column] = cell.text
            if left > 1:
                hanging[column] = (left - 1, cell)
            column += cell.columns
        yield line


def _spread(row: Row, line: list[str]) -> list[str]:
    """`line` of a head row, each text over all the columns that its cell covers."""
    wide = {cell.text: cell.columns for cell in row.cells}
    result = list(line)
    for column, text in enumerate(line):
        for covered in range(column, column + wide.get(text, 1)):
            result[covered] = text or result[covered]
    return result


def chromium(source: Path, pdf: Path) -> None:
    subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            *(f"--print-to-pdf={pdf}", source.as_uri()),
        ],
        check=True,
        capture_output=True,
    )


def libreoffice(source: Path, pdf: Path) -> None:
    """Writer knows the cells' style only where it stands in each cell."""
    html = source.read_text(encoding="utf-8")
    style = re.search(r"^th, td \{(.*?)\}", html, re.MULTILINE)
    inline = f'style="{style[1]}"' if style else ""
    if "vertical-align: top" in inline:
        inline += ' valign="top"'
    html = re.sub(r"<(td|th)\b", rf"<\1 {inline}", html)
    with TemporaryDirectory() as folder:
        copy = Path(folder, source.name)
        copy.write_text(html.replace("<table", '<table cellspacing="0"'), encoding="utf-8")
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
                *("--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"),
                *("--outdir", folder, str(copy)),
            ],
            check=True,
            capture_output=True,
        )
        Path(folder, source.with_suffix(".pdf").name).replace(pdf)


def write(path: Path, expected: dict[str, Any]) -> None:
    """`expected` as JSON, a row a line."""
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    for row in (row for table in expected["tables"] for row in table["rows"]):
        pretty = json.dumps(row, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * 4)
        text = text.replace(pretty, json.dumps(row, ensure_ascii=False), 1)
    path.write_text(text + "\n", encoding="utf-8")


def as_read(path: Path) -> dict[str, Any]:
    """What Filiation reads in the PDF at `path`, in the form of an expectation."""
    from extractors import document as reader

    reader.with_second_opinion = lambda path, pages, grids, furniture: grids  # changes no text
    document = reader.read_document(path)
    return {
        "articles": [[a.number, a.title] for a in document.articles],
        "tables": [
            {
                "pages": [table.page_first, table.page_last],
                "columns": table.columns,
                "rows": [[row.kind, *_texts(row.cells, len(table.columns))] for row in table.rows],
            }
            for table in document.tables
        ],
    }


def _texts(cells: list[Any], count: int) -> list[str]:
    by_column = {cell.column: cell.text for cell in cells}
    return [by_column.get(column, "") for column in range(1, count + 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="sources to typeset; all without any")
    parser.add_argument("--read", type=Path, help="a PDF to be read instead")
    options = parser.parse_args()
    if options.read:
        write(GOLDEN / f"{options.read.stem}.expected.json", as_read(options.read))
        return
    for source in sorted(SOURCES.glob("*.html")):
        if options.names and source.stem not in options.names:
            continue
        html = source.read_text(encoding="utf-8")
        for engine in (chromium, libreoffice):
            if f"not set by {engine.__name__}" in html:
                continue
            name = f"{source.stem}-{engine.__name__}"
            engine(source.resolve(), GOLDEN / f"{name}.pdf")
            read = _Source(html, engine.__name__)
            articles = {"articles": read.articles} if read.articles else {}
            write(GOLDEN / f"{name}.expected.json", articles | expectation(read.tables))
    for draw in DRAWINGS:
        name = draw.__name__.replace("_", "-")
        if options.names and name not in options.names:
            continue
        canvas = Canvas(str(GOLDEN / f"{name}-reportlab.pdf"), pagesize=A4, invariant=True)
        tables = draw(canvas)
        canvas.save()
        write(GOLDEN / f"{name}-reportlab.expected.json", {"tables": tables})


if __name__ == "__main__":
    main()
