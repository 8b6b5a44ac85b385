"""Other readers are asked about ruled tables that nothing else proves; what they say is kept."""

from dataclasses import replace
from pathlib import Path

import pytest
import typeset

from extractors import second_opinion
from extractors.document import read_document
from extractors.grids.grid import Grid, GridCell
from extractors.pages.page import Box, Page, Word
from extractors.second_opinion import unproved

HEAD = ["Pilote", "Action", "Montant"]
BODY = ["Ville", "Maraude", "12 000 €"]
MORE = ["État", "Accueil", "8 000 €"]
CROSSING = {"overrun-reportlab"}  # words cross rules: the readers are asked, and may differ
GOLDEN = [
    pdf
    for pdf in sorted((Path(__file__).parents[1] / "golden").glob("*.pdf"))
    if pdf.stem not in CROSSING
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return typeset.ruled(tmp_path_factory.mktemp("opinion") / "a.pdf", [HEAD, BODY])


@pytest.fixture
def always(monkeypatch):
    def everywhere(pages, grids, tables):
        return [p for p in pages if p.turn == 0 and any(g.ruled for g in grids[p.number])]

    monkeypatch.setattr("extractors.document.unproved", everywhere)


def test_readers_agree_on_a_plain_table(file, always):
    (table,) = read_document(file).tables
    assert table.agreement == 1.0
    assert table.disagreements == []


@pytest.mark.parametrize("pdf", GOLDEN, ids=lambda pdf: pdf.stem)
def test_readers_agree_where_they_are_not_asked(pdf, always):
    for table in read_document(pdf).tables:
        assert table.agreement in (1.0, None)
        assert table.disagreements == []


def changed(readings, old, new):
    return {
        n: [mark._replace(text=mark.text.replace(old, new)) for mark in reading]
        for n, reading in readings.items()
    }


@pytest.fixture(params=["_playa", "_camelot"])
def second(request, monkeypatch):
    """The reader that is asked: the other one when no drawing proves the cells."""
    if request.param == "_camelot":
        monkeypatch.setattr(second_opinion, "_is_proved", lambda grid: False)
    return request.param


def test_a_figure_that_both_others_read_otherwise_is_in_doubt(file, always, second, monkeypatch):
    reader, plumber = getattr(second_opinion, second), second_opinion._pdfplumber
    monkeypatch.setattr(second_opinion, second, lambda *a: changed(reader(*a), "1", "7"))
    monkeypatch.setattr(second_opinion, "_pdfplumber", lambda *a: changed(plumber(*a), "1", "7"))
    (table,) = read_document(file).tables
    assert [d.text for d in table.disagreements] == ["12 000 €"]
    assert table.agreement == pytest.approx(5 / 6, abs=0.001)


def test_the_third_reader_settles_it(file, always, second, monkeypatch):
    reader = getattr(second_opinion, second)
    monkeypatch.setattr(second_opinion, second, lambda *a: changed(reader(*a), "1", "7"))
    (table,) = read_document(file).tables
    assert table.agreement == 1.0


def test_a_reader_that_fails_leaves_no_opinion(file, always, second, monkeypatch):
    monkeypatch.setattr(second_opinion, second, lambda *a: {})
    (table,) = read_document(file).tables
    assert table.agreement is None


def test_a_subtotal_is_the_sum_of_its_rows(tmp_path):
    totals = [["Sous-total", "", "12 000 €"], MORE, ["Sous-total", "", "8 000 €"]]
    rows = [HEAD, BODY, *totals, ["TOTAL", "", "20 000 €"]]
    (table,) = read_document(typeset.ruled(tmp_path / "a.pdf", rows)).tables
    assert table.agreement is None


def word(x0, x1, baseline=30.0):
    return Word("mot", Box(x0, baseline - 10, x1, baseline), baseline, 10, False)


def grid(*words, **changes):
    cells = (
        GridCell(0, 1, 0, 1, Box(0, 0, 100, 50), words),
        GridCell(0, 1, 1, 2, Box(100, 0, 200, 50), (word(110, 140),)),
    )
    return replace(Grid(1, (0, 100, 200), (0, 50), cells), **changes)


@pytest.mark.parametrize(
    ("read", "asked"),
    [
        pytest.param(grid(word(5, 40), word(44, 80), word(5, 40, 45)), False, id="words in cells"),
        pytest.param(grid(word(60, 120)), True, id="a word over a border"),
        pytest.param(grid(word(60, 101)), False, id="a word that touches a border"),
        pytest.param(grid(word(5, 40, 55)), True, id="a word over the bottom"),
        pytest.param(grid(word(5, 40), word(10, 45)), True, id="a word over another"),
        pytest.param(grid(word(5, 40), drawn=False), True, id="cells that the text parts"),
        pytest.param(grid(word(60, 120), ruled=False), False, id="no rules to read"),
    ],
)
def test_what_a_drawing_leaves_open_is_asked(read, asked):
    page = Page(1, 595, 842, ())
    assert list(unproved([page], {1: [read]}, [])) == [page] * asked


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        pytest.param(Page(1, 595, 842, (), unreadable=1), True, id="codes without meaning"),
        pytest.param(Page(1, 595, 842, (), unreadable=1, turn=90), False, id="turned"),
        pytest.param(Page(1, 595, 842, (), unreadable=1, ocr_confidence=0.9), False, id="scan"),
    ],
)
def test_pages_that_others_can_read_are_asked(page, asked):
    assert list(unproved([page], {1: [grid(word(5, 40))]}, [])) == [page] * asked


@pytest.mark.parametrize(
    ("rows", "agreement"),
    [
        pytest.param([BODY, MORE, ["Total", "", "20 000 €"]], None, id="a total that is right"),
        pytest.param([BODY, MORE, ["Total", "", "26 000 €"]], 1.0, id="a total that is wrong"),
        pytest.param([BODY, MORE], 1.0, id="sums without a total"),
        pytest.param([["Ville", "Maraude", "12"], ["État", "Accueil", "8"]], None, id="counts"),
        pytest.param([BODY, MORE, ["TOTAL", "", "à préciser"]], 1.0, id="a total without a sum"),
        pytest.param(
            [BODY, MORE, ["Total", "", "20 000 €"], ["Reliquat total", "", "500 €"]],
            None,
            id="the sum of the rows, and that of something else",
        ),
    ],
)
def test_others_are_asked_about_sums_that_no_total_proves(tmp_path, rows, agreement):
    (table,) = read_document(typeset.ruled(tmp_path / "a.pdf", [HEAD, *rows])).tables
    assert table.agreement == agreement


def test_a_character_drawn_again_to_look_bold_counts_once():
    def one(x0, text="1"):
        return second_opinion._mark(x0, 10, x0 + 2, 20, text)

    printed = [one(10), one(10.4), one(10.4, "2"), one(12), one(11.7)]
    assert second_opinion._once(printed) == [one(10), one(10.4, "2"), one(12)]
