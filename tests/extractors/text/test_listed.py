"""Lists of actions in the text become tables."""

import pytest

from extractors.pages.lines import read_lines
from extractors.text.annexes import annex_headings
from extractors.text.listed import in_reading_order, listed_actions
from normalizers.words import Vocabulary
from pipeline.extracted import LISTED, ExtractedCell, ExtractedTable
from tests.extractors.typesetter import Typesetter

BEFORE = """
Article 3 – Durée
La convention prend fin le 31 décembre 2031.
"""


def read(*pages: str) -> list[ExtractedTable]:
    sheet = Typesetter()
    for i, page in enumerate(pages):
        if i:
            sheet.new_page()
        sheet.lines(page)
    lines = [line for page in sheet.pages() for line in read_lines(page)]
    words = Vocabulary.of(line.text for line in lines)
    return listed_actions(lines, annex_headings(lines, words), words, 4)


def entries(*pages: str) -> list[list[str]]:
    return [[row.cells[0].text for row in table.rows] for table in read(*pages)]


def test_bullets_with_the_number_of_an_action():
    page = """
Les actions suivantes sont retenues :
• Action 1 : Bail glissant – pilote : CCAS de la ville
de Grandrieu – financement AMI : 20 000 €
• Action 2 : Halte – pilote : La Halte – financement AMI : 9 000 €
Elles sont suivies par le comité.
"""
    (table,) = read(BEFORE, page)
    first, second = (row.cells[0] for row in table.rows)
    assert (table.extractor, table.position, table.columns) == (LISTED, 4, [""])
    assert first.text.endswith("CCAS de la ville de Grandrieu – financement AMI : 20 000 €")
    assert (first.place.page, second.text[:12]) == (2, "• Action 2 :")
    assert first.place.bottom <= second.place.top + 1


def test_an_action_without_sum_among_others_is_one():
    page = """
Action 2.1 – Appartements (budget : 45 000 €, dont AMI 25 000 € et Département 20 000 €)
Six logements. Opérateur : CCAS.

Action 2.2 – Charte des bailleurs (sans budget)
Signature par trois bailleurs. Pilote : Ville.

Action 2.3 – Charte des bailleurs
Signature par trois bailleurs.
"""
    (found,) = entries(BEFORE, page)
    assert [text[:10] for text in found] == ["Action 2.1", "Action 2.2"]


def test_an_article_ends_the_last_action():
    page = """
Action 1 – Bail glissant : 20 000 € (coût prévisionnel : 40 000 €) ;
Action 2 – Halte : 9 000 € (coût prévisionnel : 9 000 €).
ARTICLE 2 : Versement
La subvention est versée en deux fois.
"""
    (found,) = entries(BEFORE, page)
    assert found[-1].endswith("9 000 €).")


def test_what_a_grant_is_for_is_a_list_of_actions():
    page = """
Cette subvention est destinée à financer :
a) un poste de coordinateur au CCAS, à hauteur de 45 000 € ;
b) une équipe de soirée, à hauteur de 22 500 €.
"""
    assert entries(BEFORE, page) == [
        [
            "a) un poste de coordinateur au CCAS, à hauteur de 45 000 € ;",
            "b) une équipe de soirée, à hauteur de 22 500 €.",
        ]
    ]


def test_a_list_may_name_its_actions_behind():
    page = """
L'État alloue au Département une subvention de 70 000 €, répartie comme suit :
- 50 000 € pour la plateforme d'orientation (FA 1) ;
- 20 000 € pour la pension de famille (FA 5).
L'équipe mobile (FA 3) n'est plus financée par l'AMI à compter de 2025.
"""
    assert entries(BEFORE, page) == [
        [
            "- 50 000 € pour la plateforme d'orientation (FA 1) ;",
            "- 20 000 € pour la pension de famille (FA 5).",
        ]
    ]


def test_numbered_actions_that_a_sentence_announces_need_but_a_sum():
    page = """
La subvention est attribuée pour la réalisation des actions suivantes :
action 1 : coordination territoriale, 40 000 € ;
action 2 : colocation accompagnée pour jeunes, 26 000 €.
"""
    assert [len(found) for found in entries(BEFORE, page)] == [2]
    told = page.replace("des actions suivantes :", "du programme.")
    assert entries(BEFORE, told) == []


def test_the_grants_of_several_years_are_no_actions():
    page = """
Les contributions de l'administration s'élèvent à :
- pour l'année 2026 : 234 000 EUR ;
- pour l'année 2027 : 230 000 EUR.
"""
    assert read(BEFORE, page) == []


def test_what_each_party_brings_is_no_action():
    page = """
Les autres signataires apportent :
a) Le Département de la Vaune : 24 000 € ;
b) L'État : 12 000 € ;
c) La communauté de communes du Perche : 18 000 €.
"""
    assert read(BEFORE, page) == []


def test_the_signatures_end_the_last_action():
    page = """
Action 1 – Bail glissant (pilote : CCAS). Financement AMI : 20 000 €.
Action 2 – Halte (pilote : La Halte). Financement AMI : 9 000 €.
Signé à Grandrieu, le 5 mars 2024.
"""
    assert entries(BEFORE, page)[0][-1].endswith("Financement AMI : 9 000 €.")


