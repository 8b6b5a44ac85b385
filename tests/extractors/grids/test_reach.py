"""How far tables go."""

from dataclasses import replace

import pytest

from extractors.grids.reach import fits, known_borders, text_lines
from tests.sheets import line, page


@pytest.mark.parametrize("apart", [True, False])
def test_words_near_one_another_that_are_printed_apart_are_of_two_columns(apart):
    words = line(20, ("dans la limite", 10), ("livraison", 78))
    words[-1] = replace(words[-1], apart=apart)
    (one,) = text_lines(page(words), words)
    assert fits(one, known_borders((5, 76.5, 200))) is apart


@pytest.mark.parametrize(("run", "parted"), [(70.5, True), (10, False)])
def test_a_border_parts_words_printed_in_two_goes(run, parted):
    words = [
        replace(w, run=run if w.text == "2" else 10) for w in line(20, ("30 €", 50), ("2 €", 70.5))
    ]
    (one,) = text_lines(page(words), words)
    assert fits(one, known_borders((5, 69, 200))) is parted
