"""Which lines make a row."""

from dataclasses import astuple, replace

import pytest

from extractors.grids.block_rows import block_rows
from extractors.grids.pieces import WORD_SPACE, lines_of
from extractors.pages.page import Box
from tests.sheets import line


def read(words, xs):
    rows = block_rows(lines_of(words, WORD_SPACE), xs)
    return [
        {b.start: " ".join(w.text for w in b.words) for b in sorted(row.blocks, key=str)}
        for row in rows
    ]


@pytest.mark.parametrize("level", [0, 6, 12], ids=["top", "middle", "bottom"])
def test_a_label_on_two_lines_is_one_row_wherever_its_figures_stand(level):
    words = [
        *line(0, ("Accueil de jour et", 0)),
        *line(12, ("de nuit", 0)),
        *line(level, ("35", 150), ("41", 200)),
        *line(30, ("Bail", 0), ("8", 150), ("9", 200)),
    ]
    assert read(words, [0, 120, 180, 240]) == [
        {0: "Accueil de jour et de nuit", 1: "35", 2: "41"},
        {0: "Bail", 1: "8", 2: "9"},
    ]


def test_a_sum_amid_two_lines_of_tiny_type_is_level_with_neither():
    words = [
        *line(0, ("1", 0), ("Accueil de jour et", 20), ("35 €", 150)),
        *line(20, ("2", 0), ("35 €", 150)),
        *line(15, ("Sous-location et bail", 20)),
        *line(25, ("de longue durée", 20)),
    ]
    tiny = [
        replace(w, box=Box(*(x / 2 for x in astuple(w.box))), baseline=w.baseline / 2, size=5)
        for w in words
    ]
    assert read(tiny, [0, 8, 65, 100])[1] == {
        0: "2", 1: "Sous-location et bail de longue durée", 2: "35 €"
    }  # fmt: skip


def test_a_figure_cut_between_its_thousands_is_one():
    words = [
        *line(0, ("Toit", 0), ("sous-location", 70), ("58", 150)),
        *line(12, ("en bail", 70), ("000,00", 150)),
    ]
    assert read(words, [0, 60, 140, 200]) == [
        {0: "Toit", 1: "sous-location en bail", 2: "58 000,00"}
    ]


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        (("000", "000"), [{0: "Toit pour tous", 1: "110 000", 2: "112 000"}]),
        (("500", "250"), [{0: "Toit pour tous", 1: "110 500", 2: "112 250"}]),
    ],
)
def test_figures_cut_in_several_narrow_columns_are_one_row(below, rows):
    words = [
        *line(0, ("Toit pour", 0), ("110", 64), ("112", 94)),
        *line(12, ("tous", 0), (below[0], 64), (below[1], 94)),
    ]
    assert read(words, [0, 60, 90, 120]) == rows


def test_figures_below_one_another_in_wide_columns_are_rows():
    words = [
        *line(0, ("Toit", 0), ("110", 64), ("112", 144)),
        *line(12, ("Bail", 0), ("500", 64), ("250", 144)),
    ]
    assert read(words, [0, 60, 140, 220]) == [
        {0: "Toit", 1: "110", 2: "112"},
        {0: "Bail", 1: "500", 2: "250"},
    ]


def test_a_figure_cut_behind_its_funder_is_one():
    words = [
        *line(0, ("Bail", 0), ("9 000", 60), ("Fondation : 8", 120)),
        *line(12, ("000 €", 120)),
        *line(24, ("Maraude", 0), ("7 000", 60), ("CAF : 3 000 €", 120)),
    ]
    assert [row[2] for row in read(words, [0, 50, 110, 200])] == [
        "Fondation : 8 000 €",
        "CAF : 3 000 €",
    ]


def test_a_head_in_the_middle_of_two_columns_stands_over_both():
    words = [
        *line(0, ("Poste", 0), ("2034", 145), ("2035", 265)),
        *line(14, ("prévu", 110), ("payé", 190), ("prévu", 230), ("payé", 310)),
    ]
    rows = block_rows(lines_of(words, WORD_SPACE), [0, 90, 160, 220, 280, 340])
    assert [(b.start, b.end) for b in rows[0].blocks] == [(0, 1), (1, 3), (3, 5)]


