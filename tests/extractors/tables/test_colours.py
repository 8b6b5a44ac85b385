"""Cells hold what a legend says of the colour behind them."""

from dataclasses import replace

import pytest

from extractors.pages.page import Box, Fill, Page
from extractors.tables.colours import fills_on_paper, unseen_colours, with_colours
from tests.extractors.tables.test_called_notes import line, table

LEGEND = "Légende : ligne verte : action reconduite ; ligne jaune : action modifiée"
ROW = Box(40, 98, 200, 122)  # of the table's cell
GREEN, BLUE = (198, 224, 180), (189, 215, 238)


def noted(legend, *fills, page=1):
    lines = [line(legend, 80, page)]
    tables = with_colours([table("Bail glissant")], lines, {1: [Fill(ROW, c) for c in fills]})
    return tables[0].rows[0].cells[0].note, [p.rule for p in unseen_colours(tables, lines)]


@pytest.mark.parametrize(
    ("legend", "note"),
    [
        (LEGEND, "ligne verte = action reconduite"),
        ("En vert = reconduite • En bleu = nouvelle.", "En vert = reconduite"),
        ("Légende : vert = terminée, bleu = en cours, hors AMI", "vert = terminée"),
    ],
)
def test_a_colour_is_explained_by_the_legend(legend, note):
    assert noted(legend, GREEN) == (note, [])


def test_the_colour_painted_last_counts():
    assert noted(LEGEND, BLUE, GREEN) == ("ligne verte = action reconduite", [])


@pytest.mark.parametrize("fills", [(), (BLUE,)], ids=["no colour", "another"])
def test_a_legend_of_colours_that_no_cell_has_is_told(fills):
    assert noted(LEGEND, *fills) == (None, ["colour_unread"])


@pytest.mark.parametrize(
    "text",
    [
        "Légende : ligne verte : action reconduite",  # one: a name as well
        "Comité vert : les élus ; comité technique : les services",
        "Ligne verte : 12 000 € ; ligne bleue : 3 000 €",
        "Le numéro vert : un appel ; la ligne verte : un autre",
    ],
)
def test_what_is_no_legend_of_colours(text):
    assert noted(text, GREEN) == (None, [])


def test_the_legend_of_another_page_explains_nothing():
    assert noted(LEGEND, GREEN, page=2) == (None, ["colour_unread"])


def test_fills_of_a_turned_page_stand_where_it_is_displayed():
    page = Page(1, 800, 600, (), (), (Fill(Box(0, 0, 100, 20), GREEN),))
    (fill,) = fills_on_paper(replace(page, turn=90))
    assert fill.box == Box(0, 700, 20, 800)


def shown(text, *swatches, cell=GREEN):
    """The note of the table's cell, painted in `cell`; `swatches` stand at x0 .. x1 on the line."""
    at = [Fill(Box(x0, 80, x1, 90), colour) for x0, x1, colour in swatches]
    tables = with_colours([table("Bail")], [line(text, 80)], {1: [Fill(ROW, cell), *at]})
    return tables[0].rows[0].cells[0].note


# "reconduite" stands at 50 .. 100, "nouvelle" at 103 .. 143
@pytest.mark.parametrize(
    "swatches",
    [
        ((38, 48, GREEN), (92, 102, BLUE)),
        ((48, 101, GREEN), (102, 145, BLUE)),
    ],
    ids=["beside", "behind"],
)
def test_a_legend_may_show_its_colours(swatches):
    assert shown("reconduite nouvelle", *swatches) == "ce fond = reconduite"


def test_a_legend_that_shows_its_colours_may_open_with_its_name():
    swatches = ((90, 92, GREEN), (144, 145, BLUE))
    assert shown("Légende: reconduite nouvelle", *swatches) == "ce fond = reconduite"


@pytest.mark.parametrize(
    ("text", "swatches", "cell"),
    [
        ("reconduite nouvelle", ((38, 48, GREEN),), GREEN),
        ("reconduite nouvelle", ((38, 48, GREEN), (92, 102, GREEN)), GREEN),
        ("reconduite nouvelle", ((38, 48, GREEN), (92, 102, BLUE)), (255, 230, 153)),
        ("Le bail et la maraude", ((62, 78, GREEN), (92, 120, BLUE)), GREEN),
    ],
    ids=["one", "one twice", "another", "highlighted words"],
)
def test_what_shows_no_colours_explains_nothing(text, swatches, cell):
    assert shown(text, *swatches, cell=cell) is None
