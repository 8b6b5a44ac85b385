"""Golden documents drawn stroke by stroke with reportlab, for what the other engines cannot set.

Every function draws one PDF and returns the tables in it, as a reader should find them.
"""

from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

Tables = list[dict[str, Any]]
WIDTHS = (90.0, 160.0, 80.0, 80.0)
HEAD = ("Pilote", "Action", "AMI 2036", "Autres")
ROWS = (
    ("Ville de Sermaize", "Boutique logement", "24 000 €", "6 000 €"),
    ("Toit-Relais", "Colocation de sortants de rue", "31 500 €", ""),
    ("CIAS", "Fonds de garantie", "7 800,50 €", "1 200 €"),
    ("Total", "", "63 300,50 €", "7 200 €"),
)
ROW = 24.0


def expected(rows: tuple[tuple[str, ...], ...] = ROWS, page: int = 1) -> dict[str, Any]:
    return {
        "pages": [page, page],
        "columns": list(HEAD),
        "rows": [["total" if row[0] == "Total" else "body", *row] for row in rows],
    }


def texts(
    c: Canvas,
    left: float,
    top: float,
    rows: tuple[tuple[str, ...], ...] = ROWS,
    first: int = 0,
) -> None:
    """Head and rows, those from the `first` on; sums stand on the right of their columns."""
    for r, row in list(enumerate((HEAD, *rows)))[first:]:
        c.setFont("Helvetica-Bold" if r == 0 else "Helvetica", 9)
        x, y = left, top - r * ROW - 15
        for width, text in zip(WIDTHS, row, strict=True):
            if text.endswith("€"):
                c.drawRightString(x + width - 4, y, text)
            else:
                c.drawString(x + 4, y, text)
            x += width


def borders(left: float, top: float, rows: int) -> tuple[list[float], list[float]]:
    xs = [left + sum(WIDTHS[:i]) for i in range(len(WIDTHS) + 1)]
    return xs, [top - ROW * r for r in range(rows + 1)]


def rules(c: Canvas, left: float, top: float, rows: int = len(ROWS) + 1) -> None:
    xs, ys = borders(left, top, rows)
    c.grid(xs, ys)


def table(c: Canvas, left: float = 70, top: float = 700) -> None:
    rules(c, left, top)
    texts(c, left, top)


def rotated_90(c: Canvas) -> Tables:
    """A landscape table on a portrait page with /Rotate 90."""
    return _rotated(c, 90)


def rotated_180(c: Canvas) -> Tables:
    """A page displayed upside down."""
    return _rotated(c, 180)


def rotated_270(c: Canvas) -> Tables:
    return _rotated(c, 270)


def _rotated(c: Canvas, degrees: int) -> Tables:
    """The page's content is set so that /Rotate brings it upright."""
    c.setPageRotation(degrees)
    width, height = A4 if degrees == 180 else landscape(A4)  # before it is rotated
    c.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[degrees])
    c.rotate(degrees)
    table(c, 70, 500)
    return [expected()]


def sideways(c: Canvas) -> Tables:
    """A table drawn sideways on a page that is not rotated, after an upright one."""
    table(c)
    c.showPage()
    c.translate(A4[0], 0)
    c.rotate(90)
    c.setFont("Helvetica", 9)
    c.drawString(70, 540, "Tableau des crédits de paiement")
    table(c, 70, 500)
    return [expected(), expected(page=2)]


def upside_down_text(c: Canvas) -> Tables:
    """Text that runs from top to bottom."""
    c.translate(0, A4[1])
    c.rotate(-90)
    table(c, 70, 500)
    return [expected()]


def thin_boxes(c: Canvas) -> Tables:
    """Rules that are thin filled boxes, a border of two of them; false bold: heads drawn twice."""
    xs, ys = borders(70, 700, len(ROWS) + 1)
    for x in xs:
        c.rect(x, ys[-1], 0.6, ys[0] - ys[-1], stroke=0, fill=1)
    for y in ys:
        c.rect(xs[0], y, xs[-1] - xs[0], 0.6, stroke=0, fill=1)
    c.rect(xs[0], ys[1] - 2.5, xs[-1] - xs[0], 0.6, stroke=0, fill=1)
    texts(c, 70, 700)
    c.translate(0.25, 0)
    texts(c, 70, 700)
    return [expected()]


