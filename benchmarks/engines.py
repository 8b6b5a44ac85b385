"""Three engines that draw an act, prose and annexes, in a design: a browser, Word, reportlab."""

import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

from benchmarks.design import MARGIN, Cell, Design, Sheet

HEAD_COLOUR, STRIPE = "#1f3864", "#e8edf5"


class Prose:
    """What `drawing.prose` writes, as paragraphs: text, bold, size in points."""

    def __init__(self) -> None:
        self.paragraphs: list[tuple[str, bool, float]] = []

    def write(self, text: str, *, size: float = 11, bold: bool = False, gap: float = 0) -> None:
        self.paragraphs.append((text, bold, size))

    def heading(self, text: str, size: float = 11.5) -> None:
        self.write(text, size=size, bold=True)

    def stamp(self, text: str) -> None:
        self.write(text, size=7)

    def space(self, points: float) -> None:
        pass


def chromium(sheets: Sequence[Sheet], text: Prose, design: Design, path: Path) -> None:
    body = "".join(
        f'<p style="font-size:{size}pt">{f"<b>{escape(t)}</b>" if bold else escape(t)}</p>'
        for t, bold, size in text.paragraphs
    )
    for sheet in sheets:
        notes = "".join(f"<p class=note>{escape(note)}</p>" for note in sheet.notes)
        table = _html(sheet, design)
        body += f'<div class="annex"><h2>{escape(sheet.title)}</h2>{table}{notes}</div>'
    page = f'<html lang="fr"><meta charset="utf-8"><style>{_css(design)}</style>{body}'
    source = path.with_suffix(".html")
    source.write_text(page, encoding="utf-8")
    _run(
        *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
        *(f"--print-to-pdf={path}", source.as_uri()),
    )


def _css(design: Design) -> str:
    thin = "0.6pt solid #444"
    rules = {
        "all": f"td, th {{border: {thin}}}",
        "across": f"td, th {{border-top: {thin}; border-bottom: {thin}}}",
        "head": "th {border-bottom: 1pt solid black}",
        "none": "",
        "zebra": f"tbody tr:nth-child(odd) td {{background: {STRIPE}}}",
        "upright": f"table {{border: {thin}}} td, th {{border-left: {thin}; border-right: {thin}}}",
        "dotted": "td, th {border: 0.7pt dotted #333}",
        "zebra and head": f"tbody tr:nth-child(even) td {{background: {STRIPE}}}"
        " th {border-bottom: 1pt solid #222}",
        "groups": f"th {{border-bottom: 1pt solid black}} tr.group td {{border-top: {thin}}}",
        "dotted across": "td, th {border-bottom: 0.8pt dotted #333}",
    }[design.rules]
    head = ("font-variant: small-caps;" if design.small_capitals else "") + (
        "letter-spacing: 0.15em;" if design.spaced_heads else ""
    )
    return f"""
        @page {{size: A4; margin: 15mm}}
        @page annex {{size: A4 {"landscape" if design.landscape else "portrait"}; margin: 15mm}}
        body {{font: 11pt '{design.font}'}}
        .annex {{page: annex; break-before: page}}
        h2 {{font-size: 12pt}}
        table {{border-collapse: collapse; width: {100 * design.width}%;
            font-size: {design.size}pt}}
        td, th {{padding: {design.padding}pt; vertical-align: {design.vertical}}}
        .upright {{writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap}}
        .note {{font-size: 7pt; margin: 1pt}}
        td table {{width: 100%}}
        sup {{font-size: 65%}}
        th {{text-align: {design.head_aside}; {head}
            {f"background: {HEAD_COLOUR}; color: white" if design.dark_head else ""}}}
        thead {{display: {"table-header-group" if design.repeats_head else "table-row-group"}}}
        tr {{break-inside: {"auto" if design.cuts_rows else "avoid"}}}
        td {{{"text-align: justify" if design.justified else ""}}}
        td.sum {{text-align: {design.sums_aside}; white-space: nowrap}}
        {rules}"""


