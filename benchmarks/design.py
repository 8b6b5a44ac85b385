"""How the annexes of an act look: a design drawn by lot, and the cells of its tables."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random

from reportlab.lib.pagesizes import A4, landscape

from benchmarks import drawing
from benchmarks.territories import Act, table_of

STYLES = (  # of Word
    *("Table Grid", "Light Shading", "Light List", "Light Grid", "Medium Shading 1"),
    *("Medium Shading 2", "Medium List 1", "Medium List 2", "Medium Grid 1", "Medium Grid 2"),
    *("Medium Grid 3", "Colorful Shading", "Colorful List", "Colorful Grid"),
)
RULES = (
    *("all", "across", "head", "none", "zebra", "upright", "dotted", "zebra and head"),
    *("groups", "dotted across"),
)
CLOSED = ("all", "dotted")  # rules that part a row from a text across it
WEIGHTS = {**drawing.WEIGHTS, "axis": 0.8, "asked": 1.0, "before": 1.0, "share": 0.6}
MARGIN = 42.0  # points
TITLES = (
    "Actions financées dans le cadre de l'AMI « Logement d'abord »",
    "Autres actions, sans crédits AMI,",
)
AXES = ("Axe 1 – Accéder au logement et s'y maintenir", "Axe 2 – Observer, coordonner, former")
NOTES = ("Sous réserve des crédits disponibles.", "Montant arrondi.")
SENTENCE = re.compile(r"(?<=[.;]) (?=\w)")
LISTED = ("objective", "description", "indicators")  # where a text may be a list
SUMS = ("ami", "cof", "asked", "before")
UPRIGHT = ("ref", "pilot", "status", "ami")  # whose headings may stand on their side
EUROS = re.compile(r"(\d[\d ]*) €")
LONG_WORD = re.compile(r"\b\w{10,}\b")
SYLLABLE = re.compile(r"(?<=[aeiouyéè])(?=[bcdfgjklmnpqrstv][aeiouyéèa])")
MONEY = ("€", "€", "€", "€", "€ first", "euros in the head", "k€ in the head")
FIGURES = ("1 234", "1 234", "1 234", "1.234", "1 234,00", "1\u202f234", "1,2 k€")
NOTHING = ("-", "-", "néant", "s.o.", "0 €", "")
FITTED = 5.0, 1.0  # type and padding of a sheet that a spreadsheet makes as wide as the page
GROUP = 3  # rows, where rules part groups of them and nothing else does


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
    axes_beside: bool = False
    upright_heads: bool = False
    subtotals: bool = False
    in_two: bool = False
    carries: bool = False
    swaps: bool = False
    longest: bool = False
    money: str = "€"
    notes: bool = False
    hyphenates: bool = False
    small_capitals: bool = False
    spaced_heads: bool = False
    nests: bool = False
    figures: str = "1 234"
    nothing: str = "-"
    fitted: bool = False
    asked: bool = False
    before: bool = False
    shares: bool = False
    total_first: bool = False
    by_pilot: bool = False
    rewidens: bool = False
    headless: bool = False
    below: bool = False
    titled_in: bool = False

    @classmethod
    def drawn(cls, dice: Random) -> "Design":
        def often(share: float) -> bool:
            return dice.random() < share

        found = cls(
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
            axes_beside=often(0.12),
            upright_heads=often(0.12),
            subtotals=often(0.4),
            in_two=often(0.2),
            carries=often(0.5),
            swaps=often(0.3),
            longest=often(0.1),
            money=dice.choice(MONEY),
            notes=often(0.12),
            hyphenates=often(0.12),
            small_capitals=often(0.1),
            spaced_heads=often(0.08),
            nests=often(0.06),
            figures=dice.choice(FIGURES),
            nothing=dice.choice(NOTHING),
            fitted=often(0.08),
            asked=often(0.12),
            before=often(0.12),
            shares=often(0.12),
            total_first=often(0.1),
            by_pilot=often(0.12),
            rewidens=often(0.5),
            headless=often(0.5),
            below=often(0.4),
            titled_in=often(0.3),
        )
        beside = found.axes_beside
        size, padding = FITTED if found.fitted else (found.size, found.padding)
        return replace(
            found,
            size=size,
            padding=padding,
            total_first=found.total_first and not found.in_two,
            by_pilot=found.by_pilot and not (found.in_two or beside),
            before=found.before and not found.asked,
            rewidens=found.rewidens and found.in_two,
            axes=found.axes and not beside,
            joins_pilots=(found.joins_pilots or found.by_pilot) and not found.in_two,
            subtotals=found.subtotals and (found.axes or beside),
            carries=found.carries and found.in_two,
            swaps=found.swaps and found.in_two and not (found.two_heads or beside),
            cuts_rows=found.cuts_rows or found.longest,
            nests=found.nests and found.engine == "chromium",
            small_capitals=found.small_capitals and not found.upright_heads,  # no reader finds both
            headless=found.headless
            and found.in_two
            and not (found.swaps or found.rewidens or found.engine == "word"),
            below=found.below
            and found.rules in CLOSED
            and not (beside or found.joins_pilots or found.engine == "word"),
            titled_in=found.titled_in and found.axes,
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
    """A text at `row` and `column`, in a column of `field`, over so many rows and columns; `note`
    is the mark of a note after it."""

    text: str
    row: int
    column: int
    field: str
    kind: str = "body"
    rows: int = 1
    columns: int = 1
    note: str = ""

    @property
    def is_sum(self) -> bool:
        return self.field in ("ami", "asked", "before", "share") and self.kind != "head"

    def is_bold(self, design: Design) -> bool:
        return self.kind != "body" or (self.field == "label" and design.bold_labels)

    def is_upright(self, design: Design) -> bool:
        """Does it stand on its side?"""
        axis = self.kind == "axis" and self.field == "axis"
        return design.upright_heads and (axis or (self.kind == "head" and self.field in UPRIGHT))

    def aside(self, design: Design) -> str:
        """Where its lines are aligned."""
        if self.is_sum:
            return design.sums_aside
        if self.kind == "head":
            return design.head_aside
        return "justify" if design.justified and self.kind == "body" else "left"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of an annex that begins a page: its title, the fields and widths of its columns, how
    many rows its head has, its cells row by row, the rows that begin a group, the notes below."""

    title: str
    fields: Sequence[str]
    widths: Sequence[float]  # as shares of the table's
    heads: int
    cells: Sequence[Cell]
    groups: frozenset[int]
    notes: Sequence[str] = ()

    @property
    def rows(self) -> int:
        return self.cells[-1].row + 1


