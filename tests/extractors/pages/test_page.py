"""One page as the reader sees it: words, rules, fills, turns."""

from io import BytesIO

import pypdfium2
import pytest
from reportlab.lib.colors import red, white
from reportlab.pdfgen.canvas import Canvas

from extractors.pages.page import Box, Page, Word, around, outside, turned
from extractors.pages.read_page import read_page
from tests.extractors.pages.drawn import HEIGHT, WIDTH, page, texts
from tests.extractors.typesetter import pdf


def test_words_stand_where_they_are_printed():
    read = page(lambda c: c.drawString(100, 700, "Subvention accordée"))
    assert texts(read) == ["Subvention", "accordée"]
    first = read.words[0]
    assert first.box.x0 == pytest.approx(100, abs=1)
    assert first.baseline == pytest.approx(HEIGHT - 700, abs=0.1)
    assert first.box.top < first.baseline < first.box.bottom
    assert (first.size, first.bold) == (10, False)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rotated_page_is_as_displayed(rotation):
    def draw(c):
        c.translate(*{0: (0, 0), 90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[rotation])
        c.rotate(rotation)
        c.drawString(50, 300, "Pilote Action")
        c.line(50, 290, 250, 290)

    read = page(draw, rotation)
    height = read.height
    assert (read.width, height) == ((WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH))
    assert texts(read) == ["Pilote", "Action"]
    assert read.turn == 0
    assert read.words[0].box.x0 == pytest.approx(50, abs=1)
    assert read.words[0].baseline == pytest.approx(height - 300, abs=0.1)
    (rule,) = read.rules
    assert rule.x0 == pytest.approx(50, abs=0.1)
    assert rule.top == pytest.approx(height - 290, abs=0.1)


@pytest.mark.parametrize(("angle", "turn"), [(90, 90), (180, 180), (270, 270)])
def test_sideways_text_is_turned_upright_and_back(angle, turn):
    def draw(c):
        c.translate(250, 400)
        c.rotate(angle)
        c.drawString(0, 0, "Bilan financier")

    read = page(draw)
    assert read.turn == turn
    assert texts(read) == ["Bilan", "financier"]
    assert read.words[0].box.x1 < read.words[1].box.x0
    paper = read.on_paper(around([w.box for w in read.words]))
    assert paper.holds(250, 400, slack=4)
    assert (paper.height > paper.width) == (angle != 180)


@pytest.mark.parametrize("angle", [90, 270])
def test_letters_printed_one_by_one_on_their_side_are_one_line(angle):
    def draw(c):
        c.drawString(50, 700, "Ce que paie chacun")
        c.translate(250, 400)
        c.rotate(angle)
        x = 0.0
        for letter in "Part de l'État":
            if letter != " ":
                c.drawString(x, 0, letter)
            x += c.stringWidth(letter, "Helvetica", 10)

    read = page(draw)
    assert texts(read) == ["Ce", "que", "paie", "chacun", "Part de l'État"]
    assert read.words[4].box.height > read.words[4].box.width


@pytest.mark.parametrize(
    ("before", "rise", "size", "call", "last"),
    [
        ("28 500 €", 4, 6, "1", "€¹"),
        ("accueil", 4, 6, "1", "accueil¹"),
        ("accueil ", 4, 6, "1", "accueil¹"),
        ("accueil ", 2, 6, "1", "1"),  # hardly raised, after a blank
        ("28 500", 4, 6, "(12)", "500⁽¹²⁾"),
        ("28 500", 4, 10, "1", "1"),  # as large
        ("28 500", 8, 6, "1", "1"),  # too high
        ("CO", -2, 6, "2", "CO2"),
    ],
)
def test_the_call_of_a_note_is_written_as_raised(before, rise, size, call, last):
    def draw(c):
        c.setFont("Helvetica", 10)
        c.drawString(50, 700, before)
        c.setFont("Helvetica", size)
        c.drawString(50.2 + c.stringWidth(before, "Helvetica", 10), 700 + rise, call)

    assert texts(page(draw))[-1] == last


@pytest.mark.parametrize(("rise", "size", "read"), [(4, 6, "¹"), (0, 10, "1"), (4, 10, "1")])
def test_the_number_of_a_note_is_written_as_raised(rise, size, read):
    def draw(c):
        c.setFont("Helvetica", size)
        c.drawString(50, 700 + rise, "1")
        c.setFont("Helvetica", 10)
        c.drawString(56, 700, "En lien avec la CAF")

    assert texts(page(draw))[:2] == [read, "En"]


def test_text_drawn_twice_is_read_once():
    def draw(c):
        for x in (100, 100.3):
            for y in (700, 660):
                c.drawString(x, y, "Gras")

    assert texts(page(draw)) == ["Gras", "Gras"]


@pytest.mark.parametrize("left", [100.0, 100.45, 100.5, 100.6, 100.95])
def test_text_drawn_half_a_point_beside_itself_is_read_once(left):
    def draw(canvas):
        for right in (0.0, 0.5):
            for line, text in enumerate(lines):  # the second ones follow no first one
                canvas.drawString(left + right, 700.3 - 20 * line, text)

    lines = [f"Montant{n}" for n in range(12)]
    read = page(draw)
    assert texts(read) == lines
    assert all(word.bold for word in read.words)


def test_text_with_an_outline_is_bold():
    def draw(c):
        text = c.beginText(100, 700)
        text.setTextRenderMode(2)
        text.textOut("Gras")
        c.drawText(text)

    assert page(draw).words[0].bold


def test_bold_is_known_by_the_font():
    def draw(c):
        c.setFont("Helvetica-Bold", 12)
        c.drawString(100, 700, "Total")

    assert page(draw).words[0].bold


def test_text_beside_the_paper_is_not_printed():
    assert texts(page(lambda c: c.drawString(-300, 700, "Caché"))) == []


@pytest.mark.parametrize(
    ("draw", "rules", "fills"),
    [
        (lambda c: c.line(50, 500, 250, 500), 1, 0),
        (lambda c: c.rect(50, 500, 100, 40), 4, 0),
        (lambda c: c.rect(50, 500, 100, 0.7, stroke=0, fill=1), 1, 0),
        (lambda c: c.rect(50, 500, 100, 40, stroke=0, fill=1), 0, 1),
        (lambda c: c.line(50, 500, 250, 700), 0, 0),
        (lambda c: c.circle(200, 500, 40, stroke=0, fill=1), 0, 0),
        (lambda c: c.roundRect(50, 500, 100, 40, 6, stroke=0, fill=1), 0, 1),
        (lambda c: c.roundRect(50, 500, 100, 40, 20, stroke=0, fill=1), 0, 0),
    ],
    ids=["line", "box", "thin box", "filled box", "slanting line", "disc", "round", "pill"],
)
def test_rules_and_fills(draw, rules, fills):
    read = page(draw)
    assert (len(read.rules), len(read.fills)) == (rules, fills)


def test_white_lines_do_not_show():
    def draw(c):
        c.setStrokeColor(white)
        c.line(50, 500, 250, 500)
        c.setFillColor(white)
        c.rect(50, 300, 100, 0.7, stroke=0, fill=1)
        c.rect(50, 200, 100, 50, stroke=0, fill=1)

    read = page(draw)
    assert read.rules == ()
    assert [fill.visible for fill in read.fills] == [False]


def test_shapes_in_forms_stand_in_their_place():
    def draw(c):
        c.beginForm("cadre")
        c.setFillColor(red)
        c.rect(0, 0, 100, 40, stroke=0, fill=1)
        c.endForm()
        c.translate(200, 300)
        c.doForm("cadre")

    (fill,) = page(draw).fills
    assert fill.colour == (255, 0, 0)
    assert fill.box == Box(200, HEIGHT - 340, 300, HEIGHT - 300)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_turning_back_is_where_it_was(degrees):
    box = Box(10, 20, 40, 30)
    width, height = (HEIGHT, WIDTH) if degrees in (90, 270) else (WIDTH, HEIGHT)
    there = Page(1, width, height, (), turn=degrees)
    assert there.on_paper(turned(box, degrees, WIDTH, HEIGHT)) == box


def test_sizes_are_those_on_paper():
    def draw(c):
        c.scale(0.75, 0.75)
        c.drawString(100, 900, "Subvention")

    (word,) = page(draw).words
    assert word.size == pytest.approx(7.5)


def test_a_raised_or_white_digit_is_no_part_of_a_number():
    def draw(c):
        text = c.beginText(100, 700)
        for figures, call in (("12000", "1"), ("45 500", "2")):
            text.textOut(figures)
            text.setFont("Helvetica", 6)
            text.setRise(4)
            text.textOut(call)
            text.setFont("Helvetica", 10)
            text.setRise(0)
            text.textOut(" € ")
        text.setFillColor(white)
        text.textOut("9")
        text.setFillColor("black")
        text.textOut("5 000 €, 1")
        text.setFont("Helvetica", 6)
        text.setRise(4)
        text.textOut("er")
        c.drawText(text)

    words = ["12000¹", "€", "45", "500²", "€", "5", "000", "€,", "1er"]
    assert texts(page(draw)) == words


@pytest.mark.parametrize("later", ["at once", "behind another text"])
def test_a_text_cut_off_at_a_border_is_parted_from_the_next(later):
    def draw(c):
        c.drawString(100, 700, "captation et c")
        if later == "behind another text":
            c.drawString(100, 600, "Pilote")
        end = 100 + c.stringWidth("captation et c")
        c.drawString(end, 700, "SOLIHA")
        c.line(end - 1, 690, end - 1, 715)

    assert {"c", "SOLIHA"} <= set(texts(page(draw)))


def test_a_line_that_underlines_words_or_strikes_them_out_is_no_rule():
    def draw(c):
        for row, height in enumerate((-2, 3, None)):
            c.drawString(100, 700 - 40 * row, "12 500 €")
            if height is not None:
                c.line(100, 700 - 40 * row + height, 140, 700 - 40 * row + height)
        c.line(95, 615, 145, 615)  # the border of a cell

    read = page(draw)
    (rule,) = read.rules
    assert rule.top == pytest.approx(HEIGHT - 615, abs=1)
    assert [word.text for word in read.struck] == ["12", "500", "€"]
    assert read.struck[0].baseline == pytest.approx(HEIGHT - 660, abs=1)


@pytest.mark.parametrize(
    ("media", "crop", "left"),
    [
        ((WIDTH, HEIGHT, 0, 0), None, 100),  # a box may name any two opposite corners
        ((0, 0, WIDTH, HEIGHT), (50, 0, 2 * WIDTH, HEIGHT), 50),
        ((0, 0, WIDTH, HEIGHT), (9 * WIDTH, 0, 10 * WIDTH, HEIGHT), 100),  # leaves nothing
    ],
)
def test_a_page_is_read_whatever_its_boxes(media, crop, left):
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT))
    canvas.drawString(100, 700, "Pilote")
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    document[0].set_mediabox(*media)
    if crop:
        document[0].set_cropbox(*crop)
    read = read_page(document, 1)
    assert texts(read) == ["Pilote"]
    assert read.words[0].box.x0 == pytest.approx(left, abs=1)
    assert read.width > 0 and read.height == HEIGHT