def _html(sheet: Sheet, design: Design) -> str:
    columns = "".join(f'<col style="width: {100 * width:.1f}%">' for width in sheet.widths)
    lines = [""] * sheet.rows
    for cell in sheet.cells:
        name = "th" if cell.kind == "head" else "td"
        lines[cell.row] += (
            f'<{name} rowspan="{cell.rows}" colspan="{cell.columns}"'
            f"{' class=sum' if cell.is_sum else ''}>{_marked(cell, design)}</{name}>"
        )
    rows = [
        f"<tr{' class=group' if row in sheet.groups else ''}>{line}</tr>"
        for row, line in enumerate(lines)
    ]
    head, body = "".join(rows[: sheet.heads]), "".join(rows[sheet.heads :])
    return f"<table>{columns}<thead>{head}</thead><tbody>{body}</tbody></table>"


def _marked(cell: Cell, design: Design) -> str:
    """The text of `cell` in HTML."""
    shown = escape(cell.text).replace("\n", "<br>").replace("\u00ad", "&shy;")
    payer, _, money = shown.partition(" : ")
    if design.nests and cell.field == "cof" and cell.kind == "body" and money:
        shown = f"<table><tr><td>{payer}</td><td class=sum>{money}</td></tr></table>"
    shown = f"<b>{shown}</b>" if cell.is_bold(design) else shown
    shown += f"<sup>{cell.note}</sup>" if cell.note else ""
    return f"<div class=upright>{shown}</div>" if cell.is_upright(design) else shown


