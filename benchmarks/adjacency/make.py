"""Makes PDFs whose tables are known: reports in several styles, layouts and engines.

    python benchmarks/adjacency/make.py FOLDER

Writes FOLDER/<half>-<number>-<engine>.pdf and beside each a .json: for every table, its cells as
[text, row, column, rows covered, columns covered]. `look` is the half to look at while improving
the reader, `held` the one to measure only. Chromium, LibreOffice and reportlab are needed.
"""

import html
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from contents import CONTENTS, Author, Cell, Table
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Typeset

DOCUMENTS = 56
STYLES = (
    "book",
    "rows",
    "headrule",
    "white",
    "zebra",
    "grid",
    "upright",
    "filled",
    "open",
    "groups",
)
LAYOUTS = ("plain", "columns", "across", "plain", "beside", "pair", "landscape", "long", "none")
ENGINES = ("chromium", "chromium", "reportlab", "libreoffice")
ONLY = {"beside": "chromium", "pair": "chromium", "across": "chromium"}
FONTS = {
    "chromium": ("Liberation Serif", "Liberation Sans", "DejaVu Serif", "Liberation Sans Narrow")
}
HEAD_COLOUR, STRIPE = "#d5dfee", "#eef1f5"


@dataclass
class Design:
    """How one document looks: sizes in points."""

    style: str
    layout: str
    engine: str
    font: str
    size: float
    padding: float
    width: int  # per cent of the text's width
    middle: bool
    repeat: bool  # head on each page
    wide_head: bool  # sub-headings are one cell across


def borders(style: str, table: Table, row: int, column: int, cell: Cell) -> dict[str, float]:
    """Width of the rule on each side of a cell that has one."""
    last_row, last_column = (
        row + cell.rows == len(table.rows),
        column + cell.columns == len(table.widths),
    )
    under_head = row + cell.rows == table.head
    sides: dict[str, float] = {}
    if style in ("book", "groups", "open"):
        sides |= {"top": 1.0} if row == 0 else {}
        sides |= {"bottom": 1.0} if last_row else {"bottom": 0.5} if under_head else {}
        if row == 0 and cell.columns > 1:
            sides["bottom"] = 0.5
    if style == "groups" and cell.bold and row >= table.head:
        sides["top"] = 0.5
    if style == "open" and not last_column:
        sides["right"] = 0.5
    if style == "rows":
        sides |= {"bottom": 0.4} | ({"top": 1.0} if row == 0 else {})
    if style == "headrule" and under_head:
        sides["bottom"] = 0.8
    if style == "grid":
        sides |= dict.fromkeys(("top", "bottom", "left", "right"), 0.5)
    if style == "upright":
        sides |= {"left": 0.5, "right": 0.5}
        sides |= {"top": 0.5} if row == 0 else {}
        sides |= {"bottom": 0.5} if last_row or under_head else {}
    return sides


def colour(style: str, table: Table, row: int) -> str | None:
    if row < table.head:
        return HEAD_COLOUR if style in ("zebra", "filled") else None
    return STRIPE if style == "zebra" and (row - table.head) % 2 else None


def across(table: Table, design: Design) -> Table:
    """`table`, its sub-headings maybe one cell across."""
    if not design.wide_head:
        return table
    rows = [
        [Cell(row[0].text, columns=len(table.widths), bold=True)]
        if len(row) > 1 and row[0].text and not any(c.text for c in row[1:])
        else row
        for row in table.rows
    ]
    return Table(rows, table.head, table.widths, table.title, table.notes)


# --- HTML ----------------------------------------------------------------------------------------


def html_table(table: Table, design: Design, width: int | None = None) -> str:
    lines: list[list[str]] = [[] for _ in table.rows]
    for r, c, cell in table.placed:
        sides = borders(design.style, table, r, c, cell)
        css = "".join(f"border-{side}:{w}pt solid #222;" for side, w in sides.items())
        if (fill := colour(design.style, table, r)) is not None:
            css += f"background:{fill};"
        align = {"l": "left", "c": "center", "r": "right"}[cell.align]
        css += f"text-align:{align};padding:{design.padding}pt 4pt {design.padding}pt "
        css += f"{4 + 9 * cell.indent}pt;vertical-align:{'middle' if design.middle else 'top'};"
        css += "font-weight:bold;" if cell.bold else ""
        text = html.escape(cell.text)
        level = "middle" if design.middle else "top"
        spans = f'rowspan="{cell.rows}" colspan="{cell.columns}" valign="{level}"'
        lines[r].append(f'<td {spans} align="{align}" style="{css}">{text}</td>')
    rows = [f"<tr>{''.join(line)}</tr>" for line in lines]
    head, body = "".join(rows[: table.head]), "".join(rows[table.head :])
    if design.repeat:
        head = f"<thead>{head}</thead>"
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * w / total:.1f}%">' for w in table.widths)
    title = (
        f"<p style='margin:8pt 0 3pt'><b>{html.escape(table.title)}</b></p>" if table.title else ""
    )
    notes = "".join(
        f"<p style='font-size:85%;margin:2pt 0'>{html.escape(n)}</p>" for n in table.notes
    )
    wide = design.width if width is None else width
    return (
        f'{title}<table cellspacing="0" width="{wide}%" style="border-collapse:collapse;'
        f'width:{wide}%"><colgroup>{columns}</colgroup>{head}{body}</table>{notes}'
    )


