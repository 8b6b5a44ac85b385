"""An invented act, drawn as a PDF: prose, then annexes in the layout of its territory."""

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Protocol

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from benchmarks.territories import Act, euros, in_words, table_of

MARGIN = 42.0
FONTS = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
    "Times": ("Times-Roman", "Times-Bold"),
}
WEIGHTS = {  # of a column's width
    "ref": 0.5, "pilot": 1.1, "label": 2.0, "objective": 1.6, "description": 2.8,
    "indicators": 1.7, "status": 0.9, "ami": 1.0, "cof": 1.2, "comment": 1.1,
}  # fmt: skip
PADDING = 3.0
PREAMBLE = (
    "Le territoire compte, d'après les dernières données disponibles, plusieurs centaines de "
    "ménages sans logement personnel. L'accès direct à un logement stable, assorti d'un "
    "accompagnement choisi par la personne, a fait la preuve de son efficacité. Les signataires "
    "ont décidé d'unir leurs moyens et d'engager une transformation de l'organisation locale.",
    "La candidature déposée en réponse à l'appel à manifestation d'intérêt « Logement d'abord » "
    "reposait sur un diagnostic partagé avec les communes, les bailleurs sociaux, le Département "
    "et les associations. Une feuille de route en est issue, dont le présent acte fixe le cadre "
    "financier pour l'exercice {exercise}.",
)
CLAUSES = (
    "Chacune des parties mobilise ses compétences propres et informe l'autre sans délai de toute "
    "difficulté susceptible de compromettre l'exécution du programme. Un comité de pilotage se "
    "réunit deux fois par an sous la présidence conjointe du préfet et de {the}.",
    "Le suivi s'appuie sur les indicateurs figurant en annexe, renseignés chaque semestre par les "
    "pilotes et consolidés par la personne chargée de la coordination. Un rapport d'exécution est "
    "remis avant le 31 mars de chaque année.",
)


@lru_cache(maxsize=100_000)
def width(word: str, font: str, size: float) -> float:
    return float(stringWidth(word, font, size))


def wrap(text: str, font: str, size: float, room: float) -> list[str]:
    """`text` in lines no wider than `room` points."""
    lines: list[str] = []
    line, used, blank = [], 0.0, width(" ", font, size)
    for word in text.split():
        wide = width(word, font, size)
        if line and used + blank + wide > room:
            lines.append(" ".join(line))
            line, used = [], 0.0
        used += wide + (blank if line else 0.0)
        line.append(word)
    return [*lines, " ".join(line)] if line else lines


class Paper(Protocol):
    """Where prose is written; sizes and blanks in points."""

    def write(
        self, text: str, *, size: float = ..., bold: bool = ..., gap: float = ...
    ) -> None: ...
    def heading(self, text: str) -> None: ...
    def stamp(self, text: str) -> None: ...
    def space(self, points: float) -> None: ...


class Sheet:
    """Pages filled from the top; `y` is where the next line goes, from the bottom edge."""

    def __init__(self, path: Path, act: Act) -> None:
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.canvas.setTitle(f"{act.stem} (document fictif)")
        self.font, self.bold = FONTS[act.territory.font]
        self.running = f"{act.territory.name} – plan Logement d'abord"
        self.pages = 0
        self.size = A4
        self._open()

    def _open(self) -> None:
        self.pages += 1
        self.canvas.setPageSize(self.size)
        self.y = self.size[1] - MARGIN - 12
        self.canvas.setFont(self.font, 7)
        self.canvas.drawCentredString(self.size[0] / 2, 22, f"Page {self.pages}")
        if self.pages > 1:
            self.canvas.drawString(MARGIN, self.size[1] - 28, self.running)

    def new_page(self, size: tuple[float, float] | None = None) -> None:
        self.canvas.showPage()
        self.size = size or self.size
        self._open()

    def close(self) -> None:
        self.canvas.showPage()
        self.canvas.save()

    @property
    def room(self) -> float:
        return self.y - MARGIN

    def write(
        self,
        text: str,
        *,
        size: float = 11.5,
        bold: bool = False,
        gap: float = 6,
        indent: float = 0,
    ) -> None:
        """A paragraph, continued on the next page where it must."""
        font = self.bold if bold else self.font
        for line in wrap(text, font, size, self.size[0] - 2 * MARGIN - indent):
            if self.room < size * 1.3:
                self.new_page()
            self.canvas.setFont(font, size)
            self.y -= size * 1.3
            self.canvas.drawString(MARGIN + indent, self.y, line)
        self.y -= gap

    def stamp(self, text: str) -> None:
        self.canvas.setFont(self.font, 7)
        self.canvas.drawString(430, self.size[1] - 24, text)

    def space(self, points: float) -> None:
        self.y -= points

    def heading(self, text: str, size: float = 11) -> None:
        if self.room < 70:
            self.new_page()
        self.y -= 6
        self.write(text, size=size, bold=True)