def word(sheets: Sequence[Sheet], text: Prose, design: Design, path: Path) -> None:
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    document = Document()
    document.styles["Normal"].font.name = design.font
    for t, bold, size in text.paragraphs:
        run = document.add_paragraph().add_run(t)
        run.bold, run.font.size = bold, Pt(size)
    for sheet in sheets:
        section = document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE if design.landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = map(Pt, design.page)
        section.left_margin = section.right_margin = Pt(MARGIN)
        run = document.add_paragraph().add_run(sheet.title)
        run.bold, run.font.size = True, Pt(12)
        _add_table(document, sheet, design)
        for note in sheet.notes:
            document.add_paragraph().add_run(note).font.size = Pt(7)
    source = path.with_suffix(".docx")
    document.save(str(source))
    _run(
        *("soffice", f"-env:UserInstallation=file://{path.parent.absolute()}/profile"),
        *("--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(source)),
    )


def _add_table(document: Any, sheet: Sheet, design: Design) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    table = document.add_table(rows=sheet.rows, cols=len(sheet.fields))
    table.style = design.style
    table.autofit = False
    for column, width in zip(table.columns, sheet.widths, strict=True):
        for place in column.cells:
            place.width = Pt(design.room * width)
    for cell in sheet.cells:
        place = table.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            last = cell.row + cell.rows - 1, cell.column + cell.columns - 1
            place = place.merge(table.cell(*last))
        _fill(place, cell, design)
    for rank, row in enumerate(table.rows):
        settings = row._tr.get_or_add_trPr()
        if not design.cuts_rows:
            settings.append(OxmlElement("w:cantSplit"))
        if design.repeats_head and rank < sheet.heads:
            settings.append(OxmlElement("w:tblHeader"))


def _fill(place: Any, cell: Cell, design: Design) -> None:
    """Write `cell` in the cell `place` of a table of Word."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    place.vertical_alignment = WD_ALIGN_VERTICAL["CENTER" if design.vertical == "middle" else "TOP"]
    paragraph = place.paragraphs[0]
    run = paragraph.add_run(cell.text)
    run.font.size, run.bold = Pt(design.size), cell.is_bold(design) or None
    if cell.kind == "head":
        run.font.small_caps = design.small_capitals or None
        if design.spaced_heads:
            spacing = OxmlElement("w:spacing")
            spacing.set(qn("w:val"), str(round(20 * 0.15 * design.size)))
            run._r.get_or_add_rPr().append(spacing)
    if cell.note:
        mark = paragraph.add_run(cell.note)
        mark.font.size, mark.font.superscript = Pt(design.size), True
    if cell.is_upright(design):
        direction = OxmlElement("w:textDirection")
        direction.set(qn("w:val"), "btLr")
        place._tc.get_or_add_tcPr().append(direction)
    paragraph.alignment = WD_ALIGN_PARAGRAPH[cell.aside(design).upper()]


def reportlab(sheets: Sequence[Sheet], text: Prose, design: Design, path: Path) -> None:
    plain, bold = ("Helvetica", "Helvetica-Bold")
    if "Serif" in design.font:
        plain, bold = ("Times-Roman", "Times-Bold")

    def set_in(t: str, strong: bool, size: float, **style: Any) -> Paragraph:
        name = bold if strong else plain
        marked = re.sub(r"\^(\d)", r"<super>\1</super>", escape(t).replace("\n", "<br/>"))
        return Paragraph(
            marked, ParagraphStyle(t, fontName=name, fontSize=size, leading=1.2 * size, **style)
        )

    story: list[Any] = [set_in(t, b, size, spaceAfter=6) for t, b, size in text.paragraphs]
    for sheet in sheets:
        head = set_in(sheet.title, True, 12, spaceAfter=8)
        notes = [set_in(note, False, 7) for note in sheet.notes]
        table = _flowable(sheet, design, set_in)
        story += [NextPageTemplate("annex"), PageBreak(), head, table, *notes]
    pages = [
        PageTemplate(
            name,
            [Frame(MARGIN, MARGIN, w - 2 * MARGIN, h - 2 * MARGIN, 0, 0, 0, 0)],
            pagesize=(w, h),
        )
        for name, (w, h) in (("prose", A4), ("annex", design.page))
    ]
    BaseDocTemplate(str(path), pageTemplates=pages).build(story)


def _flowable(sheet: Sheet, design: Design, set_in: Callable[..., Paragraph]) -> Table:
    asides = {"left": 0, "center": 1, "right": 2, "justify": 4}
    white = {"textColor": colors.white}
    rows: list[list[Any]] = [["" for _ in sheet.fields] for _ in range(sheet.rows)]
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), design.vertical.upper()),
        *((f"{side}PADDING", (0, 0), (-1, -1), design.padding) for side in ("LEFT", "RIGHT")),
        *((f"{side}PADDING", (0, 0), (-1, -1), 0.6 * design.padding) for side in ("TOP", "BOTTOM")),
        *_drawing(sheet, design),
    ]
    for cell in sheet.cells:
        colour = white if cell.kind == "head" and design.dark_head else {}
        shown = cell.text.replace("\u00ad", "") + (f"^{cell.note}" if cell.note else "")
        alignment = asides[cell.aside(design)]
        strong = cell.is_bold(design)
        text = set_in(shown, strong, design.size, alignment=alignment, **colour)
        rows[cell.row][cell.column] = text
        last = cell.column + cell.columns - 1, cell.row + cell.rows - 1
        style.append(("SPAN", (cell.column, cell.row), last))
    return Table(
        rows,
        [design.room * width for width in sheet.widths],
        repeatRows=sheet.heads if design.repeats_head else 0,
        splitInRow=int(design.cuts_rows),
        style=style,
    )


def _drawing(sheet: Sheet, design: Design) -> Iterator[tuple[Any, ...]]:
    heads, rows = sheet.heads, sheet.rows
    every, head = ((0, 0), (-1, -1)), ((0, 0), (-1, heads - 1))
    if design.dark_head and heads:
        yield ("BACKGROUND", *head, colors.HexColor(HEAD_COLOUR))
    if "zebra" in design.rules:
        for row in range(heads, rows, 2):
            yield ("BACKGROUND", (0, row), (-1, row), colors.HexColor(STRIPE))
    if heads and ("head" in design.rules or design.rules == "groups"):
        yield ("LINEBELOW", (0, heads - 1), (-1, heads - 1), 1, colors.black)
    if design.rules == "all":
        yield ("GRID", *every, 0.5, colors.black)
    if design.rules == "dotted":
        yield ("GRID", *every, 0.5, colors.black, None, (1, 1))
    if design.rules == "across":
        yield ("LINEBELOW", *every, 0.5, colors.black)
    if design.rules == "dotted across":
        yield ("LINEBELOW", *every, 0.8, colors.black, None, (0.8, 1.6))
    if design.rules == "groups":
        for row in sheet.groups:
            yield ("LINEABOVE", (0, row), (-1, row), 0.5, colors.black)
    if design.rules == "upright":
        if heads:
            yield ("GRID", *head, 0.5, colors.black)
        yield ("BOX", *every, 0.5, colors.black)
        yield ("LINEBEFORE", *every, 0.5, colors.black)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)


ENGINES: dict[str, Callable[[Sequence[Sheet], Prose, Design, Path], None]] = {
    "chromium": chromium,
    "word": word,
    "reportlab": reportlab,
}