class _Rows:
    """The rows of a table as they are added, one below the other."""

    def __init__(self, fields: Sequence[str], design: Design) -> None:
        self.fields, self.design = fields, design
        self.cells: list[Cell] = []
        self.groups: set[int] = set()
        self.next = 0

    def add(self, cells: Iterable[Cell], rows: int = 1) -> None:
        self.cells += cells
        self.next += rows

    def head(self, headings: Sequence[str]) -> None:
        cells = list(_head(self.fields, headings, self.design))
        self.add(cells, max(cell.row for cell in cells) + 1)

    def body(self, rows: Sequence[Sequence[str]], axis: str) -> None:
        group = max(1, len(rows)) if axis else GROUP
        self.groups.update(range(self.next, self.next + len(rows), group))
        if axis and self.design.axes:
            self.groups.add(self.next)
            self.add(_title(self.fields, axis, self.next, self.design))
        if axis and self.design.axes_beside and rows:
            self.add([Cell(axis, self.next, 0, "axis", "axis", rows=len(rows))], rows=0)
        for part in [[row] for row in rows] if self.design.below else [rows]:
            said = [row[: len(self.fields)] for row in part]
            self.add(_body(self.fields, said, self.next, self.design), rows=len(said))
            for text in (text for row in part for text in row[len(self.fields) :]):
                self.add([Cell(text, self.next, 0, self.fields[0], columns=len(self.fields))])

    def total(self, name: str, sums: dict[str, str]) -> None:
        self.add(_total(self.fields, name, sums, self.next, self.design))


