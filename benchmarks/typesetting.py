"""Acts typeset at random by three engines, and how much of them is read rightly.

python -m benchmarks.typesetting OUT --documents 40 --seed 7      # draws those that are not there

`OUT/raw` holds the PDFs, `OUT/gold` what is true, `OUT/out` the database made of them. Rules,
stripes, type, margins, heads over two lines, merged cells, lists in cells, rows cut by pages: all
is drawn by lot, so that a seed that nobody looked at shows how well layouts are read that nobody
thought of. Words, sums and clauses are those of `territories.py`. Chromium, LibreOffice, reportlab
and python-docx are needed.
"""

import argparse
import json
import re
import subprocess
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from html import escape
from itertools import groupby
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pypdfium2
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
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

from benchmarks.drawing import WEIGHTS, prose
from benchmarks.territories import Act, invent_acts, invent_territory, table_of, truth
from pipeline.build import DATABASE, build

STYLES = (  # of Word
    *("Table Grid", "Light Shading", "Light List", "Light Grid", "Medium Shading 1"),
    *("Medium Shading 2", "Medium List 1", "Medium List 2", "Medium Grid 1", "Medium Grid 2"),
    *("Medium Grid 3", "Colorful Shading", "Colorful List", "Colorful Grid"),
)
RULES = ("all", "across", "head", "none", "zebra", "upright", "dotted", "zebra and head")
MARGIN = 42.0  # points
TITLES = (
    "Actions financées dans le cadre de l'AMI « Logement d'abord »",
    "Autres actions, sans crédits AMI,",
)
AXES = ("Axe 1 – Accéder au logement et s'y maintenir", "Axe 2 – Observer, coordonner, former")
HEAD_COLOUR, STRIPE = "#1f3864", "#e8edf5"
UNSAID = re.compile(r"[\W_]+")
SENTENCE = re.compile(r"(?<=[.;]) (?=\w)")
LISTED = ("objective", "description", "indicators")  # where a text may be a list
TEXTS = ("label", "pilot", "objective", "description", "indicators", "status_raw", "comment")
SUMS = ("ami", "cofinancing")


