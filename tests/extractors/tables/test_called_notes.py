"""Cells hold the notes below their table that they call."""

import pytest

from extractors.pages.page import Box, Line, Word
from extractors.tables.called_notes import with_notes
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable, Place, PlacedText


def table(*texts):
    cells = [
        ExtractedCell(
            column=i, text=text, bold=False, place=Place(page=1, x0=50, top=100, x1=90, bottom=120)
        )
        for i, text in enumerate(texts, 1)
    ]
    return ExtractedTable(
        position=1,
        annex="1",
        title="",
        columns=list(texts),
        rows=[ExtractedRow(kind="body", cells=cells)],
        page_first=1,
        page_last=1,
        extractor="",
    )


def line(text, top, page=1, first=9):
    words, x = [], 50.0
    for i, piece in enumerate(text.split()):
        size = first if i == 0 else 9
        words.append(Word(piece, Box(x, top, x + 5 * len(piece), top + 9), top + 8, size, False))
        x += 5 * len(piece) + 3
    return Line(tuple(words), page)


def called(cell, *lines, small_print=()):
    (read,) = with_notes([table(cell)], lines, small_print)
    return read.rows[0].cells[0].note


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("59 500 €¹", "(1) Sous réserve"),
        ("59 500 €⁽¹⁾", "¹ Sous réserve"),
        ("59 500 €(1)", "1) Sous réserve"),
        ("Bailleurs¹ : 2 000 €", "(1) Sous réserve"),
        ("59 500 €*", "* Sous réserve"),
    ],
)
def test_a_call_finds_its_note(cell, note):
    assert called(cell, line("(2) Montant arrondi", 290), line(note, 300)) == note


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("59 500 €", "(1) Sous réserve"),
        ("59 500 €²", "(1) Sous réserve"),
        ("59 500 €¹", "1 Objet"),  # as large as its text
        ("(1)", "(1) Sous réserve"),  # the number of a column
        ("5 (1 200 € en 2024)", "(1) Sous réserve"),
    ],
)
def test_other_figures_call_none(cell, note):
    assert called(cell, line(note, 300)) is None


def test_a_note_stands_below_its_call():
    assert called("59 500 €¹", line("(1) Sous réserve", 50)) is None
    assert called("59 500 €¹", line("(1) Sous réserve", 50, page=3)) is None
    assert called("59 500 €¹", line("1 Sous réserve", 50, page=2, first=6)) == "1 Sous réserve"


def test_a_note_goes_on_over_its_lines():
    lines = line("(1) Sous réserve", 300), line("des crédits.", 310), line("Fait à Lyon", 340)
    assert called("59 500 €¹", *lines) == "(1) Sous réserve des crédits."


def test_a_note_in_small_print_is_found():
    place = Place(page=1, x0=50, top=300, x1=200, bottom=308)
    note = PlacedText(text="1 Sous réserve", place=place)
    assert called("59 500 €¹", line("Fait à Lyon", 200), small_print=[note]) == "1 Sous réserve"
