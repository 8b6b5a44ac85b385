"""Words set letter by letter."""

from dataclasses import replace

import pytest

from extractors.grids.pieces import WORD_SPACE, lines_of
from extractors.pages.spaced import unspaced
from tests.extractors.pages.drawn import page, texts
from tests.sheets import word


def spaced(y, *parts, gap=1.5, blank=5.0):
    """`parts`, of which "|" is a blank, on a line at `y`, each `gap` points from the last."""
    words, x = [], 10.0
    for part in parts:
        if part == "|":
            x += blank
            continue
        words.append(word(part, x, y))
        x += 5 * len(part) + gap
    return words


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        ([spaced(20, *"STATUT|DE")], ["STATUT", "DE"]),
        ([spaced(20, *"STATUT"), spaced(32, *"DE")], ["STATUT", "DE"]),
        ([spaced(20, "I", "n", "ti", "t", "u", "l", "é", "|", "d", "e")], ["Intitulé", "de"]),
        ([spaced(20, *"STATUT"), spaced(32, "CON", "TENU")], ["STATUT", "CONTENU"]),
        ([spaced(20, *"OUI"), spaced(32, "Bail")], ["O", "U", "I", "Bail"]),
        ([spaced(20, *"XXXXXX", gap=40)], list("XXXXXX")),
        ([spaced(20, *"123456")], list("123456")),
        ([spaced(20, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")], list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
    ],
    ids=[
        "a line",
        "two lines",
        "some letters together",
        "parts alone",
        "few",
        "crosses",
        "figures",
        "no blank",
    ],
)
def test_letters_become_words_where_their_blanks_tell(lines, texts):
    assert [w.text for w in unspaced([w for line in lines for w in line])] == texts


def test_small_capitals_are_one_word_of_the_larger_type():
    first, *small = spaced(20, *"PILOTE")
    (whole,) = unspaced([first, *(replace(w, size=7.0) for w in small)])
    assert (whole.text, whole.size, whole.box.x1) == ("PILOTE", first.size, small[-1].box.x1)


@pytest.mark.parametrize("tracking", [0.0, 0.8, 1.5])
@pytest.mark.parametrize("angle", [0, 90])
def test_letters_that_are_set_apart_are_words(tracking, angle):
    def draw(c):
        c.drawString(50, 750, "Annexe de la convention")  # tells which way is up
        c.translate(100, 300)
        c.rotate(angle)
        text = c.beginText(0, 0)
        text.setCharSpace(tracking)
        text.textOut("PILOTE DE L'ACTION À 3 K")
        c.drawText(text)

    read = texts(page(draw))[4:]
    assert " ".join(read) == "PILOTE DE L'ACTION À 3 K"
    assert len(read) == (6 if angle == 0 else 1)


@pytest.mark.parametrize("tracking", [0.0, 1.5, 3.0])
def test_words_of_letters_set_apart_are_one_text(tracking):
    def draw(c):
        for x, heads in ((50, "CRÉDITS DE L'AMI"), (300, "COFINANCEMENTS")):
            text = c.beginText(x, 700)
            text.setCharSpace(tracking)
            text.textOut(heads)
            c.drawText(text)

    (line,) = lines_of(page(draw).words, WORD_SPACE)
    assert [piece.text for piece in line] == ["CRÉDITS DE L'AMI", "COFINANCEMENTS"]