@dataclass(frozen=True, slots=True)
class Design:
    """How the annexes of an act look: lengths in points, `width` a share of the room."""

    engine: str
    rules: str
    style: str
    font: str
    size: float
    padding: float
    landscape: bool
    repeats_head: bool
    cuts_rows: bool
    vertical: str
    head_aside: str
    sums_aside: str
    justified: bool
    dark_head: bool
    upper_head: bool
    two_heads: bool
    axes: bool
    joins_pilots: bool
    joins_total: bool
    bold_labels: bool
    numbered: bool
    listed: bool
    width: float

    @classmethod
    def drawn(cls, dice: Random) -> "Design":
        def often(share: float) -> bool:
            return dice.random() < share

        return cls(
            engine=dice.choice(("chromium", "chromium", "word", "reportlab")),
            rules=dice.choice(RULES),
            style=dice.choice(STYLES),
            font=dice.choice(("Liberation Sans", "Liberation Serif", "DejaVu Sans", "Carlito")),
            size=dice.choice((7, 8, 8.5, 9, 10)),
            padding=dice.choice((1.5, 3, 4, 6)),
            landscape=often(0.7),
            repeats_head=often(0.5),
            cuts_rows=often(0.4),
            vertical=dice.choice(("top", "top", "middle")),
            head_aside=dice.choice(("left", "left", "center")),
            sums_aside=dice.choice(("left", "right", "center")),
            justified=often(0.25),
            dark_head=often(0.4),
            upper_head=often(0.2),
            two_heads=often(0.2),
            axes=often(0.25),
            joins_pilots=often(0.25),
            joins_total=often(0.5),
            bold_labels=often(0.25),
            numbered=often(0.1),
            listed=often(0.25),
            width=dice.choice((1.0, 1.0, 1.0, 0.8)),
        )

    @property
    def page(self) -> tuple[float, float]:
        return landscape(A4) if self.landscape else A4

    @property
    def room(self) -> float:
        """The width of a table."""
        return self.width * (self.page[0] - 2 * MARGIN)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text at `row` and `column`, in a column of `field`, over so many rows and columns."""

    text: str
    row: int
    column: int
    field: str
    kind: str = "body"
    rows: int = 1
    columns: int = 1

    @property
    def is_sum(self) -> bool:
        return self.field == "ami" and self.kind != "head"

    def is_bold(self, design: Design) -> bool:
        return self.kind != "body" or (self.field == "label" and design.bold_labels)


def cells(act: Act, annex: int, design: Design) -> tuple[list[str], int, list[Cell]]:
    """The fields of an annex's columns, how many rows its head has, and its cells, row by row."""
    fields, headings, rows, totals = table_of(act, annex)
    shown = [h.upper() for h in headings] if design.upper_head else headings
    found = list(_head(fields, shown, design))
    row = heads = max(cell.row for cell in found) + 1
    parts = (rows[: len(rows) // 2], rows[len(rows) // 2 :]) if design.axes else (rows,)
    for axis, part in zip(AXES, parts, strict=False):
        if design.axes:
            found.append(Cell(axis, row, 0, fields[0], "axis", columns=len(fields)))
            row += 1
        found += _body(fields, part, row, design)
        row += len(part)
    for total in totals:
        found += _total(fields, total, row, design)
        row += 1
    return fields, heads, sorted(found, key=lambda c: (c.row, c.column))


def _head(fields: Sequence[str], headings: Sequence[str], design: Design) -> Iterator[Cell]:
    two = design.two_heads and "ami" in fields
    under = (fields.index("ami"), fields.index("ami") + 1) if two else ()
    for column, (field, heading) in enumerate(zip(fields, headings, strict=True)):
        if column in under:
            yield Cell(heading, 1, column, field, "head")
        else:
            yield Cell(heading, 0, column, field, "head", rows=2 if two else 1)
    if two:
        yield Cell("Financement", 0, under[0], "ami", "head", columns=2)
    if design.numbered:
        for column, field in enumerate(fields):
            yield Cell(f"({column + 1})", 2 if two else 1, column, field, "head")


def _body(
    fields: Sequence[str], rows: Sequence[Sequence[str]], first: int, design: Design
) -> Iterator[Cell]:
    pilots = fields.index("pilot")
    for row, texts in enumerate(rows, first):
        for column, (field, text) in enumerate(zip(fields, texts, strict=True)):
            if column != pilots or not design.joins_pilots:
                if design.listed and field in LISTED:
                    text = SENTENCE.sub("\n• ", f"• {text}")
                yield Cell(text, row, column, field)
    if design.joins_pilots:
        for pilot, same in groupby(enumerate(rows, first), key=lambda r: r[1][pilots]):
            together = [row for row, _ in same]
            yield Cell(pilot, together[0], pilots, "pilot", rows=len(together))


def _total(fields: Sequence[str], texts: Sequence[str], row: int, design: Design) -> Iterator[Cell]:
    sums = [c for c, text in enumerate(texts) if c and text]
    joined = sums[0] if design.joins_total and sums else 1
    yield Cell(texts[0], row, 0, fields[0], "total", columns=joined)
    for column in range(joined, len(fields)):
        yield Cell(texts[column], row, column, fields[column], "total")


# --- engines -------------------------------------------------------------------------------------


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


def title(act: Act, annex: int) -> str:
    return f"Annexe {annex} – {TITLES[annex - 1]} pour {act.exercise}"


def chromium(act: Act, text: Prose, design: Design, path: Path) -> None:
    body = "".join(
        f'<p style="font-size:{size}pt">{f"<b>{escape(t)}</b>" if bold else escape(t)}</p>'
        for t, bold, size in text.paragraphs
    )
    for annex in (1, 2):
        table = _html(*cells(act, annex, design), design)
        body += f'<div class="annex"><h2>{escape(title(act, annex))}</h2>{table}</div>'
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
    }[design.rules]
    return f"""
        @page {{size: A4; margin: 15mm}}
        @page annex {{size: A4 {"landscape" if design.landscape else "portrait"}; margin: 15mm}}
        body {{font: 11pt '{design.font}'}}
        .annex {{page: annex; break-before: page}}
        h2 {{font-size: 12pt}}
        table {{border-collapse: collapse; width: {100 * design.width}%;
            font-size: {design.size}pt}}
        td, th {{padding: {design.padding}pt; vertical-align: {design.vertical}}}
        th {{text-align: {design.head_aside};
            {f"background: {HEAD_COLOUR}; color: white" if design.dark_head else ""}}}
        thead {{display: {"table-header-group" if design.repeats_head else "table-row-group"}}}
        tr {{break-inside: {"auto" if design.cuts_rows else "avoid"}}}
        td {{{"text-align: justify" if design.justified else ""}}}
        td.sum {{text-align: {design.sums_aside}; white-space: nowrap}}
        {rules}"""


def _html(fields: Sequence[str], heads: int, cells: Sequence[Cell], design: Design) -> str:
    whole = sum(WEIGHTS[f] for f in fields)
    columns = "".join(f'<col style="width: {100 * WEIGHTS[f] / whole:.1f}%">' for f in fields)
    lines = [""] * (cells[-1].row + 1)
    for cell in cells:
        name = "th" if cell.kind == "head" else "td"
        shown = escape(cell.text).replace("\n", "<br>")
        shown = f"<b>{shown}</b>" if cell.is_bold(design) else shown
        lines[cell.row] += (
            f'<{name} rowspan="{cell.rows}" colspan="{cell.columns}"'
            f"{' class=sum' if cell.is_sum else ''}>{shown}</{name}>"
        )
    rows = [f"<tr>{line}</tr>" for line in lines]
    head, body = "".join(rows[:heads]), "".join(rows[heads:])
    return f"<table>{columns}<thead>{head}</thead><tbody>{body}</tbody></table>"


def word(act: Act, text: Prose, design: Design, path: Path) -> None:
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    document = Document()
    document.styles["Normal"].font.name = design.font
    for t, bold, size in text.paragraphs:
        run = document.add_paragraph().add_run(t)
        run.bold, run.font.size = bold, Pt(size)
    for annex in (1, 2):
        section = document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE if design.landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = map(Pt, design.page)
        section.left_margin = section.right_margin = Pt(MARGIN)
        run = document.add_paragraph().add_run(title(act, annex))
        run.bold, run.font.size = True, Pt(12)
        _add_table(document, *cells(act, annex, design), design)
    source = path.with_suffix(".docx")
    document.save(str(source))
    _run(
        *("soffice", f"-env:UserInstallation=file://{path.parent.absolute()}/profile"),
        *("--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(source)),
    )


def _add_table(
    document: Any, fields: Sequence[str], heads: int, cells: Sequence[Cell], design: Design
) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    table = document.add_table(rows=cells[-1].row + 1, cols=len(fields))
    table.style = design.style
    table.autofit = False
    room, whole = design.room, sum(WEIGHTS[f] for f in fields)
    for column, field in zip(table.columns, fields, strict=True):
        for place in column.cells:
            place.width = Pt(room * WEIGHTS[field] / whole)
    for cell in cells:
        place = table.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            last = cell.row + cell.rows - 1, cell.column + cell.columns - 1
            place = place.merge(table.cell(*last))
        place.vertical_alignment = WD_ALIGN_VERTICAL[
            "CENTER" if design.vertical == "middle" else "TOP"
        ]
        paragraph = place.paragraphs[0]
        run = paragraph.add_run(cell.text)
        run.font.size, run.bold = Pt(design.size), cell.is_bold(design) or None
        aside = design.head_aside if cell.kind == "head" else "left"
        aside = design.sums_aside if cell.is_sum else aside
        if design.justified and cell.kind == "body" and not cell.is_sum:
            aside = "justify"
        paragraph.alignment = WD_ALIGN_PARAGRAPH[aside.upper()]
    for rank, row in enumerate(table.rows):
        settings = row._tr.get_or_add_trPr()
        if not design.cuts_rows:
            settings.append(OxmlElement("w:cantSplit"))
        if design.repeats_head and rank < heads:
            settings.append(OxmlElement("w:tblHeader"))


def reportlab(act: Act, text: Prose, design: Design, path: Path) -> None:
    plain, bold = ("Helvetica", "Helvetica-Bold")
    if "Serif" in design.font:
        plain, bold = ("Times-Roman", "Times-Bold")

    def set_in(t: str, strong: bool, size: float, **style: Any) -> Paragraph:
        name = bold if strong else plain
        marked = escape(t).replace("\n", "<br/>")
        return Paragraph(
            marked, ParagraphStyle(t, fontName=name, fontSize=size, leading=1.2 * size, **style)
        )

    story: list[Any] = [set_in(t, b, size, spaceAfter=6) for t, b, size in text.paragraphs]
    for annex in (1, 2):
        head = set_in(title(act, annex), True, 12, spaceAfter=8)
        table = _flowable(*cells(act, annex, design), design, set_in)
        story += [NextPageTemplate("annex"), PageBreak(), head, table]
    pages = [
        PageTemplate(
            name,
            [Frame(MARGIN, MARGIN, w - 2 * MARGIN, h - 2 * MARGIN, 0, 0, 0, 0)],
            pagesize=(w, h),
        )
        for name, (w, h) in (("prose", A4), ("annex", design.page))
    ]
    BaseDocTemplate(str(path), pageTemplates=pages).build(story)


def _flowable(
    fields: Sequence[str],
    heads: int,
    cells: Sequence[Cell],
    design: Design,
    set_in: Callable[..., Paragraph],
) -> Table:
    asides = {"left": 0, "center": 1, "right": 2, "justify": 4}
    white = {"textColor": colors.white}
    rows: list[list[Any]] = [["" for _ in fields] for _ in range(cells[-1].row + 1)]
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), design.vertical.upper()),
        *((f"{side}PADDING", (0, 0), (-1, -1), design.padding) for side in ("LEFT", "RIGHT")),
        *((f"{side}PADDING", (0, 0), (-1, -1), 0.6 * design.padding) for side in ("TOP", "BOTTOM")),
        *_drawing(heads, len(rows), design),
    ]
    for cell in cells:
        aside = design.head_aside if cell.kind == "head" else "left"
        aside = design.sums_aside if cell.is_sum else aside
        if design.justified and cell.kind == "body" and not cell.is_sum:
            aside = "justify"
        colour = white if cell.kind == "head" and design.dark_head else {}
        strong = cell.is_bold(design)
        text = set_in(cell.text, strong, design.size, alignment=asides[aside], **colour)
        rows[cell.row][cell.column] = text
        last = cell.column + cell.columns - 1, cell.row + cell.rows - 1
        style.append(("SPAN", (cell.column, cell.row), last))
    room, whole = design.room, sum(WEIGHTS[f] for f in fields)
    return Table(
        rows,
        [room * WEIGHTS[f] / whole for f in fields],
        repeatRows=heads if design.repeats_head else 0,
        splitInRow=int(design.cuts_rows),
        style=style,
    )


