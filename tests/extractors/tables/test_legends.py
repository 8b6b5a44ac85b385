"""Cells hold what a legend says of their signs."""

import pytest

from extractors.tables.legends import with_legends, without_legend
from tests.extractors.tables.test_called_notes import line, table


def noted(text, *lines):
    (read,) = with_legends([table(text)], lines)
    return read.rows[0].cells[0].note


@pytest.mark.parametrize(
    ("cell", "legend", "note"),
    [
        ("EV", "Légende : EV = Eurovallée ; CD = Département", "EV = Eurovallée"),
        ("CD", "Légende : EV = Eurovallée ; CD = Département.", "CD = Département"),
        ("CD", "EV = Eurovallée, CD = Département", "CD = Département"),
        ("EV", "EV = Eurovallée, communauté d'Oule", "EV = Eurovallée, communauté d'Oule"),
        ("EV / CD", "EV = Oule ; CD = Lys", "EV = Oule\nCD = Lys"),
        ("● Le Toit", "● pilote   ○ partenaire", "● = pilote"),
        ("○", "Légende : ● : pilote ; ○ : partenaire associé", "○ = partenaire associé"),
        ("A", "Plan d'actions 2024 (P = pilote, A = associé)", "A = associé"),
        ("P", "Plan d'actions 2024 (P : pilote – A : associé)", "P = pilote"),
        ("P", "Plan d'actions 2024 (P : 12 000 €)", None),
        ("A", "Plan d'actions (A : associé)", None),
        ("●", "● pilote", None),  # a bullet
        ("●", "● Loger ● Accompagner", None),
        ("●", "Le pilote ● et le partenaire ○ se réunissent", None),
        ("Ville", "EV = Oule ; CD = Lys", None),
        ("Eurovallée", "E = Oule ; C = Lys", None),
        ("EVA", "EV = Oule ; CD = Lys", None),
        ("EV", "Eurovallée (EV) porte le poste", None),
        ("EV", "EV = 12 000 €", None),
        ("EV", "Le montant E = celui de l'année", None),
    ],
)
def test_a_sign_is_explained_by_the_legend(cell, legend, note):
    assert noted(cell, line(legend, 80)) == note


def test_the_legend_of_another_page_explains_nothing():
    assert noted("EV", line("EV = Oule ; CD = Lys", 80, page=2)) is None


def test_the_note_of_a_sign_stands_where_the_legend_does():
    legend = line("EV = Oule ; CD = Lys", 80)
    (read,) = with_legends([table("EV")], [legend])
    (note,) = read.rows[0].cells[0].notes
    assert (note.place.page, note.place.top) == (1, 80)


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ([("Actions (en k€)", 50), ("Légende : vert : reconduite", 80)], "Actions (en k€)"),
        (
            [("Actions (en k€)", 50), ("Légende : vert : reconduite ;", 80), ("bleu : neuve", 91)],
            "Actions (en k€)",
        ),
        ([("Légende : vert : reconduite", 50), ("Actions (en k€)", 80)], "Actions (en k€)"),
    ],
    ids=["one line", "two lines", "further above"],
)
def test_a_legend_right_above_a_table_is_no_title(above, title):
    assert without_legend([line(text, y) for text, y in above])[-1].text == title