class Grid:
    """A table being drawn: its columns' left edges, and the style of its rules and fills. A column
    is no narrower than the longest word of `rows`, set in type of `size` points or as much smaller
    as the page is too narrow; what room is left goes by `weights`."""

    def __init__(
        self,
        sheet: Sheet,
        weights: Sequence[float],
        style: str,
        size: float,
        rows: Sequence[Sequence[str]] = (),
    ) -> None:
        longest = [
            max((width(w, sheet.bold, 1.0) for cell in column for w in cell.split()), default=0)
            for column in zip(*rows, strict=True)
        ] or [0.0] * len(weights)
        room = sheet.size[0] - 2 * MARGIN - 2 * PADDING * len(weights)
        self.sheet, self.style = sheet, style
        self.size = min(size, room / sum(longest)) if any(longest) else size
        spare = (room - self.size * sum(longest)) / sum(weights)
        widths = [
            self.size * word + spare * weight + 2 * PADDING
            for word, weight in zip(longest, weights, strict=True)
        ]
        self.edges = [MARGIN, *(MARGIN + wide for wide in accumulate(widths))]
        self.shaded = False

    def wrapped(self, cells: Sequence[str], font: str) -> list[list[str]]:
        rooms = (b - a - 2 * PADDING for a, b in zip(self.edges, self.edges[1:], strict=False))
        return [wrap(c, font, self.size, r) for c, r in zip(cells, rooms, strict=True)]

    def height(self, lines: Sequence[Sequence[str]]) -> float:
        return max(map(len, lines)) * self.size * 1.2 + 2 * PADDING

    def row(self, cells: Sequence[str], header: Sequence[str] = (), bold: bool = False) -> None:
        """Draw a row, on the next page (below `header` again) where this one has no room."""
        font = self.sheet.bold if bold else self.sheet.font
        lines = self.wrapped(cells, font)
        if self.sheet.room < self.height(lines):
            self.sheet.new_page()
            if header:
                self.row(header, bold=True)
        self._draw(lines, font, self.style == "zebra" and (bold or self.shaded), bold)
        self.shaded = not bold and not self.shaded

    def _draw(self, lines: list[list[str]], font: str, shaded: bool, strong: bool) -> None:
        canvas, top, height = self.sheet.canvas, self.sheet.y, self.height(lines)
        left, right = self.edges[0], self.edges[-1]
        if shaded:
            canvas.setFillGray(0.8 if strong else 0.92)
            canvas.rect(left, top - height, right - left, height, stroke=0, fill=1)
            canvas.setFillGray(0)
        canvas.setLineWidth(0.6)
        if self.style in ("ruled", "lines"):
            canvas.line(left, top, right, top)
            canvas.line(left, top - height, right, top - height)
        if self.style == "ruled":
            for x in self.edges:
                canvas.line(x, top, x, top - height)
        canvas.setFont(font, self.size)
        for x, cell in zip(self.edges, lines, strict=False):
            for rank, line in enumerate(cell, 1):
                canvas.drawString(x + PADDING, top - PADDING - rank * self.size * 1.2 + 2, line)
        self.sheet.y -= height


def draw(act: Act, path: Path) -> tuple[list[tuple[str, str]], int]:
    """Draw `act`; returns its articles (number, title) and how many pages it takes."""
    sheet = Sheet(path, act)
    articles = prose(sheet, act)
    for annex in (1, 2):
        _annex(sheet, act, annex)
    sheet.close()
    return articles, sheet.pages


