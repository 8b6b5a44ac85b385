"""Cards side by side are put one below the other."""

import pytest

from extractors.pages.cards_beside import cards_apart
from extractors.pages.lines import read_lines
from extractors.pages.page import Page
from tests.extractors.typesetter import HEIGHT, Typesetter


def cards(
    sheet: Typesetter, *tops: float, lefts: tuple[float, ...] = (70, 320), sign: str = "Action {} –"
) -> None:
    number = 0
    for top in tops:
        for x in lefts:
            number += 1
            sheet.at(f"{sign.format(number)} Bail {number}".strip(), x, top, bold=True)
            sheet.at(f"Pilote : CCAS {number}", x, top + 14)
            sheet.at(f"Part AMI : {number} 000 €", x, top + 28)


def texts(page: Page) -> list[str]:
    return [line.text for line in read_lines(page)]


def test_cards_in_rows_are_read_row_by_row_and_found_on_the_sheet() -> None:
    sheet = Typesetter()
    sheet.line("Le programme d'actions de la convention pour l'année, en six cartes de couleurs")
    cards(sheet, 110, 180)
    sheet.at(
        "Total des crédits de l'AMI pour l'année, toutes actions confondues : 10 000 €", 71, 240
    )
    flat = sheet.pages()[0]
    page = cards_apart(flat)
    assert page.fold is not None
    read = texts(page)
    assert [t for t in read if t.startswith("Action")] == [
        f"Action {n} – Bail {n}" for n in (1, 2, 3, 4)
    ]
    assert read[3] == "Part AMI : 1 000 €" and read[-1].startswith("Total des crédits")
    places = {(w.text, round(w.box.x0), round(w.box.top)) for w in flat.words}
    assert places == {
        (w.text, round(b.x0), round(b.top)) for w in page.words for b in [page.unfolded(w.box)]
    }


@pytest.mark.parametrize("sign", ["{}.", ""])
def test_a_name_in_bold_type_over_questions_and_answers_is_the_title_of_a_card(sign: str) -> None:
    sheet = Typesetter()
    cards(sheet, 110, 180, sign=sign)
    read = texts(cards_apart(sheet.pages()[0]))
    assert [t for t in read if "Bail" in t] == [
        f"{sign.format(n)} Bail {n}".strip() for n in (1, 2, 3, 4)
    ]


def test_headings_over_columns_of_payers_are_no_titles_of_cards() -> None:
    sheet = Typesetter()
    rows = [("Action", "État", "Autres"), *(("Bail", "AMI : 9 €", "Ville : 5 €"),) * 3]
    for i, row in enumerate(rows):
        for x, text in zip((70, 220, 370), row, strict=True):
            sheet.at(text, x, 110 + 14 * i, bold=not i)
    page = sheet.pages()[0]
    assert cards_apart(page) == page


def test_cards_of_other_heights_are_read_column_by_column() -> None:
    sheet = Typesetter()
    cards(sheet, 110)
    sheet.at("Action 3 – Bail 3", 70, 180, bold=True)
    sheet.at("Action 4 – Bail 4", 320, 200, bold=True)
    read = texts(cards_apart(sheet.pages()[0]))
    assert [t[:8] for t in read if t.startswith("Action")] == [
        "Action 1",
        "Action 3",
        "Action 2",
        "Action 4",
    ]


@pytest.mark.parametrize("drawn", ["labels", "rule", "sentence"])
def test_what_crosses_the_strip_between_makes_a_table_or_a_text(drawn: str) -> None:
    sheet = Typesetter()
    cards(sheet, 110)
    if drawn == "labels":
        sheet.at("Titre", 20, 110)
        sheet.at("Qui", 20, 124)
    elif drawn == "rule":
        sheet.canvas.line(60, HEIGHT - 116, 500, HEIGHT - 116)
    else:
        sheet.at(
            "Une phrase qui traverse toute la page, d'une carte à l'autre, sous le titre", 70, 118
        )
    assert cards_apart(sheet.pages()[0]).fold is None


def test_what_begins_left_of_the_cards_stands_below_them() -> None:
    sheet = Typesetter()
    cards(sheet, 110)
    sheet.at("Total : 3 000 €", 60, 170)
    read = texts(cards_apart(sheet.pages()[0]))
    assert read[-2:] == ["Part AMI : 2 000 €", "Total : 3 000 €"]
