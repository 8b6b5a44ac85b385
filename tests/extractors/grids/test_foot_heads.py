"""Heads at the foot of a page, of tables whose rows begin on the next."""

from dataclasses import replace

import pytest

from extractors.grids.foot_heads import head_at_foot
from extractors.grids.unruled import unruled_grids
from tests.sheets import HEADS, ROWS, page, texts, words

FOOT = words(HEADS, top=300.0)
ABOVE = words([("Annexe 1", "", "")], top=270.0)


def head_of(foot, below=ROWS, over=()):
    """What ends a page, as the head of the table of the rows `below` on the next one."""
    second = replace(page([*over, *words(below)]), number=2)
    first = page([*ABOVE, *foot])
    head = head_at_foot(first, unruled_grids(first, []), second, unruled_grids(second, []))
    return texts(head) if head else None


def test_texts_over_the_columns_of_the_next_page_are_its_head():
    assert head_of(FOOT) == [list(HEADS[0])]
    lines = words([("", "Nom de", ""), ("Pilote", "l'action", "Somme")], top=290.0, pitch=12.0)
    assert head_of(lines) == [["Pilote", "Nom de l'action", "Somme"]]


def test_the_paragraph_right_above_is_no_head():
    near = words([("Les actions :", "", "")], top=288.0)
    assert head_of([*near, *FOOT]) == [list(HEADS[0])]


@pytest.mark.parametrize(
    ("foot", "below", "over"),
    [
        pytest.param(words([("Ville", "Toit", "9 €")], top=300.0), ROWS, [], id="a row"),
        pytest.param(words([("Le maire", "", "Le préfet")], top=300.0), ROWS, [], id="signatures"),
        pytest.param(FOOT, ROWS, words([("Annexe 2", "", "")], top=0.0), id="a title between"),
        pytest.param(FOOT, HEADS + ROWS, [], id="a head below"),
    ],
)
def test_what_else_ends_a_page_is_none(foot, below, over):
    assert head_of(foot, below, over) is None
