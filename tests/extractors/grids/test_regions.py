"""Where tables without rules may stand."""

from extractors.grids.regions import regions
from tests.sheets import line

HEADS = ("Pilote", 0), ("Action", 60), ("Contenu", 100), ("Suivi", 310), ("Somme", 420)
PROSE = "une phrase assez longue pour tenir toute la ligne"


def test_a_table_between_lines_of_prose_is_found_alone():
    table = [w for i in range(4) for w in line(60 + 14 * i, ("Ville", 0), (f"{i}2", 150))]
    prose = [w for y in (0, 12, 24, 36, 150, 162, 174) for w in line(y, (PROSE, 0))]
    (found,) = regions([*prose, *table])
    assert sorted(w.text for w in found) == sorted(w.text for w in table)


def test_prose_in_two_columns_is_no_region():
    words = [w for y in range(0, 120, 12) for w in line(y, (PROSE, 0), (PROSE, 280))]
    assert regions(words) == []


def test_a_long_cell_among_the_columns_is_no_prose():
    """It stands as high as none of the cells beside it."""
    rows = [w for y in (0, 60) for w in line(y + 17, ("Ville", 0), ("Bail", 60), ("9 €", 420))]
    cells = [w for y in (0, 11, 22, 33, 60, 71, 82, 93) for w in line(y, (PROSE[:40], 100))]
    other = [w for y in (4, 15, 26, 37, 64, 75, 86) for w in line(y, ("ménages logés par an", 310))]
    (found,) = regions([*line(-24, *HEADS), *rows, *cells, *other])
    assert len(found) == len([*line(-24, *HEADS), *rows, *cells, *other])


def test_the_last_lines_of_heads_set_in_the_middle_part_them_from_no_rows():
    head = [
        *line(0, ("Financement", 200)),
        *line(5, ("Ville", 0), ("Accompagnement", 80), ("Indicateurs", 300)),
        *line(10, ("État", 200)),
    ]
    rows = [
        w
        for y in (28, 48, 68)
        for w in line(y, ("Toit", 0), (f"à {y}", 160), (f"{y} €", 265), ("su", 370))
    ]
    (found,) = regions([*head, *rows])
    assert len(found) == len([*head, *rows])


def test_stretched_words_under_their_heads_are_of_the_table():
    lines = [
        line(0, ("Porteur", 0), ("Action", 60), ("Somme", 200), ("Suivi", 260)),
        line(20, ("une nuit par an", 260)),
        line(23, ("Toit", 0), ("rue", 60), ("et", 100), ("bail", 140), ("en", 170), ("9 €", 200)),
        line(26, ("et un bilan", 260)),
        line(35, ("glissant", 60)),
    ]
    (found,) = regions([w for some in lines for w in some])
    assert len(found) == sum(map(len, lines))


def test_a_title_that_begins_with_the_rows_but_left_of_their_heads_is_of_the_table():
    lines = [
        line(0, ("N°", 10), ("Action menée", 60), ("Pilote", 200)),
        line(15, ("Axe 1 – Accéder au logement et", 0)),
        *(line(y, ("1", 0), ("Bail glissant", 70), ("Ville", 190)) for y in (30, 45, 60)),
    ]
    (found,) = regions([w for some in lines for w in some])
    assert len(found) == sum(map(len, lines))
