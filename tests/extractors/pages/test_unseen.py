"""Text that a page holds and does not show is not read."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.extractors.pages.drawn import HEIGHT, WIDTH, page, texts

OLD, NEW = "Montant 10 000 €", "12 000 €"


def blacked_out(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Subvention de 50000 euros")
    canvas.rect(128, 696, 32, 13, fill=1)


def painted_white_and_typed_anew(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Subvention de")
    canvas.drawString(130, 700, "10 000 €")
    canvas.setFillGray(1)
    canvas.rect(125, 696, 60, 13, fill=1, stroke=0)
    canvas.setFillGray(0)
    canvas.drawString(130, 700, "12 000 €")
    canvas.drawString(180, 700, "euros")


def white_on_paper(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Subvention de euros")
    canvas.setFillGray(1)
    canvas.drawString(60, 600, "10 000 €")
    canvas.drawString(70, 701, "10 000 €")


def tiny(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Subvention de euros")
    canvas.setFont("Helvetica", 1)
    canvas.drawString(60, 600, "10 000 €")


def of_no_visible_mode(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Subvention de euros")
    text = canvas.beginText(60, 600)
    text.setTextRenderMode(3)
    text.textLine("10 000 €")
    canvas.drawText(text)


def below_a_row_of_fixed_height(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Subvention de euros")
    clip(canvas, 50, 600, 100, 40)
    canvas.drawString(60, 590, "10 000 €")


def beyond_a_cell_of_a_spreadsheet(canvas: Canvas) -> None:
    clip(canvas, 50, 690, 101, 40)
    canvas.drawString(60, 700, "Subvention de euros et un reste")


def clip(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    window = canvas.beginPath()
    window.rect(x, y, width, height)
    canvas.clipPath(window, stroke=0)


@pytest.mark.parametrize(
    ("draw", "shown"),
    [
        (blacked_out, "Subvention de euros"),
        (painted_white_and_typed_anew, "Subvention de 12 000 € euros"),
        (white_on_paper, "Subvention de euros"),
        (tiny, "Subvention de euros"),
        (of_no_visible_mode, "Subvention de euros"),
        (below_a_row_of_fixed_height, "Subvention de euros"),
        (beyond_a_cell_of_a_spreadsheet, "Subvention de euros"),
    ],
)
@pytest.mark.parametrize("rotation", [0, 90])
def test_what_does_not_show_is_not_read(draw, shown: str, rotation: int) -> None:
    drawn = page(draw, rotation)
    assert " ".join(texts(drawn)) == shown
    assert drawn.concealed >= 5


def shaded_cells(canvas: Canvas) -> None:
    for x, colour in ((60, 0.9), (200, 0.1)):
        canvas.setFillGray(colour)
        canvas.rect(x - 5, 690, 120, 30, fill=1)
        canvas.setFillGray((colour > 0.5 and 0) or 1)
        canvas.drawString(x, 700, OLD if x < 100 else NEW)


def highlighted(canvas: Canvas) -> None:
    canvas.drawString(60, 700, f"{OLD} {NEW}")
    canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    canvas.rect(50, 690, 200, 30, fill=1)


def under_a_clipped_fill(canvas: Canvas) -> None:
    canvas.drawString(60, 700, f"{OLD} {NEW}")
    path = canvas.beginPath()
    path.rect(300, 300, 50, 50)
    canvas.clipPath(path, stroke=0)
    canvas.rect(0, 0, WIDTH, HEIGHT, fill=1)


def printed_again_over_a_fill(canvas: Canvas) -> None:
    for _ in range(2):
        canvas.setFillGray(0.9)
        canvas.rect(50, 690, 200, 30, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(60, 700, f"{OLD} {NEW}")


def white_on_a_round_shape(canvas: Canvas) -> None:
    canvas.roundRect(50, 690, 200, 30, 8, fill=1)
    canvas.setFillGray(1)
    canvas.drawString(60, 700, f"{OLD} {NEW}")


def outlined(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    text = canvas.beginText(60, 700)
    text.setTextRenderMode(2)
    text.textLine(f"{OLD} {NEW}")
    canvas.drawText(text)


@pytest.mark.parametrize(
    "draw",
    [
        shaded_cells, highlighted, under_a_clipped_fill, printed_again_over_a_fill,
        white_on_a_round_shape, outlined,
    ],
)  # fmt: skip
def test_what_shows_is_read(draw) -> None:
    drawn = page(draw)
    assert " ".join(texts(drawn)) == f"{OLD} {NEW}"
    assert drawn.concealed == 0


def test_a_text_that_only_begins_as_the_one_below_is_read() -> None:
    """Print in the same place makes bold; another sum there is another text."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "10 000 €")
        canvas.drawString(60.2, 700, "12 000 €")

    assert "12 000 €" in " ".join(texts(page(draw)))