def _drawing(heads: int, rows: int, design: Design) -> Iterator[tuple[Any, ...]]:
    every, head = ((0, 0), (-1, -1)), ((0, 0), (-1, heads - 1))
    if design.dark_head:
        yield ("BACKGROUND", *head, colors.HexColor(HEAD_COLOUR))
    if "zebra" in design.rules:
        for row in range(heads, rows, 2):
            yield ("BACKGROUND", (0, row), (-1, row), colors.HexColor(STRIPE))
    if "head" in design.rules:
        yield ("LINEBELOW", (0, heads - 1), (-1, heads - 1), 1, colors.black)
    if design.rules == "all":
        yield ("GRID", *every, 0.5, colors.black)
    if design.rules == "dotted":
        yield ("GRID", *every, 0.5, colors.black, None, (1, 1))
    if design.rules == "across":
        yield ("LINEBELOW", *every, 0.5, colors.black)
    if design.rules == "upright":
        yield ("GRID", *head, 0.5, colors.black)
        yield ("BOX", *every, 0.5, colors.black)
        yield ("LINEBEFORE", *every, 0.5, colors.black)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)


ENGINES: dict[str, Callable[[Act, Prose, Design, Path], None]] = {
    "chromium": chromium,
    "word": word,
    "reportlab": reportlab,
}