def prose(sheet: Paper, act: Act) -> list[tuple[str, str]]:
    """Write what stands before the annexes; returns its articles (number, title)."""
    territory = act.territory
    the = territory.kind[1]
    period = f"{territory.first_year}-{territory.first_year + 3}"
    convention = "convention pluriannuelle d'objectifs"
    received = act.signed_on + timedelta(days=9)
    sheet.stamp(f"Reçu en préfecture le {received:%d/%m/%Y}")
    title = f"{convention} {period} conclue avec {territory.name}".upper()
    if act.number:
        title = f"AVENANT N°{act.number} À LA {title}"
    sheet.write(title, size=14, bold=True, gap=14)
    sheet.write("Entre")
    sheet.write(
        f"L'Etat, représenté par Madame {territory.state_representative}, préfète de département, "
        "d'une part,"
    )
    sheet.write("Et")
    sheet.write(
        f"{territory.name}, représentée par Monsieur {territory.beneficiary_representative}, "
        f"président, ci-après « {the} », d'autre part,"
    )
    sheet.write(f"N° SIRET : {territory.siret}")
    sheet.write("Les parties sont convenues de ce qui suit :", gap=12)
    sheet.heading("PRÉAMBULE")
    for text in PREAMBLE:
        sheet.write(text.format(exercise=act.exercise))
    articles: list[tuple[str, str]] = []

    def article(number: str, title: str, *texts: str) -> None:
        articles.append((number, title))
        main = "." not in number
        sheet.heading(f"ARTICLE {number} – {title}" if main else f"{number} {title}")
        for text in texts:
            sheet.write(text)

    article("1", "Objet", f"Le présent acte arrête les actions de l'exercice {act.exercise}.")
    article("2", "Engagements et financement", *(c.format(the=the) for c in CLAUSES))
    article(
        "2.1", "Actions retenues", "Elles sont décrites en annexe 1 ; l'annexe 2 cite les autres."
    )
    granted = euros(act.granted - act.carry_over)
    if act.carry_over:
        article(
            "2.2",
            "Dispositions financières",
            f"Un reliquat de {euros(act.carry_over)} a été constaté à la clôture de l'exercice "
            f"précédent. Le montant versé, net du reliquat, est de {granted} pour un besoin de "
            f"{euros(act.granted)} au titre de l'exercice {act.exercise}.",
        )
    else:
        article(
            "2.2",
            "Dispositions financières",
            f"Pour l'exercice {act.exercise}, l'Etat apporte une subvention de {granted}.",
        )
    article("3", "Durée", f"La convention est conclue pour la période {period}.")
    article(
        "4",
        "Imputation et paiement",
        "La subvention est imputée sur le programme 177 « Hébergement, parcours vers le logement "
        "et insertion des personnes vulnérables » et versée en une seule fois après signature.",
    )
    article("5", "Suivi", *(c.format(the=the) for c in CLAUSES))
    article("6", "Litiges", "À défaut d'accord amiable, le tribunal administratif est compétent.")
    sheet.space(14)
    sheet.write(f"Fait à {territory.place}, le {in_words(act.signed_on)}")
    sheet.write(f"Pour {territory.name}, {territory.beneficiary_representative}")
    sheet.write(f"Pour l'Etat, {territory.state_representative}")
    return articles


def _annex(sheet: Sheet, act: Act, annex: int) -> None:
    territory = act.territory
    forms = territory.layout == "forms" and annex == 1
    sheet.new_page(landscape(A4) if territory.landscape and not forms else A4)
    funded = (
        "Actions financées dans le cadre de l'AMI « Logement d'abord »"
        if annex == 1
        else "Autres actions, sans crédits AMI,"
    )
    sheet.heading(f"Annexe {annex} – {funded} pour {act.exercise}", size=12)
    if forms:
        return _sheets(sheet, act)
    fields, headings, rows, totals = table_of(act, annex)
    style = "ruled" if territory.layout == "forms" else territory.layout
    size = 9 if territory.landscape else 7
    grid = Grid(sheet, [WEIGHTS[f] for f in fields], style, size, [headings, *rows, *totals])
    grid.row(headings, bold=True)
    for row in rows:
        grid.row(row, header=headings if territory.index % 2 else ())
    for row in totals:
        grid.row(row, bold=True)


def _sheets(sheet: Sheet, act: Act) -> None:
    """The funded actions as forms (fiches actions), two or three a page."""
    for rank, action in enumerate(act.funded, 1):
        if sheet.room < 200:
            sheet.new_page()
        sheet.y -= 10
        sheet.heading(f"Fiche action n° {rank} : {action.label}")
        grid = Grid(sheet, (1, 1, 1), "ruled", 9)
        money = f"FINANCEMENT AMI : {euros(action.ami)}"
        other = f"FINANCEMENT {action.cofunder} : {euros(action.cofunding)}"
        grid.row([f"PILOTE : {action.pilot}", money, other if action.cofunding else ""])
        body = Grid(sheet, (1, 3), "ruled", 9)
        body.row(["Objectifs", action.objective])
        body.row(["Description", action.description])
        body.row(["Indicateurs", action.indicators])
