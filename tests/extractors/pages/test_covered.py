"""Text that a picture hides."""

from functools import partial

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from tests.extractors.pages.drawn import HEIGHT, WIDTH, page, texts

TEXT = "Subvention"


@pytest.mark.parametrize(
    ("alpha", "first", "top", "invisible"),
    [
        pytest.param(255, "text", HEIGHT, len(TEXT), id="beneath the picture"),
        pytest.param(255, "picture", HEIGHT, 0, id="over the picture"),
        pytest.param(255, "text", 300, 0, id="above the picture"),
        pytest.param(60, "text", HEIGHT, 0, id="beneath a picture that lets it through"),
    ],
)
def test_text_that_a_picture_hides(alpha: int, first: str, top: float, invisible: int) -> None:
    picture = ImageReader(Image.new("RGBA", (60, 90), (200, 210, 230, alpha)))

    def draw(canvas):
        def prints():
            canvas.setFont("Helvetica", 10)
            canvas.drawString(50, 500, TEXT)

        def shows():
            canvas.drawImage(picture, 0, 0, WIDTH, top, mask="auto")

        for step in (prints, shows) if first == "text" else (shows, prints):
            step()

    found = page(draw)
    assert texts(found) == [TEXT]
    assert found.invisible == invisible


@pytest.mark.parametrize("mode", [3, 7], ids=["invisible", "for clipping"])
def test_text_that_is_not_painted_is_what_was_read_in_the_picture_beneath(mode: int) -> None:
    picture = ImageReader(Image.new("RGB", (60, 90), (200, 210, 230)))

    def draw(canvas, pictured):
        if pictured:
            canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT)
        text = canvas.beginText(50, 500)
        text.setTextRenderMode(mode)
        text.textOut(TEXT)
        canvas.drawText(text)

    scan, blank = page(partial(draw, pictured=True)), page(partial(draw, pictured=False))
    assert (scan.invisible, scan.concealed) == (len(TEXT), 0)
    assert (blank.invisible, blank.concealed) == (0, len(TEXT))
