"""Lines between the title of an action and its table."""

import pytest

from extractors.pages.lines import read_lines
from extractors.text.told_above import forms_above
from normalizers.words import Vocabulary
from pipeline.extracted import ExtractedCell, ExtractedRow, ExtractedTable, Place
from tests.extractors.typesetter import Typesetter

HEADING = """
Les actions du programme sont décrites ci-dessous.
# Action n° 1 : Bail glissant dans le parc social et
# dans le parc privé
"""


def read(text: str, caption: str) -> list[tuple[str, list[list[str]]]]:
    """The tables, by title and texts, of a page with `text`, then a table titled `caption`."""
    sheet = Typesetter().lines(f"{text.strip()}\n{caption}")
    place = Place(page=1, x0=71, top=sheet.y, x1=300, bottom=sheet.y + 14)
    row = ExtractedRow(
        kind="body", cells=[ExtractedCell(column=1, text="Ville", bold=False, place=place)]
    )
    table = ExtractedTable(
        position=1,
        annex=None,
        title=caption,
        columns=[""],
        rows=[row],
        page_first=1,
        page_last=1,
        extractor="pdfium",
        characters=5,
        characters_in_cells=5,
    )
    lines = [line for page in sheet.pages() for line in read_lines(page)]
    found = forms_above([table], lines, Vocabulary.of(line.text for line in lines))
    return [(t.title, [[c.text for c in r.cells] for r in t.rows]) for t in found]


def test_what_stands_between_the_title_of_an_action_and_the_caption_of_its_budget_is_a_form():
    form, budget = read(
        f"{HEADING}\nObjectif : loger\nvingt ménages.\n\nPublic visé : les jeunes.\n\n",
        "Budget de l'action n° 1",
    )
    assert form == (
        "Action n° 1 : Bail glissant dans le parc social et dans le parc privé",
        [["Objectif", "loger vingt ménages."], ["Public visé", "les jeunes."]],
    )
    assert budget == ("Budget de l'action n° 1", [["Ville"]])


def test_questions_alone_on_their_lines_are_answered_below():
    form, _ = read(
        f"{HEADING}\nContexte :\n\nPeu de places.\nDeux ans d'attente.\n\nObjectifs :\n"
        "• proposer ;\n• accompagner\nvingt ménages.\n\n\nCalendrier :\n2031\n\n",
        "Budget 2031",
    )
    assert form[1] == [
        ["Contexte", "Peu de places. Deux ans d'attente."],
        ["Objectifs", "• proposer ;\n• accompagner vingt ménages."],
        ["Calendrier", "2031"],
    ]


def test_a_caption_right_below_the_title_of_an_action_is_its_second_line():
    ((title, _),) = read(HEADING, "Budget prévisionnel 2031")
    assert title == (
        "Action n° 1 : Bail glissant dans le parc social et dans le parc privé\n"
        "Budget prévisionnel 2031"
    )


@pytest.mark.parametrize(
    "text",
    [
        HEADING.replace("# ", ""),  # a line of running text
        f"{HEADING}\nLes moyens sont inchangés.\n",
        f"{HEADING}\nObjectif : loger.\n\nLes moyens sont inchangés.\n",
        f"{HEADING}\nObjectif : loger.\n\n# ANNEXE II : BUDGET DU PROGRAMME\n",
    ],
)
def test_running_text_is_no_form(text):
    assert read(text, "Budget prévisionnel") == [("Budget prévisionnel", [["Ville"]])]
