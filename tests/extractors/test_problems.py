"""What a reading leaves in doubt is told."""

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors import problems
from extractors.document import read_document, read_range
from extractors.pages.page import Box, Page, Word
from extractors.scans.tesseract import ocr_available
from normalizers.words import Vocabulary

LABEL = "Le poste de dépenses que porte l'association gestionnaire"


def ledger(lines, leader="______"):
    """Labels with leaders beside two sums, at uneven distances."""
    return [
        part
        for n in range(lines)
        for y in [690 - 22 * n - 5 * (n % 3)]
        for part in (
            (60, y, f"{LABEL} {n} {leader}"),
            (400, y, f"1{n} 500 €"),
            (480, y - 3, f"{n} 750 €"),
        )
    ]


def printed(path, texts):
    """The document of one page that holds `texts`, each at its place."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 9)
    for x, y, text in texts:
        canvas.drawString(x, y, text)
    canvas.save()
    return read_document(path)


def test_dots_lead_from_labels_to_sums_of_a_table(tmp_path):
    document = printed(tmp_path / "act.pdf", ledger(12, "......"))
    (table,) = document.tables
    assert [c.text for c in table.rows[0].cells] == [f"{LABEL} 0", "10 500 €", "0 750 €"]
    assert (len(table.rows), document.problems) == (12, [])


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        pytest.param(ledger(12), ["table_missed"], id="two columns of sums"),
        pytest.param(
            [
                (x, y, text)
                for n in range(6)
                for y in [690 - 22 * n - 5 * (n % 3)]
                for x, text in (
                    (60, f"{LABEL} {n} ______"),
                    (400, f"{'1' * (1 + n % 3)} 500 €"),
                    (480, f"{'2' * (1 + n % 3)} 750 €"),
                )
            ],
            ["table_missed"],
            id="two columns of sums, level at their left",
        ),
        pytest.param(ledger(2), [], id="too few"),
        pytest.param(
            [(60, 700 - 20 * n, f"{LABEL} : {n} 500 €") for n in range(12)], [], id="prose"
        ),
        pytest.param(
            [(60, 700, "Total général"), (400, 700, "12 500 €"), (480, 700, "4 000 €")],
            ["table_missed"],
            id="a total",
        ),
        pytest.param([(60, 700, "Total"), (400, 700, "des pages")], [], id="no total"),
        pytest.param(
            [(60 + 90 * i, 700 - 150 * n, "Texte") for n in range(2) for i in range(5)],
            ["table_missed"],
            id="lines of many texts",
        ),
    ],
)
def test_sums_in_columns_of_no_table_are_a_finding(tmp_path, texts, rules):
    document = printed(tmp_path / "act.pdf", texts)
    assert not document.tables
    assert [problem.rule for problem in document.problems] == rules


@pytest.mark.parametrize(
    ("mode", "kind"),
    [pytest.param(3, "scan", id="invisible"), pytest.param(0, "prose", id="made editable")],
)
def test_the_text_of_another_ocr_is_told(tmp_path, mode, kind):
    path = tmp_path / "act.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawInlineImage(Image.new("L", (50, 70), 230), 0, 0, *A4)
    for n in range(12):
        text = canvas.beginText(60, 700 - 20 * n)
        text.setTextRenderMode(mode)
        text.textLine("La convention fixe les actions du programme et les moyens pour 12 500 €.")
        canvas.drawText(text)
    canvas.save()
    document = read_document(path)
    assert [page.kind for page in document.pages] == [kind]
    assert [problem.rule for problem in document.problems] == ["text_layer_ocr"]
    assert document.problems[0].message.startswith("Page 1 : ")


@pytest.mark.skipif(not ocr_available(), reason="needs Tesseract with French")
def test_the_picture_is_read_where_another_ocr_left_its_text(tmp_path):
    picture = Image.new("L", (1240, 600), 250)
    font = ImageFont.load_default(34)
    ImageDraw.Draw(picture).text((90, 80), "La subvention est de 45 000 euros.", 0, font)
    canvas = Canvas(str(tmp_path / "act.pdf"), pagesize=(595, 288))
    canvas.drawInlineImage(picture, 0, 0, 595, 288)
    text = canvas.beginText(43, 235)
    text.setTextRenderMode(3)
    text.textLine("La subvention est de 48 000 euros.")
    canvas.drawText(text)
    canvas.save()
    (read,) = read_range(tmp_path / "act.pdf", range(1, 2))
    assert "45 000 euros" in " ".join(word.text for word in read.page.words)


def test_a_figure_crossed_out_is_told(tmp_path):
    canvas = Canvas(str(tmp_path / "act.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 700, "La subvention est fixée à")
    canvas.drawString(200, 700, "45 000 €")
    canvas.line(200, 703.5, 245, 703.5)
    canvas.drawString(252, 700, "50 000 €")
    canvas.save()
    (problem,) = read_document(tmp_path / "act.pdf").problems
    assert (problem.rule, problem.page, problem.observed) == ("figure_doubtful", 1, "45 000 €")


WORD = Word("35", Box(100, 100, 114, 110), 108, 10, False, 0.9)


@pytest.mark.parametrize(
    ("confidence", "resolution", "words", "told"),
    [
        pytest.param(0.4, 300.0, 30, 1, id="illegible"),
        pytest.param(0.4, 300.0, 3, 0, id="a signature"),
        pytest.param(0.8, 84.0, 30, 1, id="coarse"),
        pytest.param(0.8, 200.0, 30, 0, id="fair"),
        pytest.param(0.95, 84.0, 30, 0, id="coarse but clear"),
        pytest.param(None, None, 30, 0, id="digital"),
    ],
)
def test_a_scan_too_bad_to_trust_is_told(confidence, resolution, words, told):
    page = Page(1, 600, 800, words * (WORD,), ocr_confidence=confidence, resolution=resolution)
    assert [p.rule for p in problems._illegible(page)] == ["scan_illegible"] * told


@pytest.mark.parametrize(
    ("text", "doubted", "told"),
    [
        ("versement de 4 GQU € constaté", "4", True),
        ("versement de 4 GQU € constaté", "GQU", True),
        ("versement de 45 000 € constaté", "45", True),
        ("versement de 45 000 € constaté", "", False),
        ("versement de 45 000 € constaté", "versement", False),
    ],
)
def test_a_sum_of_an_article_that_ocr_read_with_doubt_is_told(text, doubted, told):
    sure = {doubted: 0.5}
    words = tuple(
        replace(WORD, text=one, box=Box(40 * i, 90, 40 * i + 30, 99), confidence=sure.get(one, 0.9))
        for i, one in enumerate(text.split(), 1)
    )
    found = [p.rule for p in problems._doubted(Page(1, 600, 800, words, ocr_confidence=0.9))]
    assert found == ["figure_doubtful"] * told


@pytest.mark.parametrize(
    ("right", "told"), [(599, "droit"), (560, None)], ids=["half a sheet", "a sheet"]
)
def test_a_table_that_the_edge_of_a_scan_cuts_is_told(right, told):
    rules = tuple(Box(40, y, right, y + 1) for y in (100, 150, 200))
    page = Page(1, 600, 800, (WORD,), rules, ocr_confidence=0.9)
    found = list(problems._cut(page))
    assert [f"bord {told}" in problem.message for problem in found] == [True] * bool(told)
    assert not list(problems._cut(replace(page, ocr_confidence=None)))


def test_what_a_black_box_covers_is_told_but_not_quoted(tmp_path):
    path = tmp_path / "acte.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(
        60, 700, "Une subvention de 50000 euros est versée au porteur de la convention."
    )
    canvas.rect(150, 696, 50, 13, fill=1)
    canvas.save()
    document = read_document(path)
    (problem,) = [p for p in document.problems if p.rule == "text_concealed"]
    assert (problem.severity, problem.page) == ("warning", 1)
    assert "50" not in document.model_dump_json(include={"articles", "facts", "problems", "title"})


def test_notes_laid_over_a_page_are_told():
    page = Page(2, 595.0, 842.0, (), notes=("lire 12 000 €", "vu"))
    told = [(p.severity, p.page, "lire 12 000 €" in p.message) for p in problems._annotated(page)]
    assert told == [("warning", 2, True), ("info", 2, False)]


ENGLISH = """Between the State, represented by the prefect, and the Metropolis of Grandval,
represented by its president, it is agreed as follows. This agreement sets out the actions
funded under the call for expressions of interest. For the year 2024 the State grants the
beneficiary a subsidy, which is paid on receipt of the report on the use of the previous one."""
FRENCH = """Entre l'État, représenté par le préfet, et la Métropole de Grandval, représentée
par son président, il est convenu ce qui suit. La présente convention fixe les actions que
l'appel à manifestation d'intérêt finance : SOLIHA, Abri-Cité, Habitat & Humanisme, Gîte.
Pour 2024 l'État alloue une subvention, versée à la réception du bilan de la précédente."""


@pytest.mark.parametrize(
    ("text", "told"), [(ENGLISH, ["not_french"]), (FRENCH, []), (ENGLISH[:90], [])]
)
def test_an_act_in_another_language_is_told(text, told):
    found = problems._foreign(Vocabulary.of([text]))
    assert [problem.rule for problem in found] == told
