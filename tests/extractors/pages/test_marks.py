"""Watermarks and notes at the edges of a page are none of its text."""

import pytest

from tests.extractors.pages.drawn import page, texts


def test_a_watermark_is_no_text_of_the_page():
    def draw(c):
        c.saveState()
        c.translate(120, 300)
        c.rotate(45)
        c.setFont("Helvetica-Bold", 90)
        c.drawString(0, 0, "COPIE")
        c.restoreState()
        for y in range(250, 700, 12):
            c.drawString(60, y, "Les crédits sont versés au bénéficiaire de la convention.")

    read = page(draw)
    assert [word.text for word in read.stamped] == ["COPIE"]
    words = {"Les", "crédits", "sont", "versés", "au", "bénéficiaire", "de", "la", "convention."}
    assert set(texts(read)) == words


def test_a_watermark_printed_letter_by_letter_is_one_word():
    def draw(c):
        for i, letter in enumerate("PROJET"):
            c.saveState()
            c.translate(120 + 45 * i, 300 + 45 * i)
            c.rotate(45)
            c.setFont("Helvetica-Bold", 90)
            c.drawString(0, 0, letter)
            c.restoreState()
        for y in range(250, 700, 12):
            c.drawString(60, y, "Les crédits sont versés au bénéficiaire de la convention.")

    assert [word.text for word in page(draw).stamped] == ["PROJET"]


def test_a_large_word_upon_the_lines_is_a_watermark_a_title_over_them_none():
    def draw(c):
        for y in range(250, 650, 12):
            c.drawString(60, y, "Les crédits sont versés au bénéficiaire de la convention.")
        c.setFont("Helvetica-Bold", 60)
        c.drawString(60, 400, "PROJET")
        c.setFont("Helvetica-Bold", 30)
        c.drawString(60, 670, "Avenant")

    read = page(draw)
    assert [word.text for word in read.stamped] == ["PROJET"]
    assert "Avenant" in texts(read) and "bénéficiaire" in texts(read)


@pytest.mark.parametrize("ruled", [False, True])
def test_a_text_on_its_side_at_the_edge_is_a_note_unless_a_rule_stands_beyond(ruled):
    def draw(c):
        c.drawString(60, 600, "Les crédits sont versés.")
        c.saveState()
        c.translate(30, 300)
        c.rotate(90)
        c.drawString(0, 0, "Reçu le 12")
        c.restoreState()
        if ruled:
            c.line(15, 250, 15, 650)

    read = page(draw)
    assert [word.text for word in read.stamped] == ([] if ruled else ["Reçu le 12"])
    assert ("Reçu le 12" in texts(read)) == ruled


def test_a_heading_on_its_side_over_a_column_at_the_edge_is_no_note():
    def draw(c):
        for y, name in ((500, "CCAS"), (480, "SIAO"), (460, "Ville")):
            c.drawString(20, y, name)
        c.translate(30, 520)
        c.rotate(90)
        c.drawString(0, 0, "Pilote")

    read = page(draw)
    assert "Pilote" in texts(read) and not read.stamped


def test_a_slanted_heading_of_a_column_stays():
    def draw(c):
        c.saveState()
        c.translate(120, 300)
        c.rotate(45)
        c.drawString(0, 0, "Pilote")
        c.restoreState()
        c.drawString(100, 280, "Ville")

    read = page(draw)
    assert read.stamped == ()
    assert "Ville" in texts(read)
    assert set("Pilote") <= set("".join(texts(read)))


@pytest.mark.parametrize("touching", [True, False])
def test_a_text_on_its_side_in_a_coloured_cell_is_no_note(touching):
    def draw(c):
        c.setFillColorRGB(0.8, 0.85, 1)
        c.rect(20, 300, 20, 100, stroke=0, fill=1)
        c.rect(40 if touching else 60, 350, 200, 50, stroke=0, fill=1)
        c.setFillColorRGB(0, 0, 0)
        c.drawString(80, 370, "Ville")
        c.translate(34, 310)
        c.rotate(90)
        c.drawString(0, 0, "Axe 1")

    read = page(draw)
    assert ("Axe 1" in texts(read)) is touching