def dashed(c: Canvas) -> Tables:
    """Dashed rules inside, double ones around."""
    xs, ys = borders(70, 700, len(ROWS) + 1)
    c.setLineWidth(0.5)
    for off in (0, 2.8):
        c.rect(xs[0] - off, ys[-1] - off, xs[-1] - xs[0] + 2 * off, ys[0] - ys[-1] + 2 * off)
    c.setDash(3, 2)
    c.grid(xs, ys)
    texts(c, 70, 700)
    return [expected()]


def white_rules(c: Canvas) -> Tables:
    """White rules across the cells' text, a rule under a white box, and text beside the paper."""
    table(c)
    c.setStrokeColor(white)
    xs, _ = borders(70, 700, 1)
    for r in range(len(ROWS) + 1):
        c.line(xs[0], 700 - r * ROW - 12, xs[-1], 700 - r * ROW - 12)
    c.line(xs[1] + 60, 700, xs[1] + 60, 580)
    c.drawString(-200, 640, "hors de la page")
    return [expected()]


def highlighted(c: Canvas) -> Tables:
    """Words on yellow in cells and in prose; coloured lines of prose are no table."""
    c.setFillColor(Color(1, 1, 0.2))
    c.rect(163, 700 - ROW - 18, 84, 13, stroke=0, fill=1)
    c.rect(163, 700 - 2 * ROW - 18, 60, 13, stroke=0, fill=1)
    for y in (500, 485.5, 471):
        c.rect(70, y - 4, 400, 14, stroke=0, fill=1)
    c.setFillColor(black)
    table(c)
    c.setFont("Helvetica", 11)
    c.drawString(
        72, 500, "Le comité de pilotage valide la répartition des crédits entre les porteurs,"
    )
    c.drawString(
        72, 485.5, "sur proposition du comité technique. Les sommes non dépensées au terme de"
    )
    c.drawString(
        72, 471, "l'exercice sont reportées sur l'exercice suivant, après accord de l'État."
    )
    return [expected()]


def nested(c: Canvas) -> Tables:
    """Boxes to tick in cells, a frame around the page, a frame around the table."""
    c.rect(25, 25, A4[0] - 50, A4[1] - 50)
    c.rect(62, 560, 430, 160)
    table(c)
    for r in range(1, len(ROWS)):
        c.rect(300, 700 - r * ROW - 17, 7, 7)
    return [expected()]


def stamped(c: Canvas) -> Tables:
    """A stamp over the table, a note under it, a running head and a page number."""
    for page in (1, 2, 3):
        c.setFont("Helvetica", 8)
        c.drawString(70, 810, "Convention Logement d'abord 2036 – territoire de Sermaize")
        c.drawString(290, 25, f"{page}/3")
        if page == 2:
            table(c)
            c.setFont("Helvetica", 6)
            c.setFillColor(Color(0.1, 0.1, 0.8))
            c.drawString(190, 686, "Reçu au Contrôle de légalité le 14 mars 2036")
            c.rect(185, 680, 136, 14)
            c.setFillColor(black)
            c.drawString(
                70, 560, "(1) Crédits ouverts sous réserve de la loi de finances pour 2036."
            )
        else:
            c.setFont("Helvetica", 11)
            for line in range(12):
                c.drawString(70, 700 - 16 * line, "Les parties se rendent compte de l'avancement.")
        c.showPage()
    return [expected(page=2)]