def sheets(act: Act, annex: int, design: Design) -> list[Sheet]:
    """The tables of an annex, each of which begins a page."""
    *told, totals = table_of(act, annex)
    fields, headings, rows = _with_columns(act, *told, design)
    shown = [h.upper() for h in headings] if design.upper_head else headings
    if design.money.endswith("in the head"):
        unit = "k€" if design.money.startswith("k€") else "euros"
        shown = [f"{h} (en {unit})" if f in SUMS else h for f, h in zip(fields, shown, strict=True)]
    title = f"Annexe {annex} – {TITLES[annex - 1]} pour {act.exercise}"
    half = len(rows) // 2
    parts = [rows[:half], rows[half:]] if design.in_two and half else [rows]
    found = []
    for number, part in enumerate(parts):
        order = list(range(len(fields)))
        if number and design.swaps:
            order = [*order[:2], *reversed(order[2:])]
        if design.by_pilot:
            order.sort(key=lambda column: fields[column] != "pilot")
        last = number == len(parts) - 1
        before = sum(map(len, parts[:number]))
        found.append(
            _sheet(
                f"Annexe {annex} (suite)" if number else title,
                [fields[i] for i in order],
                [shown[i] for i in order],
                [[row[i] for i in order] for row in part],
                design,
                carried=_sums(fields, rows[:before]) if before and totals else None,
                until=_sums(fields, rows if last else rows[: before + len(part)]) if totals else {},
                last=last,
                other_widths=bool(number) and design.rewidens,
                headed=not (number and design.headless),
            )
        )
    return found