def test_an_action_named_line_by_line_over_two_pages():
    first = """
# Action n° 1 : Sous-location rurale
Porteur : Habitat solidaire
Financement de l'État (AMI) : 12 000 €
# Action n° 2 : Médiation
Porteur : Régie
"""
    (table,) = read(first, "Montant AMI : 5 000 €")
    assert [row.cells[0].text.count("\n") for row in table.rows] == [2, 2]
    assert [p.page for p in table.rows[1].cells[0].rest] == [2]
    assert (table.page_first, table.page_last) == (1, 2)


def test_in_an_annex_a_list_of_sums_is_told():
    annex = """
# Annexe 1 – Programme
Renforcer la veille sociale, pour environ 12 000 € ;
Former les travailleurs sociaux, 3 000 €.
"""
    assert [len(found) for found in entries(BEFORE, annex)] == [2]


def test_what_lists_no_action():
    payments = """
• un acompte de 70 %, soit 63 700 €, à la signature ;
• le solde, soit 27 300 €, sur présentation du bilan.
"""
    roadmap = """
FA 10. Logement adapté (en cours)
FA 11. Mentorat (terminée)
"""
    parts = """
La contribution se répartit ainsi :
• axe 1, prévention : 55 000 € ;
• Axe B – Accompagnement : 30 000 €.
"""
    years = """
Les montants prévisionnels s'élèvent à :
– pour l'année 2032 : 258 000 EUR, soit 60 % des coûts ;
– pour l'année 2033 : 276 000 EUR.
"""
    pages = (payments, roadmap, parts, years)
    assert [entries(BEFORE, page) for page in pages] == [[], [], [], []]


def test_a_title_that_stands_out_takes_all_that_is_named_below_it():
    page = """
# Annexe 1 – Programme d'actions
# ACTION 1
# Bail glissant
Un bail au nom de l'association, puis du ménage.

• Pilote : CCAS
a) Public(s) visé(s) : ménages
• Financement AMI : 20 000 €
# ACTION 2
# Halte
Un lieu ouvert.

• Pilote : La Halte
• Financement AMI : 9 000 €
# Total : 29 000 €
"""
    (found,) = entries(page)
    assert found == [
        "ACTION 1\nBail glissant\nUn bail au nom de l'association, puis du ménage.\n"
        "• Pilote : CCAS\na) Public(s) visé(s) : ménages\n• Financement AMI : 20 000 €",
        "ACTION 2\nHalte\nUn lieu ouvert.\n• Pilote : La Halte\n• Financement AMI : 9 000 €",
    ]


def test_an_action_without_sums_among_others():
    page = """
# Annexe 1 – Programme d'actions
# Action 1 : Bail
Pilote : CCAS
État (AMI) : 20 000 €
# Action 2 : Halte
Pilote : La Halte
Financement : aucun en 2032
# Action 3 : Suites
La suite est à écrire.
"""
    (found,) = entries(page)
    assert [e.split("\n")[0] for e in found] == ["Action 1 : Bail", "Action 2 : Halte"]


@pytest.mark.parametrize(
    "total",
    [
        "# Total État : 29 000 €",
        "\n\nTotal État : 29 000 €",
        "\n\nsoit un total de 29 000 € au titre de l'AMI.",
    ],
)
def test_a_total_below_the_last_action_is_not_its_own(total):
    page = f"""
# Annexe 1 – Programme d'actions
# Action 1 : Bail
État (AMI) : 20 000 €
# Action 2 : Halte
État (AMI) : 9 000 €
{total}
"""
    (found,) = entries(page)
    assert found[-1] == "Action 2 : Halte\nÉtat (AMI) : 9 000 €"


@pytest.mark.parametrize(
    "announced",
    [
        "La convention finance les opérations suivantes :",
        "La subvention est de 57 000 €, répartie entre les trois actions :",
        "L'État alloue 57 000 €. Ces crédits sont ventilés par action comme suit :",
    ],
)
@pytest.mark.parametrize("end", [" ;", ""])
def test_what_is_announced_as_actions(announced: str, end: str):
    page = f"""
{announced}
Poste de coordination (CCAS) : 35 000 €{end}
Bail glissant, pour un montant de 22 000 €
Elle est versée en une fois.
"""
    (found,) = entries(BEFORE, page)
    assert found == [
        f"Poste de coordination (CCAS) : 35 000 €{end}",
        "Bail glissant, pour un montant de 22 000 €",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Les autres financements des actions sont les suivants :",
        "Les actions sont suivies par le comité. La subvention est de :",
    ],
)
def test_what_is_announced_as_something_else(sentence: str):
    page = f"""
{sentence}
Ville : 35 000 € ;
Département : 22 000 €.
"""
    assert entries(BEFORE, page) == []


def test_a_list_stands_before_the_table_behind_it():
    (listed,) = read(BEFORE, "\nAction 1 : Bail – pilote : CCAS – financement AMI : 20 000 €\n")

    def drawn(page: int) -> ExtractedTable:
        rows = [
            row.model_copy(update={"cells": [on_page(cell, page) for cell in row.cells]})
            for row in listed.rows
        ]
        return listed.model_copy(update={"extractor": "pdfium", "rows": rows})

    def on_page(cell: ExtractedCell, page: int) -> ExtractedCell:
        return cell.model_copy(update={"place": cell.place.model_copy(update={"page": page})})

    assert in_reading_order([drawn(1), drawn(3), listed]) == [drawn(1), listed, drawn(3)]
