"""What stands on a layer that viewers do not show is no part of the page."""

from pathlib import Path

import pypdfium2
import pytest

from extractors.document import read_document
from extractors.pages.layers import Layers
from extractors.pages.page import Page
from extractors.pages.read_page import read_page
from tests.extractors.typesetter import pdf

SHOWN = b"BT /F1 12 Tf 60 700 Td (Subvention 50 000 euros) Tj ET 60 650 m 300 650 l S "
DRAFT = b"BT /F1 12 Tf 60 700 Td (Subvention 75 000 euros) Tj ET 60 600 m 300 600 l S "
OFF = b"/OCGs [7 0 R 8 0 R] /D << /OFF [8 0 R] >>"


def layered(
    path: Path,
    content: bytes,
    layers: bytes,
    *names: bytes,
    form: bytes = b"",
    belongs: bytes = b"",
) -> Path:
    """A page with two layers, /A and /B, and a form /X of `form`, which `belongs` to one."""
    stream = b"<< /Length %d %s >>\nstream\n%s\nendstream"
    fonts = b"/Font << /F1 5 0 R >>"
    first, second = names or (b"Acte", b"Brouillon")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << %s >> >>" % layers,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<"
        b" %s /XObject << /X 6 0 R >> /Properties << /A 7 0 R /B 8 0 R >> >> >>" % fonts,
        stream % (len(content), b"", content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream
        % (
            len(form),
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >> %s"
            % (fonts, belongs),
            form,
        ),
        b"<< /Type /OCG /Name (%s) >>" % first,
        b"<< /Type /OCG /Name (%s) >>" % second,
    ]
    path.write_bytes(pdf(objects))
    return path


def read(path: Path) -> Page:
    return read_page(pypdfium2.PdfDocument(path), 1, Layers(path))


def text(page: Page) -> str:
    return " ".join(word.text for word in page.words)


BOTH = b"/OC /A BDC " + SHOWN + b"EMC /OC /B BDC " + DRAFT + b"EMC"


@pytest.mark.parametrize(
    ("content", "layers", "form"),
    [
        (BOTH, OFF, b""),
        (BOTH, b"/OCGs [7 0 R 8 0 R] /D << /BaseState /OFF /ON [7 0 R] >>", b""),
        (SHOWN + b"/OC /B BDC q /X Do Q EMC", OFF, DRAFT),
        (SHOWN + b"/OC /B BDC /Span << /Lang (fr) >> BDC " + DRAFT + b"EMC EMC", OFF, b""),
    ],
    ids=["off", "off but one", "form", "marked within"],
)
def test_a_hidden_layer_is_not_read(
    content: bytes, layers: bytes, form: bytes, tmp_path: Path
) -> None:
    page = read(layered(tmp_path / "a.pdf", content, layers, form=form))
    assert text(page) == "Subvention 50 000 euros"
    assert [round(rule.middle[1]) for rule in page.rules] == [842 - 650]
    assert page.hidden


@pytest.mark.parametrize(
    ("belongs", "shown"),
    [
        (b"/OC 8 0 R", "Subvention 50 000 euros"),
        (b"/OC << /Type /OCMD /OCGs [8 0 R] /P /AllOn >>", "Subvention 50 000 euros"),
        (b"/OC 7 0 R", "Subvention 50 000 euros Subvention 75 000 euros"),
    ],
)
def test_a_form_belongs_to_a_layer_without_a_mark(
    belongs: bytes, shown: str, tmp_path: Path
) -> None:
    other = DRAFT.replace(b"700", b"500")
    path = layered(tmp_path / "a.pdf", SHOWN + b"q /X Do Q", OFF, form=other, belongs=belongs)
    page = read(path)
    assert text(page) == shown
    assert page.hidden is ("75" not in shown)


@pytest.mark.parametrize(
    ("layers", "names"),
    [
        (b"/OCGs [7 0 R 8 0 R] /D << >>", ()),
        (b"/OCGs [7 0 R 8 0 R] /D << /BaseState /OFF /ON [7 0 R 8 0 R] >>", ()),
        (b"/OCGs 9 /D << /OFF (B) >>", ()),  # nonsense
        (OFF, (b"Calque", b"Calque")),  # of one name, and only one is off
    ],
)
def test_layers_that_show_are_read(layers: bytes, names: tuple[bytes, ...], tmp_path: Path) -> None:
    page = read(layered(tmp_path / "a.pdf", BOTH.replace(b"700", b"720", 1), layers, *names))
    assert text(page) == "Subvention 50 000 euros Subvention 75 000 euros"
    assert not page.hidden


def test_a_hidden_layer_is_told(tmp_path: Path) -> None:
    (problem,) = read_document(layered(tmp_path / "a.pdf", BOTH, OFF)).problems
    assert (problem.rule, problem.severity, problem.page) == ("hidden_layer", "info", 1)