def _with_columns(
    act: Act,
    fields: list[str],
    headings: list[str],
    rows: list[list[str]],
    design: Design,
) -> tuple[list[str], list[str], list[list[str]]]:
    """A table with the columns that `design` sets beside that of the grants, and its order of
    rows."""
    if design.by_pilot:
        rows = sorted(rows, key=lambda row: row[fields.index("pilot")])
    if "ami" not in fields:
        return fields, headings, rows
    ami = fields.index("ami")
    year = int(act.exercise[:4])
    granted = [int(EUROS.fullmatch(row[ami])[1].replace(" ", "")) for row in rows]  # type: ignore[index]
    added: list[tuple[int, str, str, list[str]]] = []
    if design.shares:
        shares = [f"{100 * g / sum(granted):.1f} %".replace(".", ",") for g in granted]
        added.append((min(ami + 2, len(fields)), "share", "Part du total", shares))
    if design.asked:
        more = [_euros(g + 500 * (g // 2500 + i % 3)) for i, g in enumerate(granted)]
        added.append((ami, "asked", "Montant demandé", more))
    if design.before:
        earlier = [_euros(500 * (g // 700)) if i % 3 else "-" for i, g in enumerate(granted)]
        added.append((ami, "before", f"Rappel crédits AMI {year - 1}-{year}", earlier))
    for column, field, heading, texts in added:
        fields = [*fields[:column], field, *fields[column:]]
        headings = [*headings[:column], heading, *headings[column:]]
        rows = [[*r[:column], text, *r[column:]] for r, text in zip(rows, texts, strict=True)]
    return fields, headings, rows


def _euros(amount: int) -> str:
    return f"{amount:,} €".replace(",", " ")


def _sheet(
    title: str,
    fields: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    design: Design,
    carried: dict[str, int] | None,
    until: dict[str, int],
    last: bool,
    other_widths: bool,
    headed: bool,
) -> Sheet:
    beside = ["axis"] if design.axes_beside else []
    if design.below:
        fields, headings, rows = _with_texts_below(fields, headings, rows)
    table = _Rows([*beside, *fields], design)
    if headed:
        table.head([*(["Axe"] if beside else []), *headings])
    heads = table.next
    if until and design.total_first:
        table.total("Total", _shown(until))
    if design.carries and carried:
        table.total("Report", _shown(carried))
    half = len(rows) // 2
    for axis, part in zip(AXES, (rows[:half], rows[half:]), strict=True):
        if not (design.axes or beside):
            table.body(rows, "")
            break
        table.body(part, axis)
        if design.subtotals and until and part:
            table.total(f"Sous-total {axis.split(' – ')[0]}", _shown(_sums(fields, part)))
    if until and (last or design.carries) and not design.total_first:
        table.total("Total" if last else "À reporter", _shown(until))
    cells = sorted((_as_designed(c, design) for c in table.cells), key=lambda c: (c.row, c.column))
    marked, notes = _with_notes(cells) if design.notes else (cells, ())
    weights = [
        WEIGHTS[f] * (1.3 if other_widths and i % 2 else 1) for i, f in enumerate(table.fields)
    ]
    widths = [weight / sum(weights) for weight in weights]
    return Sheet(title, table.fields, widths, heads, marked, frozenset(table.groups), notes)


def _with_texts_below(
    fields: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[str], list[str], list[list[str]]]:
    """A table without the column of descriptions, each of which ends its row under its heading."""
    at = fields.index("description")
    texts = [f"{headings[at]} : {row[at]}" for row in rows]
    fields, headings = ([*some[:at], *some[at + 1 :]] for some in (fields, headings))
    rows = [[*r[:at], *r[at + 1 :], text] for r, text in zip(rows, texts, strict=True)]
    return fields, headings, rows


def _sums(fields: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """What the sums of `rows` add up to, in euros, field by field."""
    return {
        field: sum(int(m[1].replace(" ", "")) for row in rows for m in EUROS.finditer(row[column]))
        for column, field in enumerate(fields)
        if field in SUMS
    }


def _shown(sums: dict[str, int]) -> dict[str, str]:
    return {field: _euros(amount) for field, amount in sums.items()}


def _as_designed(cell: Cell, design: Design) -> Cell:
    """`cell` with its sums and words as `design` writes them."""
    text = cell.text
    if cell.field in SUMS and cell.kind != "head":
        text = design.nothing if text == "-" else text
        text = EUROS.sub(lambda m: _money(m[1], design), text)
    if design.hyphenates:
        text = LONG_WORD.sub(lambda m: SYLLABLE.sub("\u00ad", m[0]), text)
    return replace(cell, text=text)


def _money(digits: str, design: Design) -> str:
    money, figures = design.money, design.figures
    thousands = f"{int(digits.replace(' ', '')) / 1000:g}".replace(".", ",")
    if money == "k€ in the head":
        return thousands
    if figures == "1,2 k€" and money == "€":
        return f"{thousands} k€"
    parted = {"1.234": ".", "1\u202f234": "\u202f"}.get(figures, " ")
    written = digits.replace(" ", parted) + (",00" if figures.endswith(",00") else "")
    if money == "€ first":
        return f"€ {written}"
    return written if money == "euros in the head" else f"{written} €"


def _with_notes(cells: Sequence[Cell]) -> tuple[list[Cell], list[str]]:
    """`cells` with marks after the second and the fourth sum, and the notes."""
    sums = [i for i, c in enumerate(cells) if c.is_sum and c.kind == "body"][1:4:2]
    marks = {i: str(n) for n, i in enumerate(sums, 1)}
    marked = [replace(c, note=marks.get(i, "")) for i, c in enumerate(cells)]
    return marked, [f"({n}) {NOTES[int(n) - 1]}" for n in marks.values()]


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


def _title(fields: Sequence[str], axis: str, row: int, design: Design) -> Iterator[Cell]:
    """An axis over its actions: across the table, or in the column of labels alone."""
    if not design.titled_in:
        yield Cell(axis, row, 0, fields[0], "axis", columns=len(fields))
        return
    for column, field in enumerate(fields):
        yield Cell(axis if field == "label" else "", row, column, field, "axis")


def _body(
    fields: Sequence[str], rows: Sequence[Sequence[str]], first: int, design: Design
) -> Iterator[Cell]:
    beside = fields.count("axis")
    pilots = fields.index("pilot")
    for row, texts in enumerate(rows, first):
        for column, (field, text) in enumerate(zip(fields[beside:], texts, strict=True), beside):
            if column != pilots or not design.joins_pilots:
                if design.listed and field in LISTED:
                    text = SENTENCE.sub("\n• ", f"• {text}")
                yield Cell(text, row, column, field)
    if design.joins_pilots:
        for pilot, same in groupby(enumerate(rows, first), key=lambda r: r[1][pilots - beside]):
            together = [row for row, _ in same]
            yield Cell(pilot, together[0], pilots, "pilot", rows=len(together))


def _total(
    fields: Sequence[str], name: str, sums: dict[str, str], row: int, design: Design
) -> Iterator[Cell]:
    first = min(fields.index(field) for field in sums)
    joined = first if design.joins_total else 1
    yield Cell(name, row, 0, fields[0], "total", columns=joined)
    for column, field in enumerate(fields[joined:], joined):
        yield Cell(sums.get(field, ""), row, column, field, "total")
