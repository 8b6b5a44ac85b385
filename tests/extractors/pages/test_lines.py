"""Reading order."""

from extractors.pages.lines import read_lines
from tests.extractors.typesetter import Typesetter


def test_one_column_is_read_line_by_line() -> None:
    page = Typesetter().lines("Pour la Ville,\nPour l'État,").pages()[0]
    assert [line.text for line in read_lines(page)] == ["Pour la Ville,", "Pour l'État,"]


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Typesetter()
    sheet.line("UN TITRE QUI TRAVERSE TOUTE LA LARGEUR DE LA PAGE DE CETTE BROCHURE", size=12)
    for i in range(9):
        sheet.at(f"gauche {i} le plan propose une réforme de", 60, 120 + 14 * i)
        sheet.at(f"droite {i} une candidature portée par une", 320, 120 + 14 * i)
    texts = [line.text for line in read_lines(sheet.pages()[0])]
    assert texts[0].startswith("UN TITRE")
    assert [t[:8] for t in texts[1:10]] == [f"gauche {i}" for i in range(9)]
    assert [t[:8] for t in texts[10:]] == [f"droite {i}" for i in range(9)]


def test_what_closes_the_act_stands_behind_both_columns() -> None:
    sheet = Typesetter()
    for i in range(9):
        sheet.at(f"gauche {i} le plan propose une réforme de", 60, 120 + 14 * i)
        sheet.at(f"droite {i} une candidature portée par une", 320, 120 + 14 * i)
    sheet.at("Fait en deux exemplaires, le 3 mai 2024", 60, 260)
    texts = [line.text for line in read_lines(sheet.pages()[0])]
    assert texts[9].startswith("droite 0") and texts[-1].startswith("Fait en")


def test_a_label_and_its_value_stay_on_one_line() -> None:
    sheet = Typesetter()
    for i in range(9):
        sheet.at(f"Ligne {i}", 60, 120 + 14 * i)
        sheet.at(f"{i} 000 €", 420, 120 + 14 * i)
    assert read_lines(sheet.pages()[0])[0].text == "Ligne 0 0 000 €"


def test_a_title_set_letter_by_letter_is_words() -> None:
    sheet = Typesetter()
    sheet.line("A R T I C L E   1   –   O B J E T   D E   L ’ A C T E")
    sheet.line("Axes A B C D retenus")
    texts = [line.text for line in read_lines(sheet.pages()[0])]
    assert texts == ["ARTICLE 1 – OBJET DE L’ACTE", "Axes A B C D retenus"]


def test_a_raised_ending_belongs_to_its_word() -> None:
    sheet = Typesetter()
    sheet.at("le 1", 71, 100)
    sheet.at("er", 71 + 18.4, 96, size=7)
    sheet.at("octobre 2024", 105, 100)
    assert [line.text for line in read_lines(sheet.pages()[0])] == ["le 1er octobre 2024"]


def test_columns_printed_one_after_the_other_may_be_three_or_short() -> None:
    sheet = Typesetter()
    for c, x in enumerate((40, 240, 440)):
        for i in range(4 + c):
            sheet.at(f"colonne {c} ligne {i}", x, 120 + 14 * i)
    texts = [line.text for line in read_lines(sheet.pages()[0])]
    assert texts == [f"colonne {c} ligne {i}" for c in range(3) for i in range(4 + c)]
