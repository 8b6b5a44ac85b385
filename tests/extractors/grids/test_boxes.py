"""Boxes set apart, each with a heading of its own, become the cells of one grid."""

import pytest

from extractors.grids.boxes import box_grids
from extractors.grids.ruled import ruled_grids
from extractors.pages.page import Box, Fill
from tests.sheets import BLUE, line, page, texts, word

CARDS = {
    Box(10, 20, 100, 60): ("Pilote", "Le Toit"),
    Box(110, 20, 200, 60): ("Objectifs", "Douze baux"),
    Box(10, 70, 100, 110): ("Statut", "En cours"),
    Box(110, 70, 200, 110): ("Budget", "9 000 €"),
}


def told(cards=CARDS, bold=True):
    return [
        w
        for box, (heading, text) in cards.items()
        for w in (
            word(heading, box.x0 + 4, box.top + 4, bold=bold),
            *line(box.top + 20, (text, box.x0 + 4)),
        )
    ]


def sides(box, corner=0.0):
    return [
        Box(box.x0 + corner, box.top, box.x1 - corner, box.top),
        Box(box.x0 + corner, box.bottom, box.x1 - corner, box.bottom),
        Box(box.x0, box.top + corner, box.x0, box.bottom - corner),
        Box(box.x1, box.top + corner, box.x1, box.bottom - corner),
    ]


@pytest.mark.parametrize("corner", [0.0, 8.0], ids=["square", "round"])
def test_boxes_in_rows(corner):
    (grid,) = box_grids(page(told(), [side for box in CARDS for side in sides(box, corner)]), [])
    assert texts(grid) == [
        ["Pilote Le Toit", "Objectifs Douze baux"],
        ["Statut En cours", "Budget 9 000 €"],
    ]
    assert {cell.box for cell in grid.cells} == set(CARDS)
    assert grid.boxed


def test_boxes_of_colour():
    (grid,) = box_grids(page(told(), fills=[Fill(box, BLUE) for box in CARDS]), [])
    assert texts(grid)[1] == ["Statut En cours", "Budget 9 000 €"]


def test_headings_on_bands_of_colour():
    bands = [Fill(Box(b.x0, b.top, b.x1, b.top + 16), BLUE) for b in CARDS]
    below = [Fill(Box(b.x0, b.top + 16, b.x1, b.bottom), BLUE) for b in CARDS]
    (grid,) = box_grids(page(told(), fills=[*bands, *below]), [])
    assert texts(grid)[1] == ["Statut En cours", "Budget 9 000 €"]


def test_boxes_whose_rules_a_scan_joins():
    """Rules go on from one to the next, and empty columns and rows part them."""
    xs, ys = (10.0, 100.0, 110.0, 200.0), (20.0, 60.0, 70.0, 110.0)
    rules = [Box(10, y, 200, y) for y in ys] + [Box(x, 20, x, 110) for x in xs]
    sheet = page(told(), rules)
    (grid,) = box_grids(sheet, ruled_grids(sheet))
    assert texts(grid)[1] == ["Statut En cours", "Budget 9 000 €"]


def test_boxes_of_different_heights_cover_several_rows():
    cards = {
        Box(10, 20, 100, 110): ("Pilote", "Le Toit"),
        Box(110, 20, 200, 60): ("Statut", "En cours"),
        Box(110, 70, 200, 110): ("Budget", "9 000 €"),
    }
    (grid,) = box_grids(page(told(cards), [side for box in cards for side in sides(box)]), [])
    assert texts(grid) == [
        ["Pilote Le Toit", "Statut En cours"],
        ["Pilote Le Toit", "Budget 9 000 €"],
    ]


TOUCHING = {
    Box(box.x0 - (box.x0 > 100) * 8, box.top, box.x1 + 1, box.bottom): told
    for box, told in CARDS.items()
}


@pytest.mark.parametrize(
    "words",
    [
        told(bold=False),
        [*told(), *line(62, ("entre les cadres", 50))],
        told(dict(list(CARDS.items())[:2])),
        told({box: (f"Action {n} : Bail", "CCAS : 9 000 €") for n, box in enumerate(CARDS, 1)}),
    ],
    ids=["no headings", "text among them", "two", "cards of actions"],
)
def test_no_cards(words):
    assert box_grids(page(words, [side for box in CARDS for side in sides(box)]), []) == []


def test_boxes_that_touch_are_a_table():
    fills = [Fill(box, BLUE) for box in TOUCHING]
    assert box_grids(page(told(TOUCHING), fills=fills), []) == []
