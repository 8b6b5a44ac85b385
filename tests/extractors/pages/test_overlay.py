"""Fields and notes on a page: what was filled in is read, what covers its text is not."""

from io import BytesIO

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.pages.lines import read_lines
from extractors.pages.read_page import read_page
from tests.extractors.typesetter import pdf

NOTE = b"BT /F 10 Tf 2 4 Td (%s) Tj ET"
FIELD = b"/Tx BMC q BT /F 10 Tf 2 4 Td (%s) Tj ET Q EMC"


Rectangle = tuple[int, int, int, int]  # left, bottom, right, top


def annotated(*annotations: tuple[bytes, bytes, Rectangle]) -> pypdfium2.PdfDocument:
    """A page that prints "Montant" at (50, 700), under annotations: their entries, how they look,
    and where they stand."""
    shown = b"BT /F 10 Tf 50 700 Td (Montant) Tj ET"
    font = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    numbers = b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(len(annotations)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]>>>>" % numbers,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R/Annots[%s]%s>>"
        % (numbers, font),
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
    ]
    for i, (entries, look, (left, bottom, right, top)) in enumerate(annotations):
        rectangle = b"%d %d %d %d" % (left, bottom, right, top)
        objects += [
            b"<</Type/Annot%s/Rect[%s]%s/AP<</N %d 0 R>>>>"
            % (b"" if b"/F 2" in entries else b"/F 4", rectangle, entries, 6 + 2 * i),
            b"<</Type/XObject/Subtype/Form/BBox[0 0 %d %d]%s/Length %d>>stream\n%s\nendstream"
            % (right - left, top - bottom, font, len(look), look),
        ]
    return pypdfium2.PdfDocument(pdf(objects))


BLANK, OVER = (200, 695, 300, 712), (45, 695, 145, 712)


@pytest.mark.parametrize(
    ("entries", "look", "frame", "read"),
    [
        (b"/Subtype/Widget/FT/Tx/V(34 000 EUR)", FIELD % b"34 000 EUR", BLANK, "34 000 EUR"),
        (b"/Subtype/Widget/FT/Tx/V(34 000 EUR)", FIELD % b"34 000 EUR", OVER, "34 000 EUR"),
        (b"/Subtype/Widget/FT/Ch/V(Mairie)", FIELD % b"Mairie", BLANK, "Mairie"),
        (b"/Subtype/Widget/FT/Btn/V/4/AS/4", FIELD % b"4", BLANK, "☒"),
        (b"/Subtype/Widget/FT/Btn/V/4/AS/Off", FIELD % b"4", BLANK, "☐"),
        (b"/Subtype/Widget/AS/Off", FIELD % b"4", BLANK, "☐"),
        (b"/F 2/Subtype/Widget/FT/Btn/AS/4", FIELD % b"4", BLANK, ""),
        (b"/Subtype/Widget/FT/Btn/MK<</CA(Envoyer)>>", FIELD % b"Envoyer", BLANK, ""),
        (b"/Subtype/Widget/FT/Sig", FIELD % b"Signature de A. Lebel", BLANK, ""),
        (b"/Subtype/FreeText/IT/FreeTextTypeWriter", NOTE % b"34 000 EUR", BLANK, "34 000 EUR"),
        (b"/Subtype/FreeText/IT/FreeTextTypewriter", NOTE % b"COPIE", OVER, ""),
        (b"/Subtype/FreeText/Contents(COPIE)", NOTE % b"COPIE", BLANK, ""),
        (b"/Subtype/Stamp/Contents(COPIE)", NOTE % b"COPIE", BLANK, ""),
        (b"/Subtype/Link", NOTE % b"https", BLANK, ""),
    ],
)
def test_what_is_laid_over_a_page(entries: bytes, look: bytes, frame: Rectangle, read: str) -> None:
    page = read_page(annotated((entries, look, frame)), 1)
    assert sorted(word.text for word in page.words) == sorted(["Montant", *read.split()])
    assert page.overlaid is bool(read)


def test_what_is_left_out_does_not_come_in_with_the_rest() -> None:
    document = annotated(
        (b"/Subtype/Stamp/Contents(COPIE)", NOTE % b"COPIE", OVER),
        (b"/Subtype/Widget/FT/Tx/V(34 000)", FIELD % b"34 000", BLANK),
        (b"/Subtype/FreeText/Contents(Vu)", NOTE % b"Vu", OVER),
    )
    assert {word.text for word in read_page(document, 1).words} == {"Montant", "34", "000"}


def test_a_form_filled_in_by_a_program_is_read() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(50, 700, "Pilote")
    canvas.acroForm.textfield(name="pilote", value="CCAS de Bresles", x=150, y=695, height=18)
    for x, label, checked in ((50, "Nouvelle", False), (150, "Reconduite", True)):
        canvas.acroForm.checkbox(name=label, checked=checked, x=x, y=648, size=12)
        canvas.drawString(x + 16, 650, label)
    canvas.save()
    page = read_page(pypdfium2.PdfDocument(buffer.getvalue()), 1)
    assert [line.text for line in read_lines(page)] == [
        "Pilote CCAS de Bresles",
        "☐ Nouvelle ☒ Reconduite",
    ]