def side_by_side(c: Canvas) -> Tables:
    """Two tables next to each other on a landscape page, a third one below."""
    c.setPageSize(landscape(A4))
    small = ROWS[:2]
    for left, top, rows in ((20.0, 550.0, ROWS), (435.0, 550.0, small), (20.0, 350.0, small)):
        rules(c, left, top, len(rows) + 1)
        texts(c, left, top, rows)
    c.drawString(20, 380, "Crédits reportés")
    return [expected(), expected(small), expected(small)]


def overrun(c: Canvas) -> Tables:
    """Texts too wide for their cells: one touches the sum beside it, one runs over an empty cell,
    a sum on the right of its column begins in the one before."""
    rows = (
        (
            "Observatoire",
            "Renouvelé dès 2036, sur l'avis du comité de pilotage",
            "92 000 €",
            "6 000 €",
        ),
        ("Association des amis du logement", "", "", "1 200 €"),
        *ROWS[:3],
        ("Évaluation", "Marché public", "11 125 500 450,50 €", "400 €"),
        ("Total", "", "11 125 655 750,50 €", "14 800 €"),
    )
    rules(c, 70, 700, len(rows) + 1)
    texts(c, 70, 700, rows)
    return [expected(rows)]


def bold_by_half(c: Canvas) -> Tables:
    """False bold: everything drawn again half a point to the right, and once more lower down."""
    rules(c, 70.5, 700)
    for right, down in ((0.0, 0.0), (0.5, 0.0), (0.45, 0.5)):
        texts(c, 70.5 + right, 700 - down)
    return [expected()]


def dark_head(c: Canvas) -> Tables:
    """White heads on a dark band, which no rules part; rules begin below it."""
    xs, ys = borders(70, 700, len(ROWS) + 1)
    c.grid(xs, ys[1:])
    c.setFillColor(Color(0.1, 0.3, 0.2))
    c.rect(xs[0], ys[1], xs[-1] - xs[0], ROW, stroke=0, fill=1)
    c.setFillColor(white)
    texts(c, 70, 700, ())
    c.setFillColor(black)
    texts(c, 70, 700, ROWS, first=1)
    return [expected()]


def torn_figures(c: Canvas) -> Tables:
    """Figures that the end of the page cuts: within their digits, between thousands, in the cents;
    not those of two rows."""
    halves = (("2000", "0 €"), ("1 250", "000 €"), ("7 800,5", "0 €"))
    upper = ("Ville de Sermaize", "Lutte contre le non-recours", *(above for above, _ in halves))
    lower = ("", "aux droits des ménages", *(below for _, below in halves))
    head = ("Pilote", "Action", "AMI 2035", "AMI 2036", "Autres")
    whole = ("24 000 €", "6 000 €", "1 200 €")
    widths = (100.0, 130.0, 42.0, 42.0, 46.0)
    xs = [70 + sum(widths[:i]) for i in range(len(widths) + 1)]
    pages = (
        (head, ("CIAS", "Fonds de garantie", *whole), upper),
        (head, lower, ("Toit-Relais", "Colocation", *whole)),
    )
    for top, rows in zip((120, 800), pages, strict=True):
        c.setFont("Helvetica", 9)
        c.grid(xs, [top - ROW * r for r in range(len(rows) + 1)])
        for r, row in enumerate(rows):
            for x, text in zip(xs, row, strict=False):
                c.drawString(x + 4, top - r * ROW - 15, text)
        c.showPage()
    cut = ("Ville de Sermaize", "Lutte contre le non-recours aux droits des ménages")
    body = [
        ("CIAS", "Fonds de garantie", *whole),
        (*cut, "20000 €", "1 250 000 €", "7 800,50 €"),
        ("Toit-Relais", "Colocation", *whole),
    ]
    rows_ = [["body", *row] for row in body]
    return [{"pages": [1, 2], "columns": list(head), "rows": rows_}]


DRAWINGS: tuple[Callable[[Canvas], Tables], ...] = (
    *(rotated_90, rotated_180, rotated_270, sideways, upside_down_text, thin_boxes, dashed),
    *(white_rules, highlighted, nested, stamped, side_by_side, overrun),
    *(bold_by_half, dark_head, torn_figures),
)
