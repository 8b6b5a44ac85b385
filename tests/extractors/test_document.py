"""One PDF, one document; and its picture."""

from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors import show
from extractors.document import read_document
from extractors.show import COLOURS
from pipeline.cli import run

GOLDEN = Path(__file__).parents[1] / "golden"


def test_pages_are_told_apart():
    document = read_document(GOLDEN / "stamped-reportlab.pdf")
    assert [page.kind for page in document.pages] == ["prose", "ruled_table", "prose"]
    assert document.page_count == 3
    kept = [piece.text for piece in document.furniture]
    assert "Reçu au Contrôle de légalité le 14 mars 2036" in kept
    assert {"1/3", "2/3", "3/3"} <= set(kept)


def test_articles_and_forms_are_told_apart():
    document = read_document(GOLDEN / "fiches-chromium.pdf")
    assert [a.number for a in document.articles] == ["1", "2"]
    assert "Indicateurs" not in " ".join(a.text for a in document.articles)


def test_a_cell_that_the_page_cuts_is_drawn_on_both_pages():
    path = GOLDEN / "torn-figures-reportlab.pdf"
    (table,) = (document := read_document(path)).tables
    torn = [cell for cell in table.rows[1].cells if cell.column > 1]
    assert [[place.page for place in (c.place, *c.rest)] for c in torn] == [[1, 2]] * 4
    drawn = show.show_page(path, [document], 2)
    for (place,) in (cell.rest for cell in torn):
        middle, foot = (round(show.SCALE * v) for v in ((place.x0 + place.x1) / 2, place.bottom))
        assert drawn.getpixel((middle, foot)) == show.COLOURS["cell"]


def test_the_heading_of_an_action_is_the_title_of_its_table(tmp_path):
    canvas = Canvas(str(tmp_path / "act.pdf"), pagesize=A4)
    canvas.drawString(72, 780, "Suivi annuel.")
    canvas.drawString(72, 760, "Fiche action 1 : Accueil inconditionnel")
    canvas.showPage()
    canvas.grid([72, 200, 400], [700, 720, 740])
    canvas.drawString(76, 726, "Pilote")
    canvas.drawString(206, 726, "Le Toit")
    canvas.drawString(72, 640, "FA 2. Halte de nuit")
    canvas.grid([72, 200, 400], [590, 610, 630])
    canvas.drawString(76, 616, "Pilote")
    canvas.drawString(206, 616, "La Halte")
    canvas.save()
    titles = [table.title for table in read_document(tmp_path / "act.pdf").tables]
    assert titles == ["Fiche action 1 : Accueil inconditionnel", "FA 2. Halte de nuit"]


def test_a_head_at_the_foot_of_a_page_is_of_the_table_on_the_next(tmp_path):
    rows = [("Action", "Porteur", "Montant"), *((f"Bail {n}", "CCAS", f"{n} 000 €") for n in "567")]
    canvas = Canvas(str(tmp_path / "act.pdf"), pagesize=A4)
    canvas.drawString(72, 100, "Annexe 1 – Les actions")
    for i, row in enumerate(rows):
        for x, text in zip((72, 200, 400), row, strict=True):
            canvas.drawString(x, 60 if i == 0 else 800 - 20 * i, text)
        if i == 0:
            canvas.showPage()
    canvas.save()
    (table,) = read_document(tmp_path / "act.pdf").tables
    assert (table.columns, len(table.rows)) == (list(rows[0]), 3)
    assert {cell.place.page for cell in table.head[0]} == {1}


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (["Fiche action n° 1 : Guichet"], "Fiche action n° 1 : Guichet"),
        (["Annexe 2 – Projet n° 1 : Bail", "", "Durée : un an"], "Annexe 2 – Projet n° 1 : Bail"),
        (["Bilan de l'année"], "FICHE"),
    ],
    ids=["right above", "of its annex", "no action"],
)
def test_the_name_of_an_action_goes_before_the_band_over_its_sheet(above, title, tmp_path):
    canvas = Canvas(str(tmp_path / "act.pdf"), pagesize=A4)
    for k, line in enumerate(above):
        canvas.setFont("Helvetica" if k else "Helvetica-Bold", 10 if k else 14)
        canvas.drawString(72, 800 - 16 * k, line)
    canvas.grid([72, 400], [740, 760])
    canvas.grid([72, 200, 400], [680, 700, 720, 740])
    canvas.drawString(76, 746, "FICHE")
    rows = (("Pilote", "Le Toit"), ("Objectif", "Loger dix ménages"), ("Public", "Jeunes"))
    for y, (asked, told) in zip((726, 706, 686), rows, strict=True):
        canvas.drawString(76, y, asked)
        canvas.drawString(206, y, told)
    canvas.save()
    *_, table = read_document(tmp_path / "act.pdf").tables
    assert table.title == title


@pytest.mark.parametrize("cut", [False, True], ids=["whole", "cut by the page"])
@pytest.mark.parametrize("top", [790, 60], ids=["on its page", "on the page before"])
def test_what_stands_between_an_action_and_its_budget_is_a_form_of_it(top, cut, tmp_path):
    canvas = Canvas(str(tmp_path / "act.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(72, top, "Action 3. Bail glissant")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, top - 18, "Porteur : Le Toit")
    if top == 60:
        canvas.showPage()
    if cut:
        canvas.drawString(72, 770 if top == 60 else top - 34, "Durée : un an")
    canvas.grid([72, 200, 400], [710, 730, 750])
    for y, row in ((736, ("Financeur", "Montant")), (716, ("État", "9 000 €"))):
        canvas.drawString(76, y, row[0])
        canvas.drawString(206, y, row[1])
    canvas.save()
    form, table = read_document(tmp_path / "act.pdf").tables
    assert form.title == table.title == "Action 3. Bail glissant"
    told = [["Porteur", "Le Toit"], ["Durée", "un an"]]
    assert [[c.text for c in row.cells] for row in form.rows] == told[: 1 + cut]
    assert [form.position, table.position] == [1, 2]


def test_places_on_cards_put_below_one_another_are_those_of_the_sheet(tmp_path):
    canvas = Canvas(str(tmp_path / "act.pdf"), pagesize=A4)
    for n, x in ((1, 60), (2, 320)):
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(x, 700, f"Action {n} – Bail {n}")
        canvas.setFont("Helvetica", 11)
        for y, asked, told in (
            (680, "Pilote", "Ville"),
            (664, "AMI", f"{n} 000 €"),
            (648, "But", "Loger"),
        ):
            canvas.drawString(x, y, asked)
            canvas.drawString(x + 90, y, told)
    canvas.save()
    first, second = read_document(tmp_path / "act.pdf").tables
    for table, x in ((first, 60), (second, 320)):
        cells = [c for row in table.rows for c in row.cells if c.text.endswith("000 €")]
        (cell,) = cells
        assert x + 80 < cell.place.x0 < x + 92
        assert cell.place.top < 842 - 664 < cell.place.bottom + 2


def test_show_draws_the_cells(tmp_path, capsys):
    picture = tmp_path / "page.png"
    pdf = str(GOLDEN / "dashed-reportlab.pdf")
    assert run(["show", pdf, "--page", "1", "--out", str(picture)]) == 0
    with Image.open(picture) as image:
        assert image.size == (1191, 1684)
        colours = {colour for _, colour in image.getcolors(100_000)}
    assert COLOURS["cell"] in colours
    assert COLOURS["head"] in colours
    assert COLOURS["total"] in colours
    assert run(["show", pdf, "--page", "9"]) == 1
    assert "1 page" in capsys.readouterr().err
