"""Texts of a table, on their lines."""

from dataclasses import replace

import pytest

from extractors.grids.pieces import (
    COLUMN_SPACE,
    WORD_SPACE,
    carries_on,
    is_figure,
    lines_of,
    with_justified,
    with_near_cells,
)
from tests.sheets import line, word


@pytest.mark.parametrize(
    "text", ["12", "1,234.5", "(3.2)", "–4", "12 000 €", "n.a.", "–", "56 %", "28/02/2012"]
)
def test_figures(text):
    assert is_figure(text)


@pytest.mark.parametrize("text", ["Total", "Q1. Combien ?", "2 logements", ""])
def test_what_is_no_figure(text):
    assert not is_figure(text)


def test_whole_figures_side_by_side_are_two_cells_but_thousands_are_one():
    (pieces,) = lines_of(line(0, ("818,2 80396,5", 0), ("12 000", 200)), WORD_SPACE)
    assert [p.text for p in pieces] == ["818,2", "80396,5", "12 000"]


def test_pairs_of_a_telephone_number_are_one():
    (pieces,) = lines_of(line(0, ("03 84 86 19 30", 0), ("12 345 678", 200)), WORD_SPACE)
    assert pieces[0].text == "03 84 86 19 30"


@pytest.mark.parametrize(
    ("left", "right", "runs", "parted"),
    [
        ("5 000,00 €", "convention signée", (0, 60), True),
        ("4", "Mobilier", (0, 10), True),
        ("5 000,00 €", "convention signée", (0, 0), False),
        ("12 000,00", "€", (0, 60), False),
        ("12 000 €", "-", (0, 60), True),
        ("12 000", "-", (0, 60), False),
        ("4.", "Mobilier", (0, 10), False),
        ("Bail", "glissant", (0, 60), False),
    ],
)
def test_cells_printed_apart_are_two_where_texts_begin_however_near(left, right, runs, parted):
    first = [replace(w, run=runs[0]) for w in line(0, (left, 0))]
    start = first[-1].box.x1 + 2.5
    second = [replace(w, run=runs[1]) for w in line(0, (right, start))]
    below = [w for y in (15, 30) for w in line(y, ("signée", start))]
    lines = lines_of([*first, *second, *below], WORD_SPACE)
    assert [len(pieces) for pieces in with_near_cells(lines)] == [1 + parted, 1, 1]
    assert [len(pieces) for pieces in with_near_cells(lines[:2])] == [1, 1]


@pytest.mark.parametrize(
    ("over", "texts"),
    [
        pytest.param(("un bailleur social", 0), ["pour les"], id="begins and ends with it"),
        pytest.param(("un bailleur privé", 0), ["pour", "les"], id="ends elsewhere"),
        pytest.param(("bailleur social", 13), ["pour", "les"], id="begins elsewhere"),
    ],
)
def test_words_stretched_to_the_ends_of_the_line_above_are_one_text(over, texts):
    end = line(0, ("un bailleur social", 0))[-1].box.x1
    words = [*line(0, over), *line(12, ("pour", 0), ("les", end - 15)), *line(24, ("jeunes", 0))]
    (_, pieces, _) = with_justified(lines_of(words, COLUMN_SPACE))
    assert [p.text for p in pieces] == texts


def test_figures_under_a_wide_head_stay_apart():
    head = line(0, ("Montants prévus", 0))
    figures = line(12, ("12", 0), ("45", head[-1].box.x1 - 10))
    (_, pieces) = with_justified(lines_of([*head, *figures], COLUMN_SPACE))
    assert [p.text for p in pieces] == ["12", "45"]


@pytest.mark.parametrize(("size", "lines"), [(10, 1), (5, 2)])
def test_lines_stand_nearer_to_one_another_in_tiny_type(size, lines):
    here = [replace(word("a", x, y), size=size) for x, y in ((10, 20), (60, 22.5))]
    assert len(lines_of(here, COLUMN_SPACE)) == lines


@pytest.mark.parametrize(
    ("text", "confidence", "goes_on"),
    [("mot", None, False), ("mot", 0.9, True), ("deux mots", 0.9, False)],
)
@pytest.mark.parametrize("looks", [{"bold": False, "size": 10}, {"bold": True, "size": 8.3}])
def test_one_word_of_a_scan_is_of_the_text_above_whatever_it_looks_like(
    text, confidence, goes_on, looks
):
    bold = [replace(w, bold=True) for w in line(0, ("Formation croisée des", 0))]
    lines = [bold, [replace(w, **looks) for w in line(12, (text, 0))]]
    words = [replace(w, confidence=confidence) for some in lines for w in some]
    (above,), (piece,) = lines_of(words, WORD_SPACE)
    assert carries_on(above, piece, right=90) is goes_on


@pytest.mark.parametrize(
    ("run", "start", "parted"), [(None, 60, True), (None, 75, False), (7, 60, False)]
)
def test_texts_of_a_scan_that_all_but_touch_are_two_where_heads_begin(run, start, parted):
    head = line(0, ("Porteur", 0), ("Action", start), ("Coût", 300))
    left, right = line(15, ("Métropole", 0)), line(15, ("Conseil des personnes", 0), ("5 €", 300))
    off = 60 - right[0].box.x0
    right = [replace(w, box=replace(w.box, x0=w.box.x0 + off, x1=w.box.x1 + off)) for w in right]
    left = [replace(w, box=replace(w.box, x1=57.0)) for w in left]
    below = [w for y in (30, 45, 60) for w in line(y, ("accompagnées", start))]
    words = [replace(w, run=run) for w in (*head, *left, *right, *below)]
    _, row, *_ = with_near_cells(lines_of(words, WORD_SPACE))
    assert len(row) == 2 + parted