def test_a_border_cuts_a_text_from_the_lines_close_under_it():
    words = [w for i in range(4) for w in line(10 + 11 * i, (f"l{i} et", 0), (f"r{i}", 200))]
    rows = block_rows(lines_of(words, WORD_SPACE), (0.0, 150.0, 300.0), (30.9,))
    assert [" ".join(w.text for w in row.blocks[1].words) for row in rows] == ["r0 r1", "r2 r3"]


def test_a_head_over_an_empty_column_stands_over_no_other():
    words = [
        *line(0, ("Poste", 0), ("Crédits", 60), ("Remarques", 180)),
        *line(14, ("2034", 60), ("2035", 120)),
    ]
    rows = block_rows(lines_of(words, WORD_SPACE), [0, 50, 110, 170, 240])
    assert (rows[0].blocks[-1].start, rows[0].blocks[-1].end) == (3, 4)


def test_a_text_right_of_the_last_border_is_in_the_last_column():
    words = line(0, ("Ville", 0), ("Maraude", 100), ("12", 210))
    (row,) = block_rows(lines_of(words, WORD_SPACE), (0.0, 90.0, 200.0))
    assert max(b.end for b in row.blocks) == 2


def test_a_head_amid_columns_of_the_same_names_as_others_stands_over_all():
    words = [
        *line(0, ("Poste", 0), ("État – AMI", 190), ("Ville", 450)),
        *line(14, ("2034", 110), ("2035", 170), ("2036", 230), ("Total", 290)),
        *line(14, ("2034", 360), ("2035", 420), ("2036", 480), ("Total", 540)),
    ]
    for border in (211, 219):  # before the dash, and behind it
        xs = [0, 90, 150, border, 260, 340, 400, 450, 510, 580]
        rows = block_rows(lines_of(words, WORD_SPACE), xs)
        heads = {" ".join(w.text for w in b.words): (b.start, b.end) for b in rows[0].blocks}
        assert heads == {"Poste": (0, 1), "État – AMI": (1, 5), "Ville": (5, 9)}


def test_a_head_over_columns_that_no_head_stands_under_is_kept_as_it_is():
    words = [
        *line(0, ("Poste", 0), ("2034", 110), ("Aide de l'État", 168)),
        *line(14, ("prévu", 110)),
        *line(28, ("Bail", 0), ("9 000", 110), ("8 000", 160), ("7 000", 215)),
    ]
    rows = block_rows(lines_of(words, WORD_SPACE), [0, 90, 150, 200, 260])
    assert " ".join(w.text for b in rows[0].blocks[-2:] for w in b.words) == "Aide de l'État"


def test_lines_that_a_scan_moved_make_the_rows_that_they_were_set_in():
    moved = [0, 9.3, 19.4, 29.1, 38.2, 48.1, 57.3]
    words = [
        *(w for i, y in enumerate(moved[:4]) for w in line(y, (f"un texte long {i}", 0))),
        *line(14, ("35 000 €", 120)),
        *(w for i, y in enumerate(moved[4:]) for w in line(y + 6, (f"un autre texte {i}", 0))),
        *line(53, ("41 000 €", 120)),
    ]
    words = [replace(w, confidence=0.9) for w in words]
    assert [row[1] for row in read(words, [0, 100, 200])] == ["35 000 €", "41 000 €"]


def test_a_heading_over_sums_that_open_a_table_ends_above_them() -> None:
    words = [
        *line(0, ("AMI accordé en 2034", 0), ("Ville", 100)),
        *line(14, ("38 000 €", 20), ("6 000 €", 100)),
        *line(28, ("55 000 €", 20), ("9 000 €", 100)),
    ]
    assert read(words, [0, 98, 150]) == [
        {0: "AMI accordé en 2034", 1: "Ville"},
        {0: "38 000 €", 1: "6 000 €"},
        {0: "55 000 €", 1: "9 000 €"},
    ]
