"""Typesets the PDFs that tests read, so that none has to be kept."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

STREAM = re.compile(rb"<<((?:[^<>]|<<[^<>]*>>)*)>>\s*stream\r?\n(.*?)endstream", re.DOTALL)
ACT = (
    "CONVENTION PLURIANNUELLE D'OBJECTIFS 2031-2033",
    "entre l'État et la métropole de Valbrume",
    "ARTICLE 1 – OBJET",
    "La présente convention fixe les actions du programme Logement d'abord.",
    "ARTICLE 2 – FINANCEMENT",
    "L'État accorde une subvention de 120 000 € au titre de l'exercice 2031.",
)


def pdf(path: Path, pages: int = 1, lines: tuple[str, ...] = ACT, **canvas: object) -> Path:
    """A PDF of `pages` equal pages with `lines` of text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drawing = Canvas(str(path), **{"pagesize": A4, "invariant": True, **canvas})
    for number in range(pages):
        for row, line in enumerate(lines):
            drawing.drawString(60, 780 - 20 * row, line)
        drawing.drawString(280, 30, str(number + 1))
        drawing.showPage()
    drawing.save()
    return path


def broken(path: Path, number: int, of: bytes, keeps: float) -> Path:
    """`path`, whose stream `number` (from 0) of those with the filter `of` `keeps` a share of its
    bytes: the others are zero."""
    content = path.read_bytes()
    start, end = [m.span(2) for m in STREAM.finditer(content) if of in m[1]][number]
    cut = start + round(keeps * (end - start))
    path.write_bytes(content[:cut] + b"\0" * (end - cut) + content[end:])
    return path


def act(path: Path, year: int = 2031, granted: int = 50_000) -> Path:
    """A signed act with one action in a ruled annex."""
    return bound(path, {year: granted}, f"Actions financées en {year}")


def bound(path: Path, granted: Mapping[int, int], table: str = "Actions financées") -> Path:
    """Acts of several years in one file, each of two pages, with its grant."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drawing = Canvas(str(path), pagesize=A4, invariant=True)
    for year, amount in granted.items():
        _act(drawing, year, amount, table)
    drawing.save()
    return path


def _act(drawing: Canvas, year: int, granted: int, table: str) -> None:
    lines = (
        f"CONVENTION PLURIANNUELLE D'OBJECTIFS {year}",
        "entre l'État et la métropole de Valbrume",
        "ARTICLE 1 – OBJET",
        "La présente convention fixe les actions du programme Logement d'abord.",
        "ARTICLE 2 – FINANCEMENT",
        f"L'État accorde une subvention de {granted} € au titre de l'exercice {year}.",
    )
    for row, line in enumerate(lines):
        drawing.drawString(60, 780 - 20 * row, line)
    drawing.showPage()
    drawing.drawString(60, 800, f"ANNEXE 1 – {table}")
    cells = (
        ("Pilote", "Action", "Financement AMI"),
        ("Ville de Valbrume", "Former les agents", f"{granted} €"),
    )
    _rule(drawing, cells)
    drawing.showPage()


def ruled(path: Path, rows: list[list[str]]) -> Path:
    """A PDF with one ruled table."""
    drawing = Canvas(str(path), pagesize=A4, invariant=True)
    _rule(drawing, rows)
    drawing.save()
    return path


def _rule(drawing: Canvas, rows: Sequence[Sequence[str]]) -> None:
    left, top, width, height = 60, 780, 110, 24
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            drawing.rect(left + x * width, top - (y + 1) * height, width, height)
            drawing.drawString(left + x * width + 4, top - (y + 1) * height + 8, text)


def encrypted(path: Path) -> Path:
    """A PDF that opens with a password only."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    return pdf(path, encrypt=StandardEncryption("secret", strength=128))


def truncated(path: Path) -> Path:
    """The first two thirds of a PDF."""
    content = pdf(path, pages=5).read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    return path


def update_cut(path: Path) -> Path:
    """A PDF whose second revision is cut off after its first objects."""
    content = pdf(path).read_bytes()
    path.write_bytes(content + b"\n9 0 obj\n<< /Type /Page >>\nendobj\n")
    return path


def without_pages(path: Path) -> Path:
    """A valid PDF with an empty page tree."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(content)
    content += b"xref\n0 3\n0000000000 65535 f \n%s" % table
    content += b"trailer << /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(content)
    return path
