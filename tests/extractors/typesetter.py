"""Sets small PDFs line by line, and reads their pages back with the product's reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from extractors.pages.page import Page
from extractors.pages.read_page import read_page

WIDTH, HEIGHT = 595.0, 842.0


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of `objects`, numbered from 1, the first of which is its catalogue."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n"


@dataclass
class Typesetter:
    """Lines go down the page at `y`; a blank line makes a paragraph."""

    buffer: BytesIO = field(default_factory=BytesIO)
    y: float = 70.0

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.buffer, pagesize=(WIDTH, HEIGHT))

    def line(
        self, text: str, bold: bool = False, size: float = 11, x: float = 71, gap: float = 14
    ) -> "Typesetter":
        self.at(text, x, self.y, bold, size)
        self.y += gap
        return self

    def lines(self, text: str, **style: float) -> "Typesetter":
        """Every line of `text`; '# ' sets bold; a blank line leaves a blank."""
        for line in text.strip("\n").splitlines():
            if line.strip():
                bold = line.startswith("# ")
                self.line(line.removeprefix("# "), bold, **style)
            else:
                self.y += 8
        return self

    def at(self, text: str, x: float, y: float, bold: bool = False, size: float = 11) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def new_page(self) -> "Typesetter":
        self.canvas.showPage()
        self.y = 70.0
        return self

    def pages(self) -> list[Page]:
        self.canvas.showPage()
        self.canvas.save()
        document = pypdfium2.PdfDocument(self.buffer.getvalue())
        count = len(document)
        return [p for n in range(1, count + 1) if (p := read_page(document, n)).words]