def html_chart(author: Author) -> str:
    """Bars with figures below and beside them."""
    bars = "".join(
        f'<rect x="{30 + 24 * i}" y="{110 - h}" width="16" height="{h}" fill="#678"/>'
        f'<text x="{31 + 24 * i}" y="124" font-size="8">{2001 + i}</text>'
        for i in range(7)
        for h in [author.random.randint(15, 100)]
    )
    scale = "".join(
        f'<line x1="26" x2="200" y1="{110 - h}" y2="{110 - h}" stroke="#999" stroke-width=".5"/>'
        f'<text x="5" y="{113 - h}" font-size="8">{h}</text>'
        for h in range(0, 101, 25)
    )
    return f'<p><svg width="210" height="130">{scale}{bars}</svg></p>'


def html_page(author: Author, design: Design, tables: list[Table]) -> str:
    def prose(count: int) -> str:
        return "".join(f"<p>{html.escape(author.paragraph())}</p>" for _ in range(count))

    def box() -> str:
        return (
            "<div style='border:.6pt solid #333;padding:5pt;margin:5pt 0'>"
            f"<b>{author.phrase(3, 6)}</b>{prose(1)}</div>"
        )

    parts = [f"<h2>{author.phrase(3, 7)}</h2>", prose(2)]
    if design.layout == "none":
        items = "".join(f"<li>{html.escape(author.phrase(5, 20))}</li>" for _ in range(6))
        contents = "".join(
            f"<p style='margin:2pt 0'>{i}. {author.phrase(3, 7)} {'.' * 40} {3 * i}</p>"
            for i in range(1, 8)
        )
        text = prose(6) + html_chart(author) + f"<ol>{items}</ol>" + prose(5) + box()
        text = f"<div style='column-count:2;column-gap:20pt'>{text}</div>"
        parts += [contents, text, prose(2), f"<ul>{items}</ul>"]
    elif design.layout == "columns":
        flow = prose(2) + "".join(html_table(t, design, 100) + prose(3) for t in tables) + box()
        parts.append(f"<div style='column-count:2;column-gap:20pt'>{flow}{prose(3)}</div>")
    elif design.layout == "across":
        for table in tables:
            flow = f"<div style='column-count:2;column-gap:20pt'>{prose(5)}</div>"
            parts.append(flow + html_table(table, design, 100))
    elif design.layout == "beside":
        for i, table in enumerate(tables):
            side = html_chart(author) if i % 2 else box() + prose(2)
            parts.append(
                "<div style='display:flex;gap:18pt'><div style='width:60%'>"
                f"{html_table(table, design, 100)}</div><div style='width:38%'>{side}</div></div>"
                + prose(2)
            )
    elif design.layout == "pair":
        both = "".join(f"<div style='flex:1'>{html_table(t, design, 100)}</div>" for t in tables)
        parts += [f"<div style='display:flex;gap:24pt'>{both}</div>", prose(3)]
    else:
        parts += [
            html_table(table, design) + prose(author.random.randint(1, 3)) for table in tables
        ]
    page = "A4 landscape" if design.layout == "landscape" else "A4"
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><style>@page {{size: {page}; "
        f"margin: 20mm}} body {{font-family: '{design.font}'; font-size: {design.size}pt}} "
        f"p {{margin: 4pt 0; text-align: justify}} td p {{margin: 0}} "
        f"tr {{break-inside: avoid}}</style></head><body>{''.join(parts)}</body></html>"
    )


def chromium(source: Path, pdf: Path) -> None:
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    subprocess.run(
        ["chromium", *flags, f"--print-to-pdf={pdf}", source.as_uri()],
        check=True,
        capture_output=True,
    )


def libreoffice(source: Path, pdf: Path) -> None:
    with TemporaryDirectory() as folder:
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
                *("--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"),
                *("--outdir", folder, str(source)),
            ],
            check=True,
            capture_output=True,
        )
        Path(folder, source.with_suffix(".pdf").name).replace(pdf)


# --- reportlab -----------------------------------------------------------------------------------