def test_a_page_has_the_boxes_of_the_tree_above_it():
    shown = b"BT /F 10 Tf 100 820 Td (Pilote) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 842 1191]/CropBox[50 0 842 842]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F<<"
        b"/Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
    ]
    read = read_page(pypdfium2.PdfDocument(pdf(objects)), 1)
    assert (read.width, read.height) == (792, 842)
    (word,) = read.words
    assert (word.text, word.box.x0, word.baseline) == ("Pilote", pytest.approx(50, abs=1), 22)


@pytest.mark.parametrize(("slack", "kept"), [(0, ["near", "far"]), (2, ["far"])])
def test_words_outside_boxes(slack, kept):
    words = [
        Word(text, Box(x - 5, 10, x + 5, 20), 20, 10, False)
        for text, x in (("in", 51), ("near", 49), ("far", 30))
    ]
    boxes = [Box(50, 0, 100, 40), Box(200, 0, 300, 40)]
    assert [w.text for w in outside(words, boxes, slack)] == kept


def fonts(*faces):
    """A page with a line in each of `faces`: the name of a font, the thickness of its stems."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R/Resources<</Font<<%s>>>>>>"
        % b"".join(b"/F%d %d 0 R" % (i, 5 + 2 * i) for i in range(len(faces))),
    ]
    shown = b"".join(
        b"BT /F%d 10 Tf 50 %d Td (%s) Tj ET " % (i, 700 - 20 * i, name.encode())
        for i, (name, _) in enumerate(faces)
    )
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
    for i, (name, stem) in enumerate(faces):
        objects.append(
            b"<</Type/Font/Subtype/TrueType/BaseFont/%s/FirstChar 32/LastChar 126/Widths[%s]"
            b"/Encoding/WinAnsiEncoding/FontDescriptor %d 0 R>>"
            % (name.encode(), b"500 " * 95, 6 + 2 * i)
        )
        objects.append(
            b"<</Type/FontDescriptor/FontName/%s/Flags 32/StemV %d/ItalicAngle 0/Ascent 800"
            b"/Descent -200/CapHeight 700/FontBBox[0 -200 1000 800]>>" % (name.encode(), stem)
        )
    return read_page(pypdfium2.PdfDocument(pdf(objects)), 1)


@pytest.mark.parametrize(
    ("faces", "bold"),
    [
        ([("Carlito", 134), ("Carlito-Bold", 124)], ["Carlito-Bold"]),  # written by Ghostscript
        ([("Carlito", 134), ("Symbols", 134)], []),
        ([("Text", 85), ("Text", 85), ("Title", 165)], ["Title"]),
    ],
)
def test_a_heavy_font_is_bold_only_beside_lighter_ones(faces, bold):
    assert [word.text for word in fonts(*faces).words if word.bold] == bold


def test_an_accent_of_its_own_is_one_with_its_letter():
    unicode = b"1 begincodespacerange<00><FF>endcodespacerange 1 beginbfchar<65><00650301>endbfchar"
    shown = b"BT /F 10 Tf 50 700 Td (Prefet) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R/Resources<</Font<</F<<"
        b"/Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Length %d>>stream\n%s\nendstream" % (len(unicode), unicode),
    ]
    read = read_page(pypdfium2.PdfDocument(pdf(objects)), 1)
    assert texts(read) == ["Pr\u00e9f\u00e9t"]


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        (b"am\351nagement b\002timent \351clat", 2),  # two amid letters, one before
        (b"\351 Une action \002 puis trois", 0),  # marks of a list
    ],
)
def test_characters_without_a_code_amid_letters_are_counted(text, torn):
    unicode = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar"
    unicode += b" <e9> <e0e9> endbfchar endcmap"
    content = b"BT /F1 12 Tf 60 700 Td (%s) Tj ET" % text
    stream = b"<< /Length %d >>\nstream\n%s\nendstream"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        stream % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        stream % (len(unicode), unicode),
    ]
    read = read_page(pypdfium2.PdfDocument(pdf(objects)), 1)
    assert (read.unreadable > 0, read.torn) == (True, torn)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("51 500", "Bailleurs", ["51", "500", "Bailleurs"]),
        ("254 500", "€ 80 000", ["254", "500", "€", "80", "000"]),
        ("254 500", "€", ["254", "500€"]),
        ("FA 20", "B", ["FA", "20B"]),
    ],
    ids=["text", "sum", "its unit", "letter"],
)
def test_a_figure_and_the_text_printed_right_behind_it_are_two(first, second, words):
    def draw(c):
        c.drawString(100, 700, first)
        c.drawString(100 + c.stringWidth(first, "Helvetica", 10), 700, second)

    assert texts(page(draw)) == words