def typeset(out_dir: Path, number: int, seed: str) -> None:
    """Write the act `number` of `seed` and its truth, unless they are there."""
    dice = Random(f"{seed} {number}")
    territory = replace(invent_territory(number, dice), layout="ruled")
    acts = invent_acts(territory, 3, dice.randint(7, 16), dice)
    act, design = dice.choice(acts), Design.drawn(dice)
    gold = out_dir / "gold" / f"{act.stem}.json"
    if gold.exists():
        return
    text = Prose()
    articles = prose(text, act)
    with TemporaryDirectory() as folder:
        drawn = Path(folder, f"{act.stem}.pdf")
        ENGINES[design.engine](act, text, design, drawn)
        with pypdfium2.PdfDocument(drawn) as pdf:
            pages = len(pdf)
        (out_dir / "raw" / drawn.name).write_bytes(drawn.read_bytes())
    what = truth(act, articles, pages) | {"design": asdict(design)}
    gold.write_text(json.dumps(what, ensure_ascii=False), encoding="utf-8")


# --- what is read --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Of the actions of an act: how many are there, how many of their texts and of their sums are
    right; and whether the database tells a doubt or a contradiction of the act."""

    actions: tuple[int, int]
    texts: tuple[int, int]
    sums: tuple[int, int]
    told: bool

    @property
    def is_right(self) -> bool:
        return all(right == all_ for right, all_ in (self.actions, self.texts, self.sums))


def normal(text: str | None) -> str:
    """`text` without blanks and marks, in one case."""
    return UNSAID.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def measured(connection: duckdb.DuckDBPyConnection, stem: str, gold: dict[str, Any]) -> Score:
    """How much of an act's truth `gold` the database holds."""
    rows = connection.execute(
        """SELECT label, pilot_raw, objective, description, indicators, status_raw, comment,
            (SELECT sum(amount_eur) FROM funding f
             WHERE f.action_id = a.action_id AND stage = 'granted' AND funder = 'AMI'),
            (SELECT sum(amount_eur) FROM funding f
             WHERE f.action_id = a.action_id AND stage = 'granted' AND funder <> 'AMI')
        FROM action a WHERE document_id = $1 ORDER BY page, row_index""",
        [stem],
    ).fetchall()
    read = defaultdict[str, list[tuple[Any, ...]]](list)
    for row in rows:
        read[normal(row[0])].append(row)
    right = Counter[str]()
    for action in gold["actions"]:
        if not (same := read[normal(action["label"])]):
            continue
        row = same.pop(0)
        right["actions"] += 1
        texts = [(normal(a), normal(action[name])) for name, a in zip(TEXTS, row, strict=False)]
        right["texts"] += sum(a == b for a, b in texts if b)
        sums = zip(SUMS, row[-2:], strict=True)
        right["sums"] += sum(a == action[name] for name, a in sums if action[name])
    told = connection.execute(
        "SELECT count(*) FROM finding WHERE document_id = $1 AND severity <> 'info'", [stem]
    ).fetchone()
    every = gold["actions"]
    return Score(
        (right["actions"], len(every)),
        (right["texts"], sum(bool(normal(a[name])) for a in every for name in TEXTS)),
        (right["sums"], sum(bool(a[name]) for a in every for name in SUMS)),
        bool(told and told[0]),
    )