def drawn_table(table: Table, design: Design, space: float) -> list[Flowable]:
    def text(cell: Cell) -> Paragraph:
        style = ParagraphStyle(
            "cell",
            fontName="Helvetica-Bold" if cell.bold else "Helvetica",
            fontSize=design.size - 1,
            leading=design.size * 1.2,
            alignment="lcr".index(cell.align),
            leftIndent=9 * cell.indent,
        )
        return Paragraph(html.escape(cell.text), style)

    data: list[list[object]] = [["" for _ in table.widths] for _ in table.rows]
    commands: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if design.middle else "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), design.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), design.padding),
    ]
    names = {"top": "LINEABOVE", "bottom": "LINEBELOW", "left": "LINEBEFORE", "right": "LINEAFTER"}
    for r, c, cell in table.placed:
        data[r][c] = text(cell)
        area = (c, r), (c + cell.columns - 1, r + cell.rows - 1)
        if area[0] != area[1]:
            commands.append(("SPAN", *area))
        for side, width in borders(design.style, table, r, c, cell).items():
            commands.append((names[side], *area, width, colors.black))
        if (fill := colour(design.style, table, r)) is not None:
            commands.append(("BACKGROUND", *area, colors.HexColor(fill)))
    widths = [w * space / sum(table.widths) for w in table.widths]
    typeset = Typeset(data, colWidths=widths, repeatRows=table.head if design.repeat else 0)
    typeset.setStyle(commands)
    return [typeset]


def drawn(author: Author, design: Design, tables: list[Table], pdf: Path) -> None:
    size = landscape(A4) if design.layout == "landscape" else A4
    two = design.layout in ("columns", "none")
    width = (size[0] - 120) / 2 - 10 if two else size[0] - 120
    prose = ParagraphStyle("prose", fontSize=design.size, leading=design.size * 1.25, alignment=4)
    prose.spaceAfter = 5
    bold = ParagraphStyle("bold", prose, fontName="Helvetica-Bold", alignment=0)
    small = ParagraphStyle("small", prose, fontSize=design.size - 2, alignment=0)

    def text(count: int) -> list[Flowable]:
        return [Paragraph(html.escape(author.paragraph()), prose) for _ in range(count)]

    flow: list[Flowable] = [Paragraph(author.phrase(3, 7), bold), *text(2)]
    for table in tables:
        flow += [Paragraph(html.escape(table.title), bold)] if table.title else []
        flow += drawn_table(table, design, width * (1 if two else design.width / 100))
        flow += [Spacer(1, 4), *(Paragraph(html.escape(n), small) for n in table.notes), *text(2)]
    if not tables:
        chart = VerticalBarChart()
        chart.x, chart.y, chart.width, chart.height = 30, 20, 180, 90
        chart.data = [[author.random.randint(10, 90) for _ in range(6)]]
        chart.categoryAxis.categoryNames = [str(2001 + i) for i in range(6)]
        drawing = Drawing(width, 130)
        drawing.add(chart)
        flow += [drawing, *text(12)]
    count = 2 if two else 1
    frames = [
        Frame(60 + i * (width + 20), 60, width, size[1] - 120, 0, 0, 0, 0) for i in range(count)
    ]
    template = BaseDocTemplate(str(pdf), pagesize=size, invariant=1)
    template.addPageTemplates(PageTemplate(frames=frames))
    template.build(flow)


# --- documents -----------------------------------------------------------------------------------


def designed(number: int, random: Random) -> Design:
    layout = LAYOUTS[number // 2 % len(LAYOUTS)]
    engine = ONLY.get(layout) or random.choice(ENGINES)
    if engine == "libreoffice" and layout in ("columns", "none"):
        engine = "chromium"
    return Design(
        style=STYLES[(number // 2 * 3 + number % 2 * 5) % len(STYLES)],
        layout=layout,
        engine=engine,
        font=random.choice(FONTS["chromium"]),
        size=random.choice((8, 9, 9, 10, 11)),
        padding=random.choice((0.5, 1, 1, 2, 3)),
        width=random.choice((100, 100, 100, 80)),
        middle=random.random() < 0.25,
        repeat=random.random() < 0.5,
        wide_head=random.random() < 0.3,
    )


def tables_of(author: Author, design: Design) -> list[Table]:
    if design.layout == "none":
        return []
    kinds = author.random.sample(CONTENTS, 1 if design.layout == "long" else 2)
    if design.layout in ("columns", "pair"):  # narrow
        author.decimals, design.size = 0, 8
        kinds = author.random.sample(("statistics", "small", "budget", "two_level"), 2)
    length = author.random.randint(45, 70) if design.layout == "long" else 0
    return [across(getattr(author, kind)(length), design) for kind in kinds]


def make(number: int, folder: Path) -> None:
    random = Random(number)
    design = designed(number, random)
    author = Author(random, "fr" if number % 5 == 2 else "en")
    tables = tables_of(author, design)
    name = f"{('look', 'held')[number % 2]}-{number:02}-{design.engine}"
    pdf = folder / f"{name}.pdf"
    if design.engine == "reportlab":
        drawn(author, design, tables, pdf)
    else:
        with TemporaryDirectory() as temporary:
            source = Path(temporary, f"{name}.html")
            source.write_text(html_page(author, design, tables), encoding="utf-8")
            (chromium if design.engine == "chromium" else libreoffice)(source, pdf)
    truth = {
        "style": design.style,
        "layout": design.layout,
        "tables": [
            [[cell.text, r, c, cell.rows, cell.columns] for r, c, cell in table.placed]
            for table in tables
        ],
    }
    pdf.with_suffix(".json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(DOCUMENTS):
        make(number, folder)


if __name__ == "__main__":
    main()
