"""Where tables without rules may stand."""

from extractors.regions import regions
from tests.sheets import line

PROSE = "une phrase assez longue pour tenir toute la ligne"


def test_a_table_between_lines_of_prose_is_found_alone():
    table = [w for i in range(4) for w in line(60 + 14 * i, ("Ville", 0), (f"{i}2", 150))]
    prose = [w for y in (0, 12, 24, 36, 150, 162, 174) for w in line(y, (PROSE, 0))]
    (found,) = regions([*prose, *table])
    assert sorted(w.text for w in found) == sorted(w.text for w in table)


def test_prose_in_two_columns_is_no_region():
    words = [w for y in range(0, 120, 12) for w in line(y, (PROSE, 0), (PROSE, 280))]
    assert regions(words) == []