def _share(right: int, every: int) -> str:
    return f"{right / every if every else 1:7.3f}"


def show(scores: dict[str, tuple[Score, dict[str, Any]]]) -> None:
    """A line for each act that is not all right, then the shares of all."""
    names = ("actions", "texts", "sums")
    print(f"{'':44}" + "".join(f"{name:>8}" for name in names))
    for stem, (score, design) in scores.items():
        if not score.is_right:
            look = design["style"] if design["engine"] == "word" else design["rules"]
            shares = " ".join(_share(*getattr(score, name)) for name in names)
            print(f"{stem[:44]:44} {shares}  {'told' if score.told else 'IN SILENCE'}", end="  ")
            print(design["engine"], look, *(k for k, v in design.items() if v is True), sep=", ")
    for name in names:
        every = [getattr(score, name) for score, _ in scores.values()]
        print(f"{name:8}{_share(*map(sum, zip(*every, strict=True)))}")
    silent = sum(not s.told for s, _ in scores.values() if s.sums[0] < s.sums[1])
    print(f"{len(scores)} acts, {silent} with sums lost or wrong of which nothing is told")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    for name in ("raw", "gold"):
        (given.out_dir / name).mkdir(parents=True, exist_ok=True)
    for number in range(given.documents):
        typeset(given.out_dir, number, given.seed)
    build(given.out_dir / "raw", given.out_dir / "out", jobs=given.jobs)
    scores = {}
    with duckdb.connect(given.out_dir / "out" / DATABASE, read_only=True) as connection:
        for path in sorted((given.out_dir / "gold").glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            scores[path.stem] = measured(connection, path.stem, gold), gold["design"]
    show(scores)


if __name__ == "__main__":
    main()
